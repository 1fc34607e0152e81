# ---
# id: "1.1"
# name: precision_marketing
# title: {en: "What a targeted offer is worth", zh: "精确营销值多少钱"}
# minutes: 30
# core: true
# outline: ["一.1", "一.2", "一.3.3", "一.3【淘宝支付宝】"]
# tables: [customers, wallet_behaviour, pilot_responses]
# prerequisites: []
# ---

# %% [markdown] id="question" lang="en"
# # What a targeted offer is worth
#
# **The pilot is over. Whom should the bank offer its money-market fund to: everybody, or whom?**
#
# *30 minutes.* You will **compute** what a blanket campaign earns, **rank** customers by what their payments say about
# them, and **decide** where the list ends, in yuan. You need: pandas at the level of filtering rows and `groupby`.

# %% [markdown] id="question" lang="zh" en_hash="df3622d4"
# # 精确营销值多少钱
#
# **试点结束了。货币基金该推荐给谁：所有人，还是一部分人？**
#
# *30 分钟。* 你将**算出**群发一次能赚多少，用支付行为给客户**排序**，再用“元”来**决定**名单到哪里为止。
# 预备知识：会用 pandas 筛选行和 `groupby` 即可。

# %% [markdown] id="situation" lang="en"
# ## The situation
#
# In June 2013 Alipay let its users move the change in their wallets into a money-market fund, Yu'E Bao, and within a
# year it was China's largest fund. What told Alipay whom to ask was not age or postcode: it saw how people pay.
#
# Lighthouse Bank now has a fund like that, and wallet data of its own. In September 2025 it offered the fund to customers
# **drawn by lot**. It is November; Zhao Qing, who runs retail wealth, has money for one more round. Her deputy wants to
# write to all remaining customers: "it costs almost nothing". Every contact, with its welcome gift, costs five yuan. Who
# is asked and does not want the fund is annoyed as well. She wants your list, and your number, by Friday.

# %% [markdown] id="situation" lang="zh" en_hash="ef21e872"
# ## 业务场景
#
# 2013 年 6 月，支付宝让用户把钱包里的零钱转入一只货币基金“余额宝”，不到一年它就成了中国规模最大的基金。
# 支付宝知道该问谁，靠的不是年龄和邮编，而是看得见人们怎样付钱。
#
# 灯塔银行如今也有这样一只基金，也有自己的钱包数据。2025 年 9 月，银行向**随机抽取**的客户推荐了它。现在是 11 月，
# 零售财富部主管赵晴的预算还够再做一轮。她的副手想给其余客户全部发一遍：“反正几乎不花钱。”可是每次接触连同见面礼要五元，
# 而且不想要的人被问了还会烦。她要你在周五之前交出名单，以及一个数字。

# %% [markdown] id="say_situation" lang="en" tags=["instructor"]
# **3 min.** Ask: "You may ask one customer in ten. Which one thing would you want to know of a customer?" Collect age, income,
# balance … on the board; tick at the end. *Most of the room* names demographics, because that is what forms ask for.

# %% [markdown] id="say_situation" lang="zh" en_hash="d27f2ee9" tags=["instructor"]
# **3 分钟。** 问全班：“十个客户里只能问一个，你最想知道他的哪一件事？”把年龄、收入、余额……写在白板上，最后回来打勾。
# *多数人*说的都是基本属性，因为开户表上填的就是这些。

# %% id="start" tags=["parameters"]
scale = "lab"
seed = 2026
data = {}
columns = {}

# %% id="open"
import labkit
from labkit import L

lab = labkit.start("1.1", language=L("en", "zh"), scale=scale, seed=seed, data=data, columns=columns)

# %% [markdown] id="data" lang="en"
# ## The data
#
# `pilot_responses`: one row is one customer who was asked, and whether they bought within thirty days. `wallet_behaviour`: one
# row is one customer's payments from March to August, **before** the first offer. `customers`: what the account form says.
# Nothing that happened after the offer may help to predict the answer to it.

# %% [markdown] id="data" lang="zh" en_hash="892892a6"
# ## 数据
#
# `pilot_responses`：一行是一位被问到的客户，以及三十天内是否购买。`wallet_behaviour`：一行是一位客户 3 月至 8 月的支付行为，
# 都在首次推荐**之前**。`customers`：开户表上填的内容。推荐之后才发生的事，一概不能用来预测对推荐的反应。

# %% id="read"
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd

from labkit.charts import BLUE, GREY, ORANGE, RED, SKY

pilot = lab.data("pilot_responses")
wallet = lab.data("wallet_behaviour")
pilot["responded"] = pilot["responded"].astype(bool)
contact_yuan = 5.0
lab.fact(
    "pilot",
    (len(pilot), pilot["responded"].sum(), pilot["responded"].mean()),
    L("{:,} customers were asked, {:,} bought: {:.1%}.", "问了 {:,} 位客户，{:,} 位购买，占 {:.1%}。"),
)

