"""What a piece of markdown points to: links and images, read by a markdown parser."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

BARE_URL = re.compile(r"https?://[^\s<>()\[\]，。；）]+[\w/]")
HTML_LINK = re.compile(r"""<a\b[^>]*\bhref=["']([^"']+)""")
HTML_IMAGE = re.compile(r"""<img\b[^>]*\bsrc=["']([^"']+)""")
LANGUAGE_PART = re.compile(r"(?<=[/._-])(en|zh)(?=[/.])")


def links_in(markdown: str) -> Counter[str]:
    """Targets of links; ``en`` and ``zh`` as a part of a path count as the same."""
    return Counter(
        LANGUAGE_PART.sub("*", link) for link in _targets(markdown, "link_open", "href", HTML_LINK)
    )


def images_in(markdown: str) -> Counter[str]:
    """Sources of images; ``figure.en.svg`` and ``figure.zh.svg`` count as the same."""
    return Counter(LANGUAGE_PART.sub("*", image) for image in _targets(markdown, "image", "src", HTML_IMAGE))


def _targets(markdown: str, kind: str, attribute: str, in_html: re.Pattern[str]) -> Iterator[str]:
    for token in _tokens(MarkdownIt("commonmark").enable("table").parse(markdown)):
        if token.type == kind:
            yield str(token.attrs[attribute])
        elif token.type in {"html_inline", "html_block"}:
            yield from in_html.findall(token.content)
        elif token.type == "text" and kind == "link_open":
            yield from BARE_URL.findall(token.content)


def _tokens(tokens: list[Token]) -> Iterator[Token]:
    """All tokens, with those inside others; the text of a link is not looked at again."""
    inside_link = 0
    for token in tokens:
        inside_link += (token.type == "link_open") - (token.type == "link_close")
        if token.type == "text" and inside_link:
            continue
        yield token
        if token.children and token.type == "inline":
            yield from _tokens(token.children)
