"""What a report is: a title, a headline, blocks, and the numbers that its texts name. Plain data.

Every text may have holes, ``"{rate} of {customers} customers left"``; what goes into them stands once, in
``values``. Renderers turn the same report into HTML, PDF and Word. First used in lab 8.2.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from labkit.language import Language, current_language
from labkit.reports.numbers import Number, filled, runs, written

if TYPE_CHECKING:
    import pandas as pd

PIXELS_PER_INCH = 200


@dataclass(frozen=True)
class Heading:
    """A line that begins a part."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """A few sentences, with holes."""

    text: str


@dataclass(frozen=True)
class Tiles:
    """Key figures, large: pairs of a figure and what it is, ``("{rate}", "left in November")``."""

    tiles: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Figure:
    """A drawn figure: sharp lines for page and paper, a picture for Word.

    Parameters
    ----------
    svg, png : str, bytes
        The same drawing.
    alt : str
        What it shows, for whoever cannot see it; may have holes.
    """

    svg: str
    png: bytes
    alt: str

    @classmethod
    def of(cls, drawn: Any, alt: str) -> Figure:
        """Take what matplotlib drew, a figure or axes, and close it."""
        import matplotlib.pyplot as plt

        from labkit.charts.picture import figure_of

        figure, svg, png = figure_of(drawn), io.StringIO(), io.BytesIO()
        with plt.rc_context({"svg.fonttype": "path", "svg.hashsalt": "labkit"}):
            figure.savefig(svg, format="svg", metadata={"Date": None, "Creator": None})
        figure.savefig(png, format="png", dpi=PIXELS_PER_INCH, metadata={"Software": None})
        plt.close(figure)
        return cls(svg.getvalue(), png.getvalue(), alt)


@dataclass(frozen=True)
class Table:
    """A table for print: bound to a frame, each column written in one way.

    Parameters
    ----------
    frame : DataFrame
        Its column names are the headings, in the reader's language.
    formats : mapping of str to str
        Column → how its numbers are written, e.g. ``"{:.1%}"``; other columns stand as they are.
    title : str
        Says what the table finds; may have holes.
    """

    frame: pd.DataFrame
    formats: Mapping[str, str] = field(default_factory=dict)
    title: str = ""

    @cached_property
    def header(self) -> list[str]:
        """The headings."""
        return [str(column) for column in self.frame.columns]

    @cached_property
    def cells(self) -> list[list[str]]:
        """Every cell as it is read."""
        columns = [self._written(column) for column in self.frame.columns]
        return [list(row) for row in zip(*columns, strict=True)]

    @cached_property
    def are_numbers(self) -> list[bool]:
        """Which columns hold numbers, and stand to the right."""
        import pandas as pd

        return [
            column in self.formats or pd.api.types.is_numeric_dtype(self.frame[column])
            for column in self.frame
        ]

    def _written(self, column: str) -> list[str]:
        import pandas as pd

        form = self.formats.get(column)
        return [
            "–" if pd.isna(value) else written(value, form) if form else str(value)
            for value in self.frame[column]
        ]


@dataclass(frozen=True)
class Row:
    """Two or three blocks side by side."""

    blocks: tuple[Figure | Table | Paragraph, ...]


Block = Heading | Paragraph | Tiles | Figure | Table | Row


@dataclass(frozen=True)
class Report:
    """A report in one language.

    Parameters
    ----------
    title : str
        What it is about: subject, region, month.
    headline : str
        The finding, as a sentence.
    blocks : sequence of Block
        In the order of reading.
    values : mapping of str to Number or str
        What goes into the holes of every text: numbers, and words such as the name of a region.
    sources : str
        Where the data come from, at the foot; may have holes.
    language : {"en", "zh"}
        Of the texts; the edition's by default.
    """

    title: str
    headline: str
    blocks: tuple[Block, ...] | list[Block]
    values: Mapping[str, Number | str] = field(default_factory=dict)
    sources: str = ""
    language: Language = field(default_factory=current_language)

    def fill(self, text: str) -> str:
        """Return a text of this report as it is read."""
        return filled(text, self.values)

    def texts(self) -> Iterator[str]:
        """Every text that an author wrote, holes open, in the order of reading."""
        yield self.title
        yield self.headline
        for block in self.flat_blocks():
            if isinstance(block, Heading | Paragraph):
                yield block.text
            elif isinstance(block, Tiles):
                yield from (text for tile in block.tiles for text in tile)
            elif isinstance(block, Figure):
                yield block.alt
            elif isinstance(block, Table):
                yield block.title
        yield self.sources

    def lines(self) -> Iterator[str]:
        """Every line that a reader reads, holes filled: texts and tables, without alternative texts."""
        yield self.fill(self.title)
        yield self.fill(self.headline)
        for block in self.flat_blocks():
            if isinstance(block, Heading | Paragraph):
                yield self.fill(block.text)
            elif isinstance(block, Tiles):
                yield from (self.fill(text) for tile in block.tiles for text in tile)
            elif isinstance(block, Table):
                yield self.fill(block.title)
                yield from block.header
                yield from (cell for row in block.cells for cell in row)
        yield self.fill(self.sources)

    def flat_blocks(self) -> Iterator[Heading | Paragraph | Tiles | Figure | Table]:
        """The blocks in the order of reading, rows taken apart."""
        for block in self.blocks:
            if isinstance(block, Row):
                yield from block.blocks
            else:
                yield block

    def shown(self) -> dict[str, str]:
        """Every number that a text names, as it is read: name → text, in the order of first reading."""
        return {
            run.name: run.text
            for text in self.texts()
            for run in runs(text, self.values)
            if run.name is not None
        }
