"""Prose on pages."""

from labkit.slides.blocks import Block
from labkit.slides.pagination import paginate


def text(height, *, begins=True):
    return Block("text", "x", height, begins=begins)


def heights(pages):
    return [[block.height for block in page] for page in pages]


def test_what_fits_stays_together():
    assert heights(paginate([text(100), text(100)], 300, 400)) == [[100, 100]]


def test_pages_are_about_equally_full():
    assert heights(paginate([text(100)] * 6, 400, 400)) == [[100] * 3, [100] * 3]


def test_a_page_ends_where_a_paragraph_ends():
    blocks = [text(100), text(100, begins=False), text(100, begins=False), text(100, begins=False), text(150)]
    assert heights(paginate(blocks, 450, 450)) == [[100] * 4, [150]]


def test_a_block_that_is_higher_than_a_page_gets_one_of_its_own():
    assert heights(paginate([text(100), text(900), text(100)], 300, 300)) == [[100], [900], [100]]


def test_no_prose_is_no_page():
    assert paginate([], 300, 300) == []
