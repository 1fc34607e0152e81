"""Lab 3.3 keeps its promise: all twelve planted rules, no decoy, on any seed and size, and nothing from noise."""

from __future__ import annotations

import functools
import warnings
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from labkit import course
from labkit.exercises.judge import judge
from labkit.language import LANGUAGES
from labkit.store import Dataset
from tests.course.solving import run_lab, solved_on

LAB = "3.3"
WORLDS = [("lab", 2026), ("tiny", 2026), ("tiny", 1), ("tiny", 2), ("tiny", 3), (4_000, 5)]
FOUR_SIGMA = 4.0


@functools.cache
def solved(scale: str | int = "tiny", seed: int = 2026, language: str = "en") -> dict[str, Any]:
    return run_lab(LAB, language, scale=scale, seed=seed)


@functools.cache
def key(scale: str | int = "tiny", seed: int = 2026) -> pd.DataFrame:
    planted = Dataset.open(scale, seed).truth("planted_rules")
    both = planted["antecedent"].astype(str).str.split("+") + planted["consequent"].astype(str).str.split("+")
    return planted.assign(itemset=[tuple(sorted(items)) for items in both])


@functools.cache
def own_receipts(shuffled: bool) -> pd.DataFrame:
    """Receipts as a practitioner has them: two columns, numbers that are no numbers, items of another shop."""
    baskets = Dataset.open("tiny", 2026).table("baskets", ["basket_id", "item"])
    held = pd.crosstab(baskets["basket_id"], baskets["item"]).astype(bool)
    if shuffled:
        rng = np.random.default_rng(3)
        held = held.apply(lambda column: rng.permutation(column.to_numpy()))
    lines = held.stack().loc[lambda bought: bought].reset_index()[["basket_id", "item"]]
    return pd.DataFrame(
        {"单号": "R-" + lines["basket_id"].astype(str), "商品": "SKU " + lines["item"].astype(str)}
    )


@functools.cache
def solved_on_own_receipts(shuffled: bool, folder: Path) -> dict[str, Any]:
    file = folder / "receipts.csv"
    own_receipts(shuffled).to_csv(file, index=False)
    columns = {"basket_id": "单号", "item": "商品"}
    return solved_on(LAB, {"baskets": file}, columns)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("own")


# ---- the proof of the curriculum ------------------------------------------------------------------


@pytest.mark.proof
@pytest.mark.parametrize(("scale", "seed"), WORLDS)
def test_all_twelve_planted_rules_are_found_and_no_decoy(scale, seed):
    planted = key(scale, seed)
    rules = set(planted.loc[planted["kind"] == "rule", "itemset"])
    assert len(rules) == 12
    assert set(solved(scale, seed)["real"]) == rules


@pytest.mark.proof
@pytest.mark.parametrize(("scale", "seed"), WORLDS)
def test_only_the_quarters_reject_the_simpson_decoy(scale, seed):
    lab = solved(scale, seed)
    decoy = key(scale, seed).query("kind == 'decoy_simpson'")["itemset"].item()
    assert lab["seasonal"] == [decoy]
    assert lab["p_values"][decoy] < 1e-9, "chance alone would have let it through"


@pytest.mark.proof
def test_popular_pairs_are_frequent_and_confident_and_rejected():
    lab = solved("lab", 2026)
    for itemset in key("lab", 2026).query("kind == 'decoy_popular'")["itemset"]:
        assert lab["counts"][itemset] / lab["n_baskets"] > 0.08
        assert itemset not in lab["beyond_chance"]


@pytest.mark.proof
@pytest.mark.parametrize(("scale", "seed"), WORLDS[:1] + WORLDS[2:])
def test_planted_lifts_are_recovered_within_sampling_error(scale, seed):
    lab = solved(scale, seed)
    counts, n = lab["counts"], lab["n_baskets"]
    for rule in key(scale, seed).itertuples():
        pullers = tuple(sorted(rule.antecedent.split("+")))
        found = counts[rule.itemset] * n / counts[pullers] / counts[(rule.consequent,)]
        error = 1.3 * found / np.sqrt(counts[rule.itemset])  # members differ, so a little more than Poisson
        assert abs(found - rule.lift) < FOUR_SIGMA * error, rule.itemset


@pytest.mark.proof
def test_shuffled_receipts_give_nothing(folder):
    lab = solved_on_own_receipts(True, folder)
    assert len(lab["itemsets"]) > 5_000
    assert lab["beyond_chance"] == lab["real"] == []


@pytest.mark.proof
@pytest.mark.parametrize(("scale", "seed"), WORLDS[1:3])
def test_fp_growth_finds_the_same_itemsets_with_the_same_counts(scale, seed):
    from mlxtend.frequent_patterns import fpgrowth

    lab = solved(scale, seed)
    table = pd.DataFrame(lab["holds"].T, columns=lab["frequent_items"])
    grown = fpgrowth(table, min_support=lab["min_support"], use_colnames=True)
    by_growth = {
        tuple(sorted(row.itemsets)): round(row.support * lab["n_baskets"]) for row in grown.itertuples()
    }
    assert {itemset: n for itemset, n in lab["counts"].items() if itemset} == by_growth


# ---- the shelf ------------------------------------------------------------------------------------


