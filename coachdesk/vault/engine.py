"""SQLAlchemy over the encrypted file: one pooled connection that writes, two that read (storage.md 2)."""

from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, ExceptionContext, TextClause, create_engine, event
from sqlalchemy.pool import QueuePool

from coachdesk.models import JournalEntry, Record
from coachdesk.vault.driver import driver

READERS = 2
WAIT_SECONDS = 30


class BypassedJournalError(RuntimeError):
    """A write that would leave no trace in the journal: a fault of the program, never shown to a person."""


def _engine(opener: Callable[[], Any], size: int, begin: str) -> Engine:
    engine = create_engine(
        "sqlite://",
        module=driver,
        creator=opener,
        poolclass=QueuePool,
        pool_size=size,
        max_overflow=0,
        pool_timeout=WAIT_SECONDS,
        hide_parameters=True,
    )

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:  # the driver's own transactions lose schema changes
        connection.exec_driver_sql(begin)

    @event.listens_for(engine, "handle_error")
    def _spoilt(context: ExceptionContext) -> None:  # a connection that met one bad page refuses all others
        name = str(getattr(context.original_exception, "sqlite_errorname", "") or "")
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            context.is_disconnect = True
            context.invalidate_pool_on_disconnect = False

    @event.listens_for(engine, "checkin")
    def _ended(raw: Any, _record: object) -> None:  # a commit that broke a link leaves its transaction open
        if raw is not None and raw.in_transaction:
            raw.rollback()

    return engine


def writing_engine(opener: Callable[[], Any]) -> Engine:
    """Return the engine of the one writer: its transactions take the write lock when they begin."""
    engine = _engine(opener, 1, "BEGIN IMMEDIATE")
    event.listen(engine, "before_execute", _refuse_untraced)
    return engine


def upgrading_engine(opener: Callable[[], Any]) -> Engine:
    """Return the engine of an upgrade or a creation, which changes the schema itself."""
    return _engine(opener, 1, "BEGIN IMMEDIATE")


def reading_engine(opener: Callable[[], Any]) -> Engine:
    """Return the engine of the readers; their connections refuse every write."""
    return _engine(opener, READERS, "BEGIN")


@cache
def _traced_tables() -> frozenset[str]:
    classes = [mapper.class_ for mapper in Record.registry.mappers]
    records = {one.__tablename__ for one in classes if issubclass(one, Record)}
    return frozenset({*records, JournalEntry.__tablename__})


def _refuse_untraced(connection: Connection, statement: Any, *_: Any) -> None:
    """Refuse a write on journalled tables that no flush made; raises BypassedJournalError."""
    chronicle = connection.info.get("chronicle")
    if chronicle is not None and chronicle.flushing:
        return
    if getattr(statement, "is_dml", False):
        if statement.table.name in _traced_tables():
            raise BypassedJournalError(f"a raw write on {statement.table.name}")
    elif isinstance(statement, TextClause) and not _reads(statement.text):
        raise BypassedJournalError("a write in plain SQL")


def _reads(text: str) -> bool:
    return text.lstrip().split(None, 1)[0].lower() in {"select", "pragma", "explain"}
