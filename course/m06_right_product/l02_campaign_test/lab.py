# ---
# id: "6.2"
# name: campaign_test
# title: {en: "Did the campaign work, and on whom?", zh: "营销案设计与评估"}
# minutes: 40
# core: true
# outline: ["六.4"]
# tables: [campaign_experiment, campaign_observational, contact_channels]
# prerequisites: []
# ---

# %% [markdown] id="question" lang="en"
# # Did the campaign work, and on whom?
#
# **Which customers buy *because* we call?**
#
# *40 minutes.* You will **measure** what a campaign caused, with an interval; **unmask** a comparison that says
# far too much; and **choose** the customers whom a call makes buy, in yuan.
# You need: pandas at the level of `groupby`, and the idea of a confidence interval.

# %% [markdown] id="question" lang="zh" en_hash="6fbc6bd8"
# # 营销案设计与评估
#
# **哪些客户是*因为*我们打了电话才买的？**
#
# *40 分钟。* 你将**量出**一次营销活动真正带来了什么，并给出区间；**识破**一个把效果夸大好几倍的比较；
# 再**选出**打了电话才会买的客户，用“元”来回答。
# 预备知识：会用 pandas 的 `groupby`，知道什么是置信区间。

# %% [markdown] id="situation" lang="en"
# ## The situation
#
# It is November 2024. Lighthouse Bank sells a monthly savings plan by telephone, and Gao Ning, who runs the
# savings desk, must say by Friday whom to call in December. In spring the relationship managers called whom they
# liked, and their slide says that calls work wonders. In autumn the bank tossed a coin for every
# customer instead. Every call costs money, sold or not. Believe the wrong number, and the bank pays
# for thousands of calls to people who would have bought anyway, and to some who now never will.

# %% [markdown] id="situation" lang="zh" en_hash="617e2731"
# ## 业务场景
#
# 2024 年 11 月。灯塔银行通过电话销售一款按月储蓄计划，储蓄业务主管高宁周五之前要定下来：12 月给谁打电话？
# 春季那次由客户经理自己挑人打，汇报材料上说电话效果好得惊人；秋季这次，银行改为给每位客户抛硬币决定。
# 不管卖没卖出去，每通电话都要花钱。信错了数字，银行就会花钱打几千通电话给本来就会买的人，
# 还会打给一些接了电话反而再也不买的人。

# %% [markdown] id="say_situation" lang="en" tags=["instructor"]
# **4 min, with the first look.** Show the first figure and take a vote: whose number goes to the board, spring's or
# autumn's? Write the votes down. *Most of the room* trusts the campaign with more calls or the better result.
# Say: a sale after a call is not a sale because of a call. Today we learn to tell the two apart.

# %% [markdown] id="say_situation" lang="zh" en_hash="788c47da" tags=["instructor"]
# **4 分钟，含初看数据。** 展示第一张图，请大家表决：向行领导汇报哪个数，春季的还是秋季的？把票数记下来。
# *多数人*会相信结果更好看的那一次。请告诉大家：打了电话之后买，不等于因为打了电话才买。今天就来学会区分这两件事。

# %% id="start" tags=["parameters"]
scale = "lab"
seed = 2026
data = {}
columns = {}

# %% id="open"
import labkit
from labkit import L

lab = labkit.start("6.2", language=L("en", "zh"), scale=scale, seed=seed, data=data, columns=columns)

# %% [markdown] id="data" lang="en"
# ## The data
#
# `campaign_observational` (spring: May 2024) and `campaign_experiment` (autumn: October 2024): one row is one customer of that campaign,
# with what the bank knew *before* it, whether the customer was `called`, and whether they `bought` the plan
# within 30 days. If you brought a file of your own, it stands in place of autumn.

# %% [markdown] id="data" lang="zh" en_hash="9adcdc45"
# ## 数据
#
# `campaign_observational`（春季：2024 年 5 月）和 `campaign_experiment`（秋季：2024 年 10 月）：一行是该次活动中的一位客户，含活动*之前*银行掌握的信息、
# 是否外呼（`called`），以及 30 天内是否购买（`bought`）。如果你带来了自己的文件，它就取代秋季的数据。

# %% id="read"
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from labkit.charts import BLACK, BLUE, GREY, ORANGE, RED, SKY

experiment = lab.data("campaign_experiment")
spring = lab.data("campaign_observational")
own_file = "campaign_experiment" in lab.own_tables
autumn_name = L("your experiment", "你的实验") if own_file else L("autumn: a coin chose", "秋季：抛硬币")
spring_name = L("spring: managers chose", "春季：经理挑人")
lab.fact(
    "rows",
    (len(spring), spring["called"].mean(), len(experiment), experiment["called"].mean()),
    L(
        "Spring: {:,} customers, {:.0%} of them called. Autumn: {:,} customers, {:.0%} called.",
        "春季：{:,} 位客户，外呼 {:.0%}。秋季：{:,} 位客户，外呼 {:.0%}。",
    ),
)
experiment.head(3)

# %% id="first_look"
bought_by = {
    name: table.groupby("called")["bought"].mean()
    for name, table in ((spring_name, spring), (autumn_name, experiment))
}
gap = {name: 100 * (share[True] - share[False]) for name, share in bought_by.items()}
figure, axes = plt.subplots(figsize=(7.2, 3.7))
for place, share in enumerate(bought_by.values()):
    bars = axes.bar(
        [place - 0.2, place + 0.2], [100 * share[False], 100 * share[True]], 0.36, color=[GREY, BLUE]
    )
    axes.bar_label(bars, fmt="%.1f%%", padding=3)
    for x, word in ((-0.2, L("not called", "未外呼")), (0.2, L("called", "外呼"))):
        axes.text(place + x, 0.4, word, ha="center", color="white", fontweight="bold")
axes.set_xticks([0, 1], list(bought_by))
axes.margins(y=0.12)
axes.set_ylabel(L("Bought within 30 days, %", "30 天内购买占比（%）"))
axes.set_title(
    L(
        f"Spring says a call adds {gap[spring_name]:.0f} points, autumn says {gap[autumn_name]:.0f}",
        f"春季说打电话能多卖 {gap[spring_name]:.0f} 个百分点，秋季说是 {gap[autumn_name]:.0f} 个",
    )
)
lab.show(
    figure,
    L(
        f"Bars: share who bought, called and not called. The gap is {gap[spring_name]:.1f} points in spring and "
        f"{gap[autumn_name]:.1f} in autumn.",
        f"条形图：外呼与未外呼客户的购买占比。春季相差 {gap[spring_name]:.1f} 个百分点，秋季相差 {gap[autumn_name]:.1f} 个。",
    ),
)

# %% [markdown] id="break_even" lang="en"
# ## How large must an effect be to pay?
#
# Before any statistics, the sum that decides. A call costs what it costs; a plan brings a year's margin. A call
# pays for itself only where it *adds* enough to the chance of buying. These two numbers are the business's; put your own
# in here.

# %% [markdown] id="break_even" lang="zh" en_hash="2f02a663"
# ## 效果要多大才划算？
#
# 谈统计之前，先算决定成败的那笔账。一通电话有成本，一份计划有一年的毛利；只有当电话把购买概率*提高*得足够多时，这通电话才不亏。
# 这两个数由业务部门负责；换成你自己的就行。

# %% id="terms"
call_yuan = lab.sql("SELECT cost_fen / 100.0 AS yuan FROM contact_channels WHERE channel = 'call'")[
    "yuan"
].iloc[0]
plan_yuan = 200.0
if "margin_fen" in experiment and experiment["margin_fen"].gt(0).any():
    plan_yuan = experiment.loc[experiment["bought"], "margin_fen"].mean() / 100
break_even = call_yuan / plan_yuan
lab.fact(
    "break_even",
    (call_yuan, plan_yuan, 100 * break_even),
    L(
        "A call costs {:.0f} yuan, a plan brings {:.0f} on average: a call must add {:.1f} points to pay.",
        "一通电话 {:.0f} 元，一份计划平均毛利 {:.0f} 元：电话至少要把购买概率提高 {:.1f} 个百分点才不亏。",
    ),
)

# %% [markdown] id="size" lang="en"
# ## How many customers does the question need?
#
# An experiment that is too small answers "perhaps" to everything. For two shares $p_0$ and $p_1 = p_0 + \delta$, a
# two-sided test at 5% finds the difference $\delta$ with probability *power* if **each arm** has
#
# $$n = \frac{(z_{0.975} + z_{\text{power}})^2\,[p_0(1-p_0) + p_1(1-p_1)]}{\delta^2}$$
#
# customers (Fleiss, Levin and Paik 2003, chapter 4). $z_q$ is `norm.ppf(q)`: the point below which a share $q$
# of the normal distribution lies.

# %% [markdown] id="size" lang="zh" en_hash="525fbe9c"
# ## 回答这个问题需要多少客户？
#
# 实验太小，问什么都只能答“也许”。设两个占比为 $p_0$ 和 $p_1 = p_0 + \delta$，要让 5% 水平的双侧检验以*功效*（power）的概率发现差异 $\delta$，
# **每一组**需要的客户数为
#
# $$n = \frac{(z_{0.975} + z_{\text{power}})^2\,[p_0(1-p_0) + p_1(1-p_1)]}{\delta^2}$$
#
# （Fleiss、Levin 与 Paik，2003，第 4 章）。$z_q$ 即 `norm.ppf(q)`：正态分布中有比例 $q$ 落在它以下的那个点。

