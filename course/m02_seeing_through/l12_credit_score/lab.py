# ---
# id: "2.12"
# name: credit_score
# title: {en: "From application to score", zh: "客户征信与信用分"}
# minutes: 40
# core: true
# outline: ["二.6.1", "二.6.2", "二.6.3", "二.6.4", "二.6【蚂蚁信用分】"]
# tables: [credit_applications, alternative_data, repayments, customers]
# prerequisites: []
# ---

# %% [markdown] id="question" lang="en"
# # From application to score
#
# **Whom should the bank lend to, and how sure are we?**
#
# *40 minutes.* You will **weigh** evidence the way credit bureaus do, **build** a scorecard in points that a clerk can
# add up, and **decide** on a cut-off in yuan. You need: pandas at the level of `groupby`. No modelling experience.

# %% [markdown] id="question" lang="zh" en_hash="53d7818f"
# # 客户征信与信用分
#
# **银行该把钱借给谁？有多大把握？**
#
# *40 分钟。* 你将像征信机构那样**称量**证据，**做出**一张柜员用加法就能算的评分卡，最后**决定**临界值，并用“元”来回答。
# 预备知识：会用 pandas 的 `groupby` 即可，不需要建模经验。

# %% [markdown] id="situation" lang="en"
# ## The situation
#
# It is 1 January 2026. Cheng Lan runs consumer lending at Lighthouse Bank. Five old rules decide on every application,
# and nobody remembers why the numbers in them are what they are. They turn away people without a credit record and let
# others in who do not pay. The board wants a score by Friday: at most 3% bad loans, as many customers as that allows, and a
# reason on paper for everyone who is refused. Lend to the wrong people and money is lost; refuse the right ones and they never
# come back, and nobody ever sees that loss.

# %% [markdown] id="situation" lang="zh" en_hash="682b146e"
# ## 业务场景
#
# 今天是 2026 年 1 月 1 日。程岚主管灯塔银行的消费贷款。每笔申请由五条旧规则决定，规则里的数字从何而来，已经没人记得。
# 这些规则把没有信贷记录的人拒之门外，却放进来一些不还钱的人。行领导要求周五之前拿出评分：坏账率不超过 3%，在此之内尽量多放客户，
# 每个被拒的人都要有书面理由。借错了人，赔的是钱；拒错了人，他再也不会回来，而这笔损失谁也看不见。

# %% [markdown] id="say_situation" lang="en" tags=["instructor"]
# **4 min, with the first look below.** Ask: "Two people ask for 20 000 yuan. One has paid late twice, the other has never
# borrowed. Who gets it?" Count hands. *Most of the room* refuses the unknown one. Keep the count: at the end the data decide.

# %% [markdown] id="say_situation" lang="zh" en_hash="684dce9e" tags=["instructor"]
# **4 分钟，含下面的初看数据。** 问全班：“两个人都想借 20 000 元，一个逾期过两次，一个从没借过钱，借给谁？”请大家举手。
# *多数人*会拒绝那个“查无此人”的。记下人数，结束时让数据来裁决。

# %% id="start" tags=["parameters"]
scale = "lab"
seed = 2026
data = {}
columns = {}

# %% id="open"
import labkit
from labkit import L

lab = labkit.start("2.12", language=L("en", "zh"), scale=scale, seed=seed, data=data, columns=columns)

# %% [markdown] id="data" lang="en"
# ## The data
#
# `credit_applications`: one row is one application, with the form, the credit bureau's answer of that day and the old
# rules' decision. `repayments`: one row is one instalment of a granted loan. `alternative_data`: one row is what the
# applicant's payments, purchases and contacts showed on that day; it comes later.
#
# First of all, what is **bad**? Here: more than 30 days late within the first six instalments. Such a sentence takes
# months to come true, so only loans granted before June 2025 have an outcome today.

# %% [markdown] id="data" lang="zh" en_hash="059c2f39"
# ## 数据
#
# `credit_applications`：一行是一笔申请，含申请表、当日的征信查询结果和旧规则的决定。`repayments`：一行是一笔已放款贷款的一期还款。
# `alternative_data`：一行是申请人当日的支付、购物与社交行为，稍后再用。
#
# 首先要说清楚：什么叫**坏**？这里是：前六期还款中有一期逾期超过 30 天。这句话要过好几个月才见分晓，
# 所以到今天为止，只有 2025 年 6 月以前放款的贷款有结果。

# %% id="read"
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from labkit.charts import BLUE, GREY, ORANGE, RED, SKY

own_file = "credit_applications" in lab.own_tables
applications = lab.data("credit_applications")

# %% id="outcome"
if own_file:
    applications["bad"] = applications["defaulted"].astype(bool)
else:
    outcome = lab.sql("""
        SELECT application_id,
               bool_or(date_diff('day', due_on, coalesce(paid_on, TIMESTAMP '2026-01-01')) > 30) AS bad
        FROM repayments JOIN credit_applications USING (application_id)
        WHERE instalment <= 6 AND applied_on < '2025-06-01' GROUP BY application_id
    """)
    applications = applications.merge(outcome, how="left", on="application_id")
    # en: whoever owes this bank an instalment already is refused before any score; and one ratio says more than its parts
    # zh: 在本行已有欠款的人，评分之前就拒绝；另外，一个比率比分子分母各自更能说明问题
    applications = applications[applications["rule_broken"] != "arrears"].reset_index(drop=True)
    payments = applications["instalment_fen"] + applications["monthly_payment_fen"].fillna(0)
    applications["burden"] = payments / applications["declared_income_fen"]
known = applications[applications["bad"].notna()].copy()
known["bad"] = known["bad"].astype(bool)
lab.fact(
    "known",
    (len(applications), len(known), known["bad"].mean()),
    L(
        "{:,} applications; {:,} of them became loans whose outcome is known, and {:.1%} of these are bad.",
        "共 {:,} 笔申请，其中 {:,} 笔放了款且已有结果，坏账率 {:.1%}。",
    ),
)

# %% [markdown] id="codes" lang="en"
# Credit files hide codes among their numbers: 96 or 98 late payments mean "refused to say", not ninety-six. A value
# from 96 to 99 with a wide gap below it is such a code; we treat it as missing. (Lighthouse Bank has none. Yours may.)

# %% [markdown] id="codes" lang="zh" en_hash="36169296"
# 征信数据的数字里常藏着代码：逾期 96 次、98 次往往表示“未提供”，而不是真有九十几次。96 至 99 之间、且与下面的数值隔着一大段空白的值，
# 就是这样的代码，我们按缺失处理。（灯塔银行的数据没有，你的可能有。）


# %% id="numbers"
# en: any column of numbers as floats, missing values as NaN, codes as missing
# zh: 把一列数字统一成浮点数，缺失为 NaN，代码也按缺失处理
def numbers(values):
    numbers = values.to_numpy(dtype="float64", na_value=np.nan, copy=True)
    code = np.isin(numbers, [96, 97, 98, 99])
    if code.any() and not (numbers[~code] > 50).any():
        numbers[code] = np.nan
    return numbers


# %% [markdown] id="predictors_text" lang="en"
# Which columns may a score use? Not the decision, the number, the date or the price; not the channel, which is the
# bank's and not the applicant's; and never sex or home town.

# %% [markdown] id="predictors_text" lang="zh" en_hash="1b342790"
# 评分可以用哪些列？决定、编号、日期、价格不行；渠道也不行，那是银行的属性，不是申请人的；性别和籍贯更不行。

# %% id="predictors"
not_predictors = (
    "application_id customer_id applied_on channel annual_rate instalment_fen approved rule_broken is_test "
    "defaulted bad sex gender 性别 city city_tier"
).split()


# en: columns of numbers, and categories with two to twenty values; not identifiers
# zh: 数值列，以及取值在二到二十个之间的类别列；不含编号
def predictors(table):
    table = table.drop(columns=not_predictors, errors="ignore")
    numeric = table.select_dtypes(["number", "bool", "boolean"]).columns
    whole = [name for name in numeric if not (numbers(table[name]) % 1).any()]
    counters = [name for name in whole if table[name].nunique() > 0.99 * len(table)]
    words = table.select_dtypes(["category", "object", "string"]).columns
    words = [name for name in words if table[name].nunique() <= 20]
    usable = [name for name in table if (name in numeric and name not in counters) or name in words]
    return [name for name in usable if table[name].nunique() >= 2]


bureau_columns = predictors(applications)

# %% id="names"
described = lab.describe("credit_applications").query("kind != ''").set_index("column")["description"]
names = described.str.split("[:：;；,，]", regex=True).str[0].to_dict()
names["burden"] = L("Monthly payments over income", "月还款占收入之比")
names["seriously_late_60m"] = L("Months more than 90 days late", "逾期超过 90 天的月数")
described = lab.describe("alternative_data").set_index("column")["description"]
described = described.str.split("[:：] *", n=1, regex=True, expand=True).iloc[1:]
names |= described[1].str.split("[;；]", regex=True).str[0].to_dict()
dimension = described[0].to_dict()

# %% [markdown] id="bins_text" lang="en"
# ## A first look, in bins
#
# A scorecard cuts every column into a few bins. Counts get bins of their own (0, 1, 2, 3–4, 5 and more), everything else
# is cut into fifths, and *missing* is a bin like any other: to have no record says something too.

# %% [markdown] id="bins_text" lang="zh" en_hash="9e0fb9c4"
# ## 先分箱，再看数据
#
# 评分卡把每一列切成几个箱。次数类的列用自己的箱（0、1、2、3–4、5 次及以上），其余的列切成五等份；
# *缺失*自成一箱：没有记录，本身也是一种信息。


# %% id="bin_functions"
# en: upper ends of the bins of a column
# zh: 一列各箱的上界
def bin_ends(values):
    present = values[~np.isnan(values)]
    is_count = present.min() >= 0 and not (present % 1).any() and np.median(present) <= 2
    return np.array([0.0, 1, 2, 4]) if is_count else np.unique(np.quantile(present, [0.2, 0.4, 0.6, 0.8]))


# en: number of the bin of each value, -1 for a missing one
# zh: 每个值所在箱的编号，缺失为 -1
def bin_of(values, ends):
    return np.where(np.isnan(values), -1, np.searchsorted(ends, values))


# en: what a person calls each bin
# zh: 各箱给人看的名称
def bin_names(column, ends, whole):
    ends = ends / 100 if column.endswith("_fen") else ends
    shown = [f"{end:,.0f}" if whole or abs(end) >= 100 else f"{end:.2g}" for end in ends]
    first = [f"{end + 1:,.0f}" if whole else f"{end:.2g}" for end in ends]
    inner = [low if low == high else f"{low}–{high}" for low, high in zip(first, shown[1:], strict=False)]
    lowest = [("0" if whole and ends[0] == 0 else f"≤ {shown[0]}")] if shown else [L("all", "全部")]
    highest = [f"≥ {first[-1]}" if whole else f"> {shown[-1]}"] if shown else []
    return dict(enumerate(lowest + inner + highest)) | {-1: L("missing", "缺失")}


# %% id="count"
numeric = [name for name in bureau_columns if pd.api.types.is_numeric_dtype(known[name])]
by_hand = "late_payments_60m" if "late_payments_60m" in known else numeric[0]
late = numbers(known[by_hand])
ends = bin_ends(late)
counted = known.groupby(bin_of(late, ends))["bad"].agg(loans="size", bads="sum")
counted["goods"] = counted["loans"] - counted["bads"]
counted.index.name = "bin"
late_names = bin_names(by_hand, ends, whole=not (late % 1 > 0).any())
counted.rename(index=late_names)

