"""The clients of a programme with what a file about them by name is read from: one row a person."""

import datetime as dt
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import titles_of
from coachdesk.casework.listed import not_erased
from coachdesk.casework.programmes import programme_of
from coachdesk.exchange.transfers_fields import JobFacts, RowFacts
from coachdesk.models import Client, Coach, Employer, Enrolment, Hub, Job

ROUTE, EXIT = "route", "exit_reason"


def rows_of_programme(
    session: Session, programme_key: str, from_on: dt.date | None, to_on: dt.date | None
) -> Mapping[UUID, RowFacts]:
    """Return everybody of a programme between two days by name, each with the latest enrolment that counts.

    Without days, everybody who ever was on it. Raises Refusal for an unknown programme.
    """
    programme = programme_of(session, programme_key)
    began = func.coalesce(Enrolment.started_on, Enrolment.accepted_on, Enrolment.received_on, dt.date.min)
    wanted = [
        Enrolment.programme_id == programme.id,
        Enrolment.archived_at.is_(None),
        Client.archived_at.is_(None),
        not_erased(),
    ]
    if to_on is not None:
        wanted.append(began <= to_on)
    if from_on is not None:
        wanted.append(or_(Enrolment.exit_on.is_(None), Enrolment.exit_on >= from_on))
    rows = session.execute(
        select(Client, Enrolment, Coach.name, Hub.name)
        .join(Enrolment, Enrolment.client_id == Client.id)
        .outerjoin(Coach, Coach.id == func.coalesce(Enrolment.coach_id, Client.coach_id))
        .outerjoin(Hub, Hub.id == func.coalesce(Enrolment.hub_id, Client.hub_id))
        .where(*wanted)
        .order_by(Client.last_name, Client.first_name, Client.id, began, Enrolment.id)
    ).all()
    titles = titles_of(session, ROUTE, EXIT)
    jobs = _latest_jobs(session)
    return {
        client.id: RowFacts(
            client=client,
            enrolment=enrolment,
            programme=programme.title,
            coach=coach or "",
            hub=hub or "",
            route=titles[ROUTE].get(enrolment.route, enrolment.route),
            exit_reason=titles[EXIT].get(enrolment.exit_reason, "") if enrolment.exit_on else "",
            job=jobs.get(client.id),
        )
        for client, enrolment, coach, hub in rows
    }


def _latest_jobs(session: Session) -> dict[UUID, JobFacts]:
    rows = session.execute(
        select(Job.client_id, Job.title, Employer.name, Job.started_on, Job.ended_on)
        .join(Employer, Employer.id == Job.employer_id)
        .where(Job.archived_at.is_(None))
        .order_by(Job.started_on, Job.id)
    )
    return {
        client: JobFacts(title=title, employer=employer, started_on=started, ended_on=ended)
        for client, title, employer, started, ended in rows
    }
