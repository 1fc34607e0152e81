import base64
import io
import re

import pytest
from fontTools.ttLib import TTFont

from labkit.charts.web_font import FAMILY, font_faces
from labkit.locations import PROJECT

PAGES = [
    "authoring/templates/timing_sheet.html.j2",
    "grading/templates/report.css",
    "reports/templates/report.html.j2",
]
PAGES += [
    "running/templates/report.html.j2",
    "standing/templates/certificate.html.j2",
    "slides/templates/deck/deck.css",
]


def characters(face):
    data = base64.b64decode(re.search(r"base64,([^\"]+)", face)[1])
    return {chr(code) for code in TTFont(io.BytesIO(data)).getBestCmap()}


def test_a_page_gets_two_weights_of_the_characters_it_uses():
    faces = font_faces("<p>提升度 lift 1.7</p>").splitlines()
    assert [re.search(r"font-weight: (\d+)", face)[1] for face in faces] == ["400", "700"]
    assert all(characters(face) == set("提升度") for face in faces)


def test_latin_is_left_to_the_reader_s_own_font_unless_lines_must_break_alike():
    assert font_faces("lift") == ""
    assert "unicode-range: U+2E80" in font_faces("提升")
    assert "unicode-range" not in font_faces("lift", latin=True)
    assert characters(font_faces("lift", latin=True).splitlines()[0]) == set("lift")


@pytest.mark.parametrize("page", PAGES)
def test_the_bundled_font_stands_first_on_every_page(page):
    text = (PROJECT / "labkit" / page).read_text(encoding="utf-8")
    assert re.search(rf'(font:[^;"]*|--text: )"{FAMILY}"', text)
