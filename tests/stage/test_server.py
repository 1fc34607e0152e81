"""The server is for this computer alone, serves one notebook, and never tires of waiting."""

import ast
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import nbformat
import psutil
import pytest

from labkit.errors import LabkitError
from labkit.stage.notebook import live_notebook, write_live_notebook
from labkit.stage.server import LOOPBACK, free_port, settings


def test_settings_keep_it_on_this_computer_with_nothing_but_the_notebook():
    chosen = settings("zh", Path("scratch"), port=1, browser=False)
    assert chosen.Voila.ip == "127.0.0.1"
    assert chosen.Voila.auto_token
    assert not chosen.Voila.tornado_settings["allow_remote_access"]
    assert chosen.VoilaConfiguration.file_allowlist == []
    assert chosen.VoilaConfiguration.allow_template_override == "NO"


def test_every_setting_is_one_that_voila_knows():
    from jupyter_client.manager import KernelManager
    from jupyter_server.services.kernels.kernelmanager import MappingKernelManager
    from voila.app import Voila
    from voila.configuration import VoilaConfiguration
    from voila.execute import VoilaExecutor

    kinds = {
        k.__name__: k for k in (Voila, VoilaConfiguration, VoilaExecutor, MappingKernelManager, KernelManager)
    }
    for section, values in settings("en", Path("scratch"), port=1, browser=True).items():
        known = set(kinds[section].class_trait_names(config=True)) | {"log_level"}
        assert set(values) <= known, section


def test_a_port_in_use_is_said_with_another_one_to_try():
    with socket.socket() as taken:
        taken.bind((LOOPBACK, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(LabkitError, match=str(port)) as failed:
            free_port(port)
    assert str(port + 1) in failed.value.do.en
    assert str(port + 1) in failed.value.do.zh


def test_the_notebook_holds_what_was_asked_for_and_is_written_whole(tmp_path, monkeypatch):
    monkeypatch.setenv("LABKIT_HOME", str(tmp_path))
    path = write_live_notebook("zh", "tiny")
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    for cell in notebook.cells[1:]:
        ast.parse(cell.source)
    assert notebook.cells[1].source == "language = 'zh'\nscale = 'tiny'"
    assert [file.name for file in path.parent.iterdir()] == [path.name]
    assert live_notebook("en", 4_000)["cells"][1]["source"] == "language = 'en'\nscale = 4000"


def test_a_folder_that_cannot_be_written_is_said(tmp_path, monkeypatch):
    (tmp_path / "home").write_text("a file where the folder should be")
    monkeypatch.setenv("LABKIT_HOME", str(tmp_path / "home"))
    with pytest.raises(LabkitError, match="LABKIT_HOME"):
        write_live_notebook("en", "tiny")


# ---- a server that runs ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """``labkit live`` on a port of its own, started as a person does; its process, address and log."""
    folder = tmp_path_factory.mktemp("live")
    with socket.socket() as free:
        free.bind((LOOPBACK, 0))
        port = free.getsockname()[1]
    words = ["live", "--lang", "en", "--scale", "tiny", "--no-browser", "--port", str(port)]
    log = folder / "log"
    with open(log, "w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "labkit.cli", *words], stdout=file, stderr=subprocess.STDOUT, cwd=folder
        )
    deadline = time.monotonic() + 120
    while "http://" not in log.read_text() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.2)
    assert "http://" in log.read_text(), log.read_text()
    yield process, log.read_text().split()[2], log
    if process.poll() is None:
        process.kill()
    process.wait()


def status(url):
    try:
        return urllib.request.urlopen(url, timeout=20).status
    except urllib.error.HTTPError as refused:
        return refused.code


def test_it_listens_on_loopback_only_and_asks_for_the_token(server):
    process, address, _ = server
    sockets = [c for c in psutil.Process(process.pid).net_connections() if c.status == psutil.CONN_LISTEN]
    assert {connection.laddr.ip for connection in sockets} == {LOOPBACK}
    base, _, query = address.partition("?")
    assert query.startswith("token=")
    with urllib.request.urlopen(base, timeout=20) as answer:
        assert "labkit-live" not in answer.read().decode()
        assert "login" in answer.url


@pytest.mark.parametrize(
    "path",
    [
        "voila/tree",
        "voila/files/live_panels.ipynb",
        "voila/files/..%2f..%2fprogress.jsonl",
        "api/contents",
        "api/sessions",
    ],
)
def test_no_file_of_the_computer_can_be_seen(server, path):
    base, _, query = server[1].partition("?")
    assert status(f"{base}{path}?{query}") in {302, 403, 404}


@pytest.mark.skipif(os.name == "nt", reason="there is no Ctrl-C to send to one process on Windows")
def test_ctrl_c_ends_it_without_a_word_and_leaves_no_process(server):
    process, _, log = server
    children, said = psutil.Process(process.pid).children(recursive=True), log.read_text()
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    assert log.read_text() == said
    _, alive = psutil.wait_procs(children, timeout=20)
    assert alive == []
