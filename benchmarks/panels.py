"""How long every live panel takes: to be prepared, and to answer each of its controls, in CPU seconds on one thread."""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from labkit.live import Choice, Points, Slider, Steps
from labkit.live.panel import drawn
from labkit.stage.panels import find_panels
from labkit.stage.preparing import Staged, prepare

PROMISED = 0.3
"""Seconds from a control to the new picture."""


def positions(control: Slider | Choice | Steps | Points, most: int) -> list[Any]:
    """Values of a control, spread over all that it can take, both ends among them."""
    match control:
        case Slider():
            count = round((control.maximum - control.minimum) / control.step)
            values: list[Any] = [control.minimum + i * control.step for i in range(count + 1)]
        case Choice():
            values = [value for _, value in control.options]
        case Steps():
            values = list(range(control.last + 1))
        case Points():
            points = list(control.places)
            values = [tuple(points[i : i + control.most]) for i in range(0, len(points), control.most)]
    spread = [round(i * (len(values) - 1) / max(1, most - 1)) for i in range(most)]
    return [values[i] for i in dict.fromkeys(spread)]


def redraws(staged: Staged, most: int) -> Iterator[tuple[str, float, str]]:
    """Of each control and each of some positions: CPU seconds from the value to the HTML, and what was said."""
    points = next((control for control in staged.controls.values() if isinstance(control, Points)), None)
    drawn(staged.draw, staged.start, points)  # the first drawing imports and caches
    for name, control in staged.controls.items():
        for value in positions(control, most):
            began = time.process_time()
            position = drawn(staged.draw, staged.start | {name: value}, points)
            yield name, time.process_time() - began, position.sentence if not position.image else ""


def main() -> None:
    """Print a table, one line per control."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("labs", nargs="*", help="ids; all of them if none is named")
    options.add_argument("--scale", default="lab")
    options.add_argument("--lang", default="en")
    options.add_argument("--positions", type=int, default=7, help="how many of each control")
    chosen = options.parse_args()
    print(
        "| panel | prepared, CPU s | control | redraw, CPU s: median | most | |\n|---|---:|---|---:|---:|---|"
    )
    prepared: dict[str, dict[int, Staged]] = {}
    for panel in find_panels(chosen.lang):
        if chosen.labs and panel.code.lab not in chosen.labs:
            continue
        before = time.process_time()
        if panel.code.lab not in prepared:
            prepared[panel.code.lab] = prepare(panel.code, {"scale": chosen.scale})
        seconds = f"{time.process_time() - before:.1f}"
        by_control: dict[str, list[float]] = {}
        for name, cpu, failure in redraws(prepared[panel.code.lab][panel.place], chosen.positions):
            by_control.setdefault(name, []).append(cpu)
            if failure:
                print(f"{panel.name} {name}: {failure}", file=sys.stderr)
        for name, cpus in by_control.items():
            late = "slow" if max(cpus) > PROMISED else ""
            print(
                f"| {panel.name} | {seconds} | {name} | {statistics.median(cpus):.2f} | {max(cpus):.2f} | {late} |",
                flush=True,
            )
            seconds = ""
    print(
        f"\nAll of them together: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB at the most."
    )


if __name__ == "__main__":
    main()
