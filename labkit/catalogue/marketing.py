"""Campaigns: an experiment and one without, what offers are worth, and how often customers were contacted."""

from __future__ import annotations

from labkit.catalogue.bank_customers import CUSTOMER
from labkit.catalogue.people import CITY_TIER, FEN, SEX, YEARS
from labkit.catalogue.schema import Column, Table
from labkit.language import Text

_DAYS = Text("days", "天")
_CHANNEL = Text("Channel: call, sms or app_push", "渠道：call 电话，sms 短信，app_push 手机银行推送")
_OFFER = Text(
    "Offer: money_fund, term_deposit, insurance or instalment",
    "产品：money_fund 货币基金，term_deposit 定期存款，insurance 保险，instalment 分期",
)
_WHO = Column("customer_id", "integer", CUSTOMER, refers_to="customers.customer_id", needed=True)
_KIND = Column(
    "kind",
    "category",
    Text(
        "Planted kind: persuadable, sure_thing, lost_cause or sleeping_dog",
        "预埋的类型：persuadable 可说服，sure_thing 本来就买，lost_cause 怎样都不买，sleeping_dog 打了反而不买",
    ),
)
_IF_CALLED = Column(
    "probability_if_called",
    "number",
    Text("True probability of buying when called", "打电话时购买的真实概率"),
)
_IF_NOT = Column(
    "probability_if_not",
    "number",
    Text("True probability of buying without a call", "不打电话时购买的真实概率"),
)

_EVE = (
    Column("age", "integer", Text("Age", "年龄"), unit=YEARS),
    Column("sex", "category", SEX),
    Column("city_tier", "category", CITY_TIER),
    Column("tenure_years", "integer", Text("Full years as a customer", "开户满几年"), unit=YEARS),
    Column(
        "wealth_band",
        "integer",
        Text("Wealth band as the bank estimates it, 1 to 5", "银行估计的财富等级，1 至 5"),
    ),
    Column(
        "app_logins_30d",
        "integer",
        Text("Days with a login to the app, of thirty", "近 30 天登录手机银行的天数"),
        unit=_DAYS,
    ),
    Column("contacts_90d", "integer", Text("Contacts by the bank in ninety days", "近 90 天被接触的次数")),
    Column("asked_for_advice", "flag", Text("Asked an adviser about saving", "曾向理财经理咨询储蓄")),
    Column("complained_12m", "flag", Text("Complained within twelve months", "近 12 个月有过投诉")),
)
"""What was known on the eve of a campaign."""
_RESULT = (
    Column("called", "flag", Text("Was called", "是否打了电话"), needed=True),
    Column("bought", "flag", Text("Bought within thirty days", "30 天内是否购买"), needed=True),
    Column(
        "margin_fen",
        "money",
        Text("Margin of the first year; 0 without a purchase", "首年毛利；未购买为 0"),
        unit=FEN,
    ),
)

CAMPAIGN_EXPERIMENT = Table(
    name="campaign_experiment",
    title=Text("Campaign with a coin: October 2024", "随机实验营销活动（2024 年 10 月）"),
    row=Text(
        "One customer of the experiment for the savings plan; a coin decided who was called",
        "储蓄计划随机实验中的一位客户；是否打电话由抛硬币决定",
    ),
    key=("customer_id",),
    columns=(_WHO, *_EVE, *_RESULT),
)

CAMPAIGN_OBSERVATIONAL = Table(
    name="campaign_observational",
    title=Text("Campaign without a coin: May 2024", "非随机营销活动（2024 年 5 月）"),
    row=Text(
        "One customer of the bank in May 2024; relationship managers decided who was called",
        "2024 年 5 月的一位客户；是否打电话由客户经理决定",
    ),
    key=("customer_id",),
    columns=(_WHO, *_EVE, *_RESULT),
)

CONTACT_CHANNELS = Table(
    name="contact_channels",
    title=Text("Contact channels", "接触渠道"),
    row=Text("One channel through which customers are contacted", "一种接触客户的渠道"),
    key=("channel",),
    columns=(
        Column("channel", "category", _CHANNEL),
        Column("cost_fen", "money", Text("Cost of one contact", "单次接触成本"), unit=FEN),
        Column(
            "capacity_per_1000",
            "integer",
            Text("Contacts per 1,000 customers and month", "每千位客户每月可接触的次数"),
        ),
    ),
)

