"""Warm kernels leave nothing behind, whatever happens to whom."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from labkit.errors import LabkitError
from labkit.running.execute import execute_notebook
from labkit.running.warm import starter
from labkit.running.warm.starter import KERNEL_NAME, WarmServer, can_fork, end_shared_server, shared_server
from tests.running.course_of_tests import notebook

pytestmark = pytest.mark.skipif(not can_fork(), reason="needs fork")

PATIENCE = 120
MARK = "LABKIT_TEST_MARK"


@pytest.fixture
def mark(tmp_path, monkeypatch):
    """A variable that every process started from here inherits, so that each can be found again."""
    end_shared_server()
    monkeypatch.setenv(MARK, str(tmp_path))
    yield str(tmp_path)
    end_shared_server()


@pytest.fixture
def short_folder():
    """A folder whose path leaves room for the name of a socket, which pytest's own does not."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


def marked(mark, but=()):
    """Processes that bear the mark and are neither this one nor zombies."""
    found = []
    for process in psutil.process_iter():
        try:
            alive = process.status() != psutil.STATUS_ZOMBIE and process.pid != os.getpid()
            if alive and process.environ().get(MARK) == mark and process.pid not in but:
                found.append(process)
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
    return found


def eventually(condition):
    """Wait until something holds; return whether it came true."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def test_nothing_is_left_after_success_failure_timeout_and_crash(mark, tmp_path):
    children = "import subprocess; subprocess.Popen(['sleep', '1000'])"
    for last, seconds in (
        ("print(1)", 60),
        ("1 / 0", 60),
        ("while True: pass", 1),
        ("import os; os._exit(1)", 60),
    ):
        execute_notebook(notebook(children, last), cwd=tmp_path, kernel="warm", timeout=seconds)
        assert eventually(lambda: not marked(mark, but={shared_server()._process.pid})), last
    folder = shared_server().folder
    end_shared_server()
    assert marked(mark) == []
    assert not folder.exists()


def test_nothing_is_left_when_the_client_is_killed(mark, tmp_path, short_folder, monkeypatch):
    program = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from tests.running.course_of_tests import notebook\n"
        "from labkit.running.execute import execute_notebook\n"
        'begin = \'open("begun", "w").close(); import time; time.sleep(1000)\'\n'
        "execute_notebook(notebook(begin), cwd='.', kernel='warm')"
    )
    monkeypatch.setenv("TMPDIR", str(short_folder))
    client = subprocess.Popen([sys.executable, "-c", program, str(Path(__file__).parents[2])], cwd=tmp_path)
    try:
        assert eventually((tmp_path / "begun").exists)
        assert len(marked(mark)) >= 4, "client, server, stub and kernel"
    finally:
        client.send_signal(signal.SIGKILL)
        client.wait()
    assert eventually(lambda: not marked(mark))
    assert eventually(lambda: not list(short_folder.iterdir()))


def test_kernels_end_when_the_server_is_closed(mark, tmp_path):
    server = shared_server()
    manager = kernel_manager(server, tmp_path)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    end_shared_server()
    assert eventually(lambda: not manager.is_alive())
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    assert eventually(lambda: not marked(mark))


def test_an_interrupt_stops_the_cell_and_leaves_the_kernel(mark, tmp_path):
    manager = kernel_manager(shared_server(), tmp_path)
    manager.start_kernel()
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=60)
        long_cell = "open('begun', 'w').close(); import time; time.sleep(1000)"
        # after an error a kernel puts off whatever arrives in the same moment, unless it is told not to
        asked = client.execute(long_cell, stop_on_error=False)
        assert eventually((tmp_path / "begun").exists)
        manager.interrupt_kernel()
        assert reply_to(asked, client)["ename"] == "KeyboardInterrupt"
        assert client.execute_interactive("6 * 7", timeout=PATIENCE)["content"]["status"] == "ok"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def reply_to(asked, client):
    """The answer to one request; answers to others are passed over."""
    while (reply := client.get_shell_msg(timeout=PATIENCE))["parent_header"]["msg_id"] != asked:
        pass
    return reply["content"]


def kernel_manager(server, folder):
    """A kernel manager as any Jupyter client has one, told only where the kernelspec is."""
    from jupyter_client import KernelManager
    from jupyter_client.kernelspec import KernelSpecManager

    specs = KernelSpecManager(kernel_dirs=[str(server.kernel_dir)])
    manager = KernelManager(
        kernel_name=KERNEL_NAME, kernel_spec_manager=specs, connection_file=str(folder / "kernel.json")
    )
    manager.transport, manager.ip = "ipc", str(server.folder / "k")
    return _in_folder(manager, folder)


def _in_folder(manager, folder):
    start = manager.start_kernel
    manager.start_kernel = lambda: start(cwd=str(folder))
    return manager


def test_siblings_do_not_share_random_numbers(tmp_path):
    draw = "import numpy, random; print(numpy.random.random(), random.random())"
    runs = [execute_notebook(notebook(draw), cwd=tmp_path, kernel="warm") for _ in range(2)]
    first, second = (run.cells[-1].outputs[0].text.split() for run in runs)
    assert first[0] != second[0]
    assert first[1] != second[1]


def test_the_libraries_are_in_memory_before_the_first_cell(tmp_path):
    ask = "import sys; print({'pandas', 'seaborn', 'sklearn', 'statsmodels'} <= set(sys.modules))"
    node = execute_notebook(notebook(ask), cwd=tmp_path, kernel="warm")
    assert node.cells[-1].outputs[0].text == "True\n"


def test_libraries_that_start_threads_work_after_the_fork(tmp_path):
    work = """
import duckdb, numpy, pandas, pyarrow, pyarrow.parquet
from sklearn.ensemble import HistGradientBoostingClassifier
frame = pandas.DataFrame({"x": range(20000)})
frame.to_parquet("x.parquet")
again = pandas.read_parquet("x.parquet")
model = HistGradientBoostingClassifier(max_iter=5).fit(again[["x"]], again["x"] > 9999)
total = duckdb.sql("select sum(x) from 'x.parquet'").fetchall()[0][0]
print(int(total), model.score(again[["x"]], again["x"] > 9999) > 0.99, numpy.linalg.inv(numpy.eye(300)).sum())
"""
    node = execute_notebook(notebook(work), cwd=tmp_path, kernel="warm")
    assert node.cells[-1].outputs[0].get("text") == "199990000 True 300.0\n"


def test_a_kernelspec_lies_where_another_program_finds_it():
    with WarmServer() as server:
        assert (server.kernel_dir / KERNEL_NAME / "kernel.json").exists()
        assert server.environment["JUPYTER_PATH"].split(os.pathsep)[0] == str(server.kernel_dir.parent)
        folder = server.folder
    assert not folder.exists()


def test_a_server_that_cannot_warm_up_says_why_in_the_notebook(mark, tmp_path, monkeypatch):
    (tmp_path / "seaborn.py").write_text("raise OSError('the disk is on fire')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    node = execute_notebook(notebook("print(1)"), cwd=tmp_path, kernel="warm")
    (error,) = (output for cell in node.cells for output in cell.get("outputs", ()))
    assert "the disk is on fire" in error.evalue


def test_where_nothing_can_fork_an_error_says_what_to_do(monkeypatch):
    monkeypatch.setattr(starter, "can_fork", lambda: False)
    with pytest.raises(LabkitError, match="--kernel cold"):
        WarmServer()
