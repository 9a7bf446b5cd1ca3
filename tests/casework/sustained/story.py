"""The worked story: another employer after week 9 with five days between, and four funders who count it four ways."""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from coachdesk.casework.outcome_rules import SaveRule, save_rule
from coachdesk.models import Job, JobEvidence, WorkWeek
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.makers import (
    a_check_in,
    a_client,
    a_job,
    an_employer,
    an_enrolment,
    do,
    furnished,
    job_terms,
    keep,
    programme_id,
)

BEGAN = dt.date(2026, 6, 8)
LEFT = dt.date(2026, 8, 9)
AGAIN = dt.date(2026, 8, 15)
ASKED = dt.date(2026, 9, 28)
TRUST = "a-trust-13-weeks-a-week-between-jobs"


@dataclass(frozen=True, slots=True)
class Story:
    """Who it is about, and the two jobs."""

    client: UUID
    first: UUID
    second: UUID


def work_week(job: Job, monday: dt.date, **values: Any) -> WorkWeek:
    return WorkWeek(**{"client_id": job.client_id, "job_id": job.id, "week_on": monday, **values})


def evidence(job: Job, outcome: str, **values: Any) -> JobEvidence:
    given = {"client_id": job.client_id, "job_id": job.id, "outcome": outcome, "sort": "payslip"}
    return JobEvidence(**{**given, "seen_on": ASKED, **values})


def the_story(vault: OpenVault) -> Story:
    """Write the story into a vault; the client is on IPS in primary care."""
    furnished(vault)
    with reading(vault) as session:
        programme = programme_id(session, "ips-primary-care")
    client = a_client(first_name="Maya")
    bakery, hotel = an_employer(name="Bay Bakery"), an_employer(name="Lake Hotel")
    first = a_job(client, bakery, started_on=BEGAN, ended_on=LEFT, title="Baker")
    second = a_job(client, hotel, started_on=AGAIN, title="Cook")
    keep(
        vault,
        client,
        an_enrolment(client, programme),
        bakery,
        hotel,
        first,
        second,
        job_terms(first, usual_minutes=960, hourly_pence=1271),
        job_terms(second, usual_minutes=1200, hourly_pence=1300),
        a_check_in(second, due_on=ASKED, done_on=ASKED, still_there="yes"),
        evidence(second, "ipspc-baseline", from_on=AGAIN, to_on=dt.date(2026, 9, 13)),
        evidence(second, "in-work-13", sort="photograph"),
    )
    do(
        vault,
        save_rule,
        SaveRule(
            key="",
            title="A trust: 13 weeks, a week between jobs",
            sort="milestone",
            told={"weeks": 13, "gap_days": 7},
            source_note="Grant letter",
        ),
    )
    return Story(client.id, first.id, second.id)
