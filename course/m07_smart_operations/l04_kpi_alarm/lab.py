# ---
# id: "7.4"
# name: kpi_alarm
# title: {en: "When a KPI moves, why?", zh: "指标动了，为什么？KPI 异常监控"}
# minutes: 35
# core: true
# outline: ["七.4", "七.4【KPI 异常】"]
# tables: [kpi_daily, calendar_days, kpi_tree, cities]
# prerequisites: []
# ---

# %% [markdown] id="question" lang="en"
# # When a KPI moves, why?
#
# **An alarm rings at eight in the morning. Is something broken, and where?**
#
# *35 minutes.* You will **set** limits that ring for faults and not for holidays, **find** the place that a fault comes
# from, and **decide** how easily the alarm should ring, in yuan. You need: pandas at the level of `groupby`.

# %% [markdown] id="question" lang="zh" en_hash="450125a0"
# # 指标动了，为什么？KPI 异常监控
#
# **早上八点警报响了。真出问题了吗？出在哪里？**
#
# *35 分钟。* 你将**设定**只为故障响、不为放假响的控制限，**找到**故障的源头，再用“元”来**决定**警报该多灵敏。
# 预备知识：会用 pandas 的 `groupby` 即可。

# %% [markdown] id="situation" lang="en"
# ## The situation
#
# Lighthouse Bank sells five products through four channels in eight regions, some eight thousand orders a day. Chen Hao runs the
# operations desk. His alarm, "ring when orders fall ten percent below last week", rang on every holiday of last year, so nobody
# listens any more; a fault that cost a branch region a fifth of its loans ran for three weeks before the monthly report showed
# it. He wants an alarm worth getting up for: few rings, none missed, and each with an address.

# %% [markdown] id="situation" lang="zh" en_hash="a930db74"
# ## 业务场景
#
# 灯塔银行在八个地区、通过四个渠道销售五类产品，每天约八千笔订单。陈昊负责运营值班。他现有的警报是“比上周少一成就响”，
# 去年逢节必响，如今没人再理会；而有一次故障让一个地区少卖了五分之一的贷款，拖了三周，月报出来才发现。
# 他要的是值得起床的警报：响得少，不漏报，而且每次都带着地址。

# %% [markdown] id="say_situation" lang="en" tags=["instructor"]
# **3 min, with the first figure.** Ask who in the room owns an alarm that everybody ignores, and why. *Most of the room* says "the limit is
# wrong". Say: the limit is the last thing that is wrong; first comes what we expected of that day.

# %% [markdown] id="say_situation" lang="zh" en_hash="89da73fb" tags=["instructor"]
# **3 分钟，含第一张图。** 问全班：谁手里有一个大家都不理的警报？为什么？*多数人*会说“阈值设错了”。
# 请说：阈值是最后才错的；先错的是对那一天的预期。

# %% id="start" tags=["parameters"]
scale = "lab"
seed = 2026
data = {}
columns = {}

# %% id="open"
import labkit
from labkit import L

lab = labkit.start("7.4", language=L("en", "zh"), scale=scale, seed=seed, data=data, columns=columns)

# %% [markdown] id="data" lang="en"
# ## The data
#
# `kpi_daily`: one row is one day of one product in one channel of one region. `calendar_days`: one row is one day, with what is special
# about it. Every figure of a bank is the sum of many small ones; a fault sits in a few of them and shows, thinned out, in all the sums above.

# %% [markdown] id="data" lang="zh" en_hash="0a2a65c1"
# ## 数据
#
# `kpi_daily`：一行是某地区、某渠道、某产品的一天。`calendar_days`：一行是一天，记着它特别在哪里。
# 银行的每个总数都由许多小数加成；故障只在其中几个里，却会稀释后出现在它上面的所有合计里。

# %% id="read"
from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from labkit.charts import BLUE, GREY, ORANGE, RED

kpi = lab.data("kpi_daily")
dimensions = [name for name in ("region", "channel", "product") if name in kpi]
everywhere = L("whole bank", "全行")


# %% id="sums"
# en: daily orders of every value of these dimensions, one column each
# zh: 按这些维度的每种取值汇总的每日订单数，各占一列
def orders_by(by):
    total = kpi.groupby(["day", *by], observed=True)["orders"].sum()
    table = total.unstack(by) if by else total.to_frame()
    places = [key if isinstance(key, tuple) else (key,) for key in table.columns]
    table.columns = [" · ".join(map(str, place)) if by else everywhere for place in places]
    return table.fillna(0)


pieces = [list(by) for n in range(min(len(dimensions), 2) + 1) for by in combinations(dimensions, n)]
orders = pd.concat([orders_by(by) for by in pieces], axis=1).sort_index()
calendar = pd.DataFrame({"day": orders.index}).merge(lab.data("calendar_days"), how="left", on="day")
lab.fact(
    "series",
    (len(orders), orders.shape[1]),
    L(
        "{:,} days; {:,} series to watch: the whole bank, and every part of it along one dimension or two.",
        "{:,} 天；要看的序列有 {:,} 条：全行，以及沿一个或两个维度切出的每一部分。",
    ),
)

# %% [markdown] id="stl" lang="en"
# ## First try: trend and week
#
# **STL** (Cleveland et al., 1990) takes a series apart into a slow trend, a weekly rhythm, and the rest. We work on logarithms, because a
# fault takes a *share* of the orders. What is left over is the surprise of the day, and a **control limit** says how much of
# it is too much (Shewhart, 1931).

# %% [markdown] id="stl" lang="zh" en_hash="2c2c4810"
# ## 第一次尝试：趋势加星期
#
# **STL**（Cleveland 等，1990）把一条序列拆成缓慢的趋势、每周的节律和剩余。我们在对数上做，因为故障拿走的是订单的一个*比例*。
# 剩下的就是当天的意外；**控制限**说的是意外多大才算太大（Shewhart，1931）。

# %% id="decompose"
from statsmodels.tsa.seasonal import STL

total = orders[everywhere]
surprise = STL(np.log(total.clip(lower=0) + 0.5), period=7, robust=True).fit().resid

# %% [markdown] id="turn_limits" lang="en"
# ### Your turn: limits that a fault cannot widen
#
# The standard deviation of a series with faults in it is inflated by the faults, and then hides them. Use the **median** and the **median
# absolute deviation** (the median distance from the median); times 1.4826 it equals the standard deviation where
# nothing is wrong.

# %% [markdown] id="turn_limits" lang="zh" en_hash="80858f81"
# ### 轮到你了：不被故障撑宽的控制限
#
# 序列里有故障，标准差就会被故障撑大，反过来又把故障藏起来。请改用**中位数**和**绝对中位差**（到中位数距离的中位数）；
# 没有异常时，它乘以 1.4826 就等于标准差。


