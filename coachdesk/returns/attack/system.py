"""Everything a reader knows, as whole numbers between limits and sums of them between limits."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from coachdesk.returns.attack.findings import Contradiction

PASSES = 60  # limits creep in some loops; after this many visits per sum the solver takes over


@dataclass(frozen=True, slots=True)
class Sum:
    """Numbers times whole coefficients, known to lie between two limits (None: no limit)."""

    terms: tuple[tuple[int, int], ...]
    low: int | None
    high: int | None


class System:
    """Unknown whole numbers, numbered from 0, and the sums that bind them."""

    def __init__(self) -> None:
        self.lows: list[int] = []
        self.highs: list[int | None] = []
        self.sums: list[Sum] = []
        self._parents: list[int] = []
        self._said: set[Sum] = set()
        self._rests: dict[tuple[int, int], int] = {}

    def unknown(self, low: int = 0, high: int | None = None) -> int:
        """Add a number between limits; return its place."""
        self.lows.append(low)
        self.highs.append(high)
        self._parents.append(len(self._parents))
        return len(self._parents) - 1

    def root(self, number: int) -> int:
        """Return the number that stands for all those said to be the same as this one."""
        while self._parents[number] != number:
            self._parents[number] = self._parents[self._parents[number]]
            number = self._parents[number]
        return number

    def same(self, one: int, other: int) -> None:
        """Say that two numbers are one; raises Contradiction when their limits do not meet."""
        one, other = self.root(one), self.root(other)
        if one == other:
            return
        keep, drop = min(one, other), max(one, other)
        self._parents[drop] = keep
        self.tighten(keep, self.lows[drop], self.highs[drop])

    def tighten(self, number: int, low: int | None, high: int | None) -> bool:
        """Narrow a number's limits; return whether they moved. Raises Contradiction when none are left."""
        number = self.root(number)
        moved = False
        if low is not None and low > self.lows[number]:
            self.lows[number] = low
            moved = True
        present = self.highs[number]
        if high is not None and (present is None or high < present):
            self.highs[number] = present = high
            moved = True
        if present is not None and present < self.lows[number]:
            raise Contradiction
        return moved

    def tie(self, terms: Iterable[tuple[int, int]], low: int | None, high: int | None) -> None:
        """Say that a sum of (coefficient, number) lies between limits."""
        gathered: dict[int, int] = {}
        for coefficient, number in terms:
            place = self.root(number)
            gathered[place] = gathered.get(place, 0) + coefficient
        told = Sum(tuple(sorted((n, c) for n, c in gathered.items() if c)), low, high)
        if told not in self._said:
            self._said.add(told)
            self.sums.append(told)

    def rest(self, whole: int, part: int) -> int:
        """Return the number ``whole`` - ``part``, which cannot be below zero."""
        pair = (self.root(whole), self.root(part))
        if pair not in self._rests:
            self._rests[pair] = self.unknown()
            self.tie([(1, whole), (-1, part), (-1, self._rests[pair])], 0, 0)
        return self._rests[pair]

    def fixed(self, number: int) -> bool:
        """Whether only one value is left."""
        number = self.root(number)
        return self.lows[number] == self.highs[number]

    def propagate(self) -> None:
        """Carry limits through the sums in exact whole numbers; raises Contradiction."""
        touching: dict[int, list[int]] = {}
        for place, told in enumerate(self.sums):
            for number, _ in told.terms:
                touching.setdefault(number, []).append(place)
        waiting = deque(range(len(self.sums)))
        queued = set(waiting)
        visits = PASSES * len(self.sums)
        while waiting and visits:
            visits -= 1
            place = waiting.popleft()
            queued.discard(place)
            for number in self._narrow(self.sums[place]):
                for neighbour in touching[number]:
                    if neighbour not in queued:
                        queued.add(neighbour)
                        waiting.append(neighbour)

    def _narrow(self, told: Sum) -> list[int]:
        """Narrow the numbers of one sum; return those that moved."""
        if not told.terms:
            if (told.low or 0) > 0 or (told.high is not None and told.high < 0):
                raise Contradiction
            return []
        moved: list[int] = []
        if told.high is not None:
            moved += self._press(told.terms, told.high)
        if told.low is not None:
            moved += self._press(tuple((number, -c) for number, c in told.terms), -told.low)
        return moved

    def _press(self, terms: tuple[tuple[int, int], ...], high: int) -> list[int]:
        """Narrow each number so that the smallest the rest can be still leaves the sum at most ``high``."""
        least: list[int | None] = [self._least(number, c) for number, c in terms]
        open_ended = [place for place, value in enumerate(least) if value is None]
        if len(open_ended) > 1:
            return []
        known = sum(value for value in least if value is not None)
        if not open_ended and known > high:
            raise Contradiction
        moved: list[int] = []
        for place in open_ended or range(len(terms)):
            number, coefficient = terms[place]
            room = high - known + (least[place] or 0)
            limit = room // coefficient if coefficient > 0 else -(room // -coefficient)
            low, top = (None, limit) if coefficient > 0 else (limit, None)
            if self.tighten(number, low, top):
                moved.append(number)
        return moved

    def _least(self, number: int, coefficient: int) -> int | None:
        """Return the smallest value of coefficient times number, or None when it has no limit."""
        if coefficient > 0:
            return coefficient * self.lows[number]
        high = self.highs[number]
        return None if high is None else coefficient * high
