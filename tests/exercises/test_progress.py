"""The log keeps what was tried, whatever happens to its file."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labkit.exercises.progress import LONGEST_LINE, Entry, ProgressLog, _read


def test_entries_come_back_in_order_and_by_lab(tmp_path):
    log = ProgressLog(tmp_path / "deep" / "progress.jsonl")
    assert log.append(Entry("3.3", "pair_support", "check", "wrong", "counted_rows"))
    assert log.append(Entry("3.5", "leak_column", "hint"))
    assert [entry.name for entry in log.entries()] == ["pair_support", "leak_column"]
    assert [entry.mistake for entry in log.entries("3.3")] == ["counted_rows"]
    assert all(entry.at for entry in log.entries())


def test_damaged_and_foreign_lines_are_passed_over(tmp_path):
    path = tmp_path / "progress.jsonl"
    log = ProgressLog(path)
    log.append(Entry("3.3", "a", "check", "right"))
    with path.open("ab") as file:
        file.write(b'{"lab": "3.3", "name": \n\xff\xfe\x00garbage\n[]\n{"other": 1}\n')
    log.append(Entry("3.3", "b", "check", "right"))
    assert [entry.name for entry in log.entries()] == ["a", "b"]


def test_only_a_line_that_opens_a_lab_has_a_world_and_every_other_is_as_an_older_labkit_knows_it(tmp_path):
    log = ProgressLog(tmp_path / "progress.jsonl")
    log.append(Entry("3.3", "", "start", world="2026-20000"))
    log.append(Entry("3.3", "a", "check", "right"))
    opened, checked = (json.loads(line) for line in log.path.read_text().splitlines())
    assert opened["world"] == "2026-20000"
    assert list(checked) == ["lab", "name", "event", "status", "mistake", "at"]
    assert [entry.world for entry in log.entries()] == ["2026-20000", ""]


def test_what_a_later_labkit_writes_besides_is_left_aside(tmp_path):
    path = tmp_path / "progress.jsonl"
    path.write_text(
        '{"lab": "3.3", "name": "a", "event": "check", "status": "right", "mood": {"good": true}}\n'
    )
    (entry,) = ProgressLog(path).entries()
    assert (entry.name, entry.status, entry.mistake) == ("a", "right", "")


def test_a_line_that_broke_off_does_not_swallow_the_next_one(tmp_path):
    log = ProgressLog(tmp_path / "progress.jsonl")
    log.append(Entry("3.3", "a", "check", "right"))
    log.path.write_bytes(log.path.read_bytes() + b'{"lab": "3.3", "na')
    log.append(Entry("3.3", "b", "check", "right"))
    log.append(Entry("3.3", "c", "check", "right"))
    assert [entry.name for entry in log.entries()] == ["a", "b", "c"]


@pytest.mark.parametrize("length", [LONGEST_LINE - 1, LONGEST_LINE, LONGEST_LINE + 1, 10 * LONGEST_LINE])
def test_an_endless_line_is_passed_over_and_the_next_one_is_read(tmp_path, length):
    log = ProgressLog(tmp_path / "progress.jsonl")
    log.path.write_bytes(b"x" * length + b"\n")
    log.append(Entry("3.3", "a", "check", "right"))
    assert [entry.name for entry in log.entries()] == ["a"]


def test_unwritable_log_returns_false_instead_of_raising(tmp_path):
    (tmp_path / "file").write_text("")
    assert ProgressLog(tmp_path / "file" / "progress.jsonl").append(Entry("3.3", "a", "check")) is False


def test_missing_log_has_no_entries(tmp_path):
    assert list(ProgressLog(tmp_path / "none.jsonl").entries()) == []


@given(
    st.text()
    | st.recursive(st.none() | st.text(), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner))
)
def test_no_line_whatever_breaks_the_reader(line):
    _read(line if isinstance(line, str) else json.dumps(line))
