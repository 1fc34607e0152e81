"""The trainee's copies: refreshed where they were left alone, never overwritten."""

from __future__ import annotations

import json

import nbformat
import pytest

from labkit.errors import LabkitError
from labkit.workbook import MANIFEST, fingerprint, refresh, reset, workbook_dir
from tests.running.course_of_tests import write_lab

NAME = "m09_module/l01_a_lab.ipynb"


@pytest.fixture
def edition(tmp_path):
    write_lab(tmp_path / "notebooks", "x = ...")
    return tmp_path / "notebooks"


@pytest.fixture
def workbook(tmp_path, edition):
    refresh(edition, tmp_path / "workbook")
    return tmp_path / "workbook"


def answer(path, source="x = 42"):
    """Write an answer, as a trainee does."""
    node = nbformat.read(path, as_version=4)
    node.cells[-1].source = source
    nbformat.write(node, path)


def run(path):
    """Leave outputs, as running and saving does."""
    node = nbformat.read(path, as_version=4)
    node.cells[-1].update(
        execution_count=3,
        outputs=[nbformat.v4.new_output("stream", text="42\n")],
        metadata={"scrolled": True},
    )
    node.metadata["language_info"] = {"name": "python"}
    nbformat.write(node, path)


def files(folder):
    """Names of the notebooks in a folder's module."""
    return sorted(path.name for path in folder.rglob("*.ipynb"))


def test_the_first_time_everything_is_copied(edition, tmp_path):
    done = refresh(edition, tmp_path / "workbook")
    assert done.copied == [tmp_path / "workbook" / NAME]
    assert (tmp_path / "workbook" / NAME).read_bytes() == (edition / NAME).read_bytes()


def test_the_second_time_nothing_happens(edition, workbook):
    done = refresh(edition, workbook)
    assert (done.copied, done.offered, done.kept) == ([], [], [workbook / NAME])


def test_a_notebook_that_was_only_run_is_refreshed(edition, workbook):
    run(workbook / NAME)
    write_lab(edition, "y = ...")
    assert refresh(edition, workbook).copied == [workbook / NAME]
    assert (workbook / NAME).read_bytes() == (edition / NAME).read_bytes()


def test_a_changed_notebook_stays_and_the_newer_edition_is_put_beside_it_once(edition, workbook):
    answer(workbook / NAME)
    mine = (workbook / NAME).read_bytes()
    write_lab(edition, "y = ...")
    done = refresh(edition, workbook)
    assert (workbook / NAME).read_bytes() == mine
    ((changed, beside),) = done.offered
    assert changed == workbook / NAME
    assert beside.name == "l01_a_lab.new.ipynb"
    assert beside.read_bytes() == (edition / NAME).read_bytes()
    beside.unlink()
    assert refresh(edition, workbook).offered == []
    assert files(workbook) == ["l01_a_lab.ipynb"]


def test_a_changed_notebook_without_a_newer_edition_is_left_in_peace(edition, workbook):
    answer(workbook / NAME)
    done = refresh(edition, workbook)
    assert (done.copied, done.offered) == ([], [])


def test_a_newer_edition_that_was_worked_on_is_not_overwritten_by_a_still_newer_one(edition, workbook):
    answer(workbook / NAME)
    write_lab(edition, "y = ...")
    refresh(edition, workbook)
    answer(workbook / "m09_module/l01_a_lab.new.ipynb", "y = 43")
    write_lab(edition, "z = ...")
    ((_, beside),) = refresh(edition, workbook).offered
    assert beside.name == "l01_a_lab.new-2.ipynb"
    assert "y = 43" in (workbook / "m09_module/l01_a_lab.new.ipynb").read_text(encoding="utf-8")


def test_a_newer_edition_that_was_left_alone_gives_way_to_a_still_newer_one(edition, workbook):
    answer(workbook / NAME)
    for source in ("y = ...", "z = ..."):
        write_lab(edition, source)
        refresh(edition, workbook)
    assert files(workbook) == ["l01_a_lab.ipynb", "l01_a_lab.new.ipynb"]
    assert "z = ..." in (workbook / "m09_module/l01_a_lab.new.ipynb").read_text(encoding="utf-8")


@pytest.mark.parametrize("damage", ["missing", "{", "[]", '{"m09_module/l01_a_lab.ipynb": 3}'])
def test_without_a_readable_manifest_nothing_is_overwritten(edition, workbook, damage):
    answer(workbook / NAME)
    mine = (workbook / NAME).read_bytes()
    if damage == "missing":
        (workbook / MANIFEST).unlink()
    else:
        (workbook / MANIFEST).write_text(damage)
    refresh(edition, workbook)
    assert (workbook / NAME).read_bytes() == mine


def test_a_notebook_that_cannot_be_read_counts_as_changed(edition, workbook):
    (workbook / NAME).write_text("half a note")
    write_lab(edition, "y = ...")
    refresh(edition, workbook)
    assert (workbook / NAME).read_text() == "half a note"


def test_a_deleted_notebook_comes_back(edition, workbook):
    (workbook / NAME).unlink()
    assert refresh(edition, workbook).copied == [workbook / NAME]


def test_notebooks_of_the_trainees_own_are_not_touched(edition, workbook):
    own = workbook / "m09_module" / "my notes.ipynb"
    own.write_text("{}")
    refresh(edition, workbook)
    assert own.read_text() == "{}"


def test_reset_gives_a_fresh_copy_and_keeps_every_earlier_one(edition, workbook):
    for number in (1, 2):
        answer(workbook / NAME, f"x = {number}")
        fresh, kept = reset("9.1", edition, workbook)
        assert kept.name == f"l01_a_lab.mine-{number}.ipynb"
        assert f"x = {number}" in kept.read_text(encoding="utf-8")
        assert fresh.read_bytes() == (edition / NAME).read_bytes()


def test_reset_of_an_untouched_notebook_keeps_nothing_beside(edition, workbook):
    run(workbook / NAME)
    assert reset("a_lab", edition, workbook) == (workbook / NAME, None)
    assert files(workbook) == ["l01_a_lab.ipynb"]


def test_after_a_reset_a_newer_edition_takes_the_place(edition, workbook):
    answer(workbook / NAME)
    reset("9.1", edition, workbook)
    write_lab(edition, "y = ...")
    assert refresh(edition, workbook).copied == [workbook / NAME]


def test_an_unknown_lab_and_a_missing_edition_are_errors_that_say_what_to_do(edition, workbook, tmp_path):
    with pytest.raises(LabkitError, match=r"9\.1 a_lab"):
        reset("9.2", edition, workbook)
    for action in (
        lambda: refresh(tmp_path / "no", workbook),
        lambda: reset("9.1", tmp_path / "no", workbook),
    ):
        with pytest.raises(LabkitError, match="labkit build"):
            action()


def test_a_fingerprint_sees_sources_whichever_way_they_are_stored(edition, tmp_path):
    as_text = json.loads((edition / NAME).read_text())
    for cell in as_text["cells"]:
        cell["source"] = "".join(cell["source"])
    other = tmp_path / "other.ipynb"
    other.write_text(json.dumps(as_text))
    assert fingerprint(other) == fingerprint(edition / NAME)


def test_the_workbook_can_be_elsewhere(tmp_path, monkeypatch):
    monkeypatch.setenv("LABKIT_WORKBOOK", str(tmp_path))
    assert workbook_dir("zh") == tmp_path / "zh"
    monkeypatch.delenv("LABKIT_WORKBOOK")
    assert workbook_dir("zh").parts[-2:] == ("workbook", "zh")
