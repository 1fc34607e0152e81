"""Execute one notebook from its first cell to its first error, with papermill, and keep what happened."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from nbformat.v4 import new_output
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook

from labkit.running.kernels import KernelKind, NotebookKernel, notebook_kernel

logging.getLogger("papermill").setLevel(logging.ERROR)

SECONDS_TO_START = 120
INJECTED = "injected-parameters"
"""Id, and papermill's tag, of the cell that holds the parameters of a run."""


class KernelGivenEngine(Engine):
    """papermill's engine, on a kernel that is given instead of one it looks up by name."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        km: NotebookKernel,
        **options: Any,
    ) -> None:
        """Start the kernel, execute cell by cell until one fails, and shut the kernel down."""
        client = PapermillNotebookClient(nb_man, km=km, kernel_name=kernel_name, **options)
        client.owns_km = True
        client.execute()


def execute_notebook(
    node: NotebookNode,
    *,
    cwd: str | Path,
    env: Mapping[str, str] | None = None,
    kernel: KernelKind = "cold",
    timeout: int = 600,
    parameters: Mapping[str, Any] | None = None,
    on_cell: Callable[[int], None] | None = None,
) -> NotebookNode:
    """Execute a notebook in a kernel of its own and return the executed copy.

    Whatever a cell does is kept, never raised: an error, a dead kernel or a cell that takes too long stands
    as an ``error`` output of its cell, and the cells after it are not executed. Cells keep their ids; the
    seconds of each are in ``cell.metadata.papermill.duration``. Safe to call from several threads at once.

    Parameters
    ----------
    node : NotebookNode
        Left as it is.
    cwd : path
        Working folder of the kernel.
    env : mapping, optional
        Variables added to the environment of this process.
    kernel : {"cold", "warm"}
        A new Python, or a fork of one that has the libraries in memory (not on Windows).
    timeout : int
        Seconds that one cell may take.
    parameters : mapping, optional
        Values for names set in the cell tagged ``parameters``; put into a cell below it.
    on_cell : callable, optional
        Called with the index of each cell before it is executed.

    Raises
    ------
    LabkitError
        If warm kernels are wanted where they do not exist.
    """
    executed = with_parameters(node, parameters or {})
    reached = 0

    def remember(cell: NotebookNode, cell_index: int) -> None:
        nonlocal reached
        reached = cell_index
        if on_cell is not None:
            on_cell(cell_index)

    with notebook_kernel(kernel, cwd=Path(cwd), env=env or {}) as started:
        try:
            KernelGivenEngine.execute_notebook(
                executed,
                started.kernel_name,
                progress_bar=False,
                km=started,
                on_cell_start=remember,
                timeout=timeout,
                startup_timeout=SECONDS_TO_START,
                record_timing=False,
            )
        except (CellTimeoutError, DeadKernelError, RuntimeError) as error:
            note_error(executed, reached, error, started.last_words())
    return executed


def with_parameters(node: NotebookNode, parameters: Mapping[str, Any]) -> NotebookNode:
    """Copy a notebook, with the parameters' cell and the room that papermill writes its times to."""
    copied = load_notebook_node(node)
    if not parameters:
        return copied
    changed = parameterize_notebook(copied, dict(parameters), kernel_name="python3", language="python")
    for cell in changed.cells:
        if INJECTED in cell.metadata.tags:
            cell.id = INJECTED
    return changed


def note_error(node: NotebookNode, index: int, error: Exception, last_words: str) -> None:
    """Write what happened to the kernel into the cell it happened in, as if the cell had raised it."""
    cell = next((cell for cell in node.cells[index:] if cell.cell_type == "code"), None)
    if cell is None:
        raise error
    message = f"{error}\n{last_words}".strip()
    cell.outputs.append(
        new_output("error", ename=type(error).__name__, evalue=message, traceback=message.splitlines())
    )
    cell.metadata.papermill.update(exception=True, status=NotebookExecutionManager.FAILED)
    for later in node.cells[node.cells.index(cell) + 1 :]:
        later.metadata.papermill["status"] = NotebookExecutionManager.PENDING
    node.metadata.papermill["exception"] = True