# %% [markdown] id="turn_size" lang="en"
# ### Your turn: sample size
#
# Write it as a function. `base` is the share who buy without a call, `effect` what a call adds (0.04 is four
# points), `power` the chance of finding it.

# %% [markdown] id="turn_size" lang="zh" en_hash="657df8c3"
# ### 轮到你了：样本量
#
# 写成函数。`base` 是不打电话时的购买占比，`effect` 是电话带来的增量（0.04 即四个百分点），`power` 是发现它的概率。

# %% id="normal"
from scipy.stats import norm


# %% id="customers_per_arm" exercise="customers_per_arm"
# en: customers needed in each arm
# zh: 每一组需要的客户数
def customers_per_arm(base, effect, power):
    # BEGIN SOLUTION
    raised = base + effect
    spread = base * (1 - base) + raised * (1 - raised)
    return np.ceil((norm.ppf(0.975) + norm.ppf(power)) ** 2 * spread / effect**2)
    # END SOLUTION


# %% id="check_customers_per_arm"
lab.check("customers_per_arm")

# %% [markdown] id="planned" lang="en"
# In practice one asks a library; statsmodels uses a slightly different approximation and agrees to within a few
# customers in a hundred. Then the other way round: with the customers we had, how small an effect could we see?

# %% [markdown] id="planned" lang="zh" en_hash="5ba8687c"
# 实际工作中交给程序库就行；statsmodels 用的近似略有不同，每一百位客户只差几位。再反过来问：以我们现有的客户数，多小的效果看得出来？

# %% id="planning"
from statsmodels.stats.power import NormalIndPower
from statsmodels.stats.proportion import proportion_effectsize

earlier = experiment if own_file else spring
base_rate = earlier.loc[~earlier["called"], "bought"].mean()
goal = min(base_rate + break_even, 0.99)
needed = NormalIndPower().solve_power(proportion_effectsize(goal, base_rate), power=0.8, alpha=0.05)
n_called, n_not = experiment["called"].sum(), (~experiment["called"]).sum()
standard_error = np.sqrt(base_rate * (1 - base_rate) * (1 / n_called + 1 / n_not))
detectable = (norm.ppf(0.975) + norm.ppf(0.8)) * standard_error
lab.fact(
    "planned",
    (100 * break_even, base_rate, round(needed, -1), n_called, n_not, 100 * detectable),
    L(
        "To see {:.1f} points over a base of {:.1%} takes about {:,.0f} customers per arm at a power of 80%. The experiment "
        "has {:,} called and {:,} not called: enough to see {:.1f} points.",
        "在 {1:.1%} 的基数上看出 {0:.1f} 个百分点，按 80% 的功效，每组约需 {2:,.0f} 位客户。"
        "这次实验外呼 {3:,} 位、未外呼 {4:,} 位：足以看出 {5:.1f} 个百分点。",
    ),
)

# %% [markdown] id="say_size" lang="en" tags=["instructor"]
# **5 min, of which 3 for the exercise.** Ask first: "Twice as fine an effect, how many times the customers?" (Four.)
# *Most of the room* takes the result for the whole experiment; it is *per arm*. Short of time (saves 2 min): give the formula in code
# and let them only call it for 4, 2 and 1 points.

# %% [markdown] id="say_size" lang="zh" en_hash="5f91b817" tags=["instructor"]
# **5 分钟，其中练习 3 分钟。** 先问：“要看清的效果细一倍，客户要多几倍？”（四倍。）*多数人*把结果当成整个实验的人数；它是*每一组*的人数。
# 时间不够时（省 2 分钟）：直接给出公式代码，只让大家代入 4、2、1 个百分点。

# %% [markdown] id="coin" lang="en"
# ## Was the coin fair?
#
# A coin makes the two arms alike in everything, known or unknown. What is known can be looked at: the
# **standardised difference** of a column is the gap between the means of the two arms in standard deviations; beyond
# 0.1 one starts to worry (Austin 2009). Only columns from *before* the campaign
# may go in: what was written later, such as clicks or visits, may itself be an effect of the call.

# %% [markdown] id="coin" lang="zh" en_hash="1984155e"
# ## 硬币公平吗？
#
# 抛硬币让两组在一切方面都相似，不管是已知的还是未知的。已知的可以检查：某一列的**标准化差异**，是两组均值之差除以标准差；超过 0.1 就该留心了
# （Austin，2009）。只能用活动*之前*的列：事后才写下的（如点击、到访），本身就可能是电话的结果。


# %% id="predictors"
# en: every column a model may use, as numbers; gaps get the median, the rarest extremes are cut off
# zh: 模型可用的所有列，统一变成数字；缺失填中位数，最罕见的极端值截断
def predictors(table):
    table = table.drop(columns=["customer_id", "called", "bought", "margin_fen"], errors="ignore")
    numbers = table.select_dtypes(["number", "bool", "boolean"]).astype("float64")
    wide = numbers.columns[numbers.nunique() > 10]
    numbers[wide] = numbers[wide].clip(numbers[wide].quantile(0.005), numbers[wide].quantile(0.995), axis=1)
    codes = table.select_dtypes(["category", "object", "string"])
    codes = codes.loc[:, codes.nunique().between(2, 20)]
    codes = pd.get_dummies(codes, prefix_sep="=", dtype="float64") if codes.shape[1] else codes
    known = pd.concat([numbers.fillna(numbers.median()), codes], axis=1)
    return known.loc[:, known.nunique() > 1]


def standardised_difference(table):
    known, called = predictors(table), table["called"]
    spread = np.sqrt((known[called].var() + known[~called].var()) / 2)
    return (known[called].mean() - known[~called].mean()) / spread


balance = {spring_name: standardised_difference(spring), autumn_name: standardised_difference(experiment)}
largest = {name: difference.abs().max() if len(difference) else 0 for name, difference in balance.items()}

# %% id="balance_figure"
shown = balance[autumn_name] if own_file and len(balance[autumn_name]) else balance[spring_name]
shown = shown.abs().nlargest(9).index[::-1]
figure, axes = plt.subplots(figsize=(7.2, 3.8))
axes.axvspan(-0.1, 0.1, color=GREY, alpha=0.15)
for name, colour in ((spring_name, ORANGE), (autumn_name, BLUE)):
    dots = balance[name].reindex(shown).dropna()
    axes.scatter(dots, dots.index, color=colour, s=52, zorder=3)
    if len(dots):
        axes.annotate(
            name,
            (dots.iloc[-1], dots.index[-1]),
            xytext=(0, 9),
            textcoords="offset points",
            color=colour,
            ha="center",
        )
axes.margins(x=0.12, y=0.13)
axes.axvline(0, color=BLACK, linewidth=1)
axes.grid(visible=False)
axes.set_xlabel(L("Called minus not called, in standard deviations", "外呼减未外呼（以标准差计）"))
axes.set_title(
    L(
        f"Managers: two groups up to {largest[spring_name]:.1f} apart. Coin: {largest[autumn_name]:.2f}",
        f"经理挑人：两组最多相差 {largest[spring_name]:.1f}；抛硬币：{largest[autumn_name]:.2f}",
    )
)
lab.show(
    figure,
    L(
        f"Dots: standardised difference of each column between called and not called; at most {largest[spring_name]:.2f} in spring and "
        f"{largest[autumn_name]:.2f} in the experiment.",
        f"点图：各列在外呼与未外呼之间的标准化差异；春季最大 {largest[spring_name]:.2f}，实验中最大 {largest[autumn_name]:.2f}。",
    ),
)

# %% [markdown] id="turn_effect" lang="en"
# ## What did the calls cause?
#
# Because of the coin, the effect of the campaign is simply the difference of two shares, each with its own arm as
# the total. Its standard error is $\sqrt{p_1(1-p_1)/n_1 + p_0(1-p_0)/n_0}$, and 95% of such intervals, 1.96 standard errors
# to either side, hold the truth (Wald; Newcombe 1998 compares eleven methods).
#
# ### Your turn: effect and interval
#
# A function again, so that it works on any experiment, also one with arms of unequal size.

# %% [markdown] id="turn_effect" lang="zh" en_hash="552fb4e6"
# ## 电话到底带来了什么？
#
# 因为是抛硬币，活动的效果就是两个占比之差，各以本组人数为分母。标准误为 $\sqrt{p_1(1-p_1)/n_1 + p_0(1-p_0)/n_0}$，
# 两边各取 1.96 个标准误，这样的区间有 95% 能覆盖真值（Wald 区间；Newcombe 1998 年比较了 11 种方法）。
#
# ### 轮到你了：效果与区间
#
# 还是写成函数，这样任何实验都能用，两组人数不等也不怕。


