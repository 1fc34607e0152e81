# ---
# id: "3.3"
# name: beer_and_diapers
# title: {en: Beer and diapers, zh: 啤酒与尿布}
# minutes: 25
# core: true
# outline: ["三.4.1", "三.4.2", "三.4.3"]
# tables: [baskets, items, members]
# prerequisites: []
# ---

# %% [markdown] id="question" lang="en"
# # Beer and diapers
#
# **Which goods pull each other into the basket, and which of these pulls is real?**
#
# *25 minutes.* You will **measure** how strongly two goods go together, **test** which pairs are more
# than chance and season, and **decide** which two shelves to put side by side, in yuan.
# You need: a first acquaintance with pandas (`groupby`, filtering rows).

# %% [markdown] id="question" lang="zh" en_hash="1acd1dac"
# # 啤酒与尿布
#
# **哪些商品会互相“拉”进购物篮？其中哪些是真的？**
#
# *25 分钟*。你将**度量**两种商品的关联有多强，**检验**哪些组合不只是巧合或季节使然，并**决定**把哪两个货架摆到一起、每月能多赚多少元。
# 预备知识：用过 pandas 的 `groupby` 和行筛选即可。

# %% [markdown] id="situation" lang="en"
# ## The situation
#
# The category manager of Good Neighbour supermarkets must hand in next quarter's shelf plan on Friday.
# A consultant has told her to put beer beside diapers, "because the data say so". Moving two shelves costs
# money in every store, and there is room for one such move per quarter. If we pick a pair that only *looks*
# connected, she pays for the move, earns nothing, and nobody in the chain will believe the next analysis.
#
# > [!NOTE] About the famous story
# > Beer and diapers is a legend of the retail trade: the evidence behind it was never published as a study.
# > So we do not argue about the legend. We look at our own receipts.

# %% [markdown] id="situation" lang="zh" en_hash="a9b5afc5"
# ## 业务场景
#
# 好邻居超市的品类经理周五要交下季度的货架方案。有顾问告诉她：把啤酒摆到尿布旁边，“数据就是这么说的”。
# 调整两个货架，每家门店都要花钱，而且一个季度只有调整一次的余地。如果选中的组合只是*看上去*有关联，
# 这笔调整费就白花了，一分钱也多赚不到，以后也没人再信数据分析。
#
# > [!NOTE] 关于那个著名的故事
# > “啤酒与尿布”是零售业的一个传说：它背后的证据从未作为研究报告正式发表过。
# > 所以我们不去争论传说，只看自己的小票。

# %% [markdown] id="say_situation" lang="en" tags=["instructor"]
# **3 min, with the data below.** Ask the room before showing anything: "Who believes in beer and diapers?"
# Count hands and write the number on the board; you come back to it at the shelf decision.
# *Most of the room* thinks the hard part is finding pairs. Say: finding is easy, disbelieving is the work.

# %% [markdown] id="say_situation" lang="zh" en_hash="366e6fcc" tags=["instructor"]
# **3 分钟，含下面的数据。** 先不展示任何结果，问全班：“谁相信啤酒与尿布？”数一数举手人数，写在白板上，做货架决策时再回来看。
# *多数人*以为难点在于找出组合。请点明：找出来容易，学会不轻信才是功夫。

# %% id="start" tags=["parameters"]
scale = "lab"
seed = 2026
data = {}
columns = {}

# %% id="open"
import labkit
from labkit import L

lab = labkit.start("3.3", language=L("en", "zh"), scale=scale, seed=seed, data=data, columns=columns)

# %% [markdown] id="data" lang="en"
# ## The data
#
# Three tables. `baskets`: one row is one item in one basket, a line of a till receipt. `items`: one row is one
# item on sale, with its price and margin. `members`: one row is one holder of a loyalty card. Before any model,
# ask of every table: *what does one row mean?* Then look, here at the best sellers.

# %% [markdown] id="data" lang="zh" en_hash="7e521d77"
# ## 数据
#
# 共三张表。`baskets`：一行是一个购物篮里的一种商品，也就是小票上的一行。`items`：一行是一种在售商品，含售价和毛利率。
# `members`：一行是一位会员卡持有人。建模之前，对每张表都先问一句：一行代表*什么*？然后再看数据，这里先看畅销榜。

# %% id="read"
baskets = lab.data("baskets")
items = lab.data("items").set_index("item")
names = items.get(L("name_en", "name_zh"), items.index.to_series()).to_dict()


def name(item):
    return names.get(item, item)


n_baskets = baskets["basket_id"].nunique()
lab.fact(
    "n_baskets",
    (len(baskets), n_baskets, len(baskets) / n_baskets),
    L(
        "{:,} lines on {:,} receipts: {:.1f} items in a basket on average.",
        "共 {:,} 行、{:,} 张小票，平均每个购物篮 {:.1f} 种商品。",
    ),
)
baskets.head(4)

# %% id="first_look"
import matplotlib.pyplot as plt

from labkit.charts import BLUE, GREY, ORANGE, RED

share = baskets.groupby("item", observed=True)["basket_id"].nunique().div(n_baskets)
share = share.rename(index=str).sort_values(ascending=False)
best_sellers = share.head(15)[::-1]
finding = L(
    f"{share.iloc[0]:.0%} of baskets hold {name(share.index[0])}; "
    f"half of all items are in fewer than {share.median():.0%}",
    f"{share.iloc[0]:.0%} 的购物篮里有{name(share.index[0])}，而半数商品的占比不到 {share.median():.0%}",
)
figure, axes = plt.subplots()
bars = axes.barh([name(item) for item in best_sellers.index], 100 * best_sellers, color=BLUE)
axes.bar_label(bars, fmt="%.0f%%", padding=3)
axes.set(title=finding, xticks=[], xlabel=L("Share of baskets", "含该商品的购物篮占比"))
axes.grid(False)
lab.show(figure, L(f"Bar chart of the best sellers. {finding}.", f"畅销商品条形图。{finding}。"))

# %% [markdown] id="measures" lang="en"
# ## Three numbers, by hand
#
# For a rule *A → B* ("who takes A also takes B"), on all baskets:
#
# $$\text{support} = P(A \text{ and } B) \qquad
# \text{confidence} = P(B \mid A) = \frac{P(A \text{ and } B)}{P(A)} \qquad
# \text{lift} = \frac{P(B \mid A)}{P(B)}$$
#
# Support and confidence come from Agrawal, Imieliński and Swami (1993), lift (there called *interest*) from
# Brin and others (1997). Take ten baskets and count with your finger.

# %% [markdown] id="measures" lang="zh" en_hash="154f6053"
# ## 三个数，先用手算
#
# 对规则 *A → B*（“买了 A 的人也买 B”），以全部购物篮为总体：
#
# $$\text{支持度} = P(A \text{ 且 } B) \qquad
# \text{置信度} = P(B \mid A) = \frac{P(A \text{ 且 } B)}{P(A)} \qquad
# \text{提升度} = \frac{P(B \mid A)}{P(B)}$$
#
# 支持度和置信度出自 Agrawal、Imieliński 与 Swami（1993），提升度（原文称 *interest*）出自 Brin 等人（1997）。
# 先看十个购物篮，用手指点着数一遍。

# %% id="ten_baskets"
import pandas as pd

