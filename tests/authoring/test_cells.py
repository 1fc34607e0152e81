"""A source is split into its cells as jupytext splits it, and every mistake in it is named with its line."""

import jupytext
import pytest
from hypothesis import given
from hypothesis import strategies as st

from labkit.authoring.cells import split_cells
from labkit.authoring.faults import SourceError
from labkit.authoring.source import read_source
from labkit.language import set_language

SOURCE = '''
# %% [markdown] id="question" lang="en"
# # Crawl
#
# A list:
#
# 1. one  
#    more
# `> [!NOTE]`

# %% [markdown] id="question" lang="zh" en_hash="3f2a91c0" tags=["instructor"]
# # 爬取

# %% id="start" tags=["parameters"]
scale = "lab"
text = """
# %% id="not_a_cell"
"""


# %% id="open"

import labkit


def first(x):
    # en: a comment
    # zh: 注释
    return x[
# inside brackets
        0]

# %% id="last"
first([1])
'''  # noqa: W291 - two blanks at the end of a line are a line break in markdown


def cells_of(path):
    return [(cell.kind, cell.id, cell.text) for cell in read_source(path).cells]


def test_jupytext_reads_the_same_cells(fixture_course):
    header = fixture_course.lab_path.read_text("utf-8").split("# ---\n")[1]
    for source in (fixture_course.lab_path.read_text("utf-8"), f"# ---\n{header}# ---\n{SOURCE}"):
        fixture_course.lab_path.write_text(source, "utf-8")
        notebook = jupytext.read(fixture_course.lab_path)
        seen = [
            (cell.cell_type, cell.metadata.get("id"), cell.source.strip("\n")) for cell in notebook.cells[1:]
        ]
        assert notebook.cells[0].cell_type == "raw", "the header"
        assert cells_of(fixture_course.lab_path) == seen


def test_cells_know_their_lines_and_attributes(parse):
    lab = parse(SOURCE)
    question, frage, start, opening, last = lab.cells
    assert (question.line, question.first_line, question.lang) == (12, 13, "en")
    assert (frage.en_hash, frage.tags, frage.for_instructor) == ("3f2a91c0", ("instructor",), True)
    assert start.tags == ("parameters",)
    assert "not_a_cell" in start.text
    assert opening.first_line == opening.line + 2, "a blank line below the marker does not count"
    assert opening.text.startswith("import labkit")
    assert last.text == "first([1])"
    assert [cell.id for cell in lab.code_cells] == ["start", "open", "last"]


MISTAKES = {
    "text before the first cell": ("x = 1\n", 11, "A cell begins with"),
    "attributes without quotation marks": ("# %% id=open\n", 11, "cannot be read from here on: id=open"),
    "an attribute twice": ('# %% id="a" id="b"\n', 11, 'id="b"'),
    "an unknown attribute": ('# %% id="a" colour="red"\n', 11, "colour=red"),
    "a tag that is no list": ('# %% id="a" tags="parameters"\n', 11, "tags=parameters"),
    "a cell title": ('# %% First look id="a"\n', 11, "cannot be read"),
    "an unknown kind of cell": ('# %% [raw] id="a"\n', 11, "A cell begins with"),
    "no id": ("# %%\nx = 1\n", 11, "has no id"),
    "an id with a capital": ('# %% id="firstLook"\n', 11, "firstLook is not a name"),
    "an id twice": ('# %% id="a"\n\n# %% id="a"\n', 13, "used before, in line 11"),
    "an id of prose and code": ('# %% [markdown] id="a" lang="en"\n# x\n\n# %% id="a"\n', 14, "used before"),
    "prose twice in a language": ('# %% [markdown] id="a" lang="en"\n# x\n' * 2, 13, "used before"),
    "prose without a language": ('# %% [markdown] id="a"\n# x\n', 11, "says its language"),
    "prose in a third language": ('# %% [markdown] id="a" lang="de"\n# x\n', 11, "says its language"),
    "prose that is an exercise": ('# %% [markdown] id="a" lang="en" exercise="a"\n', 11, "Only a code cell"),
    "code with a language": ('# %% id="a" lang="en"\n', 11, "stands once for both languages"),
    "prose without its comment sign": ('# %% [markdown] id="a" lang="en"\n# x\ny\n', 13, "begins with `# `"),
    "a blank line inside prose": ('# %% [markdown] id="a" lang="en"\n# x\n\n# y\n', 13, "begins with `# `"),
    "a heading without its comment sign": (
        '# %% [markdown] id="a" lang="en"\n## x\n',
        12,
        "begins with `# `",
    ),
    "an open bracket": ('# %% id="a"\nx = (\n\n# %% id="b"\ny = 1\n', 11, "not valid Python"),
    "code that does not parse": ('# %% id="a"\nx = 1\ny = = 2\n', 13, "not valid Python"),
    "wrong indentation": ('# %% id="a"\nif x:\n        y\n    z\n', 11, "not valid Python"),
    "a magic": ('# %% id="a"\nx = 1\n# %matplotlib inline\n', 13, "magics"),
    "a shell line": ('# %% id="a"\n# !pip install x\n', 12, "magics"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_mistake_is_named_with_file_and_line_in_both_languages(parse, mistake):
    cells, line, sentence = MISTAKES[mistake]
    with pytest.raises(SourceError) as caught:
        parse(cells)
    error = caught.value
    assert error.line >= line
    if "Python" not in sentence:
        assert error.line == line
    assert sentence in str(error)
    assert f"course/m04_x/l02_crawl/lab.py, line {error.line}" in str(error)
    set_language("zh")
    try:
        assert f"lab.py 第 {error.line} 行" in str(error)
    finally:
        set_language("en")


lines_of_prose = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30), min_size=1, max_size=8
)


@given(lines_of_prose)
def test_any_prose_survives(tmp_path_factory, lines):
    lines = ["first", *lines, "last"]
    text = "\n".join(f"# {line}" if line else "#" for line in lines)
    if any(line.startswith("%%") for line in lines):
        return
    (cell,) = split_cells(f'# %% [markdown] id="a" lang="en"\n{text}\n', tmp_path_factory.getbasetemp())
    assert cell.text == "\n".join(lines)


@given(st.lists(st.text(max_size=20), min_size=1, max_size=5))
def test_any_code_survives_even_with_cell_markers_in_its_strings(tmp_path_factory, texts):
    code = "\n".join(f"x{i} = {text!r}" for i, text in enumerate(texts)) + '\ny = """\n# %% id="no"\n"""'
    (cell,) = split_cells(f'# %% id="a"\n\n{code}\n\n', tmp_path_factory.getbasetemp())
    assert cell.text == code
    assert cell.first_line == 3