# %% id="robust_limits" exercise="robust_limits"
# en: lower and upper limit, `width` robust standard deviations below and above the median
# zh: 返回下限和上限：中位数上下各 `width` 个稳健标准差
def robust_limits(surprise, width):
    # BEGIN SOLUTION
    middle = np.median(surprise)
    spread = 1.4826 * np.median(np.abs(surprise - middle))
    return middle - width * spread, middle + width * spread
    # END SOLUTION


# %% id="check_robust_limits"
lab.check("robust_limits")

# %% id="first_alarms"
middle = surprise.median()
robust_spread = 1.4826 * (surprise - middle).abs().median()
beyond = (surprise - middle).abs() > 5 * robust_spread
first_alarms = list(surprise.index[beyond])
special = calendar.set_index("day")[["holiday", "festival"]].notna().any(axis=1)
on_special_days = int((beyond & special.to_numpy()).sum())

# %% id="first_figure"
figure, axes = plt.subplots(figsize=(8.4, 3.5))
axes.plot(total.index, total, color=GREY, linewidth=0.8)
axes.plot(
    total.index[beyond & special.to_numpy()], total[beyond & special.to_numpy()], "o", color=ORANGE, ms=5
)
axes.plot(
    total.index[beyond & ~special.to_numpy()], total[beyond & ~special.to_numpy()], "o", color=RED, ms=5
)
axes.set(ylabel=L("Orders a day", "每日订单数"), ylim=(0, None))
axes.set_title(
    L(
        f"{len(first_alarms)} alarms, {on_special_days} of them for a holiday or a shopping festival",
        f"响了 {len(first_alarms)} 次，其中 {on_special_days} 次只是因为放假或购物节",
    )
)
lab.show(
    figure,
    L(
        f"Daily orders of the whole series with {len(first_alarms)} alarms; {on_special_days} stand on holidays or festivals.",
        f"每日订单总数，标出 {len(first_alarms)} 次警报；其中 {on_special_days} 次落在节假日或购物节。",
    ),
)

# %% [markdown] id="turn_calendar" lang="en"
# ### Your turn: which of these alarms need nobody to get up?
#
# `first_alarms` lists the days, `calendar` says what is special about each. Find those that a public holiday **or** a shopping festival
# explains (`holiday` and `festival` are empty on other days). Write it for any days.

# %% [markdown] id="turn_calendar" lang="zh" en_hash="c5ae634d"
# ### 轮到你了：哪些警报谁都不用起床？
#
# `first_alarms` 列出了响铃的日子，`calendar` 记着每一天特别在哪里。请找出其中可以由法定节假日**或**购物节解释的那些天
# （其他日子 `holiday` 和 `festival` 为空）。请写成适用于任意日子的函数。


# %% id="explained_days" exercise="explained_days"
# en: those of `alarm_days` that are a holiday or a festival in `calendar`, a table with day, holiday and festival
# zh: 返回 `alarm_days` 中属于节假日或购物节的日子；`calendar` 含 day、holiday、festival 三列
def explained_days(alarm_days, calendar):
    # BEGIN SOLUTION
    special = calendar["holiday"].notna() | calendar["festival"].notna()
    return [day for day in alarm_days if day in set(calendar.loc[special, "day"])]
    # END SOLUTION


# %% id="check_explained_days"
lab.check("explained_days")

# %% [markdown] id="say_calendar" lang="en" tags=["instructor"]
# **7 min, of which 5 for the two exercises.** *Most of the room* would simply switch the alarm off on holidays. Ask: "And when the payment
# system dies on National Day?" Short of time (saves 2 min): give the second exercise away.

# %% [markdown] id="say_calendar" lang="zh" en_hash="34113bd4" tags=["instructor"]
# **7 分钟，其中两道练习 5 分钟。** *多数人*想干脆在节假日把警报关掉。请问：“要是国庆那天支付系统挂了呢？”时间不够时（省 2 分钟）：
# 直接给出第二题的答案。

# %% [markdown] id="expected" lang="en"
# ## What we should have expected
#
# An alarm that is off on holidays is blind on holidays. Better to *expect* the holiday. One regression per series: trend, yearly wave, weekday, pay
# day, month's end, and an effect of its own for each holiday and festival. Faults must not bend it, so whatever lies beyond two
# standard deviations is drawn in and the fit repeated (Huber, *Robust Statistics*, 1981). All series are fitted
# at once: the calendar is the same for all.

# %% [markdown] id="expected" lang="zh" en_hash="8fec3883"
# ## 本该有的预期
#
# 一放假就关掉的警报，放假时就是瞎的。更好的办法是把假日*算进预期*。每条序列做一次回归：趋势、年度波动、星期、发薪日、月末，
# 每个节假日和购物节各有自己的效应。不能让故障把它掰弯，所以超出两个标准差的部分先拉回来，再重新拟合（Huber，*Robust Statistics*，1981）。
# 所有序列一次拟合：日历对大家都一样。

# %% id="design"
order = np.arange(len(calendar))
angle = 2 * np.pi * order / 365.25
month_end = (calendar["day"] + pd.Timedelta(days=2)).dt.month != calendar["day"].dt.month
holiday_day = calendar.groupby((~calendar["holiday"].notna()).cumsum()).cumcount()
first_days = (calendar["holiday"] == "spring_festival") & (holiday_day <= 4)
long_enough = len(calendar) > 500
design = np.column_stack(
    [
        np.ones(len(order)),
        order / len(order),
        (order / len(order)) ** 2,
        *([np.sin(angle), np.cos(angle)] if long_enough else []),
        pd.get_dummies(calendar["day"].dt.day_of_week, drop_first=True),
        calendar["is_pay_day"].fillna(False),
        month_end,
        month_end & (calendar["day"].dt.month % 3 == 0),
        first_days,
        pd.get_dummies(calendar["holiday"]),
        pd.get_dummies(calendar["festival"]),
    ]
).astype(float)


# %% id="z_scores"
# en: how surprising each day of each series is, in robust standard deviations; what was expected; one such deviation
# zh: 每条序列每一天有多意外（以稳健标准差计）；预期是多少；一个标准差有多宽
def surprises(orders):
    counts = orders.to_numpy(dtype=float).clip(min=0)
    log, project = np.log(counts + 0.5), np.linalg.pinv(design)
    drawn_in = log
    for _ in range(15):
        fit = design @ (project @ drawn_in)
        spread = 1.4826 * np.median(np.abs(log - fit), axis=0)
        drawn_in = fit + np.clip(log - fit, -2 * spread, 2 * spread)
    # en: small counts scatter more, and a holiday that comes once a year is known less well
    # zh: 数量越小越分散；一年一次的假日，我们也知道得更少
    by_chance = np.exp(-fit)
    own = np.maximum(spread**2 - np.median(by_chance, axis=0), 1e-5)
    unsure = np.where(special, 0.12**2, 0.0)[:, None]
    usual = np.exp(fit)
    deviation = usual * np.sqrt(own + by_chance + unsure)
    tables = (counts - usual) / deviation, usual, deviation
    return tuple(pd.DataFrame(table, orders.index, orders.columns) for table in tables)


