"""The pages of the course map: every link leads somewhere, both languages say the same."""

import re
from urllib.parse import unquote

import nbformat
import pytest

from labkit import locations
from labkit.authoring.map_pages import README_MARKS, between_marks, map_files
from labkit.language import LANGUAGES

PROJECT = locations.PROJECT
LINK = re.compile(r"\]\(([^)]+)\)")


@pytest.fixture(scope="module")
def pages():
    return map_files(locations.course_dir())


def test_the_map_is_a_notebook_a_page_and_a_table_in_the_readme_in_both_languages(pages):
    assert {path.relative_to(PROJECT).as_posix() for path in pages} == {
        "README.md",
        "README.zh.md",
        *(f"docs/course_map.{language}.md" for language in LANGUAGES),
        *(f"notebooks/{language}/00_start_here.ipynb" for language in LANGUAGES),
    }


def test_every_link_leads_to_a_file(pages):
    for path, content in pages.items():
        for link in LINK.findall(content.decode()):
            if "://" not in link and not link.startswith("#"):
                assert (path.parent / unquote(link)).exists(), (path.name, link)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_start_notebook_is_valid_and_links_to_every_lab_that_exists(pages, language):
    path = PROJECT / "notebooks" / language / "00_start_here.ipynb"
    notebook = nbformat.reads(pages[path].decode(), as_version=4)
    nbformat.validate(notebook)
    text = "\n".join(cell.source for cell in notebook.cells)
    labs = {lab.relative_to(path.parent).as_posix() for lab in path.parent.glob("m*/l*.ipynb")}
    assert labs <= set(LINK.findall(text))


def test_both_languages_show_the_same_labs_and_lines(pages):
    def ids(language):
        page = pages[PROJECT / "docs" / f"course_map.{language}.md"].decode()
        return re.findall(r"\b\d{1,2}\.\d{1,2}\b(?!%)", page), page.count("\n")

    assert ids("en") == ids("zh")


def test_a_table_is_put_between_the_marks_and_nothing_else_moves():
    first, last = README_MARKS
    readme = f"above\n{first}\nold\n{last}\nbelow"
    once = between_marks(readme, r"new \1 table")
    assert once == f"above\n{first}\n\nnew \\1 table\n\n{last}\nbelow"
    assert between_marks(once, r"new \1 table") == once
