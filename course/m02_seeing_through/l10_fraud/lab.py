# ---
# id: "2.10"
# name: fraud
# title: {en: "Finding fraud customers", zh: "欺诈客户识别"}
# minutes: 35
# core: true
# outline: ["二.5.1", "二.5.2", "二.5.3", "二.5【欺诈客户识别】"]
# tables: [card_transactions, terminals, customers, grid_cells]
# prerequisites: []
# ---

# %% [markdown] id="question" lang="en"
# # Finding fraud customers
#
# **Which card payments should the bank stop, given what a miss and a false alarm cost?**
#
# *35 minutes.* You will **describe** behaviour in windows that never look ahead, **judge** rules and a model on
# weeks they have not seen, and **decide** from which score on a payment is stopped, in yuan.
# You need: pandas at the level of filtering rows and `groupby`. No modelling experience.

# %% [markdown] id="question" lang="zh" en_hash="8157d2f8"
# # 欺诈客户识别
#
# **已知漏掉一笔要赔多少、错拦一笔要花多少，银行该拦下哪些刷卡交易？**
#
# *35 分钟。* 你将用从不“偷看未来”的时间窗口**刻画**行为，在没见过的几周上**评判**规则和模型，
# 最后**决定**评分从多少起拦截交易，并用“元”来回答。
# 预备知识：会用 pandas 筛选行和 `groupby` 即可，不需要建模经验。

# %% [markdown] id="situation" lang="en"
# ## The situation
#
# It is the last evening of 2025. Shen Yan runs the fraud desk of Lighthouse Bank. From tomorrow on the bank can
# stop a payment within a second and ask the holder "Was that you?". She has to hand in one number tonight: the
# score from which payments are stopped. Too low, and honest customers stand at the till with a card that does not
# work. Too high, and the bank pays for strangers' telephones. A vendor has promised her "99.6% accuracy".
# By the end of this lab you will know why that is not even a promise.

# %% [markdown] id="situation" lang="zh" en_hash="88c8a387"
# ## 业务场景
#
# 今天是 2025 年的最后一晚。沈岩负责灯塔银行的反欺诈专席。从明天起，银行可以在一秒之内拦下一笔交易，问持卡人一句“是您本人吗？”
# 今晚她必须交出一个数：评分从多少起拦截。定低了，守规矩的客户站在收银台前刷不了卡；定高了，银行替陌生人的新手机买单。
# 有厂商向她保证“准确率 99.6%”。做完本实验，你就知道为什么这连保证都算不上。

# %% [markdown] id="say_situation" lang="en" tags=["instructor"]
# **4 min, with the first look below.** Ask: "Of a thousand payments four are fraud. Which ones would you
# stop?" Collect three ideas on the board; each is a rule that gets its precision later.
# *Most of the room* says "large amounts". Write it down first: it will turn out to be the worst of them.

# %% [markdown] id="say_situation" lang="zh" en_hash="ad13eae7" tags=["instructor"]
# **4 分钟，含下面的初看数据。** 问全班：“一千笔交易里有四笔是欺诈，你会拦哪几笔？”
# 在白板上记下三个主意；每个都是一条规则，稍后都会得到自己的查准率。
# *多数人*会说“金额大的”。把它写在第一条：后面会看到，它是其中最差的。

# %% id="start" tags=["parameters"]
scale = "lab"
seed = 2026
data = {}
columns = {}

# %% id="open"
import labkit
from labkit import L

lab = labkit.start("2.10", language=L("en", "zh"), scale=scale, seed=seed, data=data, columns=columns)

# %% [markdown] id="data" lang="en"
# ## The data
#
# `card_transactions`: one row is one payment or withdrawal that somebody asked for with a card, approved or not.
# `reported_fraud` says that a report had come in by tonight, `reported_on` when. `terminals`: one row is one place
# that takes cards. Before any model, look at a single card. The next figure shows the card
# with the most reports in one day.

# %% [markdown] id="data" lang="zh" en_hash="88ee1bc4"
# ## 数据
#
# `card_transactions`：一行是有人用卡请求的一笔消费或取现，无论是否通过。`reported_fraud` 表示截至今晚已有人报案，
# `reported_on` 是报案日期。`terminals`：一行是一处受理银行卡的地方。建模之前，先只看一张卡：下图是单日报案最多的那张。

# %% id="read"
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from labkit.charts import BLUE, GREY, ORANGE, RED, SKY

log = lab.data("card_transactions").sort_values("happened_at", kind="stable", ignore_index=True)
log["amount_yuan"] = log["amount_fen"].clip(lower=1) / 100
is_fraud = log["reported_fraud"].to_numpy(dtype=bool)
lab.fact(
    "log",
    (len(log), log["card_id"].nunique(), is_fraud.mean(), log["amount_yuan"][is_fraud].sum().round(-3)),
    L(
        "{:,} requests on {:,} cards. Reported as fraud: {:.2%} of them, {:,.0f} yuan.",
        "{:,} 笔请求，涉及 {:,} 张卡。被报为欺诈的占 {:.2%}，共 {:,.0f} 元。",
    ),
)

# %% id="first_look"
reports = log[is_fraud]
bursts = reports.groupby([reports["card_id"], reports["happened_at"].dt.normalize()], observed=True)[
    "amount_yuan"
]
victim, day_of_theft = bursts.size().nlargest(1).index[0]
of_victim = log[log["card_id"] == victim]
around = of_victim[(of_victim["happened_at"] - day_of_theft).abs() <= pd.Timedelta(days=60)]
own, stolen = around[~around["reported_fraud"]], around[around["reported_fraud"]]
hours_of_theft = (stolen["happened_at"].max() - stolen["happened_at"].min()) / pd.Timedelta(hours=1)
figure, axes = plt.subplots(figsize=(7.6, 3.6))
axes.scatter(own["happened_at"], own["amount_yuan"], color=BLUE, s=26, label=L("the holder", "持卡人本人"))
axes.scatter(stolen["happened_at"], stolen["amount_yuan"], color=RED, s=26, label=L("reported", "被报案"))
axes.set(yscale="log", ylabel=L("Amount, yuan (log scale)", "金额（元，对数刻度）"))
axes.yaxis.set_major_formatter("{x:,.0f}")
axes.xaxis.set_major_locator(plt.MaxNLocator(5))
axes.legend(loc="upper left", bbox_to_anchor=(1, 1))
axes.set_title(
    L(
        f"One card: {len(own)} payments of the holder in four months, {len(stolen)} of a thief in {hours_of_theft:.1f} hours",
        f"一张卡：本人四个月刷了 {len(own)} 笔，盗刷者 {hours_of_theft:.1f} 小时刷了 {len(stolen)} 笔",
    )
)
lab.show(
    figure,
    L(
        f"Amounts of one card over four months; {len(stolen)} reported payments stand close together in red.",
        f"一张卡四个月的金额，{len(stolen)} 笔被报案的交易挤在一起，以红色标出。",
    ),
)

# %% [markdown] id="delay" lang="en"
# ## A label has a date
#
# Nobody knows at the till that it is fraud. The holder sees it on the statement, days later, and calls. So on any
# evening the newest frauds still look like honest payments. How long must we wait before a quiet payment may be
# called honest?

# %% [markdown] id="delay" lang="zh" en_hash="cb4b0ec8"
# ## 标签也有日期
#
# 刷卡那一刻没人知道这是欺诈。持卡人几天后看到账单，才打电话报案。所以在任何一个晚上，最新的欺诈看上去都和正常交易一样。
# 一笔没有动静的交易，要等多久才能算它正常？

# %% id="wait"
DAY = pd.Timedelta(days=1)
dated = "reported_on" in log and log["reported_on"].notna().any()
if dated:
    delay = ((log["reported_on"] - log["happened_at"].dt.normalize()) / DAY)[is_fraud].dropna()
    weeks_to_wait = int(np.clip(np.ceil(delay.max() / 7), 1, 8))
    lab.fact(
        "delay",
        (delay.median(), (delay <= 7).mean(), delay.max()),
        L(
            "Half of the reports have come after {:.0f} days. After a week it is {:.0%}; the last one took {:.0f} days.",
            "{:.0f} 天后有一半已报案；一周后为 {:.0%}；最慢的一笔等了 {:.0f} 天。",
        ),
    )
else:
    weeks_to_wait = 3
    lab.fact(
        "delay",
        weeks_to_wait,
        L(
            "This file does not say when a fraud was reported. We assume {} weeks; ask the desk.",
            "这份文件没有写明何时报案。这里假设为 {} 周，请向专席核实。",
        ),
    )

# %% id="delay_figure"
if dated:
    days = np.arange(weeks_to_wait * 7 + 1)
    arrived = np.array([(delay <= day).mean() for day in days])
    figure, axes = plt.subplots(figsize=(7.2, 3.3))
    axes.step(days, 100 * arrived, where="post", color=BLUE)
    axes.fill_between(days, 100 * arrived, step="post", color=SKY, alpha=0.2)
    axes.plot([7, 7], [0, 100 * arrived[7]], color=RED)
    axes.plot(7, 100 * arrived[7], "o", color=RED)
    axes.annotate(
        L(f"after a week: {arrived[7]:.0%}", f"一周后：{arrived[7]:.0%}"),
        (7, 100 * arrived[7]),
        xytext=(10, -12),
        textcoords="offset points",
        color=RED,
    )
    axes.set(ylim=(0, 104), xlabel=L("Days since the fraud", "欺诈发生后的天数"))
    axes.set_ylabel(L("Reports that have come in, %", "已到的报案（%）"))
    axes.set_xticks(days[::7])
    axes.set_title(
        L(
            f"After one week {1 - arrived[7]:.0%} of the frauds still look honest",
            f"一周之后，仍有 {1 - arrived[7]:.0%} 的欺诈看上去像正常交易",
        )
    )
    lab.show(
        figure,
        L(
            f"Share of reports that have come in, by days since the fraud: {arrived[7]:.0%} after a week.",
            f"欺诈发生后各天已到的报案占比：一周后为 {arrived[7]:.0%}。",
        ),
    )

