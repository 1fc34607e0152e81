"""What is to be run, within which limits, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from labkit.language import Language

CellStatus = Literal["ran", "raised", "skipped", "cut_off", "not_run"]
IncidentKind = Literal[
    "socket",  # asked for a connection or a name on the network
    "processes",  # started processes
    "signal",  # sent a signal to a process
    "written_outside",  # wrote outside its own folder
    "deleted_outside",  # deleted or renamed outside its own folder
    "answer_key",  # looked for answer keys, official solutions or checks
    "world",  # looked for the simulator, from which the answer keys could be made anew
    "time",  # was cut off: a cell, a function that was asked, or the whole lab
    "memory",  # asked for more memory than there is
    "output",  # printed more than is read
    "lost",  # the session ended early: the worker was killed, closed its pipes, or answered with nonsense
]


@dataclass(frozen=True)
class JobCell:
    """One code cell: its id in the report, and its source as IPython takes it."""

    id: str
    source: str


@dataclass(frozen=True)
class Job:
    """One lab of one submission, to be run on one world.

    Parameters
    ----------
    lab_id : str
        E.g. ``"3.3"``.
    language : {"en", "zh"}
        Of the edition handed in.
    world : Path
        Folder of the world, one of those that the jail was opened with.
    scale : str or int
        What ``lab`` calls the size of that world.
    seed : int
        Seed of that world.
    cells : tuple of JobCell
        In the order they are run. A first cell with ``scale``, ``seed``, ``data`` and ``columns`` belongs to them if
        later ones read these names; whatever ``labkit.start`` is given, ``lab`` serves ``world``.
    exercises : tuple of str
        The lab's exercises: cells that read a stub of one of them are skipped.
    """

    lab_id: str
    language: Language
    world: Path
    scale: str | int
    seed: int
    cells: tuple[JobCell, ...]
    exercises: tuple[str, ...] = ()


@dataclass(frozen=True)
class Limits:
    """How much one submission may take.

    Parameters
    ----------
    cell_seconds, call_seconds, lab_seconds : float
        On the clock: one cell, one call of a function that is being judged, all cells of a lab, and as long again for
        all its answers. A cell or a call that
        takes longer is interrupted and the next one goes on; what does not let itself be interrupted, and a lab that
        takes longer, is killed.
    cpu_seconds : int
        Of one lab, its cells and the calls of its functions together.
    memory : int
        Bytes of address space of one process, of which much is reserved and never touched.
    resident : int
        Bytes in use by all processes of a submission together.
    processes : int
        Processes and threads of a submission.
    file_bytes, scratch_bytes : int
        One file, and all files of a submission.
    output_characters : int
        Printed by one lab; the rest is thrown away and told.
    message_bytes : int
        One answer on its way out.
    """

    cell_seconds: float = 60.0
    call_seconds: float = 10.0
    lab_seconds: float = 180.0
    cpu_seconds: int = 300
    memory: int = 8 << 30
    resident: int = 3 << 30
    processes: int = 64
    file_bytes: int = 64 << 20
    scratch_bytes: int = 128 << 20
    output_characters: int = 1_000_000
    message_bytes: int = 64 << 20


@dataclass(frozen=True)
class CellOutcome:
    """What became of a cell.

    Parameters
    ----------
    id : str
        The cell's id.
    status : {"ran", "raised", "skipped", "cut_off", "not_run"}
        ``skipped``: it reads an answer that is not there. ``cut_off``: it took too long, or the lab ended in it.
        ``not_run``: the lab ended before it.
    error : str
        Of a cell that raised: name of the error and the first line of its message.
    seconds : float
        On the clock.
    """

    id: str
    status: CellStatus
    error: str = ""
    seconds: float = 0.0


@dataclass(frozen=True)
class Incident:
    """Something a submission did or attempted that no lab asks for. The barrier held it back; this only tells.

    Parameters
    ----------
    kind : str
        One of :data:`IncidentKind`.
    lab_id, cell : str
        Where; ``cell`` is empty while a function was being asked.
    detail : str
        What exactly, e.g. a path or an address; short, printable, and written by the submission's side.
    """

    kind: IncidentKind
    lab_id: str
    cell: str
    detail: str
