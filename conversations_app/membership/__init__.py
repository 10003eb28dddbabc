"""Who is in which group, on which of our numbers."""
