"""The province and its people: cities, and the answer keys about who is who, whether or not a company knows it."""

from __future__ import annotations

from labkit.catalogue.schema import Column, Table
from labkit.language import Text

SEX = Text("Sex: female or male", "性别：female 女，male 男")
CITY = Text("City, by its code in the table cities", "城市，代码见 cities 表")
CITY_TIER = Text(
    "Size of the place of residence: tier1 (largest city) to tier3, or county",
    "居住地规模：tier1（一线）至 tier3（三线）城市，county 为县域",
)
GRID_CELL = Text("Square kilometre of the home", "住址所在的一平方公里网格")
YEARS, FEN = Text("years", "岁"), Text("fen", "分")
_ZERO_TO_ONE = Text("0 least, 1 most", "0 最低，1 最高")


def _disposition(name: str, en: str, zh: str) -> Column:
    """A latent trait between 0 and 1."""
    return Column(name, "number", Text(f"{en}: {_ZERO_TO_ONE.en}", f"{zh}：{_ZERO_TO_ONE.zh}"))


CITIES = Table(
    name="cities",
    title=Text("Cities", "城市"),
    row=Text("One city of Jianghai province", "江海省的一座城市"),
    key=("city",),
    columns=(
        Column("city", "category", Text("Code of the city", "城市代码")),
        Column("name_en", "text", Text("Name in English", "英文名称")),
        Column("name_zh", "text", Text("Name in Chinese", "中文名称")),
        Column("city_tier", "category", CITY_TIER),
        Column(
            "city_code",
            "integer",
            Text(
                "Administrative code; begins with 99, which no province has",
                "行政区划代码；以 99 开头，现实中没有这样的省份",
            ),
        ),
    ),
)

PEOPLE = Table(
    name="people",
    title=Text("People", "人口"),
    row=Text("One adult of the province", "江海省的一位成年居民"),
    key=("person_id",),
    truth=True,
    columns=(
        Column("person_id", "integer", Text("Number of the person", "居民编号")),
        Column("sex", "category", SEX),
        Column("age", "integer", Text("Age on 2026-01-01", "2026-01-01 时的年龄"), unit=YEARS),
        Column("city", "category", CITY, refers_to="cities.city"),
        Column("city_tier", "category", CITY_TIER),
        Column("grid_cell_id", "integer", GRID_CELL, refers_to="grid_cells.grid_cell_id"),
        Column("household_id", "integer", Text("Number of the household", "家庭编号")),
        Column("child_under_3", "flag", Text("Has a child younger than three", "家有三岁以下儿童")),
        Column(
            "segment",
            "category",
            Text(
                "Planted segment: young_digital, family_builder, affluent_investor, small_business, steady_saver or "
                "basic_payroll",
                "预埋的客群：young_digital 数字新青年，family_builder 成家立业，affluent_investor 财富投资，"
                "small_business 小微业主，steady_saver 稳健储蓄，basic_payroll 基础代发",
            ),
        ),
        Column("income_fen", "money", Text("Income per month", "月收入"), unit=FEN),
        _disposition("risk_appetite", "Appetite for risk", "风险承受能力"),
        _disposition("price_sensitivity", "How much a price matters", "价格敏感度"),
        _disposition("digital_habit", "How much of life happens online", "线上习惯"),
        _disposition("credit_quality", "How surely debts are paid", "还款可靠程度"),
        _disposition("relation_health", "How well the relation to the bank stands", "与银行关系的健康程度"),
        _disposition("taste_growth", "Taste for gains", "对增值的偏好"),
        _disposition("taste_safety", "Taste for certainty", "对稳妥的偏好"),
        _disposition("taste_protection", "Taste for cover of the family", "对家庭保障的偏好"),
        _disposition("taste_lifestyle", "Taste for spending power", "对消费的偏好"),
        Column("is_customer", "flag", Text("Is a customer of Lighthouse Bank", "是灯塔银行的客户")),
        Column("is_shopper", "flag", Text("Holds a Good Neighbour loyalty card", "持有好邻居超市会员卡")),
        Column("is_subscriber", "flag", Text("Is a customer of Swift Mobile", "是迅通移动的用户")),
    ),
)

EMPLOYERS = Table(
    name="employers",
    title=Text("Employers", "用人单位"),
    row=Text("One company, public employer or small enterprise", "一家公司、公共单位或小微企业"),
    key=("employer_id",),
    truth=True,
    columns=(
        Column("employer_id", "integer", Text("Number of the employer", "单位编号")),
        Column(
            "kind",
            "category",
            Text(
                "Kind: company, public or small_enterprise",
                "类型：company 公司，public 公共单位，small_enterprise 小微企业",
            ),
        ),
        Column(
            "industry",
            "category",
            Text(
                "Industry: manufacturing, trade, services, construction, technology or public",
                "行业：manufacturing 制造，trade 商贸，services 服务，construction 建筑，technology 科技，public 公共",
            ),
        ),
        Column("city", "category", CITY, refers_to="cities.city"),
        Column(
            "owner_id",
            "integer",
            Text("Person who owns the small enterprise", "小微企业主的居民编号"),
            nullable=True,
        ),
        Column(
            "employees", "integer", Text("People of the world who work there", "在此工作的居民人数（含业主）")
        ),
    ),
)

CIRCLES = Table(
    name="circles",
    title=Text("Circles of friends", "交往圈"),
    row=Text("One person, with the circle of friends", "一位居民及其所属的交往圈"),
    key=("person_id",),
    truth=True,
    columns=(
        Column("person_id", "integer", Text("Number of the person", "居民编号")),
        Column("circle_id", "integer", Text("Number of the circle of friends", "交往圈编号")),
        Column(
            "is_investor",
            "flag",
            Text("Belongs to the planted investors' circle as well", "同时属于预埋的投资圈"),
        ),
    ),
)

RELATIONS = Table(
    name="relations",
    title=Text("Who knows whom", "人际关系"),
    row=Text("Two people who know each other", "相识的两个人"),
    key=("person_id", "other_id"),
    truth=True,
    columns=(
        Column("person_id", "integer", Text("One person, the lower number", "其中一人（编号较小者）")),
        Column("other_id", "integer", Text("The other person", "另一人")),
        Column(
            "kind",
            "category",
            Text(
                "Why: family, colleague, friend or investors (the planted circle)",
                "关系：family 家人，colleague 同事，friend 朋友，investors 投资圈（预埋）",
            ),
        ),
    ),
)

TABLES: tuple[Table, ...] = (CITIES, PEOPLE, EMPLOYERS, CIRCLES, RELATIONS)
