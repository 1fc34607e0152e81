"""Run a solutions notebook and keep what it says: text that another machine repeats word for word.

Pictures, HTML and widgets are dropped, so that a stored notebook stays small and its text can be compared.
"""

from __future__ import annotations

import ast
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from nbformat import NotebookNode

from labkit import class_seed
from labkit.authoring.editions import code_fingerprint
from labkit.authoring.source import LabSource
from labkit.errors import LabkitError
from labkit.language import Text
from labkit.world.generate import DEFAULT_SEED

SECONDS_PER_CELL = 300
SCALE = "tiny"
THREADS = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}

FAILED = Text(
    "The solutions of lab {lab} ({language}) do not run.", "实验 {lab}（{language}）的答案版运行出错。"
)
FAILED_WHY = Text("Cell {cell}: {error}", "单元格 {cell}：{error}")
FAILED_DO = Text(
    "Correct the cell in lab.py and build again.", "请改正 lab.py 里的这个单元格，然后重新构建。"
)

OWN_DATA = Text("The solutions are built on the synthetic world only.", "答案版只能用虚拟世界的数据来构建。")
OWN_DATA_WHY = Text(
    "The environment names files of your own: {names}.", "环境变量指定了自己的数据文件：{names}。"
)
OWN_DATA_DO = Text("Unset {names} and build again.", "请取消环境变量 {names}，然后重新构建。")


def make_worlds(labs: Iterable[LabSource]) -> None:
    """Make the worlds that these labs will open, so that no notebook waits for another one's and says so.

    Raises
    ------
    LabkitError
        A world cannot be made here.
    """
    from labkit.store import Dataset

    for seed in sorted({seed_of(lab) for lab in labs}):
        Dataset.open(SCALE, seed)


def seed_of(lab: LabSource) -> int:
    """The seed that a lab's parameters name; that of the course where they name none."""
    for cell in lab.code_cells:
        for statement in ast.parse(cell.text).body if "parameters" in cell.tags else []:
            match statement:
                case ast.Assign(targets=[ast.Name("seed")], value=ast.Constant(int(seed))):
                    return seed
    return DEFAULT_SEED


def execute_solutions(notebook: NotebookNode, folder: Path, checks: str) -> NotebookNode:
    """Return the notebook with the text outputs of a run on the smallest world.

    Parameters
    ----------
    notebook : NotebookNode
        A solutions edition.
    folder : Path
        Working folder of the kernel: where the notebook will stand, since that is where it is proven.
    checks : str
        Text of the lab's checks, for the fingerprint.

    Raises
    ------
    LabkitError
        A cell raised; names the cell and the error. Or the environment puts own data in place of a table.
    """
    from labkit.running.execute import execute_notebook

    _refuse_own_data()
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="labkit-build-") as scratch:
        log = os.path.join(scratch, "progress.jsonl")
        own_world = {"LABKIT_SCALE": SCALE, class_seed.VARIABLE: str(class_seed.COURSE_SEED)}
        env = own_world | {"LABKIT_PROGRESS": log, **THREADS}
        executed = execute_notebook(notebook, cwd=folder, env=env, timeout=SECONDS_PER_CELL)
    outputs = {cell.id: cell.outputs for cell in executed.cells if cell.cell_type == "code"}
    _refuse_errors(outputs, notebook)
    return with_outputs(notebook, outputs, code_fingerprint(notebook, checks))


def with_outputs(
    notebook: NotebookNode, outputs: dict[str, list[NotebookNode]], fingerprint: str
) -> NotebookNode:
    """Put outputs, reduced to their text, under the cells of these ids, and number the cells from 1."""
    notebook.metadata.labkit.executed_code = fingerprint
    count = 0
    for cell in notebook.cells:
        if cell.cell_type == "code":
            count += 1
            cell.execution_count = count
            cell.outputs = list(_texts(outputs.get(cell.id, []), count))
    return notebook


def _texts(outputs: list[NotebookNode], count: int) -> Iterator[NotebookNode]:
    """The outputs as text; what was printed in several pieces becomes one."""
    printed: NotebookNode | None = None
    for output in outputs:
        if output.output_type == "stream":
            if printed is None or printed.name != output.name:
                printed = NotebookNode(output_type="stream", name=output.name, text="")
                yield printed
            printed.text += output.text
        elif text := output.get("data", {}).get("text/plain"):
            printed = None
            kept = NotebookNode(output_type=output.output_type, data={"text/plain": text}, metadata={})
            if "labkit" in output.metadata:
                kept.metadata["labkit"] = output.metadata.labkit
            if output.output_type == "execute_result":
                kept.execution_count = count
            yield kept


def _refuse_own_data() -> None:
    """Stored outputs are those of the synthetic world."""
    if own := sorted(key for key in os.environ if key.startswith("LABKIT_DATA_")):
        names = ", ".join(own)
        raise LabkitError(OWN_DATA, OWN_DATA_WHY.fill(names=names), OWN_DATA_DO.fill(names=names))


def _refuse_errors(outputs: dict[str, list[NotebookNode]], notebook: NotebookNode) -> None:
    for cell, shown in outputs.items():
        for output in shown:
            if output.output_type == "error":
                about = notebook.metadata.labkit
                error = f"{output.ename}: {output.evalue}"
                raise LabkitError(
                    FAILED.fill(lab=about.lab, language=about.language),
                    FAILED_WHY.fill(cell=cell, error=error),
                    FAILED_DO,
                )
