"""The file to hand in says what was reached and nothing about who or where."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labkit import __version__
from labkit.errors import LabkitError
from labkit.exercises.progress import Entry
from labkit.standing.export import as_data, export_progress
from labkit.standing.reading import course_standing
from tests.standing.logs import COURSE, finished, standing

MADE = datetime(2026, 11, 24, 8, 30, tzinfo=UTC)


def test_the_file_says_what_was_reached(tmp_path):
    export_progress(standing(*finished()), tmp_path / "deep" / "mine.json", MADE)
    data = json.loads((tmp_path / "deep" / "mine.json").read_text(encoding="utf-8"))
    assert (data["format"], data["version"], data["labkit"]) == ("labkit progress", 1, __version__)
    assert data["made"] == "2026-11-24T08:30:00+00:00"
    assert data["worlds"] == ["20260315-20000", "2026-20000"]
    assert data["minutes"] == 17
    assert data["counts"]["right"] == 2
    first = data["labs"]["1.1"]
    assert (first["core"], first["done"], first["minutes"]) == (True, True, 11)
    assert first["exercises"]["b"] == {"status": "right", "right": True, "hint": True}
    assert first["counts"]["quiz_right_first"] == 0
    assert first["first"] == "2026-03-15T09:00:00+00:00"
    second = data["labs"]["2.1"]
    assert second["exercises"]["c"] == {"status": "revealed", "right": True, "hint": False}
    assert second["worlds"] == ["2026-20000"]
    assert data["labs"]["2.2"]["first"] is None


def strings(data):
    """Every value of the file that is a text."""
    if isinstance(data, dict | list):
        return [
            text for value in (data.values() if isinstance(data, dict) else data) for text in strings(value)
        ]
    return [data] if isinstance(data, str) else []


def test_it_holds_no_text_but_versions_times_worlds_and_states():
    allowed = rf"labkit progress|{re.escape(__version__)}|\d{{4}}-\d\d-\d\dT[\d:]+\+00:00|\d+-\d+|right|revealed|tried|open"
    texts = strings(as_data(standing(*finished()), MADE))
    assert len(texts) > 10
    assert [text for text in texts if not re.fullmatch(allowed, text)] == []


@given(
    st.lists(
        st.builds(
            Entry, st.just("1.1"), st.text(), st.sampled_from(["check", "start"]), st.text(), world=st.text()
        )
    )
)
def test_no_word_of_the_log_itself_gets_into_it(entries):
    marked = [
        Entry(
            "1.1", f"secret {e.name}", e.event, f"secret {e.status}", "secret", "secret", f"secret {e.world}"
        )
        for e in entries
    ]
    assert "secret" not in json.dumps(as_data(course_standing(COURSE, marked), MADE))


def test_an_older_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path):
    path = tmp_path / "mine.json"
    path.write_text("older")
    export_progress(standing(), path, MADE)
    assert json.loads(path.read_text(encoding="utf-8"))["minutes"] == 0
    assert list(tmp_path.iterdir()) == [path]


def test_where_it_cannot_be_written_the_error_says_what_to_do(tmp_path):
    (tmp_path / "file").write_text("here")
    (tmp_path / "folder").mkdir()
    for path in (tmp_path / "file" / "mine.json", tmp_path / "folder"):
        with pytest.raises(LabkitError, match="name another place"):
            export_progress(standing(), path, MADE)
    assert {path.name for path in tmp_path.iterdir()} == {"file", "folder"}
