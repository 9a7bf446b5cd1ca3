"""Sorts of jobs, hours, jobs kept and funders' rules as figures of the return: each by hand."""

from collections.abc import Iterator
from typing import Any

import pytest

from coachdesk.casework.outcome_rules import seed_rules
from coachdesk.casework.service_quality.ground import quality_settings
from coachdesk.models import Employer, JobTerms, OutcomeRule, Programme, WorkWeek
from coachdesk.resources import resource
from coachdesk.returns.indicators.found import Found
from coachdesk.returns.indicators.jobs_quality import guaranteed_hours, job_sorts
from coachdesk.returns.indicators.staying import (
    BEFORE,
    NOT_KNOWN,
    NOT_REACHED,
    REACHED,
    retained,
    rules_of_programme,
    rules_reached,
)
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.returns.return_world import World, day


@pytest.fixture
def world(vault: OpenVault) -> Iterator[World]:
    with unit_of_work(vault, label="Made a caseload") as work:
        yield World(work.session)


def reasons(world: World, found: Found) -> dict[str, str]:
    return {world.names[near.client_id]: near.reason for near in found.near}


def test_as_many_jobs_are_different_as_there_are_employers_and_groups(world: World) -> None:
    wool = world.employer
    world.job(
        world.enrol("Wool first", "05-01"), "07-02", soc="9139", is_competitive="yes", contract="permanent"
    )
    world.job(
        world.enrol("Wool again", "05-01"), "07-03", soc="9132", is_competitive="no", contract="zero_hours"
    )
    world.employer = Employer(name="Fell Foods")
    world.add(world.employer)
    world.job(world.enrol("Foods", "05-01"), "07-04", soc="913", is_competitive="not_asked")
    world.job(world.enrol("No code", "05-01"), "07-05", soc="91", is_competitive="yes")
    world.job(world.enrol("Another quarter", "05-01"), "06-05", soc="5432")
    world.employer = wool
    other = Programme(key="other", title="Other", funder="F", threshold=5, definition={})
    world.add(other)
    elsewhere = world.enrol("Another programme", "05-01")
    elsewhere.programme_id = other.id
    world.job(elsewhere, "07-06", soc="5432")
    employers, occupations, competitive, permanent = job_sorts(world.session, world.scope())
    assert world.groups(employers) == {
        "Different employers": (2, {"Wool first", "Foods"}),
        "Further jobs with the same employers": (2, {"Wool again", "No code"}),
    }
    assert world.groups(occupations) == {
        "Different occupation groups": (1, {"Wool first"}),
        "Further jobs in the same groups": (2, {"Wool again", "Foods"}),
        "Occupation not coded": (1, {"No code"}),
    }
    assert reasons(world, occupations) == {
        "No code": "the job that began on 5 July 2026: no code of occupations"
    }
    assert world.groups(competitive) == {
        "Competitive": (2, {"Wool first", "No code"}),
        "Not competitive": (1, {"Wool again"}),
        "Not recorded": (1, {"Foods"}),
    }
    assert reasons(world, competitive) == {
        "Wool again": "the job that began on 3 July 2026: not competitive",
        "Foods": "the job that began on 4 July 2026: nobody has recorded whether it is competitive",
    }
    assert [group.number for group in permanent.groups] == [1, 1, 2]
    assert {found.base for found in (employers, occupations, competitive, permanent)} == {4}


def hours(world: World, name: str, started: str = "08-01", **values: Any) -> None:
    job = world.job(world.enrol(name, "05-01"), started, hours=None, ended=values.pop("ended", None))
    as_on = day(values.pop("as_on", started))
    world.add(JobTerms(client_id=job.client_id, job_id=job.id, as_on=as_on, **values))


