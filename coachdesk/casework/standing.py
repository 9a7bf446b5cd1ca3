"""Where each client stands: open enrolment, job, last contact and next due day; read in a few queries for all."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import titles_of
from coachdesk.models import Action, Client, Contact, Enrolment, Job

_WEEK = 7
_UNSAID = "not_asked"
Whose: TypeAlias = Sequence[UUID] | Select[UUID]
"""Some clients: by their ids, or by the question that finds them."""


@dataclass(slots=True)
class Standing:
    """What the lists say about one client."""

    enrolment: "OpenEnrolment | None" = None
    was_enrolled: bool = False
    job_started_on: dt.date | None = None
    last_contact_on: dt.date | None = None
    dues: list[dt.date] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether support is going on, or has not begun to end."""
        return self.enrolment is not None or not self.was_enrolled

    def due_on(self) -> dt.date | None:
        """Return the earliest day on which something is due."""
        return min(self.dues, default=None)

    def stage(self, today: dt.date, stages: dict[str, str]) -> str:
        """Return where the client stands, in words."""
        if not self.is_open:
            return "Support has ended"
        if self.job_started_on is not None and self.job_started_on <= today:
            return f"In work · week {(today - self.job_started_on).days // _WEEK + 1}"
        if self.enrolment is None:
            return "Enquiry"
        if self.enrolment.started_on is None:
            return "Waiting to start"
        if self.enrolment.stage != _UNSAID:
            return stages.get(self.enrolment.stage, self.enrolment.stage)
        return "Supported"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenEnrolment:
    """The enrolment that is going on."""

    id: UUID
    client_id: UUID
    programme_id: UUID
    route: str
    stage: str
    accepted_on: dt.date | None
    started_on: dt.date | None
    profile_started_on: dt.date | None


def standings(session: Session, today: dt.date, whose: Whose | None = None) -> dict[UUID, Standing]:
    """Return where each client stands; all clients, or those given. Nothing is due where support has ended."""
    found = enrolled_and_working(session, today, whose)
    chosen = select(Client.id).where(still_open(today), *_among(Client.id.expression, whose))
    for client_id, due_on in _open_actions(session, chosen):
        found.setdefault(client_id, Standing()).dues.append(due_on)
    for client_id, last_on, next_on in _newest_contacts(session, chosen):
        standing = found.setdefault(client_id, Standing())
        standing.last_contact_on = last_on
        standing.dues += [next_on] if next_on is not None else []
    return found


def enrolled_and_working(
    session: Session, today: dt.date, whose: Whose | None = None
) -> dict[UUID, Standing]:
    """Return each client's open enrolment and job, without what is due."""
    found: dict[UUID, Standing] = {}
    _read_enrolments(session, found, today, whose)
    _read_jobs(session, found, today, whose)
    return found


def still_open(today: dt.date) -> ColumnElement[bool]:
    """Return the condition that a client's support goes on or has not begun; closed cases are the many."""
    enrolled = select(Enrolment.client_id).where(Enrolment.archived_at.is_(None))
    going_on = enrolled.where(or_(Enrolment.exit_on.is_(None), Enrolment.exit_on > today))
    return or_(Client.id.not_in(enrolled), Client.id.in_(going_on))


def _among(column: ColumnElement[UUID], whose: Whose | None) -> list[ColumnElement[bool]]:
    return [] if whose is None else [column.in_(whose)]


def _read_enrolments(
    session: Session, found: dict[UUID, Standing], today: dt.date, whose: Whose | None
) -> None:
    query = (
        select(
            Enrolment.id,
            Enrolment.client_id,
            Enrolment.programme_id,
            Enrolment.route,
            Enrolment.stage,
            Enrolment.accepted_on,
            Enrolment.started_on,
            Enrolment.profile_started_on,
            Enrolment.exit_on,
        )
        .where(Enrolment.archived_at.is_(None), *_among(Enrolment.client_id.expression, whose))
        .order_by(Enrolment.id)
    )
    for row in session.execute(query):
        standing = found.setdefault(row.client_id, Standing())
        standing.was_enrolled = True
        if row.exit_on is None or row.exit_on > today:
            standing.enrolment = OpenEnrolment(
                id=row.id,
                client_id=row.client_id,
                programme_id=row.programme_id,
                route=row.route,
                stage=row.stage,
                accepted_on=row.accepted_on,
                started_on=row.started_on,
                profile_started_on=row.profile_started_on,
            )


def _read_jobs(session: Session, found: dict[UUID, Standing], today: dt.date, whose: Whose | None) -> None:
    query = (
        select(Job.client_id, func.min(Job.started_on))
        .where(
            Job.archived_at.is_(None),
            Job.started_on <= today,
            (Job.ended_on.is_(None)) | (Job.ended_on >= today),
            *_among(Job.client_id.expression, whose),
        )
        .group_by(Job.client_id)
    )
    for client_id, started_on in session.execute(query):
        found.setdefault(client_id, Standing()).job_started_on = started_on


def _open_actions(session: Session, whose: Whose) -> Iterator[tuple[UUID, dt.date]]:
    actions = (
        select(Action.client_id, func.min(Action.due_on))
        .where(
            Action.done_on.is_(None),
            Action.due_on.is_not(None),
            Action.archived_at.is_(None),
            Action.client_id.in_(whose),
        )
        .group_by(Action.client_id)
    )
    return ((client_id, day) for client_id, day in session.execute(actions) if day is not None)


def _newest_contacts(session: Session, whose: Whose) -> Iterable[tuple[UUID, dt.date | None, dt.date | None]]:
    """Return the day of the newest contact, and the day agreed there for the next."""
    newest = (
        select(Contact.client_id, func.max(Contact.happened_on).label("last_on"))
        .where(Contact.archived_at.is_(None), Contact.client_id.in_(whose))
        .group_by(Contact.client_id)
        .subquery()
    )
    query = (
        select(Contact.client_id, func.max(Contact.happened_on), func.max(Contact.next_on))
        .join(newest, (newest.c.client_id == Contact.client_id) & (newest.c.last_on == Contact.happened_on))
        .where(Contact.archived_at.is_(None))
        .group_by(Contact.client_id)
    )
    return session.execute(query).all()


def next_contacts(session: Session, whose: Whose) -> Iterator[tuple[UUID, dt.date]]:
    """Return the day agreed for the next contact, where the newest contact of a client names one."""
    newest = _newest_contacts(session, whose)
    return ((client_id, next_on) for client_id, _, next_on in newest if next_on is not None)


def stage_titles(session: Session) -> dict[str, str]:
    """Return the words of the stages, which each charity names for itself."""
    return titles_of(session, "stage")["stage"]
