"""The command line, as it is typed."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from xml.etree import ElementTree

import nbformat
import psutil
import pytest
from typer.testing import CliRunner

from labkit import class_seed as class_seeds
from labkit import cli
from labkit.commands.running import chosen_class, notebook_parameters
from labkit.errors import LabkitError
from labkit.language import current_language, set_language
from labkit.locations import course_dir
from tests.running.course_of_tests import verdict, write_lab

REAL_COURSE = course_dir()
SHOW = "print(scale, globals().get('seed'), globals().get('data'), globals().get('columns'))"


@pytest.fixture(autouse=True)
def speaks_english():
    before = current_language()
    set_language("en")
    yield
    set_language(before)


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project whose editions are small labs that need no world."""
    for language in ("en", "zh"):
        for edition in ("notebooks", "solutions"):
            answer = "right" if edition == "solutions" else "not_attempted"
            folder = tmp_path / edition / language
            write_lab(folder, SHOW, verdict("support", answer), lab="9.1", name="first", language=language)
            write_lab(folder, SHOW, lab="9.2", name="second", language=language)
    monkeypatch.setattr("labkit.locations.PROJECT", tmp_path)
    monkeypatch.setenv("LABKIT_WORKBOOK", str(tmp_path / "workbook"))
    return tmp_path


def labkit(*words):
    """Run a command in this process."""
    return CliRunner().invoke(cli.app, [str(word) for word in words])


def labkit_process(*words, **options):
    """Run a command as a process of its own, as a person does."""
    environment = os.environ | {"LABKIT_LANGUAGE": "en"} | options.pop("env", {})
    return subprocess.Popen(
        [sys.executable, "-m", "labkit.cli", *map(str, words)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        **options,
    )


def reported(folder, language, name):
    """What the cells of a reported notebook printed."""
    (path,) = (folder / "notebooks" / language).rglob(f"*{name}.ipynb")
    outputs = [o for cell in nbformat.read(path, as_version=4).cells for o in cell.get("outputs", ())]
    return "".join(output.get("text", "") for output in outputs)


# ---- run ------------------------------------------------------------------------------------------


def test_run_shows_seconds_and_verdicts_and_ends_well(project):
    result = labkit("run", "9.1", "--lang", "en")
    assert result.exit_code == 0, result.output
    assert re.search(r"9\.1 +en +\d+\.\d +1 +· +· +· +passed", result.output)
    assert "1 of 1 passed" in result.output


def test_run_gives_every_notebook_what_was_asked_for(project):
    report = project / "report"
    (project / "mine.csv").write_text("a\n")
    data = f"baskets={project / 'mine.csv'}"
    options = ["--scale", "tiny", "--seed", 7, "--data", data, "--map", "basket_id=单号"]
    result = labkit("run", "--lang", "all", "--jobs", 2, "--report", report, *options)
    assert result.exit_code == 0, result.output
    expected = f"tiny 7 {{'baskets': '{project / 'mine.csv'}'}} {{'basket_id': '单号'}}\n"
    for language in ("en", "zh"):
        for name in ("first", "second"):
            assert reported(report, language, name) == expected
    assert ElementTree.parse(report / "junit.xml").getroot()[0].get("tests") == "4"
    assert (report / "index.html").exists()


def test_run_leaves_what_was_not_asked_for_as_the_notebook_has_it(project):
    assert labkit("run", "second", "--report", project / "report").exit_code == 0
    assert reported(project / "report", "en", "second") == "lab None None None\n"


def test_run_of_the_trainees_edition_is_not_failed_by_open_answers(project):
    assert labkit("run", "--edition", "notebooks").exit_code == 0
    write_lab(project / "solutions" / "en", verdict("support", "not_attempted"), lab="9.1", name="first")
    assert labkit("run", "--edition", "solutions").exit_code == 1


def test_run_names_lab_cell_and_error_of_a_failure(project):
    write_lab(project / "solutions" / "en", "raise ValueError('one\\ntwo')", lab="9.1", name="first")
    result = labkit("run", "--jobs", 2)
    assert result.exit_code == 1
    assert "9.1 en · cell c0\nValueError: one\ntwo\n" in result.output
    assert "1 of 2 passed" in result.output


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_run_on_warm_kernels_says_the_same(project):
    result = labkit("run", "9.1", "--kernel", "warm")
    assert result.exit_code == 0, result.output


def test_run_of_an_unknown_lab_is_answered_with_the_nearest(project):
    with pytest.raises(LabkitError, match=r"9\.1 first"):
        raise labkit("run", "9.11").exception


def test_run_without_any_notebook_says_what_to_do(project, monkeypatch):
    monkeypatch.setattr("labkit.locations.PROJECT", project / "nowhere")
    with pytest.raises(LabkitError, match="labkit build"):
        raise labkit("run").exception


@pytest.mark.parametrize(
    "options", [["--data", "baskets"], ["--data", "=x.csv"], ["--map", "a="], ["--map", "basket_id:b"]]
)
def test_run_refuses_a_pair_that_is_none(project, options):
    with pytest.raises(LabkitError, match="baskets=my"):
        raise labkit("run", *options).exception


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C cannot be sent to one process there")
@pytest.mark.parametrize("kernel", ["cold", "warm"])
def test_ctrl_c_ends_run_with_a_summary_and_no_kernel_is_left(tmp_path, kernel):
    folder, begun = tmp_path / "en", tmp_path / "begun"
    write_lab(folder, "print(1)", lab="9.1", name="first")
    wait = f"open({str(begun)!r}, 'w').close(); import time; time.sleep(1000)"
    write_lab(folder, wait, lab="9.2", name="second")
    write_lab(folder, wait, lab="9.3", name="third")
    words = ("run", "--edition", "workbook", "--jobs", 1, "--kernel", kernel)
    process = labkit_process(*words, env={"LABKIT_WORKBOOK": str(tmp_path)})
    deadline = time.monotonic() + 120
    while not begun.exists() and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    family = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGINT)
    try:
        said, complained = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130, complained
    assert "1 of 3 passed" in said
    assert "not run: 1" in said
    assert "Traceback" not in complained
    assert psutil.wait_procs(family, timeout=30)[1] == []


