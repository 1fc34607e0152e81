# ---
# id: "3.5"
# name: churn_tree
# title: {en: "Keeping the customer: a churn decision tree", zh: "客户挽留：离网决策树"}
# minutes: 30
# core: true
# outline: ["三.4【客户挽留案例】", "三.4.5"]
# tables: [subscribers, usage_monthly, tickets, churn]
# prerequisites: []
# ---

# %% [markdown] id="question" lang="en"
# # Keeping the customer: a churn decision tree
#
# **Who will leave Swift Mobile next month, and whom is it worth calling?**
#
# *30 minutes.* You will **build** a label that looks into the future without cheating, **grow and prune** a
# decision tree that can be read aloud, and **decide** how many customers to call, in yuan.
# You need: pandas at the level of filtering rows and `groupby`. No modelling experience.

# %% [markdown] id="question" lang="zh" en_hash="a020d5e9"
# # 客户挽留：离网决策树
#
# **下个月谁会离开迅通移动？给谁打挽留电话才划算？**
#
# *30 分钟。* 你将**构造**一个面向未来又不作弊的标签，**长成**一棵能念出声来的决策树并为它**剪枝**，
# 最后**决定**该给多少用户打电话，并用“元”来回答。
# 预备知识：会用 pandas 筛选行和 `groupby` 即可，不需要建模经验。

# %% [markdown] id="situation" lang="en"
# ## The situation
#
# It is 1 November 2025. The retention desk of Swift Mobile can call a few hundred customers this month and
# make each of them an offer. Lin Yue, who runs the desk, wants the list by noon. Call too few, and
# customers leave whom one conversation would have kept. Call the wrong ones, and she gives presents to
# people who never thought of leaving, or reminds them that they could. Last year's list came from a model
# that was brilliant on paper and useless on the phone; by the end of this lab you will know why.

# %% [markdown] id="situation" lang="zh" en_hash="d57e2e8c"
# ## 业务场景
#
# 今天是 2025 年 11 月 1 日。迅通移动的挽留专席本月能给几百位用户打电话，每人送一份优惠。
# 专席主管林悦中午之前就要名单。打少了，本可一席话留住的用户走了；打错了，要么把优惠送给从没想过走的人，
# 要么反而提醒了他们“原来可以走”。去年的名单出自一个纸面上极其漂亮、电话里毫无用处的模型；做完本实验，你就知道为什么。

# %% [markdown] id="say_situation" lang="en" tags=["instructor"]
# **4 min, with the first look below.** Ask before showing anything: "You may call one customer in ten. Whom?"
# Collect three reasons on the board (price, network, service …); at the end you tick those that were true.
# *Most of the room* says "the unhappy ones". Say: unhappy is not a column. What would you measure, and when?

# %% [markdown] id="say_situation" lang="zh" en_hash="cdbe3a68" tags=["instructor"]
# **4 分钟，含下面的初看数据。** 先不展示任何结果，问全班：“十个用户里只能打一个，打给谁？”
# 在白板上记下三个理由（价格、网络、服务……），结束时回来看哪些说对了。
# *多数人*会说“不满意的人”。请追问：“不满意”不是一列数据。你用什么来度量？在什么时点度量？

# %% id="start" tags=["parameters"]
scale = "lab"
seed = 2026
data = {}
columns = {}

# %% id="open"
import labkit
from labkit import L

lab = labkit.start("3.5", language=L("en", "zh"), scale=scale, seed=seed, data=data, columns=columns)

# %% [markdown] id="data" lang="en"
# ## The data
#
# Three raw tables. `subscribers`: one row is one customer, with the day of joining and, if it came, of leaving.
# `usage_monthly`: one row is one customer in one month. `tickets`: one row is one call or message to the
# service desk. Before any model, ask of every table: *what does one row mean?* Then look.

# %% [markdown] id="data" lang="zh" en_hash="e31b937c"
# ## 数据
#
# 三张原始表。`subscribers`：一行是一位用户，含入网日期；若已离网，还有离网日期。`usage_monthly`：一行是一位用户的一个月。
# `tickets`：一行是一次来电或留言。建模之前，对每张表都先问一句：*一行代表什么？* 然后再看数据。

# %% id="read"
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from labkit.charts import BLUE, GREY, ORANGE, RED, SKY

subscribers = lab.data("subscribers")
tickets = lab.data("tickets")
said = ["opened_at", "topic", L("text_en", "text_zh")]
pd.set_option("display.max_colwidth", 110, "display.width", 120)
tickets.loc[tickets["is_complaint"], said].tail(3)

# %% id="monthly"
monthly = lab.sql("""
    SELECT month, count(*) AS customers,
           avg(CASE WHEN left_on < month + INTERVAL 1 MONTH THEN 1.0 ELSE 0.0 END) AS left_share
    FROM range(TIMESTAMP '2024-01-01', TIMESTAMP '2026-01-01', INTERVAL 1 MONTH) AS calendar(month)
    JOIN subscribers ON joined_on < month AND (left_on IS NULL OR left_on >= month)
    GROUP BY month ORDER BY month
""")
usual = monthly["left_share"].mean()
lab.fact(
    "monthly_churn",
    (usual, monthly["left_share"].min(), monthly["left_share"].max()),
    L(
        "In an average month {:.1%} of the customers leave, at least {:.1%} and at most {:.1%}.",
        "平均每月有 {:.1%} 的用户离网，最少的月份 {:.1%}，最多的月份 {:.1%}。",
    ),
)

# %% id="by_complaints"
by_complaints = lab.sql("""
    WITH spring AS (
        SELECT subscriber_id, count(*) AS complaints FROM tickets
        WHERE is_complaint AND opened_at >= '2025-04-01' AND opened_at < '2025-07-01' GROUP BY ALL)
    SELECT least(coalesce(complaints, 0), 3) AS complaints, count(*) AS customers,
           avg(CASE WHEN left_on < '2025-08-01' THEN 1.0 ELSE 0.0 END) AS left_share
    FROM subscribers LEFT JOIN spring USING (subscriber_id)
    WHERE joined_on < '2025-07-01' AND (left_on IS NULL OR left_on >= '2025-07-01')
    GROUP BY 1 ORDER BY 1
""")
often = by_complaints[by_complaints["complaints"] >= 2]
often_left = np.average(often["left_share"], weights=often["customers"])
ratio = often_left / by_complaints["left_share"].iloc[0]

# %% id="first_look"
times = by_complaints["complaints"].astype(str).replace("3", L("3 or more", "3 次及以上"))
colours = np.where(by_complaints["complaints"] >= 2, RED, GREY)
figure, axes = plt.subplots(figsize=(7.2, 3.6))
bars = axes.bar(times, 100 * by_complaints["left_share"], color=colours)
axes.bar_label(bars, fmt="%.1f%%", padding=3)
axes.margins(y=0.1)
axes.set_xlabel(L("Complaints, April to June 2025", "2025 年 4 月至 6 月的投诉次数"))
axes.set_ylabel(L("Left in July, %", "7 月离网率（%）"))
axes.set_title(
    L(
        f"After two or more complaints, customers leave {ratio:.0f} times as often",
        f"投诉两次及以上的用户，离网率是没投诉的 {ratio:.0f} 倍",
    )
)
lab.show(
    figure,
    L(
        "Bars: share leaving in July 2025 by number of complaints in the three months before: "
        f"{by_complaints['left_share'].iloc[0]:.1%} without any, {often_left:.1%} with two or more.",
        f"条形图：按此前三个月投诉次数划分的 2025 年 7 月离网率；没有投诉的为 {by_complaints['left_share'].iloc[0]:.1%}，"
        f"两次及以上的为 {often_left:.1%}。",
    ),
)

