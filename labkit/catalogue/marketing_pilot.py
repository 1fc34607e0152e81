"""The pilot of the money-market fund."""

from __future__ import annotations

from labkit.catalogue.bank_customers import CUSTOMER
from labkit.catalogue.people import FEN
from labkit.catalogue.schema import Column, Table
from labkit.language import Text

PILOT_RESPONSES = Table(
    name="pilot_responses",
    title=Text("Responses to the pilot", "试点营销响应"),
    row=Text(
        "One customer, drawn by lot, to whom the bank offered a money-market fund in September 2025",
        "随机抽取、在 2025 年 9 月收到货币基金推荐的一位客户",
    ),
    key=("customer_id",),
    columns=(
        Column("customer_id", "integer", CUSTOMER, refers_to="customers.customer_id", needed=True),
        Column("offered_on", "date", Text("Day of the offer", "推荐日期")),
        Column(
            "channel",
            "category",
            Text(
                "Channel, drawn by lot: app, sms or call",
                "渠道（随机分配）：app 手机银行，sms 短信，call 电话",
            ),
        ),
        Column(
            "responded",
            "flag",
            Text("Responded: bought the fund within 30 days", "响应：30 天内购买"),
            needed=True,
        ),
        Column(
            "invested_on",
            "date",
            Text("Day of the purchase; missing without one", "购买日期；未购买为空"),
            nullable=True,
        ),
        Column(
            "amount_fen",
            "money",
            Text("Amount invested; 0 without a purchase", "购买金额；未购买为 0"),
            unit=FEN,
        ),
        Column(
            "margin_fen",
            "money",
            Text(
                "What the amount earns the bank in a year, before the cost of the contact",
                "该笔金额一年为银行带来的毛利，未扣接触成本",
            ),
            unit=FEN,
        ),
    ),
)

PILOT_TRUTH = Table(
    name="pilot_truth",
    title=Text("True response to the fund", "真实响应概率"),
    row=Text("One customer of the bank, in the pilot or not", "银行的一位客户，不论是否在试点中"),
    key=("customer_id",),
    truth=True,
    columns=(
        Column("customer_id", "integer", CUSTOMER, refers_to="customers.customer_id"),
        Column("response_probability", "number", Text("True probability of responding", "真实响应概率")),
        Column(
            "expected_margin_fen",
            "money",
            Text("Expected margin if the customer responds", "若响应，预期毛利"),
            unit=FEN,
        ),
    ),
)

PILOT_EFFECTS = Table(
    name="pilot_effects",
    title=Text("Planted causes of responding", "预埋的响应成因"),
    row=Text("One cause of responding to the offer", "一个响应成因"),
    key=("column",),
    truth=True,
    columns=(
        Column("column", "text", Text("Column of wallet_behaviour", "wallet_behaviour 表的列名")),
        Column(
            "scale",
            "category",
            Text(
                "linear: column / unit; log: natural logarithm of 1 + column / unit; a missing value counts as 0",
                "linear：列值 ÷ 单位；log：1 + 列值 ÷ 单位 的自然对数；空值按 0 计",
            ),
        ),
        Column("unit", "number", Text("What is counted as one", "计为一的数量")),
        Column("log_odds", "number", Text("Change of the log-odds of responding", "响应对数几率的变化")),
    ),
)

TABLES: tuple[Table, ...] = (PILOT_RESPONSES, PILOT_TRUTH, PILOT_EFFECTS)
