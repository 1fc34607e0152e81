"""A trainee opens JupyterLab and sees how far the course is, with nothing run."""

import pytest

pytest.importorskip("playwright", reason="the browser test needs playwright")
from labkit.exercises.progress import Entry, ProgressLog
from labkit.locations import START_NOTEBOOK
from tests.browser.jupyterlab import browser_path, labkit_lab, open_notebook

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(
        browser_path() is None, reason="no Chromium on this machine: the browser test is left out"
    ),
]


def test_todays_standing_is_there_on_opening_with_its_colours(tmp_path):
    ProgressLog(tmp_path / "progress.jsonl").append(Entry("3.3", "pair_support", "check", "right"))
    with labkit_lab(tmp_path, "zh") as server, open_notebook(server, START_NOTEBOOK) as notebook:
        output = notebook.page.locator(".jp-Notebook .jp-CodeCell .jp-OutputArea-output").first
        output.locator("table").wait_for(timeout=30_000)
        assert "练习答对 1/" in output.inner_text()
        prompt = notebook.page.locator(".jp-Notebook .jp-CodeCell .jp-InputPrompt").first
        assert "1" not in prompt.inner_text()
        # The pale ground of a bar follows the theme: JupyterLab takes it away from an output that it does not trust.
        ground = output.locator("[role=img]").first.evaluate("bar => getComputedStyle(bar).backgroundColor")
        assert ground != "rgba(0, 0, 0, 0)"
        bar = output.locator("[role=img] span").first.evaluate("bar => bar.getBoundingClientRect().width")
        assert bar > 5
        notebook.page.screenshot(path=tmp_path / "page.png", full_page=True)
        assert notebook.errors == []
        assert notebook.outside == []
