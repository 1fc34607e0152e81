"""An instructor opens the Chinese deck of lab 3.3 as a file and from a web server, and turns its pages."""

from __future__ import annotations

import functools
import threading
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest

pytest.importorskip("playwright", reason="the browser test needs playwright")
from playwright.sync_api import sync_playwright
from typer.testing import CliRunner

from labkit import cli
from labkit.language import current_language, set_language
from tests.browser.jupyterlab import HARMLESS, browser_path

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        browser_path() is None, reason="no Chromium on this machine: the browser test is left out"
    ),
]
NAME = "3.3_beer_and_diapers.zh.html"
SMALLEST_TYPE = 0.8
IS_READY = "() => window.Reveal && Reveal.isReady()"
OUTSIDE_ITS_PAGE = """() => {
    const page = document.querySelector('section.present section.present .page');
    const frame = page.getBoundingClientRect();
    const parts = [...page.querySelectorAll('.block, .block *')].filter(part => part.getClientRects().length);
    return page.scrollHeight > 720 || page.scrollWidth > 1280 || parts.some(part => {
        const box = part.getBoundingClientRect();
        return box.bottom > frame.bottom + 1 || box.right > frame.right + 1 || box.top < frame.top - 1;
    });
}"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with the deck, made on the smallest world."""
    out, spoken = tmp_path_factory.mktemp("slides"), current_language()
    try:
        result = CliRunner().invoke(
            cli.app, ["slides", "3.3", "--lang", "zh", "--scale", "tiny", "--out", str(out)]
        )
    finally:
        set_language(spoken)
    assert result.exit_code == 0, result.output
    return out


@contextmanager
def opened(address):
    """The deck in a browser, with what the page complained of and whom it asked."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path(), args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        page = browser.new_page(viewport={"width": 1280, "height": 720})
        errors, asked = [], []
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console", lambda said: errors.append(said.text) if said.type in {"error", "warning"} else None
        )
        page.context.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        page.wait_for_function(IS_READY)
        try:
            yield page, errors, asked
        finally:
            browser.close()


@contextmanager
def served(folder):
    """A web server on a free port."""
    handler = functools.partial(SimpleHTTPRequestHandler, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


def test_every_page_turns_by_keyboard_and_holds_all_of_its_content(folder):
    address = (folder / NAME).as_uri()
    with opened(address) as (page, errors, asked):
        total = page.evaluate("Reveal.getTotalSlides()")
        assert total > 30
        seen = set()
        for _ in range(4 * total):
            place = page.evaluate("JSON.stringify([Reveal.getIndices().h, Reveal.getIndices().v])")
            seen.add(place)
            assert not page.evaluate(OUTSIDE_ITS_PAGE), place
            if page.evaluate("Reveal.isLastSlide() && !Reveal.availableFragments().next"):
                break
            page.keyboard.press("Space")
        assert len(seen) == total
        sizes = page.eval_on_selector_all(
            ".page", "pages => pages.map(page => Number(page.style.getPropertyValue('--fit') || 1))"
        )
        assert min(sizes) >= SMALLEST_TYPE, "a page is set much smaller than its builder thought"
        assert errors == []
        assert all(url.startswith((address, "data:")) for url in asked)


def test_pictures_have_words_formulas_have_a_shape_and_the_font_is_there(folder):
    with opened((folder / NAME).as_uri()) as (page, _errors, _asked):
        pictures = page.locator("img")
        assert pictures.count() > 5
        assert all(pictures.nth(place).get_attribute("alt") for place in range(pictures.count()))
        assert page.evaluate("[...document.fonts].map(font => font.status)") == ["loaded", "loaded"]
        page.evaluate("Reveal.slide(3, 0)")
        formula = page.locator("section.present section.present math[display=block]")
        box = formula.bounding_box()
        assert box is not None
        assert box["width"] > 300
        assert box["height"] > 40
        assert "支持度" in formula.text_content()


def test_the_answer_of_a_question_appears_with_a_key_press(folder):
    with opened((folder / NAME).as_uri()) as (page, _errors, _asked):
        page.evaluate("Reveal.slide(Reveal.getHorizontalSlides().length - 1, 0)")
        because = page.locator("section.present section.present .because")
        assert not because.is_visible()
        assert page.locator("section.present section.present .quiz li").count() >= 2
        page.keyboard.press("Space")
        because.wait_for(state="visible")
        assert "visible" in page.locator("section.present section.present li.answer").get_attribute("class")


def test_the_speakers_window_holds_the_instructors_words(folder):
    with opened((folder / NAME).as_uri()) as (page, errors, asked):
        page.keyboard.press("ArrowRight")
        with page.expect_popup() as popup:
            page.keyboard.press("s")
        notes = popup.value.locator(".speaker-controls-notes .value").filter(has_text="谁相信啤酒与尿布")
        notes.wait_for(timeout=15_000)
        assert popup.value.locator(".speaker-controls-notes .label").inner_text() == "讲师备注"
        assert errors == []
        assert {urlsplit(url).scheme for url in asked} <= {"file", "data", "about"}


def test_from_a_web_server_the_deck_asks_for_nothing_but_itself(folder):
    with served(folder) as site, opened(f"{site}/{NAME}") as (page, errors, asked):
        page.keyboard.press("ArrowRight")
        page.wait_for_function("() => Reveal.getIndices().h === 1")
        others = [
            url for url in asked if url.split("#")[0] != f"{site}/{NAME}" and not url.startswith("data:")
        ]
        assert [url for url in others if not url.endswith("/favicon.ico")] == []
        assert [error for error in errors if not HARMLESS.search(error) and "404" not in error] == []
