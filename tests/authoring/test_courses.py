"""The course knows its modules, its outline and its labs."""

import pytest

from labkit.authoring.courses import all_labs, find_lab, lab_paths, modules
from labkit.errors import LabkitError


def test_ten_modules_with_titles_folders_and_outline_lines():
    course = modules()
    assert [module.number for module in course] == list(range(1, 11))
    assert all(module.folder.startswith(f"m{module.number:02}_") for module in course)
    lines = [line for module in course for line in module.outline]
    assert len(lines) == len(set(lines))
    for module, numeral in zip(course, "一二三四五六七八九十", strict=True):
        assert module.title.en != module.title.zh
        assert module.outline
        assert all(line.startswith(numeral) for line in module.outline)
        assert all(text.en.strip() and text.zh.strip() for text in module.outline.values())


def test_every_outline_line_stands_below_its_section():
    for module in modules():
        for line in module.outline:
            section = (
                line.split("【")[0].rsplit(".", line.split("【")[0].count(".") - 1)[0]
                if line.count(".") > 1 or "【" in line
                else line
            )
            assert section in module.outline, line


def test_labs_are_found_by_id_in_the_order_of_the_course(fixture_course):
    for name in ("m04_knowing_customers/l10_last", "m01_first/l01_first"):
        folder = fixture_course.course_dir / name
        folder.mkdir(parents=True)
        (folder / "lab.py").write_text(fixture_course.lab_path.read_text("utf-8"), "utf-8")
    (fixture_course.course_dir / "m05_x/l01_no_source").mkdir(parents=True)
    assert list(lab_paths(fixture_course.course_dir)) == ["1.1", "4.2", "4.10"]
    assert find_lab("4.10", fixture_course.course_dir).path.parent.name == "l10_last"
    assert len(all_labs(fixture_course.course_dir)) == 3


def test_unknown_lab_is_said_with_those_that_exist(fixture_course):
    with pytest.raises(LabkitError, match=r"no lab 9\.9.\nThere are: 4\.2"):
        find_lab("9.9", fixture_course.course_dir)


@pytest.mark.parametrize(
    "text",
    ["[[module", "x = 1", '[[module]]\nnumber = 1\nfolder = "m"\ntitle = "x"\n', "[[module]]\nnumber = 1"],
)
def test_broken_course_file_is_said(fixture_course, text):
    (fixture_course.course_dir / "course.toml").write_text(text, "utf-8")
    with pytest.raises(LabkitError, match=r"course\.toml cannot be read"):
        modules(fixture_course.course_dir)
