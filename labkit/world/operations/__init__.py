"""How the bank runs: where it stands, what it reports every day, and the state of its records."""

from labkit.world.block import Domain
from labkit.world.operations.map import branches, grid_cells

DOMAIN = Domain("operations", once=(branches, grid_cells))
