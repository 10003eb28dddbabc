"""What the workers look for, and how often."""