# %% id="first_look"
if "fund_views_6m" in wallet and not lab.own_tables:
    looked = pilot.merge(wallet, on="customer_id")
    looked = looked.merge(lab.data("customers", ["customer_id", "birth_year"]), on="customer_id")
    decade = (2025 - looked["birth_year"]).clip(20, 69) // 10 * 10
    visits = looked["fund_views_6m"].clip(upper=4)
    by_age = 100 * looked.groupby(decade)["responded"].mean()
    by_visits = 100 * looked.groupby(visits)["responded"].mean()
    times = by_visits.iloc[-1] / by_visits.iloc[0]

    figure, (left, right) = plt.subplots(1, 2, figsize=(8.4, 3.5), sharey=True, layout="constrained")
    left.bar([f"{age}–{age + 9}" for age in by_age.index], by_age, color=GREY)
    left.set(xlabel=L("Age", "年龄"), ylabel=L("Bought, %", "购买率（%）"))
    names = [*by_visits.index[:-1].astype(str), L("4 or more", "4 次及以上")]
    bars = right.bar(names, by_visits, color=np.where(by_visits.index >= 4, RED, BLUE))
    right.bar_label(bars, fmt="%.0f%%", padding=3)
    right.margins(y=0.12)
    right.set_xlabel(L("Visits to pages on savings, in half a year", "半年内浏览储蓄基金页面次数"))
    figure.suptitle(
        L(
            f"Who looked four times buys {times:.0f} times as often as who never looked",
            f"看过四次以上的人，购买率是从没看过的人的 {times:.0f} 倍",
        ),
        x=0.01,
        ha="left",
        fontweight="bold",
    )
    lab.show(
        figure,
        L(
            f"Two bar charts: share buying by age, {by_age.min():.0f} to {by_age.max():.0f} percent, and by visits to pages on "
            f"savings, {by_visits.iloc[0]:.0f} to {by_visits.iloc[-1]:.0f} percent.",
            f"两张条形图：按年龄的购买率为 {by_age.min():.0f}% 至 {by_age.max():.0f}%；按浏览储蓄基金页面次数的购买率为 "
            f"{by_visits.iloc[0]:.0f}% 至 {by_visits.iloc[-1]:.0f}%。",
        ),
    )

# %% [markdown] id="turn_blanket" lang="en"
# ### Your turn: what the pilot earned
#
# A pilot drawn by lot is a blanket campaign in small. What did it earn the bank? `margin_fen` is what a purchase leaves in a
# year, in fen; every customer who was asked cost `contact_yuan`.

# %% [markdown] id="turn_blanket" lang="zh" en_hash="fc7f2781"
# ### 轮到你了：试点赚了多少
#
# 随机抽取的试点，就是一次缩小版的群发。它替银行赚了多少？`margin_fen` 是一笔购买一年留下的毛利，单位是分；
# 每问一位客户，花 `contact_yuan` 元。

# %% id="margins"
# en: a file from work may not say what a purchase is worth: then 100 yuan stand in
# zh: 自带文件可能没写一笔购买值多少：那就先按 100 元算
if "margin_fen" not in pilot:
    pilot["margin_fen"] = np.where(pilot["responded"], 10_000, 0)

# %% id="blanket_profit" exercise="blanket_profit"
# en: yuan that asking all customers of the pilot earned, after the cost of asking
# zh: 询问试点中全部客户所赚的钱（元），扣除接触成本
blanket_profit = pilot["margin_fen"].sum() / 100 - contact_yuan * len(pilot)  # SOLUTION

# %% id="check_blanket_profit"
lab.check("blanket_profit")

# %% [markdown] id="features" lang="en"
# ## Two views of the same customer
#
# What the form knows: age, sex, size of the city, declared income (missing on old files: a fact in itself, so it gets a column). What the
# wallet knows: how much, how often, when, and what was looked at. Counts and amounts have long tails; their
# logarithm `log(1 + x)` lets a tenth visit count less than the first. The model is the plainest that gives probabilities, logistic
# regression (Hosmer, Lemeshow and Sturdivant, *Applied Logistic Regression*, 2013).

# %% [markdown] id="features" lang="zh" en_hash="fb2c86f8"
# ## 同一位客户的两张面孔
#
# 开户表知道的：年龄、性别、城市级别、申报收入（老档案里缺失；缺失本身也是信息，单列一列）。钱包知道的：多少、多频繁、什么时候、看过什么。
# 次数和金额都拖着长尾，取对数 `log(1 + x)`，第十次浏览就不会和第一次一样重。
# 模型用能给出概率的最朴素的一种：逻辑回归（Hosmer、Lemeshow 与 Sturdivant，*Applied Logistic Regression*，2013）。


# %% id="as_numbers"
# en: every column that a model could use, as numbers without gaps
# zh: 模型可用的所有列，变成没有空缺的数字
def as_numbers(table):
    numbers = table.select_dtypes(["number", "bool", "boolean"]).astype("float64")
    words = table.select_dtypes(["category", "object", "string"])
    words = words.loc[:, words.nunique().between(2, 20)]
    # en: positive columns that reach beyond 1 are counts or amounts
    # zh: 非负且超过 1 的列，是次数或金额
    long_tails = numbers.columns[(numbers.min() >= 0) & (numbers.max() > 1)]
    gaps = numbers.loc[:, numbers.isna().any()].isna().add_suffix("=missing")
    numbers[long_tails] = np.log1p(numbers[long_tails])
    dummies = pd.get_dummies(words, prefix_sep="=") if words.shape[1] else words
    return pd.concat([numbers.fillna(0.0), gaps, dummies], axis=1).astype("float64")


