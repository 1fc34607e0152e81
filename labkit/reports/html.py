"""A report as one HTML file that needs nothing else: figures, tables and Chinese font are inside."""

from __future__ import annotations

import base64
from html import escape
from typing import Any

from markupsafe import Markup

from labkit.charts.web_font import FAMILY, font_faces
from labkit.page_template import page_template
from labkit.reports.numbers import Number, runs
from labkit.reports.report import Figure, Heading, Paragraph, Report, Row, Table, Tiles


def to_html(report: Report) -> str:
    """Return the page; each number is a ``<data>`` element that carries its name and exact value."""
    template = page_template("labkit.reports", "report.html.j2")
    values = {
        "language": "zh-CN" if report.language == "zh" else "en",
        "name": report.fill(report.title),
        "title": text_html(report.title, report),
        "headline": text_html(report.headline, report),
        "blocks": [block_html(block, report, number) for number, block in enumerate(report.blocks)],
        "sources": text_html(report.sources, report),
    }
    return template.render(values, fonts=Markup(font_faces(template.render(values, fonts=""))))


def text_html(text: str, report: Report) -> Markup:
    """Return a text with its numbers marked."""
    return Markup("").join(
        Markup('<data value="{}" data-name="{}" title="{} = {}">{}</data>').format(
            exact := exact_value(report.values[run.name]), run.name, run.name, exact, run.text
        )
        if run.name is not None
        else run.text
        for run in runs(text, report.values)
    )


def exact_value(value: Number | str) -> str:
    """The value behind what is shown, to six significant digits."""
    exact = value.value if isinstance(value, Number) else value
    return f"{exact:.6g}" if isinstance(exact, float) else str(exact)


def block_html(block: Any, report: Report, number: int | str) -> Markup:
    """Return one block; ``number`` tells the tables of a page apart."""
    if isinstance(block, Row):
        cells = [block_html(part, report, f"{number}-{place}") for place, part in enumerate(block.blocks)]
        return Markup('<div class="row">{}</div>').format(
            Markup("").join(Markup("<div>{}</div>").format(cell) for cell in cells)
        )
    if isinstance(block, Heading):
        return Markup("<h2>{}</h2>").format(text_html(block.text, report))
    if isinstance(block, Paragraph):
        return Markup("<p>{}</p>").format(text_html(block.text, report))
    if isinstance(block, Tiles):
        tiles = [
            Markup("<li><strong>{}</strong><span>{}</span></li>").format(
                text_html(figure, report), text_html(label, report)
            )
            for figure, label in block.tiles
        ]
        return Markup('<ul class="tiles">{}</ul>').format(Markup("").join(tiles))
    if isinstance(block, Figure):
        source = base64.b64encode(block.svg.encode()).decode()
        alt = escape(report.fill(block.alt), quote=True)
        return Markup(f'<img src="data:image/svg+xml;base64,{source}" alt="{alt}">')
    return table_html(block, report, number)


def table_html(table: Table, report: Report, number: int | str) -> Markup:
    """Return a table, set by great_tables."""
    import pandas as pd
    from great_tables import GT

    names = [f"c{place}" for place in range(len(table.header))]
    right = [name for name, is_number in zip(names, table.are_numbers, strict=True) if is_number]
    set_table = (
        GT(pd.DataFrame(table.cells, columns=names), id=f"table-{number}")
        .cols_label(dict(zip(names, table.header, strict=True)))
        .cols_align("left", columns=names)
        .cols_align("right", columns=right)
        .opt_table_font(font=[FAMILY, "Helvetica Neue", "Arial", "sans-serif"])
        .tab_options(
            table_width="100%",
            table_font_size="14px",
            table_border_top_style="none",
            table_border_bottom_style="none",
            column_labels_border_top_style="none",
            column_labels_border_bottom_color="#22262B",
            column_labels_border_bottom_width="1px",
            column_labels_font_weight="bold",
            table_body_hlines_color="#DADDE1",
            table_body_border_bottom_color="#22262B",
            table_body_border_bottom_width="1px",
            data_row_padding="5px",
        )
    )
    return Markup("<figure><figcaption>{}</figcaption>{}</figure>").format(
        text_html(table.title, report), Markup(set_table.as_raw_html())
    )
