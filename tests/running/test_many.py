"""Many notebooks: verdicts, failures, and a run that is interrupted."""

from __future__ import annotations

import os
import signal
import threading
import time

import pytest

from labkit.running.many import Settings, run_labs
from labkit.running.notebooks import read_labs
from tests.running.course_of_tests import verdict, write_lab


class Silent:
    """A watcher that remembers."""

    def __init__(self):
        self.seen = []

    def started(self, lab, cells):
        self.seen.append(("started", lab.lab))

    def reached(self, lab, cell):
        self.seen.append(("reached", lab.lab))

    def finished(self, result):
        self.seen.append(("finished", result.lab.lab))


def results_of(folder, **settings):
    """Run all labs of a folder; results by id."""
    return {r.lab.lab: r for r in run_labs(read_labs(folder), Settings(**settings), Silent())}


def test_verdicts_are_read_from_the_outputs_and_the_last_one_counts(tmp_path):
    write_lab(
        tmp_path, verdict("support", "wrong"), verdict("support", "right"), verdict("lift", "not_attempted")
    )
    (result,) = results_of(tmp_path).values()
    assert result.verdicts == {"support": "right", "lift": "not_attempted"}
    assert result.passed
    assert [cell.cell for cell in result.cells] == ["start", "c0", "c1", "c2"]
    assert all(cell.seconds >= 0 for cell in result.cells)


@pytest.mark.parametrize("status", ["wrong", "not_attempted"])
def test_an_official_answer_that_is_not_right_fails_the_lab(tmp_path, status):
    write_lab(tmp_path, verdict("support", status))
    (result,) = results_of(tmp_path, must_be_right=True).values()
    assert result.failure.cell == "c0"
    assert "support" in result.failure.message


def test_an_answer_that_nobody_can_judge_fails_nothing(tmp_path):
    write_lab(tmp_path, verdict("support", "no_truth"))
    assert results_of(tmp_path, must_be_right=True)["9.1"].passed


def test_a_failing_lab_is_named_with_its_cell_and_leaves_the_others_alone(tmp_path):
    write_lab(tmp_path, "1 / 0", lab="9.1")
    write_lab(tmp_path, "print(1)", lab="9.2")
    results = results_of(tmp_path, jobs=2)
    assert results["9.1"].failure.cell == "c0"
    assert results["9.1"].failure.message.startswith("ZeroDivisionError")
    assert results["9.2"].passed


def test_earlier_progress_never_reaches_a_run(tmp_path, monkeypatch):
    monkeypatch.setenv("LABKIT_PROGRESS", str(tmp_path / "mine.jsonl"))
    write_lab(tmp_path, "import os; open(os.environ['LABKIT_PROGRESS'], 'a').write('x')", lab="9.1")
    write_lab(tmp_path, "import os; assert not os.path.exists(os.environ['LABKIT_PROGRESS'])", lab="9.2")
    assert all(result.passed for result in results_of(tmp_path).values())
    assert not (tmp_path / "mine.jsonl").exists()


def test_own_data_are_found_although_the_notebook_runs_elsewhere(tmp_path, monkeypatch):
    (tmp_path / "mine.csv").write_text("a\n1\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LABKIT_DATA_BASKETS", "mine.csv")
    write_lab(tmp_path, "import os; print(open(os.environ['LABKIT_DATA_BASKETS']).read())")
    assert results_of(tmp_path)["9.1"].passed


def test_nothing_is_written_beside_the_notebooks(tmp_path):
    path = write_lab(tmp_path, "open('made.txt', 'w').close()")
    before = path.read_bytes()
    assert results_of(tmp_path)["9.1"].passed
    assert [file.name for file in tmp_path.rglob("*") if file.is_file()] == [path.name]
    assert path.read_bytes() == before


def test_ctrl_c_stops_the_kernels_and_keeps_what_was_done(tmp_path):
    write_lab(tmp_path, "print(1)", lab="9.1")
    write_lab(
        tmp_path, f"open({str(tmp_path / 'begun')!r}, 'w').close(); import time; time.sleep(1000)", lab="9.2"
    )
    write_lab(tmp_path, "print(3)", lab="9.3")

    def press_ctrl_c():
        while not (tmp_path / "begun").exists():
            time.sleep(0.05)
        os.kill(os.getpid(), signal.SIGINT)

    threading.Thread(target=press_ctrl_c, daemon=True).start()
    results = results_of(tmp_path, jobs=1)
    assert results["9.1"].passed
    assert results["9.2"].interrupted
    assert "9.3" not in results


def test_a_watcher_hears_of_every_lab(tmp_path):
    write_lab(tmp_path, "print(1)", lab="9.1")
    watcher = Silent()
    run_labs(read_labs(tmp_path), Settings(), watcher)
    assert watcher.seen[0] == ("started", "9.1")
    assert watcher.seen[-1] == ("finished", "9.1")
    assert watcher.seen.count(("reached", "9.1")) == 3
