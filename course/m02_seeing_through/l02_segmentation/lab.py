# ---
# id: "2.2"
# name: segmentation
# title: {en: "Segments that sell", zh: "客户细分模型"}
# minutes: 30
# core: true
# outline: ["二.2.1", "二.2【客户细分模型】"]
# tables: [customers, holdings, products, card_monthly]
# prerequisites: []
# ---

# %% [markdown] id="question" lang="en"
# # Segments that sell
#
# **Which groups of customers should be offered which product line?**
#
# *30 minutes.* You will **scale** columns so that no outlier rules, **choose** a number of segments and defend it,
# and **plan** one offer per segment, in yuan. You need: pandas at the level of `groupby`. No modelling experience.

# %% [markdown] id="question" lang="zh" en_hash="5cec0d62"
# # 客户细分模型
#
# **哪些客群，该推荐哪条产品线？**
#
# *30 分钟。* 你将为各列**统一尺度**，不让极端值说了算；**选定**客群的个数并说出理由；最后为每个客群**规划**一个推荐，用“元”来回答。
# 预备知识：会用 pandas 的 `groupby` 即可，不需要建模经验。

# %% [markdown] id="situation" lang="en"
# ## The situation
#
# It is 4 January 2026. Shen Yao, head of retail marketing at Lighthouse Bank, has one message per customer this
# half-year, and six product managers who each want all of them. Last year everybody got the same one: customers
# without money to invest were told about wealth products, and some switched messages off for good. She wants
# a plan on one page by Friday: who they are, what each group is offered, and what that earns. She has seen
# segmentations before. They had lovely names, and nobody could say why there were nine.

# %% [markdown] id="situation" lang="zh" en_hash="a7431fd8"
# ## 业务场景
#
# 今天是 2026 年 1 月 4 日。灯塔银行零售营销负责人沈瑶，这半年对每位客户只有一次推荐机会，而六位产品经理个个都想要全部名额。
# 去年所有人收到的是同一条：没有余钱的人也被推荐理财，有些人从此关掉了消息。她周五之前要一页纸的方案：他们是谁，每群推荐什么，能赚多少。
# 客户分群她见过不少：名字都很漂亮，却没人说得清为什么是九个。

# %% [markdown] id="say_situation" lang="en" tags=["instructor"]
# **4 min, with the first picture.** Ask: "How many kinds of customers does your bank have, and how do you know?"
# Write the numbers on the board. *Most of the room* names groups by age or by money. Say: fine, and which of
# them would still be there if we asked another half of the customers?

# %% [markdown] id="say_situation" lang="zh" en_hash="577fadbf" tags=["instructor"]
# **4 分钟，含第一张图。** 提问：“贵行有几类客户？凭什么这么说？”把数字写在白板上。*多数人*按年龄或资产分。
# 可以接一句：很好，换另一半客户来分，这些类还在吗？

# %% id="start" tags=["parameters"]
scale = "lab"
seed = 2026
data = {}
columns = {}

# %% id="open"
import labkit
from labkit import L

lab = labkit.start("2.2", language=L("en", "zh"), scale=scale, seed=seed, data=data, columns=columns)

# %% [markdown] id="data" lang="en"
# ## The data
#
# `customers`: one row is one customer. `holdings`: one row is one product that a customer holds. `card_monthly`:
# one row is one card in one month. Look before you cluster: at which age do people hold which product?

# %% [markdown] id="data" lang="zh" en_hash="971dc915"
# ## 数据
#
# `customers`：一行是一位客户。`holdings`：一行是一位客户持有的一个产品。`card_monthly`：一行是一张卡的一个月。
# 聚类之前先看一眼：什么年龄的人，持有什么产品？

# %% id="read"
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from labkit.charts import BLACK, BLUE, DIVERGING, GREY, ORANGE, PALETTE, RED, SKY

own = not lab.has_truth
customers = lab.data("customers").set_index("customer_id")
line_names = {
    "term": L("term deposits", "定期类存款"),
    "card": L("credit card", "信用卡"),
    "loan": L("loan", "贷款"),
    "fund": L("fund", "基金"),
    "wealth": L("wealth product", "理财"),
    "insurance": L("insurance", "保险"),
}
if not own:
    holdings = lab.sql("""
        SELECT customer_id, kind, opened_on, balance_fen / 100 AS yuan,
               CASE WHEN kind = 'current' THEN 'current' WHEN line = 'deposit' THEN 'term' ELSE line END AS line
        FROM holdings JOIN products USING (product_id)
    """)

# %% id="age_figure"
if not own:
    age_of_holder = 2025 - holdings["customer_id"].map(customers["birth_year"])
    spread = age_of_holder.groupby(holdings["kind"]).quantile([0.1, 0.25, 0.5, 0.75, 0.9]).unstack()
    spread = spread.sort_values([0.5, 0.75, 0.25])
    kind_names = {
        "current": L("current account", "活期"), "notice": L("notice deposit", "通知存款"),
        "time_deposit": L("time deposit", "定期存款"), "certificate": L("certificate of deposit", "大额存单"),
        "credit_card": L("credit card", "信用卡"), "mortgage": L("mortgage", "住房按揭"),
        "consumer_loan": L("consumer loan", "消费贷款"), "business_loan": L("business loan", "经营贷款"),
        "money_fund": L("money fund", "货币基金"), "bond_fund": L("bond fund", "债券基金"),
        "equity_fund": L("equity fund", "股票基金"), "steady_wealth": L("steady wealth", "稳健理财"),
        "growth_wealth": L("growth wealth", "进取理财"), "health_cover": L("health cover", "医疗险"),
        "life_cover": L("life cover", "人寿险"), "child_plan": L("child plan", "少儿保险"),
        "savings_plan": L("savings insurance", "储蓄型保险"), "property_cover": L("property cover", "家财险"),
    }  # fmt: skip
    labels = [kind_names.get(kind, kind) for kind in spread.index]
    figure, axes = plt.subplots(figsize=(7.6, 5.4))
    axes.hlines(labels, spread[0.1], spread[0.9], color=GREY, linewidth=1.5)
    axes.hlines(labels, spread[0.25], spread[0.75], color=SKY, linewidth=7)
    axes.plot(spread[0.5], labels, "o", color=BLUE)
    axes.grid(visible=False)
    axes.set_xlabel(
        L(
            "Age of the holder: median, middle half, middle eight tenths",
            "持有人年龄：中位数、中间一半、中间八成",
        )
    )
    youngest, oldest = spread[0.5].iloc[0], spread[0.5].iloc[-1]
    axes.set_title(
        L(
            f"Half the holders of a {labels[0]} are {youngest:.0f} or younger; of a {labels[-1]}, {oldest:.0f} or older",
            f"{labels[0]}的持有人一半不超过 {youngest:.0f} 岁，{labels[-1]}一半不低于 {oldest:.0f} 岁",
        ),
        x=-0.2,
        fontsize=10.5,
    )
    lab.show(
        figure,
        L(
            f"One line per kind of product: ages of its holders, medians from {youngest:.0f} to {oldest:.0f}.",
            f"每类产品一行：持有人年龄，中位数从 {youngest:.0f} 岁到 {oldest:.0f} 岁。",
        ),
    )