def test_the_gap_between_guaranteed_and_usual_hours(world: World) -> None:
    # gaps of 8, 0 and -1 hours: 2.33 in the mean, printed 2.5
    hours(world, "Eight", guaranteed_minutes=480, usual_minutes=960, wants_more_hours="no")
    hours(world, "None", guaranteed_minutes=960, usual_minutes=960, wants_more_hours="yes")
    hours(world, "Fewer", guaranteed_minutes=960, usual_minutes=900)
    hours(world, "No guarantee", usual_minutes=900)
    hours(world, "Ended before", "05-10", ended="06-30", guaranteed_minutes=0, usual_minutes=900)
    hours(world, "Known later", as_on="10-02", guaranteed_minutes=0, usual_minutes=900)
    world.job(world.enrol("No terms", "05-01"), "08-01", hours=None)
    gap, wishes = guaranteed_hours(world.session, world.scope())
    assert world.groups(gap) == {
        "Usual hours above the guaranteed": (1, {"Eight"}),
        "Guaranteed hours cover the usual": (2, {"None", "Fewer"}),
    }
    assert gap.amount is not None
    assert (gap.amount.words, gap.amount.printed) == ("mean 2.33 hours a week", "mean 2.5 hours a week")
    assert set(reasons(world, gap)) == {"No guarantee", "Known later", "No terms"}
    unsaid = {"Fewer", "No guarantee", "Known later", "No terms"}
    assert world.groups(wishes) == {
        "Wants more hours": (1, {"None"}),
        "Does not want more": (1, {"Eight"}),
        "Not recorded": (4, unsaid),
    }
    assert set(reasons(world, wishes)) == unsaid


def test_the_newest_terms_that_say_it_decide(world: World) -> None:
    enrolment = world.enrol("Changed", "05-01")
    job = world.job(enrolment, "05-02", hours=None)
    terms = [
        {"as_on": day("05-02"), "guaranteed_minutes": 60, "usual_minutes": 120, "wants_more_hours": "yes"},
        {"as_on": day("06-02"), "guaranteed_minutes": 60, "usual_minutes": 240},
        {"as_on": day("07-02"), "usual_minutes": 480},
    ]
    world.add(*(JobTerms(client_id=job.client_id, job_id=job.id, **each) for each in terms))
    gap, wishes = guaranteed_hours(world.session, world.scope())
    assert gap.amount is not None
    assert gap.amount.words == "mean 3.00 hours a week"
    assert world.who(wishes.people) == {"Changed"}


def test_no_job_has_no_gap(world: World) -> None:
    gap, wishes = guaranteed_hours(world.session, world.scope())
    assert (gap.amount, gap.base, wishes.base) == (None, 0, 0)


def test_who_kept_the_job_they_came_with(world: World) -> None:
    # 13 weeks after 1 May is 31 July
    stays = world.enrol("Stays", "05-01", route="in_work_at_risk")
    job = world.job(stays, "03-01")
    world.check_in(job, "08-01", "08-01")
    out = world.enrol("Out", "05-01", route="signed_off")
    world.job(out, "03-01", ended="07-01")
    world.job(world.enrol("Nobody asked", "05-01", route="in_work_at_risk"), "03-01")
    world.job(world.enrol("Out of work at the start", "05-01"), "06-01")
    thirteen, half_year = retained(world.session, world.scope(), quality_settings(world.session))
    assert world.groups(thirteen) == {
        "Same employer": (1, {"Stays"}),
        "Moved to another job": (0, set()),
        "Not in work": (1, {"Out"}),
        "Not known": (1, {"Nobody asked"}),
    }
    assert reasons(world, thirteen) == {
        "Out": "not in work when 13 weeks of support were up",
        "Nobody asked": "nobody has said whether there was a job when 13 weeks of support were up",
    }
    assert half_year.base == 0
    own = world.scope(own={"retained-26": {"weeks": 9}})
    assert retained(world.session, own, quality_settings(world.session))[1].base == 3


def test_a_return_without_anybody_in_work_reads_no_jobs(world: World) -> None:
    assert [one.base for one in retained(world.session, world.scope(), quality_settings(world.session))] == [
        0,
        0,
    ]


def weeks(
    world: World, name: str, first: str, number: int, *, started: str = "01-01", left: str | None = None
) -> None:
    enrolment = world.enrol(name, started, exit_on=left)
    job = world.job(enrolment, first, ended=None, pence=2000)
    for each in range(number):
        world.add(
            WorkWeek(
                client_id=job.client_id,
                job_id=job.id,
                week_on=day(first).fromordinal(day(first).toordinal() + 7 * each),
                paid_minutes=600,
                gross_pence=20_000,
                is_confirmed=True,
            )
        )


def rule(world: World, key: str = "own", **values: Any) -> None:
    told = {"window_weeks": 4, "weeks_needed": 3, "hours": 7, "within_support": True}
    world.add(
        OutcomeRule(
            **{
                "key": key,
                "title": f"Rule {key}",
                "sort": "weeks",
                "programme_id": world.programme.id,
                "settings": told,
                "examples": [],
                "evidence": [],
                "position": 1,
                "source_note": "An agreement",
                **values,
            }
        )
    )


