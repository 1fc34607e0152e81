"""How money moves: accounts, the transfers of ordinary life, and money laundering hidden among them."""
