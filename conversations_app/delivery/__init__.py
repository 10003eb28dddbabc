"""Our messages on their way to Twilio, by either transport."""
