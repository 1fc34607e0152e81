# ---
# id: "5.4"
# name: guess_you_like
# title: {en: "Guess what you like", zh: "猜你喜欢"}
# minutes: 30
# core: true
# outline: ["五.5", "五.5【猜你喜欢】"]
# tables: [product_views, products, holdings, customers]
# prerequisites: []
# ---

# %% [markdown] id="question" lang="en"
# # Guess what you like
#
# **Which three products should the app show to each customer, and what is that worth?**
#
# *30 minutes.* You will **measure** how alike two products are, **judge** a recommender on purchases that came
# later, and **decide** what to show to customers about whom almost nothing is known.
# You need: numpy arrays and functions. No knowledge of recommenders.

# %% [markdown] id="question" lang="zh" en_hash="bf24d18b"
# # 猜你喜欢
#
# **手机银行该给每位客户展示哪三个产品？这样做值多少钱？**
#
# *30 分钟。* 你将**度量**两个产品有多相似，用后来的购买**评判**一个推荐系统，并**决定**给几乎一无所知的客户展示什么。
# 预备知识：numpy 数组和函数。不需要了解推荐系统。

# %% [markdown] id="situation" lang="en"
# ## The situation
#
# It is the first working day of 2026. The home page of Lighthouse Bank's app has three tiles, and every customer
# sees the same products there: the most viewed ones. Gao Yixin, who runs the page, wants three of their own for each
# customer and must tell the board on Friday what that earns. Compliance has one condition: nobody is shown a product
# above their own risk level, not once. A wrong list does more than waste space: a retired customer who is offered a
# technology fund asks herself whether the bank knows her at all.

# %% [markdown] id="situation" lang="zh" en_hash="cb607df0"
# ## 业务场景
#
# 今天是 2026 年的第一个工作日。灯塔银行手机银行首页有三个推荐位，所有客户看到的都一样：浏览最多的产品。
# 首页负责人高怡欣想做到千人千面，并且要在周五向董事会说清这能赚多少钱。合规部门只有一个条件：
# 任何人都不能看到高于本人风险等级的产品，一次也不行。推荐错了，不只是浪费版面：一位退休客户若被推荐科技基金，
# 会怀疑这家银行到底了不了解自己。

# %% [markdown] id="say_situation" lang="en" tags=["instructor"]
# **4 min, with the first look.** Ask: "What did an app last recommend to you that you had already bought?"
# *Most of the room* thinks that the most viewed product is the best liked one. Let them bet on it before the first
# figure: which product leads, and why? Short of time (saves 1 min): show only the figure.

# %% [markdown] id="say_situation" lang="zh" en_hash="064dd45c" tags=["instructor"]
# **4 分钟，含初看数据。** 先问：“上一次某个 App 给你推荐你早就买过的东西，是什么？”
# *多数人*以为浏览最多的就是最受欢迎的。看第一张图之前先让大家打赌：哪个产品居首？为什么？时间不够时（省 1 分钟）：只讲图。

# %% id="start" tags=["parameters"]
scale = "lab"
seed = 2026
data = {}
columns = {}

# %% id="open"
import labkit
from labkit import L

lab = labkit.start("5.4", language=L("en", "zh"), scale=scale, seed=seed, data=data, columns=columns)

# %% [markdown] id="data" lang="en"
# ## The data
#
# `product_views`: one row is one look of one customer at one product's page in 2025; `entry` says what led there, and
# `purchased` whether the product was bought in that look. `holdings` says who holds what since when, `products` and
# `customers` the risk levels. Nobody has rated anything: looking is **implicit feedback**. A look is a hint that
# somebody likes a product; no look is not a hint of the contrary.

# %% [markdown] id="data" lang="zh" en_hash="1d4282e9"
# ## 数据
#
# `product_views`：一行是一位客户在 2025 年对一个产品页面的一次浏览；`entry` 说明从哪里进来，`purchased` 说明这次浏览是否成交。
# `holdings` 记录谁从何时起持有什么，`products` 和 `customers` 给出风险等级。没有人打过分：浏览是一种**隐式反馈**。
# 看过，说明多半感兴趣；没看过，并不说明不喜欢。

# %% id="read"
from collections import namedtuple

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from labkit.charts import BLUE, GREY, ORANGE, RED, SKY

own_file = "product_views" in lab.own_tables
of_the_bank = {
    table for table in ("products", "holdings", "customers") if not own_file or table in lab.own_tables
}
views = lab.data("product_views")
if "viewed_at" in views:
    views = views.dropna(subset=["viewed_at"])
common = views["product_id"].value_counts().head(200).index
views = views[views["product_id"].isin(common)].reset_index(drop=True)
who = pd.Index(views["customer_id"].unique()).sort_values()
if len(who) > 20_000:
    who = who[np.sort(lab.rng("sample").choice(len(who), 20_000, replace=False))]
    views = views[views["customer_id"].isin(who)].reset_index(drop=True)
items = pd.Index(views["product_id"].unique()).sort_values()
lab.fact(
    "size",
    (len(views), len(who), len(items)),
    L("{:,} views of {:,} customers at {} products.", "{:,} 次浏览，来自 {:,} 位客户，涉及 {} 个产品。"),
)

# %% id="names"
products = lab.data("products") if "products" in of_the_bank else pd.DataFrame({"product_id": items})
products = products.drop_duplicates("product_id").set_index("product_id").reindex(items)
named = L("name_en", "name_zh")
names = products[named].fillna("?").to_numpy() if named in products else items.astype(str).to_numpy()
own_choice = views["entry"] != "banner" if "entry" in views else pd.Series(True, views.index)
views[
    [name for name in ("customer_id", "product_id", "viewed_at", "entry", "purchased") if name in views]
].tail(3)

# %% [markdown] id="popular" lang="en"
# ## What popularity is made of
#
# The page shows what is viewed most. But part of the views begin on a **banner**, which the bank itself puts there,
# for everybody alike. Split the most viewed products by how the customer arrived.

# %% [markdown] id="popular" lang="zh" en_hash="767c20a5"
# ## 热门是怎么来的
#
# 首页展示浏览最多的产品。可是有一部分浏览始于**横幅**，那是银行自己放的，人人看到的都一样。
# 把浏览最多的产品按客户的进入方式拆开来看。

# %% id="first_look"
tally = pd.DataFrame(
    {
        "chosen": own_choice.groupby(views["product_id"]).sum(),
        "total": views.groupby("product_id").size(),
    }
).reindex(items)
tally["name"] = names
tally["banner"] = tally["total"] - tally["chosen"]
most_viewed = tally.nlargest(10, "total")[::-1]
by_banner = int((most_viewed["banner"] > most_viewed["chosen"]).sum())
figure, axes = plt.subplots(figsize=(8.2, 4.2))
axes.barh(most_viewed["name"], most_viewed["chosen"], color=BLUE)
axes.barh(most_viewed["name"], most_viewed["banner"], left=most_viewed["chosen"], color=ORANGE)
axes.text(
    0.97,
    0.16,
    L("the customer's own choice", "客户自己选择"),
    transform=axes.transAxes,
    ha="right",
    color=BLUE,
)
axes.text(
    0.97, 0.06, L("sent there by a banner", "被横幅引来"), transform=axes.transAxes, ha="right", color=ORANGE
)
axes.set_xlabel(L("Views in the log", "浏览次数"))
axes.xaxis.set_major_formatter("{x:,.0f}")
axes.set_title(
    L(
        f"Of the ten most viewed products, {by_banner} owe most of it to a banner",
        f"浏览最多的十个产品里，有 {by_banner} 个主要靠横幅",
    )
)
lab.show(
    axes,
    L(
        f"Bars: views of the ten most viewed products, own choice and banner; in {by_banner} of them the banner leads.",
        f"条形图：浏览最多的十个产品，分为自己选择与横幅引来；其中 {by_banner} 个以横幅为主。",
    ),
)