# %% id="first_look"
rates = counted["bads"] / counted["loans"]
order = [*rates.index[rates.index >= 0], *rates.index[rates.index < 0]]
bad_rate, worst = known["bad"].mean(), rates.idxmax()
figure, axes = plt.subplots(figsize=(7.2, 3.6))
bars = axes.bar(
    [late_names[each] for each in order],
    100 * rates[order],
    color=[GREY if each < 0 else RED if rates[each] > 2 * bad_rate else SKY for each in order],
)
captions = [f"{rates[each]:.1%}\nn = {counted['loans'][each]:,}" for each in order]
axes.bar_label(
    bars, captions, padding=3, fontsize=9, bbox={"facecolor": "white", "edgecolor": "none", "pad": 0.5}
)
axes.margins(y=0.2)
axes.axhline(100 * bad_rate, color="black", linewidth=1)
axes.set_xlabel(names.get(by_hand, by_hand))
axes.set_ylabel(L("Bad loans, %", "坏账率（%）"))
axes.set_title(
    L(
        f"Bin {late_names[order[0]]}: {rates[order[0]]:.1%} bad. Bin {late_names[worst]}: {rates[worst]:.1%} bad",
        f"“{late_names[order[0]]}”的坏账率是 {rates[order[0]]:.1%}，“{late_names[worst]}”的是 {rates[worst]:.1%}",
    )
)
lab.show(
    figure,
    L(
        f"Bars: bad rate and number of loans by bin of {by_hand}; line: all loans, {bad_rate:.1%}.",
        f"条形图：按 {by_hand} 分箱的坏账率和贷款笔数；横线为全体的 {bad_rate:.1%}。",
    ),
)

# %% [markdown] id="turn_woe" lang="en"
# ### Your turn: weight of evidence by hand
#
# How much does a bin speak for somebody? Compare the odds of being good in the bin with everybody's odds, and take the
# natural logarithm, so that evidence can be added up (Siddiqi, *Credit Risk Scorecards*, 2006, chapter 6):
#
# $$\mathrm{WOE}_i = \ln\frac{g_i + 2(1-p)}{b_i + 2p} - \ln\frac{1-p}{p}$$
#
# with $g_i$ goods and $b_i$ bads in bin $i$ and $p$ the bad rate of all loans. The two extra borrowers are average ones:
# $2p$ of them bad. Without them, a bin without a single bad would weigh infinity. Positive speaks *for* the applicant.

# %% [markdown] id="turn_woe" lang="zh" en_hash="51d1e0f0"
# ### 轮到你了：手算证据权重
#
# 落在某个箱里，对一个人有多大的“加分”？把箱内的好坏比与全体的好坏比相比，再取自然对数，这样证据就能相加
# （Siddiqi，*Credit Risk Scorecards*，2006，第 6 章）：
#
# $$\mathrm{WOE}_i = \ln\frac{g_i + 2(1-p)}{b_i + 2p} - \ln\frac{1-p}{p}$$
#
# 其中 $g_i$、$b_i$ 是第 $i$ 箱的好、坏笔数，$p$ 是全部贷款的坏账率。多加的两位是“平均借款人”，其中坏的占 $2p$。
# 不加他们，一个坏账都没有的箱，权重就会是无穷大。正值表示对申请人*有利*。

# %% id="woe_by_hand" exercise="woe_by_hand"
# en: a Series: bin number (the index of `counted`) → weight of evidence
# zh: Series：箱的编号（即 `counted` 的索引）→ 证据权重
woe_by_hand = np.log((counted["goods"] + 2 * (1 - bad_rate)) / (counted["bads"] + 2 * bad_rate)) - np.log(
    (1 - bad_rate) / bad_rate
)  # SOLUTION

# %% id="check_woe_by_hand"
lab.check("woe_by_hand")

# %% [markdown] id="say_woe" lang="en" tags=["instructor"]
# **5 min, of which 3 for the exercise.** Do the first bin on the board. *Most of the room* puts bads on top, or forgets everybody's odds:
# ask "what would a bin without information weigh?" It must be zero. Short of time (saves 1 min): give the first logarithm.

# %% [markdown] id="say_woe" lang="zh" en_hash="53fe66de" tags=["instructor"]
# **5 分钟，其中练习 3 分钟。** 在白板上一起算第一个箱。*多数人*把坏的放在分子上，或者忘了减去全体的好坏比。
# 请追问：“毫无信息的箱，权重应该是多少？”必须是零。时间不够时（省 1 分钟）：直接给出第一个对数。

# %% [markdown] id="monotone_text" lang="en"
# ## Bins that run one way
#
# Somebody who is refused for using 70% of the card limit will ask why 75% was accepted. So the bad rate has to rise or
# fall from bin to bin; where it does not, neighbours are pooled until it does (*pool adjacent violators*, Ayer and others
# 1955; `isotonic_regression` in scikit-learn). We learn from loans granted in 2024 and keep those of 2025 for judging.
# (A file without dates is split at random.)

# %% [markdown] id="monotone_text" lang="zh" en_hash="3f046be6"
# ## 让各箱朝一个方向走
#
# 一个人因为信用卡额度用掉了 70% 被拒，他会问：为什么用掉 75% 的人反而通过了？所以坏账率必须逐箱上升或逐箱下降；
# 做不到的地方，就把相邻的箱合并，直到做到为止（*相邻违例合并*，Ayer 等，1955；即 scikit-learn 的 `isotonic_regression`）。
# 我们用 2024 年放款的贷款来学习，2025 年的留作评判。（没有日期的文件改为随机切分。）


# %% id="split"
from sklearn.isotonic import isotonic_regression

by_time = "applied_on" in known and known["applied_on"].notna().all() and known["applied_on"].nunique() > 50
if by_time:
    first_day = known["applied_on"].quantile(0.7) if own_file else pd.Timestamp("2025-01-01")
    is_early = known["applied_on"] < first_day
else:
    draw = pd.Series(lab.rng("split").random(len(known)), known.index)
    is_early = draw.groupby(known["bad"]).rank(pct=True) <= 0.7
learning, judging = known[is_early], known[~is_early]
lab.fact(
    "split",
    (len(learning), learning["bad"].sum(), len(judging), judging["bad"].sum()),
    L(
        "Learning: {:,} loans, {:,} bad. Judging: {:,} loans, {:,} bad.",
        "用于学习：{:,} 笔，其中坏 {:,} 笔；用于评判：{:,} 笔，其中坏 {:,} 笔。",
    ),
)


# %% id="pool"
# en: upper ends of the bins that are left when the bad rate has to run one way
# zh: 要求坏账率单向变化之后，剩下的各箱上界
def monotone_ends(values, bad):
    ends, present = bin_ends(values), ~np.isnan(values)
    bins = bin_of(values[present], ends)
    rate = pd.Series(bad[present]).groupby(bins).agg(["mean", "size"])
    if rate["mean"].nunique() < 2:
        return ends[:0]
    rising = bool(np.corrcoef(bins, bad[present])[0, 1] > 0)
    pooled = isotonic_regression(rate["mean"], sample_weight=rate["size"], increasing=rising)
    return ends[rate.index[:-1][np.diff(pooled) != 0]]


# en: number or word of each row's bin; `ends` is None for categories
# zh: 每一行所在的箱：编号或类别名；类别列的 `ends` 为 None
def placed(values, ends):
    if ends is None:
        return values.astype("object").where(values.notna(), "missing").astype(str)
    return pd.Series(bin_of(numbers(values), ends), values.index)


# en: bins of a column, and the goods and bads in them
# zh: 一列的分箱，以及各箱的好坏笔数
def weigh(rows, column):
    is_number = pd.api.types.is_numeric_dtype(rows[column])
    ends = monotone_ends(numbers(rows[column]), rows["bad"].to_numpy()) if is_number else None
    counted = rows["bad"].groupby(placed(rows[column], ends)).agg(loans="size", bads="sum")
    return ends, counted.assign(goods=counted["loans"] - counted["bads"])


# %% id="pool_figure"
pooled_columns = {name: weigh(learning, name) for name in numeric}


# en: the column to show loses bins, and its bins part good from bad most
# zh: 展示这样一列：合并掉了箱，而且各箱坏账率相差最大
def loses_bins(name):
    ends, counted = pooled_columns[name]
    spread = np.cov(counted["bads"] / counted["loans"], fweights=counted["loans"])
    return len(ends) < len(bin_ends(numbers(learning[name]))), spread


shown = max(numeric, key=loses_bins)
values = numbers(learning[shown])
before = learning["bad"].groupby(bin_of(values, bin_ends(values))).mean()
ends, counted_shown = pooled_columns[shown]
after = counted_shown["bads"] / counted_shown["loans"]
whole = not (values % 1 > 0).any()
figure, both = plt.subplots(1, 2, figsize=(8.6, 3.3), sharey=True)
for axes, rate, some_ends, title in (
    (both[0], before, bin_ends(values), L("as cut", "刚切开时")),
    (both[1], after, ends, L("pooled, running one way", "合并后，单向变化")),
):
    labels = bin_names(shown, some_ends, whole)
    colours = [GREY if each < 0 else SKY for each in rate.index]
    bars = axes.bar([labels[each] for each in rate.index], 100 * rate, color=colours)
    axes.bar_label(bars, fmt="%.1f", padding=2, fontsize=9)
    axes.tick_params(axis="x", labelsize=8)
    axes.set_title(title, fontsize=10)
both[0].set_ylabel(L("Bad loans, %", "坏账率（%）"))
figure.suptitle(
    L(
        f"{names.get(shown, shown)}: {len(before)} bins become {len(after)}",
        f"{names.get(shown, shown)}：{len(before)} 个箱合并为 {len(after)} 个",
    ),
    x=0.02,
    ha="left",
    fontweight="bold",
)
lab.show(
    figure,
    L(
        f"Two bar charts of the bad rate by bin of {shown}: as cut, and pooled until it runs one way.",
        f"两张条形图：{shown} 各箱的坏账率，左为刚切开时，右为合并到单向变化之后。",
    ),
)

# %% [markdown] id="iv_text" lang="en"
# ## Which columns say anything?
#
# **Information value** adds up a column's evidence: $\mathrm{IV} = \sum_i (g_i/G - b_i/B)\,\mathrm{WOE}_i$. Textbooks say:
# below 0.02 useless, from 0.1 medium, from 0.3 strong (Siddiqi 2006). But chance alone makes IV as well, and the more of
# it the fewer bads there are: under no relation at all, $\mathrm{IV}/(1/G + 1/B)$ follows roughly a chi-square with bins
# − 1 degrees of freedom (Yurdakul and Naranjo 2020, for the same sum under its other name, PSI). So every column gets its
# own bar to clear: the 95% point of noise.

# %% [markdown] id="iv_text" lang="zh" en_hash="755fe775"
# ## 哪些列真有话要说？
#
# **信息值**（IV）把一列的证据加总：$\mathrm{IV} = \sum_i (g_i/G - b_i/B)\,\mathrm{WOE}_i$。教科书说：低于 0.02 无用，0.1 以上中等，
# 0.3 以上强（Siddiqi，2006）。可是光凭偶然也会有信息值，坏样本越少，偶然的成分越大：在毫无关系的情况下，
# $\mathrm{IV}/(1/G + 1/B)$ 近似服从自由度为“箱数 − 1”的卡方分布（Yurdakul 与 Naranjo，2020；同一个求和式换个名字就是 PSI）。
# 所以每一列都有自己要跨过的门槛：噪声的 95% 分位点。


# %% id="evidence"
from scipy.stats import chi2


# en: weight of evidence of each bin, from its goods and bads; two average borrowers are added
# zh: 由各箱好坏笔数得到证据权重；每箱加两位平均借款人
def weight_of_evidence(goods, bads):
    p = bads.sum() / (goods.sum() + bads.sum())
    return np.log((goods + 2 * (1 - p)) / (bads + 2 * p)) - np.log((1 - p) / p)


# en: information value of a column, and what noise alone reaches one time in twenty
# zh: 一列的信息值，以及单凭噪声二十次里有一次会达到的值
def information(counted):
    goods, bads = counted["goods"], counted["bads"]
    value = ((goods / goods.sum() - bads / bads.sum()) * weight_of_evidence(goods, bads)).sum()
    noise = chi2.ppf(0.95, max(len(counted) - 1, 1)) * (1 / goods.sum() + 1 / bads.sum())
    return value, max(noise, 0.02)


weighed = {name: weigh(learning, name) for name in bureau_columns}
value_of = pd.DataFrame(
    {name: information(counted_bins) for name, (_, counted_bins) in weighed.items()}, index=["iv", "noise"]
).T.sort_values("iv")

# %% id="iv_figure"
top = value_of.tail(14)
says_something = top["iv"] > top["noise"]
figure, axes = plt.subplots(figsize=(7.6, 4.6))
labels = [str(names.get(name, name))[:46] for name in top.index]
axes.barh(labels, top["iv"], color=np.where(says_something, BLUE, GREY), height=0.66)
for label, row in zip(labels, top.itertuples(), strict=True):
    axes.annotate(
        f"{row.iv:.2f}",
        (max(row.iv, row.noise), label),
        xytext=(6, -4),
        textcoords="offset points",
        fontsize=9,
    )