z, expected, deviation = surprises(orders)

# %% id="calendar_figure"
still = int((z[everywhere].abs() > 5).sum())
figure, axes = plt.subplots(figsize=(8.4, 3.2))
axes.plot(total.index, 100 * (total / expected[everywhere] - 1), color=BLUE, linewidth=0.9)
beyond_now = z[everywhere].abs() > 5
axes.plot(total.index[beyond_now], 100 * (total / expected[everywhere] - 1)[beyond_now], "o", color=RED, ms=6)
axes.axhline(0, color="black", linewidth=1)
axes.set_ylabel(L("Orders against expectation, %", "订单数偏离预期（%）"))
axes.set_title(
    L(
        f"With the calendar expected, alarms left on the total: {still}",
        f"把日历算进预期后，总数上剩下的警报：{still} 次",
    )
)
lab.show(
    figure,
    L(
        f"Deviation of daily orders from what the calendar leads to expect; {still} days lie beyond five standard deviations.",
        f"每日订单偏离日历预期的百分比；{still} 天超出五个标准差。",
    ),
)

# %% [markdown] id="cusum" lang="en"
# ## What never jumps: CUSUM
#
# A form that grows longer week by week costs a little more each day. No single day is beyond the limit, and yet a third of the
# orders is gone after six weeks. The **cumulative sum** (Page, 1954) adds up small surprises: every day adds
# $-z$ less a *slack* that ordinary days do not reach; below zero it starts again. When it passes its limit, something has
# been wrong for a while, and the day **after it last stood at zero** says since when.

# %% [markdown] id="cusum" lang="zh" en_hash="6d6407e3"
# ## 从不跳变的故障：CUSUM
#
# 申请表一周比一周长，每天只多丢一点。没有哪一天越限，六周之后订单却少了三分之一。
# **累积和**（Page，1954）把小小的意外加起来：每天加上 $-z$，再减去平常日子达不到的*容差*；低于零就从零重来。
# 一旦越过界限，就说明已经坏了一阵子；**最后一次为零之后的那天**，就是开始的日子。

# %% [markdown] id="turn_drift" lang="en"
# ### Your turn: since when?
#
# Chen Hao does not ask when the alarm rang but since when it has been wrong: only what was changed on that day needs to be searched.

# %% [markdown] id="turn_drift" lang="zh" en_hash="26aac96a"
# ### 轮到你了：从什么时候开始的？
#
# 陈昊问的不是警报几号响的，而是从几号开始坏的：要查的只是那天改动过什么。


# %% id="drift_began" exercise="drift_began"
# en: position of the day on which the first lasting fall began, None if the sum never passes the limit; `z` is an array
# zh: 第一次持续下滑开始那天的位置；累积和从未越限则返回 None；`z` 是数组
def drift_began(z, slack, limit):
    # BEGIN SOLUTION
    total, began = 0.0, 0
    for day, value in enumerate(z):
        total = max(0.0, total - value - slack)
        if total == 0.0:
            began = day + 1
        if total > limit:
            return began
    return None
    # END SOLUTION


# %% id="check_drift_began"
lab.check("drift_began")


# %% id="cusum_all"
# en: the days from where the sum leaves zero to where it is highest, for all series at once; sign -1 looks for falls
# zh: 累积和从离开零到最高点之间的日子，所有序列一起算；sign 取 -1 表示找下滑
def lasting(z, sign, limit, slack=0.7):
    steps = np.clip(sign * z.to_numpy(), -3, 3) - slack
    marked = np.zeros(steps.shape, dtype=bool)
    total, highest = np.zeros(steps.shape[1]), np.zeros(steps.shape[1])
    began, peak = np.zeros(steps.shape[1], dtype=int), np.zeros(steps.shape[1], dtype=int)
    for day, step in enumerate([*steps, np.full(steps.shape[1], -np.inf)]):
        total = np.maximum(total + step, 0.0)
        over = (total == 0.0) | (total < highest - limit / 2)
        for series in np.flatnonzero(over & (highest > limit)):
            marked[began[series] : peak[series] + 1, series] = True
        total[over], highest[over], began[over] = 0.0, 0.0, day + 1
        higher = total > highest
        highest[higher], peak[higher] = total[higher], day
    return marked


# %% id="cusum_figure"
sums = np.zeros(z.shape)
for day in range(1, len(z)):
    sums[day] = np.maximum(sums[day - 1] - np.clip(z.to_numpy()[day], -3, 3) - 0.7, 0)
worst = z.columns[sums.max(axis=0).argmax()]
curve = pd.Series(sums[:, z.columns.get_loc(worst)], z.index)
peak = curve.idxmax()
since = curve[:peak][curve[:peak] == 0].index.max() + pd.Timedelta(days=1)
rang = curve[since:][curve[since:] > 11].index.min()
alone = z.loc[since:peak, worst].abs() > 5
alone_days = (alone.idxmax() - since).days
alone_after = L(f"after {alone_days}", f"要 {alone_days} 天后") if alone.any() else L("never", "始终不响")
days_until = (rang - since).days
sum_after = (
    L(f"after {days_until} days", f" {days_until} 天后响铃") if pd.notna(rang) else L("never", "始终不响")
)
sum_rang = (
    L(f"rang {rang:%Y-%m-%d}", f"{rang:%Y-%m-%d} 响铃") if pd.notna(rang) else L("never rang", "始终没响")
)

figure, (upper, lower) = plt.subplots(2, 1, figsize=(8.4, 4.4), sharex=True, layout="constrained")
window = slice(since - pd.Timedelta(days=30), peak + pd.Timedelta(days=20))
upper.plot(z.loc[window].index, z.loc[window, worst], color=GREY, linewidth=1)
upper.axhline(-5, color=RED, linewidth=1, linestyle=":")
upper.set_ylabel(L("Surprise of the day", "当天的意外"))
lower.plot(curve.loc[window].index, curve.loc[window], color=BLUE)
lower.axhline(11, color=RED, linewidth=1, linestyle=":")
lower.axvline(since, color=ORANGE)
if pd.notna(rang):
    lower.axvline(rang, color=RED)
lower.text(
    since,
    lower.get_ylim()[1] * 0.86,
    L(f" began {since:%Y-%m-%d} ", f" {since:%Y-%m-%d} 开始 "),
    color=ORANGE,
    ha="right",
)
lower.text(rang if pd.notna(rang) else peak, lower.get_ylim()[1] * 0.86, f" {sum_rang}", color=RED)
lower.set_ylabel(L("Cumulative sum", "累积和"))
upper.set_title(
    L(
        f"{worst}: the sum rings {sum_after}; a single day {alone_after}",
        f"{worst}：累积和{sum_after}；单看某一天{alone_after}",
    )
)
lab.show(
    figure,
    L(
        f"Two curves for {worst}: daily surprises, and their cumulative sum, which leaves zero on {since:%Y-%m-%d} and {sum_rang}.",
        f"{worst} 的两条曲线：每天的意外及其累积和；累积和在 {since:%Y-%m-%d} 离开零，{sum_rang}。",
    ),
)

