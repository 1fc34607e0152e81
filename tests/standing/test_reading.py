"""What the log says is told honestly, whatever stands in it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labkit.exercises.progress import Entry, ProgressLog
from labkit.standing.reading import course_standing, exercise_standing
from labkit.standing.standing import PAUSE_SECONDS, STATES
from tests.standing.logs import COURSE, EVENTS, entry, finished, lab_of, standing


@pytest.mark.parametrize(
    ("words", "state", "right"),
    [
        ([], "open", False),
        (["not_attempted", "no_truth"], "open", False),
        (["hint"], "open", False),
        (["wrong"], "tried", False),
        (["wrong", "right"], "right", True),
        (["right", "wrong"], "right", True),
        (["right", "solution"], "right", True),
        (["solution"], "revealed", False),
        (["solution", "wrong"], "revealed", False),
        (["wrong", "solution", "right"], "revealed", True),
        (["solution", "right", "solution"], "revealed", True),
    ],
)
def test_what_came_first_decides_the_state_of_an_exercise(words, state, right):
    entries = [entry("1.1", "a", word) for word in words]
    found = exercise_standing("a", entries)
    assert (found.state, found.right) == (state, right)
    assert found.settled == (state in ("right", "revealed"))
    assert lab_of(standing(*entries), "1.1").exercises[0] == found


def test_a_hint_counts_only_before_the_right_answer():
    assert exercise_standing("a", [entry("1.1", "a", "hint"), entry("1.1", "a", "right")]).hinted
    assert not exercise_standing("a", [entry("1.1", "a", "right"), entry("1.1", "a", "hint")]).hinted


def test_the_first_answer_to_a_question_counts():
    quiz = [entry("1.1", "q", "quiz wrong"), entry("1.1", "q", "quiz right")]
    assert lab_of(standing(*quiz), "1.1").quiz == {"q": False}
    assert lab_of(standing(*reversed(quiz)), "1.1").quiz == {"q": True}


def test_a_question_and_an_exercise_of_one_name_are_kept_apart():
    assert exercise_standing("a", [entry("1.1", "a", "quiz wrong")]).state == "open"


def test_a_lab_is_done_when_every_exercise_is_right_or_revealed():
    done = standing(entry("1.1", "a", "right"), entry("1.1", "b", "solution"))
    assert [lab.done for lab in done.labs] == [True, False, False]
    assert not lab_of(standing(entry("1.1", "a", "right"), entry("1.1", "b", "wrong")), "1.1").done


def test_the_whole_course_adds_up():
    counts = standing(*finished()).counts
    assert (counts.right, counts.hinted, counts.revealed, counts.right_after_looking_up) == (2, 1, 1, 1)
    assert (counts.tried, counts.open, counts.exercises) == (0, 1, 4)
    assert (counts.quiz_right_first, counts.quiz_answered, counts.quiz_questions) == (0, 1, 1)
    assert (counts.labs_done, counts.labs, counts.minutes) == (2, 3, 17)


def test_what_the_course_no_longer_has_is_passed_over():
    course = standing(
        entry("7.7", "a", "right"), entry("1.1", "gone", "right"), entry("1.1", "gone", "quiz right")
    )
    assert course.counts.right == course.counts.quiz_answered == 0
    assert not any(lab.begun for lab in course.labs)


def test_worlds_are_those_that_were_opened_in_order_and_nothing_else_gets_in():
    worlds = ["2026-20000", "3-2000", "2026-20000", "", "my laptop", "1-1\n"]
    course = standing(*(entry("1.1", "", "start", world=world) for world in worlds))
    assert lab_of(course, "1.1").worlds == ("2026-20000", "3-2000")


# ---- minutes at work --------------------------------------------------------------------------------


def minutes(*pairs):
    """Minutes at work, by lab, of a log of ``(lab, minute)``."""
    course = standing(*(entry(lab, "a", "wrong", minute) for lab, minute in pairs))
    return {lab.lab.id: lab.counts.minutes for lab in course.labs if lab.seconds}


def test_gaps_within_a_lab_add_up_and_a_pause_counts_nothing():
    assert minutes(("1.1", 0), ("1.1", 5), ("1.1", 20), ("1.1", 36), ("1.1", 40)) == {"1.1": 24}


def test_another_lab_in_between_does_not_break_a_gap():
    assert minutes(("1.1", 0), ("2.1", 2), ("1.1", 5)) == {"1.1": 5}


def test_the_same_minute_is_not_counted_for_two_labs():
    assert minutes(("1.1", 0), ("2.1", 1), ("2.1", 9), ("1.1", 10)) == {"1.1": 2, "2.1": 8}


def test_a_clock_that_was_set_back_takes_nothing_away():
    assert minutes(("1.1", 60), ("1.1", 65), ("1.1", 5), ("1.1", 10)) == {"1.1": 10}


def test_times_that_cannot_be_read_are_passed_over():
    bad = ["", "yesterday", "2026-03-15T09:03:00+99:00", "0001-01-01T00:00:00+14:00", "9" * 400]
    entries = [replace(entry("1.1", "a", "right"), at=at) for at in bad]
    course = standing(entry("1.1", "", "start"), *entries, entry("1.1", "a", "right", 4))
    assert course.counts.minutes == 4
    assert course.counts.right == 1


def test_a_time_without_a_zone_is_taken_as_utc():
    local = replace(entry("1.1", "a", "wrong"), at="2026-03-15T09:04:00")
    assert standing(entry("1.1", "", "start"), local).counts.minutes == 4


moments = st.lists(
    st.tuples(
        st.sampled_from(["1.1", "2.1", "2.2", "9.9"]), st.integers(0, 40), st.sampled_from(sorted(EVENTS))
    ),
    max_size=40,
)


@given(moments)
def test_time_at_work_is_never_more_than_the_time_that_passed(steps):
    clock, log = 0, []
    for lab, gap, word in steps:
        clock += gap
        log.append(entry(lab, "a", word, clock))
    course = standing(*log)
    assert course.counts.seconds <= clock * 60
    assert course.counts.seconds == sum(lab.seconds for lab in course.labs)


@given(moments)
def test_no_clock_makes_time_negative_or_a_gap_longer_than_a_pause(steps):
    log = [entry(lab, "a", word, minute) for lab, minute, word in steps]
    events = defaultdict(int)
    for lab, _, _ in steps:
        events[lab] += 1
    for lab in standing(*log).labs:
        assert 0 <= lab.seconds <= max(0, events[lab.lab.id] - 1) * PAUSE_SECONDS


@given(moments)
def test_going_on_never_takes_away_what_was_reached(steps):
    log = [entry(lab, name, word, minute) for lab, minute, word in steps for name in ("a", "q")]
    before = standing()
    for end in range(len(log) + 1):
        now = standing(*log[:end])
        for old, new in zip(before.labs, now.labs, strict=True):
            assert new.seconds >= old.seconds
            assert old.done <= new.done
            assert dict(old.quiz).items() <= dict(new.quiz).items()
            for was, is_now in zip(old.exercises, new.exercises, strict=True):
                assert was.state == is_now.state or not was.settled
        before = now


# ---- damaged logs -----------------------------------------------------------------------------------


@given(
    st.lists(
        st.builds(
            Entry,
            lab=st.sampled_from(["1.1", "2.1"]) | st.text(),
            name=st.sampled_from(["a", "b", "c", "q"]) | st.text(),
            event=st.sampled_from(["check", "solution", "quiz", "start"]) | st.text(),
            status=st.sampled_from(["right", "wrong"]) | st.text(),
            mistake=st.text(),
            at=st.datetimes().map(str) | st.text(),
            world=st.text(),
        )
    )
)
def test_any_entries_give_a_standing_that_adds_up(entries):
    course = course_standing(COURSE, entries)
    counts = course.counts
    assert counts.exercises == 4
    assert counts.hinted <= counts.right
    assert counts.right_after_looking_up <= counts.revealed
    assert counts.quiz_right_first <= counts.quiz_answered <= counts.quiz_questions
    assert all(exercise.state in STATES for lab in course.labs for exercise in lab.exercises)


@given(
    st.lists(st.binary(max_size=60) | st.sampled_from([b'{"lab": "1.1"', b"\xff\xfe", b"null", b"[" * 3000]))
)
def test_damaged_lines_between_good_ones_change_nothing(tmp_path_factory, damage):
    path = tmp_path_factory.mktemp("log") / "progress.jsonl"
    log = ProgressLog(path)
    for position, good in enumerate(finished()):
        log.append(good)
        with path.open("ab") as file:
            file.write(b"".join(line.replace(b"\n", b" ") + b"\n" for line in damage[position::9]))
    assert course_standing(COURSE, log.entries()) == standing(*finished())
