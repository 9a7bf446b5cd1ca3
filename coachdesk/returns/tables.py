"""The form of the tables in a return: counts going into the protection, and numbers or marks coming out.

Only values live here. The attacker does not read this module: it sees nothing but the written release.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product
from types import MappingProxyType
from typing import Literal

Key = tuple[str, ...]
"""One label per dimension of a table, the total label included."""

Place = frozenset[tuple[str, str]]
"""The (dimension, label) pairs of a cell that are not totals: the same place is the same group of people."""

SEPARATOR = "|"
MARK = "[c]"


def in_a_sentence(title: str) -> str:
    """Return a title as it stands within a sentence: a word in capitals, such as NHS, stays as it is."""
    first = title.split(" ", 1)[0]
    return title if first[1:] != first[1:].lower() else title[:1].lower() + title[1:]


def _require_clean(texts: Iterable[str], what: str) -> None:
    """Raise ValueError where a text cannot be part of a cell's name in the public form."""
    for text in texts:
        if not text or SEPARATOR in text:
            raise ValueError(f"{what} must not be empty or hold '{SEPARATOR}'")


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One way of dividing the people of a table.

    ``labels`` leave out the total. A ``partition`` puts everybody in exactly one label; in a ``multi``
    dimension (barriers, for example) one client can be under several, and ``covers`` says that
    everybody is under at least one. ``sensitive`` labels are those of which a reader must not learn
    that everyone in a group has them.
    """

    name: str
    title: str
    labels: tuple[str, ...]
    kind: Literal["partition", "multi"] = "partition"
    sensitive: frozenset[str] = frozenset()
    total_label: str = "Total"
    covers: bool = False

    def __post_init__(self) -> None:
        _require_clean((self.name, self.total_label, *self.labels), "names and labels")
        if len({*self.labels, self.total_label}) != len(self.labels) + 1:
            raise ValueError(f"dimension {self.name}: a label is used twice")
        if not self.sensitive <= set(self.labels):
            raise ValueError(f"dimension {self.name}: a sensitive label is not one of its labels")

    @property
    def every_label(self) -> tuple[str, ...]:
        """The labels followed by the total."""
        return (*self.labels, self.total_label)


@dataclass(frozen=True, slots=True, kw_only=True)
class CountTable:
    """True counts of people or events, every margin included; a table without dimensions is a headline.

    Tables with the same measure, period and universe count the same things, so their margins are the
    same numbers. Raises ValueError when a cell is missing, unknown or below zero.
    """

    id: str
    title: str
    measure: str
    period: str
    universe: str
    dims: tuple[Dimension, ...] = ()
    counts: Mapping[Key, int] = field(default_factory=dict[Key, int])

    def __post_init__(self) -> None:
        _require_clean((self.id,), "table ids")
        names = [dimension.name for dimension in self.dims]
        if len(set(names)) != len(names):
            raise ValueError(f"table {self.id}: a dimension is used twice")
        if set(self.counts) != set(self.every_key()):
            raise ValueError(f"table {self.id}: the counts do not match the labels")
        if any(count < 0 for count in self.counts.values()):
            raise ValueError(f"table {self.id}: a count is below zero")
        object.__setattr__(self, "counts", MappingProxyType(dict(self.counts)))

    def every_key(self) -> Iterator[Key]:
        """Every cell in printing order, totals last in each dimension."""
        return product(*(dimension.every_label for dimension in self.dims))

    def place(self, key: Key) -> Place:
        """Return what the cell counts, without totals: equal places of one measure are one number."""
        return frozenset(
            (dimension.name, label)
            for dimension, label in zip(self.dims, key, strict=True)
            if label != dimension.total_label
        )

    @property
    def total_key(self) -> Key:
        """The key of the grand total."""
        return tuple(dimension.total_label for dimension in self.dims)

    @property
    def total(self) -> int:
        """The grand total."""
        return self.counts[self.total_key]


RelationKind = Literal["shared", "sum", "union", "subset", "equal", "linear"]
Term = tuple[int, str, Key]
"""Coefficient, table id and key of one cell in a linear relation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A tie between tables that a reader could know; made with the class methods below.

    ``members`` are table ids: any number for ``shared``; the total first for ``sum`` and ``union``;
    part then whole for ``subset``; two for ``equal``. ``terms``, ``op`` and ``rhs`` belong to ``linear``.
    """

    kind: RelationKind
    members: tuple[str, ...] = ()
    terms: tuple[Term, ...] = ()
    op: Literal["==", "<=", ">="] = "=="
    rhs: int = 0
    protect: bool = True
    sensitive: bool = False

    @classmethod
    def shared(cls, *tables: str) -> "Relation":
        """Say that the tables count the same people: equal places are equal numbers."""
        return cls(kind="shared", members=tables)

    @classmethod
    def sum_of(cls, total: str, parts: Iterable[str]) -> "Relation":
        """``total`` is the parts added cell by cell (a year to date and its quarters)."""
        return cls(kind="sum", members=(total, *parts))

    @classmethod
    def union_of(cls, total: str, parts: Iterable[str]) -> "Relation":
        """``total`` counts once each person who is in any of the parts."""
        return cls(kind="union", members=(total, *parts))

    @classmethod
    def subset(cls, part: str, whole: str, *, protect: bool = True, sensitive: bool = False) -> "Relation":
        """``part`` lies within ``whole`` (outcomes within starts); the rest is protected too."""
        return cls(kind="subset", members=(part, whole), protect=protect, sensitive=sensitive)

    @classmethod
    def equal(cls, one: str, other: str) -> "Relation":
        """Say that two tables are equal cell by cell."""
        return cls(kind="equal", members=(one, other))

    @classmethod
    def linear(
        cls,
        terms: Iterable[Term],
        *,
        op: Literal["==", "<=", ">="] = "==",
        rhs: int = 0,
        protect: bool = False,
    ) -> "Relation":
        """Cells times their coefficients compare with ``rhs``; ``protect`` guards the slack as a count."""
        return cls(kind="linear", terms=tuple(terms), op=op, rhs=rhs, protect=protect)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The suppression rule of a programme: counts from 1 to ``threshold`` - 1 are small.

    ``min_values`` is how many values a withheld number must be able to take (the threshold when left
    out). With ``zeros`` published, no zero is ever withheld.
    """

    threshold: int
    min_values: int | None = None
    zeros: Literal["suppressible", "published"] = "suppressible"

    def __post_init__(self) -> None:
        least = 2
        if self.threshold < least or (self.min_values is not None and self.min_values < least):
            raise ValueError("a suppression rule needs a threshold and a width of at least 2")

    @property
    def width(self) -> int:
        """How many values a withheld number must be able to take."""
        return self.threshold if self.min_values is None else self.min_values


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What the protection took from the reader."""

    cells: int
    hidden: int
    margins_hidden: int
    zeros_hidden: int

    @property
    def hidden_share(self) -> float:
        """The share of the printed cells that are withheld, from 0 to 1."""
        return self.hidden / self.cells if self.cells else 0.0


@dataclass(frozen=True, slots=True)
class Rounding:
    """How a table was rounded: to multiples of ``base``, each at most ``spread`` from the true count."""

    base: int
    spread: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Protected:
    """A table as it may be printed: a number, or None where the mark [c] stands.

    The numbers are the true counts, or near them where the table is rounded.
    """

    table: CountTable
    values: Mapping[Key, int | None]
    rounding: Rounding | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", MappingProxyType(dict(self.values)))

    def shown(self, key: Key) -> str:
        """Return the cell as text: the number, or the mark."""
        value = self.values[key]
        return MARK if value is None else str(value)

    @property
    def cost(self) -> Cost:
        """What the protection took from this table."""
        full = len(self.table.dims)
        hidden = [key for key, value in self.values.items() if value is None]
        return Cost(
            cells=len(self.values),
            hidden=len(hidden),
            margins_hidden=sum(len(self.table.place(key)) < full for key in hidden),
            zeros_hidden=sum(self.table.counts[key] == 0 for key in hidden),
        )
