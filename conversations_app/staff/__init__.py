"""What staff do in a session, and what they are shown of it."""
