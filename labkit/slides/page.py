"""A deck → one HTML file that needs nothing else: nbconvert's slides with reveal.js, style and font inside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from nbconvert.exporters import SlidesExporter
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook, new_raw_cell

from labkit.authoring.courses import modules
from labkit.charts import palette
from labkit.charts.web_font import font_faces
from labkit.language import Text
from labkit.running.notebooks import LabNotebook
from labkit.slides.blocks import Block
from labkit.slides.deck import Deck, Page
from labkit.slides.formulas import markdown_to_html

HERE = Path(__file__).parent
KICKER = Text("Module {number} · {title}", "模块{number} · {title}")
MINUTES = Text("{minutes} minutes", "{minutes} 分钟")
KEYS = Text(
    "Keys: → next section, ↓ next page of a section, space next of either; S opens this view, F fills the screen, "
    "Esc shows all slides, B blanks the screen.",
    "按键：→ 下一节，↓ 本节下一页，空格顺序前进；S 打开本窗口，F 全屏，Esc 总览，B 黑屏。",
)
SPEAKER_WORDS = {
    "#upcoming-slide .label": Text("Next", "下一页"),
    ".speaker-controls-time .label": Text("Time (click: from zero)", "用时（点击归零）"),
    ".speaker-controls-notes .label": Text("Notes", "讲师备注"),
}
"""Place in reveal.js's speaker view → what stands there."""
FONTS = "/* the font */"


class DeckExporter(SlidesExporter):
    """nbconvert's slides in the house's look, with formulas as MathML."""

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Return markdown as HTML, formulas included."""
        return markdown_to_html(source)


def to_html(deck: Deck, lab: LabNotebook) -> str:
    """Return the file.

    Raises
    ------
    LabkitError
        A formula that cannot be converted.
    """
    exporter = DeckExporter(template_name="deck", extra_template_basedirs=[str(HERE / "templates")])
    notebook = new_notebook(cells=[*_title_cells(deck, lab), *_page_cells(deck)])
    parts = {
        "language": "zh-CN" if lab.language == "zh" else "en",
        "name": f"{lab.lab} {lab.title}",
        "css": _style(),
        "reveal_css": _vendored("reveal.css"),
        "reveal_js": _vendored("reveal.js"),
        "notes_js": _vendored("notes.js"),
        "js": _script(lab),
        "fonts": FONTS,
        "speaker_css": _own("speaker.css"),
    }
    page, _ = exporter.from_notebook_node(notebook, resources={"deck": parts})
    return page.replace(FONTS, font_faces(page, latin=True), 1)


def _title_cells(deck: Deck, lab: LabNotebook) -> list[NotebookNode]:
    module = next(module for module in modules() if module.number == lab.module)
    kicker = _say(KICKER.fill(number=lab.module, title=module.title), lab)
    facts = [lab.lab]
    if lab.minutes:
        facts.append(_say(MINUTES.fill(minutes=lab.minutes), lab))
    html = (
        f'<p class="kicker">{escape(kicker)}</p><h1>{escape(lab.title)}</h1>'
        f'<div class="question">{markdown_to_html(deck.question)}</div>'
        f'<p class="facts">{"".join(f"<span>{fact}</span>" for fact in facts)}</p>'
        f'<div class="goals">{markdown_to_html((chr(10) * 2).join(deck.goals))}</div>'
    )
    title = _raw_cell(html, slide_type="slide", page="title", block="opening")
    notes = [*deck.opening_notes, _say(KEYS, lab)]
    return [title, *(_notes_cell(text) for text in notes)]


def _say(text: Text, lab: LabNotebook) -> str:
    """A text in the lab's language."""
    return text.zh if lab.language == "zh" else text.en


def _page_cells(deck: Deck) -> Iterator[NotebookNode]:
    for section in deck.sections:
        tasks = {page.title or page.section for page in section if page.kind == "task"} - {section[0].title}
        for place, page in enumerate(section):
            is_task = page.kind == "text" and (page.title or page.section) in tasks
            kind = "task" if is_task else page.kind
            yield _head_cell(page, kind, slide_type="subslide" if place else "slide")
            yield from (_block_cell(block) for block in page.blocks)
            yield from (_notes_cell(text) for text in page.notes)


def _head_cell(page: Page, kind: str, slide_type: str) -> NotebookNode:
    """The title of a page; small where the page's own content speaks first."""
    section = "" if page.title == page.section else f'<p class="kicker">{_inline(page.section)}</p>'
    is_quiet = kind in {"figure", "quiz"}
    tag = '<h2 class="quiet">' if is_quiet else "<h2>"
    title = f"{tag}{_inline(page.title)}</h2>" if page.title else ""
    block = "head" if page.title else "head quiet"
    return _raw_cell(section + title, slide_type=slide_type, page=kind, block=block)


def _block_cell(block: Block) -> NotebookNode:
    about = {"block": block.kind, "slide_type": "fragment" if block.fragment else "-"}
    if block.is_html:
        return _raw_cell(block.source, **about)
    return new_markdown_cell(block.source, metadata=_metadata(**about))


def _notes_cell(markdown: str) -> NotebookNode:
    return new_markdown_cell(markdown, metadata=_metadata(slide_type="notes"))


def _raw_cell(html: str, **about: str) -> NotebookNode:
    return new_raw_cell(html, metadata=_metadata(**about) | {"raw_mimetype": "text/html"})


def _metadata(slide_type: str, **about: str) -> dict[str, Any]:
    return {"slideshow": {"slide_type": slide_type}, **about}


def _inline(markdown: str) -> str:
    """Markdown of one line as HTML, without the paragraph around it."""
    return markdown_to_html(markdown).strip().removeprefix("<p>").removesuffix("</p>")


def _style() -> str:
    """The style sheet, with the palette in front."""
    colours = {
        name: getattr(palette, name.upper())
        for name in ("blue", "orange", "sky", "red", "ink", "paper", "grid")
    }
    names = "".join(f"--{name}: {colour};" for name, colour in colours.items())
    return f":root {{{names}}}\n" + _own("deck.css")


def _script(lab: LabNotebook) -> str:
    words = {place: _say(text, lab) for place, text in SPEAKER_WORDS.items()}
    return f"const SPEAKER_WORDS = {json.dumps(words, ensure_ascii=False)};\n{_own('deck.js')}"


def _own(name: str) -> str:
    """A file that stands beside the template."""
    return (HERE / "templates" / "deck" / name).read_text(encoding="utf-8")


def _vendored(name: str) -> str:
    """A file of reveal.js, fit to stand inside a page."""
    text = (HERE / "reveal" / name).read_text(encoding="utf-8")
    lines = [line for line in text.split("\n") if not line.startswith("//# sourceMappingURL")]
    return "\n".join(lines).replace("</script", r"<\/script").replace("<!--", r"<\!--")
