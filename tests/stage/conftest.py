"""A lab that is opened sets the language and the house style; here only until the test is over."""

import matplotlib as mpl
import pytest

from labkit.language import current_language, set_language


@pytest.fixture(autouse=True)
def language_and_style_are_given_back():
    before = current_language()
    with mpl.rc_context():
        yield
    set_language(before)