# %% [markdown] id="age" lang="en"
# Age parts the oldest from the youngest, and says little about the middle: at forty, one customer has a mortgage,
# another a shop, a third a portfolio. So describe each customer by what they *do*: balance per group of products,
# number of products, card use, and age. No customer number, no branch number: k-means takes a number for a distance.

# %% [markdown] id="age" lang="zh" en_hash="cd1fe161"
# 年龄能分开最老和最年轻的人，对中间却说不出多少：同样四十岁，有人还房贷，有人开店，有人做投资。
# 所以用客户*做了什么*来描述他：各类产品余额、产品个数、用卡情况，再加年龄。不放客户编号，也不放网点编号：K 均值会把编号当成距离。

# %% id="features"
group_of_kind = {
    "notice": "term", "time_deposit": "term", "certificate": "term", "bond_fund": "funds", "equity_fund": "funds",
    "steady_wealth": "wealth", "growth_wealth": "wealth", "health_cover": "cover", "life_cover": "cover",
    "child_plan": "cover", "property_cover": "cover",
}  # fmt: skip


# en: one row per customer: what the bank knew at the end of `day`
# zh: 每位客户一行：`day` 当日终银行所知道的
def features_on(day):
    known = holdings[holdings["opened_on"] <= day]
    groups = known["kind"].astype(str).replace(group_of_kind)
    balances = known.assign(group=groups)[known["line"] != "card"]
    table = balances.pivot_table(
        index="customer_id", columns="group", values="yuan", aggfunc="sum", fill_value=0
    )
    table = table.reindex(customers.index[customers["joined_on"] <= day], fill_value=0)
    card_use = lab.sql(f"""
        SELECT customer_id, sum(transactions) / 12 AS payments, sum(spend_fen) / 1200 AS card_spend,
               sum(online_transactions) / sum(transactions) AS online_share
        FROM card_monthly WHERE month > DATE '{day}' - INTERVAL 1 YEAR AND month <= '{day}'
        GROUP BY customer_id HAVING sum(transactions) > 0
    """).set_index("customer_id")
    n_products = known.groupby("customer_id").size().reindex(table.index, fill_value=0)
    age = 2025 - customers["birth_year"].reindex(table.index)
    return table.assign(n_products=n_products, age=age).join(card_use)


# en: of an own file: every column of numbers that is neither an identifier nor constant
# zh: 自己的文件：所有数值列，除去编号和常数列
def numeric_columns(table):
    numbers = table.select_dtypes("number").astype("float64")
    unique_codes = (numbers.nunique() == len(numbers)) & (numbers % 1 == 0).all()
    keep = (numbers.nunique() > 1) & ~unique_codes & ~numbers.columns.str.endswith("_id")
    return numbers.loc[:, keep]


raw = numeric_columns(customers) if own else features_on("2025-12-31")
lab.fact(
    "raw_shape",
    (len(raw), raw.shape[1], raw.isna().any(axis=1).mean()),
    L(
        "{:,} customers, {} columns; {:.0%} of the customers lack some value (without card use there is none to show).",
        "{:,} 位客户，{} 列；{:.0%} 的客户有缺失值（没有用卡，就没有用卡数据）。",
    ),
)

# %% [markdown] id="skew" lang="en"
# ## Money is skewed
#
# Most customers hold none of a product, some hold a little, a few hold a fortune. K-means measures distance in
# squares, so one fortune would outweigh ten thousand ordinary lives. First medicine: the logarithm, log(1 + x),
# for every column with a long tail.

# %% [markdown] id="skew" lang="zh" en_hash="d7757ed3"
# ## 钱的分布是偏的
#
# 对任何一个产品，多数人没有，有些人有一点，少数人有很多。K 均值量的是距离的平方，一笔巨款会压过一万个普通人。
# 第一味药：长尾的列取对数 log(1 + x)。

# %% id="log"
skewness = raw.skew()
long_tailed = skewness.index[skewness.abs() > 1]
features = raw.copy()
features[long_tailed] = np.sign(raw[long_tailed]) * np.log1p(raw[long_tailed].abs())
features = features.fillna(features.median())
shown = "current" if "current" in raw else skewness.abs().idxmax()
shown_name = L("current account, yuan", "活期余额（元）") if shown == "current" else shown

# %% id="skew_figure"
figure, (left, right) = plt.subplots(1, 2, figsize=(8.0, 3.2))
left.hist(raw[shown].dropna(), bins=40, color=GREY)
right.hist(features[shown], bins=40, color=BLUE)
left.set(
    xlabel=shown_name,
    ylabel=L("Customers", "客户数"),
    xticks=[0, raw[shown].max()],
)
left.set_xticks(
    [raw[shown].min(), raw[shown].max()], [f"{raw[shown].min():,.0f}", f"{raw[shown].max():,.0f}"]
)
right.set(xlabel="log(1 + x)")
left.set_title(L(f"Skewness {skewness[shown]:.1f} …", f"偏度 {skewness[shown]:.1f}……"))
right.set_title(
    L(f"… after the log {features[shown].skew():.1f}", f"……取对数后 {features[shown].skew():.1f}")
)
lab.show(
    figure,
    L(
        f"Two histograms, {shown_name}: as it is, and after the logarithm.",
        f"{shown_name}的两张直方图：原值与取对数之后。",
    ),
)

