"""Lab 8.2 keeps its promise: pages for all regions by one command, and an altered number is caught."""

from __future__ import annotations

import io
import re
from pathlib import Path

import docx
import numpy as np
import pandas as pd
import pytest
from docx.oxml.ns import qn
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint
from typer.testing import CliRunner

from labkit import cli, course
from labkit.errors import LabkitError
from labkit.exercises.judge import judge
from labkit.language import set_language
from labkit.reports import altered_numbers, to_html, to_pdf, to_word, typed_numbers
from labkit.reports.churn import churn_month
from labkit.reports.reading import read_words
from labkit.store import Dataset
from tests.course.solving import assert_answers_are_right, remembered_dataset, solved, solved_on

pytestmark = pytest.mark.proof
REGIONS = ["wangchao", "yunting", "fanying", "shuangdu", "luting", "maoyan", "danzhu", "songdu"]


@pytest.fixture(scope="module")
def lab() -> dict:
    """The variables that the official solution leaves, on the ``lab`` world."""
    return solved("8.2", scale="lab")


@pytest.fixture(scope="module")
def reports(tmp_path_factory) -> Path:
    """The folder that one command fills, on the ``tiny`` world."""
    folder = tmp_path_factory.mktemp("reports") / "november"
    done = CliRunner().invoke(
        cli.app, ["report", "churn", "--lang", "all", "--scale", "tiny", "--out", str(folder)]
    )
    set_language("en")
    assert done.exit_code == 0, done.output
    return folder


# ---- proof: one command, all regions -------------------------------------------------------------


def test_one_command_writes_every_region_in_both_languages_and_three_formats(reports):
    wanted = {
        f"churn-2025-11-{region}-{language}.{kind}"
        for region in REGIONS
        for language in ("en", "zh")
        for kind in ("html", "pdf", "docx")
    }
    assert {path.name for path in reports.iterdir()} == wanted


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("region", REGIONS)
def test_three_formats_of_a_region_say_its_numbers_as_counted_from_the_tables(reports, region, language):
    counted = (
        remembered_dataset("8.2")
        .sql(f"""
        SELECT count(*) AS customers, sum(churned::INT) AS gone FROM churn JOIN subscribers USING (subscriber_id)
        WHERE snapshot_on = '2025-10-31' AND city = '{region}'
    """)
        .iloc[0]
    )
    for kind in ("html", "pdf", "docx"):
        words = read_words((reports / f"churn-2025-11-{region}-{language}.{kind}").read_bytes())
        sentence = {
            "en": rf"{counted.gone:.0f} of {counted.customers:,.0f} customers left, {counted.gone / counted.customers:.1%}",
            "zh": rf"{counted.customers:,.0f}位用户中有{counted.gone:.0f}位离网，离网率{counted.gone / counted.customers:.1%}",
        }[language]
        assert re.sub(r"\s", "", sentence) in re.sub(r"\s", "", words)


def test_word_fields_hold_the_same_numbers_as_the_page(reports):
    page = (reports / "churn-2025-11-danzhu-en.html").read_text(encoding="utf-8")
    on_page = {(name, text) for name, text in re.findall(r'data-name="([^"]+)"[^>]*>([^<]+)</data>', page)}
    body = docx.Document(io.BytesIO((reports / "churn-2025-11-danzhu-en.docx").read_bytes())).element.body
    in_word = {
        (
            field.find(f".//{qn('w:tag')}").get(qn("w:val")),
            "".join(text.text for text in field.iter(qn("w:t"))),
        )
        for field in body.iter(qn("w:sdt"))
    }
    assert on_page == in_word
    assert len(on_page) > 15


@pytest.mark.parametrize("kind", ["html", "pdf", "docx"])
def test_altered_number_in_any_text_is_caught(lab, kind):
    """A finished page of one region, held against the data of another: every number that differs is caught."""
    write = {"html": to_html, "pdf": to_pdf, "docx": to_word}[kind]
    page, other = lab["one_page"]("danzhu"), lab["one_page"]("luting")
    finished = write(page)
    assert altered_numbers(page, finished) == []
    caught = altered_numbers(other, finished)
    assert {"rate", "customers", "left"} <= {name for place in caught for name in place.names}


