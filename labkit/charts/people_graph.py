"""Two circles of people and the one between them, as a graph to point at. First used in lab 4.7.

Everything is laid out in inches, so that no two people overlap and each is large enough to be clicked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from labkit.charts.bare import bare_figure
from labkit.charts.palette import GREY, INK, ORANGE, PAPER
from labkit.charts.rule_graph import pushed_apart

if TYPE_CHECKING:
    import networkx as nx
    from matplotlib.figure import Figure

    Position = dict[int, np.ndarray]

DIAMETER, GAP = 0.25, 0.07
SIDE = np.array([2.7, 3.6])
"""Width and height of a circle, before its people are pushed apart."""
BESIDE = 0.75
"""Room on each side of the one in the middle."""
POINTS_PER_INCH = 72
FONT_SIZE = 8


def side_by_side(graph: nx.Graph, left: Sequence[int], middle: int, right: Sequence[int]) -> Position:
    """Lay out two circles beside each other, with one person between them; positions in inches.

    Parameters
    ----------
    graph : Graph
        Who knows whom.
    left, right : sequence of nodes
        The people of each circle; either may be empty.
    middle : node
        Stands between the circles and is in neither.
    """
    at_left, at_right = _spread(graph, left), _spread(graph, right)
    between = max((float(point[0]) for point in at_left.values()), default=0.0) + BESIDE
    beside = np.array([between + BESIDE, 0.0])
    position = at_left | {middle: np.array([between, SIDE[1] / 2])}
    return position | {person: point + beside for person, point in at_right.items()}


def _spread(graph: nx.Graph, people: Sequence[int]) -> Position:
    """One circle, its lower left corner at (0, 0); who knows each other stands close."""
    import networkx as nx

    if not len(people):
        return {}
    near = nx.kamada_kawai_layout(graph.subgraph(people))
    points = np.array([near[person] for person in people])
    span = np.ptp(points, axis=0)
    points = (points - points.min(axis=0)) / np.where(span > 0, span, 1) * SIDE
    points = pushed_apart(points, np.full((len(people), 2), DIAMETER + GAP))
    return dict(zip(people, points - (points[:, 0].min(), points[:, 1].mean() - SIDE[1] / 2), strict=True))


def people_graph(
    graph: nx.Graph,
    position: Mapping[int, np.ndarray],
    colours: Mapping[int, str],
    names: Mapping[int, str],
    *,
    title: str,
) -> Figure:
    """Draw people as discs with a name of one to three characters in each.

    Parameters
    ----------
    graph : Graph
        Lines join those who know each other.
    position : mapping of node to (x, y)
        In inches, e.g. from :func:`side_by_side`.
    colours : mapping of node to str
        ``"white"`` for people to whom nothing has happened.
    names : mapping of node to str
        What is written in each disc.
    title : str
        The finding.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.path_graph(3)
    >>> position = side_by_side(graph, [0], 1, [2])
    >>> figure = people_graph(graph, position, dict.fromkeys(graph, "white"), {0: "1", 1: "2", 2: "3"}, title="Three")
    """
    from matplotlib.collections import LineCollection

    people = list(position)
    points = np.array([position[person] for person in people])
    low, high = points.min(axis=0) - DIAMETER, points.max(axis=0) + DIAMETER
    figure, axes = bare_figure(*(high - low + (0.1, 0.45)))
    lines = [(position[one], position[other]) for one, other in graph.edges]
    axes.add_collection(LineCollection(lines, colors=GREY, linewidths=0.7, alpha=0.55, zorder=1))
    filled = [colours[person] for person in people]
    area = (DIAMETER * POINTS_PER_INCH) ** 2
    axes.scatter(points[:, 0], points[:, 1], s=area, c=filled, edgecolor=INK, linewidth=0.8, zorder=2)
    for person, colour in zip(people, filled, strict=True):
        ink = INK if colour in ("white", ORANGE) else PAPER
        style: dict[str, Any] = {
            "ha": "center",
            "va": "center",
            "fontsize": FONT_SIZE,
            "color": ink,
            "zorder": 3,
        }
        x, y = position[person]
        axes.text(x, y, names[person], **style)
    axes.set(xlim=(low[0], high[0]), ylim=(low[1], high[1]), aspect="equal")
    axes.set_title(title)
    return figure
