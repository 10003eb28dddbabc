"""What goes wrong while launching, in words for the person at the terminal."""


class Terminated(KeyboardInterrupt):
    """We received a signal that, unlike Ctrl-C at the terminal, did not reach our child processes."""


class LaunchError(Exception):
    """The stack cannot run; the message says why and what to do."""