# %% [markdown] id="split" lang="en"
# ## Learn, wait, tune, wait, test
#
# A week is the *typical* delay; whoever stops learning one week before testing teaches the model that half of
# the newest frauds are honest. So we leave a gap as long as the *longest* delay, each time one period's labels
# are used before the next begins. Three periods: to **learn** from, to **tune** decisions on, and to **test**
# once. The last gap, before tonight, is there because the test needs finished labels as well.
# (A file that covers less than sixty weeks is cut at the days by which half and three quarters of its frauds had
# happened, with gaps of a twentieth of its length at most.)

# %% [markdown] id="split" lang="zh" en_hash="5a6526a9"
# ## 学习、等待、调参、等待、测试
#
# 一周只是*典型*的延迟；谁在测试前一周才停止学习，就等于教模型把最新欺诈的一半当成正常交易。
# 所以每当要先用一段的标签、再进入下一段，中间都要留出与*最长*延迟一样长的空当。共三段：**学习**段用来学，
# **调参**段用来作决定，**测试**段只用一次。今晚之前也留一段空当，因为测试同样需要到齐的标签。
# （不足六十周的文件，按欺诈累计发生到一半和四分之三的那两天来切，空当最多为总时长的二十分之一。）

# %% id="periods"
moment = log["happened_at"]
first, end = moment.min().normalize(), moment.max().normalize() + DAY
wait = weeks_to_wait * 7 * DAY
if end - first >= 60 * 7 * DAY:
    test_end = end - wait if dated else end
    test_start = test_end - 70 * DAY
    tune_start = test_start - wait - 42 * DAY
    learn_start = first + (tune_start - first) / 3
else:
    tune_start, test_start = moment[is_fraud].quantile([0.5, 0.75])
    wait = min(wait, (end - first) / 20, (test_start - tune_start) / 4)
    test_end, learn_start = end, first
learn_end, tune_end = tune_start - wait, test_start - wait
learning, tuning, testing = (
    moment.between(begin, finish, inclusive="left").to_numpy()
    for begin, finish in ((learn_start, learn_end), (tune_start, tune_end), (test_start, test_end))
)
lab.fact(
    "periods",
    tuple(count for rows in (learning, tuning, testing) for count in (rows.sum(), is_fraud[rows].sum())),
    L(
        "Learn from {:,} requests with {:,} frauds, tune on {:,} with {:,}, test on {:,} with {:,}.",
        "学习：{:,} 笔，欺诈 {:,} 笔；调参：{:,} 笔，欺诈 {:,} 笔；测试：{:,} 笔，欺诈 {:,} 笔。",
    ),
)

# %% id="periods_figure"
figure, axes = plt.subplots(figsize=(8.4, 1.7))
spans = [
    (learn_start, learn_end, L("learn", "学习"), BLUE),
    (tune_start, tune_end, L("tune", "调参"), ORANGE),
    (test_start, test_end, L("test", "测试"), RED),
]
for begin, finish, words, colour in spans:
    axes.barh(0, finish - begin, left=begin, color=colour, height=0.5)
    axes.text(
        begin + (finish - begin) / 2, 0, words, ha="center", va="center", color="white", fontweight="bold"
    )
for begin in (learn_end, tune_end, test_end)[: 3 if test_end < end else 2]:
    axes.barh(0, wait, left=begin, color=GREY, alpha=0.35, height=0.5, hatch="///")
    axes.text(begin + wait / 2, 0.32, L("wait", "等待"), ha="center", color=GREY)
axes.set(yticks=[], ylim=(-0.3, 0.55), xlim=(learn_start, end))
axes.spines["left"].set_visible(False)
axes.grid(visible=False)
axes.set_title(
    L("Between two periods: wait until the last report is in", "两段之间：等最后一笔报案到齐再往下走")
)
lab.show(
    figure,
    L(
        f"Timeline: learn until {learn_end:%Y-%m-%d}, tune {tune_start:%Y-%m-%d} to {tune_end:%Y-%m-%d}, "
        f"test from {test_start:%Y-%m-%d}, with waiting periods between them.",
        f"时间轴：学习到 {learn_end:%Y-%m-%d}，调参 {tune_start:%Y-%m-%d} 至 {tune_end:%Y-%m-%d}，"
        f"测试自 {test_start:%Y-%m-%d} 起，中间各有等待期。",
    ),
)

# %% [markdown] id="say_delay" lang="en" tags=["instructor"]
# **3 min.** Cover the second figure and ask: "Labels arrive a week late. On which day do you stop learning?"
# *Most of the room* says: a week before. Show the first figure again: a week is the middle, not the end.
# Short of time (saves 1 min): skip the code of both cells, stay on the two pictures.

# %% [markdown] id="say_delay" lang="zh" en_hash="84ecfaf4" tags=["instructor"]
# **3 分钟。** 遮住第二张图，问：“标签晚到一周，学习应该停在哪一天？”*多数人*会说：提前一周。
# 请再看第一张图：一周是中间，不是终点。时间不够时（省 1 分钟）：跳过这两格的代码，只讲两张图。

# %% [markdown] id="windows" lang="en"
# ## Behaviour, in windows that never look ahead
#
# A thief gives himself away by pace: many payments in a short time. **Velocity** counts them. It sounds
# harmless and is the most leaked feature of all, in two ways: a window that contains *the payment itself* is
# never empty, and one that reaches *past* it knows the rest of the spree.

# %% [markdown] id="windows" lang="zh" en_hash="68860f3b"
# ## 用从不偷看未来的窗口刻画行为
#
# 盗刷的人会在节奏上露馅：短时间内连刷多笔。**频次特征**数的就是这个。它看似无害，却是最常发生信息泄漏的特征，
# 泄漏方式有两种：窗口里包含*这笔交易本身*，就永远不会为零；窗口伸到它*之后*，就知道了后面还会连刷几笔。

# %% [markdown] id="turn_velocity" lang="en"
# ### Your turn: velocity
#
# Write a function: for each row of a log (columns `card_id`, `happened_at`, `amount_yuan`), how many payments were
# made with the same card in the `hours` before it? Rows come in any order; the answer has one number for each, under
# the same index. (`groupby(...).rolling("6h", on="happened_at", closed=...)` knows windows of time.)

# %% [markdown] id="turn_velocity" lang="zh" en_hash="dd5f9cd4"
# ### 轮到你了：频次特征
#
# 写一个函数：对流水（列为 `card_id`、`happened_at`、`amount_yuan`）的每一行，数一数同一张卡在此前 `hours` 小时内刷了多少笔。
# 各行次序任意；每行对应一个数，索引与流水一致。
# （`groupby(...).rolling("6h", on="happened_at", closed=...)` 支持时间窗口。）


# %% id="velocity" exercise="velocity"
# en: a Series of counts under the index of `log`
# zh: 返回由笔数组成的 Series，索引与 `log` 相同
def velocity(log, hours):
    # BEGIN SOLUTION
    in_order = log.sort_values(["card_id", "happened_at"])
    window = in_order.groupby("card_id").rolling(f"{hours}h", on="happened_at", closed="left")
    counts = window["amount_yuan"].count().fillna(0).to_numpy()
    return pd.Series(counts, in_order.index).reindex(log.index)
    # END SOLUTION


# %% id="check_velocity"
lab.check("velocity")

# %% [markdown] id="say_velocity" lang="en" tags=["instructor"]
# **5 min, of which 4 for the exercise.** Draw five payments of one card on a line and count with the finger.
# *Most of the room* leaves `closed` at its default, so every payment counts itself. The second mistake hurts more:
# the result comes back sorted by card, and is pasted beside a log sorted by time. Short of time (saves 2 min): give the `rolling` line.

# %% [markdown] id="say_velocity" lang="zh" en_hash="9fdf3f95" tags=["instructor"]
# **5 分钟，其中练习 4 分钟。** 在一条线上画出同一张卡的五笔交易，用手指数。
# *多数人*没有改 `closed` 的默认值，于是每笔交易都把自己数了进去。第二个错误更伤人：
# 结果是按卡排好的，却直接贴到了按时间排的流水旁边。时间不够时（省 2 分钟）：直接给出 `rolling` 那一行。

# %% [markdown] id="fast" lang="en"
# The same for millions of rows and any sum: sort once by group and time, take running totals, and subtract the total
# at the window's beginning from the one just before this moment. Payments of the very same moment do not count.

# %% [markdown] id="fast" lang="zh" en_hash="e1cc2786"
# 几百万行、任意求和，同样的道理：按分组和时间排一次序，做累计，再用“此刻之前”的累计减去窗口开头的累计。同一时刻的交易不算在内。

# %% id="history"
at = (moment - first).to_numpy().astype("timedelta64[ms]").astype("int64")
HOUR_MS = 3_600_000


# en: returns a function: the sum of `values` over earlier rows of the same group, of the last `hours` or of all time
# zh: 返回一个函数：同一分组中更早各行的 `values` 之和，可限定最近 `hours` 小时，也可不限
def history(group):
    far = at.max() + 1
    codes = pd.factorize(group)[0]
    order = np.argsort(codes, kind="stable")
    key, begin = codes[order] * far + at[order], codes[order] * far
    last = np.searchsorted(key, key)

    def earlier(values, hours=None):
        total = np.concatenate([[0.0], np.cumsum(np.broadcast_to(values, len(at))[order])])
        start = begin if hours is None else np.maximum(key - int(hours * HOUR_MS), begin)
        result = np.empty(len(at))
        result[order] = total[last] - total[np.searchsorted(key, start)]
        return result

    return earlier


