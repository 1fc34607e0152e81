"""What a notebook holds: ``lab = labkit.start("3.3")`` and everything one asks of it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from labkit import cards, checkpoints, class_seed, course, exercise_cards
from labkit.errors import LabkitError
from labkit.exercises.exercise import Exercise
from labkit.exercises.judge import MISSING, judge
from labkit.exercises.progress import Entry, Event, ProgressLog
from labkit.exercises.quiz import Option, Quiz
from labkit.language import Text, current_language, set_language
from labkit.locations import progress_file
from labkit.standing.course_card import show_course
from labkit.standing.reading import exercise_standing
from labkit.standing.standing import ExerciseStanding
from labkit.waiting import MAKING_WORLD, Waiting

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from labkit.live.controls import Control
    from labkit.live.panel import Draw
    from labkit.store import Dataset

WORLD = Text(
    "Lab {lab} · synthetic world of {customers:,} customers, seed {seed}",
    "实验 {lab} · 虚拟世界：{customers:,} 位客户，种子 {seed}",
)
CLASS_WORLD = Text(
    "Your class has a world of its own: class seed {class_seed}.",
    "你们班有自己的虚拟世界：班级种子 {class_seed}。",
)
OWN_DATA = Text("Your own data stand in place of: {tables}.", "以下数据表已换成你自己的数据：{tables}。")
NOT_LOGGED = Text(
    "(Progress could not be written to {path}; your answers are judged all the same.)",
    "（进度写不进 {path}，但答案照常评判。）",
)


def start(
    lab_id: str,
    *,
    language: str | None = None,
    scale: str | int = "lab",
    seed: int = 2026,
    data: Mapping[str, Any] | None = None,
    columns: Mapping[str, str] | None = None,
) -> Lab:
    """Open a lab: make its world if it is missing, set the house style, be ready to check.

    Parameters
    ----------
    lab_id : str
        E.g. ``"3.3"``.
    language : {"en", "zh"}, optional
        Of cards and figures; the edition passes its own.
    scale : {"tiny", "lab"} or int
        Customers of the world: 2 000, 20 000, or a multiple of 2 000. The environment variable
        ``LABKIT_SCALE`` wins, so that a stored notebook can be proven on a small world.
    seed : int
        Which world. A class works on one of its own: ``LABKIT_CLASS_SEED`` shifts this, as
        :mod:`labkit.class_seed` says.
    data : mapping of str to path, optional
        A practitioner's own file in place of a table: ``{"baskets": "my.csv"}``.
    columns : mapping of str to str, optional
        What a column is called in that file: ``{"basket_id": "单号"}``.

    Raises
    ------
    LabkitError
        Unknown lab or scale, no such seed, no room for the world, or a file that cannot be read.
    """
    from labkit.store import Dataset

    if language is not None:
        set_language(language)
    shell = cards.shell()
    namespace = shell.user_ns if shell is not None else sys._getframe(1).f_globals
    lab_scale = os.environ.get("LABKIT_SCALE") or scale
    waiting = Waiting(MAKING_WORLD)
    seed = class_seed.world_seed(seed)
    dataset = Dataset.open(lab_scale, seed, data=data, columns=columns, stream_name=lab_id, progress=waiting)
    waiting.end()
    lab = Lab(lab_id, dataset, namespace)
    if shell is not None:
        checkpoints.install(shell, lab.exercises)
    _use_house_style()
    cards.show(_start_card(lab_id, dataset))
    if not cards.is_apart():
        lab._begin()
    return lab


def _use_house_style() -> None:
    from labkit.charts import use_house_style

    use_house_style()


def _start_card(lab_id: str, dataset: Dataset) -> cards.Card:
    title = WORLD.fill(lab=lab_id, customers=dataset.customers, seed=dataset.seed)
    notes: list[Text] = []
    if (of_class := class_seed.class_seed()) != class_seed.COURSE_SEED:
        notes.append(CLASS_WORLD.fill(class_seed=of_class))
    if own := ", ".join(sorted(dataset.own_tables)):
        notes += [OWN_DATA.fill(tables=own), *dataset.own_notes]
    return cards.Card("start", str(title), "\n".join(map(str, notes)))


class Lab:
    """An open lab. Made by :func:`start`; first used in lab 3.3.

    Parameters
    ----------
    lab_id : str
        The lab's id.
    dataset : Dataset
        The world, with any file of the practitioner's own in place of a table.
    namespace : mapping
        The notebook's variables, where answers are read from.
    """

    def __init__(self, lab_id: str, dataset: Dataset, namespace: MutableMapping[str, Any]) -> None:
        self.lab_id = lab_id
        self.exercises = course.exercises(lab_id)
        self.quizzes = course.quizzes(lab_id)
        self.facts: dict[str, Any] = {}
        self._dataset = dataset
        self._namespace = namespace
        self._log = ProgressLog(progress_file())
        self._hints_shown: dict[str, int] = {}

    def __repr__(self) -> str:
        return f"<lab {self.lab_id}>"

    def _begin(self) -> None:
        """Note in the log that the lab was opened, and on which world."""
        world = f"{self._dataset.seed}-{self._dataset.customers}"
        self._log.append(Entry(self.lab_id, "", "start", world=world))

    # ---- data ---------------------------------------------------------------------------------

    @property
    def has_truth(self) -> bool:
        """False when a practitioner's own file stands in place of a table."""
        return self._dataset.has_truth

    @property
    def own_tables(self) -> frozenset[str]:
        """Tables that come from the practitioner's own files."""
        return self._dataset.own_tables

    def data(self, table: str, columns: list[str] | None = None) -> pd.DataFrame:
        """Return a fresh copy of a table, or of some of its columns."""
        return self._dataset.table(table, columns)

    def sql(self, query: str) -> pd.DataFrame:
        """Return the answer of DuckDB; every table stands under its own name."""
        return self._dataset.sql(query)

    def describe(self, table: str) -> pd.DataFrame:
        """Return what each column of a table means, with its unit, in the edition's language."""
        return self._dataset.describe(table)

    def rng(self, name: str) -> np.random.Generator:
        """Return the lab's own random stream of that name: the same numbers on every run."""
        return self._dataset.rng(name)

    def truth(self, table: str) -> Any:
        """Return an answer key once the exercises it would give away are answered or looked up.

        Until then, and on a practitioner's own file, show a card that says why and return ``...``,
        so that cells which read it wait.
        """
        waiting = [e.name for e in self.exercises.values() if table in e.truths and not self._settled(e.name)]
        if waiting or not self.has_truth:
            cards.show(exercise_cards.truth_card(waiting if self.has_truth else []))
            return ...
        return self._dataset.truth(table)

    # ---- findings -----------------------------------------------------------------------------

    def fact(self, name: str, value: Any, sentence: str) -> None:
        """Say one sentence with a number of this run in it, and keep the number under ``name``.

        Parameters
        ----------
        name : str
            What the number is, e.g. ``"n_baskets"``; kept in ``lab.facts``.
        value : number, str or tuple
            Goes into the holes of the sentence; a tuple fills several.
        sentence : str
            With holes such as ``{:,}``, ``{:.1f}`` or ``{:.1%}``.
        """
        self.facts[name] = value
        filled = sentence.format(*value) if isinstance(value, tuple) else sentence.format(value)
        cards.show(cards.Card("fact", filled, facts={"name": name}))

    def show(self, figure: Any, alt: str) -> None:
        """Show a figure or axes as a picture; ``alt`` says what it shows to whoever cannot see it."""
        from labkit.charts.picture import picture

        cards.publish({"text/html": picture(figure, alt), "text/plain": alt}, {"labkit": {"kind": "figure"}})

    def panel(self, draw: Draw, **controls: Control) -> None:
        """Show a live panel: ``draw(**values)`` returns a figure, or HTML, and the sentence that reads it."""
        from labkit.live.panel import show_panel

        show_panel(draw, controls)

    # ---- exercises ----------------------------------------------------------------------------

    def check(self, name: str) -> None:
        """Judge the answer in the variable ``name`` and show the verdict; never raises on an answer."""
        exercise = self._exercise(name)
        verdict = judge(exercise, self._namespace.get(name, MISSING), self._dataset)
        logged = self._record("check", name, verdict.status, verdict.mistake or "")
        cards.show(exercise_cards.verdict_card(exercise, verdict))
        if not logged:
            cards.show(cards.Card("fact", str(NOT_LOGGED.fill(path=self._log.path))))

    def hint(self, name: str) -> None:
        """Show the next hint: where to look, which tool, almost the code."""
        exercise = self._exercise(name)
        self._hints_shown[name] = self._hints_shown.get(name, 0) + 1
        self._record("hint", name)
        cards.show(exercise_cards.hint_card(exercise, self._hints_shown[name]))

    def solution(self, name: str) -> None:
        """Show the official code and note in the log that it was looked up."""
        exercise = self._exercise(name)
        code = course.official_solution(self.lab_id, name, current_language())
        self._record("solution", name)
        cards.show(exercise_cards.solution_card(exercise, code))

    def quiz(self, name: str) -> None:
        """Show a question: options to click, or in letters where there are no widgets."""
        from labkit.live.question import show_question

        quiz = self._quiz(name)
        options = self._lettered(quiz)
        texts = {letter: str(option.text) for letter, option in options.items()}
        show_question(
            exercise_cards.quiz_card(quiz, options), texts, lambda letter: self._tried(quiz, letter)
        )

    def answer(self, name: str, letter: str) -> None:
        """Answer a question with a letter; every option explains itself."""
        cards.show(self._tried(self._quiz(name), str(letter).strip().upper()[:1]))

    def progress(self) -> None:
        """Show where each exercise of this lab stands, and the whole course, from the log on this computer.

        Where notebooks run with nobody at them (``LABKIT_UNATTENDED``) the course is left out: it would say how long
        the run took, and stored outputs say the same on every computer.
        """
        cards.show(exercise_cards.progress_card(self.lab_id, [*map(self._standing, self.exercises)]))
        if not os.environ.get("LABKIT_UNATTENDED"):
            show_course()

    # ---- steps --------------------------------------------------------------------------------

    def _exercise(self, name: str) -> Exercise:
        return _named(self.exercises, name, Text("exercise", "练习"))

    def _quiz(self, name: str) -> Quiz:
        return _named(self.quizzes, name, Text("quiz question", "测验题"))

    def _lettered(self, quiz: Quiz) -> dict[str, Option]:
        return quiz.lettered(self.rng(f"quiz/{quiz.name}"))

    def _tried(self, quiz: Quiz, letter: str) -> cards.Card:
        """Note a try in the log, and return what is said about it."""
        options = self._lettered(quiz)
        if letter in options:
            self._record("quiz", quiz.name, "right" if options[letter].right else "wrong")
        return exercise_cards.quiz_answer_card(quiz, options, letter)

    def _record(self, event: Event, name: str, status: str = "", mistake: str = "") -> bool:
        return self._log.append(Entry(self.lab_id, name, event, status, mistake))

    def _settled(self, name: str) -> bool:
        return self._standing(name).settled

    def _standing(self, name: str) -> ExerciseStanding:
        return exercise_standing(name, self._log.entries(self.lab_id))


def _named(known: Mapping[str, Any], name: str, what: Text) -> Any:
    if name in known:
        return known[name]
    shown = str(name)[:60]
    raise LabkitError(
        Text("This lab has no {what} called {name}.", "本实验没有名为 {name} 的{what}。").fill(
            what=what, name=shown
        ),
        Text(f"It has: {', '.join(known)}.", f"本实验有：{'、'.join(known)}。"),
        Text("Check the name between the quotation marks.", "请检查引号里的名称。"),
    )