# %% [markdown] id="windows" lang="en"
# ## Two windows and a line between them
#
# A churn model learns from moments in the past that we now know the end of. Each moment has three parts:
# the **observation window** (what we were allowed to know), the **cut-off** (the day on which we would have
# had to decide) and the **outcome window** (what then happened). Nothing may cross the line from right to left.

# %% [markdown] id="windows" lang="zh" en_hash="390e5c6c"
# ## 两段时间，一条分界线
#
# 离网模型是从“如今已知结局的过去时刻”里学习的。每个时刻由三部分组成：**观察期**（当时允许知道什么）、
# **截止日**（当时必须作出决定的那天）和**表现期**（后来发生了什么）。任何信息都不得从右边越过这条线跑到左边。

# %% id="windows_figure"
figure, axes = plt.subplots(figsize=(8.4, 1.9))
axes.barh(0, 3, left=-3, color=BLUE, height=0.55)
axes.barh(0, 1, left=0, color=ORANGE, height=0.55)
inside = {"ha": "center", "va": "center", "color": "white", "fontweight": "bold"}
axes.text(-1.5, 0, L("observation window: use, bills, tickets", "观察期：用量、账单、工单"), **inside)
axes.text(0.5, 0, L("outcome window", "表现期"), **inside)
axes.axvline(0, color=RED, linewidth=2)
axes.text(-0.06, 0.42, L("cut-off: end of 31 October", "截止日：10 月 31 日终"), ha="right", color=RED)
axes.set_xticks(range(-3, 2), [L("1 August", "8 月 1 日"), "", "", L("1 November", "11 月 1 日"), ""])
axes.set(yticks=[], ylim=(-0.35, 0.75), xlim=(-3.1, 1.4))
axes.spines["left"].set_visible(False)
axes.set_title(
    L("To the left of the line: features. To the right: the label.", "线的左边是特征，线的右边是标签")
)
lab.show(
    figure,
    L(
        "Timeline: an observation window from August to October, a cut-off line at the end of "
        "31 October, and the outcome window, November.",
        "时间轴：8 月至 10 月为观察期，10 月 31 日终为截止日，11 月为表现期。",
    ),
)

# %% [markdown] id="turn_label" lang="en"
# ### Your turn: the outcome window
#
# Write the label for *any* cut-off. Two questions decide whether it is right: **who was there** at the end of
# that day, and **what counts** as leaving next month? (`left_on` is missing for those who never left;
# `cutoff + pd.offsets.MonthEnd(1)` is the end of the month after a month's end.)

# %% [markdown] id="turn_label" lang="zh" en_hash="f7f762f5"
# ### 轮到你了：表现期
#
# 为*任意*截止日写出标签。对不对取决于两个问题：截止日终**谁还在网**？下个月**怎样才算**离网？
# （没有离网的人，`left_on` 为空；`cutoff + pd.offsets.MonthEnd(1)` 可由月末得到下一个月末。）


# %% id="churned_next_month" exercise="churned_next_month"
# en: a Series of True and False, indexed by subscriber_id, one entry for each customer
# active at the end of the day `cutoff` (a month's end): did they leave in the next month?
# zh: 返回由 True 和 False 组成的 Series，以 subscriber_id 为索引，
# 对 `cutoff`（某个月末）当日终仍在网的每位用户各一项：次月是否离网？
def churned_next_month(subscribers, cutoff):
    # BEGIN SOLUTION
    was_there = (subscribers["joined_on"] <= cutoff) & ~(subscribers["left_on"] <= cutoff)
    active = subscribers[was_there].set_index("subscriber_id")
    return active["left_on"] <= cutoff + pd.offsets.MonthEnd(1)
    # END SOLUTION


# %% id="check_churned_next_month"
lab.check("churned_next_month")

# %% [markdown] id="say_label" lang="en" tags=["instructor"]
# **6 min, of which 4 for the exercise.** Draw the line on the board, put one customer on it who left on
# 20 October and one who left on 20 December, and ask of each: in or out, true or false?
# *Most of the room* keeps those who had already left; the check says so.
# Short of time (saves 2 min): give them the first line of the solution.

# %% [markdown] id="say_label" lang="zh" en_hash="c88b96b9" tags=["instructor"]
# **6 分钟，其中练习 4 分钟。** 在白板上画出分界线，放上两位用户：一位 10 月 20 日离网，一位 12 月 20 日离网，逐一问：
# 算不算在内？标签是真还是假？*多数人*会把早已离网的人也算进来；检查会指出这一点。
# 时间不够时（省 2 分钟）：直接给出参考答案的第一行。

# %% [markdown] id="table" lang="en"
# ## The table the warehouse keeps
#
# Every month's end the warehouse does the same for all customers, adds some twenty features, and stores it as
# `churn`: one row is one customer *at one month's end*. The same customer comes back month after month, so
# rows are not customers. If you brought a file of your own, it stands in here from now on.

# %% [markdown] id="table" lang="zh" en_hash="7c9682ac"
# ## 数据仓库里的宽表
#
# 每到月末，数据仓库都会为全部用户做同样的事，再加上二十来个特征，存成 `churn` 表：一行是一位用户*在某个月末*的状态。
# 同一位用户月月出现，所以行数不等于用户数。如果你带来了自己的文件，从这里开始用的就是它。

# %% id="churn"
churn = lab.data("churn")
churn = churn[churn["churned"].notna()].reset_index(drop=True)
y = churn["churned"].astype(bool)
lab.fact(
    "churn_rows",
    (len(churn), churn["subscriber_id"].nunique(), y.mean()),
    L(
        "{:,} rows about {:,} customers; in {:.1%} of the rows the customer left in the next month.",
        "{:,} 行，涉及 {:,} 位用户；其中 {:.1%} 的行，用户在随后一个月离网。",
    ),
)
lab.describe("churn").set_index("column")[["description", "unit"]].iloc[2:]

# %% [markdown] id="nobody_leaves" lang="en"
# ## The baseline that is right almost always
#
# Predict for everybody: *stays*. Hardly any model beats the accuracy of that sentence, and it is worth nothing.
# So we do not ask "how often right?" but "how well sorted?": the **AUC** is the chance that a random
# leaver stands above a random stayer on our list. One half is a list in random order, one is perfect.

# %% [markdown] id="nobody_leaves" lang="zh" en_hash="0c412e7f"
# ## 几乎永远正确的基线
#
# 对所有人都预测：*不会走*。这句话的准确率，很难有模型能超过，可它一文不值。
# 所以我们不问“对了多少”，而问“排得好不好”：**AUC** 是随机抽一位离网用户、再抽一位留下的用户，前者在名单上排得更靠前的概率。
# 随机排列是二分之一，完美排列是一。

# %% id="baseline"
lab.fact(
    "accuracy_of_nobody_leaves",
    (1 - y.mean(), 0),
    L(
        '"Nobody leaves" is right in {:.1%} of the rows and finds {} leavers.',
        "“没人会走”在 {:.1%} 的行上正确，找到的离网用户却是 {} 位。",
    ),
)

# %% [markdown] id="split" lang="en"
# ## Split by time, with a gap
#
# On 1 November we do not yet know who left in October: ported numbers are settled weeks later. The newest rows
# *with* a label are those of 31 August. So we learn from month ends up to then, skip September, and make the
# list with what is known on 31 October. To choose between models we replay the same situation earlier:
# grow from March to June, skip July, judge on August. The rows of November are too fresh for anything.
# (A file without `snapshot_on` is split at random instead, with the share of leavers kept equal.)

# %% [markdown] id="split" lang="zh" en_hash="7848a0d7"
# ## 按时间切分，中间留空
#
# 11 月 1 日这天，我们还不知道谁在 10 月离了网：携号转网要几周后才结算清楚。*带标签*的最新数据是 8 月 31 日的快照。
# 所以用截至那时的月末来学习，跳过 9 月，再用 10 月 31 日已知的信息出名单。要在几个模型之间作选择，就把同样的处境提前演一遍：
# 用 3 月至 6 月生长，跳过 7 月，在 8 月上评判。11 月的数据太新，哪里都不用。
# （没有 `snapshot_on` 的文件改为随机切分，并保持离网占比一致。）

