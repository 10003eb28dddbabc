"""A local stand-in for Twilio: its REST wire, its webhooks and the phones at the other end. Never imported by the product."""
