"""Stored outputs are text that another run repeats; a solution that fails is named."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from labkit.authoring.execution import execute_solutions, make_worlds, seed_of, with_outputs
from labkit.errors import LabkitError


def notebook(*codes):
    cells = [new_code_cell(code, id=f"cell_{i}") for i, code in enumerate(codes, 1)]
    metadata = {
        "labkit": {"lab": "4.2", "language": "en"},
        "kernelspec": {"name": "python3", "language": "python", "display_name": "x"},
    }
    return new_notebook(cells=cells, metadata=metadata)


def test_only_text_is_kept():
    card = {"labkit": {"kind": "fact"}, "image/png": {"width": 3}}
    outputs = [
        new_output("stream", name="stdout", text="one\n"),
        new_output("stream", name="stdout", text="two\n"),
        new_output("stream", name="stderr", text="warning"),
        new_output(
            "display_data",
            {"text/plain": "a figure", "image/png": "AAAA", "text/html": "<img>"},
            metadata=card,
        ),
        new_output("display_data", {"application/vnd.jupyter.widget-view+json": {"model_id": "1"}}),
        new_output("stream", name="stdout", text="three"),
        new_output("execute_result", {"text/plain": "42", "text/html": "<b>42</b>"}, execution_count=99),
    ]
    first, second = with_outputs(notebook("a", "b"), {"cell_2": outputs}, "0123").cells
    assert (first.execution_count, first.outputs, second.execution_count) == (1, [], 2)
    assert second.outputs == [
        {"output_type": "stream", "name": "stdout", "text": "one\ntwo\n"},
        {"output_type": "stream", "name": "stderr", "text": "warning"},
        {
            "output_type": "display_data",
            "data": {"text/plain": "a figure"},
            "metadata": {"labkit": {"kind": "fact"}},
        },
        {"output_type": "stream", "name": "stdout", "text": "three"},
        {"output_type": "execute_result", "data": {"text/plain": "42"}, "metadata": {}, "execution_count": 2},
    ]


@pytest.mark.notebooks
def test_solutions_run_on_the_smallest_world_where_they_stand_and_leave_no_progress(tmp_path, monkeypatch):
    monkeypatch.setenv("LABKIT_SCALE", "lab")
    monkeypatch.setenv("LABKIT_CLASS_SEED", "7")
    monkeypatch.setenv("LABKIT_PROGRESS", str(tmp_path / "mine.jsonl"))
    code = "import os\nfrom labkit.locations import progress_file\nprint(os.environ['LABKIT_SCALE'], os.path.basename(os.getcwd()))\n"
    code += "print(os.environ['LABKIT_CLASS_SEED'])\n"
    done = execute_solutions(notebook(code, "progress_file().write_text('x')\n6 * 7"), tmp_path / "here", "")
    assert done.cells[0].outputs[0].text == "tiny here\n2026\n"
    assert done.cells[1].outputs[0].data == {"text/plain": "42"}
    assert done.metadata.labkit.executed_code
    assert "papermill" not in str(done)
    assert not (tmp_path / "mine.jsonl").exists()


@pytest.mark.notebooks
def test_failing_solution_is_named_with_its_cell(tmp_path):
    with pytest.raises(LabkitError, match="cell_2: ZeroDivisionError"):
        execute_solutions(notebook("x = 1", "x / 0", "x"), tmp_path, "")


def test_outputs_of_own_data_are_never_stored(tmp_path, monkeypatch):
    monkeypatch.setenv("LABKIT_DATA_BASKETS", "mine.csv")
    with pytest.raises(LabkitError, match="Unset LABKIT_DATA_BASKETS"):
        execute_solutions(notebook("1"), tmp_path, "")


@pytest.mark.parametrize(("line", "seed"), [("seed = 7", 7), ("seed = other", 2026), ("", 2026)])
def test_worlds_are_there_before_notebooks_run_at_once(fixture_course, tmp_path, monkeypatch, line, seed):
    """Two languages of a lab that made the world together: one waited, said so, and it stood among its outputs."""
    monkeypatch.setenv("LABKIT_HOME", str(tmp_path / "home"))
    lab = fixture_course.edit("seed = 2026", line)
    assert seed_of(lab) == seed
    make_worlds([lab, lab])
    assert [world.name for world in (tmp_path / "home" / "worlds").glob("*") if world.is_dir()] == [
        f"{seed}-2000"
    ]