# %% id="split_rows"
by_time = "snapshot_on" in churn and churn["snapshot_on"].nunique() >= 7
if by_time:
    month_ends = sorted(churn["snapshot_on"].unique())
    growing = churn["snapshot_on"] <= month_ends[-6]
    judging = churn["snapshot_on"] == month_ends[-4]
    history = churn["snapshot_on"] <= month_ends[-4]
    list_day = churn["snapshot_on"] == month_ends[-2]
else:
    draw = pd.Series(lab.rng("split").random(len(churn)))
    place = draw.groupby(y).rank(pct=True)
    growing, judging = place <= 0.5, (place > 0.5) & (place <= 0.7)
    history, list_day = place <= 0.7, place > 0.7

lab.fact(
    "split",
    (history.sum(), y[history].sum(), list_day.sum()),
    L(
        "We learn from {:,} rows with {:,} leavers; the list is made from {:,} customers.",
        "用于学习的有 {:,} 行，其中离网 {:,} 行；名单从 {:,} 位用户中产生。",
    ),
)

# %% id="split_figure"
if by_time:
    roles = pd.Series(L("skip", "跳过"), month_ends)
    roles[churn.loc[growing, "snapshot_on"].unique()] = L("grow", "生长")
    roles.iloc[[-4, -2, -1]] = L("judge", "评判"), L("make the list", "出名单"), L("too fresh", "太新")
    colours = roles.map({L("grow", "生长"): BLUE, L("judge", "评判"): SKY, L("make the list", "出名单"): RED})
    figure, axes = plt.subplots(figsize=(8.4, 3.9))
    for row, (role, colour) in enumerate(zip(roles, colours.fillna(GREY), strict=True)):
        axes.barh(-row, 3, left=row - 3, color=colour, height=0.62, alpha=0.5)
        axes.barh(-row, 1, left=row, color=colour, height=0.62)
        axes.text(row + 1.15, -row, role, va="center", color=colour, fontweight="bold")
    axes.set_yticks(-np.arange(len(roles)), [f"{day:%Y-%m-%d}" for day in roles.index])
    axes.set(xticks=[], ylabel=L("Month's end", "月末快照"))
    axes.spines["bottom"].set_visible(False)
    axes.grid(visible=False)
    axes.set_title(
        L("Pale: what was observed. Dark: what then happened.", "浅色：当时观察到的；深色：后来发生的")
    )
    lab.show(
        figure,
        L(
            "One bar per month's end: first those to grow on, one skipped, one to judge, one skipped, "
            "one to make the list, one too fresh.",
            "每个月末一行：先是用于生长的几行，跳过一行，一行用于评判，再跳过一行，一行用于出名单，最后一行太新。",
        ),
    )

# %% [markdown] id="say_split" lang="en" tags=["instructor"]
# **5 min, with the leak below.** Cover the figure and ask: "On 1 November, which is the newest month you may
# learn from?" *Most of the room* says October, some say September. Make them say what would have to be known,
# and when. Short of time (saves 1 min): skip the code of the split, stay on the figure.

# %% [markdown] id="say_split" lang="zh" en_hash="ddf2c78a" tags=["instructor"]
# **5 分钟，含下面的信息泄漏。** 先遮住图，问：“11 月 1 日这天，最新能用哪个月来学习？”*多数人*说 10 月，有人说 9 月。
# 让他们说清楚：那时必须知道什么？什么时候才能知道？时间不够时（省 1 分钟）：跳过切分的代码，只讲图。

# %% [markdown] id="single" lang="en"
# ## What does one column know alone?
#
# A tree needs numbers, so each category becomes one yes/no column per value. Then every column sorts the
# customers by itself, and we compare. It takes a second, and it is the most useful second of any churn project.

# %% [markdown] id="single" lang="zh" en_hash="e05890c1"
# ## 单独一列知道多少？
#
# 决策树只认数字，所以每个类别取值变成一列“是/否”。然后让每一列单独给用户排序，比一比。
# 这一步只要一秒钟，却是任何离网项目里最有用的一秒钟。


# %% id="predictors"
# en: every column that a model could use, as numbers
# zh: 模型可用的所有列，统一变成数字
def predictors(table):
    table = table.drop(columns=["subscriber_id", "snapshot_on", "churned"], errors="ignore")
    numbers = table.select_dtypes(["number", "bool", "boolean"])
    codes = table.select_dtypes(["category", "object", "string"])
    codes = codes.loc[:, codes.nunique().between(2, 20)]
    codes = pd.get_dummies(codes, prefix_sep="=") if codes.shape[1] else codes
    return pd.concat([numbers, codes], axis=1).astype("float32")


X = predictors(churn)

# %% id="single_auc"
from sklearn.metrics import roc_auc_score


# en: AUC of one column as it stands, in whichever direction it sorts better
# zh: 单独一列的 AUC，取排序更好的那个方向
def auc_alone(column):
    auc = roc_auc_score(y[history], column[history].fillna(column.median()))
    return max(auc, 1 - auc)


alone = X.apply(auc_alone).sort_values(ascending=False)

# %% id="single_figure"
top = alone.head(9)[::-1]
figure, axes = plt.subplots()
axes.hlines(top.index, 0.5, top, color=GREY, linewidth=1.5)
axes.scatter(top, top.index, color=BLUE, s=52, zorder=3)
for name, value in top.items():
    axes.annotate(f"{value:.2f}", (value, name), xytext=(8, -4), textcoords="offset points")
axes.set(
    xlim=(0.5, 1.0), xlabel=L("AUC of the column alone (0.5 = knows nothing)", "单列 AUC（0.5 表示一无所知）")
)
axes.grid(visible=False)
axes.set_title(
    L(
        f"One column alone reaches {alone.iloc[0]:.2f}, the next one {alone.iloc[1]:.2f}",
        f"有一列单独就达到 {alone.iloc[0]:.2f}，第二名只有 {alone.iloc[1]:.2f}",
    )
)
lab.show(
    figure,
    L(
        "Dots: AUC of the nine best single columns on the learning months, "
        f"from {alone.iloc[0]:.2f} down to {top.iloc[0]:.2f}.",
        f"点图：学习月份上单列 AUC 最高的九列，从 {alone.iloc[0]:.2f} 到 {top.iloc[0]:.2f}。",
    ),
)

# %% [markdown] id="turn_leak" lang="en"
# ### Your turn: find the leak
#
# A column may be strong because it is a cause, or because it was written *after* the event. Read the
# descriptions again and ask of each strong column: **when is this known?** Name the one that nobody could have
# known at the cut-off. (On your own file there may be none: then answer `None`.)

# %% [markdown] id="turn_leak" lang="zh" en_hash="4c531687"
# ### 轮到你了：找出泄漏的一列
#
# 一列很强，可能因为它是原因，也可能因为它是事情*发生之后*才写下的。回头再看各列说明，对每个强列都问一句：
# **这个信息什么时候才能知道？** 写出截止日当天谁也不可能知道的那一列。（你自己的文件里可能没有：那就填 `None`。）

# %% id="leak_column" exercise="leak_column"
# en: the column's name, in quotation marks
# zh: 列名，加引号
leak_column = alone.index[0] if alone.iloc[0] > 0.8 else None  # SOLUTION

# %% id="check_leak_column"
lab.check("leak_column")

# %% [markdown] id="leak" lang="en"
# The strongest column is a flag, and a flag has a date even if the table does not show it. Look up what
# happened to flagged customers, and the date comes to light: old rows were filled in afterwards. Last year's
# model had swallowed exactly this column: superb on old months, silent on the day of the list, when nobody's
# final bill exists yet. From here on it is gone; put the names of your own late columns into the same list.

