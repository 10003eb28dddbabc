"""A local stand-in for Twilio: its REST wire, its webhooks and the phones. Never imported by the product."""
