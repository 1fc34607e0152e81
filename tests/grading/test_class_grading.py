import contextlib
import time

import pytest

from labkit.exercises.judge import MISSING
from labkit.grading.class_grading import OFFICIAL, ClassGrading
from labkit.grading.intake import labs_of, read_class
from labkit.grading.jail import Limits, SessionLost
from labkit.grading.results import ResultsStore
from labkit.grading.trusted import Trusted, exercises_of, other_seed_of
from tests.grading.made_up import OWN_WORDS, answered, write
from tests.grading.open_room import OpenRoom, OpenSession


class Silent(OpenRoom):
    """A room in which nothing comes of anything."""

    @contextlib.contextmanager
    def session(self, job):
        yield type("Session", (), {"cells": (), "answer": lambda self, name: MISSING})()


class LosesOnce(OpenRoom):
    """A room that a session is lost in as soon as one answer is asked for."""

    culprit = "drift_began"
    sessions: list[list[str]]

    @contextlib.contextmanager
    def session(self, job):
        inside = OpenSession(job)

        def answer(name):
            if name == self.culprit:
                raise SessionLost("time")
            return inside.namespace.get(name, MISSING)

        self.sessions.append([cell.id for cell in job.cells])
        yield type("Session", (), {"cells": inside.cells, "answer": staticmethod(answer)})()


@pytest.fixture
def a_class(tmp_path):
    for number in range(1, 4):
        write(tmp_path / "in" / f"Trainee {number:02}" / "a.ipynb", answered("7.4", OWN_WORDS["7.4"]))
    return tmp_path


def graded(folder, open_jail, jobs=1):
    submissions = read_class(folder / "in")
    grading = ClassGrading(
        Trusted("tiny", 2026, 3), ResultsStore(folder / "out"), Limits(), jobs, open_jail=open_jail
    )
    return grading.grade(submissions, labs_of(submissions))


def statuses(person):
    return [outcome.status for lab in person.labs for outcome in lab.outcomes]


def test_where_the_official_solutions_fail_nobody_is_judged_and_the_next_run_tries_again(a_class):
    result = graded(a_class, Silent)
    assert [statuses(person) for person in result.persons] == [["not_judged"] * 5] * 3
    assert not ResultsStore(a_class / "out").path_of(OFFICIAL).exists()
    again = graded(a_class, OpenRoom)
    assert [statuses(person) for person in again.persons] == [["right"] * 5] * 3
    assert ResultsStore(a_class / "out").path_of(OFFICIAL).exists()


def test_what_a_lost_session_took_along_is_asked_again_without_its_culprit(a_class, monkeypatch):
    first = graded(a_class, OpenRoom)
    for person in first.persons:
        ResultsStore(a_class / "out").remove(person.name)
    monkeypatch.setattr(LosesOnce, "sessions", [], raising=False)
    result = graded(a_class, LosesOnce)
    for person in result.persons:
        assert [o.mistake or o.status for o in person.labs[0].outcomes] == [
            "right",
            "right",
            "too_slow",
            "right",
            "right",
        ]
    class_world, again, other_world = LosesOnce.sessions[:3]
    assert any(cell.startswith("drift_began") for cell in class_world)
    assert not any(cell.startswith("drift_began") for cell in [*again, *other_world])


def test_ctrl_c_keeps_who_is_done_and_names_who_waits(a_class):
    graded(a_class, OpenRoom)
    store = ResultsStore(a_class / "out")
    for number in (1, 2, 3):
        store.remove(f"Trainee {number:02}")
    submissions = read_class(a_class / "in")

    def slow(*given):
        time.sleep(0.2)
        return OpenRoom(*given)

    def pressed(done, total):
        if done == 1:
            raise KeyboardInterrupt

    grading = ClassGrading(Trusted("tiny", 2026, 3), store, Limits(), open_jail=slow)
    result = grading.grade(submissions, labs_of(submissions), pressed)
    done = [person.name for person in result.persons]
    assert 1 <= len(done) < 3
    assert sorted([*done, *result.waiting]) == ["Trainee 01", "Trainee 02", "Trainee 03"]
    assert all(store.path_of(name).exists() for name in done)


def test_the_other_world_is_another_one_for_every_class():
    seeds = [other_seed_of(seed) for seed in (2026, 2027, 7)]
    assert len({*seeds, 2026, 2027, 7}) == 6
    assert seeds == [other_seed_of(seed) for seed in (2026, 2027, 7)]
    trusted = Trusted("tiny", 2026, 3)
    assert trusted.seeds(["7.4", "10.1"]) == [3, 4, 2026, 2027]
    assert list(exercises_of("7.4")) == list(OWN_WORDS["7.4"])
