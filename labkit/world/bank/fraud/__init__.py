"""Card fraud: five typologies, planted among the transactions."""
