"""Lab 9.3 keeps its promise: the planted defects are found, no rule is false, the score and the money hold."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from labkit import course
from labkit.authoring.source import read_source
from labkit.exercises.judge import judge
from labkit.store import Dataset
from tests.course.solving import assert_answers_are_right, remembered_dataset, solved, solved_on

LAB = "9.3"
WORLDS = [("lab", 2026), ("tiny", 2026), ("tiny", 1), ("tiny", 2), ("tiny", 3)]
AUDITED = ["phone_wrong", "address_outdated"]


@pytest.fixture(scope="module")
def lab() -> dict[str, Any]:
    """The variables that the official solution leaves, on the ``lab`` world."""
    return solved(LAB, "lab", 2026)


@functools.cache
def key(scale: str = "lab", seed: int = 2026) -> pd.DataFrame:
    return Dataset.open(scale, seed).truth("quality_defects").set_index("defect")


# ---- the proof of the curriculum ------------------------------------------------------------------


@pytest.mark.proof
@pytest.mark.parametrize(("scale", "seed"), WORLDS)
def test_at_least_eighteen_of_twenty_planted_defects_are_found_and_no_rule_is_false(scale, seed):
    found = solved(LAB, scale, seed)["found"]
    assert set(found.index) == set(key(scale, seed).index)
    assert ((found["precision"] >= 0.95) & (found["recall"] >= 0.95)).sum() >= 18
    assert (found["precision"] >= 0.90).all()


@pytest.mark.proof
def test_shuffled_defects_are_not_found(lab):
    """The same planted table over other records: every rule accuses as if at random."""
    order = np.random.default_rng(7).permutation(len(lab["records"]))
    shuffled = lab["guilty"].to_numpy()[order]
    precision = (lab["broken"].to_numpy() & shuffled).sum(axis=0) / lab["broken"].to_numpy().sum(axis=0)
    assert (precision < 0.2).all()
    assert precision.mean() == pytest.approx(shuffled.mean(), abs=0.02)


@pytest.mark.proof
def test_no_rule_accuses_a_record_without_a_defect(lab):
    right = ~lab["guilty"].any(axis=1)
    assert right.sum() > 8_000
    assert not lab["broken"][right].to_numpy().any()


@pytest.mark.proof
def test_rules_know_nothing_of_the_answer_key():
    for cell in read_source(course.lab_dir(LAB) / "lab.py").code_cells:
        if cell.id in {"planted", "found", "score_of_truth"}:
            break
        assert "lab.truth" not in cell.text, cell.id


# ---- score and interval ---------------------------------------------------------------------------


@pytest.mark.parametrize(("scale", "seed"), WORLDS)
def test_interval_holds_the_score_of_whoever_knew_every_record(scale, seed):
    ns = solved(LAB, scale, seed)
    assert ns["low"] < ns["score"] < ns["high"]
    assert ns["low"] <= ns["true_score"] <= ns["high"]
    assert 100 * ns["passed"].min() <= ns["score"] <= 100 * ns["passed"].max()


def test_interval_covers_the_truth_in_other_audits(lab):
    """Two thousand audits drawn again: both answers of one customer, as the lab counts them."""
    rng = np.random.default_rng(1)
    wrong = lab["guilty"][AUDITED].to_numpy()
    n = int(lab["n_audited"])
    drawn = wrong[rng.integers(0, len(wrong), (2_000, n))].mean(axis=(1, 2))
    low, high = lab["wilson"](drawn * n, n)
    assert ((low <= wrong.mean()) & (wrong.mean() <= high)).mean() >= 0.95


def test_wilson_agrees_with_statsmodels(lab):
    from statsmodels.stats.proportion import proportion_confint

    for failed, n in ((0, 20), (3, 200), (96, 1_885), (50, 50)):
        assert lab["wilson"](failed, n) == pytest.approx(
            proportion_confint(failed, n, method="wilson"), abs=1e-4
        )


def test_denominators_are_what_was_tested(lab):
    results, records = lab["results"], lab["records"]
    assert results.loc["phone_missing", "tested"] == len(records)
    assert (
        results.loc["address_outdated", "tested"] == records["true_phone"].notna().sum() < 0.11 * len(records)
    )
    assert results.loc["income_nines", "tested"] == records["declared_income_fen"].notna().sum()
    assert (results["broken"] <= results["tested"]).all()


def test_counting_empty_fields_would_miss_most_of_the_missing_phones(lab):
    assert lab["empty"]["phone"] < 0.25 * lab["phone_missing"]
    assert lab["empty"]["occupation"] == 0
    assert lab["empty"]["declared_income_fen"] > 0.1


@pytest.mark.parametrize(("scale", "seed"), WORLDS)
def test_audit_acquits_two_on_a_phone_and_convicts_three(scale, seed):
    confirmed = solved(LAB, scale, seed)["confirmed"]["mean"]
    assert confirmed[2] > 0.9 > 0.1 > confirmed[3]


@pytest.mark.parametrize(("scale", "seed"), WORLDS)
def test_trend_names_the_system_that_worsens(scale, seed):
    ns = solved(LAB, scale, seed)
    assert ns["rising"] == key(scale, seed).query("worsens")["source_system"].item()
    assert ns["counts"]["mean"].loc[4] > 2 * ns["counts"]["mean"].loc[1]


# ---- money ----------------------------------------------------------------------------------------


def test_price_list_is_that_of_the_answer_key(lab):
    prices = key()["cost_fen"] / 100
    assert (lab["prices"].sort_index() == prices[lab["prices"].index].sort_index()).all()
    assert lab["rule_book"]["dimension"].to_dict() == key()["dimension"].astype(str).to_dict()


@pytest.mark.parametrize(("scale", "seed"), WORLDS)
def test_damage_agrees_with_the_planted_damage(scale, seed):
    ns = solved(LAB, scale, seed)
    planted = (ns["guilty"].sum() * key(scale, seed)["cost_fen"] / 100).reindex(ns["damage"].index)
    assert ns["damage"]["yuan"].drop(AUDITED).to_dict() == pytest.approx(
        planted.drop(AUDITED).to_dict(), rel=0.02
    )
    assert (ns["damage"]["least"] * 0.9 <= planted).all()
    assert (planted <= ns["damage"]["most"] * 1.1).all()


@pytest.mark.parametrize(("scale", "seed"), WORLDS)
def test_decision_is_the_repair_worth_most_and_survives_other_price_lists(scale, seed):
    ns = solved(LAB, scale, seed)
    assert ns["first"] == ns["best_fix"] == "ask"
    assert ns["first_low"] < ns["worth"]["ask"] < ns["first_high"]
    assert ns["stays_first"] > 0.8
    assert ns["first_low"] > 0


def test_a_file_with_two_defects_is_paid_for_once(lab):
    fix = lab["fixes"].loc["ask"]
    concerned = lab["broken"][fix["cures"]]
    assert concerned.sum().sum() > 1.05 * concerned.any(axis=1).sum()
    saved = (concerned.sum() * lab["prices"][fix["cures"]]).sum() * fix["cure_share"]
    assert lab["worth"]["ask"] == pytest.approx(saved - 12 * concerned.any(axis=1).sum())
    assert lab["worth"]["ask"] == pytest.approx(lab["net_worth"](lab["broken"], lab["prices"], fix))


def test_calling_everybody_does_not_pay_at_the_lab_scale(lab):
    assert lab["accuracy_damage"]["most"] < lab["calls"]


# ---- exercises ------------------------------------------------------------------------------------


def test_official_solutions_are_right_on_the_lab_world(lab):
    assert_answers_are_right(LAB, lab, remembered_dataset(LAB, scale="lab"))


FORMS = {
    "list": list,
    "set": set,
    "floats": lambda ids: pd.Series(ids, dtype=float),
    "table": lambda ids: pd.DataFrame({"record_id": ids}),
    "shuffled, each twice": lambda ids: np.random.default_rng(0).permutation(np.repeat(ids, 2)),
    "mask": lambda ids: solved(LAB, "tiny", 2026)["records"]["record_id"].isin(ids),
}


@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS.keys())
def test_surplus_is_accepted_in_every_natural_form(form):
    verdict = judge(
        course.exercises(LAB)["surplus"], form(solved(LAB, "tiny", 2026)["surplus"]), remembered_dataset(LAB)
    )
    assert verdict.status == "right", verdict.message.en


@pytest.mark.parametrize(
    "query", ["name_edits <= 1 and address_alike > 80", "name_edits < 2 and address_alike == 100"]
)
@pytest.mark.parametrize("keep", ["record_id_a", "record_id_b"])
def test_every_defensible_threshold_and_either_file_of_a_pair_is_accepted(query, keep):
    answer = solved(LAB, "tiny", 2026)["candidates"].query(query)[keep]
    assert judge(course.exercises(LAB)["surplus"], answer, remembered_dataset(LAB)).status == "right"


@pytest.mark.parametrize(
    "form", [list, np.array, lambda flags: flags.astype(int), lambda flags: flags.sample(frac=1)]
)
@pytest.mark.parametrize("name", ["is_missing", "sex_agrees_with_id"])
def test_flags_are_accepted_in_every_natural_form(name, form):
    write = solved(LAB, "tiny", 2026)[name]
    verdict = judge(course.exercises(LAB)[name], lambda column: form(write(column)), remembered_dataset(LAB))
    assert verdict.status == "right", verdict.message.en


@pytest.mark.parametrize("level", [0, 1, 10])
def test_panel_draws_at_the_ends_of_its_sliders(level):
    import matplotlib.pyplot as plt

    ns = solved(LAB, "tiny", 2026)
    figure, sentence = ns["draw"](**dict.fromkeys(ns["weights"], level))
    figure.canvas.draw()
    plt.close(figure)
    equal = 100 * ns["passed"].mean()
    assert f"{equal:.1f}" in sentence


# ---- a practitioner's own file --------------------------------------------------------------------


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("own")


def chinese_file(records: pd.DataFrame) -> pd.DataFrame:
    """Chinese headers, dates written in three ways, numbers with blanks and country code, amounts in yuan."""
    rng = np.random.default_rng(1)

    def written(dates: pd.Series) -> list[str]:
        forms = rng.choice(["%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日"], len(dates))
        return [date.strftime(form) for date, form in zip(dates, forms, strict=True)]

    valid = records["phone"].str.fullmatch(r"\d{11}").fillna(False).astype(bool)
    spaced = records["phone"].str.replace(r"^(\d{3})(\d{4})(\d{4})$", r"\1 \2-\3", regex=True)
    phone = records["phone"].mask(valid & (rng.random(len(records)) < 0.3), "+86" + records["phone"])
    return pd.DataFrame(
        {
            "客户编号": "C" + records["record_id"].astype(str),
            "客户姓名": records["name_zh"],
            "证件号码": records["id_number"].str.lower(),
            "手机号码": phone.mask(valid & (rng.random(len(records)) < 0.3), spaced),
            "性别": records["sex"].astype(str).map({"male": "男", "female": "女"}),
            "出生日期": written(records["birth_date"]),
            "家庭住址": records["address_zh"],
            "职业": records["occupation"].astype(str),
            "开户日期": written(records["joined_on"]),
            "月收入": records["declared_income_fen"] / 100,
            "账户余额": records["balance_fen"] / 100,
            "更新日期": written(records["updated_on"]),
            "信用等级": rng.choice(["A", "B", ""], len(records)),
        }
    )


@functools.cache
def on_chinese_file(folder: Path) -> dict[str, Any]:
    table = chinese_file(Dataset.open("tiny", 2026).table("dirty_customers").head(1_000))
    table.loc[1_000] = {**table.loc[0], "客户编号": "C0", "出生日期": "不详", "开户日期": "2025-02-30"}
    table.to_csv(folder / "客户.csv", index=False, encoding="gbk", errors="replace")
    return solved_on(LAB, data={"dirty_customers": str(folder / "客户.csv")})


def test_chinese_file_in_gbk_gives_the_counts_of_the_same_records(folder, capsys):
    on_chinese_file.cache_clear()
    own, world = on_chinese_file(folder), solved(LAB, "tiny", 2026)
    said = capsys.readouterr().out
    assert len(own["records"]) == 1_001
    alone = ["phone_missing", "occupation_unknown", "income_nines", "id_check_character", "phone_ten_digits", "negative_balance",
             "income_in_yuan", "birth_contradicts_id", "sex_contradicts_id", "joined_before_birth", "swapped_fields", "name_mojibake"]  # fmt: skip
    for rule in alone:
        assert own["broken"][rule].head(1_000).tolist() == world["broken"][rule].head(1_000).tolist(), rule
    assert {"city_contradicts_branch", "late_delivery", *AUDITED}.isdisjoint(own["results"].index)
    assert own["unreadable"] == {"birth_date": 1, "joined_on": 1}
    for sentence in ("No trend on this file", "No audit of this file", "Accuracy is not in it"):
        assert sentence in said
    assert own["first"] in own["fixes"].index


@pytest.mark.parametrize("name", course.exercises(LAB))
def test_checks_work_on_an_own_file(folder, name):
    given = Dataset.open("tiny", 2026, data={"dirty_customers": folder / "客户.csv"}, stream_name=LAB)
    verdict = judge(course.exercises(LAB)[name], on_chinese_file(folder)[name], given)
    assert verdict.status == ("no_truth" if name in {"surplus", "best_fix"} else "right"), verdict.message.en


def test_one_column_of_phones_is_enough(folder, capsys):
    file = folder / "phones.csv"
    pd.DataFrame({"Tel.": Dataset.open("tiny", 2026).table("dirty_customers")["phone"]}).to_csv(
        file, index=False
    )
    own = solved_on(LAB, data={"dirty_customers": str(file)}, columns={"phone": "Tel."})
    assert own["results"].index.tolist() == ["phone_missing", "phone_ten_digits"]
    assert "No pairs to compare" in capsys.readouterr().out


def test_clean_twin_scores_a_hundred(folder):
    """The records without a defect, under English names: not one is accused."""
    world, file = solved(LAB, "tiny", 2026), folder / "clean.csv"
    clean = Dataset.open("tiny", 2026).table("dirty_customers")[~world["guilty"].any(axis=1)]
    clean.rename(columns={"name_zh": "Full Name", "phone": "Mobile", "birth_date": "DOB"}).to_csv(
        file, index=False, encoding="utf-16"
    )
    own = solved_on(LAB, data={"dirty_customers": str(file)})
    assert own["score"] == 100
    assert own["spotless"] == 1
    assert len(own["results"]) >= 15


def test_own_audit_brings_accuracy_back(folder):
    given = Dataset.open("tiny", 2026)
    given.table("dirty_customers").to_csv(folder / "master.csv", index=False)
    given.table("audit_sample").drop(columns=["true_occupation"]).to_csv(folder / "audit.csv", index=False)
    own = solved_on(
        LAB, data={"dirty_customers": str(folder / "master.csv"), "audit_sample": str(folder / "audit.csv")}
    )
    world = solved(LAB, "tiny", 2026)["results"].drop("city_contradicts_branch")
    pd.testing.assert_frame_equal(own["results"], world, check_dtype=False)


@pytest.mark.slow
def test_two_hundred_thousand_rows_with_a_default_birthday(folder):
    """A tenth of the birthdays is 1900-01-01, which must not be compared pair by pair."""
    rng, file = np.random.default_rng(2), folder / "big.csv"
    records = (
        Dataset.open("lab", 2026)
        .table("dirty_customers")
        .sample(200_000, replace=True, random_state=0)
        .reset_index()
    )
    default = rng.random(len(records)) < 0.1
    pd.DataFrame(
        {
            "Customer_ID": np.arange(len(records)),
            "Mobile": records["phone"],
            "Full Name": records["name_zh"],
            "DOB": records["birth_date"].mask(default, pd.Timestamp("1900-01-01")).dt.strftime("%Y%m%d"),
            "Address": records["address_zh"],
            "Balance": records["balance_fen"] / 100,
            "Last_Updated": records["updated_on"].dt.strftime("%Y-%m-%d %H:%M:%S"),
            "source": records["source_system"],
            "Load_Date": records["loaded_on"].dt.strftime("%Y.%m.%d"),
        }
    ).to_csv(file, index=False, sep=";", encoding="utf-8-sig")
    own = solved_on(LAB, data={"dirty_customers": str(file)})
    assert len(own["candidates"]) < 3_000_000
    assert own["broken"]["phone_missing"].mean() == pytest.approx(0.045, abs=0.005)
    assert own["rising"] == "agent"
