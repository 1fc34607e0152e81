"""An instructor opens the solutions of lab 3.3 in JupyterLab, runs all, and presses the button for live slides."""

import shutil

import pytest

pytest.importorskip("playwright", reason="the browser test needs playwright")
from labkit.locations import edition_dir
from tests.browser.jupyterlab import browser_path, labkit_lab, open_notebook

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(
        browser_path() is None, reason="no Chromium on this machine: the browser test is left out"
    ),
]
SOLUTIONS = edition_dir("solutions", "zh") / "m03_data_foundations" / "l03_beer_and_diapers.ipynb"


def test_the_button_shows_the_notebook_as_slides_and_asks_no_other_host(tmp_path):
    with labkit_lab(tmp_path, "zh") as server:
        shutil.copy(SOLUTIONS, server.workbook / "live.ipynb")
        with open_notebook(server, "live.ipynb") as notebook:
            page = notebook.page
            notebook.run_all("运行", "运行所有单元格")
            page.keyboard.press("Control+s")
            page.locator(".jp-mod-dirty").first.wait_for(state="detached", timeout=60_000)
            page.locator(".jp-NotebookPanel-toolbar [data-command='RISE:preview']").click()
            slides = page.frame_locator("iframe[src*='/rise/']")
            first = slides.locator("section.present section.present")
            first.filter(has_text="啤酒与尿布").wait_for(timeout=120_000)
            assert slides.locator(".reveal .slides > section").count() > 12
            assert slides.locator("aside.notes").filter(has_text="谁相信啤酒与尿布").count() == 1
            slides.locator(".slides img[alt]").nth(5).wait_for(state="attached", timeout=30_000)
            size = slides.locator(".reveal").evaluate(
                "reveal => getComputedStyle(reveal).getPropertyValue('--jp-content-font-size1')"
            )
            assert size.strip() == "22px", "type for a projector"
            page.screenshot(path=tmp_path / "live.png")
            assert notebook.outside == []