# ---- errors, language, speed ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "There is no lab 9.9"), ("zh", "没有编号或名称为 9.9 的实验")]
)
def test_an_error_is_three_sentences_in_the_chosen_language_and_exit_code_2(tmp_path, language, sentence):
    write_lab(tmp_path / language, "1", language=language)
    words = ("run", "9.9", "--edition", "workbook")
    process = labkit_process(*words, env={"LABKIT_LANGUAGE": language, "LABKIT_WORKBOOK": str(tmp_path)})
    said, complained = process.communicate(timeout=60)
    assert process.returncode == 2
    assert said == ""
    assert sentence in complained
    assert len(complained.strip().splitlines()) == 3


@pytest.mark.parametrize(
    ("variables", "language"),
    [
        ({"LABKIT_LANGUAGE": "zh", "LC_ALL": "C"}, "zh"),
        ({"LABKIT_LANGUAGE": "en", "LC_ALL": "zh_CN.UTF-8"}, "en"),
        ({"LABKIT_LANGUAGE": "", "LC_ALL": "C"}, "en"),
        ({"LABKIT_LANGUAGE": "xx", "LC_ALL": "no_such.locale", "LANG": "zh_CN.UTF-8"}, "en"),
    ],
)
def test_the_language_is_the_chosen_one_or_the_systems(monkeypatch, variables, language):
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert cli.preferred_language() == language


def test_the_systems_language_is_read_even_where_its_locale_is_not_installed(monkeypatch):
    monkeypatch.delenv("LABKIT_LANGUAGE", raising=False)
    monkeypatch.setenv("LC_ALL", "zh_CN.no-such-encoding")
    assert cli.preferred_language() == "zh"


