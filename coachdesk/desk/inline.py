"""An executor without threads, for tests and for the work of one thread."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any, TypeVar

from typing_extensions import override

T = TypeVar("T")


class InlineExecutor(Executor):
    """Runs each job at once on the caller's thread: the same code without waiting."""

    @override
    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:  # noqa: BLE001  an executor keeps what its job raised
            future.set_exception(error)
        return future
