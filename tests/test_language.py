"""Text exists in both languages, and the edition's language decides which is shown."""

import pytest

from labkit.language import L, Text, current_language, set_language


@pytest.fixture(autouse=True)
def restore_language():
    before = current_language()
    yield
    set_language(before)


def test_text_follows_the_current_language():
    set_language("zh")
    assert L("Churn", "离网") == str(Text("Churn", "离网")) == "离网"
    set_language("en")
    assert L("Churn", "离网") == "Churn"


def test_fill_fills_both_languages_and_takes_texts_apart():
    filled = Text("{n} {what}", "{n} 个{what}").fill(n=3, what=Text("rows", "行"))
    assert filled == Text("3 rows", "3 个行")


def test_unknown_language_is_refused():
    with pytest.raises(ValueError, match="fr"):
        set_language("fr")
