"""The notebook behind the live page: written anew by every ``labkit live``, into the user's own folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from labkit.errors import LabkitError
from labkit.language import Language, Text
from labkit.locations import home_dir

NAME = "live_panels.ipynb"
ABOUT = Text(
    "# Live panels\n\nRun both cells (**Run → Run All Cells**). `labkit live` writes this notebook anew each time.",
    "# 现场演示\n\n运行下面两个单元格（**运行 → 运行所有单元格**）。每次执行 `labkit live` 都会重写本笔记本。",
)
NOT_WRITTEN = Text("The notebook of the live page cannot be written.", "现场演示的笔记本写不进去。")
MAKE_ROOM = Text(
    "Make room, or name another folder in the environment variable LABKIT_HOME.",
    "请腾出空间，或用环境变量 LABKIT_HOME 指定其他文件夹。",
)


def live_notebook(language: Language, scale: str | int) -> dict[str, Any]:
    """Return the notebook: a line of prose, the parameters, and the one call that shows the page."""
    parameters = f"language = {language!r}\nscale = {scale!r}"
    show = "from labkit.stage.page import show_page\n\nshow_page(language, scale=scale)"
    code: dict[str, Any] = {"cell_type": "code", "execution_count": None, "outputs": []}
    about = {"cell_type": "markdown", "id": "about", "metadata": {}, "source": ABOUT.in_language(language)}
    return {
        "cells": [
            about,
            {**code, "id": "parameters", "metadata": {"tags": ["parameters"]}, "source": parameters},
            {**code, "id": "page", "metadata": {}, "source": show},
        ],
        "metadata": {
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "title": str(Text("Live panels", "现场演示").in_language(language)),
        },
        "nbformat": 4,
        "nbformat_minor": 5,
    }


def write_live_notebook(language: Language, scale: str | int) -> Path:
    """Write the notebook into a folder that holds nothing else; return its path.

    Raises
    ------
    LabkitError
        The folder cannot be written.
    """
    path = home_dir() / "live" / language / NAME
    unfinished = path.with_name(f".{NAME}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps(live_notebook(language, scale), ensure_ascii=False, indent=1)
        unfinished.write_text(text + "\n", encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        reason = f"{type(error).__name__}: {error}"
        raise LabkitError(NOT_WRITTEN, Text(reason, reason), MAKE_ROOM) from None
    return path
