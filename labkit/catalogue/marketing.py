"""Campaigns and contacts: who was addressed, what came of it, and what the next contact is worth."""

from __future__ import annotations

from labkit.catalogue.bank_customers import CUSTOMER
from labkit.catalogue.people import CITY_TIER, FEN, SEX, YEARS
from labkit.catalogue.schema import Column, Table
from labkit.language import Text

_DAYS, _TIMES = Text("days", "天"), Text("times", "次")
_CALLED_MEANS = Text("Was called in the campaign", "是否在本次营销活动中接到外呼")
_OFFER = Text(
    "Offer: money_fund, term_deposit, insurance or instalment",
    "产品：money_fund 货币基金，term_deposit 定期存款，insurance 保险，instalment 信用卡分期",
)
_CHANNEL = Text(
    "Channel: call, sms or app_push",
    "渠道：call 外呼，sms 短信，app_push 手机银行推送",
)
_KIND = Text(
    "Planted kind by the effect of a call: persuadable (at least 4 points more), sleeping_dog (at least 3 points "
    "less), and of the others sure_thing (buys without a call with at least 15 %) or lost_cause",
    "预埋的类型，按外呼的增量划分：persuadable 可说服（购买概率至少高 4 个百分点），sleeping_dog 勿扰型（至少低 3 个百分点），"
    "其余为 sure_thing 自愿购买（不外呼时至少 15 %）或 lost_cause 无动于衷",
)
_CHANNEL_NAMES = ("contact_channel", "medium", "触达渠道", "接触渠道")
_IF_CALLED = Text("True probability of buying when called", "接到外呼时购买的真实概率")
_IF_NOT = Text("True probability of buying without a call", "未接到外呼时购买的真实概率")


def _channel() -> Column:
    """The channel that a contact goes through."""
    return Column(
        "channel",
        "category",
        _CHANNEL,
        refers_to="contact_channels.channel",
        needed=True,
        aliases=_CHANNEL_NAMES,
    )


def _customer(needed: bool = False) -> Column:
    aliases = ("customer", "cust_id", "client_id", "客户号", "客户编号") if needed else ()
    return Column(
        "customer_id", "integer", CUSTOMER, refers_to="customers.customer_id", needed=needed, aliases=aliases
    )


def _campaign(name: str, title: Text, row: Text, confounders_needed: bool = False) -> Table:
    """A campaign's table: features from before it, who was called, and who bought within 30 days.

    Lab 6.2 compares like with like by two columns where nobody tossed a coin: ``confounders_needed``.
    """
    return Table(
        name=name,
        title=title,
        row=row,
        key=("customer_id",),
        free_columns=True,
        columns=(
            _customer(),
            Column("age", "integer", Text("Age in the year of the campaign", "活动当年的年龄"), unit=YEARS),
            Column("sex", "category", SEX),
            Column("city_tier", "category", CITY_TIER),
            Column("tenure_years", "integer", Text("Whole years as a customer", "开户满年数"), unit=YEARS),
            Column(
                "wealth_band",
                "integer",
                Text(
                    "Estimated wealth of the household, 1 (lowest) to 5", "估算的家庭财富等级，1（最低）至 5"
                ),
                needed=confounders_needed,
            ),
            Column(
                "app_logins_30d",
                "integer",
                Text(
                    "Days with a login to the bank's app in the 30 days before",
                    "活动前 30 天登录手机银行的天数",
                ),
                unit=_DAYS,
            ),
            Column(
                "contacts_90d",
                "integer",
                Text("Marketing contacts in the 90 days before", "活动前 90 天收到的营销接触次数"),
                unit=_TIMES,
            ),
            Column(
                "asked_for_advice",
                "flag",
                Text(
                    "Asked an adviser about saving in the half-year before",
                    "活动前半年内是否向理财经理咨询过储蓄",
                ),
                needed=confounders_needed,
            ),
            Column(
                "complained_12m",
                "flag",
                Text("Complained to the bank in the year before", "活动前一年内是否向银行投诉过"),
            ),
            Column(
                "called",
                "flag",
                _CALLED_MEANS,
                needed=True,
                aliases=("treated", "treatment", "is_called", "arm", "组别", "分组", "是否外呼"),
            ),
            Column(
                "bought",
                "flag",
                Text("Bought the savings plan within 30 days", "30 天内是否购买储蓄计划"),
                needed=True,
                aliases=(
                    "converted",
                    "conversion",
                    "purchased",
                    "is_bought",
                    "outcome",
                    "是否购买",
                    "是否转化",
                ),
            ),
            Column(
                "margin_fen",
                "money",
                Text(
                    "A year's margin of the plan bought, before the cost of calling; 0 without a purchase",
                    "所购计划一年的毛利，未扣外呼成本；未购买为 0",
                ),
                unit=FEN,
                aliases=("margin", "margin_yuan", "profit", "毛利", "利润"),
            ),
        ),
    )


