"""A grader that is killed or interrupted loses nobody who was done, and goes on where it stopped."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import time

import pytest

from labkit.grading.results import FOLDER
from tests.grading.made_up import OWN_WORDS, answered, write

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="no signals there"),
]
PEOPLE = [f"Trainee {number:02}" for number in range(1, 7)]
PATIENCE = 240


@pytest.fixture(scope="module")
def a_class(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    for number, name in enumerate(PEOPLE):
        answers = dict(list(OWN_WORDS["7.4"].items())[: number % 3 + 1])
        write(folder / name / "7.4.ipynb", answered("7.4", answers))
    return folder


def start(submissions, report):
    command = [sys.executable, "-m", "labkit.cli", "grade", str(submissions), "--out", str(report)]
    command += ["--scale", "tiny", "--other-seed", "3", "--jobs", "1", "--lang", "en"]
    return subprocess.Popen(command, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def finished(report):
    """Who has a result: every file there can be read at any moment."""
    files = list((report / FOLDER).glob("*.json"))
    names = {json.loads(file.read_text(encoding="utf-8"))["name"] for file in files}
    return {name for name in names if name in PEOPLE}


def wait_for_people(grader, report, count):
    until = time.monotonic() + PATIENCE
    while len(finished(report)) < count:
        assert grader.poll() is None, grader.stderr.read().decode()
        assert time.monotonic() < until
        time.sleep(0.05)


def what_was_found(report):
    found = {}
    for file in (report / FOLDER).glob("*.json"):
        result = json.loads(file.read_text(encoding="utf-8"))
        del result["seconds"]
        found[result["name"]] = result
    return found


def page_without_time(report):
    page = (report / "index.html").read_text(encoding="utf-8")
    return [line for line in page.splitlines() if 'class="kicker">2' not in line and "<footer>" not in line]


@pytest.fixture(scope="module")
def uninterrupted(a_class, tmp_path_factory):
    report = tmp_path_factory.mktemp("whole") / "report"
    grader = start(a_class, report)
    assert grader.wait(PATIENCE) == 0, grader.stderr.read().decode()
    return report


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT])
def test_the_next_run_goes_on_and_finds_the_same(a_class, uninterrupted, tmp_path, ending):
    report = tmp_path / "report"
    grader = start(a_class, report)
    wait_for_people(grader, report, 2)
    os.killpg(grader.pid, ending)
    code = grader.wait(PATIENCE)
    done = finished(report)
    assert 2 <= len(done) < len(PEOPLE)
    if ending == signal.SIGINT:
        assert code == 130
        assert "are not graded yet" in (report / "index.html").read_text(encoding="utf-8")
    written = {file: file.stat().st_mtime_ns for file in (report / FOLDER).glob("*.json")}
    assert start(a_class, report).wait(PATIENCE) == 0
    assert {file: file.stat().st_mtime_ns for file in written} == written
    assert what_was_found(report) == what_was_found(uninterrupted)
    assert page_without_time(report) == page_without_time(uninterrupted)
    with contextlib.suppress(FileNotFoundError):
        assert (report / "class.csv").read_bytes() == (uninterrupted / "class.csv").read_bytes()
