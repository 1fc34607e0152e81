"""What the course asks for is read as text, and agrees with what its checks ask."""

from __future__ import annotations

import shutil

import pytest

from labkit import course, locations
from labkit.authoring.courses import all_labs, modules
from labkit.standing.syllabus import read_syllabus


@pytest.fixture(scope="module")
def syllabus():
    return read_syllabus()


def test_every_lab_has_the_exercises_and_questions_of_its_checks(syllabus):
    read = {lab.id: (lab.exercises, lab.quizzes) for module in syllabus for lab in module.labs}
    assert read == {
        lab: (tuple(course.exercises(lab)), tuple(course.quizzes(lab))) for lab in course.lab_ids()
    }


def test_titles_and_core_are_those_of_the_headers(syllabus):
    read = {lab.id: (lab.title, lab.core) for module in syllabus for lab in module.labs}
    assert read == {lab.id: (lab.header.title, lab.header.core) for lab in all_labs()}


def test_modules_are_named_and_numbered_as_the_course_says(syllabus):
    titles = {module.number: module.title for module in modules()}
    assert [module.number for module in syllabus] == sorted(module.number for module in syllabus)
    assert all(module.title == titles[module.number] for module in syllabus)
    assert all(lab.id.split(".")[0] == str(module.number) for module in syllabus for lab in module.labs)


@pytest.mark.parametrize(
    "text", ["", "# ---\n# [\n# ---\n", "# ---\n# title: one\n# ---\n", "# ---\n# - 1\n# ---\n", "\ud800"]
)
def test_a_lab_that_is_being_written_is_left_out_and_the_others_stay(tmp_path, text):
    original = course.lab_dir("3.3") / "lab.py"
    good, begun = tmp_path / "m03_x" / "l03_y", tmp_path / "m03_x" / "l04_z"
    for folder in (good, begun):
        folder.mkdir(parents=True)
    shutil.copy(original, good / "lab.py")
    (begun / "lab.py").write_bytes(text.encode("utf-8", errors="surrogatepass"))
    (module,) = read_syllabus(tmp_path)
    assert [lab.id for lab in module.labs] == ["3.3"]


def test_without_course_toml_a_module_goes_by_its_number(tmp_path):
    folder = tmp_path / "m03_x" / "l03_y"
    folder.mkdir(parents=True)
    shutil.copy(course.lab_dir("3.3") / "lab.py", folder / "lab.py")
    assert read_syllabus(tmp_path)[0].title.en == "Module 3"


def test_a_folder_without_labs_asks_for_nothing(tmp_path):
    assert read_syllabus(tmp_path) == ()
    assert read_syllabus(locations.course_dir() / "nowhere") == ()
