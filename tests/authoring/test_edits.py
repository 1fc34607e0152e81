"""Edits are made at positions of the original text, whatever characters it holds."""

import ast
import io
import tokenize

from hypothesis import given
from hypothesis import strategies as st

from labkit.authoring.edits import Edit, Positions, apply_edits

texts = st.text(st.characters(exclude_characters="\r\x00"), max_size=60)


@given(texts, st.lists(st.tuples(st.integers(0, 60), st.integers(0, 8), texts), max_size=6))
def test_text_between_edits_is_kept_and_every_outer_edit_is_made(text, wanted):
    edits, expected, position = [], "", 0
    for gap, length, new in wanted:
        start = min(position + gap, len(text))
        end = min(start + length, len(text))
        if start == position and edits and start == end:
            continue
        expected += text[position:start] + new
        edits.append(Edit(start, end, new))
        position = end
    assert apply_edits(text, reversed(edits)) == expected + text[position:]


def test_edit_inside_a_larger_one_is_dropped():
    assert apply_edits("0123456789", [Edit(3, 4, "x"), Edit(2, 8, "…"), Edit(9, 10, "!")]) == "01…8!"


def test_positions_of_ast_and_tokenize_agree_behind_chinese_text():
    code = 'a = "离网率"; b = f(\n    "口径", c)\n'
    positions = Positions(code)
    names = {
        node.id: positions.of_node(node.lineno, node.col_offset)
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Name)
    }
    tokens = tokenize.generate_tokens(io.StringIO(code).readline)
    from_tokens = {t.string: positions.of_token(t.start) for t in tokens if t.type == tokenize.NAME}
    assert names == from_tokens
    assert all(code[offset] == name for name, offset in names.items())
    assert positions.line_start(2) == code.index("    ")
    assert code[positions.line_end(1)] == "\n"
