"""A class of made-up submissions whose verdicts are known, graded behind walls (slow) and without (quick)."""

import copy
import csv
import io
import shutil

import pytest

from labkit.grading.class_grading import ClassGrading
from labkit.grading.intake import labs_of, read_class
from labkit.grading.jail import Jail, Limits
from labkit.grading.report import About, write_report
from labkit.grading.results import ResultsStore
from labkit.grading.trusted import Trusted, exercises_of
from labkit.store import Dataset
from tests.grading.made_up import (
    MISTAKEN,
    OWN_WORDS,
    answered,
    code_cell,
    edition,
    mistaken,
    place_of,
    write,
)
from tests.grading.open_room import OpenRoom

LABS = ["3.3", "7.4"]
SEED, OTHER = 2026, 3
ALL_RIGHT = ["right"] * 5
OPEN = ["not_attempted"] * 5


def numbers_of_this_world():
    """Right on the class's world because they were read off it."""
    given = Dataset.open("tiny", SEED, stream_name="3.3")
    baskets = given.table("baskets")
    held = {item: set(baskets.loc[baskets["item"] == item, "basket_id"]) for item in ("diapers", "beer")}
    both = len(held["diapers"] & held["beer"])
    confidences = {item: both / len(baskets_with) for item, baskets_with in held.items()}
    return {
        "pair_support": f"pair_support = {both / baskets['basket_id'].nunique()}",
        "both_confidences": f"both_confidences = {confidences}",
    }


def everybody(folder):
    """Write the class; return what is to be told of each answer: person → lab → one word per exercise."""
    expected = {}

    def hands_in(name, lab_id, notebook, verdicts, file="lab {}.ipynb"):
        write(folder / name / file.format(lab_id), notebook)
        expected.setdefault(name, {})[lab_id] = verdicts

    for lab_id in LABS:
        named = [mistake for mistake, _ in MISTAKEN[lab_id].values()]
        hands_in("Trainee 01", lab_id, answered(lab_id, OWN_WORDS[lab_id]), ALL_RIGHT)
        hands_in("Trainee 02", lab_id, answered(lab_id, mistaken(lab_id)), named)
        hands_in("Trainee 03", lab_id, edition(lab_id), OPEN)
        hands_in("Trainee 04", lab_id, edition(lab_id, of="solutions"), ["official"] * 5)
        hands_in("学员05", lab_id, answered(lab_id, mistaken(lab_id), "zh"), named, "作业 {}.ipynb")
        hands_in("Trainee 06", lab_id, disordered(lab_id), ALL_RIGHT, "m05/final_{} (2).ipynb")
        hands_in("Trainee 07", lab_id, without_identity(lab_id), ALL_RIGHT, "{} old.ipynb")
        hands_in("Trainee 08", lab_id, cheating(lab_id), None)
    hands_in("Trainee 09", "3.3", answered("3.3", numbers_of_this_world()), ["own_world"] * 2 + OPEN[2:])
    hands_in("Trainee 10", "7.4", slips(), ["stopped", "no_name", "stopped", "waits", "right"])
    hands_in("Trainee 11", "3.3", answered("3.3", OWN_WORDS["3.3"]), ALL_RIGHT[:2] + OPEN[2:])
    cut_short(folder / "Trainee 11" / "lab 3.3.ipynb", "turn_popular")
    (folder / "Trainee 12").mkdir()
    (folder / "Trainee 12" / "lab 3.3.ipynb").write_bytes(b"PK\x03\x04 not a notebook")
    (folder / "Trainee 12" / "homework.zip").write_bytes(b"PK\x03\x04")
    expected["Trainee 12"] = {}
    write(folder / "Trainee 13 7.4.ipynb", answered("7.4", OWN_WORDS["7.4"]))
    expected["Trainee 13"] = {"7.4": ALL_RIGHT}
    return expected