# %% [markdown] id="features" lang="en"
# Now three questions for every payment: is it unusual **for this card** (amount, kind of shop, pace, device), **for this
# place** (distance from home, a shop never visited), and is something wrong **with the shop** (opened last month,
# suddenly busy, already reported)? "Usual" is the card's own past: the mean logarithm of its amounts so far, compared
# with what is common in the category. Two million rows take about ten seconds.

# %% [markdown] id="features" lang="zh" en_hash="d69334dc"
# 对每笔交易问三个问题：**对这张卡**来说反常吗（金额、商户类别、节奏、设备）？**对这个地点**来说反常吗（离家多远、从没去过的店）？
# **这家商户**有没有问题（上月才开、突然忙起来、已有人报案）？“平常”指这张卡自己的过去：迄今各笔金额对数的均值，并与该类别的一般水平相比。
# 两百多万行约需十秒。

# %% id="card_features"
of_card = history(log["card_id"])
category = log["category"].cat.codes.to_numpy() if "category" in log else np.zeros(len(log), dtype="int8")
cards = pd.factorize(log["card_id"])[0]
of_habit = history(cards * 1_000 + category)
log_amount = np.log(log["amount_yuan"].to_numpy())
common = pd.Series(log_amount).groupby(category).transform("mean").to_numpy()
before = of_card(1)
habit = of_card(log_amount - common) / (before + 3)
excess = log_amount - common - habit
in_category = of_habit(1)
behaviour = pd.DataFrame(
    {
        "amount_yuan": log["amount_yuan"],
        "times_usual": np.exp(excess),
        "times_usual_here": np.exp(log_amount - (of_habit(log_amount) + common + habit) / (in_category + 1)),
        "payments_before": before,
        "share_of_category": in_category / (before + 1),
        "payments_1h": of_card(1, 1),
        "payments_6h": of_card(1, 6),
        "payments_48h": of_card(1, 48),
        "excess_6h": of_card(excess, 6),
        "excess_48h": of_card(excess, 48),
        "hour": at / HOUR_MS % 24,
        "category": category,
    },
    dtype="float32",
)

# %% id="device_features"
for name in ("is_abroad", "new_device"):
    if name in log:
        behaviour[name] = log[name].fillna(False).to_numpy(dtype="float32")
if "new_device" in behaviour:
    behaviour["new_device_48h"] = of_card(behaviour["new_device"].to_numpy(), 48)
if "channel" in log:
    behaviour["channel"] = log["channel"].cat.codes.astype("float32")

# %% id="shop_features"
if "terminal_id" in log:
    places = pd.factorize(log["terminal_id"])[0]
    of_shop, of_pair = history(places), history(cards * (places.max() + 1) + places)
    # en: a report counts from the morning after it came in; without a date, after the longest delay
    # zh: 报案从次日早上起才算已知；没有日期的，按最长延迟计
    known_at = (log["reported_on"] + DAY if dated else moment + weeks_to_wait * 7 * DAY)[is_fraud]
    known_at = ((known_at - first) / pd.Timedelta(milliseconds=1)).fillna(at.max()).to_numpy().astype("int64")
    far = at.max() + 1
    reports = np.sort(places[is_fraud] * far + np.minimum(known_at, far - 1))
    now = places * far + at
    two_months_ago = np.maximum(now - 60 * 24 * HOUR_MS, places * far)
    busy = of_shop(1, 60 * 24)
    behaviour["visits_before"] = of_pair(1)
    behaviour["visits_7d"] = of_pair(1, 7 * 24)
    behaviour["shop_60d"] = busy
    behaviour["shop_burst"] = (of_shop(1, 72) + 1) / (busy + 5)
    behaviour["shop_excess_7d"] = of_shop(excess, 7 * 24) / (of_shop(1, 7 * 24) + 1)
    behaviour["shop_reports_60d"] = np.searchsorted(reports, now) - np.searchsorted(reports, two_months_ago)
    behaviour["shop_report_share"] = behaviour["shop_reports_60d"] / (busy + 5)
    if "channel" in log:
        behaviour["shop_magstripe_14d"] = of_shop(log["channel"].eq("magstripe").to_numpy(), 14 * 24)

# %% id="place_features"
if "card_transactions" not in lab.own_tables:
    terminals = lab.data("terminals").set_index("terminal_id")
    living = lab.data("customers", ["customer_id", "grid_cell_id"]).set_index("customer_id")["grid_cell_id"]
    grid = lab.data("grid_cells").set_index("grid_cell_id")[["east_km", "north_km"]]
    shop_at = grid.reindex(terminals["grid_cell_id"].astype(float).reindex(log["terminal_id"])).to_numpy()
    home_at = grid.reindex(living.reindex(log["customer_id"])).to_numpy()
    behaviour["distance_km"] = np.hypot(*(shop_at - home_at).T)
    behaviour["shop_age_days"] = (
        moment - terminals["opened_on"].reindex(log["terminal_id"]).set_axis(log.index)
    ) / DAY
behaviour = behaviour.astype("float32")
behaviour = behaviour.loc[:, behaviour.max() > behaviour.min()]
lab.fact(
    "features",
    behaviour.shape[1],
    L(
        "{} features for every request, each known at its moment.",
        "每笔请求有 {} 个特征，都是当时就能知道的。",
    ),
)

# %% [markdown] id="rules" lang="en"
# ## What experts know
#
# Every fraud desk runs on rules. A rule is judged by two shares. **Precision**: how many of those it stops are
# fraud? **Recall**: how many of the frauds does it stop? First the idea that everybody has, on the learning months.

# %% [markdown] id="rules" lang="zh" en_hash="f217f739"
# ## 专家知道什么
#
# 每个反欺诈专席都靠规则运转。评判一条规则看两个比例。**查准率**：它拦下的有多少真是欺诈？**查全率**：全部欺诈中它拦下了多少？
# 先看人人都会想到的那一条，用学习段的数据。

# %% id="large_amounts"
large = behaviour["amount_yuan"].to_numpy() >= 1_000
stopped = learning & large
lab.fact(
    "large_amounts",
    (is_fraud[stopped].mean(), is_fraud[stopped].sum() / is_fraud[learning].sum(), is_fraud[learning].mean()),
    L(
        '"Stop every payment of 1000 yuan or more": precision {:.1%}, recall {:.0%}. Stopping at random: precision {:.1%}.',
        "“1000 元及以上一律拦截”：查准率 {:.1%}，查全率 {:.0%}。随机拦截的查准率是 {:.1%}。",
    ),
)

# %% [markdown] id="turn_rule" lang="en"
# ### Your turn: a rule and its precision
#
# Shen Yan's own rule: *300 yuan or more, and at least two payments with the card in the hour before.* Her
# people do not call a payment, they call a **holder**, once a day. So count in **card-days**: one card on one
# calendar day. Of the card-days that her rule stops, which share has a reported fraud that day? Of all card-days
# with a reported fraud, which share does the rule stop? Use the learning months: the table `learned`.

# %% [markdown] id="turn_rule" lang="zh" en_hash="c83aaff1"
# ### 轮到你了：一条规则和它的查准率
#
# 沈岩自己的规则：*金额 300 元及以上，且此前一小时内这张卡已刷过至少两笔。* 她的人不是给“交易”打电话，
# 而是给**持卡人**打电话，一天一次。所以按**卡日**来数：一张卡的一个自然日。被规则拦下的卡日里，当天有欺诈报案的占多少？
# 有欺诈报案的全部卡日里，被规则拦下的占多少？用学习段的数据，即 `learned` 表。

# %% id="learned"
learned = log.loc[learning, ["card_id", "happened_at", "amount_yuan", "reported_fraud"]].assign(
    day=moment[learning].dt.normalize(), payments_1h=behaviour.loc[learning, "payments_1h"]
)
learned.head(3)

# %% id="rule_quality" exercise="rule_quality"
# en: {"precision": ..., "recall": ...}, both as shares of card-days, between 0 and 1
# zh: {"precision": ..., "recall": ...}，都是卡日的占比，介于 0 和 1 之间
rule_quality = (
    learned.assign(hit=(learned["amount_yuan"] >= 300) & (learned["payments_1h"] >= 2))
    .groupby(["card_id", "day"])[["hit", "reported_fraud"]]
    .max()
    .pipe(
        lambda card_days: {
            "precision": card_days.loc[card_days["hit"], "reported_fraud"].mean(),
            "recall": card_days.loc[card_days["reported_fraud"], "hit"].mean(),
        }
    )
)  # SOLUTION

# %% id="check_rule_quality"
lab.check("rule_quality")

# %% [markdown] id="say_rule" lang="en" tags=["instructor"]
# **5 min, of which 3 for the exercise.** Give the other ideas on the board their precision, live.
# *Most of the room* counts payments: a spree of twelve is then twelve successes, though one phone call would have
# ended it. Ask: "Who is the customer of this number?" Short of time (saves 1 min): skip recall.

# %% [markdown] id="say_rule" lang="zh" en_hash="0cc36339" tags=["instructor"]
# **5 分钟，其中练习 3 分钟。** 把白板上的其他主意也当场算出查准率。
# *多数人*数的是交易笔数：连刷十二笔就成了十二次“成功”，而其实一个电话就能终止。请追问：“这个数是给谁用的？”
# 时间不够时（省 1 分钟）：略去查全率。

