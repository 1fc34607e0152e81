"""One notebook: what is kept of it, on cold and on warm kernels."""

from __future__ import annotations

import os

import pytest

from labkit.running.execute import execute_notebook
from labkit.running.warm.starter import can_fork
from tests.running.course_of_tests import notebook

KINDS = ["cold", pytest.param("warm", marks=pytest.mark.skipif(not can_fork(), reason="needs fork"))]


def printed(node, cell_id):
    """What a cell printed."""
    cell = next(cell for cell in node.cells if cell.id == cell_id)
    return "".join(output.get("text", "") for output in cell.outputs)


def errors(node):
    """Kind of error by cell."""
    return {
        cell.id: o.ename for cell in node.cells for o in cell.get("outputs", ()) if o.output_type == "error"
    }


@pytest.mark.parametrize("kernel", KINDS)
class TestBothKinds:
    def test_runs_in_the_given_folder_with_the_given_environment_and_parameters(self, kernel, tmp_path):
        given = notebook("import os", "print(os.getcwd(), os.environ['A_NAME'], scale)")
        node = execute_notebook(
            given, cwd=tmp_path, env={"A_NAME": "a value"}, kernel=kernel, parameters={"scale": "tiny"}
        )
        assert printed(node, "c1") == f"{os.path.realpath(tmp_path)} a value tiny\n"
        assert "outputs" not in str(given.cells[0])
        assert all(not cell.outputs for cell in given.cells if cell.cell_type == "code")

    def test_keeps_the_error_and_stops_there(self, kernel, tmp_path):
        node = execute_notebook(notebook("print(1)", "1 / 0", "print(2)"), cwd=tmp_path, kernel=kernel)
        assert errors(node) == {"c1": "ZeroDivisionError"}
        assert printed(node, "c0") == "1\n"
        assert printed(node, "c2") == ""
        assert [cell.id for cell in node.cells] == ["title", "start", "c0", "c1", "c2"]

    def test_a_cell_that_takes_too_long_is_an_error_of_that_cell(self, kernel, tmp_path):
        node = execute_notebook(
            notebook("print(1)", "while True: pass", "print(2)"), cwd=tmp_path, kernel=kernel, timeout=2
        )
        assert errors(node) == {"c1": "CellTimeoutError"}
        assert [cell.metadata.papermill.status for cell in node.cells][-2:] == ["failed", "pending"]

    def test_a_kernel_that_dies_is_an_error_of_that_cell_with_its_last_words(self, kernel, tmp_path):
        crash = "import os; os.write(2, b'out of luck'); os._exit(3)"
        node = execute_notebook(notebook("print(1)", crash), cwd=tmp_path, kernel=kernel)
        assert errors(node) == {"c1": "DeadKernelError"}
        assert "out of luck" in node.cells[-1].outputs[-1].evalue

    def test_figures_are_inline_whatever_backend_the_shell_asks_for(self, kernel, tmp_path, monkeypatch):
        monkeypatch.setenv("MPLBACKEND", "agg")
        draw = "import matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.gcf()"
        node = execute_notebook(notebook("import warnings", draw), cwd=tmp_path, kernel=kernel)
        assert any("image/png" in output.get("data", {}) for output in node.cells[-1].outputs)

    def test_an_announced_error_does_not_stop_the_notebook(self, kernel, tmp_path):
        given = notebook("1 / 0", "print(2)")
        given.cells[2].metadata["tags"] = ["raises-exception"]
        assert printed(execute_notebook(given, cwd=tmp_path, kernel=kernel), "c1") == "2\n"

    def test_the_users_own_ipython_profile_stays_out(self, kernel, tmp_path, monkeypatch):
        startup = tmp_path / "mine" / "profile_default" / "startup"
        startup.mkdir(parents=True)
        (startup / "00.py").write_text("surprise = 1")
        monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "mine"))
        node = execute_notebook(notebook("print('surprise' in globals())"), cwd=tmp_path, kernel=kernel)
        assert printed(node, "c0") == "False\n"


def test_both_kinds_show_a_notebook_the_same_python(tmp_path):
    if not can_fork():
        pytest.skip("needs fork")
    look = "import sys, os; print(sys.executable, sys.flags, '' in sys.path, sorted(os.environ), __name__)"
    cold, warm = (execute_notebook(notebook(look), cwd=tmp_path, kernel=kind) for kind in ("cold", "warm"))
    assert printed(cold, "c0") == printed(warm, "c0")
