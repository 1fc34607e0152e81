"""The card that shows the whole course: a row for each module, with a bar, counts and minutes."""

from __future__ import annotations

from html import escape

from labkit import cards
from labkit.charts.palette import BLUE, ORANGE, SKY
from labkit.language import Text, set_language
from labkit.standing.reading import standing_here
from labkit.standing.standing import Counts, CourseStanding, LabStanding, ModuleStanding

TITLE = Text(
    "Your course: {labs_done} of {labs} labs done, {right} of {exercises} exercises right",
    "课程进度：实验完成 {labs_done}/{labs}，练习答对 {right}/{exercises}",
)
NOT_BEGUN = Text(
    "Nothing answered yet: your first answer will show here.",
    "还没有作答记录。答完第一题，这里就会显示你的进度。",
)
HOW = Text(
    "● done ◐ begun ○ open. Read from the log on this computer, and from nowhere else. A pause of more than 15 minutes "
    "is not counted as work.",
    "● 已完成　◐ 进行中　○ 未开始。数据只来自本机的学习记录；中断超过 15 分钟的时间不计入学习时长。",
)
HEADS = {
    "module": Text("Module", "模块"),
    "labs": Text("Labs\ndone", "完成\n实验"),
    "right": Text("Right", "答对"),
    "revealed": Text("Looked\nup", "看过\n答案"),
    "tried": Text("Tried", "尝试中"),
    "open": Text("Open", "未做"),
    "quiz": Text("Quiz,\n1st try", "测验首\n次答对"),
    "minutes": Text("Minutes", "分钟"),
}
COLOURS = {"right": BLUE, "revealed": SKY, "tried": ORANGE}
WHOLE = Text("Whole course", "整个课程")
ROW = Text(
    "{name}: labs done {labs_done} of {labs} ({marks}); exercises right {right}, looked up {revealed}, tried {tried}, "
    "open {open}; quiz right at first try {quiz_right_first} of {quiz_questions}; {minutes} min",
    "{name}：完成实验 {labs_done}/{labs}（{marks}）；练习答对 {right}、看过答案 {revealed}、尝试中 {tried}、"
    "未做 {open}；测验一次答对 {quiz_right_first}/{quiz_questions}；{minutes} 分钟",
)
BAR = Text(
    "Of {exercises} exercises {right} right, {revealed} looked up, {tried} tried",
    "共 {exercises} 道练习：答对 {right}，看过答案 {revealed}，尝试中 {tried}",
)

TABLE = "width:100%;table-layout:auto;border-collapse:collapse;margin:.7em 0 .4em;font-size:1em;border:0"
CELL = (
    "padding:.4em .6em;line-height:1.45;text-align:{align};vertical-align:middle;border:0;white-space:{wrap}"
)
LINE = "border-bottom:1px solid var(--jp-border-color2,#dadde1);background:transparent"
SOFT = "color:var(--jp-ui-font-color2,#5b6573);font-size:.9em"


def show_course(language: str | None = None) -> None:
    """Show where one stands in the whole course, from the log on this computer.

    Parameters
    ----------
    language : {"en", "zh"}, optional
        Of the card and of everything labkit says afterwards; the current one otherwise.
    """
    if language is not None:
        set_language(language)
    cards.publish(*course_bundle(standing_here()))


def course_bundle(standing: CourseStanding) -> tuple[dict[str, str], dict[str, object]]:
    """The card as a notebook displays it: its HTML with its plain-text twin, and the output's metadata."""
    bundle = {"text/html": course_html(standing), "text/plain": course_text(standing)}
    return bundle, {"labkit": {"kind": "progress", "name": "course"}}


def course_title(standing: CourseStanding) -> str:
    """The card's first line."""
    return str(TITLE.fill(**numbers(standing.counts)))


def course_text(standing: CourseStanding) -> str:
    """The plain-text twin: a line for each module."""
    rows = [row_text(module_name(module), module.labs, module.counts) for module in standing.modules]
    return "\n".join([f"{cards.ICONS['progress']} {course_title(standing)}", *rows, course_note(standing)])


def course_note(standing: CourseStanding) -> str:
    """What stands below the rows: how to read them, or that there is nothing yet."""
    return str(HOW if any(lab.begun for lab in standing.labs) else NOT_BEGUN)