# %% [markdown] id="leak" lang="zh" en_hash="c1ad44af"
# 最强的一列是个标记，而标记总有日期，哪怕表里没写。查一查带标记的用户后来怎样，日期就露出来了：旧的行是事后补填的。
# 去年的模型吃进去的正是这一列：在旧月份上无比出色，到了出名单那天却哑口无言——那时谁的结清账单都还不存在。
# 从这里起我们把它删掉；你自己数据里“事后才有”的列，也写进同一个列表。

# %% id="leak_dates"
if lab.has_truth:
    flagged = lab.sql("""
        SELECT count(*) AS customers, avg(churned::INT) AS left_next,
               count(*) FILTER (left_on <= snapshot_on) AS left_before
        FROM churn JOIN subscribers USING (subscriber_id)
        WHERE final_bill_flag AND snapshot_on = '2025-08-31'
    """).iloc[0]
    lab.fact(
        "flagged",
        (flagged["customers"], flagged["left_before"], flagged["left_next"]),
        L(
            "{:.0f} customers carry the flag on 31 August. By then {:.0f} of them had left; "
            "in the month after, {:.0%} did.",
            "8 月 31 日带标记的用户有 {:.0f} 位。到那天为止，其中离网的有 {:.0f} 位；随后一个月里，离网的占 {:.0%}。",
        ),
    )

# %% id="honest"
known_too_late = ["final_bill_flag"]
X = X.drop(columns=known_too_late, errors="ignore")
rule = alone.drop(known_too_late, errors="ignore").index[0]
rule_auc = roc_auc_score(y[list_day], X.loc[list_day, rule].fillna(X[rule].median()))
auc_by_model = {L("one column", "只看一列"): max(rule_auc, 1 - rule_auc)}
lab.fact(
    "one_rule",
    (rule, max(rule_auc, 1 - rule_auc)),
    L(
        "The best honest column alone is {}: AUC {:.2f} on the list day. That is the mark to beat.",
        "诚实的列里单列最强的是 {}：在出名单那天 AUC 为 {:.2f}。这就是要超过的标杆。",
    ),
)

# %% [markdown] id="tree" lang="en"
# ## A tree, read aloud
#
# A decision tree asks one question after another, each time the one that separates leavers from stayers best
# (Breiman, Friedman, Olshen and Stone 1984). Start with three questions at most and at least one row in a
# hundred per leaf. Read the top branch aloud: "If …, and if …, and if …, then so many of a hundred leave."

# %% [markdown] id="tree" lang="zh" en_hash="a6bf8f85"
# ## 把一棵树念出声来
#
# 决策树一个问题接一个问题地问，每次都挑最能把离网者和留下者分开的那个问题（Breiman、Friedman、Olshen 与 Stone，1984）。
# 先最多问三个问题，每片叶至少占百分之一的行。把最上面一枝念出来：“如果……，并且……，并且……，那么一百人里走多少人。”

# %% id="small_tree"
from sklearn.tree import DecisionTreeClassifier

small_tree = DecisionTreeClassifier(max_depth=3, min_samples_leaf=0.01, random_state=0)
small_tree = small_tree.fit(X[history], y[history])

# %% id="tree_figure"
from labkit.charts.tree import decision_tree

described = lab.describe("churn").query("kind != ''").set_index("column")["description"]
short_names = described.str.split("[:：]", regex=True).str[0].to_dict()
first_column = X.columns[small_tree.tree_.feature[0]]
first_question = short_names.get(first_column, first_column)
leaf_rates = y[history].groupby(small_tree.apply(X[history])).mean()
figure = decision_tree(
    small_tree,
    X[history],
    names=short_names,
    rate_label=L("left", "离网率"),
    rows_label=L("rows (share)", "行数（占比）"),
    title=L(
        f"Three questions part {leaf_rates.max():.0%} risk from {leaf_rates.min():.1%}",
        f"三个问题，把 {leaf_rates.max():.0%} 的风险与 {leaf_rates.min():.1%} 的风险分开",
    ),
)
lab.show(
    figure,
    L(
        f"Decision tree with {small_tree.get_n_leaves()} leaves on the learning months. "
        f"The first question is: {first_question}.",
        f"学习月份上的决策树，共 {small_tree.get_n_leaves()} 片叶。第一个问题是：{first_question}。",
    ),
)

# %% [markdown] id="turn_leaf" lang="en"
# ### Your turn: the riskiest leaf
#
# The rates in the picture are those of the learning months. Take the riskiest leaf to the *list day*: what
# share of the list day's customers sits in it, and what share of those left in the month after? Filter `today`
# with the conditions on the branch, or use `today["leaf"]`, the number of each customer's leaf.

# %% [markdown] id="turn_leaf" lang="zh" en_hash="03f107bc"
# ### 轮到你了：风险最高的叶
#
# 图中的比率来自学习月份。现在把风险最高的那片叶用到*出名单那天*：当天的用户中有多大比例落在这片叶里？其中有多大比例在次月离网？
# 可以按那一枝上的条件筛选 `today`，也可以用 `today["leaf"]`，即每位用户所在叶的编号。

# %% id="today"
today = churn[list_day].assign(leaf=small_tree.apply(X[list_day]))
riskiest_number = leaf_rates.idxmax()
lab.fact(
    "riskiest_number",
    riskiest_number,
    L("The riskiest leaf of the learning months is number {}.", "学习月份中风险最高的叶，编号为 {}。"),
)

# %% id="riskiest_leaf" exercise="riskiest_leaf"
# en: {"share": ..., "rate": ...}, two numbers between 0 and 1
# zh: {"share": ..., "rate": ...}，依次为用户占比和离网率，两个 0 到 1 之间的数
riskiest_leaf = {
    "share": (today["leaf"] == riskiest_number).mean(),
    "rate": today.loc[today["leaf"] == riskiest_number, "churned"].mean(),
}  # SOLUTION

# %% id="check_riskiest_leaf"
lab.check("riskiest_leaf")

# %% [markdown] id="say_leaf" lang="en" tags=["instructor"]
# **4 min, of which 2 for the exercise.** Have two people read the top branch and the bottom branch aloud.
# *Most of the room* reports the rate of the learning months, or divides by all leavers: ask "share of whom?"
# Point out that the leaf's rate came down a little on new customers. That is normal, and it is today's theme.

# %% [markdown] id="say_leaf" lang="zh" en_hash="ded69ef9" tags=["instructor"]
# **4 分钟，其中练习 2 分钟。** 请两位学员分别念出最上面和最下面的一枝。
# *多数人*会报学习月份的比率，或者除以全部离网用户：请追问“占谁的比例？”
# 顺便指出：换成新用户后，这片叶的离网率往往会低一些。这很正常，也正是下一步的主题。

# %% [markdown] id="grow" lang="en"
# ## Grow it, then prune it
#
# Why stop at three questions? Let it grow until every leaf is pure, and look at the two scores.

# %% [markdown] id="grow" lang="zh" en_hash="a0f4ba82"
# ## 先任它生长，再剪枝
#
# 为什么只问三个问题？让它一直长到每片叶都纯净为止，再看两个分数。


# %% id="full_tree"
def auc(model, rows):
    return roc_auc_score(y[rows], model.predict_proba(X[rows])[:, 1])


full_tree = DecisionTreeClassifier(random_state=0).fit(X[growing], y[growing])
lab.fact(
    "full_tree",
    (full_tree.get_n_leaves(), auc(full_tree, growing), auc(full_tree, judging)),
    L(
        "The full tree has {:,} leaves: AUC {:.2f} on the rows it grew on, {:.2f} on later ones.",
        "完整的树有 {:,} 片叶：在生长所用的行上 AUC 为 {:.2f}，在更晚的行上为 {:.2f}。",
    ),
)

