"""One description, three files: each says the same numbers as the data, and says so when it does not."""

from __future__ import annotations

import io
import re
import zipfile

import docx
import pandas as pd
import pytest
from docx.oxml.ns import qn

from labkit.errors import LabkitError
from labkit.reports import (
    FORMATS,
    Figure,
    Number,
    Paragraph,
    Report,
    Table,
    altered_numbers,
    rendered,
    to_html,
    to_pdf,
    to_pictures,
    to_word,
    typed_numbers,
    write_reports,
)
from labkit.reports.numbers import NUMERAL
from labkit.reports.reading import read_words
from tests.reports.example import report_in

LANGUAGES = ["en", "zh"]


@pytest.fixture(scope="module", params=LANGUAGES)
def report(request) -> Report:
    return report_in(request.param)


@pytest.fixture(scope="module")
def files(report) -> dict[str, bytes]:
    return {kind: rendered(report, kind) for kind in FORMATS}


@pytest.mark.parametrize("kind", FORMATS)
def test_file_says_every_line_of_the_report_in_its_order(report, files, kind):
    said = re.sub(r"\s", "", read_words(files[kind]))
    place = 0
    for line in report.lines():
        found = said.find(re.sub(r"\s", "", line), place)
        assert found >= 0, line
        place = found


@pytest.mark.parametrize("kind", FORMATS)
def test_numbers_of_a_file_are_those_of_the_data(report, files, kind):
    assert altered_numbers(report, files[kind]) == []
    assert {"2.6%", "12,842", "−1,200", "2.1%", "7", "2025"} <= set(NUMERAL.findall(read_words(files[kind])))


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", ["rate", "customers", "loss", "month"])
def test_number_that_changed_since_the_report_was_made_is_caught(report, files, kind, name):
    """The file is old, the data are new: the same as a number altered by hand."""
    value = report.values[name]
    later = Number(
        value.value + (pd.DateOffset(months=1) if name == "month" else 0.01 + value.value), value.format
    )
    newer = Report(
        report.title,
        report.headline,
        report.blocks,
        {**report.values, name: later},
        report.sources,
        report.language,
    )
    caught = altered_numbers(newer, files[kind])
    assert caught
    assert all(name in place.names for place in caught)


def test_number_altered_by_hand_is_caught_in_the_page(report, files):
    page = files["html"].decode().replace(">12,842<", ">12,482<", 1)
    (caught,) = altered_numbers(report, page)
    assert (caught.expected, caught.found, caught.names) == ("12,842", "12,482", ("customers",))


def test_number_altered_by_hand_is_caught_in_word(report, files):
    page = docx.Document(io.BytesIO(files["docx"]))
    for text in page.element.body.iter(qn("w:t")):
        if text.text == "1,200":
            text.text = "1,300"
    saved = io.BytesIO()
    page.save(saved)
    (caught,) = altered_numbers(report, saved.getvalue())
    assert (caught.expected, caught.found, caught.names) == ("1,200", "1,300", ())


def test_number_left_out_or_put_in_is_caught(report, files):
    page = files["html"].decode()
    without = page.replace("12,842", "", 1) if page.count(">12,842<") else page
    assert [place.found for place in altered_numbers(report, without)] == [""]
    more = page.replace("<main>", "<main><p>99</p>")
    assert [(place.expected, place.found) for place in altered_numbers(report, more)] == [("", "99")]


def test_page_needs_nothing_from_outside(report, files):
    page = files["html"].decode()
    assert not re.findall(r'(?:src|href)="(?!data:)', page)
    assert not re.findall(r"url\(\"?(?!\"?data:)|@import", page)
    assert "<script" not in page
    assert ("font/woff" in page) == (report.language == "zh")


def test_page_carries_each_number_with_its_name_and_exact_value(report, files):
    marked = re.findall(
        r'<data value="([^"]*)" data-name="([^"]*)"[^>]*>([^<]*)</data>', files["html"].decode()
    )
    assert ("0.02621", "rate", "2.6%") in marked
    assert {name for _, name, _ in marked} == {"rate", "customers", "loss", "month"}


def test_word_locks_each_number_in_a_field_with_its_name(report, files):
    body = docx.Document(io.BytesIO(files["docx"])).element.body
    fields = [
        (field.find(f".//{qn('w:tag')}").get(qn("w:val")), "".join(t.text for t in field.iter(qn("w:t"))))
        for field in body.iter(qn("w:sdt"))
    ]
    shown = report.shown()
    assert set(fields) == set(shown.items())
    assert {lock.get(qn("w:val")) for lock in body.iter(qn("w:lock"))} == {"sdtContentLocked"}


