"""Reads what a chat message says about the person whose profile it is: clause by clause, each with its subject, its mood
and what it denies. Tables of words and patterns stand apart from the code that uses them."""
