import random
from uuid import UUID

import pytest

from coachdesk.returns.breakdowns import NOT_STATED, Breakdown
from coachdesk.returns.counting import ALL_JOBS, PAY, Counting, Measure
from coachdesk.returns.indicators.found import Found, events, people
from coachdesk.returns.tables import Dimension, Relation
from tests.returns.return_world import under

WIDE = {"16 to 17": "Under 25", "18 to 24": "Under 25", "25 and over": "25 and over", NOT_STATED: NOT_STATED}


def ids(count: int, start: int = 0) -> tuple[UUID, ...]:
    return tuple(UUID(int=number) for number in range(start + 1, start + count + 1))


def breakdown(
    name: str, labels: tuple[str, ...], given: dict[UUID, frozenset[str]], *, multi: bool = False
) -> Breakdown:
    dimension = Dimension(
        name=name,
        title=name.title(),
        labels=(*labels, NOT_STATED),
        kind="multi" if multi else "partition",
        covers=multi,
    )
    return Breakdown(dimension=dimension, basis="As recorded.", under=under(given))


def the_breakdowns(everybody: tuple[UUID, ...], seed: int = 1) -> tuple[Breakdown, ...]:
    chance = random.Random(seed)  # noqa: S311 - invented people
    ages = {each: frozenset({chance.choice(list(WIDE))}) for each in everybody}
    age = breakdown("age", tuple(WIDE)[:-1], ages)
    wide = breakdown(
        "age-wide",
        ("Under 25", "25 and over"),
        {each: frozenset(WIDE[label] for label in given) for each, given in ages.items()},
    )
    reasons = {
        each: frozenset(reason for reason in ("Carer", "Autism", "Refugee") if chance.random() < 0.4)
        or frozenset({NOT_STATED})
        for each in everybody
    }
    towns = tuple(f"T{number}" for number in range(6))
    return (
        breakdown(
            "sex", ("Female", "Male"), {e: frozenset({chance.choice(["Female", "Male"])}) for e in everybody}
        ),
        Breakdown(dimension=age.dimension, basis=age.basis, under=under(ages), coarse=wide, widening=WIDE),
        breakdown("town", towns, {e: frozenset({chance.choice(towns)}) for e in everybody}),
        breakdown("reason", ("Carer", "Autism", "Refugee"), reasons, multi=True),
        breakdown(
            "disability", ("Yes", "No"), {e: frozenset({chance.choice(["Yes", "No"])}) for e in everybody}
        ),
    )


def counting(everybody: tuple[UUID, ...]) -> Counting:
    return Counting(period="2026-07-01..2026-09-30", threshold=5, breakdowns=the_breakdowns(everybody))


def measure(name: str, clients: tuple[UUID, ...]) -> Measure:
    return Measure(id=name, title=name.title(), people=frozenset(clients))


@pytest.mark.parametrize("size", [0, 3, 45, 260])
def test_every_row_of_a_partition_adds_up_and_everybody_is_counted_once(size: int) -> None:
    everybody = ids(size)
    counted = counting(everybody).count([measure("reach", everybody)], [])
    for table in counted.tables:
        assert table.total == size
        for place, dimension in enumerate(table.dims):
            if dimension.kind == "partition":
                margin = [
                    table.counts[
                        tuple(label if at == place else d.total_label for at, d in enumerate(table.dims))
                    ]
                    for label in dimension.labels
                ]
                assert sum(margin) == size


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        (19, {"reach"}),
        (20, {"reach", "reach-by-sex", "reach-by-age-wide", "reach-by-disability"}),
        (
            40,
            {
                "reach",
                "reach-by-sex",
                "reach-by-age",
                "reach-by-town",
                "reach-by-reason",
                "reach-by-reason-headings",
                "reach-by-disability",
            },
        ),
    ],
)
def test_the_planner_decides_which_tables_there_are(size: int, expected: set[str]) -> None:
    everybody = ids(size)
    counted = counting(everybody).count([measure("reach", everybody)], [])
    assert {table.id for table in counted.tables} == expected


def test_two_way_tables_come_with_two_hundred_people_and_twenty_a_cell() -> None:
    everybody = ids(260)
    found = {table.id for table in counting(everybody).count([measure("reach", everybody)], []).tables}
    assert {"reach-by-sex-and-disability", "reach-by-sex-and-age"} <= found
    everybody = ids(200)
    found = {table.id for table in counting(everybody).count([measure("reach", everybody)], []).tables}
    assert "reach-by-sex-and-disability" in found
    assert "reach-by-sex-and-age" not in found


def test_headings_say_how_many_people_stand_under_more_than_one() -> None:
    everybody = ids(50)
    tables = {t.id: t for t in counting(everybody).count([measure("reach", everybody)], []).tables}
    detail, headings = tables["reach-by-reason"], tables["reach-by-reason-headings"]
    assert headings.counts[NOT_STATED,] == detail.counts[NOT_STATED,]
    assert sum(headings.counts[label,] for label in headings.dims[0].labels) == 50
    assert headings.counts["More than one reason",] > 0


def test_a_part_is_tied_to_its_whole_and_strangers_are_not() -> None:
    everybody = ids(60)
    reach, starts, others = (
        measure("reach", everybody[:50]),
        measure("starts", everybody[:20]),
        measure("x", everybody[40:]),
    )
    relations = counting(everybody).count([reach, starts, others, measure("nobody", ())], []).relations
    assert [each.members for each in relations if each.kind == "subset"] == [("starts", "reach")]
    tied = [each for each in relations if any("age-wide" in table for _, table, _ in each.terms)]
    assert len(tied) == 3
    assert all(each.protect and each.op == ">=" for each in tied)


