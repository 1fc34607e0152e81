"""What holds a submission back on this machine, and what does not: tried out, then told in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from labkit.grading.jail.confinement import Confinement, confinement
from labkit.language import Text


@dataclass(frozen=True)
class Protection:
    """One thing that a submission is kept from.

    Parameters
    ----------
    name : str
        ``"network"``, ``"processes"``, ``"files"``, ``"answer_key"``, ``"user"``, ``"count"``, ``"memory"``, ``"disk"`` or ``"time"``.
    in_force : bool
        Does it hold on this machine?
    sentence : Text
        What is or is not so, for the class report.
    """

    name: str
    in_force: bool
    sentence: Text


SENTENCES: dict[str, tuple[Text, Text]] = {
    "network": (
        Text("Submissions have no network.", "学员代码没有网络。"),
        Text(
            "Submissions can reach the network: use Linux with bubblewrap, or take the network away yourself.",
            "学员代码可以访问网络：请改用装有 bubblewrap 的 Linux，或自行断开网络。",
        ),
    ),
    "files": (
        Text(
            "Submissions see the system, Python, labkit and the data, all read-only, and write to a small folder of their own.",
            "学员代码只能以只读方式看到系统、Python、labkit 和数据，只能写入自己的一个小文件夹。",
        ),
        Text(
            "Submissions see the files that their user may read. Grade where nothing else is kept, or install bubblewrap.",
            "学员代码能看到其运行用户有权读取的文件。请在不存放其他资料的机器上评分，或安装 bubblewrap。",
        ),
    ),
    "answer_key": (
        Text(
            "Answer keys, official solutions, checks and the simulator are not there for submissions.",
            "学员代码看不到答案键、参考答案、检查程序和数据模拟器。",
        ),
        Text(
            "Submissions could read the answer keys or official solutions; attempts that were noticed are named.",
            "学员代码有可能读到答案键或参考答案；凡发现的尝试都会列出。",
        ),
    ),
    "processes": (
        Text(
            "Submissions see no process but their own, and all of these end with the lab.",
            "学员代码只能看到自己的进程，实验结束时这些进程全部终止。",
        ),
        Text(
            "Submissions see the machine's processes; a process that hides could outlive its lab.",
            "学员代码能看到本机的进程；刻意隐藏的进程可能在实验结束后仍在运行。",
        ),
    ),
    "user": (
        Text(
            "Submissions run as a user who owns nothing on this machine.",
            "学员代码以一个在本机不拥有任何文件的用户身份运行。",
        ),
        Text("Submissions run as the user who grades.", "学员代码以评分者本人的用户身份运行。"),
    ),
    "count": (
        Text("How many processes a submission may have is limited.", "每份作业的进程数有上限。"),
        Text(
            "How many processes a submission may have is not limited here; its time and memory are.",
            "本机无法限制每份作业的进程数，但运行时间和内存有上限。",
        ),
    ),
    "memory": (
        Text(
            "Memory of one process, and of a submission as a whole, is limited.",
            "单个进程以及整份作业占用的内存都有上限。",
        ),
        Text(
            "Only the memory of a submission as a whole is watched here, twice a second.",
            "本机只能每秒两次检查整份作业占用的内存。",
        ),
    ),
    "disk": (
        Text(
            "What a submission writes is limited, and gone afterwards.",
            "学员代码写入的总量有上限，结束后全部清除。",
        ),
        Text(
            "Here only the size of each single file is limited, not of all that a submission writes.",
            "本机只能限制单个文件的大小，不能限制学员代码写入的总量。",
        ),
    ),
    "time": (
        Text(
            "Every cell, every call and every lab is cut off when its time is up.",
            "每个单元格、每次函数调用和每个实验都有时间上限，到时即终止。",
        ),
        Text("Time is not limited.", "运行时间没有上限。"),
    ),
}
"""Name → what is so where it holds, and what is so where it does not."""


def protections() -> list[Protection]:
    """Return every protection, in force here or not; tried out once per process."""
    holds = in_force(confinement())
    return [Protection(name, holds[name], SENTENCES[name][0 if holds[name] else 1]) for name in SENTENCES]


def in_force(found: Confinement) -> dict[str, bool]:
    """Return for each protection whether it holds behind this barrier, as its trial run has seen."""
    apart = found.program is not None
    return {
        "network": apart,
        "files": found.is_bubblewrap,
        "answer_key": found.is_bubblewrap and not found.found.get("seen"),
        "processes": apart,
        "user": found.first_user is not None or found.is_bubblewrap,
        "count": found.counts_processes,
        "memory": bool(found.found),
        "disk": found.bounds_files,
        "time": True,
    }