def test_word_names_a_chinese_font_and_the_figures_have_words(report, files):
    with zipfile.ZipFile(io.BytesIO(files["docx"])) as parts:
        styles, body = parts.read("word/styles.xml").decode(), parts.read("word/document.xml").decode()
    assert styles.count('w:eastAsia="Microsoft YaHei"') >= 3
    assert report.fill("{rate}") in re.search(r'descr="([^"]*)"', body)[1]


def test_pdf_brings_its_fonts_and_fits_its_page(report, files):
    fonts = set(re.findall(rb"/BaseFont/[A-Z]+\+([\w-]+)", files["pdf"]))
    assert fonts == {b"NotoSansSC-Regular", b"NotoSansSC-Bold"}
    (page,) = to_pictures(report)
    assert page.startswith(b"\x89PNG")


def test_same_report_is_the_same_file(report, files):
    assert to_pdf(report) == files["pdf"]
    assert to_html(report).encode() == files["html"]


def test_typed_number_is_found_and_nothing_is_written(tmp_path):
    stale = Report("Churn", "Of {customers} customers 2.6% left", [], {"customers": Number(12842)})
    assert typed_numbers(stale) == ["Of {customers} customers 2.6% left"]
    with pytest.raises(LabkitError, match=r"2\.6%"):
        write_reports(tmp_path / "out", [("good", report_in("en")), ("stale", stale)], ["html"])
    assert list((tmp_path / "out").iterdir()) == []


def test_numbers_of_tables_are_data_and_not_typed(report):
    assert typed_numbers(report) == []


@pytest.mark.parametrize(
    ("text", "said"), [("{rat} left", "rat"), ("{rate:.1%} left", "format"), ("a { brace", "brace")]
)
def test_hole_that_cannot_be_filled_is_told_in_words(text, said):
    with pytest.raises(LabkitError, match=said):
        to_html(Report("Churn", text, [], {"rate": Number(0.02, "{:.1%}")}))


def test_reports_are_written_together_or_not_at_all(tmp_path, report):
    ready = []
    made = write_reports(
        tmp_path / "new" / "folder", [("one", report), ("two", report)], ["html", "docx"], ready.append
    )
    assert (
        [path.name for path in made]
        == ["one.html", "one.docx", "two.html", "two.docx"]
        == [p.name for p in ready]
    )
    assert sorted(path.name for path in (tmp_path / "new" / "folder").iterdir()) == sorted(
        p.name for p in made
    )

    def breaks():
        yield "one", report
        raise KeyboardInterrupt

    before = {path.name: path.stat().st_mtime_ns for path in made[0].parent.iterdir()}
    with pytest.raises(KeyboardInterrupt):
        write_reports(made[0].parent, breaks(), ["html"])
    assert {path.name: path.stat().st_mtime_ns for path in made[0].parent.iterdir()} == before


def test_folder_that_cannot_be_written_is_told_in_words(tmp_path, report):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(LabkitError, match="cannot be written"):
        write_reports(tmp_path / "file", [("one", report)])


def test_negative_and_missing_numbers_of_a_table_are_typeset():
    table = Table(pd.DataFrame({"Plan": ["a"], "Change": [-0.01], "Yuan": [None]}), {"Change": "{:.1%}"})
    assert table.cells == [["a", "−1.0%", "–"]]
    assert table.are_numbers == [False, True, False]


def test_words_with_markup_stay_words():
    sly = Report("A & B", '<b>"{who}"</b>', [Paragraph("#strong[x] \\ $y$ *z*")], {"who": "<i>Lin</i>"})
    for write in (to_html, to_pdf, to_word):
        said = read_words(write(sly))
        assert '<b>"<i>Lin</i>"</b>' in said
        assert "#strong[x] \\ $y$ *z*" in said


def test_figure_is_closed_once_taken():
    import matplotlib.pyplot as plt

    drawn, axes = plt.subplots()
    axes.plot([0, 1])
    taken = Figure.of(axes, "a line")
    assert drawn.number not in plt.get_fignums()
    assert "<svg" in taken.svg
    assert taken.png.startswith(b"\x89PNG")
