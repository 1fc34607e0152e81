"""Four notebooks from one source: each complete in its language, none with more than it should have."""

import itertools

import nbformat
import pytest

from labkit.authoring.editions import EDITIONS, code_fingerprint, make_edition, notebook_text
from labkit.authoring.faults import SourceError
from labkit.language import LANGUAGES

ALL = list(itertools.product(EDITIONS, LANGUAGES))


@pytest.fixture
def editions(fixture_course):
    fixture_course.append('\n# %% id="note_code" tags=["instructor"]\nprint("for the instructor")\n')
    fixture_course.append('\n# %% id="only_import"\nfrom labkit import L\n')
    fixture_course.append('\n# %% id="twice" exercise="twice"\n')
    fixture_course.append(
        'def twice(x):\n    L("Two times.", "两倍。")\n    # BEGIN SOLUTION\n    return 2*x\n    # END SOLUTION\n'
    )
    lab = fixture_course.lab
    return {key: make_edition(lab, *key) for key in ALL}


def cell(notebook, name):
    return next(cell for cell in notebook.cells if cell.id == name)


@pytest.mark.parametrize("key", ALL)
def test_edition_is_a_valid_notebook_that_papermill_and_labkit_know(editions, key):
    notebook, (edition, language) = editions[key], key
    nbformat.validate(notebook)
    assert (notebook.nbformat, notebook.nbformat_minor) == (4, 5)
    assert notebook.metadata.kernelspec.name == "python3"
    assert notebook.metadata.kernelspec.language == "python"
    about = {"lab": "4.2", "language": language, "edition": edition}
    assert about.items() <= notebook.metadata.labkit.items()
    assert {"minutes", "core"} <= set(notebook.metadata.labkit), "the start page lists these"
    assert cell(notebook, "start").metadata.tags == ["parameters"]
    assert cell(notebook, "row_count").metadata.labkit.exercise == "row_count"
    assert all(not c.outputs and c.execution_count is None for c in notebook.cells if c.cell_type == "code")


@pytest.mark.parametrize("key", ALL)
def test_edition_speaks_one_language_and_has_every_cell_once(editions, key):
    notebook, (_, language) = editions[key], key
    ids = [c.id for c in notebook.cells]
    assert len(ids) == len(set(ids))
    assert "only_import" not in ids, "nothing is left of a cell that only imports L"
    text = notebook_text(notebook)
    assert ("业务场景" in text, "The situation" in text) == (language == "zh", language == "en")
    assert f'language=\\"{language}\\"' in text
    assert "L(" not in text
    assert "# en:" not in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_trainees_get_holes_and_no_instructor_cells(editions, language):
    trainee, complete = (editions[edition, language] for edition in EDITIONS)
    assert cell(trainee, "row_count").source.endswith("row_count = ...")
    assert cell(complete, "row_count").source.endswith("row_count = len(members)")
    docstring = {"en": "Two times.", "zh": "两倍。"}[language]
    assert cell(trainee, "twice").source == f'def twice(x):\n    "{docstring}"\n    ...'
    assert cell(complete, "twice").source.endswith("return 2 * x")
    assert "SOLUTION" not in notebook_text(trainee) + notebook_text(complete)
    extra = {c.id for c in complete.cells} - {c.id for c in trainee.cells}
    assert extra == {"say_row_count", "note_code"}
    assert 'class="alert alert-success"' in cell(complete, "say_row_count").source
    assert cell(complete, "say_row_count").metadata.tags == ["instructor"]


def test_boxes_are_rendered_with_their_label(editions):
    assert (
        '<div class="alert alert-info">\n\n**Note: Columns**'
        in cell(editions["notebooks", "en"], "data").source
    )
    assert "**说明：各列含义**" in cell(editions["notebooks", "zh"], "data").source


def test_notebook_text_is_written_one_way(editions):
    text = notebook_text(editions["notebooks", "zh"])
    assert text.startswith('{\n "cells": [\n  {\n   "cell_type"')
    assert text.endswith("}\n")
    assert "\\u" not in text
    assert notebook_text(nbformat.reads(text, as_version=4)) == text


def test_fingerprint_follows_code_and_checks_and_nothing_else(fixture_course):
    def fingerprint(lab, checks="checks"):
        return code_fingerprint(make_edition(lab, "solutions", "en"), checks)

    before = fingerprint(fixture_course.lab)
    assert fingerprint(fixture_course.edit("who asks, by when", "who asks")) == before
    assert fingerprint(fixture_course.lab, "other checks") != before
    assert fingerprint(fixture_course.edit("len(members)  #", "members.shape[0]  #")) != before


def test_mistake_in_a_cell_is_named_with_its_line(fixture_course):
    lab = fixture_course.append('\n# %% id="wrong"\nx = 1\ny = L("a", x)\n')
    with pytest.raises(SourceError) as caught:
        make_edition(lab, "notebooks", "en")
    assert lab.path.read_text("utf-8").split("\n")[caught.value.line - 1] == 'y = L("a", x)'
