"""What Swift Mobile charges, and which plan would have suited whom."""

from __future__ import annotations

from labkit.catalogue.people import FEN
from labkit.catalogue.schema import Column, Table
from labkit.catalogue.telecom import PLAN, SUBSCRIBER
from labkit.language import Text

TARIFFS = Table(
    name="tariffs",
    title=Text("Tariffs", "资费"),
    row=Text(
        "One plan, on sale or not, that somebody has or may choose",
        "一种套餐，无论在售或停售，有人在用或可供选择",
    ),
    key=("plan",),
    columns=(
        Column("plan", "category", Text("Code of the plan", "套餐代码")),
        Column("name_en", "text", Text("Name in English", "英文名称")),
        Column("name_zh", "text", Text("Name in Chinese", "中文名称")),
        Column("fee_fen", "money", Text("Fee per month", "月费"), unit=FEN),
        Column(
            "included_data_gb",
            "integer",
            Text("Data included in a month; missing: without limit", "每月包含的流量；为空表示不限量"),
            unit=Text("GB", "GB"),
            nullable=True,
        ),
        Column(
            "included_minutes",
            "integer",
            Text("Minutes of outgoing calls included in a month", "每月包含的主叫分钟数"),
            unit=Text("minutes", "分钟"),
        ),
        Column(
            "per_gb_fen",
            "money",
            Text(
                "Price per further GB, charged by the hundredth of a GB",
                "超出部分每 GB 的价格，按 0.01 GB 计费",
            ),
            unit=FEN,
        ),
        Column("per_minute_fen", "money", Text("Price per further minute", "超出部分每分钟的价格"), unit=FEN),
        Column("per_roaming_day_fen", "money", Text("Price per day abroad", "国际漫游每天的价格"), unit=FEN),
        Column("sold_from", "date", Text("First day on sale", "开售日期")),
        Column(
            "sold_until",
            "date",
            Text(
                "Last day on sale; missing while on sale. Whoever has the plan keeps it",
                "停售日期（当天仍可办理）；在售的为空。停售后老用户可继续使用",
            ),
            nullable=True,
        ),
    ),
)

BEST_PLANS = Table(
    name="best_plans",
    title=Text("Cheapest plans", "最省套餐"),
    row=Text(
        "One subscriber who was there from October to December 2025, with the plan on sale, or the own, that would "
        "have been cheapest for the use of these three months",
        "2025 年 10 月至 12 月一直在网的一位用户，及按这三个月用量计算最省的套餐（在售套餐或用户现有套餐）",
    ),
    key=("subscriber_id",),
    truth=True,
    columns=(
        Column("subscriber_id", "integer", SUBSCRIBER, refers_to="subscribers.subscriber_id"),
        Column("plan", "category", PLAN, refers_to="tariffs.plan"),
        Column(
            "best_plan",
            "category",
            Text(
                "The cheapest plan; the own one where none is cheaper", "最省的套餐；没有更省的则为现有套餐"
            ),
            refers_to="tariffs.plan",
        ),
        Column(
            "charges_fen",
            "money",
            Text(
                "What the plan charged in the three months, without extra charges",
                "三个月的资费合计（不含套餐外费用）",
            ),
            unit=FEN,
        ),
        Column(
            "regret_fen",
            "money",
            Text("How much less the cheapest plan would have charged", "换成最省套餐可以少付的金额"),
            unit=FEN,
        ),
        Column(
            "cause",
            "category",
            Text(
                "Planted reason why the plan may not suit: keeps_old_plan, sold_too_large, uses_more or uses_less than "
                "when it was chosen; none",
                "预埋的套餐不合适原因：keeps_old_plan 沿用老套餐，sold_too_large 被推荐了过大的套餐，"
                "uses_more / uses_less 用量比办理时多 / 少；none 无",
            ),
        ),
    ),
)

TABLES: tuple[Table, ...] = (TARIFFS, BEST_PLANS)
