"""Rows out of a damaged data file: every one that can be read, around the pages that cannot."""

from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from coachdesk.vault.driver import connected, driver
from coachdesk.vault.trouble import damaged, from_database

LOOKING = (
    "temp_store=MEMORY",
    "trusted_schema=OFF",
    "query_only=ON",
    "busy_timeout=5000",
    "cell_size_check=ON",
)
SPOILT = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_IOERR")
FAR = 1 << 24
"""Up to where row numbers are looked for when no index can be read either: more than any table here has."""
SAMPLES = 12
MOST_MISSES = 4000
"""Bad pages met in one table before the rest of it is given up: each costs a new connection."""


class Readable:
    """A damaged data file, opened for reading; a question that meets damage has no answer, the next one may."""

    def __init__(self, path: Path, key: bytes) -> None:
        self._path, self._key = path, key
        self._connection = connected(path, key, settings=LOOKING)
        self._misses = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    def ask(self, statement: str, *values: Any) -> list[tuple[Any, ...]] | None:
        """Return the rows, or None where damage was met; raises Trouble for anything else."""
        try:
            return list(self._connection.execute(statement, values).fetchall())
        except driver.DatabaseError as error:
            name = str(getattr(error, "sqlite_errorname", "") or "")
            found = None if name.startswith(SPOILT) else from_database(error) or damaged()
        if found is not None:
            raise found
        self._connection.close()  # one that met a bad page refuses all others
        self._connection = connected(self._path, self._key, settings=LOOKING)
        self._misses += 1
        return None

    def rows(self, table: str, columns: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
        """Yield every row of a table that can be read, in the order of its numbers."""
        self._misses = 0
        listed = ", ".join(f'"{name}"' for name in columns)
        read = f'SELECT {listed} FROM "{table}" NOT INDEXED WHERE rowid BETWEEN ? AND ? ORDER BY rowid'  # noqa: S608 - names come from the schema
        numbers = self._numbers(table)
        if numbers is not None:
            if self._is_worth_it(read, numbers):
                yield from self._among(read, numbers)
        elif self._has_an_end(table):
            yield from self._between(read, 1, FAR)

    def _is_worth_it(self, read: str, numbers: list[int]) -> bool:
        """Return whether any of a few rows spread over a table can be read; without its root none can."""
        spread = numbers[:: max(1, len(numbers) // SAMPLES)]
        return any(self.ask(read, number, number) is not None for number in spread)

    def _has_an_end(self, table: str) -> bool:
        end = f'SELECT rowid FROM "{table}" NOT INDEXED ORDER BY rowid'  # noqa: S608 - names come from the schema
        ways = (f"{end} LIMIT 1", f"{end} DESC LIMIT 1")
        return any(self.ask(one) is not None for one in ways)

    def _numbers(self, table: str) -> list[int] | None:
        """Return the row numbers of a table, from itself or from an index of it; None where none can be read."""
        indexes = [str(row[1]) for row in self.ask(f'PRAGMA index_list("{table}")') or ()]
        for way in ("NOT INDEXED", *(f'INDEXED BY "{name}"' for name in indexes)):
            found = self.ask(f'SELECT rowid FROM "{table}" {way}')  # noqa: S608 - names come from the schema
            if found is not None:
                return sorted(int(row[0]) for row in found)
        return None

    def _among(self, read: str, numbers: list[int]) -> Iterator[tuple[Any, ...]]:
        if not numbers or self._misses > MOST_MISSES:
            return
        found = self.ask(read, numbers[0], numbers[-1])
        if found is not None:
            yield from found
        elif len(numbers) > 1:
            middle = len(numbers) // 2
            yield from self._among(read, numbers[:middle])
            yield from self._among(read, numbers[middle:])

    def _between(self, read: str, first: int, last: int) -> Iterator[tuple[Any, ...]]:
        if self._misses > MOST_MISSES:
            return
        found = self.ask(read, first, last)
        if found is not None:
            yield from found
        elif first < last:
            middle = (first + last) // 2
            yield from self._between(read, first, middle)
            yield from self._between(read, middle + 1, last)
