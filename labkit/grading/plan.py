"""Which cells of a submission are run.

The trainee's answers and the cells they added are theirs; every other cell is the one that was handed out. So a
changed demo or a changed check earns nothing, and a deleted one costs nothing. What no answer needs is not run.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from labkit.grading.answer_code import (
    gives,
    is_python,
    is_unanswered_code,
    names_given,
    normal_form,
    plain_python,
)
from labkit.grading.canonical import CanonicalCell, CanonicalLab
from labkit.grading.notebook_file import Cell
from labkit.needed_cells import needed_cells


@dataclass(frozen=True)
class PlannedCell:
    """A cell to run.

    Parameters
    ----------
    id : str
        Unique within the plan.
    source : str
        Python.
    origin : {"canonical", "answer", "added"}
        As handed out, an exercise's own cell, or another cell of the trainee's.
    answers : frozenset of str
        Exercises to which it gives an answer.
    """

    id: str
    source: str
    origin: str
    answers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Plan:
    """The cells of one notebook as they are to be run, and what they answer.

    Parameters
    ----------
    lab : CanonicalLab
        The lab.
    cells : tuple of PlannedCell
        Every cell, in the order of the lab.
    """

    lab: CanonicalLab
    cells: tuple[PlannedCell, ...]

    @property
    def attempted(self) -> list[str]:
        """Exercises for which something was written, in the order of the lab."""
        return [name for name in self.lab.exercises if any(name in cell.answers for cell in self.cells)]

    def needed_for(self, exercises: Collection[str]) -> list[PlannedCell]:
        """Return the cells that the answers to these exercises need, in order."""
        wanted = set(exercises)
        cells = [cell for cell in self.cells if cell.origin != "answer" or cell.answers]
        places = [place for place, cell in enumerate(cells) if cell.answers & wanted]
        reads = f"({''.join(f'{name}, ' for name in self.lab.exercises if name in wanted)})"
        sources = [*(cell.source if is_python(cell.source) else "" for cell in cells), reads]
        needed = needed_cells(sources, [*places, len(cells)])
        return [cells[place] for place in needed if place < len(cells)]

    def code_of(self, exercise: str) -> str:
        """Return what was written for an exercise."""
        return "\n\n".join(cell.source for cell in self.cells if exercise in cell.answers)


def make_plan(lab: CanonicalLab, cells: Sequence[Cell]) -> Plan:
    """Put a trainee's cells in the place of those that were handed out."""
    written = [_plain(cell) for cell in cells if cell.kind == "code"]
    slots = _slots(lab, written)
    planned = [_as_added(lab, cell, f"first-{place}") for place, cell in _followers(written, slots, None)]
    for number, canonical in enumerate(lab.cells):
        mine = [(place, written[place]) for place, slot in enumerate(slots) if slot == number]
        planned += _in_slot(lab, canonical, mine)
        planned += [
            _as_added(lab, cell, f"{canonical.id}-{place}")
            for place, cell in _followers(written, slots, number)
        ]
    return Plan(lab, tuple(_without_stale_stubs(planned)))


def _plain(cell: Cell) -> Cell:
    return Cell(cell.kind, plain_python(cell.source), cell.id, cell.exercise)


# ---- which cell is which -----------------------------------------------------------------------


def _slots(lab: CanonicalLab, written: Sequence[Cell]) -> list[int | None]:
    """For each of the trainee's cells, the place in the lab of the cell that it is; None for an added one."""
    by_exercise = {cell.exercise: place for place, cell in enumerate(lab.cells) if cell.exercise}
    by_id = {cell.id: place for place, cell in enumerate(lab.cells)}
    slots = [by_exercise.get(cell.exercise, by_id.get(cell.id)) for cell in written]
    left = {place for place in range(len(lab.cells)) if place not in slots}
    for same in (_same_code, _same_answer, _same_names):
        for number, cell in enumerate(written):
            if slots[number] is not None:
                continue
            found = next((place for place in sorted(left) if same(cell, lab.cells[place])), None)
            if found is not None:
                slots[number] = found
                left.discard(found)
    return slots


def _same_code(cell: Cell, canonical: CanonicalCell) -> bool:
    return bool(cell.source.strip()) and normal_form(cell.source) == normal_form(canonical.source)


def _same_answer(cell: Cell, canonical: CanonicalCell) -> bool:
    return bool(canonical.exercise) and gives(cell.source, canonical.exercise)


def _same_names(cell: Cell, canonical: CanonicalCell) -> bool:
    """Does it give the very names that the cell handed out gives? Then it is that cell, changed."""
    names = names_given(canonical.source)
    return bool(names) and not canonical.exercise and names == names_given(cell.source)


def _followers(
    written: Sequence[Cell], slots: Sequence[int | None], slot: int | None
) -> list[tuple[int, Cell]]:
    """The added cells whose nearest cell before them that was handed out is that one; None: no such cell."""
    found, last = [], None
    for place, cell in enumerate(written):
        if slots[place] is not None:
            last = slots[place]
        elif last == slot and cell.source.strip():
            found.append((place, cell))
    return found


# ---- what is run in their place ----------------------------------------------------------------


def _in_slot(
    lab: CanonicalLab, canonical: CanonicalCell, mine: Sequence[tuple[int, Cell]]
) -> list[PlannedCell]:
    """What is run where a cell was handed out.

    An exercise's cell is the trainee's, after the stub: who builds on an answer that is missing is told so. Any
    other is the one handed out; the trainee's version runs before it if it holds an answer, or gives a name that the
    lab does not know: a helper written into a demo is no offence.
    """
    handed_out = PlannedCell(canonical.id, canonical.source, "canonical")
    if canonical.exercise:
        return [handed_out, *(_as_answer(lab, canonical, cell, place) for place, cell in mine)]
    known = _names_of(lab)
    before = [
        _as_added(lab, cell, f"{canonical.id}-{place}")
        for place, cell in mine
        if not _same_code(cell, canonical) and names_given(cell.source) - known
    ]
    answers = [cell for cell in before if cell.answers]
    helpers = [cell for cell in before if not cell.answers]
    return [*helpers, handed_out, *answers]


def _names_of(lab: CanonicalLab) -> set[str]:
    return {name for cell in lab.cells if not cell.exercise for name in names_given(cell.source)}


def _as_answer(lab: CanonicalLab, canonical: CanonicalCell, cell: Cell, place: int) -> PlannedCell:
    exercises = _answered(lab, cell)
    if not is_unanswered_code(cell.source, canonical.source):
        exercises |= {canonical.exercise}
    return PlannedCell(f"{canonical.id}-{place}", cell.source, "answer", exercises)


def _as_added(lab: CanonicalLab, cell: Cell, name: str) -> PlannedCell:
    return PlannedCell(name, cell.source, "added", _answered(lab, cell))


def _answered(lab: CanonicalLab, cell: Cell) -> frozenset[str]:
    """Exercises whose names a cell gives a value that is an answer."""
    if is_unanswered_code(cell.source):
        return frozenset()
    return frozenset(name for name in lab.exercises if gives(cell.source, name))


def _without_stale_stubs(planned: Sequence[PlannedCell]) -> list[PlannedCell]:
    """Leave out the trainee's cells that hold nothing but a stub: below the answer they would take it away."""
    return [
        cell
        for cell in planned
        if cell.origin == "canonical" or cell.answers or not is_unanswered_code(cell.source)
    ]