axes.scatter(top["noise"], labels, marker="|", s=130, color=RED, zorder=3)
axes.annotate(
    L("red: what noise reaches\none time in twenty", "红线：二十次里有一次\n单凭噪声就能达到"),
    (0.97, 0.12),
    xycoords="axes fraction",
    ha="right",
    color=RED,
    fontsize=9,
)
axes.grid(visible=False)
axes.set_xlabel(L("Information value on the learning loans", "学习样本上的信息值（IV）"))
strongest = str(names.get(top.index[-1], top.index[-1]))
axes.set_title(L(f"Strongest: {strongest}", f"最强的一列：{strongest}"))
lab.show(
    figure,
    L(
        f"Bars: information value of the strongest columns, led by {top.index[-1]} with {top['iv'].iloc[-1]:.2f}; "
        "red marks: the 95% point of noise.",
        f"条形图：信息值最高的各列，第一名 {top.index[-1]} 为 {top['iv'].iloc[-1]:.2f}；红线为噪声的 95% 分位点。",
    ),
)

# %% [markdown] id="card_text" lang="en"
# ## The scorecard
#
# Logistic regression on the weights of evidence gives each column its weight: columns that repeat each other share it.
# A column whose weight turns negative would punish what its own bins reward; it is dropped and the rest is fitted again
# (Thomas, Edelman and Crook, *Credit Scoring and Its Applications*, 2002, chapter 4). If fewer than six columns clear
# their noise, the six strongest stay.

# %% [markdown] id="card_text" lang="zh" en_hash="4069ed8e"
# ## 评分卡
#
# 在证据权重上做逻辑回归，给每一列一个系数：内容重复的列会分摊系数。系数变负的列，等于惩罚自己箱里本该奖励的东西，
# 要把它去掉再拟合一次（Thomas、Edelman 与 Crook，*Credit Scoring and Its Applications*，2002，第 4 章）。
# 如果跨过噪声门槛的列不到六个，就保留最强的六个。

# %% id="card"
from typing import NamedTuple

from sklearn.linear_model import LogisticRegression


class Scorecard(NamedTuple):
    ends: dict
    woe: dict
    weights: pd.Series
    constant: float


# en: weights of evidence of each row, one column per column of the card; a bin never seen weighs nothing
# zh: 每一行在评分卡各列上的证据权重；从没见过的箱权重为零
def evidence(table, ends, woe):
    found = {name: placed(table[name], ends[name]).map(woe[name]).fillna(0.0) for name in woe}
    return pd.DataFrame(found, table.index)


# en: bins, weights of evidence, choice of columns, logistic regression on "good"
# zh: 分箱、证据权重、选列，再对“好”做逻辑回归
def fit_scorecard(rows, columns):
    weighed = {name: weigh(rows, name) for name in columns}
    told = pd.DataFrame({name: information(weighed[name][1]) for name in columns}, index=["iv", "noise"]).T
    order = (told["iv"] - told["noise"]).sort_values(ascending=False, kind="stable")
    chosen = list(order.index[: max(int((order > 0).sum()), min(6, len(order)))])
    ends = {name: weighed[name][0] for name in chosen}
    woe = {name: weight_of_evidence(weighed[name][1]["goods"], weighed[name][1]["bads"]) for name in chosen}
    weights_of_evidence = evidence(rows, ends, woe)
    while True:
        model = LogisticRegression(solver="newton-cholesky").fit(weights_of_evidence[list(woe)], ~rows["bad"])
        weights = pd.Series(model.coef_[0], list(woe))
        if len(woe) == 1 or weights.min() >= 0:
            return Scorecard(ends, woe, weights, float(model.intercept_[0]))
        del woe[weights.idxmin()]


# en: natural logarithm of the odds of being good
# zh: “好”的对数几率（自然对数）
def log_odds(card, table):
    return card.constant + evidence(table, card.ends, card.woe) @ card.weights


learned_card = fit_scorecard(learning, bureau_columns)
lab.fact(
    "card",
    (len(learned_card.weights), learned_card.weights.max()),
    L("{} columns; the largest weight is {:.2f}.", "共 {} 列，最大的系数为 {:.2f}。"),
)

# %% [markdown] id="turn_points" lang="en"
# ### Your turn: from log-odds to points
#
# Nobody signs a log-odds of 2.94. The bank's scale: **600 points** mean odds of **50 goods to 1 bad**, and every **20
# points** double the odds (PDO, points to double the odds). Write it for *any* such scale.

# %% [markdown] id="turn_points" lang="zh" en_hash="95d9bc9a"
# ### 轮到你了：从对数几率到分数
#
# 没人会在“对数几率 2.94”上签字。本行的标尺是：**600 分**对应好坏比 **50 比 1**，每多 **20 分**好坏比翻一倍（翻倍分，PDO）。
# 请写成对*任意*标尺都成立的函数。


# %% id="to_points" exercise="to_points"
# en: points for natural log-odds of good: base_points at odds of base_odds to 1, pdo points double the odds
# zh: 由“好”的对数几率（自然对数）得分数：好坏比为 base_odds 比 1 时得 base_points 分，每 pdo 分翻一倍
def to_points(log_odds, base_points, base_odds, pdo):
    # BEGIN SOLUTION
    factor = pdo / np.log(2)
    return base_points + factor * (log_odds - np.log(base_odds))
    # END SOLUTION


# %% id="check_to_points"
lab.check("to_points")

# %% [markdown] id="say_card" lang="en" tags=["instructor"]
# **6 min, with information value, of which 3 for the exercise.** On the board: 600 points, 50:1; what are 620 points? 580?
# *Most of the room* gets the slope right and the offset wrong: make them test 600 points first. Short of time (saves 2 min): skip the
# code of the card, stay on the table of points.

# %% [markdown] id="say_card" lang="zh" en_hash="9d7e4694" tags=["instructor"]
# **6 分钟，含信息值，其中练习 3 分钟。** 在白板上写：600 分，50 比 1；那么 620 分呢？580 分呢？
# *多数人*斜率写对了，基准写错了：请他们先拿 600 分验一验。时间不够时（省 2 分钟）：跳过评分卡的代码，只讲分数表。

# %% id="points"
points_per_unit = 20 / np.log(2)
base = 600 - points_per_unit * np.log(50)


# en: the score, in whole points
# zh: 信用分，取整
def score(card, table):
    return (base + points_per_unit * log_odds(card, table)).round().astype(int)


# en: points of each bin; the constant is spread evenly over the columns, so that a clerk can add up
# zh: 每个箱的分数；常数平均分摊到各列，柜员只用加法
def points_table(card):
    share = (base + points_per_unit * card.constant) / len(card.weights)
    return {
        name: (share + points_per_unit * weight * card.woe[name]).round().astype(int)
        for name, weight in card.weights.items()
    }


def named_bins(card, column, table):
    if card.ends[column] is None:
        return {word: L("missing", "缺失") if word == "missing" else word for word in card.woe[column].index}
    return bin_names(column, card.ends[column], whole=not (numbers(table[column]) % 1 > 0).any())


strongest_four = learned_card.weights.index[:4]
pd.concat(
    {
        str(names.get(name, name)): points_table(learned_card)[name].rename(
            index=named_bins(learned_card, name, known)
        )
        for name in strongest_four
    }
).rename(L("points", "分数")).to_frame()

# %% [markdown] id="good_text" lang="en"
# ## How good is it?
#
# On loans it has not seen, three different questions. **Gini** (2 × AUC − 1): are goods above bads? **KS**: how far apart
# are the two groups at most? **Calibration**: does 5% mean 5%?

# %% [markdown] id="good_text" lang="zh" en_hash="a1c5e940"
# ## 它有多好？
#
# 在没见过的贷款上，问三个不同的问题。**基尼系数**（2 × AUC − 1）：好的是不是排在坏的上面？**KS**：两群人最多分开多远？
# **校准**：说 5%，是不是真的 5%？

# %% [markdown] id="turn_ks" lang="en"
# ### Your turn: KS
#
# Walk up the scores. At each score, which share of all bads stands at or below it, and which share of all goods? KS is the
# largest distance between the two shares (Kolmogorov and Smirnov's statistic). Many loans share a score: they pass together.

# %% [markdown] id="turn_ks" lang="zh" en_hash="8212f7eb"
# ### 轮到你了：KS
#
# 从低分往高分走。走到每个分数时，全部坏客户中有多大比例在此分及以下？全部好客户呢？KS 就是这两个比例的最大差距
# （柯尔莫哥洛夫—斯米尔诺夫统计量）。很多贷款分数相同：同分的要一起走过。


# %% id="ks_distance" exercise="ks_distance"
# en: the largest distance, a number from 0 to 1; `score` and `bad` (True or False) are Series of equal length
# zh: 最大差距，0 到 1 之间的数；`score` 和 `bad`（True/False）是等长的 Series
def ks_distance(score, bad):
    # BEGIN SOLUTION
    at_or_below = pd.crosstab(score, bad).cumsum()
    shares = at_or_below / at_or_below.iloc[-1]
    return (shares[True] - shares[False]).abs().max()
    # END SOLUTION


# %% id="check_ks_distance"
lab.check("ks_distance")

# %% id="gini"
from sklearn.metrics import roc_auc_score


def gini(bad, score):
    return 1 - 2 * roc_auc_score(bad, score)


judged = judging.assign(score=score(learned_card, judging))
below = pd.crosstab(judged["score"], judged["bad"]).cumsum()
below = below / below.iloc[-1]
gap = below[True] - below[False]
ks, ks_at = gap.max(), gap.idxmax()

