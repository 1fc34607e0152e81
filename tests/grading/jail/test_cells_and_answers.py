"""A lab in a jail: its cells run as in a notebook, and its answers can be asked for from outside."""

from __future__ import annotations

import dataclasses
import time

import pandas as pd
import pytest

from labkit.exercises.judge import MISSING
from labkit.grading.jail import Jail, JobCell, Limits, NotAskable
from labkit.grading.values import RemoteError, Unreadable
from labkit.store import Dataset
from tests.grading.jail.running import LIMITS, job, run_in, world


def test_cells_run_in_order_and_share_their_variables(jail):
    ran = run_in(jail, "a = 1", "b = a + 1", ask=("a", "b"))
    assert ran.statuses == ["ran", "ran"]
    assert ran.answers == {"a": 1, "b": 2}
    assert ran.incidents == ()


def test_each_job_begins_with_no_variable_of_the_one_before(jail):
    run_in(jail, "left_over = 1")
    assert run_in(jail, "pass", ask=("left_over",)).answers["left_over"] is MISSING


def test_an_error_is_noted_and_the_next_cell_goes_on(jail):
    ran = run_in(jail, "raise ValueError('no\\nsecond line')", "x = (", "x = 1", ask=("x",))
    assert ran.statuses == ["raised", "raised", "ran"]
    assert ran.cells[0].error == "ValueError: no"
    assert ran.cells[1].error.startswith("SyntaxError")
    assert ran.answers["x"] == 1


def test_a_cell_that_reads_a_stub_is_skipped_and_the_stub_is_unanswered(jail):
    with jail.session(job("x = ...\ndef f(a): ...", "x + 1", "f(2)", exercises=("f",))) as session:
        assert [cell.status for cell in session.cells] == ["ran", "skipped", "skipped"]
        assert session.answer("x") is ...
        assert session.answer("f") is ...
        assert session.answer("never") is MISSING


@pytest.mark.parametrize(
    "source",
    [
        "%time 1",
        "%matplotlib inline",
        "!echo hello",
        "lines = !echo hello",
        "await __import__('asyncio').sleep(0)",
        "display(1)",
        "import pandas as pd; pd.DataFrame({'a': [1]})",
        "import matplotlib.pyplot as plt; plt.plot([1, 2]); plt.show()",
        "%%timeit -n1 -r1\nx = 1",
        "1;",
        "print('余额')",
        "%%capture said\nprint(1)",
    ],
)
def test_what_notebooks_can_do_breaks_nothing(jail, source):
    assert run_in(jail, source).statuses == ["ran"]


def test_the_value_of_the_last_cell_has_its_short_name(jail):
    assert run_in(jail, "1 + 1", "x = _ + 1", ask=("x",)).answers["x"] == 3


def test_lab_serves_the_jobs_world_whatever_a_cell_asks_for(jail):
    start = (
        "import labkit\nlab = labkit.start('3.3', scale='lab', seed=99, data={}, columns={}, language='zh')"
    )
    ran = run_in(
        jail,
        start,
        "baskets = lab.data('baskets', ['basket_id', 'item'])",
        "n = lab.sql('select count(*) as n from baskets')",
        "drawn = lab.rng('draw').random()",
        "about = lab.describe('items')",
        ask=("baskets", "n", "drawn", "about"),
    )
    given = Dataset.open("tiny", 2026, stream_name="3.3")
    assert ran.statuses == ["ran"] * 5
    pd.testing.assert_frame_equal(ran.answers["baskets"], given.table("baskets", ["basket_id", "item"]))
    assert ran.answers["n"]["n"].tolist() == [len(given.table("baskets"))]
    assert ran.answers["drawn"] == given.rng("draw").random()
    pd.testing.assert_frame_equal(ran.answers["about"], given.describe("items"))


def test_lab_shows_and_judges_nothing(jail):
    ran = run_in(
        jail,
        "lab.check('x'); lab.hint('x'); lab.solution('x'); lab.quiz('x'); lab.answer('x', 'A'); lab.progress()",
        "lab.fact('n', 3, '{} things'); lab.show(None, 'nothing'); lab.panel(None)",
        "key = lab.truth('churn_truth')",
        "key.head()",
        ask=("key",),
    )
    assert ran.statuses == ["ran", "ran", "ran", "skipped"]
    assert ran.answers["key"] is ...


def test_a_function_is_called_where_it_was_written(jail):
    with jail.session(job("def f(a, *, b=1):\n    return {'sum': a + b}")) as session:
        f = session.answer("f")
        assert callable(f)
        assert not isinstance(f, type)
        assert f(1) == {"sum": 2}
        assert f(1, b=pd.Series([1, 2]))["sum"].tolist() == [2, 3]
        with pytest.raises(RemoteError) as raised:
            f("a")
        assert type(raised.value).__name__ == "TypeError"


def test_what_a_check_cannot_hand_over_is_said_and_the_session_goes_on(jail):
    with jail.session(job("def f(a): return a")) as session:
        f = session.answer("f")
        with pytest.raises(NotAskable):
            f(object())
        assert f(1) == 1


def test_what_cannot_cross_says_of_what_kind_it_is(jail):
    ran = run_in(jail, "class Own: pass\nx = Own()\ny = Own", ask=("x", "y"))
    assert isinstance(ran.answers["x"], Unreadable)
    assert type(ran.answers["x"]).__name__ == "Own"
    assert type(ran.answers["y"]).__name__ == "type"


def test_an_answer_that_is_too_large_stays_where_it_is(jail):
    ran = run_in(jail, "import numpy as np; x = np.zeros(20_000_000)", ask=("x",))
    assert isinstance(ran.answers["x"], Unreadable)


def test_a_second_world_is_served_by_the_same_jail():
    first, second = job("n = len(lab.data('baskets'))"), job("n = len(lab.data('baskets'))", seed=3)
    with Jail([first.world, second.world], LIMITS) as jail:
        counted = []
        for each in (first, second):
            with jail.session(each) as session:
                counted.append(session.answer("n"))
    assert counted == [len(Dataset.open("tiny", seed).table("baskets")) for seed in (2026, 3)]


def test_a_job_costs_little_beside_its_cells(jail):
    run_in(jail, "pass")
    began = time.monotonic()
    for _ in range(5):
        run_in(jail, "pass")
    assert (time.monotonic() - began) / 5 < 1.0, "a fork, not a new start"


def test_cells_have_the_ids_they_were_given(jail):
    with jail.session(job()) as session:
        assert session.cells == ()
    cells = (JobCell("my-cell", "1"), JobCell("other", "2"))
    with jail.session(dataclasses.replace(job(), cells=cells)) as session:
        assert [cell.id for cell in session.cells] == ["my-cell", "other"]


def test_limits_by_default_let_a_lab_run():
    with Jail([world()], Limits()) as jail:
        assert run_in(jail, "x = lab.data('baskets').groupby('item').size()").statuses == ["ran"]