# %% [markdown] id="prune" lang="en"
# It has learnt the customers by heart. **Cost-complexity pruning** puts a price on leaves: of all subtrees $T$,
# keep the one with the smallest
#
# $$R_\alpha(T) = R(T) + \alpha \cdot |T|,$$
#
# where $R(T)$ is the impurity that is left and $|T|$ the number of leaves (Breiman and others 1984, chapter 3;
# `ccp_alpha` in scikit-learn). The price $\alpha$ is chosen where it counts: on later months.
# Leaves with fewer than 50 rows are anecdotes, so we do not grow them at all.

# %% [markdown] id="prune" lang="zh" en_hash="816da743"
# 它把用户一个个背下来了。**代价复杂度剪枝**给叶子定一个价：在所有子树 $T$ 中，保留使下式最小的那一棵：
#
# $$R_\alpha(T) = R(T) + \alpha \cdot |T|$$
#
# 其中 $R(T)$ 是剩余的不纯度，$|T|$ 是叶的数目（Breiman 等，1984，第 3 章；即 scikit-learn 的 `ccp_alpha`）。
# 价格 $\alpha$ 要在真正重要的地方选：更晚的月份上。少于 50 行的叶不过是个例，干脆不让它长出来。


# %% id="pruning"
def grown(alpha, rows):
    tree = DecisionTreeClassifier(min_samples_leaf=50, ccp_alpha=alpha, random_state=0)
    return tree.fit(X[rows], y[rows])


# en: prices as shares of the impurity before the first question; five trees, a third of a second each
# zh: 价格按第一个问题之前的不纯度的比例来取；五棵树，每棵约三分之一秒
impurity = 2 * y[growing].mean() * (1 - y[growing].mean())
trees = [grown(alpha, growing) for alpha in impurity * np.geomspace(1 / 100, 1 / 3200, 5)]
pruning = pd.DataFrame(
    {
        "alpha": [tree.ccp_alpha for tree in trees],
        "leaves": [tree.get_n_leaves() for tree in trees],
        "growing": [auc(tree, growing) for tree in trees],
        "judging": [auc(tree, judging) for tree in trees],
    }
).set_index("alpha")
pruning.round(3)

# %% id="pruning_figure"
figure, axes = plt.subplots(figsize=(7.2, 3.7))
best = pruning.loc[pruning["judging"].idxmax()]
ends = pd.concat([pruning, pd.DataFrame({"leaves": [full_tree.get_n_leaves()]})])
ends.iloc[-1, 1:] = auc(full_tree, growing), auc(full_tree, judging)
axes.plot(ends["leaves"], ends["growing"], color=GREY, marker="o")
axes.plot(ends["leaves"], ends["judging"], color=BLUE, marker="o")
last = ends.iloc[-1]
beside = {"xytext": (9, -4), "textcoords": "offset points"}
words = L("months it grew on", "生长所用的月份"), L("a later month", "更晚的月份")
axes.annotate(words[0], (last["leaves"], last["growing"]), color=GREY, **beside)
axes.annotate(words[1], (last["leaves"], last["judging"]), color=BLUE, **beside)
axes.set(xscale="log", xlabel=L("Leaves", "叶的数目"), ylabel="AUC")
axes.set_xticks(shown := [3, 10, 30, 100, 300, 1000], shown)
axes.set_title(
    L(
        f"Beyond about {best['leaves']:.0f} leaves the tree only memorises",
        f"超过约 {best['leaves']:.0f} 片叶，树就只是在死记硬背",
    )
)
lab.show(
    figure,
    L(
        "AUC against the number of leaves. On the months it grew on, AUC keeps rising; "
        f"on a later month it peaks near {best['leaves']:.0f} leaves and falls.",
        f"AUC 随叶数的变化：在生长所用的月份上一路上升；在更晚的月份上，约 {best['leaves']:.0f} 片叶时最高，随后下降。",
    ),
)

# %% [markdown] id="turn_prune" lang="en"
# ### Your turn: choose the price of a leaf
#
# Here you have to decide. `pruning` holds five prices with what they lead to. Choose one, keep the tree small
# enough to be read (60 leaves at most, 4 at least), and grow it again with `grown(alpha, rows)`. On which rows?
# On 1 November, more labels are known than those you used for choosing.

# %% [markdown] id="turn_prune" lang="zh" en_hash="7b08df46"
# ### 轮到你了：给叶子定价
#
# 这一题要你来拍板。`pruning` 里有五个价格及其后果。选定一个，让树小到还读得下来（最多 60 片叶，最少 4 片），
# 再用 `grown(alpha, rows)` 重新长一遍。用哪些行？到了 11 月 1 日，已知的标签比你作选择时用到的要多。

# %% id="final_tree" exercise="final_tree"
# en: a fitted tree: your price, and every row whose label is known on the list day
# zh: 一棵拟合好的树：用你定的价格，以及出名单那天标签已知的所有行
final_tree = grown(pruning.loc[pruning["leaves"].between(4, 60), "judging"].idxmax(), history)  # SOLUTION

# %% id="check_final_tree"
lab.check("final_tree")

# %% [markdown] id="say_prune" lang="en" tags=["instructor"]
# **3 min.** Ask who would take the tree with the best score on the left, and let them defend it. The two lines
# are the whole lesson. *Most of the room* chooses well and then forgets to grow the tree again on all labelled
# months. The check accepts every defensible price. Short of time (saves 1 min): give the price, keep the question of the rows.

# %% [markdown] id="say_prune" lang="zh" en_hash="1c474d86" tags=["instructor"]
# **3 分钟。** 问谁愿意选“生长月份”上分数最高的那棵树，让他说说理由；两条线的分岔就是这一课的全部。
# *多数人*价格选得不错，却忘了在全部已有标签的月份上重新长一遍。凡是站得住脚的价格，检查都会接受。
# 时间不够时（省 1 分钟）：直接给出价格，只留“用哪些行”这一问。

# %% [markdown] id="ceiling" lang="en"
# ## The ceiling: many trees at once
#
# Gradient boosting adds up fifty small trees, each correcting the ones before (Friedman 2001). Nobody can
# read it aloud. We use it as a yardstick: how much sorting do we give up for being understood?

# %% [markdown] id="ceiling" lang="zh" en_hash="fa0b0b86"
# ## 上限：许多棵树一起上
#
# 梯度提升把五十棵小树叠加起来，每一棵都去纠正前面各棵的错误（Friedman，2001）。没有人能把它念出来。
# 我们拿它当尺子：为了“听得懂”，在排序能力上让出了多少？

# %% id="boosting"
from sklearn.ensemble import HistGradientBoostingClassifier

pruned_tree = grown(pruning.loc[pruning["leaves"] <= 60, "judging"].idxmax(), history)
boosting = HistGradientBoostingClassifier(
    learning_rate=0.1,
    max_iter=50,
    max_leaf_nodes=8,
    min_samples_leaf=50,
    l2_regularization=1.0,
    early_stopping=False,
    random_state=0,
).fit(X[history], y[history])
auc_by_model |= {
    L("three questions", "三个问题"): auc(small_tree, list_day),
    L("pruned tree", "剪枝后的树"): auc(pruned_tree, list_day),
    L("boosting", "梯度提升"): auc(boosting, list_day),
}
lab.fact(
    "auc_by_model",
    tuple(auc_by_model.values()),
    L(
        "AUC on the list day: one column {:.2f}, three questions {:.2f}, pruned tree {:.2f}, "
        "boosting {:.2f}.",
        "出名单那天的 AUC：只看一列 {:.2f}，三个问题 {:.2f}，剪枝后的树 {:.2f}，梯度提升 {:.2f}。",
    ),
)

# %% [markdown] id="lift" lang="en"
# ## Lift: what the desk would notice
#
# Lin Yue does not dial an AUC. She calls from the top of a list. **Lift** of a tenth = its churn rate divided by
# everybody's. A lift of one means: calling these is like calling anybody.

