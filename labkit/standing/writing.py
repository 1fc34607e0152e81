"""Write files whole or not at all: each beside its place first, then all of them renamed."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path

from labkit.errors import LabkitError
from labkit.language import Text


def write_whole(files: Mapping[Path, bytes]) -> None:
    """Write files; folders are made, older files of the same names are replaced.

    Raises
    ------
    LabkitError
        One of them cannot be written; no file is ever half a file.
    """
    drafts: dict[Path, Path] = {}
    try:
        for path, content in files.items():
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
            path.parent.mkdir(parents=True, exist_ok=True)
            drafts[path] = path.with_name(f".{path.name}.{os.getpid()}.part")
            drafts[path].write_bytes(content)
        for path, draft in drafts.items():
            draft.replace(path)
    except OSError as error:
        raise cannot_write(path, error) from None
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


def cannot_write(path: Path, error: OSError) -> LabkitError:
    """The place is not there for us."""
    return LabkitError(
        Text("{path} cannot be written.", "{path} 无法写入。").fill(path=path),
        Text("The system says: {why}.", "系统提示：{why}。").fill(why=error.strerror or type(error).__name__),
        Text(
            "Close the file if it is open, or name another place.",
            "如果该文件正打开着，请先关闭；也可以换一个位置。",
        ),
    )
