"""An error a person meets is three sentences in their language."""

from labkit.errors import LabkitError
from labkit.language import Text, set_language


def test_error_says_what_why_and_what_to_do_without_a_traceback():
    error = LabkitError(Text("what", "何事"), Text("why", "为何"), Text("do", "怎么办"))
    set_language("zh")
    shown = error._render_traceback_()
    set_language("en")
    assert str(error) == "what\nwhy\ndo"
    assert len(shown) == 3
    assert "何事" in shown[0]
    assert "怎么办" in shown[2]
