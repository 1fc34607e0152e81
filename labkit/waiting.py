"""A bar in the notebook while something takes longer than two seconds."""

from __future__ import annotations

import time
from html import escape
from typing import Any

from labkit.cards import shell
from labkit.language import Text

PATIENCE_SECONDS = 2.0
MAKING_WORLD = Text(
    "Making the world, once: {done} of {total}", "正在生成虚拟世界（只需一次）：{done}/{total}"
)


class Waiting:
    """A ``progress(done, total)`` callable that shows a bar after two seconds, and takes it away at the end.

    Parameters
    ----------
    what : Text
        What is being done, with holes ``{done}`` and ``{total}``.
    """

    def __init__(self, what: Text) -> None:
        self._what = what
        self._since = time.monotonic()
        self._handle: Any = None

    def __call__(self, done: int, total: int) -> None:
        """Hear how far the work is."""
        if time.monotonic() - self._since < PATIENCE_SECONDS or done >= total:
            return
        words = str(self._what.fill(done=done, total=total))
        if shell() is None:
            print(words, end="\r")
        else:
            self._show({"text/html": _bar(words, done, total), "text/plain": words})

    def _show(self, bundle: dict[str, str]) -> None:
        from IPython.display import display

        if self._handle is None:
            self._handle = display(bundle, raw=True, display_id=True)
        else:
            self._handle.update(bundle, raw=True)

    def end(self) -> None:
        """Take the bar away."""
        if self._handle is not None:
            from IPython.display import clear_output

            clear_output()


def _bar(words: str, done: int, total: int) -> str:
    return f'<label>{escape(words)} <progress value="{done}" max="{total}"></progress></label>'
