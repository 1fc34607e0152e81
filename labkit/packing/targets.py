"""Targets: a system with its processor and a Python; which wheels run there, and what a lock's markers say there.

pip evaluates markers for the Python that runs it, even when it downloads for another system. So the lock is
evaluated here, for each target.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from packaging.markers import Marker
from packaging.tags import Tag, compatible_tags, cpython_tags, mac_platforms

from labkit.errors import LabkitError
from labkit.language import Text

OLDEST_GLIBC, NEWEST_GLIBC = 5, 28
"""glibc 2.28 (2018) is in Debian 10, Ubuntu 18.10, RHEL 8 and Kylin V10, and in everything newer."""
LEGACY_MANYLINUX = {17: "manylinux2014", 12: "manylinux2010", 5: "manylinux1"}
MACOS = (14, 0)
"""macOS 14 (2023) and newer."""
PYTHONS = ("3.11", "3.12", "3.13")

UNKNOWN = Text("{kind} {name} is not known.", "不认识{kind} {name}。")
THERE_ARE = Text("There are: {names}.", "可选的有：{names}。")
CHOOSE = Text("Name one of them: {option} {name}", "请从中选一个：{option} {name}")
SYSTEM, PYTHON = Text("The system", "系统"), Text("Python", "Python 版本")


@dataclass(frozen=True)
class Machine:
    """A system on a processor.

    Parameters
    ----------
    name : str
        E.g. ``"macos-arm64"``.
    system : str
        ``linux``, ``macos`` or ``windows``.
    platforms : tuple of str
        Platform tags of wheels that run here, the best first.
    environment : tuple of (str, str)
        The values of markers that do not depend on the Python.
    is_optional : bool
        May a pack go without it, if a package has no wheel here?
    """

    name: str
    system: str
    platforms: tuple[str, ...]
    environment: tuple[tuple[str, str], ...]
    is_optional: bool = False


@dataclass(frozen=True)
class Target:
    """A machine with a Python.

    Parameters
    ----------
    machine : Machine
        System and processor.
    python : str
        ``"3.12"``.
    """

    machine: Machine
    python: str

    @property
    def name(self) -> str:
        """E.g. ``"linux-x86_64, Python 3.12"``."""
        return f"{self.machine.name}, Python {self.python}"

    @property
    def abi(self) -> str:
        """E.g. ``"cp312"``."""
        return "cp" + self.python.replace(".", "")

    @cached_property
    def tags(self) -> dict[Tag, int]:
        """Tags of wheels that run here, each with its rank: the lower, the better the wheel fits."""
        version = tuple(map(int, self.python.split(".")))
        native = cpython_tags(version, [self.abi], self.machine.platforms)
        plain = compatible_tags(version, self.abi, self.machine.platforms)
        ordered = dict.fromkeys([*native, *plain])
        return {tag: rank for rank, tag in enumerate(ordered)}

    def rank(self, tags: Iterable[Tag]) -> int | None:
        """Return how well a wheel with these tags fits, 0 being best; None if it does not run here."""
        return min((self.tags[tag] for tag in tags if tag in self.tags), default=None)

    def wants(self, marker: Marker | None) -> bool:
        """Does a marker hold here, for any patch release of this Python?

        A lock may ask for one version below Python 3.11.5 and for another above: then both are wanted.
        """
        return marker is None or any(marker.evaluate(environment) for environment in self.environments)

    @property
    def environments(self) -> list[dict[str, str]]:
        """The values of markers, for the first and for the last patch release of this Python."""
        common = dict(self.machine.environment) | {
            "implementation_name": "cpython",
            "platform_python_implementation": "CPython",
            "platform_release": "",
            "platform_version": "",
            "python_version": self.python,
            "extra": "",
        }
        patches = (f"{self.python}.0", f"{self.python}.99")
        return [common | {"python_full_version": p, "implementation_version": p} for p in patches]


def manylinux(machine: str) -> Iterable[str]:
    """Platform tags of Linux with glibc 2.28, the newest first."""
    for minor in range(NEWEST_GLIBC, OLDEST_GLIBC - 1, -1):
        yield f"manylinux_2_{minor}_{machine}"
        if minor in LEGACY_MANYLINUX:
            yield f"{LEGACY_MANYLINUX[minor]}_{machine}"
    yield f"linux_{machine}"


def _environment(os_name: str, sys_platform: str, system: str, machine: str) -> tuple[tuple[str, str], ...]:
    return (
        ("os_name", os_name),
        ("sys_platform", sys_platform),
        ("platform_system", system),
        ("platform_machine", machine),
    )


MACHINES = (
    Machine(
        "linux-x86_64",
        "linux",
        tuple(manylinux("x86_64")),
        _environment("posix", "linux", "Linux", "x86_64"),
    ),
    Machine(
        "macos-arm64",
        "macos",
        tuple(mac_platforms(MACOS, "arm64")),
        _environment("posix", "darwin", "Darwin", "arm64"),
    ),
    Machine(
        "macos-x86_64",
        "macos",
        tuple(mac_platforms(MACOS, "x86_64")),
        _environment("posix", "darwin", "Darwin", "x86_64"),
        is_optional=True,
    ),
    Machine("windows-x86_64", "windows", ("win_amd64",), _environment("nt", "win32", "Windows", "AMD64")),
)
SYSTEMS = tuple(dict.fromkeys(machine.system for machine in MACHINES))


def targets(systems: Sequence[str], pythons: Sequence[str]) -> list[Target]:
    """Return every machine of the systems with every Python.

    Raises
    ------
    LabkitError
        A system or a Python is not known.
    """
    refuse_unknown(systems, SYSTEMS, SYSTEM, "--systems")
    refuse_unknown(pythons, PYTHONS, PYTHON, "--python")
    return [
        Target(machine, python)
        for machine in MACHINES
        if machine.system in systems
        for python in dict.fromkeys(pythons)
    ]


def refuse_unknown(names: Sequence[str], known: Sequence[str], kind: Text, option: str) -> None:
    """Raise a LabkitError for the first name that is not known, or if there is none at all."""
    for name in names or ("–",):
        if name not in known:
            raise LabkitError(
                UNKNOWN.fill(kind=kind, name=name),
                THERE_ARE.fill(names=", ".join(known)),
                CHOOSE.fill(option=option, name=known[0]),
            )
