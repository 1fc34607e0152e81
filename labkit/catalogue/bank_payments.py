"""Accounts and transfers of Lighthouse Bank, and the answer keys about money laundering."""

from __future__ import annotations

from labkit.catalogue.people import FEN
from labkit.catalogue.schema import Column, Table
from labkit.language import Text

_TRANSFER_ID = Text(
    "Number of the transfer; the order of numbers tells nothing", "转账编号；编号先后不含信息"
)
_CASE_ID = Text("Number of the case", "案件编号")
_TYPOLOGY = Text(
    "How the money is laundered: fan_in, fan_out, cycle, scatter_gather or structuring",
    "洗钱手法：fan_in 分散转入集中，fan_out 集中转出分散，cycle 循环转账，scatter_gather 分散—归集，"
    "structuring 拆分交易",
)


def _party(name: str, en: str, zh: str, *aliases: str) -> Column:
    """The account on one side of a transfer: of the bank or of another one."""
    return Column(
        name,
        "integer",
        Text(
            f"Account {en}; with bank lighthouse it stands in accounts, else it is an account at another bank",
            f"{zh}账户；开户行为 lighthouse 时见 accounts 表，否则为他行账户",
        ),
        needed=True,
        aliases=aliases,
    )


def _bank(name: str, en: str, zh: str) -> Column:
    """The bank on one side of a transfer."""
    return Column(
        name,
        "category",
        Text(
            f"Bank of the {en}: lighthouse, or another one: paper_kite, moon_gate, tea_leaf, wild_goose",
            f"{zh}开户行：lighthouse 灯塔银行，其他为他行：paper_kite 纸鸢银行，moon_gate 月门银行，"
            "tea_leaf 茶叶银行，wild_goose 鸿雁银行",
        ),
    )


ACCOUNTS = Table(
    name="accounts",
    title=Text("Accounts", "账户"),
    row=Text(
        "One account at Lighthouse Bank, with its balance before and after the fourth quarter of 2025",
        "灯塔银行的一个账户，含 2025 年第四季度前后的余额",
    ),
    key=("account_id",),
    columns=(
        Column(
            "account_id",
            "integer",
            Text("Number of the account; the order of numbers tells nothing", "账户编号；编号先后不含信息"),
            needed=True,
        ),
        Column(
            "customer_id",
            "integer",
            Text(
                "Customer who owns it; missing for companies and for the bank's own accounts",
                "账户所属客户；公司账户和银行内部账户为空",
            ),
            refers_to="customers.customer_id",
            nullable=True,
        ),
        Column(
            "kind",
            "category",
            Text(
                "Kind: current, savings, business (a customer's small business), corporate, and the bank's own: "
                "cash_desk (counter and cash machines of a branch), settlement (head office)",
                "类型：current 活期，savings 储蓄，business 小微经营，corporate 对公；银行内部账户："
                "cash_desk 网点现金（柜台与自助设备），settlement 总行清算",
            ),
        ),
        Column("opened_on", "date", Text("Day of opening", "开户日期")),
        Column(
            "branch_id",
            "integer",
            Text(
                "Branch that keeps the account; missing for the settlement accounts of the head office",
                "开户网点；总行清算账户为空",
            ),
            refers_to="branches.branch_id",
            nullable=True,
        ),
        Column(
            "opening_balance_fen",
            "money",
            Text("Balance on 2025-10-01 at 0:00", "2025-10-01 0 时余额"),
            unit=FEN,
        ),
        Column(
            "balance_fen",
            "money",
            Text(
                "Balance on 2025-12-31 at 24:00: the opening balance, plus what came in, less what went out",
                "2025-12-31 24 时余额，等于期初余额加转入减转出",
            ),
            unit=FEN,
        ),
        Column(
            "status",
            "category",
            Text(
                "Status: active, or dormant (no movement in the quarter)",
                "状态：active 活跃，dormant 不动户（本季度无交易）",
            ),
        ),
    ),
)

