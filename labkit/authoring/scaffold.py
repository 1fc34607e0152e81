"""``labkit new 4.2 crawl_and_tag``: a minimal lab that builds and runs, with everything still to say marked TODO."""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from string import Template

from labkit import catalogue, locations
from labkit.authoring.cells import NAME
from labkit.authoring.course_map import cross_off, labs_to_come
from labkit.authoring.courses import lab_paths, modules
from labkit.authoring.source import LAB_ID
from labkit.authoring.translation import accept_translation
from labkit.errors import LabkitError
from labkit.language import Text

CANNOT = Text("Lab {lab} cannot be begun.", "无法新建实验 {lab}。")
NO_ID = Text("An id is a module's number and the lab's: 4.2.", "id 由模块号和实验号组成，例如 4.2。")
NO_MODULE = Text("course.toml has no module {number}.", "course.toml 里没有第 {number} 模块。")
BAD_NAME = Text(
    "A name is of small letters, digits and underscores: crawl_and_tag.",
    "名称由小写字母、数字和下划线组成，例如 crawl_and_tag。",
)
THERE = Text("It is there already: {folder}.", "它已经存在：{folder}。")
FIRST_TABLE = "customers"
TRY = Text("Like this: labkit new 4.2 crawl_and_tag", "例如：labkit new 4.2 crawl_and_tag")


def scaffold(lab_id: str, name: str, *, table: str | None = None, course_dir: Path | None = None) -> Path:
    """Begin a lab: write its ``lab.py`` and ``checks/`` from a template.

    Parameters
    ----------
    lab_id : str
        E.g. ``"4.2"``.
    name : str
        E.g. ``"crawl_and_tag"``.
    table : str, optional
        A table of the catalogue to begin with; the customers of the bank if not given.
    course_dir : Path, optional
        Another course folder.

    Returns
    -------
    Path
        The new ``lab.py``.

    Raises
    ------
    LabkitError
        A lab of that id exists, or the id, the name or the table is not possible.
    """
    course_dir = course_dir or locations.course_dir()
    folder = _folder(lab_id, name, course_dir)
    chosen = catalogue.table(table or FIRST_TABLE)
    values = {"lab_id": lab_id, "name": name, "table": chosen.name, **_planned(lab_id, name, course_dir)}
    (folder / "checks").mkdir(parents=True)
    templates = resources.files("labkit.authoring") / "templates"
    for file in ("lab.py", "checks/__init__.py", "checks/row_count.py", "checks/quiz.py"):
        text = Template((templates / f"{file}.txt").read_text(encoding="utf-8")).substitute(values)
        (folder / file).write_bytes(text.encode())
    accept_translation(lab_id, course_dir=course_dir)
    cross_off(lab_id, course_dir)
    return folder / "lab.py"


def _planned(lab_id: str, name: str, course_dir: Path) -> dict[str, str]:
    """Titles, core and outline as the list of labs to come has them; to be filled in where it has none."""
    for lab in labs_to_come(course_dir):
        if lab.id == lab_id:
            outline = ", ".join(f'"{line}"' for line in lab.outline)
            core = str(lab.core).lower()
            return {"title": lab.title.en, "title_zh": lab.title.zh, "core": core, "outline": outline}
    return {"title": name.replace("_", " ").capitalize(), "title_zh": "TODO", "core": "false", "outline": ""}


def _folder(lab_id: str, name: str, course_dir: Path) -> Path:
    match = LAB_ID.fullmatch(lab_id)
    if not match:
        raise LabkitError(CANNOT.fill(lab=lab_id), NO_ID, TRY)
    number, lab_number = map(int, match.groups())
    module = next((m for m in modules(course_dir) if m.number == number), None)
    if module is None:
        raise LabkitError(CANNOT.fill(lab=lab_id), NO_MODULE.fill(number=number), TRY)
    if not NAME.fullmatch(name):
        raise LabkitError(CANNOT.fill(lab=lab_id), BAD_NAME, TRY)
    if existing := lab_paths(course_dir).get(lab_id):
        raise LabkitError(CANNOT.fill(lab=lab_id), THERE.fill(folder=existing.parent.name), TRY)
    return course_dir / module.folder / f"l{lab_number:02}_{name}"
