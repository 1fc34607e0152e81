"""A card says the same in HTML and in plain text, and shows nothing that HTML would run."""

import sys
from html import unescape
from types import SimpleNamespace

import pytest

from labkit import cards
from labkit.cards import ICONS, Card, inline, show


def test_twin_holds_every_word_of_the_card():
    card = Card("right", "pair_support: right", "It matters.\n\nSecond paragraph.", "x = 1")
    for words in ("pair_support: right", "It matters.", "Second paragraph.", "x = 1"):
        assert words in card.text()
        assert words in unescape(card.html())


def test_text_from_answers_is_escaped():
    html = Card("wrong", "<script>alert(1)</script>", "a < b & c", "<img onerror=x>").html()
    assert "<script>" not in html
    assert "<img" not in html
    assert "a &lt; b &amp; c" in html


def test_metadata_carries_the_facts_for_the_runner():
    card = Card("right", "t", facts={"kind": "check", "name": "pair_support", "status": "right"})
    assert card.metadata() == {"labkit": {"kind": "check", "name": "pair_support", "status": "right"}}


def test_card_is_printed_where_there_is_no_notebook(capsys):
    show(Card("hint", "Hint 1", "Look here."))
    assert capsys.readouterr().out == f"{ICONS['hint']} Hint 1\nLook here.\n"


def test_apart_from_the_notebook_there_is_none_even_within_ipython(monkeypatch):
    shell = object()
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    assert cards.shell() is shell
    with cards.apart_from_notebook():
        assert cards.shell() is None
        with cards.apart_from_notebook():
            pass
        assert cards.shell() is None
    assert cards.shell() is shell


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Use `x.sum()`.", "Use <code>x.sum()</code>."),
        ("the *safest* ones", "the <em>safest</em> ones"),
        ("打给了*最安全*的用户", "打给了<em>最安全</em>的用户"),
        ("`a * b * c` and *d*", "<code>a * b * c</code> and <em>d</em>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("one ` alone, one * alone", "one ` alone, one * alone"),
        ("`<b>` *<i>*", "<code>&lt;b&gt;</code> <em>&lt;i&gt;</em>"),
    ],
)
def test_code_and_emphasis_are_set_and_nothing_else_is_taken_for_them(text, html):
    assert inline(text) == html
