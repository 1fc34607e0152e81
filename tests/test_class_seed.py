"""A class works on a world of its own, whatever the notebooks say."""

import os

import pytest

from labkit import class_seed, start
from labkit.class_seed import SEEDS, class_seed_of, remember, remembered, world_seed
from labkit.errors import LabkitError
from labkit.language import set_language
from labkit.store import world_errors
from labkit.world.generate import DEFAULT_SEED


@pytest.fixture
def of_class(monkeypatch):
    """Put a class seed into the environment, as ``labkit lab --class-seed`` does."""
    return lambda seed: monkeypatch.setenv("LABKIT_CLASS_SEED", str(seed))


def test_the_numbers_are_those_of_the_world():
    assert class_seed.COURSE_SEED == DEFAULT_SEED
    assert SEEDS == world_errors.LARGEST_SEED + 1


def test_without_a_class_every_lab_opens_the_world_its_notebook_names():
    assert [world_seed(seed) for seed in (2026, 2027, 0, 3)] == [2026, 2027, 0, 3]


def test_a_class_shifts_every_lab_and_keeps_10_1_on_another_world_than_the_rest(of_class):
    of_class(20260315)
    assert [world_seed(seed) for seed in (2026, 2027)] == [20260315, 20260316]


@pytest.mark.parametrize("seed", [0, 1, 2026, SEEDS - 1])
def test_every_class_seed_suits_every_notebook_and_no_two_worlds_fall_together(of_class, seed):
    of_class(seed)
    named = [0, 7, 2026, 2027, SEEDS - 1]
    opened = [world_seed(name) for name in named]
    assert len(set(opened)) == len(named)
    assert all(0 <= one < SEEDS for one in opened)
    assert opened[named.index(2026)] == seed


def test_a_seed_of_a_notebook_that_is_none_is_still_refused(of_class):
    of_class(20260315)
    for wrong in (-1, SEEDS, "2026", 1.5, True):
        with pytest.raises(LabkitError, match="cannot be the seed of a world"):
            world_seed(wrong)


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "cannot be a class seed"), ("zh", "不能作为班级种子")]
)
@pytest.mark.parametrize("wrong", ["-1", "x", str(SEEDS), "9" * 5_000, "2026.0", "２０２６"])
def test_an_environment_that_holds_no_class_seed_is_an_error_in_both_languages(
    of_class, wrong, language, sentence
):
    of_class(wrong)
    set_language(language)
    try:
        with pytest.raises(LabkitError, match=sentence):
            start("3.3", scale="tiny")
    finally:
        set_language("en")


def test_the_class_seed_is_remembered_beside_the_workbooks_and_the_environment_wins(tmp_path, of_class):
    assert remembered(tmp_path / "new") == 2026
    assert not (tmp_path / "new").exists()
    remember(tmp_path / "new", 20260315)
    assert class_seed_of(tmp_path / "new") == 20260315
    assert [path.name for path in (tmp_path / "new").iterdir()] == [class_seed.FILE]
    of_class(5)
    assert class_seed_of(tmp_path / "new") == 5
    of_class("")
    assert class_seed_of(tmp_path / "new") == 20260315


@pytest.mark.parametrize(
    "damage",
    [
        "",
        "{",
        "[]",
        "{}",
        '{"class_seed": -1}',
        '{"class_seed": true}',
        '{"class_seed": null}',
        "\xff",
        "[" * 99_999,
    ],
)
def test_a_damaged_note_is_an_error_that_says_how_to_write_it_anew(tmp_path, damage):
    (tmp_path / class_seed.FILE).write_bytes(damage.encode("latin-1"))
    with pytest.raises(LabkitError, match="labkit lab --class-seed"):
        remembered(tmp_path)
    remember(tmp_path, 7)
    assert remembered(tmp_path) == 7


def test_a_note_that_cannot_be_written_is_an_error_and_leaves_nothing_behind(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LabkitError, match="LABKIT_WORKBOOK"):
        remember(tmp_path / "file", 7)
    assert os.listdir(tmp_path) == ["file"]


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "class seed 20260315"), ("zh", "班级种子 20260315")]
)
def test_the_start_card_names_the_seed_in_use_and_the_class(of_class, capsys, language, sentence):
    start("10.1", language="en", scale="tiny", seed=2027)
    said = capsys.readouterr().out
    assert "seed 2027" in said
    assert "class" not in said
    of_class(20260315)
    try:
        start("3.3", language=language, scale="tiny")
    finally:
        set_language("en")
    said = capsys.readouterr().out
    assert "20260315\n" in said.replace("seed 20260315\n", "20260315\n")
    assert sentence in said


def test_a_class_named_outright_counts_more_than_that_of_the_environment(of_class):
    of_class("5")
    assert world_seed(2027, 7) == 8
    assert world_seed(2026, 0) == 0
    assert world_seed(2027, SEEDS - 1) == 0