# %% [markdown] id="imbalance" lang="en"
# ## Four in a thousand
#
# "No payment is ever fraud" is about as accurate as what the vendor promises, and stops nothing. With so few frauds, three habits are
# needed. **Report** precision and recall, never accuracy. **Learn** from all frauds and only a twentieth of the honest
# payments, each weighing twenty, so that a score stays a probability (Dal Pozzolo and others 2015 correct it afterwards
# instead). **Test** on the weeks as they are: whoever balances the classes *before* the split measures a world
# in which every second payment is fraud.

# %% [markdown] id="imbalance" lang="zh" en_hash="26482944"
# ## 千分之四
#
# “没有一笔是欺诈”这句话，准确率与厂商的承诺不相上下，却一笔也拦不下来。欺诈这么少（类别不平衡），要养成三个习惯。**汇报**查准率和查全率，绝不报准确率。
# **学习**时用上全部欺诈和二十分之一的正常交易，每笔正常交易按二十笔计，评分才仍是概率（Dal Pozzolo 等 2015 的做法是事后再校正）。
# **测试**用原样的那几周：谁在切分*之前*就把两类配平，谁量的就是一个“每两笔就有一笔欺诈”的世界。

# %% id="boosting"
from sklearn.ensemble import HistGradientBoostingClassifier

NEGATIVES_KEPT = 1 / 20
kept = learning & (is_fraud | (lab.rng("honest").random(len(log)) < NEGATIVES_KEPT))
weight = np.where(is_fraud, 1, 1 / NEGATIVES_KEPT)


def fitted(features):
    model = HistGradientBoostingClassifier(
        learning_rate=0.1,
        max_iter=120,
        max_leaf_nodes=15,
        l2_regularization=10.0,
        early_stopping=False,
        random_state=0,
    )
    return model.fit(features[kept], is_fraud[kept], sample_weight=weight[kept])


model = fitted(behaviour)

# %% [markdown] id="score" lang="en"
# Gradient boosting adds up small trees, each correcting the ones before (Friedman 2001). We score the payments of the
# tuning and the testing weeks that the bank has approved; what it declined anyway needs no stopping.

# %% [markdown] id="score" lang="zh" en_hash="f740357c"
# 梯度提升把许多小树叠加起来，每一棵都去纠正前面各棵的错误（Friedman 2001）。我们给调参段和测试段中银行已通过的交易打分；
# 本来就被拒绝的，用不着再拦。

# %% id="scored"
from sklearn.metrics import average_precision_score

approved = (
    log["approved"].fillna(True).to_numpy(dtype=bool) if "approved" in log else np.ones(len(log), dtype=bool)
)
judged = (tuning | testing) & approved
scored = log.loc[judged, ["card_id", "happened_at", "amount_yuan"]].assign(
    part=np.where(testing[judged], "test", "tune"),
    is_fraud=is_fraud[judged],
    score=model.predict_proba(behaviour[judged])[:, 1],
)
test = scored[scored["part"] == "test"]
average_precision = average_precision_score(test["is_fraud"], test["score"])
lab.fact(
    "report_card",
    (1 - test["is_fraud"].mean(), average_precision, test["is_fraud"].mean()),
    L(
        '"Never fraud": accuracy {:.1%}. The model: average precision {:.2f}; a list in random order: {:.3f}.',
        "“从不欺诈”的准确率：{:.1%}。模型的平均查准率：{:.2f}；随机排列：{:.3f}。",
    ),
)

# %% id="balanced_trap"
alarms = test[test["score"] >= 0.02]
of_honest = (~alarms["is_fraud"]).sum() / (~test["is_fraud"]).sum()
of_fraud = alarms["is_fraud"].sum() / test["is_fraud"].sum()
lab.fact(
    "balanced_trap",
    (of_fraud / (of_fraud + of_honest), alarms["is_fraud"].mean()),
    L(
        "The same alarms (score 0.02 and above) have precision {:.1%} on a balanced test, and {:.0%} on the weeks as they are.",
        "同样的预警（评分 0.02 及以上），在配平的测试集上查准率是 {:.1%}，在原样的几周上是 {:.0%}。",
    ),
)

# %% [markdown] id="precision_recall" lang="en"
# **Average precision** is the precision you meet on the way down the list, averaged over the frauds found. Every
# rule is one point; the model is a line, for it can be as strict as one likes.

# %% [markdown] id="precision_recall" lang="zh" en_hash="7212fe79"
# **平均查准率**：顺着名单往下走，每找到一笔欺诈时的查准率，取平均。一条规则是一个点；模型是一条线，要多严有多严。

# %% id="rule_points"
judged_behaviour = behaviour[judged & testing]
rules = {
    L("1000 yuan or more", "1000 元及以上"): judged_behaviour["amount_yuan"] >= 1_000,
    L("third in an hour, 300 yuan", "一小时第三笔且 300 元起"): (judged_behaviour["payments_1h"] >= 2)
    & (judged_behaviour["amount_yuan"] >= 300),
}
if "new_device" in judged_behaviour:
    rules[L("new device, three times usual", "新设备且达平常三倍")] = (
        judged_behaviour["new_device"] == 1
    ) & (judged_behaviour["times_usual"] >= 3)
if "shop_reports_60d" in judged_behaviour:
    rules[L("shop reported, twice usual", "商户有报案且达平常两倍")] = (
        judged_behaviour["shop_reports_60d"] >= 2
    ) & (judged_behaviour["times_usual"] >= 2)
points = pd.DataFrame(
    {
        "recall": [test["is_fraud"][rule].sum() / test["is_fraud"].sum() for rule in rules.values()],
        "precision": [test["is_fraud"][rule].mean() for rule in rules.values()],
    },
    index=list(rules),
).fillna(0)
any_rule = np.logical_or.reduce([rule.to_numpy() for rule in list(rules.values())[1:]])

# %% id="precision_recall_figure"
in_order = test.sort_values("score", ascending=False, kind="stable")
frauds_found = in_order["is_fraud"].cumsum().to_numpy()
recall_line = frauds_found / max(frauds_found[-1], 1)
precision_line = frauds_found / np.arange(1, len(in_order) + 1)
best_rule = points["precision"].idxmax()
at_same_recall = precision_line[np.searchsorted(recall_line, points.loc[best_rule, "recall"])]
figure, axes = plt.subplots(figsize=(7.6, 4.2))
axes.plot(100 * recall_line, 100 * precision_line, color=BLUE)
axes.text(
    40, 102, L("gradient boosting", "梯度提升"), color=BLUE, va="bottom", ha="center", fontweight="bold"
)
for number, (name, point) in enumerate(points.iterrows()):
    axes.plot(100 * point["recall"], 100 * point["precision"], "o", color=RED if number else GREY)
    axes.annotate(
        name,
        (100 * point["recall"], 100 * point["precision"]),
        xytext=(8, 5),
        textcoords="offset points",
        color=RED if number else GREY,
        fontsize=9.5,
    )
axes.set(xlim=(0, 103), ylim=(0, 112), yticks=range(0, 101, 20))
axes.set_xlabel(L("Recall: frauds stopped, % of all frauds", "查全率：拦下的欺诈占全部欺诈（%）"))
axes.set_ylabel(L("Precision, % of payments stopped", "查准率：占被拦交易（%）"))
axes.set_title(
    L(
        f"Where the best rule is right {points['precision'].max():.0%} of the time, the model is {at_same_recall:.0%}",
        f"同样的查全率下，最好的规则查准率 {points['precision'].max():.0%}，模型 {at_same_recall:.0%}",
    )
)
lab.show(
    figure,
    L(
        f"Precision against recall on the test weeks: the model's line with average precision {average_precision:.2f}, "
        "and the rules as single points below it.",
        f"测试段的查准率与查全率：模型的曲线（平均查准率 {average_precision:.2f}），各条规则是下方的单个点。",
    ),
)

# %% [markdown] id="cards" lang="en"
# ## One hundred calls a day
#
# The desk can call 100 cards a day. **Card precision@k** asks what those calls find: for each day, sort the cards by
# their highest score of that day, call the first *k*, take the share that really was defrauded, and average over the days
# (Dal Pozzolo and others 2018; Le Borgne and others 2022). A spree of twelve payments counts once, as it should.

# %% [markdown] id="cards" lang="zh" en_hash="6c94de81"
# ## 一天一百个电话
#
# 专席一天能给 100 张卡的持卡人打电话。**Card precision@k**（按卡计的前 k 名查准率）问的是这些电话找到了什么：
# 每天把卡按当天最高评分排序，打给前 *k* 张，看其中真被盗刷的占多少，再对各天取平均
# （Dal Pozzolo 等 2018；Le Borgne 等 2022）。连刷十二笔只算一次，本来就该如此。

# %% id="card_precision"
card_days = (
    test.assign(day=test["happened_at"].dt.normalize())
    .groupby(["day", "card_id"], as_index=False)
    .agg(score=("score", "max"), is_fraud=("is_fraud", "max"))
)
card_days["place"] = card_days.groupby("day")["score"].rank(ascending=False, method="first")
n_days = card_days["day"].nunique()
calls = np.arange(1, 101)
found_in_calls = np.array([card_days.loc[card_days["place"] <= k, "is_fraud"].sum() for k in calls])
share_found = found_in_calls / max(card_days["is_fraud"].sum(), 1)
card_precision = found_in_calls / (n_days * calls)
ceiling = card_days["is_fraud"].sum() / n_days / 100
lab.fact(
    "card_precision",
    (100, card_precision[-1], ceiling),
    L(
        "Card precision@{}: {:.3f}. A perfect list would have {:.3f}, for there are not more frauds in a day.",
        "Card precision@{}：{:.3f}。完美的名单也只有 {:.3f}，因为一天里没有更多的欺诈。",
    ),
)

