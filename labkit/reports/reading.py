"""The words of a finished report, read back from the file: what a reader will read, not what was meant."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from html.parser import HTMLParser
from xml.etree import ElementTree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
OBJECT = re.compile(rb"(\d+) 0 obj\s(.*?)\sendobj", re.DOTALL)
STREAM = re.compile(rb"stream\r?\n(.*)\r?\nendstream", re.DOTALL)
ESCAPES = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def read_words(document: str | bytes) -> str:
    """Return the text of a report: an HTML page, or the bytes of an HTML, PDF or Word file."""
    if isinstance(document, str):
        return read_html(document)
    if document.startswith(b"%PDF"):
        return read_pdf(document)
    if document.startswith(b"PK"):
        return read_word(document)
    return read_html(document.decode())


def read_html(page: str) -> str:
    """Return the text of a page: what is shown, without styles and the title of the window."""
    reader = _PageReader()
    reader.feed(page)
    return "\n".join(reader.lines())


class _PageReader(HTMLParser):
    unseen = frozenset({"head", "style", "script"})
    inline = frozenset({"data", "b", "i", "em", "strong", "span"})

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.depth += tag in self.unseen
        if tag not in self.inline:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.depth -= tag in self.unseen
        if tag not in self.inline or tag == "strong":
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.depth:
            self.parts.append(data)

    def lines(self) -> Iterator[str]:
        for line in "".join(self.parts).split("\n"):
            if line.strip():
                yield line.strip()


def read_word(document: bytes) -> str:
    """Return the text of a .docx file, paragraph by paragraph, fields and tables included."""
    with zipfile.ZipFile(io.BytesIO(document)) as parts:
        body = ElementTree.fromstring(parts.read("word/document.xml"))
    return "\n".join(
        "".join(text.text or "" for text in paragraph.iter(f"{WORD}t")) for paragraph in body.iter(f"{WORD}p")
    )


def read_pdf(document: bytes) -> str:
    """Return the text of a PDF that typst wrote, page by page, without page numbers (artifacts).

    It follows ISO 32000-1 (sections 7.3.4, 9.4 and 9.10.3) as far as such files go: text is shown in two-byte
    glyphs, and each font says in its ``ToUnicode`` map which characters they stand for.
    """
    objects = {int(number): body for number, body in OBJECT.findall(document)}
    kids = next(re.search(rb"/Kids\[([^]]*)]", body) for body in objects.values() if b"/Type/Pages/" in body)
    assert kids is not None
    pages = [int(number) for number in re.findall(rb"(\d+) 0 R", kids[1])]
    return "\n".join(line for page in pages for line in _page_lines(objects[page], objects))


def _page_lines(page: bytes, objects: dict[int, bytes]) -> Iterator[str]:
    resources = objects[_reference(page, b"Resources")]
    fonts = {
        name: _characters(_stream(objects[_reference(objects[int(number)], b"ToUnicode")]))
        for name, number in re.findall(rb"/(f\d+) (\d+) 0 R", resources)
    }
    font: dict[int, str] = {}
    marked: list[bool] = []
    line: list[str] = []
    last = b""
    for token in _tokens(_stream(objects[_reference(page, b"Contents")])):
        if token.startswith(b"/") and token[1:] in fonts:
            font = fonts[token[1:]]
        elif token == b"/Artifact":
            last = token
        elif token in (b"BDC", b"BMC"):
            marked.append(last == b"/Artifact")
            last = b""
        elif token == b"EMC" and marked:
            marked.pop()
        elif token.startswith(b"(") and not any(marked):
            glyphs = token[1:]
            line += [font.get(int.from_bytes(glyphs[i : i + 2], "big"), "") for i in range(0, len(glyphs), 2)]
        elif token == b"ET" and line:
            yield "".join(line)
            line = []


def _reference(body: bytes, key: bytes) -> int:
    found = re.search(rb"/" + key + rb" (\d+) 0 R", body)
    assert found is not None
    return int(found[1])


def _stream(body: bytes) -> bytes:
    found = STREAM.search(body)
    assert found is not None
    return zlib.decompress(found[1])


def _characters(character_map: bytes) -> dict[int, str]:
    """Glyph → characters, from the ``bfchar`` lines of a ToUnicode map."""
    pairs = re.findall(rb"<([0-9A-Fa-f]{4})> <((?:[0-9A-Fa-f]{4})+)>\s", character_map)
    return {int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for glyph, text in pairs}


def _tokens(content: bytes) -> Iterator[bytes]:
    """Names, operators and shown strings of a content stream; a string begins with its parenthesis, unescaped."""
    place = inside = 0
    while place < len(content):
        sign = content[place : place + 1]
        if sign == b"(":
            text, place = _literal(content, place + 1)
            if not inside:
                yield b"(" + text
        elif content[place : place + 2] in (b"<<", b">>"):
            inside += 1 if sign == b"<" else -1
            place += 2
        elif sign == b"<":
            end = content.index(b">", place)
            if not inside:
                yield b"(" + bytes.fromhex(content[place + 1 : end].decode())
            place = end + 1
        elif found := re.compile(rb"/?[A-Za-z][A-Za-z0-9*]*").match(content, place):
            yield found[0]
            place = found.end()
        else:
            place += 1


def _literal(content: bytes, place: int) -> tuple[bytes, int]:
    text, depth = bytearray(), 1
    while True:
        sign = content[place : place + 1]
        if sign == b"\\":
            if octal := re.compile(rb"[0-7]{1,3}").match(content, place + 1):
                text.append(int(octal[0], 8))
                place = octal.end()
                continue
            escaped = content[place + 1 : place + 2]
            text += ESCAPES.get(escaped, escaped)
            place += 2
            continue
        depth += (sign == b"(") - (sign == b")")
        place += 1
        if depth == 0:
            return bytes(text), place
        text += sign
