"""The side that knows the truth: the class's world and another one, and the lab's own checks on them."""

from __future__ import annotations

import functools
import hashlib
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from labkit import course
from labkit.class_seed import SEEDS, world_seed
from labkit.exercises.exercise import Exercise
from labkit.exercises.judge import judge
from labkit.exercises.verdict import Verdict
from labkit.grading.canonical import canonical_lab, edition_path
from labkit.language import LANGUAGES
from labkit.locations import PROJECT
from labkit.store import Dataset
from labkit.store.worlds import World, open_world
from labkit.world.generate import fingerprint as fingerprint_of_world

Which = Literal["class", "other"]
WORLDS: tuple[Which, Which] = ("class", "other")


def other_seed_of(seed: int) -> int:
    """Return the seed of the world on which answers are judged a second time: nothing a notebook ever names."""
    return int.from_bytes(hashlib.sha256(f"another world than {seed}".encode()).digest()[:4]) % SEEDS


class Trusted:
    """Data with truth and checks, for every lab on both worlds; safe to use from several threads.

    What the checks count is counted once per lab and world, for the whole class.

    Parameters
    ----------
    scale : str or int
        Size of both worlds.
    seed, other_seed : int
        Class seeds of the class's world and of the other one.
    """

    def __init__(self, scale: str | int, seed: int, other_seed: int) -> None:
        self.scale = scale
        self.class_seeds: dict[Which, int] = {"class": seed, "other": other_seed}
        self._locks: dict[tuple[str, Which], threading.Lock] = {}
        self._datasets: dict[tuple[str, Which], Dataset] = {}
        self._lock = threading.Lock()

    def seed(self, lab_id: str, which: Which) -> int:
        """Seed of the world on which a lab is judged."""
        return world_seed(canonical_lab(lab_id, "en").seed, self.class_seeds[which])

    def seeds(self, lab_ids: Iterable[str]) -> list[int]:
        """Seeds of all worlds that these labs need, each once."""
        return sorted({self.seed(lab_id, which) for lab_id in lab_ids for which in WORLDS})

    def world(self, lab_id: str, which: Which) -> World:
        """The world, made if it is missing."""
        return _world(self.scale, self.seed(lab_id, which))

    def judge(self, lab_id: str, which: Which, name: str, answer: Any) -> Verdict:
        """Judge an answer; one at a time per lab and world.

        Raises
        ------
        SessionLost
            If the answer is a function and the place where it lives is gone.
        """
        with self._lock_of(lab_id, which):
            return judge(exercises_of(lab_id)[name], answer, self._dataset(lab_id, which))

    def _lock_of(self, lab_id: str, which: Which) -> threading.Lock:
        with self._lock:
            return self._locks.setdefault((lab_id, which), threading.Lock())

    def _dataset(self, lab_id: str, which: Which) -> Dataset:
        key = (lab_id, which)
        if key not in self._datasets:
            self._datasets[key] = Dataset.open(self.scale, self.seed(lab_id, which), stream_name=lab_id)
        return self._datasets[key]


@functools.cache
def _world(scale: str | int, seed: int) -> World:
    return open_world(scale, seed)


_importing = threading.Lock()


def exercises_of(lab_id: str) -> dict[str, Exercise]:
    """A lab's exercises by name, imported once per process."""
    with _importing:
        return _exercises(lab_id)


@functools.cache
def _exercises(lab_id: str) -> dict[str, Exercise]:
    return course.exercises(lab_id)


@functools.cache
def fingerprint_of_lab(lab_id: str) -> str:
    """Return the fingerprint of all that a verdict on a lab depends on, apart from the answer and the world's seed."""
    files = sorted((course.lab_dir(lab_id) / "checks").rglob("*.py"))
    for edition in ("notebooks", "solutions"):
        files += [edition_path(edition, lab_id, language) for language in LANGUAGES]
    return _fingerprint(files)


@functools.cache
def fingerprint_of_grader() -> str:
    """Return the fingerprint of the code that plans, runs, judges and generates worlds."""
    rooms = ("exercises", "grading", "store", "catalogue")
    files = [path for room in rooms for path in sorted((PROJECT / "labkit" / room).rglob("*.py"))]
    return _fingerprint([*files, *sorted((PROJECT / "labkit").glob("*.py"))]) + fingerprint_of_world()


def _fingerprint(files: Iterable[Path]) -> str:
    seen = hashlib.sha256()
    for path in files:
        content = path.read_bytes() if path.exists() else b""
        seen.update(f"{path.name} {len(content)}\n".encode() + content)
    return seen.hexdigest()[:20]
