"""Sessions of the older app: brought over, woken, and given back."""