# %% [markdown] id="say_cusum" lang="en" tags=["instructor"]
# **7 min, of which 4 for the exercise.** Play it on the board with six numbers. *Most of the room* names the day of the ring as the
# day of the fault, and
# would search the wrong release. Short of time (saves 2 min): give the loop, let them write the two `if`s.

# %% [markdown] id="say_cusum" lang="zh" en_hash="a219340a" tags=["instructor"]
# **7 分钟，其中练习 4 分钟。** 用六个数字在白板上走一遍。*多数人*会把响铃那天当成故障那天，于是去查错误的版本。
# 时间不够时（省 2 分钟）：给出循环，让他们只写两个 `if`。

# %% [markdown] id="rings" lang="en"
# ## Three ways to ring, one event
#
# A day beyond the limit, a lasting change, or unrest (the mean square over fourteen days): any of them, on any series, rings. Alarms at most two
# days apart are one **event**. One number, the *limit*, makes all three easier or harder.

# %% [markdown] id="rings" lang="zh" en_hash="ba31cc68"
# ## 三种响法，一个事件
#
# 单日越限、持续变化、波动加大（十四天的均方）：任何序列出现任何一种，就响。相隔不超过两天的警报合成一个**事件**。
# 只用一个数，*界限*，同时调松或调紧这三种。


# %% id="find_events"
# en: first and last day of every event at this limit, in the days seen so far
# zh: 截至所见的日子，该界限下每个事件的第一天和最后一天
def find_events(limit, seen=z):
    unrest = (seen.clip(-limit, limit) ** 2).rolling(14, center=True).mean() > limit
    rings = (seen.abs() > limit) | lasting(seen, 1, 2.2 * limit) | lasting(seen, -1, 2.2 * limit) | unrest
    days = rings.index[rings.any(axis=1)]
    event = (days.to_series().diff() > pd.Timedelta(days=3)).cumsum()
    return (
        days.to_series()
        .groupby(event)
        .agg(["min", "max"])
        .set_axis(["first", "last"], axis=1)
        .reset_index(drop=True)
    )


found_events = find_events(5.0)
lab.fact(
    "events",
    (len(found_events), len(orders)),
    L("At a limit of 5: {:,} events in {:,} days.", "界限取 5 时：{1:,} 天里有 {0:,} 个事件。"),
)

# %% [markdown] id="turn_root" lang="en"
# ### Your turn: the address
#
# An event rings in many series at once: in the one that is broken, in every sum that contains it, and in its parts. Which one is
# the **root**? A sum that is
# too wide thins the fault out; a part that is too narrow has more noise. So the root is where the surprise, over the days of the
# event, is **largest in all**, whichever its sign. Write it for the table `z` (a column per series) and an event's two days. (For contribution
# over sets of dimensions see Bhagwan et al., *Adtributor*, 2014.)

# %% [markdown] id="turn_root" lang="zh" en_hash="dc661791"
# ### 轮到你了：故障的地址
#
# 一个事件会让许多序列同时响：坏掉的那一条、包含它的每个合计、以及它的各个部分。哪一条才是**根因**？
# 太宽的合计会把故障稀释，太窄的部分噪声更大。所以根因就是在事件的那些天里，意外**总量最大**的那一条，不论方向。
# 请写出函数：输入表 `z`（每条序列一列）和事件的首末两天。（多维贡献法见 Bhagwan 等，*Adtributor*，2014。）


# %% id="root_of" exercise="root_of"
# en: name of the column of `z` with the largest mean square from day `first` to day `last`
# zh: 返回 `z` 中从 `first` 到 `last` 均方最大的那一列的列名
def root_of(z, first, last):
    # BEGIN SOLUTION
    return (z.loc[first:last] ** 2).mean().idxmax()
    # END SOLUTION


# %% id="check_root_of"
lab.check("root_of")

# %% id="roots"
# en: a product may be broken in two regions at once, so pairs of regions are candidates as well
# zh: 某产品可能在两个地区同时出故障，所以地区两两组合也列为候选
candidates, orders_at, expected_at = z, orders, expected
if {"region", "product"} <= set(dimensions):
    one_product = kpi.pivot_table("orders", "day", ["region", "product"], aggfunc="sum", observed=True)
    regions, products = (one_product.columns.unique(level).tolist() for level in ("region", "product"))
    in_pairs = {
        f"{'+'.join(pair)} · {product}": one_product[pair[0], product] + one_product[pair[1], product]
        for pair in map(sorted, combinations(regions, 2))
        for product in products
    }
    z_pairs, expected_pairs, _ = surprises(pd.DataFrame(in_pairs))
    candidates = pd.concat([z, z_pairs], axis=1)
    orders_at, expected_at = (
        pd.concat(both, axis=1) for both in ((orders, pd.DataFrame(in_pairs)), (expected, expected_pairs))
    )


def with_roots(events):
    squares = candidates**2
    return events.assign(root=[squares.loc[e.first : e.last].mean().idxmax() for e in events.itertuples()])


found_events = with_roots(found_events)
found_events[["first", "last", "root"]].astype(str)

# %% id="root_figure"
whole_time = pd.DataFrame({"first": orders.index[[0]], "last": orders.index[[-1]]})
to_show = found_events if len(found_events) else with_roots(whole_time)
shown_event = to_show.loc[(to_show["last"] - to_show["first"]).dt.days.idxmax()]
strength = candidates.loc[shown_event["first"] : shown_event["last"]].pow(2).mean().nlargest(8)[::-1]
figure, axes = plt.subplots(figsize=(8.0, 3.5))
bars = axes.barh(strength.index, strength, color=[GREY] * (len(strength) - 1) + [RED])
axes.bar_label(bars, fmt="%.0f", padding=4)
axes.margins(x=0.1)
axes.grid(visible=False)
axes.set_xlabel(L("Mean square of the surprise during the event", "事件期间意外的均方"))
axes.set_title(
    L(
        f"From {shown_event['first']:%Y-%m-%d} on, the surprise is largest at {shown_event['root']}",
        f"自 {shown_event['first']:%Y-%m-%d} 起，意外最大的是 {shown_event['root']}",
    )
)
lab.show(
    figure,
    L(
        f"Bars: the eight series with the largest mean square surprise during one event; the largest is {shown_event['root']}.",
        f"条形图：某事件期间意外均方最大的八条序列，最大的是 {shown_event['root']}。",
    ),
)

# %% [markdown] id="say_root" lang="en" tags=["instructor"]
# **5 min, of which 3 for the exercise.** Cover the names and ask whom to phone first. *Most of the room* phones the owner of the whole
# bank's number. Short of time (saves 3 min): only the figure.

