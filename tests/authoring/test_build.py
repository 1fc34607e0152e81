"""A build writes what changed and nothing else; a check writes nothing and says what is stale."""

import hashlib
import json

import nbformat
import pytest

from labkit.authoring.build import build
from labkit.authoring.edition_files import edition_path
from labkit.errors import LabkitError
from labkit.language import LANGUAGES

pytestmark = pytest.mark.notebooks


def bytes_of(project):
    files = [
        p
        for folder in ("notebooks", "solutions", "datasets", "docs")
        for p in sorted((project / folder).rglob("*"))
        if p.is_file()
    ]
    return {path: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def changed(course, **options):
    """Build again, and return the report and what changed on disk."""
    before = bytes_of(course.project)
    said = []
    report = build(course_dir=course.course_dir, progress=lambda text: said.append(text.en), **options)
    after = bytes_of(course.project)
    return report, {p for p in before.keys() | after.keys() if before.get(p) != after.get(p)}, said


def test_building_again_changes_nothing_and_runs_nothing(built):
    stored = nbformat.read(edition_path(built.lab, "solutions", "zh"), as_version=4)
    text = [
        output.data["text/plain"]
        for cell in stored.cells
        if cell.cell_type == "code"
        for output in cell.outputs
    ]
    assert any("2,000" in line for line in text), "solutions were run on the smallest world"
    assert any("答对了" in line for line in text)
    report, files, said = changed(built)
    assert (files, report.written, report.stale) == (set(), [], [])
    assert set(report.unchanged) == set(bytes_of(built.project))
    assert not any("running" in line for line in said)
    report, files, _ = changed(built, check=True)
    assert (files, report.stale, report.ok) == (set(), [], True)
    always, files, said = changed(built, execute=True)
    assert (files, always.written) == (set(), []), "running again gives the same bytes"
    assert sum("running" in line for line in said) == 2


def test_check_names_what_is_stale_and_writes_nothing(built):
    built.edit("who asks, by when", "who asks")
    report, files, _ = changed(built, check=True)
    assert files == set()
    assert set(report.stale) == {
        edition_path(built.lab, edition, "en") for edition in ("notebooks", "solutions")
    }
    assert not report.ok


def test_new_prose_keeps_the_stored_outputs_and_new_code_makes_new_ones(built):
    built.edit("who asks, by when", "who asks")
    _, files, said = changed(built)
    assert files == {edition_path(built.lab, edition, "en") for edition in ("notebooks", "solutions")}
    assert not any("running" in line for line in said)
    assert json.loads(edition_path(built.lab, "solutions", "en").read_text("utf-8"))["cells"][3]["outputs"]
    built.edit('L("The table has {} columns."', 'L("It has {} columns."')
    _, files, said = changed(built)
    assert [line for line in said if "running" in line] == ["Lab 4.2: running the solutions (en)"]
    assert "It has 5 columns." in edition_path(built.lab, "solutions", "en").read_text("utf-8")


def test_solutions_that_were_not_run_are_written_without_outputs_and_stay_stale(built):
    built.edit("len(members)  #", "members.shape[0]  #")
    report, files, _ = changed(built, execute=False)
    solutions = {edition_path(built.lab, "solutions", language) for language in LANGUAGES}
    assert set(report.stale) == solutions <= files
    cells = json.loads(edition_path(built.lab, "solutions", "en").read_text("utf-8"))["cells"]
    assert not any(cell.get("outputs") for cell in cells)
    assert set(changed(built, check=True)[0].stale) == solutions
    assert changed(built)[0].ok


def test_failing_solution_is_named_and_spoils_no_other_file(built):
    built.edit("len(members)  #", "members.no_such_thing  #")
    before = bytes_of(built.project)
    with pytest.raises(LabkitError, match="row_count: AttributeError"):
        changed(built)
    after = bytes_of(built.project)
    assert {path for path in before if before[path] != after[path]} == set(), (
        "trainees' notebooks hold no solution"
    )
    built.edit("who asks, by when", "who asks")
    with pytest.raises(LabkitError, match="row_count: AttributeError"):
        changed(built)
    changed_files = {path for path, digest in bytes_of(built.project).items() if before[path] != digest}
    assert changed_files == {edition_path(built.lab, "notebooks", "en")}


def test_changed_check_makes_stored_outputs_stale(built):
    built.edit_checks("Example: why this matters at work.", "It matters.")
    assert set(changed(built, check=True)[0].stale) == {
        edition_path(built.lab, "solutions", lang) for lang in LANGUAGES
    }


def test_edit_by_hand_is_stale_and_undone(built):
    path = edition_path(built.lab, "notebooks", "zh")
    built.edit("row_count = ...", "row_count = 1", path)
    report, _, _ = changed(built, check=True)
    assert report.stale == [path]
    assert changed(built)[1] == {path}
    assert changed(built, check=True)[0].ok


def test_notebook_without_a_lab_is_removed_but_only_by_a_build_of_the_whole_course(built):
    orphan = built.project / "notebooks/en/m04_knowing_customers/l09_gone.ipynb"
    orphan.write_text("{}", "utf-8")
    assert changed(built, check=True)[0].stale == [orphan]
    build([built.lab])
    assert orphan.exists()
    assert changed(built)[1] == {orphan}


@pytest.mark.parametrize(
    "name",
    [
        "datasets/DICTIONARY.zh.md",
        "datasets/sample/customers.csv",
        "docs/course_map.zh.md",
        "notebooks/en/00_start_here.ipynb",
    ],
)
def test_stale_dictionary_sample_or_map_is_found_and_written(name, built):
    path = built.project / name
    path.write_text("old", "utf-8")
    assert changed(built, check=True)[0].stale == [path]
    assert changed(built)[0].written == [path]


def test_sample_of_a_table_that_is_no_more_is_removed(built):
    path = built.project / "datasets/sample/gone.csv"
    path.write_text("old", "utf-8")
    assert changed(built, check=True)[0].stale == [path]
    assert changed(built)[1] == {path}