# %% id="effect_and_interval" exercise="effect_and_interval"
# en: `called` and `bought` are Series of True and False, one entry per customer;
# return three shares: the effect of the call, the lower and the upper end of its 95% interval
# zh: `called` 和 `bought` 是由 True 和 False 组成的 Series，每位客户一项；
# 返回三个数：外呼的效果、95% 置信区间的下限和上限
def effect_and_interval(called, bought):
    # BEGIN SOLUTION
    arms = bought.groupby(called).agg(["mean", "size"])
    effect = arms.loc[True, "mean"] - arms.loc[False, "mean"]
    standard_error = np.sqrt((arms["mean"] * (1 - arms["mean"]) / arms["size"]).sum())
    return effect, effect - 1.96 * standard_error, effect + 1.96 * standard_error
    # END SOLUTION


# %% id="check_effect_and_interval"
lab.check("effect_and_interval")

# %% [markdown] id="everybody" lang="en"
# The same from statsmodels, by Newcombe's method, and then in money: what is a call to *everybody* worth? An effect can be
# beyond doubt and still lose money. "Significant" answers whether it is zero; the desk asks whether it pays.

# %% [markdown] id="everybody" lang="zh" en_hash="1d7cb9e4"
# 用 statsmodels 的 Newcombe 方法再算一遍，然后换成钱：给*所有人*打电话，值多少？效果可以毫无疑问地存在，却照样亏钱。
# “显著”回答的是它是不是零；业务要问的是划不划算。

# %% id="everybody_yuan"
from statsmodels.stats.proportion import confint_proportions_2indep

arms = experiment.groupby("called")["bought"].agg(["sum", "size", "mean"])
effect = arms.loc[True, "mean"] - arms.loc[False, "mean"]
low, high = confint_proportions_2indep(
    arms.loc[True, "sum"],
    arms.loc[True, "size"],
    arms.loc[False, "sum"],
    arms.loc[False, "size"],
    method="newcomb",
)
lab.fact(
    "effect",
    (100 * effect, 100 * low, 100 * high),
    L(
        "A call adds {:.1f} points to the share who buy (95% interval {:.1f} to {:.1f}).",
        "一通电话使购买占比提高 {:.1f} 个百分点（95% 区间：{:.1f} 至 {:.1f}）。",
    ),
)
per_call = np.array([effect, low, high]) * plan_yuan - call_yuan
worth_it = L("an open question", "是否划算还说不准")
if per_call[1] > 0 or per_call[2] < 0:
    worth_it = L("worth it", "划算") if effect > break_even else L("not worth it", "不划算")
lab.fact(
    "everybody_per_call",
    (*per_call, worth_it),
    L(
        "If everybody is called, a call earns {:+.1f} yuan after its cost ({:+.1f} to {:+.1f}): calling everybody is {}.",
        "给所有人打电话，每通扣除成本后赚 {:+.1f} 元（{:+.1f} 至 {:+.1f}）：全员外呼{}。",
    ),
)

# %% [markdown] id="peeking" lang="en"
# ## Looking every day until it is significant
#
# The 5% that an interval may miss holds for *one* look, at the end. The manager who looks every other day and stops at the first
# "significant" has many chances to be fooled (Armitage, McPherson and Rowe 1969). We invent a thousand experiments in which
# a call does nothing at all, and look fifteen times on the way.

# %% [markdown] id="peeking" lang="zh" en_hash="d17ad0a4"
# ## 天天看，看到显著为止
#
# 区间里的 5% 只对*一次*、也就是结束时的那次查看成立。隔一天看一眼、一“显著”就停的人，给了偶然许多次骗他的机会
# （Armitage、McPherson 与 Rowe，1969）。我们虚构一千次电话毫无作用的实验，每次中途看十五眼。

# %% id="peeks"
looks = 15
per_look = len(experiment) // (2 * looks)
so_far = per_look * np.arange(1, looks + 1)
sold = lab.rng("peeks").binomial(per_look, arms.loc[False, "mean"], (2, 1_000, looks)).cumsum(axis=2) / so_far
pooled = np.maximum(sold.mean(axis=0), 1 / so_far)
z = (sold[0] - sold[1]) / np.sqrt(2 * pooled * (1 - pooled) / so_far)
fooled = np.abs(z) > 1.96
fooled_once, fooled_ever = fooled[:, -1].mean(), fooled.any(axis=1).mean()

# %% id="peeks_figure"
figure, axes = plt.subplots(figsize=(7.2, 3.7))
for path, ever in zip(z[:60], fooled[:60].any(axis=1), strict=True):
    axes.plot(2 * so_far, path, color=RED if ever else GREY, linewidth=1.1, alpha=0.9 if ever else 0.45)
for edge in (-1.96, 1.96):
    axes.axhline(edge, color=BLACK, linewidth=1.2, linestyle=":")
axes.text(2 * so_far[-1], 3.1, L('outside the lines: "significant"', "线外即“显著”"), ha="right", va="center")
axes.set_ylim(-3.6, 3.6)
axes.set(
    xlabel=L("Customers so far", "累计客户数"),
    ylabel=L("Difference in standard errors", "差异（以标准误计）"),
)
axes.set_title(
    L(
        f'No effect at all, yet {fooled_ever:.0%} are "significant" at one of fifteen looks',
        f"毫无效果，看十五眼却有 {fooled_ever:.0%} 的实验“显著”过",
    )
)
lab.show(
    figure,
    L(
        f"Sixty of a thousand invented experiments without an effect, in standard errors; red: beyond 1.96 at some look. One look at the end "
        f"is fooled {fooled_once:.1%} of the time, fifteen looks {fooled_ever:.1%}.",
        f"一千次无效果的虚构实验中的六十次，纵轴以标准误计；红色：某一眼越过 1.96。只在结束时看一眼，受骗 {fooled_once:.1%}；"
        f"看十五眼，受骗 {fooled_ever:.1%}。",
    ),
)

# %% [markdown] id="say_effect" lang="en" tags=["instructor"]
# **7 min, with the coin and the peeking, of which 3 for the exercise.** *Most of the room* divides both arms by all customers, or stops at
# "the interval is above zero, so it works". Ask: "Works for whom? For the bank's purse?" On peeking, ask who has a dashboard
# that refreshes hourly. Short of time (saves 1 min): show the peeking figure, skip its code.

# %% [markdown] id="say_effect" lang="zh" en_hash="65e4aafb" tags=["instructor"]
# **7 分钟，含硬币检查和偷看，其中练习 3 分钟。** *多数人*会用全体客户作两组的分母，或者停在“区间在零以上，所以有效”。请追问：
# “对谁有效？对银行的钱袋呢？”讲到偷看时，问问谁的看板每小时刷新一次。时间不够时（省 1 分钟）：只看图，跳过代码。

# %% [markdown] id="lies" lang="en"
# ## Why spring's slide lies
#
# The managers did nothing wrong: they called customers who were likely to buy. That is exactly the trouble. Who was called
# and who would have bought anyway have common causes (**confounding**), and the plain comparison hands all of it to the call.

# %% [markdown] id="lies" lang="zh" en_hash="20f77e07"
# ## 春季的数字为什么骗人
#
# 客户经理没做错什么：他们打给了看起来会买的人。问题恰恰出在这里：“被叫到”和“本来就会买”有共同的原因（**混杂**），而直接比较把这一切都记在了电话头上。

# %% id="confounders"
naive = spring.loc[spring["called"], "bought"].mean() - spring.loc[~spring["called"], "bought"].mean()
asked = spring.groupby("called")["asked_for_advice"].mean()
uncalled = spring[~spring["called"]].groupby("asked_for_advice")["bought"].mean()
lab.fact(
    "confounder",
    (asked[True], asked[False], uncalled[True], uncalled[False]),
    L(
        "Had asked for advice: {:.0%} of the called in spring, {:.0%} of the others. And nobody called them: of those who had asked {:.0%} bought all "
        "by themselves, of those who had not {:.0%}.",
        "咨询过储蓄的人：在春季外呼客户中占 {:.0%}，在其余客户中占 {:.0%}。而在没接到电话的人当中，咨询过的有 {:.0%} 自己就买了，没咨询过的只有 {:.0%}。",
    ),
)
like_with_like = spring.groupby(["wealth_band", "asked_for_advice", "called"])["bought"].agg(["mean", "size"])
like_with_like = like_with_like.unstack("called").dropna()
like_with_like.round(2)

# %% [markdown] id="turn_bias" lang="en"
# ### Your turn: how much of it is not the call?
#
# `like_with_like` puts customers of equal wealth who did (or did not) ask for advice side by side. Inside each row, called and not
# called can be compared. Average these differences over **the customers that the managers called** (they are the ones the claim
# is about), and take the result from `naive`: so much of spring's difference comes from *whom* they called.

# %% [markdown] id="turn_bias" lang="zh" en_hash="6041b8b9"
# ### 轮到你了：有多少不是电话的功劳？
#
# `like_with_like` 把财富等级相同、同样咨询过（或没咨询过）的客户放在一起；同一行里，外呼与未外呼才可以相比。
# 把各行的差异按**客户经理外呼的客户数**加权平均（那句话说的就是这些人），再用 `naive` 减去它：春季的差异中，有这么多来自*打给了谁*。

