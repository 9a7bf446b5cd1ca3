"""Controlled rounding: every number a multiple of the base, near the true count, and everything still adds up.

Each number goes to one of the two multiples beside it, all tables together, so that the least is lost (disclosure.md 3.2). A
total over several periods is the sum of what was printed for each, and can be as far from its true count as those together.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from coachdesk.errors import Cancelled, Refusal
from coachdesk.returns.protection.cells import Frozen, Pack, Universe
from coachdesk.returns.tables import Cost, CountTable, Protected, Relation, Rounding, Rule

BASE = 5
SECONDS = 10.0
NODES = 200_000
WIDER = (
    0,
    1,
)  # how many multiples further off: where the nearest multiples cannot add up, those one further may serve
FEASIBLE = 2  # the solver's word for a solution that keeps every row
Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Rounded:
    """The tables as they may be printed, in the order given, and what that cost.

    ``mean_error`` and ``largest_error`` are how far the printed numbers are from the true counts: for the person who
    chooses, never for print. ``gap`` is how much of the error another choice could at most spare; 0 is the proof that
    none loses less.
    """

    tables: tuple[Protected, ...]
    cost: Cost
    mean_error: float
    largest_error: int
    gap: float


def round_to(
    tables: Sequence[CountTable],
    relations: Sequence[Relation],
    rule: Rule,
    *,
    base: int = BASE,
    frozen: Frozen | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    seconds: float = SECONDS,
) -> Rounded:
    """Return the tables rounded together, so that they add up wherever the true counts do.

    The same input gives the same numbers; only where ``seconds`` are over before the least error is proven is it the best
    known by then. ``frozen`` holds the cells of earlier releases: a number printed then, rounded or not, is printed again,
    and a mark stays a mark. Raises Refusal when the rest cannot be rounded beside those or is too far from them, Cancelled
    when ``cancelled`` says so, ValueError when the base does not hide the rule's small counts or the tables do not add up.
    """
    if base < rule.threshold:
        raise ValueError("a base below the threshold shows small counts")
    pack = Pack(tables, relations, frozen)
    kept = {pack.index[place]: value for place, value in (frozen or {}).items() if value is not None}
    if progress is not None:
        progress(0.0, "Rounding every number so that all tables add up")
    spreads = _spreads(pack, relations, base)
    reaches = [{number: spread + more * base for number, spread in spreads.items()} for more in WIDER]
    _require_near(pack, kept, reaches[-1])
    for reach in reaches:
        if any(abs(value - pack.cells[number].value) > reach[number] for number, value in kept.items()):
            continue
        found = _Rounding(pack, base, reach, kept, cancelled).solve(seconds)
        if found is not None:
            values, gap = found
            return _rounded(tables, pack, base, reach, values, gap)
    raise Refusal(
        "These tables cannot be rounded so that they add up beside what was printed before. "
        "Withhold small numbers instead, or leave a table out."
    )


def _spreads(pack: Pack, relations: Sequence[Relation], base: int) -> dict[int, int]:
    """Return how far each printed number may be from its true count: as far as its parts together."""
    sums = {
        pack.universes[relation.members[0]]: [pack.universes[part] for part in relation.members[1:]]
        for relation in relations
        if relation.kind == "sum"
    }
    found: dict[Universe, int] = {}

    def spread(universe: Universe, above: tuple[Universe, ...] = ()) -> int:
        if universe not in found:
            parts = [part for part in sums.get(universe, ()) if part not in (universe, *above)]
            found[universe] = sum(spread(part, (universe, *above)) for part in parts) or base - 1
        return found[universe]

    return {number: spread(pack.universes[table]) for (table, _), number in sorted(pack.index.items())}


def _require_near(pack: Pack, kept: Mapping[int, int], reach: Mapping[int, int]) -> None:
    """Raise Refusal when a number printed before is farther from today's count than rounding explains."""
    for number, value in kept.items():
        cell = pack.cells[number]
        if abs(value - cell.value) > reach[number]:
            raise Refusal(
                f"The count for {cell.words} has changed since it was issued. "
                "Issue the earlier return again with its changes, then this one."
            )


