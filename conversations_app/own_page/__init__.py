"""Everybody's own page, `/me/<token>`: what is kept about them, and what is theirs to say or to decide."""
