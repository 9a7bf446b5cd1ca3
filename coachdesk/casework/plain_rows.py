"""Rows read plainly, for lists of thousands: columns without records, keys as the database keeps them.

Making a UUID of every key of 5,000 clients, and asking each for its hash, costs more than reading the rows. So what
is only compared stays as it was kept, and ``key_of`` gives the UUID of the few lines that go up to the window.
"""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Select, type_coerce
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Session
from typing_extensions import override

from coachdesk.models.base import Key

KeptKey: TypeAlias = bytes | UUID
"""A key as the driver hands it over: 16 bytes in SQLite, the native type in PostgreSQL; sorts alike in both."""


class _AsKept(Key):
    cache_ok: bool | None = True

    @override
    def result_processor(self, dialect: Dialect, coltype: object) -> None:
        return None


def as_kept(column: Any) -> ColumnElement[KeptKey]:
    """Return a column of keys that is read as it is kept."""
    return type_coerce(column, _AsKept())


@lru_cache(maxsize=32_768)  # the same clients are listed again and again
def key_of(kept: KeptKey) -> UUID:
    """Return the UUID of a key that was read as it is kept."""
    return kept if isinstance(kept, UUID) else UUID(bytes=kept)


def plain_rows(
    session: Session, query: Select[*tuple[Any, ...]], told: Mapping[str, Any] | None = None
) -> Sequence[Any]:
    """Return the rows of a question that asks for columns only; a session would turn each row into another.

    ``told`` are the values of a question that was put together once, and is asked again and again.
    """
    return session.connection().execute(query, told).all()
