"""How long does ``labkit grade`` take for a class of thirty with five labs each?

Run ``python benchmarks/grading.py``. The submissions are made up: the trainee edition with official answers, a stub and
a wrong one in every sixth place each, others for every person. The worlds are made beforehand and not counted; results
are kept nowhere. Prints seconds on the clock and of the processors, and the peak memory of the grader itself.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from labkit.grading.canonical import edition_path, official_answers
from labkit.grading.trusted import Trusted, other_seed_of
from labkit.store.worlds import open_world

LABS = ("1.1", "3.3", "3.5", "7.4", "9.3")
SEED = 2026


def notebook(lab_id: str, person: int) -> str:
    """A person's notebook: most answers official, some left open, some wrong."""
    made = json.loads(edition_path("notebooks", lab_id, "en").read_text(encoding="utf-8"))
    answers = [cell for cell in made["cells"] if cell["metadata"].get("labkit", {}).get("exercise")]
    for place, cell in enumerate(answers):
        name = cell["metadata"]["labkit"]["exercise"]
        code = official_answers(lab_id)[name][0]
        if (person + place) % 6 == 0:
            continue
        if (person + place) % 6 == 1:
            is_function = f"def {name}(" in code
            code = f"def {name}(*given):\n    return {person}" if is_function else f"{name} = {person}"
        cell["source"] = code
    return json.dumps(made, ensure_ascii=False)


PEAK = [0]
"""Bytes of the grader itself, at the most."""


def processor_seconds(grader: subprocess.Popen[bytes]) -> dict[int, float]:
    """Watch a grader to its end; return seconds by process, its own under 0.

    Submissions end by being killed, and nobody is told what killed processes used: so they are looked at four times a
    second, and what they use between the last look and their end is missed.
    """
    own, used = psutil.Process(grader.pid), {0: 0.0}
    while grader.poll() is None:
        with contextlib.suppress(psutil.Error):
            PEAK[0] = max(PEAK[0], own.memory_info().rss)
            used[0] = sum(own.cpu_times()[:2])
            for process in own.children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    used[process.pid] = sum(process.cpu_times()[:2])
        time.sleep(0.25)
    if grader.returncode:
        sys.exit("grading failed")
    return used


def main() -> None:
    """Make the class, make the worlds, grade, and print what it took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=30)
    parser.add_argument("--labs", nargs="+", default=LABS)
    parser.add_argument("--scale", default="lab")
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    chosen = parser.parse_args()
    for seed in Trusted(chosen.scale, SEED, other_seed_of(SEED)).seeds(chosen.labs):
        open_world(chosen.scale, seed)
    with tempfile.TemporaryDirectory(prefix="labkit-bench-") as temporary:
        submissions = Path(temporary) / "submissions"
        for person in range(1, chosen.people + 1):
            folder = submissions / f"Trainee {person:02}"
            folder.mkdir(parents=True)
            for lab_id in chosen.labs:
                (folder / f"lab {lab_id}.ipynb").write_text(notebook(lab_id, person), encoding="utf-8")
        command = [sys.executable, "-m", "labkit.cli", "grade", str(submissions)]
        command += ["--out", str(Path(temporary) / "report"), "--seed", str(SEED), "--lang", "en"]
        command += ["--scale", chosen.scale, "--jobs", str(chosen.jobs)]
        began = time.perf_counter()
        used = processor_seconds(subprocess.Popen(command))
        seconds = time.perf_counter() - began
    print(f"{chosen.people} people, {len(chosen.labs)} labs, scale {chosen.scale}, {chosen.jobs} at a time")
    print(f"{seconds:.0f} s on the clock, {sum(used.values()):.0f} s of the processors")
    print(f"of these {used[0]:.0f} s the grader itself, which took {PEAK[0] / 2**20:.0f} MB at the most")


if __name__ == "__main__":
    main()
