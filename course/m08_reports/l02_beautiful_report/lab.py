# ---
# id: "8.2"
# name: beautiful_report
# title: {en: "Beautiful outside: one page that the board can trust", zh: "漂亮面子：董事会信得过的一页纸"}
# minutes: 40
# core: true
# outline: ["八.2", "八.4", "八.4【分析报告演示】"]
# tables: [churn, subscribers, cities]
# prerequisites: []
# ---

# %% [markdown] id="question" lang="en"
# # Beautiful outside: one page that the board can trust
#
# **The board wants one page on churn by Monday, in Chinese and English. Does it say what the data say?**
#
# *40 minutes.* You will **repair** charts that mislead, **write** a headline that the data support, and **bind** the
# numbers of a report to the data, so that text and table cannot disagree.
# You need: pandas at the level of filtering rows, and `axes.bar` of matplotlib.

# %% [markdown] id="question" lang="zh" en_hash="83c6062d"
# # 漂亮面子：董事会信得过的一页纸
#
# **董事会下周一之前要一页离网月报，中英文各一份。纸上说的，真是数据说的吗？**
#
# *40 分钟。* 你将**修好**会误导人的图，**写出**数据撑得住的标题，并把报告里的数字与数据**绑定**，让文字和表格不可能打架。
# 预备知识：会用 pandas 筛选行，会用 matplotlib 的 `axes.bar`。

# %% [markdown] id="situation" lang="en"
# ## The situation
#
# It is Friday, 26 December 2025; the last customers who left Swift Mobile in November have just been settled. Shen Yan, who
# runs the reporting team, must hand in one page for each region by Monday. Last month's page had a steep red bar for one
# county, and the chief executive moved the whole retention budget there within the hour. A week later somebody noticed that
# the number in the text and the number in the table were not the same. This time there will be no such week.

# %% [markdown] id="situation" lang="zh" en_hash="1b839061"
# ## 业务场景
#
# 今天是 2025 年 12 月 26 日，星期五；11 月最后一批离网用户刚刚结算清楚。迅通移动报表组的负责人沈砚，周一之前要给每个地区各交一页纸。
# 上个月那页纸上，某个县有一根又陡又红的柱子，总经理当场就把全部挽留预算拨了过去。一周以后才有人发现，
# 正文里的数字和表格里的数字不一样。这一次，不能再有那样的一周。

# %% [markdown] id="say_situation" lang="en" tags=["instructor"]
# **5 min, with the first chart.** Show the first chart for five seconds, hide it, and ask: "What will you do on Monday?"
# Write the answers down. *Most of the room* sends money to the tallest bar. Ask for the axis only afterwards.

# %% [markdown] id="say_situation" lang="zh" en_hash="efba96d6" tags=["instructor"]
# **5 分钟，含第一张图。** 第一张图只亮五秒钟就遮住，问：“周一你会怎么做？”把回答记在白板上。
# *多数人*会把钱投给最高的那根柱子。先记下来，之后再问坐标轴从几开始。

# %% id="start" tags=["parameters"]
scale = "lab"
seed = 2026
data = {}
columns = {}

# %% id="open"
import labkit
from labkit import L

lab = labkit.start("8.2", language=L("en", "zh"), scale=scale, seed=seed, data=data, columns=columns)

# %% [markdown] id="data" lang="en"
# ## The data
#
# The month-end table of lab 3.5: one row is one customer at one month's end, and `churned` says whether the customer left
# in the month after. The region is the customer's city in `subscribers`. November's leavers stand in the rows of 31 October.
# (A file of your own brings its regions along: the first text column that is neither constant nor a name.)

# %% [markdown] id="data" lang="zh" en_hash="62c50320"
# ## 数据
#
# 用的是实验 3.5 的月末宽表：一行是一位用户在某个月末的状态，`churned` 表示随后一个月是否离网。地区取自 `subscribers` 里用户所在的城市。
# 11 月离网的人，在 10 月 31 日的那些行里。（你自己的文件自带地区：取第一个既非常数、也不是姓名之类的文本列。）

# %% id="read"
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from labkit.charts import BLUE, GREY, ORANGE, RED

churn = lab.data("churn")
churn = churn[churn["churned"].notna()].reset_index(drop=True)
churn["churned"] = churn["churned"].astype(bool)
if "churn" in lab.own_tables:
    words = churn.select_dtypes(["category", "object", "string"]).drop(
        columns="subscriber_id", errors="ignore"
    )
    text_columns = words.columns[words.nunique().between(2, 60)]
    if len(text_columns):
        churn["region"] = churn[text_columns[0]].astype("string").str.strip().replace("", pd.NA)
    else:
        lottery = lab.rng("regions").integers(1, 7, len(churn))
        churn["region"] = pd.Series(lottery, churn.index).map(L("lot {}", "签 {}").format)
        lab.fact(
            "parted_by_lot",
            6,
            L(
                "This file has no text column to part it by: its rows were dealt into {} groups by lot. Any difference is chance.",
                "这个文件没有可用来分区的文字列：各行已抽签分成 {} 组。出现的任何差别都是偶然。",
            ),
        )
    largest = churn["region"].value_counts().index[:10]
    churn["region"] = (
        churn["region"].where(churn["region"].isin(largest)).fillna(L("other", "其他")).astype(str)
    )
    names = {region: region for region in churn["region"].unique()}
else:
    homes = lab.data("subscribers").set_index("subscriber_id")["city"].astype(str)
    churn["region"] = churn["subscriber_id"].map(homes)
    names = lab.data("cities").set_index("city")[L("name_en", "name_zh")].astype(str).to_dict()
churn["month"] = (
    churn["snapshot_on"] + pd.Timedelta(days=1) if "snapshot_on" in churn else pd.Timestamp("2025-11-01")
)
months = sorted(churn["month"].unique())
report_month = months[-2] if len(months) > 1 else months[0]
november = churn[churn["month"] == report_month]
lab.fact(
    "november",
    (len(november), november["churned"].sum(), november["churned"].mean(), november["region"].nunique()),
    L(
        "In the month of the report {:,} customers could leave, and {:,} did: {:.1%}. They live in {} regions.",
        "报告月份里可能离网的用户有 {:,} 位，实际离网 {:,} 位，占 {:.1%}；他们分布在 {} 个地区。",
    ),
)

# %% id="rates"
counted = november.groupby("region")["churned"]
regions = pd.DataFrame({"left": counted.sum(), "customers": counted.size(), "rate": counted.mean()})
rates = 100 * regions["rate"].rename(index=names)
worst, best = rates.idxmax(), rates.idxmin()

# %% id="bad_chart"
figure, axes = plt.subplots(figsize=(7.2, 3.4))
axes.bar(rates.index, rates, color=plt.get_cmap("rainbow")(np.linspace(0, 1, len(rates))))
cut_at = 0.9 * rates[rates > 0].min()
axes.set_ylim(cut_at, 1.02 * rates.max())
axes.set_title(L(f"{worst} is bleeding customers!!!", f"{worst}用户大量流失！！！"))
lab.show(
    figure,
    L(
        f"A misleading bar chart: the axis does not begin at zero, every bar has another colour, {worst} stands out.",
        f"一张误导人的柱形图：纵轴不从零开始，每根柱子颜色不同，{worst}显得格外突出。",
    ),
)

