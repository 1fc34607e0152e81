import pytest

from labkit.grading.notebook_file import Cell, Notebook
from labkit.grading.recognising import lab_of, language_of
from tests.grading.made_up import edition


def notebook(lab_id="3.3", language="en", *, about=None, keep=None):
    cells = tuple(
        Cell(cell["cell_type"], "".join(cell["source"]), cell["id"])
        for cell in edition(lab_id, language)["cells"]
        if keep is None or keep(cell)
    )
    return Notebook(cells, about or {})


def without_start(cell):
    return cell["id"] != "open"


def test_what_the_notebook_says_of_itself_comes_first():
    assert lab_of(notebook("3.3", about={"lab": "7.4"}), "x.ipynb") == "7.4"
    assert language_of(notebook("3.3", "en", about={"language": "zh"})) == "zh"


@pytest.mark.parametrize("about", [{"lab": "99.9"}, {"lab": ["3.3"]}, {"lab": None}, {}])
def test_else_the_lab_that_is_started(about):
    assert lab_of(notebook("7.4", about=about), "3.3.ipynb") == "7.4"


def test_else_the_lab_with_which_most_cells_are_shared():
    assert lab_of(notebook("7.4", keep=without_start), "homework.ipynb") == "7.4"


@pytest.mark.parametrize(
    ("file", "lab"),
    [
        ("beer_and_diapers.ipynb", "3.3"),
        ("T/my l04_kpi_alarm (2).ipynb", "7.4"),
        ("9.3 T.ipynb", "9.3"),
        ("x.ipynb", None),
    ],
)
def test_else_the_lab_that_the_file_names(file, lab):
    assert lab_of(Notebook((Cell("code", "x = 1"),), {}), file) == lab


def test_a_file_that_names_two_labs_names_none():
    assert lab_of(Notebook((Cell("code", "x = 1"),), {}), "3.3 and 7.4.ipynb") is None


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_language_is_read_off_the_prose_where_nothing_says_it(language):
    assert language_of(notebook("3.3", language)) == language
    assert language_of(notebook("3.3", language, keep=without_start)) == language