# %% [markdown] id="lift" lang="zh" en_hash="537ce79e"
# ## 提升度：专席感受得到的差别
#
# 林悦拨的是电话，不是 AUC。她从名单最上面开始打。某一成用户的**提升度** = 这一成的离网率除以全体的离网率。
# 提升度为一，意思是：打给这些人，和随便打没有两样。

# %% id="deciles"
scored = churn.loc[list_day, ["subscriber_id", "churned"]].assign(
    risk=boosting.predict_proba(X[list_day])[:, 1]
)
position = scored["risk"].rank(ascending=False, method="first")
tenth = np.ceil(10 * position / len(scored)).astype(int)
lift = scored.groupby(tenth)["churned"].mean() / scored["churned"].mean()
caught = scored.groupby(tenth)["churned"].sum() / scored["churned"].sum()

# %% id="lift_figure"
figure, axes = plt.subplots(figsize=(7.2, 3.6))
bars = axes.bar(lift.index, lift, color=np.where(lift > 1, RED, GREY))
axes.bar_label(bars, fmt="%.1f", padding=3, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5})
axes.axhline(1, color=BLUE, linewidth=1.2, zorder=1)
axes.text(10.6, 1.12, L("as if called at random", "与随机拨打一样"), color=BLUE, ha="right")
axes.set_xticks(lift.index)
axes.set(
    xlabel=L("Tenth of the customers, riskiest first", "按风险从高到低，每一成用户"),
    ylabel=L("Lift", "提升度"),
)
axes.set_title(
    L(
        f"The riskiest tenth holds {caught.iloc[0]:.0%} of all leavers",
        f"风险最高的一成用户，占了全部离网者的 {caught.iloc[0]:.0%}",
    )
)
lab.show(
    figure,
    L(
        f"Bars of lift by tenth, from {lift.iloc[0]:.1f} for the riskiest down to {lift.iloc[-1]:.1f}.",
        f"各成用户的提升度：从风险最高一成的 {lift.iloc[0]:.1f} 到最低一成的 {lift.iloc[-1]:.1f}。",
    ),
)

# %% [markdown] id="money" lang="en"
# ## From a list to money
#
# These are **business assumptions**, not findings; Lin Yue signs for them. Everybody who is called gets the
# offer, whether they meant to leave or not. Of those who would have left, the stated share stays, and then pays
# its margin for the stated months. All amounts in yuan.

# %% [markdown] id="money" lang="zh" en_hash="b0f55368"
# ## 从名单到钱
#
# 下面这些是**业务假设**，不是分析结论，由林悦签字负责。凡是接到电话的人都会得到优惠，不管他原本想不想走。
# 在本来会走的人当中，按假设的比例有一部分留下来，并在假设的月数内贡献毛利。金额单位均为元。

# %% id="terms"
terms = {"call_yuan": 5, "offer_yuan": 8, "save_rate": 0.30, "margin_yuan": 45, "months": 12}
worth = terms["margin_yuan"] * terms["months"]
break_even = (terms["call_yuan"] + terms["offer_yuan"]) / (terms["save_rate"] * worth)
lab.fact(
    "break_even",
    (worth, break_even, scored["churned"].mean()),
    L(
        "A saved customer is worth {:,} yuan. A call pays where at least {:.1%} would leave; "
        "on average {:.1%} do.",
        "留住一位用户值 {:,} 元。离网率达到 {:.1%} 的人群，打电话才不亏；而全体平均只有 {:.1%}。",
    ),
)

# %% [markdown] id="turn_profit" lang="en"
# ### Your turn: expected profit
#
# Write the profit of calling the riskiest `share` of a scored table, as a function: then any list, any share and
# any assumptions can be judged, the ten percent of 1 November first of all. `scored` has the columns `risk` and
# `churned`; `terms` is a dictionary like the one above.

# %% [markdown] id="turn_profit" lang="zh" en_hash="d26e2a8d"
# ### 轮到你了：期望利润
#
# 把“给打过分的用户表中风险最高的 `share` 打电话”的利润写成函数：这样，任何名单、任何比例、任何假设都能评判，
# 首先就是 11 月 1 日的那一成。`scored` 含 `risk` 和 `churned` 两列；`terms` 是上面那样的字典。


# %% id="campaign_profit" exercise="campaign_profit"
# en: yuan earned minus yuan spent, when the `share` of customers with the highest risk is called
# zh: 给风险最高的 `share` 部分用户打电话时，赚到的元减去花掉的元
def campaign_profit(scored, share, terms):
    # BEGIN SOLUTION
    called = scored.nlargest(round(share * len(scored)), "risk")
    saved = called["churned"].sum() * terms["save_rate"]
    earned = saved * terms["margin_yuan"] * terms["months"]
    spent = len(called) * (terms["call_yuan"] + terms["offer_yuan"])
    return earned - spent
    # END SOLUTION


# %% id="check_campaign_profit"
lab.check("campaign_profit")

# %% [markdown] id="curve" lang="en"
# The same sum for every length of the list at once: sort, add up, subtract.

# %% [markdown] id="curve" lang="zh" en_hash="80ed7f52"
# 对所有名单长度一次算清：排序、累加、相减。


# %% id="profit_curve"
# en: profit in yuan of calling the first one, two, three … customers of the list
# zh: 依次给名单上前一位、前两位、前三位……用户打电话的利润（元）
def profit_curve(scored, terms):
    leavers = scored.sort_values("risk", ascending=False)["churned"].cumsum().to_numpy()
    called = np.arange(1, len(scored) + 1)
    value = terms["save_rate"] * terms["margin_yuan"] * terms["months"]
    return leavers * value - called * (terms["call_yuan"] + terms["offer_yuan"])


profit = profit_curve(scored, terms)
share_called = np.arange(1, len(scored) + 1) / len(scored)
tenth_called = round(len(scored) / 10)
best_share = share_called[profit.argmax()]

# %% id="profit_figure"
figure, axes = plt.subplots(figsize=(7.2, 3.8))
axes.plot(100 * share_called, profit / 1000, color=BLUE)
axes.axhline(0, color="black", linewidth=1)
axes.axvspan(0, 10, color=SKY, alpha=0.15)
axes.plot(100 * best_share, profit.max() / 1000, "o", color=RED)
axes.annotate(
    L(f"best in hindsight: {best_share:.0%}", f"事后看最佳：{best_share:.0%}"),
    (100 * best_share, profit.max() / 1000),
    xytext=(10, 4),
    textcoords="offset points",
    color=RED,
)
axes.text(10.6, axes.get_ylim()[0] * 0.93, L("the top tenth", "前一成"), color=BLUE)
axes.set(
    xlabel=L("Customers called, % of all", "打电话的用户占比（%）"),
    ylabel=L("Profit, thousand yuan", "利润（千元）"),
)
axes.set_title(
    L(
        f"The top tenth: {profit[tenth_called - 1]:+,.0f} yuan. Everybody: {profit[-1]:+,.0f} yuan",
        f"打给前一成：{profit[tenth_called - 1]:+,.0f} 元；打给所有人：{profit[-1]:+,.0f} 元",
    )
)
lab.show(
    figure,
    L(
        f"Profit against the share of customers called: it peaks at {best_share:.0%}, then falls below zero.",
        f"利润随拨打占比的变化：在 {best_share:.0%} 处达到峰值，此后一路下降直到亏损。",
    ),
)

# %% [markdown] id="uncertain" lang="en"
# ## How sure is that?
#
# Two kinds of doubt. **Chance**: another November would have had other leavers, and each may or may not be
# persuaded. We draw both again, two thousand times. **Assumptions**: nobody knows the save rate before trying.
# For each assumption Lin Yue names the lowest and the highest value she would believe; we move one at a time.

