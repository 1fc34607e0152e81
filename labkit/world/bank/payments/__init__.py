"""How money moves in ordinary life: wages, bills, cash, trade, family and friends."""
