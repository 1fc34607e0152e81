"""Two circles of people are drawn so that everybody can be pointed at."""

import matplotlib.pyplot as plt
import networkx as nx
import numpy as np
import pytest

from labkit.charts.people_graph import DIAMETER, people_graph, side_by_side

PEOPLE = nx.gnp_random_graph(41, 0.15, seed=3)
LEFT, RIGHT = list(range(1, 21)), list(range(21, 41))


def test_nobody_overlaps_and_the_one_in_the_middle_stands_between():
    position = side_by_side(PEOPLE, LEFT, 0, RIGHT)
    assert set(position) == set(PEOPLE)
    points = np.array([position[person] for person in PEOPLE])
    apart = np.linalg.norm(points[:, None] - points[None], axis=-1) + 9 * np.eye(len(points))
    assert apart.min() > DIAMETER
    assert max(position[p][0] for p in LEFT) + DIAMETER < position[0][0]
    assert position[0][0] + DIAMETER < min(position[p][0] for p in RIGHT)


@pytest.mark.parametrize(("left", "right"), [([], []), ([1], []), ([], [2]), ([1], [2])])
def test_tiny_circles_can_be_laid_out(left, right):
    assert set(side_by_side(PEOPLE, left, 0, right)) == {0, *left, *right}


def test_every_name_is_written_in_its_disc():
    position = side_by_side(PEOPLE, LEFT, 0, RIGHT)
    names = {person: f"p{person}" for person in PEOPLE}
    colours = dict.fromkeys(PEOPLE, "white") | {0: "#0B5394"}
    figure = people_graph(PEOPLE, position, colours, names, title="Somebody has it")
    axes = figure.axes[0]
    written = {text.get_text(): text.get_position() for text in axes.texts}
    assert written.keys() == set(names.values())
    assert all(written[names[person]] == pytest.approx(position[person]) for person in PEOPLE)
    assert axes.get_title(loc="left") or axes.get_title() == "Somebody has it"
    plt.close(figure)
