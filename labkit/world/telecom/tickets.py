"""What subscribers tell the service desk: tickets, complaints among them, with their words."""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.catalogue.telecom import TICKETS
from labkit.world.block import Block
from labkit.world.telecom.churn import left_month
from labkit.world.telecom.joining import FIRST_MONTH, month_start
from labkit.world.telecom.service import MONTHS, Service, service
from labkit.world.telecom.subscribers import contracts

TOPICS = ("network", "billing", "service", "plan", "device", "roaming")
_COMPLAINT_TOPICS = (0.22, 0.26, 0.22, 0.16, 0.09, 0.05)
_QUESTION_TOPICS = (0.12, 0.24, 0.16, 0.24, 0.16, 0.08)
_HOURS = np.repeat(np.arange(8, 23), [1, 4, 6, 6, 4, 3, 4, 5, 5, 4, 3, 3, 3, 2, 1])

PLACES = (
    ("Riverside Road", "滨江路"),
    ("North Station", "城北站"),
    ("Lotus Garden", "荷花苑"),
    ("the tech park", "科技园"),
    ("East Lake", "东湖"),
    ("the old town", "老城区"),
    ("Harbour Street", "港口街"),
    ("the university town", "大学城"),
)

COMPLAINTS: dict[str, tuple[tuple[str, str], ...]] = {
    "network": (
        (
            "My calls near {place} dropped {n} times this week. This cannot go on.",
            "这周我在{place}附近打电话断了 {n} 次，这样下去没法用了。",
        ),
        (
            "There has been hardly any signal in my flat at {place} for {n} weeks. When will it be repaired?",
            "我在{place}的家里已经 {n} 周几乎没有信号了，什么时候能修好？",
        ),
        (
            "Video stalls every evening around {place}. I pay for a fast network and do not get one.",
            "每天晚上在{place}一带看视频都卡，我花钱买的高速网络在哪儿？",
        ),
        (
            "I reported the dead spot at {place} {n} weeks ago and nobody has called me back.",
            "{place}没信号的问题我 {n} 周前就报过，到现在也没人回电话。",
        ),
        (
            "A call with my doctor broke off {n} times in ten minutes. I was standing at {place}, not in a forest.",
            "我在{place}给医生打电话，十分钟断了 {n} 次，这可不是荒郊野外。",
        ),
    ),
    "billing": (
        (
            "My bill is {yuan} yuan higher than last month and nobody can tell me why.",
            "这个月账单比上个月多了 {yuan} 元，没有一个人能说清原因。",
        ),
        (
            "You charged me {yuan} yuan for a service that I never ordered. I want it back.",
            "我从没订过的业务扣了我 {yuan} 元，请退给我。",
        ),
        (
            "The monthly fee was taken twice, {yuan} yuan too much, and the app still says all is well.",
            "月费扣了两次，多收了 {yuan} 元，应用里还显示一切正常。",
        ),
        (
            "I have asked {n} times about the extra {yuan} yuan. The hotline always tells me to wait.",
            "多出来的 {yuan} 元我问了 {n} 次，热线每次都让我再等等。",
        ),
        (
            "{yuan} yuan for data beyond my allowance, and no message warned me before it was used up.",
            "流量超出套餐收了我 {yuan} 元，用完之前一条提醒短信都没有。",
        ),
    ),
    "service": (
        (
            "I waited {n}0 minutes on the hotline, then the line was cut.",
            "热线等了 {n}0 分钟，最后电话直接断了。",
        ),
        (
            "The branch at {place} sent me away over a form that your website does not even mention.",
            "{place}营业厅说缺一张表不给办，可官网上根本没提这张表。",
        ),
        (
            "An engineer was promised {n} times. I stayed at home each time, and nobody came.",
            "说了 {n} 次师傅上门，我每次都在家等，没有一次有人来。",
        ),
        (
            "Your colleague promised me a discount, and today nobody wants to know about it.",
            "之前的客服答应给我优惠，今天问起来谁都说不知道。",
        ),
    ),
    "plan": (
        (
            "I was told that I could change my plan at any time. Now it takes {n} months?",
            "当初说套餐随时可以改，现在又说要等 {n} 个月？",
        ),
        (
            "New customers get the same plan {yuan} yuan cheaper. Do loyal customers count for nothing?",
            "同样的套餐新用户便宜 {yuan} 元，老用户就不值钱吗？",
        ),
        (
            "The data I was sold as unlimited is slowed to a crawl after {n}0 GB.",
            "说好的不限量，用到 {n}0 GB 就慢得打不开网页。",
        ),
        (
            "I asked to leave the family plan {n} weeks ago and am still paying for it.",
            "我 {n} 周前就申请退出家庭套餐，到现在还在扣钱。",
        ),
    ),
    "device": (
        (
            "The router that you sold me restarts {n} times a day.",
            "你们卖给我的路由器一天重启 {n} 次。",
        ),
        (
            "The SIM card you sent does not work, and the exchange has taken {n} weeks so far.",
            "寄来的卡用不了，换一张已经拖了 {n} 周。",
        ),
        (
            "The branch at {place} refuses to repair a phone that I bought there {n} months ago.",
            "{n} 个月前在{place}营业厅买的手机，现在不给修。",
        ),
    ),
    "roaming": (
        (
            "{yuan} yuan for {n} minutes abroad, and no message warned me.",
            "在国外打了 {n} 分钟就收 {yuan} 元，一条提醒都没有。",
        ),
        (
            "Roaming failed on {n} days of my trip, but I am charged for all of them.",
            "出国有 {n} 天根本连不上网，费用却一天没少收。",
        ),
    ),
}

QUESTIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "network": (
        ("Is there 5G at {place} yet?", "{place}现在有 5G 信号了吗？"),
        ("Which setting switches on calls over Wi-Fi?", "Wi-Fi 通话在哪里打开？"),
        (
            "How good is the coverage at {place}? I am moving my office there.",
            "{place}信号怎么样？我们要把办公室搬过去。",
        ),
    ),
    "billing": (
        ("Where in the app do I find last month's invoice?", "上个月的发票在应用的哪里能找到？"),
        ("Please send me the invoices of the last {n} months.", "请把最近 {n} 个月的发票发给我。"),
        ("On which day of the month is the fee taken?", "每个月哪一天扣费？"),
        ("How do I set up automatic payment?", "自动缴费怎么开通？"),
    ),
    "service": (
        ("When does the branch at {place} open on Sundays?", "{place}营业厅周日几点开门？"),
        ("Please change my postal address.", "请帮我改一下通信地址。"),
        ("Which documents do I need to change the name on the contract?", "过户需要带哪些证件？"),
    ),
    "plan": (
        ("How much data do I have left this month?", "这个月我还剩多少流量？"),
        ("Can I share my data with {n} members of my family?", "我的流量可以分给 {n} 位家人用吗？"),
        ("I use about {n}0 GB a month. Which plan suits me?", "我每个月大概用 {n}0 GB，哪个套餐合适？"),
        ("What does a second SIM card for my watch cost?", "给手表再办一张副卡要多少钱？"),
    ),
    "device": (
        ("How do I move my contacts to a new phone?", "怎么把通讯录转到新手机上？"),
        ("Does my phone take an eSIM?", "我的手机支持 eSIM 吗？"),
        ("Do you take old phones in exchange at {place}?", "{place}营业厅可以以旧换新吗？"),
    ),
    "roaming": (
        (
            "I travel for {n} days next month. Which roaming pack do you suggest?",
            "下个月出国 {n} 天，办哪个漫游包合适？",
        ),
        ("How do I switch roaming on before I leave?", "出国之前怎么开通漫游？"),
    ),
}


