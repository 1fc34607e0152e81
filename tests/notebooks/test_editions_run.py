"""Every cell of every edition runs: untouched, solved, and on other worlds."""

import pytest

from labkit import course
from labkit.language import LANGUAGES
from tests.notebooks.running import run_edition


def assert_all(results, status):
    assert len(results) == len(course.lab_ids()) * len(LANGUAGES)
    for result in results:
        name = f"{result.lab.lab} {result.lab.language}"
        assert result.failure is None, f"{name}: {result.failure}"
        assert set(result.verdicts) == set(course.exercises(result.lab.lab)), name
        assert set(result.verdicts.values()) == {status}, f"{name}: {result.verdicts}"


def test_untouched_trainee_notebooks_run_to_their_end_with_every_check_open():
    assert_all(run_edition("notebooks", scale="tiny"), "not_attempted")


# Seed 2026 is what the stored outputs hold, verdicts included: see test_stored_outputs.py; seed 3: test_every_lab.py.
@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_official_solutions_are_right_on_this_world(seed):
    assert_all(run_edition("solutions", scale="tiny", seed=seed), "right")


@pytest.mark.slow
def test_official_solutions_are_right_on_the_worlds_of_a_class():
    assert_all(run_edition("solutions", scale="tiny", class_seed=20260315), "right")


@pytest.mark.slow
def test_official_solutions_are_right_at_full_scale():
    assert_all(run_edition("solutions", scale="lab"), "right")
