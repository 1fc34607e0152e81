"""The cards around an exercise: verdict, hint, solution, quiz, progress, planted truth."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from labkit.cards import Card
from labkit.exercises.exercise import Exercise
from labkit.exercises.quiz import Option, Quiz
from labkit.exercises.verdict import Verdict
from labkit.language import Text
from labkit.standing.standing import ExerciseStanding

VERDICT_TITLES = {
    "right": Text("{name}: right", "{name}：答对了"),
    "wrong": Text("{name}: not yet", "{name}：还不对"),
    "not_attempted": Text("{name}: your turn", "{name}：轮到你了"),
    "no_truth": Text("{name}: cannot be judged on this data", "{name}：在这份数据上无法评判"),
}
HINT_TITLE = Text("Hint {step} of {steps} for {name}", "{name} 的第 {step} 个提示（共 {steps} 个）")
HINT_AGAIN = Text("Run `lab.hint` again for the next one.", "再运行一次 `lab.hint` 可看下一个提示。")
HINT_LAST = Text(
    "That was the last hint. `lab.solution` shows the official code.",
    "提示到此为止。`lab.solution` 可查看参考答案。",
)
SOLUTION_TITLE = Text("Official solution of {name}", "{name} 的参考答案")
SOLUTION_BODY = Text(
    "One way to do it; others are right too. The log notes that you looked.",
    "这只是一种写法，别的写法也可能正确。日志会记下你看过答案。",
)
QUIZ_HOW = Text('Answer with `lab.answer("{name}", "A")`.', '用 `lab.answer("{name}", "A")` 作答。')
QUIZ_RIGHT = Text("{letter} is right", "{letter} 正确")
QUIZ_WRONG = Text("{letter} is not it", "{letter} 不对")
QUIZ_NO_LETTER = Text("Choose one of {letters}", "请在 {letters} 中选一个")
PROGRESS_TITLE = Text(
    "Lab {lab}: {right} of {total} exercises right", "实验 {lab}：{total} 道练习中答对 {right} 道"
)
STATES = {
    "right": ("●", Text("right", "已答对")),
    "revealed": ("◐", Text("solution looked up", "已看答案")),
    "tried": ("◔", Text("tried", "已尝试")),
    "open": ("○", Text("open", "未开始")),
}
RIGHT_AFTERWARDS = Text("right after looking up", "看过答案后答对")
TRUTH_TITLE = Text("The truth stays closed for now", "真相暂不公开")
TRUTH_WAITS = Text(
    "It would give these exercises away: {names}. Answer them, or look up their solutions, then run this cell again.",
    "公开它会泄露这些练习的答案：{names}。请先作答或查看参考答案，再重新运行这一格。",
)
TRUTH_NONE = Text(
    "Your own file has no answer key: what is true of your customers is yours to find out.",
    "你自己的数据没有答案键：关于你的客户，真相要靠你自己去发现。",
)


def verdict_card(exercise: Exercise, verdict: Verdict) -> Card:
    """What a check says."""
    title = str(VERDICT_TITLES[verdict.status].fill(name=exercise.name))
    facts = {"kind": "check", "name": exercise.name, "status": verdict.status, "mistake": verdict.mistake}
    return Card(verdict.status, title, str(verdict.message), facts=facts)


def hint_card(exercise: Exercise, step: int) -> Card:
    """The hint of that step, counted from 1; the last one is repeated."""
    steps = len(exercise.hints)
    step = min(step, steps)
    title = str(HINT_TITLE.fill(step=step, steps=steps, name=exercise.name))
    after = HINT_LAST if step == steps else HINT_AGAIN
    return Card(
        "hint", title, f"{exercise.hints[step - 1]}\n\n{after}", facts={"name": exercise.name, "step": step}
    )


def solution_card(exercise: Exercise, code: str) -> Card:
    """The official code."""
    title = str(SOLUTION_TITLE.fill(name=exercise.name))
    return Card("solution", title, str(SOLUTION_BODY), code, facts={"name": exercise.name})


def quiz_card(quiz: Quiz, options: Mapping[str, Option]) -> Card:
    """A question with its lettered options."""
    lines = "\n".join(f"{letter}. {option.text}" for letter, option in options.items())
    how = QUIZ_HOW.fill(name=quiz.name)
    return Card("quiz", str(quiz.question), f"{lines}\n\n{how}", facts={"name": quiz.name})


def quiz_answer_card(quiz: Quiz, options: Mapping[str, Option], letter: str) -> Card:
    """What is said about the chosen option."""
    facts = {"kind": "quiz", "name": quiz.name}
    if letter not in options:
        return Card("quiz", str(QUIZ_NO_LETTER.fill(letters=", ".join(options))), facts=facts)
    option = options[letter]
    title = (QUIZ_RIGHT if option.right else QUIZ_WRONG).fill(letter=letter)
    status = "right" if option.right else "wrong"
    return Card(status, str(title), str(option.because), facts=facts | {"status": status})


def progress_card(lab_id: str, exercises: Sequence[ExerciseStanding]) -> Card:
    """Where each exercise of a lab stands."""
    right = sum(exercise.state == "right" for exercise in exercises)
    title = PROGRESS_TITLE.fill(lab=lab_id, right=right, total=len(exercises))
    lines = []
    for exercise in exercises:
        mark, says = STATES[exercise.state]
        if exercise.state == "revealed" and exercise.right:
            says = RIGHT_AFTERWARDS
        lines.append(f"{mark} {exercise.name} – {says}")
    return Card("progress", str(title), "\n".join(lines))


def truth_card(waiting: Sequence[str]) -> Card:
    """Why an answer key is not shown: exercises that wait, or (none) a practitioner's own file."""
    body = TRUTH_WAITS.fill(names=", ".join(waiting)) if waiting else TRUTH_NONE
    return Card("truth", str(TRUTH_TITLE), str(body), facts={"waits_for": list(waiting)})
