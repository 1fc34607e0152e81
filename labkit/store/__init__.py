"""Worlds on disk, and a practitioner's own file in place of a table."""

from labkit.store.dataset import Dataset
from labkit.store.integrity import Fault
from labkit.store.worlds import World, list_worlds, open_world, repair, verify

__all__ = ["Dataset", "Fault", "World", "list_worlds", "open_world", "repair", "verify"]
