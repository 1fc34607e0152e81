"""One file that needs nothing else."""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from labkit.running.notebooks import LabNotebook
from labkit.slides import page as pages
from labkit.slides.deck import make_deck
from labkit.slides.page import to_html
from tests.slides.small import QUIZ, small_lab

LAB = LabNotebook(Path("l03_a_lab.ipynb"), "3.3", "zh", "啤酒与尿布", 25)


@pytest.fixture(scope="module")
def html():
    return to_html(make_deck(small_lab(), {"q1": QUIZ}, "en"), LAB)


@pytest.fixture(scope="module")
def soup(html):
    return BeautifulSoup(html, "html.parser")


def test_nothing_is_asked_of_anybody(html, soup):
    assert not soup.find_all("link")
    assert not [script for script in soup.find_all("script") if script.get("src")]
    assert all(image["src"].startswith("data:") for image in soup.find_all("img"))
    styles = "".join(style.get_text() for style in soup.find_all("style"))
    assert not re.findall(r"url\((?![\"']?data:)|@import", styles)
    assert "sourceMappingURL" not in html


def test_sections_hold_pages_and_pages_hold_notes(soup):
    stacks = soup.select(".slides > section")
    assert [len(stack.find_all("section")) for stack in stacks] == [1, 3, 1]
    assert "title" in stacks[0].section["class"]
    assert [note.get_text(strip=True) for note in stacks[1].find_all("section")[1].select("aside.notes")] == [
        "Ask the room."
    ]


def test_the_title_page_says_lab_module_minutes_and_question(soup):
    title = soup.select_one("section.title").get_text(" ", strip=True)
    for said in ("啤酒与尿布", "模块3", "3.3", "25 分钟", "Who buys what?"):
        assert said in title


def test_the_font_is_inside_in_both_weights_and_holds_latin_too(html):
    assert html.count("data:font/woff;base64,") == 2
    assert pages.FONTS not in html


def test_scripts_cannot_end_early(soup):
    assert len(soup.find_all("script")) == 3
    assert soup.find_all("script")[2].get_text().strip().startswith("const SPEAKER_WORDS")


def test_reveal_comes_with_its_licence_and_is_small():
    folder = Path(pages.__file__).parent / "reveal"
    assert "Permission is hereby granted" in (folder / "LICENSE_REVEAL").read_text()
    assert sum(file.stat().st_size for file in folder.iterdir()) < 400_000