# %% id="views"
asked = wallet[wallet["customer_id"].isin(pilot["customer_id"])].set_index("customer_id")
rest = wallet[~wallet["customer_id"].isin(pilot["customer_id"])].set_index("customer_id")
pilot = pilot.drop_duplicates("customer_id").set_index("customer_id").loc[asked.index]
bought = pilot["responded"].to_numpy()
known_later = [column for column in wallet if column in pilot]
behaviour = as_numbers(wallet.set_index("customer_id").drop(columns=known_later))

# %% id="too_good"
# en: a column that gives the answer away alone was written down after it
# zh: 单凭一列就能说出答案，这一列必是事后才写下的
from sklearn.metrics import roc_auc_score

alone = behaviour.loc[asked.index].apply(lambda column: abs(roc_auc_score(bought, column) - 0.5) + 0.5)
too_good = sorted(alone.index[alone > 0.98])
behaviour = behaviour.drop(columns=too_good)
if too_good:
    lab.fact(
        "too_good",
        ", ".join(too_good),
        L("Left out, because they know the answer: {}.", "因为早已知道答案而剔除的列：{}。"),
    )

# %% id="demographics"
features = {L("wallet", "钱包"): behaviour}
if not lab.own_tables:
    form = lab.data("customers").set_index("customer_id").loc[behaviour.index]
    age = 2025 - form["birth_year"]
    demographics = as_numbers(form[["sex", "city_tier", "declared_income_fen"]]).assign(age=age, age_2=age**2)
    features = {L("account form", "开户表"): demographics} | features

# %% [markdown] id="out_of_sample" lang="en"
# ## Judge on customers the model has not seen
#
# A model that is judged on the customers it learned from praises itself. So we cut the pilot into five parts, and each
# customer gets a score from a model that learned from the other four. (The offer went out within one month to people drawn by
# lot, so parts drawn by lot are fair; where campaigns repeat, learn from the earlier and judge on the later.)

# %% [markdown] id="out_of_sample" lang="zh" en_hash="9e73abc5"
# ## 用模型没见过的客户来评判
#
# 拿学过的客户来评判，模型只会自夸。所以把试点客户分成五份，每位客户的分数都来自只学过另外四份的模型。
# （推荐是在一个月内向随机抽取的人发出的，随机分份是公平的；如果活动一期接一期，就要用早期的学习、用晚期的评判。）

# %% id="score"
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

model = make_pipeline(StandardScaler(), LogisticRegression(C=0.1, max_iter=1_000))
parts = StratifiedKFold(5, shuffle=True, random_state=0)
scores = {
    view: cross_val_predict(model, table.loc[asked.index], bought, cv=parts, method="predict_proba")[:, 1]
    for view, table in features.items()
}
margin_yuan = pilot.loc[bought, "margin_fen"].mean() / 100
scored = pd.DataFrame({"score": list(scores.values())[-1], "responded": bought}, index=asked.index)

# %% [markdown] id="turn_gains" lang="en"
# ### Your turn: the gains table
#
# Every campaign desk has this table on the wall. Sort by score, cut into ten equal parts, the best first. For each **decile**: how
# many responded; **lift**, its response rate over that of everybody; and **gain**, the share of *all* responders that
# you have reached once you have asked this decile and those above it.

# %% [markdown] id="turn_gains" lang="zh" en_hash="c07af9a7"
# ### 轮到你了：增益表
#
# 每个营销部门墙上都有这张表。按分数排序，切成十等份，最好的在前。对每一**十分位**：响应了多少人；
# **提升度**，即该份响应率除以全体响应率；**累计增益**，即问完这一份和它上面各份之后，已触达*全部*响应者的比例。


# %% id="gains_table" exercise="gains_table"
# en: from a table with `score` and `responded`: a table with the index 1 (best) to 10 and the columns responders, lift, gain
# zh: 输入含 `score` 和 `responded` 两列的表，返回以 1（最好）到 10 为索引、含 responders、lift、gain 三列的表
def gains_table(scored):
    # BEGIN SOLUTION
    place = scored["score"].rank(ascending=False, method="first")
    decile = np.ceil(10 * place / len(scored)).astype(int)
    by_decile = scored["responded"].groupby(decile).agg(["sum", "mean"])
    return pd.DataFrame(
        {
            "responders": by_decile["sum"],
            "lift": by_decile["mean"] / scored["responded"].mean(),
            "gain": by_decile["sum"].cumsum() / scored["responded"].sum(),
        }
    )
    # END SOLUTION


# %% id="check_gains_table"
lab.check("gains_table")

# %% [markdown] id="say_gains" lang="en" tags=["instructor"]
# **9 min, of which 6 for the two exercises.** Have somebody read one row of the table aloud as a sentence. *Most of the room*
# mixes up lift (of one decile) and gain (of all so far). Short of time (saves 2 min): give the deciles, let them write lift and gain.

