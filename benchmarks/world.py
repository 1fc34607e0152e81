"""What does a world cost: time, memory, disk, and the loading of what a lab needs? And was the estimate right?

Run ``python benchmarks/world.py``. Every measurement is a fresh process as a person starts it, imports included;
processor seconds include the processes that it started, memory is that of the largest one.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from labkit.store.manifest import read_manifest

LABS = {
    "3.3": ("baskets", "items", "members"),
    "3.5": ("subscribers", "usage_monthly", "tickets", "churn"),
}
"""Tables that a lab loads whole."""
LOAD = """
import sys, time
from labkit.store import Dataset
world = Dataset.open("lab")
began = time.perf_counter()
for name in sys.argv[1:]:
    world.table(name)
print(time.perf_counter() - began)
"""
MAKE = """
import sys, time
from labkit.store.processes import Processes
from labkit.store.worlds import open_world

def announce(estimate):
    told.append((time.perf_counter(), estimate))

if __name__ == "__main__":
    told = []
    world = open_world(sys.argv[1], engine=Processes(int(sys.argv[2])), announce=announce)
    began, estimate = told[0]
    print(estimate.seconds, time.perf_counter() - began, estimate.size, world.size)
"""


class Cost(NamedTuple):
    """What a process and those it started took: seconds, and MB of the largest one."""

    cpu: float
    wall: float
    peak: float


def measure(command: list[str], home: Path) -> Cost:
    """Run a command to its end in a home of worlds; SystemExit if it fails."""
    began = time.perf_counter()
    process = subprocess.Popen(
        command, env=os.environ | {"LABKIT_HOME": str(home)}, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)} failed")
    return Cost(used.ru_utime + used.ru_stime, time.perf_counter() - began, used.ru_maxrss / 1024)


def world_costs(scale: str, jobs: int, repeat: int) -> tuple[Cost, int, int]:
    """The cheapest of several makes of a world, with its rows and bytes."""
    best: Cost | None = None
    for _ in range(repeat):
        with tempfile.TemporaryDirectory(prefix="labkit-bench-") as home:
            make = [
                sys.executable,
                "-m",
                "labkit.cli",
                "world",
                "make",
                "--scale",
                scale,
                "--jobs",
                str(jobs),
            ]
            cost = measure(make, Path(home))
            best = min(best or cost, cost, key=lambda one: one.wall)
            (folder,) = (path for path in (Path(home) / "worlds").iterdir() if path.is_dir())
            manifest = read_manifest(folder)
    assert best is not None and manifest is not None
    return best, sum(file.rows for file in manifest.files), sum(file.size for file in manifest.files)


def print_worlds(scales: list[str], all_jobs: list[int], repeat: int) -> None:
    """Print a line per world and number of processes."""
    print("| world | processes | CPU s | wall s | times one | peak MB | rows | rows per CPU-s | MB on disk |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    for scale in scales:
        alone: float | None = None
        for jobs in all_jobs:
            cost, rows, size = world_costs(scale, jobs, repeat)
            alone = alone or cost.wall
            print(
                f"| `{scale}` | {jobs} | {cost.cpu:.2f} | {cost.wall:.2f} | {alone / cost.wall:.2f} | {cost.peak:.0f}"
                f" | {rows:,} | {rows / cost.cpu:,.0f} | {size / 1e6:.1f} |",
                flush=True,
            )


def print_loading(repeat: int) -> None:
    """Print the seconds from an open world to a lab's tables in pandas; a fresh process each time."""
    with tempfile.TemporaryDirectory(prefix="labkit-bench-") as home:
        measure([sys.executable, "-m", "labkit.cli", "world", "make", "--scale", "lab"], Path(home))
        print("\n| tables of lab | seconds to load |\n|---|---:|")
        for lab, tables in LABS.items():
            command = [sys.executable, "-c", LOAD, *tables]
            environment = os.environ | {"LABKIT_HOME": home}
            seconds = [float(subprocess.check_output(command, env=environment)) for _ in range(repeat)]
            print(f"| {lab} | {min(seconds):.2f} |", flush=True)


def print_estimates(scales: list[str], all_jobs: list[int]) -> None:
    """Print what was promised after the first block, and what came."""
    print(
        "\n| world | processes | seconds promised | came | MB promised | came |\n|---|---:|---:|---:|---:|---:|"
    )
    with tempfile.NamedTemporaryFile("w", suffix=".py") as program:
        program.write(MAKE)
        program.flush()
        for scale in scales:
            for jobs in all_jobs:
                with tempfile.TemporaryDirectory(prefix="labkit-bench-") as home:
                    told = subprocess.check_output(
                        [sys.executable, program.name, scale, str(jobs)],
                        env=os.environ | {"LABKIT_HOME": home},
                        text=True,
                    )
                promised, took, size, became = map(float, told.split())
                print(
                    f"| `{scale}` | {jobs} | {promised:.1f} | {took:.1f} | {size / 1e6:.1f} | {became / 1e6:.1f} |",
                    flush=True,
                )


def main() -> None:
    """Measure, and print tables in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scales", nargs="+", default=["tiny", "lab"], help="names, or numbers of customers")
    parser.add_argument("--jobs", nargs="+", type=int, default=[1, 2])
    parser.add_argument("--repeat", type=int, default=3, help="the quickest of so many counts")
    chosen = parser.parse_args()
    print_worlds(chosen.scales, chosen.jobs, chosen.repeat)
    print_loading(chosen.repeat)
    print_estimates([scale for scale in chosen.scales if scale != "tiny"], chosen.jobs)


if __name__ == "__main__":
    main()