ten = pd.DataFrame(
    {
        "diapers": [1, 1, 1, 1, 0, 0, 0, 0, 0, 0],
        "beer": [1, 1, 1, 0, 1, 0, 0, 0, 0, 0],
        "milk": [1, 0, 1, 0, 1, 1, 1, 0, 0, 0],
    },
    index=range(1, 11),
)
both = (ten["diapers"] & ten["beer"]).sum()
confidence = both / ten["diapers"].sum()
lift = confidence / ten["beer"].mean()
milk_lift = ten.loc[ten["diapers"] == 1, "milk"].mean() / ten["milk"].mean()
ten.rename(columns=name).replace({1: "■", 0: "·"}).T

# %% id="ten_facts"
lab.fact(
    "ten_baskets",
    (both, ten["diapers"].sum(), both / 10, confidence, lift),
    L(
        "Beer is in {} of the {} baskets with diapers: support {:.0%}, confidence {:.0%}, lift {:.2f}.",
        "{1} 个有尿布的购物篮中，{0} 个也有啤酒：支持度 {2:.0%}，置信度 {3:.0%}，提升度 {4:.2f}。",
    ),
)
lab.fact(
    "ten_baskets_milk",
    (ten.loc[ten["diapers"] == 1, "milk"].mean(), ten["milk"].mean(), milk_lift),
    L(
        "Milk is in {:.0%} of the diaper baskets and in {:.0%} of all baskets: lift {:.0f}, no pull at all.",
        "有尿布的购物篮中 {:.0%} 有牛奶，全部购物篮中也是 {:.0%} 有牛奶：提升度 {:.0f}，毫无拉动。",
    ),
)

# %% [markdown] id="turn_support" lang="en"
# ### Your turn: support
#
# Now on all receipts. The sets of basket numbers are ready for you; on your own file without beer and diapers
# they hold your two best sellers.

# %% [markdown] id="turn_support" lang="zh" en_hash="a8532d19"
# ### 轮到你了：支持度
#
# 现在换成全部小票。购物篮编号的集合已经备好；如果你自己的数据里没有啤酒和尿布，就换成你最畅销的两种商品。

# %% id="famous_pair"
has_famous_pair = {"diapers", "beer"} <= set(share.index)
antecedent, consequent = ("diapers", "beer") if has_famous_pair else tuple(share.index[:2])
with_antecedent = set(baskets.loc[baskets["item"] == antecedent, "basket_id"])
with_consequent = set(baskets.loc[baskets["item"] == consequent, "basket_id"])

# %% id="pair_support" exercise="pair_support"
# en: share of all baskets that hold both: a number between 0 and 1
# zh: 同时含有两者的购物篮占全部购物篮的比例：0 到 1 之间的数
pair_support = len(with_antecedent & with_consequent) / n_baskets  # SOLUTION

# %% id="check_pair_support"
lab.check("pair_support")

# %% [markdown] id="turn_confidences" lang="en"
# ### Your turn: confidence, both ways
#
# A rule has a direction, and so has its confidence. Which of the two would you print on a poster?

# %% [markdown] id="turn_confidences" lang="zh" en_hash="5ad3d0ca"
# ### 轮到你了：两个方向的置信度
#
# 规则有方向，置信度也有方向。要贴到海报上，你会选哪一个？

# %% id="both_confidences" exercise="both_confidences"
# en: confidence of the rule that starts from each item: {antecedent: ..., consequent: ...}
# zh: 以每种商品为前项的规则的置信度：{antecedent: ..., consequent: ...}
both_confidences = {
    antecedent: len(with_antecedent & with_consequent) / len(with_antecedent),
    consequent: len(with_antecedent & with_consequent) / len(with_consequent),
}  # SOLUTION

# %% id="check_both_confidences"
lab.check("both_confidences")

# %% [markdown] id="say_measures" lang="en" tags=["instructor"]
# **5 min, of which 3 for the two exercises.** Do the ten baskets with the room: one voice reads, all count.
# *Most of the room* divides by the wrong total in the second exercise: both numbers share the numerator, only
# the denominator changes. Ask: "Which one would the consultant quote, and to whom?"

# %% [markdown] id="say_measures" lang="zh" en_hash="dcb14e76" tags=["instructor"]
# **5 分钟，其中两道练习 3 分钟。** 十个购物篮和全班一起数：一人念，大家点。
# *多数人*第二题会除以错误的总数：两个置信度的分子相同，只有分母不同。可以问：“顾问会引用哪一个？说给谁听？”

# %% [markdown] id="popular" lang="en"
# ## Popular pairs that mean nothing
#
# If two items have nothing to do with each other, confidence equals the consequent's own share: the rule knows
# nothing that the best-seller list does not know. So we draw every pair, confidence against that share.
# First the data turned on its side: one row of yes/no per item, one column per basket. Items rarer than the
# minimum support drop out at once, because no pair can be more frequent than its rarer member.

# %% [markdown] id="popular" lang="zh" en_hash="a354db9a"
# ## 热销但毫无意义的组合
#
# 如果两种商品互不相干，置信度就等于后项自身的占比：这条规则并不比畅销榜知道得更多。所以我们把所有组合都画出来，用置信度对照这个占比。
# 先把数据“放倒”：每种商品一行“有/无”，每个购物篮一列。低于最低支持度的商品当场淘汰，因为一个组合不可能比其中较少见的那种商品更常见。

# %% id="holds"
import numpy as np

min_support = 0.003
frequent_items = sorted(share.index[share >= min_support])
basket_number, _ = pd.factorize(baskets["basket_id"])
row = pd.Categorical(baskets["item"], frequent_items).codes
holds = np.zeros((len(frequent_items), n_baskets), dtype=bool)
holds[row[row >= 0], basket_number[row >= 0]] = True
held = dict(zip(frequent_items, holds, strict=True))

# %% id="pairs"
together = holds.astype(np.float32) @ holds.T.astype(np.float32) / n_baskets
pairs = pd.DataFrame(together, frequent_items, frequent_items).stack().rename("support")
pairs = pairs.rename_axis(["antecedent", "consequent"]).reset_index()
pairs = pairs[pairs["antecedent"] != pairs["consequent"]]
first_share, second_share = pairs["antecedent"].map(share), pairs["consequent"].map(share)
pairs["confidence"] = pairs["support"] / first_share
pairs["lift"] = pairs["support"] / (first_share * second_share)
popular = pairs[pairs["antecedent"] < pairs["consequent"]].nlargest(20, "support")

# %% id="popular_figure"
finding = L(
    f"The {len(popular)} most common pairs lie on the line: "
    f"lift {popular['lift'].min():.2f} to {popular['lift'].max():.2f}",
    f"最常见的 {len(popular)} 对都落在线上：提升度 {popular['lift'].min():.2f} 至 {popular['lift'].max():.2f}",
)
spots = pairs[pairs["support"] >= min_support]
spots = spots.assign(x=100 * spots["consequent"].map(share), y=100 * spots["confidence"])
strong, common = spots[spots["lift"] > 1.3], spots[spots["support"] >= popular["support"].min()]
figure, axes = plt.subplots()
axes.plot("x", "y", ".", data=spots, color=GREY, label=L("all pairs", "全部组合"))
axes.plot("x", "y", ".", data=strong, color=ORANGE, label=L("lift above 1.3", "提升度高于 1.3"))
axes.plot("x", "y", ".", data=common, color=BLUE, label=L("20 most common", "最常见的 20 对"))
axes.axline((0, 0), slope=1, color="black", linewidth=1, label=L("lift 1", "提升度 1"))
axes.legend(loc="lower right")
axes.set(
    title=finding,
    xlabel=L("Share of baskets with the consequent, %", "含后项的购物篮占比（%）"),
    ylabel=L("Confidence, %", "置信度（%）"),
)
lab.show(figure, L(f"Confidence against share. {finding}.", f"置信度与后项占比散点图。{finding}。"))

