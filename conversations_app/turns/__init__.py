"""The matchmaker's turns: when one is due, what it sees, and how its decision is applied."""