def test_measures_that_only_overlap_are_not_tied_and_the_larger_may_come_first() -> None:
    everybody = ids(60)
    overlapping = measure("starts", everybody[:20]), measure("reach", everybody[10:50])
    larger_first = measure("reach", everybody[:50]), measure("starts", everybody[:20])
    smaller_first = measure("starts", everybody[:20]), measure("reach", everybody[:50])

    def subsets(measures: tuple[Measure, ...]) -> list[tuple[str, ...]]:
        relations = counting(everybody).count(measures, []).relations
        return [each.members for each in relations if each.kind == "subset"]

    assert subsets(overlapping) == []
    assert subsets(larger_first) == subsets(smaller_first) == [("starts", "reach")]


def test_two_large_measures_are_tied_without_a_coarse_table_between_them() -> None:
    everybody = ids(90)
    relations = (
        counting(everybody)
        .count([measure("starts", everybody[:45]), measure("reach", everybody)], [])
        .relations
    )
    assert [each.members for each in relations if each.kind == "subset"] == [("starts", "reach")]
    assert not [each for each in relations if any("age-wide" in table for _, table, _ in each.terms)]


def test_the_same_people_under_two_names_are_one_number() -> None:
    everybody = ids(60)
    split = Found(
        id="employment-rate", groups=(people("In", everybody[:20]), people("Out", everybody[20:50]))
    )
    found = counting(everybody).count(
        [measure("first-job-starts", everybody[:20]), measure("reach", everybody[:52])], [("Rate", split)]
    )
    linear = [each for each in found.relations if each.kind == "linear"]
    assert (
        Relation.linear([(1, "employment-rate-split", ("In",)), (-1, "first-job-starts", ())]) in linear
        or Relation.linear([(1, "first-job-starts", ()), (-1, "employment-rate-split", ("In",))]) in linear
    )
    near = [each for each in linear if each.protect and any(table == "reach" for _, table, _ in each.terms)]
    assert [[term[:2] for term in each.terms] for each in near] == [
        [(1, "reach"), (-1, "employment-rate-split")]
    ]


def test_what_only_happens_to_nest_is_not_told() -> None:
    everybody = ids(60)
    split = Found(
        id="sustained-26", groups=(people("In work", everybody[:20]), people("Not", everybody[20:21]))
    )
    found = counting(everybody).count(
        [measure("first-job-starts", everybody[:20]), measure("reach", everybody[:52])],
        [("Sustained", split)],
    )
    told = {table for each in found.relations for _, table, _ in each.terms}
    assert "sustained-26-split" not in told


def test_many_events_of_few_people_are_not_printed() -> None:
    one, *others = ids(12)
    counter = counting(ids(12))
    crowd = Found(id="answers", unit="answers", groups=(events("Yes", others[:6]), events("No", others[6:])))
    assert counter.may_print(crowd)
    assert not counter.may_print(
        Found(id="answers", unit="answers", groups=(events("Yes", others[:6]), events("No", [one] * 6)))
    )
    assert counter.may_print(
        Found(id="answers", unit="answers", groups=(events("Yes", others[:6]), events("No", [one] * 4)))
    )
    assert not counter.may_print(Found(id="answers", unit="answers", groups=(events("Yes", ()),)))
    assert not counter.may_print(Found(id="people", groups=(people("Yes", ()), people("No", ()))))
    assert counter.count([], [("Answers", crowd)]).populations == {}


def jobs(first: int, in_work: int, every: int) -> dict[str, int]:
    everybody = ids(80)
    starters = everybody[:first], everybody[40 : 40 + in_work]
    clients = [*starters[0], *starters[1], *([everybody[0]] * (every - first - in_work))]
    pay = Found(
        id="pay-adequacy", unit="job starts", groups=(events("At least", clients), events("Below", ()))
    )
    counted = counting(everybody).count(
        [measure("first-job-starts", starters[0]), measure("in-work-job-starts", starters[1])],
        [("Pay", pay)],
        [("Jobs", Found(id=ALL_JOBS, unit="job starts", groups=(events("Job starts", clients),)))],
    )
    assert sum(len(each.terms) == 3 for each in counted.relations) == (
        ALL_JOBS in {t.id for t in counted.tables}
    )
    return {
        table.id: table.total for table in counted.tables if not table.id.startswith(("first", "in-work"))
    }


def test_few_second_jobs_keep_the_number_of_jobs_out_of_the_return() -> None:
    assert jobs(10, 6, 16) == {ALL_JOBS: 16, PAY: 16}
    assert jobs(10, 6, 25) == {ALL_JOBS: 25, PAY: 25}
    assert jobs(10, 6, 18) == {}
    assert jobs(10, 3, 13) == {}


def test_jobs_are_tied_to_people_only_as_far_as_it_is_true() -> None:
    everybody = ids(60)
    shared = measure("first-job-starts", everybody[:20]), measure("in-work-job-starts", everybody[:20])
    jobs_of_them = Found(id=ALL_JOBS, unit="job starts", groups=(events("Job starts", everybody[:20]),))
    other_pay = Found(
        id="pay-adequacy", unit="job starts", groups=(events("Yes", everybody[:10]), events("No", ()))
    )
    for splits in ([("Pay", other_pay)], []):
        counted = counting(everybody).count(shared, splits, [("Jobs", jobs_of_them)])
        assert not [each for each in counted.relations if any(t == ALL_JOBS for _, t, _ in each.terms)]
