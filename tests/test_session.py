"""What a notebook holds answers in sentences, remembers, and keeps the truth closed until it may open."""

from pathlib import Path

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

import labkit
from labkit import LabkitError, locations
from labkit.exercises.progress import ProgressLog
from labkit.language import set_language
from labkit.session import Lab

FIXTURES = Path(__file__).parent / "fixtures"


class SmallData:
    """Stands for the world: one table, one answer key."""

    own_tables = frozenset()
    has_truth = True

    def truth(self, name):
        return pd.DataFrame({"secret": [4]})

    def rng(self, name):
        return np.random.default_rng(1)


@pytest.fixture
def lab(monkeypatch, tmp_path):
    monkeypatch.setattr(locations, "PROJECT", FIXTURES)
    monkeypatch.setenv("LABKIT_PROGRESS", str(tmp_path / "progress.jsonl"))
    set_language("en")
    return Lab("9.9", SmallData(), {})


def said(capsys):
    return capsys.readouterr().out


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [(..., "your turn"), (4, "Doubling matters."), (1, "You halved it."), ("x", "not str")],
)
def test_check_says_where_an_answer_stands(lab, capsys, answer, sentence):
    lab._namespace["doubled"] = answer
    lab.check("doubled")
    assert sentence in said(capsys)


def test_check_speaks_chinese_in_the_chinese_edition(lab, capsys):
    set_language("zh")
    lab._namespace["doubled"] = 1
    lab.check("doubled")
    set_language("en")
    assert "你减半了。" in said(capsys)


def test_name_that_does_not_exist_is_not_attempted(lab, capsys):
    lab.check("doubled")
    assert "your turn" in said(capsys)


def test_unknown_exercise_is_one_sentence_that_lists_the_known_ones(lab):
    with pytest.raises(LabkitError, match="doubled, hidden"):
        lab.check("trebled")


def test_hints_come_in_steps_and_end_with_the_last(lab, capsys):
    for step in (1, 2, 2):
        lab.hint("doubled")
        assert f"Hint {step} of 2" in said(capsys)


def test_check_goes_on_when_the_log_cannot_be_written(lab, capsys, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("LABKIT_PROGRESS", str(tmp_path / "file" / "progress.jsonl"))
    blocked = Lab("9.9", SmallData(), {"doubled": 4})
    blocked.check("doubled")
    assert "Doubling matters." in (out := said(capsys))
    assert "could not be written" in out


def test_truth_stays_closed_until_its_exercises_are_answered(lab, capsys):
    assert lab.truth("secret") is ...
    assert "doubled, hidden" in said(capsys)
    lab._namespace.update(doubled=4, hidden=4)
    lab.check("doubled")
    assert lab.truth("secret") is ...
    lab.check("hidden")
    assert lab.truth("secret")["secret"].tolist() == [4]


def test_looked_up_solution_opens_the_truth_and_is_shown_as_such(lab, capsys, monkeypatch):
    monkeypatch.setattr("labkit.course.official_solution", lambda *_: "doubled = 2 * 2")
    lab.solution("doubled")
    assert "doubled = 2 * 2" in said(capsys)
    lab.solution("hidden")
    assert lab.truth("secret") is not ...
    said(capsys)
    lab.progress()
    assert "doubled – solution looked up" in said(capsys)


def test_own_data_have_no_truth_and_the_card_says_so(lab, capsys):
    lab._dataset.has_truth = False
    lab._namespace["hidden"] = 4
    lab.check("hidden")
    assert "cannot be judged" in said(capsys)
    assert lab.truth("secret") is ...
    assert "no answer key" in said(capsys)


def test_missing_solutions_edition_says_how_to_make_it(lab):
    with pytest.raises(LabkitError, match="labkit build"):
        lab.solution("doubled")


def test_progress_counts_what_is_right(lab, capsys):
    lab._namespace["doubled"] = 4
    lab.check("doubled")
    lab.progress()
    assert "1 of 2 exercises right" in said(capsys)


def test_right_after_looking_up_is_shown_as_such_and_not_counted_as_right(lab, capsys, monkeypatch):
    monkeypatch.setattr("labkit.course.official_solution", lambda *_: "doubled = 2 * 2")
    lab._namespace["doubled"] = 4
    lab.solution("doubled")
    lab.check("doubled")
    said(capsys)
    lab.progress()
    assert "0 of 2 exercises right" in (out := said(capsys))
    assert "doubled – right after looking up" in out


def test_progress_shows_the_whole_course_too_unless_nobody_is_there(lab, capsys, monkeypatch):
    monkeypatch.delenv("LABKIT_UNATTENDED", raising=False)
    lab.progress()
    assert "Your course" in said(capsys)
    monkeypatch.setenv("LABKIT_UNATTENDED", "1")
    lab.progress()
    assert "Your course" not in (out := said(capsys))
    assert "0 of 2 exercises right" in out


def test_opening_a_lab_is_noted_with_its_world(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("LABKIT_PROGRESS", str(tmp_path / "progress.jsonl"))
    monkeypatch.setenv("LABKIT_SCALE", "tiny")
    labkit.start("3.3", seed=3)
    (entry,) = ProgressLog(tmp_path / "progress.jsonl").entries()
    assert (entry.lab, entry.event, entry.name, entry.world) == ("3.3", "start", "", "3-2000")


def test_quiz_explains_every_option_and_refuses_other_letters(lab, capsys):
    lab.quiz("q1")
    shown = said(capsys)
    assert "Two times two?" in shown
    assert "four" in shown
    assert "five" in shown
    lab.answer("q1", "a")
    lab.answer("q1", "B")
    explained = said(capsys)
    assert "Yes." in explained
    assert "Count." in explained
    lab.answer("q1", None)
    lab.answer("q1", "Z")
    assert said(capsys).count("Choose one of A, B") == 2


def test_every_click_on_a_question_is_logged_as_an_answer_in_letters_is(lab, monkeypatch):
    shown = []
    monkeypatch.setattr("labkit.live.question.show_question", lambda *question: shown.append(question))
    lab.quiz("q1")
    ((card, options, answer),) = shown
    assert card.metadata() == {"labkit": {"kind": "quiz", "name": "q1"}}
    said = {letter: answer(letter) for letter in options}
    clicked = [(entry.name, entry.event, entry.status) for entry in lab._log.entries()]
    assert sorted(clicked) == [("q1", "quiz", "right"), ("q1", "quiz", "wrong")]
    for letter in options:
        lab.answer("q1", letter)
    assert [(e.name, e.event, e.status) for e in lab._log.entries()] == clicked * 2
    assert {card.kind for card in said.values()} == {"right", "wrong"}


def test_fact_fills_its_sentence_and_keeps_the_number(lab, capsys):
    lab.fact("lift", 3.14159, "Lift is {:.1f}.")
    lab.fact("range", (1, 2), "From {} to {}.")
    assert lab.facts == {"lift": 3.14159, "range": (1, 2)}
    out = said(capsys)
    assert "Lift is 3.1." in out
    assert "From 1 to 2." in out


def test_figure_is_said_by_its_alternative_text(lab, capsys):
    figure, _ = plt.subplots()
    lab.show(figure, "an empty frame")
    assert said(capsys) == "an empty frame\n"


def test_unknown_lab_names_those_that_exist(monkeypatch):
    monkeypatch.setattr(locations, "PROJECT", FIXTURES)
    for wrong_id in ("1.1", "x", "../3", 9.8):
        with pytest.raises(LabkitError, match=r"9\.9"):
            Lab(wrong_id, SmallData(), {})