# %% [markdown] id="turn_popular" lang="en"
# ### Your turn: name one
#
# `popular` holds the twenty most common pairs. Name one of them that a poster would praise and that means
# nothing.

# %% [markdown] id="turn_popular" lang="zh" en_hash="cd4c182c"
# ### 轮到你了：点一对出来
#
# `popular` 里是最常见的二十对组合。请点出其中一对：海报会大力宣传，其实毫无意义。

# %% id="popular_pair" exercise="popular_pair"
# en: two items of one row of `popular` whose lift says "no pull": ("item", "item")
# zh: `popular` 中提升度表明“毫无拉动”的一对商品：("商品代码", "商品代码")
popular_pair = tuple(
    popular.loc[(popular["lift"] - 1).abs().idxmin(), ["antecedent", "consequent"]]
)  # SOLUTION

# %% id="check_popular_pair"
lab.check("popular_pair")

# %% [markdown] id="say_popular" lang="en" tags=["instructor"]
# **2 min.** Point at the line and be silent for five seconds. Then: "High support, high confidence, zero
# information." *Most of the room* wants to exclude best sellers; say no, compare with their share instead.
# Short of time (saves 1 min): skip the code of `pairs`, show the picture only.

# %% [markdown] id="say_popular" lang="zh" en_hash="7ba90630" tags=["instructor"]
# **2 分钟。** 指着那条直线，停五秒不说话，再说：“支持度高，置信度高，信息量为零。”
# *多数人*想把畅销品直接剔除；请说明不必剔除，与它自身的占比相比即可。时间不够时（省 1 分钟）：跳过 `pairs` 的代码，只看图。

# %% [markdown] id="search" lang="en"
# ## Search level by level
#
# Pairs can be counted all at once; larger sets cannot, there are too many. The level-wise search (Agrawal and
# Srikant 1994) builds sets one item longer at a time, only from sets that were frequent themselves. A row of
# yes/no packs into bits, eight baskets to the byte; *both* is a bitwise *and*; *how many* is a count of ones.

# %% [markdown] id="search" lang="zh" en_hash="7294a037"
# ## 逐层搜索
#
# 两两组合可以一次数完，更大的组合太多，数不过来。逐层搜索（Agrawal 与 Srikant，1994）每次只加长一种商品，
# 而且只用本身就频繁的组合来拼。一行“有/无”可以压缩成二进制位，八个购物篮占一个字节；“同时有”就是按位与，“有多少”就是数 1 的个数。

# %% id="level_one"
from itertools import combinations, groupby


def count(bits):
    return int(np.bitwise_count(bits).sum())


single_items = {(item,): np.packbits(held[item]) for item in frequent_items}


# %% id="next_level"
# en: frequent itemsets one item longer, each with its packed row of baskets
# zh: 再长一种商品的频繁项集，及其压缩成位的购物篮行
def next_level(level):
    longer = {}
    for _, alike in groupby(sorted(level), key=lambda itemset: itemset[:-1]):
        for left, right in combinations(alike, 2):
            candidate = left + right[-1:]
            if all(part in level for part in combinations(candidate, len(left))):
                bits = level[left] & level[right]
                if count(bits) >= min_support * n_baskets:
                    longer[candidate] = bits
    return longer


# %% id="search_run"
level, counts = single_items, {(): n_baskets}
while level:
    counts |= {itemset: count(bits) for itemset, bits in level.items()}
    level = next_level(level)
itemsets = [itemset for itemset in counts if len(itemset) > 1]
lab.fact(
    "n_itemsets",
    (len(frequent_items), len(itemsets), max(map(len, counts))),
    L(
        "From {} items: {:,} frequent sets of two or more, the largest with {} items.",
        "{} 种商品中，两种及以上的频繁项集共 {:,} 个，最大的含 {} 种商品。",
    ),
)

# %% [markdown] id="same_in_sql" lang="en"
# A database counts the same pairs by joining the table with itself. Two roads, one answer: if they disagree,
# one of them is wrong.

# %% [markdown] id="same_in_sql" lang="zh" en_hash="04763d01"
# 数据库用表的自连接也能数出同样的两两组合。两条路应当得出同一个答案：如果不一致，必有一条是错的。

# %% id="sql_pairs"
counted_by_sql = lab.sql(f"""
    WITH lines AS (SELECT DISTINCT basket_id, item FROM baskets)
    SELECT a.item AS first, b.item AS second, count(*) AS n
    FROM lines a JOIN lines b USING (basket_id)
    WHERE a.item < b.item
    GROUP BY ALL HAVING n >= {min_support * n_baskets}
""").astype({"first": str, "second": str})
by_sql = counted_by_sql.set_index(["first", "second"])["n"].to_dict()
by_bits = {itemset: counts[itemset] for itemset in itemsets if len(itemset) == 2}
lab.fact(
    "sql_agrees",
    (len(by_sql), sum(by_sql[pair] == by_bits.get(pair) for pair in by_sql)),
    L(
        "SQL finds {:,} frequent pairs; {:,} have the same count.",
        "SQL 找到 {:,} 个频繁两项组合，其中 {:,} 个计数一致。",
    ),
)


# %% id="rules"
def rules_of(itemset):
    for pulled in itemset:
        pullers = tuple(item for item in itemset if item != pulled)
        confidence = counts[itemset] / counts[pullers]
        lift = confidence * n_baskets / counts[(pulled,)]
        yield pullers, pulled, counts[itemset] / n_baskets, confidence, lift


measures = ["antecedent", "consequent", "support", "confidence", "lift"]
rules = pd.DataFrame([rule for itemset in itemsets for rule in rules_of(itemset)], columns=measures)
rules.nlargest(5, "lift").round(3)

# %% [markdown] id="turn_strongest" lang="en"
# ### Your turn: the strongest rule that is big enough
#
# At the very top of the list stand rules that hardly anybody acts out. The manager wants a pair that at least
# one basket in a hundred contains (`big_enough`). Which rule has the highest lift? A pair has the same lift both
# ways: give the direction with the higher confidence.

# %% [markdown] id="turn_strongest" lang="zh" en_hash="211c9ed2"
# ### 轮到你了：够大的规则里最强的一条
#
# 排在最前面的规则，真正这样买的人很少。经理要的是至少每一百个购物篮出现一次的组合（`big_enough`）。
# 哪条规则的提升度最高？一对商品两个方向的提升度相同，请给出置信度较高的方向。

# %% id="big_enough"
# en: one basket in a hundred; lower only where an own file has fewer than twenty such pairs
# zh: 每一百个购物篮一次；只有当自有数据中这样的组合不足二十对时才会更低
big_enough = min(0.01, popular["support"].min())

# %% id="strongest_rule" exercise="strongest_rule"
# en: from `pairs`: ("antecedent", "consequent")
# zh: 从 `pairs` 中得出：("前项", "后项")
strongest_rule = tuple(
    pairs[pairs["support"] >= big_enough]
    .sort_values(["lift", "confidence"])
    .iloc[-1][["antecedent", "consequent"]]
)  # SOLUTION

# %% id="check_strongest_rule"
lab.check("strongest_rule")

# %% [markdown] id="say_search" lang="en" tags=["instructor"]
# **3 min.** Read `next_level` aloud once: join, prune, count. It is the whole Apriori algorithm.
# *Most of the room* forgets that lift is symmetric and confidence is not. Short of time (saves 1 min): run the three search
# cells without comment and skip SQL; never skip the exercise.