def tickets(block: Block) -> pd.DataFrame:
    """The table ``tickets``: of the subscribers in their full months of service, in order of time."""
    months, subscribers = block.of(service), block.of(contracts)
    there = months.served & (MONTHS >= FIRST_MONTH) & (block.of(left_month)[:, None] > MONTHS)
    complaint = _one_row_each(months.complaints * there)
    question = _one_row_each(months.questions * there)
    person, month = np.concatenate([complaint, question]).T
    is_complaint = np.arange(len(person)) < len(complaint)
    table = pd.DataFrame(
        {
            "subscriber_id": subscribers["subscriber_id"].to_numpy()[person],
            "opened_at": _opened_at(block, MONTHS[month]),
            "topic": _topic(block, months, subscribers, person, month, is_complaint),
            "is_complaint": is_complaint,
            "resolved_hours": _resolved_hours(block, is_complaint),
        }
    )
    table["text_en"], table["text_zh"] = _texts(block, table)
    table = table.sort_values(["opened_at", "subscriber_id"], kind="stable", ignore_index=True)
    table["ticket_id"] = block.index * 100_000 + np.arange(len(table), dtype=np.int64) + 1
    return table[[column.name for column in TICKETS.columns]]


def _one_row_each(counts: np.ndarray) -> np.ndarray:
    """(person, month) of every single ticket, shape (tickets, 2)."""
    person, month = np.nonzero(counts)
    return np.repeat(np.column_stack([person, month]), counts[person, month], axis=0)


def _opened_at(block: Block, month: np.ndarray) -> np.ndarray:
    """A second of the month, at hours when people call a service desk."""
    rng = block.rng("tickets", "opened_at")
    first, after = month_start(month), month_start(month + 1)
    day = rng.integers(0, (after - first).astype(np.int64))
    second = rng.choice(_HOURS, len(month)) * 3_600 + rng.integers(0, 3_600, len(month))
    return (first + day).astype("datetime64[ms]") + (second * 1_000).astype("timedelta64[ms]")


def _topic(
    block: Block,
    months: Service,
    subscribers: pd.DataFrame,
    person: np.ndarray,
    month: np.ndarray,
    is_complaint: np.ndarray,
) -> np.ndarray:
    """Topic of each ticket; with a bad network or a high bill, most complaints are about that."""
    rng = block.rng("tickets", "topic")
    size = len(person)
    topic = np.where(
        is_complaint,
        rng.choice(TOPICS, size, p=_COMPLAINT_TOPICS),
        rng.choice(TOPICS, size, p=_QUESTION_TOPICS),
    )
    because = is_complaint & (rng.random(size) < 0.6)
    surprised = 2 * months.extra[person, month] > subscribers["plan_fee_fen"].to_numpy()[person]
    topic = np.where(because & surprised, "billing", topic)
    return np.where(because & (months.dropped[person, month] >= 300), "network", topic)


def _resolved_hours(block: Block, is_complaint: np.ndarray) -> np.ndarray:
    """Hours until the desk closed the ticket, one decimal; complaints take longer."""
    hours = block.rng("tickets", "resolved_hours").lognormal(0.0, 0.8, len(is_complaint))
    return np.round(hours * np.where(is_complaint, 26.0, 5.0), 1)


def _texts(block: Block, table: pd.DataFrame) -> tuple[list[str], list[str]]:
    """The subscriber's words, in English and in Chinese: a template of the topic, filled in."""
    rng = block.rng("tickets", "text")
    size = len(table)
    template = rng.integers(0, 1 << 30, size).tolist()
    number = rng.integers(2, 7, size).tolist()
    yuan = rng.integers(12, 180, size).tolist()
    place = rng.integers(0, len(PLACES), size).tolist()
    english, chinese = [], []
    for k, (topic, complaint) in enumerate(zip(table["topic"], table["is_complaint"], strict=True)):
        choices = (COMPLAINTS if complaint else QUESTIONS)[topic]
        en, zh = choices[template[k] % len(choices)]
        place_en, place_zh = PLACES[place[k]]
        english.append(en.format(n=number[k], yuan=yuan[k], place=place_en))
        chinese.append(zh.format(n=number[k], yuan=yuan[k], place=place_zh))
    return english, chinese
