"""The edition's language, and text that exists in both.

``L`` is what authors write in a lab's code; :class:`Text` is what labkit itself and ``checks``
hold, because a check is written once and shown in whichever language the trainee reads.
"""

from __future__ import annotations

import os
from typing import Literal, NamedTuple, get_args

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)

_current: Language = "zh" if os.environ.get("LABKIT_LANGUAGE") == "zh" else "en"


class Text(NamedTuple):
    """The same sentence in English and Chinese; ``str()`` gives the one of the edition."""

    en: str
    zh: str

    def __str__(self) -> str:
        return self.zh if _current == "zh" else self.en

    def in_language(self, language: Language) -> str:
        """The sentence in one language, whichever the edition's is."""
        return self.zh if language == "zh" else self.en

    def fill(self, **values: object) -> Text:
        """Fill the ``{name}`` holes of both languages; a value may itself be a Text."""
        english = {k: v.en if isinstance(v, Text) else v for k, v in values.items()}
        chinese = {k: v.zh if isinstance(v, Text) else v for k, v in values.items()}
        return Text(self.en.format(**english), self.zh.format(**chinese))


def L(en: str, zh: str) -> str:  # noqa: N802 - short on purpose: it stands inside lines of lab code
    """Return the text of the current language; the build replaces the call by the one literal."""
    return str(Text(en, zh))


def current_language() -> Language:
    """The language that cards, errors and figures are shown in."""
    return _current


def set_language(language: str) -> None:
    """Choose the language of everything labkit says from now on: ``"en"`` or ``"zh"``."""
    global _current
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {LANGUAGES}, not {language!r}")
    _current = language
