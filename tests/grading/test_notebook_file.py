import json
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labkit.grading import slim
from labkit.grading.notebook_file import NotebookFileError, read_notebook
from tests.grading.made_up import code_cell, edition, write


def sources(path):
    return [cell.source for cell in read_notebook(path).cells if cell.kind == "code"]


@pytest.fixture
def lab(tmp_path):
    return write(tmp_path / "lab.ipynb", edition("3.3"))


def test_a_notebook_is_read_with_ids_exercises_and_what_it_says_of_itself(lab):
    notebook = read_notebook(lab)
    assert notebook.about["lab"] == "3.3"
    assert notebook.damage is None
    assert [cell.id for cell in notebook.cells if cell.exercise == "pair_support"] == ["pair_support"]


def test_outputs_attachments_and_widgets_are_never_kept(tmp_path):
    notebook = edition("3.3")
    notebook["metadata"]["widgets"] = {"state": {"a": [{"b": "secret"}]}}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell["outputs"] = [
                {"data": {"text/plain": ["secret ]}", '"outputs": [']}, "output_type": "stream"}
            ]
        else:
            cell["attachments"] = {"a.png": {"image/png": "secret"}}
    path = write(tmp_path / "lab.ipynb", notebook)
    assert b"secret" not in slim.read_slim(path)
    assert sources(path) == sources(write(tmp_path / "plain.ipynb", edition("3.3")))


def test_a_source_that_speaks_of_outputs_is_kept(tmp_path):
    tricky = 'x = {"outputs": [1, 2], "widgets": {}}\n"\\"outputs\\": ["'
    path = write(tmp_path / "lab.ipynb", {"cells": [code_cell(tricky)], "metadata": {}})
    assert sources(path) == [tricky]


def test_bulky_outputs_take_no_memory(tmp_path):
    path = tmp_path / "huge.ipynb"
    cell = json.dumps(code_cell("x = 1", id="a"))
    before, after = cell.split('"outputs": []')
    with path.open("w") as file:
        file.write('{"cells": [' + before + '"outputs": [{"text": [')
        for _ in range(40):
            file.write(json.dumps("many words\n" * 90_000) + ",")
        file.write('"end"]}]' + after + "], " + '"metadata": {"labkit": {"lab": "3.3"}}, "nbformat": 4}')
    assert path.stat().st_size > 40e6
    tracemalloc.start()
    try:
        assert sources(path) == ["x = 1"]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4e6


def test_a_notebook_whose_cells_alone_are_too_large_is_named_as_such(tmp_path, monkeypatch):
    monkeypatch.setattr(slim, "MOST_KEPT", 10_000)
    path = write(tmp_path / "lab.ipynb", {"cells": [code_cell("x = 1" * 5_000)]})
    with pytest.raises(NotebookFileError) as told:
        read_notebook(path)
    assert "larger than any notebook" in told.value.reason.en


def test_of_a_truncated_notebook_the_whole_cells_are_recovered(lab):
    whole = read_notebook(lab).cells
    text = lab.read_text(encoding="utf-8")
    lab.write_text(text[: len(text) * 2 // 3], encoding="utf-8")
    found = read_notebook(lab)
    assert 10 < len(found.cells) < len(whole)
    assert found.cells == whole[: len(found.cells)]
    assert str(len(found.cells)) in found.damage.en


def test_a_hole_in_the_middle_costs_the_cells_it_touches(lab):
    whole = read_notebook(lab).cells
    text = lab.read_text(encoding="utf-8")
    middle = len(text) // 2
    lab.write_text(text[:middle] + "\0\0###" + text[middle + 200 :], encoding="utf-8")
    found = read_notebook(lab)
    assert set(found.cells) <= set(whole)
    assert len(whole) - 4 <= len(found.cells) < len(whole)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030", "utf-16"])
def test_other_encodings_are_read(tmp_path, encoding):
    path = tmp_path / "lab.ipynb"
    path.write_text(json.dumps(edition("3.3", "zh"), ensure_ascii=False), encoding=encoding)
    assert sources(path) == sources(write(tmp_path / "plain.ipynb", edition("3.3", "zh")))


def test_format_three_is_read(tmp_path):
    cell = {"cell_type": "code", "input": ["x = 1\n", "y = 2"], "outputs": [], "language": "python"}
    notebook = {"nbformat": 3, "worksheets": [{"cells": [cell]}], "metadata": {"name": ""}}
    assert sources(write(tmp_path / "old.ipynb", notebook)) == ["x = 1\ny = 2"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   ",
        b"\x00\xff\x00garbage",
        b"[]",
        b'{"cells": []}',
        b'{"cells": {}}',
        b"[" * 200_000,
        b'{"cells": [1, "a"]}',
    ],
    ids=range(8),
)
def test_what_is_no_notebook_is_named_unreadable_in_both_languages(tmp_path, content):
    path = tmp_path / "lab.ipynb"
    path.write_bytes(content)
    with pytest.raises(NotebookFileError) as told:
        read_notebook(path)
    assert told.value.reason.en != told.value.reason.zh


def test_endless_brackets_in_an_output_end_in_time(tmp_path, monkeypatch):
    monkeypatch.setattr(slim, "MOST_BRACKETS", 10_000)
    path = tmp_path / "lab.ipynb"
    first = json.dumps(code_cell("x = 1"))
    path.write_text('{"cells": [' + first + ', {"cell_type": "code", "outputs": ' + "[" * 3_000_000)
    assert sources(path) == ["x = 1"]


def test_strings_without_an_end_are_followed_once(tmp_path):
    path = tmp_path / "lab.ipynb"
    path.write_text('{"cells": [' + json.dumps(code_cell("x = 1")) + ', "' + '\\"' * 2_000_000)
    assert sources(path) == ["x = 1"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "cells",
                    "cell_type",
                    "source",
                    "outputs",
                    "metadata",
                    "labkit",
                    "lab",
                    "id",
                    "input",
                    "exercise",
                ]
            ),
            inner,
            max_size=5,
        )
    ),
    max_leaves=25,
)


@settings(max_examples=300)
@given(content=JSON.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=300))
def test_any_file_is_read_or_named_unreadable(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "any.ipynb"
    path.write_bytes(content)
    try:
        notebook = read_notebook(path)
    except NotebookFileError:
        return
    for cell in notebook.cells:
        cell.source.encode()
        assert isinstance(cell.id, str)
        assert isinstance(cell.exercise, str)


@settings(max_examples=150)
@given(cut=st.integers(0, 2_000_000), noise=st.binary(max_size=40), where=st.integers(0, 2_000_000))
def test_any_damage_to_a_lab_leaves_only_cells_that_stood_there(tmp_path_factory, cut, noise, where):
    whole = json.dumps(edition("7.4")).encode()
    known = {json.dumps("".join(cell["source"])) for cell in edition("7.4")["cells"]}
    where %= len(whole)
    damaged = (whole[:where] + noise + whole[where + len(noise) :])[: cut % (len(whole) + 1)]
    path = tmp_path_factory.getbasetemp() / "damaged.ipynb"
    path.write_bytes(damaged)
    try:
        cells = read_notebook(path).cells
    except NotebookFileError:
        return
    strange = [cell for cell in cells if json.dumps(cell.source) not in known]
    assert len(strange) <= 2  # what the noise itself was written into
