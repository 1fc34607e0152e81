"""How fast is ``card_transactions`` made, from people to a Parquet file, and how near is that to what can be?

Run ``python benchmarks/card_transactions.py --rows 1000000``. The ceiling is measured in the same run: random columns
of the same types and ranges, drawn with NumPy and written with the same writer. People, customers and their cards,
tables of their own, are made beforehand and not counted. Prints CPU seconds, rows per CPU second, the ratio to the ceiling, and the peak memory
of the process.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from labkit import catalogue
from labkit.store.storage import content_hash, to_arrow, write_parquet
from labkit.world.bank.cards.cards import cards
from labkit.world.bank.cards.transactions import card_transactions
from labkit.world.bank.customers import customer_people, joined_on
from labkit.world.block import Block
from labkit.world.people.employers import pay_day

TABLE = catalogue.table("card_transactions")
WARM_UP = 2
"""Blocks made before the clock runs: the tables of quantiles are made once per process."""


def prepared(seed: int, index: int) -> Block:
    """A block whose people, customers and cards are known."""
    block = Block(seed, index)
    for part in (customer_people, joined_on, pay_day, cards):
        block.of(part)
    return block


def random_columns(like: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    """Random columns of the same types and ranges as ``like``."""
    return pd.DataFrame({name: _random(like[name], rng) for name in like}, copy=False)


def _random(values: pd.Series, rng: np.random.Generator) -> np.ndarray | pd.Categorical:
    size = len(values)
    if values.dtype == "category":
        codes = rng.integers(0, len(values.cat.categories), size, dtype=np.int8)
        return pd.Categorical.from_codes(codes, values.cat.categories)
    if values.dtype == "bool":
        return rng.integers(0, 256, size, dtype=np.uint8) < round(256 * values.mean())
    if values.is_monotonic_increasing and values.dtype.kind == "i":  # a running number is not drawn
        return np.arange(size) + int(values.iloc[0])
    if values.hasnans:  # dates of reports: rare
        return np.full(size, np.datetime64("NaT", "ms"))
    low, high = (int(np.int64(value)) for value in values.astype("int64").quantile([0.0, 0.99]))
    numbers = rng.integers(low, high + 1, size)
    return numbers.view("datetime64[ms]") if values.dtype.kind == "M" else numbers


def seconds(action: Callable[[], pd.DataFrame], path: Path, hashed: bool) -> tuple[float, pd.DataFrame]:
    """CPU seconds to make a frame and write it, and the frame."""
    start = time.process_time()
    frame = action()
    arrow: pa.Table = to_arrow(TABLE, frame)
    write_parquet(arrow, path)
    if hashed:
        content_hash(arrow)
    return time.process_time() - start, frame


def peak_megabytes() -> float:
    """Most memory that this process has held."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (2**20 if sys.platform == "darwin" else 2**10)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1_000_000, help="stop after so many rows")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--hash", action="store_true", help="count the content hash as well, on both sides")
    parser.add_argument("--no-ceiling", action="store_true", help="only make rows: for the peak memory")
    given = parser.parse_args()
    rng, rows, made, ceiling, index = np.random.default_rng(given.seed), 0, 0.0, 0.0, 0
    best = 0.0
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "block.parquet"
        while rows < given.rows:
            block = prepared(given.seed, index)
            spent, frame = seconds(lambda block=block: block.of(card_transactions), path, given.hash)
            bound = 0.0
            if not given.no_ceiling:
                bound, _ = seconds(lambda frame=frame: random_columns(frame, rng), path, given.hash)
            if index >= WARM_UP:
                rows, made, ceiling = rows + len(frame), made + spent, ceiling + bound
                best = max(best, len(frame) / spent)
            index += 1
    print(
        f"{rows:,} rows in {made:.2f} CPU s: {rows / made / 1e6:.2f} M rows per CPU s (best block {best / 1e6:.2f})"
    )
    if ceiling:
        print(f"ceiling {rows / ceiling / 1e6:.2f} M rows per CPU s; ratio {ceiling / made:.2f}")
    print(f"peak memory {peak_megabytes():,.0f} MB")


if __name__ == "__main__":
    main()