# %% [markdown] id="say_search" lang="zh" en_hash="05e92b8a" tags=["instructor"]
# **3 分钟。** 把 `next_level` 读一遍：拼接、剪枝、计数，这就是完整的 Apriori 算法。
# *多数人*会忘记提升度是对称的，置信度不是。时间不够时（省 1 分钟）：三个搜索单元直接运行不讲解，跳过 SQL；练习不能跳过。

# %% [markdown] id="chance" lang="en"
# ## Could it be chance?
#
# Look at thousands of sets and luck alone will hand you some with a fine lift. For each set we ask: *if the two
# items were scattered over the baskets independently, how often would they meet at least this often?* That is
# an exact binomial tail. A larger set must earn its place: every two of its items must go together *among the
# baskets that hold the rest*, or the set only
# repeats what a smaller one said (Webb, 2007, calls such rules unproductive). Its p-value is the worst of these.
#
# Then we make the bar as high as the number of questions we asked: Holm's correction (1979) keeps the chance of
# even one false alarm below five percent.

# %% [markdown] id="chance" lang="zh" en_hash="5b86645b"
# ## 会不会只是巧合？
#
# 一口气看几千个组合，光凭运气也会出现几个提升度很漂亮的。对每个组合我们问：“如果两种商品互不相干、随机散落在各个购物篮里，
# 碰面次数达到这么多的概率有多大？”这是精确的二项分布尾概率。更大的组合必须证明自己有用：其中任意两种商品，
# 在*含有其余商品的购物篮里*也要有关联，否则它只是重复了较小组合已经说过的话
# （Webb（2007）称这种没有新贡献的规则为 *unproductive*）。整个组合的 p 值取其中最差的一个。
#
# 然后，问了多少个问题，门槛就抬到多高：Holm 校正（1979）保证哪怕只出现一次误报的概率也低于百分之五。

# %% id="p_values"
from scipy.stats import binom

questions = []
for itemset in itemsets:
    for one, other in combinations(itemset, 2):
        rest = tuple(item for item in itemset if item not in (one, other))
        with_one, with_other = tuple(sorted((*rest, one))), tuple(sorted((*rest, other)))
        seen = counts[itemset], counts[rest], counts[with_one], counts[with_other]
        questions.append((itemset, *seen))
questions = pd.DataFrame(questions, columns=["itemset", "n_both", "n", "n_one", "n_other"])
chance_share = questions["n_other"] / questions["n"]
questions["p"] = binom.sf(questions["n_both"] - 1, questions["n_one"], chance_share)
p_values = questions.groupby("itemset", sort=False)["p"].max()

# %% id="holm"
from statsmodels.stats.multitest import multipletests

stands, *_ = multipletests(p_values, alpha=0.05, method="holm")
beyond_chance = list(p_values.index[stands])
lab.fact(
    "beyond_chance",
    (len(p_values), (p_values < 0.05).sum(), len(beyond_chance)),
    L(
        "{:,} sets tested: {:,} have p < 0.05, {} are left after Holm's correction.",
        "共检验 {:,} 个组合：p < 0.05 的有 {:,} 个，经 Holm 校正后剩下 {} 个。",
    ),
)

# %% [markdown] id="say_chance" lang="en" tags=["instructor"]
# **2 min.** One sentence is enough: "Ask two hundred questions at five percent and ten will lie to you."
# *Most of the room* would have shown the manager the p < 0.05 list. Short of time (saves 1 min): skip the explanation of
# larger sets.

# %% [markdown] id="say_chance" lang="zh" en_hash="c5ab1c0a" tags=["instructor"]
# **2 分钟。** 一句话就够：“按百分之五的标准问两百个问题，会有十个答案在骗你。”
# *多数人*会把 p < 0.05 的清单直接交给经理。时间不够时（省 1 分钟）：不讲大组合的检验方式。

# %% [markdown] id="season" lang="en"
# ## Could it be the season?
#
# Two things that both sell in the heat will meet in many baskets without pulling each other at all. Simpson
# (1951) showed how far this can go: a relation can point one way overall and the other way in every part. So
# each set must stand *within* the quarters too. The odds ratio of Mantel and Haenszel (1959) pools the quarters
# without mixing them; we keep a set when its whole confidence interval is above one.

# %% [markdown] id="season" lang="zh" en_hash="02ed1627"
# ## 会不会只是季节？
#
# 两样东西都在天热时好卖，自然会在许多购物篮里碰面，彼此却毫无拉动。Simpson（1951）指出这种假象可以有多极端：
# 总体上是一个方向，每个部分里却都是相反的方向。所以每个组合还要在各季度*内部*站得住脚。
# Mantel 与 Haenszel（1959）的比值比把各季度合并起来看，又不把它们混在一起；整个置信区间都高于 1 的组合才保留。

# %% id="quarters"
receipts = baskets.drop_duplicates("basket_id")
if "bought_at" in receipts:
    quarter = receipts["bought_at"].dt.to_period("Q").astype(str).to_numpy()
else:
    quarter = np.full(n_baskets, L("whole period", "整个时期"))
    print(L("No bought_at column: seasons cannot be told apart.", "没有 bought_at 列，无法区分季节。"))
quarters = {each: quarter == each for each in sorted(set(quarter))}


def has_all(itemset):
    return np.logical_and.reduce([held[item] for item in itemset])


# %% id="within_quarters"
from statsmodels.stats.contingency_tables import StratifiedTable


# en: lift in each quarter, and the lower end of the pooled odds ratio's confidence interval
# zh: 各季度的提升度，以及合并比值比置信区间的下限
def within_quarters(itemset):
    *pullers, pulled = itemset
    left, right = has_all(pullers), held[pulled]
    lifts, tables = {}, []
    for each, mask in quarters.items():
        table = np.bincount(2 * left[mask] + right[mask], minlength=4).reshape(2, 2)
        lifts[each] = table[1, 1] * table.sum() / (table[1].sum() * table[:, 1].sum())
        tables.append(table)
    return lifts | {"lowest_odds": StratifiedTable(tables).oddsratio_pooled_confint()[0]}


# %% id="by_quarter"
rows = [
    {"itemset": s, "overall": counts[s] / n_baskets / share[list(s)].prod(), **within_quarters(s)}
    for s in beyond_chance
]
by_quarter = pd.DataFrame(rows, columns=["itemset", "overall", *quarters, "lowest_odds"])
real = by_quarter.loc[by_quarter["lowest_odds"] > 1, "itemset"].tolist()
seasonal = [itemset for itemset in beyond_chance if itemset not in real]


# %% id="season_finding"
def all_names(itemset):
    return " + ".join(name(item) for item in itemset)


finding = L("Every set keeps its lift within the quarters", "每个组合在各季度内部都保持了提升度")
if len(quarters) == 1:
    finding = L("Beyond chance; the season is unknown", "排除了巧合；季节因素未知")
for odd in by_quarter[by_quarter["itemset"].isin(seasonal)].to_dict("records"):
    inside = " / ".join(f"{odd[each]:.2f}" for each in quarters)
    finding = L(
        f"{all_names(odd['itemset']).capitalize()}:\n"
        f"lift {odd['overall']:.2f} overall, {inside} within the quarters",
        f"{all_names(odd['itemset'])}：总体提升度 {odd['overall']:.2f}，各季度内部只有 {inside}",
    )

# %% id="season_plot"
ranked = by_quarter.sort_values("overall").reset_index(drop=True)
figure, axes = plt.subplots(figsize=(7.2, 4.6))
axes.axvline(1, color="black", linewidth=1)
axes.plot(ranked["overall"], ranked.index, "o", color=GREY, ms=10, label=L("overall", "总体"))
for each, colour in zip(quarters, (BLUE, ORANGE, RED), strict=False):
    axes.plot(ranked[each], ranked.index, "o", color=colour, ms=5, label=each)
