"""From what each number can be to what it gives away, in one plain sentence each."""

from dataclasses import dataclass, field

from coachdesk.returns.attack.findings import Code, Findings, Verdict, Violation
from coachdesk.returns.attack.form import Policy
from coachdesk.returns.attack.knots import Knot, Mode, Range, chosen_mode, knots
from coachdesk.returns.attack.knowledge import Knowledge, Target, named
from coachdesk.returns.attack.means import MeanTarget


@dataclass(slots=True)
class Judgement:
    """What was found so far."""

    violations: list[Violation] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    narrowest: int | None = None
    undecided: bool = False

    def findings(self) -> Findings:
        """Return the findings: any violation makes a release unsafe, whatever stayed undecided."""
        verdict: Verdict = "unsafe" if self.violations else "undecided" if self.undecided else "safe"
        return Findings(verdict, tuple(self.violations), tuple(self.notes), self.narrowest)


class Judge:
    """Asks for the values of each target and judges them against the policy."""

    def __init__(self, knowledge: Knowledge, mode: Mode) -> None:
        self._system = knowledge.system
        self._knowledge = knowledge
        self._policy: Policy = knowledge.policy
        self._mode = mode
        self._knots: dict[int, tuple[Knot, Mode]] = {}
        self._tie_knots()
        self.judgement = Judgement()

    def _tie_knots(self) -> None:
        """Put each group of unknowns into its own solver; raises Contradiction when one has no solution."""
        groups = knots(self._system)
        home = {number: place for place, group in enumerate(groups) for number in group}
        sums: list[list[int]] = [[] for _ in groups]
        for place, told in enumerate(self._system.sums):
            loose = next((number for number, _ in told.terms if number in home), None)
            if loose is not None:
                sums[home[loose]].append(place)
        for group, places in zip(groups, sums, strict=True):
            mode = chosen_mode(self._mode, len(group))
            knot = Knot(self._system, group, [self._system.sums[place] for place in places])
            knot.prove(mode)
            self._knots.update(dict.fromkeys(group, (knot, mode)))

    def _values(self, number: int, enough: int) -> Range:
        number = self._system.root(number)
        low, high = self._system.lows[number], self._system.highs[number]
        if number not in self._knots:
            return Range(low, high, 0 if high is None else high - low + 1)
        knot, mode = self._knots[number]
        return knot.ask(number, mode, enough)

    def judge(self, target: Target) -> None:
        """Judge one number."""
        cell = self._knowledge.cells.get((target.table, target.key))
        printed = cell is not None and cell.state == "printed" and not target.derived
        found = self._values(target.number, target.enough)
        if printed:
            if 1 <= found.low < self._policy.threshold:
                self._blame("SMALL", target, found)
            return
        if self._harmless(target, found):
            return
        if found.high is None or found.values >= target.enough:
            self._doubt(target, found)
            self._note_narrowest(found, target.enough)
            return
        self._note_narrowest(found, target.enough)
        self._blame(self._code(target, found), target, found)

    def _note_narrowest(self, found: Range, enough: int) -> None:
        """Keep the fewest values seen; a number without a limit is as wide as can be."""
        if found.high is None:
            return
        values = found.seen if found.seen >= enough else found.values
        known = self.judgement.narrowest
        self.judgement.narrowest = values if known is None else min(known, values)

    def _doubt(self, target: Target, found: Range) -> None:
        """Note when neither safety nor harm could be proven."""
        if not found.decided and found.seen < target.enough:
            self.judgement.undecided = True
            self.judgement.notes.append(
                f"It could not be decided how closely {target.about} can be worked out."
            )

    def _harmless(self, target: Target, found: Range) -> bool:
        """Whether the number cannot be small, or is surely zero where zero tells nothing."""
        if found.low >= self._policy.threshold:
            if found.low == found.high and not target.derived:
                self.judgement.notes.append(
                    f"SAFE_EXACT: {self._cell(target)} is {found.low}; it is not small."
                )
            return True
        if target.sensitive:
            return self._nobody(target)
        if found.high == 0:
            if not target.derived:
                self.judgement.notes.append(f"ZERO: {self._cell(target)} is 0.")
            return True
        return False

    def _nobody(self, target: Target) -> bool:
        """Whether the group behind a complement is surely empty."""
        return target.whole is not None and self._system.highs[self._system.root(target.whole)] == 0

    def _code(self, target: Target, found: Range) -> Code:
        if target.sensitive and (found.high == 0 or target.whole is not None):
            return "GROUP"
        if target.derived:
            return "DERIVED"
        return "EXACT" if found.low == found.high else "NARROW"

    def _cell(self, target: Target) -> str:
        return named(self._knowledge.tables[target.table], target.key)

    def _blame(self, code: Code, target: Target, found: Range) -> None:
        words = f"{target.about[0].upper()}{target.about[1:]}, {learnt(found)}."
        if code == "SMALL":
            words = f"{self._cell(target)} is printed as {found.low}, which is a small number of people."
        elif code == "GROUP" and found.high == 0:
            words = f"Everyone in the group is in {self._cell(target)}: a reader learns this of each of them."
        violation = Violation(code, target.table, target.key, found.low, found.high, words)
        self.judgement.violations.append(violation)

    def judge_mean(self, target: MeanTarget) -> None:
        """Judge one withheld mean over a group whose size can be worked out."""
        count = self._system.root(target.count)
        people = self._system.lows[count]
        if self._system.highs[count] != people or people == 0:
            return
        found = self._values(target.total, int(target.width * people) + 2)
        if found.high is None or (found.values - 1) / people >= target.width:
            return
        cell = named(self._knowledge.tables[target.table], target.key)
        words = (
            f"The mean of {cell} is withheld, but it must lie between "
            f"{found.low / people:g} and {found.high / people:g}."
        )
        violation = Violation("MEAN", target.table, target.key, found.low, found.high, words)
        self.judgement.violations.append(violation)


def learnt(found: Range) -> str:
    """Return what a reader learns, as the end of a sentence."""
    if found.low == found.high:
        return f"but it can be worked out: it is {found.low}"
    return f"but it can be narrowed down: it is between {found.low} and {found.high}"
