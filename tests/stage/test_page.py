"""The page: every panel can be reached, a lab that fails is a card, and going back is immediate."""

import re
from pathlib import Path

import ipywidgets
import matplotlib.pyplot as plt
import pytest

from labkit.language import set_language
from labkit.stage import page as page_module
from labkit.stage.page import LivePage
from labkit.stage.panels import LabCode, Panel
from labkit.stage.preparing import CellError

OPENED = 'import labkit\n\nlab = labkit.start("9.3", scale="tiny")'
DRAWS = """
import matplotlib.pyplot as plt
from labkit.live import Slider

def draw(power):
    figure, axes = plt.subplots(figsize=SIZE)
    axes.plot([0, power])
    return figure, f"to the {power}"

lab.panel(draw, power=Slider("Power", 1, 5, 1, 2))
"""


def lab(number, *cells):
    sources = (OPENED, *cells)
    names = tuple(f"cell_{place}" for place in range(len(sources)))
    return Panel(
        LabCode(number, f"Lab {number}", f"Why {number}?", names, sources, (len(cells),)), len(cells)
    )


WIDE = lab("3.1", DRAWS.replace("SIZE", "(8, 4)"))
TALL = lab("3.2", DRAWS.replace("SIZE", "(4, 4)"))
BROKEN = lab("4.1", "wrong = 1 / 0", DRAWS.replace("SIZE", "(wrong, 4)"))


@pytest.fixture
def page():
    set_language("zh")
    yield LivePage([WIDE, TALL, BROKEN], {3: "数据 <基础>", 4: "客户"}, {})
    plt.close("all")


def widgets(root, kind):
    """Every widget of a kind, in the order of the page."""
    found = [root] if isinstance(root, kind) else []
    return found + [each for child in getattr(root, "children", ()) for each in widgets(child, kind)]


def text(root):
    return " ".join(each.value for each in widgets(root, ipywidgets.HTML))


def press(page, words):
    next(b for b in widgets(page.widget, ipywidgets.Button) if words in b.description).click()


def test_the_list_names_every_panel_by_module(page):
    assert [button.description for button in widgets(page.widget, ipywidgets.Button)] == [
        "3.1  Lab 3.1", "3.2  Lab 3.2", "4.1  Lab 4.1",
    ]  # fmt: skip
    assert "3 · 数据 &lt;基础&gt;" in text(page.widget)
    assert "Why 4.1?" in text(page.widget)
    assert "可调：Power" in text(page.widget)


def test_a_chosen_panel_stands_there_drawn_and_answers_its_control(page):
    press(page, "3.1")
    assert "to the 2" in text(page.widget)
    assert "<img" in text(page.widget)
    widgets(page.widget, ipywidgets.IntSlider)[0].value = 5
    assert "to the 5" in text(page.widget)


def test_going_back_and_forth_prepares_nothing_again_and_keeps_the_position(page, monkeypatch):
    press(page, "3.1")
    widgets(page.widget, ipywidgets.IntSlider)[0].value = 5
    press(page, "全部面板")
    assert len(widgets(page.widget, ipywidgets.Button)) == 3
    monkeypatch.setattr(page_module, "prepare", None)
    press(page, "3.1")
    assert "to the 5" in text(page.widget)


def test_a_lab_that_fails_is_a_kind_card_and_the_others_go_on(page):
    press(page, "4.1")
    assert "实验 4.1 没能准备好" in text(page.widget)
    assert "cell_1" in text(page.widget)
    assert "ZeroDivisionError" in text(page.widget)
    assert "Traceback" not in text(page.widget)
    press(page, "全部面板")
    press(page, "3.2")
    assert "to the 2" in text(page.widget)


def test_a_square_picture_has_its_controls_beside_it(page):
    press(page, "3.1")
    assert not any("labkit-tall" in box._dom_classes for box in widgets(page.widget, ipywidgets.VBox))
    press(page, "全部面板")
    press(page, "3.2")
    assert any("labkit-tall" in box._dom_classes for box in widgets(page.widget, ipywidgets.VBox))


def test_what_is_said_while_it_prepares_is_announced(page, monkeypatch):
    said = []

    def prepare(code, parameters, progress):
        progress(1, 4)
        said.append(text(page.widget))
        raise CellError("cell_1")

    monkeypatch.setattr(page_module, "prepare", prepare)
    press(page, "3.1")
    assert re.search(r'<p role="status">正在准备实验 3.1：第 2 步，共 4 步', said[0])


def test_the_page_asks_nobody_for_its_looks():
    folder = Path(page_module.__file__).parent
    for file in [*folder.glob("*.css"), *folder.rglob("*.j2"), *folder.rglob("page.html")]:
        assert not re.search(r"https?:|//cdn|@import", file.read_text(encoding="utf-8")), file.name
