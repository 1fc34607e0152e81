"""Cards: what labkit says in a notebook, as HTML and as a plain-text twin.

The twin is what a screen reader reads and what tests compare; it says the same as the HTML.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from typing import Any

ICONS = {
    "start": "▶",
    "right": "✓",
    "wrong": "↻",
    "not_attempted": "✎",
    "no_truth": "?",
    "hint": "!",
    "solution": "=",
    "skipped": "»",
    "truth": "×",
    "quiz": "?",
    "progress": "%",
    "fact": "i",
}
"""One sign per kind of card, each in every font that a computer comes with: no emoji."""
COLOURS = {
    "start": "#0B5394",
    "right": "#2E8B57",
    "wrong": "#E07B00",
    "hint": "#3A9BDC",
    "solution": "#0B5394",
    "quiz": "#3A9BDC",
    "progress": "#0B5394",
    "fact": "#0B5394",
}
GREY = "#6B7280"
BADGE = (
    "display:inline-block;width:1.5em;line-height:1.5em;margin-right:.6em;border-radius:50%;"
    "text-align:center;color:#fff;font-weight:700"
)

INLINE_CODE = re.compile(r"`([^`\n]+)`")
EMPHASIS = re.compile(r"\*(?=[^\s*])([^*\n]+?)(?<=[^\s*])\*")
"""``*word*``, but not ``2 * 3 * 4``."""


@dataclass(frozen=True)
class Card:
    """One message to the person at the notebook.

    Parameters
    ----------
    kind : str
        Key of :data:`ICONS`; also written into the output's metadata, where ``labkit run`` reads it.
    title : str
        One short line.
    body : str
        Text with ``*emphasis*`` and inline code in backticks; blank lines separate paragraphs.
    code : str
        Code to show below the body.
    facts : dict
        Further metadata, e.g. the exercise's name and status.
    """

    kind: str
    title: str
    body: str = ""
    code: str = ""
    facts: dict[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        """The plain-text twin."""
        parts = [f"{ICONS[self.kind]} {self.title}", self.body, self.code]
        return "\n".join(part for part in parts if part)

    def html(self) -> str:
        """The card as HTML that follows JupyterLab's light and dark themes."""
        paragraphs = "".join(
            f'<div style="margin-top:.35em">{inline(paragraph).replace(chr(10), "<br>")}</div>'
            for paragraph in self.body.split("\n\n")
            if paragraph
        )
        code = (
            '<pre style="margin:.6em 0 .1em;padding:.7em .9em;border-radius:4px;overflow:auto;'
            f'background:var(--jp-layout-color2,#eef1f4)">{escape(self.code)}</pre>'
            if self.code
            else ""
        )
        return frame(self.kind, self.title, paragraphs + code)

    def metadata(self) -> dict[str, Any]:
        """What the output remembers of this card."""
        return {"labkit": {"kind": self.kind, **self.facts}}


def frame(kind: str, title: str, content: str, width: str = "52em") -> str:
    """The look of every card: a coloured edge, a badge, the title; ``content`` is HTML."""
    colour = COLOURS.get(kind, GREY)
    return (
        f'<div role="status" style="border-left:4px solid {colour};border-radius:4px;'
        "background:var(--jp-layout-color1,#fff);box-shadow:0 1px 3px rgba(0,0,0,.14);"
        f'padding:.65em 1em;margin:.3em 2px;max-width:{width};line-height:1.6">'
        f'<span aria-hidden="true" style="{BADGE};background:{colour}">{ICONS[kind]}</span>'
        f"<b>{inline(title)}</b>{content}</div>"
    )


def inline(text: str) -> str:
    """A text as HTML: escaped, its inline code and emphasis set as such."""
    parts = INLINE_CODE.split(escape(text))
    for place, part in enumerate(parts):
        is_code = place % 2
        parts[place] = f"<code>{part}</code>" if is_code else EMPHASIS.sub(r"<em>\1</em>", part)
    return "".join(parts)


def show(card: Card) -> None:
    """Show a card in the notebook; print its text where there is no notebook."""
    publish({"text/html": card.html(), "text/plain": card.text()}, card.metadata())


def publish(bundle: dict[str, Any], metadata: dict[str, Any]) -> None:
    """Display a MIME bundle in the notebook; print its plain text where there is no notebook."""
    if shell() is None:
        print(bundle["text/plain"])
        return
    from IPython.display import display

    display(bundle, raw=True, metadata=metadata)


def shell() -> Any | None:
    """The running IPython shell, or None; IPython is never imported for asking."""
    ipython = sys.modules.get("IPython")
    return ipython.get_ipython() if ipython and not _apart else None


_apart = False


@contextmanager
def apart_from_notebook() -> Iterator[None]:
    """While it lasts, labkit takes itself to be in no notebook: a lab that is opened within leaves the real one alone."""
    global _apart
    before, _apart = _apart, True
    try:
        yield
    finally:
        _apart = before


def is_apart() -> bool:
    """Is a lab being opened apart from the notebook, for its panels alone?"""
    return _apart