TRANSFERS = Table(
    name="transfers",
    title=Text("Transfers", "转账流水"),
    row=Text(
        "One movement of money on an account of Lighthouse Bank in the fourth quarter of 2025, stored once",
        "2025 年第四季度灯塔银行账户的一笔资金变动，每笔只记一次",
    ),
    key=("transfer_id",),
    columns=(
        Column("transfer_id", "integer", _TRANSFER_ID, needed=True),
        Column("sent_at", "time", Text("Time of the transfer", "交易时间"), needed=True, aliases=("time",)),
        _party("payer_account", "that pays", "付款", "from_account", "sender"),
        _party("payee_account", "that is paid", "收款", "to_account", "receiver"),
        _bank("payer_bank", "payer", "付款方"),
        _bank("payee_bank", "payee", "收款方"),
        Column("amount_fen", "money", Text("Amount", "金额"), unit=FEN, needed=True, aliases=("amount",)),
        Column(
            "channel",
            "category",
            Text(
                "Channel: app, web, counter, atm, or batch (run by a bank at night)",
                "渠道：app 手机银行，web 网上银行，counter 柜台，atm 自助设备，batch 夜间批量",
            ),
        ),
        Column(
            "purpose",
            "category",
            Text(
                "Purpose as the payer or the bank wrote it: salary, pension, rent, family, gift (red packets), purchase, "
                "savings (between own accounts), cash_deposit, cash_withdrawal, card_settlement (last month's spending "
                "on debit cards), loan (home loan instalment), wallet_top_up, business, other",
                "用途（付款人或银行填写）：salary 工资，pension 养老金，rent 房租，family 家用，gift 红包礼金，"
                "purchase 购物消费，savings 本人账户互转，cash_deposit 现金存入，cash_withdrawal 现金支取，"
                "card_settlement 借记卡上月消费清算，loan 房贷月供，wallet_top_up 钱包充值，business 经营往来，other 其他",
            ),
        ),
    ),
)

LAUNDERING_TRUTH = Table(
    name="laundering_truth",
    title=Text("Planted laundering, by transfer", "预埋的洗钱交易"),
    row=Text("One transfer of a planted case", "预埋案件中的一笔转账"),
    key=("transfer_id",),
    truth=True,
    columns=(
        Column("transfer_id", "integer", _TRANSFER_ID),
        Column("case_id", "integer", _CASE_ID),
        Column("typology", "category", _TYPOLOGY),
        Column(
            "role",
            "category",
            Text(
                "Stage: placement (money enters), layering (it is moved about), integration (it leaves)",
                "阶段：placement 放置（资金进入），layering 离析（多次转移），integration 融合（资金转出）",
            ),
        ),
    ),
)

LAUNDERING_CASES = Table(
    name="laundering_cases",
    title=Text("Planted laundering cases", "预埋的洗钱案件"),
    row=Text("One planted case", "一个预埋案件"),
    key=("case_id",),
    truth=True,
    columns=(
        Column("case_id", "integer", _CASE_ID),
        Column("typology", "category", _TYPOLOGY),
        Column(
            "main_account",
            "integer",
            Text(
                "Account in which the threads meet: the collector of a fan-in, the origin of a fan-out, a cycle or a "
                "scatter-gather, the account that takes the structured cash",
                "主账户：分散转入的归集账户，集中转出、循环转账和分散—归集的起点账户，或拆分存现的账户",
            ),
        ),
        Column(
            "accounts",
            "integer",
            Text("Accounts at Lighthouse Bank that took part", "参与其中的灯塔银行账户数"),
        ),
        Column(
            "amount_fen",
            "money",
            Text("Money that the case brought into the main account", "案件转入主账户的资金"),
            unit=FEN,
        ),
        Column("first_at", "time", Text("Time of the first transfer", "首笔交易时间")),
        Column("last_at", "time", Text("Time of the last transfer", "末笔交易时间")),
        Column(
            "careful",
            "flag",
            Text(
                "Takes its time, pays higher fees and uses fewer accounts: hard to find",
                "作案谨慎：间隔更长、手续费更高、账户更少，很难发现",
            ),
        ),
    ),
)

LAUNDERING_DECOYS = Table(
    name="laundering_decoys",
    title=Text("Innocent look-alikes", "形似洗钱的正常账户"),
    row=Text("An account that looks like a case, and why it is innocent", "一个形似洗钱的账户及其正常原因"),
    key=("account_id", "kind"),
    truth=True,
    columns=(
        Column("account_id", "integer", Text("Number of the account", "账户编号")),
        Column(
            "kind",
            "category",
            Text(
                "Reason: landlord (rents come in), cash_shop (takings), insured_safe (takings up to what the safe is insured "
                "for), newly_wed (wedding money), savings_club (each month another member is paid), group_trip, lent_on (a loan "
                "among friends that comes back by another way), produce_buyer (pays many farmers on a market "
                "day), payroll, investors_circle",
                "原因：landlord 房东收租，cash_shop 商户营业款，insured_safe 按保险柜保额存现，newly_wed 新婚礼金，"
                "savings_club 互助储蓄（每月轮流收款），group_trip 结伴出游，lent_on 朋友间转借后归还，"
                "produce_buyer 农产品收购（集市日付款给多位农户），payroll 公司代发工资，investors_circle 投资圈往来",
            ),
        ),
    ),
)

TABLES: tuple[Table, ...] = (ACCOUNTS, TRANSFERS, LAUNDERING_TRUTH, LAUNDERING_CASES, LAUNDERING_DECOYS)
