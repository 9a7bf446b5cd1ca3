"""Errands: work that leaves the window's thread and brings its answer home."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot
from typing_extensions import override

T = TypeVar("T")


class InlineExecutor(Executor):
    """Runs each job at once on the caller's thread: the same code without waiting, for tests."""

    @override
    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  an executor keeps what its job raised
            future.set_exception(error)
        return future


@dataclass(frozen=True, slots=True)
class Answer:
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
        self.brought.connect(self._deliver, Qt.ConnectionType.AutoConnection)

    def send(
        self,
        executor: Executor,
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
