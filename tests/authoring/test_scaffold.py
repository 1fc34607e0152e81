"""``labkit new`` makes a lab that builds at once and says what is still to be written."""

import pytest

from labkit.authoring.courses import find_lab
from labkit.authoring.gates import source_faults
from labkit.authoring.scaffold import scaffold
from labkit.errors import LabkitError


def test_new_lab_passes_every_gate_except_that_it_is_not_finished(fixture_course):
    path = scaffold("2.10", "fraud", table="baskets", course_dir=fixture_course.course_dir)
    assert path.relative_to(fixture_course.course_dir).as_posix().endswith("/l10_fraud/lab.py")
    lab = find_lab("2.10", fixture_course.course_dir)
    assert {fault.gate for fault in source_faults(lab)} == {"finished"}
    assert lab.header.tables == ("baskets",)


def test_finished_lab_of_the_template_passes_every_gate(fixture_course):
    assert source_faults(fixture_course.lab) == []


@pytest.mark.parametrize(
    ("lab_id", "name", "sentence"),
    [
        ("4.2", "again", "there already: l02_crawl_and_tag"),
        ("11.1", "too_far", "no module 11"),
        ("four", "crawl", "4.2"),
        ("4.3", "Crawl and tag", "small letters"),
    ],
)
def test_what_cannot_be_begun_is_said_and_leaves_no_folder(fixture_course, lab_id, name, sentence):
    before = sorted(fixture_course.course_dir.rglob("*"))
    with pytest.raises(LabkitError, match=sentence):
        scaffold(lab_id, name, course_dir=fixture_course.course_dir)
    assert sorted(fixture_course.course_dir.rglob("*")) == before


def test_unknown_table_is_said_and_leaves_no_folder(fixture_course):
    with pytest.raises(LabkitError, match="basket"):
        scaffold("4.3", "tastes", table="baskts", course_dir=fixture_course.course_dir)
    assert not list(fixture_course.course_dir.glob("*/l03_*"))
