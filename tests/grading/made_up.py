"""Made-up submissions: notebooks of the trainee edition with answers written into them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from labkit.grading.canonical import edition_path
from labkit.language import LANGUAGES

OWN_WORDS = {
    "3.3": {
        "pair_support": "pair_support = sum(b in with_consequent for b in with_antecedent) / n_baskets",
        "both_confidences": (
            "both = len(with_antecedent.intersection(with_consequent))\n"
            "both_confidences = {antecedent: both / len(with_antecedent)}\n"
            "both_confidences[consequent] = both / len(with_consequent)"
        ),
        "popular_pair": (
            "closest = popular.assign(off=(popular.lift - 1).abs()).nsmallest(1, 'off').iloc[0]\n"
            "popular_pair = [closest.antecedent, closest.consequent]"
        ),
        "strongest_rule": (
            "big = pairs[pairs.support >= big_enough]\n"
            "top = big[big.lift >= big.lift.max() - 1e-9].nlargest(1, 'confidence').iloc[0]\n"
            "strongest_rule = (top.antecedent, top.consequent)"
        ),
        "shelf_decision": (
            "worth = {}\n"
            "for pair in candidates:\n"
            "    worth[pair] = extra_margin(*pair, by_season_and_context)\n"
            "best = max(worth, key=worth.get)\n"
            "shelf_decision = best[0], best[1], worth[best]"
        ),
    },
    "7.4": {
        "robust_limits": (
            "def robust_limits(surprise, width):\n"
            "    m = surprise.median()\n"
            "    s = 1.4826 * (surprise - m).abs().median() * width\n"
            "    return (m - s, m + s)"
        ),
        "explained_days": (
            "def explained_days(alarm_days, calendar):\n"
            "    named = calendar.dropna(subset=['holiday', 'festival'], how='all')\n"
            "    return [d for d in alarm_days if (named['day'] == d).any()]"
        ),
        "drift_began": (
            "def drift_began(z, slack, limit):\n"
            "    s, start = 0, None\n"
            "    for i, v in enumerate(z):\n"
            "        s = s - v - slack\n"
            "        if s <= 0:\n"
            "            s, start = 0, None\n"
            "        elif start is None:\n"
            "            start = i\n"
            "        if s > limit:\n"
            "            return start"
        ),
        "root_of": (
            "def root_of(z, first, last):\n"
            "    part = z[(z.index >= first) & (z.index <= last)]\n"
            "    size = part.pow(2).mean(axis=0)\n"
            "    return size.index[size.to_numpy().argmax()]"
        ),
        "alarm_cost": (
            "def alarm_cost(events, incidents, terms):\n"
            "    bill = terms['event_yuan'] * len(events)\n"
            "    for _, i in incidents.iterrows():\n"
            "        end = i.last_day + pd.Timedelta(days=2)\n"
            "        seen = (events['first'] <= end) & (events['last'] >= i.first_day)\n"
            "        if not seen.any():\n"
            "            bill += terms['saved_share'] * i.yuan\n"
            "    return bill"
        ),
    },
}
"""Right answers that are not the official ones, by lab and exercise."""

MISTAKEN = {
    "3.3": {
        "pair_support": (
            "confidence",
            "pair_support = len(with_antecedent & with_consequent) / len(with_antecedent)",
        ),
        "both_confidences": (
            "swapped",
            "n = len(with_antecedent & with_consequent)\n"
            "both_confidences = {antecedent: n / len(with_consequent), consequent: n / len(with_antecedent)}",
        ),
        "popular_pair": ("has_pull", "popular_pair = (antecedent, consequent)"),
        "strongest_rule": (
            "most_common",
            "strongest_rule = tuple(pairs.nlargest(1, 'support').iloc[0][['antecedent', 'consequent']])",
        ),
        "shelf_decision": (
            "amount",
            "shelf_decision = max(((*p, 6 * extra_margin(*p, by_season_and_context)) for p in candidates),\n"
            "                     key=lambda d: d[2])",
        ),
    },
    "7.4": {
        "robust_limits": (
            "no_factor",
            "def robust_limits(surprise, width):\n"
            "    m = surprise.median()\n"
            "    s = width * (surprise - m).abs().median()\n"
            "    return m - s, m + s",
        ),
        "explained_days": (
            "holidays_only",
            "def explained_days(alarm_days, calendar):\n"
            "    days = set(calendar.loc[calendar['holiday'].notna(), 'day'])\n"
            "    return [d for d in alarm_days if d in days]",
        ),
        "drift_began": (
            "day_of_the_ring",
            "def drift_began(z, slack, limit):\n"
            "    s = 0\n"
            "    for i, v in enumerate(z):\n"
            "        s = max(0, s - v - slack)\n"
            "        if s > limit:\n"
            "            return i",
        ),
        "root_of": (
            "all_days",
            "def root_of(z, first, last):\n    return (z ** 2).mean().idxmax()",
        ),
        "alarm_cost": (
            "all_of_the_damage",
            OWN_WORDS["7.4"]["alarm_cost"].replace("terms['saved_share'] * i.yuan", "i.yuan"),
        ),
    },
}
"""A typical mistake of each exercise, and code that makes it."""

Notebook = dict[str, Any]


def edition(lab_id: str, language: str = "en", of: str = "notebooks") -> Notebook:
    """A notebook as it was handed out."""
    assert language in LANGUAGES
    return json.loads(edition_path(of, lab_id, language).read_text(encoding="utf-8"))


def answered(lab_id: str, answers: Mapping[str, str], language: str = "en") -> Notebook:
    """The trainee edition with answers in place of the stubs."""
    notebook = edition(lab_id, language)
    for cell in notebook["cells"]:
        exercise = cell["metadata"].get("labkit", {}).get("exercise")
        if exercise in answers:
            cell["source"] = answers[exercise].splitlines(keepends=True)
    return notebook


def mistaken(lab_id: str) -> dict[str, str]:
    """Code that makes a typical mistake in every exercise."""
    return {exercise: code for exercise, (_, code) in MISTAKEN[lab_id].items()}


def code_cell(source: str, **more: Any) -> dict[str, Any]:
    """A cell that a trainee added."""
    return {
        "cell_type": "code",
        "execution_count": None,
        "metadata": {},
        "outputs": [],
        "source": source,
    } | more


def place_of(notebook: Notebook, cell_id: str) -> int:
    """Where a cell stands."""
    return next(place for place, cell in enumerate(notebook["cells"]) if cell.get("id") == cell_id)


def write(path: Path, notebook: Notebook, **options: Any) -> Path:
    """Write a notebook where a trainee handed it in."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1, **options), encoding="utf-8")
    return path
