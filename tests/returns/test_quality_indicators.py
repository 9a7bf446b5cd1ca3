from collections.abc import Iterator

import pytest

from coachdesk.models import Code, JobTerms, Rate
from coachdesk.returns.indicators.good_work import good_work, mean_words
from coachdesk.returns.indicators.pay import AT_LEAST, BELOW, NOT_KNOWN, pay_adequacy
from coachdesk.returns.indicators.wellbeing import band, improvement, ons4_bands, ons4_change
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.returns.return_world import World, day


@pytest.fixture
def world(vault: OpenVault) -> Iterator[World]:
    with unit_of_work(vault, label="Made a caseload") as work:
        yield World(work.session)


def rates(world: World) -> None:
    world.add(
        Rate(name="real_living_wage", valid_from=day("2025-10-22"), valid_to=day("08-31"), pence=1345),
        Rate(name="real_living_wage", valid_from=day("09-01"), valid_to=day("09-15"), pence=1400),
        Rate(name="real_living_wage_london", valid_from=day("2025-10-22"), pence=1480),
    )


def test_pay_is_compared_with_the_rate_on_the_date_of_the_pay(world: World) -> None:
    rates(world)
    world.job(world.enrol("Just enough"), "08-01", pence=1345)
    world.job(world.enrol("A penny short"), "08-01", pence=1344)
    world.job(world.enrol("New rate"), "09-01", pence=1399)
    world.job(world.enrol("No rate on file"), "09-20", pence=2000)
    world.job(world.enrol("Pay not asked"), "08-01")
    world.job(world.enrol("Other period", "04-01"), "06-01", pence=2000)
    assert world.groups(pay_adequacy(world.session, world.scope())) == {
        AT_LEAST: (1, {"Just enough"}),
        BELOW: (2, {"A penny short", "New rate"}),
        NOT_KNOWN: (2, {"No rate on file", "Pay not asked"}),
    }


def test_the_newest_pay_by_the_as_at_date_decides(world: World) -> None:
    rates(world)
    job = world.job(world.enrol("Raised"), "08-01", pence=1200)
    world.add(
        JobTerms(client_id=job.client_id, job_id=job.id, as_on=day("08-20"), hourly_pence=1500),
        JobTerms(client_id=job.client_id, job_id=job.id, as_on=day("10-02"), hourly_pence=100),
    )
    assert world.who(pay_adequacy(world.session, world.scope()).people) == {"Raised"}


def questions(world: World) -> None:
    for position, (key, parent) in enumerate(
        [("pay_fair", "pay"), ("pay_enough", "pay"), ("control", "design")]
    ):
        world.add(Code(list_name="good_work_indicator", key=key, title=key, parent=parent, position=position))


def test_good_work_takes_the_latest_check_of_each_job_and_counts_dont_know_apart(world: World) -> None:
    questions(world)
    enrolment = world.enrol("Worker", "04-01")
    job = world.job(enrolment, "05-01")
    world.good_work(job, "06-01", pay_fair="no", pay_enough="no")
    world.good_work(job, "08-01", pay_fair="yes", pay_enough="partly", control="dont_know")
    world.good_work(job, "10-01", pay_fair="no")
    old = world.job(enrolment, "05-02", ended="06-30")
    world.good_work(old, "06-01", pay_fair="no")
    found = good_work(world.session, world.scope())
    assert world.groups(found["pay"]) == {
        "Yes": (1, {"Worker"}),
        "Partly": (1, {"Worker"}),
        "No": (0, set()),
        "Don’t know": (0, set()),
    }
    assert found["design"].groups[3].number == 1
    assert found["pay"].unit == "answers"


def test_a_mean_weighs_yes_partly_and_no() -> None:
    assert mean_words(2, 1, 1) == "0.62"
    assert mean_words(0, 0, 3) == "0.00"


def test_ons4_pairs_are_28_days_apart_and_anxiety_falling_is_better(world: World) -> None:
    pair = world.enrol("Pair", "06-01")
    world.ons4(pair, "06-05", satisfied=4, happy=5, anxious=7, worthwhile=6)
    world.ons4(pair, "07-10", satisfied=3)
    world.ons4(pair, "08-01", satisfied=6, happy=5, anxious=3, worthwhile=5)
    close = world.enrol("Too close", "07-01")
    world.ons4(close, "07-05", satisfied=1)
    world.ons4(close, "08-01", satisfied=9)
    just = world.enrol("Just enough", "07-01")
    world.ons4(just, "07-05", satisfied=9)
    world.ons4(just, "08-02", satisfied=2)
    old = world.enrol("Latest before the period", "03-01")
    world.ons4(old, "03-05", satisfied=1)
    world.ons4(old, "06-05", satisfied=9)
    unsaid = world.enrol("Did not say", "06-01")
    world.ons4(unsaid, "06-05", satisfied="prefers_not_to_say")
    world.ons4(unsaid, "08-05", satisfied=9)
    world.ons4(world.enrol("Before the start", "07-20"), "07-01", satisfied=1)
    change = ons4_change(world.session, world.scope())
    assert world.groups(change["satisfied"]) == {
        "Better": (1, {"Pair"}),
        "The same": (0, set()),
        "Worse": (1, {"Just enough"}),
    }
    assert world.who(change["happy"].groups[1].clients) == {"Pair"}
    assert world.who(change["anxious"].people) == {"Pair"}
    assert world.who(change["worthwhile"].groups[2].clients) == {"Pair"}


def test_a_move_within_a_band_is_the_same_band(world: World) -> None:
    pair = world.enrol("Pair", "06-01")
    world.ons4(pair, "06-05", satisfied=7, anxious=6)
    world.ons4(pair, "08-01", satisfied=8, anxious=10)
    bands = ons4_bands(world.session, world.scope())
    assert [group.number for group in bands["satisfied"].groups] == [0, 1, 0]
    assert [group.number for group in bands["anxious"].groups] == [0, 1, 0]


@pytest.mark.parametrize(("question", "edges"), [("happy", (0, 5, 7, 9)), ("anxious", (0, 2, 4, 6))])
def test_bands_begin_where_the_office_for_national_statistics_says(
    question: str, edges: tuple[int, ...]
) -> None:
    assert [band(question, edge) for edge in edges] == [0, 1, 2, 3]
    assert [band(question, edge - 1) for edge in edges[1:]] == [0, 1, 2]
    assert band(question, 10) == 3


def test_improvement_turns_round_for_anxiety() -> None:
    assert improvement("happy", 3, 5) == 2
    assert improvement("anxious", 3, 5) == -2
