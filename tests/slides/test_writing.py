"""Decks on disk."""

from pathlib import Path

import pytest

from labkit.errors import LabkitError
from labkit.running.notebooks import LabNotebook
from labkit.slides.writing import file_name, write_decks


def test_a_file_says_which_lab_and_which_language():
    lab = LabNotebook(Path("l03_beer_and_diapers.ipynb"), "3.3", "zh", "啤酒与尿布")
    assert file_name(lab) == "3.3_beer_and_diapers.zh.html"


def test_decks_replace_their_own_files_and_leave_others(tmp_path):
    (tmp_path / "a.html").write_text("old")
    (tmp_path / "mine.txt").write_text("mine")
    assert write_decks(tmp_path, {"a.html": "新", "b.html": "b"}) == [
        tmp_path / "a.html",
        tmp_path / "b.html",
    ]
    assert (tmp_path / "a.html").read_text(encoding="utf-8") == "新"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "b.html", "mine.txt"]


def test_a_folder_that_cannot_be_made_is_an_error_with_a_way_out(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(LabkitError, match="--out"):
        write_decks(tmp_path / "file" / "below", {"a.html": "a"})
