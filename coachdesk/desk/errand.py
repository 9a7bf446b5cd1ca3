"""Errands: work that leaves the window's thread and brings its answer home."""

from collections.abc import Callable
from typing import Any, NamedTuple, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

T = TypeVar("T")


class Worker(Protocol):
    """Who runs a job elsewhere: an executor, or what stands for one until it is needed."""

    def submit(self, job: Callable[[], None], /) -> object:
        """Run a job; what is returned nobody asks for, the answer comes home by itself."""
        ...


class Answer(NamedTuple):
    """What an errand brought home: a value or an error, and who waits for which."""

    epoch: int
    value: Any
    error: Exception | None
    then: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None


def still_there(callback: Callable[..., Any]) -> bool:
    """Return whether the object behind a bound method still exists on Qt's side."""
    owner = getattr(callback, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


class Errands(QObject):
    """Sends jobs to an executor and delivers the answers on the window's thread.

    Signals:
        brought (Answer): an answer came home; internal, queued from the worker's thread.
    """

    brought = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._epoch = 0
        self.brought.connect(self._deliver)

    def send(
        self,
        executor: Worker,
        job: Callable[[], T],
        *,
        then: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run a job elsewhere; ``then`` or ``failed`` is called here, unless forgotten meanwhile.

        Both are bound methods: what belongs to a deleted widget is not called.
        """
        epoch = self._epoch

        def run() -> None:
            value: T | None = None
            caught: Exception | None = None
            try:
                value = job()
            except Exception as error:  # noqa: BLE001  carried home: the window decides its fate
                caught = error
            if shiboken6.isValid(self):
                self.brought.emit(Answer(epoch, value, caught, then, failed))

        executor.submit(run)

    def forget(self) -> None:
        """Drop every answer still under way: after locking nothing may be shown."""
        self._epoch += 1

    @Slot(object)
    def _deliver(self, answer: Answer) -> None:
        if answer.epoch != self._epoch:
            return
        if answer.error is None:
            if answer.then is not None and still_there(answer.then):
                answer.then(answer.value)
        elif answer.failed is not None and still_there(answer.failed):
            answer.failed(answer.error)
        else:
            raise answer.error
