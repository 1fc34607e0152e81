"""The log keeps what was tried, whatever happens to its file."""

import json

from hypothesis import given
from hypothesis import strategies as st

from labkit.exercises.progress import Entry, ProgressLog, _read


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
