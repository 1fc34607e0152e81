"""A card says the same in HTML and in plain text, and shows nothing that HTML would run."""

from html import unescape

from labkit.cards import ICONS, Card, show


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
