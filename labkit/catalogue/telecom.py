"""Tables of the telecom domain: Swift Mobile, its subscribers, and who leaves.

In ``churn`` the part of a description before the colon is the column's short name, which figures use.
"""

from __future__ import annotations

from labkit.catalogue.people import CITY, GRID_CELL
from labkit.catalogue.schema import Column, Table
from labkit.language import Text

SUBSCRIBER = Text("Number of the subscriber", "用户编号")
_SEX = Text("Sex: female or male", "性别：female 女，male 男")
_CITY_TIER = Text(
    "Size of the city: tier1 (largest) to tier3, or county",
    "城市规模：tier1（一线）至 tier3（三线），county 为县域",
)
PLAN = Text(
    "Plan: classic, lite, standard, plus, family, unlimited, talk or data_max",
    "套餐：classic 经典，lite 轻享，standard 标准，plus 畅享，family 家庭，unlimited 不限量，talk 畅聊，"
    "data_max 流量王",
)
_PLAN_FEE = Text("Plan fee: what the plan costs per month", "套餐月费：套餐每月的固定费用")
_AUTOPAY = Text(
    "Automatic payment: the bill is taken from an account by itself", "自动缴费：账单自动从账户扣款"
)
_FEN, _MONTHS, _DAYS, _MINUTES = (
    Text("fen", "分"),
    Text("months", "月"),
    Text("days", "天"),
    Text("minutes", "分钟"),
)
_YEARS, _GB, _HOURS = Text("years", "岁"), Text("GB", "GB"), Text("hours", "小时")

SUBSCRIBERS = Table(
    name="subscribers",
    title=Text("Subscribers", "用户"),
    row=Text(
        "One subscriber who was a customer at some time in 2024 or 2025, as known on 2025-12-31",
        "2024 至 2025 年间曾在网的一位用户，以 2025-12-31 的状态为准",
    ),
    key=("subscriber_id",),
    columns=(
        Column("subscriber_id", "integer", SUBSCRIBER),
        Column(
            "account_id",
            "integer",
            Text(
                "Billing account; subscribers whose bills are paid together share one",
                "付费账户编号；合并付费的用户共用一个账户",
            ),
        ),
        Column("sex", "category", _SEX),
        Column("birth_year", "integer", Text("Year of birth", "出生年份")),
        Column("city", "category", CITY, refers_to="cities.city"),
        Column("city_tier", "category", _CITY_TIER),
        Column("grid_cell_id", "integer", GRID_CELL, refers_to="grid_cells.grid_cell_id"),
        Column("joined_on", "date", Text("First day as a subscriber", "入网日期")),
        Column(
            "left_on",
            "date",
            Text(
                "Day of leaving; missing for those still active on 2025-12-31",
                "离网日期；2025-12-31 仍在网的为空",
            ),
            nullable=True,
        ),
        Column("plan", "category", PLAN, refers_to="tariffs.plan"),
        Column("plan_fee_fen", "money", _PLAN_FEE, unit=_FEN),
        Column(
            "contract_months",
            "integer",
            Text(
                "Length of a contract term, 12 or 24; it renews by itself. 0: no contract",
                "合约期长度，12 或 24 个月，到期自动续约；0 表示无合约",
            ),
            unit=_MONTHS,
        ),
        Column(
            "contract_end_on",
            "date",
            Text(
                "End of the term running on 2025-12-31 or on the day of leaving; missing without a contract",
                "2025-12-31（或离网当日）所在合约期的到期日；无合约的为空",
            ),
            nullable=True,
        ),
        Column("autopay", "flag", _AUTOPAY),
    ),
)

