"""Which labs are meant by what a person types."""

from __future__ import annotations

import pytest

from labkit.errors import LabkitError
from labkit.running.notebooks import choose, read_labs
from tests.running.course_of_tests import write_lab


@pytest.fixture
def labs(tmp_path):
    write_lab(tmp_path, lab="3.10", name="security", title="The map")
    write_lab(tmp_path, lab="3.3", name="beer_and_diapers", title="Beer and diapers")
    write_lab(tmp_path, lab="2.2", name="segmentation")
    return read_labs(tmp_path)


def ids(labs):
    return [lab.lab for lab in labs]


def test_labs_come_in_the_order_of_the_course(labs):
    assert ids(labs) == ["2.2", "3.3", "3.10"]
    assert labs[1].title == "Beer and diapers"


def test_a_title_in_the_metadata_wins_and_minutes_are_read(tmp_path):
    import nbformat

    path = write_lab(tmp_path)
    node = nbformat.read(path, as_version=4)
    node.metadata.labkit.update(minutes=25, core=True, title="Said twice")
    nbformat.write(node, path)
    (lab,) = read_labs(tmp_path)
    assert (lab.minutes, lab.core, lab.title) == (25, True, "Said twice")


def test_a_copy_beside_a_lab_and_a_foreign_notebook_are_no_labs(tmp_path):
    path = write_lab(tmp_path)
    path.with_name("l01_a_lab.new.ipynb").write_bytes(path.read_bytes())
    path.with_name("l02_mine.ipynb").write_text('{"cells": [], "metadata": {}}')
    path.with_name("l03_broken.ipynb").write_text("{")
    assert [lab.path for lab in read_labs(tmp_path)] == [path]


@pytest.mark.parametrize(
    ("wanted", "meant"),
    [
        ([], ["2.2", "3.3", "3.10"]),
        (["3.3"], ["3.3"]),
        (["beer_and_diapers"], ["3.3"]),
        (["l03_beer_and_diapers"], ["3.3"]),
        (["3"], ["3.3", "3.10"]),
        (["3.10", "2"], ["2.2", "3.10"]),
    ],
)
def test_ids_names_and_modules_are_understood(labs, wanted, meant):
    assert ids(choose(labs, wanted)) == meant


@pytest.mark.parametrize("typed", ["3.1", "3.33", "beer", "Beer", "bear_and_diapers"])
def test_an_unknown_lab_is_answered_with_the_nearest(labs, typed):
    with pytest.raises(LabkitError, match=r"Nearest: .*3\.(3 beer|10 security)"):
        choose(labs, ["2.2", typed])


def test_one_number_does_not_mean_another_that_begins_with_it(labs):
    with pytest.raises(LabkitError):
        choose(labs, ["3.1"])
