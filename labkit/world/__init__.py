"""The synthetic world: people first, everything else refers to them."""
