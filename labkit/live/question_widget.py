"""The widget of a quiz question: one button per option, and below them what the chosen one has to say.

Imported only when a question is shown, since ipywidgets takes its time. Buttons, not radio buttons: an arrow key
chooses a radio button in passing, and every choice is a try that the log remembers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets

from labkit.cards import BADGE, COLOURS, GREY, ICONS, Card, inline
from labkit.language import Text

HOW = Text(
    "Click an option; or move to it with Tab and press the space bar. You may try again.",
    "点击选项作答；也可以用 Tab 键移到选项上，再按空格键。答错可以再试。",
)
AGAIN = Text("Run this cell again to answer.", "重新运行这个单元格，即可作答。")
STYLE = f"""<style>
.labkit-question {{
  border-left: 4px solid {COLOURS["quiz"]}; border-radius: 4px; background: var(--jp-layout-color1, #fff);
  box-shadow: 0 1px 3px rgba(0, 0, 0, .14); padding: .65em 1em; margin: .3em 2px; max-width: 54em; overflow: visible;
  font-size: var(--jp-content-font-size1, 14px);
}}
.labkit-question .widget-html, .labkit-question .widget-html-content {{
  width: 100%; height: auto; margin: 0; line-height: 1.6; overflow: visible; white-space: normal; font-size: inherit;
}}
.labkit-option {{
  position: relative; margin: .45em 0 0; padding: .4em .7em; border: 1px solid var(--jp-border-color2, #d5d9de);
  border-radius: 4px; overflow: visible;
}}
.labkit-option:hover {{ background: var(--jp-layout-color2, #eef1f4); }}
.labkit-option button {{
  position: absolute; left: 0; top: 0; width: 100%; height: 100%; margin: 0; padding: 0; border: 0; border-radius: 4px;
  background: transparent !important; box-shadow: none !important; color: transparent !important; cursor: pointer;
  overflow: hidden;
}}
.labkit-option button:focus-visible {{ outline: 3px solid {COLOURS["start"]} !important; outline-offset: 1px; }}
.labkit-question.jupyter-widgets-disconnected::before, .labkit-question .jupyter-widgets-disconnected::before {{
  display: none !important;
}}
.labkit-question.jupyter-widgets-disconnected button {{ visibility: hidden; }}
.labkit-option.labkit-right {{ border-color: {COLOURS["right"]}; }}
.labkit-option.labkit-wrong {{ border-color: {COLOURS["wrong"]}; }}
</style>"""
AFTER = f"margin-top: .6em; color: {COLOURS['wrong']}; font-weight: 700;"


class Question(ipywidgets.VBox):
    """A question whose options explain themselves when they are chosen.

    Parameters
    ----------
    question : str
        With inline code in backticks.
    options : mapping of str to str
        Text of each letter.
    answer : callable
        ``answer(letter)`` returns the card that explains the option; its kind is ``right`` or ``wrong``.
    """

    def __init__(self, question: str, options: Mapping[str, str], answer: Callable[[str], Card]) -> None:
        self._answer = answer
        self.options = {letter: OptionRow(letter, text) for letter, text in options.items()}
        for row in self.options.values():
            row.button.on_click(self._chosen)
        self.explanation = ipywidgets.HTML('<div role="status"></div>')
        super().__init__([ipywidgets.HTML(STYLE + _head(question)), *self.options.values(), self.explanation])
        self.add_class("labkit-question")

    def _chosen(self, button: Any) -> None:
        letter = next(letter for letter, row in self.options.items() if row.button is button)
        card = self._answer(letter)
        self.options[letter].mark(card)
        self.explanation.value = f'<div style="margin-top:.6em">{card.html()}</div>'


class OptionRow(ipywidgets.Box):
    """One option: its text, and over it a button without a face that says the same to a screen reader.

    A button of ipywidgets holds plain text in one line; this one may hold code and run over several.
    """

    def __init__(self, letter: str, text: str) -> None:
        self._letter, self._text = letter, text
        self._face = ipywidgets.HTML(self._html(GREY))
        self.button = ipywidgets.Button(description=self._spoken())
        super().__init__([self._face, self.button])
        self.add_class("labkit-option")

    def mark(self, card: Card) -> None:
        """Show what came of choosing it: a colour, a sign, and a word for whoever sees neither."""
        self._face.value = self._html(COLOURS[card.kind], ICONS[card.kind])
        self.button.description = f"{self._spoken()} · {card.title}"
        self.add_class(f"labkit-{card.kind}")

    def _spoken(self) -> str:
        return f"{self._letter}. {self._text.replace('`', '')}"

    def _html(self, colour: str, sign: str = "") -> str:
        badge = f'<span style="{BADGE};flex:none;background:{colour}">{self._letter}</span>'
        after = f'<b style="margin-left:.6em;color:{colour}">{sign}</b>' if sign else ""
        return f'<div aria-hidden="true" style="display:flex;align-items:flex-start">{badge}<span>{inline(self._text)}{after}</span></div>'


def _head(question: str) -> str:
    badge = f'<span aria-hidden="true" style="{BADGE};background:{COLOURS["quiz"]}">{ICONS["quiz"]}</span>'
    how = f'<div style="margin-top:.35em;color:var(--jp-ui-font-color2,{GREY})">{HOW}</div>'
    reopened = f"<style>.labkit-question.jupyter-widgets-disconnected::after {{ content: '{AGAIN}'; {AFTER} }}</style>"
    return f"{reopened}{badge}<b>{inline(question)}</b>{how}"
