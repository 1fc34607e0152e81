"""The customer master as it should be: every record right, before anything is damaged.

First used in lab 9.3.
"""

from __future__ import annotations

import numpy as np

from labkit.world.bank.customers import customer_people, customers
from labkit.world.block import Block
from labkit.world.draws import pick_by_row
from labkit.world.operations.defects import RECORDS_PER_CUSTOMER, SECOND_FILE
from labkit.world.people.employers import employer_ids, employers, work
from labkit.world.people.papers import (
    CHECK_CHARACTERS,
    CHECK_WEIGHTS,
    GIVEN,
    PHONES,
    SURNAMES,
    birth_dates,
    phones,
)
from labkit.world.people.persons import home, identity
from labkit.world.people.places import CITIES

Records = dict[str, np.ndarray]
"""Columns of equal length, by name; text as Python strings."""

SOURCE_SYSTEMS = ("counter", "app", "agent", "county")
SYSTEM_SHARES = {
    "digital": (0.25, 0.55, 0.20, 0.0),
    "other": (0.65, 0.15, 0.20, 0.0),
    "county": (0.05, 0.15, 0.20, 0.60),
}
"""Who opens the file where: the county system keeps most files of the counties."""
DIGITAL_FROM = 0.55
RETIRED_AGE = 60
OCCUPATIONS = {
    "manufacturing": "factory", "trade": "sales", "services": "service", "construction": "builder",
    "technology": "engineer", "public": "public_service",
}  # fmt: skip
STREETS = (
    ("Linjiang Road", "临江路"), ("Wangyue Street", "望月街"), ("Haitang Road", "海棠路"), ("Dengta Street", "灯塔街"),
    ("Baisha Road", "白沙路"), ("Fengfan Avenue", "风帆大道"), ("Guyu Road", "谷雨路"), ("Qingshi Lane", "青石巷"),
    ("Hehua Road", "荷花路"), ("Zhongxing Street", "钟行街"), ("Xingguang Road", "星光路"), ("Songtao Road", "松涛路"),
)  # fmt: skip
LAST_DAY = np.datetime64("2025-12-31")
DAYS_TO_DELIVER = 4
"""A change arrives after 0 to 3 days."""
REVIEW_DAYS = 1_090
"""Every file is looked through within so many days."""
FAMILY_PHONE_SHARE = 0.06
"""Of those who live with others: so many give the phone of the head of the household, at most one each."""


def first_files(block: Block) -> Records:
    """One right record per customer, in the order of the customers; ``customer_id`` tells whose it is."""
    master, who = block.of(customers), block.of(customer_people)
    position = (who["person_id"] - block.person_id[0]).to_numpy()
    address_en, address_zh = addresses(block, "home")
    joined = master["joined_on"].to_numpy().astype("datetime64[D]")
    updated = updates(block, "customers", joined)
    records: Records = {
        "customer_id": who["person_id"].to_numpy(),
        "source_system": _systems(block, who["city_tier"].to_numpy(), who["digital_habit"].to_numpy()),
        "branch_id": master["branch_id"].to_numpy(),
        **{name: master[name].to_numpy().astype(object) for name in ("name_en", "name_zh", "id_number")},
        "phone": block.of(contact_phones)[position].astype(str).astype(object),
        "sex": master["sex"].to_numpy().astype(object),
        "birth_date": block.of(birth_dates)[position],
        "city": master["city"].to_numpy().astype(object),
        "address_en": address_en[position],
        "address_zh": address_zh[position],
        "occupation": block.of(occupations)[position],
        "joined_on": joined,
        "declared_income_fen": master["declared_income_fen"].fillna(0).to_numpy(dtype=np.int64),
        "balance_fen": balances(block, "customers", who["income_fen"].to_numpy()),
        "updated_on": updated,
        "loaded_on": updated
        + block.rng("dirty_customers", "loaded_on").integers(0, DAYS_TO_DELIVER, len(who)),
    }
    return records


def second_files(block: Block) -> Records:
    """Right records of some customers who have two files: the clerk misread name, phone and ID number."""
    first = block.of(first_files)
    size = len(first["customer_id"])
    rng = block.rng("dirty_customers", "second_files")
    share = SECOND_FILE.rate / 2 * RECORDS_PER_CUSTOMER
    rows = np.sort(rng.permutation(size)[: max(1, round(size * share))])
    second = {name: values[rows] for name, values in first.items()}
    second["name_zh"], second["name_en"] = _misspelt(rng, second["name_zh"])
    second["phone"] = (12 * PHONES + rng.integers(0, PHONES, len(rows))).astype(str).astype(object)
    second["id_number"] = _other_sequence(rng, second["id_number"])
    later = (np.datetime64("2025-06-30") - second["joined_on"]).astype(np.int64)
    second["joined_on"] = second["joined_on"] + (later * rng.random(len(rows))).astype(np.int64)
    second["balance_fen"] = balances(block, "second_files", np.full(len(rows), 300_000))
    second["updated_on"] = updates(block, "second_files", second["joined_on"])
    second["loaded_on"] = second["updated_on"] + rng.integers(0, DAYS_TO_DELIVER, len(rows))
    return second


