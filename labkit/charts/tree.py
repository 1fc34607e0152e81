"""A decision tree that can be read aloud: question by question, from left to right.

Every split asks about one column; the branch with the higher rate goes up, so the leaves end, from
top to bottom, roughly sorted by risk. A branch is as thick as the share of rows that take it, and as
warm as their rate. First used in lab 3.5.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from labkit.charts.bare import bare_figure
from labkit.charts.palette import GREY, INK, RED
from labkit.language import Text, current_language

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.colors import Colormap
    from matplotlib.figure import Figure
    from sklearn.tree import DecisionTreeClassifier

YES, NO = Text("yes", "是"), Text("no", "否")
OR_MISSING = Text("{condition} or missing", "{condition} 或缺失")
ANY_OTHER = Text("not {value}", "非 {value}")
YUAN = Text("{amount} yuan", "{amount} 元")
RATE, ROWS = Text("rate", "占比"), Text("rows", "行数")
MORE = Text("splits into {count}", "再分为 {count} 片")

INCHES_PER_LEVEL, INCHES_PER_LEAF = 2.05, 0.43
BARS, SIZES, ENDS = 0.04, 0.86, 1.42
"""Where the columns behind the leaves begin, in levels: bars, sizes, and what was left out."""


@dataclass
class Node:
    """One node of the tree as it is drawn.

    Parameters
    ----------
    rate : float
        Share of the positive class.
    rows : int
        Training rows in the node.
    question : str
        Short name of the column it splits on; empty for a leaf.
    answers : tuple of str
        Condition of each branch, in the order of ``branches``.
    branches : tuple of Node
        The riskier branch first.
    leaves_below : int
        Leaves of the whole tree under this node, drawn or not.
    """

    rate: float
    rows: int
    question: str = ""
    answers: tuple[str, ...] = ()
    branches: tuple[Node, ...] = ()
    leaves_below: int = 1
    level: int = 0
    height: float = field(default=0.0)

    def walk(self) -> Iterator[Node]:
        """Return this node and everything below it, the riskiest branch first."""
        yield self
        for branch in self.branches:
            yield from branch.walk()


def readable_tree(
    tree: DecisionTreeClassifier,
    features: pd.DataFrame,
    *,
    names: Mapping[str, str] | None = None,
    levels: int = 4,
) -> Node:
    """Turn a fitted tree into nodes with conditions that a person can read aloud.

    Parameters
    ----------
    tree : DecisionTreeClassifier
        Fitted on two classes; the second one is the event.
    features : DataFrame
        What the tree was fitted on. Tells whole numbers, yes/no columns and missing values apart;
        a column called ``"city_tier=county"`` is read as "is city_tier county?".
    names : mapping of str to str, optional
        Short name of a column in the edition's language; a column without one keeps its own.
    levels : int
        Questions from the root to the deepest leaf that is drawn; deeper branches are counted, not drawn.
    """
    return _node(tree, features, dict(names or {}), levels, 0, 0)


def _node(
    tree: DecisionTreeClassifier,
    features: pd.DataFrame,
    names: dict[str, str],
    levels: int,
    at: int,
    level: int,
) -> Node:
    arrays = tree.tree_
    share = arrays.value[at][0] / arrays.value[at][0].sum()
    node = Node(
        float(share[-1]), int(arrays.n_node_samples[at]), level=level, leaves_below=_leaves(arrays, at)
    )
    if arrays.children_left[at] < 0 or level == levels:
        return node
    column = features.columns[arrays.feature[at]]
    node.question = _name(column, names)
    children = (arrays.children_left[at], arrays.children_right[at])
    missing, known = features[column].isna().any(), features[column].dropna().drop_duplicates()
    to_left = bool(arrays.missing_go_to_left[at])
    branches = []
    for side, child, has_missing in (("left", children[0], to_left), ("right", children[1], not to_left)):
        answer = _answer(column, known, float(arrays.threshold[at]), side)
        if missing and has_missing:
            answer = str(OR_MISSING.fill(condition=answer))
        branches.append((_node(tree, features, names, levels, child, level + 1), answer))
    branches.sort(key=lambda branch: -branch[0].rate)
    node.branches = tuple(branch for branch, _ in branches)
    node.answers = tuple(answer for _, answer in branches)
    return node


def _leaves(arrays: Any, at: int) -> int:
    left, right = arrays.children_left[at], arrays.children_right[at]
    return 1 if left < 0 else _leaves(arrays, left) + _leaves(arrays, right)


def _name(column: str, names: Mapping[str, str]) -> str:
    base = column.split("=", 1)[0]
    return names.get(column) or names.get(base) or base


def _answer(column: str, known: pd.Series, threshold: float, side: str) -> str:
    """The condition of one branch: "≤ 1" and "≥ 2" for whole numbers, "yes" and "no" for flags."""
    if "=" in column:
        value = column.split("=", 1)[1]
        return value if side == "right" else str(ANY_OTHER.fill(value=value))
    if known.isin([0, 1]).all():
        return str(YES if side == "right" else NO)
    if column.endswith("_fen"):
        sign = "≤" if side == "left" else ">"
        return f"{sign} {YUAN.fill(amount=f'{threshold / 100:,.0f}')}"
    if (known % 1 == 0).all():
        return f"≤ {np.floor(threshold):,.0f}" if side == "left" else f"≥ {np.floor(threshold) + 1:,.0f}"
    return f"{'≤' if side == 'left' else '>'} {_shortest(known, threshold)}"


def _shortest(known: pd.Series, threshold: float) -> str:
    """The shortest decimal that parts the known values as the threshold does."""
    below, above = known[known <= threshold].max(), known[known > threshold].min()
    for digits in range(1, 8):
        short = f"{threshold:.{digits}g}"
        if below <= float(short) < above:
            return f"{float(short):,.10g}"
    return f"{threshold:.8g}"


def decision_tree(
    tree: DecisionTreeClassifier,
    features: pd.DataFrame,
    *,
    title: str,
    names: Mapping[str, str] | None = None,
    levels: int = 4,
    rate_label: str | None = None,
    rows_label: str | None = None,
) -> Figure:
    """Draw a fitted tree so that it can be read aloud.

    Parameters
    ----------
    tree, features, names, levels
        As in :func:`readable_tree`.
    title : str
        The finding.
    rate_label, rows_label : str, optional
        Heads of the two columns on the right, e.g. "left" and "customers".

    Returns
    -------
    Figure
        As high as it has leaves.

    Examples
    --------
    >>> tree = DecisionTreeClassifier(max_depth=3).fit(features, churned)  # doctest: +SKIP
    >>> decision_tree(tree, features, title="Complaints come first", rate_label="left")  # doctest: +SKIP
    """
    root = readable_tree(tree, features, names=names, levels=levels)
    drawn = [node for node in root.walk() if not node.branches]
    deepest = max(node.level for node in drawn)
    for row, leaf in enumerate(reversed(drawn)):
        leaf.height = float(row)
    _centre(root)
    width = INCHES_PER_LEVEL * (deepest + _columns_width(drawn)) + 0.4
    figure, axes = bare_figure(width, INCHES_PER_LEAF * len(drawn) + 1.3)
    colours = _rate_colours()
    highest = max(leaf.rate for leaf in drawn)
    _draw_branches(axes, root, root.rows, highest, colours, deepest)
    _draw_questions(axes, root)
    _draw_leaves(axes, drawn, root, deepest, highest, colours)
    heads = (rate_label or str(RATE), rows_label or str(ROWS))
    _draw_heads(axes, heads, deepest, len(drawn))
    axes.set(xlim=(-0.42, deepest + _columns_width(drawn)), ylim=(-0.7, len(drawn) + 0.1))
    axes.set_title(title, loc="left", x=0.0)
    return figure


def _columns_width(drawn: list[Node]) -> float:
    """Levels to the right of the deepest question; more where branches go on below what is drawn."""
    return 1.9 if any(leaf.leaves_below > 1 for leaf in drawn) else 1.4


def _centre(node: Node) -> float:
    if node.branches:
        node.height = sum(_centre(branch) for branch in node.branches) / len(node.branches)
    return node.height


def _rate_colours() -> Colormap:
    """Pale to red: dark enough at both ends to be seen, in grey as well."""
    from matplotlib.colors import LinearSegmentedColormap

    return LinearSegmentedColormap.from_list("rate", ["#C9D3DC", "#E9B58A", RED, "#6E1F17"])


def _draw_branches(
    axes: Axes, root: Node, total: int, highest: float, colours: Colormap, deepest: int
) -> None:
    """An elbow from every question to its branches; a leaf's line runs on to its bar."""
    for node in root.walk():
        for branch, answer in zip(node.branches, node.answers, strict=True):
            thickness = 1.2 + 9 * branch.rows / total
            end = branch.level if branch.branches else deepest
            axes.plot(
                [node.level, node.level, end],
                [node.height, branch.height, branch.height],
                color=colours(branch.rate / highest),
                linewidth=thickness,
                solid_joinstyle="round",
                solid_capstyle="butt",
                zorder=1,
            )
            _draw_answer(
                axes, answer, node.level, branch.height, thickness, above=branch.height > node.height
            )


