"""The mobile wallet: habits, and what the bank sees of them."""
