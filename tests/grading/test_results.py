import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labkit.grading.results import FileNote, Happening, LabOutcome, Outcome, PersonResult, ResultsStore
from labkit.language import Text

SOMEBODY = PersonResult(
    name="学员07",
    fingerprint="f",
    labs=(
        LabOutcome(
            "3.3",
            "zh",
            "a/b.ipynb",
            (
                Outcome("pair_support", "right", official=True),
                Outcome(
                    "both_confidences",
                    "wrong",
                    "swapped",
                    Text("Turned.", "反了。"),
                    claimed=True,
                    code="x = 1",
                ),
            ),
            Text("Damaged.", "损坏。"),
        ),
    ),
    happenings=(Happening("socket", "3.3", "127.0.0.1", held=True, count=3),),
    notes=(FileNote("c.ipynb", Text("Empty.", "空。")),),
    seconds=1.5,
)


@pytest.fixture
def store(tmp_path):
    return ResultsStore(tmp_path / "report")


def test_what_was_saved_is_found_again(store):
    store.save(SOMEBODY)
    found = store.load("学员07", "f")
    assert found == SOMEBODY
    assert found.seconds == 1.5


def test_another_fingerprint_finds_nothing(store):
    store.save(SOMEBODY)
    assert store.load("学员07", "g") is None
    assert store.load("学员08", "f") is None


@pytest.mark.parametrize(
    "damage", ["", "{", "[]", "null", '{"format": 1}', '{"format": 0, "name": "学员07"}', "[" * 90_000]
)
def test_a_damaged_file_is_as_if_it_were_not_there(store, damage):
    store.save(SOMEBODY).write_text(damage, encoding="utf-8")
    assert store.load("学员07", "f") is None


def test_a_result_with_a_part_missing_is_as_if_it_were_not_there(store):
    path = store.save(SOMEBODY)
    found = json.loads(path.read_text(encoding="utf-8"))
    del found["labs"][0]["outcomes"][0]["status"]
    path.write_text(json.dumps(found), encoding="utf-8")
    assert store.load("学员07", "f") is None


def test_who_left_the_class_and_unfinished_files_are_removed(store):
    kept = store.save(SOMEBODY)
    store.save(PersonResult("Trainee 01", "f"))
    kept.with_suffix(".part").write_text("{")
    foreign = store.folder / "sales-2026.json"
    foreign.write_text("{}")
    store.keep_only({"学员07"})
    assert sorted(store.folder.iterdir()) == sorted([kept, foreign])


@given(st.text(min_size=1, max_size=300), st.text(min_size=1, max_size=300))
def test_every_name_has_a_file_of_its_own_in_the_folder(one, other):
    store = ResultsStore(__import__("pathlib").Path("report"))
    path = store.path_of(one)
    assert path.parent == store.folder
    assert len(path.name.encode()) < 255
    assert (path == store.path_of(other)) == (one == other)
