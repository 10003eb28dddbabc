"""Everything that the product asks of Twilio goes through here."""
