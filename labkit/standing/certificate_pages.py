"""A certificate as a page for the screen and as a PDF for the wall, in one language."""

from __future__ import annotations

import json
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Any

from labkit.language import LANGUAGES, Language, Text
from labkit.page_template import page_template
from labkit.standing.certificate import Certificate, written_day
from labkit.standing.writing import write_whole

TEMPLATES = Path(__file__).parent / "templates"

MOST_TITLES, MOST_WORLDS = 24, 3
"""What has room on one page: of more labs only the numbers stand there, of more worlds the first."""

TITLE = Text("Certificate of completion", "结业证书")
COURSE = Text(
    "Precision marketing and fine-grained management with big data", "金融行业大数据精准营销及精细化管理"
)
WORKBOOK = Text("Data-driven banking and telecom: a hands-on workbook", "数据驱动的银行与电信：动手实验手册")
BEFORE = Text("This is to certify that", "兹证明")
AFTER = Text(
    "has worked through all {core} core labs of the course",
    "已完成以下课程的全部 {core} 个必修实验",
)
AFTER_AND_MORE = Text(
    "has worked through all {core} core labs and {more} more of the course",
    "已完成以下课程的全部 {core} 个必修实验，并另外完成 {more} 个实验",
)
TILES = (
    (Text("{unaided}", "{unaided} 题"), Text("answers right without help", "独立答对")),
    (Text("{hinted}", "{hinted} 题"), Text("right after a hint", "看提示后答对")),
    (
        Text("{right_after_looking_up}", "{right_after_looking_up} 题"),
        Text("right after looking up the solution", "看参考答案后答对"),
    ),
    (Text("{only_revealed}", "{only_revealed} 题"), Text("solution looked up only", "只看了参考答案")),
    (
        Text("{quiz_right_first} of {quiz_questions}", "{quiz_right_first}/{quiz_questions} 题"),
        Text("quiz questions right at first try", "测验首次答对"),
    ),
    (Text("{minutes} min", "{minutes} 分钟"), Text("at work", "学习时长")),
)
"""What is counted: the figure, and the line below it."""
LABS = Text("Labs done", "完成的实验")
DAYS = Text("{first} to {last}", "{first}至 {last}")
WORLD = Text("world of seed {seed}, {customers} customers", "虚拟世界种子 {seed}（{customers} 位客户）")
MORE_WORLDS = Text("{worlds}; {all} worlds in all", "{worlds}等共 {all} 个虚拟世界")
NO_WORLD = Text("world not on record", "未记录虚拟世界种子")
NO_DAYS = Text("dates not on record", "未记录日期")
ISSUED = Text("Issued on {day}", "{day}开具")
WORD = Text(
    "This certificate rests on the progress log of the holder's own computer; nobody supervised the work. Minutes are "
    "the time between one step and the next within a lab; pauses of more than 15 minutes are left out.",
    "本证书仅依据持证人本人电脑上的学习记录生成，学习过程无人监考。学习时长按同一实验中前后两步操作的间隔累计，超过 15 分钟的中断不计。",
)


def write_certificate(
    made_out: Certificate, folder: Path, languages: tuple[Language, ...] = LANGUAGES
) -> list[Path]:
    """Write ``certificate-en.html``, ``certificate-en.pdf`` and so on; return the files.

    Raises
    ------
    LabkitError
        The folder cannot be written.
    """
    files = {}
    for language in languages:
        files[folder / f"certificate-{language}.html"] = to_html(made_out, language).encode()
        files[folder / f"certificate-{language}.pdf"] = to_pdf(made_out, language)
    write_whole(files)
    return list(files)


def page_data(made_out: Certificate, language: Language) -> dict[str, Any]:
    """Return everything that the page says, in its language; both templates set just this."""
    counts, more = made_out.counts, len(made_out.labs) - made_out.core_labs
    numbers = {name: getattr(counts, name) for name in (*counts.__dataclass_fields__, "minutes")} | {
        "unaided": counts.right - counts.hinted,
        "only_revealed": counts.revealed - counts.right_after_looking_up,
    }
    after = AFTER_AND_MORE if more else AFTER
    say = {
        "title": TITLE,
        "before": BEFORE,
        "after": after.fill(core=made_out.core_labs, more=more),
        "course": COURSE,
        "workbook": WORKBOOK,
        "labs_title": LABS,
        "issued": ISSUED.fill(day=written_day(made_out.issued, language)),
        "word": WORD,
    }
    return {
        "language": language,
        "holder": made_out.holder,
        **{key: text.in_language(language) for key, text in say.items()},
        "tiles": [
            [figure.fill(**numbers).in_language(language), label.in_language(language)]
            for figure, label in TILES
        ],
        "labs": lab_names(made_out, language),
        "when": when(made_out, language),
        "where": where(made_out, language),
    }


