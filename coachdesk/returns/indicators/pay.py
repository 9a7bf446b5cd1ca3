"""Pay adequacy: whether the jobs people start pay a real Living Wage."""

import datetime as dt
from itertools import groupby

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from coachdesk.models import Client, Enrolment, Job, JobTerms, Rate
from coachdesk.returns.indicators.enrolled import of_programme
from coachdesk.returns.indicators.found import Found, Scope, events, present
from coachdesk.returns.indicators.near import nearly, on

REAL_LIVING_WAGE = "real_living_wage"
AT_LEAST = "At or above the real Living Wage"
BELOW = "Below the real Living Wage"
NOT_KNOWN = "Pay not known"


def rate_on(rates: tuple[Rate, ...], day: dt.date) -> int | None:
    """Return the rate in force on a day in pence an hour, or None where none is on file."""
    in_force = [
        rate for rate in rates if rate.valid_from <= day and (rate.valid_to is None or day <= rate.valid_to)
    ]
    return max(in_force, key=lambda rate: rate.valid_from).pence if in_force else None


def pay_adequacy(session: Session, scope: Scope) -> Found:
    """Return the jobs that began in the period by their pay (facts 12.4 row 22).

    The newest pay known by the as-at date is compared with the rate in force on the date of that pay. Jobs
    below a statutory minimum are an alert on the client's page and never a line of a return.
    """
    rates = tuple(
        session.scalars(
            select(Rate).where(Rate.name == REAL_LIVING_WAGE, *present(Rate)).order_by(Rate.valid_from)
        )
    )
    known_pay = and_(
        JobTerms.job_id == Job.id,
        JobTerms.hourly_pence.is_not(None),
        JobTerms.as_on <= scope.as_at,
        *present(JobTerms),
    )
    rows = session.execute(
        select(Job.id, Job.client_id, JobTerms.as_on, JobTerms.hourly_pence)
        .select_from(Enrolment)
        .join(Client, Client.id == Enrolment.client_id)
        .join(
            Job,
            and_(
                Job.client_id == Enrolment.client_id,
                or_(Job.enrolment_id.is_(None), Job.enrolment_id == Enrolment.id),
                Enrolment.started_on <= Job.started_on,
                or_(Enrolment.exit_on.is_(None), Enrolment.exit_on >= Job.started_on),
            ),
        )
        .outerjoin(JobTerms, known_pay)
        .where(
            *of_programme(scope),
            Job.started_on.between(scope.period.from_on, scope.last_known),
            *present(Job),
        )
        .order_by(Job.id, JobTerms.as_on.nulls_first(), JobTerms.id)
    ).all()
    latest = [tuple(group)[-1] for _, group in groupby(rows, key=lambda row: row[0])]
    verdicts = [(client, _verdict(rates, as_on, pence)) for _, client, as_on, pence in latest]
    return Found(
        id="pay-adequacy",
        unit="job starts",
        groups=tuple(
            events(label, (client for client, verdict in verdicts if verdict == label))
            for label in (AT_LEAST, BELOW, NOT_KNOWN)
        ),
        near=nearly(
            (client, _why_not(rates, as_on, pence))
            for (_, client, as_on, pence), (_, verdict) in zip(latest, verdicts, strict=True)
            if verdict != AT_LEAST
        ),
    )


def _why_not(rates: tuple[Rate, ...], as_on: dt.date | None, pence: int | None) -> str:
    """Return why a job does not count as paying the real Living Wage."""
    if pence is None or as_on is None:
        return "no hourly pay is recorded"
    rate = rate_on(rates, as_on)
    paid = f"£{pence / 100:.2f} an hour {on(as_on)}"
    return (
        f"{paid}, but no rate is on file for that day" if rate is None else f"{paid}, below £{rate / 100:.2f}"
    )


def _verdict(rates: tuple[Rate, ...], as_on: dt.date | None, pence: int | None) -> str:
    rate = None if as_on is None else rate_on(rates, as_on)
    if pence is None or rate is None:
        return NOT_KNOWN
    return AT_LEAST if pence >= rate else BELOW