# %% [markdown] id="say_root" lang="zh" en_hash="e81f9355" tags=["instructor"]
# **5 分钟，其中练习 3 分钟。** 遮住名称，问先给谁打电话。*多数人*会打给负责全行总数的人。时间不够时（省 3 分钟）：只讲图。

# %% [markdown] id="desk" lang="en"
# ## The desk at eight in the morning
#
# What Chen Hao sees: every figure of the **KPI tree** with expectation and control limits (five robust standard deviations), what rang in
# the last seven days and **where**, and the orders of a place cut into its parts. The alarm sees nothing after the day you choose. So
# choose a day early in a drift: it is still silent. Only the expectation has seen both years; a desk fits it again every month.

# %% [markdown] id="desk" lang="zh" en_hash="af874dec"
# ## 早上八点的值班台
#
# 陈昊看到的是：**指标树**上的每个指标，连同预期和控制限（五个稳健标准差）；最近七天哪些警报响过，出在**哪里**；以及一个地方的订单由哪些部分加成。
# 警报看不到所选日期之后的事：选一个漂移刚开始的日子，它还没有响。只有预期用到了两年的全部数据；真正的值班台每月重新拟合一次。

# %% id="desk_figures"
from labkit.charts.kpi_tiles import kind_of, readings

tree = lab.data("kpi_tree")


# en: every figure of the tree that these rows can give, day by day
# zh: 用这些行能算出的指标树上的每个指标，逐日一行
def figures(rows):
    daily = rows.groupby("day")[[name for name in tree["kpi"] if name in rows]].sum().reindex(orders.index)
    for name, formula in zip(tree["kpi"], tree["formula"], strict=True):
        if name not in daily and set(formula.split()[::2]) <= set(daily):
            daily[name] = daily.eval(formula).replace(np.inf, np.nan)
    return daily.astype(float)


# en: a share is fitted in millionths, so that it is not taken for a small count
# zh: 比率以百万分之一为单位拟合，免得被当成很小的数量
def with_limits(daily):
    kinds = dict(zip(tree["kpi"], map(kind_of, tree["kpi"], tree["formula"]), strict=True))
    unit = np.array([1e6 if kinds[name] == "share" else 1.0 for name in daily])
    _, usual, one_deviation = surprises((daily * unit).fillna((daily * unit).median()))
    return readings(daily, usual / unit, one_deviation / unit, 5)


of_places = kpi.groupby(dimensions[0], observed=True) if dimensions else []
desk_figures = {everywhere: kpi} | {str(place): rows for place, rows in of_places}
desk_figures = {place: with_limits(figures(rows)) for place, rows in desk_figures.items()}
part_readings = readings(orders, expected, deviation, 5)

# %% id="desk_at"
from labkit.charts.kpi_dashboard import Alarm, Desk, parts_of
from labkit.charts.kpi_tiles import tiles_of
from labkit.charts.place_names import place_name

cities = lab.data("cities").set_index("city")[L("name_en", "name_zh")]
values = {name: sorted(map(str, kpi[name].dropna().unique())) for name in dimensions}


# en: what rang in the seven days up to this one, as it was known on that day
# zh: 截至当天的七天里响过什么，只用当天已知的数据
def alarms_by(day):
    events = find_events(5.0, z.loc[:day])
    events = with_roots(events[events["last"] > day - pd.Timedelta(days=7)])
    for first, last, root in events.itertuples(index=False):
        change = orders_at.loc[first:last, root].sum() / expected_at.loc[first:last, root].sum() - 1
        yield root, Alarm(place_name(root, cities), first.date(), last.date(), change, rings=last == day)


def desk_at(day, place):
    at = max(0, orders.index.searchsorted(pd.Timestamp(day), side="right") - 1)
    alarms = list(alarms_by(orders.index[at]))
    month = {name: days[max(0, at - 27) : at + 1] for name, days in desk_figures[place].items()}
    today = {series: days[at] for series, days in part_readings.items()}
    parts = parts_of(
        "" if place == everywhere else place, today, values, [root for root, _ in alarms], cities
    )
    note = L("a holiday, and expected", "节假日，已算进预期") if special.iloc[at] else ""
    alarms = [alarm for _, alarm in alarms]
    return Desk(
        orders.index[at].date(), place_name(place, cities), tiles_of(tree, month), alarms, parts, note
    )


# %% id="desk_panel"
from labkit.charts.kpi_dashboard import kpi_dashboard
from labkit.live import Choice, Day

# en: of every event the day, in its second half, that surprises most at its address
# zh: 每个事件后半段里，地址处意外最大的那一天
loud_days = [
    candidates.loc[event.first + (event.last - event.first) / 2 : event.last, event.root]
    .abs()
    .idxmax()
    .date()
    for event in found_events.itertuples()
]
first_day, last_day = orders.index[[0, -1]].date
shown_day = max(loud_days, key=lambda day: len(desk_at(day, everywhere).beyond), default=last_day)


def draw_desk(day, place):
    return kpi_dashboard(desk_at(day, place))


lab.panel(
    draw_desk,
    day=Day(L("Day", "日期"), first_day, last_day, shown_day, loud_days, L("alarm", "警报")),
    place=Choice(L("Place", "地方"), [(place_name(one, cities), one) for one in desk_figures], everywhere),
)

# %% [markdown] id="morning_picture" lang="en"
# Whoever is not at the desk gets a picture on the phone. `save_morning("2025-06-30", "mornings")` keeps one as a file.

# %% [markdown] id="morning_picture" lang="zh" en_hash="fd417e54"
# 不在值班台的人，手机上收一张图。`save_morning("2025-06-30", "mornings")` 可以把它存成文件。

# %% id="morning_picture_shown"
from labkit.charts.morning_picture import morning_picture, save_morning_picture


def save_morning(day, folder):
    figure, _ = morning_picture(desk_at(day, everywhere))
    return save_morning_picture(figure, f"{folder}/{day}" + L(".en.png", ".zh.png"))


lab.show(*morning_picture(desk_at(shown_day, everywhere)))

# %% [markdown] id="say_desk" lang="en" tags=["instructor"]
# **5 min.** Jump from alarm to alarm with the buttons; at each, let the room say which place to choose before you choose it. Then
# go back to the first days of a drift. *Most of the room* waits for a coloured tile; a drift in one region colours none, and
# its address stands among the alarms all the same. Short of time (saves 2 min): one alarm and the phone picture.

# %% [markdown] id="say_desk" lang="zh" en_hash="8a19bcc3" tags=["instructor"]
# **5 分钟。** 用按钮从一个警报跳到下一个；每次先让全班说出该选哪个地方，再去选。然后退回漂移的头几天。
# *多数人*都在等指标卡变色；可一个地区的漂移一张卡也染不红，地址却照样列在警报里。时间不够时（省 2 分钟）：只看一个警报和手机图。