# %% [markdown] id="say_gains" lang="zh" en_hash="66797ccb" tags=["instructor"]
# **9 分钟，其中两道练习 6 分钟。** 请一位学员把表里的一行念成一句话。*多数人*会把提升度（只看这一份）和累计增益（截至目前全部）弄混。
# 时间不够时（省 2 分钟）：直接给出十分位，只让他们写提升度和累计增益。

# %% [markdown] id="curves" lang="en"
# The same for every length of the list, and for both views of the customer.

# %% [markdown] id="curves" lang="zh" en_hash="2e77e7c8"
# 对每一种名单长度、对客户的两张面孔，各画一遍。

# %% id="gains_figure"
share_asked = np.arange(1, len(bought) + 1) / len(bought)
gains = {view: bought[np.argsort(-score)].cumsum() / bought.sum() for view, score in scores.items()}
third = round(0.3 * len(bought)) - 1
colours = dict(zip(reversed(gains), (BLUE, ORANGE), strict=False))

figure, axes = plt.subplots(figsize=(7.4, 3.9))
axes.plot([0, 100], [0, 100], color=GREY, linewidth=1.2)
axes.text(62, 55, L("in random order", "随机顺序"), color=GREY)
for view, gain in gains.items():
    axes.plot(100 * share_asked, 100 * gain, color=colours[view])
    axes.annotate(
        L(f"{view}: {gain[third]:.0%}", f"{view}：{gain[third]:.0%}"),
        (30, 100 * gain[third]),
        xytext=(8, -13) if view == list(gains)[-1] else (24, -34),
        textcoords="offset points",
        color=colours[view],
    )
    axes.plot(30, 100 * gain[third], "o", color=colours[view])
axes.set(
    xlabel=L("Customers asked, best first, % of the pilot", "按分数从高到低询问的客户占比（%）"),
    ylabel=L("Buyers reached, %", "触达的购买者占比（%）"),
)
best_gain = list(gains.values())[-1][third]
axes.set_title(
    L(
        f"Three in ten customers hold {best_gain:.0%} of the buyers, if you know how they pay",
        f"知道客户怎样付钱，问三成的人就能找到 {best_gain:.0%} 的购买者",
    )
)
lab.show(
    figure,
    L(
        f"Cumulative gains on customers the models have not seen: the best three tenths hold {best_gain:.0%} of the buyers.",
        f"模型没见过的客户上的累计增益曲线：分数最高的三成客户包含 {best_gain:.0%} 的购买者。",
    ),
)

# %% [markdown] id="turn_cutoff" lang="en"
# ### Your turn: where the list ends
#
# One more name costs `contact_yuan`, and brings `margin_yuan` **if** that person buys. From which predicted probability on is a
# name worth asking? (Do not read it off the profit curve of the pilot: its highest point is where chance was kindest.)

# %% [markdown] id="turn_cutoff" lang="zh" en_hash="0c2d666e"
# ### 轮到你了：名单到哪里为止
#
# 多问一个人，花 `contact_yuan` 元；**如果**他购买，带来 `margin_yuan` 元。预测概率高到多少，才值得问？
# （别从试点的利润曲线上找最高点：那里只是运气最好的地方。）

# %% id="best_cutoff" exercise="best_cutoff"
# en: the predicted probability from which on a contact pays
# zh: 接触开始划算的预测概率
best_cutoff = contact_yuan / margin_yuan  # SOLUTION

# %% id="check_best_cutoff"
lab.check("best_cutoff")

# %% id="profit_curves"
cutoff = contact_yuan / margin_yuan
n_asked = np.arange(1, len(bought) + 1)


# %% id="profit_curve"
# en: yuan from asking the first one, two, three … customers of the list, by the margins that were really earned
# zh: 依次询问名单上前一位、前两位、前三位……客户，按真实毛利计算的利润（元）
def profit_curve(score, contact_yuan):
    earned = pilot["margin_fen"].to_numpy()[np.argsort(-score)].cumsum() / 100
    return earned - contact_yuan * n_asked


profits = {view: profit_curve(score, contact_yuan) for view, score in scores.items()}
ends = {view: int((score >= cutoff).sum()) for view, score in scores.items()}
targeted = {view: profits[view][ends[view] - 1] if ends[view] else 0.0 for view in scores}
view = list(scores)[-1]
everybody = profits[view][-1]

# %% id="profit_figure"
figure, axes = plt.subplots(figsize=(7.6, 4.0))
axes.axhline(0, color="black", linewidth=1)
for name, profit in profits.items():
    axes.plot(100 * share_asked, profit / 1000, color=colours[name])
    axes.plot(100 * ends[name] / len(bought), targeted[name] / 1000, "o", color=colours[name], zorder=3)
    axes.annotate(
        L(f"{name}: {targeted[name]:,.0f} yuan", f"{name}：{targeted[name]:,.0f} 元"),
        (100 * ends[name] / len(bought), targeted[name] / 1000),
        xytext=(9, 5) if name == view else (-8, -24),
        textcoords="offset points",
        color=colours[name],
    )
