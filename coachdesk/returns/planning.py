"""The plan of a return before anything is computed: what this many people can carry, and what to do instead.

Nothing is protected yet and no table is counted: only people are, once for each figure (disclosure.md 5.2).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import prod

from sqlalchemy.orm import Session

from coachdesk.returns.breakdowns import Breakdown
from coachdesk.returns.catalogue import catalogue_of
from coachdesk.returns.counting import Counting, Measure
from coachdesk.returns.expected import Expectation, read_expectation
from coachdesk.returns.layouts import layout_of
from coachdesk.returns.lines import counts
from coachdesk.returns.planner import COARSE_FROM, ONE_WAY_FROM, Level, level
from coachdesk.returns.prepare import basis_of, every_breakdown
from coachdesk.returns.tables import in_a_sentence
from coachdesk.returns.wishes import ReturnWish
from coachdesk.vault.room_to_count import room_to_count

PRINT, MERGE, DROP, POOL = "print", "merge", "drop", "pool"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    """One table before it is computed; ``wide_share`` is None where nobody has drawn wider bands for it."""

    table: str
    title: str
    people: int
    inner: int
    share: float
    wide_share: float | None
    verdict: str
    words: str

    @property
    def people_each(self) -> float:
        """Return how many people stand in an inner cell on average."""
        return self.people / self.inner


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a return would hold, and which figures are too small to be divided at all."""

    threshold: int
    lines: tuple[PlanLine, ...]
    held: tuple[str, ...]
    source: str

    @property
    def expected_share(self) -> float:
        """Return the share of all inner cells that will be withheld, more or less."""
        inner = sum(line.inner for line in self.lines)
        return sum(line.share * line.inner for line in self.lines) / inner if inner else 0.0


def planned(session: Session, wish: ReturnWish) -> Plan:
    """Return the plan of a return; raises Refusal for a programme that cannot be reported on."""
    catalogue = catalogue_of(session)
    basis = basis_of(session, wish, catalogue)
    layout = layout_of(session, basis.programme.id)
    with room_to_count(session):
        found = layout.kept(counts(session, basis.scope, catalogue, basis.threshold))
        headings = layout.headings(every_breakdown(session, basis.scope))
    counting = Counting(
        period=wish.period.key, threshold=basis.threshold, breakdowns=headings, crossed=layout.crossed
    )
    return plan_of(counting, found.measures, read_expectation())


def plan_of(counting: Counting, measures: Sequence[Measure], expectation: Expectation) -> Plan:
    """Return the plan for these figures and breakdowns."""
    lines: list[PlanLine] = []
    held: list[str] = []
    for measure in measures:
        allowed = level(len(measure.people), counting.threshold)
        lines += _lines(counting, measure, expectation)
        if measure.people and allowed < Level.ONE_WAY:
            held.append(_held_words(measure, allowed, counting.threshold))
    return Plan(threshold=counting.threshold, lines=tuple(lines), held=tuple(held), source=expectation.source)


def _lines(counting: Counting, measure: Measure, expectation: Expectation) -> Iterator[PlanLine]:
    for by in counting.divisions(measure):
        people, headings = len(measure.people), _headings(by)
        share = expectation.share(people, headings, counting.threshold)
        wide = by[0].coarse if len(by) == 1 else None
        wide_share = expectation.share(people, _headings((wide,)), counting.threshold) if wide else None
        verdict = _verdict(share, wide_share, expectation, directions=len(by))
        yield PlanLine(
            table=f"{measure.id}-by-{'-and-'.join(each.name for each in by)}",
            title=f"{measure.title} by {' and '.join(in_a_sentence(each.dimension.title) for each in by)}",
            people=people,
            inner=prod(headings),
            share=share,
            wide_share=wide_share,
            verdict=verdict,
            words=_words(verdict, share, wide_share),
        )


def _headings(by: Sequence[Breakdown]) -> tuple[int, ...]:
    return tuple(len(each.dimension.labels) for each in by)


def _verdict(share: float, wide_share: float | None, expectation: Expectation, *, directions: int) -> str:
    if share < expectation.warn_at:
        return PRINT
    if wide_share is not None and wide_share < share:
        return MERGE
    if share < expectation.advise_against_at:
        return PRINT
    return DROP if directions > 1 else POOL


def _words(verdict: str, share: float, wide_share: float | None) -> str:
    """Return what to do, with what to expect of it."""
    expected = f"About {share:.0%} would be withheld"
    if verdict == MERGE:
        return f"{expected}. In wider bands it would be about {wide_share:.0%}."
    if verdict == DROP:
        return f"{expected}. Leave the pair out: each breakdown by itself shows more."
    if verdict == POOL:
        return f"{expected}. A longer period, two quarters together for example, would show more; or leave it out."
    return f"{expected}." if round(share, 2) else "Little or nothing would be withheld."


def _held_words(measure: Measure, allowed: Level, threshold: int) -> str:
    people = len(measure.people)
    if allowed is Level.NOTHING:
        return (
            f"{measure.title}: fewer than {threshold} people, so not even the total is printed. Join this period with "
            "another."
        )
    if allowed is Level.TOTAL:
        return (
            f"{measure.title}: {people} people carry the total only. From {COARSE_FROM} people it is divided by a few "
            "wide headings; a longer period brings more."
        )
    return (
        f"{measure.title}: {people} people carry a few wide headings. From {ONE_WAY_FROM} people every breakdown is "
        "printed; a longer period brings more."
    )