# %% [markdown] id="lie" lang="en"
# Everything in this chart is correct, and it lies. Edward Tufte measured such lies: the **lie factor** is the size of an
# effect in the graphic divided by the size of the effect in the data, where the size of an effect is the relative change from the
# lower value to the higher one (*The Visual Display of Quantitative Information*, chapter 2). A lie factor of one is honest.

# %% [markdown] id="lie" lang="zh" en_hash="0dfb9e08"
# 这张图里每个数都对，可它在说谎。Edward Tufte 给这种谎言定了尺度：**谎言因子** = 图形中的效应大小 ÷ 数据中的效应大小，
# 这里的效应大小是从低值到高值的相对变化（*The Visual Display of Quantitative Information*，第 2 章）。谎言因子为一，才算诚实。

# %% [markdown] id="turn_lie" lang="en"
# ### Your turn: the lie factor
#
# Two bars show the values `high` and `low` on an axis that begins at `baseline`. What a reader compares is the length of
# the ink. Write the lie factor as a function.

# %% [markdown] id="turn_lie" lang="zh" en_hash="f5d9249b"
# ### 轮到你了：谎言因子
#
# 两根柱子分别表示 `high` 和 `low`，坐标轴从 `baseline` 开始。读者比较的是柱子看得见的长度。请把谎言因子写成函数。


# %% id="lie_factor" exercise="lie_factor"
# en: relative change of the visible bars, divided by the relative change of the values
# zh: 可见柱长的相对变化，除以数值的相对变化
def lie_factor(high, low, baseline):
    # BEGIN SOLUTION
    seen = (high - low) / (low - baseline)
    true = (high - low) / low
    return seen / true
    # END SOLUTION


# %% id="check_lie_factor"
lab.check("lie_factor")

# %% id="lie_here"
lowest_shown = rates[rates > 0].min()
seen_growth = (rates.max() - lowest_shown) / (lowest_shown - cut_at)
lab.fact(
    "seen_growth",
    (rates.max() / lowest_shown, seen_growth + 1),
    L(
        "The highest rate is {:.1f} times the lowest that is not zero; in the chart its bar is {:.0f} times as long.",
        "最高的离网率是最低的（不计零）的 {:.1f} 倍，图上的柱长却是 {:.0f} 倍。",
    ),
)

# %% [markdown] id="six" lang="en"
# ## From a bad chart to a good one, in six steps
#
# **1** The bars begin at zero, because their length is what is read. **2** They are sorted by value, not by name.
# **3** One colour, and another one only for what the sentence is about. **4** They lie down, so that names are read without
# turning the head, and each says its value; grid and frame go. **5** They show how sure we are: an interval. Dots now, because
# an interval has no length from zero. **6** The title states the finding, not the topic.

# %% [markdown] id="six" lang="zh" en_hash="73469fc0"
# ## 六步，把坏图变成好图
#
# **1** 柱子从零开始，因为人们读的就是长度。**2** 按数值排序，而不是按名称。**3** 只用一种颜色，另一种颜色只留给那句话的主角。
# **4** 让柱子躺下来，名称不用歪着头读，数值直接标在旁边；网格和边框去掉。**5** 画出把握有多大，也就是区间；
# 这时改用点，因为区间的长度不从零算起。**6** 标题说结论，而不是说主题。

# %% [markdown] id="wilson" lang="en"
# For step five we need an interval for a rate. With $k$ leavers among $n$ customers, $\hat p = k/n$ and $z = 1.96$, Wilson's
# interval (*Journal of the American Statistical Association*, 1927) has its middle and half-width at
#
# $$\frac{\hat p + z^2/2n}{1 + z^2/n}, \qquad \frac{z}{1 + z^2/n}\sqrt{\frac{\hat p(1-\hat p)}{n} + \frac{z^2}{4n^2}}.$$
#
# Unlike $\hat p \pm z\sqrt{\hat p(1-\hat p)/n}$, it stays sensible when a small county has hardly any leavers.

# %% [markdown] id="wilson" lang="zh" en_hash="16b36180"
# 第五步需要一个比率的区间。设 $n$ 位用户中有 $k$ 位离网，$\hat p = k/n$，$z = 1.96$，则 Wilson 区间
# （*Journal of the American Statistical Association*，1927）的中点和半宽为
#
# $$\frac{\hat p + z^2/2n}{1 + z^2/n}, \qquad \frac{z}{1 + z^2/n}\sqrt{\frac{\hat p(1-\hat p)}{n} + \frac{z^2}{4n^2}}.$$
#
# 它不像 $\hat p \pm z\sqrt{\hat p(1-\hat p)/n}$：小县几乎没人离网时，它依然说得通。


# %% id="interval"
def wilson(left, customers, z=1.96):
    rate, spread = left / customers, z**2 / customers
    middle = (rate + spread / 2) / (1 + spread)
    half = z / (1 + spread) * np.sqrt(rate * (1 - rate) / customers + spread / (4 * customers))
    return middle - half, middle + half


regions["low"], regions["high"] = wilson(regions["left"], regions["customers"])
province_rate = november["churned"].mean()
within = ((regions["low"] <= province_rate) & (province_rate <= regions["high"])).sum()


# en: dots with intervals, one line per region, the highest on top; one region in blue, everybody in red
# zh: 带区间的点图，每个地区一行，最高的在上；一个地区用蓝色，全体用红线
def interval_plot(axes, region=None):
    ordered = regions.sort_values("rate")
    colours = np.where(ordered.index == region, BLUE, GREY)
    axes.hlines(range(len(ordered)), 100 * ordered["low"], 100 * ordered["high"], color=colours)
    axes.scatter(100 * ordered["rate"], range(len(ordered)), color=colours, s=26, zorder=3, clip_on=False)
    axes.axvline(100 * province_rate, color=RED, linewidth=1)
    axes.set_yticks(range(len(ordered)), [names[code] for code in ordered.index])
    axes.set(xlim=(0, None), xlabel=L("Left, % of customers", "离网率（%）"))
    axes.grid(visible=False)
    return ordered


# %% id="step"
def step(axes, number):
    if number >= 5:
        interval_plot(axes, regions["rate"].idxmax())
        return
    shown = rates.sort_values(ascending=number == 4) if number >= 2 else rates
    rainbow = plt.get_cmap("rainbow")(np.linspace(0, 1, len(shown)))
    colours = np.where(shown.index == worst, BLUE, GREY) if number >= 3 else rainbow
    if number == 4:
        bars = axes.barh(shown.index, shown, color=colours)
        axes.bar_label(bars, fmt="%.1f%%", padding=3, fontsize=8)
        axes.set(xticks=[], xlim=(0, 1.15 * shown.max()))
        axes.spines["bottom"].set_visible(False)
        axes.grid(visible=False)
    else:
        axes.bar(shown.index, shown, color=colours)
        axes.set_xticks(range(len(shown)), shown.index, rotation=90)


