"""Consumer loans: applications, what is known of the applicants, and repayments."""

from __future__ import annotations

from labkit.catalogue.bank_customers import CUSTOMER
from labkit.catalogue.people import FEN, YEARS
from labkit.catalogue.schema import Column, Kind, Table
from labkit.language import Text

_APPLICATION = Text("Number of the application; it tells nothing", "申请编号，本身不含任何信息")
_MONTHS = Text("months", "月")


def _bureau(name: str, en: str, zh: str, kind: Kind = "integer", unit: Text | None = None) -> Column:
    """A column of the bureau's answer; missing for thin files."""
    return Column(name, kind, Text(en, zh), unit=unit, nullable=True)


def application_reference(*, needed: bool = False) -> Column:
    """The application that a row belongs to."""
    return Column(
        "application_id",
        "integer",
        _APPLICATION,
        refers_to="credit_applications.application_id",
        needed=needed,
    )


CREDIT_APPLICATIONS = Table(
    name="credit_applications",
    title=Text("Loan applications", "贷款申请"),
    row=Text(
        "One application for a consumer loan in 2024 or 2025: the form, the credit bureau's answer that day, and the "
        "decision by the bank's old rules",
        "2024 至 2025 年的一笔消费贷款申请：申请表、当日的征信查询结果，以及按银行旧规则作出的决定",
    ),
    key=("application_id",),
    free_columns=True,
    own_columns=(
        Column(
            "defaulted",
            "flag",
            Text(
                "Default: 1 if the loan went bad, 0 if not; only in a file of your own, for the world keeps repayments",
                "是否违约：1 为坏，0 为好；仅见于你自己的文件，虚拟世界另有还款表",
            ),
            needed=True,
            aliases=("default", "bad", "SeriousDlqin2yrs", "违约", "违约标志"),
        ),
    ),
    columns=(
        Column("application_id", "integer", _APPLICATION, aliases=("loan_id", "贷款编号")),
        Column("customer_id", "integer", CUSTOMER, refers_to="customers.customer_id"),
        Column(
            "applied_on",
            "date",
            Text(
                "Day of the application; an approved loan is paid out the same day",
                "申请日期；获批的贷款当日放款",
            ),
        ),
        Column(
            "channel",
            "category",
            Text(
                "Channel: branch, app, or partner (a partner's platform, since October 2025)",
                "渠道：branch 网点，app 手机银行，partner 合作平台（2025 年 10 月起）",
            ),
        ),
        Column("age", "integer", Text("Age in the year of the application", "申请当年的年龄"), unit=YEARS),
        Column(
            "employment",
            "category",
            Text(
                "Employment: public, company, self_employed, retired or none",
                "就业：public 公共单位，company 公司，self_employed 自雇，retired 退休，none 无固定工作",
            ),
        ),
        Column(
            "declared_income_fen",
            "money",
            Text("Monthly income as declared for this application", "本次申请申报的月收入"),
            unit=FEN,
        ),
        Column(
            "purpose",
            "category",
            Text(
                "Purpose: home, education, electronics, travel, medical or wedding",
                "用途：home 家居装修，education 教育，electronics 数码家电，travel 旅游，medical 医疗，wedding 婚庆",
            ),
        ),
        Column("amount_fen", "money", Text("Amount asked for", "申请金额"), unit=FEN),
        Column("term_months", "integer", Text("Term of the loan", "贷款期限"), unit=_MONTHS),
        Column(
            "annual_rate",
            "number",
            Text("Interest rate per year from the price list, 0.09 is 9 %", "年利率（按价目表），0.09 即 9%"),
        ),
        Column(
            "instalment_fen",
            "money",
            Text(
                "Equal monthly instalment, principal and interest together; the last one settles the rounding",
                "每月等额本息还款额；末期结清尾差",
            ),
            unit=FEN,
        ),
        _bureau(
            "oldest_account_months",
            "Age of the oldest credit account; missing for a thin file",
            "最早信贷账户的账龄；信用白户为空",
            unit=_MONTHS,
        ),
        _bureau("open_loans", "Open loans at all lenders", "各机构未结清贷款笔数"),
        _bureau("loan_debt_fen", "Debt left on the open loans", "未结清贷款余额", "money", FEN),
        _bureau(
            "monthly_payment_fen", "Monthly payments on the open loans", "未结清贷款的月还款额", "money", FEN
        ),
        _bureau("guarantees", "Loans of others that the applicant guarantees", "为他人担保的贷款笔数"),
        _bureau(
            "new_accounts_12m", "Credit accounts opened in the last 12 months", "近 12 个月新开信贷账户数"
        ),
        _bureau(
            "card_limit_fen",
            "Limit of all credit cards; missing without a card and for a thin file",
            "信用卡总额度；无信用卡或信用白户为空",
            "money",
            FEN,
        ),
        _bureau(
            "card_utilisation",
            "Share of the card limit in use, 0 to 1; missing without a card and for a thin file",
            "信用卡额度使用率，0 到 1；无信用卡或信用白户为空",
            "number",
        ),
        _bureau("enquiries_6m", "Enquiries by lenders in the last 6 months", "近 6 个月的机构查询次数"),
        _bureau(
            "late_payments_60m",
            "Months with a late payment in the last 5 years",
            "近 5 年的逾期月数",
        ),
        _bureau(
            "seriously_late_60m",
            "Of these, months with a payment more than 90 days late",
            "其中逾期超过 90 天的月数",
        ),
        _bureau(
            "months_since_late",
            "Months since the last late payment; missing if there was none, and for a thin file",
            "距最近一次逾期的月数；从未逾期或信用白户为空",
            unit=_MONTHS,
        ),
        Column("approved", "flag", Text("A loan was granted", "是否获批放款")),
        Column(
            "rule_broken",
            "category",
            Text(
                "First of the old rules that spoke against: arrears (with the bank), late_payments, enquiries, burden "
                "(payments over income), thin_file (and more than a small loan); missing if none did",
                "触发的第一条旧规则：arrears 在本行有欠款，late_payments 逾期过多，enquiries 查询过多，"
                "burden 还款负担过重，thin_file 信用白户且贷款不小；未触发为空",
            ),
            nullable=True,
        ),
        Column(
            "is_test",
            "flag",
            Text(
                "Drawn by lot from all applicants and granted a loan whatever the rules said, unless in arrears with "
                "the bank",
                "从全部申请人中随机抽中的测试样本：除在本行有欠款者外，无论规则结论如何一律放款",
            ),
        ),
    ),
)