# %% [markdown] id="split" lang="en"
# ## Learn, choose, judge: in the order of time
#
# The list is for people who will buy *later*, so it is judged by what was bought later. We **learn** from January to
# June and **choose** among methods by the purchases of July to September. Only then the winner learns once more, up to
# September, and is **judged** once, by October to December. Never split a log at random: then the look in which
# somebody bought would teach the model what it is asked to guess. (A file of your own is cut where half and
# three quarters of its rows lie before; without dates, at random, and the score flatters.)

# %% [markdown] id="split" lang="zh" en_hash="2f63e84c"
# ## 学习、选择、评判：按时间先后
#
# 名单是给*以后*会购买的人看的，所以要用以后的购买来评判。用 1 月至 6 月**学习**，用 7 月至 9 月的购买在几种方法之间**选择**；
# 选定之后用截至 9 月的数据重新学习一次，再用 10 月至 12 月**评判**，而且只评一次。日志千万不要随机切分：那样，成交的那次浏览
# 会把要猜的答案直接教给模型。（你自己的文件按行数的一半和四分之三处的时间切开；没有日期时只能随机切分，得分会偏高。）

# %% id="periods"
if "viewed_at" in views:
    cuts = (
        views["viewed_at"].quantile([0.5, 0.75]) if own_file else pd.to_datetime(["2025-07-01", "2025-10-01"])
    )
    period = np.searchsorted(cuts, views["viewed_at"], side="right")
else:
    cuts = None
    period = np.searchsorted([0.5, 0.75], lab.rng("split").random(len(views)), side="right")
CHOOSE, JUDGE = 1, 2


# en: a table of customers × products, counted (or weighted, where a file brings its own `weight`)
# zh: 客户 × 产品的计数表（文件自带 `weight` 列时按权重累计）
def counted(rows):
    customer, product = who.get_indexer(rows["customer_id"]), items.get_indexer(rows["product_id"])
    weight = (
        pd.to_numeric(rows["weight"], errors="coerce").fillna(0).clip(0, 1e6) if "weight" in rows else None
    )
    inside = (customer >= 0) & (product >= 0)
    cell = customer[inside] * len(items) + product[inside]
    weight = None if weight is None else weight.to_numpy()[inside]
    return np.bincount(cell, weight, len(who) * len(items)).reshape(len(who), -1).astype(float)


# %% [markdown] id="known" lang="en"
# What the bank knew on the first day of a period: looks of the customer's own choice, what was already held, which
# products the risk level allows. Products that are held or not allowed are no **candidates**.

# %% [markdown] id="known" lang="zh" en_hash="5f004a51"
# 每个时段第一天银行所知道的：客户自己选择的浏览、已经持有的产品、风险等级允许的产品。
# 已经持有的和不允许的，都不是**候选**。

# %% id="situations"
allowed = np.ones((len(who), len(items)), dtype=bool)
if {"products", "customers"} <= of_the_bank and "risk_level" in lab.data("customers"):
    customer_level = (
        lab.data("customers").set_index("customer_id")["risk_level"].reindex(who).fillna(1).to_numpy()
    )
    product_level = products["risk_level"].fillna(5).to_numpy()
    allowed = product_level <= customer_level[:, None]
holdings = lab.data("holdings") if "holdings" in of_the_bank else None
Situation = namedtuple("Situation", "own_views all_views held candidates bought")


def situation(now):
    before, later = views[period < now], views[period == now]
    if holdings is None:
        held = counted(before) > 0
    else:
        in_time = (
            holdings["opened_on"] < cuts[now - 1]
            if "opened_on" in holdings and cuts is not None
            else slice(None)
        )
        held = counted(holdings[in_time]) > 0
    candidates = allowed & ~held
    sold = later[later["purchased"].fillna(False).astype(bool)] if "purchased" in later else later
    bought = (counted(sold) > 0) & candidates
    return Situation(counted(before[own_choice[before.index]]), counted(before), held, candidates, bought)


choose = situation(CHOOSE)
lab.fact(
    "buyers",
    (choose.bought.any(axis=1).sum(), choose.candidates.sum(axis=1).mean()),
    L(
        "To choose: {:,} customers bought something new in the weeks after; each had {:.0f} candidates on average.",
        "用于选择：随后几周有 {:,} 位客户买了新产品；平均每人有 {:.0f} 个候选。",
    ),
)

# %% [markdown] id="alike" lang="en"
# ## Who looks at this, looks at that
#
# Two products are alike if the same customers look at both. Write each product as a long list of numbers, one per
# customer: the logarithm of one plus the views, so that the tenth look counts less than the first. The **cosine** of the
# angle between two such lists is 1 if they point the same way and 0 if they have no customer in common:
# $\cos(a,b) = \sum_c a_c b_c / (\lVert a\rVert\,\lVert b\rVert)$ (Sarwar, Karypis, Konstan and Riedl 2001; Linden, Smith and
# York 2003 at Amazon). The lengths below the line keep a popular product from being like everything.

# %% [markdown] id="alike" lang="zh" en_hash="fb8cf691"
# ## 看了这个的人，也看那个
#
# 同一批客户都看的两个产品就相似。把每个产品写成一长串数，每位客户一个：浏览次数加一取对数，这样第十次浏览的分量比第一次小。
# 两串数夹角的**余弦**，方向一致时为 1，没有共同客户时为 0：
# $\cos(a,b) = \sum_c a_c b_c / (\lVert a\rVert\,\lVert b\rVert)$（Sarwar、Karypis、Konstan 与 Riedl，2001；亚马逊的 Linden、Smith 与
# York，2003）。分母里的长度，防止热门产品看起来跟什么都像。

# %% [markdown] id="turn_cosine" lang="en"
# ### Your turn: the cosine of two products
#
# All customers count, also those who looked at only one of the two. A product nobody has looked at is like nothing: 0.

# %% [markdown] id="turn_cosine" lang="zh" en_hash="40edd7a8"
# ### 轮到你了：两个产品的余弦
#
# 所有客户都要算进来，只看过其中一个的也算。谁都没看过的产品跟什么都不像：返回 0。


# %% id="cosine" exercise="cosine"
# en: `a`, `b`: arrays with one number per customer; returns the cosine, or 0 if nobody looked at one of them
# zh: `a`、`b`：每位客户一个数的数组；返回余弦，若其中一个无人看过则返回 0
def cosine(a, b):
    # BEGIN SOLUTION
    lengths = np.sqrt((a**2).sum() * (b**2).sum())
    return (a * b).sum() / lengths if lengths > 0 else 0.0
    # END SOLUTION


# %% id="check_cosine"
lab.check("cosine")

# %% [markdown] id="all_alike" lang="en"
# The same for all pairs at once: scale every product to length 1 and multiply. A customer's score for a product is then
# the sum of its likeness to all that the customer looked at.

# %% [markdown] id="all_alike" lang="zh" en_hash="d905d5cf"
# 对所有产品对一次算完：把每个产品缩放到长度 1，再相乘。某位客户对某产品的得分，就是它与该客户看过的所有产品的相似度之和。


# %% id="similarity"
def similarities(own_views):
    looked = np.log1p(own_views)
    directions = looked / np.maximum(np.linalg.norm(looked, axis=0), 1e-12)
    return directions.T @ directions


def by_similarity(own_views):
    return np.log1p(own_views) @ similarities(own_views)


alike = similarities(choose.own_views)
np.fill_diagonal(alike, -1)
shown_item = (
    int(names.tolist().index(L("Travel card", "旅行信用卡")))
    if not own_file
    else int(tally["total"].argmax())
)
neighbours = pd.Series(alike[shown_item], names).nlargest(6)[::-1]
least_alike = pd.Series(np.where(alike[shown_item] >= 0, alike[shown_item], np.inf), names).idxmin()

# %% id="neighbours_figure"
figure, axes = plt.subplots(figsize=(7.6, 3.2))
bars = axes.barh(neighbours.index.astype(str), neighbours, color=BLUE)
axes.bar_label(bars, fmt="%.2f", padding=4)
axes.set(xlim=(0, min(1.0, 1.2 * neighbours.max() + 0.01)), xlabel=L("Cosine of the views", "浏览的余弦"))
axes.grid(visible=False)
axes.set_title(
    L(
        f"Nearest to {names[shown_item]}: {neighbours.index[-1]}",
        f"与“{names[shown_item]}”最相似的是“{neighbours.index[-1]}”",
    )
)
lab.show(
    axes,
    L(
        f"Bars: the six products most like {names[shown_item]} by cosine; least alike is {least_alike}.",
        f"条形图：与{names[shown_item]}余弦最高的六个产品；最不像的是{least_alike}。",
    ),
)

