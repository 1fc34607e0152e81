"""The notebooks on disk, whoever wrote them, are four editions of one lab.

These gates read the generated files and not the source, so they also see an edit made by hand.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator

import nbformat
from nbformat import NotebookNode

from labkit.authoring.edition_files import edition_path
from labkit.authoring.editions import EDITIONS, Edition
from labkit.authoring.faults import Fault
from labkit.authoring.source import LabSource
from labkit.language import LANGUAGES, Language, Text

CODE_DIFFERS = Text(
    "The code of cell {cell} differs between the languages in more than texts and comments.",
    "单元格 {cell} 的代码在两种语言里除文字和注释外还有差别。",
)
CELLS_DIFFER = Text("The two editions do not have the same code cells.", "两个版本的代码单元格不一致。")
NOT_A_STUB = Text(
    "The trainee's cell {cell} is not the solution with parts left out.",
    "学员版单元格 {cell} 不是由参考答案挖空而成。",
)
GIVEN_AWAY = Text("The trainee's cell {cell} holds the answer.", "学员版单元格 {cell} 里有答案。")
L_LEFT = Text("The cell {cell} still has L(…) in it.", "单元格 {cell} 里还留着 L(…)。")
UNSTABLE = Text(
    "The output of cell {cell} changes from machine to machine: {text}",
    "单元格 {cell} 的输出会因机器而异：{text}",
)
MACHINE = re.compile(
    r"\b0x[0-9a-fA-F]{6,}|(?:/home|/tmp|/Users|/root|/var|/private|[A-Z]:\\Users)[/\\][^\s'\"]*"
)


def same_code(lab: LabSource) -> list[Fault]:
    """Report code that differs between the languages of an edition in more than texts and comments."""
    faults = []
    for edition in EDITIONS:
        english, chinese = (_code_cells(lab, edition, language) for language in LANGUAGES)
        if english and chinese and list(english) != list(chinese):
            faults.append(_fault("same_code", lab, edition, "zh", CELLS_DIFFER))
        for name in english.keys() & chinese.keys():
            if _without_texts(english[name].source) != _without_texts(chinese[name].source):
                faults.append(_fault("same_code", lab, edition, "zh", CODE_DIFFERS.fill(cell=name)))
    return faults


def stub_fits(lab: LabSource) -> list[Fault]:
    """Report trainee cells that are not the solution with parts left out, or that give the answer away."""
    faults = []
    for language in LANGUAGES:
        trainee, complete = (_code_cells(lab, edition, language) for edition in EDITIONS)
        for name in trainee.keys() & complete.keys():
            stub, solution = list(_tokens(trainee[name].source)), list(_tokens(complete[name].source))
            is_exercise = "exercise" in trainee[name].metadata.get("labkit", {})
            if not (_is_part(stub, solution) if is_exercise else stub == solution):
                faults.append(_fault("stub_fits", lab, "notebooks", language, NOT_A_STUB.fill(cell=name)))
            elif is_exercise and "..." not in stub:
                faults.append(_fault("stub_fits", lab, "notebooks", language, GIVEN_AWAY.fill(cell=name)))
    return faults


def no_l_left(lab: LabSource) -> list[Fault]:
    """Report code cells of any edition that still choose between languages."""
    return [
        _fault("no_l_left", lab, edition, language, L_LEFT.fill(cell=name))
        for edition in EDITIONS
        for language in LANGUAGES
        for name, cell in _code_cells(lab, edition, language).items()
        if any(isinstance(node, ast.Name) and node.id == "L" for node in ast.walk(ast.parse(cell.source)))
    ]


def stable_outputs(lab: LabSource) -> list[Fault]:
    """Report stored outputs that another machine would not repeat: errors, warnings, addresses, folders."""
    faults = []
    for language in LANGUAGES:
        for name, cell in _code_cells(lab, "solutions", language).items():
            for text in _unstable_texts(cell):
                shown = UNSTABLE.fill(cell=name, text=text[:80])
                faults.append(_fault("stable_outputs", lab, "solutions", language, shown))
    return faults


def _unstable_texts(cell: NotebookNode) -> Iterator[str]:
    for output in cell.outputs:
        if output.output_type == "error":
            yield output.ename
        elif output.get("name") == "stderr":
            yield output.text.strip()
        else:
            text = output.get("text") or output.get("data", {}).get("text/plain", "")
            yield from (match[0] for match in MACHINE.finditer(text))


def _code_cells(lab: LabSource, edition: Edition, language: Language) -> dict[str, NotebookNode]:
    """Code cells of a notebook on disk by id, without the instructor's; none if it was not built yet.

    A cell that is no Python is left out: ``same_code`` misses it in one language, ``rebuilt`` in any.
    """
    path = edition_path(lab, edition, language)
    if not path.exists():
        return {}
    cells = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4).cells
    return {
        cell.id: cell
        for cell in cells
        if cell.cell_type == "code"
        and "instructor" not in cell.metadata.get("tags", [])
        and _is_python(cell.source)
    }


def _is_python(code: str) -> bool:
    try:
        ast.parse(code)
    except (SyntaxError, ValueError):
        return False
    return True


def _fault(gate: str, lab: LabSource, edition: Edition, language: Language, sentence: Text) -> Fault:
    return Fault(gate, edition_path(lab, edition, language), 1, sentence)


class _BlankTexts(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.Constant("") if isinstance(node.value, str) else node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.Constant:
        return ast.Constant("")


def _without_texts(code: str) -> str:
    return ast.dump(_BlankTexts().visit(ast.parse(code)))


LAYOUT = {
    tokenize.NL,
    tokenize.NEWLINE,
    tokenize.INDENT,
    tokenize.DEDENT,
    tokenize.COMMENT,
    tokenize.ENDMARKER,
}


def _tokens(code: str) -> Iterator[str]:
    """The code's tokens, without layout and comments."""
    for token in tokenize.generate_tokens(io.StringIO(code).readline):
        if token.type not in LAYOUT:
            yield token.string


def _is_part(stub: list[str], solution: list[str]) -> bool:
    """Are the stub's tokens, apart from ``...``, all in the solution, in that order?"""
    rest = iter(solution)
    return all(token in rest for token in stub if token != "...")