# %% id="card_figure"
figure, axes = plt.subplots(figsize=(7.2, 3.7))
axes.plot(calls, 100 * share_found, color=BLUE)
axes.plot(calls, 100 * card_precision, color=ORANGE)
axes.text(101, 100 * share_found[-1], L("defrauded cards found", "找到的被盗卡"), color=BLUE, va="center")
axes.text(101, 100 * card_precision[-1], L("calls that are right", "命中的电话"), color=ORANGE, va="center")
axes.axvline(10, color=GREY, linewidth=1, linestyle=":")
axes.set(ylim=(0, 103), xlim=(0, 148), xticks=range(0, 101, 20), ylabel=L("Share, %", "占比（%）"))
axes.set_xlabel(L("Cards called per day", "每天拨打的卡数"))
axes.set_title(
    L(
        f"Ten calls a day find {share_found[9]:.0%} of the defrauded cards, the next ninety {share_found[-1] - share_found[9]:.0%}",
        f"每天十个电话找到 {share_found[9]:.0%} 的被盗卡，再加九十个只多 {share_found[-1] - share_found[9]:.0%}",
    )
)
lab.show(
    figure,
    L(
        f"Share of defrauded cards found and share of calls that are right, for 1 to 100 calls a day; at 100 {card_precision[-1]:.1%} are right.",
        f"每天打 1 至 100 个电话时，找到的被盗卡占比与命中的电话占比；100 个时命中 {card_precision[-1]:.1%}。",
    ),
)

# %% [markdown] id="turn_confusion" lang="en"
# ### Your turn: the confusion matrix at a threshold
#
# A list of a fixed length calls honest people on quiet days and misses frauds on busy ones. So the new system stops
# by **score**. Write a function that counts what happens when every payment with a score *at or above* the threshold
# is stopped. `scored` has the columns `score` and `is_fraud`.

# %% [markdown] id="turn_confusion" lang="zh" en_hash="78377790"
# ### 轮到你了：某个阈值下的混淆矩阵
#
# 长度固定的名单，在平静的日子打扰守规矩的人，在忙乱的日子漏掉欺诈。所以新系统按**评分**来拦。
# 写一个函数：评分*达到或超过*阈值的交易全部拦下时，四种结果各有多少笔。`scored` 含 `score` 和 `is_fraud` 两列。


# %% id="confusion" exercise="confusion"
# en: {"caught": ..., "missed": ..., "false_alarms": ..., "left_alone": ...}, four counts
# zh: {"caught": ..., "missed": ..., "false_alarms": ..., "left_alone": ...}，依次为拦对、漏报、误报、正常放行的笔数
def confusion(scored, threshold):
    # BEGIN SOLUTION
    stopped, fraud = scored["score"] >= threshold, scored["is_fraud"]
    return {
        "caught": (stopped & fraud).sum(),
        "missed": (~stopped & fraud).sum(),
        "false_alarms": (stopped & ~fraud).sum(),
        "left_alone": (~stopped & ~fraud).sum(),
    }
    # END SOLUTION


# %% id="check_confusion"
lab.check("confusion")

# %% [markdown] id="say_confusion" lang="en" tags=["instructor"]
# **5 min, with everything from the model to the calls, of which 2 for the exercise.** Ask which of the four numbers the vendor's 99.6%
# lives on: `left_alone`. *Most of the room* mixes up missed and false alarms; let two people play bank and customer. Short of time (saves
# 1 min): skip the balanced test, keep the line and the points.

# %% [markdown] id="say_confusion" lang="zh" en_hash="e90607d4" tags=["instructor"]
# **5 分钟，含从模型到电话名单的全部内容，其中练习 2 分钟。** 问：厂商的 99.6% 靠的是四个数中的哪一个？是 `left_alone`。
# *多数人*会把漏报和误报弄反；请两位学员分别扮演银行和客户。时间不够时（省 1 分钟）：略去配平的测试，留下那条线和那几个点。

# %% [markdown] id="money" lang="en"
# ## What a miss and a false alarm cost
#
# These are **business assumptions**, signed for by Shen Yan. A missed fraud costs its amount times the share that the
# bank ends up bearing. Every stopped payment costs a check (a message, sometimes a call), fraud or not. A stopped
# honest customer costs more than the check: some put the card away for good. All amounts in yuan.

# %% [markdown] id="money" lang="zh" en_hash="d1be4714"
# ## 漏一笔多少钱，错拦一笔多少钱
#
# 下面是**业务假设**，由沈岩签字负责。漏掉一笔欺诈，损失为金额乘以最终由银行承担的比例。每拦一笔，无论真假，都要花一次核实费
# （短信，有时加电话）。错拦守规矩的客户，代价不止核实费：有人从此把这张卡收了起来。金额单位均为元。

# %% id="terms"
terms = {"bank_bears": 0.6, "check_yuan": 8, "annoyed_yuan": 30}
typical_fraud = scored.loc[scored["is_fraud"], "amount_yuan"].median()
fair_odds = terms["bank_bears"] * typical_fraud
lab.fact(
    "break_even",
    (
        typical_fraud.round(-1),
        (terms["check_yuan"] + terms["annoyed_yuan"]) / (fair_odds + terms["annoyed_yuan"]),
    ),
    L(
        "The typical fraud is about {:,.0f} yuan. At that amount stopping pays from a score of about {:.2f}: not from one half.",
        "典型的一笔欺诈约 {:,.0f} 元。按这个金额，评分约 {:.2f} 起拦截就划算，而不是二分之一。",
    ),
)

# %% [markdown] id="turn_threshold" lang="en"
# That is Elkan's (2001) rule for one amount. Amounts differ, so let the data speak.
#
# ### Your turn: the threshold that minimises cost
#
# Write a function that returns the threshold with the lowest total cost: missed frauds (amount × `bank_bears`), plus
# `check_yuan` for everything stopped, plus `annoyed_yuan` for each false alarm. `scored` has the columns `part`
# (`"tune"` or `"test"`), `amount_yuan`, `is_fraud` and `score`. On which rows will you choose? Tonight you decide about
# weeks that you have not seen. Trying a hundred thresholds is fine.

# %% [markdown] id="turn_threshold" lang="zh" en_hash="2c0b66b9"
# 以上是 Elkan（2001）针对单一金额的规则。实际金额有大有小，还是让数据来说话。
#
# ### 轮到你了：成本最小的阈值
#
# 写一个函数，返回总成本最低的阈值。总成本 = 漏报的欺诈（金额 × `bank_bears`）＋每拦一笔的 `check_yuan`＋每个误报的 `annoyed_yuan`。
# `scored` 含 `part`（`"tune"` 或 `"test"`）、`amount_yuan`、`is_fraud` 和 `score`。该在哪些行上选？
# 今晚你要决定的，是还没见过的那几周。试一百个阈值就足够了。


# %% id="cheapest_threshold" exercise="cheapest_threshold"
# en: one number: payments with a score at or above it are stopped
# zh: 一个数：评分达到或超过它的交易被拦下
def cheapest_threshold(scored, terms):
    # BEGIN SOLUTION
    rows = scored[scored["part"] == "tune"].sort_values("score", ascending=False)
    loss = rows["amount_yuan"] * terms["bank_bears"] * rows["is_fraud"]
    missed = loss.sum() - loss.cumsum()
    checks = terms["check_yuan"] * np.arange(1, len(rows) + 1)
    annoyed = terms["annoyed_yuan"] * (~rows["is_fraud"]).cumsum()
    return rows["score"].iloc[(missed + checks + annoyed).argmin()]
    # END SOLUTION


# %% id="check_cheapest_threshold"
lab.check("cheapest_threshold")

# %% [markdown] id="say_money" lang="en" tags=["instructor"]
# **5 min, of which 3 for the exercise.** Before the curve, ask for the threshold and write three guesses on the board.
# *Most of the room* says one half, and half of the rest would choose on the test weeks "because they are newer".
# Then the test is no longer a test. Short of time (saves 2 min): give the three cost lines, keep the question of the rows.

# %% [markdown] id="say_money" lang="zh" en_hash="67101ff8" tags=["instructor"]
# **5 分钟，其中练习 3 分钟。** 展示曲线之前先让大家猜阈值，在白板上写三个猜测。
# *多数人*说二分之一；剩下的人里又有一半想在测试段上选，“因为更新”。那样一来，测试就不再是测试了。
# 时间不够时（省 2 分钟）：直接给出三行成本，只留“用哪些行”这一问。

# %% [markdown] id="curve" lang="en"
# The same sum at a hundred thresholds, for any weeks and any assumptions. Doing nothing is the mark to beat.

# %% [markdown] id="curve" lang="zh" en_hash="fc3ec3b5"
# 对一百个阈值算同样的账，任意几周、任意假设都行。要超过的标杆是“什么都不做”。

# %% id="cost_curve"
thresholds = np.concatenate([np.geomspace(0.002, 0.1, 40), np.arange(0.11, 1.0, 0.01)])


# en: total cost in yuan when these rows are stopped
# zh: 拦下这些行时的总成本（元）
def cost(rows, stopped, terms):
    fraud = rows["is_fraud"].to_numpy()
    missed = rows["amount_yuan"].to_numpy()[fraud & ~stopped].sum() * terms["bank_bears"]
    return missed + stopped.sum() * terms["check_yuan"] + (stopped & ~fraud).sum() * terms["annoyed_yuan"]


# en: only payments that some threshold stops matter one by one; the rest is left alone always
# zh: 只有可能被某个阈值拦下的交易才需逐笔看，其余始终放行
def cost_curve(rows, terms):
    always_missed = cost(rows, np.zeros(len(rows), dtype=bool), terms)
    near = rows[rows["score"] >= thresholds[0]]
    far_away = always_missed - cost(near, np.zeros(len(near), dtype=bool), terms)
    scores = near["score"].to_numpy()
    return pd.Series([far_away + cost(near, scores >= t, terms) for t in thresholds], thresholds)