ALTERNATIVE_DATA = Table(
    name="alternative_data",
    title=Text("Alternative data", "替代数据"),
    row=Text(
        "One loan application and what the applicant's payments, purchases and contacts show on that day",
        "一笔贷款申请，以及申请人当日的支付、购物与社交行为",
    ),
    key=("application_id",),
    free_columns=True,
    columns=(
        application_reference(needed=True),
        Column(
            "phone_tenure_months",
            "integer",
            Text("Identity: months with the same phone number", "身份特质：当前手机号使用月数"),
            unit=_MONTHS,
        ),
        Column(
            "address_changes_24m",
            "integer",
            Text(
                "Identity: changes of the delivery address in 24 months",
                "身份特质：近 24 个月收货地址变更次数",
            ),
        ),
        Column(
            "income_months_6m",
            "integer",
            Text(
                "Ability to pay: months of the last 6 in which an income arrived",
                "履约能力：近 6 个月有收入入账的月数",
            ),
        ),
        Column(
            "average_balance_fen",
            "money",
            Text("Ability to pay: average balance in the wallet", "履约能力：钱包平均余额"),
            unit=FEN,
        ),
        Column(
            "utility_on_time_share",
            "number",
            Text(
                "Credit history: share of the last 12 bills for water, power and gas paid on time; missing where the "
                "contract is in another's name",
                "信用历史：近 12 期水电燃气账单按时缴纳的比例；户主非本人的为空",
            ),
            nullable=True,
        ),
        Column(
            "late_returns_12m",
            "integer",
            Text(
                "Credit history: borrowed things brought back late in 12 months",
                "信用历史：近 12 个月租借物品逾期归还次数",
            ),
        ),
        Column(
            "wallet_tenure_months",
            "integer",
            Text("Credit history: age of the wallet", "信用历史：钱包开户月数"),
            unit=_MONTHS,
        ),
        Column(
            "monthly_spending_fen",
            "money",
            Text("Behaviour: spending per month", "行为偏好：月均消费"),
            unit=FEN,
        ),
        Column(
            "night_share",
            "number",
            Text(
                "Behaviour: share of the spending between 22:00 and 6:00",
                "行为偏好：22 时至次日 6 时消费占比",
            ),
        ),
        Column(
            "game_share",
            "number",
            Text("Behaviour: share of the spending on games", "行为偏好：游戏消费占比"),
        ),
        Column(
            "contacts",
            "integer",
            Text(
                "Connections: people to and from whom money was sent in 12 months",
                "人脉关系：近 12 个月资金往来人数",
            ),
        ),
        Column(
            "contacts_late_share",
            "number",
            Text(
                "Connections: share of these people who pay bills late",
                "人脉关系：往来对象中有逾期缴费者的占比",
            ),
        ),
    ),
)

REPAYMENTS = Table(
    name="repayments",
    title=Text("Repayments", "还款计划与还款"),
    row=Text(
        "One instalment of a granted loan, due in the past or the future, and what was paid by 2025-12-31",
        "一笔已放款贷款的一期还款（含尚未到期的），以及截至 2025-12-31 的还款情况",
    ),
    key=("application_id", "instalment"),
    columns=(
        application_reference(needed=True),
        Column(
            "instalment", "integer", Text("Number of the instalment, from 1", "期数，从 1 开始"), needed=True
        ),
        Column("due_on", "date", Text("Day on which it is due", "应还日期"), needed=True),
        Column("due_fen", "money", Text("Amount due, principal and interest", "应还本息"), unit=FEN),
        Column("interest_fen", "money", Text("Interest in it", "其中利息"), unit=FEN),
        Column(
            "paid_on",
            "date",
            Text(
                "Day of payment; missing while nothing is paid: not due yet, late, or in default",
                "还款日期；未还为空：尚未到期、逾期中或已违约",
            ),
            nullable=True,
            needed=True,
        ),
        Column("paid_fen", "money", Text("Amount paid by 2025-12-31", "截至 2025-12-31 已还金额"), unit=FEN),
    ),
)

TABLES: tuple[Table, ...] = (CREDIT_APPLICATIONS, ALTERNATIVE_DATA, REPAYMENTS)
