"""The customers of Lighthouse Bank."""

from __future__ import annotations

from labkit.catalogue.people import CITY, CITY_TIER, FEN, GRID_CELL, SEX
from labkit.catalogue.schema import Column, Table
from labkit.language import Text

CUSTOMER = Text("Number of the customer", "客户编号")

CUSTOMERS = Table(
    name="customers",
    title=Text("Customers", "客户"),
    row=Text(
        "One customer of Lighthouse Bank, as of 2025-12-31", "灯塔银行的一位客户，以 2025-12-31 的状态为准"
    ),
    key=("customer_id",),
    free_columns=True,
    columns=(
        Column("customer_id", "integer", CUSTOMER, needed=True, aliases=("CustomerId", "客户号", "ID")),
        Column("name_en", "text", Text("Name in Latin letters", "姓名（拼音）")),
        Column("name_zh", "text", Text("Name", "姓名")),
        Column(
            "id_number",
            "text",
            Text(
                "ID number of 18 characters; its region code begins with 99, so no real person has it",
                "18 位身份证号；行政区划码以 99 开头，不会与任何真实的人相同",
            ),
        ),
        Column(
            "phone",
            "text",
            Text(
                "Mobile phone of 11 digits; begins with 12, so no real person has it",
                "11 位手机号；以 12 开头，不会与任何真实的人相同",
            ),
        ),
        Column("sex", "category", SEX),
        Column("birth_year", "integer", Text("Year of birth", "出生年份")),
        Column("city", "category", CITY, refers_to="cities.city"),
        Column("city_tier", "category", CITY_TIER),
        Column("grid_cell_id", "integer", GRID_CELL, refers_to="grid_cells.grid_cell_id"),
        Column(
            "branch_id",
            "integer",
            Text("Branch that keeps the file", "开户网点"),
            refers_to="branches.branch_id",
        ),
        Column("joined_on", "date", Text("First day as a customer", "开户日期")),
        Column(
            "risk_level",
            "integer",
            Text(
                "Risk level by the suitability questionnaire, 1 (lowest) to 5: the highest product level allowed",
                "适当性测评得出的风险等级，1（最低）至 5：可购买产品的最高风险等级",
            ),
        ),
        Column(
            "declared_income_fen",
            "money",
            Text(
                "Monthly income the customer declared; missing on many files from before 2020",
                "客户申报的月收入；2020 年以前的档案大多缺失",
            ),
            unit=FEN,
            nullable=True,
        ),
    ),
)

TABLES: tuple[Table, ...] = (CUSTOMERS,)
