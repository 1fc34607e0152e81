"""How the bank runs: its map, its daily figures, and the state of its records."""

from __future__ import annotations

from labkit.catalogue.people import CITY
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

TABLES: tuple[Table, ...] = (GRID_CELLS, BRANCHES)
