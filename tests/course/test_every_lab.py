"""What every lab of the course promises about its exercises."""

from __future__ import annotations

import ast

import pytest

from labkit import course
from labkit.authoring.source import read_source
from labkit.exercises.judge import judge
from labkit.exercises.verdict import NOT_ATTEMPTED
from labkit.language import LANGUAGES
from tests.course.arbitrary import arbitrary_objects
from tests.course.solving import assert_answers_are_right, remembered_dataset, solved

LABS = course.lab_ids()
SEEDS = [2026, 3, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2))]
EXERCISES = [(lab_id, name) for lab_id in LABS for name in course.exercises(lab_id)]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("lab_id", LABS)
def test_official_solution_is_right_on_every_seed(lab_id, seed):
    assert_answers_are_right(lab_id, solved(lab_id, seed=seed), remembered_dataset(lab_id, seed=seed))


@pytest.mark.parametrize("seed", [2026, 3])
@pytest.mark.parametrize(("lab_id", "name"), EXERCISES)
def test_every_listed_wrong_answer_is_rejected_with_its_own_message(lab_id, name, seed):
    exercise, given = course.exercises(lab_id)[name], remembered_dataset(lab_id, seed=seed)
    wrong_answers = exercise.wrong_answers(given)
    assert len(wrong_answers) >= 2
    assert set(exercise.mistakes) <= set(wrong_answers), "a named mistake has no wrong answer that makes it"
    for mistake, answer in wrong_answers.items():
        verdict = judge(exercise, answer, given)
        assert verdict.status == "wrong", mistake
        if mistake in exercise.mistakes:
            assert verdict.message == exercise.mistakes[mistake], mistake


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("lab_id", "name"), EXERCISES)
def test_solution_text_that_is_shown_passes_the_check(lab_id, name, language):
    namespace = dict(solved(lab_id, language=language))
    del namespace[name]
    exec(course.official_solution(lab_id, name, language), namespace)
    exercise, given = course.exercises(lab_id)[name], remembered_dataset(lab_id)
    assert judge(exercise, namespace[name], given).status == "right"


@pytest.mark.parametrize(("lab_id", "name"), EXERCISES)
def test_hints_mistakes_and_praise_exist_in_both_languages(lab_id, name):
    exercise = course.exercises(lab_id)[name]
    assert 2 <= len(exercise.hints) <= 4
    for text in (*exercise.hints, exercise.matters, *exercise.mistakes.values()):
        assert text.en.strip()
        assert text.zh.strip()
        assert text.en != text.zh


@pytest.mark.parametrize("lab_id", LABS)
def test_lab_has_three_to_six_exercises_and_three_quiz_questions(lab_id):
    assert 3 <= len(course.exercises(lab_id)) <= 6
    assert len(course.quizzes(lab_id)) == 3
    for quiz in course.quizzes(lab_id).values():
        for text in (
            quiz.question,
            *(part for option in quiz.options for part in (option.text, option.because)),
        ):
            assert text.en.strip()
            assert text.zh.strip()
            assert text.en != text.zh


def test_labels_of_controls_are_short_enough_to_stand_whole():
    """There is room for some thirty letters or fifteen characters; JupyterLab cuts longer ones."""
    labels = [
        [part.value for part in call.args[0].args]
        for lab_id in LABS
        for cell in read_source(course.lab_dir(lab_id) / "lab.py").code_cells
        for call in ast.walk(ast.parse(cell.text))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in {"Slider", "Choice", "Steps"}
        if isinstance(call.args[0], ast.Call)
    ]
    assert len(labels) >= len(LABS)
    for english, chinese in labels:
        assert len(english) <= 28, english
        assert len(chinese) <= 15, chinese


@pytest.mark.parametrize(("lab_id", "name"), EXERCISES)
def test_two_thousand_arbitrary_objects_give_a_verdict_and_none_is_right(lab_id, name):
    exercise, given = course.exercises(lab_id)[name], remembered_dataset(lab_id)
    for position, answer in enumerate(arbitrary_objects(2_000)):
        verdict = judge(exercise, answer, given)
        assert verdict.status in {"wrong", "not_attempted"}, (
            f"object {position} of kind {type(answer).__name__}"
        )
        assert verdict == NOT_ATTEMPTED or (verdict.message.en and verdict.message.zh)