# %% id="naive_bias" exercise="naive_bias"
# en: a share: 0.02 would be two points
# zh: 一个比例：0.02 即两个百分点
naive_bias = naive - np.average(
    like_with_like["mean"][True] - like_with_like["mean"][False], weights=like_with_like["size"][True]
)  # SOLUTION

# %% id="check_naive_bias"
lab.check("naive_bias")

# %% [markdown] id="weighting" lang="en"
# With many columns such groups run empty. The usual way out: model the chance of being called, the **propensity** $e$, and weight those not
# called by $e/(1-e)$, so that they look like the called ones (Rosenbaum and Rubin 1983; Hirano, Imbens and Ridder 2003). It repairs what is on
# file. What the managers heard on the phone is not on file.

# %% [markdown] id="weighting" lang="zh" en_hash="ce2603dd"
# 列一多，这样的分组就会有空格子。常用的办法：为被叫的概率（**倾向**得分 $e$）建模，再给未外呼的人加权 $e/(1-e)$，让他们看起来像被叫的人
# （Rosenbaum 与 Rubin，1983；Hirano、Imbens 与 Ridder，2003）。它能修正档案里有的东西；客户经理在电话里听到的，档案里没有。

# %% id="propensity"
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler


def logistic():
    return make_pipeline(StandardScaler(), LogisticRegression(solver="newton-cholesky", tol=1e-8))


known_in_spring, chosen_in_spring = predictors(spring), spring["called"]
propensity = logistic().fit(known_in_spring, chosen_in_spring).predict_proba(known_in_spring)[:, 1]
alike = np.average(
    spring["bought"][~chosen_in_spring], weights=(propensity / (1 - propensity))[~chosen_in_spring]
)
weighted = spring.loc[chosen_in_spring, "bought"].mean() - alike
grouped = np.average(
    like_with_like["mean"][True] - like_with_like["mean"][False], weights=like_with_like["size"][True]
)
lab.fact(
    "adjusted",
    (100 * naive, 100 * grouped, 100 * weighted),
    L(
        "Spring's {:.1f} points shrink to {:.1f} when like is compared with like, and to {:.1f} when all columns are weighted.",
        "春季的 {:.1f} 个百分点，同类相比后缩小到 {:.1f}，用全部列加权后为 {:.1f}。",
    ),
)

# %% [markdown] id="say_bias" lang="en" tags=["instructor"]
# **6 min, of which 3 for the exercise.** Ask: "You are a manager with 50 calls. Whom do you call?" Everyone names likely buyers; that is
# the bias, made in the room. *Most of the room* averages the rows without weights. Say plainly: adjusting helps, a coin settles. Short of
# time (saves 1 min): skip the weighting cell's code.

# %% [markdown] id="say_bias" lang="zh" en_hash="1c69a986" tags=["instructor"]
# **6 分钟，其中练习 3 分钟。** 问：“你是客户经理，只能打 50 通电话，打给谁？”大家都会说打给最可能买的人；偏差就这样在教室里诞生了。
# *多数人*会不加权地平均各行。请讲明白：调整有帮助，抛硬币才算数。时间不够时（省 1 分钟）：跳过加权的代码。

# %% [markdown] id="uplift" lang="en"
# ## On whom did it work?
#
# The average hides people whom a call persuades and people whom it annoys. **Uplift** of a customer = chance of buying when called
# minus chance of buying when not. Nobody ever sees both for one person, but a model can learn each side from its own arm:
# **two models** (the T-learner), or **one model** with the call as a column that may interact with every other (the S-learner;
# Künzel, Sekhon, Bickel and Yu 2019). To score fairly, we cut the customers into five parts; each part is scored by models that
# learnt from the other four.

# %% [markdown] id="uplift" lang="zh" en_hash="8cf4509a"
# ## 对谁有效？
#
# 平均数里混着被电话说服的人，也混着被电话惹烦的人。一位客户的**增量** = 打电话时的购买概率减去不打电话时的购买概率。同一个人身上谁也看不到两种结果，
# 但模型可以从两组中各学一边：**两个模型**（T-learner），或者**一个模型**，把外呼作为一列、允许它与其他每一列交互（S-learner；
# Künzel、Sekhon、Bickel 与 Yu，2019）。为了公平打分，把客户分成五份，每一份都由从另外四份学来的模型打分。

# %% id="has_features"
X, called, bought = predictors(experiment), experiment["called"], experiment["bought"]
fewest_buyers = experiment.groupby("called")["bought"].sum().min()
if not X.shape[1] or fewest_buyers < 30:
    # en: nothing to tell customers apart by, or too few buyers: the cells that need it step aside
    # zh: 没有可用来区分客户的列，或购买者太少：需要它们的格子会自动跳过
    X, scored, pays, profits = ..., ..., ..., ...
    lab.fact(
        "no_uplift",
        fewest_buyers,
        L(
            "Without features, or with so few buyers ({} in the smaller arm), only the campaign as a whole can be judged; "
            "the parts on uplift step aside.",
            "没有特征列，或者购买者太少（较少的一组只有 {} 人），就只能评判活动整体；增量部分自动跳过。",
        ),
    )

# %% id="learners"
everyone = pd.Series(True, index=X.index)


def two_models(learn, judge, model=logistic):
    if_called = model().fit(X[learn & called], bought[learn & called])
    if_not = model().fit(X[learn & ~called], bought[learn & ~called])
    return if_called.predict_proba(X[judge])[:, 1] - if_not.predict_proba(X[judge])[:, 1]


def one_model(learn, judge):
    def inputs(rows, call):
        return np.column_stack([X[rows], X[rows].mul(call, axis=0), call])

    model = logistic().fit(inputs(learn, called[learn].astype(float)), bought[learn])
    with_call, without = (inputs(judge, np.full(judge.sum(), call)) for call in (1.0, 0.0))
    return model.predict_proba(with_call)[:, 1] - model.predict_proba(without)[:, 1]


# en: what the marketing desk usually has: who is likely to buy, learnt from the customers who were called
# zh: 营销部门手里通常有的：谁可能购买，从外呼客户中学来
def likely_buyer(learn, judge):
    return logistic().fit(X[learn & called], bought[learn & called]).predict_proba(X[judge])[:, 1]


# %% id="scores"
lots = pd.Series(lab.rng("parts").random(len(X)), index=X.index)
part = lots.groupby([called, bought]).rank(method="first") % 5


def unseen(learner):
    score = pd.Series(0.0, index=X.index)
    for number in range(5):
        score[part == number] = learner(part != number, part == number)
    return score


scored = pd.DataFrame(
    {
        "called": called,
        "bought": bought,
        "uplift": unseen(two_models),
        "uplift_seen": two_models(everyone, everyone),
        "response": unseen(likely_buyer),
    }
)
likeliest = scored[scored["response"].rank(pct=True) > 0.9].groupby("called")["bought"].mean()
lab.fact(
    "likeliest",
    (likeliest[True], likeliest[False]),
    L(
        "The tenth most likely to buy: of its called customers {:.0%} bought. A triumph on the slide. Of its *uncalled* customers {:.0%} did.",
        "最可能购买的一成客户：外呼的人里 {:.0%} 买了，汇报材料上一片大捷。可其中*没接到电话*的人里，也有 {:.0%} 买了。",
    ),
)

# %% [markdown] id="turn_tenths" lang="en"
# ### Your turn: uplift by tenth
#
# `scored` has one row per customer: `uplift` from models that had *not* seen the customer, `uplift_seen` from models that had,
# and `response`, the chance of buying when called. Cut the customers into ten equal tenths by predicted uplift, highest
# first, and give the **observed** uplift of each tenth: the share of its called customers who bought minus the share of its
# uncalled customers who bought.

# %% [markdown] id="turn_tenths" lang="zh" en_hash="57acc11c"
# ### 轮到你了：各成客户的增量
#
# `scored` 中一行是一位客户：`uplift` 由*没见过*这位客户的模型给出，`uplift_seen` 由见过的模型给出，`response` 是外呼时的购买概率。
# 请按预测增量从高到低把客户等分为十成，给出每一成**观察到的**增量：这一成里外呼客户的购买占比，减去未外呼客户的购买占比。

# %% id="uplift_by_tenth" exercise="uplift_by_tenth"
# en: a Series with ten shares, index 1 (highest predicted uplift) to 10
# zh: 含十个比例的 Series，索引从 1（预测增量最高）到 10
uplift_by_tenth = (
    scored.assign(
        tenth=np.ceil(10 * scored["uplift"].rank(ascending=False, method="first") / len(scored)).astype(int)
    )
    .groupby(["tenth", "called"])["bought"]
    .mean()
    .unstack()
    .diff(axis=1)[True]
)  # SOLUTION

# %% id="check_uplift_by_tenth"
lab.check("uplift_by_tenth")

# %% [markdown] id="tenths" lang="en"
# This picture is the whole idea, and the only honest test of it: predictions made without a customer, judged by what
# that customer's arm did.

# %% [markdown] id="tenths" lang="zh" en_hash="809e7ef5"
# 整个想法都在这张图里，这也是唯一诚实的检验：预测时没用到这位客户，评判时看两组实际怎么做。

