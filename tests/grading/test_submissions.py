import os
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from labkit.errors import LabkitError
from labkit.grading import submissions
from labkit.grading.recognising import lab_names
from labkit.grading.submissions import find_persons, person_of_file, shown_name

NAMES = lab_names()


def handed_in(folder, *files):
    for file in files:
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    return {
        person.name: sorted(path.relative_to(folder).as_posix() for path in person.notebooks)
        for person in find_persons(folder, NAMES)
    }


def test_a_folder_is_a_person_with_all_notebooks_below_it(tmp_path):
    assert handed_in(tmp_path, "Trainee 01/a.ipynb", "Trainee 01/m03/deep/b.ipynb", "学员07/作业.ipynb") == {
        "Trainee 01": ["Trainee 01/a.ipynb", "Trainee 01/m03/deep/b.ipynb"],
        "学员07": ["学员07/作业.ipynb"],
    }


def test_a_loose_notebook_belongs_to_the_person_it_is_named_after(tmp_path):
    found = handed_in(
        tmp_path, "Trainee 01 3.3.ipynb", "Trainee 01_7.4.ipynb", "trainee 02.ipynb", "Trainee 02/x.ipynb"
    )
    assert found == {
        "Trainee 01": ["Trainee 01 3.3.ipynb", "Trainee 01_7.4.ipynb"],
        "Trainee 02": ["Trainee 02/x.ipynb", "trainee 02.ipynb"],
    }


@pytest.mark.parametrize(
    ("file", "person"),
    [
        ("Trainee 07.ipynb", "Trainee 07"),
        ("Trainee 07 3.3.ipynb", "Trainee 07"),
        ("Trainee 07 (2).ipynb", "Trainee 07"),
        ("l03_beer_and_diapers_Trainee 07-Copy1.ipynb", "Trainee 07"),
        ("学员07_beer_and_diapers - 副本.ipynb", "学员07"),
        ("学员07（3）.ipynb", "学员07"),
        ("l03_beer_and_diapers.ipynb", "l03_beer_and_diapers"),
        ("3.3.ipynb", "3.3"),
        ("Trainee 1.25.3.ipynb", "Trainee 1.25.3"),
    ],
)
def test_what_names_the_lab_or_a_copy_is_no_part_of_the_name(file, person):
    assert person_of_file(Path(file), NAMES) == person


def test_hidden_files_checkpoints_links_and_other_kinds_of_files_are_passed_over(tmp_path):
    (tmp_path / "secret.ipynb").write_text("{}")
    class_folder = tmp_path / "class"
    found = {"Trainee 01": ["Trainee 01/a.ipynb"]}
    files = [
        "Trainee 01/a.ipynb",
        "Trainee 01/.ipynb_checkpoints/a.ipynb",
        ".hidden.ipynb",
        "__MACOSX/b.ipynb",
    ]
    for path in (class_folder / file for file in files):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    if hasattr(os, "symlink") and sys.platform != "win32":
        (class_folder / "link.ipynb").symlink_to(tmp_path / "secret.ipynb")
        (class_folder / "everything").symlink_to(tmp_path, target_is_directory=True)
        (class_folder / "Trainee 01" / "loop").symlink_to(class_folder, target_is_directory=True)
        os.mkfifo(class_folder / "Trainee 01" / "waits.ipynb")
    assert handed_in(class_folder) == found


def test_exports_and_other_files_are_told_apart(tmp_path):
    handed_in(tmp_path, "Trainee 01/a.ipynb", "Trainee 01/progress.json", "Trainee 01/work.zip")
    (person,) = find_persons(tmp_path, NAMES)
    assert [path.name for path in person.exports] == ["progress.json"]
    assert [path.name for path in person.others] == ["work.zip"]


def test_people_stand_in_the_order_of_their_numbers(tmp_path):
    assert list(handed_in(tmp_path, "T 10/a.ipynb", "T 9/a.ipynb", "t 1/a.ipynb")) == ["t 1", "T 9", "T 10"]


@pytest.mark.skipif(sys.platform == "win32", reason="names of files are no bytes there")
def test_a_name_in_the_old_chinese_code_page_is_readable():
    assert shown_name("测试07".encode("gb18030").decode("utf-8", "surrogateescape")) == "测试07"


@pytest.mark.parametrize("files", [[], ["readme.txt"], ["Trainee 01/work.zip"]])
def test_a_folder_without_notebooks_is_an_error_in_both_languages(tmp_path, files):
    with pytest.raises(LabkitError) as told:
        handed_in(tmp_path, *files)
    assert told.value.what.en != told.value.what.zh


def test_a_missing_folder_and_a_whole_disk_are_errors(tmp_path, monkeypatch):
    with pytest.raises(LabkitError, match="nowhere"):
        find_persons(tmp_path / "nowhere", NAMES)
    monkeypatch.setattr(submissions, "MOST_FILES", 3)
    with pytest.raises(LabkitError, match=r"3\D"):
        handed_in(tmp_path, *(f"a/{number}.ipynb" for number in range(5)))


@given(st.text(min_size=1, max_size=40))
def test_any_name_gives_a_person_that_can_be_written(stem):
    name = shown_name(person_of_file(Path("class") / f"{stem.replace('/', '-')}.ipynb", NAMES))
    assert name
    name.encode()
    assert name.isprintable()


def test_a_report_among_the_submissions_is_no_person(tmp_path):
    handed_in(tmp_path, "Trainee 01/a.ipynb", "report/results/x.json")
    assert [person.name for person in find_persons(tmp_path, NAMES, tmp_path / "report")] == ["Trainee 01"]
