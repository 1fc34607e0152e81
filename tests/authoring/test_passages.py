"""Every text that a person reads is seen, with its line."""

from labkit.authoring.passages import passages, twins


def test_every_kind_of_text_is_seen_in_both_languages(fixture_course):
    lab = fixture_course.append('\n# %% [markdown] id="lone" lang="zh"\n# 只有中文\n')
    kinds = {
        kind: [p.text for p in passages(lab, "zh") if p.kind == kind]
        for kind in ("title", "prose", "literal", "comment", "check")
    }
    assert kinds["title"] == ["Example"]
    assert "只有中文" in kinds["prose"]
    assert kinds["literal"] == ["zh", "这张表有 {} 列。"]
    assert kinds["comment"] == ["先看一眼", "行数"]
    assert "看起来数的是列，而不是行。" in kinds["check"]
    assert len(passages(lab, "en")) == len(passages(lab, "zh")) - 1 == len(twins(lab))


def test_passage_stands_where_it_says(fixture_course):
    for language in ("en", "zh"):
        for passage in passages(fixture_course.lab, language):
            line = passage.path.read_text("utf-8").split("\n")[passage.line - 1 :]
            first = passage.text.split("\n")[0].split("{}")[0]
            assert first in "\n".join(line[:4]), passage


def holes(fixture_course, en, zh):
    lab = fixture_course.append(f'\n# %% id="holes"\nx = L({en}, {zh})\n')
    return [passage.holes for passage in twins(lab)[-1 - len(list(_checks(lab)))]]


def _checks(lab):
    return [pair for pair in twins(lab) if pair[0].kind == "check"]


def test_holes_of_templates_are_numbered_and_those_of_f_strings_named(fixture_course):
    assert holes(fixture_course, '"{:,} of {:.1%}"', '"{1:.1%} 中的 {0:,}"') == [
        ("{0:,}", "{1:.1%}"),
        ("{1:.1%}", "{0:,}"),
    ]


def test_holes_leave_out_what_languages_differ_in(fixture_course):
    en = """f"{name.capitalize()} {', '.join(names)} {n:.1f} item{'s' if n > 1 else ''}" """
    zh = """f"{name}、{'、'.join(names)} {n:.1f} 个" """
    first, second = holes(fixture_course, en, zh)
    assert first == second
    assert len(first) == 3


def test_braces_that_are_no_template_are_text(fixture_course):
    assert holes(fixture_course, '"a { b"', '"甲 { 乙"') == [(), ()]