CAMPAIGN_EXPERIMENT = _campaign(
    "campaign_experiment",
    Text("Randomised campaign", "随机实验营销活动"),
    Text(
        "One customer of the experiment of October 2024: a coin decided who was called about the savings plan",
        "2024 年 10 月随机实验中的一位客户：是否外呼推荐储蓄计划由随机数决定",
    ),
)
CAMPAIGN_OBSERVATIONAL = _campaign(
    "campaign_observational",
    Text("Campaign by managers' choice", "客户经理自选营销活动"),
    Text(
        "One customer in May 2024, when relationship managers chose whom to call about the savings plan",
        "2024 年 5 月的一位客户：由客户经理自行决定给谁外呼推荐储蓄计划",
    ),
    confounders_needed=True,
)

CONTACT_CHANNELS = Table(
    name="contact_channels",
    title=Text("Contact channels", "接触渠道"),
    row=Text("One way to reach a customer", "一种接触客户的方式"),
    key=("channel",),
    columns=(
        Column("channel", "category", _CHANNEL, needed=True, aliases=_CHANNEL_NAMES),
        Column(
            "cost_fen",
            "money",
            Text("Cost of one contact, with the work that it causes", "一次接触的成本，含由此产生的人工"),
            unit=FEN,
            needed=True,
            aliases=("cost", "cost_yuan", "unit_cost", "成本", "单次成本"),
        ),
        Column(
            "capacity_per_1000",
            "integer",
            Text(
                "Contacts that the channel can take per 1 000 customers and month",
                "每 1 000 位客户每月可承载的接触次数",
            ),
        ),
    ),
)

OFFER_SCORES = Table(
    name="offer_scores",
    title=Text("Offer scores", "产品评分"),
    row=Text(
        "What the bank's models expect of one customer, offer and channel in January 2026",
        "模型对一位客户、一种产品、一个渠道在 2026 年 1 月的预期",
    ),
    key=("customer_id", "offer", "channel"),
    free_columns=True,
    columns=(
        _customer(needed=True),
        Column(
            "offer", "category", _OFFER, needed=True, aliases=("product", "offer_code", "产品", "产品代码")
        ),
        _channel(),
        Column(
            "response_probability",
            "number",
            Text(
                "Probability that the customer takes the offer up after a contact through this channel",
                "通过该渠道接触后客户购买该产品的概率",
            ),
            aliases=("probability", "score", "propensity", "响应率", "响应概率"),
        ),
        Column(
            "expected_margin_fen",
            "money",
            Text(
                "That probability times the first year's margin, before the cost of the contact",
                "上述概率乘以首年毛利，未扣接触成本",
            ),
            unit=FEN,
            aliases=(
                "expected_margin",
                "expected_profit",
                "expected_value",
                "期望利润",
                "预期收益",
                "期望收益",
            ),
        ),
    ),
)

CONTACT_HISTORY = Table(
    name="contact_history",
    title=Text("Contact history", "接触历史"),
    row=Text(
        "One marketing contact in 2025; contact management began on 2025-01-01, so there is no earlier one",
        "2025 年的一次营销接触；接触管理自 2025-01-01 启用，此前没有记录",
    ),
    key=("contact_id",),
    columns=(
        Column("contact_id", "integer", Text("Number of the contact", "接触编号")),
        _customer(needed=True),
        Column(
            "contacted_on",
            "date",
            Text("Day of the contact", "接触日期"),
            needed=True,
            aliases=("contact_date", "date", "日期"),
        ),
        _channel(),
        Column("offer", "category", _OFFER),
        Column(
            "outcome",
            "category",
            Text(
                "What the customer did: no_reaction, bought, or opted_out (wants no further marketing, by any channel)",
                "客户的反应：no_reaction 无反应，bought 购买，opted_out 退订（不再接受任何渠道的营销）",
            ),
            needed=True,
            aliases=("result", "response"),
        ),
    ),
)

