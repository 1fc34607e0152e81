"""What does it cost to execute the course's notebooks, with labkit and with the usual tools?

Run ``python benchmarks/headless.py``. Every contender executes the same notebooks on the same world, one at a
time, with one thread per library; processor seconds include every process that it started.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Cost:
    """What one run of one contender took, in seconds."""

    cpu: float
    wall: float


def contenders(folder: Path, scratch: Path) -> dict[str, list[str]]:
    """Command line of each contender, for the notebooks below ``folder``."""
    notebooks = [str(path) for path in sorted(folder.rglob("*.ipynb"))]
    labkit = [
        sys.executable,
        "-m",
        "labkit.cli",
        "run",
        "--edition",
        "workbook",
        "--lang",
        "en",
        "--jobs",
        "1",
    ]
    nbconvert = [
        sys.executable,
        "-m",
        "nbconvert",
        "--to",
        "notebook",
        "--execute",
        "--output-dir",
        str(scratch),
    ]
    pytest = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-c",
        os.devnull,
        f"--rootdir={folder}",
        "-p",
        "no:cacheprovider",
    ]
    return {
        "labkit run --kernel warm": [*labkit, "--kernel", "warm"],
        "labkit run --kernel cold": labkit,
        "jupyter nbconvert --execute": [*nbconvert, *notebooks],
        "pytest --nbmake": [*pytest, "--nbmake", str(folder)],
    }


def write_imports_only(folder: Path, count: int) -> None:
    """Write notebooks that cost what a notebook costs before its first line of work."""
    libraries = "import pandas, seaborn, matplotlib.pyplot, sklearn.tree, statsmodels.api, duckdb, labkit"
    for number in range(1, count + 1):
        node = new_notebook(cells=[new_code_cell(libraries)])
        node.metadata.kernelspec = {"name": "python3", "language": "python", "display_name": "Python 3"}
        node.metadata.labkit = {"lab": f"1.{number}", "language": "en"}
        path = folder / "m01_imports" / f"l{number:02}_imports.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(node, path)


def measure(command: list[str], environment: dict[str, str]) -> Cost:
    """Run a command to its end; SystemExit with its output if it fails."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return Cost(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall)


def environment(workbook: Path) -> dict[str, str]:
    """The same surroundings for everybody: a tiny world, one thread, bytecode written."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    return kept | {
        "LABKIT_LANGUAGE": "en",
        "LABKIT_PROGRESS": str(workbook.parent / "progress.jsonl"),
        "LABKIT_SCALE": "tiny",
        "LABKIT_WORKBOOK": str(workbook),
        "OMP_NUM_THREADS": "1",
        "OPENBLAS_NUM_THREADS": "1",
    }


def print_table(best: dict[str, Cost], count: int) -> None:
    """Print the costs as a Markdown table, with their ratios to the first."""
    first = next(iter(best.values()))
    print(f"\n{count} notebooks\n")
    print("| | CPU s | × | wall s | × |\n|---|---:|---:|---:|---:|")
    for name, cost in best.items():
        ratios = cost.cpu / first.cpu, cost.wall / first.wall
        print(f"| `{name}` | {cost.cpu:.1f} | {ratios[0]:.1f} | {cost.wall:.1f} | {ratios[1]:.1f} |")


def main() -> None:
    """Measure every contender several times, in turn, and print the cheapest run of each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=PROJECT / "solutions" / "en")
    parser.add_argument(
        "--imports-only", type=int, metavar="N", help="N notebooks that import and do nothing else"
    )
    parser.add_argument("--repeat", type=int, default=3, help="rounds; the cheapest of each contender counts")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="labkit-bench-") as temporary:
        workbook, scratch = Path(temporary) / "workbook", Path(temporary) / "scratch"
        copies = workbook / "en"
        if chosen.imports_only:
            write_imports_only(copies, chosen.imports_only)
        else:
            shutil.copytree(chosen.folder, copies)
        surroundings = environment(workbook)
        best: dict[str, Cost] = {}
        for round_number in range(chosen.repeat + 1):
            for name, command in contenders(copies, scratch).items():
                cost = measure(command, surroundings)
                if round_number == 0:
                    continue  # the first round makes the world and the bytecode
                print(f"{name:<30} {cost.cpu:7.2f} CPU s {cost.wall:7.2f} s", flush=True)
                best[name] = min(cost, best.get(name, cost), key=lambda one: one.cpu)
        print_table(best, len(list(copies.rglob("*.ipynb"))))


if __name__ == "__main__":
    main()
