"""Work behind the unlock window: taken at once, begun when the window has been seen."""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor


class BehindWindow:
    """One thread that does not exist before the window is painted.

    A thread that imports takes Python away from the thread that paints, so what is sent before waits.
    """

    def __init__(self) -> None:
        self._waiting: list[Callable[[], None]] = []
        self._thread: ThreadPoolExecutor | None = None

    def submit(self, job: Callable[[], None], /) -> None:
        """Run a job on the thread, after those sent before it."""
        if self._thread is None:
            self._waiting.append(job)
        else:
            self._thread.submit(job)

    def begin(self) -> None:
        """Start the thread with what has waited; a second time changes nothing."""
        if self._thread is None:
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  nobody waits for it any more

            self._thread = ThreadPoolExecutor(1, thread_name_prefix="unlock")
            while self._waiting:
                self._thread.submit(self._waiting.pop(0))

    def finish(self) -> None:
        """Wait for the job under way and those behind it; what never began is dropped."""
        self._waiting.clear()
        if self._thread is not None:
            self._thread.shutdown(wait=True)
