"""Many rows of one table written by one statement, column by column.

The driver gets the values as it keeps them; for tens of thousands of rows this takes a fraction of the time of
binding each value of each row. The statement itself is SQLAlchemy's.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import Any, TypeAlias

from sqlalchemy import Connection, Dialect, Table, insert

Bind: TypeAlias = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Same:
    """One value for a column in every row; it is bound once."""

    value: Any


def insert_columns(connection: Connection, table: Table, columns: Mapping[str, Iterable[Any] | Same]) -> None:
    """Insert as many rows as the columns hold; each value is bound as its column's own type says.

    Raises Refusal for a text too long for its column.
    """
    statement, order = _statement(connection.dialect, table, tuple(columns))
    bound = (_bound(bind, columns[name]) for name, bind in order)
    connection.exec_driver_sql(statement, list(zip(*bound, strict=False)))  # what is the same never ends


@lru_cache(maxsize=64)
def _statement(
    dialect: Dialect, table: Table, names: tuple[str, ...]
) -> tuple[str, tuple[tuple[str, Bind | None], ...]]:
    """Return the statement and the order in which it takes the columns, each with what binds its values."""
    compiled = insert(table).inline().compile(dialect=dialect, column_keys=list(names))
    order = ((name, table.columns[name].type) for name in compiled.positiontup or ())
    return str(compiled), tuple(
        (name, kind.dialect_impl(dialect).bind_processor(dialect)) for name, kind in order
    )


def _bound(bind: Bind | None, values: Iterable[Any] | Same) -> Iterable[Any]:
    if isinstance(values, Same):
        return repeat(bind(values.value) if bind else values.value)
    return map(bind, values) if bind else values