def test_number_touched_up_by_hand_is_the_one_that_is_caught(lab):
    (caught,) = lab["caught"]
    assert caught.names == ("rate",)
    assert caught.expected == lab["worst_page"].shown()["rate"] != caught.found == lab["prettier"]


def test_papermill_wrote_two_regions(lab):
    first, last = lab["regions"].index[[0, -1]]
    names = {path.name for path in lab["folder"].iterdir()}
    assert names == {f"{region}.{kind}" for region in (first, last) for kind in ("html", "pdf", "docx")}
    for region in (first, last):
        words = read_words((lab["folder"] / f"{region}.pdf").read_bytes())
        assert lab["names"][region] in words


# ---- command -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--month", "2019-01"], "no churn report for 2019-01"),
        (["--region", "atlantis"], "atlantis is not known"),
        (["--format", "pptx"], "pptx is not known"),
    ],
)
def test_command_says_what_it_cannot_do_and_writes_nothing(tmp_path, words, said):
    done = CliRunner().invoke(
        cli.app, ["report", "churn", "--scale", "tiny", "--out", str(tmp_path / "out"), *words]
    )
    assert isinstance(done.exception, LabkitError)
    assert said in str(done.exception)
    assert not (tmp_path / "out").exists()


def test_command_says_that_a_folder_cannot_be_written(tmp_path):
    (tmp_path / "out").write_text("a file in the way")
    done = CliRunner().invoke(cli.app, ["report", "churn", "--scale", "tiny", "--out", str(tmp_path / "out")])
    assert isinstance(done.exception, LabkitError)
    assert "cannot be written" in str(done.exception)


# ---- the method ----------------------------------------------------------------------------------


def test_intervals_are_those_of_statsmodels(lab):
    november = lab["regions"]
    low, high = proportion_confint(november["left"], november["customers"], method="wilson")
    np.testing.assert_allclose(november["low"], low, atol=2e-5)
    np.testing.assert_allclose(november["high"], high, atol=2e-5)
    each = lab["each"].reset_index()
    totals = each.groupby("month")[["left", "customers"]].transform("sum") - each[["left", "customers"]]
    for place in range(0, len(each), 7):
        row, rest = each.loc[place], totals.loc[place]
        low, high = confint_proportions_2indep(
            row["left"], row["customers"], rest["left"], rest["customers"], method="newcomb", compare="diff"
        )
        assert row["low"] == pytest.approx(low, abs=2e-5)
        assert row["high"] == pytest.approx(high, abs=2e-5)


def test_command_and_lab_agree_on_every_region(lab):
    facts = churn_month(remembered_dataset("8.2", scale="lab"))
    assert list(facts.regions.index) == list(lab["regions"].index)
    for region in facts.regions.index:
        row = lab["against"].loc[region]
        assert facts.region(region).counts[:2] == (row["left"], row["customers"])
        assert facts.region(region).difference == pytest.approx(
            (row["difference"], row["low"], row["high"]), abs=1e-5
        )
    assert facts.rows["signs"].sum() == lab["november"]["signs"].sum()


def test_interval_of_the_rate_holds_the_truth_as_often_as_it_says(lab):
    hazard = lab["churn"].merge(lab["hazard"], on=["subscriber_id", "snapshot_on"])
    true = hazard.groupby(["month", "region"])["hazard"].mean()
    low, high = lab["wilson"](lab["each"]["left"], lab["each"]["customers"])
    assert ((low <= true) & (true <= high)).mean() > 0.9


def test_shuffled_regions_give_only_false_alarms(lab):
    rng = np.random.default_rng(8)
    news = []
    for _ in range(20):
        shuffled = lab["churn"].assign(region=rng.permutation(lab["churn"]["region"]))
        each = lab["differences"](shuffled, ["month", "region"])
        news.append(((each["low"] > 0) | (each["high"] < 0)).mean())
    assert 0.03 < np.mean(news) < 0.07


def test_regions_hardly_differ_in_truth_and_signs_do(lab):
    """What the lab claims: the ranking of a month is chance, a warning sign is not."""
    assert np.ptp(lab["true"]) < 0.01
    warned = lab["november"]["signs"] > 0
    rates = lab["november"].groupby(warned)["churned"].mean()
    assert rates[True] > 5 * rates[False]


