"""The parts of a release that hang together, and the values each unknown number in them can take."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

import highspy
import numpy as np

from coachdesk.returns.attack.findings import Contradiction
from coachdesk.returns.attack.system import Sum, System

Mode = Literal["auto", "exact", "certify", "relaxed"]
WHOLE = 1e-6  # solver values this near a whole number are that number
LARGE_KNOT = 2500  # above this many unknowns "auto" allows fractions
NODES = 20_000  # a limit in nodes, not seconds: the same file must get the same answer on any machine


@dataclass(frozen=True, slots=True)
class Range:
    """The values of one number: proven outside limits, and how many values are known to be possible."""

    low: int
    high: int | None
    seen: int
    decided: bool = True

    @property
    def values(self) -> int:
        """How many values the number can take, as far as it was looked into."""
        return self.seen if self.high is None else max(self.seen, self.high - self.low + 1)


def knots(system: System) -> list[list[int]]:
    """Return the groups of unknown numbers that are tied together, each in order."""
    leaders: dict[int, int] = {}

    def leader(number: int) -> int:
        while leaders.setdefault(number, number) != number:
            leaders[number] = leaders[leaders[number]]
            number = leaders[number]
        return number

    for told in system.sums:
        loose = [number for number, _ in told.terms if not system.fixed(number)]
        for number in loose:
            one, other = leader(loose[0]), leader(number)
            leaders[max(one, other)] = min(one, other)
    groups: dict[int, list[int]] = {}
    for number in sorted(leaders):
        groups.setdefault(leader(number), []).append(number)
    return [groups[first] for first in sorted(groups)]


@dataclass(frozen=True, slots=True)
class Row:
    """A sum over the unknowns of one knot."""

    places: np.ndarray
    coefficients: np.ndarray
    low: float
    high: float


@dataclass(slots=True)
class Search:
    """How one number is looked into, and the outside limits found so far."""

    mode: Mode
    enough: int
    low: int
    high: int | None
    decided: bool = True

    def settle(self, sign: int, value: float | None) -> None:
        """Take in the most (sign 1) or least (-1) the number can be; None means the solver gave up."""
        if value is None:
            self.decided = False
        elif sign > 0:
            top = int(np.floor(value + WHOLE))
            self.high = top if self.high is None else min(self.high, top)
        else:
            self.low = max(self.low, int(np.ceil(value - WHOLE)))


class Knot:
    """One group of tied unknowns in a solver, and what is known of each so far."""

    def __init__(self, system: System, numbers: Sequence[int], sums: Iterable[Sum]) -> None:
        self._places = {number: place for place, number in enumerate(numbers)}
        self._lows = [system.lows[n] for n in numbers]
        self._highs = [system.highs[n] for n in numbers]
        self._seen_lows = np.full(len(numbers), np.inf)
        self._seen_highs = np.full(len(numbers), -np.inf)
        self._reach = 0
        self._rows = [self._row(system, told) for told in sums]
        self._starts = np.cumsum([0, *(len(row.places) for row in self._rows[:-1])])
        self._flat_places = np.concatenate([row.places for row in self._rows])
        self._flat_coefficients = np.concatenate([row.coefficients for row in self._rows])
        self._row_lows = np.array([row.low for row in self._rows])
        self._row_highs = np.array([row.high for row in self._rows])
        # Far above anything the limits can force, so that a number without a limit still has a largest.
        finite = [*self._lows, *(high for high in self._highs if high is not None)]
        self._cap = 100 * (max(finite) + self._reach + len(numbers)) + 10_000
        self._fractions = self._solver(whole=False)
        self._integers: highspy.Highs | None = None

    def _row(self, system: System, told: Sum) -> Row:
        constant = sum(c * system.lows[n] for n, c in told.terms if n not in self._places)
        loose = [(self._places[n], c) for n, c in told.terms if n in self._places]
        low = -highspy.kHighsInf if told.low is None else told.low - constant
        high = highspy.kHighsInf if told.high is None else told.high - constant
        self._reach = max(self._reach, abs(constant), abs(told.low or 0), abs(told.high or 0))
        places, coefficients = zip(*loose, strict=True)
        return Row(np.array(places), np.array(coefficients, dtype=float), float(low), float(high))

    def _solver(self, *, whole: bool) -> highspy.Highs:
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.setOptionValue("random_seed", 0)
        solver.setOptionValue("mip_max_nodes", NODES)
        solver.setOptionValue("mip_rel_gap", 0.0)
        if not whole:
            solver.setOptionValue("presolve", "off")  # keeps the warm start between questions
        count = len(self._lows)
        highs = [float(self._cap if high is None else high) for high in self._highs]
        solver.addVars(count, np.array(self._lows, dtype=float), np.array(highs))
        for row in self._rows:
            solver.addRow(row.low, row.high, len(row.places), row.places, row.coefficients)
        if whole:
            kinds = np.full(count, highspy.HighsVarType.kInteger)
            solver.changeColsIntegrality(count, np.arange(count), kinds)
        return solver

    def _solve(self, solver: highspy.Highs) -> np.ndarray | None:
        """Return a best solution, None when undecided; raises Contradiction when there is none."""
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            raise Contradiction
        if status != highspy.HighsModelStatus.kOptimal:
            return None
        values = np.array(solver.getSolution().col_value)
        whole = np.rint(values)
        if np.abs(values - whole).max() < WHOLE and self._holds(whole):
            np.minimum(self._seen_lows, whole, out=self._seen_lows)
            np.maximum(self._seen_highs, whole, out=self._seen_highs)
        return values

    def _holds(self, whole: np.ndarray) -> bool:
        """Check a rounded solution against every sum, so that no tolerance of the solver is trusted."""
        sums = np.add.reduceat(self._flat_coefficients * whole[self._flat_places], self._starts)
        return bool(np.all(sums >= self._row_lows) and np.all(sums <= self._row_highs))

    def prove(self, mode: Mode) -> None:
        """Raise Contradiction unless some solution exists (in whole numbers, except when relaxed)."""
        self._solve(self._fractions)
        if mode != "relaxed" and not np.isfinite(self._seen_lows[0]):
            self._solve(self._whole())

    def _whole(self) -> highspy.Highs:
        if self._integers is None:
            self._integers = self._solver(whole=True)
        return self._integers

    def ask(self, number: int, mode: Mode, enough: int) -> Range:
        """Return the values a number can take.

        Unless the mode is "exact", the search stops once ``enough`` values are known to be possible.
        """
        place = self._places[number]
        found = Search(mode, enough, self._lows[place], self._highs[place])
        for sign in (1, -1):
            self._search(place, sign, found)
        # Where the largest was set by our own cap, there is no limit.
        high = None if found.high is None or found.high >= self._cap // 10 else found.high
        return Range(found.low, high, self._seen(place), found.decided)

    def _seen(self, place: int) -> int:
        seen = self._seen_highs[place] - self._seen_lows[place] + 1
        return int(seen) if np.isfinite(seen) else 0

    def _search(self, place: int, sign: int, found: Search) -> None:
        if found.mode != "exact" and self._seen(place) >= found.enough:
            return
        found.settle(sign, self._best(self._fractions, place, sign))
        reached = self._seen_highs[place] == found.high if sign > 0 else self._seen_lows[place] == found.low
        if reached or found.mode == "relaxed":
            return
        found.settle(sign, self._best(self._whole(), place, sign))

    def _best(self, solver: highspy.Highs, place: int, sign: int) -> float | None:
        """Return the most (sign 1) or least (-1) a number can be, None when undecided."""
        solver.changeColCost(place, 1.0)
        sense = highspy.ObjSense.kMaximize if sign > 0 else highspy.ObjSense.kMinimize
        solver.changeObjectiveSense(sense)
        values = self._solve(solver)
        solver.changeColCost(place, 0.0)
        return None if values is None else float(values[place])


def chosen_mode(mode: Mode, size: int) -> Mode:
    """Return the way of asking for a knot of this size."""
    if mode != "auto":
        return mode
    return "certify" if size <= LARGE_KNOT else "relaxed"
