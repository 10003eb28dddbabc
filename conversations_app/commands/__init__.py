"""Words for us: `join`, `help`, `leave` and the rest, recognised and answered."""