def row_text(name: str, labs: tuple[LabStanding, ...], counts: Counts) -> str:
    """One module in a sentence."""
    return str(ROW.fill(name=name, marks=lab_marks(labs), **numbers(counts)))


def module_name(module: ModuleStanding) -> str:
    """``3 Data foundations``."""
    return f"{module.module.number} {module.module.title}"


def lab_marks(labs: tuple[LabStanding, ...]) -> str:
    """``3.3 ● 3.5 ○``: which labs are done, begun, open."""
    marks = ("●" if lab.done else "◐" if lab.begun else "○" for lab in labs)
    return "\N{EN SPACE}".join(
        f"{lab.lab.id}\N{NO-BREAK SPACE}{mark}" for lab, mark in zip(labs, marks, strict=True)
    )


def numbers(counts: Counts) -> dict[str, int]:
    """The counts by name, for the holes of a sentence."""
    names = (*Counts.__dataclass_fields__, "exercises", "minutes")
    return {name: getattr(counts, name) for name in names}


def shown(counts: Counts) -> dict[str, str]:
    """What stands in the columns, by the keys of :data:`HEADS`."""
    return {
        "labs": f"{counts.labs_done}/{counts.labs}",
        "right": str(counts.right),
        "revealed": str(counts.revealed),
        "tried": str(counts.tried),
        "open": str(counts.open),
        "quiz": f"{counts.quiz_right_first}/{counts.quiz_questions}",
        "minutes": str(counts.minutes),
    }


def course_html(standing: CourseStanding) -> str:
    """The card with its table; it follows JupyterLab's light and dark themes."""
    rows = [_row(module_name(module), lab_marks(module.labs), module.counts) for module in standing.modules]
    table = (
        f'<table style="{TABLE}"><thead><tr style="{LINE}">{"".join(_heads())}</tr></thead>'
        f"<tbody>{''.join(rows)}{_row(str(WHOLE), '', standing.counts, bold=True)}</tbody></table>"
    )
    note = f'<div style="{SOFT}">{escape(course_note(standing))}</div>'
    return cards.frame("progress", course_title(standing), table + note, width="62em")


def _heads() -> list[str]:
    """Heads of the columns; those of the states carry the colour that they have in the bar."""
    cells = []
    for key, head in HEADS.items():
        dot = f'<span aria-hidden="true" style="color:{COLOURS[key]}">■</span> ' if key in COLOURS else ""
        cells.append(_cell(dot + escape(str(head)).replace("\n", "<br>"), key, tag="th"))
        if key == "module":
            cells.append(_cell("", key, tag="th"))
    return cells


def _row(name: str, marks: str, counts: Counts, *, bold: bool = False) -> str:
    named = escape(name) + (f'<br><span style="{SOFT}">{marks}</span>' if marks else "")
    cells = [_cell(named, "module"), _cell(_bar(counts), "bar")]
    cells += [_cell(value, key) for key, value in shown(counts).items()]
    weight = ";font-weight:700" if bold else ""
    return f'<tr style="{LINE}{weight}">{"".join(cells)}</tr>'


def _cell(content: str, column: str, *, tag: str = "td") -> str:
    align = "left" if column in ("module", "bar") else "right"
    wrap = "normal" if column == "module" else "nowrap"
    return f'<{tag} style="{CELL.format(align=align, wrap=wrap)}">{content}</{tag}>'


def _bar(counts: Counts) -> str:
    """The exercises as a bar of one colour for each state; what is open stays pale."""
    parts = "".join(
        f'<span style="display:inline-block;height:100%;width:{100 * share:.1f}%;background:{COLOURS[state]}"></span>'
        for state in COLOURS
        if (share := getattr(counts, state) / (counts.exercises or 1))
    )
    said = escape(str(BAR.fill(**numbers(counts))), quote=True)
    return (
        f'<div role="img" aria-label="{said}" title="{said}" style="width:9em;height:.7em;border-radius:.35em;'
        f'overflow:hidden;font-size:1em;line-height:0;background:var(--jp-layout-color2,#eaedf0)">{parts}</div>'
    )