# %% [markdown] id="say_alike" lang="en" tags=["instructor"]
# **7 min, of which 4 for the exercise.** Draw two arrows on the board; make one longer: the angle stays.
# *Most of the room* forgets to divide by the lengths, or divides by those of the common customers only; the check tells.
# Nobody told the computer what a card is; ask what holds the neighbours together. Short of time (saves 2 min): give the first line.

# %% [markdown] id="say_alike" lang="zh" en_hash="9f57dbe9" tags=["instructor"]
# **7 分钟，其中练习 4 分钟。** 在白板上画两支箭头，把一支画长：夹角不变。*多数人*忘了除以长度，或者只除以共同客户的长度；检查会指出来。
# 没有人告诉过计算机什么是信用卡；问大家：是什么把这些邻居连在一起？时间不够时（省 2 分钟）：直接给出第一行。

# %% [markdown] id="factors" lang="en"
# ## Tastes behind the looks
#
# Likeness compares pair by pair. **Matrix factorisation** supposes a few hidden tastes instead: each customer $u$ has a
# short vector $x_u$, each product $i$ a vector $y_i$, and $x_u^\top y_i$ says how well they fit. For implicit feedback, Hu,
# Koren and Volinsky (2008) let every pair count, with confidence $c_{ui} = 1 + \alpha r_{ui}$ that grows with the views
# $r_{ui}$, and minimise $\sum_{u,i} c_{ui}(p_{ui} - x_u^\top y_i)^2 + \lambda(\sum_u \lVert x_u\rVert^2 + \sum_i \lVert y_i\rVert^2)$,
# where $p_{ui}$ is 1 if there was any look. With the products fixed this is a small ridge regression per customer, and the
# other way round: **alternating least squares**.

# %% [markdown] id="factors" lang="zh" en_hash="225013f3"
# ## 浏览背后的口味
#
# 相似度是两两比较。**矩阵分解**则假定背后有少数几种隐藏的口味：每位客户 $u$ 有一个短向量 $x_u$，每个产品 $i$ 有一个向量 $y_i$，
# $x_u^\top y_i$ 表示二者有多合。对于隐式反馈，Hu、Koren 与 Volinsky（2008）让每一对都参与，置信权重 $c_{ui} = 1 + \alpha r_{ui}$
# 随浏览次数 $r_{ui}$ 增加，并最小化 $\sum_{u,i} c_{ui}(p_{ui} - x_u^\top y_i)^2 + \lambda(\sum_u \lVert x_u\rVert^2 + \sum_i \lVert y_i\rVert^2)$，
# 其中只要看过，$p_{ui}$ 就为 1。固定产品一侧，每位客户就是一个小小的岭回归；反过来也一样：这就是**交替最小二乘**。

# %% id="als"
FACTORS, ALPHA, LAMBDA, SWEEPS = 6, 0.5, 20.0, 15


# en: the best vectors of one side, given those of the other (Hu, Koren and Volinsky 2008, equation 4)
# zh: 已知另一侧的向量，求这一侧的最优向量（Hu、Koren 与 Volinsky，2008，式 4）
def best_vectors(other, counts):
    outer = (other[:, :, None] * other[:, None, :]).reshape(len(other), -1)
    left = (ALPHA * counts @ outer).reshape(-1, FACTORS, FACTORS)
    left += other.T @ other + LAMBDA * np.eye(FACTORS)
    right = ((1 + ALPHA * counts) * (counts > 0)) @ other
    return np.linalg.solve(left, right[:, :, None])[:, :, 0]


def factorise(own_views):
    product = lab.rng("als").normal(0, 0.1, (own_views.shape[1], FACTORS))
    for _ in range(SWEEPS):
        customer = best_vectors(product, own_views)
        product = best_vectors(customer, own_views.T)
    return best_vectors(product, own_views), product


# %% id="scores"
# en: every customer's scores scaled to length 1, so that two recommenders can be added
# zh: 把每位客户的得分缩放到长度 1，两个推荐系统才能相加
def to_length_one(scores):
    return scores / np.maximum(np.linalg.norm(scores, axis=1, keepdims=True), 1e-9)


def by_factors(own_views):
    customer, product = factorise(own_views)
    return customer @ product.T


scores = {
    L("most viewed", "浏览最多"): np.broadcast_to(choose.all_views.sum(axis=0), allowed.shape),
    L("most chosen", "自选最多"): np.broadcast_to(choose.own_views.sum(axis=0), allowed.shape),
    L("item–item", "物品相似"): by_similarity(choose.own_views),
    L("factors (ALS)", "矩阵分解（ALS）"): by_factors(choose.own_views),
}
popular, chosen, similar, factors = scores
blend = L("both together", "两者相加")
scores[blend] = to_length_one(scores[similar]) + to_length_one(scores[factors])

# %% [markdown] id="judge" lang="en"
# ## How good is a list of three?
#
# Two measures. The **hit rate** asks, of the customers who bought something, how many bought at least one of the three
# shown. It does not care where it stood. **NDCG@3** does (Järvelin and Kekäläinen 2002): a purchase that stood in
# position $k$ gains $1/\log_2(k+1)$, that is 1, 0.63 or 0.5; the sum is divided by the best possible for what the customer
# bought. In both, whoever bought nothing says nothing.

# %% [markdown] id="judge" lang="zh" en_hash="55291655"
# ## 三个推荐好不好？
#
# 两个指标。**命中率**：在买了东西的客户中，至少买了所推三个之一的占多少，不管它排第几。**NDCG@3** 则要看位置
# （Järvelin 与 Kekäläinen，2002）：买下的产品若排在第 $k$ 位，得 $1/\log_2(k+1)$ 分，即 1、0.63 或 0.5；总分再除以这位客户
# 所买产品可能得到的最高分。两个指标都只看有购买的客户。

# %% [markdown] id="turn_hit" lang="en"
# ### Your turn: the hit rate
#
# `shown` has one row per customer with the positions of three products; `bought` is a table of True and False, customers ×
# products. (`np.take_along_axis(bought, shown, axis=1)` says of each shown product whether it was bought.)

# %% [markdown] id="turn_hit" lang="zh" en_hash="d8aa8fdc"
# ### 轮到你了：命中率
#
# `shown` 每行是一位客户，写着三个产品的位置；`bought` 是客户 × 产品的 True/False 表。
# （`np.take_along_axis(bought, shown, axis=1)` 给出每个所推产品是否被买下。）


# %% id="hit_rate" exercise="hit_rate"
# en: of the customers who bought anything, the share with at least one of their three among it; between 0 and 1
# zh: 在有购买的客户中，所推三个里至少买了一个的占比；0 到 1 之间
def hit_rate(shown, bought):
    # BEGIN SOLUTION
    hits = np.take_along_axis(bought, shown, axis=1)
    return hits.any(axis=1)[bought.any(axis=1)].mean()
    # END SOLUTION


# %% id="check_hit_rate"
lab.check("hit_rate")

# %% [markdown] id="turn_ndcg" lang="en"
# ### Your turn: NDCG@3 of one customer
#
# `shown` is a list of three products, best first; `bought` is the set of products the customer bought, never empty, sometimes
# more than three.

# %% [markdown] id="turn_ndcg" lang="zh" en_hash="dc58bbb7"
# ### 轮到你了：一位客户的 NDCG@3
#
# `shown` 是三个产品的列表，最好的在前；`bought` 是这位客户买下的产品集合，不会为空，有时多于三个。