def disordered(lab_id):
    """Reordered, with demos changed or deleted and cells added; a helper in a cell of its own."""
    notebook = answered(lab_id, OWN_WORDS[lab_id])
    cells = notebook["cells"]
    if lab_id == "3.3":
        cells[place_of(notebook, "pair_support")]["source"] = "pair_support = how_many / n_baskets"
        cells.insert(
            place_of(notebook, "pair_support"), code_cell("how_many = len(with_antecedent & with_consequent)")
        )
        cells[place_of(notebook, "read")]["source"] = "n_baskets = 3"
        del cells[place_of(notebook, "pairs")]
    cells.insert(4, code_cell("while True:\n    pass"))
    code = [cell for cell in cells if cell["cell_type"] == "code"]
    first = next(place for place, cell in enumerate(code) if cell["metadata"].get("labkit"))
    moved = [*code[first + 5 :], *code[: first + 5]]
    return notebook | {"cells": [*moved, *(cell for cell in cells if cell["cell_type"] != "code")]}


def without_identity(lab_id):
    """As another tool saves it: format 4.4, no ids, no metadata, no name of the lab but in its code."""
    notebook = answered(lab_id, OWN_WORDS[lab_id])
    for cell in notebook["cells"]:
        del cell["id"]
        cell["metadata"] = {}
    return notebook | {"metadata": {}, "nbformat_minor": 4}


def cheating(lab_id):
    """Stubs, and everything else bent to say that they are right; one number."""
    first, *_ = OWN_WORDS[lab_id]
    constant = f"{first} = 0.5" if lab_id == "3.3" else f"def {first}(*given):\n    return 0.5, 0.5"
    notebook = answered(lab_id, {first: constant})
    for cell in notebook["cells"]:
        if cell["id"].startswith("check_"):
            cell["source"] = "print('right')"
            cell["outputs"] = [
                {
                    "output_type": "display_data",
                    "data": {"text/plain": "✓ right"},
                    "metadata": {"labkit": {"kind": "check", "name": first, "status": "right"}},
                }
            ]
    mine = code_cell(
        "import labkit.exercises.judge as j\nj.judge = lambda *a: 1\nclass lab:\n    check = print"
    )
    notebook["cells"].insert(place_of(notebook, f"check_{first}"), mine)
    return notebook


def slips():
    """What goes wrong by accident."""
    return answered(
        "7.4",
        {
            "robust_limits": "def robust_limits(surprise, width):\n    return (",
            "explained_days": "def explain_days(alarm_days, calendar):\n    return []",
            "drift_began": "drift_began = 1 / 0",
            "root_of": "root_of = explained_days",
            "alarm_cost": "%%time\n" + OWN_WORDS["7.4"]["alarm_cost"],
        },
    )


def cut_short(path, cell_id):
    text = path.read_text(encoding="utf-8")
    path.write_text(text[: text.index(f'"{cell_id}"')], encoding="utf-8")


def graded(folder, report, open_jail, seed=SEED):
    submissions = read_class(folder)
    grading = ClassGrading(Trusted("tiny", seed, OTHER), ResultsStore(report), Limits(), open_jail=open_jail)
    return grading.grade(submissions, labs_of(submissions))


def told(outcome):
    """In one word: the sign of what is right or open, the mistake of what is wrong."""
    if outcome.status == "right":
        return "official" if outcome.official else "right"
    return outcome.mistake or outcome.status


def verdicts(result):
    return {
        person.name: {lab.lab_id: [told(outcome) for outcome in lab.outcomes] for lab in person.labs}
        for person in result.persons
    }


