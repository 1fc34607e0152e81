"""A trainee chooses seeds on the drawn graph of lab 4.7, with the mouse and with the keyboard, and plays the cascade."""

import functools

import pytest

pytest.importorskip("playwright", reason="the browser test needs playwright")
from tests.browser.jupyterlab import browser_path, labkit_lab, open_notebook, sentence_after

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(
        browser_path() is None, reason="no Chromium on this machine: the browser test is left out"
    ),
]
NOTEBOOK = "m04_knowing_customers/l07_key_customers.ipynb"


def test_seeds_are_chosen_on_the_graph_and_the_cascade_plays(tmp_path):
    with labkit_lab(tmp_path, "en") as server, open_notebook(server, NOTEBOOK) as notebook:
        page = notebook.page
        notebook.run_all("Run", "Run All Cells")
        panel = page.locator(".jp-OutputArea-output", has=page.locator(".labkit-picture")).first
        panel.wait_for(timeout=60_000)
        panel.scroll_into_view_if_needed()

        after = functools.partial(sentence_after, panel)

        image = panel.locator("img").bounding_box()
        buttons = panel.locator("button.labkit-point")
        boxes = [buttons.nth(i).bounding_box() for i in range(buttons.count())]
        assert len(boxes) > 40
        assert all(20 < box["width"] < 30 and 20 < box["height"] < 30 for box in boxes)
        for box in boxes:
            assert 0 < box["x"] - image["x"] < image["width"] - box["width"]
            assert 0 < box["y"] - image["y"] < image["height"] - box["height"]

        name = buttons.nth(7).inner_text()
        assert name in after(buttons.nth(7).click).split(".")[0].split()[-1]
        buttons.nth(9).focus()
        assert buttons.nth(9).inner_text() in after(lambda: page.keyboard.press("Space")).split(".")[0]
        assert "step 3" in after(
            panel.locator(".jupyter-widget-play button, .widget-play button").first.click
        )
        page.screenshot(path=tmp_path / "page.png", full_page=True)
        panel.screenshot(path=tmp_path / "panel.png")
        assert notebook.errors == []
        assert notebook.outside == []