axes.plot(100, everybody / 1000, "o", color=RED, clip_on=False, zorder=3)
axes.annotate(
    L(f"everybody: {everybody:,.0f} yuan", f"所有人：{everybody:,.0f} 元"),
    (100, everybody / 1000),
    xytext=(-10, -3),
    textcoords="offset points",
    ha="right",
    va="top",
    color=RED,
)
axes.margins(y=0.14)
axes.set(
    xlabel=L("Customers asked, best first, % of the pilot", "按分数从高到低询问的客户占比（%）"),
    ylabel=L("Profit, thousand yuan", "利润（千元）"),
)
axes.set_title(
    L(
        f"Asking the right {ends[view] / len(bought):.0%} earns {targeted[view] - everybody:,.0f} yuan more than asking all",
        f"只问对的那 {ends[view] / len(bought):.0%}，比全问一遍多赚 {targeted[view] - everybody:,.0f} 元",
    )
)
lab.show(
    figure,
    L(
        f"Profit against the share of customers asked; at the cut-off {targeted[view]:,.0f} yuan, for everybody {everybody:,.0f}.",
        f"利润随询问占比的变化；在截断点为 {targeted[view]:,.0f} 元，全问一遍为 {everybody:,.0f} 元。",
    ),
)

# %% [markdown] id="turn_costs" lang="en"
# ### Your turn: when a contact gets dearer
#
# Next year the gift may go, or calls may replace messages. The list has to move with the price. Write the profit for any cost
# of a contact; the margin of a buyer is given.

# %% [markdown] id="turn_costs" lang="zh" en_hash="8ed26db5"
# ### 轮到你了：接触变贵的时候
#
# 明年也许没有见面礼了，也许要用电话代替短信。价格变了，名单也要跟着动。请写出任意接触成本下的利润；每位购买者的毛利是给定的。


# %% id="profit_at_cost" exercise="profit_at_cost"
# en: `scored` has `score` and `responded`; yuan earned when everybody is asked whose score is worth it at this cost
# zh: `scored` 含 `score` 和 `responded` 两列；返回在该成本下只问值得问的人所赚的元
def profit_at_cost(scored, contact_yuan, margin_yuan):
    # BEGIN SOLUTION
    worth_it = scored[scored["score"] >= contact_yuan / margin_yuan]
    return worth_it["responded"].sum() * margin_yuan - contact_yuan * len(worth_it)
    # END SOLUTION


# %% id="check_profit_at_cost"
lab.check("profit_at_cost")

# %% [markdown] id="say_profit" lang="en" tags=["instructor"]
# **8 min, of which 5 for the two exercises.** Before the profit figure, let the room vote where the curve peaks: at 10%, 30% or 60%.
# *Most of the room* takes one half as the cut-off, because classes teach "predict yes above one half". Short of time (saves 2 min): do
# the cost exercise on the panel.

# %% [markdown] id="say_profit" lang="zh" en_hash="89d36897" tags=["instructor"]
# **8 分钟，其中两道练习 5 分钟。** 展示利润图之前，让全班投票：曲线在 10%、30% 还是 60% 处最高？*多数人*会拿二分之一当截断点，
# 因为课堂上教的是“超过一半就判为是”。时间不够时（省 2 分钟）：成本那道练习用面板演示。

# %% [markdown] id="turn_worth" lang="en"
# ### Your turn: what are the data worth?
#
# "Data are an asset" is said easily. Here it has a price. Zhao Qing could make a list from the account form alone. What is the
# **most** she should pay *per customer and campaign* for knowing the wallet, before she is better off with the form?

# %% [markdown] id="turn_worth" lang="zh" en_hash="f3fe4f4f"
# ### 轮到你了：数据值多少钱？
#
# “数据是资产”说起来容易，这里可以标价。赵晴也可以只凭开户表出名单。那么*每位客户、每次活动*，她**最多**该为了解钱包付多少元，
# 再多就不如只用开户表？


# %% id="data_worth" exercise="data_worth"
# en: yuan per customer; profits of both lists in yuan, names on the wallet's list, customers who could have been asked
# zh: 每位客户多少元；参数依次为两份名单的利润（元）、钱包名单上的人数、可供选择的客户数
def data_worth(profit_with_wallet, profit_with_form, on_the_list, customers):
    # BEGIN SOLUTION
    return max(profit_with_wallet - profit_with_form, 0) / customers
    # END SOLUTION


# %% id="check_data_worth"
lab.check("data_worth")

# %% id="worth"
profit_with_form = targeted[next(iter(targeted))] if len(targeted) > 1 else 0.0
worth_of_wallet = data_worth(targeted[view], profit_with_form, ends[view], len(pilot))
lab.fact(
    "data_worth",
    worth_of_wallet,
    L(
        "Knowing how a customer pays is worth {:.1f} yuan per customer and campaign.",
        "了解一位客户怎样付钱，每次活动值 {:.1f} 元。",
    ),
)

# %% [markdown] id="panel" lang="en"
# ## Turn the knob
#
# Two questions that only playing answers: **1.** From which cost of a contact on does asking everybody lose money, and how much does the
# targeted list still earn there? **2.** With a margin twice as high, does the list get longer or only richer?