@pytest.fixture(
    scope="module", params=[OpenRoom, pytest.param(Jail, marks=pytest.mark.slow)], ids=["open", "jail"]
)
def golden(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp("class")
    expected = everybody(folder / "in")
    result = graded(folder / "in", folder / "out", request.param)
    return folder, expected, result, request.param


def test_everybody_has_the_verdicts_they_earned(golden):
    _, expected, result, _ = golden
    found = verdicts(result)
    assert found.keys() == expected.keys()
    assert {**found, "Trainee 08": None} == {**expected, "Trainee 08": None}


def test_bent_checks_and_outputs_earn_nothing(golden):
    found = verdicts(golden[2])["Trainee 08"]
    for lab_id in LABS:
        assert found[lab_id][1:] == OPEN[1:]
        assert found[lab_id][0] not in {"right", "official", "not_attempted"}


def test_official_solutions_pass_on_both_worlds(golden):
    statuses = {outcome.status for lab in golden[2].official.labs for outcome in lab.outcomes}
    assert statuses == {"right"}


def test_wrong_answers_bring_the_sentence_of_their_mistake(golden):
    person = next(person for person in golden[2].persons if person.name == "Trainee 02")
    for lab in person.labs:
        for outcome in lab.outcomes:
            assert outcome.message == exercises_of(lab.lab_id)[outcome.exercise].mistakes[outcome.mistake]


def test_what_could_not_be_read_is_named(golden):
    notes = {person.name: person.notes for person in golden[2].persons if person.notes}
    assert {note.file for note in notes["Trainee 12"]} == {
        "Trainee 12/lab 3.3.ipynb",
        "Trainee 12/homework.zip",
    }
    cut = next(person for person in golden[2].persons if person.name == "Trainee 11")
    assert "damaged" in cut.labs[0].damage.en


def test_the_page_and_the_table_hold_everybody(golden):
    folder, expected, result, _ = golden
    page = write_report(folder / "out", result, About(tuple(LABS), SEED, OTHER, 2_000)).read_text(
        encoding="utf-8"
    )
    table = (folder / "out" / "class.csv").read_bytes()
    assert table.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(table.decode("utf-8-sig"))))
    assert len(rows) == len(expected) * 10
    for name in expected:
        assert f">{name}<" in page
        assert sum(row["person"] == name for row in rows) == 10
    assert "http" not in page.replace("http-equiv", "")


def test_grading_again_runs_nothing_and_finds_the_same(golden):
    folder, _, result, _ = golden

    def nobody(*given):
        raise AssertionError("somebody was graded again")

    assert graded(folder / "in", folder / "out", nobody) == result


def test_a_changed_submission_is_graded_anew_and_nobody_else(golden):
    folder, _, before, room = golden
    changed = folder / "changed"
    shutil.copytree(folder / "in", changed)
    write(changed / "Trainee 03" / "lab 7.4.ipynb", answered("7.4", {"root_of": OWN_WORDS["7.4"]["root_of"]}))
    opened = []

    def counted(*given):
        opened.append(given)
        return room(*given)

    after = graded(changed, folder / "out", counted)
    assert len(opened) == 1
    assert verdicts(after)["Trainee 03"]["7.4"] == ["not_attempted"] * 3 + ["right", "not_attempted"]
    others = [person for person in after.persons if person.name != "Trainee 03"]
    assert others == [person for person in before.persons if person.name != "Trainee 03"]


def test_outputs_alone_change_nothing(tmp_path):
    plain, ran = answered("3.3", OWN_WORDS["3.3"]), answered("3.3", OWN_WORDS["3.3"])
    for cell in ran["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": ["much\n"] * 100}]
            cell["execution_count"] = 3
    write(tmp_path / "plain" / "Trainee 01" / "lab.ipynb", plain)
    write(tmp_path / "ran" / "Trainee 01" / "lab.ipynb", ran)
    first, second = (read_class(tmp_path / name)[0].handed_in[0] for name in ("plain", "ran"))
    assert first.content == second.content


def test_of_several_notebooks_of_a_lab_the_one_with_most_answers_counts(tmp_path):
    few, most = answered("7.4", {"root_of": "root_of = 1"}), answered("7.4", OWN_WORDS["7.4"])
    for file, notebook in {"a.ipynb": most, "b.ipynb": few, "c.ipynb": copy.deepcopy(most)}.items():
        write(tmp_path / "Trainee 01" / file, notebook)
    (person,) = read_class(tmp_path)
    assert [handed_in.file for handed_in in person.handed_in] == ["Trainee 01/c.ipynb"]
    reasons = {note.file: note.reason.en for note in person.notes}
    assert "same" in reasons["Trainee 01/a.ipynb"]
    assert "more answers" in reasons["Trainee 01/b.ipynb"]
