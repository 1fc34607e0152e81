"""What every lab of the course promises about its exercises."""

from __future__ import annotations

import ast

import pytest

from labkit import course
from labkit.authoring.source import read_source
from labkit.class_seed import world_seed
from labkit.exercises.judge import judge
from labkit.exercises.verdict import NOT_ATTEMPTED
from labkit.language import LANGUAGES, set_language
from labkit.session import Lab
from labkit.store import Dataset
from tests.course.arbitrary import arbitrary_objects
from tests.course.solving import assert_answers_are_right, remembered_dataset, solved

LABS = course.lab_ids()
CLASS_SEED = 20260315
SEEDS = [2026, *(pytest.param(seed, marks=pytest.mark.slow) for seed in (1, 2, 3))]
EXERCISES = [(lab_id, name) for lab_id in LABS for name in course.exercises(lab_id)]


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("lab_id", LABS)
def test_official_solution_is_right_on_every_seed(lab_id, seed):
    assert_answers_are_right(lab_id, solved(lab_id, seed=seed), remembered_dataset(lab_id, seed=seed))


@pytest.mark.parametrize("lab_id", LABS)
def test_official_solution_is_right_on_the_world_of_a_class(lab_id, monkeypatch):
    monkeypatch.setenv("LABKIT_CLASS_SEED", str(CLASS_SEED))
    answers = solved(lab_id, seed=None)
    assert answers["lab"]._dataset.seed == world_seed(answers["seed"])
    assert answers["seed"] in {2026, 2027}, "the notebook's own"
    assert_answers_are_right(lab_id, answers, remembered_dataset(lab_id, seed=world_seed(answers["seed"])))


@pytest.mark.parametrize("seed", [2026, 3, pytest.param(CLASS_SEED, marks=pytest.mark.slow)])
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


def orders(labs):
    """The options of every question in the order they are shown, by the position they are written in."""
    found = {}
    for lab in labs:
        lab._dataset = Dataset("tiny", world_seed(2026), stream_name=lab.lab_id)
        for name, quiz in lab.quizzes.items():
            found[lab.lab_id, name] = [quiz.options.index(option) for option in lab._lettered(quiz).values()]
    return found


def test_another_class_has_other_orders_of_options_and_a_class_the_same_in_both_languages(monkeypatch):
    labs = [Lab(lab_id, Dataset("tiny", 2026, lab_id), {}) for lab_id in course.lab_ids()]
    own = orders(labs)
    monkeypatch.setenv("LABKIT_CLASS_SEED", str(CLASS_SEED))
    in_language = {}
    for language in LANGUAGES:
        set_language(language)
        in_language[language] = orders(labs)
    set_language("en")
    assert in_language["en"] == in_language["zh"]
    differing = [question for question in own if own[question] != in_language["en"][question]]
    assert len(differing) > len(own) / 2


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
