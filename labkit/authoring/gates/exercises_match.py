"""The exercises in ``lab.py`` are those of ``checks/``, and each has all that belongs to it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from labkit.authoring.code_reading import lines_by_argument
from labkit.authoring.faults import Fault
from labkit.authoring.source import LabSource
from labkit.course import import_checks
from labkit.exercises.exercise import Exercise
from labkit.exercises.quiz import Quiz
from labkit.language import Text

QUIZZES_PER_LAB = 3

NO_CHECKS = Text(
    "The folder checks beside this lab is missing or cannot be imported: {error}",
    "这个实验缺少 checks 文件夹，或无法导入：{error}",
)
NOT_IN_CHECKS = Text("EXERCISES in checks has no {name}.", "checks 的 EXERCISES 里没有 {name}。")
NOT_IN_LAB = Text(
    'No cell of lab.py says exercise="{name}".', 'lab.py 里没有标着 exercise="{name}" 的单元格。'
)
TWICE = Text("{name} stands here twice.", "{name} 重复了。")
ORDER = Text("EXERCISES stand in the order of the lab: {order}.", "EXERCISES 要按实验中的顺序排列：{order}。")
NO_CHECK_CELL = Text(
    'A cell lab.check("{name}") follows the exercise.', '练习后面要有单元格 lab.check("{name}")。'
)
CHECK_OF_NOTHING = Text("There is no exercise called {name} to check.", "没有名为 {name} 的练习可供检查。")
HINTS = Text("{name} has 2 to 4 hints, not {count}.", "{name} 要有 2 到 4 条提示，现在是 {count} 条。")
BOTH = Text(
    "{name}: {what} needs a text in English and another in Chinese.", "{name}：{what} 要有中英文两种内容。"
)
NO_MISTAKES = Text("{name} names no typical mistake.", "{name} 没有列出典型错误。")
WRONG_ANSWERS = Text(
    "wrong_answers of {name} returns a dict written out in place, with at least two entries.",
    "{name} 的 wrong_answers 要直接返回写明的字典，至少两项。",
)
NO_ANSWER_MAKES = Text(
    "No wrong answer of {name} makes the mistake {mistake}.", "{name} 没有会触发错误 {mistake} 的错误答案。"
)
QUIZ_COUNT = Text(
    "A lab has three quiz questions, not {count}.", "一个实验要有三道测验题，现在是 {count} 道。"
)
NO_QUIZ_CELL = Text(
    'A cell lab.quiz("{name}") shows the question.', '要有单元格 lab.quiz("{name}") 来显示题目。'
)
QUIZ_OF_NOTHING = Text("There is no quiz question called {name}.", "没有名为 {name} 的测验题。")


def exercises_match(lab: LabSource) -> list[Fault]:
    """Report exercises without a check, checks without an exercise, and checks that lack a part."""
    try:
        checks = import_checks(lab.checks_dir)
        exercises, quizzes = tuple(checks.EXERCISES), tuple(checks.QUIZZES)
    except Exception as error:
        shown = NO_CHECKS.fill(error=f"{type(error).__name__}: {error}")
        return [Fault("exercises_match", lab.path, 1, shown)]
    classes = _classes(lab)
    found = [*_in_lab(lab, exercises, quizzes)]
    faults = [Fault("exercises_match", lab.path, line, sentence) for line, sentence in found]
    for exercise in exercises:
        path, line, function = classes.get(type(exercise).__name__, (lab.checks_dir, 1, None))
        for sentence in [*_parts(exercise), *_wrong_answers(exercise, function)]:
            faults.append(Fault("exercises_match", path, line, sentence))
    for sentence in _quizzes(quizzes):
        faults.append(Fault("exercises_match", lab.checks_dir / "quiz.py", 1, sentence))
    return faults


def _in_lab(
    lab: LabSource, exercises: tuple[Exercise, ...], quizzes: tuple[Quiz, ...]
) -> Iterator[tuple[int, Text]]:
    cells = {cell.exercise or "": cell.line for cell in lab.exercise_cells}
    names, quiz_names = [exercise.name for exercise in exercises], [quiz.name for quiz in quizzes]
    checked, asked = lines_by_argument(lab, "lab", "check"), lines_by_argument(lab, "lab", "quiz")
    for cell in lab.exercise_cells:
        if cell.line != cells[cell.exercise or ""]:
            yield cell.line, TWICE.fill(name=cell.exercise)
    for name, line in cells.items():
        if name not in names:
            yield line, NOT_IN_CHECKS.fill(name=name)
        if checked.get(name, 0) < line:
            yield line, NO_CHECK_CELL.fill(name=name)
    for name in dict.fromkeys(names):
        if name not in cells:
            yield 1, NOT_IN_LAB.fill(name=name)
        if names.count(name) > 1:
            yield 1, TWICE.fill(name=name)
    if set(names) == set(cells) and names != list(cells):
        yield 1, ORDER.fill(order=", ".join(cells))
    for name in checked.keys() - cells.keys():
        yield checked[name], CHECK_OF_NOTHING.fill(name=name)
    for name in asked.keys() - set(quiz_names):
        yield asked[name], QUIZ_OF_NOTHING.fill(name=name)
    for name in quiz_names:
        if name not in asked:
            yield 1, NO_QUIZ_CELL.fill(name=name)


def _parts(exercise: Exercise) -> Iterator[Text]:
    name, hints = exercise.name, getattr(exercise, "hints", ())
    if not 2 <= len(hints) <= 4:
        yield HINTS.fill(name=name, count=len(hints))
    if not exercise.mistakes:
        yield NO_MISTAKES.fill(name=name)
    texts = {f"hints[{i}]": hint for i, hint in enumerate(hints)} | {
        "matters": getattr(exercise, "matters", None)
    }
    texts |= {f"mistakes[{mistake!r}]": text for mistake, text in exercise.mistakes.items()}
    for what, text in texts.items():
        if not _in_both(text):
            yield BOTH.fill(name=name, what=what)


def _in_both(text: object) -> bool:
    return isinstance(text, Text) and bool(text.en.strip()) and bool(text.zh.strip()) and text.en != text.zh


def _wrong_answers(exercise: Exercise, function: ast.FunctionDef | None) -> Iterator[Text]:
    """Read what wrong answers are declared from the source: calling it would take a world."""
    keys = _returned_keys(function) if function else []
    if len(keys) < 2:
        yield WRONG_ANSWERS.fill(name=exercise.name)
    for mistake in exercise.mistakes:
        if keys and mistake not in keys:
            yield NO_ANSWER_MAKES.fill(name=exercise.name, mistake=mistake)


def _returned_keys(function: ast.FunctionDef) -> list[object]:
    """Keys of the dict that a function returns, written in its return or in an assignment before it."""
    dicts = {}
    for node in ast.walk(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Dict() as value):
                dicts[name] = value
    for node in ast.walk(function):
        match node:
            case ast.Return(value=ast.Dict() as value):
                return [key.value for key in value.keys if isinstance(key, ast.Constant)]
            case ast.Return(value=ast.Name(id=name)) if name in dicts:
                return [key.value for key in dicts[name].keys if isinstance(key, ast.Constant)]
    return []


def _quizzes(quizzes: tuple[Quiz, ...]) -> Iterator[Text]:
    names = [quiz.name for quiz in quizzes]
    if len(quizzes) != QUIZZES_PER_LAB:
        yield QUIZ_COUNT.fill(count=len(quizzes))
    for name in {name for name in names if names.count(name) > 1}:
        yield TWICE.fill(name=name)
    for quiz in quizzes:
        texts = {"question": quiz.question}
        for i, option in enumerate(quiz.options):
            texts |= {f"options[{i}].text": option.text, f"options[{i}].because": option.because}
        for what, text in texts.items():
            same_in_both = what.endswith(".text") and isinstance(text, Text) and text.en == text.zh != ""
            if not _in_both(text) and not same_in_both:
                yield BOTH.fill(name=quiz.name, what=what)


def _classes(lab: LabSource) -> dict[str, tuple[Path, int, ast.FunctionDef | None]]:
    """Where each class of the checks stands, and its ``wrong_answers``."""
    classes = {}
    for path in lab.check_files:
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.ClassDef):
                methods = {item.name: item for item in node.body if isinstance(item, ast.FunctionDef)}
                classes[node.name] = path, node.lineno, methods.get("wrong_answers")
    return classes
