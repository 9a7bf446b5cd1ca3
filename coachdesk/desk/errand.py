"""Errands: work that leaves the window's thread and brings its answer home."""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QObject

from coachdesk.desk.courier import courier

T = TypeVar("T")


class Worker(Protocol):
    """Who runs a job elsewhere: an executor, or what stands for one until it is needed."""

    def submit(self, job: Callable[[], None], /) -> object:
        """Run a job; what is returned nobody asks for, the answer comes home by itself."""
        ...


class Answer(NamedTuple):
    """What an errand brought home: a value or an error."""

    value: Any
    error: Exception | None


class Waiting(NamedTuple):
    """Who waits for which; it never leaves the window's thread."""

    then: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None


def still_there(callback: Callable[..., Any]) -> bool:
    """Return whether the object behind a bound method, or behind one told something before, still exists on Qt's side."""
    method = callback.func if isinstance(callback, partial) else callback
    owner = getattr(method, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


class Errands(QObject):
    """Sends jobs to an executor and delivers the answers on the window's thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: dict[int, Waiting] = {}

    def send(
        self,
        executor: Worker,
        job: Callable[[], T],
        *,
        then: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run a job elsewhere; ``then`` or ``failed`` is called here, unless forgotten meanwhile.

        Both are bound methods: what belongs to a deleted widget is not called. The job holds nothing of the window.
        """
        number, bring = courier().way_to(self)
        self._waiting[number] = Waiting(then, failed)

        def run() -> None:
            value: T | None = None
            caught: Exception | None = None
            try:
                value = job()
            except Exception as error:  # noqa: BLE001  carried home: the window decides its fate
                caught = error
            bring(Answer(value, caught))

        executor.submit(run)

    def forget(self) -> None:
        """Drop every answer still under way: after locking nothing may be shown."""
        self._waiting.clear()

    def arrived(self, number: int, what: object) -> None:
        """Give an answer to who waits for it; an error that nobody takes is raised here."""
        waiting = self._waiting.pop(number, None)
        if waiting is None or not isinstance(what, Answer):
            return
        if what.error is None:
            if waiting.then is not None and still_there(waiting.then):
                waiting.then(what.value)
        elif waiting.failed is not None and still_there(waiting.failed):
            waiting.failed(what.error)
        else:
            raise what.error
