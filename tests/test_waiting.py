"""A bar appears only for those who have waited, and goes when the work is done."""

from labkit import waiting
from labkit.waiting import MAKING_WORLD, Waiting


def test_quick_work_shows_nothing(capsys):
    bar = Waiting(MAKING_WORLD)
    bar(1, 10)
    bar.end()
    assert capsys.readouterr().out == ""


def test_slow_work_says_how_far_it_is(capsys, monkeypatch):
    monkeypatch.setattr(waiting, "PATIENCE_SECONDS", 0)
    bar = Waiting(MAKING_WORLD)
    bar(3, 10)
    bar(10, 10)
    assert "3 of 10" in capsys.readouterr().out


def test_bar_in_a_notebook_is_one_that_moves():
    assert '<progress value="3" max="10">' in waiting._bar("3 < 10", 3, 10)
    assert "3 &lt; 10" in waiting._bar("3 < 10", 3, 10)
