"""Whose words are these: who is in a Conversation under which name, and that name in front of a text."""