# %% id="ndcg_at_3" exercise="ndcg_at_3"
# en: gain of the list divided by the gain of the best possible list; between 0 and 1
# zh: 名单的得分除以可能的最高得分；0 到 1 之间
def ndcg_at_3(shown, bought):
    # BEGIN SOLUTION
    gains = 1 / np.log2(np.arange(2, 5))
    reached = sum(gain for gain, product in zip(gains, shown, strict=True) if product in bought)
    return reached / gains[: min(len(bought), 3)].sum()
    # END SOLUTION


# %% id="check_ndcg_at_3"
lab.check("ndcg_at_3")

# %% [markdown] id="compare" lang="en"
# The same for all customers at once, and a third number: **coverage**, the share of the products that stand in anybody's
# list. A list can be popular and narrow at the same time.

# %% [markdown] id="compare" lang="zh" en_hash="2d1c1441"
# 对所有客户一次算完，再加第三个数：**覆盖率**，即出现在任何人名单里的产品占比。名单可以很热门，同时也很窄。


# %% id="quality"
def top_three(scores, candidates):
    return np.argsort(-np.where(candidates, scores, -np.inf), axis=1, kind="stable")[:, :3]


def gains_of(shown, bought):
    gains = 1 / np.log2(np.arange(2, 5))
    best = np.concatenate([[0], gains.cumsum()])[np.minimum(bought.sum(axis=1), 3)]
    return np.take_along_axis(bought, shown, axis=1) @ gains / np.where(best > 0, best, 1)


def quality(scores, now, group=True):
    shown = top_three(scores, now.candidates)
    buyers = now.bought.any(axis=1) & group
    hits = np.take_along_axis(now.bought, shown, axis=1).any(axis=1)
    covered = np.unique(shown[np.take_along_axis(now.candidates, shown, axis=1)])
    return {
        "hit_rate": hits[buyers].mean(),
        "ndcg": gains_of(shown, now.bought)[buyers].mean(),
        "coverage": len(covered) / len(items),
    }


chosen_by = pd.DataFrame({method: quality(score, choose) for method, score in scores.items()}).T

# %% id="compare_figure"
drawn = chosen_by[::-1]
figure, axes = plt.subplots(figsize=(7.8, 3.3))
bars = axes.barh(
    drawn.index, drawn["ndcg"], color=[GREY if m in (popular, chosen) else BLUE for m in drawn.index]
)
covers = L("covers {:.0%}", "覆盖 {:.0%}")
axes.bar_label(bars, [f"{r.ndcg:.2f} · {covers.format(r.coverage)}" for r in drawn.itertuples()], padding=4)
axes.set(
    xlim=(0, 1.4 * drawn["ndcg"].max()), xlabel=L("NDCG@3 in the weeks to choose by", "选择时段的 NDCG@3")
)
axes.grid(visible=False)
times_better = chosen_by.loc[blend, "ndcg"] / chosen_by.loc[popular, "ndcg"]
axes.set_title(
    L(
        f"Knowing the customer's looks is worth {times_better:.1f} times the most viewed list",
        f"用上客户自己的浏览，效果是“浏览最多”名单的 {times_better:.1f} 倍",
    )
)
lab.show(
    axes,
    L(
        "Bars of NDCG@3 by method, "
        f"from {chosen_by['ndcg'].iloc[0]:.2f} for the most viewed products to {chosen_by.loc[blend, 'ndcg']:.2f} for both together.",
        f"各方法 NDCG@3 的条形图：“浏览最多”为 {chosen_by['ndcg'].iloc[0]:.2f}，两者相加为 {chosen_by.loc[blend, 'ndcg']:.2f}。",
    ),
)

# %% [markdown] id="flatter" lang="en"
# Two ways to fool oneself, measured. Count the banner views as taste; or let the later looks into the learning, as a random
# split of the rows does.

# %% [markdown] id="flatter" lang="zh" en_hash="2cef7d7b"
# 两种自欺的做法，量一量代价：把横幅浏览也当成口味；或者像随机切分那样，让后来的浏览混进学习数据。

# %% id="two_mistakes"
with_banners = quality(by_similarity(choose.all_views), choose)["ndcg"]
peeking = quality(by_similarity(counted(views[(period <= CHOOSE) & own_choice])), choose)["ndcg"]
lab.fact(
    "two_mistakes",
    (chosen_by.loc[similar, "ndcg"], with_banners, peeking),
    L(
        "Item–item, honest: NDCG@3 {:.2f}. With banner views: {:.2f}. With a look into the future: {:.2f}, which no "
        "customer will ever see.",
        "物品相似，诚实的做法：NDCG@3 为 {:.2f}。算上横幅浏览：{:.2f}。偷看未来：{:.2f}，可惜没有哪位客户会真的享受到。",
    ),
)

# %% [markdown] id="say_judge" lang="en" tags=["instructor"]
# **8 min, of which 5 for the two exercises.** Hit rate first, on fingers: ten customers, three bought, one was hit: what is
# the rate? *Most of the room* says one in ten, some one in thirty. Then ask why the score with later looks is so good.
# Short of time (saves 2 min): skip the formula of the factors, keep the sentence about hidden tastes.

# %% [markdown] id="say_judge" lang="zh" en_hash="227d662c" tags=["instructor"]
# **8 分钟，其中两道练习 5 分钟。** 先用手指算命中率：十位客户，三位买了东西，命中一位，命中率是多少？*多数人*说十分之一，
# 有人说三十分之一。再问：偷看未来的得分为什么这么高？时间不够时（省 2 分钟）：跳过矩阵分解的公式，只留“隐藏的口味”那句话。

# %% [markdown] id="rule" lang="en"
# ## The rule that has no exceptions
#
# Products carry a risk level from R1 to R5, and so do customers, from their questionnaire. A product above the customer's
# level may not be shown, whatever the score. The order of the steps matters: filter first, then take three. Whoever cuts to
# three first and filters afterwards leaves holes on the page.

# %% [markdown] id="rule" lang="zh" en_hash="72acd55b"
# ## 没有例外的规则
#
# 产品有风险等级，从 R1 到 R5；客户也有，来自风险测评问卷。高于客户等级的产品，得分再高也不能展示。步骤的先后很要紧：
# 先过滤，再取三个。先截到三个再过滤，页面上就会留下空位。

# %% [markdown] id="turn_suitable" lang="en"
# ### Your turn: three suitable products for one person
#
# Best score first; nothing that is held; nothing above the level. Three of them, as long as three are left.

# %% [markdown] id="turn_suitable" lang="zh" en_hash="d9f286e4"
# ### 轮到你了：为一位客户挑三个合适的产品
#
# 得分高的在前；已持有的不要；高于本人等级的不要。只要还够，就给三个。


# %% id="suitable_three" exercise="suitable_three"
# en: `scores`, `risk`: Series by product; `held`: a set of products; `level`: the customer's own risk level.
# returns a list of at most three products, best first
# zh: `scores`、`risk`：以产品为索引的 Series；`held`：已持有产品的集合；`level`：客户本人的风险等级。
# 返回至多三个产品的列表，最好的在前
def suitable_three(scores, risk, held, level):
    # BEGIN SOLUTION
    suitable = (risk.reindex(scores.index) <= level) & ~scores.index.isin(list(held))
    return scores[suitable].nlargest(3).index.tolist()
    # END SOLUTION


# %% id="check_suitable_three"
lab.check("suitable_three")

# %% id="without_rule"
if not allowed.all():
    heedless = top_three(scores[blend], ~choose.held)
    too_risky = ~np.take_along_axis(allowed, heedless, axis=1)
    lab.fact(
        "without_rule",
        (too_risky.any(axis=1).mean(), too_risky.any(axis=1).sum()),
        L(
            "Without the rule {:.0%} of the customers ({:,}) would be shown at least one product above their level.",
            "没有这条规则，{:.0%} 的客户（{:,} 位）会看到至少一个高于本人等级的产品。",
        ),
    )

# %% [markdown] id="say_rule" lang="en" tags=["instructor"]
# **4 min, of which 3 for the exercise.** Ask who is liable if the app shows an R5 fund to an R2 customer and she buys it.
# *Most of the room* takes three first and filters afterwards. Short of time (saves 2 min): read the solution together.

