"""Good Neighbour supermarkets: what their customers put into the basket together."""

from labkit.world.block import Domain
from labkit.world.retail.baskets import baskets, members
from labkit.world.retail.items import items
from labkit.world.retail.rules import planted_rules

DOMAIN = Domain("retail", once=(items, planted_rules), per_block=(members, baskets))
