"""Twilio's limits. Sizes are bytes of UTF-8 unless they say characters."""

from datetime import timedelta

MAX_FRIENDLY_NAME = 256
MAX_AUTHOR = 256
MAX_IDENTITY = 256
MAX_CONVERSATION_ATTRIBUTES = 16 * 1024
MAX_SMALL_ATTRIBUTES = 4 * 1024
"""Of participants and messages."""
MAX_INBOUND_BODY = 32 * 1024
MAX_CHANNEL_BODY = 1600
"""What fits an SMS or WhatsApp message, as `segments.length` counts."""
MAX_PARTICIPANTS = 1000
MAX_ON_PHONES = 50
MAX_WEBHOOKS = 5
MAX_TRIGGERS = 5
MIN_INACTIVE = timedelta(minutes=1)
MIN_CLOSED = timedelta(minutes=10)
WINDOW = timedelta(hours=24)
PAIR_EVERY = timedelta(seconds=6)
"""Between two WhatsApp messages to one person, where that limit is on."""
TYPING = timedelta(seconds=25)
MAX_CONTENT_VARIABLES = 100
MAX_VARIABLE_NAME = 16
MAX_VARIABLE_VALUE = 256
"""Characters, as those of a name."""
FEWEST_TOGETHER = 3
MOST_TOGETHER = 10
"""Participants of a conversation that is made together with them."""
MAX_MEDIA = 16 * 1024 * 1024
MAX_REQUEST = 1024 * 1024
