"""What a reader of a release knows: its numbers, marks and dimensions as limits and sums."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from coachdesk.returns.attack.form import RECORD, Dim, Key, Policy, Printed, State, limits, refuse, whole
from coachdesk.returns.attack.system import System

NOT_APPLICABLE = "[z]"
NOT_AVAILABLE = "[x]"
HOW: dict[State, str] = {
    "printed": "is printed",
    "rounded": "is printed rounded",
    "marked": "is withheld",
    "unpublished": "is not printed",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its number in the system and how it stands in the table."""

    number: int
    state: State


@dataclass(frozen=True, slots=True)
class Target:
    """A number a reader must not learn too closely.

    ``whole`` is the size of the group behind a complement; ``sensitive`` means that none left over is a
    disclosure too. ``enough`` is how many values must stay possible.
    """

    number: int
    table: str
    key: Key
    about: str
    enough: int
    derived: bool = False
    sensitive: bool = False
    whole: int | None = None


class Knowledge:
    """The system of everything printed; ``targets`` are the numbers to go for."""

    def __init__(self, tables: Mapping[str, Printed], policy: Policy, marks: RECORD, floor: int) -> None:
        self.system = System()
        self.tables = tables
        self.policy = policy
        self.cells: dict[tuple[str, Key], Cell] = {}
        self.targets: list[Target] = []
        self._places = {
            table.id: {table.place(key): key for key in table.every_key()} for table in tables.values()
        }
        self._marks = marks
        self._floor = floor
        for table in tables.values():
            for key in table.every_key():
                self.cells[table.id, key] = self._cell(table, key)

    def _cell(self, table: Printed, key: Key) -> Cell:
        if key not in table.values:
            return Cell(self.system.unknown(), "unpublished")
        value = table.values[key]
        if value is None or isinstance(value, str):
            return self._marked("[c]" if value is None else value)
        if table.rounding is None:
            number = whole(value, "value")
            if number < 0:
                raise refuse("a count is below zero")
            return Cell(self.system.unknown(number, number), "printed")
        low, high = limits(value, table.rounding)
        return Cell(self.system.unknown(low, high), "rounded")

    def _marked(self, mark: str) -> Cell:
        if mark == NOT_APPLICABLE:
            return Cell(self.system.unknown(0, 0), "printed")
        if mark == NOT_AVAILABLE:
            return Cell(self.system.unknown(), "unpublished")
        meaning = self._marks.get(mark)
        if meaning is None:
            return Cell(self.system.unknown(self._floor), "marked")
        high = meaning.get("max")
        low = max(whole(meaning.get("min", 0), "min"), self._floor if self.policy.zeros == "worst" else 0)
        return Cell(self.system.unknown(low, None if high is None else whole(high, "max")), "marked")

    def number(self, table: str, key: Key) -> int:
        """Return the number of a cell; raises Refusal when there is no such cell."""
        cell = self.cells.get((table, key))
        if cell is None:
            raise refuse(f"there is no cell {'|'.join((table, *key))}")
        return cell.number

    def same_places(self, *tables: str) -> Iterator[tuple[Key, ...]]:
        """Go through the cells that the tables all have, by what they count; raises Refusal."""
        for table in tables:
            if table not in self._places:
                raise refuse(f"there is no table {table}")
        for place, key in self._places[tables[0]].items():
            keys = [self._places[table].get(place) for table in tables[1:]]
            if None not in keys:
                yield (key, *(other for other in keys if other is not None))

    def add_up(self) -> None:
        """Say how the cells of each table add up, and make targets of what is not printed.

        Runs after the shared cells were said to be the same, so that each sum is said once.
        """
        for table in self.tables.values():
            if not table.known:
                self._aim(table)
            for place, dim in enumerate(table.dims):
                for others in self._others(table, place):
                    self._line(table, dim, others)

    def _aim(self, table: Printed) -> None:
        for key in table.every_key():
            cell = self.cells[table.id, key]
            enough = self.policy.enough_rounded if cell.state == "rounded" else self.policy.enough
            about = f"{named(table, key)} {HOW[cell.state]}"
            self.targets.append(Target(cell.number, table.id, key, about, enough))

    @staticmethod
    def _others(table: Printed, place: int) -> Iterator[tuple[Key, Key]]:
        """Go through the labels before and after one dimension."""
        before = [(*dim.parts, dim.total) for dim in table.dims[:place]]
        after = [(*dim.parts, dim.total) for dim in table.dims[place + 1 :]]
        for left in product(*before):
            for right in product(*after):
                yield left, right

    def _line(self, table: Printed, dim: Dim, others: tuple[Key, Key]) -> None:
        def number(label: str) -> int:
            return self.cells[table.id, (*others[0], label, *others[1])].number

        total = number(dim.total)
        terms = [(1, number(label)) for label in dim.leaves]
        for group, members in dim.groups.items():
            self.system.tie([*((1, number(member)) for member in members), (-1, number(group))], 0, 0)
        if not dim.multi:
            if not dim.complete:
                rest = self.system.unknown()
                terms.append((1, rest))
                self._complement(
                    table, (*others[0], dim.total, *others[1]), rest, None, "outside the labels of"
                )
            self.system.tie([*terms, (-1, total)], 0, 0)
        elif dim.covers:
            self.system.tie([*terms, (-1, total)], 0, None)
        for label in dim.parts:
            if dim.multi or label in dim.sensitive:
                rest = self.system.rest(total, number(label))
                group_size = total if label in dim.sensitive else None
                key = (*others[0], label, *others[1])
                self._complement(table, key, rest, group_size, "in the same group but not in")

    def _complement(self, table: Printed, key: Key, rest: int, group: int | None, how: str) -> None:
        if table.known:
            return
        sensitive = group is not None and self.policy.group
        rounded = table.rounding is not None
        enough = self.policy.enough_rounded if rounded else self.policy.enough
        about = f"the number of people {how} {named(table, key)} is not printed"
        self.targets.append(
            Target(rest, table.id, key, about, enough, derived=True, sensitive=sensitive, whole=group)
        )


def named(table: Printed, key: Key) -> str:
    """Return how a sentence names a cell."""
    return f"{', '.join(key) or 'the number'} in the table {table.id}"