# %% id="tenths_figure"
tenth = np.ceil(10 * scored["uplift"].rank(ascending=False, method="first") / len(scored)).astype(int)
in_tenth = scored.groupby([tenth, "called"])["bought"].agg(["mean", "size"]).unstack("called")
observed = 100 * (in_tenth["mean"][True] - in_tenth["mean"][False])
either_side = 196 * np.sqrt((in_tenth["mean"] * (1 - in_tenth["mean"]) / in_tenth["size"]).sum(axis=1))
figure, axes = plt.subplots(figsize=(7.2, 3.8))
colours = np.where(observed > 100 * break_even, BLUE, np.where(observed < 0, RED, GREY))
axes.bar(observed.index, observed, color=colours)
axes.errorbar(observed.index, observed, either_side, fmt="none", ecolor=BLACK, elinewidth=1, capsize=3)
axes.axhline(0, color=BLACK, linewidth=1)
axes.axhline(100 * break_even, color=BLUE, linewidth=1.2, linestyle=":")
axes.text(10.6, 100 * break_even, L("a call pays", "电话划算"), color=BLUE, ha="right", va="bottom")
axes.set_xticks(observed.index)
axes.set(
    xlabel=L("Tenth of the customers, highest predicted uplift first", "按预测增量从高到低，每一成客户"),
    ylabel=L("Observed uplift, points", "观察到的增量（百分点）"),
)
axes.set_title(
    L(
        f"One call, {observed.iloc[0]:+.0f} points in the top tenth, {observed.iloc[-1]:+.0f} in the bottom tenth",
        f"同样一通电话：最前一成 {observed.iloc[0]:+.0f} 个百分点，最后一成 {observed.iloc[-1]:+.0f} 个",
    )
)
lab.show(
    figure,
    L(
        f"Bars with 95% intervals: observed uplift by tenth of predicted uplift, from {observed.iloc[0]:+.1f} points in the first to "
        f"{observed.iloc[-1]:+.1f} in the last.",
        f"带 95% 区间的条形图：按预测增量分成十成，观察到的增量从最前一成的 {observed.iloc[0]:+.1f} 个百分点到最后一成的 {observed.iloc[-1]:+.1f} 个。",
    ),
)

# %% [markdown] id="say_uplift" lang="en" tags=["instructor"]
# **7 min, of which 3 for the exercise.** Before the figure, ask for one customer in whom a call does harm. Someone will name
# their own mother. *Most of the room* reports the response rate per tenth; ask "and without the call?"
# Short of time (saves 2 min): skip `one_model`, the two-model learner carries the lab.

# %% [markdown] id="say_uplift" lang="zh" en_hash="3bef3033" tags=["instructor"]
# **7 分钟，其中练习 3 分钟。** 出图之前，先请大家举一个“打了反而坏事”的客户，总有人会说自己的母亲。*多数人*会报各成的响应率；请追问：
# “不打电话呢？”时间不够时（省 2 分钟）：跳过 `one_model`，两个模型足以撑起本实验。

# %% [markdown] id="qini" lang="en"
# ## The Qini curve
#
# How good is an order of calling? Go down the list and count **extra** buyers: those among the called, minus those among the
# uncalled, the latter scaled to the same number of customers (Radcliffe 2007). A list in random order gives the straight line. The
# **Qini** is how far the curve runs above that line, on average.

# %% [markdown] id="qini" lang="zh" en_hash="1d55044a"
# ## Qini 曲线
#
# 一个拨打顺序有多好？沿名单往下数**多出来的**购买者：外呼客户中的购买者，减去未外呼客户中的购买者，后者按人数折算成一样多（Radcliffe，2007）。
# 随机顺序得到一条直线；曲线平均高出直线多少，就是 **Qini**。


# %% id="qini_curve"
def extra_buyers(score):
    listed = scored.loc[score.sort_values(ascending=False, kind="stable").index]
    sold_called = (listed["bought"] & listed["called"]).cumsum().to_numpy()
    sold_not = (listed["bought"] & ~listed["called"]).cumsum().to_numpy()
    n_called = listed["called"].cumsum().to_numpy()
    n_not = np.maximum((~listed["called"]).cumsum().to_numpy(), 1)
    return sold_called - sold_not * n_called / n_not


def qini(score):
    curve = extra_buyers(score)
    straight = curve[-1] * np.arange(1, len(curve) + 1) / len(curve)
    return (curve - straight).mean()


# %% [markdown] id="overfit" lang="en"
# A powerful learner, judged on the customers it learnt from, looks like genius. Gradient boosting, straight from the box, in both roles
# (this cell fits twelve boosted models and takes a few seconds):

# %% [markdown] id="overfit" lang="zh" en_hash="73de13f8"
# 强大的学习器，用它学过的客户来评判，简直是天才。下面让未经调参的梯度提升两种身份都试一遍（这一格要拟合十二个模型，需要几秒钟）：

# %% id="qini_by_learner"
from sklearn.ensemble import HistGradientBoostingClassifier


def boosted(learn, judge):
    return two_models(learn, judge, lambda: HistGradientBoostingClassifier(max_iter=40, random_state=0))


learners = {
    L("two logistic models", "两个逻辑回归"): two_models,
    L("one logistic model", "一个逻辑回归"): one_model,
    L("two boosted models", "两个梯度提升"): boosted,
    L("likely buyers", "可能购买者"): likely_buyer,
}
qini_by_learner = pd.DataFrame(
    {
        L("on unseen customers", "没见过的客户"): [qini(unseen(learner)) for learner in learners.values()],
        L("on customers it learnt from", "学过的客户"): [
            qini(pd.Series(learner(everyone, everyone), index=X.index)) for learner in learners.values()
        ],
    },
    index=learners,
)
qini_by_learner.round(0).astype(int)

# %% id="qini_figure"
share_listed = 100 * np.arange(1, len(scored) + 1) / len(scored)
best_curve, likely_curve = extra_buyers(scored["uplift"]), extra_buyers(scored["response"])
figure, axes = plt.subplots(figsize=(7.2, 3.9))
axes.plot(share_listed, best_curve, color=BLUE)
axes.plot(share_listed, likely_curve, color=ORANGE)
axes.plot([0, 100], [0, best_curve[-1]], color=GREY, linestyle="--")
third = len(scored) // 3
beside = {"textcoords": "offset points", "fontweight": "bold"}
names = (
    L("by predicted uplift", "按预测增量"),
    L("by chance of buying", "按购买概率"),
    L("in random order", "随机顺序"),
)
axes.annotate(names[0], (33, best_curve[third]), xytext=(-8, 8), ha="right", color=BLUE, **beside)
axes.annotate(names[1], (33, likely_curve[third]), xytext=(6, -14), color=ORANGE, **beside)
axes.annotate(names[2], (66, 0.66 * best_curve[-1]), xytext=(6, -14), color=GREY, **beside)
axes.axhline(0, color=BLACK, linewidth=1)
axes.set(
    xlabel=L("Customers called from the list, %", "按名单外呼的客户占比（%）"),
    ylabel=L("Extra buyers among the called", "外呼客户中多出来的购买者"),
)
axes.set_title(
    L(
        f"The best {share_listed[best_curve.argmax()]:.0f}% bring {best_curve.max():.0f} extra buyers, everybody {best_curve[-1]:.0f}",
        f"最好的 {share_listed[best_curve.argmax()]:.0f}% 多带来 {best_curve.max():.0f} 位购买者，全部打完只有 {best_curve[-1]:.0f} 位",
    )
)
lab.show(
    figure,
    L(
        f"Qini curves: by predicted uplift the extra buyers peak at {share_listed[best_curve.argmax()]:.0f}% of the customers "
        f"(Qini {qini(scored['uplift']):.0f}); by chance of buying the Qini is {qini(scored['response']):.0f}, in random order zero.",
        f"Qini 曲线：按预测增量，多出来的购买者在 {share_listed[best_curve.argmax()]:.0f}% 处达到峰值"
        f"（Qini 为 {qini(scored['uplift']):.0f}）；按购买概率，Qini 为 {qini(scored['response']):.0f}；随机顺序为零。",
    ),
)

# %% [markdown] id="policy" lang="en"
# ## From a score to a policy, from a policy to yuan
#
# What would a rule such as "call these, leave those" have earned? The coin has already tried it: among the chosen, some were called and
# some were not. Weight the called by one over the share called and the uncalled by one over the rest, and the difference
# estimates the gain without any model (Horvitz and Thompson 1952). The function returns yuan compared with calling nobody, and the half-width of
# a 95% interval.

# %% [markdown] id="policy" lang="zh" en_hash="5a46ba8e"
# ## 从评分到策略，从策略到元
#
# “打给这些人、不打给那些人”这样一条规则，能赚多少？硬币其实已经替我们试过了：选中的人里，有的接到了电话，有的没有。给外呼的人加权“外呼占比的倒数”，
# 给未外呼的人加权“其余占比的倒数”，两者之差就是收益的估计，不依赖任何模型（Horvitz 与 Thompson，1952）。
# 函数返回与“谁也不打”相比的收益（元），以及 95% 区间的半宽。

