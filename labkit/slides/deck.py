"""From an executed notebook to a deck: sections to the right, their pages downward, speaker notes beneath.

A heading begins a section; a figure has a page of its own, with at most one sentence; what does not fit goes overleaf.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from nbformat import NotebookNode

from labkit.exercises.quiz import Quiz
from labkit.language import Language, Text
from labkit.slides.blocks import TEXT, Block, code_block, code_blocks, paragraphs, prose_blocks, without_box
from labkit.slides.heights import ROOM, text_height
from labkit.slides.outputs import caption_block, output_blocks, verdict_of
from labkit.slides.pagination import paginate

SOLUTION = Text("**Solution**", "**参考答案**")
MATTERS = Text("**Why it matters:** {text}", "**为什么重要：**{text}")
MINUTES_IN_FRONT = re.compile(r"\*\d+ (?:minutes|分钟)[.。]?\*[.。]? *")
TITLE = 44
SQUEEZE = 40
"""Pixels that a page may be over-full, and is set smaller for, rather than leaving one piece alone overleaf."""
COMMENT = re.compile(r"# ?(.*)")

PageKind = Literal["title", "text", "figure", "task", "quiz", "code"]
KINDS_BY_BLOCK: dict[str, PageKind] = {"figure": "figure", "quiz": "quiz", "task": "task", "code": "code"}


@dataclass
class Page:
    """One slide.

    Parameters
    ----------
    section : str
        What the page belongs to; stands small above it unless it is its own title.
    title : str
        Title of the page itself, if it has one.
    blocks : list of Block
        From top to bottom.
    notes : list of str
        Markdown, for the speaker only.
    """

    section: str
    title: str = ""
    blocks: list[Block] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def kind(self) -> PageKind:
        """What the page is about: the first of its blocks that has a page kind."""
        return next(
            (KINDS_BY_BLOCK[each.kind] for each in self.blocks if each.kind in KINDS_BY_BLOCK), "text"
        )

    @property
    def room(self) -> int:
        """Pixels that are left."""
        title = text_height(self.title, TITLE, spacing=1.2, gap=36) if self.title else 0
        return ROOM - title - sum(block.height for block in self.blocks)


@dataclass
class Deck:
    """A lab as slides.

    Parameters
    ----------
    question : str
        The lab's one-sentence question, markdown.
    goals : list of str
        Paragraphs on what one will be able to do, markdown.
    sections : list of list of Page
        From left to right, each from top to bottom.
    opening_notes : list of str
        Notes of the title page.
    """

    question: str = ""
    goals: list[str] = field(default_factory=list)
    sections: list[list[Page]] = field(default_factory=list)
    opening_notes: list[str] = field(default_factory=list)

    @property
    def pages(self) -> list[Page]:
        """All pages in order, without the title page."""
        return [page for section in self.sections for page in section]


def make_deck(
    notebook: NotebookNode, quizzes: Mapping[str, Quiz], language: Language, *, code: bool = False
) -> Deck:
    """Return the deck of an executed solutions notebook.

    Parameters
    ----------
    notebook : NotebookNode
        Executed; its cells say what they are on a slide.
    quizzes : mapping of str to Quiz
        Of the lab.
    language : Language
        Of the notebook.
    code : bool
        Show code, solutions and verdicts? They stand in the notes otherwise.
    """
    writer = DeckWriter(quizzes, language, code)
    for cell in notebook.cells:
        kind = cell.metadata.get("slideshow", {}).get("slide_type")
        if kind == "notes":
            writer.add_notes(without_box(cell.source))
        elif cell.cell_type == "markdown":
            writer.add_prose(cell.source)
        elif exercise := cell.metadata.get("labkit", {}).get("exercise"):
            writer.add_exercise(cell.source, exercise)
        elif verdict := verdict_of(cell):
            writer.add_verdict(verdict[1])
        else:
            writer.add_code_cell(cell, is_left_out=kind == "skip")
    return writer.deck


class DeckWriter:
    """Writes a deck cell by cell, and turns the page when one is full.

    Parameters
    ----------
    quizzes, language, code
        See :func:`make_deck`.
    """

    def __init__(self, quizzes: Mapping[str, Quiz], language: Language, code: bool) -> None:
        self.deck = Deck()
        self._quizzes, self._language, self._code = quizzes, language, code

    def add_prose(self, markdown: str) -> None:
        """A cell of prose: the first one becomes the title page."""
        if not self.deck.sections and markdown.startswith("# "):
            said = [MINUTES_IN_FRONT.sub("", part) for part in paragraphs(markdown)[1:]]
            self.deck.question, self.deck.goals = "".join(said[:1]), said[1:]
            return
        waiting: list[Block] = []
        for block in prose_blocks(markdown):
            if block.kind == "heading":
                self._add_balanced(waiting)
                waiting = []
                self._turn_to(block)
            else:
                waiting.append(block)
        self._add_balanced(waiting)

    def add_code_cell(self, cell: NotebookNode, *, is_left_out: bool) -> None:
        """What a cell showed, below its code if code is wanted; a cell that only prepares shows its code alone."""
        shown = [] if is_left_out else list(output_blocks(cell, self._quizzes, self._language))
        if self._code and not _is_plumbing(cell):
            for block in code_blocks(cell.source):
                self._add(block)
        for block in shown:
            self._add(block)

    def add_exercise(self, code: str, name: str) -> None:
        """The question, and the official code behind a key press or in the notes."""
        question, answer = _question_and_answer(code)
        height = sum(text_height(line, TEXT) for line in question) + 90
        lines = "\n\n".join([*question, f"`{name} = …`"])
        self._add(Block("task", lines, height))
        if self._code:
            self._add(code_block(answer, fragment=True))
        else:
            self._page.notes.append(f"{SOLUTION.in_language(self._language)}\n\n```python\n{answer}\n```")

    def add_verdict(self, matters: str) -> None:
        """What is worth knowing about an answer: behind a key press or in the notes."""
        if not matters:
            return
        if self._code:
            self._add(replace(caption_block(matters), kind="verdict", fragment=True))
        else:
            self._page.notes.append(MATTERS.fill(text=matters).in_language(self._language))

    def add_notes(self, markdown: str) -> None:
        """The instructor's words: on the page before them, and where their section begins."""
        if not self.deck.sections:
            self.deck.opening_notes.append(markdown)
            return
        self._page.notes.insert(0, markdown)
        first = self.deck.sections[-1][0]
        if first is not self._page:
            first.notes.insert(0, markdown)

    # ---- pages --------------------------------------------------------------------------------

    @property
    def _page(self) -> Page:
        if not self.deck.sections:
            self.deck.sections.append([Page("")])
        return self.deck.sections[-1][-1]

    def _turn_to(self, heading: Block) -> None:
        """Open the page that a heading asks for: a new section, or below it."""
        if heading.level < 3:
            self.deck.sections.append([Page(heading.source, heading.source)])
        else:
            self.deck.sections[-1].append(Page(self.deck.sections[-1][0].title, heading.source))

    def _turn(self, *, goes_on: bool) -> Page:
        """Open the next page: below the title that the last one stands under, or below the section's."""
        section = self.deck.sections[-1]
        title = self._page.title or self._page.section if goes_on else section[0].title
        section.append(Page(title))
        return self._page

    def _add_balanced(self, blocks: list[Block]) -> None:
        """Prose, on a page of its own unless a heading has just opened one."""
        if not blocks:
            return
        if self._page.blocks:
            self._turn(goes_on=False)
        for place, page in enumerate(paginate(blocks, self._page.room, ROOM)):
            if place:
                self._turn(goes_on=True)
            self._page.blocks += page

    def _add(self, block: Block) -> None:
        """A piece of a cell's output, overleaf if it does not go with what stands there."""
        page = self._page
        if block.kind in {"fact", "caption"} and [each.kind for each in page.blocks] == ["figure"]:
            page.blocks.append(replace(block, kind="caption"))
            return
        if not self._goes_with(block, page):
            page = self._turn(goes_on=block.kind in {"task", "code", "verdict"})
            block = replace(block, fragment=False)
        page.blocks.append(block)

    def _goes_with(self, block: Block, page: Page) -> bool:
        if not page.blocks:
            return True
        if block.kind in {"figure", "quiz"} or page.kind in {"figure", "quiz"}:
            return False
        return page.room + (0 if block.kind == "code" else SQUEEZE) >= block.height


def _is_plumbing(cell: NotebookNode) -> bool:
    """Cells that a reader of code need not see: parameters, opening the lab, quiz, progress."""
    if "parameters" in cell.metadata.get("tags", []) or "injected-parameters" in cell.metadata.get(
        "tags", []
    ):
        return True
    kinds = {output.get("metadata", {}).get("labkit", {}).get("kind") for output in cell.outputs}
    return bool(kinds & {"start", "quiz", "progress", "hint"})


def _question_and_answer(code: str) -> tuple[list[str], str]:
    """The comment that an exercise begins with, and the code below it."""
    lines = code.split("\n")
    end = next((row for row, line in enumerate(lines) if not line.startswith("#")), len(lines))
    question = [COMMENT.sub(r"\1", line) for line in lines[:end]]
    return [line for line in question if line], "\n".join(lines[end:]).strip()
