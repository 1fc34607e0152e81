"""Formulas: LaTeX → MathML, which browsers show by themselves.

A dollar in code is a dollar, as in JupyterLab; so is one that a space follows, or a second one that a space precedes.
"""

from __future__ import annotations

import re

from latex2mathml.converter import convert
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath, MathInlineParser

from labkit.errors import LabkitError
from labkit.language import Text

LEFT_OVER = re.compile(r"<m[a-z]+>\\[^<]*</m[a-z]+>")
"""A command that latex2mathml does not know, passed on as it was."""
CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
DOLLAR_IN_CODE = "\ue000"
"""Stands for it while formulas are looked for; no text has this character."""
NOT_CONVERTED = Text(
    "This formula cannot be shown on a slide: {formula}", "这个公式无法放到幻灯片上：{formula}"
)
NOT_CONVERTED_DO = Text(
    "Write it with other LaTeX commands in lab.py, then build and try again.",
    "请在 lab.py 里换用别的 LaTeX 命令，重新构建后再试。",
)


def to_mathml(latex: str, *, display: bool) -> str:
    """Return a formula as MathML.

    Parameters
    ----------
    latex : str
        Without the dollars.
    display : bool
        On a line of its own?

    Raises
    ------
    LabkitError
        A command that cannot be converted.
    """
    try:
        mathml = convert(latex.strip(), display="block" if display else "inline")
        reason = next(iter(LEFT_OVER.findall(mathml)), "")
    except Exception as error:  # latex2mathml has a dozen kinds
        mathml, reason = "", f"{type(error).__name__}: {error}"
    if reason:
        raise LabkitError(NOT_CONVERTED.fill(formula=latex.strip()), Text(reason, reason), NOT_CONVERTED_DO)
    return mathml


class FormulaRenderer(IPythonRenderer):
    """nbconvert's renderer of markdown, with formulas as MathML and no anchors at headings."""

    def __init__(self) -> None:
        super().__init__(escape=False, exclude_anchor_links=True)

    def inline_math(self, body: str) -> str:
        """A formula inside a sentence."""
        return to_mathml(body, display=False)

    def block_math(self, body: str) -> str:
        """A formula on a line of its own."""
        return to_mathml(body, display=True)


class FormulaParser(MathInlineParser):
    """nbconvert's parser of a line, less ready to take dollars for formulas."""

    INLINE_MATH_TEX = r"(?<![$\\])\$(?=[^\s$])(?P<math_inline_tex>[^$]+?)(?<![\s\\])\$(?!\d)"
    SPECIFICATION = MathInlineParser.SPECIFICATION | {"inline_math_tex": INLINE_MATH_TEX}


def markdown_to_html(markdown: str) -> str:
    """Return markdown as HTML, formulas included."""
    hidden = CODE.sub(lambda code: code[0].replace("$", DOLLAR_IN_CODE), markdown)
    parser = MarkdownWithMath(renderer=FormulaRenderer(), inline=FormulaParser(hard_wrap=False))
    return parser.render(hidden).replace(DOLLAR_IN_CODE, "$")