# %% [markdown] id="say_rule" lang="zh" en_hash="02d91a64" tags=["instructor"]
# **4 分钟，其中练习 3 分钟。** 先问：App 给 R2 客户推了 R5 基金，她买了，谁负责？*多数人*先取三个再过滤。
# 时间不够时（省 2 分钟）：一起读参考答案。

# %% [markdown] id="cold" lang="en"
# ## The customer nobody knows
#
# Who has just installed the app has not looked at anything; all scores are zero and the "best three" are the first three in
# the table. But the bank knows such a customer from elsewhere: age, income, risk level, what was bought at a branch. A
# **content** model learns from customers with enough looks how what the bank knows goes with what they look at, and
# applies that to the others: one ridge regression per product (Hoerl and Kennard 1970).

# %% [markdown] id="cold" lang="zh" en_hash="19677c92"
# ## 谁都不认识的客户
#
# 刚装上 App 的客户什么都没看过：得分全为零，“最好的三个”不过是表里的前三个。可是银行从别处认识他：年龄、收入、风险等级、在网点买过什么。
# **内容**模型从浏览足够多的客户身上学习“银行所知道的”与“他们爱看的”有何关系，再用到其他人身上：每个产品一个岭回归
# （Hoerl 与 Kennard，1970）。


# %% id="content"
# en: what the bank knew of each customer on the first day of a period, standardised
# zh: 每个时段第一天，银行对每位客户的了解（标准化）
def known_of_customers(now):
    customers = lab.data("customers").set_index("customer_id").loc[who]
    income = customers["declared_income_fen"].astype(float)
    known = pd.DataFrame({"age": 2025 - customers["birth_year"], "risk_level": customers["risk_level"]})
    known = known.assign(age_squared=known["age"] ** 2, income=np.log(income.fillna(income.median())))
    held = holdings[holdings["opened_on"] < cuts[now - 1]].merge(lab.data("products", ["product_id", "kind"]))
    kinds = pd.crosstab(held["customer_id"], held["kind"].astype(str)).clip(upper=1)
    known = known.join(kinds).fillna(0).astype(float)
    return (known - known.mean()) / known.std().replace(0, 1)


def content_model(now, own_views, ridge=10):
    known = known_of_customers(now).assign(constant=1.0)
    learning = own_views.sum(axis=1) >= 5
    features, seen = known.to_numpy()[learning], own_views[learning]
    shares = seen / seen.sum(axis=1, keepdims=True)
    weights = np.linalg.solve(features.T @ features + ridge * np.eye(known.shape[1]), features.T @ shares)
    return known, weights


def for_newcomers(now, given):
    if own_file:
        return np.broadcast_to(given.own_views.sum(axis=0), allowed.shape)
    known, weights = content_model(now, given.own_views)
    return known.to_numpy() @ weights


content = for_newcomers(CHOOSE, choose)

# %% [markdown] id="threshold" lang="en"
# From how many looks on is the customer's own log the better guide? Try thresholds on the weeks to choose by: below it the
# content model writes the list (on a file without customers: the most chosen products), from it on, both together.

# %% [markdown] id="threshold" lang="zh" en_hash="9f5e25e4"
# 从多少次浏览起，客户自己的记录才是更好的依据？用选择时段试几个门槛：低于门槛由内容模型出名单
# （没有客户表的文件：自选最多的产品），达到门槛则用两者相加。


# %% id="by_threshold"
def with_fallback(collaborative, content, own_views, enough):
    known_well = own_views.sum(axis=1) >= enough
    return np.where(known_well[:, None], to_length_one(collaborative), to_length_one(content))


tried = [0, 1, 2, 3, 4, 5, 8, 12, 20, 30, 50]
ndcg_by_threshold = pd.Series(
    [
        quality(with_fallback(scores[blend], content, choose.own_views, enough), choose)["ndcg"]
        for enough in tried
    ],
    tried,
)

# %% id="threshold_figure"
figure, axes = plt.subplots(figsize=(7.6, 3.3))
axes.plot(range(len(tried)), ndcg_by_threshold, "o-", color=BLUE)
axes.set_xticks(range(len(tried)), tried)
axes.set_ylim(0, 1.15 * ndcg_by_threshold.max())
axes.set_xlabel(L("Looks from which on the customer's own log is used", "从多少次浏览起改用客户自己的记录"))
axes.set_ylabel(L("NDCG@3, all customers", "NDCG@3，全体客户"))
lost = 1 - ndcg_by_threshold[30] / ndcg_by_threshold.max()
axes.set_title(
    L(
        f"Waiting for 30 looks costs {lost:.0%} of the quality",
        f"等到 30 次浏览才用，质量损失 {lost:.0%}",
    )
)
lab.show(
    axes,
    L(
        f"NDCG@3 against the threshold: {ndcg_by_threshold.iloc[0]:.2f} without fallback, at best "
        f"{ndcg_by_threshold.max():.2f}, {ndcg_by_threshold.iloc[-1]:.2f} at {tried[-1]} looks.",
        f"NDCG@3 随门槛的变化：没有后备为 {ndcg_by_threshold.iloc[0]:.2f}，最好时 {ndcg_by_threshold.max():.2f}，"
        f"门槛为 {tried[-1]} 时 {ndcg_by_threshold.iloc[-1]:.2f}。",
    ),
)

# %% [markdown] id="turn_enough" lang="en"
# ### Your turn: decide
#
# From how many looks of their own choice do you trust a customer's log? There is more than one defensible answer, and
# many that are not. (Gao Yixin's people wanted to wait for thirty looks, "to be on the safe side".)

# %% [markdown] id="turn_enough" lang="zh" en_hash="63e57ecc"
# ### 轮到你了：作决定
#
# 从多少次自选浏览起，你就相信客户自己的记录？站得住脚的答案不止一个，站不住脚的则很多。
# （高怡欣的团队“为保险起见”，本想等到三十次。）

# %% id="enough_views" exercise="enough_views"
# en: a whole number of looks
# zh: 浏览次数，整数
enough_views = int(ndcg_by_threshold.iloc[1:].idxmax())  # SOLUTION

# %% id="check_enough_views"
lab.check("enough_views")

# %% [markdown] id="say_cold" lang="en" tags=["instructor"]
# **4 min, of which 2 for the decision.** Ask for bids before the figure. *Most of the room* bids ten or more: we trust
# numbers only when there are many. But after a handful of looks the log already says more than age and income.
# Short of time (saves 1 min): skip the code of the content model.

# %% [markdown] id="say_cold" lang="zh" en_hash="9a00d9d6" tags=["instructor"]
# **4 分钟，其中作决定 2 分钟。** 看图之前先让大家出价。*多数人*报十次以上：我们习惯了“样本多才可信”。
# 可是只要看过几次，浏览记录说明的就已经比年龄和收入多。时间不够时（省 1 分钟）：跳过内容模型的代码。

# %% [markdown] id="verdict" lang="en"
# ## One look at the last quarter
#
# All choices are made. The recommender learns once more, from everything up to the last period, and meets that period once.

# %% [markdown] id="verdict" lang="zh" en_hash="2be09315"
# ## 最后一个时段，只看一次
#
# 选择都已作完。推荐系统用最后时段之前的全部数据重新学习，然后面对这个时段，只评一次。

# %% id="final"
judged = situation(JUDGE)
customer_vectors, product_vectors = factorise(judged.own_views)
content_now = for_newcomers(JUDGE, judged)
best_threshold = int(ndcg_by_threshold.iloc[1:].idxmax())
together = to_length_one(by_similarity(judged.own_views)) + to_length_one(
    customer_vectors @ product_vectors.T
)
final = with_fallback(together, content_now, judged.own_views, best_threshold)
most_viewed_now = np.broadcast_to(judged.all_views.sum(axis=0), allowed.shape)
looks = judged.own_views.sum(axis=1)
groups = {
    L("no look yet", "还没看过"): looks == 0,
    L("one to four", "一至四次"): (looks > 0) & (looks < 5),
    L("five or more", "五次及以上"): looks >= 5,
    L("everybody", "全体"): looks >= 0,
}
groups = {group: member for group, member in groups.items() if judged.bought[member].any()}
by_group = pd.DataFrame(
    {
        group: {
            "popular": quality(most_viewed_now, judged, member)["hit_rate"],
            "final": quality(final, judged, member)["hit_rate"],
        }
        for group, member in groups.items()
    }
).T
breaches = int((~np.take_along_axis(allowed, top_three(final, judged.candidates), axis=1)).sum())

