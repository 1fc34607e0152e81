"""JupyterLab as a trainee meets it: ``labkit lab`` on loopback, and the pages of a real browser."""

from __future__ import annotations

import os
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Locator, Page, sync_playwright

SECONDS = 1_000
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
KERNEL_LISTENS = re.compile(r"\| *(空闲|Idle)")
ALL_CELLS_HAVE_RUN = r"""() => {
    const prompts = [...document.querySelectorAll('.jp-Notebook .jp-CodeCell .jp-InputPrompt')];
    return prompts.length && prompts.every(prompt => /^\[\d+\]:?$/.test(prompt.textContent.trim()));
}"""
HARMLESS = re.compile(r"favicon|ResizeObserver")


def browser_path() -> str | None:
    """The browser on this machine, if there is one."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


@dataclass
class Server:
    """A running JupyterLab."""

    url: str
    token: str
    workbook: Path


@contextmanager
def labkit_lab(folder: Path, language: str) -> Iterator[Server]:
    """Run ``labkit lab`` with a workbook and Jupyter folders of its own, until the test is over."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Server(f"http://127.0.0.1:{port}", secrets.token_hex(16), folder / "workbook" / language)
    own_folders = {
        name: str(folder / name.lower())
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    }
    own_folders |= {
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "workspaces"),
    }
    environment = os.environ | own_folders
    environment |= {
        "JUPYTER_TOKEN": server.token,
        "LABKIT_SCALE": "tiny",
        "LABKIT_WORKBOOK": str(folder / "workbook"),
    }
    environment["LABKIT_PROGRESS"] = str(folder / "progress.jsonl")
    command = [
        sys.executable,
        "-m",
        "labkit.cli",
        "lab",
        "--lang",
        language,
        "--no-browser",
        "--port",
        str(port),
    ]
    with open(folder / "server.log", "w") as log:
        process = subprocess.Popen(command, env=environment, stdout=log, stderr=subprocess.STDOUT, cwd=folder)
        try:
            _wait_until_up(server, process, folder / "server.log")
            yield server
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_until_up(server: Server, process: subprocess.Popen, log: Path) -> None:
    deadline = time.monotonic() + 180
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"{server.url}/api?token={server.token}", timeout=2)
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    raise RuntimeError(f"JupyterLab did not start:\n{log.read_text()[-3000:]}")


@dataclass
class Notebook:
    """One notebook in one page of the browser.

    Parameters
    ----------
    page : Page
        Playwright's page.
    errors : list of str
        Errors of the page and its console.
    outside : list of str
        Requests that left this computer.
    """

    page: Page
    errors: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)

    def cell(self, text: str) -> Locator:
        """The code cell whose source contains a text."""
        editor = self.page.locator(".jp-InputArea-editor", has_text=text)
        return self.page.locator(".jp-Notebook .jp-CodeCell").filter(has=editor).first

    def run_all(self, menu: str, item: str) -> None:
        """Choose Run All in the menu, as a trainee would, and wait until every cell has run."""
        self.page.locator(".lm-MenuBar-item").filter(has_text=re.compile(f"^{menu}$")).click()
        self.page.locator(".lm-Menu-item").filter(has_text=re.compile(f"^{item}$")).click()
        self.page.wait_for_function(ALL_CELLS_HAVE_RUN, timeout=180 * SECONDS)

    def write(self, cell: Locator, code: str) -> None:
        """Replace what stands in a cell by typing, then run it and the cell below it."""
        cell.locator(".cm-content").click()
        self.page.keyboard.press("Control+A")
        self.page.keyboard.press("Delete")
        if "\n" in code:
            self.page.keyboard.insert_text(code)
        else:
            self.page.keyboard.type(code)
        self.page.keyboard.press("Escape")
        self.page.keyboard.press("Shift+Enter")
        self.page.keyboard.press("Shift+Enter")


@contextmanager
def watched_page(width: int, height: int) -> Iterator[Notebook]:
    """An empty page of a browser whose errors and requests to elsewhere are written down."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=browser_path(),
            args=[
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-background-networking",
            ],
        )
        page = browser.new_page(viewport={"width": width, "height": height})
        notebook = Notebook(page)
        page.on("pageerror", lambda error: notebook.errors.append(str(error)))
        page.on("console", lambda message: _note_error(notebook, message.type, message.text))
        page.on("request", lambda request: _note_outside(notebook, request.url))
        try:
            yield notebook
        finally:
            browser.close()


@contextmanager
def open_notebook(server: Server, path: str) -> Iterator[Notebook]:
    """Open a notebook in a browser window tall enough that no cell is left out of the page."""
    with watched_page(1400, 2400) as notebook:
        page = notebook.page
        page.goto(f"{server.url}/lab/tree/{path}?token={server.token}", timeout=120 * SECONDS)
        page.wait_for_selector(".jp-Notebook .jp-CodeCell", timeout=120 * SECONDS)
        page.locator("#jp-main-statusbar").filter(has_text=KERNEL_LISTENS).wait_for(timeout=120 * SECONDS)
        yield notebook


def _note_error(notebook: Notebook, kind: str, text: str) -> None:
    if kind == "error" and not HARMLESS.search(text):
        notebook.errors.append(text)


def _note_outside(notebook: Notebook, url: str) -> None:
    parts = urlsplit(url)
    if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in {"127.0.0.1", "localhost"}:
        notebook.outside.append(url)


SENTENCE_CHANGED = "([panel, before]) => panel.querySelector('p[role=status]').textContent !== before"


def sentence_after(panel: Locator, act: Callable[[], object]) -> str:
    """Do something to a live panel, and return what it says as soon as it says something else."""
    said = panel.locator("p[role=status]")
    before = said.inner_text()
    act()
    panel.page.wait_for_function(SENTENCE_CHANGED, arg=[panel.element_handle(), before], timeout=30 * SECONDS)
    return said.inner_text()
