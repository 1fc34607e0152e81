"""The course as it stands keeps every promise, and its generated files are what its sources build."""

import pytest

from labkit.authoring.build import build
from labkit.authoring.courses import find_lab, lab_paths
from labkit.authoring.gates import GATES


@pytest.mark.parametrize("gate", GATES, ids=lambda gate: gate.__name__)
@pytest.mark.parametrize("lab_id", lab_paths())
def test_every_lab_passes_every_gate(lab_id, gate):
    assert [str(fault) for fault in gate(find_lab(lab_id)) if fault.level == "fault"] == []


def test_generated_files_are_what_the_sources_build():
    report = build(check=True)
    assert report.stale == []
    assert report.ok


@pytest.mark.parametrize("lab_id", lab_paths())
def test_jupytext_reads_the_same_cells(lab_id):
    import jupytext

    lab = find_lab(lab_id)
    seen = [
        (cell.cell_type, cell.metadata["id"], cell.source.strip("\n"))
        for cell in jupytext.read(lab.path).cells[1:]
    ]
    assert [(cell.kind, cell.id, cell.text) for cell in lab.cells] == seen
