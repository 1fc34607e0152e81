"""A quiz question: options to click in a front end, the lettered card anywhere else. First used in lab 1.1.

What is shown holds the question and its options alone. Which one is right, and what each has to say, stays in the
kernel until somebody chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from labkit.cards import Card, publish, shell
from labkit.live.panel import WIDGET_VIEW


def show_question(card: Card, options: Mapping[str, str], answer: Callable[[str], Card]) -> None:
    """Show a question in the notebook.

    Parameters
    ----------
    card : Card
        The question with its lettered options, for whoever has no widgets: papermill, nbval, a saved notebook.
    options : mapping of str to str
        Text of each letter, with inline code in backticks.
    answer : callable
        ``answer(letter)`` takes a try and returns the card that explains it.
    """
    bundle: dict[str, Any] = {"text/html": card.html(), "text/plain": card.text()}
    if shell() is not None:
        from labkit.live.question_widget import Question

        bundle[WIDGET_VIEW] = Question(card.title, options, answer)._repr_mimebundle_()[WIDGET_VIEW]
    publish(bundle, card.metadata())