# %% id="policy_profit"
chance_of_call = scored["called"].mean()
weight = np.where(scored["called"], 1 / chance_of_call, -1 / (1 - chance_of_call))


def policy_profit(chosen, call_yuan=call_yuan):
    gain = np.asarray(chosen) * (plan_yuan * scored["bought"] * weight - call_yuan)
    return gain.sum(), 1.96 * gain.std() * np.sqrt(len(gain))


# %% [markdown] id="turn_to_call" lang="en"
# ### Your turn: whom to call, and how many
#
# Decide for every customer of `scored`. You may use any column that is known for a customer *before* calling, the two numbers
# `call_yuan` and `plan_yuan`, and `policy_profit(…)` to defend your choice. The boss will ask: why not everybody with
# a positive uplift?

# %% [markdown] id="turn_to_call" lang="zh" en_hash="d8e55a38"
# ### 轮到你了：打给谁，打多少
#
# 为 `scored` 里的每位客户作决定。可以使用打电话*之前*就知道的任何一列、`call_yuan` 和 `plan_yuan` 这两个数，并用 `policy_profit(…)` 为你的选择辩护。
# 领导会问：为什么不是增量为正的人全都打？

# %% id="to_call" exercise="to_call"
# en: True or False for every row of `scored`
# zh: `scored` 的每一行给出 True 或 False
to_call = scored["uplift"] * plan_yuan > call_yuan  # SOLUTION

# %% id="check_to_call"
lab.check("to_call")

# %% id="policies"
pays = scored["uplift"] * plan_yuan > call_yuan
policies = {
    L("everybody", "所有人"): np.ones(len(scored), dtype=bool),
    L("as many likely buyers", "同样多的可能购买者"): scored["response"].rank(ascending=False, method="first")
    <= pays.sum(),
    L("any positive uplift", "增量为正的人"): scored["uplift"] > 0,
    L("uplift that pays", "增量划算的人"): pays,
}
profits = pd.DataFrame(
    [policy_profit(chosen) for chosen in policies.values()], index=policies, columns=["yuan", "either_side"]
)
profits["called"] = [np.mean(chosen) for chosen in policies.values()]

# %% id="policies_figure"
figure, axes = plt.subplots(figsize=(7.4, 3.4))
thousands = profits[["yuan", "either_side"]] / 1000
axes.barh(
    profits.index,
    thousands["yuan"],
    color=[BLUE if name == profits.index[-1] else GREY for name in profits.index],
    height=0.6,
)
axes.errorbar(
    thousands["yuan"],
    profits.index,
    xerr=thousands["either_side"],
    fmt="none",
    ecolor=BLACK,
    elinewidth=1,
    capsize=3,
)
right_end = (thousands["yuan"] + thousands["either_side"]).clip(lower=0)
for place, (end, policy) in enumerate(zip(right_end, profits.itertuples(), strict=True)):
    axes.annotate(
        L(f"{policy.called:.0%} called", f"外呼 {policy.called:.0%}"),
        (end, place),
        xytext=(7, 0),
        textcoords="offset points",
        va="center",
    )
axes.axvline(0, color=BLACK, linewidth=1)
axes.margins(x=0.16)
axes.grid(visible=False)
axes.set_xlabel(L("Profit compared with calling nobody, thousand yuan", "与谁也不打相比的利润（千元）"))
everybody_yuan, best_yuan = profits["yuan"].iloc[[0, -1]].round(-2)
axes.set_title(
    L(
        f"Calling everybody: {everybody_yuan:+,.0f} yuan. Calling {pays.mean():.0%}: {best_yuan:+,.0f} yuan",
        f"打给所有人：{everybody_yuan:+,.0f} 元；只打 {pays.mean():.0%}：{best_yuan:+,.0f} 元",
    )
)
lab.show(
    figure,
    L(
        f"Bars with 95% intervals: estimated profit of four policies, from {everybody_yuan:+,.0f} yuan for everybody to "
        f"{best_yuan:+,.0f} for those whose uplift pays.",
        f"带 95% 区间的条形图：四种策略的估计利润，从打给所有人的 {everybody_yuan:+,.0f} 元到只打增量划算者的 {best_yuan:+,.0f} 元。",
    ),
)

# %% [markdown] id="what_if" lang="en"
# And if a call cost more, or less? The same estimate for every price: the list adapts, "everybody" cannot.

# %% [markdown] id="what_if" lang="zh" en_hash="1501ac76"
# 如果一通电话更贵或更便宜呢？对每个价格重新估计：名单会跟着变，“所有人”变不了。

# %% id="what_if_figure"
prices = np.arange(1, 21)
chosen_yuan = np.array([policy_profit(scored["uplift"] * plan_yuan > price, price)[0] for price in prices])
all_yuan = np.array([policy_profit(everyone, price)[0] for price in prices])
figure, axes = plt.subplots(figsize=(7.2, 3.7))
for line, colour, name in (
    (chosen_yuan, BLUE, L("those whose uplift pays", "增量划算的人")),
    (all_yuan, ORANGE, L("everybody", "所有人")),
):
    axes.plot(prices, line / 1000, color=colour)
    axes.annotate(name, (prices[-6], line[-6] / 1000), xytext=(4, 5), color=colour, **beside)
axes.axhline(0, color=BLACK, linewidth=1)
axes.axvline(call_yuan, color=GREY, linestyle=":")
axes.text(call_yuan + 0.15, axes.get_ylim()[0], L("today", "目前"), color=GREY, va="bottom")
axes.set_xticks([1, 5, 10, 15, 20])
axes.set(
    xlabel=L("Cost of a call, yuan", "一通电话的成本（元）"),
    ylabel=L("Profit, thousand yuan", "利润（千元）"),
)
axes.set_title(
    L(
        f"Calling everybody breaks even at {effect * plan_yuan:.1f} yuan a call",
        f"一通电话 {effect * plan_yuan:.1f} 元时，打给所有人正好保本",
    )
)
lab.show(
    figure,
    L(
        "Estimated profit against the cost of a call from 1 to 20 yuan. Everybody: a falling line, zero at "
        f"{effect * plan_yuan:.1f} yuan. Those whose uplift pays: {np.round(chosen_yuan[7] - all_yuan[7], -2):+,.0f} yuan beside it at 8 yuan a call.",
        "一通电话成本从 1 元到 20 元时的估计利润。所有人：一条下降的直线，在 "
        f"{effect * plan_yuan:.1f} 元处为零。增量划算的人：每通 8 元时与它相差 {np.round(chosen_yuan[7] - all_yuan[7], -2):+,.0f} 元。",
    ),
)

# %% [markdown] id="say_money" lang="en" tags=["instructor"]
# **7 min, with the Qini, of which 2 for the exercise.** Cover the chart and let them order the four policies by profit. *Most of the
# room* puts "any positive uplift" on top: free money? Ask what the call costs. Then: "What does the interval say about the difference
# between the two best?" Short of time (saves 2 min): skip the table of learners, keep the sentence that seen customers flatter.

# %% [markdown] id="say_money" lang="zh" en_hash="32b94279" tags=["instructor"]
# **7 分钟，含 Qini，其中练习 2 分钟。** 遮住图，请大家把四种策略按利润排序。*多数人*把“增量为正的人”排第一：白来的钱？请追问电话费谁出。
# 再问：“最好的两种之间的差别，区间怎么说？”时间不够时（省 2 分钟）：跳过学习器的表，只留一句话：学过的客户会说好话。

# %% [markdown] id="panel" lang="en"
# ## Turn the knob: the next experiment
#
# December's campaign should keep some chosen customers *uncalled*, or nobody will know whether the list works. How many? The grey hill shows
# differences that chance alone makes, the blue one those we would see if the effect is real. Two questions that only playing answers:
# **1.** Power 80%, then half the effect: how many times as many customers until you are back? **2.** At which number of customers per arm
# is an effect of 3 points missed as often as found?

# %% [markdown] id="panel" lang="zh" en_hash="99c8d84b"
# ## 转一转旋钮：下一次实验
#
# 12 月的活动要留一部分选中的客户*不打*，否则谁也不知道名单有没有用。留多少？灰色的山是纯偶然造成的差异，蓝色的山是效果真实存在时我们会看到的差异。
# 有两个问题，只有动手才能回答：**1.** 先把功效调到 80%，再把效果减半：客户要多几倍才能回到原来的功效？
# **2.** 每组多少客户时，3 个百分点的效果漏掉与发现各占一半？

# %% id="play"
from labkit.live import Slider

base = arms.loc[False, "mean"]


