"""The bank's cards: who has one, where and how it is used, what is owed, and what is fraud."""

from __future__ import annotations

from labkit.catalogue.bank_customers import CUSTOMER
from labkit.catalogue.people import FEN
from labkit.catalogue.schema import Column, Table
from labkit.language import Text

CARD = Text("Number of the card", "卡编号")
TERMINAL = Text("Number of the terminal", "终端编号")
TRANSACTION = Text("Number of the transaction", "交易流水号")
CATEGORY = Text(
    "What is bought: groceries, dining, transport, fuel, fashion, electronics, home, health, education, "
    "entertainment, travel, utilities, wholesale, or cash (a withdrawal)",
    "消费类别：groceries 商超，dining 餐饮，transport 出行，fuel 加油，fashion 服饰，electronics 数码家电，home 家居，"
    "health 医药，education 教育，entertainment 文娱，travel 旅游，utilities 生活缴费，wholesale 批发进货，cash 取现",
)
TYPOLOGY = Text(
    "Typology: stolen_card_spree, compromised_terminal, account_takeover, merchant_bust_out or friendly_fraud",
    "欺诈类型：stolen_card_spree 失窃卡连续盗刷，compromised_terminal 终端被侧录，account_takeover 账户盗用，"
    "merchant_bust_out 商户恶意套现跑路，friendly_fraud 善意欺诈",
)
_COUNT = Text("transactions", "笔")

CARDS = Table(
    name="cards",
    title=Text("Cards", "银行卡"),
    row=Text(
        "One card of a customer, as of 2025-12-31; not everybody has one",
        "客户的一张银行卡，以 2025-12-31 的状态为准；并非人人持卡",
    ),
    key=("card_id",),
    columns=(
        Column("card_id", "integer", CARD),
        Column("customer_id", "integer", Text("Holder", "持卡人"), refers_to="customers.customer_id"),
        Column("kind", "category", Text("Kind: debit or credit", "卡种：debit 借记卡，credit 信用卡")),
        Column("status", "category", Text("Status: active or closed", "状态：active 正常，closed 已销卡")),
        Column("issued_on", "date", Text("Day of issue", "发卡日期")),
        Column(
            "closed_on",
            "date",
            Text("Day of closing; missing while the card is open", "销卡日期；未销卡时缺失"),
            nullable=True,
        ),
        Column(
            "credit_limit_fen",
            "money",
            Text("Credit limit; missing for debit cards", "信用额度；借记卡缺失"),
            unit=FEN,
            nullable=True,
        ),
    ),
)

TERMINALS = Table(
    name="terminals",
    title=Text("Card terminals", "受理终端"),
    row=Text(
        "One place that takes cards: a shop's terminal, a cash machine, or a merchant online",
        "一处受理银行卡的地方：商户终端、自助取款机或线上商户",
    ),
    key=("terminal_id",),
    columns=(
        Column("terminal_id", "integer", TERMINAL),
        Column(
            "kind",
            "category",
            Text(
                "Kind: shop, cash_machine or online",
                "类型：shop 门店终端，cash_machine 取款机，online 线上商户",
            ),
        ),
        Column("category", "category", CATEGORY),
        Column(
            "city",
            "category",
            Text("City; missing online and abroad", "所在城市；线上商户与境外商户缺失"),
            refers_to="cities.city",
            nullable=True,
        ),
        Column(
            "grid_cell_id",
            "integer",
            Text("Cell in which it stands; missing online and abroad", "所在网格；线上商户与境外商户缺失"),
            refers_to="grid_cells.grid_cell_id",
            nullable=True,
        ),
        Column("is_abroad", "flag", Text("The merchant is abroad", "境外商户")),
        Column("opened_on", "date", Text("First day on which it took cards", "开始受理日期")),
    ),
)

