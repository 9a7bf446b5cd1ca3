"""The check inside: which withheld numbers a reader could still pin down, in whole numbers.

It looks at the finished pattern afresh. The attacker, which shares nothing with this, has the last word.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np

from coachdesk.returns.protection.cells import Cell, Pack
from coachdesk.returns.tables import Rule

WHOLE = 1e-6
AMPLE = 20_000  # how far above the truth a reader's guess is followed: far more than any width asked for
NODES = 5_000


@dataclass(frozen=True, slots=True)
class Weakness:
    """A withheld number that can take too few values, from ``low`` to ``high``."""

    cell: int
    low: int
    high: int


def weaknesses(
    pack: Pack,
    rule: Rule,
    hidden: set[int],
    movements: Iterable[np.ndarray],
    tick: Callable[[float], None],
) -> list[Weakness]:
    """Return the withheld numbers that can take too few values.

    Against the reader who takes no mark for a zero and, unless the rule shows every zero, against the
    one who allows zeros too.
    """
    unknown = [n for n, cell in enumerate(pack.cells) if n in hidden or not cell.printed]
    found: list[Weakness] = []
    certain = np.zeros(len(pack.cells), dtype=bool)
    for wary in (True, False):
        if not wary and rule.zeros == "published":
            break
        reader = Reader(pack, rule, unknown, hidden, wary=wary)
        reader.remember(movements)
        for place, number in enumerate(unknown):
            tick(place / len(unknown))
            if pack.cells[number].tested and not certain[number]:
                weakness = reader.judge(number)
                certain[number] = reader.wide(number)
                if weakness is not None:
                    found.append(weakness)
                    certain[number] = True
    return found


class Reader:
    """Someone holding the printed numbers; keeps the widest values seen for each unknown."""

    def __init__(
        self, pack: Pack, rule: Rule, unknown: Sequence[int], hidden: set[int], *, wary: bool
    ) -> None:
        self._cells = pack.cells
        self._rule = rule
        self._hidden = hidden
        self._values = np.array([cell.value for cell in pack.cells], dtype=float)
        self._lows = np.array([cell.floor if wary else 0 for cell in pack.cells], dtype=float)
        self._seen_lows, self._seen_highs = self._values.copy(), self._values.copy()
        self._home: dict[int, tuple[_Part, int]] = {}
        for numbers, rows in _parts(pack, unknown):
            part = _Part(self._values, self._lows, numbers, rows)
            self._home.update({number: (part, place) for place, number in enumerate(numbers)})

    def remember(self, movements: Iterable[np.ndarray]) -> None:
        """Take whole-number movements found before as seen."""
        for movement in movements:
            whole = np.rint(movement)
            if np.abs(whole - movement).max() < WHOLE:
                self._see(slice(None), self._values + whole)

    def _see(self, numbers: "slice | list[int]", values: np.ndarray) -> None:
        self._seen_lows[numbers] = np.minimum(self._seen_lows[numbers], values)
        self._seen_highs[numbers] = np.maximum(self._seen_highs[numbers], values)

    def wide(self, number: int) -> bool:
        """Whether enough values are known to be possible."""
        return bool(self._seen_highs[number] - self._seen_lows[number] + 1 >= self._rule.width)

    def judge(self, number: int) -> Weakness | None:
        """Return the weakness of one unknown, None when it is well enough hidden."""
        if number not in self._home:
            # An unknown bound to no other: nothing at all is known of it.
            return None
        part, place = self._home[number]
        if len(part.numbers) > 1:
            self._look(number, part, place)
        # An unknown alone in its sums is fixed by them: only its true value was ever seen.
        low, high = int(self._seen_lows[number]), int(self._seen_highs[number])
        if self.wide(number) or not self._matters(self._cells[number], low, high):
            return None
        return Weakness(number, low, high)

    def _look(self, number: int, part: "_Part", place: int) -> None:
        """Look for the most and the least an unknown can be, until it is known to be wide enough."""
        for sign in (1, -1):
            for solver in (part.fractions, part.integers):
                if self.wide(number):
                    return
                values, exact = part.reach(solver(), place, sign)
                if exact:
                    self._see(part.numbers, values)
                    break

    def _matters(self, cell: Cell, low: int, high: int) -> bool:
        """Whether values between these limits could be those of a small group."""
        if low >= self._rule.threshold:
            return False
        if not cell.sensitive:
            return high >= 1
        whole = cell.whole
        return whole is None or whole in self._hidden or self._cells[whole].value > 0


class _Part:
    """One group of unknowns that hang together, as linear and as whole-number programs."""

    def __init__(
        self,
        values: np.ndarray,
        lows: np.ndarray,
        numbers: list[int],
        rows: list[tuple[tuple[int, int], ...]],
    ) -> None:
        self.numbers = numbers
        self._lows = lows[numbers]
        self._highs = values[numbers] + AMPLE
        places = {number: place for place, number in enumerate(numbers)}
        self._rows = []
        for row in rows:
            loose = [(places[n], float(c)) for c, n in row if n in places]
            # Printed cells hold their true values, so the loose ones must sum to what they truly do.
            rhs = sum(c * values[numbers[place]] for place, c in loose)
            self._rows.append(([p for p, _ in loose], [c for _, c in loose], float(rhs)))
        self._fractions: highspy.Highs | None = None
        self._integers: highspy.Highs | None = None

    def fractions(self) -> highspy.Highs:
        """Return the program that allows fractions."""
        if self._fractions is None:
            self._fractions = self._solver()
            self._fractions.setOptionValue("presolve", "off")
        return self._fractions

    def integers(self) -> highspy.Highs:
        """Return the program in whole numbers."""
        if self._integers is None:
            self._integers = self._solver()
            count = len(self.numbers)
            kinds = np.full(count, highspy.HighsVarType.kInteger)
            self._integers.changeColsIntegrality(count, np.arange(count), kinds)
        return self._integers

    def _solver(self) -> highspy.Highs:
        solver = highspy.Highs()
        options = {"output_flag": False, "threads": 1, "random_seed": 0, "mip_max_nodes": NODES}
        for option, value in options.items():
            solver.setOptionValue(option, value)
        solver.setOptionValue("mip_rel_gap", 0.0)
        solver.addVars(len(self.numbers), self._lows, self._highs)
        for places, coefficients, rhs in self._rows:
            solver.addRow(rhs, rhs, len(places), np.array(places), np.array(coefficients))
        return solver

    @staticmethod
    def reach(solver: highspy.Highs, place: int, sign: int) -> tuple[np.ndarray, bool]:
        """Return a solution with the most (sign 1) or least of one unknown, and whether it is whole."""
        solver.changeColCost(place, 1.0)
        sense = highspy.ObjSense.kMaximize if sign > 0 else highspy.ObjSense.kMinimize
        solver.changeObjectiveSense(sense)
        solver.run()
        # Read before the cost is taken back, which makes the solver forget its answer.
        optimal = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        values = np.array(solver.getSolution().col_value)
        solver.changeColCost(place, 0.0)
        whole = np.rint(values)
        return whole, optimal and bool(np.abs(values - whole).max() < WHOLE)


def _parts(pack: Pack, unknown: Sequence[int]) -> list[tuple[list[int], list[tuple[tuple[int, int], ...]]]]:
    """Return the groups of unknowns that hang together, each with its rows."""
    leaders = {number: number for number in unknown}

    def leader(number: int) -> int:
        while leaders[number] != number:
            leaders[number] = leaders[leaders[number]]
            number = leaders[number]
        return number

    bound: list[tuple[int, tuple[tuple[int, int], ...]]] = []
    for row in pack.rows:
        loose = [number for _, number in row if number in leaders]
        for number in loose[1:]:
            one, other = leader(loose[0]), leader(number)
            leaders[max(one, other)] = min(one, other)
        if loose:
            bound.append((loose[0], row))
    rows: dict[int, list[tuple[tuple[int, int], ...]]] = {}
    for number, row in bound:
        rows.setdefault(leader(number), []).append(row)
    numbers: dict[int, list[int]] = {}
    for number in unknown:
        numbers.setdefault(leader(number), []).append(number)
    return [(numbers[first], rows[first]) for first in sorted(rows)]
