"""How the bank runs: its map, its daily figures, and the state of its records."""

from __future__ import annotations

from labkit.catalogue.people import CITY, FEN
from labkit.catalogue.schema import Column, Table
from labkit.language import Text

_KM = Text("km", "公里")

GRID_CELLS = Table(
    name="grid_cells",
    title=Text("Grid cells", "网格"),
    row=Text("One square kilometre in which people live", "有人居住的一平方公里"),
    key=("grid_cell_id",),
    columns=(
        Column("grid_cell_id", "integer", Text("Number of the cell", "网格编号")),
        Column("city", "category", CITY, refers_to="cities.city"),
        Column(
            "east_km",
            "integer",
            Text("Distance from the province's western edge", "距省西界的距离"),
            unit=_KM,
        ),
        Column(
            "north_km",
            "integer",
            Text("Distance from the province's southern edge", "距省南界的距离"),
            unit=_KM,
        ),
        Column(
            "residents_share", "number", Text("Share of the city's people who live here", "占全市居民的比例")
        ),
    ),
)

BRANCHES = Table(
    name="branches",
    title=Text("Branches", "网点"),
    row=Text("One branch of Lighthouse Bank", "灯塔银行的一个网点"),
    key=("branch_id",),
    columns=(
        Column("branch_id", "integer", Text("Number of the branch", "网点编号")),
        Column("city", "category", CITY, refers_to="cities.city"),
        Column(
            "grid_cell_id",
            "integer",
            Text("Cell in which it stands", "所在网格"),
            refers_to="grid_cells.grid_cell_id",
        ),
        Column("opened_on", "date", Text("Day of opening", "开业日期")),
    ),
)

_CHANNEL = Text(
    "Channel: branch, app, web (online banking) or phone",
    "渠道：branch 网点，app 手机银行，web 网上银行，phone 电话银行",
)
_PRODUCT = Text(
    "Product: deposit, card (credit card), loan, wealth (wealth management) or insurance",
    "产品：deposit 存款，card 信用卡，loan 贷款，wealth 理财，insurance 保险",
)

KPI_DAILY = Table(
    name="kpi_daily",
    title=Text("Daily KPIs", "每日 KPI"),
    row=Text(
        "One day of one product in one channel of one region, over all customers of the bank",
        "某地区某渠道某产品一天的指标，覆盖全行客户",
    ),
    key=("day", "region", "channel", "product"),
    columns=(
        Column("day", "date", Text("Day", "日期"), needed=True, aliases=("date", "日期")),
        Column(
            "region",
            "category",
            Text("Region: a city, by its code in the table cities", "地区：城市代码，见 cities 表"),
            refers_to="cities.city",
        ),
        Column("channel", "category", _CHANNEL),
        Column("product", "category", _PRODUCT),
        Column(
            "visits",
            "integer",
            Text("Visits about the product, online or in person", "访问量：线上或到店了解该产品"),
        ),
        Column(
            "applications",
            "integer",
            Text("Applications: visits that led to one", "申请数：访问后提交的申请"),
        ),
        Column(
            "failures",
            "integer",
            Text("Failures: applications that a technical fault ended", "失败数：因技术故障中断的申请"),
        ),
        Column(
            "orders",
            "integer",
            Text("Orders: applications less failures", "订单数：申请数减失败数"),
            needed=True,
        ),
        Column(
            "amount_fen",
            "money",
            Text(
                "Amount of the orders: money deposited or invested, credit line, loan, premium",
                "订单金额：存入或认购金额、信用额度、贷款本金、保费",
            ),
            unit=FEN,
        ),
    ),
)