def contact_phones(block: Block) -> np.ndarray:
    """The phone each person gives to the bank, int64: nearly always the own one."""
    head = block.of(home).head
    draw = block.rng("dirty_customers", "phone").random(block.size)
    givers = np.flatnonzero((head != np.arange(block.size)) & (draw < FAMILY_PHONE_SHARE))
    _, first = np.unique(head[givers], return_index=True)
    phone = block.of(phones).copy()
    phone[givers[first]] = phone[head[givers[first]]]
    return phone


def addresses(block: Block, name: str) -> tuple[np.ndarray, np.ndarray]:
    """An address in each person's city, in English and Chinese; the household's for ``name="home"``."""
    rng, at = block.rng("dirty_customers", f"address_{name}"), block.of(home)
    street = rng.integers(0, len(STREETS), block.size)
    number, building, floor, room = (rng.integers(1, most, block.size) for most in (400, 25, 19, 5))
    head = at.head if name == "home" else np.arange(block.size)
    city = block.of(identity).city
    english, chinese = [], []
    for person, of in enumerate(head.tolist()):
        road, place = STREETS[street[of]], CITIES[city[person]].name
        flat = f"{floor[of]}0{room[of]}"
        english.append(f"{flat}, Building {building[of]}, {number[of]} {road[0]}, {place.en}")
        chinese.append(f"{place.zh}{road[1]}{number[of]}号{building[of]}幢{flat}室")
    return np.array(english, dtype=object), np.array(chinese, dtype=object)


def occupations(block: Block) -> np.ndarray:
    """What each person does for a living, by age and employer, as text."""
    each, companies = block.of(work), block.of(employers)
    industry = companies.set_index("employer_id")["industry"].reindex(block.of(employer_ids))
    by_employer = industry.map(OCCUPATIONS).to_numpy(dtype=object)
    occupation = np.where(each.employer >= 0, by_employer[each.employer], "at_home")
    occupation[each.owner[each.owner >= 0]] = "self_employed"
    occupation[block.of(identity).age >= RETIRED_AGE] = "retired"
    return occupation


def _systems(block: Block, tier: np.ndarray, digital: np.ndarray) -> np.ndarray:
    group = np.where(tier == "county", 2, np.where(digital >= DIGITAL_FROM, 0, 1))
    shares = np.array(list(SYSTEM_SHARES.values()))[group]
    drawn = pick_by_row(shares, block.rng("dirty_customers", "source_system").random(len(group)))
    return np.array(SOURCE_SYSTEMS, dtype=object)[drawn]


def updates(block: Block, name: str, joined: np.ndarray) -> np.ndarray:
    """Day of the last change, datetime64[D]: within three years, mostly recent, never before the first day."""
    days = block.rng("dirty_customers", f"updated_on_{name}").integers(0, REVIEW_DAYS, (2, len(joined)))
    return np.maximum(LAST_DAY - DAYS_TO_DELIVER - days.min(axis=0), joined)


def balances(block: Block, name: str, income_fen: np.ndarray) -> np.ndarray:
    """Balance of the savings account, int64 fen: a few months' income, with a long tail; nothing in one of twelve."""
    rng = block.rng("dirty_customers", f"balance_{name}")
    months = np.round(rng.lognormal(0.8, 1.2, len(income_fen)), 3)
    return np.where(rng.random(len(income_fen)) < 1 / 12, 0, np.rint(income_fen * months).astype(np.int64))


def _misspelt(rng: np.random.Generator, names: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Names with another third character, in Chinese and as spelt in English."""
    spelling, characters = dict(GIVEN), [character for character, _ in GIVEN]
    surnames = dict(SURNAMES)
    chinese, english = [], []
    for name, step in zip(names, rng.integers(1, len(GIVEN), len(names)), strict=True):
        other = characters[(characters.index(name[2]) + step) % len(GIVEN)]
        chinese.append(name[:2] + other + name[3])
        english.append(f"{surnames[name[:2]]} {(spelling[other] + spelling[name[3]]).capitalize()}")
    return np.array(chinese, dtype=object), np.array(english, dtype=object)


def _other_sequence(rng: np.random.Generator, numbers: np.ndarray) -> np.ndarray:
    """ID numbers of the same region, birth date and sex with another sequence and a right check character."""
    shift = 2 * rng.integers(1, 500, len(numbers))
    body = np.array(
        [int(n[:14]) * 1_000 + (int(n[14:17]) + s) % 1_000 for n, s in zip(numbers, shift, strict=True)]
    )
    digits = body[:, None] // 10 ** np.arange(16, -1, -1, dtype=np.int64) % 10
    check = CHECK_CHARACTERS[(digits * CHECK_WEIGHTS).sum(axis=1) % 11]
    return np.char.add(body.astype(str), check).astype(object)
