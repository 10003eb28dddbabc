"""Plays a scenario file against the running product, using the emulator's phones."""
