"""The work in an invented life: a job with its terms, check-ins, the client's own view and an adjustment."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

from coachdesk.casework.due_rules import check_in_dates
from coachdesk.models import Adjustment, CheckIn, GoodWorkCheck, Job, JobTerms, Record

if TYPE_CHECKING:
    from coachdesk.casework.practice_lives import Life

CONTRACTS = ("permanent", "permanent", "fixed_term", "zero_hours", "agency")
GOOD_WORK = (
    "job_security",
    "enough_hours",
    "pay_enough",
    "safe",
    "skills",
    "control",
    "manager",
    "informed",
    "worry",
)
PENCE = (1221, 1221, 1250, 1271, 1345, 1410)
WEEKLY_HOURS = (8, 12, 16, 20, 24, 30, 37)


def _days(number: int) -> dt.timedelta:
    return dt.timedelta(days=number)


def working_life(life: "Life", started: dt.date) -> Iterator[Record]:
    """Give the records of a job found or a job kept; nothing for those who have not found one."""
    chance = life.chance
    if life.route == "out_of_work":
        first = started + _days(chance.randint(45, 220))
        if chance.random() > 0.6 or first > life.until:  # noqa: PLR2004 -- three in five find work
            return
    else:
        first = started - _days(chance.randint(100, 1500))
    yield from _job(life, first)


def _job(life: "Life", first: dt.date) -> Iterator[Record]:
    chance = life.chance
    ended = life.not_yet(first + _days(chance.randint(20, 300))) if chance.random() < 1 / 5 else None
    ended = ended if life.route == "out_of_work" else None
    job = Job(
        client_id=life.client_id,
        enrolment_id=life.enrolment_id,
        employer_id=chance.choice(life.world.employers),
        title=chance.choice(life.world.words.jobs),
        started_on=first,
        ended_on=ended,
        end_reason=chance.choice(("contract_ended", "health", "chose_new_job")) if ended else "not_asked",
        employment_type="employee",
        contract=chance.choice(CONTRACTS),
        is_competitive="yes",
        four_hours_on=min(first + _days(chance.randint(0, 6)), life.today),
        evidence=chance.choice(("payslip", "contract", "employer_confirmation")),
    )
    yield job
    hours = chance.choice(WEEKLY_HOURS)
    yield JobTerms(
        client_id=life.client_id,
        job_id=job.id,
        as_on=first,
        usual_minutes=hours * 60,
        guaranteed_minutes=max(0, hours - chance.choice((0, 0, 4, 8))) * 60,
        hourly_pence=chance.choice(PENCE),
        wants_more_hours=chance.choice(("yes", "no", "no")),
    )
    yield from _around(life, job)


def _around(life: "Life", job: Job) -> Iterator[Record]:
    """Give what surrounds a job: check-ins, the client's own view of it, and an adjustment."""
    chance, last = life.chance, min(job.ended_on or life.until, life.until)
    if life.route == "out_of_work":
        yield from _check_ins(life, job, last)
    if job.started_on + _days(28) <= last:
        answers = {key: chance.choice(("yes", "yes", "partly", "no")) for key in GOOD_WORK}
        yield GoodWorkCheck(
            client_id=life.client_id,
            job_id=job.id,
            done_on=max(job.started_on + _days(28), life.started_on or job.started_on),
            coach_id=life.coach_id,
            answers=answers,
        )
    if chance.random() < 1 / 3:
        need, category = chance.choice(life.world.words.adjustments)
        asked = max(job.started_on, life.started_on or job.started_on)
        in_place = life.not_yet(asked + _days(chance.randint(3, 40)))
        yield Adjustment(
            client_id=life.client_id,
            job_id=job.id,
            category=category,
            need=need,
            requested_on=asked,
            decision="agreed" if in_place else "waiting",
            in_place_on=in_place,
        )


def _check_ins(life: "Life", job: Job, last: dt.date) -> Iterator[Record]:
    """Give the check-ins that were held; one in five of the newest is still owed."""
    chance = life.chance
    due = [day for day in check_in_dates(job.started_on, life.definition.check_in_weeks) if day <= last]
    owed = 1 if due and not life.exit_on and chance.random() < 1 / 5 else 0
    for day in due[: len(due) - owed]:
        yield CheckIn(
            client_id=life.client_id,
            job_id=job.id,
            due_on=day,
            done_on=min(day + _days(chance.randint(0, 5)), life.today),
            channel=chance.choice(("phone", "text", "face_to_face")),
            still_there="yes",
            hours_changed=chance.choice(("no", "no", "no", "yes")),
            pay_changed="no",
            adjustments_working=chance.choice(("yes", "not_applicable")),
            manager_talk=chance.choice(("yes", "no")),
            risk_of_leaving=chance.randint(0, 7),
        )
