"""The public form of a return as the checker reads it: every printed cell, and what the register says was withheld."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from coachdesk.returns.tables import MARK
from coachdesk.returns.wishes import PreparedReturn

Place = tuple[str, tuple[str, ...]]
"""A table's id and one label for each of its dimensions."""


@dataclass(frozen=True)
class Released:
    """What release.json prints (None for a withheld cell) and, from inside the vault, the true numbers withheld."""

    release: Mapping[str, Any]
    counted: Mapping[str, Any]

    @classmethod
    def of(cls, prepared: PreparedReturn) -> "Released":
        """Return what a prepared return prints and withholds."""
        return cls(prepared.release, prepared.counted)

    @cached_property
    def tables(self) -> dict[str, Mapping[str, Any]]:
        """Every table of the public form by its id."""
        return {table["id"]: table for table in self.release["tables"]}

    @cached_property
    def cells(self) -> dict[Place, int | None]:
        """Every cell of the public form: the printed number, or None for a mark."""
        return {
            (table["id"], key): value
            for table in self.release["tables"]
            for key, value in _flat(table["values"], [dim["labels"] for dim in table["dims"]])
        }

    @cached_property
    def withheld(self) -> dict[Place, int]:
        """The true number of every cell that the register says is withheld."""
        return {
            (table["id"], tuple(key)): count
            for table in self.counted.get("tables", ())
            for key, count, printed in table["cells"]
            if printed is None
        }

    @cached_property
    def printed_beside(self) -> frozenset[tuple[str, int]]:
        """Every label with a number that is printed beside it somewhere."""
        return frozenset(
            (label, value) for (_, key), value in self.cells.items() if value is not None for label in key
        )

    def printed_in(self, *tables: str) -> frozenset[int]:
        """Return the numbers that these tables print."""
        return frozenset(
            value for (table, _), value in self.cells.items() if table in tables and value is not None
        )

    def withheld_in(self, *tables: str) -> frozenset[int]:
        """Return the true numbers that these tables withhold and do not print elsewhere."""
        hidden = frozenset(count for (table, _), count in self.withheld.items() if table in tables)
        return hidden - self.printed_in(*tables)


def _flat(values: Any, labels: list[list[str]]) -> Iterator[tuple[tuple[str, ...], int | None]]:
    if not labels:
        yield (), (None if values is None or values == MARK else values)
        return
    for label, inner in zip(labels[0], values, strict=True):
        for key, value in _flat(inner, labels[1:]):
            yield (label, *key), value
