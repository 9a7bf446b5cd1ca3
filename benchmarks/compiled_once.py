"""One memory of compiled statements for all vaults of a program that opens very many: for campaigns and tests.

CoachDesk itself lets every opened vault compile its own: what is compiled keeps the first values it was asked with,
and has to go with the lock. Who opens a thousand vaults of invented people spends a third of the time on it.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, create_engine
from sqlalchemy.dialects import sqlite
from typing_extensions import override

from coachdesk.vault import engine as engines

MOST = 2_000
ENGINE = "create_engine"


class Statements(dict[Any, Any]):
    """What has been compiled so far; emptied before it fills the memory."""

    @override
    def __setitem__(self, statement: Any, compiled: Any) -> None:
        if len(self) >= MOST:
            self.clear()
        super().__setitem__(statement, compiled)


@contextmanager
def statements_shared() -> Iterator[None]:
    """Let every vault opened in the block use what another has compiled; a block within a block shares the outer's."""
    with ExitStack() as kept:
        if getattr(engines, ENGINE) is create_engine:
            kept.enter_context(_replaced(engines, ENGINE, _engine_of(Statements(), WeakKeyDictionary())))
            # For what is compiled any two dialects are the same.
            kept.enter_context(_replaced(sqlite.dialect, "__hash__", _same_hash))
            kept.enter_context(_replaced(sqlite.dialect, "__eq__", _same_kind))
        yield


def _engine_of(statements: Statements, types: WeakKeyDictionary[Any, Any]) -> Callable[..., Engine]:
    def engine(*given: Any, **named: Any) -> Engine:
        made = create_engine(*given, **named)
        made.dialect._type_memos = types  # noqa: SLF001  how each type is bound, which every dialect finds anew
        made.update_execution_options(compiled_cache=statements)
        return made

    return engine


@contextmanager
def _replaced(where: Any, name: str, other: Any) -> Iterator[None]:
    real = getattr(where, name)
    setattr(where, name, other)
    try:
        yield
    finally:
        setattr(where, name, real)


def _same_hash(_dialect: object) -> int:
    return 1


def _same_kind(one: object, other: object) -> bool:
    return type(one) is type(other)