def draw(points, per_arm):
    raised = min(base + points / 100, 1.0)
    error = 100 * np.sqrt((base * (1 - base) + raised * (1 - raised)) / per_arm)
    limit = norm.ppf(0.975) * error
    power = norm.sf(limit, points, error) + norm.cdf(-limit, points, error)
    grid = np.linspace(-4 * error, points + 4 * error, 400)
    figure, axes = plt.subplots(figsize=(7.2, 3.6))
    hills = ((0, GREY, L("no effect", "没有效果")), (points, BLUE, L("real effect", "真有效果")))
    for centre, colour, name in hills:
        hill = norm.pdf(grid, centre, error)
        axes.plot(grid, hill, color=colour)
        axes.annotate(
            name,
            (centre, hill.max()),
            xytext=(0, 4),
            textcoords="offset points",
            color=colour,
            ha="right" if centre == 0 else "left",
        )
    axes.fill_between(grid, norm.pdf(grid, points, error), where=grid >= limit, color=BLUE, alpha=0.2)
    axes.axvline(limit, color=RED, linestyle=":")
    axes.margins(y=0.22)
    axes.text(limit, axes.get_ylim()[1], L(' "significant" →', " “显著” →"), color=RED, va="top")
    axes.set(yticks=[], xlabel=L("Difference that the experiment shows, points", "实验显示的差异（百分点）"))
    axes.set_title(
        L(
            f"Power {power:.0%}: so often is an effect of {points:g} points found",
            f"功效 {power:.0%}：{points:g} 个百分点的效果，有这么大机会被发现",
        )
    )
    sentence = L(
        f"With {per_arm:,} customers per arm, a true effect of {points:g} points over a base of {base:.1%} is found in {power:.0%} of all experiments.",
        f"每组 {per_arm:,} 位客户，在 {base:.1%} 的基数上，{points:g} 个百分点的真实效果，在 {power:.0%} 的实验中会被发现。",
    )
    return figure, sentence


lab.panel(
    draw,
    points=Slider(L("True effect, points", "真实效果（百分点）"), 0.5, 8.0, 0.5, 3.0, ".1f"),
    per_arm=Slider(L("Customers per arm", "每组客户数"), 200, 10_000, 100, 2_000),
)

# %% [markdown] id="truth" lang="en"
# ## The truth
#
# In our world both chances of every customer were planted. There are four kinds (the names are the trade's): **persuadables**, who buy at
# least 4 points more often when called; **sleeping dogs**, at least 3 points less often; **sure things** and **lost causes**, whom a call
# hardly moves. Who ended up where in our list?

# %% [markdown] id="truth" lang="zh" en_hash="bb418755"
# ## 真相
#
# 在我们的虚拟世界里，每位客户的两种概率都是预埋的。客户分四类（业内的叫法）：**可说服型**，接到电话后购买概率至少高 4 个百分点；**勿扰型**，至少低 3 个百分点；
# **自愿购买型**和**无动于衷型**，电话几乎不起作用。他们各自落在我们名单的哪里？

# %% id="planted"
planted = lab.truth("uplift_truth")

# %% id="kinds_figure"
true_effect = planted["probability_if_called"] - planted["probability_if_not"]
true_gain = plan_yuan * true_effect - call_yuan
oracle_yuan = true_gain.clip(lower=0).sum()
share_of_oracle = {
    name: true_gain[np.asarray(chosen)].sum() / oracle_yuan for name, chosen in policies.items()
}
kinds = pd.crosstab(tenth, planted["kind"], normalize="index") * 100
first_tenth, last_tenth = kinds.iloc[0], kinds.iloc[-1]
names = {
    "persuadable": (L("persuadables", "可说服型"), BLUE),
    "sure_thing": (L("sure things", "自愿购买型"), SKY),
    "lost_cause": (L("lost causes", "无动于衷型"), GREY),
    "sleeping_dog": (L("sleeping dogs", "勿扰型"), RED),
}
figure, axes = plt.subplots(figsize=(7.2, 4.0))
bottom = np.zeros(len(kinds))
for kind, (name, colour) in names.items():
    axes.bar(kinds.index, kinds[kind], bottom=bottom, color=colour, label=name)
    bottom += kinds[kind].to_numpy()
axes.set_xticks(kinds.index)
axes.grid(visible=False)
axes.set(
    xlabel=L("Tenth of the customers, highest predicted uplift first", "按预测增量从高到低，每一成客户"),
    ylabel=L("Share of each kind, %", "各类客户占比（%）"),
)
figure.legend(loc="outside lower center", ncols=4)
axes.set_title(
    L(
        f"Top tenth: {first_tenth['persuadable']:.0f}% persuadables. Bottom tenth: {last_tenth['sleeping_dog']:.0f}% sleeping dogs",
        f"最前一成 {first_tenth['persuadable']:.0f}% 是可说服型，最后一成 {last_tenth['sleeping_dog']:.0f}% 是勿扰型",
    )
)
lab.show(
    figure,
    L(
        f"Stacked bars: planted kinds by tenth of predicted uplift. Persuadables: {first_tenth['persuadable']:.0f}% of the first tenth, "
        f"{last_tenth['persuadable']:.0f}% of the last; sleeping dogs: {first_tenth['sleeping_dog']:.0f}% and {last_tenth['sleeping_dog']:.0f}%.",
        "堆叠条形图：按预测增量分成十成，各类预埋客户的占比。可说服型："
        f"最前一成 {first_tenth['persuadable']:.0f}%，最后一成 {last_tenth['persuadable']:.0f}%；"
        f"勿扰型：{first_tenth['sleeping_dog']:.0f}% 和 {last_tenth['sleeping_dog']:.0f}%。",
    ),
)

# %% id="oracle"
lab.fact(
    "oracle",
    tuple(share_of_oracle.values()),
    L(
        "Of what an oracle would earn who knew every true uplift: everybody {:.0%}, as many likely buyers {:.0%}, "
        "any positive uplift {:.0%}, uplift that pays {:.0%}.",
        "假如有位神谕知道每个人的真实增量，各策略能赚到他的多少：所有人 {:.0%}，同样多的可能购买者 {:.0%}，"
        "增量为正的人 {:.0%}，增量划算的人 {:.0%}。",
    ),
)
lab.fact(
    "true_profit",
    tuple(np.round([true_gain[pays].sum(), profits["yuan"].iloc[-1], profits["either_side"].iloc[-1]], -2)),
    L(
        "Our list is truly worth {:+,.0f} yuan; the experiment said {:+,.0f}, give or take {:,.0f}.",
        "我们的名单真实价值 {:+,.0f} 元；实验给出的估计是 {:+,.0f} 元，上下 {:,.0f} 元。",
    ),
)
known_share = planted["probability_if_called"].where(experiment["called"], planted["probability_if_not"])
lab.fact(
    "chance",
    (experiment.loc[known_share < 0.1, "bought"].sum() / experiment["bought"].sum(), true_effect.max()),
    L(
        "{:.0%} of the buyers had a true chance below one in ten: they bought by luck. And even the most persuadable customer gains only {:.0%} from a call: "
        "no model can name the one who will say yes.",
        "{:.0%} 的购买者，真实概率不到十分之一：买了是偶然。就连最可说服的客户，一通电话也只把概率提高 {:.0%}：没有模型能点名谁一定会答应。",
    ),
)

# %% [markdown] id="redraw" lang="en"
# Is the interval honest? Toss the coin and draw the purchases two thousand times again from the planted chances, and count how often the interval
# holds the true average effect.

# %% [markdown] id="redraw" lang="zh" en_hash="6f5665e7"
# 区间说话算数吗？按预埋的概率，把硬币和购买重新抽两千次，数一数区间有多少次覆盖了真实的平均效果。

# %% id="coverage"
redraws, covered = lab.rng("redraws"), []
if_called, if_not = planted["probability_if_called"].to_numpy(), planted["probability_if_not"].to_numpy()
for _ in range(2_000):
    coin = redraws.random(len(if_called), dtype=np.float32) < 0.5
    buys = redraws.random(len(if_called), dtype=np.float32) < np.where(coin, if_called, if_not)
    p, n = np.array([buys[coin].mean(), buys[~coin].mean()]), np.array([coin.sum(), (~coin).sum()])
    covered.append(abs(p[0] - p[1] - true_effect.mean()) < 1.96 * np.sqrt((p * (1 - p) / n).sum()))
coverage = np.mean(covered)
lab.fact(
    "coverage",
    (100 * true_effect.mean(), coverage),
    L(
        "The true average effect is {:.2f} points; in two thousand repeats the 95% interval held it in {:.1%}.",
        "真实的平均效果是 {:.2f} 个百分点；重复两千次，95% 区间有 {:.1%} 覆盖了它。",
    ),
)

# %% id="planted_spring"
planted_spring = lab.truth("observational_truth")

# %% id="spring_figure"
spring_effect = planted_spring["probability_if_called"] - planted_spring["probability_if_not"]
claims = pd.Series(
    {
        L("the truth", "真相"): spring_effect[spring["called"]].mean(),
        L("all columns weighted", "全部列加权"): weighted,
        L("like with like", "同类相比"): grouped,
        L("the managers' slide", "经理的汇报"): naive,
    }
)
figure, axes = plt.subplots(figsize=(7.2, 2.7))
bars = axes.barh(claims.index, 100 * claims, color=[BLUE, SKY, SKY, ORANGE], height=0.62)
axes.bar_label(bars, fmt="%.1f", padding=4)
axes.axvline(0, color=BLACK, linewidth=1)
axes.margins(x=0.1)
axes.grid(visible=False)
axes.set_xlabel(L("Effect of a call on those called in spring, points", "春季外呼对被叫客户的效果（百分点）"))
axes.set_title(
    L(
        f"Of spring's {100 * claims.iloc[3]:.0f} points, {100 * claims.iloc[0]:.0f} are the call; the rest is whom they called",
        f"春季的 {100 * claims.iloc[3]:.0f} 个百分点里，{100 * claims.iloc[0]:.0f} 个是电话的功劳，其余是挑人的结果",
    )
)
lab.show(
    figure,
    L(
        f"Bars: effect on the called in spring: true {100 * claims.iloc[0]:.1f} points, weighted {100 * claims.iloc[1]:.1f}, "
        f"like with like {100 * claims.iloc[2]:.1f}, plain comparison {100 * claims.iloc[3]:.1f}.",
        f"条形图：春季外呼对被叫客户的效果：真相 {100 * claims.iloc[0]:.1f} 个百分点，加权 {100 * claims.iloc[1]:.1f}，"
        f"同类相比 {100 * claims.iloc[2]:.1f}，直接比较 {100 * claims.iloc[3]:.1f}。",
    ),
)

