"""Formulas as MathML, dollars as dollars."""

import re

import nbformat
import pytest

from labkit import locations
from labkit.errors import LabkitError
from labkit.slides.formulas import markdown_to_html, to_mathml

NOTEBOOKS = sorted((locations.PROJECT / "solutions").glob("*/*/*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_every_formula_of_every_lab_converts(path):
    prose = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "markdown"]
    html = "".join(markdown_to_html(source) for source in prose)
    without_code = re.sub(r"<code>.*?</code>|<pre>.*?</pre>", "", html, flags=re.DOTALL)
    assert "$" not in without_code
    assert html.count("<math") == html.count("</math>")


def test_chinese_words_stand_in_a_formula():
    html = markdown_to_html(r"$$\text{提升度} = \frac{P(B \mid A)}{P(B)}$$")
    assert 'display="block"' in html
    assert "<mtext>提升度</mtext>" in html
    assert "<mfrac>" in html


@pytest.mark.parametrize(
    "text",
    [
        "It costs 5$, and `r'\\.0$|^$'` is code.",
        "Use `$x$` here and there.",
        "```\n$x$ = $y$\n```",
        "From $5 to $6 a month.",
        r"Escaped: \$x\$.",
    ],
)
def test_dollars_in_code_and_dollars_of_money_are_no_formulas(text):
    assert "<math" not in markdown_to_html(text)
    assert markdown_to_html(text).count("$") == text.count("$")


def test_formulas_beside_code_and_across_a_line_are_formulas():
    assert markdown_to_html("With $n$, `a$` and $p_1 =\np_0$: $z$.").count("<math") == 3


def test_a_formula_that_cannot_be_shown_is_named():
    with pytest.raises(LabkitError, match=r"\\nosuchcommand"):
        to_mathml(r"x + \nosuchcommand{y}", display=False)
    with pytest.raises(LabkitError, match="left"):
        to_mathml(r"\left( x", display=True)
