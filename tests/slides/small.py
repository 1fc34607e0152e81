"""A small executed lab: cells as a run leaves them, without running anything."""

from __future__ import annotations

from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from labkit.exercises.quiz import Option, Quiz
from labkit.language import Text

PIXEL = "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
QUIZ = Quiz(
    "q1",
    Text("What rises?", "什么会上升？"),
    (
        Option(Text("The lift", "提升度"), Text("Because it is a ratio.", "因为它是一个比值。"), right=True),
        Option(Text("The bar", "门槛"), Text("No.", "不对。")),
    ),
)
PARTS = {"slide": "slide", "page": "subslide", "skip": "skip", "notes": "notes", "step": "fragment"}


def prose(text, part="slide"):
    """A prose cell."""
    return new_markdown_cell(text, metadata={"slideshow": {"slide_type": PARTS[part]}})


def cell(source, *outputs, part="page", **metadata):
    """An executed code cell."""
    metadata |= {"slideshow": {"slide_type": PARTS[part]}}
    return new_code_cell(source, outputs=list(outputs), metadata=metadata, execution_count=1)


def shown(kind, text, html="", **card):
    """What a card or figure leaves."""
    data = {"text/plain": text} | ({"text/html": html} if html else {})
    return new_output("display_data", data=data, metadata={"labkit": {"kind": kind, **card}})


def fact(text):
    """The output of ``lab.fact``."""
    return shown("fact", f"i {text}", name="n")


def figure(alt="A chart."):
    """The output of ``lab.show``."""
    return shown("figure", alt, f'<img src="{PIXEL}" alt="{alt}" style="width:720px">')


def instructor(text):
    """An instructor's cell as the solutions edition holds it."""
    return prose(f'<div class="alert alert-success">\n\n**For the instructor**\n\n{text}\n\n</div>', "notes")


def small_lab():
    """A lab with one of everything."""
    return new_notebook(
        cells=[
            prose("# A lab\n\n**Who buys what?**\n\n*25 minutes.* You will **measure** it."),
            cell("scale = 'lab'", part="skip", tags=["parameters"]),
            cell("lab = labkit.start('9.1')", shown("start", "▶ Lab 9.1"), part="skip"),
            prose("## The data\n\nLook first. Then count."),
            cell("lab.fact('n', 3, '{} baskets')", fact("3 baskets of `items`.")),
            cell("lab.show(axes, 'A chart.')", figure()),
            cell("lab.fact('m', 2, '{} left')", fact("2 are left.")),
            instructor("Ask the room."),
            prose("### Your turn: share\n\nNow you.", "page"),
            cell("baskets = set()", part="skip"),
            cell("# share of all baskets\nshare = 0.5", part="step", labkit={"exercise": "share"}),
            cell(
                'lab.check("share")',
                shown("check", "✓ share: right\nIt says how often.", name="share", status="right"),
                part="step",
            ),
            instructor("Five minutes."),
            prose("## Questions"),
            cell(
                'lab.quiz("q1")',
                shown("quiz", "? What rises?\nA. The bar\nB. The lift\n\nAnswer with …", name="q1"),
            ),
            cell("lab.progress()", shown("progress", "% Lab 9.1"), part="skip"),
        ]
    )
