class TryAgainLater(Exception):
    """Too early to tell: look at it again after a pause. Not a failure, so it does not count as an attempt."""

    def __init__(self, why: str, *, pause_s: float) -> None:
        super().__init__(why)
        self.pause_s = pause_s
