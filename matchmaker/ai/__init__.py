"""The matchmaker: decides what to say and what was learnt. Plain data in, plain data out; no app, no ORM."""
