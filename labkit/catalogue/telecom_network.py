"""Who calls whom at Swift Mobile, what spreads along the calls, and who carries it."""

from __future__ import annotations

from labkit.catalogue.schema import Column, Table
from labkit.catalogue.telecom import SUBSCRIBER
from labkit.language import Text

_NUMBER = Text(
    "Number of the subscriber; nine digits from 900000001 on: a hotline, call centre or courier, no subscriber",
    "用户编号；900000001 起的九位号码是热线、呼叫中心或快递，不是用户",
)
_CIRCLE = Text("Number of the own circle of friends", "本人所属交往圈的编号")

SERVICE_NUMBERS = Table(
    name="service_numbers",
    title=Text("Published hotlines", "公开的服务号码"),
    row=Text("One hotline that a company publishes", "一个企业公开的服务热线"),
    key=("number_id",),
    columns=(
        Column("number_id", "integer", Text("The number, as it stands in calls", "号码，与 calls 表一致")),
        Column(
            "kind",
            "category",
            Text(
                "Kind: own_hotline (Swift Mobile), rival_hotline (another operator) or company_hotline",
                "类型：own_hotline 迅通移动客服，rival_hotline 其他运营商客服，company_hotline 其他企业热线",
            ),
        ),
        Column("company_en", "text", Text("Company, in English", "企业名称（英文）")),
        Column("company_zh", "text", Text("Company, in Chinese", "企业名称（中文）")),
    ),
)

CALLS = Table(
    name="calls",
    title=Text("Calls", "通话"),
    row=Text(
        "One call from October to December 2025 between two subscribers, or with a hotline, call centre or courier",
        "2025 年 10 月至 12 月的一次通话：两位用户之间，或与热线、呼叫中心、快递之间",
    ),
    key=("call_id",),
    free_columns=True,
    columns=(
        Column("call_id", "integer", Text("Number of the call", "通话编号")),
        Column(
            "caller_id",
            "integer",
            Text(f"Who called. {_NUMBER.en}", f"主叫号码。{_NUMBER.zh}"),
            needed=True,
            aliases=("caller", "from", "source", "sender", "主叫", "主叫号码"),
        ),
        Column(
            "callee_id",
            "integer",
            Text(f"Who was called. {_NUMBER.en}", f"被叫号码。{_NUMBER.zh}"),
            needed=True,
            aliases=("callee", "to", "target", "receiver", "被叫", "被叫号码"),
        ),
        Column("started_at", "time", Text("When the call began", "通话开始时间")),
        Column("seconds", "integer", Text("Length of the call", "通话时长"), unit=Text("seconds", "秒")),
    ),
)

CALL_DECOYS = Table(
    name="call_decoys",
    title=Text("Numbers that are no person", "非个人号码"),
    row=Text("One number in calls that is no subscriber", "calls 表中一个不属于用户的号码"),
    key=("number_id",),
    truth=True,
    columns=(
        Column("number_id", "integer", Text("The number", "号码")),
        Column(
            "kind",
            "category",
            Text(
                "Kind: own_hotline, rival_hotline, company_hotline, call_centre (sells by telephone) or courier",
                "类型：own_hotline 本网客服，rival_hotline 竞品客服，company_hotline 企业热线，"
                "call_centre 电话营销，courier 快递",
            ),
        ),
    ),
)

ADOPTIONS = Table(
    name="adoptions",
    title=Text("Family cloud: who took it up", "家庭云业务开通"),
    row=Text(
        "One subscriber who took up the family cloud in 2025, a product that spreads by word of mouth",
        "2025 年开通家庭云的一位用户；该业务靠口口相传扩散",
    ),
    key=("subscriber_id",),
    columns=(
        Column("subscriber_id", "integer", SUBSCRIBER, refers_to="subscribers.subscriber_id", needed=True),
        Column("adopted_on", "date", Text("Day of taking it up", "开通日期"), needed=True),
        Column(
            "in_pilot",
            "flag",
            Text("Was invited to the pilot of January 2025", "是否为 2025 年 1 月的试点用户"),
        ),
    ),
)

ADOPTION_TRUTH = Table(
    name="adoption_truth",
    title=Text("Who persuaded whom", "业务扩散的真实来源"),
    row=Text("One subscriber who took up the family cloud", "一位开通家庭云的用户"),
    key=("subscriber_id",),
    truth=True,
    columns=(
        Column("subscriber_id", "integer", SUBSCRIBER, refers_to="adoptions.subscriber_id"),
        Column(
            "infected_by_id",
            "integer",
            Text("Subscriber it came from; missing for the pilot", "受谁影响（用户编号）；试点用户为空"),
            refers_to="adoptions.subscriber_id",
            nullable=True,
        ),
    ),
)

INFLUENCE_TRUTH = Table(
    name="influence_truth",
    title=Text("True influence", "真实影响力"),
    row=Text(
        "Two subscribers who call each other: how often, and how likely one persuades the other",
        "互相通话的两位用户：多久通一次话，一方影响另一方的概率",
    ),
    key=("subscriber_id", "other_id"),
    truth=True,
    columns=(
        Column("subscriber_id", "integer", SUBSCRIBER, refers_to="subscribers.subscriber_id"),
        Column(
            "other_id",
            "integer",
            Text("Number of the other subscriber", "另一位用户的编号"),
            refers_to="subscribers.subscriber_id",
        ),
        Column(
            "calls_a_week",
            "number",
            Text("Expected calls in a week, both directions together", "每周通话次数的期望值（双向合计）"),
        ),
        Column(
            "probability",
            "number",
            Text(
                "Probability that one, once an adopter, persuades the other; the same both ways",
                "一方开通后成功影响另一方的概率；两个方向相同",
            ),
        ),
    ),
)

KEY_PEOPLE = Table(
    name="key_people",
    title=Text("Key people", "关键客户"),
    row=Text(
        "One planted key person who was a subscriber from October to December 2025",
        "一位预埋的关键客户，2025 年 10 月至 12 月一直在网",
    ),
    key=("subscriber_id",),
    truth=True,
    columns=(
        Column("subscriber_id", "integer", SUBSCRIBER, refers_to="subscribers.subscriber_id"),
        Column(
            "role",
            "category",
            Text(
                "Role: hub (ties in many circles), insider (knows most of one circle) or broker (the only bridge "
                "between a county and the cities)",
                "角色：hub 枢纽（在很多交往圈都有熟人），insider 圈内核心（认识本交往圈的大多数人），"
                "broker 中间人（县域与城市之间唯一的桥梁）",
            ),
        ),
        Column("circle_id", "integer", _CIRCLE),
        Column(
            "other_circle_id",
            "integer",
            Text(
                "Of a broker: the circle in the cities at the other end", "中间人另一端（城市里）的交往圈编号"
            ),
            nullable=True,
        ),
    ),
)

TABLES: tuple[Table, ...] = (
    SERVICE_NUMBERS,
    CALLS,
    ADOPTIONS,
    CALL_DECOYS,
    ADOPTION_TRUTH,
    INFLUENCE_TRUTH,
    KEY_PEOPLE,
)
