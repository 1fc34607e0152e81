"""``labkit build``: every lab's four editions, the course map, the data dictionary and the sample world, written or checked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from labkit import locations
from labkit.authoring.courses import all_labs
from labkit.authoring.edition_files import EditionFile, edition_files, orphans, read_checks
from labkit.authoring.execution import execute_solutions, make_worlds
from labkit.authoring.faults import Fault
from labkit.authoring.gates import edition_faults, source_faults
from labkit.authoring.map_pages import map_files
from labkit.authoring.source import LabSource
from labkit.catalogue.dictionary import dictionary_files
from labkit.language import Text
from labkit.store.sample import sample_files

KERNELS_AT_ONCE = 2

Progress = Callable[[Text], None]

READING = Text("Lab {lab}: {title}", "实验 {lab}：{title}")
RUNNING = Text("Lab {lab}: running the solutions ({language})", "实验 {lab}：正在运行答案版（{language}）")
RAN = Text("Lab {lab}: outputs stored ({language})", "实验 {lab}：输出已保存（{language}）")


@dataclass
class BuildReport:
    """What a build did, or with ``check`` what it would do.

    Parameters
    ----------
    written : list of Path
        Files that were written, or removed because no lab makes them any more.
    unchanged : list of Path
        Files that were already as they should be.
    stale : list of Path
        Files that are not what the source builds: only when checking, or when solutions were not run.
    faults : list of Fault
        Broken promises of the sources, and notes for their authors.
    """

    written: list[Path] = field(default_factory=list)
    unchanged: list[Path] = field(default_factory=list)
    stale: list[Path] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """True when nothing is stale and no gate found a fault (notes do not count)."""
        return not self.stale and all(fault.level == "note" for fault in self.faults)


def build(
    labs: Sequence[LabSource] | None = None,
    *,
    check: bool = False,
    execute: bool | None = None,
    progress: Progress = lambda _: None,
    course_dir: Path | None = None,
) -> BuildReport:
    """Write what changed; or with ``check``, write and run nothing and say what is stale.

    Parameters
    ----------
    labs : sequence of LabSource, optional
        Which labs; all of the course if not given, and then also the map and what ``datasets/`` holds.
    check : bool
        Compare instead of writing. Outputs are not compared: running the notebooks again proves those.
    execute : bool, optional
        Run the solutions: always, never, or by default only where their code changed since the last run.
    progress : callable
        Told what happens next, as a Text.
    course_dir : Path, optional
        Another course folder.

    Raises
    ------
    SourceError
        A source that cannot be read.
    LabkitError
        Ruff is missing, or a solutions notebook fails.
    """
    report = BuildReport()
    chosen = all_labs(course_dir) if labs is None else list(labs)
    files: list[tuple[LabSource, EditionFile]] = []
    for lab in chosen:
        progress(READING.fill(lab=lab.id, title=lab.header.title))
        files += [(lab, file) for file in edition_files(lab)]
        report.faults += source_faults(lab)
    waiting = []
    for lab, file in files:
        if not check and _needs_a_run(file, execute):
            waiting.append((lab, file))
        else:
            _settle(file, check, report)
    for file in _run_all(waiting, progress):
        _settle(file, check, report)
    report.faults += [fault for lab in chosen for fault in edition_faults(lab)]
    if labs is None:
        project = (course_dir or locations.course_dir()).parent
        _settle_orphans(project, {file.path for _, file in files}, check, report)
        _settle_files(map_files(project / "course"), check, report)
        _settle_datasets(project / "datasets", check, report)
    return report


def _needs_a_run(file: EditionFile, execute: bool | None) -> bool:
    wanted = not file.up_to_date if execute is None else execute
    return file.edition == "solutions" and wanted


def _run_all(waiting: Sequence[tuple[LabSource, EditionFile]], progress: Progress) -> Iterator[EditionFile]:
    """Run solutions, two at a time; when one fails, those that have not begun stay as they were."""
    make_worlds(lab for lab, _ in waiting)
    with ThreadPoolExecutor(KERNELS_AT_ONCE) as pool:
        runs = [pool.submit(_run, lab, file, progress) for lab, file in waiting]
        try:
            for run in runs:
                yield run.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _run(lab: LabSource, file: EditionFile, progress: Progress) -> EditionFile:
    progress(RUNNING.fill(lab=lab.id, language=file.language))
    notebook = execute_solutions(file.notebook, file.path.parent, read_checks(lab))
    progress(RAN.fill(lab=lab.id, language=file.language))
    return EditionFile(file.path, file.edition, file.language, notebook, up_to_date=True)


def _settle(file: EditionFile, check: bool, report: BuildReport) -> None:
    if file.is_written():
        report.unchanged.append(file.path)
    elif check:
        report.stale.append(file.path)
    else:
        file.path.parent.mkdir(parents=True, exist_ok=True)
        file.path.write_bytes(file.text.encode())
        (report.written if file.up_to_date else report.stale).append(file.path)


def _settle_orphans(project: Path, wanted: set[Path], check: bool, report: BuildReport) -> None:
    _remove(orphans(project, wanted), check, report)


def _settle_datasets(folder: Path, check: bool, report: BuildReport) -> None:
    """The data dictionary and the sample world."""
    wanted = dictionary_files(folder) | sample_files(folder / "sample")
    _settle_files(wanted, check, report)
    _remove([path for path in (folder / "sample").glob("*.csv") if path not in wanted], check, report)


def _settle_files(wanted: Mapping[Path, bytes], check: bool, report: BuildReport) -> None:
    for path, content in wanted.items():
        if path.is_file() and path.read_bytes() == content:
            report.unchanged.append(path)
        elif check:
            report.stale.append(path)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
            report.written.append(path)


def _remove(paths: Iterable[Path], check: bool, report: BuildReport) -> None:
    for path in paths:
        if check:
            report.stale.append(path)
        else:
            path.unlink()
            report.written.append(path)