KPI_TREE = Table(
    name="kpi_tree",
    title=Text("KPI tree", "KPI 指标树"),
    row=Text("One figure, and the figure that it explains", "一个指标及其所解释的上级指标"),
    key=("kpi",),
    columns=(
        Column("kpi", "category", Text("Code of the figure", "指标代码")),
        Column(
            "parent",
            "category",
            Text("Figure that it explains; none at the top", "上级指标；顶层为空"),
            nullable=True,
        ),
        Column(
            "good",
            "category",
            Text("Direction that is good news: up or down", "向好的方向：up 上升，down 下降"),
        ),
        Column(
            "formula",
            "text",
            Text(
                "From the columns of kpi_daily, or from the figures below", "由 kpi_daily 的列或下级指标计算"
            ),
        ),
        Column("name_en", "text", Text("Name in English", "英文名称")),
        Column("name_zh", "text", Text("Name in Chinese", "中文名称")),
    ),
)

CALENDAR_DAYS = Table(
    name="calendar_days",
    title=Text("Calendar", "日历"),
    row=Text("One day of 2024 or 2025", "2024 年或 2025 年的一天"),
    key=("day",),
    columns=(
        Column("day", "date", Text("Day", "日期")),
        Column("weekday", "integer", Text("1 Monday to 7 Sunday", "1 为周一，7 为周日")),
        Column(
            "holiday",
            "category",
            Text(
                "Public holiday: new_year, spring_festival, qingming, labour_day, dragon_boat, mid_autumn or national_day",
                "法定节假日：new_year 元旦，spring_festival 春节，qingming 清明，labour_day 劳动节，dragon_boat 端午，"
                "mid_autumn 中秋，national_day 国庆",
            ),
            nullable=True,
        ),
        Column(
            "festival",
            "category",
            Text(
                "Days on which people spend more: 618, 11.11 or before_spring_festival",
                "消费旺季：618，11.11（双十一），before_spring_festival 春节前",
            ),
            nullable=True,
        ),
        Column(
            "is_pay_day",
            "flag",
            Text("Employers pay wages: the 10th, 15th and 25th", "发薪日：每月 10、15、25 日"),
        ),
        Column("is_month_end", "flag", Text("One of the last two days of the month", "月末最后两天之一")),
    ),
)

KPI_ANOMALIES = Table(
    name="kpi_anomalies",
    title=Text("Planted anomalies of the KPIs", "预埋的 KPI 异常"),
    row=Text("One anomaly, with its root cause", "一次异常及其根因"),
    key=("anomaly",),
    truth=True,
    columns=(
        Column("anomaly", "integer", Text("Number, in the order of time", "编号，按时间先后")),
        Column(
            "kind",
            "category",
            Text(
                "Kind: spike, drop, level_shift, drift or variance (more unrest)",
                "类型：spike 尖峰，drop 骤降，level_shift 水平突变，drift 缓慢漂移，variance 波动加大",
            ),
        ),
        Column("first_day", "date", Text("First day", "第一天")),
        Column("last_day", "date", Text("Last day", "最后一天")),
        Column(
            "region",
            "category",
            Text(
                "Region of the root, two joined by +; none for all", "根因所在地区，两个以 + 相连；空为全部"
            ),
            nullable=True,
        ),
        Column(
            "channel",
            "category",
            Text("Channel of the root; none for all", "根因所在渠道；空为全部"),
            nullable=True,
        ),
        Column(
            "product",
            "category",
            Text("Product of the root; none for all", "根因所在产品；空为全部"),
            nullable=True,
        ),
        Column(
            "kpi",
            "category",
            Text(
                "Figure that moved by itself, and the orders with it: visits, applications or failures",
                "自身发生变化并带动订单数的指标：visits 访问量，applications 申请数，failures 失败数",
            ),
        ),
        Column(
            "size",
            "number",
            Text(
                "Relative change of the root's orders; of a drift on its last day; of variance the standard deviation",
                "根因订单数的相对变化；漂移取最后一天，波动加大取标准差",
            ),
        ),
        Column("cause_en", "text", Text("What happened, in English", "事件经过（英文）")),
        Column("cause_zh", "text", Text("What happened, in Chinese", "事件经过（中文）")),
    ),
)

TABLES: tuple[Table, ...] = (GRID_CELLS, BRANCHES, KPI_DAILY, KPI_TREE, CALENDAR_DAYS, KPI_ANOMALIES)
