"""Protecting all tables of a pack together: small counts, then enough others, then a check."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from coachdesk.errors import Cancelled, Refusal
from coachdesk.returns.protection.cells import MARGIN, Cell, Frozen, Pack
from coachdesk.returns.protection.growth import Demand, Growth
from coachdesk.returns.protection.proof import Weakness, weaknesses
from coachdesk.returns.protection.refining import Refined, Refinement, weight_of
from coachdesk.returns.tables import Cost, CountTable, Protected, Relation, Rule

ROUNDS = 6
SECONDS = 10.0  # for the optimum after the first answer (disclosure.md 5.1)
Progress = Callable[[float, str], None]


@dataclass(frozen=True, slots=True)
class Protection:
    """The tables as they may be printed, in the order given, and what that cost.

    ``primaries`` is how many numbers were small themselves: for our own checks, never for print.
    ``weight`` is what the pattern withholds, a total weighing more than a number inside a table. ``bound``
    is the least that any safe pattern withholds, as far as that is proven, and ``gap`` how much less than
    ``weight`` that is, as a share of it: 0 is the proof that none withholds less. Both are None where no
    refinement was tried.
    """

    tables: tuple[Protected, ...]
    cost: Cost
    primaries: int = field(repr=False)
    weight: float = 0.0
    bound: float | None = None
    gap: float | None = None


def protect(
    tables: Sequence[CountTable],
    relations: Sequence[Relation],
    rule: Rule,
    *,
    frozen: Frozen | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    seconds: float = SECONDS,
) -> Protection:
    """Return the tables with enough withheld that every small number can still take many values.

    A pattern is always found by linear programming, whatever the time, and is the same for the same
    tables, relations and rule. For at most ``seconds`` after that a cheaper one is looked for, up to the
    proof that there is none; with 0 not at all. A search that ends with the proof gives the same pattern
    again; one that the clock ends gives the best found by then, which a faster machine may better.

    ``frozen`` holds the cells of earlier releases: a number printed then stays printed, a mark stays a
    mark. Raises Refusal when that makes protection impossible, Cancelled when ``cancelled`` says so, and
    ValueError when the tables do not add up.
    """
    pack = Pack(tables, relations, frozen)
    _require_unchanged(pack, frozen or {})
    steps = _Steps(progress, cancelled)
    population = _small_population(pack, rule)
    primaries = [
        n for n, cell in enumerate(pack.cells) if 1 <= cell.value < rule.threshold and not cell.fixed
    ]
    first = {n for n in primaries if pack.cells[n].printed} | population
    first |= {n for n, cell in enumerate(pack.cells) if cell.marked}
    steps.start(0.0, 0.3, "Choosing which numbers to withhold")
    growth = Growth(pack, rule, first, steps.tick)
    lost = _meet(pack, growth, _demands(pack, rule))
    steps.start(0.3, 0.5, "Printing again what need not be withheld")
    growth.clean()
    demands = tuple(growth.proofs)
    _close(pack, rule, growth, steps, lost)
    refined = None if lost else _refined(pack, rule, growth, demands, steps, seconds)
    return _protection(tables, pack, growth.hidden, len(primaries), refined)


class _Steps:
    """How far the work is, as the person sees it; stops when they ask."""

    def __init__(self, progress: Progress | None, cancelled: Callable[[], bool] | None) -> None:
        self._progress = progress
        self._cancelled = cancelled
        self._from, self._to, self._words = 0.0, 0.0, ""
        self._done = 0.0

    def start(self, start: float, end: float, words: str) -> None:
        """Begin a step between two fractions of the whole."""
        self._from, self._to, self._words = start, end, words
        self.tick(0.0)

    def tick(self, fraction: float) -> None:
        """Report the part of the step that is done; raises Cancelled."""
        if self._cancelled is not None and self._cancelled():
            raise Cancelled
        if self._progress is not None:
            # A step can start over; what the person sees never goes back.
            self._done = max(self._done, self._from + (self._to - self._from) * fraction)
            self._progress(self._done, self._words)


def _require_unchanged(pack: Pack, frozen: Frozen) -> None:
    """Raise Refusal when a number printed earlier is different now."""
    for (table, key), value in frozen.items():
        cell = pack.cells[pack.index[table, key]]
        if value is not None and value != cell.value:
            raise Refusal(
                f"The count for {cell.words} has changed since it was issued. "
                "Issue the earlier return again with its changes, then this one."
            )


def _small_population(pack: Pack, rule: Rule) -> set[int]:
    """Return every number about a population that is itself below the threshold: nothing of it is printed."""
    people: dict[tuple[str, str], int] = {}
    for table in pack.tables.values():
        group = (table.period, table.universe)
        people[group] = max(people.get(group, 0), table.total)
    return {
        number
        for (table_id, _), number in pack.index.items()
        if 0 < people[pack.tables[table_id].period, pack.tables[table_id].universe] < rule.threshold
        and pack.cells[number].may_hide(rule)
    }


def _demands(pack: Pack, rule: Rule) -> list[Demand]:
    """Return what must stay possible for every small number, complement and difference."""
    demands: list[Demand] = []
    for number, cell in enumerate(pack.cells):
        if not cell.fixed and cell.tested and _small(pack, cell, rule):
            # From 1 to the width asked for; a sensitive complement of nobody starts at 0.
            top = rule.width - 1 if cell.value == 0 else rule.width
            if top > cell.value:
                demands.append(Demand(number, 1, top - cell.value))
            if cell.value > 1:
                demands.append(Demand(number, -1, cell.value - 1))
    return demands


def _small(pack: Pack, cell: Cell, rule: Rule) -> bool:
    if cell.value == 0:
        return cell.sensitive and (cell.whole is None or pack.cells[cell.whole].value > 0)
    return cell.value < rule.threshold


def _meet(pack: Pack, growth: Growth, demands: list[Demand]) -> set[int]:
    """Withhold what the demands need; raises Refusal when one cannot be met.

    Returns the marks of earlier releases, and differences with them, that cannot be helped any more: what was printed beside them is
    printed. Whether this return would add to what a reader knows of them is for the attack to find, which
    weighs the earlier releases alone against all of them together.
    """
    lost: set[int] = set()
    while True:
        failed = growth.meet([demand for demand in demands if demand.cell not in lost])
        if failed is None:
            return lost
        if not _beyond_help(pack, failed.cell):
            raise _cannot(pack.cells[failed.cell])
        lost.add(failed.cell)


def _beyond_help(pack: Pack, number: int) -> bool:
    """Whether a number hangs on what was printed before and not on what this return prints."""
    cell = pack.cells[number]
    history = any(other.fixed or other.marked for other in pack.cells)
    return cell.marked or (history and not cell.printed)


def _cannot(cell: Cell) -> Refusal:
    return Refusal(
        f"This return cannot be protected: {cell.words} could be worked out from what must be printed. "
        "Use wider groups, leave a table out, or join this period with the next."
    )


def _close(pack: Pack, rule: Rule, growth: Growth, steps: _Steps, lost: set[int]) -> None:
    """Check the pattern and withhold more until nothing can be pinned down; raises Refusal."""
    weak: list[Weakness] = []
    for turn in range(ROUNDS):
        steps.start(
            0.5 + 0.2 * turn / ROUNDS, 0.5 + 0.2 * (turn + 1) / ROUNDS, "Checking what could be worked out"
        )
        found = weaknesses(pack, rule, growth.hidden, growth.proofs.values(), steps.tick)
        weak = [each for each in found if each.cell not in lost]
        if not weak:
            return
        if turn == ROUNDS - 2:
            _give_up_tables(pack, rule, growth, weak)
        else:
            lost |= _strengthen(pack, rule, growth, weak)
    raise _cannot(pack.cells[weak[0].cell])


def _strengthen(pack: Pack, rule: Rule, growth: Growth, weak: list[Weakness]) -> set[int]:
    """Ask for the width each weak number lacks, and for one more neighbour where fractions fooled us."""
    before = set(growth.hidden)
    demands = [
        Demand(each.cell, 1, max(1, each.low + rule.width - 1 - pack.cells[each.cell].value)) for each in weak
    ]
    lost = _meet(pack, growth, demands)
    if growth.hidden == before:
        for each in weak:
            _hide_neighbour(pack, rule, growth, each.cell)
    return lost


def _hide_neighbour(pack: Pack, rule: Rule, growth: Growth, number: int) -> None:
    """Withhold the least missed printed number among those that add up with a weak one."""
    near = {n for row in pack.rows if any(other == number for _, other in row) for _, n in row}
    candidates = [
        n for n in near if pack.cells[n].printed and n not in growth.hidden and pack.cells[n].may_hide(rule)
    ]
    if candidates:
        growth.hide(min(candidates, key=lambda n: (pack.cells[n].weight, n)))


def _give_up_tables(pack: Pack, rule: Rule, growth: Growth, weak: list[Weakness]) -> None:
    """Withhold every number of the tables in which a weak one stands, as the last resort."""
    cells = {each.cell for each in weak}
    near = {n for row in pack.rows if any(other in cells for _, other in row) for _, n in row} | cells
    tables = {table for (table, _), number in pack.index.items() if number in near}
    for (table, _), number in pack.index.items():
        if table in tables and pack.cells[number].may_hide(rule):
            growth.hide(number)


def _refined(
    pack: Pack, rule: Rule, growth: Growth, demands: Sequence[Demand], steps: _Steps, seconds: float
) -> Refined | None:
    """Return the cheapest pattern found in the time, None where there is none to look for it.

    Not beside marks that earlier releases have given away: there the attack compares what each pattern
    tells, and the one that was found first is the one it has the most to say for.
    """
    steps.start(0.7, 1.0, "Looking for a way to withhold less")
    if growth.hidden == growth.needed:
        weight = weight_of(pack, growth.hidden)
        return Refined(frozenset(growth.hidden), weight, weight)
    if seconds <= 0:
        return None
    begun = time.monotonic()

    def left() -> float:
        return begun + seconds - time.monotonic()

    refinement = Refinement(
        pack,
        rule,
        needed=growth.needed,
        demands=demands,
        watch=lambda: steps.tick(min(1.0, 1.0 - left() / seconds)),
        left=left,
    )
    refined = refinement.refine(growth.hidden, growth.proofs.values())
    growth.hidden = set(refined.hidden)
    return refined


def _protection(
    tables: Sequence[CountTable], pack: Pack, hidden: set[int], primaries: int, refined: Refined | None
) -> Protection:
    protected = tuple(
        Protected(
            table=table,
            values={
                key: None if pack.index[table.id, key] in hidden else table.counts[key]
                for key in table.every_key()
            },
        )
        for table in tables
    )
    # A margin shared by many tables is one number, and costs the reader one number.
    printed = [cell for cell in pack.cells if cell.printed]
    withheld = [pack.cells[number] for number in sorted(hidden)]
    cost = Cost(
        cells=len(printed),
        hidden=len(withheld),
        margins_hidden=sum(cell.importance >= MARGIN for cell in withheld),
        zeros_hidden=sum(cell.value == 0 for cell in withheld),
    )
    return Protection(
        protected,
        cost,
        primaries,
        weight=weight_of(pack, hidden),
        bound=None if refined is None else refined.bound,
        gap=None if refined is None else refined.gap,
    )
