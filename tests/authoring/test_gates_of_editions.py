"""Gates of the notebooks on disk: four editions of one lab, whoever wrote them."""

import nbformat
import pytest

from labkit.authoring import gates
from labkit.authoring.edition_files import edition_path
from labkit.authoring.editions import notebook_text
from tests.authoring.broken_promises import one

pytestmark = pytest.mark.notebooks


def tamper(built, edition, language, old, new):
    built.edit(old, new, edition_path(built.lab, edition, language))
    return built.lab


def test_same_code(built):
    lab = tamper(built, "notebooks", "zh", "members.shape[1]", "members.shape[0]")
    assert "cell first_look" in one(gates.same_code(lab)).sentence.en
    lab = tamper(built, "notebooks", "zh", "members.shape[0]", "members.shape[1]")
    assert gates.same_code(tamper(built, "notebooks", "zh", "# 先看一眼", "# 再看一眼")) == []
    lab = tamper(built, "solutions", "zh", '"id": "first_look"', '"id": "second_look"')
    assert "same code cells" in one(gates.same_code(lab)).sentence.en


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("row_count = ...", "rows = ...", "row_count is not the solution"),
        ("row_count = ...", "row_count = len(members)", "row_count holds the answer"),
        ("members.shape[1]", "members.shape[0]", "first_look is not the solution"),
    ],
)
def test_stub_fits(built, old, new, sentence):
    assert sentence in one(gates.stub_fits(tamper(built, "notebooks", "en", old, new))).sentence.en


def test_no_l_left(built):
    lab = tamper(built, "notebooks", "en", '\\"The table has {} columns.\\"', 'L(\\"a\\", \\"b\\")')
    assert "first_look still has L" in one(gates.no_l_left(lab)).sentence.en


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<object at 0x7f3a5c2b1d90>", "0x7f3a5c2b1d90"),
        ("read /home/me/baskets.csv", "/home/me/baskets.csv"),
        (r"C:\\Users\\me", "C:\\Users"),
    ],
)
def test_stable_outputs(built, text, shown):
    lab = tamper(built, "solutions", "en", "The table has 5 columns.", text)
    assert shown in one(gates.stable_outputs(lab)).sentence.en


@pytest.mark.parametrize(
    "output",
    [
        {"output_type": "stream", "name": "stderr", "text": "Warning!"},
        {"output_type": "error", "ename": "KeyError", "evalue": "x", "traceback": []},
    ],
)
def test_stable_outputs_are_neither_warnings_nor_errors(built, output):
    path = edition_path(built.lab, "solutions", "zh")
    notebook = nbformat.read(path, as_version=4)
    next(cell for cell in notebook.cells if cell.cell_type == "code").outputs = [nbformat.from_dict(output)]
    path.write_text(notebook_text(notebook), "utf-8")
    assert one(gates.stable_outputs(built.lab))


def test_rebuilt(built):
    lab = tamper(built, "notebooks", "zh", "row_count = ...", "row_count = ...  # x")
    assert one(gates.rebuilt(lab)).path == edition_path(lab, "notebooks", "zh")
    edition_path(lab, "solutions", "en").unlink()
    assert len(gates.rebuilt(lab)) == 2