tune = scored[scored["part"] == "tune"]
tuned_curve, tested_curve = cost_curve(tune, terms), cost_curve(test, terms)
chosen = tuned_curve.idxmin()
weeks_tested = max((test_end - test_start) / (7 * DAY), 1e-9)
nothing_stopped = cost(test, np.zeros(len(test), dtype=bool), terms)

# %% id="cost_figure"
figure, axes = plt.subplots(figsize=(7.4, 3.9))
per_week = tested_curve / weeks_tested / 1_000
axes.plot(per_week.index, per_week, color=BLUE)
axes.plot(chosen, per_week[chosen], "o", color=RED)
axes.annotate(
    L(f"chosen on earlier weeks: {chosen:.2f}", f"在更早的几周上选定：{chosen:.2f}"),
    (chosen, per_week[chosen]),
    xytext=(0, 100),
    textcoords="offset points",
    ha="center",
    color=RED,
    arrowprops={"arrowstyle": "-", "color": RED},
)
axes.set(xscale="log", ylim=(0, per_week.max() * 1.05))
axes.set_xticks(shown := [0.002, 0.01, 0.05, 0.2, 0.5, 0.99], [f"{value:g}" for value in shown])
axes.xaxis.set_minor_locator(plt.NullLocator())
axes.set_xlabel(L("Payments are stopped from this score on", "评分从这里起拦截"))
axes.set_ylabel(L("Cost per week, thousand yuan", "每周成本（千元）"))
half = tested_curve.index[np.abs(thresholds - 0.5).argmin()]
axes.set_title(
    L(
        f"At one half the bank pays {tested_curve[half] / tested_curve[chosen]:.1f} times as much as at {chosen:.2f}",
        f"阈值定在二分之一，成本是定在 {chosen:.2f} 时的 {tested_curve[half] / tested_curve[chosen]:.1f} 倍",
    )
)
lab.show(
    figure,
    L(
        f"Cost per week on the test weeks against the threshold; {chosen:.2f}, chosen on the tuning weeks, is marked.",
        f"测试段每周成本随阈值的变化；在调参段选定的 {chosen:.2f} 已标出。",
    ),
)

# %% [markdown] id="panel" lang="en"
# ## Turn the knob
#
# Move the threshold, and what an annoyed customer costs. Two questions that only playing answers:
# **1.** How much may an annoyed customer cost before the cheapest threshold rises above one half?
# **2.** At 30 yuan, which is the dearer mistake: a threshold of 0.01 or one of 0.99? And at 300 yuan?

# %% [markdown] id="panel" lang="zh" en_hash="0cdd81f9"
# ## 转一转旋钮
#
# 移动阈值，再改一改惹恼一位客户的代价。有两个问题，只有动手才能回答：
# **1.** 惹恼一位客户要贵到多少，最划算的阈值才会超过二分之一？
# **2.** 代价为 30 元时，哪个错误更贵：阈值定在 0.01，还是定在 0.99？300 元时呢？

# %% id="play"
from labkit.live import Slider


def draw(threshold, annoyed):
    now = terms | {"annoyed_yuan": annoyed}
    total = cost_curve(test, now) / weeks_tested / 1_000
    misses = cost_curve(test, now | {"check_yuan": 0, "annoyed_yuan": 0}) / weeks_tested / 1_000
    stopped, fraud = (test["score"] >= threshold).to_numpy(), test["is_fraud"].to_numpy()
    saved = round((nothing_stopped - cost(test, stopped, now)) / weeks_tested, -2) + 0.0
    figure, axes = plt.subplots(figsize=(7.4, 3.7))
    axes.fill_between(total.index, misses, color=RED, alpha=0.75, label=L("missed frauds", "漏报的欺诈"))
    axes.fill_between(
        total.index,
        misses,
        total,
        color=SKY,
        alpha=0.75,
        label=L("checks and annoyed customers", "核实与惹恼客户"),
    )
    axes.axvline(threshold, color="black", linewidth=1.5)
    axes.set(xscale="log", xlim=(0.005, 1), ylim=(0, 1.15 * total[total.index >= 0.005].max()))
    axes.set_xticks(shown := [0.005, 0.02, 0.1, 0.5, 1], [f"{value:g}" for value in shown])
    axes.xaxis.set_minor_locator(plt.NullLocator())
    axes.set(xlabel=L("Threshold", "阈值"), ylabel=L("Cost per week, thousand yuan", "每周成本（千元）"))
    axes.legend(loc="upper center")
    axes.set_title(
        L(
            f"Stopping from {threshold:.2f} on saves {saved:,.0f} yuan a week",
            f"评分从 {threshold:.2f} 起拦截，每周节省 {saved:,.0f} 元",
        )
    )
    sentence = L(
        f"Threshold {threshold:.2f}, {annoyed:.0f} yuan for an annoyed customer: {(stopped & fraud).sum():,} frauds stopped, "
        f"{(~stopped & fraud).sum():,} missed, {(stopped & ~fraud).sum():,} false alarms; saved {saved:,.0f} yuan a week. "
        f"The cheapest threshold would be {total.idxmin():.2f}.",
        f"阈值 {threshold:.2f}，惹恼一位客户 {annoyed:.0f} 元：拦下欺诈 {(stopped & fraud).sum():,} 笔，"
        f"漏报 {(~stopped & fraud).sum():,} 笔，误报 {(stopped & ~fraud).sum():,} 笔；每周节省 {saved:,.0f} 元。"
        f"最划算的阈值是 {total.idxmin():.2f}。",
    )
    return figure, sentence


lab.panel(
    draw,
    threshold=Slider(L("Threshold", "阈值"), 0.01, 0.99, 0.01, 0.5),
    annoyed=Slider(L("Annoyed customer, yuan", "惹恼一位客户（元）"), 0, 1_500, 10, 30),
)

# %% [markdown] id="explain" lang="en"
# ## Why was this one stopped?
#
# The person on the phone needs reasons. Take the alert with the most money at stake (score × amount) and ask the
# model again and again: what would the score be if this one thing were **as usual for this card**, and everything else as
# it is? (Robnik-Sikonja and Kononenko 2008 explain single predictions by taking features away; "as usual" is our
# stand-in for "away".) The bars show how far the score falls, in log-odds. Its limits: one group at a time misses
# reasons that only work together, the made-up payment may be one that never happens, and what moves the *score* need
# not be what the thief did.

# %% [markdown] id="explain" lang="zh" en_hash="4cbaf2f2"
# ## 这一笔为什么被拦？
#
# 打电话的同事需要理由。取涉险金额（评分 × 金额）最大的那条预警，反复问模型：如果只有这一点**和这张卡平常一样**，其余照旧，评分会是多少？
# （Robnik-Sikonja 与 Kononenko 2008 通过拿掉特征来解释单个预测；这里用“和平常一样”代替“拿掉”。）
# 条形表示评分下降多少，以对数几率计。它的局限：一次只换一组，会漏掉合在一起才起作用的理由；换出来的交易可能根本不会发生；
# 推动*评分*的，未必就是盗刷者做的事。

# %% id="alert"
stakes = test["score"] * test["amount_yuan"]
enough_past = before[test.index] >= 20
alert = stakes[enough_past].idxmax() if enough_past.any() else stakes.idxmax()
its_past = behaviour[(log["card_id"] == log.loc[alert, "card_id"]) & (moment < moment[alert])]
as_usual = its_past.median()
codes = [name for name in ("category", "channel") if name in behaviour]
if codes and len(its_past):
    as_usual[codes] = its_past[codes].mode().iloc[0]
groups = {
    L("amount", "金额"): ["amount_yuan", "times_usual", "times_usual_here"],
    L("pace of the card", "刷卡节奏"): [
        name for name in behaviour if name.endswith(("1h", "6h", "48h")) and name != "new_device_48h"
    ],
    L("kind of shop", "商户类别"): ["category", "share_of_category"],
    L("device and channel", "设备与用卡方式"): ["channel", "new_device", "new_device_48h"],
    L("place", "地点"): ["distance_km", "is_abroad", "visits_before", "visits_7d"],
    L("the shop itself", "商户本身"): [name for name in behaviour if name.startswith("shop_")],
    L("hour of the day", "时刻"): ["hour"],
}


def log_odds(rows):
    return model.decision_function(rows)


as_it_is = behaviour.loc[[alert]]
falls = {}
for name, members in groups.items():
    members = [member for member in members if member in behaviour]
    if members:
        changed = as_it_is.assign(**as_usual[members].to_dict()).astype("float32")
        falls[name] = (log_odds(as_it_is) - log_odds(changed))[0]
falls = pd.Series(falls).sort_values()
lab.fact(
    "alert",
    (log.loc[alert, "amount_yuan"], moment[alert].strftime("%Y-%m-%d %H:%M"), falls.index[-1]),
    L(
        "A payment of {:,.0f} yuan on {}. The score would fall most if this were as usual: {}.",
        "一笔 {:,.0f} 元的交易，时间 {}。如果这一项和平常一样，评分下降最多：{}。",
    ),
)