# %% id="six_figure"
steps = [
    L("1  Begin at zero", "1  从零开始"),
    L("2  Sort by value", "2  按数值排序"),
    L("3  One colour, one accent", "3  一种颜色，一处强调"),
    L("4  Lie down, say the value", "4  横过来，直接标数值"),
    L("5  Show how sure we are", "5  画出把握有多大"),
    L(
        f"6  {within} of {len(rates)} regions: like all (red)",
        f"6  {len(rates)} 个地区有 {within} 个与全体（红线）无异",
    ),
]
figure, grid = plt.subplots(2, 3, figsize=(9.6, 6.0))
for number, (axes, title) in enumerate(zip(grid.flat, steps, strict=True), start=1):
    step(axes, number)
    axes.set_title(title, fontsize=10)
    axes.tick_params(labelsize=8)
lab.show(
    figure,
    L(
        "Six small charts of the same rates: zero baseline, sorted, one accent colour, horizontal with values, with "
        f"intervals, and with the finding: {within} of {len(rates)} intervals hold the province's rate.",
        "同一组离网率的六张小图：从零开始、排序、单色强调、横向并标数值、加区间、写出结论："
        f"{len(rates)} 个区间中有 {within} 个包含全省离网率。",
    ),
)

# %% [markdown] id="turn_repair" lang="en"
# ### Your turn: four bad charts
#
# Four charts of the press office, four faults. `charts` is a dictionary of four axes, each with a bar chart of `rates` (in percent):
#
# * `"cut"`: the value axis does not begin at zero.
# * `"bare"`: nobody knows what is shown: give the value axis a label with its unit (%), and the chart a title.
# * `"jumbled"`: sort the bars, the highest first. (`axes.clear()` gives you an empty sheet.)
# * `"rainbow"`: at most two colours.
#
# Write a function that repairs them in place. It will be tried on other rates, so take names and values from `rates`.

# %% [markdown] id="turn_repair" lang="zh" en_hash="0e22d070"
# ### 轮到你了：四张坏图
#
# 宣传部门的四张图，四个毛病。`charts` 是一个字典，含四个坐标系，每个里面都是 `rates`（百分数）的柱形图：
#
# * `"cut"`：数值轴不从零开始。
# * `"bare"`：没人知道画的是什么：给数值轴加上带单位（%）的标签，再给图加上标题。
# * `"jumbled"`：把柱子排序，最高的在前。（`axes.clear()` 会还你一张白纸。）
# * `"rainbow"`：最多两种颜色。
#
# 写一个函数，就地把它们修好。检查时会换另一组数，所以名称和数值都要取自 `rates`。


# %% id="bad_charts"
# en: the press office's four charts, on one figure
# zh: 宣传部门的四张图，放在同一张画布上
def bad_charts(rates):
    figure, grid = plt.subplots(2, 2, figsize=(9.2, 5.4))
    charts = dict(zip(("cut", "bare", "jumbled", "rainbow"), grid.flat, strict=True))
    for name, axes in charts.items():
        shown = rates if name == "jumbled" else rates.sort_values(ascending=False)
        rainbow = plt.get_cmap("rainbow")(np.linspace(0, 1, len(rates)))
        axes.bar(shown.index, shown, color=rainbow if name == "rainbow" else GREY)
        if name != "bare":
            axes.set(ylabel=L("Left, %", "离网率（%）"), title=name)
        axes.tick_params(axis="x", labelsize=7, rotation=30)
    charts["cut"].set_ylim(0.8 * rates[rates > 0].min(), None)
    return figure, charts


figure, _ = bad_charts(rates)
lab.show(figure, L("Four bar charts with one fault each.", "四张柱形图，每张一个毛病。"))


# %% id="repair" exercise="repair"
# en: charts: dictionary of four axes; rates: a Series, percent by region. Nothing needs to be returned
# zh: charts：四个坐标系的字典；rates：Series，各地区离网率（百分数）。不需要返回值
def repair(charts, rates):
    # BEGIN SOLUTION
    charts["cut"].set_ylim(0, None)
    charts["bare"].set(
        ylabel=L("Left in November, %", "11 月离网率（%）"),
        title=L("Most regions are alike", "多数地区差不多"),
    )
    ordered = rates.sort_values(ascending=False)
    charts["jumbled"].clear()
    charts["jumbled"].bar(ordered.index, ordered, color=GREY)
    charts["jumbled"].set(ylabel=L("Left, %", "离网率（%）"), title="jumbled")
    for bar, value in zip(charts["rainbow"].patches, rates.sort_values(ascending=False), strict=True):
        bar.set_facecolor(BLUE if value == rates.max() else GREY)
    # END SOLUTION


# %% id="check_repair"
lab.check("repair")

# %% id="repaired"
figure, charts = bad_charts(rates)
repair(charts, rates)
lab.show(figure, L("The same four charts, repaired.", "修好以后的四张图。"))

# %% [markdown] id="say_charts" lang="en" tags=["instructor"]
# **12 min, with the lie factor, of which 9 for the two exercises.** 3 for the lie factor, 3 for the six steps, 6 for the repair. Show the
# six steps one by one and let the room name the next one. *Most of the room* sorts the values and leaves the names where they were: the
# worst chart of all, because it looks right. The check finds that. Short of time (saves 3 min): repair two of the four together.

# %% [markdown] id="say_charts" lang="zh" en_hash="38dcce93" tags=["instructor"]
# **12 分钟，含谎言因子，其中两道练习 9 分钟。** 谎言因子 3 分钟，六步 3 分钟，修图 6 分钟。六步一张一张地放，让学员说出下一步。
# *多数人*排序时只动了数值，名称还留在原处：这是最糟的图，因为它看上去没毛病。检查会发现这一点。时间不够时（省 3 分钟）：四张里一起修两张。

# %% [markdown] id="headline" lang="en"
# ## A headline that the data support
#
# The headline is the only line that everybody reads. "X loses customers faster than the rest" claims a *difference*, so
# we need the interval of the difference between the region and everybody else. Newcombe (*Statistics in Medicine*, 1998)
# builds it from the two Wilson intervals: with the rates $p_1, p_2$ and their limits $l_1, u_1, l_2, u_2$,
#
# $$p_1 - p_2 - \sqrt{(p_1-l_1)^2 + (u_2-p_2)^2} \quad\text{to}\quad p_1 - p_2 + \sqrt{(u_1-p_1)^2 + (p_2-l_2)^2}.$$
#
# If zero lies inside, the headline says "in line with the province", however tall the bar.

# %% [markdown] id="headline" lang="zh" en_hash="97e495f1"
# ## 数据撑得住的标题
#
# 标题是唯一人人都会读的一行。“某地离网高于其余地区”说的是*差别*，所以需要的是该地区与其余地区之差的区间。
# Newcombe（*Statistics in Medicine*，1998）用两个 Wilson 区间拼出它：设两个比率为 $p_1, p_2$，区间端点为 $l_1, u_1, l_2, u_2$，
#
# $$p_1 - p_2 - \sqrt{(p_1-l_1)^2 + (u_2-p_2)^2} \quad\text{至}\quad p_1 - p_2 + \sqrt{(u_1-p_1)^2 + (p_2-l_2)^2}.$$
#
# 只要零落在区间里，标题就只能写“与全省持平”，不管柱子有多高。