def test_help_loads_no_heavy_library():
    program = (
        "import sys; from labkit.cli import app; from typer.testing import CliRunner\n"
        "assert CliRunner().invoke(app, ['--help']).exit_code == 0\n"
        "heavy = {'duckdb', 'nbformat', 'papermill', 'matplotlib', 'sklearn', 'jupyter_client', 'IPython'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("words", [[], ["world"]])
def test_without_a_command_help_is_shown(words):
    assert "Usage" in labkit(*words).output


def test_every_command_says_in_both_languages_what_it_does():
    for command in (
        *cli.app.registered_commands,
        *cli.app.registered_groups[0].typer_instance.registered_commands,
    ):
        english, sign, chinese = command.callback.__doc__.partition(" · ")
        assert sign
        assert english.isascii()
        assert re.search("[\u4e00-\u9fff]", chinese)


# ---- workbook, world, build -------------------------------------------------------------------------


def test_reset_says_where_the_fresh_copy_and_the_old_one_are(project):
    mine = project / "workbook" / "en" / "m09_module" / "l01_first.ipynb"
    assert labkit("reset", "9.1").exit_code == 0
    mine.write_text("mine")
    result = labkit("reset", "first")
    assert "l01_first.mine-1.ipynb" in result.output
    assert mine.with_name("l01_first.mine-1.ipynb").read_text() == "mine"


def test_lab_prepares_workbook_and_world_before_jupyterlab(project, monkeypatch):
    started = []
    monkeypatch.setattr(
        "labkit.jupyter.launch.run_jupyterlab",
        lambda folder, language, **options: started.append((folder, language, options)) or 0,
    )
    monkeypatch.setattr("labkit.workbook.PROJECT", project)
    monkeypatch.setenv("LABKIT_SCALE", "tiny")
    result = labkit("lab", "--lang", "zh", "--no-browser", "--port", 8899)
    assert result.exit_code == 0, result.output
    folder = project / "workbook" / "zh"
    assert started == [(folder, "zh", {"class_seed": 2026, "browser": False, "port": 8899})]
    assert "已将 2 个笔记本复制到" in result.output


@pytest.fixture
def opened(project, monkeypatch):
    """What ``labkit lab`` has done so far: worlds made (asked of a stand-in), and class seeds JupyterLab got."""
    done = []
    monkeypatch.setattr("labkit.commands.workbook.make_world", lambda *world: done.append(("world", *world)))
    monkeypatch.setattr(
        "labkit.jupyter.launch.run_jupyterlab",
        lambda *_, class_seed, **__: done.append(("jupyterlab", class_seed)) or 0,
    )
    monkeypatch.setenv("LABKIT_SCALE", "tiny")
    return done


def test_a_class_seed_makes_the_world_of_the_class_and_is_remembered_in_both_languages(project, opened):
    said = labkit("lab", "--lang", "en", "--class-seed", 20260315)
    assert said.exit_code == 0, said.output
    assert "a world of its own, seed 20260315" in said.output
    assert "自己的虚拟世界，种子 20260315" in labkit("lab", "--lang", "zh").output
    assert opened == [("world", "tiny", 20260315), ("jupyterlab", 20260315)] * 2
    opened.clear()
    for words in (["--class-seed", 2026], []):
        assert "of its own" not in labkit("lab", "--lang", "en", *words).output
    assert opened == [("world", "tiny", 2026), ("jupyterlab", 2026)] * 2


def test_a_class_seed_in_the_environment_wins_over_the_remembered_one_and_is_not_kept(opened, monkeypatch):
    labkit("lab", "--class-seed", 7)
    monkeypatch.setenv("LABKIT_CLASS_SEED", "8")
    labkit("lab")
    monkeypatch.delenv("LABKIT_CLASS_SEED")
    labkit("lab")
    assert [seed for what, seed in opened[1::2]] == [7, 8, 7]


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "cannot be a class seed"), ("zh", "不能作为班级种子")]
)
@pytest.mark.parametrize("seed", ["-1", "2147483648", "2026-03-15", "３", "", "1.5"])
def test_what_is_no_class_seed_is_refused_before_anything_is_written(
    project, opened, language, sentence, seed
):
    with pytest.raises(LabkitError) as refused:
        raise labkit("lab", "--lang", language, f"--class-seed={seed}").exception
    assert sentence in str(refused.value)
    assert opened == []
    assert not (project / "workbook").exists()


