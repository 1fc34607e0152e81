"""A report as a Word file, where each number stands in a locked field that bears its name."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from labkit.reports.numbers import Run, runs
from labkit.reports.report import Figure, Heading, Paragraph, Report, Row, Table, Tiles

if TYPE_CHECKING:
    from docx.document import Document as Page

WESTERN, CHINESE = "Arial", "Microsoft YaHei"
BLUE, SOFT, PALE = "0B5394", "5B6573", "F2F5F8"
PAGE_WIDTH_MM, PAGE_HEIGHT_MM, MARGIN_MM = 210, 297, 18
TEXT_WIDTH_MM = PAGE_WIDTH_MM - 2 * MARGIN_MM


def to_word(report: Report) -> bytes:
    """Return the report as a .docx file on A4."""
    import docx

    page = docx.Document()
    set_page(page, report)
    add_text(page.add_paragraph(), report.title, report, bold=True, colour=SOFT)
    headline = page.add_paragraph(style="Heading 1")
    add_text(headline, report.headline, report)
    for block in report.blocks:
        add_block(page, block, report, TEXT_WIDTH_MM)
    add_text(page.add_paragraph(), report.sources, report, size=8, colour=SOFT)
    written = io.BytesIO()
    page.save(written)
    return written.getvalue()


def set_page(page: Page, report: Report) -> None:
    """A4, narrow margins, and fonts for both scripts in every style."""
    from datetime import datetime

    from docx.shared import Mm, Pt, RGBColor

    section = page.sections[0]
    section.page_width, section.page_height = Mm(PAGE_WIDTH_MM), Mm(PAGE_HEIGHT_MM)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        setattr(section, side, Mm(MARGIN_MM))
    for name, size, colour in (
        ("Normal", 10, "22262B"),
        ("Heading 1", 16, "22262B"),
        ("Heading 2", 11, BLUE),
    ):
        style = page.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), RGBColor.from_string(colour)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(4), Pt(4)
        set_fonts(style.element.get_or_add_rPr(), report.language)
    properties = page.core_properties
    properties.title, properties.author = report.fill(report.title), "labkit"
    properties.created = properties.modified = datetime(2025, 1, 1)


def set_fonts(properties: Any, language: str) -> None:
    """Set a font for Western letters and one for Chinese: without ``w:eastAsia`` Word takes what it likes."""
    from docx.oxml.ns import qn

    fonts = properties.get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script, font in (("ascii", WESTERN), ("hAnsi", WESTERN), ("eastAsia", CHINESE)):
        fonts.set(qn(f"w:{script}"), font)
    spoken = properties.find(qn("w:lang"))
    if spoken is None:
        spoken = properties.makeelement(qn("w:lang"), {})
        properties.append(spoken)
    spoken.set(qn("w:val"), "en-GB" if language == "en" else "zh-CN")
    spoken.set(qn("w:eastAsia"), "zh-CN")


def add_block(container: Any, block: Any, report: Report, width_mm: float) -> None:
    """Add one block to the page or to a cell."""
    from docx.shared import Mm

    if isinstance(block, Heading):
        add_text(container.add_paragraph(style="Heading 2"), block.text, report)
    elif isinstance(block, Paragraph):
        add_text(container.add_paragraph(), block.text, report)
    elif isinstance(block, Tiles):
        add_tiles(container, block, report, width_mm)
    elif isinstance(block, Figure):
        run = container.add_paragraph().add_run()
        picture = run.add_picture(io.BytesIO(block.png), width=Mm(width_mm))
        picture._inline.docPr.set("descr", report.fill(block.alt))
    elif isinstance(block, Table):
        add_table(container, block, report, width_mm)
    elif isinstance(block, Row):
        each = width_mm / len(block.blocks)
        grid = add_grid(container, 1, [each] * len(block.blocks))
        for cell, part in zip(grid.rows[0].cells, block.blocks, strict=True):
            add_block(cell, part, report, each - 5)
            drop_first_paragraph(cell)


def add_tiles(container: Any, block: Tiles, report: Report, width_mm: float) -> None:
    """Add the key figures: one pale cell each."""
    grid = add_grid(container, 1, [width_mm / len(block.tiles)] * len(block.tiles))
    for cell, (figure, label) in zip(grid.rows[0].cells, block.tiles, strict=True):
        shade(cell, PALE)
        add_text(cell.paragraphs[0], figure, report, size=16, bold=True, colour=BLUE)
        add_text(cell.add_paragraph(), label, report, size=8.5, colour=SOFT)


def add_table(container: Any, block: Table, report: Report, width_mm: float) -> None:
    """Add a table with its title: rules between rows, numbers to the right."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    add_text(container.add_paragraph(), block.title, report, bold=True)
    columns = len(block.header)
    first = width_mm * 0.34
    grid = add_grid(
        container, 1 + len(block.cells), [first] + [(width_mm - first) / (columns - 1)] * (columns - 1)
    )
    for row, texts in zip(grid.rows, [block.header, *block.cells], strict=True):
        for cell, text, is_number in zip(row.cells, texts, block.are_numbers, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            if is_number:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            run = paragraph.add_run(text)
            run.font.size, run.bold = Pt(9), texts is block.header
            rule_below(cell, texts is block.header or texts is block.cells[-1])


def add_grid(container: Any, rows: int, widths_mm: Sequence[float]) -> Any:
    """Add a table without lines, its columns as wide as stated."""
    from docx.shared import Mm

    grid = container.add_table(rows, len(widths_mm))
    grid.autofit = False
    for column, width in zip(grid.columns, widths_mm, strict=True):
        for cell in column.cells:
            cell.width = Mm(width)
    return grid


def add_text(
    paragraph: Any,
    text: str,
    report: Report,
    *,
    size: float | None = None,
    bold: bool = False,
    colour: str = "",
) -> None:
    """Add a text; each number goes into a field of its own."""
    from docx.shared import Pt, RGBColor

    for part in runs(text, report.values):
        run = paragraph.add_run(part.text)
        run.bold = bold or None
        run.font.size = Pt(size) if size else None
        if colour:
            run.font.color.rgb = RGBColor.from_string(colour)
        if part.name is not None:
            lock(run, part)


def lock(run: Any, part: Run) -> None:
    """Put a run into a content control that bears the number's name and cannot be typed into."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    control, properties, content = (OxmlElement(f"w:{name}") for name in ("sdt", "sdtPr", "sdtContent"))
    for name, value in (("alias", part.name), ("tag", part.name), ("lock", "sdtContentLocked")):
        setting = OxmlElement(f"w:{name}")
        setting.set(qn("w:val"), value)
        properties.append(setting)
    run._r.addprevious(control)
    content.append(run._r)
    control.extend([properties, content])


def shade(cell: Any, colour: str) -> None:
    """Fill a cell with a colour."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    shading = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shading.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shading)


def rule_below(cell: Any, strong: bool) -> None:
    """Draw the line below a cell."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders, bottom = OxmlElement("w:tcBorders"), OxmlElement("w:bottom")
    for name, value in (
        ("val", "single"),
        ("sz", "8" if strong else "4"),
        ("color", "22262B" if strong else "DADDE1"),
    ):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    cell._tc.get_or_add_tcPr().append(borders)


def drop_first_paragraph(cell: Any) -> None:
    """Take out the empty paragraph that every new cell begins with."""
    first = cell.paragraphs[0]
    if not first.text and len(cell.paragraphs) > 1:
        first._p.getparent().remove(first._p)