class _Rounding:
    """The choice of multiples as a program in whole numbers."""

    def __init__(
        self,
        pack: Pack,
        base: int,
        reach: Mapping[int, int],
        kept: Mapping[int, int],
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self._pack, self._base = pack, base
        self._cancelled = cancelled
        solver = highspy.Highs()
        options = {"output_flag": False, "threads": 1, "random_seed": 0, "mip_max_nodes": NODES}
        for option, value in options.items():
            solver.setOptionValue(option, value)
        solver.setOptionValue("mip_rel_gap", 0.0)
        self._solver = solver
        self._chosen = np.zeros(len(pack.cells), dtype=bool)
        for number, cell in enumerate(pack.cells):
            self._column(number, cell.value, reach.get(number, 0), kept.get(number))
        for row in pack.rows:
            # The numbers stand in the columns as counts or as multiples; what they sum to is what the counts do.
            rhs = float(sum(c * pack.cells[number].value for c, number in row))
            factors = [float(c * (base if self._chosen[number] else 1)) for c, number in row]
            places = np.array([number for _, number in row])
            solver.addRow(rhs, rhs, len(row), places, np.array(factors))
        for place in np.flatnonzero(self._chosen):
            self._price(int(place))
        solver.cbMipInterrupt.subscribe(self._ask)

    def _column(self, number: int, value: int, spread: int, kept: int | None) -> None:
        cell, base = self._pack.cells[number], self._base
        if kept is not None:
            self._solver.addVar(float(kept), float(kept))
        elif not cell.printed or cell.marked:
            self._solver.addVar(0.0, highspy.kHighsInf)
        else:
            # Nobody is printed where nobody is.
            low = max(0, -((spread - value) // base)) if value else 0
            high = (value + spread) // base if value else 0
            self._solver.addVar(float(low), float(high))
            self._solver.changeColIntegrality(number, highspy.HighsVarType.kInteger)
            self._chosen[number] = True

    def _price(self, number: int) -> None:
        """Add what a number loses: the weight times its distance from the true count."""
        cell = self._pack.cells[number]
        for sign in (1.0, -1.0):
            self._solver.addVar(0.0, highspy.kHighsInf)
            self._solver.changeColCost(self._solver.getNumCol() - 1, cell.importance)
            places = np.array([number, self._solver.getNumCol() - 1])
            low = -sign * cell.value
            self._solver.addRow(low, highspy.kHighsInf, 2, places, np.array([-sign * self._base, 1.0]))

    def _ask(self, event: highspy.HighsCallbackEvent) -> None:
        if self._stopped():
            event.interrupt()

    def _stopped(self) -> bool:
        return self._cancelled is not None and self._cancelled()

    def solve(self, seconds: float) -> tuple[dict[int, int], float] | None:
        """Return each printed number and the gap, None when they cannot add up; raises Cancelled."""
        self._solver.setOptionValue("time_limit", max(0.01, seconds))
        self._solver.run()
        if self._stopped():
            raise Cancelled
        if self._solver.getInfo().primal_solution_status != FEASIBLE:
            return None
        values = np.rint(np.array(self._solver.getSolution().col_value)).astype(int)
        values[: len(self._chosen)][self._chosen] *= self._base
        printed = {
            n: int(values[n]) for n, cell in enumerate(self._pack.cells) if cell.printed and not cell.marked
        }
        gap = float(self._solver.getInfo().mip_gap)
        return printed, gap if np.isfinite(gap) else 0.0


def _rounded(
    tables: Sequence[CountTable],
    pack: Pack,
    base: int,
    reach: Mapping[int, int],
    values: Mapping[int, int],
    gap: float,
) -> Rounded:
    protected = []
    for table in tables:
        numbers = {key: pack.index[table.id, key] for key in table.every_key()}
        spread = max(reach[number] for number in numbers.values())
        # A table issued before as it was counted stays exact.
        exact = all(
            pack.cells[n].fixed and values[n] == pack.cells[n].value for n in numbers.values() if n in values
        )
        protected.append(
            Protected(
                table=table,
                values={key: values.get(number) for key, number in numbers.items()},
                rounding=None if exact else Rounding(base, spread),
            )
        )
    errors = [abs(value - pack.cells[number].value) for number, value in values.items()]
    marked = [cell for cell in pack.cells if cell.marked]
    cost = Cost(
        cells=len(values) + len(marked),
        hidden=len(marked),
        margins_hidden=sum(cell.importance > 1 for cell in marked),
        zeros_hidden=sum(cell.value == 0 for cell in marked),
    )
    return Rounded(tuple(protected), cost, sum(errors) / max(1, len(errors)), max(errors, default=0), gap)
