"""Twilio's REST APIs, the product as first path part."""
