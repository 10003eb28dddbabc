"""What Twilio tells us, taken in: webhooks from the inbox, and what its own lists hold that no webhook told."""
