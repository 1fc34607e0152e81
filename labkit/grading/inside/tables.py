"""The ``data/`` of a world, read where the simulator that made it is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa


@dataclass(frozen=True)
class WorldData:
    """Tables in a folder, one folder of Parquet files each.

    Parameters
    ----------
    folder : Path
        ``data/`` of a world.
    seed, customers : int
        Which world it is.
    """

    folder: Path
    seed: int
    customers: int

    def files(self, table: str) -> list[Path]:
        """Paths of a table's files in the order of blocks."""
        return sorted((self.folder / table).glob("*.parquet"))

    def read(self, table: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Read some columns of a table."""
        from labkit.store.storage import read_parquet

        return read_parquet(self.files(table), columns)
