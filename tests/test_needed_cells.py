import json
from typing import Any

import pytest

from labkit import course
from labkit.exercises.judge import MISSING, judge
from labkit.language import set_language
from labkit.locations import edition_dir
from labkit.needed_cells import needed_cells
from labkit.store import Dataset

CELLS = [
    "import pandas as pd",  # 0
    "table = pd.DataFrame({'a': [1, 2]})",  # 1
    "other = 5",  # 2
    "table['share'] = table['a'] / 3",  # 3
    "lab.show(table, 'a picture')",  # 4
    "def half(x):\n    return x / 2 + other",  # 5
    "answer = half(table['share'].sum())",  # 6
]


def test_a_cell_needs_what_gives_and_what_changes_the_names_it_reads():
    assert needed_cells(CELLS, [6]) == [0, 1, 2, 3, 5, 6]


def test_what_only_shows_something_is_not_needed():
    assert 4 not in needed_cells(CELLS, [6])
    assert needed_cells(["x = 1", "print(x)", "y = x"], [2]) == [0, 2]


def test_a_name_given_anew_needs_nothing_before_it():
    assert needed_cells(["x = 1", "x = 2", "y = x"], [2]) == [1, 2]


def test_what_changes_a_thing_needs_what_it_reads_itself():
    assert needed_cells(["rows = []", "z = 3", "rows.append(z)", "y = rows"], [3]) == [0, 1, 2, 3]
    assert needed_cells(["rows = []", "z = 3", "rows += [z]", "y = rows"], [3]) == [0, 1, 2, 3]


def test_a_call_for_its_own_sake_changes_what_it_is_given():
    assert needed_cells(["rows = [1, 2]", "shuffle(rows)", "y = rows"], [2]) == [0, 1, 2]


def test_a_plot_changes_no_module():
    assert needed_cells(["import pyplot as plt", "plt.bar([1], [2])", "y = plt.style"], [2]) == [0, 2]


def test_a_cell_that_is_no_python_gives_nothing():
    assert needed_cells(["x = (", "x = 1", "%%time\n", "y = x"], [3]) == [1, 3]


def test_nothing_wanted_needs_nothing():
    assert needed_cells(CELLS, []) == []


def code_cells(lab_id: str) -> list[dict[str, Any]]:
    folder = course.lab_dir(lab_id)
    notebook = edition_dir("solutions", "en") / folder.parent.name / f"{folder.name}.ipynb"
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in cells if cell["cell_type"] == "code"]


@pytest.mark.parametrize(
    "lab_id",
    [
        lab if lab in {"3.3", "7.4", "9.3"} else pytest.param(lab, marks=pytest.mark.slow)
        for lab in course.lab_ids()
    ],
)
def test_every_official_answer_is_right_with_the_cells_it_needs_alone(lab_id, monkeypatch):
    monkeypatch.setenv("LABKIT_SCALE", "tiny")
    set_language("en")
    cells = code_cells(lab_id)
    sources = ["".join(cell["source"]) for cell in cells]
    answers = [place for place, cell in enumerate(cells) if "exercise" in cell["metadata"].get("labkit", {})]
    needed = needed_cells(sources, answers)
    namespace: dict[str, Any] = {"__name__": f"lab {lab_id}"}
    for place in needed:
        exec(sources[place], namespace)
    given = Dataset.open("tiny", namespace["seed"], stream_name=lab_id)
    verdicts = {
        name: judge(exercise, namespace.get(name, MISSING), given).status
        for name, exercise in course.exercises(lab_id).items()
    }
    assert set(verdicts.values()) == {"right"}, verdicts
    assert len(needed) < 0.75 * len(cells)
