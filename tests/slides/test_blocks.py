"""Prose taken apart."""

from labkit.slides.blocks import LINES_OF_CODE, code_blocks, paragraphs, prose_blocks, without_box

BOX = '<div class="alert alert-info">\n\n**Note: A story**\n\nOnce. And again.\n\n</div>'


def kinds(markdown):
    return [block.kind for block in prose_blocks(markdown)]


def test_the_first_sentence_leads_and_the_others_follow():
    assert kinds("## Title\n\nFirst. Second. Third.") == ["heading", "lead", "text", "text"]


def test_a_box_and_a_formula_stay_whole():
    assert kinds(f"Words:\n\n$$\na = b\n$$\n\n{BOX}") == ["lead", "formula", "box"]
    assert paragraphs(BOX) == [BOX]


def test_a_formula_inside_a_paragraph_gets_a_line_of_its_own():
    assert kinds("Words\n$$a = b$$\nmore words.") == ["lead", "formula", "text"]


def test_lists_listings_and_tables_are_told_apart():
    assert kinds("* one\n* two") == ["list", "list"]
    assert kinds("```\nlabkit run\n```") == ["listing"]
    assert kinds("| a | b |\n|---|---|\n| 1 | 2 |") == ["grid"]


def test_a_short_question_stands_with_its_answer():
    blocks = list(prose_blocks("First sentence here. Rare items? Lower the support."))
    assert [block.source for block in blocks] == ["First sentence here.", "Rare items? Lower the support."]


def test_what_stands_bold_in_front_goes_with_what_it_names():
    blocks = prose_blocks("**Trust.** They read it. **会改变什么。** 什么都变。")
    assert [block.source for block in blocks] == ["**Trust.** They read it.", "**会改变什么。** 什么都变。"]


def test_a_long_first_sentence_is_not_set_large():
    assert kinds("A sentence that goes on " * 12 + "and ends.") == ["text"]


def test_what_only_helps_at_the_keyboard_is_left_out():
    assert [b.source for b in prose_blocks('Think. Answer with `lab.answer("q1", "A")`. Then go on.')] == [
        "Think.",
        "Then go on.",
    ]


def test_notes_go_without_their_box():
    assert without_box(
        '<div class="alert alert-success">\n\n**For the instructor**\n\nSay it.\n\nTwice.\n\n</div>'
    ) == ("Say it.\n\nTwice.")
    assert without_box("Plain.") == "Plain."


def test_long_code_breaks_between_statements_and_loses_nothing():
    code = "\n".join(f"value_{row} = (\n    {row}\n)" for row in range(15))
    pieces = [block.source.removeprefix("```python\n").removesuffix("\n```") for block in code_blocks(code)]
    assert "\n".join(pieces) == code
    assert len(pieces) == 3
    assert all(piece.startswith("value_") and piece.count("\n") < LINES_OF_CODE for piece in pieces)


def test_longer_text_is_expected_to_be_higher_in_both_languages():
    for word in ("word ", "字词"):
        short, long = (next(prose_blocks(word * times)) for times in (5, 60))
        assert long.height > short.height
