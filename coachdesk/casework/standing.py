"""Where each client stands: open enrolment, job, last contact and next due day; read in a few queries for all."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import titles_of
from coachdesk.models import Action, Contact, Enrolment, Job

_WEEK = 7
_UNSAID = "not_asked"


@dataclass(slots=True)
class Standing:
    """What the lists say about one client."""

    enrolment: "OpenEnrolment | None" = None
    was_enrolled: bool = False
    job_started_on: dt.date | None = None
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
        return "Being supported"


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


def standings(
    session: Session, today: dt.date, client_ids: Sequence[UUID] | None = None
) -> dict[UUID, Standing]:
    """Return where each client stands; all clients, or those given."""
    found: dict[UUID, Standing] = {}
    _read_enrolments(session, found, today, client_ids)
    _read_jobs(session, found, today, client_ids)
    _read_dues(session, found, client_ids)
    return found


def _among(column: ColumnElement[UUID], client_ids: Sequence[UUID] | None) -> list[ColumnElement[bool]]:
    return [] if client_ids is None else [column.in_(list(client_ids))]


def _read_enrolments(
    session: Session, found: dict[UUID, Standing], today: dt.date, client_ids: Sequence[UUID] | None
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
        .where(Enrolment.archived_at.is_(None), *_among(Enrolment.client_id.expression, client_ids))
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


def _read_jobs(
    session: Session, found: dict[UUID, Standing], today: dt.date, client_ids: Sequence[UUID] | None
) -> None:
    query = (
        select(Job.client_id, func.min(Job.started_on))
        .where(
            Job.archived_at.is_(None),
            Job.started_on <= today,
            (Job.ended_on.is_(None)) | (Job.ended_on >= today),
            *_among(Job.client_id.expression, client_ids),
        )
        .group_by(Job.client_id)
    )
    for client_id, started_on in session.execute(query):
        found.setdefault(client_id, Standing()).job_started_on = started_on


def _read_dues(session: Session, found: dict[UUID, Standing], client_ids: Sequence[UUID] | None) -> None:
    actions = (
        select(Action.client_id, func.min(Action.due_on))
        .where(
            Action.done_on.is_(None),
            Action.due_on.is_not(None),
            Action.archived_at.is_(None),
            *_among(Action.client_id.expression, client_ids),
        )
        .group_by(Action.client_id)
    )
    for client_id, next_on in (*_dated(session, actions), *next_contacts(session, client_ids)):
        found.setdefault(client_id, Standing()).dues.append(next_on)


def next_contacts(
    session: Session, client_ids: Sequence[UUID] | None = None
) -> Iterable[tuple[UUID, dt.date]]:
    """Return the day agreed for the next contact, where the newest contact of a client names one."""
    newest = (
        select(Contact.client_id, func.max(Contact.happened_on).label("last_on"))
        .where(Contact.archived_at.is_(None), *_among(Contact.client_id.expression, client_ids))
        .group_by(Contact.client_id)
        .subquery()
    )
    query = (
        select(Contact.client_id, func.max(Contact.next_on))
        .join(newest, (newest.c.client_id == Contact.client_id) & (newest.c.last_on == Contact.happened_on))
        .where(Contact.next_on.is_not(None), Contact.archived_at.is_(None))
        .group_by(Contact.client_id)
    )
    return _dated(session, query)


def _dated(session: Session, query: Select[UUID, dt.date | None]) -> Iterator[tuple[UUID, dt.date]]:
    return ((client_id, day) for client_id, day in session.execute(query) if day is not None)


def stage_titles(session: Session) -> dict[str, str]:
    """Return the words of the stages, which each charity names for itself."""
    return titles_of(session, "stage")["stage"]