# %% [markdown] id="turn_scale" lang="en"
# ### Your turn: one scale, whoever the outlier is
#
# Columns in years, counts and log-yuan need one common scale. Real files also hold absurd values: a typing error,
# a 99 999 999 that means "unknown". Write a scaling that learns from `reference` **only**, whose scale **one absurd
# value cannot move**, and that works where more than half of a column is zero. A spread of about one per column is right.

# %% [markdown] id="turn_scale" lang="zh" en_hash="bf83f097"
# ### 轮到你了：统一尺度，不怕极端值
#
# 岁数、个数和对数余额，要放到同一把尺子上。真实文件里还有离谱的值：录入错误，或者表示“未知”的 99 999 999。
# 写一个尺度变换：**只**向 `reference` 学习；**一个离谱的值动不了**这把尺子；一列里超过一半是零也能用。每列的离散程度约为 1 即可。


# %% id="standardised" exercise="standardised"
# en: `table` on a common scale that is learnt from `reference` alone (two DataFrames with the same columns)
# zh: 把 `table` 放到只从 `reference` 学来的统一尺度上（两张表的列相同）
def standardised(table, reference):
    # BEGIN SOLUTION
    low, high = reference.quantile(0.01), reference.quantile(0.99)
    inside = reference.clip(low, high, axis=1)
    return (table.clip(low, high, axis=1) - inside.mean()) / inside.std().replace(0, 1)
    # END SOLUTION


# %% id="check_standardised"
lab.check("standardised")

# %% [markdown] id="say_scale" lang="en" tags=["instructor"]
# **6 min, of which 4 for the exercise.** *Most of the room* writes mean and standard deviation; the check moves one
# value to a hundred million and shows what happens. The next idea is median and quartiles: it divides by zero,
# because most customers hold nothing. Short of time (saves 2 min): show the hint about limits.

# %% [markdown] id="say_scale" lang="zh" en_hash="bef875cc" tags=["instructor"]
# **6 分钟，其中练习 4 分钟。** *多数人*会写均值和标准差；检查会把一个值改成一亿，后果立见。第二个念头是中位数和四分位距：
# 会除以零，因为多数客户根本没有这个产品。时间不够时（省 2 分钟）：直接给出“先设上下限”的提示。

# %% [markdown] id="points" lang="en"
# From here on the notebook uses scikit-learn's scaler, behind limits at the 1st and 99th hundredth. Columns that move
# together would count twice, so at most five principal components take their place (Jolliffe, *Principal Component
# Analysis*, 2002).

# %% [markdown] id="points" lang="zh" en_hash="e17e8771"
# 从这里起，笔记本用 scikit-learn 的标准化，并先把各列限制在第 1 与第 99 百分位之间。一起变动的列会被重复计算，
# 所以最多用五个主成分来代替它们（Jolliffe，*Principal Component Analysis*，2002）。

# %% id="components"
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.preprocessing import StandardScaler

limits = features.quantile(0.01), features.quantile(0.99)
scaler = StandardScaler().set_output(transform="pandas").fit(features.clip(*limits, axis=1))
scaled = scaler.transform(features.clip(*limits, axis=1))
projection = PCA(min(5, scaled.shape[1]), svd_solver="full").fit(scaled.to_numpy())
points = projection.transform(scaled.to_numpy())
lab.fact(
    "components",
    (points.shape[1], projection.explained_variance_ratio_.sum()),
    L(
        "{} components keep {:.0%} of the variance of the scaled columns.",
        "{} 个主成分保留了各列方差的 {:.0%}。",
    ),
)

# %% [markdown] id="how_many" lang="en"
# ## How many segments?
#
# K-means always returns k groups, also from a cloud without any. Two questions to each k. **Silhouette** (Rousseeuw
# 1987): is a customer closer to the own group than to the next one? **Stability** (Ben-Hur, Elisseeff and Guyon
# 2002; Hennig 2007): two random halves are clustered apart, then both label everybody; do they agree? Labels are
# arbitrary, one run's 0 is another's 4, so agreement is the **adjusted Rand index** (Hubert and Arabie 1985): pairs of
# customers kept together or apart by both, 1 for identical groups, 0 for chance.

# %% [markdown] id="how_many" lang="zh" en_hash="cd629756"
# ## 分几个客群？
#
# K 均值总会给出 k 个群，哪怕数据只是一团云。对每个 k 问两个问题。**轮廓系数**（Rousseeuw，1987）：客户离自己的群，是否比离最近的另一群更近？
# **稳定性**（Ben-Hur、Elisseeff 与 Guyon，2002；Hennig，2007）：随机两半各自聚类，再都去给所有人打标签，结果一致吗？
# 标签是任意的，这次的 0 可能是那次的 4，所以一致程度用**调整兰德指数**（Hubert 与 Arabie，1985）：看成对的客户是否同被分在一起或分开，
# 完全相同为 1，碰运气为 0。

# %% id="scores"
from sklearn.metrics import adjusted_rand_score, silhouette_score