# %% id="final_figure"
figure, axes = plt.subplots(figsize=(7.8, 3.5))
place = np.arange(len(by_group))
for shift, column, colour, label in (
    (-0.2, "popular", GREY, L("most viewed", "浏览最多")),
    (0.2, "final", BLUE, L("recommender", "推荐系统")),
):
    bars = axes.bar(place + shift, 100 * by_group[column], 0.38, color=colour)
    axes.bar_label(bars, fmt="%.0f%%", padding=2, color=colour)
    axes.plot([], [], "s", color=colour, label=label)
axes.set_xticks(place, by_group.index)
axes.set(
    xlabel=L("Looks of the customer's own choice", "自选浏览次数"), ylabel=L("Hit rate, %", "命中率（%）")
)
axes.margins(y=0.15)
axes.legend(frameon=False, loc="upper left", ncols=2)
last_row = by_group.iloc[-1]
axes.set_title(
    L(
        f"Of 100 buyers, {100 * last_row['final']:.0f} find their product among the three, instead of {100 * last_row['popular']:.0f}",
        f"每 100 位购买者，有 {100 * last_row['final']:.0f} 位在三个里找到想买的，原先是 {100 * last_row['popular']:.0f} 位",
    )
)
lab.show(
    axes,
    L(
        f"Bars: hit rate by number of looks, most viewed list against recommender; over everybody {last_row['popular']:.0%} against {last_row['final']:.0%}.",
        f"条形图：按浏览次数划分的命中率，浏览最多名单与推荐系统对比；全体为 {last_row['popular']:.0%} 对 {last_row['final']:.0%}。",
    ),
)
lab.fact(
    "breaches",
    breaches,
    L("Products shown above the customer's risk level: {}.", "高于客户风险等级的推荐：{} 个。"),
)

# %% [markdown] id="panel" lang="en"
# ## Turn the knob: why this?
#
# A suggestion that cannot be explained cannot be defended. Both recommenders add up over the looks, so each score can be taken
# apart without remainder (Hu, Koren and Volinsky 2008, section 5). Pick a customer. Two questions that only playing answers:
# **1.** Whose list has no look among its reasons? **2.** Whose list changes when the risk rule is off?

# %% [markdown] id="panel" lang="zh" en_hash="8f462479"
# ## 转一转旋钮：为什么推这个？
#
# 说不清理由的推荐，也就无从辩护。两个推荐系统的得分都是浏览的累加，所以每个得分都能拆得干干净净
# （Hu、Koren 与 Volinsky，2008，第 5 节）。挑一位客户。有两个问题，只有动手才能回答：
# **1.** 谁的推荐理由里一次浏览都没有？**2.** 关掉风险规则后，谁的名单会变？


# %% id="words"
KNOWN = {
    "age": L("age", "年龄"),
    "income": L("income", "收入"),
    "risk_level": L("risk level", "本人风险等级"),
    "current": L("current account", "活期账户"),
    "notice": L("notice deposit", "通知存款"),
    "time_deposit": L("time deposit", "定期存款"),
    "certificate": L("certificate of deposit", "大额存单"),
    "credit_card": L("credit card", "信用卡"),
    "mortgage": L("mortgage", "住房按揭"),
    "consumer_loan": L("consumer loan", "消费贷款"),
    "business_loan": L("business loan", "经营贷款"),
    "money_fund": L("money fund", "货币基金"),
    "bond_fund": L("bond fund", "债券基金"),
    "equity_fund": L("equity fund", "股票与混合基金"),
    "steady_wealth": L("steady wealth product", "稳健理财"),
    "growth_wealth": L("growth wealth product", "进取理财"),
    "health_cover": L("health cover", "医疗与意外险"),
    "life_cover": L("life cover", "人寿与重疾险"),
    "child_plan": L("child plan", "少儿保险"),
    "savings_plan": L("savings plan", "储蓄型保险"),
    "property_cover": L("home cover", "家财险"),
}


# en: what is known of a customer, in words: above or below the average, held or not
# zh: 用文字说出已知的情况：高于还是低于平均，持有还是未持有
def in_words(column, more):
    if column in ("age", "income", "risk_level"):
        above, below = L("{}: above average", "{}高于平均"), L("{}: below average", "{}低于平均")
        return (above if more else below).format(KNOWN[column])
    return (L("has: {}", "持有{}") if more else L("has no {}", "未持有{}")).format(KNOWN.get(column, column))


# %% id="reasons"
# en: the model of what is known is fitted once; your own file has none
# zh: 用已知信息的模型只拟合一次；你自己的文件没有这个模型
known, weights = (None, None) if own_file else content_model(JUDGE, judged.own_views)


# en: what each reason adds to each product's score of one customer: reasons × products
# zh: 一位客户的每个理由给每个产品的得分加了多少：理由 × 产品
def reasons_of(row):
    seen = np.flatnonzero(judged.own_views[row])
    if looks[row] < best_threshold or not len(seen):
        if own_file:
            return pd.DataFrame([content_now[row]], [L("chosen by many", "很多人选")])
        parts = pd.DataFrame(known.to_numpy()[row][:, None] * weights, known.columns).drop("constant")
        parts = parts.rename(index={"age_squared": "age"}).groupby(level=0).sum()
        return parts.rename(index=lambda column: in_words(column, known[column].iloc[row] > 0))
    counts = judged.own_views[row]
    similar_part = np.log1p(counts)[seen, None] * similarities(judged.own_views)[seen]
    left = product_vectors.T @ ((1 + ALPHA * counts)[:, None] * product_vectors) + LAMBDA * np.eye(FACTORS)
    factor_part = (1 + ALPHA * counts)[seen, None] * (
        product_vectors[seen] @ np.linalg.solve(left, product_vectors.T)
    )
    parts = [part / np.linalg.norm(part.sum(axis=0)) for part in (similar_part, factor_part)]
    return pd.DataFrame(sum(parts), [L(f"looked at {name}", f"看过{name}") for name in names[seen]])


# %% id="play"
from labkit.live import Choice


def draw(row, rule):
    candidates = judged.candidates[row] if rule else ~judged.held[row]
    shown = top_three(final[[row]], candidates[None, :])[0]
    reasons = reasons_of(row)
    # en: three panels, one per suggestion; the bars are its three strongest reasons
    # zh: 三个小图，每个建议一幅；条形是它最强的三个理由
    figure, panels = plt.subplots(1, 3, figsize=(10.2, 3.1), sharex=True, layout="constrained")
    for panel, product in zip(panels, shown, strict=True):
        strongest = reasons.iloc[:, product].nlargest(3)[::-1]
        breach = not allowed[row, product]
        labels = strongest.index.tolist()
        panel.barh(range(len(labels)), strongest, 0.4, color=RED if breach else BLUE)
        for height, label in enumerate(labels):
            panel.text(0, height + 0.29, label, fontsize=9)
        panel.set(yticks=[], xticks=[], ylim=(-0.4, 2.8), xlim=(0, None))
        panel.grid(visible=False)
        title = f"{names[product]}" + (L(" (too risky)", "（超出风险等级）") if breach else "")
        panel.set_title(title, fontsize=10, color=RED if breach else "black")
    risky = int((~allowed[row, shown]).sum())
    suggested = L(", ", "、").join(names[shown])
    sentence = L(
        f"Customer {who[row]}, {looks[row]:.0f} looks: {suggested}. Bars: the strongest reasons. Above the risk level: {risky}.",
        f"客户 {who[row]}，浏览 {looks[row]:.0f} 次：{suggested}。条形为最强的理由。高于风险等级的：{risky} 个。",
    )
    return figure, sentence


