import json

import pytest

from labkit.grading.claims import claimed_lookups


def claims(tmp_path, text, encoding="utf-8"):
    path = tmp_path / "progress.json"
    path.write_text(text, encoding=encoding)
    return claimed_lookups([path])


def test_the_export_says_which_solutions_were_looked_up(tmp_path):
    exercises = {"pair_support": {"status": "revealed", "right": True}, "popular_pair": {"status": "right"}}
    export = {
        "format": "labkit progress",
        "labs": {"3.3": {"exercises": exercises}, "7.4": {"exercises": {}}},
    }
    for encoding in ("utf-8", "utf-8-sig"):
        assert claims(tmp_path, json.dumps(export, indent=1), encoding) == {("3.3", "pair_support")}


def test_the_log_says_it_line_by_line(tmp_path):
    lines = [
        {"lab": "3.3", "name": "pair_support", "event": "solution", "at": "2026-03-15T09:00:00+00:00"},
        {"lab": "3.3", "name": "popular_pair", "event": "check", "status": "right"},
        {"lab": "7.4", "name": "root_of", "event": "solution"},
    ]
    text = "\n".join([json.dumps(lines[0]), "damaged {", *map(json.dumps, lines[1:])])
    assert claims(tmp_path, text) == {("3.3", "pair_support"), ("7.4", "root_of")}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"labs": []}',
        '{"labs": {"3.3": []}}',
        '{"labs": {"3.3": {"exercises": {"a": "revealed"}}}}',
        '{"lab": 3, "name": [], "event": "solution"}',
        "[" * 100_000,
    ],
    ids=range(8),
)
def test_any_other_file_claims_nothing(tmp_path, text):
    assert claims(tmp_path, text) == set()


def test_a_file_that_is_not_there_claims_nothing(tmp_path):
    assert claimed_lookups([tmp_path / "nowhere.json", tmp_path]) == set()
