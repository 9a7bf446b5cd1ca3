"""From people to tables of true counts, and the ties between them that a reader could know."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, pairwise, product
from uuid import UUID

from coachdesk.returns.breakdowns import NOT_STATED, Breakdown
from coachdesk.returns.indicators.found import PEOPLE, Found
from coachdesk.returns.planner import Level, fine_enough, level
from coachdesk.returns.tables import CountTable, Dimension, Key, Relation, Term, in_a_sentence
from coachdesk.returns.widening import Band, bands_of, mixed_ties, widened

OUTCOME = "outcome"
HEADINGS = "headings"
ALL_JOBS = "all-job-starts"
JOB_STARTERS = ("first-job-starts", "in-work-job-starts")
PAY = "pay-adequacy-split"
JOB_SPLITS = (
    PAY,
    "different-employers-split",
    "different-occupations-split",
    "competitive-jobs-split",
    "permanent-jobs-split",
)
"""Divisions of the jobs that began: each adds up to the same number of jobs."""
REFERRAL_SPLITS = ("onward-referrals-split", "onward-referrals-by-type-split")
"""Divisions of the referrals on: each adds up to the same number of referrals."""
REFERRED_PEOPLE = "service-use-split"
"""Divides the people supported; under its first heading stand those who were referred on."""
TWO_WAY = (("sex", "disability"), ("sex", "age"))
TIED_BY_DEFINITION = frozenset(
    frozenset(pair)
    for pair in (
        ("starts", "reach"),
        ("active-caseload", "reach"),
        ("first-job-starts", "reach"),
        ("first-job-starts", "employment-rate-split"),
        ("employment-rate-split", "reach"),
        ("cohort-rate-6-split", "cohort-rate-9-split"),
        ("cohort-rate-6-split", "cohort-rate-12-split"),
        ("cohort-rate-9-split", "cohort-rate-12-split"),
        ("starts", "referral-to-start-split"),
        ("starts", "first-employer-contact-split"),
        ("referral-to-start-split", "first-employer-contact-split"),
        ("active-caseload", "retention-share-split"),
        ("reach", "service-use-split"),
    )
)
"""Measures whose definitions tell a reader that one lies within the other. A nesting that only happens to hold
among these people is not public: stating it would itself tell something about them."""


RULES = "rule-"
"""Funders' rules of sustained work divide the people supported in the period."""


def tables_of(relation: Relation) -> set[str]:
    """Return the ids of the tables that a tie speaks of."""
    return {*relation.members, *(table for _, table, _ in relation.terms)}