USAGE_MONTHLY = Table(
    name="usage_monthly",
    title=Text("Monthly use", "月度使用"),
    row=Text(
        "One subscriber in one full calendar month of service (the months of joining and leaving are not billed)",
        "一位用户在网满整月的一个自然月（入网当月与离网当月不计）",
    ),
    key=("subscriber_id", "month"),
    columns=(
        Column("subscriber_id", "integer", SUBSCRIBER, refers_to="subscribers.subscriber_id"),
        Column("month", "date", Text("First day of the month", "月份（当月第一天）")),
        Column(
            "data_gb", "number", Text("Mobile data used, to a hundredth", "流量使用量，精确到 0.01"), unit=_GB
        ),
        Column("voice_minutes", "integer", Text("Minutes of outgoing calls", "主叫通话时长"), unit=_MINUTES),
        Column(
            "dropped_call_rate",
            "number",
            Text("Share of calls that were cut off, 0 to 1", "掉话率：中断的通话占比，0 到 1"),
        ),
        Column("roaming_days", "integer", Text("Days abroad", "国际漫游天数"), unit=_DAYS),
        Column(
            "extra_fen",
            "money",
            Text(
                "Charges beside the plan: services ordered on the phone, and now and then a surprise",
                "套餐外费用：增值业务费，偶尔有意料之外的扣费",
            ),
            unit=_FEN,
        ),
        Column(
            "bill_fen",
            "money",
            Text(
                "Bill of the month: what the tariff charges for the use, and extra_fen",
                "当月账单：按资费计算的费用加套餐外费用 extra_fen",
            ),
            unit=_FEN,
        ),
        Column(
            "app_logins", "integer", Text("Days with a login to the app", "登录手机应用的天数"), unit=_DAYS
        ),
    ),
)

TICKETS = Table(
    name="tickets",
    title=Text("Service tickets", "客服工单"),
    row=Text("One request to the service desk: a question or a complaint", "一张客服工单：咨询或投诉"),
    key=("ticket_id",),
    columns=(
        Column("ticket_id", "integer", Text("Number of the ticket", "工单编号")),
        Column("subscriber_id", "integer", SUBSCRIBER, refers_to="subscribers.subscriber_id"),
        Column("opened_at", "time", Text("When the subscriber got in touch", "来电或留言时间")),
        Column(
            "topic",
            "category",
            Text(
                "Topic: network, billing, service, plan, device or roaming",
                "主题：network 网络，billing 账单，service 服务，plan 套餐，device 设备，roaming 漫游",
            ),
        ),
        Column(
            "is_complaint", "flag", Text("A complaint rather than a question", "是否为投诉（否则为咨询）")
        ),
        Column(
            "resolved_hours", "number", Text("Hours until the ticket was closed", "处理完成用时"), unit=_HOURS
        ),
        Column("text_en", "text", Text("The subscriber's words in English", "用户原话（英文）")),
        Column("text_zh", "text", Text("The subscriber's words in Chinese", "用户原话（中文）")),
    ),
)

