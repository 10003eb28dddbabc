"""Plays a scenario file against the running product, by the emulator's phones."""
