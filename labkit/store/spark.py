"""The parts of a world made by the workers of a Spark cluster, each writing its own files.

Every worker has to see the folder of worlds under the same path. Orders and answers are JSON.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import socket
import sys
import warnings
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, as_completed, wait
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from labkit.locations import PROJECT
from labkit.store import java, spark_errors
from labkit.store.making import Draft, Written, write_part
from labkit.store.manifest import StoredFile
from labkit.world.generate import fingerprint

if TYPE_CHECKING:
    from pyspark import SparkContext

ANSWER_SECONDS = 5.0
"""How long a master may take to answer at its address."""
TAKE_UP_SECONDS = 60.0
"""How long the workers of a cluster may take to begin."""
JOBS_AT_ONCE = 64
"""Parts handed to Spark at a time; it deals them out to whatever workers it has."""
LIGHT_JAVA = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""Java only deals out work here, Python does it: so start quickly and stay small."""

ABOUT_PANDAS = "PySpark does not yet fully support pandas"
"""A warning that does not matter: no frame goes through Spark here."""


class Spark:
    """An engine of the workers that a Spark master has.

    Parameters
    ----------
    master : str
        ``local[2]``, ``local[*]``, ``spark://host:7077`` or whatever else Spark takes.
    """

    def __init__(self, master: str = "local[*]") -> None:
        self.master = master
        self.workers = 1

    def write(self, draft: Draft, parts: Sequence[int | None]) -> Generator[Written, None, None]:
        """Have the workers write the parts; yield each one that is done."""
        _need_spark()
        _need_master(self.master)
        from py4j.protocol import Py4JError

        orders = [_order(draft, part) for part in parts]
        with _connected(self.master) as context, ThreadPoolExecutor(min(len(parts), JOBS_AT_ONCE)) as pool:
            waiting = [pool.submit(_carried_out, context, order) for order in orders]
            try:
                if not wait(waiting, TAKE_UP_SECONDS, FIRST_COMPLETED).done and not _anybody_works(context):
                    raise spark_errors.no_workers(self.master, TAKE_UP_SECONDS)
                self.workers = context.defaultParallelism
                yield from (_written(draft, future.result()) for future in as_completed(waiting))
            except Py4JError as error:
                raise spark_errors.worker_failed(_reason(error)) from None
            finally:
                context.cancelAllJobs()
                pool.shutdown(wait=True, cancel_futures=True)


def _order(draft: Draft, part: int | None) -> str:
    folder = str(draft.folder.absolute())
    return json.dumps([fingerprint(), folder, draft.seed, part])


def _carried_out(context: SparkContext, order: str) -> str:
    """Let a worker carry out an order: one job of one task, so that each part is heard of when it is done."""
    return context.parallelize([order], 1).map(write_here).first()


def write_here(order: str) -> str:
    """Write a part of a world; runs on a worker, and says in JSON what it wrote or why it could not."""
    wanted, folder, seed, part = json.loads(order)
    if wanted != fingerprint():
        return json.dumps({"host": socket.gethostname(), "version": fingerprint()})
    try:
        os.stat(folder)  # a worker that does not see the folder must not make one of its own
        return json.dumps(write_part(Draft(Path(folder), seed), part), default=vars)
    except OSError as error:
        return json.dumps({"host": socket.gethostname(), "reason": error.strerror or str(error)})


def _written(draft: Draft, answer: str) -> Written:
    told: Any = json.loads(answer)
    if "version" in told:
        raise spark_errors.other_version(told["host"])
    if "reason" in told:
        raise spark_errors.cannot_write(told["host"], draft.folder.parent, told["reason"])
    part, files, seconds = told
    return Written(part, [StoredFile(**file) for file in files], seconds)


def _anybody_works(context: SparkContext) -> bool:
    tracker = context.statusTracker()
    stages = [tracker.getStageInfo(stage) for stage in tracker.getActiveStageIds()]
    return any(stage.numActiveTasks for stage in stages if stage)


def _need_spark() -> None:
    if os.name == "nt":
        raise spark_errors.no_windows()
    try:
        import pyspark  # noqa: F401
    except ImportError:
        raise spark_errors.extra_missing("pyspark") from None


@contextlib.contextmanager
def _connected(master: str) -> Iterator[SparkContext]:
    """Start Spark, and stop it at the end."""
    from py4j.protocol import Py4JError
    from pyspark import SparkConf, SparkContext
    from pyspark.errors import PySparkException

    with _environment():
        try:
            context = SparkContext(conf=SparkConf().setAll(_settings(master)))
        except (Py4JError, PySparkException) as error:
            raise spark_errors.cannot_start(master, _reason(error)) from None
        try:
            yield context
        finally:
            context.stop()


def _settings(master: str) -> list[tuple[str, str]]:
    settings = {
        "spark.master": master,
        "spark.app.name": "labkit world",
        "spark.driver.extraJavaOptions": LIGHT_JAVA,
        "spark.executor.extraJavaOptions": LIGHT_JAVA,
        "spark.executorEnv.PYTHONPATH": str(PROJECT),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
    }
    if master.startswith("local") or any(host == "127.0.0.1" for host, _ in _addresses(master)):
        settings |= {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}
    return list(settings.items())


@contextlib.contextmanager
def _environment() -> Iterator[None]:
    """Variables that Spark reads when it starts; put back afterwards."""
    before = dict(os.environ)
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("PYTHONWARNINGS", f"ignore:{ABOUT_PANDAS}")
    os.environ |= java.environment()
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", ABOUT_PANDAS)
            yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _addresses(master: str) -> list[tuple[str, int]]:
    """Hosts and ports of ``spark://one:7077,two:7077``; none for any other kind of master."""
    if not master.startswith("spark://"):
        return []
    try:
        split = [urlsplit(f"spark://{one}") for one in master.removeprefix("spark://").split(",")]
        return [(one.hostname or "", one.port or 7077) for one in split]
    except ValueError:
        return []


def _need_master(master: str) -> None:
    """Knock at the master's door: Spark itself would take a minute to say that nobody is there."""
    reason = ""
    for address in _addresses(master):
        try:
            socket.create_connection(address, ANSWER_SECONDS).close()
            return
        except OSError as error:
            reason = error.strerror or str(error)
    if reason:
        raise spark_errors.master_unreachable(master, reason)


def _reason(error: Exception) -> str:
    """What an error of Java says went wrong in the end, without the stack."""
    causes = re.findall(r"[\w.]*(?:Error|Exception): .+", str(error))
    return causes[-1] if causes else str(error).partition("\n")[0]
