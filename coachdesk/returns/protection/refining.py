"""The cheapest safe pattern, and the proof that none is cheaper: what the heuristic found, refined while time remains.

The master problem chooses which numbers to withhold so that every cut found so far is met; the cuts come from the demands which
its choice does not meet. When none is left and the check inside finds nothing either, the choice is proven to be the cheapest.
"""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

import highspy
import numpy as np

from coachdesk.errors import Cancelled
from coachdesk.returns.protection.cells import Pack
from coachdesk.returns.protection.cuts import Cut, Movements, Separator
from coachdesk.returns.protection.growth import TINY, Demand
from coachdesk.returns.protection.proof import Weakness, weaknesses
from coachdesk.returns.tables import Rule

PROVEN = 1e-6  # of the weight: nearer than this the solver's own tolerance decides
ROWS = 20_000  # beside the clock: the most that the master is told
NODES = 200_000
SLACK = 0.1  # early choices need not be the cheapest: they only have to show what is lacking
LEAST_SLACK = 0.002
FEASIBLE = 2  # the solver's word for a solution that keeps every row
HALF = 0.5


@dataclass(frozen=True, slots=True)
class Refined:
    """The best pattern known, its weight, and the least weight that any safe pattern has."""

    hidden: frozenset[int]
    weight: float
    bound: float

    @property
    def gap(self) -> float:
        """How much lighter a pattern could at most be, as a share of this one's weight."""
        if self.weight <= 0 or self.weight - self.bound <= PROVEN * self.weight:
            return 0.0
        return (self.weight - self.bound) / self.weight


def weight_of(pack: Pack, hidden: Iterable[int]) -> float:
    """Return what a pattern costs the reader."""
    return sum(pack.cells[number].weight for number in sorted(hidden))


class Master:
    """The choice of what to withhold beside what must be, as a program in whole numbers."""

    def __init__(self, weights: dict[int, float], stopped: Callable[[], bool]) -> None:
        self._numbers = sorted(weights)
        self._places = {number: place for place, number in enumerate(self._numbers)}
        self._said: set[Cut] = set()
        self.rows = 0
        count = len(self._numbers)
        solver = highspy.Highs()
        for option, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 0),
            ("mip_max_nodes", NODES),
        ):
            solver.setOptionValue(option, value)
        solver.addVars(count, np.zeros(count), np.ones(count))
        solver.changeColsCost(
            count, np.arange(count), np.array([weights[number] for number in self._numbers])
        )
        kinds = np.full(count, highspy.HighsVarType.kInteger)
        solver.changeColsIntegrality(count, np.arange(count), kinds)
        self._solver = solver
        self._stopped = stopped
        for event in (solver.cbMipInterrupt, solver.cbSimplexInterrupt):
            event.subscribe(self._ask)

    def _ask(self, event: highspy.HighsCallbackEvent) -> None:
        if self._stopped():
            event.interrupt()

    def say(self, cut: Cut) -> None:
        """Add a cut, once."""
        if cut in self._said:
            return
        self._said.add(cut)
        self.rows += 1
        places = np.array([self._places[number] for number in cut.numbers])
        self._solver.addRow(1.0, highspy.kHighsInf, len(places), places, np.array(cut.shares))

    def avoid(self, inside: Iterable[int], around: Iterable[int]) -> None:
        """Ask for one of ``around`` to be withheld, or one of ``inside`` not to be."""
        kept = [self._places[number] for number in inside if number in self._places]
        added = [self._places[number] for number in around if number in self._places]
        self.rows += 1
        coefficients = [-1.0] * len(kept) + [1.0] * len(added)
        self._solver.addRow(
            1.0 - len(kept),
            highspy.kHighsInf,
            len(coefficients),
            np.array([*kept, *added], dtype=int),
            np.array(coefficients),
        )

    def choose(self, seconds: float, slack: float) -> tuple[set[int] | None, float]:
        """Return a choice at most ``slack`` dearer than the cheapest, and the weight below which none is.

        The choice is None when there was no time for one.
        """
        self._solver.setOptionValue("mip_rel_gap", slack)
        # The solver counts the time of all its runs together.
        self._solver.setOptionValue("time_limit", self._solver.getRunTime() + max(0.01, seconds))
        self._solver.run()
        bound = float(self._solver.getInfo().mip_dual_bound)
        values = np.array(self._solver.getSolution().col_value)
        if self._solver.getInfo().primal_solution_status != FEASIBLE:
            return None, bound
        return {self._numbers[place] for place in np.flatnonzero(values > HALF)}, bound


class _Over(Exception):
    """The time is over in the middle of a check."""


