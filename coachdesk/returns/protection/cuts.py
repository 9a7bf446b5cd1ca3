"""What every safe pattern must withhold: Benders cuts from the duals of the demands that are not met.

Fischetti and Salazar-González's exact cell suppression. One linear program holds every way in which the numbers could differ
from the truth; a demand that the withheld numbers cannot meet shows by its duals which printed numbers stand in the way.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import highspy
import numpy as np

from coachdesk.returns.protection.cells import Pack
from coachdesk.returns.protection.growth import TINY, Demand

NOISE = 1e-5  # reduced costs below this are the solver's rounding
PLACES = 7  # any multipliers give a valid cut, so they may be rounded before it is worked out
MOST_KEPT = 8_000_000  # numbers in all the movements kept: 32 MB


@dataclass(frozen=True, slots=True)
class Cut:
    """Of these cells so much must be withheld that their shares, each at most 1, come to 1."""

    numbers: tuple[int, ...]
    shares: tuple[float, ...]


class Separator:
    """The linear program over all movements, with the bounds of one pattern at a time."""

    def __init__(self, pack: Pack, needed: Iterable[int], optional: Iterable[int]) -> None:
        count = len(pack.cells)
        self._room = np.array([cell.value - cell.floor for cell in pack.cells], dtype=float)
        self._always = np.array([not cell.printed for cell in pack.cells])
        self._always[list(needed)] = True
        self._optional = np.zeros(count, dtype=bool)
        self._optional[list(optional)] = True
        self._columns = np.array([number for row in pack.rows for _, number in row], dtype=int)
        self._coefficients = np.array([c for row in pack.rows for c, _ in row], dtype=float)
        self._row_of = np.repeat(np.arange(len(pack.rows)), [len(row) for row in pack.rows])
        self.open = self._always.copy()
        solver = highspy.Highs()
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 0),
            ("presolve", "off"),
        ):
            solver.setOptionValue(option, value)
        solver.addVars(count, np.zeros(count), np.zeros(count))
        for row in pack.rows:
            solver.addRow(
                0.0,
                0.0,
                len(row),
                np.array([number for _, number in row]),
                np.array([float(c) for c, _ in row]),
            )
        self._solver = solver
        for number in np.flatnonzero(self.open):
            self._bounds(int(number))

    def _bounds(self, number: int) -> None:
        moves = self.open[number]
        low, high = (-self._room[number], highspy.kHighsInf) if moves else (0.0, 0.0)
        self._solver.changeColBounds(number, float(low), float(high))

    def show(self, chosen: Iterable[int]) -> None:
        """Let the numbers of a pattern move, and no others."""
        wanted = self._always.copy()
        wanted[list(chosen)] = True
        for number in np.flatnonzero(wanted != self.open):
            self.open[number] = wanted[number]
            self._bounds(int(number))

    def release(self, number: int) -> None:
        """Let one more number move."""
        self.open[number] = True
        self._bounds(number)

    def most(self, demand: Demand) -> tuple[np.ndarray, Cut | None]:
        """Return the movement that comes nearest to a demand, and a cut when that is not near enough."""
        number, sign, need = demand.cell, float(demand.direction), float(demand.need)
        self._solver.changeColCost(number, -sign)
        low, high = (-self._room[number], need) if sign > 0 else (-need, highspy.kHighsInf)
        self._solver.changeColBounds(number, float(low), float(high))
        self._solver.run()
        answer = self._solver.getSolution()
        movement = np.array(answer.col_value)
        cut = None
        if sign * movement[number] < need - TINY:
            cut = self._cut(np.array(answer.row_dual), demand)
        self._solver.changeColCost(number, 0.0)
        self._bounds(number)
        return movement, cut

    def _cut(self, duals: np.ndarray, demand: Demand) -> Cut:
        """Return what any pattern that meets the demand withholds, whatever the multipliers were."""
        need = float(demand.need)
        reduced = np.zeros(len(self.open))
        reduced[demand.cell] = -demand.direction
        multipliers = np.round(duals, PLACES)[self._row_of]
        np.subtract.at(reduced, self._columns, self._coefficients * multipliers)
        # Upwards there is no limit, so one such number alone can be enough.
        shares = np.where(reduced < -NOISE, need, np.maximum(reduced, 0.0) * self._room)
        missing = need - shares[self._always & (reduced > NOISE)].sum()
        useful = self._optional & (shares > NOISE)
        numbers = np.flatnonzero(useful)
        told = np.minimum(1.0, shares[numbers] / missing) if missing > NOISE else np.zeros(0)
        return Cut(tuple(int(n) for n in numbers), tuple(float(share) for share in told))


class Movements:
    """Movements found so far: one whose cells are all withheld proves its demands anew without a question."""

    def __init__(self, pack: Pack) -> None:
        self._room = np.array([cell.value - cell.floor for cell in pack.cells], dtype=float)
        self._printed = np.array([cell.printed for cell in pack.cells])
        self._most = max(1, MOST_KEPT // max(1, len(pack.cells)))
        self._kept: list[np.ndarray] = []

    def keep(self, movement: np.ndarray) -> np.ndarray:
        """Keep a movement, the opposite one too where that is possible; return how far they reach."""
        forms = [movement, -movement] if np.all(movement <= self._room + TINY) else [movement]
        self._kept += [form.astype(np.float32) for form in forms]
        del self._kept[: -self._most]
        return reach(np.array(forms))

    def reached(self, hidden: np.ndarray) -> np.ndarray:
        """Return how far up and down each number can go when these are withheld, as far as it was seen."""
        if not self._kept:
            return np.zeros((2, len(hidden)))
        kept = np.array(self._kept)
        fits = ~((np.abs(kept) > TINY) & self._printed & ~hidden).any(axis=1)
        return reach(kept[fits]) if fits.any() else np.zeros((2, len(hidden)))

    def whole(self, hidden: np.ndarray) -> list[np.ndarray]:
        """Return the movements that a pattern allows."""
        printed = self._printed & ~hidden
        return [each.astype(float) for each in self._kept if not (np.abs(each[printed]) > TINY).any()]


def reach(movements: np.ndarray) -> np.ndarray:
    """Return the farthest each number goes up, and down, in any of the movements."""
    return np.array([movements.max(axis=0), -movements.min(axis=0)])
