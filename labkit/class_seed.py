"""The class seed: a class works on a world of its own, where last year's answers are of no use.

It reaches kernels as the environment variable ``LABKIT_CLASS_SEED``, and is remembered in a small file beside the
workbooks of both languages, so that the next ``labkit lab`` goes on with it.

A notebook's own seed is shifted, not replaced: what lab 10.1 calls another world (2027 instead of 2026) is another
one in every class.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from labkit.errors import LabkitError
from labkit.language import Text

VARIABLE = "LABKIT_CLASS_SEED"
FILE = ".labkit-class.json"
COURSE_SEED = 2026
"""Seed of the course's own world, and so the class seed that shifts nothing."""
SEEDS = 2**31
"""A seed is a whole number from 0 to one less than this."""


def read_class_seed(text: str) -> int:
    """Return the class seed that a person wrote.

    Raises
    ------
    LabkitError
        Not a whole number from 0 to 2**31 - 1.
    """
    digits = text.strip()
    if digits.isascii() and digits.isdigit() and len(digits) <= 10 and int(digits) < SEEDS:
        return int(digits)
    raise LabkitError(
        Text(f"{text[:40]!r} cannot be a class seed.", f"{text[:40]!r} 不能作为班级种子。"),
        Text(
            f"A class seed is a whole number from 0 to {SEEDS - 1}, in digits alone.",
            f"班级种子是 0 到 {SEEDS - 1} 之间的整数，只写数字。",
        ),
        Text(
            "Take for example the first day of the class: labkit lab --class-seed 20260315",
            "例如用开课日期：labkit lab --class-seed 20260315",
        ),
    )


def class_seed() -> int:
    """Return the class seed of this process: ``LABKIT_CLASS_SEED``, or the course's own.

    Raises
    ------
    LabkitError
        The variable holds no class seed.
    """
    return read_class_seed(os.environ.get(VARIABLE) or str(COURSE_SEED))


def world_seed(seed: int, of_class: int | None = None) -> int:
    """Return the seed of the world that a lab opens in a class.

    The sum goes round at 2**31, so that every class seed suits every notebook and no two worlds fall together.

    Parameters
    ----------
    seed : int
        What the lab's notebook names.
    of_class : int, optional
        Class seed; this process's own if it is left out.

    Raises
    ------
    LabkitError
        The notebook's seed, or the class seed, is none.
    """
    from labkit.store.worlds import checked_seed

    shift = class_seed() if of_class is None else of_class
    return (checked_seed(seed) + shift - COURSE_SEED) % SEEDS


def class_seed_of(workbook: Path) -> int:
    """Return the class seed in which a trainee works: ``LABKIT_CLASS_SEED``, else the remembered one.

    Parameters
    ----------
    workbook : Path
        The folder that holds the workbooks of both languages.

    Raises
    ------
    LabkitError
        The variable holds no class seed, or what was remembered cannot be read.
    """
    return class_seed() if os.environ.get(VARIABLE) else remembered(workbook)


def remember(workbook: Path, seed: int) -> None:
    """Keep the class seed for the next time; LabkitError where the folder cannot be written."""
    unfinished = workbook / f"{FILE}.part"
    try:
        workbook.mkdir(parents=True, exist_ok=True)
        unfinished.write_text(json.dumps({"class_seed": seed}) + "\n", encoding="utf-8")
        unfinished.replace(workbook / FILE)
    except OSError as error:
        reason = error.strerror or str(error)
        raise LabkitError(
            Text(f"The class seed could not be written to {workbook}.", f"班级种子写不进 {workbook}。"),
            Text(f"The system says: {reason}.", f"系统提示：{reason}。"),
            Text(
                "Make the folder writable, or name another one in LABKIT_WORKBOOK.",
                "请让该文件夹可写，或用 LABKIT_WORKBOOK 指定另一个文件夹。",
            ),
        ) from None


def remembered(workbook: Path) -> int:
    """Return the class seed of a workbook, the course's own where there is none; LabkitError for a damaged file."""
    path = workbook / FILE
    try:
        return read_class_seed(str(json.loads(path.read_text(encoding="utf-8"))["class_seed"]))
    except FileNotFoundError:
        return COURSE_SEED
    except (OSError, ValueError, KeyError, TypeError, RecursionError, LabkitError):
        raise LabkitError(
            Text(f"{path} does not say the class seed.", f"{path} 里读不出班级种子。"),
            Text("The file is damaged or cannot be read.", "文件已损坏或无法读取。"),
            Text(
                "Give the seed again: labkit lab --class-seed 20260315. Without a class of your own it is 2026.",
                "请重新指定：labkit lab --class-seed 20260315；没有班级专属的世界就写 2026。",
            ),
        ) from None
