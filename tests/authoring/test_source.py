"""A header says everything the course needs to know of a lab, and what it says wrongly is named."""

import pytest

from labkit.authoring.faults import SourceError
from labkit.authoring.source import parse_source, read_source

GOOD = """# ---
# id: "2.10"
# name: fraud
# title: {en: Fraud, zh: 欺诈}
# minutes: 25
# core: true
# outline: ["二.5"]
# tables: [cards]
# prerequisites: ["2.1"]
# ---

# %% id="a"
x = 1
"""


def test_header_is_read_whole(tmp_path):
    header = parse_source(GOOD, tmp_path / "lab.py").header
    assert (header.id, header.name, header.minutes, header.core) == ("2.10", "fraud", 25, True)
    assert (header.title.en, header.title.zh) == ("Fraud", "欺诈")
    assert (header.outline, header.tables, header.prerequisites) == (("二.5",), ("cards",), ("2.1",))
    assert header.lines["title"] == 4


@pytest.mark.parametrize(
    ("old", "new", "line", "sentence"),
    [
        ('id: "2.10"', "id: 2.10", 2, "`id` is not of the right kind"),
        ('id: "2.10"', 'id: "two"', 2, "`id` is not of the right kind"),
        ("minutes: 25", 'minutes: "25"', 5, "`minutes`"),
        ("minutes: 25", "minutes: true", 5, "`minutes`"),
        ("# core: true\n", "", 1, "lacks `core`"),
        ("core: true", "core: true\n# colour: red", 7, "no `colour`"),
        ("{en: Fraud, zh: 欺诈}", "{en: Fraud}", 4, "two languages"),
        ("{en: Fraud, zh: 欺诈}", "{en: Fraud, zh: }", 4, "two languages"),
        ("[cards]", "[1, 2]", 8, "`tables`"),
        ("tables: [cards]", "tables: [cards", 9, "not valid YAML"),
        ("# tables: [cards]", "tables: [cards]", 8, "begins with its header"),
        ("# ---\n# id", "# id", 1, "begins with its header"),
        ('["2.1"]\n# ---', '["2.1"]', 1, "begins with its header"),
    ],
)
def test_mistake_in_the_header_is_named_with_its_line(tmp_path, old, new, line, sentence):
    with pytest.raises(SourceError, match=sentence) as caught:
        parse_source(GOOD.replace(old, new), tmp_path / "lab.py")
    assert caught.value.line == line


def test_line_ends_of_windows_and_a_byte_order_mark_make_no_difference(tmp_path):
    path = tmp_path / "lab.py"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("\n", "\r\n").encode())
    lab, plain = read_source(path), parse_source(GOOD, path)
    assert (lab.header, lab.cells) == (plain.header, plain.cells)


def test_file_that_is_not_utf8_is_named_with_its_line(tmp_path):
    path = tmp_path / "lab.py"
    path.write_bytes(GOOD.encode("gb18030"))
    with pytest.raises(SourceError, match="not UTF-8") as caught:
        read_source(path)
    assert caught.value.line == 4