# %% [markdown] id="log" lang="en"
# ## How easily should it ring?
#
# The desk keeps an **incident log**: what really broke, when, and where. Alarms are judged in **windows**, not points: an event
# that overlaps an incident
# (or follows within two days) found it; one alarm for three weeks of trouble is enough, and twenty are no better (Tatbul et al.,
# *Precision and Recall for Time Series*, 2018). We choose the limit on **2024** and keep 2025 to judge it.
# Each event costs half a day of two analysts; each missed incident runs until the monthly report. `terms` below says what that is in yuan.

# %% [markdown] id="log" lang="zh" en_hash="e759643a"
# ## 该多容易响？
#
# 值班室有一本**事故台账**：真正坏了什么、何时、何处。警报按**窗口**而不是按点来评判：事件与事故重叠（或在其后两天内）就算找到；
# 三周的故障响一次就够，响二十次并不更好（Tatbul 等，*Precision and Recall for Time Series*，2018）。
# 我们用 **2024 年**来选界限，2025 年留着评判。每个事件都要花两位分析师半天；漏掉的事故会一直拖到月报。折成元是多少，见下面的 `terms`。

# %% id="terms"
# en: a look into an event; an order too few, or one at a mistyped rate; the part of the damage that an alarm still saves
# zh: 查一个事件的花费；少一单或按录错的利率成一单的损失；警报还来得及省下的部分
terms = {"event_yuan": 1_200, "order_yuan": 40, "saved_share": 0.5}

# %% id="incidents"
incidents = lab.truth("kpi_anomalies")


# %% id="damage"
# en: what each incident did to its own series, in yuan
# zh: 每次事故对其所在序列造成的损失（元）
def address(incident):
    regions = "+".join(sorted(str(incident["region"]).split("+")))
    places = [incident[name] for name in ("channel", "product") if isinstance(incident[name], str)]
    places = [regions, *places] if isinstance(incident["region"], str) else places
    return " · ".join(places) or everywhere


incidents = incidents.astype(dict.fromkeys(("region", "channel", "product"), "object"))
incidents["root"] = incidents.apply(address, axis=1)
gap = (orders_at - expected_at).abs()
gaps = [gap.loc[i.first_day : i.last_day, i.root].sum() for i in incidents.itertuples()]
incidents["yuan"] = (terms["order_yuan"] * pd.Series(gaps)).round(-3)
incidents[["first_day", "last_day", "kind", "root", "yuan"]].head(4).astype(str)

# %% [markdown] id="turn_cost" lang="en"
# ### Your turn: what an alarm costs
#
# Write the bill of a year. **Every** event is looked into and costs `event_yuan`, whether something was broken or not. An incident
# that no event found
# costs `saved_share` of its `yuan`, because that much an alarm would have saved. An event finds an incident if it overlaps its days, or begins at
# most two days after them; found twice is found.

# %% [markdown] id="turn_cost" lang="zh" en_hash="ecf9ac90"
# ### 轮到你了：一套警报花多少钱
#
# 写出一年的账单。**每个**事件都要去查，花 `event_yuan`，不管查出来有没有问题。没有任何事件找到的事故，损失其 `yuan` 的
# `saved_share`，因为有警报就能省下这么多。事件与事故的日子重叠，或在其后两天内开始，就算找到；找到两次也只算找到。


# %% id="alarm_cost" exercise="alarm_cost"
# en: yuan for these events (first, last) and incidents (first_day, last_day, yuan)
# zh: 给定事件（first、last）和事故（first_day、last_day、yuan）两张表，返回总花费（元）
def alarm_cost(events, incidents, terms):
    # BEGIN SOLUTION
    until = incidents["last_day"] + pd.Timedelta(days=2)
    found = [
        ((events["first"] <= end) & (events["last"] >= begin)).any()
        for begin, end in zip(incidents["first_day"], until, strict=True)
    ]
    missed = incidents.loc[~np.array(found, dtype=bool), "yuan"].sum()
    return terms["event_yuan"] * len(events) + terms["saved_share"] * missed
    # END SOLUTION


# %% id="check_alarm_cost"
lab.check("alarm_cost")


# %% id="ledger"
# en: events, missed, false alarms, and the bill, for events and incidents of one period
# zh: 一段时期内的事件数、漏报数、误报数和账单
def ledger(events, incidents):
    begin, end = incidents["first_day"].to_numpy(), incidents["last_day"].to_numpy() + np.timedelta64(2, "D")
    first, last = events["first"].to_numpy()[:, None], events["last"].to_numpy()[:, None]
    finds = (first <= end) & (last >= begin)
    missed = ~finds.any(axis=0)
    return pd.Series(
        {
            "events": len(events),
            "missed": int(missed.sum()),
            "false": int((~finds.any(axis=1)).sum()),
            "yuan": terms["event_yuan"] * len(events)
            + terms["saved_share"] * incidents["yuan"][missed].sum(),
        }
    )


def of_year(events, year):
    return events[events["last"].dt.year == year]