# %% [markdown] id="turn_claim" lang="en"
# ### Your turn: which headline?
#
# Write the rule as a function: four counts in, one of three words out. `wilson` is at hand.

# %% [markdown] id="turn_claim" lang="zh" en_hash="4524b267"
# ### 轮到你了：该写哪个标题？
#
# 把规则写成函数：输入四个计数，输出三个词中的一个。`wilson` 可以直接用。


# %% id="supported_claim" exercise="supported_claim"
# en: "above", "below" or "in line": what the data support saying about the region against the others
# zh: 返回 "above"（高于）、"below"（低于）或 "in line"（持平）：数据撑得住的说法
def supported_claim(left, customers, others_left, others):
    # BEGIN SOLUTION
    p1, p2 = left / customers, others_left / others
    (l1, u1), (l2, u2) = wilson(left, customers), wilson(others_left, others)
    low = p1 - p2 - np.hypot(p1 - l1, u2 - p2)
    high = p1 - p2 + np.hypot(u1 - p1, p2 - l2)
    return "above" if low > 0 else "below" if high < 0 else "in line"
    # END SOLUTION


# %% id="check_supported_claim"
lab.check("supported_claim")

# %% [markdown] id="every_month" lang="en"
# Now write *every* headline that could have been written so far: each region in each month. One in twenty claims a difference
# where there is none; that is what 95% means.

# %% [markdown] id="every_month" lang="zh" en_hash="8a359bd0"
# 现在把到目前为止*所有*可能写出的标题都写一遍：每个地区、每个月。本来没有差别的，二十个里也会有一个被说成有差别；95% 就是这个意思。


# %% id="differences"
# en: difference of each region to all others with its interval, one row per region and month
# zh: 各地区与其余地区之差及其区间，每个地区每个月一行
def differences(rows, by):
    here = rows.groupby(by)["churned"].agg(left="sum", customers="size")
    everybody = here.groupby("month").transform("sum") if "month" in by else here.sum()
    rest = everybody - here
    low, high = wilson(here["left"], here["customers"])
    rest_low, rest_high = wilson(rest["left"], rest["customers"])
    rate, other = here["left"] / here["customers"], rest["left"] / rest["customers"]
    return here.assign(
        rate=rate,
        difference=rate - other,
        low=rate - other - np.hypot(rate - low, rest_high - other),
        high=rate - other + np.hypot(high - rate, other - rest_low),
    )


each = differences(churn, ["month", "region"])
is_news = (each["low"] > 0) | (each["high"] < 0)
lab.fact(
    "false_alarms",
    (len(each), is_news.sum(), 0.05 * len(each)),
    L(
        "{} headlines, {} of them news. If no region differed from any other, about {:.0f} would still look like news.",
        "{} 个标题，其中 {} 个算得上新闻。即使各地区毫无差别，也会有大约 {:.0f} 个看起来像新闻。",
    ),
)

# %% id="headlines_figure"
spread = each["difference"].unstack("region").rename(columns=names) * 100
news = is_news.unstack("region", fill_value=False).rename(columns=names)
order = spread.mean().sort_values().index
figure, axes = plt.subplots(figsize=(7.6, 3.9))
for place, region in enumerate(order):
    values, is_red = spread[region], news[region].to_numpy(dtype=bool)
    axes.scatter(values[~is_red], np.full((~is_red).sum(), place), color=GREY, s=26, alpha=0.7)
    axes.scatter(values[is_red], np.full(is_red.sum(), place), color=RED, s=44)
axes.axvline(0, color="black", linewidth=1)
axes.set_yticks(range(len(order)), order)
axes.grid(visible=False)
axes.set_xlabel(
    L("Percentage points above or below the rest, one dot per month", "比其余地区高或低的百分点，每月一个点")
)
axes.set_title(
    L(
        f"{is_news.sum()} of {len(each)} headlines are news (red); chance alone gives about {0.05 * len(each):.0f}",
        f"{len(each)} 个标题中 {is_news.sum()} 个是新闻（红点），纯属偶然也会有约 {0.05 * len(each):.0f} 个",
    )
)
lab.show(
    figure,
    L(
        f"Dots: each region's monthly difference to the rest; {is_news.sum()} of {len(each)} are beyond chance.",
        f"点图：各地区逐月与其余地区之差；{len(each)} 个点中有 {is_news.sum()} 个超出偶然范围。",
    ),
)

# %% [markdown] id="long" lang="en"
# One month of one county is a small sample. If a region really is different, the months agree, so put them together:

# %% [markdown] id="long" lang="zh" en_hash="89796d55"
# 一个县一个月，样本太小。如果某地区真有不同，各个月份会指向同一边，那就把它们合起来看：

# %% id="all_months"
pooled = differences(churn, ["region"])
lasting = pooled[(pooled["low"] > 0) | (pooled["high"] < 0)].rename(index=names)
lab.fact(
    "lasting",
    (
        len(months),
        L(", ", "、").join(lasting.index) or L("none", "没有"),
        100 * pooled["difference"].abs().max(),
    ),
    L(
        "Over all {} months together these regions differ beyond chance: {}. The largest difference is {:.1f} points.",
        "{} 个月合在一起，差别超出偶然的地区：{}。最大的差别是 {:.1f} 个百分点。",
    ),
)

# %% [markdown] id="say_headline" lang="en" tags=["instructor"]
# **8 min, of which 5 for the exercise.** Before the function, vote: who would print "highest churn in the province" over the
# top region? *Most of the room* compares two intervals and says "they overlap, so no difference": too strict, two
# intervals may overlap while the difference is beyond chance. Short of time (saves 2 min): give the two lines with `hypot`.

# %% [markdown] id="say_headline" lang="zh" en_hash="049fc383" tags=["instructor"]
# **8 分钟，其中练习 5 分钟。** 写函数之前先举手：谁会给最高的地区印上“全省离网率最高”？
# *多数人*会比较两个区间，说“有重叠，所以没差别”：这样太严了，两个区间有重叠时，差别也可能超出偶然。
# 时间不够时（省 2 分钟）：直接给出含 `hypot` 的两行。

# %% [markdown] id="bind" lang="en"
# ## Bind the numbers
#
# Last month somebody typed the numbers into the text, the data were corrected, and the text was not. The remedy is old: a
# text has **holes**, the numbers have **names**, and a program fills one from the other. `Number` holds a value and how it is
# written; `typed_numbers` finds digits that no hole accounts for. (Literate programming, Knuth 1984; R Markdown and Quarto do the same.)

# %% [markdown] id="bind" lang="zh" en_hash="2f0c05f8"
# ## 把数字绑起来
#
# 上个月，数字是手工敲进正文的；后来数据更正了，正文没有跟着改。办法早就有了：文字里留**空位**，数字各有**名字**，由程序一一填入。
# `Number` 保存一个值和它的写法；`typed_numbers` 找出不是由空位填出来的数字。（文学化编程，Knuth，1984；R Markdown 和 Quarto 也是如此。）

