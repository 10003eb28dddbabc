"""The control API: phones, clock, faults and logs, for people, tests and scenarios."""
