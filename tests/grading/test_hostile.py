"""Submissions that misbehave: named in the report, and nobody else's verdicts are touched."""

import json
import socket
import threading

import pytest

from labkit.grading.class_grading import ClassGrading
from labkit.grading.intake import labs_of, read_class
from labkit.grading.jail import Limits, protections
from labkit.grading.report import About, render_page
from labkit.grading.results import ResultsStore
from labkit.grading.trusted import Trusted
from labkit.store.worlds import open_world
from tests.grading.made_up import OWN_WORDS, answered, code_cell, place_of, write
from tests.grading.test_golden_class import verdicts

pytestmark = pytest.mark.slow

COST = OWN_WORDS["7.4"]["alarm_cost"]
ADDRESS = OWN_WORDS["7.4"]["root_of"]
HOSTILE = {
    "loops": "while True:\n    pass\nroot_of = 1",
    "loops when asked": "def root_of(z, first, last):\n    while True:\n        pass",
    "starts 200": (
        "import subprocess, sys\n"
        "many = [subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']) for _ in range(200)]\n"
        "root_of = 1"
    ),
    "deletes": "import os\nos.remove({canary!r})\nroot_of = 1",
    "overwrites": "with open({canary!r}, 'w') as file:\n    file.write('gone')\nroot_of = 1",
    "calls home": "import socket\nsocket.create_connection(('127.0.0.1', {port}), 2).sendall(b'x')\nroot_of = 1",
    "reads the key": "import pandas as pd\nroot_of = pd.read_parquet({key!r})",
    "opens the key": "root_of = open({key!r}, 'rb').read()",
    "prints": "for _ in range(200):\n    print('x' * 1_000_000)\n" + ADDRESS,
    "leaves": "import os\nos._exit(0)\nroot_of = 1",
    "fills memory": "root_of = bytearray(40 << 30)",
}
NAMED = {
    "loops": "time",
    "loops when asked": "time",
    "starts 200": "processes",
    "deletes": "deleted_outside",
    "overwrites": "written_outside",
    "calls home": "socket",
    "reads the key": "answer_key",
    "opens the key": "answer_key",
    "prints": "output",
    "leaves": "lost",
}
"""Kind of happening by which each one is told."""


class Listener:
    """Somebody to whom a submission might want to talk."""

    def __init__(self):
        self.heard = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self):
        while True:
            try:
                self.heard.append(self.socket.accept())
            except OSError:
                return


def write_bulky(path, notebook, megabytes):
    """A notebook whose first code cell has printed that much."""
    text = json.dumps(notebook)
    before, after = text.split('"outputs": []', 1)
    with path.open("w", encoding="utf-8") as file:
        file.write(before + '"outputs": [{"name": "stdout", "output_type": "stream", "text": [')
        for _ in range(megabytes):
            file.write(json.dumps("x" * 78 + "\n") + (", " + json.dumps("x" * 78 + "\n")) * 12_000 + ", ")
        file.write('"end"]}]' + after)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    folder = tmp_path_factory.mktemp("hostile")
    canary = folder / "canary.txt"
    canary.write_text("still here")
    key = open_world("tiny", 2026).files("kpi_anomalies")[0]
    listener = Listener()
    values = {"{canary!r}": repr(str(canary)), "{key!r}": repr(str(key)), "{port}": str(listener.port)}
    for name, code in HOSTILE.items():
        for hole, value in values.items():
            code = code.replace(hole, value)
        write(folder / "in" / name / "7.4.ipynb", answered("7.4", {"root_of": code, "alarm_cost": COST}))
    calm = answered("7.4", {"root_of": ADDRESS, "alarm_cost": COST})
    write(folder / "in" / "calm" / "7.4.ipynb", calm)
    (folder / "in" / "bulky").mkdir()
    write_bulky(folder / "in" / "bulky" / "7.4.ipynb", calm, 200)
    added = answered("7.4", {"root_of": "root_of = mine", "alarm_cost": COST})
    added["cells"].insert(place_of(added, "root_of"), code_cell("while True:\n    pass\nmine = 1"))
    write(folder / "in" / "loops beside" / "7.4.ipynb", added)
    submissions = read_class(folder / "in")
    limits = Limits(cell_seconds=8, call_seconds=4, lab_seconds=60)
    grading = ClassGrading(Trusted("tiny", 2026, 3), ResultsStore(folder / "out"), limits, jobs=2)
    result = grading.grade(submissions, labs_of(submissions))
    listener.socket.close()
    return result, canary, listener


def test_bulky_files_are_as_large_as_is_said(tmp_path):
    write_bulky(tmp_path / "a.ipynb", answered("7.4", {}), 2)
    assert (tmp_path / "a.ipynb").stat().st_size > 2e6
    json.loads((tmp_path / "a.ipynb").read_text())


def test_everybody_is_graded_and_only_the_answer_that_misbehaves_is_not_right(hostile):
    assert [note.reason.en for person in hostile[0].persons for note in person.notes] == []
    found = {name: labs["7.4"] for name, labs in verdicts(hostile[0]).items()}
    assert found.keys() == {*HOSTILE, "calm", "bulky", "loops beside"}
    right = ["not_attempted"] * 3 + ["right", "right"]
    assert found["calm"] == found["bulky"] == found["prints"] == right
    for name in {*HOSTILE, "loops beside"} - {"prints"}:
        assert found[name][4] == "right", name
        assert found[name][3] not in {"right", "not_attempted"}, name


def test_loops_and_endings_are_told_as_such(hostile):
    found = {name: labs["7.4"][3] for name, labs in verdicts(hostile[0]).items()}
    assert found["loops"] == found["loops beside"] == "too_slow"
    assert found["leaves"] == "ended"


@pytest.mark.parametrize("name", NAMED)
def test_each_is_named_with_what_it_attempted(hostile, name):
    person = next(person for person in hostile[0].persons if person.name == name)
    assert NAMED[name] in {happening.kind for happening in person.happenings}


def test_nobody_else_is_named(hostile):
    for person in hostile[0].persons:
        if person.name in {"calm", "bulky"}:
            assert person.happenings == ()


def test_nothing_came_of_it_where_the_protections_are_in_force(hostile):
    _, canary, listener = hostile
    in_force = {protection.name for protection in protections() if protection.in_force}
    if "files" in in_force:
        assert canary.read_text() == "still here"
    if "network" in in_force:
        assert listener.heard == []


def test_the_page_names_them_all(hostile):
    page = render_page(hostile[0], About(("7.4",), 2026, 3, 2_000))
    happened = page[page.index("What submissions attempted") :]
    for name in NAMED:
        assert f">{name}</a>" in happened
