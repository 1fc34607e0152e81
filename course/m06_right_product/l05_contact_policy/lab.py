# ---
# id: "6.5"
# name: contact_policy
# title: {en: "Do not disturb: a contact policy", zh: "避免过度打扰：接触策略"}
# minutes: 40
# core: true
# outline: ["六.7"]
# tables: [offer_scores, contact_history, contact_channels]
# prerequisites: []
# ---

# %% [markdown] id="question" lang="en"
# # Do not disturb: a contact policy
#
# **Who gets which offer through which channel, when nobody may be called more than twice a month?**
#
# *40 minutes.* You will **count** how often last month's plan broke the rule, **build and solve** the integer
# programme that never breaks it, and **read off** what one more call, one more yuan and one more promise are worth.
# You need: pandas at the level of `groupby`. No optimisation experience.

# %% [markdown] id="question" lang="zh" en_hash="e4c93dfa"
# # 避免过度打扰：接触策略
#
# **每位客户一个月最多接两通外呼。在这个前提下，给谁、推什么产品、走哪个渠道？**
#
# *40 分钟。* 你将**数清**上个月的计划违规了多少次，**搭建并求解**一个绝不违规的整数规划，
# 并**读出**多一通外呼、多一元预算、多一条承诺各值多少钱。
# 预备知识：会用 pandas 的 `groupby` 即可，不需要优化方面的经验。

# %% [markdown] id="situation" lang="en"
# ## The situation
#
# It is 1 January 2026. Lighthouse Bank has promised the regulator and its customers: at most two marketing calls a
# month. In December four departments each sent their own list, and nobody added them up. He Jing, who has run the
# contact desk since this morning, gets one budget, one call centre and all the scores. By tonight she needs one plan
# for everybody. Too many contacts, and customers opt out for good; too few, and the year begins with a gap in sales.

# %% [markdown] id="situation" lang="zh" en_hash="848d061a"
# ## 业务场景
#
# 今天是 2026 年 1 月 1 日。灯塔银行向监管机构和客户承诺过：每位客户每月最多接两通营销外呼。
# 可去年 12 月，四个部门各发各的名单，没有人把它们加在一起。何静今天早上刚接手客户接触统筹岗：一份预算、一个外呼中心、全部评分都归她。
# 今晚之前，她要拿出一份覆盖所有客户的计划。接触多了，客户一退订就再也不来；接触少了，新年开门就缺业绩。

# %% [markdown] id="say_situation" lang="en" tags=["instructor"]
# **4 min, with the data and the first picture.** Ask: "How many marketing calls did *you* get last month, and what did
# you do after the third?" *Most of the room* has blocked a number at least once. Write on the board what an opt-out
# costs the bank; keep the guesses for the end.

# %% [markdown] id="say_situation" lang="zh" en_hash="d8b2fd10" tags=["instructor"]
# **4 分钟，含数据和第一张图。** 先问：“上个月*你自己*接了几通营销电话？第三通之后你做了什么？”
# *多数人*至少拉黑过一个号码。请大家猜一猜客户退订一次让银行损失多少，写在白板上，留到最后对照。

# %% id="start" tags=["parameters"]
scale = "lab"
seed = 2026
data = {}
columns = {}

# %% id="open"
import labkit
from labkit import L

lab = labkit.start("6.5", language=L("en", "zh"), scale=scale, seed=seed, data=data, columns=columns)

# %% [markdown] id="data" lang="en"
# ## The data
#
# `contact_history`: one row is one marketing contact in 2025, with what the customer did. `offer_scores`: one row is
# one customer, one offer *and one channel*, with what the bank's models expect of it in January. `contact_channels`:
# what a contact costs and how many each channel can carry. Look first at what contacts do to people.

# %% [markdown] id="data" lang="zh" en_hash="ab197028"
# ## 数据
#
# `contact_history`：一行是 2025 年的一次营销接触，以及客户的反应。`offer_scores`：一行是一位客户、一种产品、*一个渠道*，
# 以及模型对 1 月的预期。`contact_channels`：一次接触的成本，以及每个渠道能承载多少次。先来看看：接触对人做了什么。

# %% id="read"
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from labkit.charts import BLUE, GREY, ORANGE, RED, SKY

history = lab.data("contact_history")
lab.data("offer_scores").head(6)

# %% id="before_each"
contacts = lab.sql("""
    SELECT channel, outcome = 'opted_out' AS opted_out, count(*) OVER (
        PARTITION BY customer_id ORDER BY contacted_on
        RANGE BETWEEN INTERVAL 30 DAY PRECEDING AND CURRENT ROW) - 1 AS contacts_30d
    FROM contact_history
""")
by_recent = contacts.groupby(contacts["contacts_30d"].clip(upper=5))["opted_out"].mean()
tired = by_recent.iloc[-1] / by_recent.iloc[0]

# %% id="first_look"
figure, axes = plt.subplots(figsize=(7.2, 3.6))
labels = by_recent.index.astype(str).str.replace("5", L("5 or more", "5 次及以上"))
bars = axes.bar(labels, 100 * by_recent, color=np.where(by_recent.index >= 5, RED, GREY))
axes.bar_label(bars, fmt="%.1f%%", padding=3)
axes.margins(y=0.1)
axes.set(
    xlabel=L("Contacts in the 30 days before", "此前 30 天内的接触次数"),
    ylabel=L("Opted out after the contact, %", "接触后退订的比例（%）"),
)
axes.set_title(
    L(
        f"After five or more contacts in a month, customers opt out {tired:.0f} times as often",
        f"一个月内接触五次及以上，客户的退订率是平时的 {tired:.0f} 倍",
    )
)
lab.show(
    figure,
    L(
        f"Bars: share of contacts after which the customer opted out, from {by_recent.iloc[0]:.1%} without a contact "
        f"in the 30 days before to {by_recent.iloc[-1]:.1%} after five or more.",
        f"条形图：接触后退订的比例，此前 30 天没有接触的为 {by_recent.iloc[0]:.1%}，五次及以上的为 {by_recent.iloc[-1]:.1%}。",
    ),
)

# %% [markdown] id="turn_breaches" lang="en"
# ### Your turn: how often was the promise broken?
#
# The promise is made to a **customer** for a **month**: at most two rows of `history` with the channel `call`.
# To how many customers did the bank break it in December 2025?

# %% [markdown] id="turn_breaches" lang="zh" en_hash="32e5afda"
# ### 轮到你了：承诺被打破了多少次？
#
# 承诺的对象是一位**客户**，期限是一个**月**：`history` 中渠道为 `call` 的行最多两行。
# 2025 年 12 月，银行对多少位客户违背了承诺？

# %% id="december_breaches" exercise="december_breaches"
# en: number of customers called more than twice in December 2025
# zh: 2025 年 12 月接到外呼超过两次的客户数
december_breaches = (
    history[(history["channel"] == "call") & (history["contacted_on"] >= "2025-12-01")]["customer_id"]
    .value_counts()
    .gt(2)
    .sum()
)  # SOLUTION

# %% id="check_december_breaches"
lab.check("december_breaches")

# %% id="breaches_by_month"
calls = history[history["channel"] == "call"]
calls_each = calls.groupby(["customer_id", calls["contacted_on"].dt.to_period("M")]).size()
broken = calls_each.gt(2).groupby("contacted_on").sum()

# %% id="breaches_figure"
figure, axes = plt.subplots(figsize=(7.6, 3.3))
bars = axes.bar([f"{month:%m}" for month in broken.index], broken, color=[*[GREY] * (len(broken) - 1), RED])
axes.bar_label(bars, padding=3)
axes.margins(y=0.12)
axes.set(
    xlabel=L("Month of 2025", "2025 年各月"),
    ylabel=L("Customers called more than twice", "接到外呼超过两次的客户数"),
)
axes.set_title(
    L(
        f"Four lists that nobody added up: {broken.iloc[-1]:,} broken promises in December",
        f"四份名单没人加总：12 月违背了 {broken.iloc[-1]:,} 次承诺",
    )
)
lab.show(
    figure,
    L(
        f"Bars: customers called more than twice, by month; {broken.iloc[-1]:,} in the last month, "
        f"at most {broken.iloc[:-1].max():,} in any month before.",
        f"条形图：各月接到外呼超过两次的客户数；最后一个月 {broken.iloc[-1]:,} 位，此前各月最多 {broken.iloc[:-1].max():,} 位。",
    ),
)

# %% [markdown] id="say_breaches" lang="en" tags=["instructor"]
# **4 min, of which 3 for the exercise.** *Most of the room* counts rows: the calls beyond the second, or every call of
# the customers concerned. Ask "to whom was the promise made?" One customer called five times is one broken promise.
# Short of time (saves 2 min): show the figure.

# %% [markdown] id="say_breaches" lang="zh" en_hash="3052beef" tags=["instructor"]
# **4 分钟，其中练习 3 分钟。** *多数人*数的是行：第二通之后的外呼，或者这些客户的全部外呼。请追问：“承诺是对谁作出的？”
# 一位客户接了五通，只算一次违约。时间不够时（省 2 分钟）：直接看图。

# %% [markdown] id="fatigue" lang="en"
# ## What a contact costs beyond its price
#
# A push message costs two fen, says the price list. It also costs, now and then, a customer who never wants to hear
# from the bank again. A **logistic regression** (Cox 1958) puts a number on that: what one more contact in the 30 days
# before does to the odds of opting out, with the channel held equal.

# %% [markdown] id="fatigue" lang="zh" en_hash="5b534534"
# ## 一次接触的真实成本
#
# 价目表上写着：一条推送两分钱。可它偶尔还会赔上一位再也不想收到银行消息的客户。
# **逻辑回归**（Cox，1958）可以给它一个数：渠道相同时，此前 30 天内每多一次接触，退订的几率变成多少倍。

