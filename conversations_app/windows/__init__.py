"""WhatsApp's 24-hour windows: who may be written to, and what to do about those who may not."""
