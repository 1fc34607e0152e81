"""What Lighthouse Bank sells, who holds it, and who looks at it in the app."""

from __future__ import annotations

from labkit.catalogue.bank_customers import CUSTOMER
from labkit.catalogue.people import FEN
from labkit.catalogue.schema import Column, Table
from labkit.language import Text

_PRODUCT = Text("Number of the product", "产品编号")
_LINE = Text(
    "Product line: deposit, card, loan, fund, wealth (wealth management) or insurance",
    "产品线：deposit 存款，card 信用卡，loan 贷款，fund 基金，wealth 理财，insurance 保险",
)
_SECONDS = Text("seconds", "秒")
KIND = Text(
    "Kind within the line: current, notice, time_deposit, certificate (of deposit); credit_card; mortgage, "
    "consumer_loan, business_loan; money_fund, bond_fund, equity_fund; steady_wealth, growth_wealth; "
    "health_cover, life_cover, child_plan, savings_plan, property_cover",
    "产品线内的类别：current 活期，notice 通知存款，time_deposit 定期存款，certificate 大额存单；credit_card 信用卡；"
    "mortgage 住房按揭，consumer_loan 消费贷款，business_loan 经营贷款；money_fund 货币基金，bond_fund 债券基金，"
    "equity_fund 股票与混合基金；steady_wealth 稳健理财，growth_wealth 进取理财；health_cover 医疗与意外险，"
    "life_cover 人寿与重疾险，child_plan 少儿保险，savings_plan 储蓄型保险，property_cover 家财险",
)
SEGMENT = Text("Code of the segment, as in the key people", "客群代码，与答案键 people 一致")

PRODUCTS = Table(
    name="products",
    title=Text("Products", "产品"),
    row=Text("One product of Lighthouse Bank", "灯塔银行的一个产品"),
    key=("product_id",),
    columns=(
        Column("product_id", "integer", _PRODUCT, needed=True),
        Column("product", "text", Text("Short name in code", "产品代号")),
        Column("name_en", "text", Text("Name in English", "英文名称")),
        Column("name_zh", "text", Text("Name in Chinese", "中文名称")),
        Column("line", "category", _LINE, needed=True),
        Column("kind", "category", KIND),
        Column(
            "tags",
            "text",
            Text("What it is about: codes joined by |", "产品标签：多个代码以 | 相连"),
        ),
        Column(
            "risk_level",
            "integer",
            Text(
                "Risk level, 1 (R1, lowest) to 5; a customer may buy up to the own level",
                "风险等级，1（R1，最低）至 5；客户只能购买不高于本人风险等级的产品",
            ),
            needed=True,
        ),
        Column(
            "yearly_rate",
            "number",
            Text(
                "Per year, 0.01 is 1 %: expected return of deposits, funds, wealth products and savings insurance, "
                "interest of loans and cards; missing for cover without savings",
                "年化，0.01 即 1%：存款、基金、理财和储蓄型保险为预期收益率，贷款和信用卡为利率；纯保障型保险为空",
            ),
            nullable=True,
        ),
        Column("minimum_fen", "money", Text("Smallest amount sold", "起购（起存、起贷）金额"), unit=FEN),
        Column("launched_on", "date", Text("First day of sale", "上市日期")),
        Column(
            "in_app",
            "flag",
            Text("Sold in the app, not only by a branch", "手机银行在售（否则仅在网点办理）"),
        ),
    ),
)

HOLDINGS = Table(
    name="holdings",
    title=Text("Holdings", "产品持有"),
    row=Text(
        "One customer and one product the customer holds on 2025-12-31",
        "一位客户及其在 2025-12-31 持有的一个产品",
    ),
    key=("customer_id", "product_id"),
    columns=(
        Column("customer_id", "integer", CUSTOMER, refers_to="customers.customer_id", needed=True),
        Column("product_id", "integer", _PRODUCT, refers_to="products.product_id", needed=True),
        Column(
            "opened_on",
            "date",
            Text(
                "Day of the purchase or signing; deposits and wealth products with a term renew themselves",
                "购买或签约日期；有期限的存款和理财到期自动续作",
            ),
        ),
        Column(
            "sold_through",
            "category",
            Text("Where it was sold: branch or app", "销售渠道：branch 网点，app 手机银行"),
        ),
        Column(
            "balance_fen",
            "money",
            Text(
                "Deposits, funds and wealth products: what they are worth; loans: what is still owed; cards: the "
                "credit limit they share; insurance: sum insured",
                "存款、基金、理财为余额或市值，贷款为未还本金，信用卡为共享的信用额度，保险为保险金额",
            ),
            unit=FEN,
        ),
    ),
)

