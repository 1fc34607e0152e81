"""The panels of the solutions edition, found by reading."""

import json

from labkit import course
from labkit.locations import edition_dir
from labkit.stage.panels import find_panels, places_of_panels


def notebook_of(lab_id, language):
    folder = course.lab_dir(lab_id)
    return edition_dir("solutions", language) / folder.parent.name / f"{folder.name}.ipynb"


def test_every_cell_that_showed_a_panel_when_the_course_was_built_is_found():
    for language in ("en", "zh"):
        shown = []
        for lab in course.lab_ids():
            cells = json.loads(notebook_of(lab, language).read_text(encoding="utf-8"))["cells"]
            shown += [
                f"{lab}/{cell['id']}"
                for cell in cells
                if any(
                    output.get("metadata", {}).get("labkit", {}).get("kind") == "panel"
                    for output in cell.get("outputs", [])
                )
            ]
        assert [panel.name for panel in find_panels(language)] == shown
        assert len(shown) >= len(course.lab_ids())


def test_a_panel_says_what_its_lab_asks_and_what_can_be_moved():
    rules, shelf = (panel for panel in find_panels("zh") if panel.code.lab == "3.3")
    assert rules.code.title == "啤酒与尿布"
    assert rules.code.question.startswith("哪些商品")
    assert rules.knobs == ("最低支持度（%）", "最低置信度（%）")
    assert shelf.knobs == ("并排摆放", "见效比例（占拉力的 %）")


def test_only_a_call_of_lab_panel_shows_one_and_what_is_no_python_shows_none():
    cells = ["%time lab.panel(", "# lab.panel(draw)", "other.panel(draw)", "if True:\n    lab.panel(draw)"]
    assert places_of_panels(cells) == [3]