rng = lab.rng("halves")
size = min(len(points) // 2, 1_000)
halves = [rng.permutation(len(points))[: 2 * size].reshape(2, size) for _ in range(4)]
everybody = points[rng.permutation(len(points))[:2_000]]


# en: agreement on everybody of the clusters of two random halves, mean of four pairs
# zh: 随机两半各自聚类后，对所有人的一致程度，四对取平均
def stability(k):
    fitted = [[KMeans(k, n_init=3, random_state=0).fit(points[half]) for half in pair] for pair in halves]
    return np.mean([adjusted_rand_score(*(model.predict(everybody) for model in pair)) for pair in fitted])


# en: a few seconds: nine KMeans runs for each of eight values of k
# zh: 需要几秒：八个 k，每个 k 做九次 K 均值
scores = pd.DataFrame(index=pd.RangeIndex(2, 10, name="k"))
scores["silhouette"] = [
    silhouette_score(everybody, KMeans(k, n_init=3, random_state=0).fit_predict(everybody))
    for k in scores.index
]
scores["stability"] = [stability(k) for k in scores.index]
scores.round(2)

# %% id="scores_figure"
figure, axes = plt.subplots(figsize=(7.2, 3.6))
for column, colour, text in (
    ("stability", BLUE, L("stability", "稳定性")),
    ("silhouette", ORANGE, L("silhouette", "轮廓系数")),
):
    axes.plot(scores.index, scores[column], "o-", color=colour)
    axes.annotate(
        text, (9, scores[column].iloc[-1]), xytext=(8, -4), textcoords="offset points", color=colour
    )
axes.axhline(0.93, color=GREY, linewidth=1, linestyle=":")
axes.set(xlim=(1.7, 10.2), ylim=(0, 1.05), xlabel=L("Number of segments k", "客群个数 k"))
axes.text(10.1, 0.94, "0.93", ha="right", va="bottom", color=GREY)
n_stable = scores["stability"].ge(0.93).sum()
axes.set_title(
    L(
        f"Stability of 0.93 or more: {n_stable} of {len(scores)} values of k; widest silhouette: k = {scores['silhouette'].idxmax()}",
        f"稳定性达到 0.93 的 k：{len(scores)} 个中有 {n_stable} 个；轮廓系数最大：k = {scores['silhouette'].idxmax()}",
    ),
    fontsize=10.5,
)
lab.show(
    figure,
    L(
        "Lines: stability and silhouette for two to nine segments; a dotted line at 0.93.",
        "折线图：两到九个客群的稳定性与轮廓系数；0.93 处有一条虚线。",
    ),
)

# %% [markdown] id="turn_k" lang="en"
# ### Your turn: choose k and defend it
#
# Shen Yao wants as many different offers as the customers bear, and no group that is gone when somebody reshuffles
# the file. Her rule: **the largest k whose stability is at least 0.93**. If none is, the k with the largest silhouette.

# %% [markdown] id="turn_k" lang="zh" en_hash="0903d19f"
# ### 轮到你了：选定 k，说出理由
#
# 沈瑶希望推荐尽量有差别，但不要那种把文件重排一下就消失的群。她的规矩：**稳定性不低于 0.93 的最大的 k**。若一个都没有，就取轮廓系数最大的 k。

# %% id="chosen_k" exercise="chosen_k"
# en: a whole number
# zh: 一个整数
chosen_k = int(
    max(scores.index[scores["stability"] >= 0.93], default=scores["silhouette"].idxmax())
)  # SOLUTION

# %% id="check_chosen_k"
lab.check("chosen_k")

# %% [markdown] id="say_k" lang="en" tags=["instructor"]
# **6 min, of which 2 for the exercise.** *Most of the room* looks for an elbow or takes the largest k, because more
# sounds more precise. Ask what Shen Yao would say if next month's run gave other groups. Short of time (saves 2 min): skip the code
# of stability, draw the two halves on the board.

# %% [markdown] id="say_k" lang="zh" en_hash="ec3bd3ac" tags=["instructor"]
# **6 分钟，其中练习 2 分钟。** *多数人*会去找“拐点”，或者取最大的 k，觉得越多越精确。问：“下个月重跑一遍，群全变了，沈瑶会怎么说？”
# 时间不够时（省 2 分钟）：跳过稳定性的代码，在白板上画出两半即可。

# %% [markdown] id="fit" lang="en"
# ## The segments
#
# All customers, the k of the rule, ten starts. The run's numbers mean nothing, so the segments are called by letters, the
# largest first. A Gaussian mixture draws ellipses where k-means draws balls; if it finds the same groups, they
# are not an accident of one method.

# %% [markdown] id="fit" lang="zh" en_hash="91d93a5c"
# ## 客群
#
# 用全部客户、规矩定下的 k、十次初始化。程序给的编号没有意义，所以按大小用字母称呼，最大的在前。
# K 均值画的是球，高斯混合模型画的是椭球；如果两者找到的群相同，就不是某一种方法的巧合。

# %% id="clusters"
from sklearn.mixture import GaussianMixture

stable = scores.index[scores["stability"] >= 0.93]
k = int(max(stable, default=scores["silhouette"].idxmax()))
clusters = KMeans(k, n_init=10, random_state=0).fit(points)
by_size = np.argsort(-np.bincount(clusters.labels_), kind="stable")
letter = pd.Series(list("ABCDEFGHI")[:k], by_size)
segment = pd.Series(clusters.labels_, raw.index, name="segment").map(letter)
mixture = GaussianMixture(k, covariance_type="diag", n_init=3, random_state=0).fit(everybody)
agreement = adjusted_rand_score(clusters.predict(everybody), mixture.predict(everybody))
lab.fact(
    "segments",
    (k, segment.eq("A").mean(), segment.eq(letter.iloc[-1]).mean(), agreement),
    L(
        "{} segments; the largest holds {:.0%} of the customers, the smallest {:.0%}. "
        "A Gaussian mixture agrees: adjusted Rand index {:.2f}.",
        "{} 个客群；最大的占客户的 {:.0%}，最小的占 {:.0%}。与高斯混合模型的一致程度：调整兰德指数 {:.2f}。",
    ),
)

# %% [markdown] id="turn_index" lang="en"
# ### Your turn: the profile table
#
# A segment is described by what it holds *more often than others do*. The **index** of a segment on a line: the
# share of the segment's members who hold the line, over the share among all customers, times 100. So 100 is average,
# 200 twice as often. Mind the denominator.

# %% [markdown] id="turn_index" lang="zh" en_hash="292f09bf"
# ### 轮到你了：客群画像表
#
# 描述一个客群，要看它持有什么*比别人更多*。客群在某条产品线上的**指数**：该群成员中持有者的占比，除以全体客户中持有者的占比，再乘 100。
# 100 就是平均，200 是平均的两倍。当心分母。


# %% id="segment_index" exercise="segment_index"
# en: table segments × lines. `held`: customers × lines, True and False; `segment`: each customer's letter
# zh: 返回“客群 × 产品线”的表。`held`：客户 × 产品线，True/False；`segment`：每位客户的字母
def segment_index(held, segment):
    # BEGIN SOLUTION
    return 100 * held.groupby(segment).mean() / held.mean()
    # END SOLUTION


# %% id="check_segment_index"
lab.check("segment_index")

# %% [markdown] id="profile" lang="en"
# The same table for our segments. (On your own file, "holds" means: above the middle customer in that column.)

# %% [markdown] id="profile" lang="zh" en_hash="ebe4b1f5"
# 我们这些客群的同一张表。（用你自己的文件时，“持有”指该列高于中位的客户。）

# %% id="held"


# en: customers × lines: held at the end of `day`?
# zh: 客户 × 产品线：`day` 当日终是否持有？
def held_on(day, ids):
    known = holdings[(holdings["opened_on"] <= day) & (holdings["line"] != "current")]
    return (
        pd.crosstab(known["customer_id"], known["line"])
        .gt(0)
        .reindex(ids, fill_value=False)[list(line_names)]
    )


held = raw.gt(raw.median()) if own else held_on("2025-12-31", raw.index)
held = held.loc[:, held.any()]
members = pd.get_dummies(segment).astype(int)
index = 100 * (members.T @ held.astype("int64")).div(members.sum(), axis=0) / held.mean()

# %% id="names"
target = "wealth" if not own else held.columns[0]
strongest = index.idxmax(axis=1)
middle_age = raw["age"].groupby(segment).median() if not own else None
names = pd.Series(
    {
        each: L(
            f"{each} · {line_names.get(strongest[each], strongest[each])}",
            f"{each} · {line_names.get(strongest[each], strongest[each])}",
        )
        + ("" if own else L(f", age {middle_age[each]:.0f}", f"，{middle_age[each]:.0f} 岁"))
        for each in index.index
    }
)

# %% id="profile_figure"
seen = index.iloc[:, :12]
figure, axes = plt.subplots(figsize=(8.2, 0.5 * k + 1.6))
axes.imshow(np.log2(seen.clip(lower=12.5) / 100), cmap=DIVERGING, vmin=-3, vmax=3, aspect="auto")
for (row, column), value in np.ndenumerate(seen.to_numpy()):
    dark = not 35 < value < 290
    axes.text(column, row, f"{value:.0f}", ha="center", va="center", color="white" if dark else "black")
axes.set_xticks(range(seen.shape[1]), [line_names.get(line, line) for line in seen])
axes.set_yticks(range(k), names)
axes.grid(visible=False)
axes.tick_params(length=0)
top_segment, top_line = seen.stack().idxmax()
axes.set_title(
    L(
        f"Segment {top_segment} holds a {line_names.get(top_line, top_line)} {seen.max().max() / 100:.1f} times as often as average",
        f"客群 {top_segment} 持有{line_names.get(top_line, top_line)}的比例是平均的 {seen.max().max() / 100:.1f} 倍",
    )
)
lab.show(
    figure,
    L(
        "Heat map of the index, segments by product lines; 100 is average.",
        "指数热力图：客群 × 产品线，100 为平均。",
    ),
)

# %% [markdown] id="turn_wealth" lang="en"
# ### Your turn: who over-indexes?
#
# The manager of the wealth line asks for the *biggest* segment. Which one would you give her? (`target` is the line;
# on your own file it is the first column.)

# %% [markdown] id="turn_wealth" lang="zh" en_hash="e684cfd5"
# ### 轮到你了：谁的指数最高？
#
# 理财产品经理想要*最大的*客群。你会给她哪一个？（`target` 就是这条产品线；用你自己的文件时是第一列。）

# %% id="wealth_segment" exercise="wealth_segment"
# en: the letter of the segment that over-indexes most on `target`
# zh: 在 `target` 上指数最高的客群的字母
wealth_segment = index[target].idxmax()  # SOLUTION

# %% id="check_wealth_segment"
lab.check("wealth_segment")

# %% [markdown] id="circular" lang="en"
# > [!WARNING] The index on the same day is half a circle
# > The segments were made *from* balances, so high indices on them are no surprise. Whether a segment **will buy** is another
# > question: it needs a day in the past and what happened after it. That is what the money part below does.

# %% [markdown] id="circular" lang="zh" en_hash="7008f134"
# > [!WARNING] 同一天的指数，一半是循环论证
# > 客群本来就是*用*余额分出来的，指数高并不奇怪。这群人**会不会买**是另一个问题：要退回过去的某一天，再看之后发生了什么。下面算钱的部分就这么做。

# %% [markdown] id="say_profile" lang="en" tags=["instructor"]
# **6 min, of which 4 for the two exercises.** *Most of the room* divides by the holders of the line, which gives the
# largest segment everywhere. Then read two rows aloud and let the room find names; a name that fits two rows is
# a bad name. Short of time (saves 2 min): give them `segment_index`.

# %% [markdown] id="say_profile" lang="zh" en_hash="50255ae9" tags=["instructor"]
# **6 分钟，其中两道练习 4 分钟。** *多数人*会除以该产品线的持有人数，结果处处都是最大的群占优。
# 然后念两行，让大家起名字；能同时套在两行上的名字不是好名字。时间不够时（省 2 分钟）：直接给出 `segment_index`。

# %% [markdown] id="turn_assign" lang="en"
# ### Your turn: a new customer walks in
#
# Tomorrow's customer must land in the segments of today: the same scale, the nearest centre. `mean`
# and `std` were learnt from the old customers, `centres` stand on that scale (one row per segment). Newcomers' columns
# may come **in another order**, and a missing value counts as **average**.

# %% [markdown] id="turn_assign" lang="zh" en_hash="ef619bcc"
# ### 轮到你了：来了一位新客户
#
# 明天的客户要落进今天的客群：同一把尺子，最近的中心。`mean` 和 `std` 是从老客户学来的，`centres` 就在这把尺子上（每个客群一行）。
# 新客户的列**顺序可能不同**，缺失值按**平均**处理。


# %% id="assigned" exercise="assigned"
# en: for each row of `newcomers` the label of the nearest centre, a Series with the same index
# zh: `newcomers` 每一行最近中心的标签，返回索引相同的 Series
def assigned(newcomers, mean, std, centres):
    # BEGIN SOLUTION
    on_scale = ((newcomers - mean) / std)[centres.columns].fillna(0)
    apart = on_scale.to_numpy()[:, None, :] - centres.to_numpy()[None, :, :]
    nearest = (apart**2).sum(axis=2).argmin(axis=1)
    return pd.Series(centres.index[nearest], newcomers.index)
    # END SOLUTION


# %% id="check_assigned"
lab.check("assigned")

# %% [markdown] id="panel" lang="en"
# ## Turn the knob
#
# Every dot is a customer, on the two components that show most. Two questions that only playing answers:
# **1.** Which group breaks in two when k goes one beyond the rule? **2.** At k = 3, which of the later segments share a group?

# %% [markdown] id="panel" lang="zh" en_hash="460402e7"
# ## 转一转旋钮
#
# 每个点是一位客户，画在方差最大的两个主成分上。有两个问题，只有动手才能回答：
# **1.** k 比规矩多一个时，哪个群裂成了两半？**2.** k = 3 时，后来的哪几个客群挤在一起？

# %% id="play"
from labkit.live import Slider

final = pd.Series(clusters.predict(everybody)).map(letter)


def draw(k):
    group = KMeans(k, n_init=3, random_state=0).fit_predict(everybody)
    order = np.argsort(-np.bincount(group), kind="stable")
    rank = pd.Series(np.arange(k), order).reindex(group).to_numpy()
    colours = np.array([*PALETTE, "#7A4FA3", "#4C8C2B", "#C77FB0"])
    figure, axes = plt.subplots(figsize=(7.2, 4.8))
    axes.scatter(everybody[:, 0], everybody[:, 1], c=colours[rank], s=7, alpha=0.55, linewidths=0)
    mixed = pd.crosstab(rank, final)
    for each, row in mixed.iterrows():
        x, y = everybody[rank == each, :2].mean(axis=0)
        text = " + ".join(row.index[row > 0.15 * mixed.sum()])
        box = {"facecolor": "white", "alpha": 0.8, "edgecolor": "none", "pad": 2}
        axes.text(x, y, text, ha="center", va="center", fontweight="bold", color=colours[each], bbox=box)
    axes.set(xlabel=L("First component", "第一主成分"), ylabel=L("Second component", "第二主成分"))
    axes.grid(visible=False)
    axes.set_title(
        L(
            f"k = {k}: stability {scores.loc[k, 'stability']:.2f}, silhouette {scores.loc[k, 'silhouette']:.2f}",
            f"k = {k}：稳定性 {scores.loc[k, 'stability']:.2f}，轮廓系数 {scores.loc[k, 'silhouette']:.2f}",
        )
    )
    sentence = L(
        f"{k} groups, the smallest with {np.bincount(group).min() / len(group):.0%} of the customers. The letters say which of "
        "the lab's segments have at least 15% of their members in a group.",
        f"{k} 个群，最小的占客户的 {np.bincount(group).min() / len(group):.0%}。字母表示本实验的哪些客群至少有 15% 的成员在该群里。",
    )
    return figure, sentence


lab.panel(draw, k=Slider(L("Number of segments k", "客群个数 k"), 2, 9, 1, k))

# %% [markdown] id="money" lang="en"
# ## Would the plan have paid?
#
# Go back to 30 June 2025. Build the same features from what was known **then**, cluster, and watch what
# each group bought by the end of the year **without any offer**. (The warehouse keeps only the latest balance
# of a product, so a product held in June carries December's.) Shen Yao's terms: a message costs 3 yuan;
# an offer raises the take-up of the line by a tenth of what it is anyway, an assumption; and a customer won earns the
# margin below in the first year.

# %% [markdown] id="money" lang="zh" en_hash="a8d1dd20"
# ## 这个方案能赚钱吗？
#
# 退回 2025 年 6 月 30 日。用**那时**知道的信息做同样的特征、聚类，再看每一群到年底在**没有任何推荐**的情况下买了什么。
# （数据仓库只保留产品的最新余额，所以 6 月持有的产品用的是 12 月的余额。）沈瑶给的条件：一条消息 3 元；推荐能把该产品线的购买率在原有基础上提高一成，
# 这是假设；新增一位持有人，首年带来下面的毛利。

# %% id="replay"
terms = {
    "message_yuan": 3.0,
    "added": 0.10,
    "margin_yuan": pd.Series(
        {"term": 80, "card": 120, "loan": 300, "fund": 200, "wealth": 400, "insurance": 300}
    ),
}
if not own:
    june = features_on("2025-06-30")
    june[long_tailed] = np.log1p(june[long_tailed])
    june = june.fillna(june.median())
    june_limits = june.quantile(0.01), june.quantile(0.99)
    june_scaled = StandardScaler().fit_transform(june.clip(*june_limits, axis=1))
    june_points = PCA(5, svd_solver="full").fit_transform(june_scaled)
    june_cluster = pd.Series(KMeans(k, n_init=10, random_state=0).fit_predict(june_points), june.index)
    had = held_on("2025-06-30", june.index)
    bought = held_on("2025-12-31", june.index) & ~had
else:
    june = june_cluster = had = bought = take_up = by_segment = ...
    lab.fact(
        "no_products",
        len(raw.columns),
        L(
            "Your {} columns tell no purchases by day, so the money part steps aside.",
            "你的 {} 列里没有按日期记录的购买，所以算钱的部分跳过。",
        ),
    )

# %% [markdown] id="match" lang="en"
# Two runs number their groups differently, so June's are matched with December's first: the pairing with most
# customers in common (Kuhn 1955, the assignment problem). Comparing label 3 with label 3 would compare strangers.

# %% [markdown] id="match" lang="zh" en_hash="438deee1"
# 两次聚类的编号各不相同，所以要先把 6 月的群与 12 月的群配对：取共同客户最多的配法（Kuhn，1955，指派问题）。
# 直接拿 3 号比 3 号，比的是两群陌生人。

# %% id="take_up"
from scipy.optimize import linear_sum_assignment

common = pd.crosstab(june_cluster, segment.reindex(june.index))
rows, partners = linear_sum_assignment(-common.to_numpy())
june_segment = june_cluster.map(pd.Series(common.columns[partners], common.index[rows]))
take_up = bought.where(~had).astype("float64").groupby(june_segment).mean()
lacking = (~had).groupby(june_segment).sum()
buyers = take_up["wealth"].idxmax()
lab.fact(
    "take_up",
    (
        (june_segment == segment.reindex(june.index)).mean(),
        take_up.loc[buyers, "wealth"],
        buyers,
        bought["wealth"].sum() / (~had["wealth"]).sum(),
    ),
    L(
        "{:.0%} of the customers were in the same segment half a year earlier. Of those without a wealth product in June, "
        "{:.0%} bought one by December in segment {}, and {:.0%} in the whole bank.",
        "{:.0%} 的客户半年前就在同一客群。6 月还没有理财的人，到 12 月底购买的占 {:.0%}（客群 {}），全行为 {:.0%}。",
    ),
)

# %% [markdown] id="plan" lang="en"
# Now the plan: each segment gets the line that earns most in sum over its members who lack it; a segment where every
# line loses gets silence. The other plan is last year's: one line for everybody, the best of the six. To be fair to the
# future, each half of the customers is judged by the plan that the *other* half chose.

# %% [markdown] id="plan" lang="zh" en_hash="5ae93664"
# 现在定方案：每个客群推荐一条线，取对尚未持有的成员合计赚得最多的那条；每条都亏的客群就不打扰。对照是去年的做法：给所有人推同一条，取六条中最好的。
# 为了对未来公平，每一半客户都由*另一半*选出的方案来评判。


# %% id="plan_code"
# en: yuan by customer and line, if everybody who lacks the line is offered it
# zh: 若向每位尚未持有者推荐该产品线，每位客户、每条线的收益（元）
def offer_value(added):
    value = added * bought.astype(float) * terms["margin_yuan"] - terms["message_yuan"]
    return value.where(~had, 0.0)[list(line_names)]


# en: yuan per customer under the plan by segment and under the best single line, each half judged by the other's choice
# zh: 分客群方案与单一最佳产品线下每位客户的收益（元），每一半由另一半的选择来评判
def judged(added):
    value, first_half = offer_value(added), lab.rng("judge").random(len(june)) < 0.5
    by_segment, same = pd.Series(0.0, june.index), pd.Series(0.0, june.index)
    for judged_half in (first_half, ~first_half):
        chosen = (
            value[~judged_half].groupby(june_segment[~judged_half]).sum().assign(silence=0.0).idxmax(axis=1)
        )
        line = june_segment[judged_half].map(chosen)
        for each in value:
            by_segment[line.index[line == each]] = value.loc[line.index[line == each], each]
        same[judged_half] = value.loc[judged_half, value[~judged_half].sum().idxmax()]
    return by_segment, same


by_segment, same = judged(terms["added"])
gain = (by_segment - same).to_numpy()
draws = lab.rng("bootstrap").multinomial(len(gain), np.full(len(gain), 1 / len(gain)), 500) @ gain
low, high = np.quantile(draws, [0.05, 0.95]).round(-2)
whole = offer_value(terms["added"]).groupby(june_segment).sum().assign(silence=0.0)
plan = pd.DataFrame({"line": whole.idxmax(axis=1), "yuan": whole.max(axis=1).round(-2)})
plan["offers"] = [lacking.loc[each, line] if line != "silence" else 0 for each, line in plan["line"].items()]
same_line = offer_value(terms["added"]).sum().idxmax()
plan

# %% id="plan_figure"
added_values = np.linspace(0.03, 0.2, 12)
earned = pd.DataFrame([[each.sum() for each in judged(added)] for added in added_values], added_values) / 1000
figure, axes = plt.subplots(figsize=(7.2, 3.7))
for column, colour, text in (
    (0, BLUE, L("one line per segment", "每群一条线")),
    (1, RED, L("same for all", "人人相同")),
):
    axes.plot(100 * added_values, earned[column], color=colour)
    axes.annotate(
        text, (20, earned[column].iloc[-1]), xytext=(6, -4), textcoords="offset points", color=colour
    )
axes.axhline(0, color=BLACK, linewidth=1)
axes.axvline(100 * terms["added"], color=GREY, linewidth=1, linestyle=":")
axes.set(
    xlim=(2, 26),
    xlabel=L("What an offer adds to the take-up, % of it", "推荐使购买率提高多少（%）"),
    ylabel=L("Earned, thousand yuan", "收益（千元）"),
)
axes.set_title(
    L(
        f"By segment {by_segment.sum().round(-2):,.0f} yuan, the same for all {same.sum().round(-2):,.0f}",
        f"分客群推荐赚 {by_segment.sum().round(-2):,.0f} 元，人人相同赚 {same.sum().round(-2):,.0f} 元",
    )
)
lab.show(
    figure,
    L(
        "Lines: what both plans earn, by how much an offer adds to the take-up.",
        "折线图：推荐对购买率的提高不同，两种方案各赚多少。",
    ),
)

# %% [markdown] id="say_money" lang="en" tags=["instructor"]
# **6 min, with assigning and the panel, of which 3 for the exercise.** Ask before the figure: "Which line would your bank send to
# everybody?" *Most of the room* plans by the index; a segment that already holds a line has nobody left to sell it to. So the plan counts
# those who lack it. Short of time (saves 2 min): skip `judged`, stay on the table.

# %% [markdown] id="say_money" lang="zh" en_hash="5921c3f1" tags=["instructor"]
# **6 分钟，含新客户归群与旋钮，其中练习 3 分钟。** 看图之前问：“如果给所有人推同一条线，你们行会推哪条？”*多数人*照着指数定方案；
# 可是一个客群如果人人都有，就没人可卖了，所以方案数的是还没有的人。时间不够时（省 2 分钟）：跳过 `judged`，只讲表。

# %% [markdown] id="truth" lang="en"
# ## The truth
#
# Six segments were planted, each with an age range, an income and tastes that nobody at the bank can read off. Below:
# each of our letters against the planted segment that shares most members, and the index found against the index planted.

# %% [markdown] id="truth" lang="zh" en_hash="d0ff0bcf"
# ## 真相
#
# 预埋了六个客群，各有年龄范围、收入和银行无从得知的口味。下面把我们的每个字母，与共同成员最多的预埋客群对照，再把找到的指数与预埋的指数对照。

# %% id="planted"
people = lab.truth("people")
affinity = lab.truth("segment_affinity")
planted_names = lab.truth("segments")

# %% id="recovered"
planted = people.set_index("person_id")["segment"].astype(str).reindex(raw.index)
overlap = pd.crosstab(segment, planted)
partner = overlap.idxmax(axis=1)
spoken = planted_names.set_index(planted_names["segment"].astype(str))[L("name_en", "name_zh")]
expected = affinity.assign(segment=affinity["segment"].astype(str)).pivot(
    index="segment", columns="line", values="index"
)
recovered = pd.DataFrame(
    {
        L("planted segment", "预埋客群"): partner.map(spoken),
        L("of the letter, %", "占该字母（%）"): (100 * overlap.max(axis=1) / overlap.sum(axis=1)).round(0),
        L("wealth index found", "找到的理财指数"): index["wealth"].round(0),
        L("planted", "预埋的理财指数"): partner.map(expected["wealth"]).round(0),
    }
)
recovered

# %% id="unfindable"
from sklearn.discriminant_analysis import QuadraticDiscriminantAnalysis

learning = lab.rng("oracle").random(len(points)) < 0.5
true_segment = people.set_index("person_id")["segment"].astype(str).reindex(raw.index)
oracle = QuadraticDiscriminantAnalysis(reg_param=0.1).fit(points[learning], true_segment[learning])
told = oracle.score(points[~learning], true_segment[~learning])
ari = adjusted_rand_score(true_segment, segment)
found_share = pd.crosstab(segment, true_segment).max(axis=1).sum() / len(raw)
lab.fact(
    "recovered",
    (ari, found_share, told),
    L(
        "Adjusted Rand index {:.2f}; {:.0%} of the customers stand in the right segment. A model that was *told* the "
        "segments of half of them places {:.0%} of the others: the rest hold what another segment holds, and nobody "
        "could tell them apart from these columns.",
        "调整兰德指数 {:.2f}；{:.0%} 的客户归对了客群。即使把一半客户的真实客群*告诉*模型，其余的人它也只归对 {:.0%}："
        "剩下的人持有的正是别的客群的产品，凭这些列谁也分不清。",
    ),
)

# %% [markdown] id="so_what" lang="en"
# ## So what
#
# Give Shen Yao the heat map, the plan and this sentence. The segments are worth having because they *buy differently
# afterwards*, not because they look different.

# %% [markdown] id="so_what" lang="zh" en_hash="c59cec08"
# ## 所以呢
#
# 交给沈瑶三样东西：热力图、方案，以及下面这句话。客群值得分，是因为他们*之后买的东西不同*，而不是因为看起来不同。

# %% id="decision"
lab.fact(
    "decision",
    (
        plan["offers"].sum(), by_segment.sum().round(-2), same.sum().round(-2), line_names[same_line],
        gain.sum().round(-2), low, high,
    ),
    L(
        "One line per segment, {:,} messages: about {:,.0f} yuan per half-year, against {:,.0f} for the best single line ({}). "
        "Difference {:,.0f}, nine times in ten between {:,.0f} and {:,.0f}.",
        "每群一条线，共 {:,} 条消息：半年约 {:,.0f} 元；最好的单一产品线为 {:,.0f} 元（{}）。"
        "相差 {:,.0f} 元，十次中有九次在 {:,.0f} 与 {:,.0f} 元之间。",
    ),
)  # fmt: skip

# %% [markdown] id="care" lang="en"
# Before anything is sent:
#
# * **Suitability.** A segment is not a questionnaire. Wealth products, funds and insurance go only to customers whose own
#   risk level allows them, and a loan only to those who passed the credit check.
# * **Fairness.** Age is one of the columns. Whoever is old is not therefore averse to risk; look at who never
#   gets the better offer, and try the plan without age.
# * **Law.** A customer may refuse offers aimed by a profile, and must be told in plain words that there is one. Names like
#   "low value" end up in front of the customer.
# * **The effect.** The tenth that an offer adds is believed, not measured. Leave a random group of each segment without an
#   offer this half-year; that is lab 6.2.

# %% [markdown] id="care" lang="zh" en_hash="7621b890"
# 发出之前：
#
# * **适当性。** 客群不是测评。理财、基金和保险只推给本人风险等级允许的客户，贷款只推给通过信用审核的客户。
# * **公平。** 年龄是其中一列。年纪大不等于厌恶风险；看看谁总也拿不到更好的推荐，再试试去掉年龄的方案。
# * **法律。** 客户有权拒绝依据画像的推送，也应当被明白告知画像的存在。“低价值”这样的名字，迟早会摆到客户面前。
# * **效果。** 推荐能提高一成，是相信，不是测量。这半年在每个客群里随机留一组不推荐；那是实验 6.2。

# %% [markdown] id="own" lang="en"
# ## On your own data
#
# One row per customer: `customer_id` and at least three columns of numbers, under any names. Missing values count as the
# median, extreme values and codes like 99 999 999 are held at the limits, identifiers and text are left out. From
# 1 000 to 150 000 rows run in a minute. Ages, money and truth step aside, because they need products. A small stable
# segment in which one column stands at the median may simply be those whose value is missing: a finding about the file.
#
# ```
# labkit run 2.2 --data customers=my_customers.csv --map customer_id=CustNo
# ```
#
# or, in this notebook, `data = {"customers": "my_customers.csv"}` at the top and
# `columns = {"customer_id": "CustNo"}`.

# %% [markdown] id="own" lang="zh" en_hash="dc2da5d4"
# ## 用你自己的数据
#
# 每位客户一行：`customer_id`，外加至少三列数值，列名不限。缺失值按中位数处理，极端值和 99 999 999 之类的代码会被限制在上下限以内，
# 编号和文本不参与。1 000 到 150 000 行都能在一分钟内跑完。年龄图、算钱和真相三部分会跳过，因为它们需要产品数据。
# 如果有个很小却很稳定的客群，某一列全在中位数上，那可能只是缺这一列的客户：这是文件的问题，不是客户的特点。
#
# ```
# labkit run 2.2 --data customers=my_customers.csv --map customer_id=CustNo
# ```
#
# 也可以在本笔记本顶部设置 `data = {"customers": "my_customers.csv"}` 和
# `columns = {"customer_id": "CustNo"}`。

# %% [markdown] id="quiz" lang="en"
# ## Three questions
#
# Click an option, or answer with `lab.answer("nine", "A")`.

# %% [markdown] id="quiz" lang="zh" en_hash="a1d1366e"
# ## 三道测验题
#
# 点击选项作答，也可以用 `lab.answer("nine", "A")`。

# %% id="quiz_nine"
lab.quiz("nine")

# %% id="quiz_relabelled"
lab.quiz("relabelled")

# %% id="quiz_saturated"
lab.quiz("saturated")

# %% id="progress"
lab.progress()

# %% [markdown] id="say_end" lang="en" tags=["instructor"]
# **2 min, with truth and so what.** Compare with the numbers on the board. *Most of the room* asks why not 100%:
# some family builders simply have no mortgage. Short of time (saves 1 min): quiz goes home; never skip the four points.

# %% [markdown] id="say_end" lang="zh" en_hash="11ec60b1" tags=["instructor"]
# **2 分钟，含真相与“所以呢”。** 与白板上的数字对照。*多数人*会问为什么不是 100%：有些成家立业的人就是没有房贷。
# 时间不够时（省 1 分钟）：测验留作课后，最后四点绝不能省。
