"""A trainee opens lab 3.3 in Chinese, runs it all, answers wrong and then right, and moves the slider."""

import pytest

pytest.importorskip("playwright", reason="the browser test needs playwright")
from labkit.course import official_solution
from tests.browser.jupyterlab import browser_path, labkit_lab, open_notebook

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        browser_path() is None, reason="no Chromium on this machine: the browser test is left out"
    ),
]
NOTEBOOK = "m03_data_foundations/l03_beer_and_diapers.ipynb"
EXERCISE = "pair_support"


def card(notebook, text):
    """The card below the check that contains a text."""
    output = notebook.cell(f'lab.check("{EXERCISE}")').locator(".jp-OutputArea-output", has_text=text)
    output.wait_for(timeout=30_000)
    return output


def test_trainee_answers_wrong_then_right_and_moves_the_slider(tmp_path):
    with labkit_lab(tmp_path, "zh") as server, open_notebook(server, NOTEBOOK) as notebook:
        page = notebook.page
        notebook.run_all("运行", "运行所有单元格")
        assert page.locator("[data-mime-type='application/vnd.jupyter.error']").count() == 0
        card(notebook, "轮到你了")

        answer = notebook.cell(f"{EXERCISE} = ...")
        assert answer.count() == 1
        cell_id = answer.evaluate(
            "cell => [...cell.parentElement.querySelectorAll('.jp-CodeCell')].indexOf(cell)"
        )
        answer = page.locator(".jp-Notebook .jp-CodeCell").nth(cell_id)
        notebook.write(answer, f"{EXERCISE} = 0.987")
        card(notebook, "还不对")
        notebook.write(answer, official_solution("3.3", EXERCISE, "zh"))
        card(notebook, "答对了")

        stage = page.locator(".jp-OutputArea-output", has=page.locator(".noUi-handle")).first
        before = stage.locator("p[role=status]").inner_text()
        stage.locator(".noUi-handle").first.focus()
        for _ in range(5):
            page.keyboard.press("ArrowRight")
        page.wait_for_function(
            "before => [...document.querySelectorAll('.jp-OutputArea-output p[role=status]')]"
            ".every(p => p.textContent !== before)",
            arg=before,
            timeout=30_000,
        )
        images = page.locator(".jp-OutputArea-output img")
        assert images.count() > 0
        assert all(images.nth(i).get_attribute("alt") for i in range(images.count()))
        page.screenshot(path=tmp_path / "page.png", full_page=True)
        assert notebook.errors == []
        assert notebook.outside == []