# %% id="fit_fatigue"
import statsmodels.api as sm

fatigue_known = contacts["opted_out"].nunique() == 2
if fatigue_known:
    usual = "app_push" if "app_push" in set(contacts["channel"]) else contacts["channel"].mode().iat[0]
    dummies = pd.get_dummies(contacts["channel"].astype(str), prefix="channel").drop(
        columns=f"channel_{usual}"
    )
    inputs = sm.add_constant(pd.concat([contacts["contacts_30d"], dummies], axis=1).astype(float))
    fatigue = sm.Logit(contacts["opted_out"].astype(float), inputs).fit(disp=0)
    each_more = fatigue.params["contacts_30d"]
    lab.fact(
        "fatigue",
        (np.exp(each_more) - 1, contacts["opted_out"].sum()),
        L(
            "Each further contact in the 30 days before raises the odds of opting out by {:.0%}; "
            "in 2025 {:,} customers opted out.",
            "此前 30 天内每多一次接触，退订几率就提高 {:.0%}；2025 年共有 {:,} 位客户退订。",
        ),
    )

# %% [markdown] id="scores" lang="en"
# ## From scores to yuan
#
# Now the same for January: how likely is each customer to opt out after each contact, given what December already did
# to them? Those who have opted out stay in the score table, for the models do not know the law. He Jing signs for the
# **terms**: the budget per customer, the two caps, and what an opted-out customer no longer brings in (60 yuan, about
# three months of what contacts earn).

# %% [markdown] id="scores" lang="zh" en_hash="94b2649c"
# ## 从评分到元
#
# 现在轮到 1 月：考虑到 12 月已经打扰过的次数，每位客户在每种接触之后退订的可能性有多大？
# 已经退订的客户仍在评分表里，因为模型不懂法律。**业务条件**由何静签字负责：人均预算、两个频次上限，
# 以及一位退订客户从此不再带来的收入（60 元，大约是三个月的接触收益）。

# %% id="terms"
terms = {"budget_yuan": 2.05, "calls": 2, "contacts": 3, "opt_out_yuan": 60}

# %% id="score_table"
scores = lab.data("offer_scores")
channels = lab.data("contact_channels")
# en: a file of your own may say the same in other columns; the section "On your own data" tells which
# zh: 你自己的文件可以用别的列表达同样的意思，见“用你自己的数据”一节
if "expected_margin_fen" not in scores and "value_yuan" in scores:
    scores["expected_margin_fen"] = 100 * scores["response_probability"] * scores["value_yuan"]
scores["margin_yuan"] = scores["expected_margin_fen"] / 100
if not scores["channel"].isin(channels["channel"].tolist()).all():
    own_cost = scores["cost_yuan"] if "cost_yuan" in scores else pd.Series(0.0, scores.index)
    channels = (100 * own_cost).groupby(scores["channel"].astype(str)).mean().rename("cost_fen").reset_index()
if "capacity_per_1000" not in channels:
    channels["capacity_per_1000"] = 1_000 * scores["offer"].nunique()
channels = channels.assign(channel=channels["channel"].astype(str), cost_yuan=channels["cost_fen"] / 100)
called = (
    "call" if "call" in set(channels["channel"]) else channels.loc[channels["cost_yuan"].idxmax(), "channel"]
)
scores = scores.astype({"offer": str, "channel": str}).drop(columns="cost_yuan", errors="ignore")
scores = scores[scores["margin_yuan"].notna()].merge(channels[["channel", "cost_yuan"]], on="channel")
n_customers = scores["customer_id"].nunique()

# %% id="opt_out_chance"
history_fits = ("contact_history" in lab.own_tables) == ("offer_scores" in lab.own_tables)
if history_fits and fatigue_known:
    plan_from = history["contacted_on"].max().to_period("M").end_time.ceil("D")
    lately = history[history["contacted_on"] >= plan_from - pd.Timedelta(days=30)]
    recent = scores["customer_id"].map(lately["customer_id"].value_counts()).fillna(0)
    of_channel = {channel: fatigue.params.get(f"channel_{channel}", 0.0) for channel in channels["channel"]}
    log_odds = fatigue.params["const"] + each_more * recent + scores["channel"].map(of_channel)
    scores["opt_out_probability"] = (1 / (1 + np.exp(-log_odds))).round(6)
    left = history.loc[history["outcome"] == "opted_out", "customer_id"]
    scores["opted_out"] = scores["customer_id"].isin(left)
else:
    scores["opt_out_probability"] = 0.0
    scores["opted_out"] = scores["opted_out"].eq(True) if "opted_out" in scores else False
lab.fact(
    "opted_out",
    (n_customers, scores.loc[scores["opted_out"], "customer_id"].nunique()),
    L(
        "The score table holds {:,} customers; {:,} of them have opted out of marketing.",
        "评分表里有 {:,} 位客户，其中 {:,} 位已经退订营销。",
    ),
)

# %% id="true_cost"
if scores["opt_out_probability"].any():
    silence = terms["opt_out_yuan"] * scores.groupby("channel")["opt_out_probability"].mean()
    by_price = channels.set_index("channel")["cost_yuan"].sort_values()
    cheapest = by_price.index[0]
    lab.fact(
        "true_cost",
        (cheapest, by_price.iloc[0], silence[cheapest]),
        L(
            "The cheapest channel is {}: {:.2f} yuan by the price list, and another {:.2f} yuan of customers silenced.",
            "最便宜的渠道是 {}：价目表上 {:.2f} 元，另外还要赔上 {:.2f} 元的退订损失。",
        ),
    )

# %% [markdown] id="turn_worthwhile" lang="en"
# ### Your turn: which contacts may enter a plan?
#
# `scores` has `margin_yuan` (probability times margin), `cost_yuan`, `opt_out_probability` and `opted_out`.
# What is a contact worth when everything is counted **once**? Return the rows that are allowed *and* pay, with that
# worth in a new column `net_yuan`.

# %% [markdown] id="turn_worthwhile" lang="zh" en_hash="adb027a1"
# ### 轮到你了：哪些接触可以进入计划？
#
# `scores` 有 `margin_yuan`（概率乘以毛利）、`cost_yuan`、`opt_out_probability` 和 `opted_out`。
# 每一项都只算**一次**，一次接触净值多少？返回*允许*接触而且*划算*的行，并把净值写进新列 `net_yuan`。


# %% id="worthwhile" exercise="worthwhile"
# en: the rows of `scores` that are allowed and pay, with the column net_yuan; an opt-out costs `opt_out_yuan`
# zh: 返回 `scores` 中允许且划算的行，带 net_yuan 列；客户退订一次的损失为 `opt_out_yuan` 元
def worthwhile(scores, opt_out_yuan):
    # BEGIN SOLUTION
    silence = opt_out_yuan * scores["opt_out_probability"]
    valued = scores.assign(net_yuan=scores["margin_yuan"] - scores["cost_yuan"] - silence)
    return valued[~valued["opted_out"] & (valued["net_yuan"] > 0)]
    # END SOLUTION


# %% id="check_worthwhile"
lab.check("worthwhile")

# %% id="candidates"
scores["net_yuan"] = (
    scores["margin_yuan"] - scores["cost_yuan"] - terms["opt_out_yuan"] * scores["opt_out_probability"]
)
candidates = scores[~scores["opted_out"] & (scores["net_yuan"] > 0)].reset_index(drop=True)
# en: a very large file of your own is planned for a random part of its customers
# zh: 你自己的文件如果特别大，就随机抽取一部分客户来做计划
most = 200_000
if len(candidates) > most:
    lottery = pd.Series(lab.rng("lottery").random(n_customers), index=scores["customer_id"].unique())
    drawn = lottery.index[lottery <= lottery.quantile(most / len(candidates))]
    candidates = candidates[candidates["customer_id"].isin(drawn)].reset_index(drop=True)
    n_customers = len(drawn)
lab.fact(
    "candidates",
    (len(scores), len(candidates), n_customers),
    L(
        "Of {:,} possible contacts {:,} are allowed and pay; the plan is for {:,} customers.",
        "{:,} 种可能的接触中，允许且划算的有 {:,} 种；计划覆盖 {:,} 位客户。",
    ),
)

# %% [markdown] id="say_worthwhile" lang="en" tags=["instructor"]
# **5 min, with fatigue, of which 3 for the exercise.** The sentence to land: *a message for two fen costs half a yuan.*
# *Most of the room* forgets those who opted out; that is not a matter of profit but of law. Some subtract fatigue here
# and again "to be careful" in a lower cap. Short of time (saves 2 min): give the formula, let them find who must not be in it.

# %% [markdown] id="say_worthwhile" lang="zh" en_hash="e54c6898" tags=["instructor"]
# **5 分钟，含营销疲劳，其中练习 3 分钟。** 要让大家记住的一句话：*两分钱的推送，真实成本是半块钱。*
# *多数人*会忘记剔除已退订的客户；这不是利润问题，而是法律问题。还有人在这里扣了疲劳，又“为稳妥起见”把频次上限再压低一次。
# 时间不够时（省 2 分钟）：直接给出公式，只让大家找出谁不该在名单里。

# %% [markdown] id="greedy" lang="en"
# ## The list that everybody makes
#
# Sort, start at the top, take whatever still fits: the **greedy list**. December's departments sorted by response
# rate. A better desk sorts by net yuan. Both keep every rule, for each step looks at what is left. (Each step depends
# on those before it, so here a loop over the rows is what the method is.)

