"""The operations desk of lab 7.4 in a real browser: a day and a place are chosen with the keyboard and with buttons."""

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
NOTEBOOK = "m07_smart_operations/l04_kpi_alarm.ipynb"
SAYS = "([panel, words]) => panel.querySelector('p[role=status]').textContent.includes(words)"
WIDER_THAN_ITS_PLACE = "element => element.scrollWidth - element.clientWidth"


def test_the_desk_answers_to_keyboard_and_buttons(tmp_path):
    with labkit_lab(tmp_path, "en") as server, open_notebook(server, NOTEBOOK) as notebook:
        page = notebook.page
        notebook.run_all("Run", "Run All Cells")
        panel = page.locator(".jp-OutputArea-output", has=page.locator(".labkit-desk")).first
        panel.wait_for(timeout=60_000)
        panel.scroll_into_view_if_needed()
        said = panel.locator("p[role=status]")

        after = functools.partial(sentence_after, panel)

        assert "Tue 2025-01-07, whole bank: 5 of 7" in said.inner_text()
        assert "2025-01-08" in after(panel.get_by_role("button", name="›", exact=True).click)
        assert "Alarms: loan (since 2025-01-06" in after(panel.get_by_role("button", name="« alarm").click)
        assert "2025-03-05" in after(panel.get_by_role("button", name="alarm »").click)
        day = panel.locator("input[type=date]")
        day.focus()
        page.keyboard.type("06252024", delay=100)
        page.wait_for_function(SAYS, arg=[panel.element_handle(), "Tue 2024-06-25"], timeout=30_000)
        place = panel.locator("select")
        place.focus()
        assert "Luting" in after(lambda: page.keyboard.press("l"))
        assert "Shuangdu: 3 of 7" in after(lambda: place.select_option(label="Shuangdu"))
        for label in panel.locator(".widget-label").all():
            assert label.evaluate(WIDER_THAN_ITS_PLACE) <= 0
        for element in panel.locator(".labkit-desk .tile, .labkit-desk table").all():
            assert element.evaluate(WIDER_THAN_ITS_PLACE) <= 0
        panel.screenshot(path=tmp_path / "desk.png")
        assert notebook.errors == []
        assert notebook.outside == []
