"""An instructor opens the live page in Chinese, chooses a panel with the keyboard alone, and moves its slider."""

import os
import re
import socket
import subprocess
import sys
import time

import pytest

pytest.importorskip("playwright", reason="the browser test needs playwright")
from tests.browser.jupyterlab import SECONDS, browser_path, watched_page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        browser_path() is None, reason="no Chromium on this machine: the browser test is left out"
    ),
]
FOCUSED = "document.activeElement.textContent.trim()"
PICTURE = "document.querySelector('.labkit-panel img').src"
SEEN = """() => { const style = getComputedStyle(document.activeElement);
    return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 3 }"""


@pytest.fixture
def address(tmp_path):
    """Where ``labkit live`` serves its page, until the test is over."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    words = ["live", "--lang", "zh", "--scale", "tiny", "--no-browser", "--port", port]
    own = {name: str(tmp_path / name) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "IPYTHONDIR")}
    log = tmp_path / "live.log"
    with open(log, "w") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "labkit.cli", *words],
            env=os.environ | own,
            stdout=file,
            stderr=subprocess.STDOUT,
            cwd=tmp_path,
        )
    try:
        deadline = time.monotonic() + 180
        while not (found := re.search(r"http://\S+", log.read_text(encoding="utf-8"))):
            assert process.poll() is None, log.read_text(encoding="utf-8")
            assert time.monotonic() < deadline
            time.sleep(0.2)
        yield found[0]
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def tab_to(page, wanted):
    """Press Tab until what has the focus satisfies a script."""
    for _ in range(60):
        if page.evaluate(wanted):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {wanted}")


def test_a_panel_is_chosen_and_moved_with_the_keyboard(address, tmp_path):
    with watched_page(1920, 1080) as opened:
        page = opened.page
        page.goto(address, timeout=120 * SECONDS)
        page.wait_for_selector(".labkit-cards", timeout=120 * SECONDS)
        assert page.locator("h1").first.inner_text() == "现场演示"
        assert page.evaluate("document.fonts.check('21px \"Noto Sans SC\"', '现场')")

        tab_to(page, f"{FOCUSED}.startsWith('3.3')")
        page.keyboard.press("Enter")
        page.wait_for_selector(".labkit-panel img", timeout=120 * SECONDS)
        said = page.locator(".labkit-panel p[role=status]")
        first, before = said.inner_text(), page.evaluate(PICTURE)
        assert page.locator(".labkit-panel img").get_attribute("alt") == first
        box = page.locator(".labkit-panel img").bounding_box()
        assert box["x"] + box["width"] <= 1920
        assert box["y"] + box["height"] <= 1080

        tab_to(page, "document.activeElement.classList.contains('noUi-handle')")
        assert page.evaluate(SEEN)
        began = time.perf_counter()
        page.keyboard.press("ArrowRight")
        page.wait_for_function(f"before => {PICTURE} !== before", arg=before, timeout=30 * SECONDS)
        print(f"\nfrom the key to the new picture: {time.perf_counter() - began:.2f} s on the clock")
        assert said.inner_text() != first
        page.screenshot(path=tmp_path / "panel.png")

        tab_to(page, f"document.activeElement.tagName === 'BUTTON' && {FOCUSED}.includes('全部面板')")
        page.keyboard.press("Enter")
        page.wait_for_selector(".labkit-cards", timeout=10 * SECONDS)
        assert opened.errors == []
        assert opened.outside == []
