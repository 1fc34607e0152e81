"""Cards, terminals, transactions and months agree with each other, and follow people's lives."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
import pytest
from scipy.stats import spearmanr
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.metrics import roc_auc_score

from labkit import catalogue
from labkit.catalogue import bank_cards
from labkit.store.storage import content_hash, to_arrow
from labkit.world import bank
from labkit.world.bank.cards.cards import cards
from labkit.world.bank.cards.monthly import card_monthly
from labkit.world.bank.cards.spending import CATEGORIES
from labkit.world.bank.cards.terminals import layout, terminals
from labkit.world.bank.cards.transactions import card_transactions
from labkit.world.bank.customers import customers
from labkit.world.bank.fraud.truth import fraud_truth
from labkit.world.block import Block
from labkit.world.operations.map import grid_cells

TABLES = {table.name: table for table in bank_cards.TABLES}
PER_BLOCK = [part for part in bank.DOMAIN.per_block if part.__name__ in TABLES]
GROUPS = {
    "daily": "groceries health utilities",
    "mobility": "transport fuel",
    "family": "home education",
    "leisure": "dining entertainment fashion electronics",
    "travel": "travel",
    "business": "wholesale",
    "cash": "cash",
}
"""As the catalogue describes the columns of ``card_monthly``."""
BLOCKS_OF_IDS, ONE_IN_TEN_THOUSAND = 16, 1e-4


@pytest.fixture(scope="module", params=[(2026, 0), (1, 1)], ids=str)
def world(request: pytest.FixtureRequest) -> dict[str, pd.DataFrame]:
    block = Block(*request.param)
    return {part.__name__: block.of(part) for part in (customers, *PER_BLOCK)}


def test_a_block_is_the_same_each_time_and_of_the_kinds_of_the_catalogue() -> None:
    one, other = Block(3, 1), Block(3, 1)
    for part in PER_BLOCK:
        arrows = [to_arrow(TABLES[part.__name__], block.of(part)) for block in (one, other)]
        assert content_hash(arrows[0]) == content_hash(arrows[1])


def test_a_sample_world_of_200_customers_has_everything() -> None:
    block = Block(2026, 0, customers=200)
    for part in PER_BLOCK:
        assert to_arrow(TABLES[part.__name__], block.of(part)).num_rows > 0
    assert 15_000 < len(block.of(card_transactions)) < 35_000


@pytest.mark.parametrize("name", [part.__name__ for part in PER_BLOCK])
def test_keys_are_unique_and_references_resolve(name: str, world: dict[str, pd.DataFrame]) -> None:
    frame, table = world[name], TABLES[name]
    assert not frame.duplicated(list(table.key)).any()
    for column in table.columns:
        other, _, key = (column.refers_to or "").partition(".")
        if other in world:
            assert frame[column.name].dropna().isin(world[other][key]).all()


def test_most_customers_have_a_debit_card_and_less_than_half_a_credit_card(
    world: dict[str, pd.DataFrame],
) -> None:
    held = world["cards"].groupby("kind", observed=True)["customer_id"].nunique() / len(world["customers"])
    assert 0.85 <= held["debit"] <= 0.92
    assert 0.40 <= held["credit"] <= 0.50
    limit = world["cards"]["credit_limit_fen"]
    assert (limit.notna() == (world["cards"]["kind"] == "credit")).all()
    assert (limit.dropna() % 100_000 == 0).all()


def test_transactions_stand_in_the_order_of_time_within_the_life_of_card_and_terminal(
    world: dict[str, pd.DataFrame],
) -> None:
    rows = world["card_transactions"]
    assert rows["happened_at"].is_monotonic_increasing
    assert (rows["transaction_id"].diff().dropna() == 1).all()
    assert rows["happened_at"].between("2024-01-01", "2025-12-31 23:59:59.999").all()
    joined = rows.merge(world["cards"], on=["card_id", "customer_id"]).merge(
        world["terminals"], on="terminal_id", suffixes=("", "_terminal")
    )
    assert len(joined) == len(rows)
    assert (joined["happened_at"] >= joined["issued_on"]).all()
    assert (joined["closed_on"].isna() | (joined["happened_at"] < joined["closed_on"])).all()
    assert (joined["happened_at"] >= joined["opened_on"]).all()
    assert (joined["category"].astype(str) == joined["category_terminal"].astype(str)).all()
    assert (joined["is_abroad"] == joined["is_abroad_terminal"]).all()
    assert ((joined["channel"] == "online") == (joined["kind_terminal"] == "online")).all()
    assert ((joined["channel"] == "atm") == (joined["category"] == "cash")).all()
    assert not (joined["new_device"] & (joined["channel"] != "online")).any()
    too_much = joined["approved"] & (joined["amount_fen"] > joined["credit_limit_fen"].fillna(10**12))
    assert not too_much.any()
    assert (rows["amount_fen"] > 0).all()


def test_months_are_the_sums_of_approved_transactions(world: dict[str, pd.DataFrame]) -> None:
    card_transactions, card_monthly = world["card_transactions"], world["card_monthly"]
    groups = ", ".join(
        f"coalesce(sum(amount_fen) FILTER (list_contains(string_split('{names}', ' '), category)), 0) AS {group}_fen"
        for group, names in GROUPS.items()
    )
    difference = duckdb.sql(f"""
        WITH summed AS (
            SELECT card_id, customer_id, date_trunc('month', happened_at) AS month, count(*) AS transactions,
                count(*) FILTER (channel = 'online') AS online_transactions,
                count(*) FILTER (hour(happened_at) < 6 OR hour(happened_at) >= 22) AS night_transactions,
                sum(amount_fen) AS spend_fen, {groups}
            FROM card_transactions WHERE approved GROUP BY ALL)
        SELECT count(*) FROM (
            SELECT COLUMNS('^(card_id|customer_id|month|[a-z_]*transactions|(spend|{"|".join(GROUPS)})_fen)$')
            FROM card_monthly WHERE transactions > 0
            EXCEPT SELECT * FROM summed)
        """).fetchall()[0][0]
    assert difference == 0
    assert card_monthly["spend_fen"].sum() == card_transactions.query("approved")["amount_fen"].sum()
    assert (card_monthly[[f"{group}_fen" for group in GROUPS]].sum(axis=1) == card_monthly["spend_fen"]).all()
    assert set(" ".join(GROUPS.values()).split()) == set(CATEGORIES)


def test_credit_balances_equal_what_was_owed_and_spent_less_what_was_paid(
    world: dict[str, pd.DataFrame],
) -> None:
    months = (
        world["card_monthly"]
        .merge(world["cards"], on=["card_id", "customer_id"])
        .sort_values(["card_id", "month"])
    )
    money = ["paid_fen", "balance_fen", "instalment_fen", "utilisation"]
    assert months.loc[months["kind"] == "debit", money].isna().all(axis=None)
    credit = months[months["kind"] == "credit"].copy()
    before = credit.groupby("card_id")["balance_fen"].shift(fill_value=0)
    assert (credit["balance_fen"] == before + credit["spend_fen"] - credit["paid_fen"]).all()
    assert (credit["paid_fen"] >= 0).all()
    assert (credit["instalment_fen"] >= 0).all()
    assert (credit["instalment_fen"] <= credit["balance_fen"]).all()
    assert (credit["instalment_fen"] > 0).mean() > 0.05
    expected = credit["balance_fen"] / credit["credit_limit_fen"]
    assert np.allclose(credit["utilisation"], expected.astype(float), atol=1e-4)
    assert (credit["utilisation"] > 1).mean() < 0.005
    assert (credit.groupby("card_id").tail(1).query("status == 'closed'")["balance_fen"] == 0).all()


def test_every_open_card_has_a_row_for_each_month(world: dict[str, pd.DataFrame]) -> None:
    known = world["cards"]
    first = known["issued_on"].clip(lower=pd.Timestamp("2024-01-01")).dt.to_period("M")
    last = (known["closed_on"] - pd.Timedelta(days=1)).fillna(pd.Timestamp("2025-12-31")).dt.to_period("M")
    expected = (last - first).map(lambda offset: offset.n + 1)
    found = known["card_id"].map(world["card_monthly"].groupby("card_id").size())
    assert (found == expected).all()


def test_people_buy_near_home_and_a_few_terminals_take_most(world: dict[str, pd.DataFrame]) -> None:
    rows, grid = world["card_transactions"], grid_cells(0).set_index("grid_cell_id")
    home = rows["customer_id"].map(world["customers"].set_index("customer_id")["grid_cell_id"])
    shop = rows["terminal_id"].map(world["terminals"].set_index("terminal_id")["grid_cell_id"].astype(float))
    there = shop.notna()
    km = np.hypot(
        *(
            grid[axis].reindex(shop[there]).to_numpy() - grid[axis].reindex(home[there]).to_numpy()
            for axis in ("east_km", "north_km")
        )
    )
    assert np.median(km) <= 4
    assert 0.04 < (km > 15).mean() < 0.20
    takes = rows["terminal_id"].value_counts()
    assert takes.head(len(takes) // 10).sum() / len(rows) > 0.40


def test_spending_follows_the_calendar(world: dict[str, pd.DataFrame]) -> None:
    rows = world["card_transactions"]
    day, online = rows["happened_at"].dt.normalize(), rows["channel"] == "online"
    daily, web = day.value_counts().sort_index(), day[online].value_counts().sort_index()
    in_shops = daily - web
    assert web["2025-11-09":"2025-11-11"].mean() > 1.8 * web["2025-10-15":"2025-11-05"].mean()
    assert web["2025-06-16":"2025-06-18"].mean() > 1.8 * web["2025-05-15":"2025-06-10"].mean()
    assert in_shops["2025-01-29":"2025-02-03"].mean() < 0.9 * in_shops["2025-01-15":"2025-01-27"].mean()
    leisure = day[rows["category"].isin(["dining", "fashion", "entertainment"])].value_counts()
    weekend = leisure.index.day_of_week >= 5
    assert leisure[weekend].mean() > 1.2 * leisure[~weekend].mean()
    assert online[day < "2024-04-01"].mean() + 0.02 < online[day >= "2025-10-01"].mean()
    qr = rows["channel"] == "qr"
    assert qr[~online & (day < "2024-04-01")].mean() + 0.05 < qr[~online & (day >= "2025-10-01")].mean()
    business = rows.loc[rows["category"] == "wholesale", "happened_at"].dt
    assert (business.day_of_week >= 5).mean() < 0.2


def test_amounts_have_heavy_tails_and_are_no_constants(world: dict[str, pd.DataFrame]) -> None:
    amount = world["card_transactions"]["amount_fen"]
    assert amount.quantile(0.999) > 40 * amount.median()
    assert amount.value_counts(normalize=True).max() < 0.03


def test_fraud_is_rare_and_reported_after_about_a_week(world: dict[str, pd.DataFrame]) -> None:
    rows = world["card_transactions"].merge(world["fraud_truth"], on="transaction_id", how="left")
    is_fraud = rows["typology"].notna()
    assert 0.003 < is_fraud.mean() < 0.0055
    assert not (rows["reported_fraud"] & ~is_fraud).any()
    known = rows["report_due_on"] <= "2025-12-31"
    assert (rows["reported_fraud"] == known).all()
    assert (rows.loc[known, "reported_on"] == rows.loc[known, "report_due_on"]).all()
    assert rows.loc[~known, "reported_on"].isna().all()
    delay = (rows["report_due_on"] - rows["happened_at"].dt.normalize()).dt.days[is_fraud]
    assert delay.between(1, 21).all()
    assert 6 < delay.mean() < 10
    late = is_fraud & (rows["happened_at"] >= "2025-12-25")
    assert rows.loc[late, "reported_fraud"].mean() < 0.6


def test_episodes_are_what_their_typology_says(world: dict[str, pd.DataFrame]) -> None:
    rows = (
        world["card_transactions"]
        .merge(world["fraud_truth"], on="transaction_id")
        .merge(
            world["fraud_episodes"].drop(columns="typology"), on="episode_id", suffixes=("", "_of_episode")
        )
    )
    assert rows["happened_at"].between(rows["starts_at"], rows["ends_at"]).all()
    by_card = rows["typology"].isin(["stolen_card_spree", "account_takeover"])
    assert (rows["card_id"] == rows["card_id_of_episode"])[by_card].all()
    assert (rows["terminal_id"] == rows["terminal_id_of_episode"])[~by_card].all()
    several = rows.groupby("episode_id").agg(
        typology=("typology", "first"),
        rows=("amount_fen", "size"),
        amounts=("amount_fen", "nunique"),
        terminals=("terminal_id", "nunique"),
        cards=("card_id", "nunique"),
    )
    long = several[several["rows"] >= 5]
    assert (long["amounts"] / long["rows"]).min() > 0.5
    assert (long.loc[long["typology"].isin(["stolen_card_spree"]), "terminals"] >= 3).all()
    assert (several.loc[several["typology"] == "merchant_bust_out", "cards"] > 10).all()
    takeover = rows[rows["typology"] == "account_takeover"]
    assert (takeover["new_device"] & (takeover["channel"] == "online")).all()


def test_fronts_sell_a_little_before_they_bust_out_and_nothing_after() -> None:
    block = Block(2026, 0)
    rows = block.of(card_transactions).assign(
        is_fraud=lambda t: t["transaction_id"].isin(block.of(fraud_truth)["transaction_id"])
    )
    for front in block.of(terminals)["terminal_id"][block.of(layout).is_front]:
        sales = rows[rows["terminal_id"] == front]
        burst = sales[sales["is_fraud"]]
        assert sales["happened_at"].max() == burst["happened_at"].max()
        assert (~sales["is_fraud"]).sum() >= 3
        assert len(burst) >= 15


@pytest.fixture(scope="module")
def numbers() -> pd.DataFrame:
    """Identifiers within their block and row positions: one fraud of each episode, and some genuine transactions."""
    parts = []
    for index in range(BLOCKS_OF_IDS):
        block = Block(2026, index)
        rows, truth = block.of(card_transactions), block.of(fraud_truth)
        alone = truth["episode_id"].isna()
        chosen = pd.concat(
            [truth[alone], truth[~alone].sample(frac=1, random_state=index).drop_duplicates("episode_id")]
        )
        fraud = rows["transaction_id"].isin(chosen["transaction_id"]).to_numpy()
        genuine = ~rows["transaction_id"].isin(truth["transaction_id"]).to_numpy()
        kept = np.flatnonzero(fraud | (genuine & (np.random.default_rng(index).random(len(rows)) < 0.02)))
        columns = {
            name: rows[name].to_numpy()[kept]
            for name in ("card_id", "customer_id", "terminal_id", "transaction_id")
        }
        part = pd.DataFrame({**columns, "position": kept / len(rows)})
        part = part.assign(**{name: part[name] - rows[name].min() for name in columns})
        sex = (
            block.of(customers).set_index("customer_id")["sex"].reindex(rows["customer_id"].to_numpy()[kept])
        )
        part = part.assign(is_female=(sex == "female").to_numpy())  # nothing is planted on sex
        digits = {f"{name}_{base}": part[name] % base for name in columns for base in (2, 10)}
        parts.append(part.assign(**digits, fraud=fraud[kept], block=index))
    return pd.concat(parts, ignore_index=True)


def test_identifiers_and_positions_tell_no_fraud(numbers: pd.DataFrame) -> None:
    known, unknown = numbers["block"] < BLOCKS_OF_IDS // 2, numbers["block"] >= BLOCKS_OF_IDS // 2
    x, y = numbers.drop(columns=["fraud", "block"]), numbers["fraud"]
    model = HistGradientBoostingClassifier(max_iter=30, learning_rate=0.05, random_state=1).fit(
        x[known], y[known]
    )
    assert abs(roc_auc_score(y[unknown], model.predict_proba(x[unknown])[:, 1]) - 0.5) < 0.02
    for column in x:
        assert abs(roc_auc_score(y, x[column]) - 0.5) < 0.02, column


def test_numbers_of_cards_and_terminals_tell_nothing(world: dict[str, pd.DataFrame]) -> None:
    places, known = world["terminals"], world["cards"]
    for identifier, values in (
        (places["terminal_id"], places["category"].cat.codes),
        (places["terminal_id"], places["city"].cat.codes),
        (places["terminal_id"], places["kind"] == "online"),
        (places["terminal_id"], places["opened_on"].astype("int64")),
        (known["card_id"], known["kind"] == "credit"),
        (known["card_id"], known["issued_on"].astype("int64")),
        (known["card_id"], known["customer_id"]),
    ):
        assert spearmanr(identifier, values).pvalue > ONE_IN_TEN_THOUSAND


def test_catalogue_and_domain_agree() -> None:
    made = {part.__name__ for part in (*bank.DOMAIN.once, *bank.DOMAIN.per_block)}
    assert set(TABLES) <= made
    assert list(bank.fraud_typologies(1).columns) == [
        c.name for c in catalogue.table("fraud_typologies").columns
    ]
    assert cards in PER_BLOCK
    assert card_monthly in PER_BLOCK
