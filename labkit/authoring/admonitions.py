"""``> [!NOTE] title`` in prose → the coloured box that JupyterLab shows.

JupyterLab renders markdown inside a ``<div>`` only where blank lines part it from the tags, so the box is
written that way: tag, blank line, markdown, blank line, tag.
"""

from __future__ import annotations

import re
from pathlib import Path

from labkit.authoring.faults import SourceError
from labkit.language import Language, Text

BOXES: dict[str, tuple[str, Text]] = {
    "NOTE": ("alert-info", Text("Note", "说明")),
    "TIP": ("alert-info", Text("Tip", "小贴士")),
    "WARNING": ("alert-warning", Text("Watch out", "注意")),
    "QUESTION": ("alert-info", Text("Think", "想一想")),
}
INSTRUCTOR = ("alert-success", Text("For the instructor", "讲师备注"))
FIRST_LINE = re.compile(r"> ?\[!(?P<kind>[^\]]*)\](?P<title>.*)")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")

UNKNOWN_BOX = Text(
    "There is no box [!{kind}]; there are: {known}.", "没有 [!{kind}] 这种提示框，只有：{known}。"
)
NOT_CLOSED = Text(
    "A box ends with a blank line; every line of it begins with `>`.",
    "提示框以空行结束，框内每一行都以 `>` 开头。",
)


def render_boxes(prose: str, language: Language, path: Path, first_line: int = 1) -> str:
    """Return prose with every admonition written as an HTML box.

    Parameters
    ----------
    prose : str
        Markdown of one cell.
    language : Language
        Of the label.
    path, first_line : Path, int
        Where the prose stands, for messages.

    Raises
    ------
    SourceError
        An unknown kind of box, or one that runs into the next paragraph.
    """
    rendered: list[str] = []
    lines, row, fence = prose.split("\n"), 0, ""
    while row < len(lines):
        fence = _fence_after(lines[row], fence)
        match = None if fence else FIRST_LINE.fullmatch(lines[row])
        if not match:
            rendered.append(lines[row])
            row += 1
            continue
        end = next((i for i in range(row, len(lines)) if not lines[i].startswith(">")), len(lines))
        if match["kind"] not in BOXES:
            known = ", ".join(f"[!{kind}]" for kind in BOXES)
            raise SourceError(path, first_line + row, UNKNOWN_BOX.fill(kind=match["kind"], known=known))
        if end < len(lines) and lines[end].strip():
            raise SourceError(path, first_line + end, NOT_CLOSED)
        body = [line[1:].removeprefix(" ") for line in lines[row + 1 : end]]
        rendered += _box(*BOXES[match["kind"]], match["title"].strip(), body, language)
        row = end
    return "\n".join(rendered)


def instructor_box(prose: str, language: Language) -> str:
    """Put a whole cell into the box that tells the instructor's layer from the trainee's text."""
    return "\n".join(_box(*INSTRUCTOR, "", prose.split("\n"), language))


def _box(style: str, label: Text, title: str, body: list[str], language: Language) -> list[str]:
    colon = "：" if language == "zh" else ": "
    heading = f"**{label.in_language(language)}{colon + title if title else ''}**"
    text = "\n".join(body).strip("\n")
    return [f'<div class="alert {style}">', "", heading, *(["", text] if text else []), "", "</div>"]


def _fence_after(line: str, fence: str) -> str:
    """The code fence that is open after a line, or nothing."""
    match = FENCE.match(line)
    if not fence:
        return match[1] if match else ""
    closed = match and match[1].startswith(fence) and not line.strip().strip(fence[0])
    return "" if closed else fence