def test_run_gives_kernels_the_class_seed_and_an_exact_seed_wins_over_it(project, monkeypatch):
    ask = "import os; print('class', os.environ['LABKIT_CLASS_SEED'])"
    write_lab(project / "solutions" / "en", ask, lab="9.2", name="second")
    report = project / "report"
    monkeypatch.setenv("LABKIT_CLASS_SEED", "8")
    for words, seed in ([], 8), (["--class-seed", 20260315], 20260315), (["--seed", 3], 2026):
        assert labkit("run", "9.2", "--report", report, *words).exit_code == 0
        assert reported(report, "en", "second") == f"class {seed}\n"
        named = "20260315" in (report / "index.html").read_text(encoding="utf-8")
        assert named == (seed == 20260315)


def test_run_of_a_workbook_stays_in_its_class_and_of_another_edition_does_not(tmp_path, monkeypatch):
    monkeypatch.setenv("LABKIT_WORKBOOK", str(tmp_path))
    class_seeds.remember(tmp_path, 7)
    assert chosen_class(None, None, "workbook") == 7
    assert chosen_class("9", None, "workbook") == 9
    assert chosen_class(None, 3, "workbook") == 2026
    assert chosen_class(None, None, "solutions") == 2026


def test_a_class_seed_and_an_exact_seed_contradict_each_other(project):
    with pytest.raises(LabkitError, match="--class-seed and --seed contradict"):
        raise labkit("run", "--class-seed", 8, "--seed", 3).exception


@pytest.mark.parametrize(("words", "seed"), [([], 8), (["--seed", 3], 3)])
def test_reports_are_about_the_world_of_the_class_unless_a_seed_is_named(monkeypatch, words, seed):
    class AskedError(Exception):
        pass

    def make_world(scale, seed):
        raise AskedError(seed)

    monkeypatch.setattr("labkit.commands.worlds.make_world", make_world)
    monkeypatch.setenv("LABKIT_CLASS_SEED", "8")
    with pytest.raises(AskedError, match=f"^{seed}$"):
        raise labkit("report", "churn", *words).exception


def test_lab_says_which_notebooks_have_a_newer_edition(project, monkeypatch):
    monkeypatch.setattr("labkit.jupyter.launch.run_jupyterlab", lambda *_, **__: 0)
    monkeypatch.setenv("LABKIT_SCALE", "tiny")
    labkit("lab")
    (project / "workbook/en/m09_module/l01_first.ipynb").write_text("mine")
    write_lab(project / "notebooks" / "en", "newer", lab="9.1", name="first")
    assert "l01_first.new.ipynb" in labkit("lab").output


@pytest.mark.parametrize("changed", [False, True])
def test_lab_lets_the_start_page_show_todays_standing_unless_it_was_changed(project, monkeypatch, changed):
    from labkit.authoring.map_pages import map_files
    from labkit.locations import START_NOTEBOOK

    monkeypatch.setattr("labkit.jupyter.launch.run_jupyterlab", lambda *_, **__: 0)
    monkeypatch.setattr("labkit.workbook.PROJECT", project)
    monkeypatch.setenv("LABKIT_SCALE", "tiny")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(project / "jupyter"))
    original = project / "notebooks" / "en" / START_NOTEBOOK
    (page,) = (
        text for path, text in map_files(REAL_COURSE).items() if path.parts[-2:] == original.parts[-2:]
    )
    original.write_bytes(page)
    mine = project / "workbook" / "en" / START_NOTEBOOK
    if changed:
        mine.parent.mkdir(parents=True)
        mine.write_bytes(page.replace(b"Start here", b"My notes"))
    before = mine.read_bytes() if changed else b""
    assert labkit("lab").exit_code == 0
    assert (b"Your course" in mine.read_bytes()) is not changed
    assert not changed or mine.read_bytes() == before


