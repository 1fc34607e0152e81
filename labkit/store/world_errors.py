"""What can go wrong with a world on disk, told in three sentences each."""

from __future__ import annotations

import errno
from pathlib import Path

from labkit.errors import LabkitError
from labkit.language import Text
from labkit.world.block import BLOCK_SIZE
from labkit.world.generate import DEFAULT_SEED, SCALES

LARGEST_SEED = 2**31 - 1
CHOOSE_HOME = Text(
    "Set the environment variable LABKIT_HOME to a folder where you may write and that has room, then try again.",
    "请把环境变量 LABKIT_HOME 设为一个可写且空间充足的文件夹，然后重试。",
)


def unknown_scale(scale: object) -> LabkitError:
    """The scale is neither a name nor a whole number of blocks."""
    names = ", ".join(f'"{name}"' for name in SCALES)
    return LabkitError(
        Text(f"There is no world of scale {scale!r}.", f"没有规模为 {scale!r} 的虚拟世界。"),
        Text(
            f"A scale is one of {names}, or a number of customers that is a multiple of {BLOCK_SIZE:,}.",
            f"规模可以是 {names.replace(', ', '、')}，或者 {BLOCK_SIZE:,} 的整数倍（客户数）。",
        ),
        Text('Use for example scale="lab" or scale=40000.', '例如写 scale="lab" 或 scale=40000。'),
    )


def bad_seed(seed: object) -> LabkitError:
    """The seed is not a whole number in range."""
    return LabkitError(
        Text(f"{seed!r} cannot be the seed of a world.", f"{seed!r} 不能作为虚拟世界的种子。"),
        Text(
            f"A seed is a whole number from 0 to {LARGEST_SEED}.",
            f"种子必须是 0 到 {LARGEST_SEED} 之间的整数。",
        ),
        Text(f"Use for example seed={DEFAULT_SEED}.", f"例如写 seed={DEFAULT_SEED}。"),
    )


def cannot_write(folder: Path, error: OSError) -> LabkitError:
    """The disk is full, or the folder cannot be written to."""
    if error.errno in {errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)}:
        what = Text(f"There is no room left in {folder}.", f"{folder} 所在的磁盘空间不足。")
        why = Text(
            "The disk filled up while the world was being made; what was half written has been removed.",
            "生成虚拟世界时磁盘写满了；写了一半的内容已经删除。",
        )
    else:
        reason = error.strerror or str(error)
        what = Text(f"labkit cannot keep worlds in {folder}.", f"labkit 无法把虚拟世界存到 {folder}。")
        why = Text(f"The system says: {reason}.", f"系统的说法是：{reason}。")
    return LabkitError(what, why, CHOOSE_HOME)


def too_large(folder: Path, customers: int, size: int, free: int) -> LabkitError:
    """The first blocks show that the world does not fit on the disk."""
    needed, left = f"{size / 1e6:,.0f} MB", f"{free / 1e6:,.0f} MB"
    return LabkitError(
        Text(
            f"A world of {customers:,} customers does not fit in {folder}.",
            f"{folder} 放不下 {customers:,} 位客户的虚拟世界。",
        ),
        Text(
            f"Judging by its first blocks it needs {needed}, and {left} are free; what was written has been removed.",
            f"按最初几块推算需要 {needed}，而剩余空间只有 {left}；已写的内容已经删除。",
        ),
        Text(
            "Ask for fewer customers, or set the environment variable LABKIT_HOME to a folder on a larger disk.",
            "请减少客户数，或把环境变量 LABKIT_HOME 设为更大磁盘上的文件夹。",
        ),
    )


def process_ended() -> LabkitError:
    """A process that was generating blocks ended without an answer."""
    return LabkitError(
        Text(
            "A process that was making the world ended too early.", "一个正在生成虚拟世界的进程提前结束了。"
        ),
        Text(
            "Most often the system had no memory left; what was half written has been removed.",
            "最常见的原因是内存不足；写了一半的内容已经删除。",
        ),
        Text(
            "Close other programs or use fewer processes (--jobs 1), then try again.",
            "请关闭其他程序，或减少进程数（--jobs 1），然后重试。",
        ),
    )


def in_use(folder: Path) -> LabkitError:
    """The folder of an old world cannot be moved away."""
    return LabkitError(
        Text(f"The world in {folder} cannot be replaced.", f"无法替换 {folder} 里的虚拟世界。"),
        Text(
            "It was made by another version of labkit or is damaged, and another program holds its files open.",
            "它由另一版本的 labkit 生成或已损坏，而另一个程序正打开着其中的文件。",
        ),
        Text(
            "Close other notebooks and programs that use it, then try again.",
            "请关闭其他正在使用它的笔记本和程序，然后重试。",
        ),
    )