def _draw_answer(
    axes: Axes, answer: str, level: int, height: float, thickness: float, *, above: bool
) -> None:
    """The condition on the outer side of its branch, away from the question."""
    from matplotlib.transforms import ScaledTranslation

    away = (1.5 + thickness / 2) * (1 if above else -1)
    axes.text(
        level + 0.05,
        height,
        answer,
        transform=axes.transData + ScaledTranslation(0, away / 72, axes.figure.dpi_scale_trans),
        fontsize=8.5,
        va="bottom" if above else "top",
        color=INK,
        zorder=4,
    )


def _draw_questions(axes: Axes, root: Node) -> None:
    width = 9 if current_language() == "zh" else 20
    for node in root.walk():
        if node.branches:
            lines = textwrap.wrap(node.question, width) or [node.question]
            axes.text(
                node.level,
                node.height,
                "\n".join(lines),
                ha="center",
                va="center",
                fontsize=9,
                fontweight="bold",
                linespacing=1.15,
                zorder=5,
                bbox={
                    "boxstyle": "round,pad=0.35",
                    "facecolor": "white",
                    "edgecolor": GREY,
                    "linewidth": 0.8,
                },
            )


def _draw_leaves(
    axes: Axes, leaves: list[Node], root: Node, deepest: int, highest: float, colours: Colormap
) -> None:
    """A bar per leaf, its rate, how many rows it holds, and what is not drawn below it."""
    for leaf in leaves:
        length = 0.5 * leaf.rate / highest
        start, share = deepest + BARS, leaf.rows / root.rows
        axes.barh(leaf.height, length, left=start, height=0.56, color=colours(leaf.rate / highest), zorder=3)
        texts: list[tuple[float, str, dict[str, Any]]] = [
            (start + length + 0.03, f"{leaf.rate:.1%}", {"fontsize": 9.5, "fontweight": "bold"})
        ]
        size = f"{share:.0%}" if share >= 0.01 else "<1%"
        texts.append((deepest + SIZES, f"{leaf.rows:,} ({size})", {"fontsize": 9}))
        if leaf.leaves_below > 1:
            more = str(MORE.fill(count=leaf.leaves_below))
            texts.append((deepest + ENDS, more, {"fontsize": 8.5, "color": GREY}))
        for x, text, style in texts:
            axes.text(x, leaf.height, text, va="center", **style)


def _draw_heads(axes: Axes, heads: tuple[str, str], deepest: int, rows: int) -> None:
    for x, head in zip((deepest + BARS, deepest + SIZES), heads, strict=True):
        axes.text(x, rows - 0.25, head, va="center", fontsize=9, color=GREY)