axes.set_yticks(ranked.index, [all_names(itemset) for itemset in ranked["itemset"]])
axes.set(title=finding, xlim=(0, None), xlabel=L("Lift", "提升度"))
axes.legend(loc="lower right")
lab.show(figure, L(f"Lift overall and by quarter. {finding}.", f"总体与各季度的提升度。{finding}。"))

# %% id="season_facts"
if len(quarters) > 1:
    lab.fact(
        "standing",
        (len(itemsets), (p_values < 0.05).sum(), len(beyond_chance), len(real)),
        L(
            "{:,} frequent sets → {:,} with p < 0.05 → {} beyond chance → {} that also stand within the quarters.",
            "{:,} 个频繁项集 → {:,} 个 p < 0.05 → {} 个排除了巧合 → {} 个在各季度内部也站得住。",
        ),
    )

# %% [markdown] id="say_season" lang="en" tags=["instructor"]
# **2 min.** Cover the two coloured dots of the odd row with your hand: "Would you have shelved these together?"
# Then take the hand away. *Most of the room* believes that a tiny p-value proves a pull; here it proves July.
# Short of time (saves 1 min): show the figure, skip the odds ratio.

# %% [markdown] id="say_season" lang="zh" en_hash="d17cd4b0" tags=["instructor"]
# **2 分钟。** 用手遮住异常那一行的两个彩色点，问：“你会把它们摆在一起吗？”然后把手拿开。
# *多数人*以为 p 值极小就证明有拉动；在这里它只证明了七月很热。时间不够时（省 1 分钟）：只看图，不讲比值比。

# %% [markdown] id="friday" lang="en"
# ## When, and who?
#
# The famous pair stands. But a number over all baskets is an average over people who live different lives. So
# we ask of the receipts *when*, and of the loyalty cards *who*.

# %% [markdown] id="friday" lang="zh" en_hash="7461fd90"
# ## 什么时候？谁在买？
#
# 那对著名的组合站住了。但总体上的一个数，是把过着不同生活的人平均在一起。所以再问小票：*什么时候*？再问会员卡：*谁*？

# %% id="when"
has_both = held[antecedent] & held[consequent]
if "bought_at" in receipts:
    bought_at = receipts["bought_at"].dt
    weekday, hour = bought_at.day_of_week.to_numpy(), bought_at.hour.to_numpy()
    per_thousand = pd.Series(1000 * has_both).groupby([weekday, hour]).mean().unstack()
    per_thousand = per_thousand.reindex(range(7))
    peak_day, peak_hour = per_thousand.stack().idxmax()
    peak, typical = per_thousand.max().max(), per_thousand.stack().median()
else:
    print(L("No bought_at column: the question when is skipped.", "没有 bought_at 列，跳过“什么时候”。"))

# %% id="when_figure"
import seaborn as sns

if "bought_at" in receipts:
    days = L("Mon Tue Wed Thu Fri Sat Sun", "周一 周二 周三 周四 周五 周六 周日").split()
    finding = L(
        f"{days[peak_day]} {peak_hour}:00: {peak:.0f} of 1,000 baskets hold both; "
        f"in a typical hour {typical:.0f}",
        f"{days[peak_day]} {peak_hour} 点：每千个购物篮 {peak:.0f} 个两样都有；一般时段 {typical:.0f} 个",
    )
    figure, axes = plt.subplots(figsize=(7.2, 3.4))
    unit = {"label": L("Of 1,000 baskets", "每千个购物篮")}
    sns.heatmap(per_thousand, ax=axes, cmap="Blues", yticklabels=days, cbar_kws=unit)
    axes.tick_params(axis="y", rotation=0)
    axes.set(title=finding, xlabel=L("Hour of the day", "时刻（点）"))
    lab.show(figure, L(f"Heat map, weekday by hour. {finding}.", f"热力图（星期 × 小时）。{finding}。"))

# %% id="who"
members = lab.data("members")
in_context = np.zeros(n_baskets, dtype=bool)
knows_who = (
    (lab.has_truth or {"baskets", "members"} <= lab.own_tables)
    and {"member_id", "bought_at"} <= set(receipts)
    and {"sex", "birth_year", "child_under_3"} <= set(members)
)
if knows_who:
    buyer = members.set_index("member_id").reindex(receipts["member_id"])
    has_child = buyer["child_under_3"].eq(True).to_numpy()
    young_man = ((buyer["sex"] == "male") & (buyer["birth_year"] >= 1987)).to_numpy()
    friday_evening = (weekday == 4) & (hour >= 17) & (hour < 21)
    in_context = young_man & has_child & friday_evening
else:
    print(L("No buyers or times: the question who is skipped.", "没有购买者或时间信息，跳过“谁在买”。"))

# %% id="who_figure"
if knows_who:
    groups = {
        L("Everybody else", "其他人"): ~has_child,
        L("Other parents of a child under 3", "其他三岁以下儿童的家长"): has_child & ~young_man,
        L("Young fathers, other times", "年轻父亲，其他时间"): has_child & young_man & ~in_context,
        L("Young fathers, Friday 17–21 h", "年轻父亲，周五 17–21 点"): in_context,
    }
    bought = {group: held[consequent][mask & held[antecedent]] for group, mask in groups.items()}
    percent = [100 * each.mean() for each in bought.values()]
    finding = L(
        f"Young fathers' Friday evenings: {percent[-1]:.0f}%; otherwise {max(percent[:-1]):.0f}% at most",
        f"年轻父亲的周五晚间：{percent[-1]:.0f}%；其他情形最多 {max(percent[:-1]):.0f}%",
    )

# %% id="who_bars"
if knows_who:
    figure, axes = plt.subplots(figsize=(7.2, 2.8))
    bars = axes.barh(list(groups), percent, color=[GREY, GREY, GREY, ORANGE])
    sizes = [
        f"{value:.0f}% (n = {len(each):,})" for value, each in zip(percent, bought.values(), strict=True)
    ]
    axes.bar_label(bars, sizes, padding=3)
    axes.grid(False)
    question = L(
        f"Of the baskets with {name(antecedent)}, share with {name(consequent)}",
        f"含{name(antecedent)}的购物篮中，含{name(consequent)}的占比",
    )
    axes.set(title=finding, xlabel=question, xlim=(0, 100), xticks=[])
    lab.show(figure, L(f"{question}, by buyer. {finding}.", f"各类购买者：{question}。{finding}。"))

# %% [markdown] id="say_friday" lang="en" tags=["instructor"]
# **1 min.** Let the room guess the weekday before the heat map appears. Then ask for the *mechanism*: one trip
# for diapers after work, one reward. *Most of the room* now wants to advertise to young fathers; keep that for
# the last part (may we?). The bars are enough.

# %% [markdown] id="say_friday" lang="zh" en_hash="58e6cc34" tags=["instructor"]
# **1 分钟。** 热力图出来之前，先让大家猜是星期几。再追问*机制*：下班顺路买尿布，顺手犒劳自己。
# *多数人*这时想给年轻父亲投广告；留到最后一部分再谈（我们可以这样做吗？）。只看条形图就够。

# %% [markdown] id="knob" lang="en"
# ## Turn the knob
#
# The rules as a picture: an arrow from what pulls to what is pulled, orange where the lift is at least 1.2.
# All pairs are in it; of the larger sets only those that stood every test, in their most confident direction. Play with both sliders and answer:
#
# 1. Bring support down to the end and confidence up to 30. Almost all arrows now point at one and the same name. Why that one?
# 2. Up to which minimum support does a rule with *two* items before the arrow survive? What would a search that
#    starts at one percent have missed?

