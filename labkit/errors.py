"""The one kind of error a person can meet: what happened, why, and what to do."""

from __future__ import annotations

from labkit.language import Text


class LabkitError(Exception):
    """An error told in three sentences, in the edition's language.

    Parameters
    ----------
    what : Text
        What happened.
    why : Text
        Why it happened, as far as labkit can know.
    do : Text
        What to do next; a command or a line to type where there is one.
    """

    def __init__(self, what: Text, why: Text, do: Text) -> None:
        super().__init__(what, why, do)
        self.what, self.why, self.do = what, why, do

    def __str__(self) -> str:
        return "\n".join(str(sentence) for sentence in (self.what, self.why, self.do))

    def _render_traceback_(self) -> list[str]:
        """What IPython prints instead of a traceback."""
        return [f"\N{WARNING SIGN} {self.what}", f"  {self.why}", f"  \N{RIGHTWARDS ARROW} {self.do}"]