def could_know(one: str, other: str) -> bool:
    """Return whether a reader who knows the definitions could set two measures against each other."""
    if one == other or frozenset((one, other)) in TIED_BY_DEFINITION:
        return True
    of_rules = [each for each in (one, other) if each.startswith(RULES)]
    return len(of_rules) > 1 or bool(of_rules and {one, other} & {"reach", "service-use-split"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """People who are counted once, under one name, and divided as far as their number allows."""

    id: str
    title: str
    people: frozenset[UUID]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Tables of true counts with their ties, and the people behind every headline number.

    ``wider`` holds the same counts in wider bands, by the table they could stand in for, and ``spare`` the
    ties that hold once they do; ``bands`` says which headings make up which, by the name of the wider breakdown.
    """

    tables: tuple[CountTable, ...]
    relations: tuple[Relation, ...]
    populations: Mapping[tuple[str, Key], frozenset[UUID]]
    wider: Mapping[str, CountTable] = field(default_factory=dict[str, CountTable])
    spare: tuple[Relation, ...] = ()
    bands: Mapping[str, Band] = field(default_factory=dict[str, Band])


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """Builds the tables of one return."""

    period: str
    threshold: int
    breakdowns: Sequence[Breakdown]
    crossed: Sequence[tuple[str, str]] = TWO_WAY
    """Which pairs of breakdowns are set against each other, by their names."""

    def count(
        self,
        measures: Sequence[Measure],
        splits: Sequence[tuple[str, Found]],
        headlines: Sequence[tuple[str, Found]] = (),
    ) -> Counted:
        """Return every table the planner allows, and the ties between them.

        ``headlines`` are numbers of events, printed without a breakdown.
        """
        tables: list[CountTable] = []
        relations: list[Relation] = []
        populations: dict[tuple[str, Key], frozenset[UUID]] = {}
        for measure in measures:
            tables += self._measure(measure)
            populations[measure.id, ()] = measure.people
            relations += _headings_ties(measure.id, tables)
        quiet = self._jobs_that_tell(measures, headlines)
        for title, found in headlines:
            if self.may_print(found) and found.id not in quiet:
                tables.append(self._count_table(found.id, title, found.id, (), {(): found.number}))
        for title, found in splits:
            if self.may_print(found) and f"{found.id}-split" not in quiet:
                table = self._split(title, found)
                tables.append(table)
                populations.update(_split_populations(table, found))
        bands = bands_of(self.breakdowns)
        relations += self._nested(measures, bands)
        relations += self._near(populations)
        relations += _job_ties({table.id: table for table in tables})
        stand_ins = ((table.id, widened(table, bands.values())) for table in tables)
        wider = {fine: wide for fine, wide in stand_ins if wide is not None}
        known = {table.id for table in tables}
        every = known | {table.id for table in wider.values()}
        return Counted(
            tables=tuple(tables),
            relations=tuple(each for each in relations if tables_of(each) <= known),
            populations=populations,
            wider=wider,
            spare=tuple(
                each for each in relations if tables_of(each) <= every and not tables_of(each) <= known
            ),
            bands=bands,
        )

    def _jobs_that_tell(
        self, measures: Sequence[Measure], headlines: Sequence[tuple[str, Found]]
    ) -> frozenset[str]:
        """Return the tables of jobs to leave out because they would cost the first job starts.

        All jobs less the people who started one are second and parallel jobs. Where those are few, one of
        the numbers must be withheld, and people moving into work is what a return is for.
        """
        starters = {measure.id: len(measure.people) for measure in measures if measure.id in JOB_STARTERS}
        for _, found in headlines:
            left = found.number - sum(starters.values())
            if found.id == ALL_JOBS and any(0 < n < self.threshold for n in (left, *starters.values())):
                return frozenset({ALL_JOBS, *JOB_SPLITS})
        return frozenset()

    def may_print(self, found: Found) -> bool:
        """Return whether a divided base may be printed.

        Events are hidden by their number, so a number of events large enough to print must stand for
        enough people too: six jobs of one person are one person.
        """
        if found.unit == PEOPLE:
            return found.base > 0
        groups = [(group.number, len(group.clients)) for group in found.groups]
        groups.append((found.base, len(found.base_people)))
        return found.base > 0 and all(
            number < self.threshold or clients >= self.threshold for number, clients in groups
        )

    def divisions(self, measure: Measure) -> Iterator[tuple[Breakdown, ...]]:
        """Give every breakdown, or pair of them, that so many people can carry, in the order of the pack."""
        allowed = level(len(measure.people), self.threshold)
        if allowed >= Level.ONE_WAY:
            yield from ((breakdown,) for breakdown in self.breakdowns)
        elif allowed is Level.COARSE:
            yield from ((found,) for found in self._coarse())
        if allowed >= Level.TWO_WAY:
            yield from self._pairs(measure)

    def _measure(self, measure: Measure) -> list[CountTable]:
        tables = [self._table(measure, ())]
        for by in self.divisions(measure):
            tables.append(self._table(measure, by))
            if len(by) == 1 and level(len(measure.people), self.threshold) >= Level.ONE_WAY:
                tables += self._headings(measure, by[0])
        return tables

    def _coarse(self) -> list[Breakdown]:
        return [
            breakdown.coarse or breakdown
            for breakdown in self.breakdowns
            if breakdown.coarse is not None or breakdown.may_be_small
        ]

    def _pairs(self, measure: Measure) -> Iterator[tuple[Breakdown, Breakdown]]:
        by_name = {breakdown.name: breakdown for breakdown in self.breakdowns}
        for first, second in self.crossed:
            if {first, second} <= by_name.keys():
                one, other = by_name[first], by_name[second]
                if fine_enough(len(measure.people), len(one.dimension.labels) * len(other.dimension.labels)):
                    yield one, other

    def _table(self, measure: Measure, by: tuple[Breakdown, ...]) -> CountTable:
        dims = tuple(breakdown.dimension for breakdown in by)
        cells: dict[Key, frozenset[UUID]] = {(): measure.people}
        for breakdown in by:
            cells = {
                (*key, label): breakdown.among(people, label)
                for key, people in cells.items()
                for label in breakdown.dimension.every_label
            }
        counts = {key: len(people) for key, people in cells.items()}
        names = " and ".join(in_a_sentence(dimension.title) for dimension in dims)
        return self._count_table(
            "-".join((measure.id, *(("by",) if by else ()), "-and-".join(each.name for each in dims))).strip(
                "-"
            ),
            f"{measure.title} by {names}" if by else measure.title,
            measure.id,
            dims,
            counts,
        )

    def _count_table(
        self, table_id: str, title: str, measure: str, dims: tuple[Dimension, ...], counts: Mapping[Key, int]
    ) -> CountTable:
        every = product(*(dimension.every_label for dimension in dims))
        return CountTable(
            id=table_id,
            title=title,
            measure=measure,
            period=self.period,
            universe=measure,
            dims=dims,
            counts={key: counts.get(key, 0) for key in every},
        )

    def _headings(self, measure: Measure, breakdown: Breakdown) -> list[CountTable]:
        """Return how many people stand under one heading and under more, where they can be under several."""
        if breakdown.dimension.kind == "partition":
            return []
        one, more = f"One {breakdown.heading}", f"More than one {breakdown.heading}"
        several_of = _several_of(breakdown)
        dimension = Dimension(
            name=f"{breakdown.name}-{HEADINGS}",
            title=f"{several_of} given",
            labels=(one, more, NOT_STATED),
        )
        stated, several = measure.people & breakdown.stated, measure.people & breakdown.several
        counts: dict[Key, int] = {
            (one,): len(stated) - len(several),
            (more,): len(several),
            (NOT_STATED,): len(measure.people) - len(stated),
            (dimension.total_label,): len(measure.people),
        }
        return [
            self._count_table(
                f"{measure.id}-by-{dimension.name}",
                f"{measure.title} by number of {in_a_sentence(several_of)}",
                measure.id,
                (dimension,),
                counts,
            )
        ]

    def _split(self, title: str, found: Found) -> CountTable:
        dimension = Dimension(name=OUTCOME, title="Outcome", labels=tuple(g.label for g in found.groups))
        counts: dict[Key, int] = {(group.label,): group.number for group in found.groups}
        counts[(dimension.total_label,)] = found.base
        return self._count_table(f"{found.id}-split", title, f"{found.id}-split", (dimension,), counts)

    def _nested(self, measures: Sequence[Measure], bands: Mapping[str, Band]) -> list[Relation]:
        """Return the ties between measures of which one lies wholly within the other."""
        relations: list[Relation] = []
        for one, other in combinations(measures, 2):
            if not one.people or not other.people or not could_know(one.id, other.id):
                continue
            if one.people <= other.people:
                part, whole = one, other
            elif other.people < one.people:
                part, whole = other, one
            else:
                continue
            relations.append(Relation.subset(part.id, whole.id))
            relations += mixed_ties(part.id, whole.id, bands.values())
        return relations

    def _near(self, populations: Mapping[tuple[str, Key], frozenset[UUID]]) -> list[Relation]:
        """Tie headline numbers whose people are the same, or differ by so few that the difference tells.

        Two measures are tied as tables already.
        """
        relations: list[Relation] = []
        for (one, one_people), (other, other_people) in combinations(populations.items(), 2):
            if one[0] == other[0] or not (one[1] or other[1]) or not one_people or not other_people:
                continue
            if not could_know(one[0], other[0]):
                continue
            part, whole = (one, other) if one_people <= other_people else (other, one)
            inside, outside = populations[part], populations[whole]
            if not inside <= outside or len(outside) - len(inside) >= 2 * self.threshold:
                continue
            same = inside == outside
            terms = [(1, *whole), (-1, *part)]
            relations.append(Relation.linear(terms, op="==" if same else ">=", protect=not same))
        return relations


def _several_of(breakdown: Breakdown) -> str:
    """Return what the labels are called together: “Eligibility reasons”, “Answers to Languages spoken”."""
    title = breakdown.dimension.title
    if title.casefold().endswith(breakdown.heading):
        return f"{title}s"
    return f"{breakdown.heading.capitalize()}s to {title}"


def _job_ties(tables: Mapping[str, CountTable]) -> list[Relation]:
    """Tie the number of jobs to the people who started them: what is left are second and parallel jobs.

    Every division of the jobs that began adds up to the same number, and every division of the referrals on.
    """
    relations: list[Relation] = []
    every = tables.get(ALL_JOBS)
    if every is not None:
        people = [tables[each] for each in JOB_STARTERS if each in tables]
        left = every.total - sum(table.total for table in people)
        if left >= 0:
            terms: list[Term] = [(1, ALL_JOBS, ()), *((-1, table.id, ()) for table in people)]
            relations.append(Relation.linear(terms, op=">=", protect=True))
    relations += _second_referrals(tables)
    for family in ((ALL_JOBS, *JOB_SPLITS), REFERRAL_SPLITS):
        alike = [tables[each] for each in family if each in tables]
        relations += [
            Relation.linear([(1, one.id, one.total_key), (-1, other.id, other.total_key)])
            for one, other in pairwise(alike)
            if one.total == other.total
        ]
    return relations


def _second_referrals(tables: Mapping[str, CountTable]) -> list[Relation]:
    """Tie the number of referrals on to the people who were referred: what is left are second referrals of somebody."""
    events, people = tables.get(REFERRAL_SPLITS[0]), tables.get(REFERRED_PEOPLE)
    if events is None or people is None:
        return []
    referred = (people.dims[0].labels[0],)
    return [
        Relation.linear([(1, events.id, events.total_key), (-1, people.id, referred)], op=">=", protect=True)
    ]


def _headings_ties(measure: str, tables: Iterable[CountTable]) -> list[Relation]:
    """Tie the number of headings to the headings: the same not stated, and at least two for the others."""
    relations: list[Relation] = []
    for table in tables:
        names = [dimension.name for dimension in table.dims]
        if table.measure != measure or len(names) != 1 or not names[0].endswith(f"-{HEADINGS}"):
            continue
        detail = table.id.removesuffix(f"-{HEADINGS}")
        labels = next(each.dims[0].labels for each in tables if each.id == detail)
        stated = [(1, detail, (label,)) for label in labels if label != NOT_STATED]
        one, more, _ = table.dims[0].labels
        relations += [
            Relation.linear([(1, detail, (NOT_STATED,)), (-1, table.id, (NOT_STATED,))]),
            Relation.linear([*stated, (-1, table.id, (one,)), (-2, table.id, (more,))], op=">="),
        ]
    return relations


def _split_populations(table: CountTable, found: Found) -> dict[tuple[str, Key], frozenset[UUID]]:
    """Return the people of a divided base; events are no people and are not compared."""
    if found.unit != PEOPLE:
        return {}
    cells: dict[tuple[str, Key], frozenset[UUID]] = {
        (table.id, (group.label,)): group.clients for group in found.groups
    }
    cells[table.id, table.total_key] = found.base_people
    return cells