# %% id="alert_figure"
figure, axes = plt.subplots(figsize=(7.2, 3.5))
bars = axes.barh(falls.index, falls, color=np.where(falls > 0, RED, GREY))
axes.bar_label(bars, fmt="%.1f", padding=4)
axes.axvline(0, color="black", linewidth=1)
axes.margins(x=0.12)
axes.grid(visible=False)
axes.set_xlabel(L("Fall of the log-odds if as usual for this card", "换成这张卡的平常值后，对数几率的下降"))
axes.set_title(
    L(
        f"Stopped above all for: {falls.index[-1]}, then {falls.index[-2]}",
        f"被拦的主要理由：{falls.index[-1]}，其次是{falls.index[-2]}",
    )
)
lab.show(
    figure,
    L(
        f"Bars: fall of the log-odds by group of features, largest for {falls.index[-1]}.",
        f"条形图：各组特征换成平常值后对数几率的下降，最大的是{falls.index[-1]}。",
    ),
)

# %% [markdown] id="say_explain" lang="en" tags=["instructor"]
# **3 min, with the panel.** Let one person read the bars as a phone call: "You are calling because …".
# *Most of the room* reads the bars as causes. Ask what the thief would have to do to look usual.
# Short of time (saves 1 min): the panel goes home.

# %% [markdown] id="say_explain" lang="zh" en_hash="ec67a15c" tags=["instructor"]
# **3 分钟，含旋钮。** 请一位学员把条形念成一通电话：“给您打电话，是因为……”。
# *多数人*会把条形当成原因。请追问：盗刷者要怎么做才会看上去和平常一样？时间不够时（省 1 分钟）：旋钮留作课后。

# %% [markdown] id="truth" lang="en"
# ## The truth
#
# Lighthouse Bank is a synthetic world, so we may look behind the curtain. Every fraud has a **typology**. Stop as many
# payments as there are frauds in the test weeks: which kinds does the model find, and which does it miss?

# %% [markdown] id="truth" lang="zh" en_hash="0701d71b"
# ## 真相
#
# 灯塔银行是个虚拟世界，所以可以看看幕后。每笔欺诈都有一个**类型**。测试段有多少笔欺诈，就拦多少笔：
# 模型找到了哪几类？漏掉了哪一类？

# %% id="planted"
planted = lab.truth("fraud_truth")

# %% id="by_typology"
typology = planted.set_index("transaction_id")["typology"].astype(str)
of_test = test.assign(typology=typology.reindex(log.loc[test.index, "transaction_id"]).to_numpy())
truly_fraud = of_test["typology"].notna()
alarm = of_test["score"] >= of_test["score"].nlargest(truly_fraud.sum()).iloc[-1]
reported_after = (
    planted["report_due_on"]
    - moment.set_axis(log["transaction_id"]).reindex(planted["transaction_id"]).dt.normalize().to_numpy()
) / DAY
cases = planted.assign(case=planted["episode_id"].fillna(-planted["transaction_id"]))
by_typology = pd.DataFrame(
    {
        "found": alarm.groupby(of_test["typology"]).mean(),
        "payments": planted["typology"].astype(str).value_counts(),
        "cases": cases.groupby(cases["typology"].astype(str))["case"].nunique(),
        "days_to_report": reported_after.groupby(planted["typology"].astype(str)).mean(),
        "yuan_median": log.set_index("transaction_id")["amount_yuan"]
        .reindex(planted["transaction_id"])
        .groupby(planted["typology"].astype(str).to_numpy())
        .median(),
    }
).sort_values("found")
by_typology.round({"found": 2, "days_to_report": 1, "yuan_median": 0})

# %% [markdown] id="turn_missed" lang="en"
# ### Your turn: what the model misses, and why
#
# One typology hardly shows up among the alarms. Four explanations are on offer; the table can settle which of them holds:
# `"too_rare"` (too few examples to learn from), `"reported_late"` (its labels take longer), `"small_amounts"`
# (far smaller than ordinary payments), `"no_trace"` (the payment itself is an ordinary one). Compare it
# with the others before you decide; `common_yuan` is the median honest payment.

# %% [markdown] id="turn_missed" lang="zh" en_hash="236c33ce"
# ### 轮到你了：模型漏掉了哪一类，为什么
#
# 有一类几乎不出现在预警里。解释有四种，哪种成立可以由表来裁决：`"too_rare"`（可学的例子太少）、`"reported_late"`（报案更晚）、
# `"small_amounts"`（金额远小于普通交易）、`"no_trace"`（交易本身就是一笔普通交易）。
# 先与其他几类比一比再决定；`common_yuan` 是正常交易金额的中位数。

# %% id="common_yuan"
common_yuan = log["amount_yuan"][~is_fraud].median()
lab.fact(
    "common_yuan",
    common_yuan.round(),
    L("The median honest payment is {:,.0f} yuan.", "正常交易金额的中位数是 {:,.0f} 元。"),
)

# %% id="missed_typology" exercise="missed_typology"
# en: two words: the typology, and the explanation
# zh: 两个词：类型，以及解释
missed_typology = ("friendly_fraud", "no_trace")  # SOLUTION

# %% id="check_missed_typology"
lab.check("missed_typology")

# %% [markdown] id="friendly" lang="en"
# What could anybody have found? The answer key says when a card or a shop was in danger, and of which kind. A model
# that is told so beforehand is the **oracle**: the best that honest features could hope for.

# %% [markdown] id="friendly" lang="zh" en_hash="568239f6"
# 到底有多少是能找到的？答案键里写着哪张卡、哪家商户在什么时候处于哪一种危险之中。事先被告知这些的模型就是**先知**：
# 诚实的特征最多也就到这个程度。

# %% id="planted_kinds"
planted_kinds = lab.truth("fraud_typologies")

# %% id="planted_episodes"
planted_episodes = lab.truth("fraud_episodes")

# %% id="oracle"
in_danger = pd.DataFrame(index=log.index)
for kind, episodes in planted_episodes.groupby("typology", observed=True):
    where = "card_id" if episodes["card_id"].notna().all() else "terminal_id"
    dangers = episodes[[where, "starts_at", "ends_at"]].astype({where: "int64"})
    rows = log[[where, "happened_at"]].reset_index().merge(dangers, on=where)
    inside = rows["happened_at"].between(rows["starts_at"], rows["ends_at"])
    in_danger[kind] = log.index.isin(rows.loc[inside, "index"]).astype("float32")
told = pd.concat([behaviour, in_danger], axis=1)
oracle_score = fitted(told).predict_proba(told.loc[test.index])[:, 1]
true_kind = planted.set_index("transaction_id")["typology"].astype(str)
true_kind = true_kind.reindex(log.loc[test.index, "transaction_id"]).to_numpy()
truly = pd.notna(true_kind)
honest_ap = average_precision_score(truly, test["score"])
oracle_ap = average_precision_score(truly, oracle_score)
lab.fact(
    "oracle",
    (oracle_ap, honest_ap, honest_ap / oracle_ap),
    L(
        "Average precision: the oracle {:.2f}, our model {:.2f}, that is {:.0%} of it. Neither reaches 1.",
        "平均查准率：先知 {:.2f}，我们的模型 {:.2f}，为其 {:.0%}。两者都到不了 1。",
    ),
)
found = pd.DataFrame({"model": test["score"].to_numpy(), "oracle": oracle_score})
found = (
    found.rank(ascending=False, method="first")
    .le(truly.sum())
    .groupby(true_kind)
    .mean()
    .sort_values(["model", "oracle"])
)
kind_names = planted_kinds.assign(typology=planted_kinds["typology"].astype(str)).set_index("typology")
kind_names = kind_names[L("name_en", "name_zh")].str.split("[:：（]", regex=True).str[0].reindex(found.index)
figure, axes = plt.subplots(figsize=(7.6, 3.6))
for shift, who, colour, words in (
    (-0.2, "oracle", GREY, L("the oracle", "先知")),
    (0.2, "model", BLUE, L("our model", "我们的模型")),
):
    bars = axes.barh(np.arange(len(found)) + shift, 100 * found[who], height=0.36, color=colour, label=words)
    axes.bar_label(bars, fmt="%.0f%%", padding=3, fontsize=9)
axes.set_yticks(np.arange(len(found)), kind_names)
axes.legend(loc="lower right", bbox_to_anchor=(1, 0.02))
axes.grid(visible=False)
axes.set(xlim=(0, 112), xlabel=L("Found, % of the fraudulent payments", "找到的欺诈交易（%）"))
axes.set_title(
    L(
        f"Not even the oracle finds it: {kind_names.iloc[0].lower()}",
        f"连先知也找不到：{kind_names.iloc[0]}",
    )
)
lab.show(
    figure,
    L(
        f"Bars by typology, model and oracle; the model finds {found['model'].iloc[0]:.0%} of {kind_names.iloc[0].lower()}.",
        f"各类型中模型与先知各找到多少；{kind_names.iloc[0]}里，模型找到 {found['model'].iloc[0]:.0%}。",
    ),
)

# %% [markdown] id="nobody" lang="en"
# Friendly fraud is a payment that the holder did make and later denies. It was planted without any trace: the difference
# is in somebody's head, not in the log. A model that claims to find it has read the labels.

# %% [markdown] id="nobody" lang="zh" en_hash="1821af9b"
# 善意欺诈是持卡人确实刷过、事后又否认的交易。它在预埋时不留任何痕迹：差别在人的心里，不在流水里。谁的模型声称能找到它，谁就是偷看了标签。

# %% [markdown] id="so_what" lang="en"
# ## So what
#
# Give Shen Yan one number, with what it saves in a week and how sure we are. Frauds come in bunches (one spree, one
# bad shop), so chance is drawn in whole weeks: the test weeks again and again, two thousand times.

# %% [markdown] id="so_what" lang="zh" en_hash="b677a676"
# ## 所以呢
#
# 交给沈岩一个数，附上每周能省多少、有多大把握。欺诈总是成串地来（一次连刷、一家有问题的店），所以抽样以整周为单位：
# 把测试的各周反复重抽两千次。

