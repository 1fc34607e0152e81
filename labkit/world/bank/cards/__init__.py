"""Cards: who has one, how they are used, and every transaction of two years."""