def when(made_out: Certificate, language: Language) -> str:
    """The days of work: one, or from the first to the last."""
    if made_out.days is None:
        return NO_DAYS.in_language(language)
    first, last = (written_day(day, language) for day in made_out.days)
    return first if first == last else DAYS.fill(first=first, last=last).in_language(language)


def where(made_out: Certificate, language: Language) -> str:
    """The worlds that the labs were opened on, by their seeds."""
    if not made_out.worlds:
        return NO_WORLD.in_language(language)
    pairs = (world.split("-") for world in made_out.worlds[:MOST_WORLDS])
    said = [
        WORLD.fill(seed=seed, customers=f"{int(customers):,}").in_language(language)
        for seed, customers in pairs
    ]
    worlds = ("、" if language == "zh" else "; ").join(said)
    if len(made_out.worlds) <= MOST_WORLDS:
        return worlds
    return MORE_WORLDS.fill(worlds=worlds, all=len(made_out.worlds)).in_language(language)


def lab_names(made_out: Certificate, language: Language) -> list[str]:
    """The labs by number and title; by number alone where there are many."""
    if len(made_out.labs) > MOST_TITLES:
        return [lab.lab.id for lab in made_out.labs]
    return [f"{lab.lab.id}\u00a0{lab.lab.title.in_language(language)}" for lab in made_out.labs]


def to_html(made_out: Certificate, language: Language) -> str:
    """Return the page; it needs no other file, and the part of the Chinese font that it uses is inside."""
    from labkit.charts.web_font import font_faces

    data = page_data(made_out, language)
    return filled_page(data, fonts=font_faces(filled_page(data, fonts="")))


def filled_page(data: dict[str, Any], fonts: str) -> str:
    """Return the page with every text of the data escaped; ``fonts`` is style."""
    from markupsafe import Markup

    template = page_template("labkit.standing", "certificate.html.j2")
    return template.render(data, name_width=display_width(data["holder"]), fonts=Markup(fonts))


def to_pdf(made_out: Certificate, language: Language) -> bytes:
    """Return the certificate as a PDF, A4 lying."""
    issued = datetime.combine(made_out.issued, time(12), UTC)
    return compiled(made_out, language, format="pdf", timestamp=issued)


def to_picture(
    made_out: Certificate, language: Language, pixels_per_inch: float = 110
) -> bytes | list[bytes]:
    """Return the PDF's one page as a PNG, to be looked at; more than one would be a list."""
    return compiled(made_out, language, format="png", ppi=pixels_per_inch)


def compiled(made_out: Certificate, language: Language, **options: Any) -> Any:
    """Set the certificate with typst, in the bundled font; a name that it cannot write, in the computer's fonts."""
    import typst

    from labkit.charts.style import FONT_DIR

    foreign = bool(unwritable(made_out.holder))
    data = page_data(made_out, language) | {"foreign": foreign}
    return typst.compile(
        TEMPLATES / "certificate.typ",
        root=TEMPLATES,
        font_paths=[FONT_DIR],
        ignore_system_fonts=not foreign,
        sys_inputs={"certificate": json.dumps(data, ensure_ascii=False)},
        **options,
    )


def unwritable(name: str) -> str:
    """The characters of a name that the bundled font lacks: rare Chinese ones, other scripts."""
    from fontTools.ttLib import TTFont

    from labkit.charts.web_font import BOLD

    with TTFont(BOLD, lazy=True) as font:
        known = font.getBestCmap()
    return "".join(dict.fromkeys(sign for sign in name if ord(sign) not in known))


def display_width(text: str) -> int:
    """How many Latin letters wide a text is; a Chinese character counts two."""
    import unicodedata

    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
