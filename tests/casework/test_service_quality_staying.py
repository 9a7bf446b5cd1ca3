"""Staying in work as the service-quality page reads it: each rule on an example worked out by hand."""

import datetime as dt
from typing import Any

import pytest

from coachdesk.casework.service_quality.ground import Indicator, QualityQuestion
from coachdesk.casework.service_quality.reading import read_service_quality
from coachdesk.models import Client, Employer
from coachdesk.vault.opened import OpenVault
from tests.makers import a_client, a_job, an_employer, an_enrolment, ask, job_terms, keep, programme_id

FROM, TO = dt.date(2026, 7, 1), dt.date(2026, 9, 30)
MONDAY = dt.date(2026, 4, 20)
"""Thirteen weeks later is Monday 20 July 2026; twenty-six weeks later 19 October, after the period."""
AFTER = MONDAY + dt.timedelta(weeks=13)


def read(vault: OpenVault, **values: Any) -> dict[str, Indicator]:
    question = QualityQuestion(**{"from_on": FROM, "to_on": TO, "as_at": TO, **values})
    return {one.key: one for one in ask(vault, read_service_quality, question).indicators}


def counts(one: Indicator) -> dict[str, int]:
    return {part.title: part.count for part in one.parts}


def someone(
    vault: OpenVault, route: str = "out_of_work", started_on: dt.date = dt.date(2026, 3, 2)
) -> Client:
    made = a_client(coach_id=vault.coach_id)
    keep(vault, made)
    programme = ask(vault, lambda s, _: programme_id(s))
    keep(vault, an_enrolment(made, programme, route=route, started_on=started_on))
    return made


def job(vault: OpenVault, who: Client, where: Employer, **values: Any) -> None:
    made = a_job(who, where, **{"started_on": MONDAY, **values})
    made.four_hours_on = made.started_on
    keep(vault, made)
    keep(vault, job_terms(made, usual_minutes=1200, hourly_pence=1300))


@pytest.fixture
def bakery(desk_vault: OpenVault) -> Employer:
    made = an_employer()
    keep(desk_vault, made)
    return made


@pytest.fixture
def garage(desk_vault: OpenVault) -> Employer:
    made = an_employer(name="Garage")
    keep(desk_vault, made)
    return made


def test_what_is_not_known_after_thirteen_weeks_is_never_success(
    desk_vault: OpenVault, bakery: Employer
) -> None:
    # four people began on 20 April: one was seen there on 20 July, one left a week before, of one nobody knows, and
    # one's job ended a day later than the milestone: 2 of 4 = 50%
    seen, left, silent, later = (someone(desk_vault) for _ in range(4))
    job(desk_vault, seen, bakery, evidence_seen_on=AFTER)
    job(desk_vault, left, bakery, ended_on=AFTER - dt.timedelta(days=7))
    job(desk_vault, silent, bakery)
    job(desk_vault, later, bakery, ended_on=AFTER + dt.timedelta(days=1))
    found = read(desk_vault)
    one = found["sustained-13"]
    assert one.title == "Still in work after 13 weeks"
    assert (one.value, one.basis, one.share) == ("50%", "2 of 4 people", 0.5)
    assert counts(one) == {"In work": 2, "Not in work": 1, "Not known": 1}
    assert [part.clients for part in one.parts] == [{seen.id, later.id}, {left.id}, {silent.id}]
    assert "Nobody’s day 26 weeks" in found["sustained-26"].missing
    assert sum(part.count for part in one.parts) == one.denominator


def test_a_milestone_that_has_not_come_is_not_counted(desk_vault: OpenVault, bakery: Employer) -> None:
    job(desk_vault, someone(desk_vault), bakery)
    before = AFTER - dt.timedelta(days=1)
    assert read(desk_vault, as_at=before)["sustained-13"].denominator is None
    assert read(desk_vault, as_at=AFTER)["sustained-13"].denominator == 1


