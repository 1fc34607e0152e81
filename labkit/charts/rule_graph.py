"""Association rules as a graph: an arrow from what pulls to what is pulled. First used in lab 3.3.

Every part of the graph that hangs together is laid out by itself, in inches, so that no two names
overlap; the parts are then set in rows like words in a paragraph.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from labkit.charts.bare import bare_figure
from labkit.charts.palette import BLUE, GREY, INK, ORANGE, PAPER

if TYPE_CHECKING:
    import networkx as nx
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 7.2
FONT_SIZE, POINTS_PER_INCH = 9.5, 72
PADDING = np.array([0.16, 0.13])
"""Room around a name, in inches."""
ROW_GAP, COLUMN_GAP = 0.30, 0.30
RING = np.array([2.7, 1.9])
"""Half the width and height of the ring around a busy name, in inches."""
FULL_RING = 20
ROOM_FOR_ARROWS = np.array([0.30, 0.22])
STEP_DOWN = 0.80
"""From a name to the one it pulls, in inches."""
HALO = {"facecolor": PAPER, "edgecolor": "none", "alpha": 0.85, "pad": 0.6}
Position = dict[Hashable, np.ndarray]


def rule_graph(
    rules: pd.DataFrame,
    *,
    names: Mapping[str, str] | None = None,
    title: str = "",
    strong_lift: float = 1.2,
    most: int = 30,
) -> Figure:
    """Draw rules as arrows; wider means more confident, orange means a lift that matters.

    Parameters
    ----------
    rules : DataFrame
        One row per rule: ``antecedent`` (an item, or a tuple of items), ``consequent``, ``confidence``
        (0 to 1) and ``lift``. A tuple is drawn as lines that join in a dot before the arrow.
    names : mapping of str to str, optional
        Item → what to write; an item that is missing is written as it is.
    title : str
        The finding.
    strong_lift : float
        From this lift on an arrow is orange and carries its lift; below it is grey.
    most : int
        Draw at most so many rules: the strong ones first, then those of the highest confidence.

    Examples
    --------
    >>> import pandas as pd
    >>> rules = pd.DataFrame(
    ...     {"antecedent": ["steak"], "consequent": ["red_wine"], "confidence": [0.2], "lift": [2.8]}
    ... )
    >>> figure = rule_graph(rules, names={"red_wine": "red wine"}, title="Steak pulls red wine")
    """
    ranked = rules.assign(strong=rules["lift"] >= strong_lift)
    shown = ranked.sort_values(["strong", "confidence"], ascending=False, kind="stable").head(most)
    graph = as_graph(shown)
    label = {node: (names or {}).get(node, node) for node in graph if not _is_joint(node)}
    size = {node: _size(label.get(node, "")) for node in graph}
    position, height = packed(graph, size)
    figure, axes = bare_figure(WIDTH, height + 0.4)
    axes.set(xlim=(0, WIDTH), ylim=(-height, 0))
    _draw_names(axes, label, position)
    _draw_arrows(axes, graph, position, size, strong_lift)
    axes.set_title(title)
    return figure


def as_graph(rules: pd.DataFrame) -> nx.DiGraph:
    """Return the rules as a directed graph; an antecedent of several items gets a node of its own."""
    import networkx as nx

    graph = nx.DiGraph()
    columns = (rules[name].tolist() for name in ("antecedent", "consequent", "confidence", "lift"))
    for antecedent, consequent, confidence, lift in zip(*columns, strict=True):
        items = (antecedent,) if isinstance(antecedent, str) else tuple(antecedent)
        start: Hashable = items[0] if len(items) == 1 else (items, consequent)
        for item in items if len(items) > 1 else ():
            graph.add_edge(item, start, confidence=0.0, lift=lift)
        graph.add_edge(start, consequent, confidence=confidence, lift=lift)
    return graph


def _is_joint(node: Hashable) -> bool:
    return isinstance(node, tuple)


def _size(text: str) -> np.ndarray:
    """Width and height of a name with its padding, in inches."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import TextPath

    if not text:
        return np.array([0.06, 0.06])
    outline = TextPath((0, 0), text, size=FONT_SIZE, prop=FontProperties())
    width = float(outline.vertices[:, 0].max()) / POINTS_PER_INCH
    return np.array([width, FONT_SIZE / POINTS_PER_INCH]) + 2 * PADDING


def packed(graph: nx.DiGraph, size: Mapping[Hashable, np.ndarray]) -> tuple[Position, float]:
    """Lay out each connected part and set the parts in rows; return positions and the height, in inches."""
    import networkx as nx

    parts = sorted(nx.weakly_connected_components(graph), key=lambda part: (-len(part), min(map(str, part))))
    position: Position = {}
    rows: list[list[tuple[Position, np.ndarray]]] = [[]]
    for part in parts:
        place, extent = _laid_out(graph.subgraph(part), size)
        if rows[-1] and sum(box[0] + COLUMN_GAP for _, box in rows[-1]) + extent[0] > WIDTH:
            rows.append([])
        rows[-1].append((place, extent))
    top = 0.0
    for row in rows:
        gap = max(0.0, WIDTH - sum(extent[0] for _, extent in row)) / (len(row) + 1)
        left = gap
        for place, extent in row:
            position |= {node: point + np.array([left, -top]) for node, point in place.items()}
            left += extent[0] + gap
        top += max((extent[1] for _, extent in row), default=1.0) + ROW_GAP
    return position, max(top, 1.2)