# ---- money ---------------------------------------------------------------------------------------


def test_calling_by_sign_earns_and_calling_by_headline_loses(lab):
    assert lab["earned"]["headline"].mean() < 0 < lab["earned"]["sign"].mean()
    assert lab["half"] < lab["gain"].mean()
    assert 0 < lab["cautious"] < lab["gain"].mean() < lab["hopeful"]


def test_replay_looks_at_the_month_before_only(lab):
    by_headline, by_sign = lab["replay"][0]
    before = lab["churn"][lab["churn"]["month"] == lab["months"][0]]
    assert by_headline["region"].unique().tolist() == [before.groupby("region")["churned"].mean().idxmax()]
    assert by_sign["month"].unique() == lab["months"][1] == by_headline["month"].unique()
    assert len(by_headline) <= len(by_sign)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_other_worlds_say_the_same(seed):
    lab = solved("8.2", scale="lab", seed=seed)
    assert lab["earned"]["headline"].mean() < 0 < lab["earned"]["sign"].mean()
    assert lab["half"] < lab["gain"].mean()
    assert 0 <= lab["is_news"].mean() < 0.15
    assert np.ptp(lab["true"]) < 0.015


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2026, 1, 2, 3])
def test_calling_by_sign_wins_in_small_worlds_too(seed):
    lab = solved("8.2", scale="tiny", seed=seed)
    assert lab["gain"].mean() > 0


# ---- exercises -----------------------------------------------------------------------------------


def test_official_solutions_are_right_on_the_lab_world(lab):
    assert_answers_are_right("8.2", lab, remembered_dataset("8.2", scale="lab"))


def lying(charts, rates):
    """The same repairs with lying bars, and a sort in place."""
    charts["cut"].set_ylim(bottom=0)
    charts["bare"].set(ylabel="churn in per cent", title="Churn")
    axes = charts["jumbled"]
    axes.clear()
    ordered = rates.sort_values()
    axes.barh(list(ordered.index), list(ordered))
    for bar in charts["rainbow"].patches:
        bar.set_color("navy")


def moved(charts, rates):
    """Bars moved rather than drawn anew."""
    lying(charts, rates)
    axes = charts["jumbled"]
    axes.clear()
    bars = axes.bar(range(len(rates)), list(rates))
    order = np.argsort(-rates.to_numpy())
    for place, index in enumerate(order):
        bars[index].set_x(place - bars[index].get_width() / 2)
    axes.set_xticks(range(len(rates)), rates.index[order])


@pytest.mark.parametrize("repair", [lying, moved])
def test_repair_is_accepted_in_every_correct_form(repair):
    verdict = judge(course.exercises("8.2")["repair"], repair, remembered_dataset("8.2"))
    assert verdict.status == "right", verdict.message.en


def test_claim_by_another_good_test_is_accepted():
    """Newcombe, the score test, Agresti and Caffo agree on every case: none of them is a close call."""

    def by_agresti_and_caffo(left, customers, others_left, others):
        low, high = confint_proportions_2indep(
            left, customers, others_left, others, method="agresti-caffo", compare="diff"
        )
        return "Above" if low > 0 else "BELOW" if high < 0 else " in line "

    verdict = judge(
        course.exercises("8.2")["supported_claim"], by_agresti_and_caffo, remembered_dataset("8.2")
    )
    assert verdict.status == "right", verdict.message.en


def test_sentence_with_two_decimals_or_as_paragraph_is_accepted(lab):
    from labkit.reports import Number, Paragraph

    def sentence(left, customers, others_left, others):
        text = Paragraph("{n} von {all} ({p}), sonst {q}")
        rates = {"p": Number(left / customers, "{:.2%}"), "q": Number(others_left / others, "{:.1%}")}
        return text, {"n": Number(left, "{}"), "all": Number(customers), **rates}

    verdict = judge(course.exercises("8.2")["bound_sentence"], sentence, remembered_dataset("8.2"))
    assert verdict.status == "right", verdict.message.en


def test_panel_draws_every_region(lab):
    import matplotlib.pyplot as plt

    for region in ("danzhu", "wangchao"):
        figure, sentence = lab["draw"](region)
        plt.close(figure)
        assert lab["names"][region] in sentence


