"""The answer key about people: what is true of them, whether or not a company knows it."""

from __future__ import annotations

from labkit.catalogue.schema import Column, Table
from labkit.language import Text

PEOPLE = Table(
    name="people",
    title=Text("People", "人口"),
    row=Text("One person of the province", "江海省的一位居民"),
    key=("person_id",),
    truth=True,
    columns=(
        Column("person_id", "integer", Text("Number of the person", "居民编号")),
        Column("sex", "category", Text("Sex: female or male", "性别：female 女，male 男")),
        Column("age", "integer", Text("Age on 2026-01-01", "2026-01-01 时的年龄"), unit=Text("years", "岁")),
        Column(
            "city_tier",
            "category",
            Text(
                "Size of the place of residence: tier1 (largest city) to tier3, or county",
                "居住地规模：tier1（一线）至 tier3（三线）城市，county 为县域",
            ),
        ),
        Column("income_fen", "money", Text("Income per month", "月收入"), unit=Text("fen", "分")),
        Column("child_under_3", "flag", Text("Has a child younger than three", "家有三岁以下儿童")),
        Column(
            "price_sensitivity",
            "number",
            Text(
                "How much a price matters: 0 not at all, 1 most", "价格敏感度：0 表示完全不在意，1 表示最敏感"
            ),
        ),
        Column(
            "digital_habit",
            "number",
            Text(
                "How much of life happens online: 0 nothing, 1 everything",
                "线上习惯：0 表示从不上网，1 表示一切在线上完成",
            ),
        ),
        Column("is_shopper", "flag", Text("Holds a Good Neighbour loyalty card", "持有好邻居超市会员卡")),
        Column("is_subscriber", "flag", Text("Is a customer of Swift Mobile", "是迅通移动的用户")),
    ),
)

TABLES: tuple[Table, ...] = (PEOPLE,)