@pytest.mark.parametrize(("scale", "seed"), WORLDS)
def test_the_season_s_pair_would_win_the_shelf_in_one_lump_and_loses_within_quarters(scale, seed):
    lab = solved(scale, seed)
    decoy = lab["seasonal"][0]
    in_lump = {pair: lab["extra_margin"](*pair, lab["everything"]) for pair in lab["candidates"]}
    assert max(in_lump, key=in_lump.__getitem__) == decoy
    assert lab["extra_margin"](*decoy, lab["by_season"]) < 0
    assert lab["shelf_decision"][:2] != decoy


def test_the_famous_pair_is_worth_little_once_its_buyers_are_kept_apart():
    lab = solved("lab", 2026)
    famous = lab["antecedent"], lab["consequent"]
    assert famous == ("diapers", "beer")
    in_lump = lab["extra_margin"](*famous, lab["everything"])
    assert lab["extra_margin"](*famous, lab["by_season_and_context"]) < 0.2 * in_lump


def test_the_interval_holds_the_estimate_and_narrows_with_the_world():
    widths = []
    for scale in ("tiny", "lab"):
        lab = solved(scale, 2026)
        *pair, yuan = lab["shelf_decision"]
        low, high = lab["margin_interval"](*pair, lab["by_season_and_context"])
        assert low < yuan < high
        widths.append(high - low)
    assert 2 < widths[0] / widths[1] < 5  # ten times the members: about the square root of ten


# ---- pictures -------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_figure_draws_without_a_warning(language):
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        run_lab(LAB, language, scale="tiny")


@pytest.mark.parametrize(("support", "confidence"), [(0.3, 5), (0.3, 30), (5.0, 60), (0.4, 50)])
def test_the_rule_panel_draws_at_the_ends_of_its_sliders(support, confidence):
    figure, sentence = solved()["draw_rules"](support, confidence)
    assert f"{confidence}%" in sentence
    figure.canvas.draw()
    _closed(figure)


def test_the_three_item_rule_leaves_the_panel_before_one_percent():
    title = "sesame_paste"
    lab = solved("lab", 2026)
    triple = next(itemset for itemset in lab["real"] if len(itemset) == 3)
    assert title in triple
    assert 0.3 < 100 * lab["counts"][triple] / lab["n_baskets"] < 1


def test_the_shelf_panel_scales_with_the_assumption():
    lab = solved()
    pair = lab["candidates"][0]
    sentences = []
    for response in (0, 10):
        figure, sentence = lab["draw_shelf"](pair, response)
        sentences.append(sentence)
        _closed(figure)
    assert ": 0 yuan" in sentences[0]
    assert f"{lab['extra_margin'](*pair, lab['by_season_and_context']):,.0f} yuan" in sentences[1]


def _closed(figure: Any) -> None:
    import matplotlib.pyplot as plt

    plt.close(figure)


# ---- a practitioner's own receipts ----------------------------------------------------------------


def test_two_columns_of_receipts_are_enough(folder, capsys):
    solved_on_own_receipts.cache_clear()
    lab = solved_on_own_receipts(False, folder)
    rules = {tuple(f"SKU {item}" for item in itemset) for itemset in solved()["beyond_chance"]}
    assert set(lab["beyond_chance"]) == rules
    assert list(lab["quarters"]) == ["whole period"]
    assert not lab["in_context"].any()
    said = capsys.readouterr().out
    for sentence in ("seasons cannot be told apart", "the question who is skipped", "counting items instead"):
        assert sentence in said
    assert "young fathers" not in said


@pytest.mark.parametrize("name", list(course.exercises(LAB)))
def test_checks_work_on_own_receipts(folder, name):
    lab = solved_on_own_receipts(False, folder)
    file = folder / "receipts.csv"
    given = Dataset.open("tiny", 2026, data={"baskets": file}, columns={"basket_id": "单号", "item": "商品"})
    exercise = course.exercises(LAB)[name]
    assert judge(exercise, lab[name], given).status == "right"
    for mistake, answer in exercise.wrong_answers(given).items():
        assert judge(exercise, answer, given).status == "wrong" or _same(answer, lab[name]), mistake


def _same(answer: Any, official: Any) -> bool:
    """Without months and members some mistakes make no difference."""
    return answer == official or (isinstance(answer, tuple) and set(answer[:2]) == set(official[:2]))


# ---- answers in other forms -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("pair_support", np.float64),
        ("pair_support", lambda value: pd.Series([value])),
        ("both_confidences", pd.Series),
        ("both_confidences", lambda both: dict(reversed(both.items()))),
        ("popular_pair", lambda pair: list(reversed(pair))),
        ("popular_pair", set),
        ("popular_pair", pd.Series),
        ("strongest_rule", np.array),
        ("shelf_decision", list),
        ("shelf_decision", lambda decision: (decision[1], decision[0], float(decision[2]))),
    ],
)
def test_a_right_answer_is_right_in_every_natural_form(name, form):
    given = Dataset.open("tiny", 2026, stream_name=LAB)
    assert judge(course.exercises(LAB)[name], form(solved()[name]), given).status == "right"


@pytest.mark.parametrize("parts", ["by_season", "by_season_and_context"])
def test_either_way_to_keep_the_seasons_apart_is_accepted(parts):
    lab, given = solved(), Dataset.open("tiny", 2026, stream_name=LAB)
    *pair, _ = lab["shelf_decision"]
    answer = (*pair, lab["extra_margin"](*pair, lab[parts]))
    assert judge(course.exercises(LAB)["shelf_decision"], answer, given).status == "right"
