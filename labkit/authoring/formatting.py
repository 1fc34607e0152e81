"""Tidy code for trainees: each edition passes through ``ruff format``.

English and Chinese texts differ in length, so a line that fits in one edition breaks in the other.
"""

from __future__ import annotations

import shutil
import subprocess

from labkit.errors import LabkitError
from labkit.language import Text

LINE_LENGTH = 100

NO_RUFF = Text("The editions cannot be built: ruff is missing.", "无法构建各版本：缺少 ruff。")
WHY_RUFF = Text("Ruff lays out the code of each edition.", "每个版本的代码都由 ruff 排版。")
GET_RUFF = Text(
    'Install the tools for authors: pip install "labkit[dev]"', '请安装作者工具：pip install "labkit[dev]"'
)
REFUSED = Text("Ruff could not lay out the code of {name}.", "ruff 无法为 {name} 排版代码。")
DO = Text("Correct the cell that ruff names and build again.", "请改正 ruff 指出的单元格，然后重新构建。")


def format_notebook(notebook_json: str, name: str) -> str:
    """Return a notebook, as JSON text, with its code cells laid out.

    Parameters
    ----------
    notebook_json : str
        The notebook.
    name : str
        What to call it in a message.

    Raises
    ------
    LabkitError
        Ruff is not installed, or cannot read the code.
    """
    command = [_ruff(), "format", "--isolated", "--line-length", str(LINE_LENGTH)]
    done = subprocess.run(
        [*command, "--stdin-filename", "lab.ipynb", "-"],
        input=notebook_json,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        reason = done.stderr.strip() or str(done.returncode)
        raise LabkitError(REFUSED.fill(name=name), Text(reason, reason), DO)
    return done.stdout


def _ruff() -> str:
    """The ruff program installed beside this Python, or else one on the path."""
    try:
        from ruff import find_ruff_bin  # type: ignore[import-untyped]

        return str(find_ruff_bin())
    except (ImportError, FileNotFoundError):
        program = shutil.which("ruff")
    if program is None:
        raise LabkitError(NO_RUFF, WHY_RUFF, GET_RUFF)
    return program
