"""Consumer loans: who asks, what is known of them, what was decided, and who repays."""
