"""Gates of exercises: each has its check and its parts, and nothing that a trainee needs waits for an answer."""

import shutil

import pytest

from labkit.authoring import gates
from tests.authoring.broken_promises import one, sentences

MORE_CLASS = """

class Second(RowCount):
    name = "second"


EXERCISES = (RowCount(), Second())
"""


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('name = "row_count"', 'name = "rows"', "EXERCISES in checks has no row_count"),
        ('name = "row_count"', 'name = "rows"', 'exercise="rows"'),
        (
            "EXERCISES = (RowCount(),)\n",
            "EXERCISES = (RowCount(), RowCount())\n",
            "row_count stands here twice",
        ),
        ("EXERCISES = (RowCount(),)\n", MORE_CLASS, 'No cell of lab.py says exercise="second"'),
        ("EXERCISES = (RowCount(),)\n", "EXERCISES = RowCount(\n", "missing or cannot be imported"),
        ("EXERCISES = (RowCount(),)\n", "", "missing or cannot be imported"),
        ('        Text("Example: where to look.", "Example：看哪里。"),\n', "", "2 to 4 hints, not 1"),
        ('"Example：看哪里。"', '""', "hints[0] needs a text in English and another in Chinese"),
        ('"Example：它在工作中为什么重要。"', '"Example: why this matters at work."', "matters needs a text"),
        ('"看起来数的是列，而不是行。"', '" "', "mistakes['counted_columns'] needs a text"),
        (
            '{"counted_columns": Text("This looks like the number of columns.", "看起来数的是列，而不是行。")}',
            "{}",
            "no typical mistake",
        ),
        (', "counted_the_heading": rows + 1', "", "at least two entries"),
        (
            'return {"counted_columns": columns',
            'return {"counted_rows": columns',
            "makes the mistake counted_columns",
        ),
        (
            'return {"counted_columns": columns, "counted_the_heading": rows + 1}',
            "return self.all(rows)",
            "written out",
        ),
        (', todo_quiz("q3"))', ")", "three quiz questions, not 2"),
        ('todo_quiz("q3"))', 'todo_quiz("q2"))', "q2 stands here twice"),
        ('todo_quiz("q3"))', 'todo_quiz("q4"))', 'lab.quiz("q4")'),
        ('todo_quiz("q3"))', 'todo_quiz("q4"))', "no quiz question called q3"),
        ('"Example：问题？"', '""', "question needs a text"),
    ],
)
def test_exercises_match(fixture_course, old, new, sentence):
    found = gates.exercises_match(fixture_course.edit_checks(old, new))
    assert any(sentence in text for text in sentences(found)), sentences(found)


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('lab.check("row_count")', "pass", 'A cell lab.check("row_count") follows'),
        ('lab.check("row_count")', 'lab.check("rows")', "no exercise called rows"),
        (
            '# %% id="row_count" exercise',
            '# %% id="early"\nlab.check("row_count")\n\n# %% id="row_count" exercise',
            "",
        ),
    ],
)
def test_exercises_match_wants_a_check_below_each_exercise(fixture_course, old, new, sentence):
    lab = fixture_course.edit(old, new)
    found = sentences(gates.exercises_match(lab))
    assert any(sentence in text for text in found) == bool(sentence)


def test_exercises_match_wants_the_check_below_and_not_above(fixture_course):
    lab = fixture_course.edit('\n# %% id="check_row_count"\nlab.check("row_count")\n', "")
    early = '# %% id="early"\nlab.check("row_count")\n\n# %% id="row_count" exercise'
    lab = fixture_course.edit('# %% id="row_count" exercise', early)
    assert "follows the exercise" in one(gates.exercises_match(lab)).sentence.en


def test_exercises_match_wants_checks_in_the_order_of_the_lab(fixture_course):
    swapped = MORE_CLASS.replace("(RowCount(), Second())", "(Second(), RowCount())")
    fixture_course.edit_checks("EXERCISES = (RowCount(),)\n", swapped)
    lab = fixture_course.append(
        '\n# %% id="second" exercise="second"\nsecond = 1  # SOLUTION\n\n# %% id="c"\nlab.check("second")\n'
    )
    assert "EXERCISES stand in the order of the lab: row_count, second." in sentences(
        gates.exercises_match(lab)
    )


def test_exercises_match_without_checks(fixture_course):
    shutil.rmtree(fixture_course.checks_dir)
    assert "missing" in one(gates.exercises_match(fixture_course.lab)).sentence.en


def test_wrong_answers_may_be_collected_before_they_are_returned(fixture_course):
    fixture_course.edit_checks("        return {", "        answers = {")
    lab = fixture_course.edit_checks("rows + 1}\n", "rows + 1}\n        return answers\n")
    assert gates.exercises_match(lab) == []


def cells(*codes):
    return "".join(f'\n# %% id="more_{i}"\n{code}\n' for i, code in enumerate(codes))


@pytest.mark.parametrize(
    "codes",
    [
        ("double = 2 * row_count", "print(double)"),
        ("def double(): return 2 * row_count", "print(double())"),
        ("double = 2 * row_count", "other = 1", "print(f'{double}')"),
        ('key = lab.truth("planted_rules")', "first = key.iloc[0]", "print(first)"),
    ],
)
def test_waits_for_answer(fixture_course, codes):
    fault = one(gates.waits_for_answer(fixture_course.append(cells(*codes))))
    assert "is skipped while" in fault.sentence.en
    assert "needs" in fault.sentence.en


@pytest.mark.parametrize(
    "codes",
    [
        ("print(row_count)",),
        ("double = 2 * row_count", "double = 3", "print(double)"),
        ("double = 2 * row_count", "print(double, row_count)"),
        ("print([double * row_count for double in [1]])", "double = 1\nprint(double)", "print(double)"),
    ],
)
def test_waits_for_answer_only_notes_a_cell_that_nobody_needs(fixture_course, codes):
    found = gates.waits_for_answer(fixture_course.append(cells(*codes)))
    assert found
    assert all(fault.level == "note" for fault in found)


def test_waits_for_answer_notes_a_solution_that_reads_another_answer(fixture_course):
    lab = fixture_course.append('\n# %% id="second" exercise="second"\nsecond = 2 * row_count  # SOLUTION\n')
    (fault,) = gates.waits_for_answer(lab)
    assert fault.level == "note"
    assert "The official answer of second reads row_count" in fault.sentence.en


@pytest.mark.parametrize(
    "code",
    [
        "row_count = 3\nprint(row_count)",
        "def f(row_count):\n    return row_count",
        'lab.check("row_count")',
        "print([row_count for row_count in [1]])",
    ],
)
def test_name_of_its_own_waits_for_nobody(fixture_course, code):
    assert gates.waits_for_answer(fixture_course.append(cells(code))) == []
