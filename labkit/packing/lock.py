"""A lock file as ``make lock`` writes it: one version of each package, when it is needed, and its files' hashes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from packaging.markers import Marker
from packaging.requirements import InvalidRequirement, Requirement
from packaging.utils import canonicalize_name

from labkit.errors import LabkitError
from labkit.language import Text

HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
CANNOT_READ = Text("{file} cannot be read.", "读不懂 {file}。")
NO_PIN = Text("Line {line}: {text}", "第 {line} 行：{text}")
LOCK_AGAIN = Text("Write it anew: make lock", "请重新生成：make lock")


@dataclass(frozen=True)
class Pin:
    """One version of one package.

    Parameters
    ----------
    name, version : str
        As in the lock; the name in its normal form.
    marker : Marker or None
        When it is needed; None: always.
    hashes : frozenset of str
        SHA-256 of the files that may be installed, in hex.
    """

    name: str
    version: str
    marker: Marker | None
    hashes: frozenset[str]

    @property
    def requirement(self) -> str:
        """The pin as pip reads it, without its marker."""
        return " ".join(
            [f"{self.name}=={self.version}", *(f"--hash=sha256:{h}" for h in sorted(self.hashes))]
        )


def read_lock(path: Path) -> list[Pin]:
    """Read a lock.

    Raises
    ------
    LabkitError
        The file is missing, or holds a line that is no pin with hashes.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise LabkitError(CANNOT_READ.fill(file=path.name), Text(reason, reason), LOCK_AGAIN) from None
    return [_pin(line, row, path) for row, line in _logical_lines(text)]


def _logical_lines(text: str) -> list[tuple[int, str]]:
    """Lines joined at their backslashes, with the row on which each begins; comments and options are left out."""
    lines: list[tuple[int, str]] = []
    continued = False
    for row, line in enumerate(text.splitlines(), 1):
        words = line.removesuffix("\\").strip()
        if continued:
            first, said = lines[-1]
            lines[-1] = (first, f"{said} {words}")
        elif words and not words.startswith("#"):
            lines.append((row, words))
        continued = line.endswith("\\") and bool(lines)
    return lines


def _pin(line: str, row: int, path: Path) -> Pin:
    said, _, _ = line.partition(" --hash")
    try:
        requirement = Requirement(said)
        (specifier,) = requirement.specifier
    except (InvalidRequirement, ValueError):
        raise _no_pin(line, row, path) from None
    hashes = frozenset(HASH.findall(line))
    if specifier.operator != "==" or not hashes:
        raise _no_pin(line, row, path)
    return Pin(canonicalize_name(requirement.name), specifier.version, requirement.marker, hashes)


def _no_pin(line: str, row: int, path: Path) -> LabkitError:
    return LabkitError(CANNOT_READ.fill(file=path.name), NO_PIN.fill(line=row, text=line[:80]), LOCK_AGAIN)