# %% [markdown] id="panel" lang="zh" en_hash="f547386e"
# ## 转一转旋钮
#
# 有两个问题，只有动手才能回答：**1.** 接触成本高到多少，群发开始亏钱？这时精确名单还赚多少？
# **2.** 毛利翻一倍，名单是变长了，还是只是更赚钱？

# %% id="play"
from labkit.live import Slider


def draw(cost, margin_percent):
    margin = margin_percent / 100 * margin_yuan
    order = np.argsort(-scored["score"].to_numpy())
    curve = margin * scored["responded"].to_numpy()[order].cumsum() - cost * n_asked
    end = int((scored["score"] >= cost / margin).sum())
    at_end = curve[end - 1] if end else 0.0
    figure, axes = plt.subplots(figsize=(7.2, 3.5))
    axes.axhline(0, color="black", linewidth=1)
    axes.plot(100 * share_asked, curve / 1000, color=BLUE)
    axes.plot(100 * end / len(curve), at_end / 1000, "o", color=RED)
    axes.axvspan(0, 100 * end / len(curve), color=SKY, alpha=0.15)
    axes.set(
        xlabel=L("Customers asked, best first, %", "按分数从高到低询问的客户占比（%）"),
        ylabel=L("Profit, thousand yuan", "利润（千元）"),
        xlim=(0, 100),
    )
    axes.set_title(
        L(
            f"Ask {end / len(curve):.0%}: {at_end:,.0f} yuan. Everybody: {curve[-1]:,.0f} yuan",
            f"问 {end / len(curve):.0%}：{at_end:,.0f} 元；全问：{curve[-1]:,.0f} 元",
        )
    )
    sentence = L(
        f"At {cost:g} yuan a contact and {margin:,.0f} yuan a buyer, names above {cost / margin:.1%} are worth asking: "
        f"{end / len(curve):.0%} of the pilot, {at_end:,.0f} yuan. Asking everybody: {curve[-1]:,.0f} yuan.",
        f"每次接触 {cost:g} 元、每位购买者毛利 {margin:,.0f} 元时，概率超过 {cost / margin:.1%} 才值得问："
        f"占试点的 {end / len(curve):.0%}，赚 {at_end:,.0f} 元；全问一遍：{curve[-1]:,.0f} 元。",
    )
    return figure, sentence


lab.panel(
    draw,
    cost=Slider(L("Cost of a contact, yuan", "每次接触成本（元）"), 1, 20, 1, 5),
    margin_percent=Slider(L("Margin, % of the pilot's", "毛利（占试点的 %）"), 25, 400, 25, 100),
)

# %% [markdown] id="say_panel" lang="en" tags=["instructor"]
# **5 min, with the worth of data.** Move the cost to 20 and back. Ask: "What would you rather halve, the cost or the ignorance?"
# *Most of the room* expects the list to shrink evenly; it loses the marginal names first, which earned nothing anyway.

# %% [markdown] id="say_panel" lang="zh" en_hash="989d8071" tags=["instructor"]
# **5 分钟，含数据价值。** 把成本拨到 20 再拨回来。问：“成本和无知，你更愿意砍掉哪一半？”
# *多数人*以为名单会均匀缩短；其实先掉的是边上的名字，它们本来就不赚钱。

# %% [markdown] id="list" lang="en"
# ## The list for the second round
#
# Learn from the whole pilot, score everybody who was not asked yet, keep the names above the cut-off.

# %% [markdown] id="list" lang="zh" en_hash="ec251217"
# ## 第二轮名单
#
# 用整个试点来学习，给还没问过的每位客户打分，留下超过截断点的名字。

# %% id="second_round"
final = {name: model.fit(table.loc[asked.index], bought) for name, table in list(features.items())[-1:]}[view]
probability = pd.Series(
    final.predict_proba(behaviour.loc[rest.index])[:, 1] if len(rest) else [], rest.index, dtype="float64"
)
second_list = probability[probability >= cutoff].sort_values(ascending=False)
weights = pd.Series(final[-1].coef_[0], behaviour.columns).sort_values(key=abs, ascending=False)

# %% id="second_figure"
strongest = weights.head(8)[::-1]
figure, axes = plt.subplots(figsize=(7.2, 3.6))
bars = axes.barh(strongest.index, strongest, color=np.where(strongest > 0, BLUE, RED))
axes.axvline(0, color="black", linewidth=1)
axes.bar_label(bars, fmt="%+.1f", padding=4)
axes.margins(x=0.14)
axes.grid(visible=False)
axes.set_xlabel(L("Change of the log-odds per standard deviation", "每变动一个标准差，对数几率的变化"))
axes.set_title(L(f"{weights.index[0]} says most about who buys", f"最能说明谁会买的一列：{weights.index[0]}"))
lab.show(
    figure,
    L(
        f"Bars: the eight largest weights of the model, led by {weights.index[0]}.",
        f"条形图：模型中最大的八个权重，最大的是 {weights.index[0]}。",
    ),
)

