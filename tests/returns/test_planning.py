"""The plan before anything is computed: what so many people can carry, and what to do instead."""

import datetime as dt
from dataclasses import replace

import pytest

from coachdesk.casework.codes import seed_codes
from coachdesk.errors import Refusal
from coachdesk.resources import resource
from coachdesk.returns.breakdowns import NOT_STATED, Breakdown
from coachdesk.returns.counting import Counting, Measure
from coachdesk.returns.expected import Curve, read_expectation
from coachdesk.returns.planning import DROP, MERGE, POOL, PRINT, Plan, plan_of, planned
from coachdesk.returns.tables import Dimension
from coachdesk.returns.wishes import ReturnWish
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.returns.return_world import World
from tests.returns.test_safety import ids

EXPECTED = read_expectation()


def by(name: str, headings: int, coarse: Breakdown | None = None) -> Breakdown:
    labels = (*(f"{name} {number}" for number in range(headings - 1)), NOT_STATED)
    dimension = Dimension(name=name, title=name.title(), labels=labels)
    return Breakdown(dimension=dimension, basis="", under={}, coarse=coarse)


SEX, HUB, AGE = by("sex", 3), by("hub", 8), by("age", 9, coarse=by("age-wide", 4))


def plan(people: int, *breakdowns: Breakdown, threshold: int = 5) -> Plan:
    counting = Counting(
        period="Q", threshold=threshold, breakdowns=breakdowns, crossed=(("sex", "hub"), ("age", "x"))
    )
    return plan_of(counting, [Measure(id="reach", title="Reach", people=ids(people))], EXPECTED)


def test_shares_at_the_measured_numbers_are_those_measured_and_lie_between_elsewhere() -> None:
    assert EXPECTED.share(60, (8,), 5) == pytest.approx(0.40)
    assert EXPECTED.share(60, (3,), 5) == pytest.approx(0.04)
    assert EXPECTED.share(200, (3, 4), 5) == pytest.approx(0.20)
    assert 0.40 < EXPECTED.share(50, (8,), 5) < 0.47
    assert EXPECTED.share(5, (8,), 5) == pytest.approx(0.63), "beyond the measured ends, that of the end"
    assert EXPECTED.share(9000, (8, 9), 5) == pytest.approx(0.09)
    assert EXPECTED.share(0, (8,), 5) == 0.0
    assert EXPECTED.share(40, (), 5) == 0.0


def test_a_higher_threshold_is_as_fewer_people() -> None:
    assert EXPECTED.share(200, (3, 4), 10) == pytest.approx(EXPECTED.share(100, (3, 4), 5))
    assert EXPECTED.share(200, (3, 4), 10) == pytest.approx(0.45, abs=0.03), "as it was measured at ten"


def test_a_curve_goes_by_the_logarithm() -> None:
    assert Curve(people=(10, 1000), share=(1.0, 0.0)).at(100) == pytest.approx(0.5)
    assert "measured" in EXPECTED.source.casefold()


@pytest.mark.parametrize(
    ("people", "breakdown", "verdict", "words"),
    [
        (60, SEX, PRINT, "About 4%"),
        (150, SEX, PRINT, "Little or nothing"),
        (60, AGE, MERGE, "In wider bands it would be about 4%"),
        (45, HUB, POOL, "two quarters together"),
        (100, HUB, PRINT, "About 3"),
    ],
)
def test_each_table_has_its_verdict_in_words(
    people: int, breakdown: Breakdown, verdict: str, words: str
) -> None:
    (line,) = plan(people, breakdown).lines
    assert (line.verdict, words in line.words) == (verdict, True), line.words
    assert line.table == f"reach-by-{breakdown.name}"
    assert line.people_each == people / line.inner


def test_a_pair_that_would_be_holes_is_to_be_left_out() -> None:
    """Fine enough by its cells, and still half of it withheld where the headings are many."""
    pair = next(line for line in plan(500, SEX, HUB).lines if "-and-" in line.table)
    assert (pair.table, pair.inner, pair.verdict) == ("reach-by-sex-and-hub", 24, DROP)
    assert "Leave the pair out" in pair.words


@pytest.mark.parametrize(
    ("people", "lines", "words"),
    [
        (0, 0, None),
        (4, 0, "not even the total"),
        (12, 0, "carry the total only"),
        (30, 2, "a few wide headings"),
        (60, 3, None),
    ],
)
def test_figures_too_small_to_be_divided_say_what_would_help(
    people: int, lines: int, words: str | None
) -> None:
    found = plan(people, SEX, HUB, AGE)
    assert len(found.lines) == lines
    assert [words in each for each in found.held if words] == ([True] if words else [])
    assert bool(found.held) == (words is not None)


def test_the_share_of_the_whole_return_weighs_tables_by_their_cells() -> None:
    found = plan(60, SEX, HUB)
    sex, hub = found.lines
    assert found.expected_share == pytest.approx((sex.share * 3 + hub.share * 8) / 11)
    assert replace(found, lines=()).expected_share == 0.0


def test_a_plan_is_drawn_up_from_the_vault_without_computing_a_table(vault: OpenVault) -> None:
    with unit_of_work(vault, label="Made a caseload") as work:
        seed_codes(work.session, resource())
        world = World(work.session)
        for number in range(45):
            world.enrol(f"Client {number}", "2026-07-10", accepted_on="2026-07-10")
    wish = ReturnWish(
        programme_key="grant",
        from_on=dt.date(2026, 7, 1),
        to_on=dt.date(2026, 9, 30),
        as_at=dt.date(2026, 9, 30),
    )
    with reading(vault) as session:
        found = planned(session, wish)
        with pytest.raises(Refusal, match="no programme"):
            planned(session, replace(wish, programme_key="nothing"))
    assert found.threshold == 5
    assert {line.people for line in found.lines} == {45}
    assert "reach-by-sex" in {line.table for line in found.lines}