# %% id="bound_demo"
from labkit.reports import (
    Figure,
    Number,
    Paragraph,
    Report,
    Row,
    Table,
    Tiles,
    altered_numbers,
    to_html,
    to_pictures,
    typed_numbers,
)

stale = Paragraph(L("Of {customers} customers, 2.9% left.", "{customers} 位用户中离网 2.9%。"))
bound = Paragraph(L("Of {customers} customers, {rate} left.", "{customers} 位用户中离网 {rate}。"))
values = {"customers": Number(len(november), "{:,}"), "rate": Number(province_rate, "{:.1%}")}
draft = Report(title=L("Churn", "离网"), headline="", blocks=[stale, bound], values=values)
lab.fact("typed", len(typed_numbers(draft)), L("Texts with a typed number: {}.", "含手工数字的文字：{} 段。"))
print(draft.fill(bound.text))

# %% [markdown] id="turn_bound" lang="en"
# ### Your turn: bind three numbers
#
# Write the first sentence of the page as a function of four counts: how many customers left, which rate that is, and which
# rate the others had. Return the text with its holes, and the values that fill them. No digit may stand in the text. One decimal
# in the percentages.

# %% [markdown] id="turn_bound" lang="zh" en_hash="39477a07"
# ### 轮到你了：绑定三个数字
#
# 把月报的第一句话写成四个计数的函数：离网多少人、离网率多少、其余地区的离网率多少。返回带空位的文字，以及填入空位的值。
# 文字里不得出现数字；百分数保留一位小数。


# %% id="bound_sentence" exercise="bound_sentence"
# en: returns two things: a text with three holes, and a dictionary of three Numbers
# zh: 返回两样东西：一段含三个空位的文字，以及含三个 Number 的字典
def bound_sentence(left, customers, others_left, others):
    # BEGIN SOLUTION
    text = L(
        "{left} customers left, {rate}; elsewhere {elsewhere} did.",
        "离网 {left} 位，离网率 {rate}；其余地区为 {elsewhere}。",
    )
    values = {
        "left": Number(left, "{:,}"),
        "rate": Number(left / customers, "{:.1%}"),
        "elsewhere": Number(others_left / others, "{:.1%}"),
    }
    return text, values
    # END SOLUTION


# %% id="check_bound_sentence"
lab.check("bound_sentence")

# %% [markdown] id="say_bind" lang="en" tags=["instructor"]
# **5 min, of which 3 for the exercise.** *Most of the room* writes an f-string: it looks bound, but the digits are in the text
# before anybody could check them. Or rounds the value first and formats the rest of it: ask what is left of 0.0262 after
# `round(rate, 2)`. Short of time (saves 2 min): read the solution together.

# %% [markdown] id="say_bind" lang="zh" en_hash="a45192d7" tags=["instructor"]
# **5 分钟，其中练习 3 分钟。** *多数人*会写 f 字符串：看着像绑定，可是谁都还没来得及核对，数字就已经写进文字了。
# 也有人先四舍五入再格式化：请追问，0.0262 经过 `round(rate, 2)` 还剩下什么。时间不够时（省 2 分钟）：一起读参考答案。

# %% [markdown] id="table" lang="en"
# ## A table for print
#
# If the region says little, who leaves then? Lab 3.5 found five **warning signs**: a contract that ends next month, two
# complaints, data use down to six tenths, a bill of 1.4 times the usual, three calls in a hundred dropped. A table
# for print has no vertical lines, numbers to the right, one format per column, and a title that says what it finds.

# %% [markdown] id="table" lang="zh" en_hash="80af8d0a"
# ## 可以付印的表
#
# 既然地区说明不了什么，那么谁会走？实验 3.5 找到五个**预警信号**：合约下月到期、投诉两次、流量降到原来的六成、
# 账单达到平时的 1.4 倍、每一百次通话掉话三次。可以付印的表：没有竖线，数字右对齐，每列一种格式，标题说出结论。

# %% id="signs"
tests = {
    L("Contract ends next month", "合约下月到期"): lambda rows: rows["contract_months_left"] <= 1,
    L("Repeated complaints", "多次投诉"): lambda rows: rows["complaints_3m"] >= 2,
    L("Data use falls", "流量骤降"): lambda rows: rows["data_trend"] <= 0.6,
    L("Bill shock", "账单突增"): lambda rows: rows["bill_shock"] >= 1.4,
    L("Dropped calls", "频繁掉话"): lambda rows: rows["dropped_call_rate"] >= 0.03,
}
asked = {"contract_months_left", "complaints_3m", "data_trend", "bill_shock", "dropped_call_rate"}
has_signs = asked <= set(churn.columns)
signs = pd.DataFrame(
    {name: test(churn) for name, test in tests.items()} if has_signs else {}, index=churn.index
)
signs = signs.fillna(value=False).astype(bool)
churn["signs"] = signs.sum(axis=1)
november = churn[churn["month"] == report_month]
if has_signs:
    warned, quiet = november["signs"] > 0, november["signs"] == 0
    lab.fact(
        "warned",
        (warned.mean(), november.loc[warned, "churned"].sum() / november["churned"].sum()),
        L(
            "{:.0%} of the customers show at least one sign; {:.0%} of the leavers had shown one.",
            "{:.0%} 的用户至少有一个信号；离网者中事先有信号的占 {:.0%}。",
        ),
    )
else:
    lab.fact(
        "warned",
        0,
        L(
            "Your file has {} of the signs' five columns in use.",
            "你的文件没有预警信号所需的五列（用到 {} 列）。",
        ),
    )


# %% id="signs_table"
# en: customers, leavers and rate for each sign, the riskiest first
# zh: 各信号的用户数、离网数和离网率，风险最高的在前
def table_of_signs(rows):
    flags = signs.loc[rows.index].copy()
    flags[L("None of these", "无上述信号")] = rows["signs"] == 0
    customers, left = flags.sum(), flags[rows["churned"]].sum()
    table = pd.DataFrame({L("Customers", "用户数"): customers, L("Left", "离网数"): left})
    table[L("Rate", "离网率")] = left / customers.where(customers > 0)
    return (
        table.sort_values(L("Rate", "离网率"), ascending=False)
        .rename_axis(L("Warning sign", "预警信号"))
        .reset_index()
    )


if has_signs:
    from great_tables import GT
    from IPython.display import HTML, display

    printed = (
        GT(table_of_signs(november), id="signs")
        .tab_header(L("Warning signs tell who leaves", "预警信号最能说明谁会离开"))
        .fmt_integer([L("Customers", "用户数"), L("Left", "离网数")])
        .fmt_percent(L("Rate", "离网率"), decimals=1)
        .tab_options(
            table_font_size="14px", table_body_hlines_color="#DADDE1", column_labels_font_weight="bold"
        )
    )
    display(HTML(printed.as_raw_html()))

# %% [markdown] id="page" lang="en"
# ## The page, as a function
#
# Title, headline, a paragraph, a figure, a table: that is a report, as plain data. `Report` holds it, and the same
# description becomes HTML, PDF or Word. Here is the page of the whole province.

