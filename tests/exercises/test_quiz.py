"""A quiz has one right option and an order that depends on the class."""

import pytest

from labkit.exercises.quiz import Option, Quiz
from labkit.language import Text
from labkit.world.streams import stream


def option(name, right=False):
    return Option(Text(name, name), Text(f"because {name}", f"因为 {name}"), right)


def test_letters_cover_all_options_and_depend_on_the_stream_alone():
    quiz = Quiz("q1", Text("?", "？"), (option("a", right=True), option("b"), option("c"), option("d")))
    first, again = quiz.lettered(stream(1, "q1")), quiz.lettered(stream(1, "q1"))
    assert list(first) == ["A", "B", "C", "D"]
    assert first == again
    assert {o.text for o in first.values()} == {o.text for o in quiz.options}
    orders = {tuple(o.text.en for o in quiz.lettered(stream(seed, "q1")).values()) for seed in range(20)}
    assert len(orders) > 1


@pytest.mark.parametrize(
    "options", [(option("a", True),), (option("a"), option("b")), (option("a", True), option("b", True))]
)
def test_quiz_without_exactly_one_right_option_is_refused(options):
    with pytest.raises(ValueError, match="exactly one right"):
        Quiz("q1", Text("?", "？"), options)
