"""Boxes come out as JupyterLab shows them: coloured, labelled in the language, with markdown inside."""

from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from labkit.authoring.admonitions import BOXES, INSTRUCTOR, instructor_box, render_boxes
from labkit.authoring.faults import SourceError

HERE = Path("lab.py")
BOX = """Before.

> [!{kind}] About *lift*
> One **bold** word and `code`,
> a second line.
>
> - first
> - second
>
> ```python
> x = 1
> ```

After **all**."""


def html(markdown):
    """What CommonMark makes of it: JupyterLab's renderer follows the same rule for HTML blocks."""
    return MarkdownIt("commonmark").enable("table").render(markdown)


@pytest.mark.parametrize("kind", BOXES)
def test_markdown_inside_a_box_is_rendered_and_stays_inside(kind):
    page = html(render_boxes(BOX.format(kind=kind), "en", HERE))
    style, label = BOXES[kind]
    before, box = page.split(f'<div class="alert {style}">')
    inside, after = box.split("</div>")
    assert before.strip() == "<p>Before.</p>"
    assert after.strip() == "<p>After <strong>all</strong>.</p>"
    assert f"<strong>{label.en}: About <em>lift</em></strong>" in inside
    assert "<strong>bold</strong> word and <code>code</code>,\na second line." in inside
    assert inside.count("<li>") == 2
    assert '<code class="language-python">x = 1' in inside
    assert "&gt;" not in page


def test_label_is_of_the_language_and_stands_alone_without_a_title():
    assert "**小贴士**" in render_boxes("> [!TIP]\n> 试试看。", "zh", HERE)
    assert "**注意：别急**" in render_boxes("> [!WARNING] 别急\n> 等一等。", "zh", HERE)


def test_two_boxes_and_a_box_at_the_end():
    page = html(render_boxes("> [!NOTE]\n> a\n\n> [!TIP]\n> b", "en", HERE))
    assert page.count("<div") == page.count("</div>") == 2


def test_plain_quotes_and_code_are_left_alone():
    prose = "> a quote\n\n```\n> [!NOTE] code\n```\n\n````\n```\n> [!TIP]\n````\n\ntext [!NOTE]"
    assert render_boxes(prose, "en", HERE) == prose


def test_instructor_box_is_of_its_own_colour_and_holds_the_cell():
    page = html(instructor_box("**5 min.** Say *this*.\n\n- and that", "zh"))
    assert INSTRUCTOR[0] not in {style for style, _ in BOXES.values()}
    assert page.startswith(f'<div class="alert {INSTRUCTOR[0]}">')
    assert page.rstrip().endswith("</div>")
    assert "<strong>讲师备注</strong>" in page
    assert "<em>this</em>" in page
    assert "<li>and that</li>" in page


def test_unknown_box_is_refused_with_its_line():
    with pytest.raises(SourceError, match=r"no box \[!HINT\]") as caught:
        render_boxes("text\n\n> [!HINT] x\n> y", "en", HERE, first_line=10)
    assert caught.value.line == 12


def test_box_that_runs_into_the_next_paragraph_is_refused_with_its_line():
    with pytest.raises(SourceError, match="blank line") as caught:
        render_boxes("> [!NOTE] x\n> y\nmore", "en", HERE, first_line=10)
    assert caught.value.line == 12