def test_who_had_a_job_at_the_start_stands_in_a_line_of_its_own(
    desk_vault: OpenVault, bakery: Employer, garage: Employer
) -> None:
    # support began on 20 April for six who had a job: two are seen with the same employer on 20 July, one moved, one's
    # job ended, of one nobody knows, and one's job was never recorded: (2 + 1) of 6 = 50%
    same, back, moved, out, silent, unsaid = (someone(desk_vault, "signed_off", MONDAY) for _ in range(6))
    long_ago = {"started_on": dt.date(2025, 1, 6)}
    job(desk_vault, same, bakery, **long_ago, evidence_seen_on=AFTER)
    job(desk_vault, back, bakery, **long_ago, ended_on=dt.date(2026, 5, 1))
    job(desk_vault, back, bakery, started_on=dt.date(2026, 6, 1), evidence_seen_on=AFTER)
    job(desk_vault, moved, bakery, **long_ago, ended_on=dt.date(2026, 5, 1))
    job(desk_vault, moved, garage, started_on=dt.date(2026, 6, 1), evidence_seen_on=AFTER)
    job(desk_vault, out, bakery, **long_ago, ended_on=dt.date(2026, 5, 1))
    job(desk_vault, silent, bakery, **long_ago)
    one = read(desk_vault)["retained-13"]
    assert (one.value, one.basis) == ("50%", "3 of 6 people")
    assert counts(one) == {
        "Same employer": 2,
        "Moved to another job": 1,
        "Not in work": 1,
        "Not known": 2,
    }
    assert [part.clients for part in one.parts] == [
        {same.id, back.id},
        {moved.id},
        {out.id},
        {silent.id, unsaid.id},
    ]
    assert "reaches 26 weeks" in read(desk_vault)["retained-26"].missing


def test_somebody_enrolled_twice_is_counted_once(desk_vault: OpenVault, bakery: Employer) -> None:
    who = someone(desk_vault, "in_work_at_risk", MONDAY)
    programme = ask(desk_vault, lambda s, _: programme_id(s))
    keep(
        desk_vault, an_enrolment(who, programme, route="signed_off", started_on=MONDAY + dt.timedelta(days=7))
    )
    job(
        desk_vault, who, bakery, started_on=dt.date(2025, 1, 6), evidence_seen_on=AFTER + dt.timedelta(days=2)
    )
    one = read(desk_vault)["retained-13"]
    assert counts(one) == {"Same employer": 1, "Moved to another job": 0, "Not in work": 0, "Not known": 0}


def test_a_funders_rule_says_who_reached_it_and_one_without_facts_judges_nobody(
    desk_vault: OpenVault, bakery: Employer
) -> None:
    # 35 hours a week at £13: 16 hours × 26 weeks at the National Living Wage are earned within 26 weeks of 35 hours
    who, none = someone(desk_vault), someone(desk_vault)
    made = a_job(who, bakery, started_on=MONDAY, four_hours_on=MONDAY, evidence_seen_on=TO)
    keep(desk_vault, made)
    keep(desk_vault, job_terms(made, usual_minutes=2100, hourly_pence=1300))
    found = read(desk_vault)
    one = found["rule-whp-earnings"]
    assert one.value == "1 person reached it"
    assert (one.numerator, one.denominator) == (1, 2)
    assert one.parts[0].clients == {who.id}
    assert one.parts[0].title == "Reached in the period"
    assert sum(part.count for part in one.parts) == 2
    assert {client for part in one.parts for client in part.clients} == {who.id, none.id}
    blank = found["rule-connect-to-work-earnings"]
    assert "This rule judges nobody: it lacks" in blank.missing
    assert blank.value == "–"
    later = read(desk_vault, from_on=TO, to_on=TO + dt.timedelta(days=90), as_at=TO + dt.timedelta(days=1))
    assert "Reached before" in counts(later["rule-whp-earnings"])
    assert later["rule-whp-earnings"].numerator == 0
