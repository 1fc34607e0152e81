"""What was run before is not run again, unless something changed."""

import pytest

from labkit.errors import LabkitError
from labkit.running.many import Settings
from labkit.running.notebooks import read_labs
from labkit.slides.execution import executed_notebooks, kept_file
from tests.slides.project import FACT, make_project


class Listener:
    """Counts the labs that were run."""

    def __init__(self):
        self.ran = []

    def started(self, lab, cells):
        """Nothing to do."""

    def reached(self, lab, cell):
        """Nothing to do."""

    def finished(self, result):
        """Remember it."""
        self.ran.append(result.lab.language)


def run(project, **options):
    listener = Listener()
    labs = read_labs(project / "solutions" / "en")
    return executed_notebooks(labs, Settings(must_be_right=True, **options), listener), listener.ran


def test_a_lab_is_run_once_and_again_only_when_it_changed(tmp_path, monkeypatch):
    project = make_project(tmp_path, monkeypatch)
    (first,), ran = run(project)
    assert ran == ["en"]
    assert "3 baskets" in str(first.cells)
    (again,), ran = run(project)
    assert ran == []
    assert again == first
    make_project(tmp_path, monkeypatch, FACT.replace("3", "4"))
    (changed,), ran = run(project)
    assert ran == ["en"]
    assert "4 baskets" in str(changed.cells)
    assert len(list((tmp_path / "home" / "slides").iterdir())) == 1, "what is out of date is not kept"


def test_a_home_that_takes_nothing_does_not_stop_the_slides(tmp_path, monkeypatch):
    project = make_project(tmp_path, monkeypatch)
    (tmp_path / "home").write_text("a file where a folder should be")
    (notebook,), ran = run(project)
    assert ran == ["en"]
    assert "3 baskets" in str(notebook.cells)


def test_checks_scale_and_own_data_count_as_changes(tmp_path, monkeypatch):
    project = make_project(tmp_path, monkeypatch)
    (lab,) = read_labs(project / "solutions" / "en")
    settings = Settings({"scale": "lab"})
    names = {
        kept_file(lab, settings),
        kept_file(lab, Settings({"scale": "tiny"})),
        kept_file(lab, Settings({"scale": "lab"}, class_seed=7)),
    }
    monkeypatch.setenv("LABKIT_DATA_BASKETS", str(tmp_path / "mine.csv"))
    names.add(kept_file(lab, settings))
    (tmp_path / "mine.csv").write_text("a\n")
    names.add(kept_file(lab, settings))
    (project / "course/m09_module/l01_first/checks/quiz.py").write_text("QUIZZES = []\n")
    names.add(kept_file(lab, settings))
    assert len(names) == 6


def test_a_failing_cell_is_named_and_nothing_is_kept(tmp_path, monkeypatch):
    project = make_project(tmp_path, monkeypatch, "raise ValueError('no such basket')")
    with pytest.raises(LabkitError, match=r"(?s)9\.1.*c0.*ValueError: no such basket"):
        run(project)
    assert not (tmp_path / "home" / "slides").exists()