# %% [markdown] id="knob" lang="zh" en_hash="33183f0f"
# ## 动手调一调
#
# 把规则画成图：箭头从拉动者指向被拉动者，提升度不低于 1.2 的画成橙色。图中包含全部两两规则；更大的组合只画通过所有检验的，并取置信度最高的方向。
# 拖动两个滑块，回答：
#
# 1. 把支持度调到最低、置信度调到 30：几乎所有箭头都指向同一个名字。为什么偏偏是它？
# 2. 箭头前有*两种*商品的规则，最低支持度调到多高就会消失？如果从百分之一起步搜索，会漏掉什么？

# %% id="worth_drawing"
from labkit.charts.rule_graph import rule_graph
from labkit.live import Choice, Slider


def worth_drawing(rule):
    itemset = tuple(sorted((*rule.antecedent, rule.consequent)))
    most_confident = max(confidence for *_, confidence, _ in rules_of(itemset))
    return len(itemset) == 2 or (itemset in real and rule.confidence == most_confident)


drawable = rules[[worth_drawing(rule) for rule in rules.itertuples()]]


# %% id="draw_rules"
def draw_rules(min_support, min_confidence):
    passing = drawable[
        (100 * drawable["support"] >= min_support) & (100 * drawable["confidence"] >= min_confidence)
    ]
    strong = (passing["lift"] >= 1.2).sum()
    title = L(
        f"{len(passing)} rules pass, {strong} of them with a lift of 1.2 or more",
        f"{len(passing)} 条规则达标，其中 {strong} 条提升度不低于 1.2",
    )
    sentence = L(
        f"Support from {min_support:.1f}%, confidence from {min_confidence}%: {title}. At most 30 are drawn.",
        f"支持度不低于 {min_support:.1f}%、置信度不低于 {min_confidence}%：{title}。最多画 30 条。",
    )
    return rule_graph(passing, names=names, title=title), sentence


# %% id="rule_panel"
lab.panel(
    draw_rules,
    min_support=Slider(L("Minimum support, %", "最低支持度（%）"), 0.3, 5.0, 0.1, 1.0, ".1f"),
    min_confidence=Slider(L("Minimum confidence, %", "最低置信度（%）"), 5, 60, 5, 20),
)

# %% [markdown] id="say_knob" lang="en" tags=["instructor"]
# **1 min.** Drive the sliders yourself, slowly, with the projector. Question 1: the arrows point at the best
# seller; confidence rewards fame. Question 2: find the last position where the three-item rule is drawn.
# *Most of the room* believes that a higher threshold means better rules.

# %% [markdown] id="say_knob" lang="zh" en_hash="b804e12f" tags=["instructor"]
# **1 分钟。** 由你投影操作滑块，慢慢拖。问题 1：箭头都指向最畅销的商品，因为置信度奖励的是名气。问题 2：找到三种商品的那条规则最后还在的位置。
# *多数人*以为门槛越高，规则就越好。

# %% [markdown] id="shelf" lang="en"
# ## What is a shelf worth?
#
# A rule says who buys both *now*. The shelf must move those who take only one. Call **pull** what the rule adds
# to the consequent's own share: confidence minus share. We *assume* that of the baskets with A alone, a tenth of
# the pull adds B once the two stand side by side (and B alone adds A likewise). Nobody knows this tenth before
# trying; it is an assumption, it has a name (`responding`), and below it gets a slider.
#
# As with the season, we may add up what happens *within* parts of the business that differ: give the function
# the parts as a list of masks.

# %% [markdown] id="shelf" lang="zh" en_hash="c74247ae"
# ## 一个货架值多少钱？
#
# 规则说的是*现在*谁两样都买，而货架要打动的是只买其中一样的人。规则在后项自身占比之上多出来的部分，即置信度减去占比，我们称为**拉力**。
# 我们*假设*：两者并排摆放后，只有 A 的购物篮中，会有拉力的十分之一加买 B（只有 B 的同理加买 A）。
# 试过之前谁也不知道是不是十分之一；它是一个假设，有名字（`responding`），下面还配有滑块。
#
# 和季节一样，业务中情况不同的部分可以*分别*计算再相加：把各部分的掩码列成一个列表传给函数。

# %% id="plan"
chain_members = 800_000
stores, yuan_per_store = 160, 300
responding = 0.10
lab.fact(
    "plan",
    (chain_members, stores * yuan_per_store, responding),
    L(
        "Assumed: {:,} members in the chain, {:,} yuan to move two shelves everywhere, {:.0%} of the pull responds.",
        "假设：全连锁会员 {:,} 人，全部门店调整两个货架共需 {:,} 元，拉力的 {:.0%} 会见效。",
    ),
)

# %% id="margin"
months = receipts["bought_at"].dt.to_period("M").nunique() if "bought_at" in receipts else 1
sampled = receipts["member_id"].nunique() if "member_id" in receipts else chain_members
to_chain_month = chain_members / sampled / months
unit = L("yuan", "元")
if "margin_share" in items and set(frequent_items) <= set(items.index):
    margin = items["price_fen"] * items["margin_share"] / 100
else:
    unit, margin = L("items", "件"), pd.Series(1.0, index=frequent_items)
    print(L("No margins for these items: counting items instead.", "没有这些商品的毛利，改为按件数计算。"))


# %% id="extra_margin"
def shelf_margin(first, second, neither, only_second, only_first, both):
    n = np.maximum(1, neither + only_second + only_first + both)
    with_first, with_second = np.maximum(1, only_first + both), np.maximum(1, only_second + both)
    pull_on_second = both / with_first - with_second / n
    pull_on_first = both / with_second - with_first / n
    extra_first, extra_second = only_second * pull_on_first, only_first * pull_on_second
    return extra_first * margin[first] + extra_second * margin[second]


# en: extra gross margin when two items stand side by side: yuan a month, whole chain
# zh: 两种商品并排摆放后全连锁每月新增的毛利（元）
def extra_margin(first, second, parts, responding=0.10):
    held_as = 2 * held[first] + held[second]
    cells = [np.bincount(held_as[part], minlength=4) for part in parts]
    return responding * to_chain_month * sum(shelf_margin(first, second, *cell) for cell in cells)


# %% id="famous_shelf"
everything = [np.full(n_baskets, True)]
by_season = list(quarters.values())
by_season_and_context = [part & context for part in by_season for context in (in_context, ~in_context)]
in_lump = extra_margin(antecedent, consequent, everything)
kept_apart = extra_margin(antecedent, consequent, by_season_and_context)
if in_context.any():
    lab.fact(
        "famous_shelf",
        (in_lump, kept_apart),
        L(
            "The famous pair: {:,.0f} yuan a month in one lump, {:,.0f} when Friday evenings of young fathers "
            "are kept apart from everything else.",
            "那对著名的组合：笼统计算每月 {:,.0f} 元；把年轻父亲的周五晚间与其他情形分开计算，只有 {:,.0f} 元。",
        ),
    )

# %% [markdown] id="famous_lesson" lang="en"
# > [!NOTE] True, and nearly worthless
# > On our receipts the pull is real, but it lives where buyers *already* carry both; everywhere else one item says nothing
# > about the other. A rule can be true and still move nothing.

# %% [markdown] id="famous_lesson" lang="zh" en_hash="a4752198"
# > [!NOTE] 千真万确，却几乎不值钱
# > 在我们的小票里，拉力是真的，但它只存在于*本来就*两样都买的人那里；在其他地方，买了一样并不能说明会买另一样。规则可以是真的，却什么也带不动。

