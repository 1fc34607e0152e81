"""What the bank sells: products, who holds them, and who looks at them in the app."""
