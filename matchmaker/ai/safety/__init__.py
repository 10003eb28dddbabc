"""What is heard and said, looked at for danger and for other people's private matters, by lists of phrases.

The lists stand behind the model and the moderation of its server, never in place of them: they work where neither does.
So they prefer to miss something over accusing anybody of it.
"""
