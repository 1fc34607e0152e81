"""A cell that reads an unanswered name is replaced by a card, and no other cell is."""

import ast
import textwrap

import pytest

from labkit.checkpoints import SkipUnanswered, install, names_read


def reads(source):
    return names_read(ast.parse(textwrap.dedent(source)))


@pytest.mark.parametrize(
    "source",
    [
        "x + 1",
        "y = x",
        "x = x + 1",
        "x += 1",
        "print(f'{x:.1f}')",
        "[x for _ in range(3)]",
        "lambda: x",
        "def f():\n    return x",
        "for row in x:\n    pass",
        "with x as y:\n    pass",
        "y = 1\nx.attribute",
        "if True:\n    print(x)",
        "class A:\n    value = x",
        "def f(a=x):\n    return a",
    ],
)
def test_reading_a_name_is_seen_in_every_form(source):
    assert "x" in reads(source)


@pytest.mark.parametrize(
    "source",
    [
        "x = 1\nx + 1",
        "def x(a):\n    return x(a - 1)",
        "def f(x):\n    return x",
        "lambda x: x",
        "[x for x in range(3)]",
        "lab.check('x')",
        "# x",
        "import x\nx.y",
        "for x in range(3):\n    print(x)",
        "y.x",
        "f(x=1)",
        "with open('f') as x:\n    x.read()",
    ],
)
def test_a_name_that_is_not_read_from_the_notebook_is_left_alone(source):
    assert "x" not in reads(source)


def transformed(source, namespace, exercises=("x",)):
    return ast.unparse(SkipUnanswered(namespace, exercises).visit(ast.parse(source)))


def noop(): ...


def test_cell_that_reads_an_unanswered_name_becomes_a_card():
    assert "show_skipped(['x'])" in transformed("x + 1", {"x": ...})
    assert "show_skipped(['x'])" in transformed("x(1)", {"x": noop})


def test_cell_that_reads_answers_or_other_names_runs_as_written():
    assert transformed("x + 1", {"x": 3}) == "x + 1"
    assert transformed("y + 1", {"x": ...}) == "y + 1"
    assert transformed("helper()", {"helper": noop}) == "helper()"
    assert transformed("x = ...", {}) == "x = ..."


def test_transformer_fails_open():
    class Broken(dict):
        def __contains__(self, key):
            raise RuntimeError

    assert transformed("x + 1", Broken()) == "x + 1"


def test_installing_twice_leaves_one_transformer():
    class Shell:
        ast_transformers = ["another"]
        user_ns = {}

    install(Shell, ["a"])
    install(Shell, ["b"])
    assert Shell.ast_transformers[0] == "another"
    assert len(Shell.ast_transformers) == 2
    assert Shell.ast_transformers[1].exercises == {"b"}