# %% [markdown] id="greedy" lang="zh" en_hash="1796100d"
# ## 人人都会做的名单
#
# 排序，从上往下，装得下就要：这就是**贪心名单**。12 月各部门是按响应率排的；好一点的做法是按净值排。
# 两种都不会违规，因为每一步都看剩余额度。（每一步都取决于前面各步，所以这里逐行循环正是方法本身。）


# %% id="greedy_list"
from collections import Counter


# en: down the rows in the order of `by`, best first; True for those that still fit
# zh: 按 `by` 从高到低逐行往下走；仍装得下的行为 True
def greedy_list(rows, customers, by):
    room = Counter((channels.set_index("channel")["capacity_per_1000"] * customers // 1_000).to_dict())
    money, told, offered = terms["budget_yuan"] * customers, Counter(), set()
    ordered = rows.loc[by.sort_values(ascending=False, kind="stable").index]
    taken = []
    parts = (ordered[name].tolist() for name in ("customer_id", "offer", "channel", "cost_yuan"))
    for row, customer, offer, channel, cost in zip(ordered.index, *parts, strict=True):
        by_call = channel == called
        full = told[customer] >= terms["contacts"] or (by_call and told[customer, called] >= terms["calls"])
        if full or (customer, offer) in offered or room[channel] < 1 or cost > money:
            continue
        taken.append(row)
        offered.add((customer, offer))
        told.update([customer, (customer, called)] if by_call else [customer])
        room[channel], money = room[channel] - 1, money - cost
    return rows.index.isin(taken)


likely = (
    candidates["response_probability"] if "response_probability" in candidates else candidates["margin_yuan"]
)
greedy_profit = {
    "response": candidates.loc[greedy_list(candidates, n_customers, likely), "net_yuan"].sum(),
    "net": candidates.loc[greedy_list(candidates, n_customers, candidates["net_yuan"]), "net_yuan"].sum(),
}
lab.fact(
    "greedy_profit",
    tuple(round(value, -2) for value in greedy_profit.values()),
    L(
        "January by response rate: about {:,.0f} yuan. By net yuan: about {:,.0f}.",
        "1 月按响应率排：约 {:,.0f} 元；按净值排：约 {:,.0f} 元。",
    ),
)

# %% [markdown] id="say_greedy" lang="en" tags=["instructor"]
# **3 min.** Ask: "Which is the better list, and is there a still better one? How would you know?" That last question
# is the reason for the rest of the lab. *Most of the room* believes that a sorted list is the best list.
# Short of time (saves 1 min): skip the code, keep the two numbers.

# %% [markdown] id="say_greedy" lang="zh" en_hash="d3af664d" tags=["instructor"]
# **3 分钟。** 问：“哪份名单更好？还有没有更好的？你怎么知道？”最后一问就是后面全部内容的理由。
# *多数人*认为排好序的名单就是最好的名单。时间不够时（省 1 分钟）：跳过代码，只讲两个数字。

# %% [markdown] id="programme" lang="en"
# ## The same wish, written as an integer programme
#
# One yes-or-no variable for each candidate contact $j$: $x_j \in \{0, 1\}$. Maximise what the chosen contacts bring,
#
# $$\max_x \sum_j v_j x_j \quad\text{subject to}\quad A x \le b,$$
#
# where $v_j$ is the net worth and every row of $A$ is one promise: one channel per offer and customer, two calls, three
# contacts, the capacity of each channel, the budget (Wolsey, *Integer Programming*, chapter 1).
# A promise to each customer is one row *per customer*. Here is the matrix of the first three customers.

# %% [markdown] id="programme" lang="zh" en_hash="40ec1bff"
# ## 同一个愿望，写成整数规划
#
# 每个候选接触 $j$ 对应一个“是或否”变量：$x_j \in \{0, 1\}$。让选中的接触带来的净值最大：
#
# $$\max_x \sum_j v_j x_j \quad\text{满足}\quad A x \le b$$
#
# 其中 $v_j$ 是净值，$A$ 的每一行是一条承诺：每位客户每种产品只走一个渠道、最多两通外呼、最多三次接触，
# 以及各渠道的承载量和总预算（Wolsey，《Integer Programming》，第 1 章）。
# 对每位客户的承诺，就是*每位客户一行*。下面是前三位客户的矩阵。

# %% id="at_most"
from scipy import sparse
from scipy.optimize import LinearConstraint, milp


# en: one constraint per group: the weights of the rows chosen in it add up to at most `limit`
# zh: 每组一条约束：组内选中各行的权重之和不超过 `limit`
def at_most(limit, group, weight):
    entries = np.asarray(weight, dtype=float), (pd.factorize(group)[0], np.arange(len(group)))
    return LinearConstraint(sparse.csr_array(entries), -np.inf, limit)


def one_channel(rows):
    return at_most(1, rows.groupby(["customer_id", "offer"]).ngroup(), np.ones(len(rows)))


def contact_cap(rows, contacts):
    return at_most(contacts, rows["customer_id"], np.ones(len(rows)))


# %% id="matrix_figure"
three = candidates[candidates["customer_id"].isin(candidates["customer_id"].unique()[:3])]
parts = (one_channel(three).A, contact_cap(three, 3).A, sparse.csr_array(three[["cost_yuan"]].T > 0))
figure, axes = plt.subplots(figsize=(8.2, 3.6))
top = 0
words = (
    L("one channel per offer", "每种产品一个渠道"),
    L("three contacts", "三次接触"),
    L("budget", "预算"),
)
for part, colour, word in zip(parts, (SKY, BLUE, ORANGE), words, strict=True):
    row, column = part.nonzero()
    axes.scatter(column, top + row, marker="s", s=52, color=colour)
    axes.text(len(three), top + (part.shape[0] - 1) / 2, word, va="center", color=colour, fontweight="bold")
    top += part.shape[0]
new_customer = np.flatnonzero(three["customer_id"].ne(three["customer_id"].shift()))[1:]
axes.vlines(new_customer - 0.5, -0.7, top - 0.3, color=GREY, linewidth=1, linestyle=":")
axes.set(ylim=(top - 0.3, -0.7), xlim=(-0.7, len(three) * 1.3), xticks=[], yticks=[])
axes.set_xlabel(L("Candidate contacts of three customers", "三位客户的候选接触"))
axes.set_ylabel(L("Promises", "承诺"))
axes.grid(visible=False)
axes.set_title(
    L(
        f"A column is a contact, a row a promise: {len(candidates):,} columns for the whole bank",
        f"一列是一次接触，一行是一条承诺：全行共 {len(candidates):,} 列",
    )
)
lab.show(
    figure,
    L(
        "Matrix of the constraints of three customers: a row for each offer, a row for each customer, one row for the budget.",
        "三位客户的约束矩阵：每位客户的每种产品一行，每位客户一行，预算一行。",
    ),
)

# %% [markdown] id="turn_call_cap" lang="en"
# ### Your turn: write the promise
#
# Build the cap on calls, for any table of candidate rows and any cap. `at_most(limit, group, weight)` does the
# bookkeeping; you decide what the **group** is and which rows **weigh** something (the channel of calls is `called`).

# %% [markdown] id="turn_call_cap" lang="zh" en_hash="aa38b69e"
# ### 轮到你了：写下承诺
#
# 为任意候选表和任意上限写出外呼次数的约束。`at_most(limit, group, weight)` 负责记账；
# **按什么分组**、哪些行**有权重**，由你决定（外呼的渠道名在 `called` 里）。


# %% id="call_cap" exercise="call_cap"
# en: a LinearConstraint: nobody is called more than `calls` times
# zh: 返回一个 LinearConstraint：任何人接到的外呼不超过 `calls` 次
def call_cap(rows, calls):
    # BEGIN SOLUTION
    return at_most(calls, rows["customer_id"], rows["channel"] == called)
    # END SOLUTION


# %% id="check_call_cap"
lab.check("call_cap")


# %% id="all_limits"
# en: every promise by name; `customers` share the budget and the channels
# zh: 全部承诺，按名称排列；预算和渠道由 `customers` 位客户共用
def all_limits(rows, customers, calls, contacts, budget_yuan):
    everybody = np.zeros(len(rows))
    limits = {
        "one channel per offer": one_channel(rows),
        "calls per customer": at_most(calls, rows["customer_id"], rows["channel"] == called),
        "contacts per customer": contact_cap(rows, contacts),
    }
    for channel in channels.itertuples():
        room = channel.capacity_per_1000 * customers // 1_000
        limits[f"capacity: {channel.channel}"] = at_most(room, everybody, rows["channel"] == channel.channel)
    limits["budget"] = at_most(budget_yuan * customers, everybody, rows["cost_yuan"])
    return limits


caps = {name: terms[name] for name in ("calls", "contacts", "budget_yuan")}


# %% [markdown] id="say_programme" lang="en" tags=["instructor"]
# **5 min, of which 3 for the exercise.** Point at the picture: "Where would the cap on calls go? How many rows, how
# many ones in each?" *Most of the room* writes one row for all customers together, which is the call centre's
# capacity, not the promise; or gives weight to every channel. Short of time (saves 2 min): leave the matrix on the screen and dictate.

# %% [markdown] id="say_programme" lang="zh" en_hash="9a1f741f" tags=["instructor"]
# **5 分钟，其中练习 3 分钟。** 指着图问：“外呼上限应该加在哪里？加几行？每行有几个 1？”*多数人*把所有客户写成一行，
# 那是外呼中心的承载量，不是承诺；也有人给所有渠道都加了权重。时间不够时（省 2 分钟）：把矩阵图留在屏幕上，直接口述。

# %% [markdown] id="turn_best_plan" lang="en"
# ### Your turn: solve it
#
# `scipy.optimize.milp` hands the programme to HiGHS (Huangfu and Hall 2018). Three things are yours to decide: it
# **minimises**, so what is `c`? Which variables must be whole numbers (`integrality`)? When is the plan good enough
# (`options={"mip_rel_gap": …}`; the desk wants it proven within a thousandth)? Add `"presolve": False`: for programmes
# of this shape the clean-up before the start takes longer than the solution.

# %% [markdown] id="turn_best_plan" lang="zh" en_hash="06d1a12b"
# ### 轮到你了：求解
#
# `scipy.optimize.milp` 会把规划交给求解器 HiGHS（Huangfu 与 Hall，2018）。有三件事由你决定：它做的是**最小化**，那么 `c` 应该是什么？
# 哪些变量必须取整数（`integrality`）？多好才算够好（`options={"mip_rel_gap": …}`；何静要求在千分之一以内得到证明）？
# 另请加上 `"presolve": False`：对这种形状的规划，求解前的“预处理”比求解本身还慢。


# %% id="best_plan" exercise="best_plan"
# en: which rows to choose (0 or 1 for each row), so that net_yuan is largest and every constraint is kept
# zh: 选哪些行（每行 0 或 1），使 net_yuan 之和最大，且不违反任何约束
def best_plan(rows, constraints):
    # BEGIN SOLUTION
    solution = milp(
        c=-rows["net_yuan"].to_numpy(),
        integrality=np.ones(len(rows)),
        constraints=constraints,
        options={"mip_rel_gap": 1e-3, "presolve": False},
    )
    return solution.x.round()
    # END SOLUTION


# %% id="check_best_plan"
lab.check("best_plan")

# %% [markdown] id="whole_bank" lang="en"
# Now the whole bank at once. This is the one slow cell of the lab: the solver decides on every candidate contact,
# all sharing one budget, and then *proves* that no other plan is better by more than the gap. For 20 000 customers, count to thirty.

# %% [markdown] id="whole_bank" lang="zh" en_hash="35959163"
# 现在一次解完全行。这是本实验唯一的慢单元格：求解器要对所有候选接触逐一定夺，而它们共用同一份预算；然后还要*证明*，其他任何计划最多只能好出“间隙”那么一点。
# 20 000 位客户的话，请数到三十。

# %% id="solve_bank"
solution = milp(
    c=-candidates["net_yuan"].to_numpy(),
    integrality=np.ones(len(candidates)),
    constraints=list(all_limits(candidates, n_customers, **caps).values()),
    options={"mip_rel_gap": 1e-3, "presolve": False},
)
plan = candidates[solution.x.round() == 1]
plan_profit = plan["net_yuan"].sum()

# %% id="breaches_now"
lab.fact(
    "plan",
    (len(plan), round(plan_profit, -2), solution.mip_gap <= 1e-3),
    L(
        "The plan has {:,} contacts and an expected profit of about {:,.0f} yuan. Proven within a thousandth: {}.",
        "计划共 {:,} 次接触，期望利润约 {:,.0f} 元。是否证明在千分之一以内：{}。",
    ),
)
calls_planned = plan[plan["channel"] == called].groupby("customer_id").size()
breaches = {
    "calls": (calls_planned > terms["calls"]).sum(),
    "contacts": (plan.groupby("customer_id").size() > terms["contacts"]).sum(),
    "offer twice": plan.duplicated(["customer_id", "offer"]).sum(),
    "opted out": plan["opted_out"].sum(),
}
lab.fact(
    "breaches_now",
    (sum(breaches.values()), 100 * plan["cost_yuan"].sum() / (terms["budget_yuan"] * n_customers)),
    L(
        "Broken promises in the new plan: {}. It spends {:.1f}% of the budget.",
        "新计划违背承诺 {} 次，用掉预算的 {:.1f}%。",
    ),
)

# %% id="greedy_loss_figure"
earned = pd.Series(
    {
        L("list by response rate", "按响应率排的名单"): greedy_profit["response"],
        L("list by net yuan", "按净值排的名单"): greedy_profit["net"],
        L("integer programme", "整数规划"): plan_profit,
    }
)
lost = earned.iloc[-1] - earned
figure, axes = plt.subplots(figsize=(7.8, 2.7))
bars = axes.barh(earned.index[::-1], earned[::-1] / 1_000, color=[BLUE, GREY, GREY], height=0.62)
axes.bar_label(bars, [f"{value:,.0f}" for value in earned[::-1] / 1_000], padding=4)
axes.set_xlabel(L("Expected profit of January, thousand yuan", "1 月期望利润（千元）"))
axes.grid(visible=False)
axes.margins(x=0.1)
shares_lost = (lost / earned.iloc[-1]).iloc[:2]
axes.set_title(
    L(
        f"The greedy list gives away {shares_lost.iloc[1]:.0%}, the one by response rate {shares_lost.iloc[0]:.0%}",
        f"按净值的贪心名单少赚 {shares_lost.iloc[1]:.0%}，按响应率的少赚 {shares_lost.iloc[0]:.0%}",
    )
)
lab.show(
    figure,
    L(
        f"Bars: expected profit of the list by response rate, the list by net yuan and the integer programme; the lists "
        f"fall short by {shares_lost.iloc[0]:.0%} and {shares_lost.iloc[1]:.0%}.",
        f"条形图：按响应率的名单、按净值的名单与整数规划的期望利润；两份名单分别少赚 {shares_lost.iloc[0]:.0%} 和 {shares_lost.iloc[1]:.0%}。",
    ),
)

# %% [markdown] id="say_solve" lang="en" tags=["instructor"]
# **5 min, of which 3 for the exercise.** Use the seconds of the slow cell: "What does the solver do that the list does
# not?" It gives the call to whom it adds most *over a push message*, not to whom it earns most. *Most of the room* forgets the
# minus sign; the check says so kindly. Short of time (saves 2 min): show the bars.

# %% [markdown] id="say_solve" lang="zh" en_hash="9b633e10" tags=["instructor"]
# **5 分钟，其中练习 3 分钟。** 趁慢单元格运行时问：“求解器做了什么名单做不到的事？”它把外呼给了*相对推送增加最多*的客户，
# 而不是赚得最多的客户。*多数人*会忘记负号；检查会友好地提醒。时间不够时（省 2 分钟）：只看条形图。

# %% [markdown] id="shadow" lang="en"
# ## What is one more worth?
#
# Allow fractions ($0 \le x_j \le 1$) and the programme becomes a linear one, the **relaxation**. Its optimum is a bound
# that no plan can beat, and each promise gets a **shadow price**: how much the optimum moves when the right-hand side $b_i$
# moves by one (Wolsey, chapter 2). We take one branch, a thousand customers with their share of everything; a second is enough.

# %% [markdown] id="shadow" lang="zh" en_hash="bcc2184f"
# ## 再多一个值多少？
#
# 允许取小数（$0 \le x_j \le 1$），整数规划就变成线性规划，称为**松弛**。它的最优值是任何计划都超不过的上界，
# 而且每条承诺都得到一个**影子价格**：右端 $b_i$ 变动一个单位时，最优值变动多少（Wolsey，第 2 章）。
# 我们取一家支行：一千位客户和他们相应的那份资源，一秒钟就够。

# %% id="branch"
from scipy.optimize import linprog

members = scores["customer_id"].unique()[:1_000]
branch = candidates[candidates["customer_id"].isin(members)].reset_index(drop=True)


# en: the relaxation of `rows` under `limits`: an optimum of scipy's linprog, one marginal per promise
# zh: `rows` 在 `limits` 下的松弛：scipy 的 linprog 最优解，每条承诺一个边际值
def relaxation(rows, limits):
    matrix = sparse.vstack([limit.A for limit in limits.values()])
    right_hand_side = np.concatenate(
        [np.broadcast_to(limit.ub, limit.A.shape[0]) for limit in limits.values()]
    )
    return linprog(-rows["net_yuan"], A_ub=matrix, b_ub=right_hand_side, bounds=(0, 1), method="highs")


branch_limits = all_limits(branch, len(members), **caps)
relaxed = relaxation(branch, branch_limits)
names = [name for name, limit in branch_limits.items() for _ in range(limit.A.shape[0])]
marginals = pd.Series(relaxed.ineqlin.marginals, index=names)
lab.fact(
    "branch",
    (len(members), -relaxed.fun),
    L(
        "One branch: {:,} customers, at most {:,.0f} yuan in January.",
        "一家支行：{:,} 位客户，1 月最多 {:,.0f} 元。",
    ),
)

# %% [markdown] id="turn_price" lang="en"
# ### Your turn: the price of one more call
#
# The call centre could take **one more call** this month; caps and budget stay. How many yuan more would the best plan
# of the branch bring? Read it off `marginals` (one entry per promise, under its name). Mind what `linprog` was asked to do.

# %% [markdown] id="turn_price" lang="zh" en_hash="2128e321"
# ### 轮到你了：多一通外呼的价格
#
# 如果外呼中心本月能**多打一通**，频次上限和预算不变，这家支行的最佳计划能多赚多少元？
# 从 `marginals` 中读出来（每条承诺一项，按名称）。注意 `linprog` 做的是什么。

# %% id="price_of_a_call" exercise="price_of_a_call"
# en: yuan of expected profit that one more call of capacity adds
# zh: 外呼承载量多一通，期望利润增加的元数
price_of_a_call = -marginals[f"capacity: {called}"]  # SOLUTION

# %% id="check_price_of_a_call"
lab.check("price_of_a_call")


# %% id="branch_profit"
# en: the bound on the branch's profit under other terms
# zh: 换一组条件时，这家支行利润的上界
def branch_profit(
    calls=terms["calls"], contacts=terms["contacts"], budget_yuan=terms["budget_yuan"], more_calls=0
):
    limits = all_limits(branch, len(members), calls, contacts, budget_yuan)
    of_calls = limits[f"capacity: {called}"]
    limits[f"capacity: {called}"] = LinearConstraint(of_calls.A, -np.inf, of_calls.ub + more_calls)
    return -relaxation(branch, limits).fun


room = float(np.max(branch_limits[f"capacity: {called}"].ub))
by_room = pd.Series(
    {share: branch_profit(more_calls=(share - 1) * room) for share in np.arange(0.0, 2.01, 0.25)}
)
slope = -marginals[f"capacity: {called}"]
cost_of_call = channels.set_index("channel")["cost_yuan"][called]
affordable = min(terms["budget_yuan"] * len(members) / max(cost_of_call, 0.01), 2 * room)

# %% id="price_figure"
figure, axes = plt.subplots(figsize=(7.2, 3.7))
axes.plot(room * by_room.index, by_room / 1_000, color=BLUE, marker="o")
reach = np.array([-0.35, 0.7]) * room
axes.plot(room + reach, (by_room[1.0] + slope * reach) / 1_000, color=RED, linewidth=1.4)
axes.plot(room, by_room[1.0] / 1_000, "o", color=RED, markersize=8)
axes.text(
    affordable + 0.02 * room,
    0.82 * by_room[1.0] / 1_000,
    L(f"today: slope {slope:.0f} yuan per call", f"今天：斜率为每通 {slope:.0f} 元"),
    color=RED,
)
axes.set_ylim(bottom=0)
axes.set(
    xlabel=L("Calls that the branch can make in the month", "支行当月可打的外呼数"),
    ylabel=L("Profit, thousand yuan", "利润（千元）"),
)
axes.axvline(affordable, color=GREY, linewidth=1.2, linestyle=":")
axes.text(
    affordable + 0.02 * room,
    1.5,
    L("from here on the budget\nis the bottleneck", "从这里起，\n瓶颈变成预算"),
    color=GREY,
    va="bottom",
)
later = (by_room[1.5] - by_room[1.25]) / (0.25 * room)
axes.set_title(
    L(
        f"The next call is worth {slope:.0f} yuan; with a quarter more capacity, only {later:.0f}",
        f"下一通外呼值 {slope:.0f} 元；承载量多出四分之一之后，只值 {later:.0f} 元",
    )
)
lab.show(
    figure,
    L(
        f"The branch's profit against its capacity of calls: rising, then flat where the budget is used up; "
        f"today's slope is {slope:.0f} yuan per call.",
        f"支行利润随外呼承载量的变化：先上升，预算用尽后变平；今天的斜率为每通 {slope:.0f} 元。",
    ),
)

# %% id="other_prices"
promise = branch_profit(calls=scores["offer"].nunique()) - branch_profit()
lab.fact(
    "other_prices",
    (-marginals["budget"], promise, promise / branch_profit()),
    L(
        "One more yuan of budget brings {:.2f} yuan on top of itself. The promise of at most two calls costs the branch "
        "{:.0f} yuan a month, {:.1%} of its profit.",
        "多一元预算，除收回自身外再带来 {:.2f} 元。“最多两通外呼”这条承诺每月让支行少赚 {:.0f} 元，占利润的 {:.1%}。",
    ),
)

# %% [markdown] id="say_price" lang="en" tags=["instructor"]
# **5 min, of which 2 for the exercise.** Let them say the unit aloud: *yuan of profit per call of capacity, budget unchanged.*
# *Most of the room* reads the average (profit of all calls by their number); the red tangent is the answer. Then ask what the
# promise costs: hardly anything. The call centre is the bottleneck, not the promise; beyond the dotted line, the budget.
# Short of time (saves 2 min): figure only.

# %% [markdown] id="say_price" lang="zh" en_hash="bc671833" tags=["instructor"]
# **5 分钟，其中练习 2 分钟。** 让大家把单位念出来：*预算不变时，每多一通承载量带来的利润元数*。
# *多数人*会算成平均值（外呼总利润除以通数）；答案是那条红色切线。再问承诺本身值多少：几乎不要钱。瓶颈是外呼中心，不是承诺；过了虚线，
# 瓶颈就是预算。时间不够时（省 2 分钟）：只看图。

# %% [markdown] id="prices" lang="en"
# ## A second opinion: let prices decide
#
# Can a solver be trusted? Prove its plan by another route. Abolish the budget and the capacities, and let every
# customer *pay* for what they use: $\lambda_c$ per contact through channel $c$ and $\mu$ per yuan. Each customer then plans alone,
# in a blink, and for **any** prices no plan of the bank can earn more than
#
# $$D(\lambda, \mu) = \lambda \cdot \text{capacity} + \mu \cdot \text{budget} + \sum_i \max_{x_i} \sum_{j \in i} (v_j - \lambda_{c(j)} - \mu\, k_j)\, x_j$$
#
# with $k_j$ the cost of contact $j$ (Everett 1963; Fisher 1981; Wolsey, chapter 10). We look for the prices that make this bound smallest.

# %% [markdown] id="prices" lang="zh" en_hash="df64c740"
# ## 第二意见：让价格说话
#
# 求解器可信吗？换一条路来证明。取消预算和承载量的限制，让每位客户为自己的占用*付费*：走渠道 $c$ 每次付 $\lambda_c$，每花一元付 $\mu$。
# 这样每位客户各算各的，眨眼就完；而且对**任何**一组价格，全行的任何计划都不可能赚得超过
#
# $$D(\lambda, \mu) = \lambda \cdot \text{capacity} + \mu \cdot \text{budget} + \sum_i \max_{x_i} \sum_{j \in i} (v_j - \lambda_{c(j)} - \mu\, k_j)\, x_j$$
#
# 其中 $k_j$ 是接触 $j$ 的成本（Everett，1963；Fisher，1981；Wolsey，第 10 章）。我们来找让这个上界最小的价格。

# %% id="bound"
kinds = channels["channel"].tolist()
unit_cost = channels["cost_yuan"].to_numpy()
is_call = np.array([kind == called for kind in kinds])


# en: array of customers × offers × channels; what cannot be chosen is worth minus infinity
# zh: 客户 × 产品 × 渠道的数组；不能选的记为负无穷
def as_cube(rows, worth):
    customer, offer = pd.factorize(rows["customer_id"])[0], pd.factorize(rows["offer"])[0]
    channel = rows["channel"].map(kinds.index).to_numpy()
    cube = np.full((customer.max() + 1, offer.max() + 1, len(kinds)), -np.inf)
    cube[customer, offer, channel] = worth
    return cube


# en: the bound at these prices: the best of each customer by dynamic programming over the offers
# zh: 给定价格下的上界：逐个产品做动态规划，得到每位客户的最优
def bound(prices, cube, available, calls, contacts):
    left = cube - prices[:-1] - prices[-1] * unit_cost
    best = np.zeros((contacts + 1, calls + 1, len(cube)))
    for offer in range(cube.shape[1]):
        by_call = left[:, offer, is_call].max(axis=1, initial=-np.inf)
        otherwise = left[:, offer, ~is_call].max(axis=1, initial=-np.inf)
        more = best.copy()
        more[1:] = np.maximum(more[1:], best[:-1] + otherwise)
        more[1:, 1:] = np.maximum(more[1:, 1:], best[:-1, :-1] + by_call)
        best = more
    return best[-1, -1].sum() + prices @ available


# %% id="best_prices"
from scipy.optimize import minimize

capacity = channels["capacity_per_1000"].to_numpy() * n_customers // 1_000


# en: the smallest bound, and the prices that give it; a hundred bounds take about a second
# zh: 最小的上界，以及达到它的价格；算一百个上界约需一秒
def lowest_bound(cube, capacity, budget, calls=terms["calls"], contacts=terms["contacts"]):
    available = np.r_[capacity, budget].astype(float)
    found = minimize(
        lambda prices: bound(prices, cube, available, calls, contacts) / len(cube),
        x0=np.ones(len(available)),
        bounds=[(0, None)] * len(available),
        method="L-BFGS-B",
    )
    return found.fun * len(cube), found.x


cube = as_cube(candidates, candidates["net_yuan"])
budget = terms["budget_yuan"] * n_customers
ceiling, prices = lowest_bound(cube, capacity, budget)
gap = 1 - plan_profit / ceiling
call_price = prices[:-1][is_call][0]
lab.fact(
    "second_opinion",
    (round(ceiling, -2), gap <= 1e-3, call_price, prices[-1]),
    L(
        "No plan can earn more than about {:,.0f} yuan. Is ours within a thousandth of that? {}. "
        "Prices: {:.0f} yuan for a call, {:.1f} for a yuan of budget.",
        "任何计划都不可能超过约 {:,.0f} 元。我们的计划是否在千分之一以内？{}。价格：一通外呼 {:.0f} 元，一元预算 {:.1f} 元。",
    ),
)

# %% id="bound_figure"
grid = np.linspace(0, 2.2 * max(prices[-1], 0.1), 23)
available = np.r_[capacity, budget].astype(float)
bounds_on_grid = [
    bound(np.r_[prices[:-1], price], cube, available, terms["calls"], terms["contacts"]) for price in grid
]
figure, axes = plt.subplots(figsize=(7.2, 3.6))
axes.plot(grid, np.array(bounds_on_grid) / 1_000, color=BLUE)
axes.axhline(plan_profit / 1_000, color=RED, linewidth=1.6)
axes.plot(prices[-1], ceiling / 1_000, "o", color=BLUE, markersize=8)
beside = {"textcoords": "offset points", "va": "bottom"}
axes.annotate(
    L("bound at this price", "该价格下的上界"),
    (grid[2], bounds_on_grid[2] / 1_000),
    (10, 4),
    color=BLUE,
    **beside,
)
axes.annotate(L("our plan", "我们的计划"), (grid[0], plan_profit / 1_000), (4, -16), color=RED, **beside)
axes.margins(y=0.12)
axes.set(
    xlabel=L("Price of one yuan of budget, yuan", "一元预算的价格（元）"),
    ylabel=L("January profit, thousand yuan", "1 月利润（千元）"),
)
axes.set_title(
    L(
        "Any price is a ceiling; the right one touches our plan",
        "任何价格都是天花板；选对价格，正好碰到我们的计划",
    )
)
lab.show(
    figure,
    L(
        f"The bound against the price of a yuan: it falls, touches our plan near {prices[-1]:.1f}, and rises again.",
        f"上界随预算价格的变化：先下降，在 {prices[-1]:.1f} 附近碰到我们的计划，然后回升。",
    ),
)

# %% id="priced_list"
unit_price = pd.Series(prices[:-1] + prices[-1] * unit_cost, index=kinds)
priced = candidates["net_yuan"] - candidates["channel"].map(unit_price)
priced_profit = candidates.loc[greedy_list(candidates, n_customers, priced), "net_yuan"].sum()
lab.fact(
    "priced_list",
    (1 - greedy_profit["net"] / ceiling, 1 - priced_profit / ceiling),
    L(
        "The greedy list fell {:.1%} short of the ceiling. The same list, sorted by net yuan *less these prices*: {:.2%}.",
        "贪心名单比天花板低 {:.1%}。同样的名单，按净值*减去这些价格*来排，只低 {:.2%}。",
    ),
)

# %% [markdown] id="say_prices" lang="en" tags=["instructor"]
# **3 min.** The one idea to take home: *a price lets a thousand people plan alone and still keep one budget.* Greedy was not the culprit;
# it sorted by a number that knew nothing of what a call takes away from others. *Most of the room* asks why one needs a solver then:
# because the bound proves, and because rules get more complicated than four. Short of time (saves 1 min): figure and last fact.

# %% [markdown] id="say_prices" lang="zh" en_hash="21cd3c36" tags=["instructor"]
# **3 分钟。** 只带走一个想法：*有了价格，一千个人各算各的，照样守得住同一份预算。*
# 错不在贪心，而在排序用的那个数：它不知道一通外呼从别人那里拿走了什么。*多数人*会问那还要求解器干什么：
# 因为上界是证明，也因为真实规则远不止四条。时间不够时（省 1 分钟）：只看图和最后一句。

# %% [markdown] id="panel" lang="en"
# ## Turn the knob
#
# Move the caps and the budget. Two questions that only playing answers: **1.** The cap on calls goes from none at all to
# one, to two, to three: which step brings money, and which is nearly free to give up? **2.** At which budget does
# another yuan bring nothing any more, and does a looser cap on contacts move that point?

# %% [markdown] id="panel" lang="zh" en_hash="fca86c58"
# ## 转一转旋钮
#
# 移动频次上限和预算。有两个问题，只有动手才能回答：**1.** 外呼上限从零到一、到二、到三：哪一步真正带来钱，哪一步放弃了也几乎没损失？
# **2.** 预算加到多少，再多一元就不再带来任何利润？放宽接触上限，这个点会移动吗？

# %% id="play"
from labkit.live import Slider

# en: the curve of today's caps, once; each move of a knob then solves one programme, whose price of the budget is the slope
# zh: 现行上限的曲线只算一次；之后每动一下旋钮只解一个规划，预算的价格就是斜率
today = pd.Series({each: branch_profit(budget_yuan=each) for each in (0.25, 0.5, 1.0, 1.5, 2.05, 2.5, 3.0)})
nearby = np.array([-0.3, 0.3])


def draw(calls, contacts, budget_yuan):
    solved = relaxation(branch, all_limits(branch, len(members), calls, contacts, budget_yuan))
    here, next_yuan = -solved.fun, -solved.ineqlin.marginals[-1]
    figure, axes = plt.subplots(figsize=(7.2, 3.6))
    axes.plot(today.index, today / 1_000, color=GREY, marker="o")
    name = L("caps of today", "现行上限")
    axes.text(today.index[0] + 0.1, today.iloc[0] / 1_000, name, color=GREY, va="top")
    tangent = (here + next_yuan * len(members) * nearby) / 1_000
    axes.plot(budget_yuan + nearby, tangent, color=RED, linewidth=1.6)
    axes.plot(budget_yuan, here / 1_000, "o", color=RED, markersize=9)
    axes.set(xlim=(0, 3.4), ylim=(0, 1.25 * max(today.max(), here) / 1_000))
    axes.set(
        xlabel=L("Budget per customer, yuan a month", "人均预算（元/月）"),
        ylabel=L("Profit of the branch, thousand yuan", "支行利润（千元）"),
    )
    axes.set_title(
        L(
            f"{calls} calls, {contacts} contacts at most: {here / 1_000:,.1f} thousand yuan",
            f"最多 {calls} 通外呼、{contacts} 次接触：{here / 1_000:,.1f} 千元",
        )
    )
    sentence = L(
        f"At {budget_yuan:.2f} yuan per customer the branch earns {here:,.0f} yuan; one more yuan brings "
        f"{next_yuan:.2f} on top of itself.",
        f"人均预算 {budget_yuan:.2f} 元时，支行赚 {here:,.0f} 元；再加一元，除收回自身外带来 {next_yuan:.2f} 元。",
    )
    return figure, sentence


lab.panel(
    draw,
    calls=Slider(L("Calls per customer", "每位客户外呼上限"), 0, 4, 1, 2),
    contacts=Slider(L("Contacts per customer", "每位客户接触上限"), 1, 4, 1, 3),
    budget_yuan=Slider(L("Budget per customer, yuan", "人均预算（元）"), 0.25, 3.0, 0.05, 2.05),
)

# %% [markdown] id="tradeoff" lang="en"
# ## The curve that the board should see
#
# A contact is priced with what *December* did. The plan's own second and third contact tire people further, which
# no price per row can know: that is what the **cap on contacts** is for. So count both, for every cap from one to
# four: what the contacts earn (margin less their cost), and how many of a thousand customers opt out.

# %% [markdown] id="tradeoff" lang="zh" en_hash="149c02d3"
# ## 该给管理层看的曲线
#
# 每次接触的定价只反映 *12 月*的打扰。计划自己安排的第二次、第三次接触会让人更疲劳，这是逐行定价算不到的：
# **接触上限**管的就是这件事。所以对每个上限（一到四次）都算两个数：接触赚了多少（毛利减接触成本），一千位客户中有多少位退订。


# %% id="tradeoff_table"
# en: opt-outs with the plan's own contacts counted: each one tires for those that follow
# zh: 把计划自身的接触也算进去的退订数：每一次都会让后面的更疲劳
def opt_outs(chosen, each_more):
    earlier = chosen.groupby("customer_id").cumcount()
    odds = chosen["opt_out_probability"] / (1 - chosen["opt_out_probability"]) * np.exp(each_more * earlier)
    return (odds / (1 + odds)).sum()


def planned(contacts):
    limits = list(all_limits(branch, len(members), terms["calls"], contacts, terms["budget_yuan"]).values())
    settings = {"mip_rel_gap": 1e-3, "presolve": False}
    found = milp(
        -branch["net_yuan"].to_numpy(), integrality=np.ones(len(branch)), constraints=limits, options=settings
    )
    return branch[found.x.round() == 1].sort_values("cost_yuan", kind="stable")


if scores["opt_out_probability"].any():
    plans = {contacts: planned(contacts) for contacts in range(1, scores["offer"].nunique() + 1)}
    tradeoff = pd.DataFrame(
        {
            "earned_yuan": {
                cap: (rows["margin_yuan"] - rows["cost_yuan"]).sum() for cap, rows in plans.items()
            },
            "opt_outs": {cap: opt_outs(rows, each_more) for cap, rows in plans.items()},
        }
    ).rename_axis("contacts")
    tradeoff["profit_yuan"] = tradeoff["earned_yuan"] - terms["opt_out_yuan"] * tradeoff["opt_outs"]
else:
    tradeoff = pd.DataFrame(columns=["earned_yuan", "opt_outs", "profit_yuan"])
tradeoff.assign(
    earned_yuan=tradeoff["earned_yuan"].astype(float).round(-1),
    opt_outs=tradeoff["opt_outs"].astype(float).round(1),
    profit_yuan=tradeoff["profit_yuan"].astype(float).round(-1),
)

# %% [markdown] id="turn_kept" lang="en"
# ### Your turn: the price of keeping a customer
#
# Tighten the cap from `loose` to `tight`: some earnings go, some customers stay. How many yuan are **given up for each
# customer kept**? Write it for any such table. (Where an opted-out customer costs the bank more than this, the tighter
# cap pays.)

# %% [markdown] id="turn_kept" lang="zh" en_hash="36173679"
# ### 轮到你了：留住一位客户的价格
#
# 把接触上限从 `loose` 收紧到 `tight`：收益少了一些，留下的客户多了一些。**每多留住一位客户，放弃了多少元？**
# 请写成对任何这类表都适用的函数。（如果一位客户退订给银行造成的损失高于这个数，收紧上限就划算。）


# %% id="price_per_customer_kept" exercise="price_per_customer_kept"
# en: yuan of earnings given up for each opt-out avoided, when the cap goes from `loose` to `tight`
# zh: 上限从 `loose` 收紧到 `tight` 时，每避免一次退订所放弃的收益（元）
def price_per_customer_kept(tradeoff, loose, tight):
    # BEGIN SOLUTION
    given_up = tradeoff.loc[loose, "earned_yuan"] - tradeoff.loc[tight, "earned_yuan"]
    kept = tradeoff.loc[loose, "opt_outs"] - tradeoff.loc[tight, "opt_outs"]
    return given_up / kept
    # END SOLUTION


# %% id="check_price_per_customer_kept"
lab.check("price_per_customer_kept")

# %% id="tradeoff_figure"
if len(tradeoff) >= 4:
    steps = tradeoff.diff()
    price_of_step = steps["earned_yuan"] / steps["opt_outs"]
    figure, axes = plt.subplots(figsize=(7.4, 3.8))
    axes.plot(tradeoff["opt_outs"], tradeoff["earned_yuan"] / 1_000, color=BLUE, marker="o")
    for cap, row in tradeoff.iterrows():
        at = (row["opt_outs"], row["earned_yuan"] / 1_000)
        axes.annotate(
            L(f"cap {cap}", f"上限 {cap} 次"), at, (0, 9), textcoords="offset points", ha="right", color=BLUE
        )
        if cap > 1:
            middle = tradeoff.loc[cap - 1 : cap].mean()
            word = L(f"{price_of_step[cap]:,.0f} yuan each", f"每位 {price_of_step[cap]:,.0f} 元")
            at = (middle["opt_outs"], middle["earned_yuan"] / 1_000)
            axes.annotate(word, at, (8, -14), textcoords="offset points", color=RED)
    axes.margins(x=0.14, y=0.14)
    axes.set(
        xlabel=L("Customers of the branch who opt out in January", "1 月支行的退订客户数"),
        ylabel=L("Earned, thousand yuan", "收益（千元）"),
    )
    axes.set_title(
        L(
            f"The second contact earns {price_of_step[2]:,.0f} yuan per customer silenced, the fourth {price_of_step[4]:,.0f}",
            f"每赔上一位退订客户：第二次接触换来 {price_of_step[2]:,.0f} 元，第四次只换来 {price_of_step[4]:,.0f} 元",
        )
    )
    lab.show(
        figure,
        L(
            "Trade-off curve: earnings against opt-outs for caps of one to four contacts; each step is flatter than the one before.",
            "权衡曲线：接触上限从一次到四次时的收益与退订数；每一步都比前一步更平。",
        ),
    )
    lab.fact(
        "implied_price",
        (price_of_step[4], terms["opt_out_yuan"]),
        L(
            "A cap of three instead of four pays if losing a customer costs more than {:.0f} yuan; the terms say {}. "
            "Where the two do not agree, either the cap or the term needs a second look.",
            "如果失去一位客户的损失高于 {:.0f} 元，上限三次就比四次划算；而业务条件写的是 {} 元。两者对不上时，上限和这个条件总有一个要再想想。",
        ),
    )

# %% [markdown] id="say_tradeoff" lang="en" tags=["instructor"]
# **4 min, of which 2 for the exercise.** The panel goes home. Put the guesses from the beginning beside the red numbers: whoever
# thinks an opt-out costs more than the last one should vote for the cap of three. *Most of the room* divides the *profit*, from
# which opt-outs have been subtracted already: fatigue counted twice. Short of time (saves 2 min): vote on the figure.

# %% [markdown] id="say_tradeoff" lang="zh" en_hash="62386acc" tags=["instructor"]
# **4 分钟，其中练习 2 分钟。** 旋钮留作课后。把开头的猜测写到红色数字旁边：谁认为一次退订的损失高于最后那个数，谁就该投票给“上限三次”。
# *多数人*拿已经扣过退订损失的*利润*来除：疲劳算了两遍。时间不够时（省 2 分钟）：看图投票。

# %% [markdown] id="truth" lang="en"
# ## The truth
#
# Lighthouse Bank is synthetic, so its fatigue is on file. What did the regression find? And a second test of honesty:
# an optimiser picks where a score is high, also where it is high *by mistake* (the optimizer's curse, Smith and Winkler 2006).
# Did the chosen combinations, where they happened to be tried in 2025, sell as often as their scores say?

# %% [markdown] id="truth" lang="zh" en_hash="3ac5b21d"
# ## 真相
#
# 灯塔银行是虚拟的，它的疲劳参数有案可查。回归找到了什么？还有一个诚实性检验：优化器专挑评分高的，
# 其中也有*误打误撞*高的（优化者的诅咒，Smith 与 Winkler，2006）。计划选中的组合，凡是 2025 年碰巧试过的，成交是否和评分说的一样多？

# %% id="planted"
planted = lab.truth("fatigue_truth")

# %% id="found"
interval = fatigue.conf_int().set_axis(["low", "high"], axis=1)
found = planted.set_index("parameter").join(
    interval.assign(found=fatigue.params).rename(index={"const": "constant"})
)
compared = found.dropna().drop(index="constant")
inside = compared["log_odds"].between(compared["low"], compared["high"])

# %% id="truth_figure"
called_names = {
    "contacts_30d": L("each contact in the 30 days before", "此前 30 天内每多一次接触"),
    "channel_sms": L("SMS instead of a push message", "短信（与推送相比）"),
    "channel_call": L("call instead of a push message", "外呼（与推送相比）"),
}
shown = compared.rename(index=called_names)[::-1]
figure, axes = plt.subplots(figsize=(7.6, 2.6))
axes.hlines(shown.index, shown["low"], shown["high"], color=BLUE, linewidth=3)
axes.plot(shown["found"], shown.index, "o", color=BLUE)
axes.plot(
    shown["log_odds"], shown.index, "D", color=RED, markersize=7, markerfacecolor="none", markeredgewidth=1.8
)
axes.text(shown["high"].iloc[0] + 0.03, -0.05, L("found, 95%", "找到的（95%）"), color=BLUE, va="bottom")
axes.text(shown["high"].iloc[0] + 0.03, -0.1, L("planted", "预埋的"), color=RED, va="top")
axes.set_xlim(left=min(0, shown["low"].min() - 0.05), right=shown["high"].max() * 1.35)
axes.set_ylim(-0.7, 2.5)
axes.set_xlabel(L("Adds to the log-odds of opting out", "对退订对数几率的影响"))
axes.set_title(
    L(
        f"Fatigue planted {planted['log_odds'].iloc[1]:.2f}, found {each_more:.2f}",
        f"营销疲劳：预埋 {planted['log_odds'].iloc[1]:.2f}，找到 {each_more:.2f}",
    )
)
lab.show(
    figure,
    L(
        f"Planted and found log-odds of three parameters; {inside.sum()} of {len(inside)} lie inside their 95% interval.",
        f"三个参数的预埋值与估计值；{len(inside)} 个中有 {inside.sum()} 个落在 95% 区间内。",
    ),
)

# %% id="curse"
if history_fits and "response_probability" in plan:
    tried = history[history["outcome"] != "opted_out"].astype({"offer": str, "channel": str})
    tried = tried.merge(plan[["customer_id", "offer", "channel", "response_probability"]])
    sold, promised = (tried["outcome"] == "bought").sum(), tried["response_probability"].sum()
    spread = 1.64 / np.sqrt(max(sold, 1))
    lab.fact(
        "curse",
        (len(tried), sold, promised, sold / promised * (1 - spread), sold / promised * (1 + spread)),
        L(
            "Combinations of the plan that were tried in 2025: {:,} contacts, {:,} sales where the scores promised {:,.0f}. "
            "Sales per promised sale: {:.2f} to {:.2f} (90%).",
            "计划中的组合在 2025 年试过 {:,} 次，成交 {:,} 次，评分预期 {:,.0f} 次。实际与预期之比：{:.2f} 至 {:.2f}（90%）。",
        ),
    )

# %% [markdown] id="not_found" lang="en"
# What nobody could have found: one planted driver of opting out, how well the relation to the bank stands, is in no
# table. It decides *who* is lost after the same number of contacts. The plan's numbers of opt-outs are right on average and
# wrong for every single person.

# %% [markdown] id="not_found" lang="zh" en_hash="27def3d3"
# 谁也找不到的：预埋的退订驱动因素中，有一个是客户与银行的关系好坏，它不在任何一张表里。接触次数相同，究竟失去*谁*，由它决定。
# 计划给出的退订数，平均而言是对的，对每一个人来说都是错的。

# %% [markdown] id="so_what" lang="en"
# ## So what
#
# He Jing gets the plan, the price of one more call, and one page with the curve. How far can she trust the yuan? Chance first:
# each purchase and each opt-out happens or not. Then the assumptions she signed for, one at a time, with a new best plan for each.

# %% [markdown] id="so_what" lang="zh" en_hash="397be13a"
# ## 所以呢
#
# 何静拿到三样东西：计划、多一通外呼的价格，以及那张曲线图。这些钱数有多可信？先看偶然：每笔成交、每次退订都可能发生，也可能不发生。
# 再看她签字负责的假设，一次只动一个，每次都重新求最优。

# %% id="chance"
# en: what the plan's own second and third contacts add to opting out is paid as well
# zh: 计划自身的第二、第三次接触额外造成的退订，也要付账
if plan["opt_out_probability"].any():
    tiring = (
        opt_outs(plan.sort_values("cost_yuan", kind="stable"), each_more) - plan["opt_out_probability"].sum()
    )
else:
    tiring = 0.0
expected = plan_profit - terms["opt_out_yuan"] * tiring
if "response_probability" in plan:
    chance = plan[plan["response_probability"] > 0]
    p, q = chance["response_probability"], chance["opt_out_probability"]
    variance = (1 - p) / p * chance["margin_yuan"] ** 2 + q * (1 - q) * terms["opt_out_yuan"] ** 2
    # en: the margin of one sale is margin_yuan / p, and the variance of its chance is p (1 - p)
    # zh: 一笔成交的毛利是 margin_yuan / p，其发生与否的方差是 p (1 - p)
    low, high = (expected + np.array([-1.64, 1.64]) * np.sqrt(variance.sum())).round(-3)

# %% id="assumptions"
# en: eight best plans by prices; they take a few seconds
# zh: 用价格法求八个最优计划，需要几秒钟
planned_for = scores[scores["customer_id"].isin(candidates["customer_id"].unique())]
planned_for = planned_for[~planned_for["opted_out"]]
margin, risk = (as_cube(planned_for, planned_for[name]) for name in ("margin_yuan", "opt_out_probability"))
risk = np.where(np.isfinite(risk), risk, 0.0)


def best_profit(opt_out_yuan=terms["opt_out_yuan"], budget_share=1.0, call_share=1.0, response=1.0):
    worth = response * margin - unit_cost - opt_out_yuan * risk
    return lowest_bound(worth, capacity * np.where(is_call, call_share, 1.0), budget * budget_share)[0]


believed = pd.DataFrame(
    {
        "response": [L("response rates", "响应率"), 0.9, 1.1],
        "opt_out_yuan": [L("cost of an opt-out, yuan", "一次退订的损失（元）"), 120, 30],
        "call_share": [L("capacity of calls", "外呼承载量"), 0.8, 1.2],
        "budget_share": [L("budget", "预算"), 0.8, 1.2],
    },
    index=["name", "lowest", "highest"],
).T
for end in ("lowest", "highest"):
    believed[f"profit_{end}"] = [best_profit(**{term: value}) for term, value in believed[end].items()]
believed["span"] = (believed["profit_highest"] - believed["profit_lowest"]).abs()
believed = believed.sort_values("span")

# %% id="assumptions_figure"
figure, axes = plt.subplots(figsize=(7.6, 3.2))
for end, colour in (("lowest", ORANGE), ("highest", BLUE)):
    change = (believed[f"profit_{end}"] - ceiling) / 1_000
    bars = axes.barh(believed["name"], change, left=ceiling / 1_000, color=colour, height=0.6)
    axes.bar_label(
        bars,
        [f"{value:g}" if value > 2 else f"{value:.0%}" for value in believed[end]],
        padding=4,
        color=colour,
    )
axes.axvline(ceiling / 1_000, color="black", linewidth=1)
axes.margins(x=0.14)
axes.grid(visible=False)
axes.set_xlabel(L("Best profit of January, thousand yuan", "1 月最优利润（千元）"))
widest = believed.iloc[-1]
axes.set_title(
    L(
        f"Most depends on: {widest['name']}",
        f"最要紧的是：{widest['name']}",
    )
)
lab.show(
    figure,
    L(
        "Tornado chart: the best profit at the lowest and the highest believable value of each assumption; "
        f"widest for: {widest['name']}.",
        f"龙卷风图：各假设取可信的最低值和最高值时的最优利润；跨度最大的是：{widest['name']}。",
    ),
)

# %% id="decision"
lab.fact(
    "decision",
    (len(plan), (plan["channel"] == called).sum(), round(expected, -3)),
    L(
        "Send {:,} contacts, {:,} of them calls: about {:,.0f} yuan in January, the plan's own fatigue paid for.",
        "安排 {:,} 次接触，其中外呼 {:,} 通：1 月约 {:,.0f} 元（已扣除计划自身造成的疲劳）。",
    ),
)
if "response_probability" in plan:
    lab.fact(
        "interval",
        (low, high),
        L(
            "Nine times in ten it ends between {:,.0f} and {:,.0f} yuan.",
            "十次中有九次落在 {:,.0f} 与 {:,.0f} 元之间。",
        ),
    )
lab.fact(
    "gain",
    (round(plan_profit - greedy_profit["net"], -2), round(plan_profit - greedy_profit["response"], -2)),
    L(
        "Against the list by net yuan the plan gains about {:,.0f} yuan a month; against December's way, by response rate, {:,.0f}.",
        "与按净值排的名单相比，每月多赚约 {:,.0f} 元；与 12 月按响应率排的做法相比，多赚 {:,.0f} 元。",
    ),
)
lab.fact(
    "more_calls",
    (call_price, prices[-1]),
    L(
        "Ask for more call capacity as long as a slot costs less than {:.0f} yuan beyond the price list, and for more "
        "budget as long as money elsewhere brings less than {:.1f} yuan per yuan.",
        "只要一个外呼名额在价目表之外的花费低于 {:.0f} 元，就去申请；只要别处一元钱带来的净收益不到 {:.1f} 元，就申请追加预算。",
    ),
)

# %% [markdown] id="care" lang="en"
# Before the first message goes out:
#
# * **Law.** Who opted out gets nothing, through any channel; a negative constraint is not enough, take them out of the
#   table. Marketing calls and messages need consent, and a way to refuse in each of them.
# * **Fairness.** The plan gives calls to those with the widest margins. Look at who never hears of a good deposit rate:
#   the old, the rural, the poor. A minimum per group is one more row of $A$, and its shadow price says what it costs.
# * **Trust.** Service calls, collections and fraud warnings are contacts too, in the customer's eyes. Count them in.
# * **Suitability.** A score says who *would* buy, not who *should*. Insurance and instalments need a check of their own.

# %% [markdown] id="care" lang="zh" en_hash="da28124f"
# 第一条消息发出之前：
#
# * **法律。** 已退订的客户，任何渠道都不能再发；光加约束不够，要直接从表里拿掉。营销电话和短信须事先取得同意，每一条都要有拒收方式。
# * **公平。** 计划把外呼给了毛利最高的人。看看谁永远听不到好的存款利率：老人、农村客户、低收入者。
#   给某个群体设一个下限，只是给 $A$ 多加一行，它的影子价格会告诉你代价是多少。
# * **信任。** 在客户眼里，服务回访、催收、欺诈提醒也都是打扰，要一起算进去。
# * **适当性。** 评分说的是谁*会*买，不是谁*该*买。保险和分期要另过一道适当性检查。

# %% [markdown] id="own" lang="en"
# ## On your own data
#
# One row per customer, offer and channel: `customer_id`, `offer`, `channel`, and `expected_margin_fen` (or
# `response_probability` and `value_yuan`, the worth of a sale). Useful besides: `cost_yuan` of the contact, `opted_out` (yes/no).
# Costs and capacities may also come as a second file, `contact_channels`; a column whose name does not say fen is read as
# yuan. Without a file for `contact_history` nobody's fatigue is known: it counts as nothing, and the trade-off curve steps
# aside. The most expensive channel stands for the call. Set the terms to yours (the check of the price of a call knows those
# above). Very large files are planned for a random part of the customers.
#
# ```
# labkit run 6.5 --data offer_scores=my_scores.csv --map customer_id=CustNo
# ```
#
# or, in this notebook, set `data = {"offer_scores": "my_scores.csv"}` at the top, and
# `columns = {"customer_id": "CustNo"}` for names that differ.

# %% [markdown] id="own" lang="zh" en_hash="bfd68642"
# ## 用你自己的数据
#
# 每位客户、每种产品、每个渠道一行：`customer_id`、`offer`、`channel`，以及 `expected_margin_fen`（或者
# `response_probability` 和 `value_yuan`，即一笔成交的价值）。另外有用的列：接触成本 `cost_yuan`，是否退订 `opted_out`（是/否）。
# 成本和承载量也可以放在第二个文件 `contact_channels` 里；列名没有注明“分”的金额按元读取。没有 `contact_history` 文件，就无从得知疲劳：
# 按零计算，权衡曲线也会跳过。最贵的渠道视为外呼。业务条件请换成你自己的（外呼价格那一题的检查只认得上面这组）。
# 文件特别大时，随机抽取一部分客户来做计划。
#
# ```
# labkit run 6.5 --data offer_scores=my_scores.csv --map customer_id=CustNo
# ```
#
# 也可以在本笔记本顶部设置 `data = {"offer_scores": "my_scores.csv"}`；列名不同时，再加上
# `columns = {"customer_id": "CustNo"}`。

# %% [markdown] id="quiz" lang="en"
# ## Three questions
#
# Click an option, or answer with `lab.answer("agency", "A")`.

# %% [markdown] id="quiz" lang="zh" en_hash="fff19057"
# ## 三道测验题
#
# 点击选项作答，也可以用 `lab.answer("agency", "A")`。

# %% id="quiz_agency"
lab.quiz("agency")

# %% id="quiz_zero_price"
lab.quiz("zero_price")

# %% id="quiz_two_lists"
lab.quiz("two_lists")

# %% id="progress"
lab.progress()

# %% [markdown] id="say_end" lang="en" tags=["instructor"]
# **2 min, with truth and so what.** Ask: "Which number of today would you take to your boss?" Usually the price of one more
# call. *Most of the room* takes the profit; remind them that the greedy list also had one. Never skip the
# four points before the first message.

# %% [markdown] id="say_end" lang="zh" en_hash="77e655e6" tags=["instructor"]
# **2 分钟，含真相与“所以呢”。** 问：“今天的哪个数字，你会拿去给领导看？”通常是多一通外呼的价格。
# *多数人*会拿利润；请提醒他们，贪心名单也有一个利润。发消息前的四点绝不能省。
