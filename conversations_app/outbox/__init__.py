"""What we are about to say: queued messages, their wording, and the links in them."""
