"""The tables ``grid_cells`` and ``branches``: the map on which the bank looks at its business."""

from __future__ import annotations

import numpy as np
import pandas as pd

from labkit.world.people.places import CITY_SLUGS, branches_of_bank, cells


def grid_cells(seed: int) -> pd.DataFrame:
    """One row per square kilometre in which people live; the same in every world."""
    grid = cells()
    return pd.DataFrame(
        {
            "grid_cell_id": np.arange(len(grid.city)) + 1,
            "city": np.array(CITY_SLUGS)[grid.city],
            "east_km": grid.east,
            "north_km": grid.north,
            "residents_share": np.round(grid.residents, 6),
        }
    )


def branches(seed: int) -> pd.DataFrame:
    """One row per branch of the bank; the same in every world."""
    each = branches_of_bank()
    return pd.DataFrame(
        {
            "branch_id": np.arange(len(each.city)) + 1,
            "city": np.array(CITY_SLUGS)[each.city],
            "grid_cell_id": each.cell + 1,
            "opened_on": _opened_on(len(each.city)),
        }
    )


def _opened_on(count: int) -> np.ndarray:
    """The first branches are thirty years old, the last was opened three years ago."""
    days = np.linspace(0, 27 * 365, count).astype(np.int64) * 31 % (27 * 365)
    return (np.datetime64("1995-06-01") + days).astype("datetime64[ms]")
