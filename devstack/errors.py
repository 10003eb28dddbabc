"""What goes wrong while launching, in words for the person at the terminal."""


class Terminated(KeyboardInterrupt):
    """We were told to stop in a way that, unlike Ctrl-C, our children did not hear."""


class LaunchError(Exception):
    """The stack cannot run; the message says why and what to do."""