# %% [markdown] id="page" lang="zh" en_hash="3ec939f4"
# ## 把一页纸写成函数
#
# 标题、结论、一段话、一张图、一张表：这就是一份报告，只是一些普通的数据。`Report` 把它们装在一起，同一份描述可以变成 HTML、PDF 或 Word。
# 下面是全省的那一页。

# %% id="province_page"
province = Report(
    title=L("Churn in the province, {month}", "全省离网月报 · {month}"),
    headline=L("{rate} of the customers left", "离网率 {rate}"),
    blocks=[Paragraph(L("That is {left} of {customers} customers.", "{customers} 位用户中离网 {left} 位。"))],
    values={
        "month": Number(report_month, "{:%Y-%m}"),
        "left": Number(november["churned"].sum(), "{:,}"),
        "customers": Number(len(november), "{:,}"),
        "rate": Number(province_rate, "{:.1%}"),
    },
)
print(*province.lines(), sep="\n")

# %% [markdown] id="turn_page" lang="en"
# ### Your turn: render for any region
#
# Turn the page into a function of the region: name, counts and rate of *that region* in the month of the report. `november` holds
# its rows, `names` the name of each region (words may be values too: `"region": names[region]`). Say left, customers and rate.

# %% [markdown] id="turn_page" lang="zh" en_hash="bdcae234"
# ### 轮到你了：为任意地区出报告
#
# 把这一页改成地区的函数：*该地区*在报告月份的名称、人数和离网率。`november` 是报告月份的行，`names` 是各地区的名称
# （词语也可以作为值：`"region": names[region]`）。要写出离网数、用户数和离网率。


# %% id="region_page" exercise="region_page"
# en: a Report on one region, given its code, e.g. region_page("danzhu")
# zh: 输入地区代码，返回该地区的 Report，例如 region_page("danzhu")
def region_page(region):
    # BEGIN SOLUTION
    rows = november[november["region"] == region]
    return Report(
        title=L("Churn in {region}, {month}", "{region}离网月报 · {month}"),
        headline=L("{rate} of the customers of {region} left", "{region}离网率 {rate}"),
        blocks=[
            Paragraph(L("That is {left} of {customers} customers.", "{customers} 位用户中离网 {left} 位。"))
        ],
        values={
            "region": names[region],
            "month": Number(report_month, "{:%Y-%m}"),
            "left": Number(rows["churned"].sum(), "{:,}"),
            "customers": Number(len(rows), "{:,}"),
            "rate": Number(rows["churned"].mean(), "{:.1%}"),
        },
    )
    # END SOLUTION


# %% id="check_region_page"
lab.check("region_page")

# %% [markdown] id="whole_page" lang="en"
# The page that goes to the board has more on it: key figures, the headline that is supported, the interval, two figures and a table.

# %% [markdown] id="whole_page" lang="zh" en_hash="306ceb98"
# 真正交给董事会的那一页还要丰富些：几个大数字、撑得住的标题、区间、图和表。


# %% id="one_page"
says = {
    "above": L("{region} loses customers faster than the rest: {rate}, elsewhere {elsewhere}", "{region}离网高于其余地区：{rate}，其余地区 {elsewhere}"),
    "below": L("{region} keeps customers better than the rest: {rate}, elsewhere {elsewhere}", "{region}离网低于其余地区：{rate}，其余地区 {elsewhere}"),
    "in line": L("{region} is in line with the others: {rate} of its customers left", "{region}与其余地区持平：离网率 {rate}"),
}  # fmt: skip
against = differences(november, ["region"])


def one_page(region):
    row, rows = against.loc[region], november[november["region"] == region]
    claim = "above" if row["low"] > 0 else "below" if row["high"] < 0 else "in line"
    figure, axes = plt.subplots(figsize=(4.6, 3.2))
    interval_plot(axes, region)
    axes.set_title(L("Red: everybody together", "红线：全体平均"), fontsize=10)
    drawn = Figure.of(figure, L("Rates of all regions with intervals.", "各地区离网率及区间。"))
    counts = {
        L("Customers", "用户数"): "{:,.0f}",
        L("Left", "离网数"): "{:,.0f}",
        L("Rate", "离网率"): "{:.1%}",
    }
    found = Table(table_of_signs(rows), counts, L("Customers by warning sign", "各预警信号用户"))
    tiles = Tiles(
        (
            ("{rate}", L("of {customers} customers left", "{customers} 位用户的离网率")),
            ("{low} … {high}", L("points against the others", "与其余地区之差（百分点）")),
            ("{left}", L("customers left", "位用户离网")),
        )
    )
    return Report(
        title=L("Churn in {region}, {month}", "{region}离网月报 · {month}"),
        headline=says[claim],
        blocks=[tiles, Row((drawn, found) if has_signs else (drawn,))],
        values={
            "region": names[region],
            "month": Number(report_month, "{:%Y-%m}"),
            "left": Number(row["left"], "{:,.0f}"),
            "customers": Number(row["customers"], "{:,.0f}"),
            "rate": Number(row["rate"], "{:.1%}"),
            "elsewhere": Number(row["rate"] - row["difference"], "{:.1%}"),
            "low": Number(100 * row["low"], "{:+.1f}"),
            "high": Number(100 * row["high"], "{:+.1f}"),
        },
    )


# %% id="pages_as_pictures"
import io


# en: the first page of the PDF, as a figure
# zh: PDF 的第一页，作为一张图
def picture_of(report):
    page = plt.imread(io.BytesIO(to_pictures(report, pixels_per_inch=180)[0]))
    page = page[: int(0.37 * len(page))]
    figure, axes = plt.subplots(figsize=(7.6, 7.6 * page.shape[0] / page.shape[1]))
    axes.imshow(page)
    axes.axis("off")
    return figure


# %% [markdown] id="panel" lang="en"
# ## Turn the knob
#
# Choose a region: the page is set anew. Two questions that only playing answers: **1.** Which regions have a headline that is
# news this month? **2.** In how many regions is "None of these" the last row of the table?

# %% [markdown] id="panel" lang="zh" en_hash="fbe81f39"
# ## 转一转旋钮
#
# 选一个地区，这一页就重新排版。有两个问题，只有动手才能回答：**1.** 本月哪些地区的标题算得上新闻？
# **2.** 有几个地区的表里，“无上述信号”排在最后一行？

# %% id="play"
from labkit.live import Choice

# en: every region's page is set once, a second or two for all of them, so that nobody waits for a choice
# zh: 每个地区的页面只排一次，全部约一两秒，换地区时就不用等
pages = {code: one_page(code) for code in regions.index}


def draw(region):
    report = pages[region]
    return picture_of(report), report.fill(report.headline)


choices = [(names[code], code) for code in regions.sort_values("rate", ascending=False).index]
lab.panel(draw, region=Choice(L("Region", "地区"), choices, choices[0][1]))

# %% [markdown] id="papermill" lang="en"
# ## A report is a notebook with parameters
#
# The cell at the top of this notebook has the tag `parameters`. **papermill** runs a notebook with other values in that cell; so
# a small notebook that writes one page is a machine that writes them all. We run it for the first and the last region, with a
# fresh kernel each (hence some seconds). For every region and both languages, one command does the same:
#
# ```
# labkit report churn --lang all --out reports
# ```