picker = lab.rng("picker")
rows = [
    int(row)
    for member, size in (
        (groups[list(groups)[-1]] & (looks >= 5), 6),
        (looks < 1, 3),
        ((looks > 0) & (looks < 5), 3),
    )
    for row in picker.permutation(np.flatnonzero(member))[:size]
]
customer_labels = [
    (L(f"customer {who[row]}, {looks[row]:.0f} looks", f"客户 {who[row]}，浏览 {looks[row]:.0f} 次"), row)
    for row in rows
]
lab.panel(
    draw,
    row=Choice(L("Customer", "客户"), customer_labels, rows[0]),
    rule=Choice(L("Risk rule", "风险规则"), [(L("on", "开启"), True), (L("off", "关闭"), False)], True),
)

# %% [markdown] id="truth" lang="en"
# ## The truth
#
# Lighthouse Bank is a synthetic world: four tastes were planted in its people, with a loading of every product on each, and
# who buys follows them, with chance. So we can build the **oracle**, which knows every taste, and ask how much of its score
# we reach.

# %% [markdown] id="truth" lang="zh" en_hash="c999287d"
# ## 真相
#
# 灯塔银行是个虚拟世界：人们身上预埋了四种口味，每个产品在每种口味上都有载荷，购买按口味发生，又带着偶然。
# 于是我们可以造出知道一切口味的**先知**，看看自己拿到了它的几成。

# %% id="planted"
planted = lab.truth("product_tastes")

# %% id="truth_figure"
tastes = ["growth", "safety", "protection", "lifestyle"]
loadings = planted.set_index("product_id").loc[items, [f"loading_{taste}" for taste in tastes]].to_numpy()
found_likeness = to_length_one(product_vectors) @ to_length_one(product_vectors).T
true_likeness = to_length_one(loadings) @ to_length_one(loadings).T
pairs = np.triu_indices(len(items), 1)
agreement = np.corrcoef(true_likeness[pairs], found_likeness[pairs])[0, 1]
figure, axes = plt.subplots(figsize=(6.4, 3.8))
axes.scatter(true_likeness[pairs], found_likeness[pairs], s=9, color=BLUE, alpha=0.4, linewidths=0)
axes.set(
    xlabel=L("Cosine of the planted loadings", "预埋载荷的余弦"),
    ylabel=L("Cosine of the found vectors", "所得向量的余弦"),
)
axes.set_title(
    L(
        f"The looks alone reveal the planted tastes: correlation {agreement:.1f}",
        f"仅凭浏览就能还原预埋的口味：相关系数 {agreement:.1f}",
    )
)
lab.show(
    axes,
    L(
        f"Scatter of product pairs: likeness planted against likeness found, correlation {agreement:.1f}.",
        f"产品对的散点图：预埋的相似度与求得的相似度，相关系数 {agreement:.1f}。",
    ),
)

# %% id="people"
people = lab.truth("people")

# %% id="oracle"
planted_tastes = [name.removeprefix("loading_") for name in planted if name.startswith("loading_")]
loadings = (
    planted.set_index("product_id").loc[items, [f"loading_{taste}" for taste in planted_tastes]].to_numpy()
)
true_tastes = (
    people.set_index("person_id").loc[who, [f"taste_{taste}" for taste in planted_tastes]].to_numpy() - 0.5
)
utility = true_tastes @ loadings.T + planted.set_index("product_id").loc[items, "appeal"].to_numpy()
of_oracle = pd.DataFrame(
    {
        group: {
            name: quality(score, judged, member)["ndcg"] / quality(utility, judged, member)["ndcg"]
            for name, score in (("popular", most_viewed_now), ("content", content_now), ("final", final))
        }
        for group, member in groups.items()
    }
).T
oracle_hits = quality(utility, judged)["hit_rate"]
five_or_more, everyone = L("five or more", "五次及以上"), L("everybody", "全体")
lab.fact(
    "of_oracle",
    (
        of_oracle.loc[five_or_more, "final"],
        of_oracle.loc[everyone, "final"],
        of_oracle.loc[everyone, "popular"],
    ),
    L(
        "Of the oracle's NDCG@3 we reach {:.0%} for customers with five looks or more, {:.0%} over everybody; "
        "the most viewed list {:.0%}.",
        "先知的 NDCG@3，我们在五次及以上浏览的客户上达到 {:.0%}，在全体客户上达到 {:.0%}；浏览最多名单只有 {:.0%}。",
    ),
)
no_look = next(iter(groups))
lab.fact(
    "newcomers",
    (of_oracle.loc[no_look, "final"], of_oracle.loc[no_look, "popular"], 1 - oracle_hits),
    L(
        "Where there was no look to learn from, {:.0%} (most viewed: {:.0%}). And even the oracle misses {:.0%} of the buyers: "
        "among dozens of suitable products, chance has a say. Nobody could have found that.",
        "在没有浏览可学的客户上，达到 {:.0%}（浏览最多：{:.0%}）。即使是先知，也会错过 {:.0%} 的购买者：几十个合适的产品里，"
        "总有偶然的成分。这一部分谁也猜不到。",
    ),
)

# %% [markdown] id="so_what" lang="en"
# ## So what
#
# A hit is not yet money: many would have bought without the tile. Gao Yixin assumes that a product which a customer would
# buy anyway is bought so much more often if it is among the three: `extra`. Nobody knows that number before an experiment; so
# we show how the answer depends on it. `worth` is what a sale of a line earns in its first year, in yuan, after all costs of
# selling; the tables hold a sample of the bank's app customers.

# %% [markdown] id="so_what" lang="zh" en_hash="e922ac3a"
# ## 所以呢
#
# 命中还不等于钱：很多人没有推荐位也会买。高怡欣假设：客户本来就会买的产品，出现在三个推荐位里，成交会多出一定比例，即 `extra`。
# 没做实验之前，谁也不知道这个数；所以我们把结论随它的变化画出来。`worth` 是各产品线卖出一笔在第一年赚到的钱（元），已扣除销售成本；
# 表里的客户只是全行手机银行客户的一个样本。

# %% id="terms"
terms = {"extra": 0.15, "app_customers": 300_000, "running_yuan": 150_000}
worth_of_line = {"deposit": 40, "card": 120, "fund": 90, "wealth": 110, "insurance": 260}
worth = products["line"].astype(str).map(worth_of_line) if "line" in products else pd.Series(100, items)
worth = worth.fillna(100).to_numpy(dtype=float)


# en: yuan of the purchases that stood among the three, one number per customer
# zh: 出现在三个推荐位里的购买值多少元，每位客户一个数
def hit_yuan(scores):
    shown = top_three(scores, judged.candidates)
    return (np.take_along_axis(judged.bought, shown, axis=1) * worth[shown]).sum(axis=1)


gain = hit_yuan(final) - hit_yuan(most_viewed_now)
# en: customers drawn again (Efron 1979), by how often each gain occurs
# zh: 对客户重抽样（Efron，1979），按每种差额出现的频数抽取
amounts, times_seen = np.unique(gain, return_counts=True)
drawn = lab.rng("chance").multinomial(len(gain), times_seen / len(gain), 2_000) @ amounts / len(gain)
expected = 1_000 * terms["extra"] * gain.mean()
low, high = 1_000 * terms["extra"] * np.quantile(drawn, [0.05, 0.95])
lab.fact(
    "per_thousand",
    (round(expected, -2), round(low, -2), round(high, -2)),
    L(
        "Against the most viewed list, each 1,000 customers bring about {:,.0f} yuan more per quarter (nine times in ten "
        "between {:,.0f} and {:,.0f}).",
        "与浏览最多名单相比，每 1,000 位客户每季度多带来约 {:,.0f} 元（十次中有九次落在 {:,.0f} 与 {:,.0f} 元之间）。",
    ),
)

# %% id="money_figure"
extra = np.linspace(0, 0.3, 61)


# en: thousand yuan per quarter, for each value of `extra`
# zh: 每季度多少千元，`extra` 的每个取值各一个
def net(mean_gain):
    return (terms["app_customers"] * extra * mean_gain - terms["running_yuan"]) / 1_000