def test_a_world_is_made_listed_and_verified(tmp_path, monkeypatch):
    monkeypatch.setenv("LABKIT_HOME", str(tmp_path))
    assert "labkit world make" in labkit("world", "list").output
    assert labkit("world", "make", "--scale", "tiny", "--seed", 5).exit_code == 0
    assert "2,000 customers, seed 5" in labkit("world", "list").output
    assert labkit("world", "verify").exit_code == 0
    next(tmp_path.rglob("00000.parquet")).write_bytes(b"damaged")
    broken = labkit("world", "verify")
    assert broken.exit_code == 1
    assert "damaged: " in broken.output
    assert labkit("world", "verify", "--repair").exit_code == 0
    assert labkit("world", "verify").exit_code == 0


def test_a_world_is_made_of_as_many_customers_as_asked_for(tmp_path, monkeypatch):
    monkeypatch.setenv("LABKIT_HOME", str(tmp_path))
    result = labkit("world", "make", "--customers", 2000, "--jobs", 1)
    assert result.exit_code == 0, result.output
    assert (tmp_path / "worlds" / "2026-2000" / "manifest.json").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("--customers", 4000, "--scale", "lab"),
        ("--master", "local[2]"),
        ("--engine", "spark", "--jobs", 2),
    ],
)
def test_options_that_contradict_each_other_are_named(words, tmp_path, monkeypatch):
    monkeypatch.setenv("LABKIT_HOME", str(tmp_path / "home"))
    with pytest.raises(LabkitError, match=words[0]):
        raise labkit("world", "make", *words).exception
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("language", "seconds", "said"),
    [
        ("en", 9.9, ""),
        ("en", 80, "about 80 s more, and 1,500 MB on disk"),
        ("en", 600, "about 10 min more"),
        ("en", 9000, "about 2.5 h more"),
        ("zh", 600, "大约还需 10 分钟，占用磁盘 1,500 MB"),
    ],
)
def test_what_a_world_takes_is_said_if_it_is_long(language, seconds, said, capsys):
    from labkit.commands.worlds import say_estimate
    from labkit.store.making import Estimate

    set_language(language)
    say_estimate(Estimate(seconds, 1_500_000_000))
    told = capsys.readouterr().err
    assert said in told
    assert bool(said) == bool(told)


def test_an_estimate_comes_before_a_large_world_and_is_refused_without_room(tmp_path):
    environment = {"LABKIT_HOME": str(tmp_path)}
    process = labkit_process("world", "make", "--customers", 2_000_000_000, "--jobs", 1, env=environment)
    said, complained = process.communicate(timeout=60)
    assert process.returncode == 2
    assert said == ""
    assert "does not fit" in complained
    assert [path.suffix for path in (tmp_path / "worlds").iterdir()] == [".lock"]


def test_world_describe_lists_tables_and_says_what_their_columns_mean():
    from labkit import catalogue

    listed = labkit("world", "describe")
    for table in catalogue.tables():
        assert table.name in listed.output
        described = labkit("world", "describe", table.name)
        assert described.exit_code == 0
        assert all(column.name in described.output for column in table.columns)
    with pytest.raises(LabkitError):
        raise labkit("world", "describe", "no_such_table").exception


def test_a_scale_that_does_not_exist_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setenv("LABKIT_HOME", str(tmp_path))
    with pytest.raises(LabkitError):
        raise labkit("world", "make", "--scale", "1").exception


def test_maps_may_stand_in_one_option_or_in_several():
    several = notebook_parameters(None, None, [], ["basket_id=单号", "item=商品"])
    assert notebook_parameters(None, None, [], ["basket_id=单号,item=商品"]) == several
    assert notebook_parameters(None, None, [], ["item=商品, 规格"]) == {"columns": {"item": "商品, 规格"}}