# %% [markdown] id="papermill" lang="zh" en_hash="8308d0af"
# ## 报告就是带参数的笔记本
#
# 本笔记本最上面有一个标签为 `parameters` 的单元格。**papermill** 会把别的值填进这样的单元格再运行；
# 所以，一个只写一页纸的小笔记本，就是一台能写出所有报告的机器。我们为头尾两个地区各运行一次，每次启动一个新内核（所以要等几秒）。
# 要出齐所有地区、两种语言，一条命令就够：
#
# ```
# labkit report churn --lang all --out reports
# ```

# %% id="small_notebook"
import nbformat

parameters = nbformat.v4.new_code_cell(
    'region = ""\nmonth = ""\nfolder = ""\nworld = {}', metadata={"tags": ["parameters"]}
)
write_page = nbformat.v4.new_code_cell("""
from pathlib import Path
import labkit
from labkit.reports import write_reports
from labkit.reports.churn import churn_month, churn_report

lab = labkit.start("8.2", **world)
page = churn_report(churn_month(lab, month).region(region))
write_reports(Path(folder), [(region, page)])
""")
kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
small_notebook = nbformat.v4.new_notebook(cells=[parameters, write_page], metadata=kernel)

# %% id="run_papermill"
from pathlib import Path
from tempfile import mkdtemp

import papermill

if lab.has_truth:
    folder = Path(mkdtemp())
    for region in (regions.index[0], regions.index[-1]):
        papermill.execute_notebook(
            small_notebook,
            None,
            parameters={
                "region": region,
                "month": f"{report_month:%Y-%m}",
                "folder": str(folder),
                "world": {"language": L("en", "zh"), "scale": scale, "seed": seed},
            },
            progress_bar=False,
            extra_arguments=["--log-level=50"],
        )
    print(*sorted(path.name for path in folder.iterdir()), sep="\n")

# %% [markdown] id="caught" lang="en"
# ## Somebody "corrects" a number
#
# The page is finished, and somebody opens it and makes a number a little prettier. `altered_numbers` reads the finished file
# again (HTML, PDF or Word), and compares every number in it with the data. In Word the numbers are locked fields besides.

# %% [markdown] id="caught" lang="zh" en_hash="9de2b1b0"
# ## 有人“更正”了一个数字
#
# 报告已经做好，有人打开它，把一个数字改得好看一点。`altered_numbers` 会重新读取成品文件（HTML、PDF 或 Word），
# 把里面的每个数字与数据一一核对。另外，Word 里的这些数字本来就是锁定的域，敲不进字。

# %% id="caught_demo"
worst_page = one_page(regions["rate"].idxmax())
finished = to_html(worst_page)
said = worst_page.shown()["rate"]
prettier = f"{worst_page.values['rate'].value * 0.8:.1%}"
touched_up = finished.replace(f">{said}<", f">{prettier}<", 1)
caught = altered_numbers(worst_page, touched_up)
lab.fact(
    "caught",
    (len(altered_numbers(worst_page, finished)), len(caught), caught[0].expected, caught[0].found),
    L(
        "Untouched: {} numbers disagree. Touched up: {} does; the data say {}, the page says {}.",
        "未改动的成品：{} 处不符。改动后：{} 处不符，数据是 {}，纸上写的是 {}。",
    ),
)

# %% [markdown] id="say_pages" lang="en" tags=["instructor"]
# **7 min, of which 4 for the exercise.** Open the Word file of one region, click on a number, try to type. Then alter the PDF's
# number in your own words: "Who would have noticed?" *Most of the room* filters by region and forgets the month, or
# writes the name of the region into the text and renders it for all. Short of time (saves 2 min): papermill as a demo only.

# %% [markdown] id="say_pages" lang="zh" en_hash="60254911" tags=["instructor"]
# **7 分钟，其中练习 4 分钟。** 打开某个地区的 Word 文件，点一个数字，试着敲字。再问：“PDF 里的数字要是被改过，谁会发现？”
# *多数人*筛了地区却忘了月份，或者把地区名写死在文字里，结果所有地区都叫同一个名字。时间不够时（省 2 分钟）：papermill 只演示，不动手。

# %% [markdown] id="truth" lang="en"
# ## The truth
#
# Swift Mobile is a synthetic world: for each customer and month we know the true probability of leaving. No region was planted to be
# worse. Regions differ only by who lives there and by how often calls drop there. How much of last
# month's ranking was true?

# %% [markdown] id="truth" lang="zh" en_hash="46718ee4"
# ## 真相
#
# 迅通移动是个虚拟世界：每位用户每个月的真实离网概率，我们都知道。没有哪个地区被设定得更差；地区之间的差别，
# 只来自住的是什么人、掉话有多频繁。那么，这个月的排名有多少是真的？

# %% id="planted"
hazard = lab.truth("churn_truth")

# %% id="truth_figure"
true = november.merge(hazard, on=["subscriber_id", "snapshot_on"]).groupby("region")["hazard"].mean()
figure, axes = plt.subplots(figsize=(7.2, 3.6))
shown = interval_plot(axes).assign(true=true)
axes.scatter(100 * shown["true"], range(len(shown)), color=ORANGE, marker="|", s=260, linewidth=3, zorder=4)
covered = shown["true"].between(shown["low"], shown["high"]).sum()
axes.set_title(
    L(
        f"{covered} of {len(shown)} intervals hold the truth (orange)",
        f"{len(shown)} 个区间中有 {covered} 个包含真实值（橙色）",
    )
)
lab.show(
    figure,
    L(
        f"Observed rates with intervals in grey, true rates in orange; {covered} of {len(shown)} intervals hold the truth.",
        f"灰色为观察值及区间，橙色为真实值；{len(shown)} 个区间中有 {covered} 个包含真实值。",
    ),
)
lab.fact(
    "true_spread",
    (np.ptp(100 * true), np.ptp(rates), worst, names[true.idxmax()]),
    L(
        "The true rates lie within {:.1f} points, the observed ones within {:.1f}. Highest observed: {}; highest in truth: {}.",
        "真实离网率的差距不过 {:.1f} 个百分点，观察到的差距有 {:.1f} 个。观察到的最高：{}；真实最高：{}。",
    ),
)
far = pooled["difference"].abs().idxmax()
everywhere = churn.merge(hazard, on=["subscriber_id", "snapshot_on"])
at_far = everywhere["region"] == far
true_far = everywhere.loc[at_far, "hazard"].mean() - everywhere.loc[~at_far, "hazard"].mean()
lab.fact(
    "true_far",
    (names[far], 100 * pooled.at[far, "difference"], 100 * true_far),
    L(
        "Over all months, {} stood {:+.1f} points from the others; in truth {:+.1f}. The rest was luck.",
        "所有月份合起来，{}与其余地区相差 {:+.1f} 个百分点，真实差别是 {:+.1f} 个，其余是运气。",
    ),
)
gap = true.max() - true.median()
needed = 2 * (1.96 + 0.84) ** 2 * province_rate * (1 - province_rate) / gap**2
lab.fact(
    "needed",
    (round(needed, -3), regions["customers"].median()),
    L(
        "To tell the truly highest region from the middle one with a chance of 80% takes about {:,.0f} customers in each; "
        "a region has {:,.0f}. In one month, nobody could have found it.",
        "要有 80% 的机会把真实最高的地区与居中的分开，两边各需大约 {:,.0f} 位用户；而一个地区只有 {:,.0f} 位。只凭一个月，谁也找不出来。",
    ),
)