# %% id="savings"
stopped = (test["score"] >= chosen).to_numpy()
week = ((test["happened_at"] - test_start) // (7 * DAY)).to_numpy()
fraud = test["is_fraud"].to_numpy()
gain = np.where(fraud & stopped, test["amount_yuan"] * terms["bank_bears"], 0.0)
gain -= stopped * terms["check_yuan"] + (stopped & ~fraud) * terms["annoyed_yuan"]
saved_by_week = pd.Series(gain).groupby(week).sum()
drawn = lab.rng("weeks").choice(saved_by_week.to_numpy(), (2_000, len(saved_by_week))).mean(axis=1)
saved, low, high = (
    round(value, -3) + 0.0 for value in (saved_by_week.mean(), *np.quantile(drawn, [0.05, 0.95]))
)
savings = pd.Series(
    {
        L("the rules together", "各条规则合用"): nothing_stopped - cost(test, any_rule, terms),
        L("model, from one half", "模型，二分之一起"): nothing_stopped - tested_curve[half],
        L("model, chosen threshold", "模型，选定的阈值"): nothing_stopped - tested_curve[chosen],
        L("perfect foresight", "完全先知先觉"): nothing_stopped - cost(test, fraud, terms),
    }
).div(weeks_tested)

# %% id="savings_figure"
figure, axes = plt.subplots(figsize=(7.4, 2.9))
bars = axes.barh(savings.index[::-1], savings[::-1] / 1_000, color=[GREY, BLUE, SKY, ORANGE])
axes.bar_label(bars, fmt="%.0f", padding=4)
axes.margins(x=0.1)
axes.grid(visible=False)
axes.set_xlabel(L("Saved per week on the test weeks, thousand yuan", "测试段每周节省（千元）"))
share_of_perfect = savings.iloc[2] / savings.iloc[3]
axes.set_title(
    L(
        f"One number takes {share_of_perfect:.0%} of all that could be saved",
        f"一个数，拿到了全部可省金额的 {share_of_perfect:.0%}",
    )
)
lab.show(
    figure,
    L(
        "Bars: yuan saved per week by the rules, by the model at one half, at the chosen threshold, and with perfect foresight.",
        "条形图：规则、模型（二分之一）、模型（选定阈值）与完全先知先觉各自每周节省的金额。",
    ),
)

# %% id="decision"
alarms_a_day = stopped.sum() / (weeks_tested * 7)
lab.fact(
    "decision",
    (chosen, alarms_a_day, fraud[stopped].mean(), saved, low, high),
    L(
        "Stop from a score of {:.2f} on: {:.1f} payments a day, {:.0%} of them fraud. Saves about {:,.0f} yuan a week "
        "(nine times in ten between {:,.0f} and {:,.0f}).",
        "评分 {:.2f} 起拦截：每天约 {:.1f} 笔，其中 {:.0%} 是欺诈。每周约节省 {:,.0f} 元（十次中有九次在 {:,.0f} 与 {:,.0f} 元之间）。",
    ),
)
cautious = terms | {"bank_bears": 0.3, "check_yuan": 20, "annoyed_yuan": 150}
cautious_chosen = cost_curve(tune, cautious).idxmin()
cautious_saved = (
    cost(test, np.zeros(len(test), dtype=bool), cautious) - cost_curve(test, cautious)[cautious_chosen]
)
lab.fact(
    "sensitivity",
    (cautious_chosen, round(cautious_saved / weeks_tested, -3) + 0.0),
    L(
        "If the bank bears half as much, a check costs 20 yuan and an annoyed customer 150: stop from {:.2f} on, and still save {:,.0f} yuan a week.",
        "如果银行承担的比例减半、核实一次 20 元、惹恼一位客户 150 元：评分 {:.2f} 起拦截，每周仍节省 {:,.0f} 元。",
    ),
)

# %% id="who_is_stopped"
if "card_transactions" not in lab.own_tables:
    birth = lab.data("customers", ["customer_id", "birth_year"]).set_index("customer_id")["birth_year"]
    age = 2025 - birth.reindex(log.loc[test.index, "customer_id"]).to_numpy()
    false_alarm = pd.Series(stopped & ~fraud)
    by_age = (
        10_000 * false_alarm.groupby(np.where(age < 35, "young", np.where(age < 60, "middle", "old"))).mean()
    )
    lab.fact(
        "who_is_stopped",
        tuple(by_age.reindex(["young", "middle", "old"]).fillna(0)),
        L(
            "Wrongly stopped, of 10000 payments: {:.0f} below the age of 35, {:.0f} from 35 to 59, {:.0f} from 60 on.",
            "每 10000 笔交易中被错拦的：35 岁以下 {:.0f} 笔，35 至 59 岁 {:.0f} 笔，60 岁及以上 {:.0f} 笔。",
        ),
    )

# %% [markdown] id="care" lang="en"
# Before the switch is turned:
#
# * **Trust.** A stopped honest customer stands in public with a card that does not work. Ask within the minute,
#   by a channel they know, and never for a password: thieves make the same call.
# * **Fairness.** Read the line by age above, and repeat it by city and by card. Few payments in the past make a
#   customer look unusual; travellers, newcomers and the old pay for that.
# * **Law.** A decision made by a machine alone, with a serious effect, gives the person a right to an explanation and to
#   a human being. So keep the reasons with each alert, and a way to object.
# * **Denial.** A dispute that the model cannot see goes to people, not to a blacklist: most who say "not me" are right.
# * **Learning on.** From tomorrow stopped frauds leave no loss, and thieves change. Let a small random share of alerts
#   be checked but not stopped, and retrain only on labels that have had time to arrive.

# %% [markdown] id="care" lang="zh" en_hash="78781d62"
# 合闸之前：
#
# * **信任。** 被错拦的客户是当着众人刷不了卡。一分钟之内要问到本人，用对方熟悉的渠道，绝不索要密码：骗子打的是同样的电话。
# * **公平。** 读一读上面按年龄的那一行，再按城市、按卡种各做一遍。过去交易少的人看上去就“反常”，出差的、新来的、年长的会为此吃亏。
# * **法律。** 完全由机器作出、影响重大的决定，当事人有权要求说明，也有权要求由人来处理。所以每条预警都要留下理由，并留出申诉的渠道。
# * **否认交易。** 模型看不出来的争议交给人来处理，而不是拉进黑名单：说“不是我”的人，多数说的是实话。
# * **持续学习。** 从明天起，被拦下的欺诈不再留下损失，盗刷者也会变招。让一小部分随机的预警只核实、不拦截，
#   并且只用已经等到标签的数据重新训练。

# %% [markdown] id="own" lang="en"
# ## On your own data
#
# A log of card payments with four columns: `happened_at` (with a time of day if you have it), `card_id`, `amount_fen` (amounts
# under another name are read as yuan) and `reported_fraud` (yes/no). It should hold at least 50 frauds. `reported_on`,
# `terminal_id`, `category`, `channel`, `is_abroad`, `new_device` and `approved` are used where you have them. From 1 000
# to 1 000 000 rows run in a minute. Distance and the truth stay with Lighthouse Bank.
#
# ```
# labkit run 2.10 --data card_transactions=payments.csv --map card_id=CardNo
# ```
#
# or, in this notebook, set `data = {"card_transactions": "payments.csv"}` at the top, and
# `columns = {"card_id": "CardNo"}` if a column has another name. Your costs go into `terms`. Before you believe an average
# precision above 0.9, ask of every strong feature when it was known.

# %% [markdown] id="own" lang="zh" en_hash="c37e7d59"
# ## 用你自己的数据
#
# 一份刷卡流水，四列即可：`happened_at`（最好带时刻）、`card_id`、`amount_fen`（金额列若叫别的名字，按元读取）和 `reported_fraud`（是/否）。
# 欺诈最好不少于 50 笔。`reported_on`、`terminal_id`、`category`、`channel`、`is_abroad`、`new_device`、`approved` 有就会用上。
# 1 000 到 1 000 000 行都能在一分钟内跑完。距离和真相两部分只属于灯塔银行。
#
# ```
# labkit run 2.10 --data card_transactions=payments.csv --map card_id=CardNo
# ```
#
# 也可以在本笔记本顶部设置 `data = {"card_transactions": "payments.csv"}`；如果列名不同，再加上
# `columns = {"card_id": "CardNo"}`。你们的成本写进 `terms`。看到高于 0.9 的平均查准率，先别信：逐个问强特征“这是什么时候知道的？”

# %% [markdown] id="quiz" lang="en"
# ## Three questions
#
# Click an option, or answer with `lab.answer("window", "A")`.

# %% [markdown] id="quiz" lang="zh" en_hash="ea8414f1"
# ## 三道测验题
#
# 点击选项作答，也可以用 `lab.answer("window", "A")`。

# %% id="quiz_window"
lab.quiz("window")

# %% id="quiz_balance"
lab.quiz("balance")

# %% id="quiz_capacity"
lab.quiz("capacity")

# %% id="progress"
lab.progress()

# %% [markdown] id="say_end" lang="en" tags=["instructor"]
# **5 min, with truth and so what, of which 2 for the exercise.** Before the table, ask: "Which kind will it miss?"
# *Most of the room* says the rarest. Counted in cases it is not rare at all; let them find that in the table.
# Short of time (saves 1 min): quiz goes home; never skip the five points before the switch.

# %% [markdown] id="say_end" lang="zh" en_hash="3ecbf8c1" tags=["instructor"]
# **5 分钟，含真相与“所以呢”，其中练习 2 分钟。** 看表之前先问：“哪一类会被漏掉？”*多数人*会说最少见的那一类。
# 可按案件数来算，它一点也不少见；让大家自己在表里发现。时间不够时（省 1 分钟）：测验留作课后；合闸之前的五点绝不能省。
