"""Random streams that depend on their name alone, never on what was drawn before.

A stream is keyed by the SHA-256 of its name, so any process, in any order, draws the same numbers,
and adding a column never shifts another one.
"""

from __future__ import annotations

import hashlib

import numpy as np


def stream(*name: object) -> np.random.Generator:
    """Return the generator of the stream called ``name``, e.g. ``(seed, "baskets", block, "hour")``."""
    digest = hashlib.sha256("/".join(map(str, name)).encode()).digest()
    return np.random.Generator(np.random.PCG64(int.from_bytes(digest, "little")))
