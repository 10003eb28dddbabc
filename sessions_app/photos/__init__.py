"""Photos: a picture's bytes made safe to show, where they are kept, and which of them are on the profile, in what
order."""
