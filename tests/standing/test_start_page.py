"""The start page shows today's standing when it opens, and nothing that a trainee wrote is touched."""

from __future__ import annotations

import json
import os

import nbformat
import pytest
from nbformat.sign import NotebookNotary

from labkit.exercises.progress import ProgressLog
from labkit.language import LANGUAGES
from labkit.locations import START_NOTEBOOK, edition_dir
from labkit.standing.start_page import PROGRESS_CELL, show_on
from labkit.standing.syllabus import read_syllabus
from labkit.workbook import fingerprint, is_unchanged, refresh
from tests.standing.logs import entry


@pytest.fixture
def log(tmp_path, monkeypatch):
    """An empty log, and Jupyter folders of our own."""
    for variable in ("JUPYTER_DATA_DIR", "JUPYTER_CONFIG_DIR"):
        monkeypatch.setenv(variable, str(tmp_path / variable.lower()))
    monkeypatch.setenv("LABKIT_PROGRESS", str(tmp_path / "progress.jsonl"))
    return ProgressLog(tmp_path / "progress.jsonl")


@pytest.fixture(params=LANGUAGES)
def language(request):
    return request.param


@pytest.fixture
def page(tmp_path, log, language):
    refresh(edition_dir("notebooks", language), tmp_path / "workbook")
    return tmp_path / "workbook" / START_NOTEBOOK


def shown(page):
    """The plain text under the progress cell."""
    cells = nbformat.read(page, as_version=4).cells
    cell = next(cell for cell in cells if cell.id == PROGRESS_CELL)
    return cell.outputs[0].data["text/plain"]


def test_the_page_shows_what_the_log_says_now(page, log, language):
    said = {"en": "{right} of {total} exercises right", "zh": "练习答对 {right}/{total}"}[language]
    total = sum(len(lab.exercises) for module in read_syllabus() for lab in module.labs)
    assert show_on(page, language)
    assert said.format(right=0, total=total) in shown(page)
    log.append(entry("3.3", "pair_support", "right"))
    assert show_on(page, language)
    assert said.format(right=1, total=total) in shown(page)


def test_it_is_no_change_of_the_trainees_and_the_page_is_valid(page, language, tmp_path):
    original = edition_dir("notebooks", language) / START_NOTEBOOK
    show_on(page, language)
    assert is_unchanged(original, page)
    nbformat.validate(nbformat.read(page, as_version=4))
    done = refresh(edition_dir("notebooks", language), tmp_path / "workbook")
    assert (done.copied, done.offered) == ([], [])


def test_the_page_is_trusted_on_this_computer(page, language):
    show_on(page, language)
    with NotebookNotary() as notary:
        assert notary.check_signature(nbformat.read(page, as_version=4))


def test_the_same_standing_is_not_written_twice(page, language):
    show_on(page, language)
    before = page.stat().st_mtime_ns, page.read_bytes()
    os.utime(page, ns=(1, 1))
    show_on(page, language)
    assert (page.stat().st_mtime_ns, page.read_bytes()) == (1, before[1])


def test_everything_else_in_the_page_stays(page, language):
    notebook = json.loads(page.read_text(encoding="utf-8"))
    notebook["metadata"]["mine"] = {"a": [1, "二"]}
    notebook["cells"][0]["metadata"] = {"scrolled": True}
    notebook["cells"][1]["attachments"] = {"a.png": {"image/png": "AA=="}}
    page.write_text(json.dumps(notebook), encoding="utf-8")
    show_on(page, language)
    after = json.loads(page.read_text(encoding="utf-8"))
    after["cells"][0]["outputs"] = []
    assert after == notebook
    assert [path.name for path in page.parent.glob(".*.part")] == []


BROKEN = {
    "empty": b"",
    "cut off": b"{",
    "a list": b"[]",
    "null": b"null",
    "cells are a number": b'{"cells": 3}',
    "a cell is a number": b'{"cells": [3]}',
    "no cells": b'{"cells": []}',
    "not UTF-8": b"\xff",
    "too deep": b"[" * 100_000,
    "half a character": json.dumps({"cells": [{"id": PROGRESS_CELL, "source": "\ud800"}]}).encode(),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_page_is_left_as_it_is(tmp_path, log, fault):
    page = tmp_path / "page.ipynb"
    page.write_bytes(BROKEN[fault])
    assert not show_on(page, "en")
    assert page.read_bytes() == BROKEN[fault]
    assert {path.name for path in tmp_path.iterdir()} == {"page.ipynb"}


def test_a_missing_page_is_no_error(tmp_path, log):
    assert not show_on(tmp_path / "none.ipynb", "en")
    assert not is_unchanged(edition_dir("notebooks", "en") / START_NOTEBOOK, tmp_path / "none.ipynb")


def test_a_page_that_the_trainee_wrote_in_counts_as_changed(page, language):
    notebook = nbformat.read(page, as_version=4)
    notebook.cells[1].source += "\nmine"
    nbformat.write(notebook, page)
    before = fingerprint(page)
    assert not is_unchanged(edition_dir("notebooks", language) / START_NOTEBOOK, page)
    assert fingerprint(page) == before
