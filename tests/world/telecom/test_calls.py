"""Calls follow ties, office hours and holidays; they belong to people who are there, and circles show in them."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import normalized_mutual_info_score

from labkit.world.people import circles, people, relations
from labkit.world.telecom.calls import calls
from labkit.world.telecom.numbers import call_decoys, service_numbers
from labkit.world.telecom.usage import subscribers, usage_monthly

DECOYS = call_decoys(0).set_index("number_id")["kind"]


def among_subscribers(of) -> pd.DataFrame:
    rows = of(calls)
    return rows[~rows["caller_id"].isin(DECOYS.index) & ~rows["callee_id"].isin(DECOYS.index)]


def by_pair(of) -> pd.DataFrame:
    """One row per pair of subscribers: number of calls, median length, share in the evening."""
    rows = among_subscribers(of)
    ends = np.sort(rows[["caller_id", "callee_id"]].to_numpy(), axis=1)
    rows = rows.assign(person_id=ends[:, 0], other_id=ends[:, 1], evening=rows["started_at"].dt.hour >= 17)
    return (
        rows.groupby(["person_id", "other_id"])
        .agg(calls=("seconds", "size"), seconds=("seconds", "median"), evening=("evening", "mean"))
        .reset_index()
    )


def test_every_number_is_a_subscriber_of_that_day_or_a_known_decoy(of_block):
    rows, known = of_block(calls), of_block(subscribers).set_index("subscriber_id")
    for end in ("caller_id", "callee_id"):
        others = rows[~rows[end].isin(DECOYS.index)]
        assert others[end].isin(known.index).all()
        person = known.loc[others[end]].reset_index(drop=True)
        day = others["started_at"].dt.normalize().reset_index(drop=True)
        assert (person["joined_on"] <= day).all()
        assert (person["left_on"].isna() | (person["left_on"] > day)).all()
    assert (rows["caller_id"] != rows["callee_id"]).all()
    assert not (rows["caller_id"].isin(DECOYS.index) & rows["callee_id"].isin(DECOYS.index)).any()


def test_calls_fill_the_fourth_quarter_in_order(of_block):
    rows = of_block(calls)
    assert 45_000 < len(rows) < 80_000
    assert rows["started_at"].between("2025-10-01", "2025-12-31 23:59:59").all()
    assert rows["started_at"].is_monotonic_increasing
    assert (rows["call_id"].diff().dropna() == 1).all()
    assert rows["started_at"].dt.normalize().nunique() == 92
    assert (rows["seconds"] >= 1).all()


def test_people_who_call_each_other_know_each_other(of_block):
    known = of_block(relations)[["person_id", "other_id"]]
    assert len(by_pair(of_block).merge(known)) == len(by_pair(of_block))


def test_calls_are_a_part_of_the_minutes_in_the_monthly_table(of_block):
    rows = of_block(calls)
    month = rows["started_at"].dt.to_period("M").dt.to_timestamp()
    seconds = rows["seconds"].groupby([rows["caller_id"], month]).sum().rename("seconds")
    use = of_block(usage_monthly).merge(seconds, left_on=["subscriber_id", "month"], right_index=True)
    assert len(use) > 1_500
    assert (use["seconds"] <= 60 * use["voice_minutes"]).all()
    assert 0.2 < use["seconds"].sum() / 60 / use["voice_minutes"].sum() < 0.8


def test_colleagues_rest_on_weekends_and_holidays_and_families_talk_in_the_evening(of_block):
    kind = of_block(relations)
    rows = among_subscribers(of_block)
    ends = np.sort(rows[["caller_id", "callee_id"]].to_numpy(), axis=1)
    rows = rows.assign(person_id=ends[:, 0], other_id=ends[:, 1]).merge(kind, on=["person_id", "other_id"])
    hour, weekday = rows["started_at"].dt.hour, rows["started_at"].dt.day_of_week
    holiday = rows["started_at"] < "2025-10-09"
    share = (
        pd.DataFrame(
            {
                "evening": hour.between(17, 22),
                "office": hour.between(8, 19),
                "weekend": (weekday >= 5) & ~holiday,
                "holiday": holiday,
            }
        )
        .groupby(rows["kind"].astype(str))
        .mean()
    )
    assert share.loc["family", "evening"] > 0.6
    assert share.loc["colleague", "office"] == 1
    assert share.loc["colleague", "weekend"] < 0.05 < 0.3 < share.loc["friend", "weekend"]
    assert share.loc["colleague", "holiday"] < 0.02 < 8 / 92 < share.loc["friend", "holiday"]


def test_strength_of_ties_has_a_heavy_tail(of_block):
    per_pair = by_pair(of_block)["calls"].sort_values(ascending=False)
    assert 0.35 < per_pair.head(len(per_pair) // 10).sum() / per_pair.sum() < 0.6


def test_decoys_call_and_are_called_by_more_people_than_anybody(of_block):
    rows = of_block(calls)
    ends = pd.concat(
        [
            rows[["caller_id", "callee_id"]],
            rows[["callee_id", "caller_id"]].set_axis(["caller_id", "callee_id"], axis=1),
        ]
    )
    degree = ends.groupby("caller_id")["callee_id"].nunique()
    loud = DECOYS.index[DECOYS.isin(["call_centre", "courier", "company_hotline"])]
    assert degree[loud].min() > 3 * degree.drop(DECOYS.index, errors="ignore").max()
    assert not rows["callee_id"].isin(DECOYS.index[DECOYS.isin(["call_centre", "courier"])]).any()


def test_published_numbers_are_the_hotlines_among_the_decoys():
    published = service_numbers(0).set_index("number_id")["kind"]
    pd.testing.assert_series_equal(published, DECOYS[DECOYS.str.endswith("hotline")])


def test_those_about_to_leave_ask_the_competition(of_lab):
    rows, everybody = of_lab(calls), of_lab(subscribers)
    asked = rows[rows["callee_id"].isin(DECOYS.index[DECOYS == "rival_hotline"])]
    asked = asked[asked["started_at"].between("2025-11-01", "2025-11-30 23:59")]["caller_id"]
    there = everybody[~(everybody["left_on"] < "2025-11-15") & (everybody["joined_on"] < "2025-11-01")]
    asks = there["subscriber_id"].isin(asked)
    leaves = there["left_on"].between("2025-11-15", "2025-12-15")
    assert asks[leaves].mean() > 5 * asks[~leaves].mean()
    assert 0.015 < asks[there["left_on"].isna()].mean() < 0.045


def network(of) -> nx.Graph:
    graph = nx.Graph()
    graph.add_weighted_edges_from(by_pair(of)[["person_id", "other_id", "calls"]].itertuples(index=False))
    return graph


def community_agreement(graph: nx.Graph, circle: pd.Series) -> float:
    found = nx.community.louvain_communities(graph, seed=0)
    number = {person: k for k, members in enumerate(found) for person in members}
    return normalized_mutual_info_score(circle.loc[list(number)], list(number.values()))


def test_louvain_communities_are_the_planted_circles(of_block):
    circle = of_block(circles).set_index("person_id")["circle_id"]
    assert community_agreement(network(of_block), circle) >= 0.80


@pytest.mark.slow
def test_louvain_communities_of_the_whole_world_are_the_planted_circles(of_lab):
    circle = of_lab(circles).set_index("person_id")["circle_id"]
    assert community_agreement(network(of_lab), circle) >= 0.80


def household_evidence(of) -> tuple[pd.DataFrame, int]:
    """Pairs of active subscribers who call each other or share an account, with evidence; and how many live together."""
    active = of(subscribers).query("left_on.isna() and joined_on < '2025-10-01'")
    member = active.merge(of(people), left_on="subscriber_id", right_on="person_id")
    household = member.set_index("person_id")["household_id"]
    account = active[["subscriber_id", "account_id"]]
    paid = account.merge(account, on="account_id").query("subscriber_id_x < subscriber_id_y")
    paid = paid.rename(columns={"subscriber_id_x": "person_id", "subscriber_id_y": "other_id"}).assign(
        account=True
    )
    pairs = by_pair(of).merge(paid.drop(columns="account_id"), how="outer", on=["person_id", "other_id"])
    pairs = pairs[pairs[["person_id", "other_id"]].isin(household.index).all(axis=1)].copy()
    cell = active.set_index("subscriber_id")["grid_cell_id"]
    for name, values in (("cell", cell), ("together", household)):
        pairs[name] = values.loc[pairs["person_id"]].to_numpy() == values.loc[pairs["other_id"]].to_numpy()
    sizes = household.value_counts()
    return pairs.fillna({"account": False, "calls": 0}), int((sizes * (sizes - 1) // 2).sum())


def f1(claimed: pd.Series, together: pd.Series, living_together: int) -> float:
    return 2 * (claimed & together).sum() / (claimed.sum() + living_together)


def test_households_show_in_account_address_and_calls_together_and_in_none_alone(of_block):
    pairs, living_together = household_evidence(of_block)
    assert living_together > 60
    short_and_often = (pairs["calls"] >= 25) & (pairs["evening"] > 0.55) & (pairs["seconds"] < 80)
    weight = 1.5 * pairs["account"].astype(bool) + 2 * pairs["cell"] + 2 * short_and_often
    assert f1(weight >= 3.5, pairs["together"], living_together) >= 0.90
    for alone in (pairs["account"].astype(bool), pairs["cell"], short_and_often):
        assert f1(alone, pairs["together"], living_together) < 0.90