def reached(world: World, wanted: frozenset[str] = frozenset(), **given: Any) -> dict[str, Found]:
    scope = world.scope(**given)
    supported = frozenset(
        client for client, name in world.names.items() if name not in {"Left", "Left and late"}
    )
    found = rules_reached(world.session, scope, rules_of_programme(world.session, scope, wanted), supported)
    return {one.id: one for _, one in found}


def test_a_funders_rule_divides_the_people_supported_by_when_they_met_it(world: World) -> None:
    rule(world)
    weeks(world, "Now", "2026-07-06", 3)
    weeks(world, "Before", "2026-06-01", 3)
    weeks(world, "Long before", "2026-02-02", 3)
    weeks(world, "Too few", "2026-09-14", 2)
    weeks(world, "Left", "2026-02-02", 3, left="2026-05-01")
    world.enrol("No job", "05-01")
    found = reached(world)["rule-own"]
    assert world.groups(found) == {
        REACHED: (1, {"Now"}),
        BEFORE: (2, {"Before", "Long before"}),
        NOT_REACHED: (2, {"Too few", "No job"}),
        NOT_KNOWN: (0, set()),
    }
    near = reasons(world, found)
    assert near["Before"] == "reached on 21 June 2026, before the period"
    assert set(near) <= {"Before", "Too few"}


def test_a_rule_that_lacks_a_fact_judges_nobody_and_says_why(world: World) -> None:
    world.programme.key = "connect-to-work"
    world.session.flush()
    seed_rules(world.session, resource("outcomes"))
    world.session.flush()
    weeks(world, "Somebody", "2026-07-06", 3)
    found = reached(world)
    assert set(found) == {"rule-connect-to-work-earnings"}
    blank = found["rule-connect-to-work-earnings"]
    assert blank.missing == "the rule judges nobody, as it lacks the sum that has to be earned"
    assert (blank.groups, blank.people, blank.number) == ((), frozenset(), 0)
    asked = reached(world, frozenset({"rule-whp-earnings"}))
    assert set(asked) == {"rule-connect-to-work-earnings", "rule-whp-earnings"}
    assert asked["rule-whp-earnings"].base == 1


def test_longer_weeks_are_a_figure_of_their_own(world: World) -> None:
    told = {"window_weeks": 4, "weeks_needed": 3, "hours": 7, "also_hours": 16, "within_support": True}
    rule(world, settings=told)
    weeks(world, "Ten hours", "2026-07-06", 3)
    found = reached(world)
    assert {key: one.number for key, one in found.items()} == {"rule-own": 1, "rule-own-16-hours": 0}


def test_whoever_reached_it_after_the_period_or_soon_or_perhaps_is_a_near_miss(world: World) -> None:
    told = {"window_weeks": 4, "weeks_needed": 3, "hours": 7, "within_support": True, "estimates": True}
    rule(world, settings=told)
    weeks(world, "After the period", "2026-09-21", 3)
    enrolment = world.enrol("Soon", "05-01")
    job = world.job(enrolment, "2026-10-12", pence=2000)
    world.check_in(job, "10-16", "10-16")
    unsure = world.enrol("Nobody knows", "05-01")
    world.job(unsure, "2026-06-01", pence=2000)
    found = reached(world, as_at=day("10-18"))["rule-own"]
    assert world.groups(found)[NOT_KNOWN] == (1, {"Nobody knows"})
    assert world.groups(found)[NOT_REACHED] == (2, {"After the period", "Soon"})
    near = reasons(world, found)
    assert near["After the period"] == "reached on 11 October 2026, after the period"
    assert near["Soon"] == "reached on 1 November 2026 if nothing changes"
    assert near["Nobody knows"] == "what is recorded does not say whether the rule is met"


def test_whoever_left_counts_only_with_an_outcome_in_the_period(world: World) -> None:
    rule(
        world,
        sort="earnings",
        settings={"pounds": 600, "within_support": False, "estimates": False},
    )
    weeks(world, "Left and late", "2026-06-22", 3, left="2026-06-28")
    weeks(world, "Left", "2026-02-02", 3, left="2026-03-01")
    found = reached(world)["rule-own"]
    assert world.groups(found)[REACHED] == (1, {"Left and late"})
    assert found.base == 1