break_even = terms["running_yuan"] / (terms["app_customers"] * max(gain.mean(), 1e-9))
figure, axes = plt.subplots(figsize=(7.8, 3.6))
axes.plot(100 * extra, net(gain.mean()), color=BLUE)
axes.fill_between(
    100 * extra, net(np.quantile(drawn, 0.05)), net(np.quantile(drawn, 0.95)), color=SKY, alpha=0.3
)
axes.axhline(0, color="black", linewidth=1)
axes.axvline(100 * terms["extra"], color=GREY, linestyle=":")
axes.text(100 * terms["extra"] + 0.4, axes.get_ylim()[0] * 0.6, L("assumed", "假设值"), color=GREY)
if break_even < 0.3:
    axes.plot(100 * break_even, 0, "o", color=RED)
    axes.annotate(
        L(f"pays from {break_even:.1%} on", f"{break_even:.1%} 起不亏"), (100 * break_even, 0),
        xytext=(8, -16), textcoords="offset points", color=RED,
    )  # fmt: skip
axes.set_xlabel(L("Extra purchases because the product is shown, %", "因展示而多出的购买（%）"))
axes.set_ylabel(L("Profit per quarter, thousand yuan", "每季度利润（千元）"))
whole_bank = round(terms["app_customers"] * terms["extra"] * gain.mean() - terms["running_yuan"], -4)
axes.set_title(
    L(
        f"At {terms['extra']:.0%} extra: {whole_bank:+,.0f} yuan per quarter",
        f"多出 {terms['extra']:.0%} 时：每季度 {whole_bank:+,.0f} 元",
    )
)
lab.show(
    axes,
    L(
        f"Profit per quarter against extra purchases: a rising line that crosses zero at {break_even:.1%}.",
        f"每季度利润随“多出的购买”变化：一条上升的线，在 {break_even:.1%} 处由亏转盈。",
    ),
)

# %% id="decision"
bank_low, bank_high = terms["app_customers"] / 1_000 * np.array([low, high]) - terms["running_yuan"]
lab.fact(
    "decision",
    (whole_bank, round(bank_low, -4), round(bank_high, -4), break_even),
    L(
        "Decision: switch on, first with half of the customers on the old list, drawn at random. Once all see it: "
        "{:,.0f} yuan per quarter "
        "({:,.0f} to {:,.0f}); stop if the experiment shows less than {:.1%} extra.",
        "决定：上线，先随机留一半客户继续看旧名单。全面铺开后每季度 {:,.0f} 元（{:,.0f} 至 {:,.0f}）；如果实验显示多出的购买不到 {:.1%}，就停。",
    )
    if bank_low > 0
    else L(
        "Decision: not yet. Expected {:,.0f} yuan per quarter ({:,.0f} to {:,.0f}): a loss cannot be ruled out; it pays "
        "from {:.1%} extra on.",
        "决定：暂不上线。预计每季度 {:,.0f} 元（{:,.0f} 至 {:,.0f}），不能排除亏损；多出的购买达到 {:.1%} 才不亏。",
    ),
)
if not own_file:
    older = (2025 - lab.data("customers").set_index("customer_id").loc[who, "birth_year"] >= 60).to_numpy()
    lab.fact(
        "older",
        (quality(final, judged, older)["hit_rate"], quality(final, judged, ~older)["hit_rate"]),
        L(
            "Hit rate of customers of 60 and over: {:.0%}; of younger ones: {:.0%}.",
            "60 岁及以上客户的命中率：{:.0%}；更年轻的：{:.0%}。",
        ),
    )

# %% [markdown] id="care" lang="en"
# Before it goes live:
#
# * **Law.** In China, an offer aimed by an automated decision must come with a way to refuse it, and a switch for
#   unpersonalised recommendations; the suitability rules for investors bind the app as they bind the branch. Log every list
#   with its risk levels: "zero breaches" must be provable.
# * **Trust.** Rank by what the customer likes, not by what pays most. Put the margin into the score, and the list becomes a
#   banner again. And show the reason beside the tile.
# * **Fairness.** Compare the hit rate by age and place. Those who rarely use the app get the weakest list; the branch is theirs.
# * **The loop.** Next month's log holds looks that *this* list caused. Mark them like banners, or the recommender will learn
#   from itself.

# %% [markdown] id="care" lang="zh" en_hash="d803ba2b"
# 上线之前：
#
# * **法律。** 在中国，通过自动化决策向个人推送营销，要提供便捷的拒绝方式，也要有关闭个性化推荐的开关；投资者适当性的规定，
#   对 App 和对网点同样有效。每份名单连同风险等级都要留痕：“零违规”必须拿得出证据。
# * **信任。** 按客户喜欢什么排序，而不是按什么最赚钱排序。把毛利放进得分，名单就又变回了横幅。推荐理由要写在产品旁边。
# * **公平。** 按年龄和地区比较命中率。很少用 App 的人拿到的名单最弱；他们的主场在网点。
# * **回路。** 下个月的日志里会有*这份名单*引来的浏览。要像横幅一样做上标记，否则推荐系统就是在向自己学习。

# %% [markdown] id="own" lang="en"
# ## On your own data
#
# A log with `customer_id` and `product_id`, numbers or texts, one row per look, order or click. Better with `viewed_at`
# (dates), `weight`, `purchased` and `entry`. The lab uses the 200 most frequent products and at most 20 000 customers; a
# million rows run in a minute. Without `purchased`, the first look at a new product counts; without `holdings`, what was
# looked at before is no candidate. The risk rule needs `products` and `customers` of your own with `risk_level`; without them
# it steps aside, as the content model does, and newcomers get the most chosen products.
#
# ```
# labkit run 5.4 --data product_views=my_log.csv --map customer_id=user,product_id=item
# ```
#
# or, in this notebook, set `data = {"product_views": "my_log.csv"}` and `columns = {"customer_id": "user", "product_id": "item"}`
# at the top.

# %% [markdown] id="own" lang="zh" en_hash="fc9530b1"
# ## 用你自己的数据
#
# 一份日志，要有 `customer_id` 和 `product_id` 两列（数字或文本均可），一行是一次浏览、下单或点击。最好还有 `viewed_at`（日期）、
# `weight`、`purchased` 和 `entry`。本实验取最常见的 200 个产品，最多 20 000 位客户；一百万行一分钟内跑完。
# 没有 `purchased`，则以首次浏览某个新产品为准；没有 `holdings`，以前看过的就不再是候选。风险规则需要你自己的 `products` 和 `customers`
# 并含 `risk_level`；没有就跳过，内容模型也一样，新客户改看自选最多的产品。
#
# ```
# labkit run 5.4 --data product_views=my_log.csv --map customer_id=user,product_id=item
# ```
#
# 也可以在本笔记本顶部设置 `data = {"product_views": "my_log.csv"}` 和 `columns = {"customer_id": "user", "product_id": "item"}`。

# %% [markdown] id="quiz" lang="en"
# ## Three questions
#
# Click an option, or answer with `lab.answer("rises", "A")`.

# %% [markdown] id="quiz" lang="zh" en_hash="227dc20d"
# ## 三道测验题
#
# 点击选项作答，也可以用 `lab.answer("rises", "A")`。

# %% id="quiz_rises"
lab.quiz("rises")

# %% id="quiz_loop"
lab.quiz("loop")

# %% id="quiz_unsold"
lab.quiz("unsold")

# %% id="progress"
lab.progress()

# %% [markdown] id="say_end" lang="en" tags=["instructor"]
# **3 min, with the last quarter, truth and so what.** Ask why even the oracle misses so many buyers. *Most of the room* takes
# the hit rate for money; ask what those customers would have done without the tile. Short of time (saves 1 min): panel and quiz go home;
# never skip the four points before going live.

# %% [markdown] id="say_end" lang="zh" en_hash="6992369c" tags=["instructor"]
# **3 分钟，含最后时段、真相与“所以呢”。** 问：为什么连先知也会错过那么多购买者？*多数人*把命中率当成钱；请追问：没有推荐位，
# 这些客户会怎么做？时间不够时（省 1 分钟）：旋钮和测验留作课后，上线前的四点绝不能省。