# %% [markdown] id="uncertain" lang="zh" en_hash="3eeb1851"
# ## 有多大把握？
#
# 有两种不确定。**偶然**：换一个 11 月，走的会是另一些人，每个人劝不劝得住也看运气。我们把这两样重抽两千次。
# **假设**：没试过之前，谁也不知道挽留成功率。请林悦给每个假设说出她愿意相信的最低值和最高值，我们一次只动一个。

# %% id="chance"
rng = lab.rng("chance")
top_tenth = scored.nlargest(tenth_called, "risk")
leavers = rng.binomial(len(top_tenth), top_tenth["churned"].mean(), 2_000)
saved = rng.binomial(leavers, terms["save_rate"])
cost = len(top_tenth) * (terms["call_yuan"] + terms["offer_yuan"])
low, high = np.quantile(saved * worth - cost, [0.05, 0.95]).round(-2)
expected = round(profit[tenth_called - 1], -2)
lab.fact(
    "profit_top_tenth",
    (len(top_tenth), expected, low, high),
    L(
        "Calling the top tenth, {:,} customers: expected profit about {:,.0f} yuan; "
        "nine times in ten between {:,.0f} and {:,.0f}.",
        "打给前一成共 {:,} 位用户：期望利润约 {:,.0f} 元，十次中有九次落在 {:,.0f} 与 {:,.0f} 元之间。",
    ),
)

# %% id="assumptions"
believed = pd.DataFrame(
    {
        "save_rate": [L("save rate", "挽留成功率"), 0.15, 0.45],
        "months": [L("months kept", "留存月数"), 9, 18],
        "margin_yuan": [L("monthly margin", "每月毛利"), 40, 50],
        "offer_yuan": [L("cost of the offer", "优惠成本"), 6, 12],
        "call_yuan": [L("cost of the call", "电话成本"), 4, 7],
    },
    index=["name", "lowest", "highest"],
).T
for end in ("lowest", "highest"):
    believed[f"profit_{end}"] = [
        profit_curve(scored, terms | {term: value})[tenth_called - 1] for term, value in believed[end].items()
    ]
believed["span"] = (believed["profit_highest"] - believed["profit_lowest"]).abs()
believed = believed.sort_values("span")

# %% id="assumptions_figure"
figure, axes = plt.subplots(figsize=(7.4, 3.3))
for end, colour in (("lowest", ORANGE), ("highest", BLUE)):
    change = (believed[f"profit_{end}"] - expected) / 1000
    bars = axes.barh(believed["name"], change, left=expected / 1000, color=colour, height=0.6)
    axes.bar_label(bars, [f"{value:g}" for value in believed[end]], padding=4, color=colour)
axes.axvline(expected / 1000, color="black", linewidth=1)
axes.axvline(0, color=RED, linewidth=1.2, linestyle=":")
axes.margins(x=0.1)
axes.set_xlabel(L("Profit of calling the top tenth, thousand yuan", "打给前一成的利润（千元）"))
axes.grid(visible=False)
widest = believed.iloc[-1]
axes.set_title(
    L(
        f"The {widest['name']} decides: {widest['profit_lowest']:,.0f} or {widest['profit_highest']:,.0f} yuan",
        f"最要紧的是{widest['name']}：{widest['profit_lowest']:,.0f} 元，还是 {widest['profit_highest']:,.0f} 元",
    )
)
lab.show(
    figure,
    L(
        "Tornado chart: profit at the lowest and the highest believable value of each assumption; "
        f"widest for the {widest['name']}.",
        f"龙卷风图：各假设取可信的最低值和最高值时的利润，跨度最大的是{widest['name']}。",
    ),
)

# %% [markdown] id="say_money" lang="en" tags=["instructor"]
# **5 min, with boosting and lift, of which 3 for the exercise.** Before showing the curve, ask for the best share and write three
# guesses on the board. *Most of the room* pays for the offer only where it worked; ask who pockets it.
# Then ask which assumption they would spend a pilot on: the widest bar. Short of time (saves 1 min): skip the tornado's code.

# %% [markdown] id="say_money" lang="zh" en_hash="85799a81" tags=["instructor"]
# **5 分钟，含梯度提升和提升度，其中练习 3 分钟。** 展示曲线之前，先让大家猜最佳比例，在白板上写三个猜测。
# *多数人*只给挽留成功的人算优惠成本；请追问：“优惠到底发给了谁？”
# 再问：如果只能做一次试点，该去验证哪个假设？最宽的那一条。时间不够时（省 1 分钟）：跳过龙卷风图的代码。

# %% [markdown] id="panel" lang="en"
# ## Turn the knob
#
# How deep should the tree be? Move the slider. Two questions that only playing answers:
# **1.** From which depth on does the profit of the top tenth stop rising, while the score on the learning months
# goes on? **2.** Which column is asked first, and at which depth have five different columns been asked?

# %% [markdown] id="panel" lang="zh" en_hash="7bc5a9fb"
# ## 转一转旋钮
#
# 树该长多深？拖动滑块试试。有两个问题，只有动手才能回答：
# **1.** 从哪个深度起，前一成的利润不再上升，而学习月份上的分数还在涨？
# **2.** 最先问的是哪一列？到哪个深度，问过的列才凑满五个？

# %% id="play"
from labkit.live import Slider

# en: every tree once, a second and a half for all of them, so that the slider need not wait
# zh: 每棵树只长一次，全部约一秒半，滑块就不用等
by_depth = {
    levels: DecisionTreeClassifier(max_depth=levels, min_samples_leaf=50, random_state=0).fit(
        X[history], y[history]
    )
    for levels in range(1, 9)
}
learnt = {levels: auc(tree, history) for levels, tree in by_depth.items()}


def draw(depth):
    tree = by_depth[depth]
    # en: customers of one leaf share one risk; a lottery decides who of them is called first
    # zh: 同一片叶的用户风险相同，先打给谁由抽签决定
    lottery = lab.rng("lottery").random(len(scored)) * 1e-9
    ranked = scored.assign(risk=tree.predict_proba(X[list_day])[:, 1] + lottery)
    earned = profit_curve(ranked, terms)[tenth_called - 1]
    figure = decision_tree(
        tree,
        X[history],
        names=short_names,
        rate_label=L("left", "离网率"),
        rows_label=L("rows (share)", "行数（占比）"),
        title=L(
            f"Depth {depth}: the top tenth earns {earned:,.0f} yuan",
            f"深度 {depth}：前一成赚 {earned:,.0f} 元",
        ),
    )
    sentence = L(
        f"Depth {depth}, {tree.get_n_leaves()} leaves. AUC {learnt[depth]:.3f} on the learning "
        f"months, {auc(tree, list_day):.3f} on the list day; the top tenth earns {earned:,.0f} yuan.",
        f"深度 {depth}，{tree.get_n_leaves()} 片叶。AUC：学习月份 {learnt[depth]:.3f}，"
        f"出名单那天 {auc(tree, list_day):.3f}；前一成赚 {earned:,.0f} 元。",
    )
    return figure, sentence


lab.panel(draw, depth=Slider(L("Depth of the tree", "树的深度"), 1, 8, 1, 3))

# %% [markdown] id="truth" lang="en"
# ## The truth
#
# Swift Mobile is a synthetic world, so this once we can look behind the curtain: five drivers were planted, each
# with a threshold and a factor on the odds of leaving. What did the pruned tree find, and at which level did it
# first ask? (Between two whole numbers a tree writes the middle.)

# %% [markdown] id="truth" lang="zh" en_hash="d37cf93d"
# ## 真相
#
# 迅通移动是个虚拟世界，所以这一次我们可以看看幕后：预埋了五个驱动因素，各有一个阈值和一个离网几率的倍数。
# 剪枝后的树找到了哪些？最早在第几层就问到了？（两个整数之间，树写的是中点。）

# %% id="planted"
planted = lab.truth("churn_drivers")

# %% id="found"
arrays = pruned_tree.tree_
level = np.ones(arrays.node_count, dtype=int)
for node in np.flatnonzero(arrays.feature >= 0):
    level[[arrays.children_left[node], arrays.children_right[node]]] = level[node] + 1
