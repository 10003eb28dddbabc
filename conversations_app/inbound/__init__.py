"""Processes what Twilio tells us: webhooks from the inbox, and what its own lists hold that no webhook told us."""