CARD_TRANSACTIONS = Table(
    name="card_transactions",
    title=Text("Card transactions", "银行卡交易"),
    row=Text(
        "One purchase or withdrawal with a card, approved or declined, in the order of time within a block of customers",
        "一笔刷卡消费或取现，无论是否通过；在每批客户内按时间排列",
    ),
    key=("transaction_id",),
    columns=(
        Column("transaction_id", "integer", TRANSACTION),
        Column(
            "card_id",
            "integer",
            CARD,
            refers_to="cards.card_id",
            needed=True,
            aliases=("card", "card_number", "card_no", "卡号"),
        ),
        Column("customer_id", "integer", Text("Holder", "持卡人"), refers_to="customers.customer_id"),
        Column("terminal_id", "integer", TERMINAL, refers_to="terminals.terminal_id"),
        Column(
            "happened_at",
            "time",
            Text("Moment of the request", "请求时间"),
            needed=True,
            aliases=("time", "timestamp", "datetime", "交易时间"),
        ),
        Column(
            "amount_fen",
            "money",
            Text("Amount", "金额"),
            unit=FEN,
            needed=True,
            aliases=("amount", "amt", "交易金额"),
        ),
        Column("category", "category", CATEGORY),
        Column(
            "channel",
            "category",
            Text(
                "How the card was used: chip, contactless, qr (a code on the phone), magstripe (the magnetic stripe), "
                "online or atm",
                "用卡方式：chip 插卡，contactless 挥卡，qr 手机扫码，magstripe 刷磁条，online 线上，atm 取款机",
            ),
        ),
        Column("is_abroad", "flag", Text("The merchant is abroad", "境外交易")),
        Column(
            "new_device",
            "flag",
            Text(
                "Online, from a device that this account has used for at most a week; false for all others",
                "线上交易，且该账户使用这台设备不超过一周；其他交易为假",
            ),
        ),
        Column("approved", "flag", Text("The bank approved the transaction", "银行予以通过")),
        Column(
            "reported_fraud",
            "flag",
            Text(
                "Reported as fraud by 2025-12-31; fraud of the last weeks may not have been reported yet",
                "截至 2025-12-31 已被报为欺诈；最近几周的欺诈可能尚未上报",
            ),
            needed=True,
            aliases=("is_fraud", "fraud", "class", "label", "是否欺诈"),
        ),
        Column(
            "reported_on",
            "date",
            Text("Day of that report; missing where there is none", "上报日期；未上报时缺失"),
            nullable=True,
            aliases=("报案日期",),
        ),
    ),
)


def _fen(name: str, en: str, zh: str, nullable: bool = False) -> Column:
    return Column(name, "money", Text(en, zh), unit=FEN, nullable=nullable)


CARD_MONTHLY = Table(
    name="card_monthly",
    title=Text("Card months", "银行卡月度汇总"),
    row=Text(
        "One card in one calendar month in which it was open: sums of its approved transactions, and on credit cards "
        "what is owed (fees and interest apart)",
        "一张卡在其有效的一个自然月：已通过交易的汇总；信用卡另有欠款（不含费用与利息）",
    ),
    key=("card_id", "month"),
    columns=(
        Column("card_id", "integer", CARD, refers_to="cards.card_id"),
        Column("customer_id", "integer", CUSTOMER, refers_to="customers.customer_id"),
        Column("month", "date", Text("First day of the month", "月份首日")),
        Column("transactions", "integer", Text("Approved transactions", "已通过的交易笔数"), unit=_COUNT),
        Column("online_transactions", "integer", Text("Those online", "其中线上笔数"), unit=_COUNT),
        Column(
            "night_transactions",
            "integer",
            Text("Those from 22:00 until 6:00", "其中 22 时至次日 6 时的笔数"),
            unit=_COUNT,
        ),
        _fen("spend_fen", "Amount of all of them: the sum of the next seven", "交易总额，即以下七项之和"),
        _fen("daily_fen", "Groceries, health and utilities", "商超、医药与生活缴费"),
        _fen("mobility_fen", "Transport and fuel", "出行与加油"),
        _fen("family_fen", "Home and education", "家居与教育"),
        _fen("leisure_fen", "Dining, entertainment, fashion and electronics", "餐饮、文娱、服饰与数码家电"),
        _fen("travel_fen", "Travel", "旅游"),
        _fen("business_fen", "Wholesale", "批发进货"),
        _fen("cash_fen", "Withdrawals of cash", "取现"),
        _fen(
            "paid_fen",
            "Paid back in the month; missing for debit cards",
            "当月还款；借记卡缺失",
            nullable=True,
        ),
        _fen(
            "balance_fen",
            "Owed at the end of the month: last month's + spent - paid; missing for debit cards",
            "月末欠款：上月末欠款＋当月消费－当月还款；借记卡缺失",
            nullable=True,
        ),
        _fen(
            "instalment_fen",
            "The part of it that is paid back in instalments; missing for debit cards",
            "其中的分期欠款；借记卡缺失",
            nullable=True,
        ),
        Column(
            "utilisation",
            "number",
            Text(
                "Owed at the end of the month over the credit limit; missing for debit cards",
                "额度使用率：月末欠款 ÷ 信用额度；借记卡缺失",
            ),
            nullable=True,
        ),
    ),
)