# %% [markdown] id="truth" lang="en"
# ## The truth
#
# Lighthouse Bank is a synthetic world, so this once we may look. Six columns of the wallet were planted as causes, the rest are
# company. And every remaining customer has a true probability and a true margin: what would somebody have earned who
# knew both, the **oracle**?

# %% [markdown] id="truth" lang="zh" en_hash="7581779e"
# ## 真相
#
# 灯塔银行是个虚拟世界，这一次可以揭开底牌。钱包里有六列是预埋的成因，其余都是陪衬。
# 每位剩下的客户都有真实的概率和真实的毛利：假如有人两样都知道（我们叫他**先知**），能赚多少？

# %% id="planted"
planted = lab.truth("pilot_effects")

# %% id="found"
found = planted[["column", "log_odds"]].assign(
    found=weights.reindex(planted["column"]).to_numpy(),
    place=weights.abs().rank(ascending=False).reindex(planted["column"]).to_numpy(),
)
right_side = int((np.sign(found["found"]) == np.sign(found["log_odds"])).sum())
lab.fact(
    "causes",
    (len(found), right_side, int((found["place"] <= len(found)).sum())),
    L(
        "Of {} planted causes, {} have the right sign and {} stand among the six largest weights.",
        "{} 个预埋成因中，{} 个方向正确，{} 个排在权重最大的六列之内。",
    ),
)

# %% id="truth_of_rest"
truth = lab.truth("pilot_truth")

# %% id="oracle"
known = truth.set_index("customer_id").loc[rest.index]
worth = known["response_probability"] * known["expected_margin_fen"] / 100 - contact_yuan
earned = {L("oracle", "先知"): worth.clip(lower=0).sum()}
for name, table in features.items():
    fitted = model.fit(table.loc[asked.index], bought)
    chosen = fitted.predict_proba(table.loc[rest.index])[:, 1] >= cutoff
    earned[name] = worth[chosen].sum()
earned[L("everybody", "所有人")] = worth.sum()
earned = pd.Series(earned).sort_values().round(-2)
of_oracle = earned / earned.max()
figure, axes = plt.subplots(figsize=(7.4, 2.9))
shades = earned.index.map({L("oracle", "先知"): GREY, L("everybody", "所有人"): RED} | colours)
bars = axes.barh(earned.index, earned / 1000, color=shades)
axes.bar_label(bars, [L(f"{v:,.0f} yuan", f"{v:,.0f} 元") for v in earned], padding=5)
axes.axvline(0, color="black", linewidth=1)
axes.margins(x=0.2)
axes.grid(visible=False)
axes.set_xlabel(
    L("Expected profit among customers not yet asked, thousand yuan", "其余客户的期望利润（千元）")
)
axes.set_title(
    L(
        f"The wallet earns {of_oracle[view]:.0%} of what was to be had",
        f"钱包数据赚到了可赚利润的 {of_oracle[view]:.0%}",
    )
)
lab.show(
    figure,
    L(
        f"Bars: expected profit in the second round by true probabilities, from {earned.min():,.0f} to {earned.max():,.0f} yuan.",
        f"条形图：按真实概率计算的第二轮期望利润，从 {earned.min():,.0f} 元到 {earned.max():,.0f} 元。",
    ),
)
above = worth > 0
lab.fact(
    "unfindable",
    (known.loc[above, "response_probability"].mean(), 1 - known.loc[above, "response_probability"].mean()),
    L(
        "Even on the oracle's list only {:.0%} buy. The other {:.0%} decline by chance: no data would have told.",
        "即使在先知的名单上，也只有 {:.0%} 的人购买；另外 {:.0%} 的人没买，纯属偶然，什么数据都说不出来。",
    ),
)

# %% [markdown] id="so_what" lang="en"
# ## So what
#
# The number for Zhao Qing, with its doubt: draw the pilot's customers again a thousand times and see what the list would have
# earned per customer; scale that to those who have not been asked (in a file where everybody was asked: to a group of the
# same size).

# %% [markdown] id="so_what" lang="zh" en_hash="cad670a7"
# ## 所以呢
#
# 给赵晴的数字，要带上把握：把试点客户重抽一千次，看名单平均每位客户赚多少，再折算到还没问过的客户（如果文件里人人都问过，就折算到同样大的一群人）。

# %% id="decision"
n_rest = len(rest) or len(pilot)
each = np.where(scored["score"] >= cutoff, pilot["margin_fen"] / 100 - contact_yuan, 0.0)
blanket = pilot["margin_fen"].to_numpy() / 100 - contact_yuan
again = lab.rng("again").integers(len(each), size=(1_000, len(each)))
low, high = np.quantile(each[again].mean(axis=1) * n_rest, [0.05, 0.95]).round(-3) + 0.0
blanket_low, blanket_high = np.quantile(blanket[again].mean(axis=1) * n_rest, [0.05, 0.95]).round(-3) + 0.0
lab.fact(
    "decision",
    (len(second_list) if len(rest) else ends[view], n_rest, round(each.mean() * n_rest, -3), low, high),
    L(
        "Ask {:,} of {:,} customers: about {:,.0f} yuan; nine times in ten between {:,.0f} and {:,.0f}.",
        "{1:,} 位客户中问 {0:,} 位：约赚 {2:,.0f} 元，十次中有九次落在 {3:,.0f} 与 {4:,.0f} 元之间。",
    ),
)
lab.fact(
    "blanket",
    (round(blanket.mean() * n_rest, -3), blanket_low, blanket_high),
    L(
        "Asking all of them: {:,.0f} yuan ({:,.0f} to {:,.0f}).",
        "全部问一遍：{:,.0f} 元（{:,.0f} 至 {:,.0f}）。",
    ),
)