PRODUCT_VIEWS = Table(
    name="product_views",
    title=Text("Product views", "产品浏览"),
    row=Text("One view of a product's page by a customer in 2025", "2025 年一位客户对一个产品页面的一次浏览"),
    key=("view_id",),
    free_columns=True,
    columns=(
        Column("view_id", "integer", Text("Number of the view", "浏览编号")),
        Column(
            "customer_id",
            "integer",
            CUSTOMER,
            refers_to="customers.customer_id",
            needed=True,
            aliases=("user_id", "user", "userid", "visitor_id", "用户", "用户编号", "客户号"),
        ),
        Column(
            "product_id",
            "integer",
            _PRODUCT,
            refers_to="products.product_id",
            needed=True,
            aliases=("item_id", "item", "itemid", "sku", "商品", "商品编号", "产品"),
        ),
        Column(
            "viewed_at",
            "time",
            Text("When the page was opened", "打开页面的时间"),
            aliases=("timestamp", "event_time", "date", "时间", "日期", "浏览时间", "下单时间"),
        ),
        Column(
            "channel",
            "category",
            Text(
                "Where: app, mini_program or web",
                "渠道：app 手机银行，mini_program 小程序，web 网上银行",
            ),
        ),
        Column(
            "entry",
            "category",
            Text(
                "What led to the page: banner (the bank's choice), list or search",
                "入口：banner 首页横幅（由银行投放），list 产品列表，search 搜索",
            ),
        ),
        Column("seconds", "integer", Text("How long the page was open", "停留时长"), unit=_SECONDS),
        Column(
            "purchased",
            "flag",
            Text(
                "The product was bought in this view; holdings has it with that day and sold through the app",
                "本次浏览中完成购买；holdings 中有同日、经手机银行售出的记录",
            ),
        ),
    ),
)

PRODUCT_TASTES = Table(
    name="product_tastes",
    title=Text("What draws whom to a product", "产品的口味载荷"),
    row=Text(
        "One product sold in the app. Its utility to a person is the sum of loading * (taste - 0.5), plus the appeal; "
        "purchases follow exp(utility) among the products the risk level allows and the customer does not hold",
        "手机银行在售的一个产品。它对某人的效用为各项“载荷 ×（偏好 − 0.5）”之和加上吸引力；"
        "在风险等级允许且尚未持有的产品中，购买概率与 exp（效用）成正比",
    ),
    key=("product_id",),
    truth=True,
    columns=(
        Column("product_id", "integer", _PRODUCT, refers_to="products.product_id"),
        Column("loading_growth", "number", Text("Loading on the taste for gains", "增值偏好的载荷")),
        Column("loading_safety", "number", Text("Loading on the taste for certainty", "稳妥偏好的载荷")),
        Column(
            "loading_protection",
            "number",
            Text("Loading on the taste for cover of the family", "家庭保障偏好的载荷"),
        ),
        Column(
            "loading_lifestyle", "number", Text("Loading on the taste for spending power", "消费偏好的载荷")
        ),
        Column("appeal", "number", Text("What everybody finds in it", "对所有人相同的吸引力")),
        Column(
            "banner_share",
            "number",
            Text("Share of the banner views that go to it", "横幅浏览中该产品所占比例"),
        ),
    ),
)

PRODUCT_SEQUENCES = Table(
    name="product_sequences",
    title=Text("Planted sequences of purchases", "预埋的购买次序"),
    row=Text(
        "One kind of product that follows upon another, where both are held from a branch",
        "一对先后购买的产品类别（均在网点办理）",
    ),
    key=("kind", "next_kind"),
    truth=True,
    columns=(
        Column("kind", "category", Text("Kind that comes first", "先购买的类别")),
        Column("next_kind", "category", Text("Kind that follows", "随后购买的类别")),
        Column(
            "share",
            "number",
            Text("Share of those with both for whom it follows", "两者都持有的客户中按此次序购买的比例"),
        ),
        Column(
            "within_days",
            "integer",
            Text("Longest time between the two", "两次购买的最长间隔"),
            unit=Text("days", "天"),
        ),
    ),
)

SEGMENTS = Table(
    name="segments",
    title=Text("Planted segments", "预埋的客群"),
    row=Text("One of the six planted segments", "六个预埋客群之一"),
    key=("segment",),
    truth=True,
    columns=(
        Column("segment", "category", SEGMENT),
        Column("name_en", "text", Text("Name in English", "英文名称")),
        Column("name_zh", "text", Text("Name in Chinese", "中文名称")),
        Column("profile_en", "text", Text("Who they are, in English", "画像（英文）")),
        Column("profile_zh", "text", Text("Who they are, in Chinese", "画像（中文）")),
        Column("expected_share", "number", Text("Expected share of the customers", "占全部客户的预期比例")),
    ),
)

SEGMENT_AFFINITY = Table(
    name="segment_affinity",
    title=Text("Which segment holds which line", "客群的产品偏好"),
    row=Text("One segment and one product line", "一个客群与一条产品线"),
    key=("segment", "line"),
    truth=True,
    columns=(
        Column("segment", "category", SEGMENT),
        Column("line", "category", _LINE),
        Column(
            "expected_share",
            "number",
            Text(
                "Expected share of the segment who hold a product of the line",
                "该客群中持有该产品线的预期比例",
            ),
        ),
        Column(
            "index",
            "number",
            Text(
                "That share over the one of all customers, 100 is average", "相对全体客户的指数，100 为平均"
            ),
        ),
    ),
)

TABLES: tuple[Table, ...] = (
    PRODUCTS,
    HOLDINGS,
    PRODUCT_VIEWS,
    PRODUCT_TASTES,
    PRODUCT_SEQUENCES,
    SEGMENTS,
    SEGMENT_AFFINITY,
)