# %% [markdown] id="turn_shelf" lang="en"
# ### Your turn: decide
#
# `candidates` are the pairs that got past chance, all of them. Which pair do you shelve side by side, and what
# does it bring in a month at the assumed response? You choose the parts; think of what the quarters taught us.

# %% [markdown] id="turn_shelf" lang="zh" en_hash="b40c3f47"
# ### 轮到你了：做决定
#
# `candidates` 是排除了巧合的全部两两组合。你会把哪一对并排摆放？按假设的见效比例，每月能多赚多少？
# 怎样分部分由你定；想一想季度给我们的教训。

# %% id="candidates"
candidates = [itemset for itemset in beyond_chance if len(itemset) == 2]
candidates = candidates or [(antecedent, consequent)]

# %% id="shelf_decision" exercise="shelf_decision"
# en: ("item", "item", extra yuan a month)
# zh: ("商品代码", "商品代码", 每月新增毛利（元）)
shelf_decision = max(
    ((*pair, extra_margin(*pair, by_season_and_context)) for pair in candidates),
    key=lambda decision: decision[2],
)  # SOLUTION

# %% id="check_shelf_decision"
lab.check("shelf_decision")

# %% [markdown] id="say_shelf" lang="en" tags=["instructor"]
# **4 min, of which 2 for the exercise.** Go back to the hands you counted at the start. Ask for bids on the famous
# pair before running `famous_shelf`. *Most of the room* takes the pair with the most money over all baskets,
# which is the season's pair. Ask them: "Would anybody buy it in December?" Never skip this part.

# %% [markdown] id="say_shelf" lang="zh" en_hash="cd704783" tags=["instructor"]
# **4 分钟，其中练习 2 分钟。** 回到开场时数的举手人数。运行 `famous_shelf` 之前，先让大家给那对著名组合报个价。
# *多数人*会选全体购物篮上金额最高的一对，那正是季节造成的一对。问他们：“十二月谁会买？”这一部分不能跳过。

# %% [markdown] id="interval" lang="en"
# ## How sure, and how much hangs on the assumption?
#
# Receipts of one person resemble each other, so we resample *members*, not receipts (a bootstrap). The band shows
# what chance does; the slider shows what the assumption does. Compare the two.

# %% [markdown] id="interval" lang="zh" en_hash="6b9e5061"
# ## 有多大把握？结论有多依赖假设？
#
# 同一个人的小票彼此相似，所以自助法重抽的是*会员*而不是小票。色带表示偶然性的影响，滑块表示假设的影响，请比较两者。

# %% id="bootstrap"
has_members = "member_id" in receipts
member = pd.factorize(receipts["member_id"])[0] if has_members else np.arange(n_baskets)
weights = lab.rng("bootstrap").poisson(1, (200, member.max() + 1))


# en: 95% interval of the extra margin, members resampled
# zh: 对会员重抽样得到的新增毛利 95% 置信区间
def margin_interval(first, second, parts, responding=0.10):
    held_as, margins = 2 * held[first] + held[second], np.zeros(len(weights))
    for part in parts:
        code = 4 * member[part] + held_as[part]
        per_member = np.bincount(code, minlength=4 * weights.shape[1]).reshape(-1, 4)
        margins += shelf_margin(first, second, *(weights @ per_member).T)
    return responding * to_chain_month * np.quantile(margins, [0.025, 0.975])


# %% id="draw_shelf"
def draw_shelf(pair, response):
    parts, assumed = by_season_and_context, np.arange(31)
    extra = extra_margin(*pair, parts, 0.01) * assumed
    low, high = margin_interval(*pair, parts, 0.01)
    finding = L(
        f"{all_names(pair).capitalize()}: {extra[response]:,.0f} {unit} a month at a response of {response}%",
        f"{all_names(pair)}：见效 {response}% 时每月增加 {extra[response]:,.0f} {unit}",
    )
    figure, axes = plt.subplots()
    axes.fill_between(assumed, low * assumed, high * assumed, color=BLUE, alpha=0.2)
    axes.plot(assumed, extra, color=BLUE, label=L("with 95% interval", "及 95% 置信区间"))
    axes.plot(response, extra[response], "o", color=ORANGE, ms=9)
    if unit == L("yuan", "元"):
        payback = L("pays back within a quarter", "一个季度收回成本")
        axes.axhline(stores * yuan_per_store / 3, color=GREY, label=payback)
    axes.legend(loc="center right")
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.set(title=finding, xlabel=L("Assumed response, % of the pull", "假设的见效比例（占拉力的 %）"))
    axes.set(xlim=(0, 30), ylabel=L(f"Extra {unit} a month", f"每月增加（{unit}）"))
    return figure, L(
        f"{finding} (95% interval {low * response:,.0f} to {high * response:,.0f}).",
        f"{finding}（95% 置信区间 {low * response:,.0f} 至 {high * response:,.0f}）。",
    )


# %% id="shelf_panel"
famous_first = sorted(candidates, key=lambda pair: set(pair) != {antecedent, consequent})
choices = [(all_names(pair), pair) for pair in famous_first]
lab.panel(
    draw_shelf,
    pair=Choice(L("Side by side", "并排摆放"), choices, famous_first[0]),
    response=Slider(L("Response, % of the pull", "见效比例（占拉力的 %）"), 0, 30, 1, 10),
)

# %% [markdown] id="truth" lang="en"
# ## The truth
#
# Our receipts come from a synthetic world, so somebody knows the answer. The key opens once the exercises that it
# would give away are done.

# %% [markdown] id="truth" lang="zh" en_hash="e1a2b53e"
# ## 揭晓真相
#
# 我们的小票来自虚拟世界，所以有人知道答案。完成会被它泄露的练习之后，答案键才会打开。

# %% id="planted"
planted = lab.truth("planted_rules")


# %% id="compare"
def lift_found(rule):
    pullers = tuple(sorted(rule.antecedent.split("+")))
    itemset = tuple(sorted((*pullers, rule.consequent)))
    return counts.get(itemset, 0) * n_baskets / counts[pullers] / counts[(rule.consequent,)]


keys = [tuple(sorted((*rule.antecedent.split("+"), rule.consequent))) for rule in planted.itertuples()]
planted["stands"] = [itemset in real for itemset in keys]
planted["lift_found"] = [lift_found(rule) for rule in planted.itertuples()]
is_rule, stands = planted["kind"] == "rule", planted["stands"]
lab.fact(
    "found",
    (is_rule.sum(), (is_rule & stands).sum(), (~is_rule & stands).sum()),
    L(
        "{} rules were planted: {} of them stood our tests, and so did {} decoys.",
        "共预埋 {} 条规则：通过我们检验的有 {} 条，蒙混过关的诱饵有 {} 个。",
    ),
)

