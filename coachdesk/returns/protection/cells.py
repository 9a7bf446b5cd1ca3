"""Every number of a pack as one linear system: printed cells, what is left over, and how they add up."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import log2

from coachdesk.returns.tables import CountTable, Dimension, Key, Place, Relation, Rule

Universe = tuple[str, str, str]
"""Measure, period and universe: tables that agree in these count the same things."""

Frozen = Mapping[tuple[str, Key], int | None]
"""Cells of earlier releases by table id and key: the number printed then, or None for a mark."""

INNER, MARGIN, GRAND = 1.0, 3.0, 12.0  # totals are hidden last
ZERO = 8.0  # a withheld zero costs the reader a fact, and us the reader's trust in marks


@dataclass(slots=True)
class Cell:
    """One number of the system.

    ``printed`` cells stand in a table; the others (complements, differences, slack) never do, but can
    be worked out. ``tested`` numbers need protection when small; ``sensitive`` ones when zero as well,
    unless the ``whole`` they are left over from is empty. ``fixed`` was printed before and cannot be
    withheld now; ``marked`` was withheld before and stays so.
    """

    value: int
    words: str
    printed: bool = True
    tested: bool = True
    sensitive: bool = False
    whole: int | None = None
    importance: float = INNER
    fixed: bool = False
    marked: bool = False

    @property
    def floor(self) -> int:
        """The least a reader who takes no mark for a zero allows."""
        return 1 if self.printed and self.value else 0

    @property
    def weight(self) -> float:
        """What withholding it costs the reader."""
        return self.importance * (1 + log2(1 + self.value)) * (ZERO if self.value == 0 else 1.0)

    def may_hide(self, rule: Rule) -> bool:
        """Whether the number may be withheld at all."""
        return not self.fixed and (self.value > 0 or rule.zeros == "suppressible")


class Pack:
    """The cells of all tables and the rows that bind them; a shared margin is one cell.

    Raises ValueError when the tables do not add up, which is a mistake in the counting.
    """

    def __init__(
        self, tables: Sequence[CountTable], relations: Sequence[Relation], frozen: Frozen | None = None
    ) -> None:
        self.tables = {table.id: table for table in sorted(tables, key=lambda table: table.id)}
        if len(self.tables) != len(tables):
            raise ValueError("two tables have the same id")
        self.cells: list[Cell] = []
        self.rows: list[tuple[tuple[int, int], ...]] = []
        self.index: dict[tuple[str, Key], int] = {}
        self.universes = joined_universes(self.tables, relations)
        self._names: dict[tuple[Universe, Place], int] = {}
        self._rests: dict[tuple[int, int], int] = {}
        self._said: set[tuple[tuple[int, int], ...]] = set()
        for table in self.tables.values():
            for key in table.every_key():
                self._place(table, key)
        for (table_id, key), value in (frozen or {}).items():
            cell = self.cells[self.index[table_id, key]]
            cell.fixed, cell.marked = cell.fixed or value is not None, cell.marked or value is None
        for table in self.tables.values():
            self._add_up(table)
        for relation in relations:
            self._relate(relation)

    def _place(self, table: CountTable, key: Key) -> None:
        place = table.place(key)
        name = (self.universes[table.id], place)
        value = table.counts[key]
        if name not in self._names:
            self._names[name] = len(self.cells)
            self.cells.append(Cell(value, words=f"{', '.join(key) or 'the figure'} in “{table.title}”"))
        number = self._names[name]
        cell = self.cells[number]
        if cell.value != value:
            raise ValueError(f"table {table.id}: a margin differs from the same margin elsewhere")
        if not place:
            cell.importance = GRAND
        elif len(place) < len(table.dims):
            cell.importance = max(cell.importance, MARGIN)
        self.index[table.id, key] = number

    def _bind(self, terms: Iterable[tuple[int, int]], rhs: int = 0) -> None:
        """Add a row of (coefficient, cell) once; raises ValueError when the true counts break it."""
        row = tuple(sorted(terms, key=lambda term: (term[1], term[0])))
        if sum(coefficient * self.cells[number].value for coefficient, number in row) != rhs:
            raise ValueError("the counts of a return do not add up")
        if row not in self._said:
            self._said.add(row)
            self.rows.append(row)

    def _left_over(
        self, whole: int, part: int, words: str, *, tested: bool = True, sensitive: bool = False
    ) -> None:
        """Add the number ``whole`` less ``part``, or make the one there is as strict as asked."""
        if (whole, part) not in self._rests:
            value = self.cells[whole].value - self.cells[part].value
            if value < 0:
                raise ValueError("a part of a return is larger than its whole")
            self._rests[whole, part] = len(self.cells)
            self.cells.append(Cell(value, words, printed=False, tested=False, whole=whole))
            self._bind([(1, whole), (-1, part), (-1, self._rests[whole, part])])
        rest = self.cells[self._rests[whole, part]]
        # What two earlier printed numbers already tell cannot be taken back.
        rest.tested |= tested and not (self.cells[whole].fixed and self.cells[part].fixed)
        rest.sensitive |= sensitive

    def _slack(self, value: int, words: str, *, tested: bool) -> int:
        if value < 0:
            raise ValueError("a relation of a return does not hold")
        self.cells.append(Cell(value, words, printed=False, tested=tested))
        return len(self.cells) - 1

    def _add_up(self, table: CountTable) -> None:
        for place, dimension in enumerate(table.dims):
            before = [other.every_label for other in table.dims[:place]]
            after = [other.every_label for other in table.dims[place + 1 :]]
            for left, right in product(product(*before), product(*after)):
                line = {
                    label: self.index[table.id, (*left, label, *right)] for label in dimension.every_label
                }
                self._line(table, dimension, line)

    def _line(self, table: CountTable, dimension: Dimension, line: dict[str, int]) -> None:
        total = line[dimension.total_label]
        parts = [(1, line[label]) for label in dimension.labels]
        if dimension.kind == "partition":
            self._bind([*parts, (-1, total)])
        elif dimension.covers:
            over = sum(self.cells[part].value for _, part in parts) - self.cells[total].value
            self._bind([*parts, (-1, total), (-1, self._slack(over, table.title, tested=False))])
        for label in dimension.labels:
            sensitive = label in dimension.sensitive
            if sensitive or dimension.kind == "multi":
                words = f"everyone but {label} in “{table.title}”"
                self._left_over(total, line[label], words, sensitive=sensitive)

    def _matches(self, *tables: str) -> Iterator[tuple[int, ...]]:
        """Go through the numbers that all the tables have, by what they count.

        A tie between two tables holds for every table that counts the same, so all of those are looked at.
        """
        names = [self._by_place(self.universes[table]) for table in tables]
        for place in names[0]:
            if all(place in other for other in names):
                yield tuple(other[place] for other in names)

    def _by_place(self, universe: Universe) -> dict[Place, int]:
        return {place: number for (counted, place), number in self._names.items() if counted == universe}

    def _relate(self, relation: Relation) -> None:
        if relation.kind == "linear":
            self._compare(relation)
        elif relation.kind != "shared":
            for numbers in self._matches(*relation.members):
                self._tie(relation, numbers)

    def _tie(self, relation: Relation, numbers: tuple[int, ...]) -> None:
        first, others = numbers[0], numbers[1:]
        if relation.kind == "subset":
            words = f"the rest of {self.cells[others[0]].words}"
            self._left_over(others[0], first, words, tested=relation.protect, sensitive=relation.sensitive)
        elif relation.kind == "union":
            over = sum(self.cells[other].value for other in others) - self.cells[first].value
            slack = self._slack(over, self.cells[first].words, tested=False)
            self._bind([*((1, other) for other in others), (-1, first), (-1, slack)])
            for other in others:
                self._left_over(first, other, self.cells[first].words, tested=False)
        elif first not in others:
            self._bind([*((1, other) for other in others), (-1, first)])

    def _compare(self, relation: Relation) -> None:
        terms = [(coefficient, self.index[table, key]) for coefficient, table, key in relation.terms]
        if relation.op != "==":
            sign = 1 if relation.op == "<=" else -1
            reached = sum(coefficient * self.cells[number].value for coefficient, number in terms)
            words = f"a difference with {self.cells[terms[0][1]].words}"
            terms.append((sign, self._slack(sign * (relation.rhs - reached), words, tested=relation.protect)))
        self._bind(terms, relation.rhs)


def joined_universes(tables: Mapping[str, CountTable], relations: Sequence[Relation]) -> dict[str, Universe]:
    """Return for each table what it counts, one name for all tables that are said to be shared."""
    universes = {table.id: (table.measure, table.period, table.universe) for table in tables.values()}
    for relation in relations:
        if relation.kind == "shared":
            joined = {universes[member] for member in relation.members}
            one = min(joined)
            universes = {
                table: one if universe in joined else universe for table, universe in universes.items()
            }
    return universes