# %% [markdown] id="unseen_cause" lang="en"
# Nobody could have removed all of spring's bias: managers also felt how warm the relation was (`relation_health` in the answer key), which moves
# purchases too and stands in no table. On average over many worlds about one point of bias survives every adjustment. Only a coin
# balances what nobody wrote down.

# %% [markdown] id="unseen_cause" lang="zh" en_hash="bd511645"
# 春季的偏差，谁也去不干净：客户经理还凭感觉知道客户关系热不热（答案键里的 `relation_health`），它也影响购买，却不在任何一张表里。
# 在许多个世界里平均来看，怎样调整都会剩下约一个百分点的偏差。没人写下来的东西，只有硬币能让它平衡。

# %% [markdown] id="so_what" lang="en"
# ## So what
#
# Hand Gao Ning three things: the list, the picture of the tenths, and the sentence below. And one condition: a random part of the list
# stays uncalled in December, as large as the panel says, so that the list has to prove itself.

# %% [markdown] id="so_what" lang="zh" en_hash="78cbf032"
# ## 所以呢
#
# 交给高宁三样东西：名单、各成增量的那张图，以及下面这句话。另加一个条件：12 月在名单里随机留出一部分不打，人数由旋钮来定，让名单自己证明自己。

# %% id="decision"
decided = profits.iloc[-1]
low_yuan, high_yuan = decided["yuan"] - decided["either_side"], decided["yuan"] + decided["either_side"]
verdict = L("The list pays", "这份名单划算") if low_yuan > 0 else L("Not proven yet", "尚未得到证明")
lab.fact(
    "decision",
    (
        verdict,
        pays.mean(),
        len(scored),
        *np.round([decided["yuan"], low_yuan, high_yuan, everybody_yuan], -2),
    ),
    L(
        "{}. Call {:.0%} of the {:,} customers, those whose predicted uplift pays: about {:+,.0f} yuan "
        "({:+,.0f} to {:+,.0f}). Calling everybody: {:+,.0f}.",
        "{0}。{2:,} 位客户中打给预测增量划算的 {1:.0%}：约 {3:+,.0f} 元（{4:+,.0f} 至 {5:+,.0f}）。"
        "打给所有人：{6:+,.0f} 元。",
    ),
)
if "age" in experiment:
    elderly = experiment["age"] >= 60
    lab.fact(
        "who_is_called",
        (elderly[pays].mean(), elderly.mean()),
        L(
            "Aged 60 or more: {:.0%} of the list, {:.0%} of all customers.",
            "60 岁及以上：占名单的 {:.0%}，占全部客户的 {:.0%}。",
        ),
    )

# %% [markdown] id="care" lang="en"
# Before anybody dials:
#
# * **Trust.** A sleeping dog is a customer who told us to stop, without words. Calling them costs a sale today and a relation tomorrow; "uplift
#   below zero" belongs on the do-not-call list, whatever their balance.
# * **Fairness.** Who is left uncalled must still be able to buy on the same terms. Compare age, place and wealth on the list with everybody's before
#   it goes out, and do not let a model decide who hears of a *better* price.
# * **Law.** Use personal data for the purpose they were collected for; take out everybody who refused marketing calls, and let people
#   refuse offers aimed by a model. Elderly customers and savings: suitability comes before uplift.
# * **Honesty.** A control group is fair where the product is a convenience. Never withhold a warning or a debt relief by coin.
# * **Shelf life.** Autumn's uplift is autumn's. Toss the coin again in every campaign; a tenth of the list is usually enough.

# %% [markdown] id="care" lang="zh" en_hash="5e1c2013"
# 拨号之前：
#
# * **信任。** 勿扰型客户是没开口却已叫我们停下的人。打给他们，今天丢一单，明天丢一段关系；“增量为负”的人，不管余额多高，都应放进免打扰名单。
# * **公平。** 没接到电话的人，也必须能以同样的条件购买。名单发出之前，先把其中的年龄、地域、财富与全体客户比一比；不要让模型来决定谁能听到*更优惠的*价格。
# * **法律。** 个人信息只能用于收集时告知的目的；先去掉拒绝营销电话的人，并允许客户拒绝由模型针对个人发出的营销。对老年客户推荐储蓄产品，适当性先于增量。
# * **诚实。** 产品只是图个方便时，设对照组是公平的；风险提示、债务减免这类事，绝不能靠抛硬币来扣下不给。
# * **保质期。** 秋季的增量只属于秋季。每次活动都要重新抛硬币；通常留出名单的一成就够了。

# %% [markdown] id="own" lang="en"
# ## On your own data
#
# One row per customer of a randomised campaign, with `called` (which arm: 1/0, yes/no, treatment/control) and `bought` (the outcome, yes/no).
# Welcome: `margin_fen`, a margin or amount per buyer (a column in yuan is converted), and any features from *before* the campaign. Without features the lab
# judges the campaign as a whole and skips uplift. Three arms? Keep two, as one file per comparison. From 1 000 to 150 000 rows run in a minute; the part on
# spring keeps showing Lighthouse Bank.
#
# ```
# labkit run 6.2 --data campaign_experiment=my_test.csv --map called=arm --map bought=visit
# ```
#
# or, in this notebook, set `data = {"campaign_experiment": "my_test.csv"}` at the top, and `columns = {"called": "arm", "bought": "visit"}`.
# Set `call_yuan` to your cost per contact. Before you believe an uplift, look at the balance figure: a column far from zero was written
# later, or the coin was not fair. A campaign without a coin can stand in place of spring: `campaign_observational`, with two columns that made
# both calls and purchases likelier as `wealth_band` and `asked_for_advice`.

# %% [markdown] id="own" lang="zh" en_hash="6fbf3005"
# ## 用你自己的数据
#
# 一次随机实验中每位客户一行，要有 `called`（属于哪一组：1/0、是/否、处理/对照）和 `bought`（结果，是/否）。
# 最好还有 `margin_fen`（每位购买者的毛利或金额；以元为单位的列会自动换算），以及活动*之前*的任意特征。没有特征时，本实验只评判活动整体，跳过增量。
# 有三个组？每次比较只留两组，各存一个文件。1 000 到 150 000 行都能在一分钟内跑完；春季那部分仍展示灯塔银行。
#
# ```
# labkit run 6.2 --data campaign_experiment=my_test.csv --map called=arm --map bought=visit
# ```
#
# 也可以在本笔记本顶部设置 `data = {"campaign_experiment": "my_test.csv"}`，以及 `columns = {"called": "arm", "bought": "visit"}`。
# 请把 `call_yuan` 改成你的单次接触成本。在相信增量之前，先看平衡图：离零很远的列，要么是事后写下的，要么是硬币不公平。
# 没有抛硬币的活动可以取代春季的数据：`campaign_observational`，并把既让人更可能被叫到、又让人更可能购买的两列作为 `wealth_band` 和 `asked_for_advice`。

# %% [markdown] id="quiz" lang="en"
# ## Three questions
#
# Click an option, or answer with `lab.answer("best_tenth", "A")`.

# %% [markdown] id="quiz" lang="zh" en_hash="9aec35f8"
# ## 三道测验题
#
# 点击选项作答，也可以用 `lab.answer("best_tenth", "A")`。

# %% id="quiz_best_tenth"
lab.quiz("best_tenth")

# %% id="quiz_stop_early"
lab.quiz("stop_early")

# %% id="quiz_cheaper"
lab.quiz("cheaper")

# %% id="progress"
lab.progress()

# %% [markdown] id="say_end" lang="en" tags=["instructor"]
# **4 min, with panel, truth and so what.** Take the vote from the beginning again. Ask: "Why can the oracle not sell to everybody it
# calls?" *Most of the room* thinks that knowing the uplift means knowing the answer.
# Short of time (saves 2 min): panel and quiz go home; never skip the five points before dialling.

# %% [markdown] id="say_end" lang="zh" en_hash="798d0ad6" tags=["instructor"]
# **4 分钟，含旋钮、真相与“所以呢”。** 把开头的表决再来一次。问：“神谕为什么也不能让接到电话的人个个都买？”
# *多数人*以为知道增量就是知道答案。时间不够时（省 2 分钟）：旋钮和测验留作课后，拨号前的五点绝不能省。
