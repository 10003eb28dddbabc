"""What goes wrong while launching, in words for the person at the terminal."""


class LaunchError(Exception):
    """The stack cannot run; the message says why and what to do."""