# %% id="ks_figure"
figure, axes = plt.subplots(figsize=(7.2, 3.9))
axes.plot(below.index, 100 * below[True], color=RED)
axes.plot(below.index, 100 * below[False], color=BLUE)
axes.vlines(ks_at, 100 * below.loc[ks_at, False], 100 * below.loc[ks_at, True], color="black", linewidth=1.5)
axes.annotate(
    f"KS = {ks:.2f}",
    (ks_at, 100 * below.loc[ks_at, False]),
    xytext=(4, -14),
    textcoords="offset points",
    fontweight="bold",
)
middle = below.index[len(below) // 3]
axes.annotate(
    L("bad loans", "坏贷款"),
    (middle, 100 * below.loc[middle, True]),
    xytext=(-12, 6),
    textcoords="offset points",
    color=RED,
    ha="right",
)
axes.annotate(
    L("good loans", "好贷款"),
    (below.index[-len(below) // 3], 100 * below.loc[below.index[-len(below) // 3], False]),
    xytext=(12, -12),
    textcoords="offset points",
    color=BLUE,
)
axes.set(
    xlabel=L("Score", "信用分"), ylabel=L("At or below this score, %", "此分及以下的比例（%）"), ylim=(0, 102)
)
first_gini = gini(judged["bad"], judged["score"])
axes.set_title(
    L(
        f"At {ks_at} points {below.loc[ks_at, True]:.0%} of the bads are behind us, and {below.loc[ks_at, False]:.0%} of the goods",
        f"走到 {ks_at} 分，坏的已有 {below.loc[ks_at, True]:.0%}，好的只有 {below.loc[ks_at, False]:.0%}",
    )
)
lab.show(
    figure,
    L(
        f"Cumulative shares of bad and good loans by score; the largest gap, KS, is {ks:.2f} at {ks_at} points.",
        f"坏贷款与好贷款按分数的累计比例；最大差距 KS 为 {ks:.2f}，位于 {ks_at} 分。",
    ),
)
lab.fact(
    "first_gini",
    (first_gini, ks),
    L("On later loans: Gini {:.2f}, KS {:.2f}.", "在更晚的贷款上：基尼系数 {:.2f}，KS {:.2f}。"),
)

# %% id="calibration"
from statsmodels.stats.proportion import proportion_confint

chance = 1 / (1 + np.exp(log_odds(learned_card, judging)))
fifth = np.ceil(5 * chance.rank(method="first") / len(chance)).astype(int)
by_fifth = pd.DataFrame({"predicted": chance, "bad": judging["bad"]}).groupby(fifth)
checked = by_fifth.agg(
    predicted=("predicted", "mean"), seen=("bad", "mean"), bads=("bad", "sum"), loans=("bad", "size")
)
low, high = proportion_confint(checked["bads"], checked["loans"], alpha=0.1, method="wilson")
inside = int(((low <= checked["predicted"]) & (checked["predicted"] <= high)).sum())
figure, axes = plt.subplots(figsize=(7.2, 3.5))
axes.vlines(checked.index, 100 * low, 100 * high, color=GREY, linewidth=6, alpha=0.5)
axes.plot(
    checked.index,
    100 * checked["seen"],
    "o",
    color=BLUE,
    label=L("seen (bar: 90% interval)", "实际（灰条：90% 置信区间）"),
)
axes.plot(
    checked.index,
    100 * checked["predicted"],
    "_",
    color=RED,
    markersize=20,
    markeredgewidth=2.5,
    label=L("predicted", "预测"),
)
axes.legend(loc="upper left")
axes.set_xticks(range(1, 6))
axes.set(
    xlabel=L("Fifth of the loans, safest first", "每五分之一的贷款，最安全的在前"),
    ylabel=L("Bad loans, %", "坏账率（%）"),
    ylim=(0, None),
)
axes.set_title(
    L(
        f"In {inside} of 5 groups the prediction lies within what chance allows",
        f"五组之中，有 {inside} 组的预测落在偶然所允许的范围内",
    )
)
lab.show(
    figure,
    L(
        f"Predicted and observed bad rate by fifth of the later loans; {inside} of 5 predictions are inside the 90% interval.",
        f"更晚的贷款按五等份的预测与实际坏账率；5 组中有 {inside} 组预测落在 90% 置信区间内。",
    ),
)

# %% [markdown] id="say_good" lang="en" tags=["instructor"]
# **4 min, of which 2 for the exercise.** Gini for the statistician, KS for the vendor, calibration for the money: a score can
# rank perfectly and still promise half the true bad rate. *Most of the room* lets loans of one score pass one by one.

# %% [markdown] id="say_good" lang="zh" en_hash="60339d29" tags=["instructor"]
# **4 分钟，其中练习 2 分钟。** 基尼系数给统计人员看，KS 给供应商看，校准才关系到钱：排序完美的分，承诺的坏账率也可能只有实际的一半。
# *多数人*让同分的贷款一笔一笔地走过去。

# %% [markdown] id="reject_text" lang="en"
# ## The loans we never made
#
# A cut-off is for *applicants*, but outcomes exist only for those the old rules let in. Among them, the risky ones have
# been sorted out already, so any bad rate measured on them flatters. There are clever guesses for the rest (*reject
# inference*); Lighthouse Bank did something better: it drew 6 of 100 applicants by lot and granted the loan whatever the
# rules said. Each refused-by-rule borrower in that test slice stands for all those refused, so we count him that often
# (Horvitz and Thompson 1952).

# %% [markdown] id="reject_text" lang="zh" en_hash="f05a52e2"
# ## 那些从没放过的贷款
#
# 临界值用在*申请人*身上，可是只有旧规则放进来的人才有结果。其中高风险的人早已被筛掉，所以在他们身上量出的坏账率总是偏好看。
# 对其余的人，有各种巧妙的猜法（*拒绝推断*）；灯塔银行的办法更好：每 100 位申请人随机抽出 6 位，不管规则怎么说都放款。
# 这份测试样本里每一位“按规则该拒”的借款人，都代表一批被拒的人，所以要按他代表的人数来计算（Horvitz 与 Thompson，1952）。

# %% id="weights"
known["weight"] = 1.0
if not own_file:
    before = applications[applications["applied_on"] < "2025-06-01"]
    against = before["rule_broken"].notna()
    stands_for = against.sum() / (against & before["is_test"]).sum()
    spoken_against = known["rule_broken"].notna()
    known.loc[spoken_against, "weight"] = stands_for
    lab.fact(
        "test_slice",
        (
            spoken_against.sum(),
            stands_for,
            known.loc[~spoken_against, "bad"].mean(),
            known.loc[spoken_against, "bad"].mean(),
        ),
        L(
            "{} loans were granted against a rule, each stands for {:.0f} refused applicants. "
            "Bad: {:.1%} of the loans that the rules wanted, {:.0%} of those they did not.",
            "违反规则而放款的有 {} 笔，每笔代表 {:.0f} 位被拒者。坏账率：规则认可的贷款 {:.1%}，规则不认可的 {:.0%}。",
        ),
    )

# %% [markdown] id="crossfit_text" lang="en"
# The card passed its test on later loans, so from here on it may learn from *every* known outcome. But a bad rate measured
# on the loans a card has learned from flatters too. So each quarter is scored by a card that has not seen that quarter:
# every loan is judged, and none by a card that knows it. (Seven cards, a second or two; twice when the second score comes.)

# %% [markdown] id="crossfit_text" lang="zh" en_hash="5760c252"
# 评分卡在更晚的贷款上通过了考验，从这里起可以用*全部*已知结果来学习。但是，在评分卡学过的贷款上量坏账率，同样偏好看。
# 所以每个季度都由一张没见过这个季度的评分卡来打分：每笔贷款都受到评判，又没有一张卡评判它见过的贷款。
# （七张卡，一两秒；第二个分数来时再做一遍。）

# %% id="crossfit"
quarter = known["applied_on"].dt.to_period("Q").astype(str) if by_time else pd.Series("", known.index)
enough = quarter.map(known["bad"].groupby(quarter).sum()).min() >= 2 and 3 <= quarter.nunique() <= 12
lots = pd.Series(lab.rng("folds").integers(0, 5, len(known)), known.index)
fold = quarter if enough else lots


# en: score of each known loan by a card that has learned from the other folds only
# zh: 每笔已知贷款的分数，由只学过其他各折的评分卡给出
def unseen_score(columns):
    parts = [
        score(fit_scorecard(known[fold != each], columns), known[fold == each]) for each in fold.unique()
    ]
    return pd.concat(parts).reindex(known.index)


first_card = fit_scorecard(known, bureau_columns)
known["first"] = unseen_score(bureau_columns)

# %% [markdown] id="turn_cut_off" lang="en"
# ### Your turn: the cut-off
#
# The board allows 3% bad loans: not *at* the cut-off, but among everybody who is let in. Write the lowest score with
# which that holds. `loans` has `score`, `bad` and `weight`: a loan counts as often as its weight says.

# %% [markdown] id="turn_cut_off" lang="zh" en_hash="6e811358"
# ### 轮到你了：临界值
#
# 行里允许的坏账率是 3%：不是*恰好在*临界值上的人，而是所有放进来的人加在一起。请写出满足要求的最低分数。
# `loans` 有 `score`、`bad`、`weight` 三列：一笔贷款按其权重计数。


# %% id="cut_off" exercise="cut_off"
# en: the lowest score such that, of all loans with this score or more, the weighted bad rate is at most `target`
# zh: 最低的分数：此分及以上的全部贷款，加权坏账率不超过 `target`
def cut_off(loans, target):
    # BEGIN SOLUTION
    counted = loans.assign(bads=loans["bad"] * loans["weight"])
    by_score = counted.groupby("score")[["bads", "weight"]].sum()
    from_the_top = by_score.sort_index(ascending=False).cumsum()
    bad_rate = from_the_top["bads"] / from_the_top["weight"]
    return bad_rate[bad_rate <= target].index.min()
    # END SOLUTION


# %% id="check_cut_off"
lab.check("cut_off")


# %% id="curve"
# en: the running bad rate from the top; where nothing meets the target, the safest tenth
# zh: 从高分往下的累计坏账率；如果怎么都达不到目标，就取最安全的一成
def running_bad_rate(column, weight):
    counted = pd.DataFrame({"bads": known["bad"] * weight, "weight": weight}).groupby(known[column]).sum()
    from_the_top = counted.sort_index(ascending=False).cumsum()
    return from_the_top["bads"] / from_the_top["weight"]


def lowest_score(column, weight, target=0.03):
    rate = running_bad_rate(column, weight)
    allowed = rate[rate <= target]
    return int(allowed.index.min() if len(allowed) else known[column].quantile(0.9))


first_cut = lowest_score("first", known["weight"])
flattered_cut = lowest_score("first", pd.Series(1.0, known.index))
honest, flattered = (
    running_bad_rate("first", known["weight"]),
    running_bad_rate("first", pd.Series(1.0, known.index)),
)

# %% id="cut_off_figure"
figure, axes = plt.subplots(figsize=(7.2, 3.8))
steady = honest.index[honest.index <= known["first"].quantile(0.97)]
axes.plot(steady, 100 * honest[steady], color=BLUE)
if not own_file:
    axes.plot(steady, 100 * flattered[steady], color=GREY)
    axes.annotate(
        L("granted loans only", "只看已放款"),
        (steady[-1], 100 * flattered[steady[-1]]),
        xytext=(4, -20),
        textcoords="offset points",
        color=GREY,
    )
axes.annotate(
    L("all applicants", "全部申请人"),
    (steady[-1], 100 * honest[steady[-1]]),
    xytext=(6, 4),
    textcoords="offset points",
    color=BLUE,
)
axes.axhline(3, color=RED, linewidth=1.2, linestyle=":")
axes.plot([first_cut], [100 * honest[first_cut]], "o", color=RED)
axes.annotate(
    f"{first_cut}",
    (first_cut, 100 * honest[first_cut]),
    xytext=(6, 6),
    textcoords="offset points",
    color=RED,
    fontweight="bold",
)
axes.set(
    xlabel=L("Cut-off, points", "临界值（分）"),
    ylabel=L("Bad rate of all who are let in, %", "放进来的人合计坏账率（%）"),
    ylim=(0, None),
)
axes.set_title(
    L(
        f"3% bad loans: let in from {first_cut} points",
        f"要把坏账率控制在 3%：从 {first_cut} 分起放款",
    )
)
lab.show(
    figure,
    L(
        f"Bad rate of everybody at or above a cut-off, by cut-off; it meets 3% at {first_cut} points.",
        f"临界值及以上全部人的坏账率随临界值的变化；在 {first_cut} 分处达到 3%。",
    ),
)
if not own_file:
    lab.fact(
        "flattered",
        (flattered_cut, honest[flattered_cut]),
        L(
            "Judged on granted loans alone, {} points would have seemed enough; among all applicants that gives {:.1%} bad.",
            "如果只看已放款的贷款，{} 分似乎就够了；可在全部申请人中，那意味着 {:.1%} 的坏账率。",
        ),
    )

# %% [markdown] id="say_cut_off" lang="en" tags=["instructor"]
# **5 min, of which 3 for the exercise.** Ask: "Why not simply use the loans we have?" Draw the applicants as a circle, the
# granted ones inside, and the lot as a few dots all over. *Most of the room* looks for the score *at which* 3% default; let
# them say what the board will see in its report.

# %% [markdown] id="say_cut_off" lang="zh" en_hash="64907120" tags=["instructor"]
# **5 分钟，其中练习 3 分钟。** 问：“为什么不能直接用手里的贷款？”在白板上画一个圈代表申请人，里面一个小圈代表放了款的，
# 再随手点几个点代表抽签。*多数人*去找“坏账率恰好 3% 的那个分数”；请他们说说，行领导在报表里看到的是哪个数。

# %% [markdown] id="second_text" lang="en"
# ## A second score: what the bureau does not see
#
# The central bank's credit reporting records *borrowing*; who never borrowed is a blank page, a **thin file**. Alibaba's
# way, in Ant's Sesame Credit since January 2015, was to read *living*: five dimensions — identity, ability to pay, credit
# history, behaviour, connections — added up to a score from 350 to 950, publicly known but for its formula. Our
# `alternative_data` hold twelve attributes in these five dimensions. Same method, same scale, so the two scores compare.
# (Your own file has none: this part and the next step aside.)

# %% [markdown] id="second_text" lang="zh" en_hash="bf867519"
# ## 第二个分数：征信看不见的东西
#
# 央行征信记录的是*借贷*；从没借过钱的人是一张白纸，即**信用白户**。阿里的做法，即 2015 年 1 月推出的芝麻信用（“蚂蚁信用分”），
# 读的是*生活*：身份特质、履约能力、信用历史、行为偏好、人脉关系五个维度，合成 350 到 950 的分数；除了公式，这些都是公开的。
# 我们的 `alternative_data` 正是这五个维度的十二项信息。方法相同，标尺相同，两个分数才可以比较。
# （你自己的文件没有这些数据：这一部分和下一部分会自动跳过。）

# %% id="second"
if not own_file:
    alternative = lab.data("alternative_data")
    applications = applications.merge(alternative, on="application_id", how="left")
    known = known.merge(alternative, on="application_id", how="left").set_index(known.index)
    alternative_columns = predictors(alternative)
    second_card = fit_scorecard(known, bureau_columns + alternative_columns)
    known["second"] = unseen_score(bureau_columns + alternative_columns)
    second_cut = lowest_score("second", known["weight"])

# %% id="second_figure"
if not own_file:
    thin = known["oldest_account_months"].isna()
    ginis = pd.DataFrame(
        {
            name: [gini(known.loc[rows, "bad"], known.loc[rows, name]) for rows in (~thin, thin)]
            for name in ("first", "second")
        },
        index=[L("with a bureau record", "有征信记录"), L("thin files", "信用白户")],
    )
    figure, axes = plt.subplots(figsize=(7.2, 2.9))
    height = np.arange(2)
    for shift, (name, colour, label) in zip(
        (0.19, -0.19),
        (
            ("first", GREY, L("bureau score", "征信分")),
            ("second", BLUE, L("with alternative data", "加上替代数据")),
        ),
        strict=True,
    ):
        bars = axes.barh(height + shift, ginis[name], height=0.34, color=colour)
        axes.bar_label(bars, [f"{value:.2f}  {label}" for value in ginis[name]], padding=4, color=colour)
    axes.set_yticks(height, ginis.index)
    axes.set(
        xlim=(0, 1.05), xlabel=L("Gini, on loans no card has seen", "基尼系数（在评分卡没见过的贷款上）")
    )
    axes.grid(visible=False)
    thin_gain = ginis["second"].iloc[1] - ginis["first"].iloc[1]
    axes.set_title(
        L(
            f"Thin files: Gini {ginis['first'].iloc[1]:.2f} becomes {ginis['second'].iloc[1]:.2f}",
            f"信用白户的基尼系数：从 {ginis['first'].iloc[1]:.2f} 变为 {ginis['second'].iloc[1]:.2f}",
        )
    )
    lab.show(
        figure,
        L(
            f"Bars: Gini of both scores, with a bureau record {ginis['first'].iloc[0]:.2f} and {ginis['second'].iloc[0]:.2f}, "
            f"for thin files {ginis['first'].iloc[1]:.2f} and {ginis['second'].iloc[1]:.2f}.",
            f"条形图：两个分数的基尼系数，有征信记录者 {ginis['first'].iloc[0]:.2f} 与 {ginis['second'].iloc[0]:.2f}，"
            f"信用白户 {ginis['first'].iloc[1]:.2f} 与 {ginis['second'].iloc[1]:.2f}。",
        ),
    )

# %% [markdown] id="swap_text" lang="en"
# ## The swap set
#
# A better Gini convinces nobody at the branch. Who gets a loan that did not, and who no longer does? We take the
# applicants of June to September 2025, whose outcome nobody knows yet, each score with its own 3% cut-off.
# (On your own file your function is still judged; the picture steps aside.)

# %% [markdown] id="swap_text" lang="zh" en_hash="4df8d6d6"
# ## 换进与换出
#
# 基尼系数再高，也说服不了网点。谁原来借不到、现在借得到？谁又反过来？我们取 2025 年 6 月至 9 月的申请人，他们的结果现在谁也不知道；
# 两个分数各用自己的 3% 临界值。
# （换成你自己的文件时，函数照样评判，图则跳过。）

# %% [markdown] id="turn_newly" lang="en"
# ### Your turn: who is newly approved?
#
# Whoever reaches a cut-off is let in. Return the ids of those whom the second score lets in and the first did not.

# %% [markdown] id="turn_newly" lang="zh" en_hash="343738cc"
# ### 轮到你了：谁被新放进来？
#
# 达到临界值即可放款。返回第二个分数放进来、而第一个分数没有放进来的人的编号。


# %% id="newly_approved" exercise="newly_approved"
# en: the application_id of each newly approved; `applicants` has application_id, first and second (the two scores)
# zh: 每位新获批者的 application_id；`applicants` 有 application_id、first、second（两个分数）三列
def newly_approved(applicants, first_cut, second_cut):
    # BEGIN SOLUTION
    let_in = (applicants["second"] >= second_cut) & (applicants["first"] < first_cut)
    return applicants.loc[let_in, "application_id"]
    # END SOLUTION


# %% id="check_newly_approved"
lab.check("newly_approved")

# %% id="applicants"
if own_file:
    applicants = judging.assign(first=score(first_card, judging))
else:
    applicants = applications[applications["applied_on"].between("2025-06-01", "2025-09-30")].copy()
    applicants["first"], applicants["second"] = score(first_card, applicants), score(second_card, applicants)

# %% id="swap_figure"
# en: how many of the applicants in each corner, and what was seen of such loans (weighted)
# zh: 每一格有多少申请人，以及这类贷款的实际坏账率（加权）
if not own_file:
    corners = {}
    for both, table in (("applicants", applicants), ("loans", known)):
        corner = pd.Series(np.where(table["first"] >= first_cut, "in", "out"), table.index)
        corners[both] = corner + np.where(table["second"] >= second_cut, " in", " out")
    size = corners["applicants"].value_counts(normalize=True)
    weighted_bads = (known["bad"] * known["weight"]).groupby(corners["loans"]).sum()
    bad_in = weighted_bads / known["weight"].groupby(corners["loans"]).sum()
    words = {
        "in in": L("both say yes", "两个都同意"),
        "out in": L("newly approved", "新放进来"),
        "in out": L("newly refused", "新挡在外"),
        "out out": L("both say no", "两个都拒绝"),
    }
    shown = [key for key in words if key in size.index and key in bad_in.index]
    figure, axes = plt.subplots(figsize=(7.2, 3.3))
    colours = {"in in": SKY, "out in": BLUE, "in out": RED, "out out": GREY}
    bars = axes.barh(
        [words[key] for key in shown], 100 * bad_in[shown], color=[colours[key] for key in shown], height=0.62
    )
    axes.bar_label(
        bars,
        [
            L(
                f"{bad_in[key]:.0%} bad · {size[key]:.0%} of applicants",
                f"坏账率 {bad_in[key]:.0%} · 占申请人 {size[key]:.0%}",
            )
            for key in shown
        ],
        padding=5,
    )
    axes.invert_yaxis()
    axes.set_xlim(0, 135 * bad_in[shown].max())
    axes.grid(visible=False)
    axes.set_xlabel(L("Bad rate of such loans in the past, weighted, %", "以往这类贷款的加权坏账率（%）"))
    entering, leaving = size.get("out in", 0.0), size.get("in out", 0.0)
    finding = L(
        f"{entering:.0%} newly approved, {leaving:.0%} newly refused",
        f"新放进来 {entering:.0%}，新挡在外 {leaving:.0%}",
    )
    if {"out in", "in out"} <= set(shown):
        finding = L(
            f"Newly approved: {bad_in['out in']:.0%} bad. Newly refused: {bad_in['in out']:.0%} bad",
            f"新放进来的坏账率 {bad_in['out in']:.0%}，新挡在外的 {bad_in['in out']:.0%}",
        )
    axes.set_title(finding)
    lab.show(
        figure,
        L(
            f"Bars: bad rate in the four corners; {entering:.0%} of the applicants newly approved, {leaving:.0%} newly refused.",
            f"条形图：四类人的坏账率；申请人中 {entering:.0%} 新放进来，{leaving:.0%} 新挡在外。",
        ),
    )

# %% id="who_is_new"
if not own_file:
    is_thin = applicants["oldest_account_months"].isna()
    thin_share = is_thin.groupby(corners["applicants"]).mean()
    lab.fact(
        "who_is_new",
        (is_thin.mean(), thin_share.get("out in", 0.0), thin_share.get("in out", 0.0)),
        L(
            "Thin files are {:.0%} of all applicants, {:.0%} of the newly approved and {:.0%} of the newly refused.",
            "信用白户占全部申请人的 {:.0%}，占新放进来的 {:.0%}，占新挡在外的 {:.0%}。",
        ),
    )
    turned_away = applicants["rule_broken"] == "thin_file"
    lab.fact(
        "turned_away",
        (applicants.loc[turned_away, "second"] >= second_cut).mean(),
        L(
            "Of the thin files whom the old rule turned away, the second score lets {:.0%} in.",
            "被旧规则挡在门外的信用白户中，第二个分数放进来 {:.0%}。",
        ),
    )

# %% [markdown] id="say_second" lang="en" tags=["instructor"]
# **5 min, of which 2 for the exercise.** Go back to the two hands-up counts. *Most of the room* reports everybody the second
# score approves. Ask who would complain: the newly refused, who had a loan before. Short of time (saves 1 min): skip the code of the bars.

# %% [markdown] id="say_second" lang="zh" en_hash="5438ea44" tags=["instructor"]
# **5 分钟，其中练习 2 分钟。** 回到开头举手的人数。*多数人*把第二个分数同意的人全报了上来。再问谁会来投诉：以前借得到、
# 现在借不到的人。时间不够时（省 1 分钟）：跳过条形图的代码。

# %% [markdown] id="drift_text" lang="en"
# ## Is it still the same crowd?
#
# A score is a promise about people like those it has learned from. The **population stability index** measures how far
# today's crowd has moved from them: cut the *earlier* scores into tenths, keep these edges for ever, and compare the shares:
#
# $$\mathrm{PSI} = \sum_i (q_i - p_i)\,\ln\frac{q_i}{p_i}$$
#
# with $p_i$ the earlier and $q_i$ the later share. Below 0.1 nothing happened, above 0.25 it is another crowd (Siddiqi 2006).

# %% [markdown] id="drift_text" lang="zh" en_hash="0f65eb54"
# ## 还是原来那批人吗？
#
# 评分是对“像学习样本那样的人”作出的承诺。**群体稳定性指标**（PSI）衡量今天的人群离他们有多远：把*早先*的分数切成十等份，
# 这些边界从此不变，再比较两个时期各份的占比：
#
# $$\mathrm{PSI} = \sum_i (q_i - p_i)\,\ln\frac{q_i}{p_i}$$
#
# 其中 $p_i$ 是早先的占比，$q_i$ 是后来的占比。低于 0.1 表示没有变化，高于 0.25 就是另一批人了（Siddiqi，2006）。

# %% [markdown] id="turn_psi" lang="en"
# ### Your turn: PSI

# %% [markdown] id="turn_psi" lang="zh" en_hash="b4c02ebb"
# ### 轮到你了：PSI


# %% id="psi" exercise="psi"
# en: the index of two Series of scores; edges from `before`. np.searchsorted(edges, values) numbers the tenths from 0
# zh: 两列分数的 PSI；边界取自 `before`。np.searchsorted(edges, values) 给出每个值在第几份，从 0 起
def psi(before, after):
    # BEGIN SOLUTION
    edges = np.unique(before.quantile(np.arange(1, 10) / 10))
    counts = [np.bincount(np.searchsorted(edges, each), minlength=len(edges) + 1) for each in (before, after)]
    p, q = counts[0] / len(before), counts[1] / len(after)
    return ((q - p) * np.log(q / p)).sum()
    # END SOLUTION


# %% id="check_psi"
lab.check("psi")


# %% id="stability"
# en: PSI of any column; half a person is added to each bin, so that an empty one does not weigh infinity
# zh: 任意一列的 PSI；每份各加半个人，免得空箱变成无穷大
def stability(before, after):
    edges = np.unique(np.nanquantile(before, np.arange(1, 10) / 10))
    counts = [
        np.bincount(np.searchsorted(edges, each), minlength=len(edges) + 1) + 0.5 for each in (before, after)
    ]
    p, q = (each / each.sum() for each in counts)
    return ((q - p) * np.log(q / p)).sum()


if by_time:
    scored = applications.assign(first=score(first_card, applications)).sort_values("applied_on")
    period = scored["applied_on"].dt.to_period("Q").astype(str)
    base_period = scored["applied_on"] <= learning["applied_on"].max()
    later_quarters = sorted(period[~base_period].unique())[-8:]
    moved = pd.Series(
        {
            each: stability(scored.loc[base_period, "first"], scored.loc[period == each, "first"])
            for each in later_quarters
        }
    )

# %% id="psi_figure"
if by_time:
    figure, axes = plt.subplots(figsize=(7.2, 3.3))
    bars = axes.bar(moved.index, moved, color=np.where(moved > 0.25, RED, GREY), width=0.6)
    axes.bar_label(bars, fmt="%.2f", padding=3)
    for limit, word in ((0.1, L("watch", "留意")), (0.25, L("act", "行动"))):
        axes.axhline(limit, color="black", linewidth=1, linestyle=":")
        axes.annotate(
            f"{limit:g} {word}",
            (0.0, limit),
            xycoords=("axes fraction", "data"),
            xytext=(3, 3),
            textcoords="offset points",
            fontsize=9,
        )
    axes.set_ylim(0, max(0.3, 1.15 * moved.max()))
    axes.set_ylabel(L("PSI against the learning period", "相对学习时期的 PSI"))
    axes.set_title(
        L(
            f"The largest shift: {moved.max():.2f} in {moved.idxmax()}",
            f"最大的漂移：{moved.idxmax()}，PSI 达到 {moved.max():.2f}",
        )
    )
    lab.show(
        figure,
        L(
            f"Bars: PSI of the bureau score by quarter, at most {moved.max():.2f} in {moved.idxmax()}.",
            f"条形图：征信分各季度的 PSI，最高为 {moved.idxmax()} 的 {moved.max():.2f}。",
        ),
    )

# %% [markdown] id="act_text" lang="en"
# An alarm is not an answer. *Who* moved? Take the channels apart before anybody touches the model.

# %% [markdown] id="act_text" lang="zh" en_hash="557a6bf0"
# 报警不等于答案。是*谁*变了？动模型之前，先把渠道拆开看。

# %% id="who_moved"
if not own_file:
    last = scored["applied_on"] >= "2025-10-01"
    partner = scored["channel"] == "partner"
    lab.fact(
        "who_moved",
        (
            partner[last].mean(),
            stability(scored.loc[base_period, "first"], scored.loc[last & ~partner, "first"]),
            scored.loc[last & partner, "first"].median(),
            scored.loc[last & ~partner, "first"].median(),
        ),
        L(
            "{:.0%} of the last quarter's applicants came through the new partner. Without them PSI is {:.2f}. "
            "Median score: {:.0f} through the partner, {:.0f} elsewhere.",
            "最后一个季度有 {:.0%} 的申请来自新的合作平台。去掉他们，PSI 为 {:.2f}。分数中位数：合作平台 {:.0f}，其他渠道 {:.0f}。",
        ),
    )

# %% [markdown] id="act" lang="en"
# The card is not broken; another crowd has come in by another door. What to do: keep the card for the old channels; for
# the partner, cap the amount and draw a test slice at once, because the first outcomes need six instalments and thirty
# days. Refitting today would be refitting on loans whose end nobody knows.

# %% [markdown] id="act" lang="zh" en_hash="fc48c33b"
# 评分卡没有坏，是另一批人从另一扇门进来了。该怎么办：老渠道继续用这张卡；对合作平台，先给额度封顶，并立即抽取测试样本，
# 因为最早的结果也要等六期还款再加三十天。今天就重新拟合，等于拿谁也不知道结局的贷款来拟合。

# %% [markdown] id="say_drift" lang="en" tags=["instructor"]
# **4 min, of which 2 for the exercise.** Before the fact about the partner: "PSI is over 0.25. What do you do on Monday?"
# *Most of the room* says "refit". Ask on which outcomes.

# %% [markdown] id="say_drift" lang="zh" en_hash="da058bcb" tags=["instructor"]
# **4 分钟，其中练习 2 分钟。** 先别展示合作平台那句话，问：“PSI 超过 0.25，周一上班你做什么？”*多数人*说“重新拟合”。
# 请追问：拿什么结果来拟合？

# %% [markdown] id="money_text" lang="en"
# ## From points to yuan
#
# **Business assumptions**, for which Cheng Lan signs. A good loan of amount $A$ over $n$ months earns the margin on the
# balance, on average $A(n+1)/2n$ over $n/12$ years; a bad one loses a share of the amount and earns nothing; either costs
# its handling. All in yuan, per 1 000 applicants, refused ones included: that is what the ways to decide have in common.

# %% [markdown] id="money_text" lang="zh" en_hash="e0055fe7"
# ## 从分数到钱
#
# 下面是**业务假设**，由程岚签字负责。一笔金额为 $A$、期限 $n$ 个月的好贷款，按平均余额 $A(n+1)/2n$、$n/12$ 年赚利差；
# 坏贷款损失金额的一部分，不赚利差；两者都要付手续成本。金额单位为元，按每 1 000 位申请人计算（含被拒者），各种做法才可以相比。

# %% id="terms"
terms = {"margin": 0.06, "lost_share": 0.60, "handling_yuan": 80}
amount = known["amount_fen"] / 100 if "amount_fen" in known else pd.Series(10_000.0, known.index)
months = known["term_months"] if "term_months" in known else pd.Series(12, known.index)


# en: what each known loan earned or lost, in yuan
# zh: 每笔已知贷款赚了或赔了多少元
def earnings(terms):
    earned = amount * (months + 1) / 24 * terms["margin"]
    lost = amount * terms["lost_share"]
    return np.where(known["bad"], -lost, earned) - terms["handling_yuan"]


# en: yuan per 1 000 applicants if exactly those in `let_in` get a loan, and its standard error (Hájek's ratio)
# zh: 只给 `let_in` 中的人放款时，每 1 000 位申请人的利润（元）及其标准误（Hájek 比率估计）
def per_thousand(let_in, yuan):
    each, weight = np.where(let_in, yuan, 0.0), known["weight"]
    mean = np.average(each, weights=weight)
    error = np.sqrt((weight**2 * (each - mean) ** 2).sum()) / weight.sum()
    return 1_000 * mean, 1_000 * error


yuan = earnings(terms)
good_loan = yuan[~known["bad"]].mean()
bad_loan = yuan[known["bad"]].mean()
lab.fact(
    "break_even",
    (round(good_loan, -1), round(-bad_loan, -2), good_loan / (good_loan - bad_loan)),
    L(
        "A good loan earns about {:,.0f} yuan, a bad one loses about {:,.0f}: an applicant pays up to a {:.1%} chance of going bad.",
        "一笔好贷款约赚 {:,.0f} 元，一笔坏贷款约赔 {:,.0f} 元：申请人变坏的概率不超过 {:.1%}，放款才划算。",
    ),
)

# %% id="ways"
ways = {L("everybody", "来者不拒"): pd.Series(True, known.index)}
if not own_file:
    ways[L("the old rules", "旧规则")] = known["rule_broken"].isna()
ways[L("bureau score", "征信分")] = known["first"] >= first_cut
if not own_file:
    ways[L("both kinds of data, 3% bad", "两类数据，坏账率 3%")] = known["second"] >= second_cut
    # en: the second score again, letting in as many as the bureau score does
    # zh: 还是第二个分数，但只放进与征信分同样多的人
    share_in = (
        known.groupby("second")["weight"].sum().sort_index(ascending=False).cumsum() / known["weight"].sum()
    )
    same_share = np.average(known["first"] >= first_cut, weights=known["weight"])
    level_cut = int((share_in - same_share).abs().idxmin())
    ways[L("both, as many as bureau score", "两类数据，人数同征信分")] = known["second"] >= level_cut
profits = pd.DataFrame(
    {way: per_thousand(let_in, yuan) for way, let_in in ways.items()}, index=["yuan", "error"]
).T
reference_way = 0 if own_file else 1
profits["approved"] = [np.average(let_in, weights=known["weight"]) for let_in in ways.values()]
profits["bad"] = [
    np.average(known["bad"][let_in], weights=known["weight"][let_in]) for let_in in ways.values()
]

# %% id="ways_figure"
figure, axes = plt.subplots(figsize=(7.4, 3.2))
colours = [GREY] * (len(profits) - 1) + [BLUE]
axes.barh(profits.index, profits["yuan"] / 1000, color=colours, height=0.6)
axes.errorbar(
    profits["yuan"] / 1000,
    profits.index,
    xerr=1.645 * profits["error"] / 1000,
    fmt="none",
    ecolor="black",
    elinewidth=1.2,
    capsize=3,
)
ends_at = ((profits["yuan"] + 1.645 * profits["error"]).clip(lower=0) / 1000).tolist()
for at, row in zip(ends_at, profits.itertuples(), strict=True):
    axes.annotate(
        L(f"{row.approved:.0%} approved, {row.bad:.1%} bad", f"通过率 {row.approved:.0%}，坏账率 {row.bad:.1%}"),
        (at, row.Index), xytext=(8, -4), textcoords="offset points", fontsize=9.5,
    )  # fmt: skip
axes.axvline(0, color="black", linewidth=1)
axes.margins(x=0.05)
axes.set_xlim(right=max(ends_at) + 0.75 * (max(ends_at) - min(0, profits["yuan"].min() / 1000)))
axes.invert_yaxis()
axes.grid(visible=False)
axes.set_xlabel(
    L(
        "Profit per 1 000 applicants, thousand yuan; black: 90% interval",
        "每 1 000 位申请人的利润（千元）；黑线为 90% 置信区间",
    )
)
axes.set_title(
    L(
        f"Per 1 000 applicants: {profits['yuan'].iloc[-1] / 1000:+,.0f} thousand yuan, not {profits['yuan'].iloc[reference_way] / 1000:+,.0f}",
        f"每 1 000 位申请人：利润 {profits['yuan'].iloc[-1] / 1000:+,.0f} 千元，而不是 {profits['yuan'].iloc[reference_way] / 1000:+,.0f} 千元",
    )
)
lab.show(
    figure,
    L(
        f"Bars: profit per 1 000 applicants of each way to decide, the last one {profits['yuan'].iloc[-1] / 1000:,.0f} thousand yuan.",
        f"条形图：各种做法每 1 000 位申请人的利润，最后一种为 {profits['yuan'].iloc[-1] / 1000:,.0f} 千元。",
    ),
)

# %% [markdown] id="panel" lang="en"
# ## Turn the knob
#
# Move the cut-off. Two questions that only playing answers: **1.** Where does profit peak, and is the bad rate there 3%?
# **2.** At the same approval rate, by how much does the second score lower the bad rate?

# %% [markdown] id="panel" lang="zh" en_hash="af5c5766"
# ## 转一转旋钮
#
# 移动临界值试试。有两个问题，只有动手才能回答：**1.** 利润在哪里最高？那里的坏账率是 3% 吗？
# **2.** 通过率相同时，第二个分数能把坏账率降低多少？

# %% id="play"
from labkit.live import Choice, Slider


def draw(which, cut):
    cuts = np.arange(440, 641, 4)
    curve = pd.Series([per_thousand(known[which] >= each, yuan)[0] / 1000 for each in cuts], cuts)
    let_in = known[which] >= cut
    approved = np.average(let_in, weights=known["weight"])
    bad_among = np.average(known["bad"][let_in], weights=known["weight"][let_in]) if let_in.any() else 0.0
    profit = per_thousand(let_in, yuan)[0] / 1000
    figure, axes = plt.subplots(figsize=(7.2, 3.6))
    axes.plot(curve.index, curve, color=BLUE)
    axes.axhline(0, color="black", linewidth=1)
    axes.plot([cut], [profit], "o", color=RED, markersize=9)
    axes.set(
        xlabel=L("Cut-off, points", "临界值（分）"),
        ylabel=L("Profit per 1 000 applicants, thousand yuan", "每 1 000 位申请人利润（千元）"),
    )
    axes.set_title(
        L(
            f"From {cut} points: {approved:.0%} approved, {bad_among:.1%} bad",
            f"{cut} 分起放款：通过率 {approved:.0%}，坏账率 {bad_among:.1%}",
        )
    )
    sentence = L(
        f"Cut-off {cut}: {approved:.0%} of the applicants approved, {bad_among:.1%} of them bad, "
        f"{profit:+,.0f} thousand yuan per 1 000 applicants.",
        f"临界值 {cut}：通过率 {approved:.0%}，其中坏账率 {bad_among:.1%}，每 1 000 位申请人利润 {profit:+,.0f} 千元。",
    )
    return figure, sentence


scores = [(L("bureau score", "征信分"), "first")]
if not own_file:
    scores.append((L("both kinds of data", "两类数据"), "second"))
lab.panel(
    draw,
    which=Choice(L("Score", "分数"), scores, scores[-1][1]),
    cut=Slider(L("Cut-off, points", "临界值（分）"), 460, 620, 4, 548),
)

# %% [markdown] id="sheet_text" lang="en"
# ## A reason on paper
#
# Who is refused is told why, in words. Compare each column's points with the average of those who are let in: where does
# this person lose most (Siddiqi 2006, adverse action codes)? This is an applicant just below the bureau cut-off.

# %% [markdown] id="sheet_text" lang="zh" en_hash="32a85f4f"
# ## 写在纸上的理由
#
# 被拒的人，要用文字告诉他原因。把每一列的得分与获批者的平均得分相比：这个人在哪里丢分最多（Siddiqi，2006，拒绝原因码）？
# 下面是一位刚好低于征信分临界值的申请人。


# %% id="sheet"
# en: points that one applicant gains or loses against the average of those let in, by column of the card
# zh: 一位申请人相对获批者平均水平，在评分卡每一列上的得分或失分
def score_sheet(card, person, let_in):
    rows = pd.concat([person, let_in])
    given = evidence(rows, card.ends, card.woe) * card.weights * points_per_unit
    return (given.iloc[0] - given.iloc[1:].mean()).sort_values()


let_in = applicants[applicants["first"] >= first_cut]
refused = applicants[applicants["first"] < first_cut].sort_values("first", ascending=False, kind="stable")
with_record = refused[refused[bureau_columns].notna().sum(axis=1) >= len(bureau_columns) - 1]
person = (with_record if len(with_record) else refused).head(1)
sheet = score_sheet(first_card, person, let_in)
reasons = sheet[sheet.round() < 0].head(4)


# %% id="sheet_figure"
def said(column):
    value = person[column].iloc[0]
    if pd.isna(value):
        return L("missing", "缺失")
    if isinstance(value, str):
        return value
    if column.endswith("_fen"):
        return L(f"{value / 100:,.0f} yuan", f"{value / 100:,.0f} 元")
    return f"{value:,.0f}" if value == round(value) else f"{value:.2f}"


figure, axes = plt.subplots(figsize=(8.0, 0.36 * len(sheet) + 1.3))
labels = [f"{str(names.get(name, name))[:60]} = {said(name)}" for name in sheet.index]
bars = axes.barh(labels, sheet, color=np.where(sheet < 0, RED, BLUE), height=0.66)
axes.bar_label(bars, [f"{value:+.0f}" for value in sheet], padding=4, fontsize=9)
axes.axvline(0, color="black", linewidth=1)
axes.margins(x=0.15)
axes.invert_yaxis()
axes.grid(visible=False)
axes.tick_params(axis="y", labelsize=8.5)
axes.set_xlabel(L("Points against the average of those who are let in", "与获批者平均得分相比（分）"))
points_short = first_cut - int(person["first"].iloc[0])
axes.set_title(
    L(
        f"Refused with {int(person['first'].iloc[0])} points, {points_short} short; {len(reasons)} reasons go on the letter",
        f"{int(person['first'].iloc[0])} 分，差 {points_short} 分被拒；函件上写 {len(reasons)} 条理由",
    )
)
lab.show(
    figure,
    L(
        f"Bars: points gained and lost by column; most points are lost at {', '.join(reasons.index)}.",
        f"条形图：各列的得分与失分；失分最多的是 {'、'.join(reasons.index)}。",
    ),
)

# %% id="dimensions"
# en: the second score of somebody whom the thin-file rule turned away, summed up by dimension
# zh: 一位被“信用白户”规则挡在门外的人，第二个分数按维度汇总
newcomers = applicants[:0] if own_file else applicants[turned_away & (applicants["second"] >= second_cut)]
if len(newcomers):
    newcomer = newcomers.sort_values(["second", "application_id"]).tail(1)
    parts = score_sheet(second_card, newcomer, applicants[applicants["second"] >= second_cut])
    of_bureau = L("form and bureau", "申请表与征信")
    by_dimension = parts.groupby([dimension.get(name, of_bureau) for name in parts.index]).sum().sort_values()
    figure, axes = plt.subplots(figsize=(7.2, 3.0))
    bars = axes.barh(
        by_dimension.index, by_dimension, color=np.where(by_dimension < 0, RED, BLUE), height=0.6
    )
    axes.bar_label(bars, [f"{value:+.0f}" for value in by_dimension], padding=4)
    axes.axvline(0, color="black", linewidth=1)
    axes.margins(x=0.15)
    axes.grid(visible=False)
    axes.set_xlabel(L("Points against the average of those who are let in", "与获批者平均得分相比（分）"))
    axes.set_title(
        L(
            f"Turned away for want of a record; {int(newcomer['second'].iloc[0])} points with alternative data",
            f"因为没有征信记录被拒；看了替代数据，{int(newcomer['second'].iloc[0])} 分",
        )
    )
    lab.show(
        figure,
        L(
            f"Bars: points by dimension of one applicant without a record; most come from {by_dimension.index[-1]}.",
            f"条形图：一位没有征信记录的申请人各维度的得分；得分最多的是{by_dimension.index[-1]}。",
        ),
    )

# %% [markdown] id="fair_text" lang="en"
# ## Fair to whom?
#
# The card never sees sex or home town, but it may know them by proxy. So look: who is let in, by sex, by region, and by
# age, which the card *does* see? A usual alarm is a group's approval rate below four fifths of the best group's (the
# four-fifths rule of the American EEOC, 1978). It is a smoke detector, not a verdict: then ask whether the groups default
# alike.

# %% [markdown] id="fair_text" lang="zh" en_hash="1d378b8a"
# ## 对谁公平？
#
# 评分卡从没见过性别和地区，但可能通过别的列间接知道。所以要看一看：按性别、按地区，再按评分卡*看得见*的年龄，各有多少人获批？
# 常用的警报线是：某群体的通过率不到最高群体的五分之四（美国 EEOC 的“五分之四规则”，1978）。它是烟雾报警器，不是判决书：
# 响了之后，再问各群体的违约是否一样多。

# %% id="fair"
if not own_file:
    people = lab.data("customers", ["customer_id", "sex", "city_tier"])
    crowd = applicants.merge(people, on="customer_id", how="left")
    words = {
        "female": L("women", "女"),
        "male": L("men", "男"),
        "tier1": L("tier 1 city", "一线城市"),
        "tier2": L("tier 2 city", "二线城市"),
        "tier3": L("tier 3 city", "三线城市"),
        "county": L("county", "县域"),
    }
    crowd["sex"] = crowd["sex"].astype(str).replace(words)
    crowd["region"] = crowd["city_tier"].astype(str).replace(words)
    young, old = L("under 30", "30 岁以下"), L("45 and over", "45 岁及以上")
    crowd["age band"] = np.select(
        [crowd["age"] < 30, crowd["age"] >= 45], [young, old], L("30 to 44", "30 至 44 岁")
    )
    crowd["first in"], crowd["second in"] = crowd["first"] >= first_cut, crowd["second"] >= second_cut
    groups = {by: crowd.groupby(by)[["first in", "second in"]].mean() for by in ("sex", "region", "age band")}
    four_fifths = {by: rates["second in"].min() / rates["second in"].max() for by, rates in groups.items()}

# %% id="fair_figure"
if not own_file:
    in_order = [*words.values(), young, L("30 to 44", "30 至 44 岁"), old]
    shown = pd.concat(groups.values()).reindex(in_order).dropna()[::-1]
    figure, axes = plt.subplots(figsize=(7.4, 3.9))
    axes.hlines(shown.index, 100 * shown["first in"], 100 * shown["second in"], color=GREY, linewidth=2)
    axes.scatter(
        100 * shown["first in"], shown.index, color=GREY, s=55, zorder=3, label=L("bureau score", "征信分")
    )
    axes.scatter(
        100 * shown["second in"],
        shown.index,
        color=BLUE,
        s=55,
        zorder=3,
        label=L("both kinds of data", "两类数据"),
    )
    axes.legend(loc="lower left", bbox_to_anchor=(0, 1.0), ncols=2)
    axes.set(xlim=(0, 100), xlabel=L("Approved, %", "通过率（%）"))
    axes.set_title(
        L(
            f"Lowest over highest approval: sex {four_fifths['sex']:.2f}, region {four_fifths['region']:.2f}, age {four_fifths['age band']:.2f}",
            f"最低与最高通过率之比：性别 {four_fifths['sex']:.2f}，地区 {four_fifths['region']:.2f}，年龄 {four_fifths['age band']:.2f}",
        ),
        pad=30,
    )
    lab.show(
        figure,
        L(
            "Dots: share approved by sex, region and age band, by the bureau score and by both kinds of data.",
            "点图：按性别、地区、年龄段划分的通过率，分别为征信分和两类数据。",
        ),
    )

# %% [markdown] id="fair_read" lang="en"
# Read the ratios in the title; below 0.80 the smoke detector rings. Removing a column does not make a score fair, and equal
# rates do not either: a group that gets loans it cannot repay is not served. And *connections* score a person by what her
# friends pay. That column may be predictive and still be one the bank does not want to explain to her.

# %% [markdown] id="fair_read" lang="zh" en_hash="3a5cb374"
# 请看标题里的比值：低于 0.80，报警器就响了。删掉一列并不能让评分变公平，强求通过率相等也不能：把还不起的贷款借给一群人，不是在帮他们。
# 还有，*人脉关系*是拿朋友还不还钱来给本人打分。这一列也许有预测力，银行却未必愿意向本人解释。

# %% [markdown] id="say_money" lang="en" tags=["instructor"]
# **6 min, with panel and sheet.** Read the reasons aloud as if on the phone. *Most of the room* finds the profit
# peak and forgets the board's 3%: say what more approvals bring and cost. Short of time (saves 1 min): leave out the dimensions.

# %% [markdown] id="say_money" lang="zh" en_hash="27c15d96" tags=["instructor"]
# **6 分钟，含旋钮和评分单。** 像打电话那样把拒绝理由念出来。*多数人*找到利润最高点，就忘了行里 3% 的要求：
# 请他们说说，多放一些人，赚多少、赔多少。时间不够时（省 1 分钟）：略去五个维度的图。

# %% [markdown] id="truth" lang="en"
# ## The truth
#
# Lighthouse Bank is synthetic, so this once we know every applicant's true probability of default, and the best that
# anybody could conclude from the bureau's columns, and from both kinds of data (Bayes' rule over an unseen *credit
# quality*). Gini of our scores against these oracles, on applicants of June to September, none of whom the cards know:

# %% [markdown] id="truth" lang="zh" en_hash="2e80242e"
# ## 真相
#
# 灯塔银行是个虚拟世界，所以这一次我们知道每位申请人的真实违约概率，也知道仅凭征信、凭两类数据最多能推断到什么程度
# （对看不见的*信用品质*用贝叶斯公式）。在评分卡从没见过的 6 月至 9 月申请人身上，把我们的分数与这些“先知”比一比基尼系数：

# %% id="planted"
planted = lab.truth("credit_truth")


# %% id="oracle"
# en: Gini expected when each applicant defaults with the true probability: everybody counts as bad and as good, by weight
# zh: 每位申请人按真实概率违约时的期望基尼系数：每人都按权重既算一次坏、又算一次好
def expected_gini(probability, risk):
    outcome, weight = np.repeat([1, 0], len(risk)), np.concatenate([probability, 1 - probability])
    return 2 * roc_auc_score(outcome, np.tile(risk, 2), sample_weight=weight) - 1


truly = applicants.merge(planted, on="application_id")
thin_truly = truly[truly["is_thin_file"]]
reached = pd.DataFrame(
    {
        L("bureau score", "征信分"): [
            expected_gini(each["probability_of_default"], -each["first"]) for each in (truly, thin_truly)
        ],
        L("the bureau's oracle", "征信先知"): [
            expected_gini(each["probability_of_default"], each["probability_by_bureau"])
            for each in (truly, thin_truly)
        ],
        L("both kinds of data", "两类数据"): [
            expected_gini(each["probability_of_default"], -each["second"]) for each in (truly, thin_truly)
        ],
        L("the oracle of both", "两类数据先知"): [
            expected_gini(each["probability_of_default"], each["probability_by_both"])
            for each in (truly, thin_truly)
        ],
        L("who knows all", "全知者"): [
            expected_gini(each["probability_of_default"], each["probability_of_default"])
            for each in (truly, thin_truly)
        ],
    },
    index=[L("everybody", "全体"), L("thin files", "信用白户")],
).T
bureau_oracle = expected_gini(truly["probability_by_bureau"], truly["probability_by_bureau"])
share_of_oracle = expected_gini(truly["probability_by_bureau"], -truly["first"]) / bureau_oracle
thin_lift = reached.iloc[2, 1] - reached.iloc[0, 1]

figure, both = plt.subplots(1, 2, figsize=(8.8, 3.1), sharey=True)
for axes, column in zip(both, reached, strict=True):
    colours = [BLUE, GREY, BLUE, GREY, ORANGE]
    bars = axes.barh(reached.index, reached[column], color=colours, height=0.62)
    axes.bar_label(bars, fmt="%.2f", padding=4)
    axes.set(xlim=(0, 1), xlabel=L("Gini", "基尼系数"))
    axes.set_title(column, fontsize=10)
    axes.grid(visible=False)
both[0].invert_yaxis()
figure.suptitle(
    L(
        f"The bureau score reaches {share_of_oracle:.0%} of what bureau data allow; thin files gain {thin_lift:.2f}",
        f"征信分达到征信数据上限的 {share_of_oracle:.0%}；信用白户的基尼系数提高 {thin_lift:.2f}",
    ),
    x=0.02,
    ha="left",
    fontweight="bold",
)
lab.show(
    figure,
    L(
        f"Bars of Gini for everybody and for thin files: our scores, the oracles, and whoever knows all ({reached.iloc[4, 0]:.2f}).",
        f"条形图：全体与信用白户的基尼系数，依次为我们的分数、两位先知和全知者（{reached.iloc[4, 0]:.2f}）。",
    ),
)
lab.fact(
    "unfindable",
    (reached.iloc[3, 0], reached.iloc[4, 0]),
    L(
        "Nobody with these data gets beyond Gini {:.2f}; quality itself, which stands in no table, would give {:.2f}, not 1: "
        "the rest is chance.",
        "凭这些数据，谁的基尼系数也超不过 {:.2f}；即使看得见任何表里都没有的信用品质，也只有 {:.2f}，而不是 1：剩下的是偶然。",
    ),
)

# %% id="evidence_key"
strengths = lab.truth("credit_evidence")

# %% id="found"
both_values = {name: information(weigh(known, name)[1]) for name in strengths["attribute"]}
found = strengths.set_index("attribute")
found["iv"] = [both_values[name][0] for name in found.index]
found["clears noise"] = [both_values[name][0] > both_values[name][1] for name in found.index]
says = found["strength"] != 0
repeats = list(found.index[~says & found["clears noise"]])
lab.fact(
    "planted_found",
    (says.sum(), (says & found["clears noise"]).sum(), ", ".join(repeats) or L("none", "无")),
    L(
        "{} attributes were planted to show credit quality; {} of them clear their noise. Others that clear it: {}.",
        "预埋了 {} 项能反映信用品质的信息，其中 {} 项跨过了噪声门槛。其余也跨过门槛的：{}。",
    ),
)
found[["dimension", "strength", "iv"]].round(2).sort_values("strength", key=abs, ascending=False).head(8)

# %% [markdown] id="missed" lang="en"
# Where others clear the noise, that is no mistake: time since the last late payment repeats the count of late payments, and
# debts repeat the burden. Information value judges columns one by one; only the regression sees that two say the same.

# %% [markdown] id="missed" lang="zh" en_hash="4aaf67d5"
# 其余的列跨过门槛，也并不是错：距上次逾期的时间与逾期次数说的是同一件事，负债与还款负担也是。信息值逐列评判；
# 只有回归才看得出两列说的是同一句话。

# %% [markdown] id="so_what" lang="en"
# ## So what
#
# A better score can be spent twice, but not at once: on more customers at the same bad rate, or on fewer losses with the
# same customers. Cheng Lan gets one page: the score, a cut-off, what it earns on the same applicants, and what changes if
# her assumptions are wrong.

# %% [markdown] id="so_what" lang="zh" en_hash="10ca1de5"
# ## 所以呢
#
# 更好的分数，好处只能花在一处：要么坏账率不变、多放客户，要么客户不变、少赔钱。交给程岚一页纸：用哪个分数、临界值是多少、
# 在同一批申请人身上赚多少，以及她的假设如果错了会怎样。

# %% id="decision"
chosen_cut = first_cut if own_file else level_cut
chosen, reference = list(ways.values())[-1], list(ways.values())[reference_way]


# en: what the chosen way earns more than the reference, per 1 000 applicants, and its standard error
# zh: 选定的做法比对照做法多赚多少（每 1 000 位申请人），及其标准误
def extra(terms):
    earned = earnings(terms)
    difference = np.where(chosen, earned, 0.0) - np.where(reference, earned, 0.0)
    return per_thousand(pd.Series(True, known.index), difference)


gain, gain_error = extra(terms)
mild, harsh = (extra(terms | {"lost_share": share})[0] for share in (0.45, 0.75))
lab.fact(
    "decision",
    (
        chosen_cut,
        profits.index[reference_way],
        *(
            round(each, -4)
            for each in (gain, gain - 1.645 * gain_error, gain + 1.645 * gain_error, mild, harsh)
        ),
    ),
    L(
        "Lend from {} points. Against “{}”: {:+,.0f} yuan per 1 000 applicants (90% interval {:+,.0f} to {:+,.0f}); "
        "{:+,.0f} if a bad loan loses 45%, {:+,.0f} if it loses 75%.",
        "从 {} 分起放款。与“{}”相比：每 1 000 位申请人 {:+,.0f} 元（90% 置信区间 {:+,.0f} 至 {:+,.0f} 元）；"
        "坏贷款若损失 45%，为 {:+,.0f} 元，若损失 75%，为 {:+,.0f} 元。",
    ),
)
if not own_file:
    more = profits["approved"].iloc[-2] - profits["approved"].iloc[-1]
    lab.fact(
        "price_of_customers",
        (
            more,
            profits["bad"].iloc[-2],
            profits["bad"].iloc[-1],
            round(profits["yuan"].iloc[-2] - profits["yuan"].iloc[-1], -4) + 0.0,
        ),
        L(
            "At the board's 3% the same score lets in {:+.0%} of the applicants, with {:.1%} bad instead of {:.1%}; "
            "per 1 000 applicants that means {:+,.0f} yuan.",
            "如果按行里允许的 3% 放，同一个分数放进的申请人变动 {:+.0%}，坏账率是 {:.1%} 而不是 {:.1%}；每 1 000 位申请人 {:+,.0f} 元。",
        ),
    )

# %% [markdown] id="promise_text" lang="en"
# Is that promise kept? The interval covers chance in these loans. It does not cover that the cut-offs were chosen on them,
# nor that a handful of test loans stand for a crowd. Both flatter, so expect less. The answer key knows what the
# applicants of June to September would have brought:

# %% [markdown] id="promise_text" lang="zh" en_hash="8d636476"
# 这个承诺兑现得了吗？置信区间只覆盖了这批贷款的偶然性，没有覆盖两件事：临界值就是在它们身上选出来的；寥寥几笔测试贷款代表着一大群人。
# 两者都会让数字好看，所以实际要打折扣。答案键知道 6 月至 9 月的申请人本来会带来多少：

# %% id="promise"
everyone = applicants.merge(planted, on="application_id")
risk, lent = everyone["probability_of_default"], everyone["amount_fen"] / 100
expected = (1 - risk) * lent * (everyone["term_months"] + 1) / 24 * terms["margin"] - risk * lent * terms[
    "lost_share"
]
by_second = everyone["second"] >= level_cut
by_rules = everyone["rule_broken"].isna()
true_gain = (
    1_000 * (by_second.astype(int) - by_rules.astype(int)).mul(expected - terms["handling_yuan"]).mean()
)
lab.fact(
    "promise",
    (round(gain, -4), round(true_gain, -4), risk[by_second].mean(), risk[by_rules].mean()),
    L(
        "Promised: {:+,.0f} yuan per 1 000 applicants. True: {:+,.0f}, with {:.1%} bad where the old rules have {:.1%}.",
        "承诺：每 1 000 位申请人 {:+,.0f} 元。真实：{:+,.0f} 元，坏账率 {:.1%}，而旧规则是 {:.1%}。",
    ),
)

# %% [markdown] id="care" lang="en"
# Before the first letter goes out:
#
# * **Law.** A person may ask how an automated decision came about and may refuse to have it made by a machine alone
#   (Personal Information Protection Law, article 24). Points and reasons on paper are the answer; keep a clerk to appeal to.
# * **Consent.** Alternative data were given to a wallet and a phone company. Who agreed that the bank may read them, and for
#   this? Credit data come from licensed agencies only; ask the lawyers before the engineers.
# * **Trust.** Leave out what you would not put in the letter: friends' debts, night-time shopping. Measure what that costs
#   in Gini; it is a price, not a reason.
# * **Keep learning.** Go on drawing the test slice. Without it, next year's score learns only from this year's approvals.

# %% [markdown] id="care" lang="zh" en_hash="bef9026f"
# 第一封函件寄出之前：
#
# * **法律。** 个人有权要求说明自动化决策是怎么作出的，也有权拒绝仅由机器作出的决定（《个人信息保护法》第 24 条）。
#   写在纸上的分数和理由就是回答；还要留一位可以申诉的工作人员。
# * **同意。** 替代数据是客户交给钱包和电信公司的。谁同意过银行来读、而且用在贷款上？信用信息只能来自持牌机构；先问法务，再找工程师。
# * **信任。** 不愿写进函件的列就不要用：朋友的欠款、深夜的消费。去掉它们基尼系数会降多少，请量出来；那是代价，不是理由。
# * **继续学习。** 随机测试样本要一直抽下去。没有它，明年的评分只能从今年获批的人身上学。

# %% [markdown] id="own" lang="en"
# ## On your own data
#
# One row per loan with a known outcome; a column `defaulted` (1 bad, 0 good); whatever attributes you have: numbers,
# categories, gaps. With `applied_on` the lab splits by date and shows PSI, otherwise at random. From 1 000 to 150 000 rows.
# The label may have any name, and so may money: `amount_fen` is read as yuan from any column that does not say fen.
#
# ```
# labkit run 2.12 --data credit_applications=my_loans.csv --map defaulted=SeriousDlqin2yrs
# ```
#
# or set `data = {"credit_applications": "my_loans.csv"}` and `columns = {"defaulted": "SeriousDlqin2yrs"}` at the top.
# Take out first what was written after the decision: collections, restructured limits, today's balance.

# %% [markdown] id="own" lang="zh" en_hash="aaef8ec7"
# ## 用你自己的数据
#
# 每笔已知结果的贷款一行；一列 `defaulted`（1 为坏，0 为好）；其余信息随意：数值、类别、缺失都可以。
# 如果有 `applied_on`，就按日期切分并计算 PSI，否则随机切分。1 000 到 150 000 行都可以。
# 标签列可以叫任何名字，金额列也一样：`amount_fen` 对应的列，只要列名没写明是“分”，就按元读取。
#
# ```
# labkit run 2.12 --data credit_applications=my_loans.csv --map defaulted=SeriousDlqin2yrs
# ```
#
# 也可以在顶部设置 `data = {"credit_applications": "my_loans.csv"}` 和 `columns = {"defaulted": "SeriousDlqin2yrs"}`。
# 请先去掉决定之后才写下的列：催收记录、调整后的额度、今天的余额。

# %% [markdown] id="quiz" lang="en"
# ## Three questions
#
# Click an option, or answer with `lab.answer("flattering", "A")`.

# %% [markdown] id="quiz" lang="zh" en_hash="957045c2"
# ## 三道测验题
#
# 点击选项作答，也可以用 `lab.answer("flattering", "A")`。

# %% id="quiz_flattering"
lab.quiz("flattering")

# %% id="quiz_small_branch"
lab.quiz("small_branch")

# %% id="quiz_alarm"
lab.quiz("alarm")

# %% id="progress"
lab.progress()

# %% [markdown] id="say_end" lang="en" tags=["instructor"]
# **1 min, with truth, so what and the show of hands.** Ask: "What would a Gini of 0.95 on bureau data make you suspect?" *Most of
# the room* would celebrate. It is a leak. Quiz at home; never skip the four points before the first letter.

# %% [markdown] id="say_end" lang="zh" en_hash="225fee09" tags=["instructor"]
# **1 分钟，含真相、“所以呢”和举手复盘。** 问：“只用征信数据，基尼系数却有 0.95，你会怀疑什么？”*多数人*会庆祝。
# 其实是信息泄漏。测验留作课后；寄出函件前的四点绝不能省。