asked = pd.DataFrame({"column": X.columns[arrays.feature], "found": arrays.threshold, "level": level})[
    arrays.feature >= 0
]
first_asked = asked.sort_values("level").groupby("column", as_index=False).first()
found = planted.merge(first_asked, how="left", on="column")
found[["column", "side", "threshold", "odds_multiplier", "found", "level"]].round(2)

# %% id="hazard"
hazard = lab.truth("churn_truth")

# %% id="oracle"
true_risk = churn[list_day].merge(hazard, on=["subscriber_id", "snapshot_on"])
oracle = roc_auc_score(true_risk["churned"], true_risk["hazard"])
leavers_now = true_risk[true_risk["churned"]]
tree_auc, boosting_auc = auc(pruned_tree, list_day), auc(boosting, list_day)
lab.fact(
    "oracle",
    (oracle, tree_auc / oracle, boosting_auc / oracle),
    L(
        "Whoever knew every true probability would reach AUC {:.2f}, not 1. "
        "The pruned tree gets {:.0%} of that, boosting {:.0%}.",
        "即使知道每个人的真实概率，AUC 也只有 {:.2f}，而不是 1。剪枝后的树达到它的 {:.0%}，梯度提升达到 {:.0%}。",
    ),
)
lab.fact(
    "unfindable",
    (leavers_now["moves_away"].mean(), (leavers_now["hazard"] < 0.01).mean()),
    L(
        "Of November's leavers {:.0%} moved out of the province, which no table records, and {:.0%} "
        "had a true risk below one in a hundred: they left by chance. Nobody could have found either.",
        "11 月的离网者中，{:.0%} 是搬离了本省，没有任何一张表记录这件事；另有 {:.0%} 的真实概率不到百分之一，"
        "纯属偶然。这两类人，谁也找不出来。",
    ),
)

# %% [markdown] id="so_what" lang="en"
# ## So what
#
# Hand Lin Yue the top tenth, the tree on one page, and this sentence. The list is worth money only while it is
# short; the save rate decides more than the model does, so measure it with a group that is *not* called.

# %% [markdown] id="so_what" lang="zh" en_hash="b4dbe99a"
# ## 所以呢
#
# 交给林悦三样东西：前一成的名单、印在一页纸上的树，以及下面这句话。名单只有短的时候才值钱；
# 挽留成功率比模型更能左右结果，所以要留出一组*不打电话*的人，把它量出来。

# %% id="decision"
in_list = today["subscriber_id"].isin(top_tenth["subscriber_id"])
lab.fact(
    "decision",
    (in_list.sum(), expected, low, high, round(profit[-1], -2)),
    L(
        "Call {:,} customers: about {:,.0f} yuan from this month's list ({:,.0f} to {:,.0f}). "
        "Calling everybody: {:,.0f}.",
        "打给 {:,} 位用户：本月名单约赚 {:,.0f} 元（{:,.0f} 至 {:,.0f}）。打给所有人：{:,.0f} 元。",
    ),
)
if "complaints_3m" in churn:
    complained = today["complaints_3m"] > 0
    lab.fact(
        "who_is_called",
        (complained[in_list].mean(), complained.mean()),
        L(
            "Customers who complained: {:.0%} of the list, {:.0%} of everybody. Who keeps quiet gets no offer.",
            "投诉过的用户占名单的 {:.0%}，占全体的 {:.0%}。不吭声的人，拿不到优惠。",
        ),
    )

# %% [markdown] id="care" lang="en"
# Before anybody dials:
#
# * **Fairness.** Loyal customers without a complaint get no offer; those who grumble do. Word gets round. Look at
#   the ages and places on the list as well, even if the model never asked for them.
# * **Law.** Personal data serve the purpose they were collected for; a customer may refuse marketing calls, and
#   offers that a model aims at them. Take those who did off the list first.
# * **Trust.** A call can wake a sleeping dog: some leave *because* they were reminded. A churn score cannot tell
#   who is persuaded and who is provoked; a randomised campaign can. That is lab 6.2.
# * **The cause.** If dropped calls drive people away, the best retention offer is an antenna.

# %% [markdown] id="care" lang="zh" en_hash="e070b676"
# 拨号之前：
#
# * **公平。** 从不投诉的忠诚用户得不到优惠，爱抱怨的反而有。话是会传开的。名单上的年龄和地域也要看一看，即使模型从没问过。
# * **法律。** 个人信息只能用于收集时告知的目的；用户有权拒绝营销电话，也有权拒绝由模型针对其个人特征发出的营销。先把这些人从名单里去掉。
# * **信任。** 一通电话也可能叫醒睡着的人：有人*正因为*被提醒才走。离网评分分不清谁会被劝住、谁会被惹走；随机实验可以。那是实验 6.2。
# * **根源。** 如果赶走用户的是掉话，那么最好的挽留优惠就是一座基站。

# %% [markdown] id="own" lang="en"
# ## On your own data
#
# One row per customer (or per customer and month's end), the columns `subscriber_id` and `churned` (yes/no), and
# whatever features you have: numbers, categories, gaps. With `snapshot_on` for at least seven month ends the lab
# splits by time, otherwise at random. From 1 000 to 150 000 rows run in a minute. The window part keeps showing
# Swift Mobile.
#
# ```
# labkit run 3.5 --data churn=my_customers.csv --map churned=Exited
# ```
#
# or, in this notebook, set `data = {"churn": "my_customers.csv"}` at the top, and
# `columns = {"churned": "Exited"}` if your label has another name. Before you believe a score above 0.9,
# ask every strong column when it is known.

# %% [markdown] id="own" lang="zh" en_hash="04a22212"
# ## 用你自己的数据
#
# 每位用户（或每位用户的每个月末）一行，要有 `subscriber_id` 和 `churned`（是/否）两列，其余特征随意：数值、类别、缺失都可以。
# 如果有 `snapshot_on` 且至少七个月末，就按时间切分，否则随机切分。1 000 到 150 000 行都能在一分钟内跑完。表现期那一部分仍展示迅通移动。
#
# ```
# labkit run 3.5 --data churn=my_customers.csv --map churned=Exited
# ```
#
# 也可以在本笔记本顶部设置 `data = {"churn": "my_customers.csv"}`；如果标签叫别的名字，再加上
# `columns = {"churned": "Exited"}`。看到高于 0.9 的分数，先别信：逐个问强列“这个信息什么时候才能知道？”

# %% [markdown] id="quiz" lang="en"
# ## Three questions
#
# Click an option, or answer with `lab.answer("gap", "A")`.

# %% [markdown] id="quiz" lang="zh" en_hash="7e1e61ef"
# ## 三道测验题
#
# 点击选项作答，也可以用 `lab.answer("gap", "A")`。

# %% id="quiz_gap"
lab.quiz("gap")

# %% id="quiz_memory"
lab.quiz("memory")

# %% id="quiz_save_rate"
lab.quiz("save_rate")

# %% id="progress"
lab.progress()

# %% [markdown] id="say_end" lang="en" tags=["instructor"]
# **3 min, with truth and so what.** Tick the reasons on the board that were planted. Ask: "Why is the oracle's AUC
# not one?" *Most of the room* hopes for a better model; the answer is that people decide things by chance.
# Short of time (saves 2 min): panel and quiz go home; never skip the four points before dialling.

# %% [markdown] id="say_end" lang="zh" en_hash="47ebe816" tags=["instructor"]
# **3 分钟，含真相与“所以呢”。** 在白板上勾出真正预埋的理由。问：“为什么知道全部真相，AUC 也到不了一？”
# *多数人*以为换个更好的模型就行；其实人的决定里本来就有偶然。时间不够时（省 2 分钟）：旋钮和测验留作课后，拨号前的四点绝不能省。