# %% id="truth_figure"
finding = L(
    f"{(is_rule & stands).sum()} of {is_rule.sum()} planted rules found, "
    f"{(~is_rule & ~stands).sum()} of {(~is_rule).sum()} decoys rejected",
    f"{is_rule.sum()} 条预埋规则找到 {(is_rule & stands).sum()} 条，"
    f"{(~is_rule).sum()} 个诱饵否决 {(~is_rule & ~stands).sum()} 个",
)
shown = planted.sort_values(["kind", "lift"]).reset_index(drop=True)
kept, rejected = shown[shown["stands"]], shown[~shown["stands"]]
arrows = [f"{all_names(r.antecedent.split('+'))} → {name(r.consequent)}" for r in shown.itertuples()]
figure, axes = plt.subplots(figsize=(7.2, 5.4))
axes.axvline(1, color="black", linewidth=1)
axes.plot(shown["lift"], shown.index, "o", color=ORANGE, mfc="none", ms=12, label=L("planted", "预埋值"))
axes.plot(kept["lift_found"], kept.index, "o", color=BLUE, label=L("found, stands", "找到，站得住"))
axes.plot(rejected["lift_found"], rejected.index, "o", color=GREY, label=L("rejected", "被否决"))
axes.legend(loc="lower right", frameon=True, edgecolor="none")
axes.set_yticks(shown.index, arrows)
axes.set(title=finding, xlabel=L("Lift", "提升度"), xlim=(0, None))
lab.show(figure, L(f"Planted and found lift. {finding}.", f"预埋与找到的提升度。{finding}。"))

# %% [markdown] id="missed" lang="en"
# What could nobody have found in these receipts? Three things. A pull too weak or too rare for this many baskets:
# the next cell says where the limit lies. *Who pulls whom*: lift is symmetric, and the arrow in the key is the
# generator's story, not a fact in the data. And what happens after the shelves have moved: no receipt of last year
# was written in next year's shop.

# %% [markdown] id="missed" lang="zh" en_hash="e1c17575"
# 这些小票里，有什么是谁也找不到的？有三样。一是太弱或太罕见的拉动：购物篮就这么多，下一格算出极限在哪里。
# 二是*谁拉动谁*：提升度是对称的，答案键里的箭头是生成器的设定，并不是数据里的事实。
# 三是货架调整之后会怎样：去年的小票，没有一张是在明年的店里打出来的。

# %% id="limit"
from scipy.stats import gamma

n_seen = int(np.ceil(min_support * n_baskets))
expected_by_chance = gamma.ppf(0.05 / len(p_values), n_seen)
lab.fact(
    "limit",
    (n_seen, n_seen / expected_by_chance),
    L(
        "A pair seen in {:,} baskets, our minimum, passes Holm's bar only with a lift of {:.2f} or more.",
        "一对商品若只出现在 {:,} 个购物篮中（我们的下限），提升度至少要有 {:.2f} 才能通过 Holm 校正。",
    ),
)

# %% [markdown] id="so_what" lang="en"
# ## So what
#
# The cell below takes the key's own always-true pairs and says which shelf to build.

# %% [markdown] id="so_what" lang="zh" en_hash="5437d093"
# ## 所以呢
#
# 下面一格只取答案键中始终成立的两两规则，看看该建哪个货架。

# %% id="decision"
always = planted[is_rule & (planted["context"] == "always")]
always = always[~always["antecedent"].str.contains("+", regex=False)]
pairs_by_key = list(zip(always["antecedent"], always["consequent"], strict=True))
best_pair = max(pairs_by_key, key=lambda pair: extra_margin(*pair, by_season_and_context))
yuan = extra_margin(*best_pair, by_season_and_context)
low, high = margin_interval(*best_pair, by_season_and_context)
break_even = responding * stores * yuan_per_store / 3 / yuan
lab.fact(
    "decision",
    (all_names(best_pair), yuan, low, high, break_even),
    L(
        "Put {} side by side: {:,.0f} yuan a month (95% interval {:,.0f} to {:,.0f}). The move pays back within "
        "a quarter if at least {:.1%} of the pull responds.",
        "把 {} 摆到一起：每月多赚 {:,.0f} 元（95% 置信区间 {:,.0f} 至 {:,.0f}）。只要拉力的 {:.1%} 以上见效，一个季度内就能收回调整成本。",
    ),
)

# %% [markdown] id="so_what_next" lang="en"
# **Before the whole chain:** draw forty stores by lot, move the shelves in twenty, leave twenty as they are, and
# compare. That replaces the assumption, which moves the result far more than chance does, by a measurement.
#
# **What could go wrong.** Trust: a pair of shelves is fine; a message "we know you have a baby" is not. Fairness:
# ask whether you want to put alcohol in the way of tired parents at all. Law: a loyalty card is issued for points
# and discounts, and China's Personal Information Protection Law (PIPL) ties every use to the purpose that was
# told (Article 6), with stricter rules for data about children under fourteen (Article 28). The shelf decision
# needs no member at all: receipts without names are enough, so use those.

# %% [markdown] id="so_what_next" lang="zh" en_hash="f9132d53"
# **推广到全连锁之前**：抽签选出四十家门店，二十家调整货架，二十家保持原样，再作比较。这样就用实测取代了假设，而假设对结果的影响远大于偶然性。
#
# **可能出什么问题。** 信任：两个货架摆在一起没问题，发一条“我们知道您家有宝宝”就有问题了。公平：先问自己，该不该把酒摆到疲惫的父母面前。
# 法律：会员卡是为积分和优惠而办的，《个人信息保护法》要求任何使用都限于告知过的目的（第六条），
# 对不满十四周岁未成年人的信息还有更严的规定（第二十八条）。货架决策根本用不到会员身份：不含姓名的小票就足够，那就只用小票。

# %% [markdown] id="say_so_what" lang="en" tags=["instructor"]
# **2 min, with the truth.** Read the decision sentence aloud, with its interval, then ask who would sign.
# *Most of the room* forgets that the tenth was assumed. Short of time (saves 1 min): skip the truth figure, never the lottery of
# stores.

# %% [markdown] id="say_so_what" lang="zh" en_hash="63e8b6f1" tags=["instructor"]
# **2 分钟，含真相。** 把决策那句话连同区间一起读出来，问谁愿意签字。
# *多数人*会忘记“十分之一”只是假设。时间不够时（省 1 分钟）：可以跳过真相图，门店抽签实验不能跳过。

# %% [markdown] id="own_data" lang="en"
# ## On your own data
#
# One row per item on a receipt; repeated lines do no harm. Needed: `basket_id`, `item`. Used when they are there: `bought_at` (seasons, hours),
# `member_id` (intervals; with your own `members`, also who buys), and an `items` table with `price_fen` and
# `margin_share` (without it, the shelf counts extra items instead of yuan). Rare items? Lower `min_support`.
#
# ```
# labkit run 3.3 --data baskets=my_receipts.csv --map basket_id=receipt,item=product
# ```
#
# or set `data` and `columns` in the first cell: `data = {"baskets": "my_receipts.csv"}`,
# `columns = {"basket_id": "receipt", "item": "product"}`.

# %% [markdown] id="own_data" lang="zh" en_hash="a5f01958"
# ## 换成你自己的数据
#
# 小票上每种商品一行，重复扫描的行没有影响。必需的列：`basket_id`、`item`。有则使用的列：`bought_at`（季节、时刻）、`member_id`（区间估计；
# 再配上你自己的 `members` 表，还能看谁在买）；另可提供含 `price_fen` 和 `margin_share` 的 `items` 表（没有的话，货架一节按件数而不是按元计算）。
# 商品很分散？请调低 `min_support`。
#
# ```
# labkit run 3.3 --data baskets=小票.csv --map basket_id=单号,item=商品
# ```
#
# 也可以在第一个代码格里设置：`data = {"baskets": "小票.csv"}`，`columns = {"basket_id": "单号", "item": "商品"}`。

# %% [markdown] id="quiz" lang="en"
# ## Three questions

# %% [markdown] id="quiz" lang="zh" en_hash="3aef9741"
# ## 三道思考题

# %% id="quiz_q1"
lab.quiz("q1")

# %% id="quiz_q2"
lab.quiz("q2")

# %% id="quiz_q3"
lab.quiz("q3")

# %% id="progress"
lab.progress()
