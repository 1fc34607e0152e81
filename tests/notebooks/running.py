"""Run every generated notebook of an edition on warm kernels, where the system has them."""

from __future__ import annotations

from labkit.language import LANGUAGES
from labkit.locations import edition_dir
from labkit.running.kernels import KernelKind
from labkit.running.many import Settings, run_labs
from labkit.running.notebooks import LabNotebook, read_labs
from labkit.running.results import LabResult
from labkit.running.warm.starter import can_fork

KERNEL: KernelKind = "warm" if can_fork() else "cold"


class NobodyWatches:
    """A watcher that says nothing."""

    def started(self, lab: LabNotebook, cells: int) -> None: ...

    def reached(self, lab: LabNotebook, cell: int) -> None: ...

    def finished(self, result: LabResult) -> None: ...


def run_edition(
    edition: str, *, scale: str, seed: int = 2026, class_seed: int | None = None
) -> list[LabResult]:
    """Run an edition in both languages, on one seed or on the worlds of a class, and return what each notebook did."""
    labs = [lab for language in LANGUAGES for lab in read_labs(edition_dir(edition, language))]
    settings = Settings(
        parameters={"scale": scale} | ({"seed": seed} if class_seed is None else {}),
        class_seed=class_seed,
        kernel=KERNEL,
        must_be_right=edition == "solutions",
    )
    return run_labs(labs, settings, NobodyWatches())