OFFER_SCORES = Table(
    name="offer_scores",
    title=Text("Offer scores for January 2026", "2026 年 1 月产品评分"),
    row=Text("One customer, one offer, one channel", "一位客户、一个产品、一种渠道"),
    key=("customer_id", "offer", "channel"),
    columns=(
        _WHO,
        Column("offer", "category", _OFFER, needed=True),
        Column("channel", "category", _CHANNEL, refers_to="contact_channels.channel", needed=True),
        Column(
            "response_probability",
            "number",
            Text("Response as the bank's model expects it", "模型预测的响应概率"),
        ),
        Column(
            "expected_margin_fen",
            "money",
            Text(
                "Probability times margin, before the cost of the contact",
                "期望毛利：概率乘毛利，未扣接触成本",
            ),
            unit=FEN,
            needed=True,
        ),
    ),
)

CONTACT_HISTORY = Table(
    name="contact_history",
    title=Text("Contact history of 2025", "2025 年接触记录"),
    row=Text("One contact of one customer", "对一位客户的一次接触"),
    key=("contact_id",),
    columns=(
        Column("contact_id", "integer", Text("Number of the contact", "接触编号")),
        _WHO,
        Column("contacted_on", "date", Text("Day of the contact", "接触日期"), needed=True),
        Column("channel", "category", _CHANNEL, refers_to="contact_channels.channel"),
        Column("offer", "category", _OFFER),
        Column(
            "outcome",
            "category",
            Text(
                "Outcome: none, bought or opted_out (wants no further contact)",
                "结果：none 无，bought 购买，opted_out 退订（不愿再被接触）",
            ),
        ),
    ),
)

UPLIFT_TRUTH = Table(
    name="uplift_truth",
    title=Text("True effect of the call", "打电话的真实增量"),
    row=Text("One customer of the experiment", "随机实验中的一位客户"),
    key=("customer_id",),
    truth=True,
    columns=(
        Column("customer_id", "integer", CUSTOMER, refers_to="customers.customer_id"),
        _IF_CALLED,
        _IF_NOT,
        _KIND,
    ),
)

OBSERVATIONAL_TRUTH = Table(
    name="observational_truth",
    title=Text("True effect and true choice in May 2024", "2024 年 5 月的真实增量与真实选择"),
    row=Text("One customer of the campaign of May 2024", "2024 年 5 月活动中的一位客户"),
    key=("customer_id",),
    truth=True,
    columns=(
        Column("customer_id", "integer", CUSTOMER, refers_to="customers.customer_id"),
        Column(
            "probability_of_call", "number", Text("True probability of being called", "被打电话的真实概率")
        ),
        Column(
            "relation_health",
            "number",
            Text(
                "The trait that managers felt and no table has: 0 least, 1 most",
                "客户经理能感觉到、任何表都没有的特征：与银行关系的健康程度，0 最低，1 最高",
            ),
        ),
        _IF_CALLED,
        _IF_NOT,
        _KIND,
    ),
)

CAMPAIGN_EQUATIONS = Table(
    name="campaign_equations",
    title=Text("Planted equations of the campaigns", "预埋的营销活动方程"),
    row=Text(
        "One term of an equation: log-odds times (feature less centre)",
        "方程的一项：对数几率 ×（特征 − 中心）",
    ),
    key=("equation", "feature"),
    truth=True,
    columns=(
        Column(
            "equation",
            "category",
            Text(
                "buys (without a call), effect_of_call or manager_calls",
                "buys 不打电话时购买，effect_of_call 电话的作用，manager_calls 客户经理是否打电话",
            ),
        ),
        Column(
            "feature",
            "category",
            Text("Column of the campaign, or constant", "活动表的列名，或 constant 常数项"),
        ),
        Column("centre", "number", Text("Value at which the term is 0", "该项为 0 时的取值")),
        Column(
            "log_odds", "number", Text("Log-odds per unit of the feature", "特征每增加一个单位的对数几率")
        ),
    ),
)

FATIGUE_TRUTH = Table(
    name="fatigue_truth",
    title=Text("Planted fatigue", "预埋的打扰疲劳"),
    row=Text("One term of the log-odds of opting out after a contact", "接触后退订的对数几率的一项"),
    key=("parameter",),
    truth=True,
    columns=(
        Column(
            "parameter",
            "category",
            Text(
                "constant, contacts_30d, channel_sms, channel_call or relation_health (centred at 0.5)",
                "constant 常数，contacts_30d 此前 30 天接触次数，channel_sms 短信，channel_call 电话，"
                "relation_health 关系健康程度（以 0.5 为中心）",
            ),
        ),
        Column("log_odds", "number", Text("Log-odds per unit", "每单位的对数几率")),
    ),
)

TABLES: tuple[Table, ...] = (
    CAMPAIGN_EXPERIMENT,
    CAMPAIGN_OBSERVATIONAL,
    CONTACT_CHANNELS,
    OFFER_SCORES,
    CONTACT_HISTORY,
    UPLIFT_TRUTH,
    OBSERVATIONAL_TRUTH,
    CAMPAIGN_EQUATIONS,
    FATIGUE_TRUTH,
)
