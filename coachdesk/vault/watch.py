"""How long work reports how far it is, and how it learns that the person stopped it."""

from collections.abc import Callable

from coachdesk.errors import Cancelled


def _nobody(fraction: float, words: str) -> None:
    """Hear progress when nobody is looking."""


def _never() -> bool:
    """Answer for work that nobody can stop."""
    return False


class Watch:
    """Given to long work: it tells its progress here and asks here whether to go on."""

    def __init__(
        self,
        hear: Callable[[float, str], None] = _nobody,
        cancelled: Callable[[], bool] = _never,
    ) -> None:
        self._hear = hear
        self._cancelled = cancelled

    @classmethod
    def silent(cls) -> "Watch":
        """Return a watch that nobody looks at and nobody stops: for the command line and for tests."""
        return cls()

    def check(self) -> None:
        """Raise Cancelled when the person has stopped the work."""
        if self._cancelled():
            raise Cancelled

    def progress(self, fraction: float, words: str) -> None:
        """Tell how far the work is, 0 to 1, and what it is doing; raise Cancelled when it was stopped."""
        self.check()
        self._hear(min(1.0, max(0.0, fraction)), words)