CAMPAIGN_EQUATIONS = Table(
    name="campaign_equations",
    title=Text("Equations of the campaigns", "营销活动的预埋方程"),
    row=Text(
        "One term of a planted equation: log_odds * (feature - centre)",
        "预埋方程中的一项：log_odds *（feature - centre）",
    ),
    key=("equation", "feature"),
    truth=True,
    columns=(
        Column(
            "equation",
            "category",
            Text(
                "buys (without a call), effect_of_call (added by a call) or manager_calls (May 2024)",
                "buys 未外呼时购买，effect_of_call 外呼带来的增量，manager_calls 客户经理选择外呼（2024 年 5 月）",
            ),
        ),
        Column(
            "feature",
            "category",
            Text(
                "Column of the campaign tables, constant, or relation_health, which no data table has",
                "营销活动表中的列；constant 为常数项；relation_health 不在任何数据表中",
            ),
        ),
        Column("centre", "number", Text("Value at which the term is 0", "该项为 0 时的取值")),
        Column(
            "log_odds", "number", Text("What one unit adds to the log-odds", "每增加一个单位对对数几率的影响")
        ),
    ),
)

UPLIFT_TRUTH = Table(
    name="uplift_truth",
    title=Text("True uplift", "真实增量"),
    row=Text("One customer of campaign_experiment", "campaign_experiment 中的一位客户"),
    key=("customer_id",),
    truth=True,
    columns=(
        _customer(),
        Column("probability_if_called", "number", _IF_CALLED),
        Column("probability_if_not", "number", _IF_NOT),
        Column("kind", "category", _KIND),
    ),
)

OBSERVATIONAL_TRUTH = Table(
    name="observational_truth",
    title=Text("Truth of the managers' campaign", "客户经理自选活动的真相"),
    row=Text(
        "One customer of campaign_observational. The true effect on the called is the mean difference of the two "
        "probabilities among them. The plain comparison says about 10 points more; adjusting for every column leaves "
        "about 1 of these points, because managers also go by relation_health",
        "campaign_observational 中的一位客户。外呼对被叫客户的真实效果是其两个概率之差的平均值。直接比较会高估约 10 个百分点；"
        "按全部列调整后仍高估约 1 个百分点，因为客户经理还会看 relation_health",
    ),
    key=("customer_id",),
    truth=True,
    columns=(
        _customer(),
        Column(
            "probability_of_call",
            "number",
            Text("True probability of being called by a manager", "被客户经理外呼的真实概率"),
        ),
        Column(
            "relation_health",
            "number",
            Text(
                "How well the relation to the bank stands, 0 to 1: it confounds, and no data table has it",
                "与银行关系的健康程度，0 到 1：造成混杂，但不在任何数据表中",
            ),
        ),
        Column("probability_if_called", "number", _IF_CALLED),
        Column("probability_if_not", "number", _IF_NOT),
        Column("kind", "category", _KIND),
    ),
)

FATIGUE_TRUTH = Table(
    name="fatigue_truth",
    title=Text("Fatigue", "营销疲劳"),
    row=Text(
        "One parameter of the log-odds that a customer opts out after a contact",
        "一次接触后客户退订的对数几率中的一个参数",
    ),
    key=("parameter",),
    truth=True,
    columns=(
        Column(
            "parameter",
            "category",
            Text(
                "constant (an app push), channel_sms, channel_call, contacts_30d (per contact in the 30 days before) or "
                "relation_health (of 1 compared with 0, centred at 0.5; no data table has it)",
                "constant 常数项（手机银行推送），channel_sms 短信，channel_call 外呼，contacts_30d 此前 30 天内每一次接触，"
                "relation_health 关系健康度（1 与 0 之差，以 0.5 为中心；不在任何数据表中）",
            ),
        ),
        Column("log_odds", "number", Text("What it adds to the log-odds", "对对数几率的影响")),
    ),
)

TABLES: tuple[Table, ...] = (
    CAMPAIGN_EXPERIMENT,
    CAMPAIGN_OBSERVATIONAL,
    CONTACT_CHANNELS,
    OFFER_SCORES,
    CONTACT_HISTORY,
    CAMPAIGN_EQUATIONS,
    UPLIFT_TRUTH,
    OBSERVATIONAL_TRUTH,
    FATIGUE_TRUTH,
)
