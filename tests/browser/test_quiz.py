"""A trainee clicks the options of a question, with the mouse and with the keyboard, and opens the notebook again."""

import json
import urllib.request

import nbformat
import pytest

pytest.importorskip("playwright", reason="the browser test needs playwright")
from labkit import course
from tests.browser.jupyterlab import browser_path, labkit_lab, open_notebook

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(
        browser_path() is None, reason="no Chromium on this machine: the browser test is left out"
    ),
]
LAB, QUESTION = "3.5", "gap"
NOTEBOOK = "m03_data_foundations/l05_churn_tree.ipynb"
SMALL = "question.ipynb"


def keep_only_the_question(workbook):
    """The lab's own first cells and one of its questions, so that nothing else has to run."""
    node = nbformat.read(workbook / NOTEBOOK, as_version=4)
    wanted = ("labkit.start(", f'lab.quiz("{QUESTION}")')
    node.cells = [
        cell
        for cell in node.cells
        if cell.cell_type == "code"
        and ("parameters" in cell.metadata.get("tags", ()) or any(text in cell.source for text in wanted))
    ]
    assert len(node.cells) == 3
    nbformat.write(node, workbook / SMALL)


def end_kernels(server):
    """End every kernel, as a computer does overnight."""
    headers, sessions = {"Authorization": f"token {server.token}"}, f"{server.url}/api/sessions"
    for session in json.load(urllib.request.urlopen(urllib.request.Request(sessions, headers=headers))):
        request = urllib.request.Request(f"{sessions}/{session['id']}", headers=headers, method="DELETE")
        urllib.request.urlopen(request)


def test_options_explain_themselves_and_a_reopened_notebook_still_shows_them(tmp_path):
    explained = {
        option.text.zh.replace("`", ""): option.because.zh for option in course.quizzes(LAB)[QUESTION].options
    }
    right = next(option.text.zh for option in course.quizzes(LAB)[QUESTION].options if option.right)
    with labkit_lab(tmp_path, "zh") as server:
        keep_only_the_question(server.workbook)
        with open_notebook(server, SMALL) as notebook:
            page = notebook.page
            notebook.run_all("运行", "运行所有单元格")
            question = page.locator(".labkit-question")
            question.wait_for(timeout=60_000)
            said, options = question.locator("[role=status]"), question.locator(".labkit-option button")
            assert said.inner_text() == ""
            assert all(because not in page.content() for because in explained.values())
            names = [options.nth(i).inner_text().partition(". ")[2] for i in range(options.count())]
            assert sorted(names) == sorted(explained)

            page.set_viewport_size({"width": 620, "height": 2400})
            badges = question.locator(".labkit-option span[style*=radius]")
            boxes = [badges.nth(i).bounding_box() for i in range(badges.count())]
            assert len(boxes) == len(names)
            assert all(abs(box["width"] - box["height"]) < 1 for box in boxes), (
                "no circle where the text wraps"
            )
            heights = [options.nth(i).bounding_box()["height"] for i in range(options.count())]
            assert max(heights) > 1.5 * min(heights), "no text wraps, so nothing was tested"

            tried = [name for name in names if name != right]
            options.nth(names.index(tried[0])).click()
            said.filter(has_text=explained[tried[0]]).wait_for(timeout=30_000)
            options.first.focus()
            for _ in range(names.index(right)):
                page.keyboard.press("Tab")
            page.keyboard.press("Space")
            said.filter(has_text=explained[right]).wait_for(timeout=30_000)
            question.screenshot(path=tmp_path / "question.png")
            assert "正确" in options.nth(names.index(right)).inner_text()
            log = [json.loads(line) for line in (tmp_path / "progress.jsonl").read_text().splitlines()]
            tries = [(line["name"], line["status"]) for line in log if line["event"] == "quiz"]
            assert tries == [(QUESTION, "wrong"), (QUESTION, "right")]

            page.keyboard.press("Control+S")
            page.locator(".jp-mod-dirty").wait_for(state="detached", timeout=30_000)
            assert notebook.errors == []
            assert notebook.outside == []
        end_kernels(server)
        with open_notebook(server, SMALL) as notebook:
            question = notebook.page.locator(".labkit-question")
            question.wait_for(timeout=60_000)
            assert explained[right] in question.inner_text()
            again = "element => getComputedStyle(element, '::after').content"
            assert "重新运行" in question.evaluate(again)
            question.screenshot(path=tmp_path / "reopened.png")
            assert notebook.errors == []
