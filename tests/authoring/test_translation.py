"""A Chinese cell remembers the English it was written for."""

import pytest

from labkit.authoring.gates import source_faults
from labkit.authoring.translation import accept_translation, english_hash
from labkit.errors import LabkitError


def test_spacing_and_line_breaks_do_not_count_as_a_change():
    assert english_hash("One  line\n\nand\tmore ") == english_hash("One line and more")
    assert english_hash("One line") != english_hash("one line")
    assert len(english_hash("")) == 8


def stale(lab):
    """Ids that the gate's command names."""
    return [
        fault.sentence.en.split()[-1] for fault in source_faults(lab) if fault.gate == "fresh_translation"
    ]


def test_accepting_writes_the_hash_of_one_cell_and_nothing_else(fixture_course):
    fixture_course.edit("who asks, by when", "who asks")
    fixture_course.edit("Example: what one row means", "What one row means")
    assert stale(fixture_course.lab) == ["situation", "data"]
    before = fixture_course.lab_path.read_text("utf-8").split("\n")
    assert accept_translation("4.2", ["situation"], course_dir=fixture_course.course_dir) == ["situation"]
    after = fixture_course.lab_path.read_text("utf-8").split("\n")
    (line,) = [new for old, new in zip(before, after, strict=True) if old != new]
    assert line.startswith('# %% [markdown] id="situation" lang="zh" en_hash="')
    assert stale(fixture_course.lab) == ["data"]


def test_accepting_all_cells_keeps_their_tags_and_line_ends(fixture_course):
    path = fixture_course.lab_path
    fixture_course.edit("# **5 min, of which", "# **6 min, of which")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert accept_translation("4.2", course_dir=fixture_course.course_dir) == ["say_row_count"]
    assert stale(fixture_course.lab) == []
    assert b'tags=["instructor"]\r\n' in path.read_bytes()
    assert accept_translation("4.2", course_dir=fixture_course.course_dir) == []


def test_unknown_cell_is_said(fixture_course):
    with pytest.raises(LabkitError, match="no prose cell called nothing"):
        accept_translation("4.2", ["nothing"], course_dir=fixture_course.course_dir)
