"""Strict readers: what a whole message says when it says nothing else.

Each reader answers only where all of a message is the answer and filler. A message that holds anything else is `None`
or `False` here, and the model's to read: see docs/decisions/strict-readers.md.
"""