class Refinement:
    """The search for the cheapest safe pattern, from a safe one that is known."""

    def __init__(
        self,
        pack: Pack,
        rule: Rule,
        *,
        needed: Collection[int],
        demands: Iterable[Demand],
        watch: Callable[[], None],
        left: Callable[[], float],
    ) -> None:
        self._pack, self._rule = pack, rule
        self._needed = frozenset(needed)
        self._optional = {
            number: cell.weight
            for number, cell in enumerate(pack.cells)
            if cell.printed and number not in self._needed and cell.may_hide(rule)
        }
        self._demands = sorted(demands, key=lambda demand: (-demand.need, demand.cell, demand.direction))
        self._base = weight_of(pack, self._needed)
        self._watch, self._left = watch, left
        self._cancelled: Cancelled | None = None
        self._master = Master(self._optional, self._stopped)
        self._separator = Separator(pack, self._needed, self._optional)
        self._movements = Movements(pack)

    def _stopped(self) -> bool:
        """Whether the solver should stop in the middle of its work; what the person asked is told after."""
        try:
            self._watch()
        except Cancelled as cancelled:
            self._cancelled = cancelled
        return self._cancelled is not None or self._left() <= 0

    def _go_on(self) -> None:
        """Raise Cancelled when the person stopped the work, and _Over when its time is over."""
        if self._stopped():
            raise self._cancelled or _Over

    def _weight(self, chosen: Iterable[int]) -> float:
        return self._base + weight_of(self._pack, chosen)

    def refine(self, hidden: Collection[int], movements: Iterable[np.ndarray]) -> Refined:
        """Return the cheapest safe pattern found until the time is over; never one dearer than ``hidden``.

        Raises Cancelled.
        """
        best = frozenset(hidden) - self._needed
        weight, bound = self._weight(best), self._base
        for movement in movements:
            self._movements.keep(movement)
        slack = SLACK
        while weight - bound > PROVEN * weight and self._master.rows <= ROWS:
            said = self._master.rows
            chosen, least = self._master.choose(self._left(), slack)
            bound = min(weight, max(bound, self._base + least))
            try:
                self._go_on()
                if chosen is None:
                    break
                met = self._separate(chosen)
                if self._weight(met) < weight - TINY and self._safe(met):
                    best, weight = met, self._weight(met)
            except _Over:
                break
            if self._master.rows == said:
                if slack <= 0.0:
                    # Nothing new was said: the solver's tolerance hides what is left.
                    break
                slack = slack / 4 if slack > LEAST_SLACK else 0.0
        return Refined(best | self._needed, weight, bound)

    def _mask(self, chosen: Iterable[int]) -> np.ndarray:
        mask = np.zeros(len(self._pack.cells), dtype=bool)
        mask[[*self._needed, *chosen]] = True
        return mask

    def _separate(self, chosen: Collection[int]) -> frozenset[int]:
        """Tell the master what the choice lacks; return the choice with enough added to meet every demand.

        Raises Cancelled, _Over.
        """
        added = set(chosen)
        self._separator.show(added)
        reached = self._movements.reached(self._mask(chosen))
        for demand in self._demands:
            self._go_on()
            side = 0 if demand.direction > 0 else 1
            while reached[side, demand.cell] < demand.need - TINY:
                movement, cut = self._separator.most(demand)
                if cut is None:
                    np.maximum(reached, self._movements.keep(movement), out=reached)
                    break
                added.add(self._say(cut))
        return frozenset(added)

    def _say(self, cut: Cut) -> int:
        """Tell the master a cut; return the number that answers it at the least price, which may move now."""
        self._master.say(cut)
        cheapest = min(
            zip(cut.numbers, cut.shares, strict=True),
            key=lambda each: (self._optional[each[0]] / each[1], each[0]),
        )[0]
        self._separator.release(cheapest)
        return cheapest

    def _safe(self, chosen: frozenset[int]) -> bool:
        """Whether nothing can be pinned down in whole numbers; the master is told where something can.

        Raises Cancelled, _Over.
        """
        hidden = {*chosen, *self._needed}
        movements = self._movements.whole(self._mask(chosen))
        weak = weaknesses(self._pack, self._rule, hidden, movements, lambda _: self._go_on())
        for each in weak:
            self._forbid(each, hidden)
        return not weak

    def _forbid(self, weak: Weakness, hidden: set[int]) -> None:
        """Ask for another pattern around a number that is too narrow in this one.

        With fewer withheld it would be narrower still. One that is small stays a disclosure then; a larger one might become
        plainly large, so there only this very pattern is ruled out.
        """
        inside, around = surroundings(self._pack, hidden, weak.cell)
        small = self._pack.cells[weak.cell].value < self._rule.threshold
        self._master.avoid(() if small else sorted(inside), sorted(around))


def surroundings(pack: Pack, hidden: Collection[int], number: int) -> tuple[set[int], set[int]]:
    """Return the unknown numbers that hang together with one, and the printed ones they add up with."""
    touching: dict[int, list[int]] = {}
    for place, row in enumerate(pack.rows):
        for _, each in row:
            touching.setdefault(each, []).append(place)
    inside, around, waiting = {number}, set[int](), [number]
    while waiting:
        for place in touching.get(waiting.pop(), ()):
            for _, each in pack.rows[place]:
                if each in hidden or not pack.cells[each].printed:
                    if each not in inside:
                        inside.add(each)
                        waiting.append(each)
                else:
                    around.add(each)
    return inside, around
