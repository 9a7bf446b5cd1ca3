"""Choosing which numbers to withhold beside the small ones: a linear-programming heuristic.

Fischetti and Salazar-González's cell suppression, solved one demand at a time: the cheapest way in which
the withheld numbers could be different so that a small one could have been 1, or as large as needed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import highspy
import numpy as np

from coachdesk.returns.protection.cells import Pack
from coachdesk.returns.tables import Rule

TINY = 1e-6  # movements below this are the solver's rounding


@dataclass(frozen=True, slots=True)
class Demand:
    """It must stay possible that a cell is ``need`` more (direction 1) or less (-1) than it is."""

    cell: int
    direction: int
    need: int


class Mover:
    """One linear program over how far each cell could be from its true value.

    Each cell has two columns, up and down. Withheld cells move free of cost, printed ones at a cost
    that becomes hiding them. Kept and changed rather than built again, so that it stays warm.
    """

    def __init__(self, pack: Pack, rule: Rule, hidden: set[int]) -> None:
        self._cells = pack.cells
        self._count = len(pack.cells)
        self._rule = rule
        self._values = np.array([cell.value for cell in pack.cells], dtype=float)
        self._room = np.array([cell.value - cell.floor for cell in pack.cells], dtype=float)
        solver = highspy.Highs()
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 0),
            ("presolve", "off"),
        ):
            solver.setOptionValue(option, value)
        solver.addVars(2 * self._count, np.zeros(2 * self._count), np.zeros(2 * self._count))
        for row in pack.rows:
            places = [number for _, number in row] + [number + self._count for _, number in row]
            coefficients = [float(c) for c, _ in row] + [-float(c) for c, _ in row]
            solver.addRow(0.0, 0.0, len(places), np.array(places), np.array(coefficients))
        self._solver = solver
        for number, cell in enumerate(pack.cells):
            free = number in hidden or not cell.printed
            (self.free if free else self.price)(number)

    def free(self, number: int) -> None:
        """Let a withheld cell move at no cost."""
        self._bounds(number, highspy.kHighsInf, self._room[number])
        self._cost(number, 0.0)

    def price(self, number: int) -> None:
        """Let a printed cell move at the price of hiding it, if it may be hidden."""
        cell = self._cells[number]
        if not cell.may_hide(self._rule):
            self._bounds(number, 0.0, 0.0)
            return
        self._bounds(number, highspy.kHighsInf, self._room[number])
        self._cost(number, cell.weight / max(1, min(cell.value, self._rule.threshold)))

    def hold(self, number: int) -> None:
        """Keep a printed cell where it is."""
        self._bounds(number, 0.0, 0.0)

    def _bounds(self, number: int, up: float, down: float) -> None:
        self._solver.changeColBounds(number, 0.0, up)
        self._solver.changeColBounds(number + self._count, 0.0, down)

    def _cost(self, number: int, cost: float) -> None:
        self._solver.changeColCost(number, cost)
        self._solver.changeColCost(number + self._count, cost)

    def move(self, demand: Demand) -> np.ndarray | None:
        """Return the cheapest movement that meets a demand on a withheld cell, None when there is none."""
        number, need = demand.cell, float(demand.need)
        up, down = (need, 0.0) if demand.direction > 0 else (0.0, need)
        self._solver.changeColBounds(number, up, up)
        self._solver.changeColBounds(number + self._count, down, down)
        self._solver.run()
        optimal = self._solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        columns = np.asarray(self._solver.getSolution().col_value) if optimal else None
        self._bounds(number, highspy.kHighsInf, self._room[number])
        return None if columns is None else columns[: self._count] - columns[self._count :]

    def mirrored(self, movement: np.ndarray) -> bool:
        """Whether the opposite movement is possible too."""
        return bool(np.all(movement <= self._room + TINY))


class Growth:
    """The growing set of withheld cells, and for each demand a movement that proves it is met."""

    def __init__(self, pack: Pack, rule: Rule, hidden: Iterable[int], tick: Callable[[float], None]) -> None:
        self._cells = pack.cells
        self._rule = rule
        self.hidden = set(hidden)
        self.needed = frozenset(self.hidden)
        self.proofs: dict[Demand, np.ndarray] = {}
        self._mover = Mover(pack, rule, self.hidden)
        self._tick = tick

    def meet(self, demands: Iterable[Demand]) -> Demand | None:
        """Withhold what the demands need; return the first that cannot be met, or None."""
        waiting = sorted(demands, key=lambda demand: (-demand.need, demand.cell, demand.direction))
        count = len(waiting)
        place = 0
        while place < len(waiting):
            self._tick(place / max(count, len(waiting)))
            demand = waiting[place]
            place += 1
            if demand in self.proofs:
                continue
            movement = self._mover.move(demand)
            if movement is not None:
                self._take(movement, waiting[place - 1 :])
                continue
            instead = self._instead(demand)
            if instead is None:
                return demand
            waiting.append(instead)
        return None

    def _instead(self, demand: Demand) -> Demand | None:
        """Return the same width further up, where a cell cannot come down as far as was asked."""
        if demand.direction > 0:
            return None
        reach = next(
            need
            for need in range(demand.need - 1, -1, -1)
            if need == 0 or self._mover.move(Demand(demand.cell, -1, need)) is not None
        )
        return Demand(demand.cell, 1, max(1, self._rule.width - 1 - reach))

    def _take(self, movement: np.ndarray, waiting: Iterable[Demand]) -> None:
        """Withhold what moved, and tick off every demand that this movement or its opposite meets."""
        for number in np.flatnonzero(np.abs(movement) > TINY):
            self.hide(int(number))
        self._tick_off(movement, waiting)

    def _tick_off(self, movement: np.ndarray, waiting: Iterable[Demand]) -> None:
        mirrored = self._mover.mirrored(movement)
        for demand in waiting:
            reach = movement[demand.cell] * demand.direction
            if demand in self.proofs:
                continue
            if reach >= demand.need - TINY:
                self.proofs[demand] = movement
            elif mirrored and -reach >= demand.need - TINY:
                self.proofs[demand] = -movement

    def hide(self, number: int) -> None:
        """Withhold a cell, unless it never stands in a table."""
        if self._cells[number].printed and number not in self.hidden:
            self.hidden.add(number)
            self._mover.free(number)

    def clean(self) -> None:
        """Print again every withheld cell that no demand needs, the most missed first."""
        printed = [number for number, cell in enumerate(self._cells) if cell.printed]
        for number in printed:
            if number not in self.hidden:
                self._mover.hold(number)
        extra = sorted(self.hidden - self.needed, key=lambda number: (-self._cells[number].weight, number))
        for number in extra:
            # A price steers the proofs away from what might be printed again.
            self._mover.price(number)
        for place, number in enumerate(extra):
            self._tick(place / len(extra))
            self._release(number)
        for number in printed:
            (self._mover.free if number in self.hidden else self._mover.price)(number)

    def _release(self, number: int) -> None:
        """Print one cell again if every demand can still be met without it."""
        affected = [demand for demand, proof in self.proofs.items() if abs(proof[number]) > TINY]
        before = {demand: self.proofs.pop(demand) for demand in affected}
        self._mover.hold(number)
        for demand in affected:
            if demand in self.proofs:
                continue
            movement = self._mover.move(demand)
            if movement is None:
                self.proofs.update(before)
                self._mover.price(number)
                return
            self._tick_off(movement, affected)
        self.hidden.discard(number)