# %% id="who"
if not lab.own_tables:
    older = 2025 - form.loc[rest.index, "birth_year"] >= 60
    lab.fact(
        "older",
        (older[second_list.index].mean(), older.mean()),
        L(
            "Customers over sixty: {:.0%} of the list, {:.0%} of those who could be asked.",
            "六十岁以上的客户：占名单的 {:.0%}，占可问客户的 {:.0%}。",
        ),
    )

# %% [markdown] id="care" lang="en"
# Before the first message goes out:
#
# * **Law.** Payment behaviour was collected for paying. Using it to aim offers needs the customer's consent, and every message a way to refuse offers
#   that are aimed at a person. Take those who refused off the list first.
# * **Trust.** "You visit our savings pages at night" is a sentence nobody wants to read. Use what you know to choose, not to show that you know.
# * **Fairness.** Who pays in cash leaves no trace and gets no offer. Look at the share of older customers above, and keep a branch door open.
# * **The next pilot.** Leave a tenth of the second round to the lot. Without it nobody can tell next year whether the list still sorts.

# %% [markdown] id="care" lang="zh" en_hash="ba6c40be"
# 第一条消息发出之前：
#
# * **法律。** 支付行为是为了付款而收集的；用它来定向推荐，要有客户同意，每条消息都要给出拒绝个性化推荐的办法。先把拒绝过的人从名单里去掉。
# * **信任。** “您常在夜里浏览我们的储蓄页面”，没有人愿意读到这样的话。用所知来挑选，不要用来炫耀。
# * **公平。** 习惯用现金的人没有痕迹，也就没有推荐。看看上面年长客户的占比，网点的门要为他们开着。
# * **下一次试点。** 第二轮里留一成由抽签决定。没有这一成，明年谁也说不清名单还灵不灵。

# %% [markdown] id="own" lang="en"
# ## On your own data
#
# One file is enough if each row is a customer with `customer_id`, `responded` (yes/no) and whatever was known **before** the offer:
# numbers, categories, gaps. Give it twice, once as the pilot and once as the behaviour. A second file with customers who were not
# asked yet gives you the list for the next round. `margin_fen` is optional; without it a purchase counts 100 yuan. From 1 000 to 150 000 rows run in a minute.
#
# ```
# labkit run 1.1 --data pilot_responses=campaign.csv --data wallet_behaviour=campaign.csv --map responded=bought
# ```
#
# A column that gives the answer away alone is left out, and named.

# %% [markdown] id="own" lang="zh" en_hash="4c9096b8"
# ## 用你自己的数据
#
# 一个文件就够：每行一位客户，有 `customer_id`、`responded`（是/否），以及推荐**之前**已知的任何内容，数值、类别、缺失都可以。
# 把它给两次，一次当试点，一次当行为。若另有一个文件列出还没问过的客户，就能得到下一轮名单。`margin_fen` 可有可无，没有时一笔购买按 100 元算。
# 1 000 到 150 000 行都能在一分钟内跑完。
#
# ```
# labkit run 1.1 --data pilot_responses=campaign.csv --data wallet_behaviour=campaign.csv --map responded=bought
# ```
#
# 单凭一列就能说出答案的列会被剔除，并点名。

# %% [markdown] id="quiz" lang="en"
# ## Three questions
#
# Click an option, or answer with `lab.answer("lot", "A")`.

# %% [markdown] id="quiz" lang="zh" en_hash="a40f1ffa"
# ## 三道测验题
#
# 点击选项作答，也可以用 `lab.answer("lot", "A")`。

# %% id="quiz_lot"
lab.quiz("lot")

# %% id="quiz_bottom"
lab.quiz("bottom")

# %% id="quiz_price"
lab.quiz("price")

# %% id="progress"
lab.progress()

# %% [markdown] id="say_end" lang="en" tags=["instructor"]
# **5 min, with list, truth and so what.** Tick the reasons on the board. Ask: "Why does the form earn anything at all?" (Because how
# people pay depends on age and income.) *Most of the room* believes that more data is always better; the decoys in the wallet did not
# help. Short of time (saves 2 min): the quiz goes home.

# %% [markdown] id="say_end" lang="zh" en_hash="10ba1081" tags=["instructor"]
# **5 分钟，含名单、真相与“所以呢”。** 在白板上勾出说对的理由。问：“只凭开户表为什么也能赚一点？”（因为怎样付钱与年龄、收入有关。）
# *多数人*以为数据越多越好；钱包里的陪衬列并没有帮上忙。时间不够时（省 2 分钟）：测验留作课后。