def test_pages_have_no_typed_number(lab):
    assert all(typed_numbers(lab["one_page"](region)) == [] for region in lab["regions"].index)


# ---- the practitioner's door ---------------------------------------------------------------------


def bank(rows: int) -> pd.DataFrame:
    """One row per customer, no dates: a bank with branches, blanks and a rare branch."""
    rng = np.random.default_rng(5)
    branch = rng.choice(["North ", "South", "East", "", "Kiosk"], rows, p=[0.3, 0.3, 0.3, 0.09, 0.01])
    risk = np.where(branch == "South", 0.3, 0.15)
    return pd.DataFrame(
        {
            "CustomerId": np.arange(rows) + 15_000_000,
            "Surname": [f"Name{number}" for number in range(rows)],
            "Geography": branch,
            "Balance": rng.normal(9e4, 5e4, rows).round(2),
            "Exited": (rng.random(rows) < risk).astype(int),
        }
    )


def telecom(rows: int) -> pd.DataFrame:
    """Many rows per customer, Chinese names, months in three formats, sentinels and extreme values."""
    rng = np.random.default_rng(6)
    month = np.resize(["2024-01-31", "2024/2/29", "20240331"], rows)
    return pd.DataFrame(
        {
            "用户编号": np.arange(rows) // 3,
            "快照日期": month,
            "地市": rng.choice(["甲市", "乙市", "丙市", None], rows, p=[0.4, 0.3, 0.2, 0.1]),
            "月消费": np.where(rng.random(rows) < 0.01, 98, rng.normal(60, 20, rows).round(1)),
            "是否离网": np.where(rng.random(rows) < 0.08, "是", "否"),
        }
    )


def test_bank_file_without_dates_runs_and_finds_its_bad_branch(tmp_path):
    bank(10_000).to_csv(tmp_path / "bank.csv", index=False)
    lab = solved_on(
        "8.2", {"churn": tmp_path / "bank.csv"}, {"subscriber_id": "CustomerId", "churned": "Exited"}
    )
    assert lab["text_columns"][0] == "Geography"
    assert {"North", "South", "East", "other"} <= set(lab["regions"].index)
    assert lab["one_page"]("South").headline == lab["says"]["above"]
    given = Dataset.open(
        "tiny",
        2026,
        data={"churn": tmp_path / "bank.csv"},
        columns={"subscriber_id": "CustomerId", "churned": "Exited"},
    )
    assert_answers_are_right("8.2", lab, given)


def test_chinese_file_in_gbk_with_months_runs(tmp_path):
    telecom(20_000).to_csv(tmp_path / "离网.csv", index=False, encoding="gbk")
    columns = {"subscriber_id": "用户编号", "snapshot_on": "快照日期", "churned": "是否离网"}
    lab = solved_on("8.2", {"churn": tmp_path / "离网.csv"}, columns)
    assert len(lab["months"]) == 3
    assert lab["report_month"] == pd.Timestamp("2024-03-01")
    assert set(lab["regions"].index) == {"甲市", "乙市", "丙市", "other"}
    assert not lab["has_signs"]
    given = Dataset.open("tiny", 2026, data={"churn": tmp_path / "离网.csv"}, columns=columns)
    verdict = judge(course.exercises("8.2")["region_page"], lab["region_page"], given)
    assert verdict.status == "right", verdict.message.en


def test_file_without_a_text_column_is_dealt_into_groups_by_lot_and_shows_chance_only(tmp_path, capsys):
    numbers = bank(4_000).select_dtypes("number")
    numbers.to_csv(tmp_path / "numbers.csv", index=False)
    columns = {"subscriber_id": "CustomerId", "churned": "Exited"}
    lab = solved_on("8.2", {"churn": tmp_path / "numbers.csv"}, columns)
    assert len(lab["regions"]) == 6
    assert "by lot" in capsys.readouterr().out


@pytest.mark.slow
@pytest.mark.parametrize("rows", [1_000, 500_000])
def test_small_and_large_files_run(tmp_path, rows):
    bank(rows).to_csv(tmp_path / "bank.csv", index=False)
    lab = solved_on(
        "8.2", {"churn": tmp_path / "bank.csv"}, {"subscriber_id": "CustomerId", "churned": "Exited"}
    )
    assert len(lab["regions"]) >= 4
