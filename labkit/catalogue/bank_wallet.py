"""How customers of Lighthouse Bank use the mobile wallet."""

from __future__ import annotations

from labkit.catalogue.bank_customers import CUSTOMER
from labkit.catalogue.people import FEN
from labkit.catalogue.schema import Column, Table
from labkit.language import Text

_MONTHS, _DAYS = Text("months", "月"), Text("days", "天")

WALLET_BEHAVIOUR = Table(
    name="wallet_behaviour",
    title=Text("Wallet behaviour", "钱包支付行为"),
    row=Text(
        "One customer in the six months from 2025-03-01 to 2025-08-31",
        "一位客户在 2025-03-01 至 2025-08-31 六个月间的支付行为",
    ),
    key=("customer_id",),
    free_columns=True,
    columns=(
        Column("customer_id", "integer", CUSTOMER, refers_to="customers.customer_id", needed=True),
        Column(
            "tenure_months",
            "integer",
            Text("Age of the wallet at the end", "期末钱包开户月数"),
            unit=_MONTHS,
        ),
        Column("payments_6m", "integer", Text("Payments", "支付笔数")),
        Column("active_days_6m", "integer", Text("Days with a payment", "有支付的天数"), unit=_DAYS),
        Column("merchants_6m", "integer", Text("Different merchants paid", "支付过的商户数")),
        Column("mean_ticket_fen", "money", Text("Average amount of a payment", "笔均支付金额"), unit=FEN),
        Column("balance_fen", "money", Text("Average balance kept in the wallet", "钱包日均余额"), unit=FEN),
        Column("topups_6m", "integer", Text("Times money was put in", "充值次数")),
        Column(
            "payday_topup_share",
            "number",
            Text(
                "Share of the money put in within three days after pay day; missing where none was put in",
                "发薪后三天内充值金额的占比；未充值的为空",
            ),
            nullable=True,
        ),
        Column(
            "utility_share",
            "number",
            Text("Share of the spending on water, power, gas and phone bills", "水电燃气与话费缴费金额占比"),
        ),
        Column(
            "night_share",
            "number",
            Text("Share of the spending between 22:00 and 6:00", "22 时至次日 6 时消费占比"),
        ),
        Column("red_packets_6m", "integer", Text("Red packets sent", "发出红包个数")),
        Column("transfers_6m", "integer", Text("Transfers to other people", "向他人转账次数")),
        Column("coupons_6m", "integer", Text("Coupons used", "使用优惠券张数")),
        Column(
            "fund_views_6m",
            "integer",
            Text("Visits to the pages on savings and funds", "浏览储蓄与基金页面次数"),
        ),
    ),
)

TABLES: tuple[Table, ...] = (WALLET_BEHAVIOUR,)
