"""What a cell showed → pieces of slides: figures, facts, small tables, verdicts, quiz questions.

Cards that only serve a trainee at the keyboard (start, progress, hints) and long tables are left out.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape

from bs4 import BeautifulSoup, Tag
from nbformat import NotebookNode

from labkit.cards import inline
from labkit.exercises.quiz import Quiz
from labkit.language import Language
from labkit.slides.blocks import SMALL, TEXT, Block
from labkit.slides.heights import WIDTH, text_height, text_width

FACT = 32
TABLE = 22
MOST_ROWS, WIDEST_TABLE = 9, 1400
"""A table that asks for more pixels would have to be set too small."""
OPTION = re.compile(r"^([A-F])\. (.+)$", re.MULTILINE)


def output_blocks(cell: NotebookNode, quizzes: Mapping[str, Quiz], language: Language) -> Iterator[Block]:
    """Return the pieces that an executed cell adds to a deck, verdicts excepted.

    Parameters
    ----------
    cell : NotebookNode
        Executed.
    quizzes : mapping of str to Quiz
        Of the lab, for the answers.
    language : Language
        Of the edition.
    """
    for output in cell.outputs:
        card = output.get("metadata", {}).get("labkit", {})
        data = output.get("data", {})
        match card.get("kind"):
            case "figure" | "panel":
                yield from figure_blocks(data.get("text/html", ""))
            case "fact":
                yield fact_block(without_sign(data["text/plain"]))
            case "quiz":
                yield quiz_block(data["text/plain"], quizzes[card["name"]], language)
            case None if "dataframe" in data.get("text/html", ""):
                yield from table_blocks(data["text/html"])


def verdict_of(cell: NotebookNode) -> tuple[str, str] | None:
    """Return the exercise that a cell judged and what the verdict said to know, or nothing."""
    for output in cell.outputs:
        card = output.get("metadata", {}).get("labkit", {})
        if card.get("kind") == "check":
            return card["name"], output["data"]["text/plain"].partition("\n")[2].strip()
    return None


def without_sign(text: str) -> str:
    """The text of a card without the sign in front of it."""
    return text.partition(" ")[2]


def fact_block(text: str) -> Block:
    """One sentence with a number of this run."""
    height = text_height(text, FACT, width=WIDTH - 40, spacing=1.4, gap=44)
    return Block("fact", f"<p>{inline(text)}</p>", height, is_html=True)


def figure_blocks(html: str) -> Iterator[Block]:
    """A picture with its alternative text; of a panel also the sentence that reads it."""
    soup = BeautifulSoup(html, "html.parser")
    if soup.img is None:
        return
    image = f'<img src="{soup.img["src"]}" alt="{escape(str(soup.img["alt"]), quote=True)}">'
    yield Block("figure", image, is_html=True)
    if sentence := soup.find("p", role="status"):
        yield caption_block(sentence.get_text())


def caption_block(text: str) -> Block:
    """The sentence below a figure."""
    return Block("caption", f"<p>{inline(text)}</p>", text_height(text, SMALL), is_html=True)


def table_blocks(html: str) -> Iterator[Block]:
    """A table, if a room can read it."""
    table = BeautifulSoup(html, "html.parser").table
    if table is None:
        return
    rows = table.find_all("tr")
    if len(rows) > MOST_ROWS + 2 or table_width(rows) > WIDEST_TABLE:
        return
    table.attrs = {}
    for row in rows:
        row.attrs = {}
    yield Block("table", str(table), 46 * len(rows) + 24, is_html=True)


def table_width(rows: Sequence[Tag]) -> int:
    """Return the width in pixels that the rows of a table ask for."""
    cells = [[cell.get_text(strip=True) for cell in row.find_all(["td", "th"])] for row in rows]
    columns = itertools.zip_longest(*cells, fillvalue="")
    return round(sum(max(map(text_width, column)) * TABLE + 36 for column in columns))


def quiz_block(text: str, quiz: Quiz, language: Language) -> Block:
    """A question with its options, in the order that the class saw; the answer appears with a key press."""
    options = OPTION.findall(text)
    right = next(option for option in quiz.options if option.right)
    answer = right.text.in_language(language)
    items = "".join(
        f"<li{CLASS_OF_ANSWER if words == answer else ''}><b>{letter}</b><span>{inline(words)}</span></li>"
        for letter, words in options
    )
    because = inline(right.because.in_language(language))
    html = (
        f'<p class="question">{inline(quiz.question.in_language(language))}</p><ol>{items}</ol>'
        f'<p class="because fragment" data-fragment-index="0">{because}</p>'
    )
    height = text_height(quiz.question.in_language(language), TEXT + 4) + sum(
        text_height(words, TEXT, width=WIDTH - 120, gap=30) for _, words in options
    )
    return Block("quiz", html, height + text_height(because, SMALL), is_html=True)


CLASS_OF_ANSWER = ' class="answer fragment custom" data-fragment-index="0"'
