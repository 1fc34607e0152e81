"""Each edition's code is laid out for reading; what stands in the way is said."""

import json

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from labkit.authoring import formatting
from labkit.authoring.editions import notebook_text
from labkit.authoring.formatting import LINE_LENGTH, format_notebook
from labkit.errors import LabkitError


def notebook(*codes):
    cells = [new_code_cell(code, id=f"c{i}") for i, code in enumerate(codes)]
    metadata = {"language_info": {"name": "python"}}
    return notebook_text(new_notebook(cells=[new_markdown_cell("x=  1", id="m"), *cells], metadata=metadata))


def sources(text):
    return ["".join(cell["source"]) for cell in json.loads(text)["cells"]]


def test_code_is_laid_out_and_prose_left_alone():
    assert sources(format_notebook(notebook("x=f( 'a',1 )", "plot();"), "x")) == [
        "x=  1",
        'x = f("a", 1)',
        "plot();",
    ]


def test_long_line_is_broken_and_a_line_that_fits_is_joined():
    long = "x = f(" + ", ".join(f"argument_{i}" for i in range(12)) + ")"
    _, first, second = sources(format_notebook(notebook(long, "x = f(\n    a\n)"), "x"))
    assert max(map(len, first.split("\n"))) <= LINE_LENGTH
    assert second == "x = f(a)"


def test_code_that_ruff_cannot_read_is_said_with_the_notebook_name():
    with pytest.raises(LabkitError, match="zh lab"):
        format_notebook(notebook("x = = 1"), "zh lab")


def test_missing_ruff_is_said_with_what_to_do(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "ruff", None)
    monkeypatch.setattr(formatting.shutil, "which", lambda _: None)
    with pytest.raises(LabkitError, match=r"pip install \"labkit\[dev\]\""):
        format_notebook(notebook(), "x")
