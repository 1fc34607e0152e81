import pytest

from labkit import course
from labkit.grading.answer_keys import named_answer_keys
from labkit.grading.canonical import canonical_lab, official_answers
from labkit.grading.notebook_file import Cell
from labkit.grading.plan import PlannedCell, make_plan


def named(source, origin="answer"):
    return named_answer_keys([PlannedCell("c", source, origin)])


@pytest.mark.parametrize(
    "path",
    [
        "/home/x/.cache/labkit/worlds/2026-20000/truth/planted_rules/00000.parquet",
        "worlds\\2026-2000\\truth",
        "../*/kpi_anomalies.parquet",
        "truth/planted_rules",
    ],
)
def test_paths_of_answer_keys_are_found(path):
    assert named(f"x = pd.read_parquet({path!r})") == [path]
    assert named(f"x = duckdb.sql('select * from \\'{path}\\'')") != [] or "\\" in path


def test_words_and_tables_of_the_lab_are_not_meant():
    assert named("x = 'the truth about baskets'\ny = lab.truth('planted_rules')\nz = 'a/b.csv'") == []
    assert named("x = (") == []


def test_what_was_handed_out_and_the_official_answers_name_none():
    for lab_id in course.lab_ids():
        sources = [cell.source for cell in canonical_lab(lab_id, "en").cells]
        sources += [code for codes in official_answers(lab_id).values() for code in codes]
        assert [path for source in sources for path in named(source)] == []
    assert named("x = 'a/truth/b'", "canonical") == []


@pytest.mark.parametrize("lab_id", course.lab_ids())
def test_no_official_answer_needs_a_cell_that_opens_an_answer_key(lab_id):
    """Where submissions run there are none, so such an answer could never be graded."""
    lab = canonical_lab(lab_id, "en")
    answers = official_answers(lab_id)
    cells = [
        Cell("code", answers[c.exercise][0] if c.exercise else c.source, c.id, c.exercise) for c in lab.cells
    ]
    plan = make_plan(lab, cells)
    assert plan.attempted == lab.exercises
    assert not [cell.id for cell in plan.needed_for(lab.exercises) if "lab.truth(" in cell.source]
