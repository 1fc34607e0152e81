"""Worlds on disk, and a practitioner's own file in place of a table.

What makes and mends worlds is imported when it is asked for: reading one does without the simulator.
"""

from typing import TYPE_CHECKING, Any

from labkit.store.dataset import Dataset

if TYPE_CHECKING:
    from labkit.store.integrity import Fault
    from labkit.store.worlds import World, list_worlds, open_world, repair, verify

__all__ = ["Dataset", "Fault", "World", "list_worlds", "open_world", "repair", "verify"]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from labkit.store import integrity, worlds

    return integrity.Fault if name == "Fault" else getattr(worlds, name)
