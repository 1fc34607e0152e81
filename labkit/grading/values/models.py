"""Fitted models, by skops: of the types that skops trusts by itself and, after a look at its links, a tree's nodes."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from typing import Any

from labkit.grading.values.message import BadMessage, Node, NotEncodable, Reader, Writer

KINDS = ("DecisionTreeClassifier", "DecisionTreeRegressor", "LogisticRegression", "LinearRegression")
"""Models whose content can be proven sound: arrays of numbers, and trees whose links are followed here first."""
TREE = "sklearn.tree._tree.Tree"
MAX_UNPACKED_BYTES = 32 << 20


def write(writer: Writer, value: Any, depth: int) -> Node | None:
    """Return the node of a model; None for anything that is not one of :data:`KINDS`."""
    if not type(value).__module__.startswith("sklearn."):
        return None
    if type(value).__name__ not in KINDS:
        raise NotEncodable
    import skops.io

    return ["model", writer.blob(skops.io.dumps(value))]


def _read_model(reader: Reader, blob: int) -> Any:
    import skops.io

    content = reader.blob(blob)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(part.file_size for part in packed.infolist()) > MAX_UNPACKED_BYTES:
            raise BadMessage("too large")
    if set(skops.io.get_untrusted_types(data=content)) - {TREE}:
        raise BadMessage("a kind that is not trusted")
    model = skops.io.loads(content, trusted=[TREE])
    if type(model).__name__ not in KINDS or not type(model).__module__.startswith("sklearn."):
        raise BadMessage("not a model")
    if hasattr(model, "tree_"):
        _prove_sound(model)
    return model


def _prove_sound(model: Any) -> None:
    """Every link of a tree leads on to a node of it, every question to a column: compiled code follows them unasked."""
    import numpy as np
    from sklearn.tree._tree import Tree

    tree = model.tree_
    if type(tree) is not Tree:
        raise BadMessage("not a tree")
    left, right = np.asarray(tree.children_left), np.asarray(tree.children_right)
    place, leaf = np.arange(tree.node_count), left == -1
    inner = ~leaf
    sound = (
        tree.node_count > 0
        and tree.node_count < 2**31
        and (right[leaf] == -1).all()
        and all(((side > place) & (side < tree.node_count))[inner].all() for side in (left, right))
        and ((tree.feature >= 0) & (tree.feature < tree.n_features))[inner].all()
        and tree.n_features == model.n_features_in_
    )
    if not sound:
        raise BadMessage("a tree whose links lead nowhere")


READERS: Mapping[str, Callable[..., Any]] = {"model": _read_model}