# %% id="choose_limit"
limits = np.arange(2.5, 12.1, 0.5)
incidents_2024 = incidents[incidents["last_day"] < "2025-01-01"].reset_index(drop=True)
by_limit = {limit: find_events(limit) for limit in limits}
bills = pd.DataFrame(
    {limit: ledger(of_year(events, 2024), incidents_2024) for limit, events in by_limit.items()}
).T
cheapest = bills.index[bills["yuan"] <= 1.02 * bills["yuan"].min()]
limit = float(cheapest[len(cheapest) // 2])
figure, axes = plt.subplots(figsize=(7.6, 3.7))
axes.plot(bills.index, bills["yuan"] / 1000, color=BLUE, marker="o", ms=4)
axes.plot(limit, bills.loc[limit, "yuan"] / 1000, "o", color=RED, ms=9)
axes.annotate(
    L(
        f"limit {limit:g}: {bills.loc[limit, 'missed']:.0f} missed, {bills.loc[limit, 'false']:.0f} false",
        f"界限 {limit:g}：漏报 {bills.loc[limit, 'missed']:.0f}，误报 {bills.loc[limit, 'false']:.0f}",
    ),
    (limit, bills.loc[limit, "yuan"] / 1000),
    xytext=(0, 22),
    textcoords="offset points",
    ha="center",
    color=RED,
)
axes.set(
    xlabel=L("Limit, robust standard deviations", "界限（稳健标准差）"),
    ylabel=L("Cost in 2024, thousand yuan", "2024 年花费（千元）"),
    ylim=(0, None),
)
axes.text(3.1, 0.8 * axes.get_ylim()[1], L("rings too often", "响得太勤"), color=GREY)
axes.text(bills.index[-1], 0.06 * axes.get_ylim()[1], L("misses", "漏报"), color=GREY, ha="right")
axes.set_title(L(f"A limit near {limit:g} was cheapest in 2024", f"2024 年最省钱的界限在 {limit:g} 附近"))
lab.show(
    figure,
    L(
        f"Cost of a year of alarms against the limit: high where it rings too often, high where it misses, lowest near {limit:g}.",
        f"一年警报花费随界限的变化：太灵敏时高，太迟钝时也高，在 {limit:g} 附近最低。",
    ),
)

# %% [markdown] id="panel" lang="en"
# ## Turn the knob
#
# Two questions that only playing answers: **1.** From which limit on is the first incident missed, and of which kind is it? **2.**
# How many more events do you
# have to look into for one more incident found?

# %% [markdown] id="panel" lang="zh" en_hash="3385f0e3"
# ## 转一转旋钮
#
# 有两个问题，只有动手才能回答：**1.** 界限调到多高，第一次出现漏报？漏的是哪一类？**2.** 想多找到一次事故，要多查多少个事件？


# %% id="timeline"
# en: incidents as grey bars, what found them in colour, false alarms below
# zh: 灰条是事故，彩色是找到它的事件，最下面是误报
def timeline(events, incidents, title):
    figure, axes = plt.subplots(figsize=(8.8, 4.8), layout="constrained")
    begin, end = incidents["first_day"], incidents["last_day"] + pd.Timedelta(days=2)
    used = np.zeros(len(events), dtype=bool)
    kinds = {
        "spike": L("spike", "尖峰"),
        "drop": L("drop", "骤降"),
        "level_shift": L("level shift", "水平突变"),
        "drift": L("drift", "缓慢漂移"),
        "variance": L("unrest", "波动加大"),
    }
    names = []
    for row, incident in enumerate(incidents.itertuples()):
        finds = ((events["first"] <= end[row]) & (events["last"] >= begin[row])).to_numpy()
        used |= finds
        length = (incident.last_day - incident.first_day).days + 1
        axes.barh(row, max(length, 5), left=incident.first_day, color=GREY, height=0.62, alpha=0.55)
        for event in events[finds].itertuples():
            days = (event.last - event.first).days + 1
            axes.barh(row, max(days, 5), left=event.first, color=BLUE, height=0.3)
        if not finds.any():
            axes.text(
                incident.last_day + pd.Timedelta(days=9), row, L("missed", "漏报"), color=RED, va="center"
            )
        names.append(f"{kinds[incident.kind]} · {incident.root}")
    false = events[~used]
    axes.barh(np.full(len(false), len(incidents)), 6, left=false["first"], color=RED, height=0.5)
    axes.set_yticks(range(len(incidents) + 1), [*names, L("false alarms", "误报")])
    axes.invert_yaxis()
    axes.set_xlim(total.index[0], total.index[-1])
    axes.set_title(title)
    return figure


# %% id="play"
from labkit.live import Slider


def draw(limit):
    events = find_events(limit)
    told = ledger(events, incidents)
    title = L(
        f"Limit {limit:g}: {told['events']:.0f} events, {told['missed']:.0f} missed, {told['false']:.0f} false",
        f"界限 {limit:g}：事件 {told['events']:.0f}，漏报 {told['missed']:.0f}，误报 {told['false']:.0f}",
    )
    sentence = L(
        f"At a limit of {limit:g}, two years have {told['events']:.0f} events; {told['missed']:.0f} of {len(incidents)} incidents are missed and "
        f"{told['false']:.0f} alarms are false: {told['yuan']:,.0f} yuan.",
        f"界限为 {limit:g} 时，两年共有 {told['events']:.0f} 个事件；{len(incidents)} 次事故漏报 {told['missed']:.0f} 次，"
        f"误报 {told['false']:.0f} 次：共 {told['yuan']:,.0f} 元。",
    )
    return timeline(events, incidents, title), sentence


lab.panel(draw, limit=Slider(L("Limit", "界限"), 2.0, 14.0, 0.5, 5.0, ".1f"))

# %% [markdown] id="truth" lang="en"
# ## The truth
#
# 2025 was kept aside. With the limit of 2024: which of its incidents did we find, with the right address, and what did we ring for in vain?

# %% [markdown] id="truth" lang="zh" en_hash="3148a867"
# ## 真相
#
# 2025 年一直留着没用。用 2024 年选出的界限：它的事故找到了哪些？地址对不对？又有哪几次白响了？

# %% id="judge"
chosen_events = with_roots(find_events(limit))
incidents_2025 = incidents[incidents["last_day"] >= "2025-01-01"].reset_index(drop=True)
judged = ledger(of_year(chosen_events, 2025), incidents_2025)


def root_found(incident):
    until = incident["last_day"] + pd.Timedelta(days=2)
    finds = (chosen_events["first"] <= until) & (chosen_events["last"] >= incident["first_day"])
    return incident["root"] in set(chosen_events.loc[finds, "root"])


incidents["root_right"] = incidents.apply(root_found, axis=1)
both_years = ledger(chosen_events, incidents)
recall = 1 - both_years["missed"] / len(incidents)
precision = 1 - both_years["false"] / both_years["events"]
lab.fact(
    "proof",
    (recall, precision, incidents["root_right"].sum(), len(incidents)),
    L(
        "Over both years: recall {:.0%}, precision {:.0%}; the address is right for {} of {} incidents.",
        "两年合计：查全率 {0:.0%}，查准率 {1:.0%}；{3} 次事故中有 {2} 次地址正确。",
    ),
)

# %% id="truth_figure"
lab.show(
    timeline(
        chosen_events,
        incidents,
        L(
            f"Found {len(incidents) - both_years['missed']:.0f} of {len(incidents)} incidents, "
            f"{incidents['root_right'].sum()} with the right address",
            f"{len(incidents)} 次事故找到 {len(incidents) - both_years['missed']:.0f} 次，地址正确 {incidents['root_right'].sum()} 次",
        ),
    ),
    L(
        "Timeline of two years: each incident as a grey bar, the events that found it in blue, false alarms in the lowest row.",
        "两年的时间轴：每次事故为灰条，找到它的事件为蓝条，最下一行是误报。",
    ),
)

# %% [markdown] id="unfindable" lang="en"
# The alarm names the place, never the cause: "interface timed out" and "a competitor opened" look the same in the orders. And a drift cannot be seen
# on its first days, when it is smaller than an ordinary Tuesday's luck. No method changes that; a diary of releases and campaigns does.

# %% [markdown] id="unfindable" lang="zh" en_hash="33ece9cf"
# 警报说的是地点，从来不是原因：“接口超时”和“对手开业”在订单上看起来一样。漂移的头几天也看不出来，那时它比平常一个星期二的运气还小。
# 换什么方法都改变不了；能改变的是一本记录版本发布和营销活动的日记。

# %% [markdown] id="so_what" lang="en"
# ## So what
#
# Three alarms on the same 2025: none (the monthly report finds everything too late), the old one (ten percent below last week), and
# ours. The doubt: which
# incidents a year brings is luck, so we draw the year's incidents again, two thousand times.

# %% [markdown] id="so_what" lang="zh" en_hash="d21295ee"
# ## 所以呢
#
# 同一个 2025 年，三种做法：没有警报（全靠月报，都太迟）、旧警报（比上周少一成就响）、我们的警报。
# 把握有多大：一年碰上哪些事故是运气，所以把这一年的事故重抽两千次。

# %% id="decision"
old_days = total.index[(total < 0.9 * total.shift(7)) & (total.index.year == 2025)]
old_events = pd.DataFrame({"first": old_days, "last": old_days})
incidents_2025 = incidents[incidents["last_day"] >= "2025-01-01"].reset_index(drop=True)
none = pd.DataFrame({"first": pd.to_datetime([]), "last": pd.to_datetime([])})
costs = {
    L("no alarm", "没有警报"): ledger(none, incidents_2025)["yuan"],
    L("old alarm", "旧警报"): ledger(old_events, incidents_2025)["yuan"],
    L("this alarm", "新警报"): judged["yuan"],
}
ends = incidents_2025["last_day"] + pd.Timedelta(days=2)
ours = of_year(chosen_events, 2025)
was_found = np.array(
    [
        ((ours["first"] <= end) & (ours["last"] >= begin)).any()
        for begin, end in zip(incidents_2025["first_day"], ends, strict=True)
    ]
)
saved = terms["saved_share"] * incidents_2025["yuan"].to_numpy() * was_found
drawn = lab.rng("years").integers(len(saved), size=(2_000, len(saved)))
low, high = (np.quantile(saved[drawn].sum(axis=1), [0.05, 0.95]) - terms["event_yuan"] * len(ours)).round(-3)
net = round(saved.sum() - terms["event_yuan"] * len(ours), -3)
bill = pd.Series(costs)
figure, axes = plt.subplots(figsize=(7.4, 2.6))
bars = axes.barh(bill.index[::-1], bill[::-1] / 1000, color=[BLUE, ORANGE, GREY])
axes.bar_label(bars, [L(f"{v:,.0f} yuan", f"{v:,.0f} 元") for v in bill[::-1].round(-3)], padding=5)
axes.margins(x=0.2)
axes.grid(visible=False)
axes.set_xlabel(L("Cost of 2025, thousand yuan", "2025 年的花费（千元）"))
axes.set_title(
    L(
        f"The alarm saves {net:,.0f} yuan a year; the old one rang {len(old_days)} times",
        f"新警报一年省下 {net:,.0f} 元；旧警报响了 {len(old_days)} 次",
    )
)
lab.show(
    figure,
    L(
        f"Bars: what 2025 cost without an alarm, with the old one, and with this one ({bill.iloc[-1].round(-3):,.0f} yuan).",
        f"条形图：2025 年没有警报、用旧警报、用新警报各花多少（新警报 {bill.iloc[-1].round(-3):,.0f} 元）。",
    ),
)
lab.fact(
    "decision",
    (limit, len(ours), net, low, high),
    L(
        "Set the limit at {:g}: {} events a year to look into, about {:,.0f} yuan saved; nine years in ten between {:,.0f} and {:,.0f}.",
        "界限设为 {:g}：一年要查 {} 个事件，约省 {:,.0f} 元；十年里有九年在 {:,.0f} 与 {:,.0f} 元之间。",
    ),
)

# %% [markdown] id="care" lang="en"
# Before it is switched on:
#
# * **Trust.** An alarm lives on being believed. Publish how often it was false, and let the person who gets up at night have a say in the limit.
# * **People.** The address is a branch region or a call centre, where people work. An alarm opens a question; it is no verdict, and
#   no input to anybody's bonus.
# * **Law.** Orders per region and product are not personal data. Once a series is so small that it means one adviser or one customer, it is.
# * **The calendar moves.** Holidays of 2026 lie on other days. Who does not enter them by December will hear the old alarm again.

# %% [markdown] id="care" lang="zh" en_hash="e1d38f79"
# 启用之前：
#
# * **信任。** 警报靠人相信才活得下去。把误报次数公布出来，让夜里起床的人也能对界限说上话。
# * **人。** 地址是一个地区或一个呼叫中心，那里有人在工作。警报提出的是问题，不是结论，更不能拿来算谁的奖金。
# * **法律。** 按地区和产品汇总的订单不是个人信息；可一旦细到只剩一位经理或一位客户，就是了。
# * **日历会变。** 2026 年的节假日不在同一天。十二月之前不录入，旧警报又会响起来。

# %% [markdown] id="own" lang="en"
# ## On your own data
#
# One row per day, with `day` and `orders` (or any other figure that is counted: calls, logins, failures). With up to three columns
# `region`, `channel`, `product` the
# alarm gives addresses; without them it watches the total. `visits`, `applications`, `failures` and `amount_fen`, where you have
# them, get tiles on the desk. From four months to ten years, in minutes to a million rows. Holidays are known for 2024 and 2025;
# for other years they ring, until you give a `calendar_days` of your own. Without an incident log the choice of the limit is
# left to you: begin with 5.
#
# ```
# labkit run 7.4 --data kpi_daily=logins.csv --map day=日期 --map orders=登录次数
# ```

# %% [markdown] id="own" lang="zh" en_hash="16b2f523"
# ## 用你自己的数据
#
# 每天一行，要有 `day` 和 `orders`（也可以是其他按次数计的指标：来电、登录、失败）。再有 `region`、`channel`、`product` 中的一到三列，
# 警报就能给出地址；没有就只看总数。若还有 `visits`、`applications`、`failures`、`amount_fen`，值班台上也会有它们的指标卡。
# 四个月到十年、百万行以内都行。节假日只知道 2024 和 2025 年的；其他年份的节假日会响，除非你自备一份 `calendar_days`。
# 没有事故台账时，界限由你自己选：从 5 开始。
#
# ```
# labkit run 7.4 --data kpi_daily=logins.csv --map day=日期 --map orders=登录次数
# ```

# %% [markdown] id="quiz" lang="en"
# ## Three questions
#
# Click an option, or answer with `lab.answer("points", "A")`.

# %% [markdown] id="quiz" lang="zh" en_hash="aa785a8f"
# ## 三道测验题
#
# 点击选项作答，也可以用 `lab.answer("points", "A")`。

# %% id="quiz_points"
lab.quiz("points")

# %% id="quiz_many"
lab.quiz("many")

# %% id="quiz_quiet"
lab.quiz("quiet")

# %% id="progress"
lab.progress()

# %% [markdown] id="say_end" lang="en" tags=["instructor"]
# **8 min, with the bill, panel, truth and so what, of which 3 for the exercise.** Let the room choose a limit by show of hands before
# the curve. *Most of the room* wants no miss
# at any price; move the slider there and count the events. Short of time (saves 2 min): the quiz goes home.

# %% [markdown] id="say_end" lang="zh" en_hash="c6139f06" tags=["instructor"]
# **8 分钟，含账单、面板、真相与“所以呢”，其中练习 3 分钟。** 画曲线之前，让全班举手选界限。*多数人*要不惜代价零漏报；把滑块拖到那里，
# 数一数事件。时间不够时（省 2 分钟）：测验留作课后。