CHURN = Table(
    name="churn",
    title=Text("Month-end churn table", "离网建模月末宽表"),
    row=Text(
        "One subscriber active at one month's end, from 2025-03-31 to 2025-11-30, with features up to that day",
        "一位在某个月末（2025-03-31 至 2025-11-30）在网的用户，特征均截至当日",
    ),
    key=("subscriber_id", "snapshot_on"),
    free_columns=True,
    columns=(
        Column(
            "subscriber_id",
            "integer",
            SUBSCRIBER,
            refers_to="subscribers.subscriber_id",
            needed=True,
            aliases=("customer_id",),
        ),
        Column("snapshot_on", "date", Text("Month's end at which the row was made", "快照日期（月末）")),
        Column("age", "integer", Text("Age", "年龄"), unit=_YEARS),
        Column("sex", "category", _SEX),
        Column("city_tier", "category", _CITY_TIER),
        Column("plan", "category", PLAN, refers_to="tariffs.plan"),
        Column("plan_fee_fen", "money", _PLAN_FEE, unit=_FEN),
        Column("autopay", "flag", _AUTOPAY),
        Column(
            "tenure_months",
            "integer",
            Text("Tenure: calendar months since joining", "在网月数：入网至今的月数"),
            unit=_MONTHS,
        ),
        Column(
            "contract_months_left",
            "integer",
            Text(
                "Contract months left: whole months; 0 if the contract ends next month or there is none",
                "合约剩余月数：整月数；下月到期或无合约为 0",
            ),
            unit=_MONTHS,
        ),
        Column(
            "data_gb_3m",
            "number",
            Text("Data, 3 months: mobile data used", "近三月流量：移动流量合计"),
            unit=_GB,
        ),
        Column(
            "data_trend",
            "number",
            Text(
                "Data trend: the last 3 months over the 3 before; missing with fewer than 6 full months",
                "流量趋势：近三个月与此前三个月之比；不满六个整月为空",
            ),
            nullable=True,
        ),
        Column(
            "voice_minutes_3m",
            "integer",
            Text("Calls, 3 months: minutes of outgoing calls", "近三月通话：主叫时长合计"),
            unit=_MINUTES,
        ),
        Column(
            "bill_3m_fen",
            "money",
            Text("Bills, 3 months: sum of the bills", "近三月账单：账单合计"),
            unit=_FEN,
        ),
        Column(
            "bill_shock",
            "number",
            Text(
                "Bill shock: the last bill over the mean of the 3 before; missing with fewer than 4 full months",
                "账单突增：最近一期账单与此前三期均值之比；不满四个整月为空",
            ),
            nullable=True,
        ),
        Column(
            "dropped_call_rate",
            "number",
            Text(
                "Dropped-call rate: share of the last month's calls that were cut off, 0 to 1",
                "掉话率：最近一个月中断的通话占比，0 到 1",
            ),
            nullable=True,
        ),
        Column(
            "complaints_3m",
            "integer",
            Text("Complaints, 3 months: number of complaints", "近三月投诉：投诉次数"),
        ),
        Column(
            "tickets_3m",
            "integer",
            Text("Tickets, 3 months: questions and complaints together", "近三月工单：咨询与投诉合计"),
        ),
        Column(
            "roaming_days_3m",
            "integer",
            Text("Roaming, 3 months: days abroad", "近三月漫游：国际漫游天数"),
            unit=_DAYS,
        ),
        Column(
            "app_logins_3m",
            "integer",
            Text("App logins, 3 months: days with a login", "近三月登录：登录手机应用的天数"),
            unit=_DAYS,
        ),
        Column(
            "final_bill_flag",
            "flag",
            Text("Final bill: the account has a closing bill", "结清账单：该账户已出结清账单"),
        ),
        Column(
            "churned",
            "flag",
            Text("Left: in the calendar month after the snapshot", "离网：快照后的下一个自然月内离网"),
            needed=True,
            aliases=("churn",),
        ),
    ),
)

CHURN_TRUTH = Table(
    name="churn_truth",
    title=Text("True risk of leaving", "真实离网概率"),
    row=Text("One row of the churn table, with its true risk", "离网建模宽表的一行及其真实概率"),
    key=("subscriber_id", "snapshot_on"),
    truth=True,
    columns=(
        Column("subscriber_id", "integer", SUBSCRIBER, refers_to="subscribers.subscriber_id"),
        Column("snapshot_on", "date", Text("Month's end", "快照日期（月末）")),
        Column("hazard", "number", Text("True probability of leaving next month", "下月离网的真实概率")),
        Column(
            "moves_away",
            "flag",
            Text(
                "Moves to another province next month; no table records it, and it multiplies the odds by 5",
                "下月将搬离本省；任何业务表都没有记录，使离网几率乘以 5",
            ),
        ),
    ),
)

CHURN_DRIVERS = Table(
    name="churn_drivers",
    title=Text("Planted drivers of leaving", "预埋的离网驱动因素"),
    row=Text("One planted cause of leaving", "一个预埋的离网原因"),
    key=("driver",),
    truth=True,
    columns=(
        Column("driver", "text", Text("What happens", "发生了什么")),
        Column("column", "category", Text("Column of churn", "churn 表的列名")),
        Column("side", "category", Text("Side of the threshold: <= or >=", "取阈值的哪一侧：<= 或 >=")),
        Column("threshold", "number", Text("Threshold", "阈值")),
        Column("odds_multiplier", "number", Text("Factor on the odds of leaving", "离网几率的倍数")),
        Column(
            "together_with",
            "category",
            Text("Column of another driver that makes it stronger", "与其叠加会更强的另一驱动因素的列名"),
            nullable=True,
        ),
        Column(
            "together_multiplier",
            "number",
            Text("Second factor where both are on", "两者同时成立时再乘的倍数"),
        ),
    ),
)

TABLES: tuple[Table, ...] = (SUBSCRIBERS, USAGE_MONTHLY, TICKETS, CHURN, CHURN_TRUTH, CHURN_DRIVERS)
