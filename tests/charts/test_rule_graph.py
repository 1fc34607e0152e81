"""The rule graph: every rule an arrow, no name on top of another, any number of rules."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
import pytest

from labkit.charts import use_house_style
from labkit.charts.rule_graph import WIDTH, as_graph, packed, pushed_apart, rule_graph

MEASURES = ["antecedent", "consequent", "confidence", "lift"]
PAIR = ("steak", "red_wine", 0.2, 2.8)
TRIPLE = (("hotpot_base", "lamb_slices"), "sesame_paste", 0.54, 4.5)
ASIDE = [
    ("milk", "eggs", 0.4, 1.1),
    ("milk", "bread", 0.3, 1.1),
    ("bread", "butter", 0.3, 1.2),
    ("butter", "bread", 0.3, 1.2),
]
STAR = [(f"an item with a long name {i}", "leafy_greens", 0.36, 1.0) for i in range(29)]


def rules(*rows: tuple) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=MEASURES)


def overlap(one: tuple, other: tuple) -> bool:
    (centre, box), (other_centre, other_box) = one, other
    return bool((np.abs(centre - other_centre) + 1e-3 < (box + other_box) / 2).all())


@pytest.fixture(autouse=True)
def house_style():
    import matplotlib.pyplot as plt

    use_house_style()
    yield
    plt.close("all")


def test_a_rule_is_an_arrow_and_two_pullers_join_before_theirs():
    graph = as_graph(rules(PAIR, TRIPLE, (("beer",), "diapers", 0.1, 3.5)))
    assert graph.has_edge("steak", "red_wine")
    assert graph.has_edge("beer", "diapers")
    joint = (TRIPLE[0], "sesame_paste")
    assert set(graph.predecessors(joint)) == {"hotpot_base", "lamb_slices"}
    assert list(graph.successors(joint)) == ["sesame_paste"]


@pytest.mark.parametrize("boxes", [3, 12, 30])
def test_boxes_that_start_on_one_spot_are_pushed_apart(boxes):
    rng = np.random.default_rng(1)
    size = rng.uniform(0.3, 1.5, (boxes, 2))
    centre = pushed_apart(rng.normal(0, 0.2, (boxes, 2)), size, rounds=3_000)
    placed = list(zip(centre, size, strict=True))
    assert not any(overlap(one, other) for one, other in combinations(placed, 2))


@pytest.mark.parametrize(
    "rows",
    [[PAIR], [PAIR, ("red_wine", "steak", 0.16, 2.8)], [PAIR, TRIPLE], ASIDE, STAR, [*STAR, PAIR, TRIPLE]],
)
def test_no_name_stands_on_another_and_all_stand_on_the_page(rows):
    graph = as_graph(rules(*rows))
    size = {node: np.array([0.5 if isinstance(node, tuple) else 1.1, 0.3]) for node in graph}
    position, height = packed(graph, size)
    assert set(position) == set(graph)
    placed = [(position[node], size[node]) for node in graph]
    assert not any(overlap(one, other) for one, other in combinations(placed, 2))
    for centre, box in placed:
        assert -height - 1e-6 <= centre[1] - box[1] / 2
        assert centre[1] + box[1] / 2 <= 1e-6
        assert centre[0] - box[0] / 2 >= -0.01
        assert centre[0] + box[0] / 2 <= max(WIDTH, 8) + 0.01


def test_strong_rules_carry_their_lift_and_come_before_weak_ones():
    figure = rule_graph(
        rules(*STAR, PAIR), names={"red_wine": "red wine"}, title="Steak pulls red wine", most=5
    )
    said = [text.get_text() for text in figure.axes[0].texts]
    assert {"steak", "red wine", "×2.8"} <= set(said)
    assert "×1.0" not in said
    assert sum("long name" in text for text in said) == 4
    assert figure.axes[0].get_title(loc="left") == "Steak pulls red wine"


def test_no_rule_at_all_is_an_empty_page_with_its_title():
    figure = rule_graph(rules(), title="No rule passes")
    figure.canvas.draw()
    assert figure.axes[0].get_title(loc="left") == "No rule passes"