FRAUD_TYPOLOGIES = Table(
    name="fraud_typologies",
    title=Text("Typologies of fraud", "欺诈类型"),
    row=Text("One planted way in which cards are misused", "一种预埋的用卡欺诈方式"),
    key=("typology",),
    truth=True,
    columns=(
        Column("typology", "category", TYPOLOGY),
        Column("name_en", "text", Text("Name in English", "英文名称")),
        Column("name_zh", "text", Text("Name in Chinese", "中文名称")),
        Column(
            "least_transactions", "integer", Text("Fewest transactions of an episode", "每起最少交易笔数")
        ),
        Column("most_transactions", "integer", Text("Most transactions of an episode", "每起最多交易笔数")),
        Column(
            "gap_hours",
            "number",
            Text("Mean time between two of them", "相邻两笔的平均间隔"),
            unit=Text("hours", "小时"),
        ),
        Column(
            "amount_factor",
            "number",
            Text("Amounts in multiples of what is usual for the customer", "金额相当于客户平常的倍数"),
        ),
        Column(
            "has_pattern",
            "flag",
            Text("Something in the transactions gives it away", "交易本身有迹可循"),
        ),
    ),
)

FRAUD_TRUTH = Table(
    name="fraud_truth",
    title=Text("Fraudulent transactions", "欺诈交易答案"),
    row=Text("One fraudulent transaction, reported by now or not", "一笔欺诈交易，无论是否已上报"),
    key=("transaction_id",),
    truth=True,
    columns=(
        Column("transaction_id", "integer", TRANSACTION, refers_to="card_transactions.transaction_id"),
        Column("typology", "category", TYPOLOGY),
        Column(
            "episode_id",
            "integer",
            Text("Its episode in fraud_episodes; missing for friendly fraud", "所属欺诈事件；善意欺诈缺失"),
            nullable=True,
        ),
        Column("report_due_on", "date", Text("Day of its report, past or to come", "上报日期（过去或将来）")),
    ),
)

FRAUD_EPISODES = Table(
    name="fraud_episodes",
    title=Text("Episodes of fraud", "欺诈事件"),
    row=Text(
        "One time in which a card, an account or a merchant is dangerous: what a model of the planted truth may know",
        "一段风险期：某张卡、某个账户或某个商户处于危险之中；了解真相的模型可以使用",
    ),
    key=("episode_id",),
    truth=True,
    columns=(
        Column("episode_id", "integer", Text("Number of the episode", "事件编号")),
        Column("typology", "category", TYPOLOGY),
        Column(
            "card_id",
            "integer",
            Text(
                "Card that is stolen or taken over; missing where it is the merchant",
                "失窃或被盗用的卡；商户类事件缺失",
            ),
            refers_to="cards.card_id",
            nullable=True,
        ),
        Column(
            "terminal_id",
            "integer",
            Text("Terminal that is misused; missing where it is the card", "涉事终端；卡类事件缺失"),
            refers_to="terminals.terminal_id",
            nullable=True,
        ),
        Column("starts_at", "time", Text("Begin of the danger", "风险开始时间")),
        Column("ends_at", "time", Text("End of the danger", "风险结束时间")),
    ),
)

TABLES: tuple[Table, ...] = (
    CARDS,
    TERMINALS,
    CARD_TRANSACTIONS,
    CARD_MONTHLY,
    FRAUD_TYPOLOGIES,
    FRAUD_TRUTH,
    FRAUD_EPISODES,
)
