"""What stands on this side for things that stay on the other."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

NAME_LENGTH = 40
LINE_LENGTH = 200


class Unreadable:
    """An answer that cannot cross the border. Its class bears the name of the kind it stands for."""


class RemoteError(Exception):
    """A function of the other side raised. Its class bears the name of the error's class."""


class RemoteFunction:
    """A function of the other side: called here, run there.

    Parameters
    ----------
    name : str
        What it is called there.
    ask : callable
        ``ask(*arguments, **named)``; raises :class:`RemoteError` where the function raised.
    """

    def __init__(self, name: str, ask: Callable[..., Any]) -> None:
        self.__name__ = plain_name(name)
        self._ask = ask

    def __repr__(self) -> str:
        return f"<function {self.__name__}>"

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        """Ask the other side."""
        return self._ask(*arguments, **named)


RemoteFunction.__name__ = "function"  # what a card calls the kind of such an answer


def unreadable(kind: str) -> Unreadable:
    """Return the stand-in for a value of this kind."""
    return type(plain_name(kind), (Unreadable,), {})()


def remote_error(kind: str, line: str) -> RemoteError:
    """Return the stand-in for an error of this class, with the first line of its message."""
    return type(plain_name(kind), (RemoteError,), {})(one_line(line))


def plain_name(name: str) -> str:
    """A name as Python writes names, short: whatever was sent, nothing but letters, digits and underscores."""
    return re.sub(r"\W", "_", str(name))[:NAME_LENGTH] or "unknown"


def one_line(text: str, length: int = LINE_LENGTH) -> str:
    """The first line of a text without anything that is not printed, short."""
    shown = "".join(sign if sign.isprintable() else " " for sign in str(text)[: 4 * length]).strip()
    return shown if len(shown) <= length else f"{shown[: length - 1]}…"