def _laid_out(part: nx.DiGraph, size: Mapping[Hashable, np.ndarray]) -> tuple[Position, np.ndarray]:
    """Positions of one part, its upper left corner at (0, 0), and its width and height."""
    nodes = sorted(part, key=str)
    small = _is_small(part)
    start = _layers(part) if small else _spread(part)
    centre = np.array([start[node] for node in nodes])
    boxes = np.array([size[node] for node in nodes])
    centre = pushed_apart(centre, boxes if small else boxes + ROOM_FOR_ARROWS)
    low, high = (centre - boxes / 2).min(axis=0), (centre + boxes / 2).max(axis=0)
    shifted = centre - (low[0], high[1])
    return dict(zip(nodes, shifted, strict=True)), high - low


def _is_small(part: nx.DiGraph) -> bool:
    return len(part) == 2 or (sum(part.out_degree(node) == 0 for node in part) == 1 and len(part) <= 5)


def _layers(part: nx.DiGraph) -> Position:
    """What pulls above what is pulled; of two that pull each other, the more confident rule points down."""
    import networkx as nx

    position: Position = {}
    _, target, _ = max(
        part.edges(data=True), key=lambda rule: (part.out_degree(rule[1]) == 0, rule[2]["confidence"])
    )
    distance = nx.shortest_path_length(part.to_undirected(), target=target)  # not every arrow leads there
    for level in set(distance.values()):
        layer = sorted((node for node in part if distance[node] == level), key=str)
        for place, node in enumerate(layer):
            position[node] = np.array([1.2 * (place - (len(layer) - 1) / 2), STEP_DOWN * level])
    return position


def _spread(part: nx.DiGraph) -> Position:
    """The busiest name in the middle, the others around it; every second one further out."""
    import networkx as nx

    near = nx.kamada_kawai_layout(part.to_undirected())
    busiest = max(sorted(part, key=str), key=part.degree)
    others = sorted(part.nodes - {busiest}, key=lambda node: np.arctan2(*(near[node] - near[busiest])))
    position: Position = {busiest: np.zeros(2)}
    ring = RING * min(1.0, (len(part) / FULL_RING) ** 0.5)
    for place, node in enumerate(others):
        angle = 2 * np.pi * place / len(others)
        reach = ring * (0.72 if place % 2 and len(others) > 12 else 1.0)
        position[node] = reach * (np.cos(angle), np.sin(angle))
    return position


def pushed_apart(centre: np.ndarray, boxes: np.ndarray, rounds: int = 200) -> np.ndarray:
    """Move boxes apart, along the axis where they overlap least, until none overlap.

    Parameters
    ----------
    centre, boxes : ndarray of shape (n, 2)
        Centres, and widths and heights, in inches.
    """
    centre = centre.copy()
    reach = (boxes[:, None] + boxes[None]) / 2
    for _ in range(rounds):
        apart = centre[:, None] - centre[None]
        overlap = reach - np.abs(apart)
        clash = (overlap > 1e-6).all(axis=-1) & ~np.eye(len(centre), dtype=bool)
        if not clash.any():
            break
        axis = overlap.argmin(axis=-1)
        first = np.arange(len(centre))
        earlier = np.where(first[:, None] < first[None], -1.0, 1.0)
        for direction in (0, 1):
            side = np.where(apart[..., direction] == 0, earlier, np.sign(apart[..., direction]))
            push = np.where(clash & (axis == direction), side * overlap[..., direction], 0.0)
            centre[:, direction] += 0.5 * push.sum(axis=1) / np.maximum(clash.sum(axis=1), 1)
    return centre


def _draw_names(axes: Axes, label: Mapping[Any, str], position: Position) -> None:
    style: dict[str, Any] = {
        "ha": "center",
        "va": "center",
        "fontsize": FONT_SIZE,
        "color": INK,
        "zorder": 5,
        "bbox": HALO,
    }
    for node, text in label.items():
        x, y = position[node]
        axes.text(x, y, text, **style)


def _draw_arrows(
    axes: Axes,
    graph: nx.DiGraph,
    position: Position,
    size: Mapping[Hashable, np.ndarray],
    strong_lift: float,
) -> None:
    for start, end, rule in graph.edges(data=True):
        strong = rule["lift"] >= strong_lift
        first = _edge_of_box(position[start], position[end], size[start])
        last = _edge_of_box(position[end], position[start], size[end])
        style = {
            "arrowstyle": "-" if _is_joint(end) else "-|>,head_width=.22,head_length=.4",
            "color": ORANGE if strong else GREY,
            "linewidth": 1.0 + 4 * rule["confidence"] if strong else 0.8,
            "shrinkA": 0,
            "shrinkB": 0,
            "mutation_scale": 12,
        }
        axes.annotate("", xy=tuple(last), xytext=tuple(first), arrowprops=style)
        if strong and not _is_joint(end):
            _write_lift(axes, rule["lift"], first, last)
    joints: Iterable[Hashable] = (node for node in graph if _is_joint(node))
    for node in joints:
        axes.plot(*position[node], "o", color=ORANGE, markersize=5)


def _write_lift(axes: Axes, lift: float, first: np.ndarray, last: np.ndarray) -> None:
    """Beside a steep arrow, above a flat one."""
    steep = abs(last[1] - first[1]) > abs(last[0] - first[0])
    x, y = (first + last) / 2 + ((0.08, 0) if steep else (0, 0.14))
    style: dict[str, Any] = {
        "fontsize": FONT_SIZE - 1,
        "color": BLUE,
        "weight": "bold",
        "va": "center",
        "bbox": HALO,
        "zorder": 4,
    }
    axes.text(x, y, f"×{lift:.1f}", ha="left" if steep else "center", **style)


def _edge_of_box(start: np.ndarray, end: np.ndarray, box: np.ndarray) -> np.ndarray:
    """Where the line from the centre of a box towards ``end`` leaves the box."""
    direction = end - start
    with np.errstate(divide="ignore"):
        steps = box / 2 / np.abs(direction)
    return start + direction * min(float(np.min(steps)), 0.49)