# %% [markdown] id="so_what" lang="en"
# ## So what
#
# Two ways to spend the retention budget. **By headline**: call everybody in last month's worst region, up to the budget, those with most
# signs first. **By sign**: call as many customers all over the province who show two signs or more. Terms as in lab 3.5: a call
# and an offer cost 13 yuan; three leavers in ten are persuaded, and each is worth 540 yuan. Replay every month for which the month before is known.

# %% [markdown] id="so_what" lang="zh" en_hash="a495c02e"
# ## 所以呢
#
# 挽留预算有两种花法。**跟着标题走**：给上个月“最差”的地区打电话，信号多的先打，打到预算用完。**跟着信号走**：在全省给有两个及以上信号的用户打电话，
# 预算相同。条件与实验 3.5 一样：电话加优惠每人 13 元；本来会走的人十个里劝住三个，每个值 540 元。凡是知道上个月结果的月份，都重演一遍。


# %% id="replay"
def profit(called, save_rate=0.30):
    return called["churned"].sum() * save_rate * 540 - 13 * len(called)


def called_in(month, month_before):
    now, before = churn[churn["month"] == month], churn[churn["month"] == month_before]
    loud = before.groupby("region")["churned"].mean().idxmax()
    by_sign = now[now["signs"] >= 2]
    by_headline = now[now["region"] == loud].nlargest(len(by_sign), "signs")
    return by_headline, by_sign


replay = [called_in(*pair) for pair in zip(months[1:], months, strict=False)] if has_signs else []
earned = pd.DataFrame([[profit(one), profit(other)] for one, other in replay], columns=["headline", "sign"])

# %% id="decision"
from scipy.stats import t as student

if len(earned) > 1:
    gain = earned["sign"] - earned["headline"]
    half = student.ppf(0.975, len(gain) - 1) * gain.std() / np.sqrt(len(gain))
    lab.fact(
        "decision",
        (
            *earned.mean().round(-2),
            round(gain.mean(), -2),
            round(gain.mean() - half, -2),
            round(gain.mean() + half, -2),
        ),
        L(
            "By headline {:+,.0f} yuan in an average month, by sign {:+,.0f}. A headline that the data do not support costs "
            "about {:,.0f} yuan a month ({:,.0f} to {:,.0f}).",
            "跟着标题走，平均每月 {:+,.0f} 元；跟着信号走，{:+,.0f} 元。一个数据撑不住的标题，每月代价约 {:,.0f} 元（{:,.0f} 至 {:,.0f}）。",
        ),
    )
    cautious, hopeful = (
        np.mean([profit(sign, rate) - profit(loud, rate) for loud, sign in replay]) for rate in (0.15, 0.45)
    )
    lab.fact(
        "sensitivity",
        (round(cautious, -2), round(hopeful, -2)),
        L(
            "If only 15% of the leavers are persuaded, the difference is about {:,.0f} yuan a month; with 45%, {:,.0f}.",
            "如果只劝得住 15%，差额约为每月 {:,.0f} 元；劝得住 45%，则为 {:,.0f} 元。",
        ),
    )

# %% [markdown] id="care" lang="en"
# Before it goes to the board:
#
# * **Fairness.** A red bar is a verdict on the people who work in that county. Print the interval, or do not print the ranking.
# * **Law.** Small counts identify people: a table with one leaver on one plan in one county names somebody to whoever knows the place.
#   Suppress cells of fewer than five before a page leaves the company.
# * **Trust.** A number that changed is not a scandal; one that changed silently is. Keep the data, the code and the page of every
#   month, so that each can be rendered anew.
# * **The cause.** If dropped calls drive people away in a county, the page should go to the network department as well.

# %% [markdown] id="care" lang="zh" en_hash="ab9ff7ff"
# 交给董事会之前：
#
# * **公平。** 一根红柱子，就是对那个县全体同事的一次宣判。要么把区间一起印上，要么别印排名。
# * **法律。** 人数太少就能认出是谁：某县某套餐只有一人离网，知情的人一看便知。对外发出之前，少于五的格子要隐去。
# * **信任。** 数字变了不是丑闻，悄悄变了才是。每个月的数据、代码和成品都要留存，任何一期都能重新生成。
# * **根源。** 如果某县的人是被掉话赶走的，这一页也该送给网络部门一份。

# %% [markdown] id="own" lang="en"
# ## On your own data
#
# One row per customer (or per customer and month's end), the columns `subscriber_id` and `churned` (yes/no), and a text column with
# your regions, branches or segments; the first one with two values or more is taken, the ten largest are shown. With `snapshot_on`
# the months are told apart. Charts, headline, bound numbers and pages run on your file; signs, truth and yuan keep to Swift Mobile.
#
# ```
# labkit run 8.2 --data churn=my_customers.csv --map churned=Exited
# ```
#
# or, in this notebook, set `data = {"churn": "my_customers.csv"}` at the top.

# %% [markdown] id="own" lang="zh" en_hash="91e02091"
# ## 用你自己的数据
#
# 每位用户（或每位用户的每个月末）一行，要有 `subscriber_id` 和 `churned`（是/否）两列，再加一个文本列表示地区、网点或客群；
# 取第一个至少有两种值的文本列，显示最大的十个。如果有 `snapshot_on`，就能区分月份。图、标题、绑定的数字和成品页都会用你的文件；
# 信号、真相和金额三部分仍只适用于迅通移动。
#
# ```
# labkit run 8.2 --data churn=my_customers.csv --map churned=Exited
# ```
#
# 也可以在本笔记本顶部设置 `data = {"churn": "my_customers.csv"}`。

# %% [markdown] id="quiz" lang="en"
# ## Three questions
#
# Click an option, or answer with `lab.answer("eight", "A")`.

# %% [markdown] id="quiz" lang="zh" en_hash="c8224240"
# ## 三道测验题
#
# 点击选项作答，也可以用 `lab.answer("eight", "A")`。

# %% id="quiz_eight"
lab.quiz("eight")

# %% id="quiz_axis"
lab.quiz("axis")

# %% id="quiz_late"
lab.quiz("late")

# %% id="progress"
lab.progress()

# %% [markdown] id="say_end" lang="en" tags=["instructor"]
# **3 min, with truth and so what.** Go back to the answers on the board from the first five seconds, and read out what they would have
# cost. *Most of the room* now wants no headline at all. Say: "in line" is a finding, and it saves money. Short of time (saves 1 min):
# quiz goes home.

# %% [markdown] id="say_end" lang="zh" en_hash="38b3c7a1" tags=["instructor"]
# **3 分钟，含真相与“所以呢”。** 回到白板上最初五秒钟的那些回答，念出它们会花掉多少钱。
# *多数人*这时会干脆什么标题都不想写。请说明：“持平”也是结论，而且能省钱。时间不够时（省 1 分钟）：测验留作课后。
