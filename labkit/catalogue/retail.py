"""Tables of the retail domain: Good Neighbour supermarkets."""

from __future__ import annotations

from labkit.catalogue.schema import Column, Table
from labkit.language import Text

FEN = Text("fen", "分")

MEMBERS = Table(
    name="members",
    title=Text("Loyalty members", "超市会员"),
    row=Text("One person who holds a Good Neighbour loyalty card", "一位持有好邻居会员卡的顾客"),
    key=("member_id",),
    columns=(
        Column("member_id", "integer", Text("Number of the loyalty card", "会员编号"), needed=True),
        Column("sex", "category", Text("Sex: female or male", "性别：female 女，male 男")),
        Column("birth_year", "integer", Text("Year of birth", "出生年份")),
        Column(
            "child_under_3",
            "flag",
            Text("Told the shop of a child younger than three", "登记过家有三岁以下儿童"),
        ),
        Column(
            "city_tier",
            "category",
            Text(
                "Size of the place of residence: tier1 (largest city) to tier3, or county",
                "居住地规模：tier1（一线）至 tier3（三线）城市，county 为县域",
            ),
        ),
    ),
)

ITEMS = Table(
    name="items",
    title=Text("Items", "商品"),
    row=Text("One item on sale", "一种在售商品"),
    key=("item",),
    columns=(
        Column("item", "category", Text("Code of the item", "商品代码"), needed=True),
        Column("name_en", "text", Text("Name in English", "英文名称")),
        Column("name_zh", "text", Text("Name in Chinese", "中文名称")),
        Column("category", "category", Text("Part of the store", "所属品类")),
        Column("price_fen", "money", Text("Shelf price of one unit", "单件售价"), unit=FEN),
        Column(
            "margin_share",
            "number",
            Text("Share of the price that is gross margin, 0 to 1", "毛利占售价的比例，0 到 1"),
        ),
    ),
)

BASKETS = Table(
    name="baskets",
    title=Text("Baskets", "购物篮"),
    row=Text("One item in one basket: a line of a till receipt", "一个购物篮里的一种商品，即小票上的一行"),
    key=("basket_id", "item"),
    columns=(
        Column(
            "basket_id",
            "integer",
            Text("Number of the receipt", "小票编号"),
            needed=True,
            aliases=("receipt_id", "order_id", "transaction_id"),
        ),
        Column(
            "member_id",
            "integer",
            Text("Loyalty card shown at the till", "结账时出示的会员卡"),
            refers_to="members.member_id",
            aliases=("customer_id",),
        ),
        Column("store_id", "integer", Text("Store, 1 to 160", "门店编号，1 到 160")),
        Column("bought_at", "time", Text("Time at the till", "结账时间")),
        Column(
            "item",
            "category",
            Text("Code of the item", "商品代码"),
            refers_to="items.item",
            needed=True,
            aliases=("product", "product_id", "sku"),
        ),
        Column("quantity", "integer", Text("Units bought", "购买件数"), unit=Text("units", "件")),
        Column("amount_fen", "money", Text("Paid for them", "支付金额"), unit=FEN),
    ),
    repeats=True,
)

PLANTED_RULES = Table(
    name="planted_rules",
    title=Text("Planted rules", "预埋的关联规则"),
    row=Text("One rule or decoy that the generator planted", "生成器预埋的一条规则或一个诱饵"),
    key=("rule",),
    truth=True,
    columns=(
        Column("rule", "integer", Text("Number of the rule", "规则编号")),
        Column("antecedent", "text", Text("Item that pulls; two items as a+b", "前项；两种商品写作 a+b")),
        Column("consequent", "text", Text("Item that is pulled", "后项")),
        Column(
            "kind",
            "category",
            Text(
                "rule: a real one; decoy_simpson: made by the season alone; decoy_popular: popular, lift 1",
                "rule：真实规则；decoy_simpson：由季节造成的假象；decoy_popular：热销但提升度为 1",
            ),
        ),
        Column(
            "support", "number", Text("True share of baskets with all items", "含全部商品的购物篮的真实占比")
        ),
        Column(
            "confidence",
            "number",
            Text(
                "True share of baskets with the antecedent that hold the consequent",
                "含前项的购物篮中含后项的真实占比",
            ),
        ),
        Column(
            "lift", "number", Text("True confidence over the consequent's share", "真实置信度除以后项占比")
        ),
        Column(
            "context",
            "category",
            Text(
                "Where the pull acts: always, on Friday evenings among young fathers, or only through the season",
                "作用范围：always 始终；friday_evening_young_fathers 周五晚间的年轻父亲；season 仅由季节引起",
            ),
        ),
    ),
)

TABLES: tuple[Table, ...] = (MEMBERS, ITEMS, BASKETS, PLANTED_RULES)
