"""What a certificate says: who did which labs, how much of it unaided, when, on which world, and on whose word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from labkit.errors import LabkitError
from labkit.language import Language, Text
from labkit.standing.standing import Counts, CourseStanding, LabStanding, total

LONGEST_NAME = 80
JOINERS = "\u200c\u200d"
"""Invisible characters that some scripts need inside a name."""

NO_CORE = LabkitError(
    Text("There is no certificate to make here.", "这里还不能开具结业证书。"),
    Text("The course in this folder has no core labs.", "这个文件夹里的课程没有必修实验。"),
    Text("Run the command in the folder of the course.", "请在课程所在的文件夹里运行这条命令。"),
)
NOT_YET = Text(
    "Not quite yet: {done} of {all} core labs are done.", "还差一点：必修实验已完成 {done}/{all} 个。"
)
MISSING = Text("To come: {labs}.", "尚待完成：{labs}。")
MISSING_LAB = Text("{id} {title} ({open} of {all} exercises)", "{id} {title}（还差 {open}/{all} 题）")
GO_ON = Text(
    "Open them with `labkit lab`. An exercise counts once it is right or its solution was looked up; your work so far "
    "is kept.",
    "用 `labkit lab` 打开继续做。练习答对或看过参考答案都算完成；已做的部分都已保存。",
)
BAD_NAME = Text("This name cannot be put on a certificate.", "这个姓名无法写进证书。")
NAME_EMPTY = Text("It is empty.", "姓名是空的。")
NAME_LONG = Text("It has more than {most} characters.", "超过了 {most} 个字符。")
NAME_INVISIBLE = Text("It holds a character that cannot be seen.", "里面有看不见的字符。")
NAME_DO = Text('Write it as it shall be read: --name "Trainee 07"', '请按希望显示的样子填写：--name "学员07"')


@dataclass(frozen=True)
class Certificate:
    """The facts of a certificate.

    Parameters
    ----------
    holder : str
        The name that it is made out to.
    labs : tuple of LabStanding
        Every lab that is done, core or not, in the order of the course.
    core_labs : int
        How many of them are core: all that the course has.
    issued : date
        The day it is made.
    """

    holder: str
    labs: tuple[LabStanding, ...]
    core_labs: int
    issued: date

    @property
    def counts(self) -> Counts:
        """These labs in numbers."""
        return total(lab.counts for lab in self.labs)

    @property
    def worlds(self) -> tuple[str, ...]:
        """Worlds the labs were opened on, ``"2026-20000"``; none where the log is older than this note."""
        return tuple(dict.fromkeys(world for lab in self.labs for world in lab.worlds))

    @property
    def days(self) -> tuple[date, date] | None:
        """First and last day of work, on the calendar of this computer; None where the log names no time."""
        firsts = [lab.first for lab in self.labs if lab.first is not None]
        lasts = [lab.last for lab in self.labs if lab.last is not None]
        return (_day(min(firsts)), _day(max(lasts))) if firsts and lasts else None


def certificate(standing: CourseStanding, name: str, issued: date) -> Certificate:
    """Make out a certificate.

    Raises
    ------
    LabkitError
        A core lab is not done, and which; or the name is none.
    """
    holder = checked_name(name)
    core = [lab for lab in standing.labs if lab.lab.core]
    if not core:
        raise NO_CORE
    if missing := [lab for lab in core if not lab.done]:
        raise not_yet(missing, len(core))
    return Certificate(holder, tuple(lab for lab in standing.labs if lab.done), len(core), issued)


def not_yet(missing: Sequence[LabStanding], core: int) -> LabkitError:
    """What is still to do, lab by lab."""
    sentences = [
        MISSING_LAB.fill(
            id=lab.lab.id,
            title=lab.lab.title,
            open=sum(not exercise.settled for exercise in lab.exercises),
            all=len(lab.exercises),
        )
        for lab in missing
    ]
    labs = Text("; ".join(s.en for s in sentences), "；".join(s.zh for s in sentences))
    done = NOT_YET.fill(done=core - len(missing), all=core)
    return LabkitError(done, MISSING.fill(labs=labs), GO_ON)


def checked_name(name: str) -> str:
    """Return the name with single spaces; LabkitError if it is empty, too long, or holds what cannot be seen."""
    holder = re.sub(r"\s+", " ", name).strip()
    invisible = {"Cc", "Cf", "Cs", "Co", "Cn"}
    if any(unicodedata.category(sign) in invisible and sign not in JOINERS for sign in holder):
        raise LabkitError(BAD_NAME, NAME_INVISIBLE, NAME_DO)
    if not holder.strip(JOINERS + " "):
        raise LabkitError(BAD_NAME, NAME_EMPTY, NAME_DO)
    if len(holder) > LONGEST_NAME:
        raise LabkitError(BAD_NAME, NAME_LONG.fill(most=LONGEST_NAME), NAME_DO)
    return holder


def written_day(day: date, language: Language) -> str:
    """``24 November 2026``, ``2026 年 11 月 24 日``; the same on every computer."""
    months = "January February March April May June July August September October November December".split()
    if language == "zh":
        return f"{day.year} 年 {day.month} 月 {day.day} 日"
    return f"{day.day} {months[day.month - 1]} {day.year}"


def _day(at: datetime) -> date:
    return at.astimezone().date()
