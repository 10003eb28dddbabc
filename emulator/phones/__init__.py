"""The page of virtual phones."""
