"""Whoever nearly counted stands beside a figure once, with the reason in plain words; nobody who counts does."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from coachdesk.models import Code, JobTerms, Rate
from coachdesk.returns.indicators.check_ins import check_in_coverage
from coachdesk.returns.indicators.enrolled import active_caseload, reach, referrals_accepted, starts
from coachdesk.returns.indicators.found import Found, Rules, shipped_numbers
from coachdesk.returns.indicators.good_work import good_work
from coachdesk.returns.indicators.job_starts import (
    all_job_starts,
    cohort_rate,
    employment_rate,
    first_job_starts,
)
from coachdesk.returns.indicators.near import nearly
from coachdesk.returns.indicators.pay import pay_adequacy
from coachdesk.returns.indicators.sustained import sustained
from coachdesk.returns.indicators.wellbeing import ons4_bands, ons4_change
from coachdesk.returns.rules import rules_of
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.returns.return_world import World, day


@pytest.fixture
def world(vault: OpenVault) -> Iterator[World]:
    with unit_of_work(vault, label="Made a caseload") as work:
        yield World(work.session)


def reasons(world: World, found: Found) -> dict[str, str]:
    assert len({near.client_id for near in found.near}) == len(found.near)
    return {world.names[near.client_id]: near.reason for near in found.near}


def test_referrals_and_starts_around_the_period(world: World) -> None:
    world.enrol("In time", "07-10", accepted_on="07-02", received_on="07-01")
    world.enrol("Just before", "06-20", accepted_on="06-10")
    world.enrol("Just after", "10-03", accepted_on="10-02")
    world.enrol("Long before", "03-01", accepted_on="02-01")
    world.enrol("No accepted date", None, received_on="07-05")
    world.enrol("No start date", None, accepted_on="08-05")
    assert reasons(world, referrals_accepted(world.session, world.scope())) == {
        "Just before": "accepted on 10 June 2026, before the period",
        "Just after": "accepted on 2 October 2026, after the period",
        "No accepted date": "referred on 5 July 2026, but there is no accepted date",
    }
    assert reasons(world, starts(world.session, world.scope())) == {
        "Just before": "started on 20 June 2026, before the period",
        "Just after": "started on 3 October 2026, after the period",
        "No start date": "accepted on 5 August 2026, but there is no start date",
    }
    early = world.scope(as_at=day("07-05"))
    assert reasons(world, starts(world.session, early))["In time"] == (
        "started on 10 July 2026, after the as-at date"
    )


def test_why_somebody_is_not_active_or_not_reached(world: World) -> None:
    begun: dict[str, Any] = {"profile_started_on": "05-02"}
    world.enrol("Active", "05-01", **begun)
    world.pause(world.enrol("Resting", "05-01", **begun), "09-01")
    world.enrol("Left", "05-01", exit_on="09-10", **begun)
    world.enrol("Left long ago", "05-01", exit_on="06-10", **begun)
    world.enrol("Left in the spring", "03-01", exit_on="04-10", **begun)
    world.enrol("No profile", "05-01")
    world.enrol("Profile to come", "05-01", profile_started_on="10-02")
    world.enrol("Not started", "10-05")
    assert reasons(world, active_caseload(world.session, world.scope())) == {
        "Resting": "support is paused",
        "Left": "left on 10 September 2026",
        "No profile": "the vocational profile has not been begun",
        "Profile to come": "the vocational profile was begun on 2 October 2026, after the as-at date",
    }
    found = reach(world.session, world.scope())
    assert reasons(world, found) == {
        "Left long ago": "left on 10 June 2026, before the period",
        "Not started": "started on 5 October 2026, after the period",
    }
    assert "Left in the spring" not in world.who(found.people)


def test_whoever_counts_by_another_enrolment_is_no_near_miss(world: World) -> None:
    again = world.enrol("Again", "07-10")
    before = world.enrol("x", "06-20", exit_on="06-25")
    before.client_id = again.client_id
    world.session.flush()
    assert starts(world.session, world.scope()).near == ()
    assert reach(world.session, world.scope()).near == ()


def test_why_a_job_is_no_first_job_start(world: World) -> None:
    world.job(world.enrol("Counts", "05-01"), "07-15")
    second = world.enrol("Second job", "05-01")
    world.job(second, "06-10", ended="07-10")
    world.job(second, "07-20")
    world.job(world.enrol("Next quarter", "05-01"), "2026-10-05", four_hours_on="10-06")
    world.job(world.enrol("Hours blank", "05-01"), "08-01", hours=None)
    world.job(world.enrol("Too short", "05-01"), "08-01", ended="08-03")
    world.job(world.enrol("After support", "05-01", exit_on="08-01"), "08-02")
    world.enrol("No job", "05-01")
    scope = world.scope(as_at=day("10-20"))
    told = {
        "Second job": "the first job began on 10 June 2026, before the period",
        "Next quarter": "the first job began on 5 October 2026, after the period",
        "Hours blank": "a job began on 1 August 2026, but nobody has recorded four paid hours",
        "Too short": "the job that began on 1 August 2026 had fewer than 4 paid hours by the as-at date",
        "After support": "the job began on 2 August 2026, after support ended on 1 August 2026",
    }
    assert reasons(world, first_job_starts(world.session, scope)) == told
    assert reasons(world, employment_rate(world.session, scope)) == told
    world.enrol("Left before", "05-01", exit_on="06-20")
    world.enrol("Left long before", "03-01", exit_on="05-20")
    assert reasons(world, employment_rate(world.session, scope)) == {
        **told,
        "Left before": "left on 20 June 2026, before the period",
    }


def test_why_a_job_is_no_job_start_at_all(world: World) -> None:
    two = world.enrol("Two", "05-01")
    world.job(two, "07-15")
    world.job(two, "06-15")
    world.job(world.enrol("Came with it", "07-10"), "07-01")
    world.job(world.enrol("After support", "05-01", exit_on="08-01"), "08-02")
    world.job(world.enrol("Before", "05-01"), "06-15")
    found = all_job_starts(world.session, world.scope())
    assert found.number == 1
    assert reasons(world, found) == {
        "Came with it": "the job began on 1 July 2026, before support began on 10 July 2026",
        "After support": "the job began on 2 August 2026, after support ended on 1 August 2026",
        "Before": "the job began on 15 June 2026, before the period",
    }


def test_why_somebody_of_a_cohort_is_not_into_work_in_time(world: World) -> None:
    world.job(world.enrol("In time", "01-10"), "07-10")
    world.job(world.enrol("A day late", "01-10"), "07-11")
    world.job(world.enrol("Hours blank", "01-10"), "07-01", hours=None)
    world.job(world.enrol("Blank and late", "01-10"), "07-20", hours=None)
    world.enrol("No job", "01-10")
    world.enrol("Not yet", "03-20")
    found = cohort_rate(world.session, world.scope(as_at=day("09-01")), 6)
    assert reasons(world, found) == {
        "A day late": "the first job began on 11 July 2026, after 6 months",
        "Hours blank": "a job began on 1 July 2026, but nobody has recorded four paid hours",
        "Not yet": "6 months are up on 20 September 2026, after the as-at date",
    }
    longer = world.scope(own={"cohort-rate-6": {"months": 7}})
    assert cohort_rate(world.session, longer, 6).groups[0].label == "Into work within 7 months"


def test_why_somebody_is_not_in_work_at_the_milestone(world: World) -> None:
    # 13 weeks after 1 May is 31 July, after 15 April 15 July, after 10 July 9 October
    stays = world.job(world.enrol("Stays", "04-01"), "05-01")
    world.check_in(stays, "08-01", "08-01")
    world.job(world.enrol("Ended", "04-01"), "05-01", ended="07-30")
    world.job(world.enrol("Nobody asked", "04-01"), "05-01")
    gap = world.enrol("A gap", "04-01")
    world.job(gap, "05-01", ended="06-01")
    world.job(gap, "06-10", ended="08-30")
    world.job(world.enrol("After the period", "04-01"), "07-10")
    world.job(world.enrol("Not reached", "04-01"), "2026-06-25")
    found = sustained(world.session, world.scope(as_at=day("09-20")), 13)
    assert reasons(world, found) == {
        "Ended": "not in work on 31 July 2026",
        "Nobody asked": "nobody has said whether the job went on until 31 July 2026",
        "A gap": "in work on 31 July 2026, but with too long a gap before",
        "After the period": "13 weeks are up on 9 October 2026, after the period",
        "Not reached": "13 weeks are up on 24 September 2026, after the as-at date",
    }
    own = world.scope(own={"sustained-13": {"gap_days": 8}})
    assert "A gap" in world.who(sustained(world.session, own, 13).people)
    sooner = world.scope(own={"sustained-13": {"weeks": 12}})
    assert "Ended" in world.who(sustained(world.session, sooner, 13).people)


def test_why_a_check_in_was_not_held_in_time(world: World) -> None:
    rhythm: dict[str, Any] = {"rhythm_days": (7,)}
    held = world.job(world.enrol("Held", "05-01"), "07-01")
    world.check_in(held, "07-08", "07-09")
    late = world.job(world.enrol("Late", "05-01"), "07-01")
    world.check_in(late, "07-08", "07-20")
    world.job(world.enrol("Not held", "05-01"), "07-01")
    world.job(world.enrol("Within grace", "05-01"), "09-20")
    assert reasons(world, check_in_coverage(world.session, world.scope(**rhythm))) == {
        "Late": "the check-in due on 8 July 2026 was held on 20 July 2026, after its days of grace",
        "Not held": "the check-in due on 8 July 2026 was not held",
        "Within grace": "a check-in is still within its days of grace",
    }
    own = world.scope(own={"check-in-coverage": {"grace_days": 12}}, **rhythm)
    assert "Late" in world.who(check_in_coverage(world.session, own).people)


def test_why_pay_and_good_work_are_not_counted(world: World) -> None:
    world.add(
        Rate(name="real_living_wage", valid_from=day("2025-10-22"), valid_to=day("08-31"), pence=1345),
        Code(list_name="good_work_indicator", key="pay_fair", title="x", parent="pay", position=1),
    )
    checked = world.job(world.enrol("Enough", "05-01"), "08-01", pence=1345)
    world.good_work(checked, "08-20", pay_fair="yes")
    world.job(world.enrol("Below", "05-01"), "08-01", pence=1120)
    world.job(world.enrol("No rate", "05-01"), "09-01", pence=2000)
    blank = world.job(world.enrol("Not asked", "05-01"), "08-01")
    world.add(JobTerms(client_id=blank.client_id, job_id=blank.id, as_on=day("08-02"), usual_minutes=60))
    assert reasons(world, pay_adequacy(world.session, world.scope())) == {
        "Below": "£11.20 an hour on 1 August 2026, below £13.45",
        "No rate": "£20.00 an hour on 1 September 2026, but no rate is on file for that day",
        "Not asked": "no hourly pay is recorded",
    }
    near = reasons(world, good_work(world.session, world.scope())["pay"])
    assert set(near) == {"Below", "No rate", "Not asked"}
    assert near["Below"] == "no good-work check of the job that began on 1 August 2026"


def test_why_two_answers_are_no_pair(world: World) -> None:
    pair = world.enrol("A pair", "05-01")
    world.ons4(pair, "06-01", satisfied=4)
    world.ons4(pair, "07-10", satisfied=6)
    one = world.enrol("One answer", "05-01")
    world.ons4(one, "07-10", satisfied=6)
    close = world.enrol("Close together", "05-01")
    world.ons4(close, "07-01", satisfied=4)
    world.ons4(close, "07-20", satisfied=6)
    other = world.enrol("Another question", "05-01")
    world.ons4(other, "07-10", happy=6)
    told = {
        "One answer": "only one answer so far",
        "Close together": "the answers are 19 days apart, and 28 are needed",
        "Another question": "did not answer this question in the period",
    }
    assert reasons(world, ons4_change(world.session, world.scope())["satisfied"]) == told
    assert reasons(world, ons4_bands(world.session, world.scope())["satisfied"]) == told
    own = world.scope(own={"ons4-satisfied": {"pair_days": 19}})
    assert "Close together" in world.who(ons4_change(world.session, own)["satisfied"].people)


def test_the_first_reason_stands_and_the_counted_do_not() -> None:
    one, other = UUID(int=1), UUID(int=2)
    near = nearly([(other, "late"), (one, "counts"), (other, "too")], frozenset({one}))
    assert [(each.client_id, each.reason) for each in near] == [(other, "late")]


def test_own_numbers_decide_before_what_ships_and_that_before_the_programme() -> None:
    rules = rules_of({"rules": {"gap_days": 3, "pair_days": "x"}}, {"sustained-13": {"gap_days": 5}})
    assert rules.needed("sustained-13", "gap_days") == 5
    assert rules.needed("sustained-26", "gap_days") == 3
    assert rules.needed("sustained-26", "weeks") == 26
    assert rules.needed("ons4-happy", "pair_days") == 28
    assert rules.number("referral-to-start", "target_days") is None
    assert rules_of({"rules": {"gap_days": 3}, "outcomes": {"gap_days": 4}}).gap_days == 4
    with pytest.raises(KeyError):
        rules.needed("referral-to-start", "target_days")
    with pytest.raises(KeyError):
        rules.number("starts", "weeks")


def test_a_number_that_ships_without_a_value_is_the_programmes_or_nobodys() -> None:
    blank = {name for (_, name), value in shipped_numbers().items() if value is None}
    assert blank == {"gap_days", "grace_days", "pair_days", "target_days"}
    assert {name for name in blank if hasattr(Rules(), name)} == blank - {"target_days"}
