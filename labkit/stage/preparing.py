"""A lab's panels made ready: the cells that they need are run in a namespace of their own, without a word.

What a panel would publish in its notebook is kept instead, and shown on the stage.
"""

from __future__ import annotations

import atexit
import gc
import io
from collections.abc import Callable, Mapping, MutableMapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from typing import Any

from labkit.cards import apart_from_notebook
from labkit.live.controls import Control
from labkit.live.panel import Draw
from labkit.needed_cells import needed_cells
from labkit.session import Lab
from labkit.stage.panels import LabCode

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Staged:
    """A panel that is ready.

    Parameters
    ----------
    draw : callable
        ``draw(**values)`` returns a figure and a sentence.
    controls : mapping of str to Control
        As the lab wrote them.
    """

    draw: Draw
    controls: Mapping[str, Control]

    @property
    def start(self) -> dict[str, Any]:
        """The value of each control at first."""
        return {name: control.start for name, control in self.controls.items()}


class CellError(Exception):
    """A cell of a lab failed; the cause is what it raised.

    Parameters
    ----------
    cell : str
        The cell's id.
    """

    def __init__(self, cell: str) -> None:
        super().__init__(cell)
        self.cell = cell


class LabOnStage(Lab):
    """A lab of which only the data and the panels matter: it says, judges and logs nothing, and gives every answer key."""

    def __init__(self, lab: Lab, namespace: MutableMapping[str, Any]) -> None:
        super().__init__(lab.lab_id, lab._dataset, namespace)
        self.staged: list[Staged] = []

    def panel(self, draw: Draw, **controls: Control) -> None:
        """Keep a panel instead of showing it."""
        self.staged.append(Staged(draw, controls))

    def truth(self, table: str) -> Any:
        """Return an answer key: here the instructor asks."""
        return self._dataset.truth(table) if self.has_truth else super().truth(table)

    def show(self, figure: Any, alt: str) -> None:
        """Close a figure undrawn."""
        import matplotlib.pyplot as plt

        from labkit.charts.picture import figure_of

        plt.close(figure_of(figure))

    def fact(self, name: str, value: Any, sentence: str) -> None:
        """Keep a number unsaid."""
        self.facts[name] = value

    def check(self, name: str) -> None:
        """Judge nothing: nothing on the stage is anybody's answer."""


def prepare(
    code: LabCode, parameters: Mapping[str, Any], progress: Progress = lambda done, total: None
) -> dict[int, Staged]:
    """Run the cells that the panels of a lab need; return each panel by the place of its cell.

    Parameters
    ----------
    code : LabCode
        The lab's cells.
    parameters : mapping
        Put in place of what the parameters' cell says: ``scale``, ``seed``.
    progress : callable
        Told ``(done, total)`` before each cell and at the end.

    Raises
    ------
    CellError
        A cell failed, or showed no panel.
    """
    namespace: dict[str, Any] = {"__name__": f"lab {code.lab}"}
    places, staged = needed_cells(code.sources, code.panels), {}
    for done, place in enumerate(places):
        progress(done, len(places))
        try:
            with apart_from_notebook(), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
                exec(compile(code.sources[place], f"<{code.lab} {code.names[place]}>", "exec"), namespace)
            _take_in(namespace, parameters)
            if place in code.panels:
                staged[place] = namespace["lab"].staged[-1]
        except Exception as error:
            raise CellError(code.names[place]) from error
    progress(len(places), len(places))
    _keep_for_good()
    return staged


def _keep_for_good() -> None:
    """Or drawing would now and then wait a quarter of a second, while Python looks through everything that was prepared."""
    gc.collect()
    gc.freeze()
    atexit.unregister(gc.unfreeze)
    atexit.register(gc.unfreeze)  # so that libraries can clear up behind themselves


def _take_in(namespace: dict[str, Any], parameters: Mapping[str, Any]) -> None:
    """Before a lab is opened, the page's parameters win; once it is open, it goes on stage."""
    if "lab" not in namespace:
        namespace |= parameters
    elif not isinstance(namespace["lab"], LabOnStage):
        namespace["lab"] = LabOnStage(namespace["lab"], namespace)
