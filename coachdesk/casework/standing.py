"""Where each client stands: open enrolment, job, last contact and next due day; read in a few queries for all."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple, TypeAlias
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Date, Select, bindparam, func, select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import titles_of
from coachdesk.casework.plain_rows import KeptKey, as_kept, key_of, plain_rows
from coachdesk.models import Action, Client, Contact, Enrolment, Job
from coachdesk.vault.one_moment import once

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
    going_on: tuple[KeptKey, ...] = ()
    """Every enrolment that has not ended, the one above among them."""

    @property
    def is_open(self) -> bool:
        """Whether support is going on, or has not begun to end."""
        return self.enrolment is not None or not self.was_enrolled

    def due_on(self) -> dt.date | None:
        """Return the earliest day on which something is due."""
        return min(self.dues) if self.dues else None

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


class OpenEnrolment(NamedTuple):
    """The enrolment that is going on; its keys are as the database keeps them."""

    id: KeptKey
    client_id: KeptKey
    programme_id: KeptKey
    route: str
    stage: str
    accepted_on: dt.date | None
    started_on: dt.date | None
    profile_started_on: dt.date | None


_ENROLLED = select(
    as_kept(Enrolment.id),
    as_kept(Enrolment.client_id),
    as_kept(Enrolment.programme_id),
    Enrolment.route,
    Enrolment.stage,
    Enrolment.accepted_on,
    Enrolment.started_on,
    Enrolment.profile_started_on,
    Enrolment.exit_on,
).where(Enrolment.archived_at.is_(None))
_NEWEST_FIRST = (Contact.happened_on.desc(), Contact.next_on.desc().nulls_last())

# For one client, putting a question into SQL costs more than answering it: put together once, and asked as one.
_THEIRS: BindParameter[UUID] = bindparam("client")
_TODAY: BindParameter[dt.date] = bindparam("today", type_=Date())
_THEIR_ENROLMENTS = _ENROLLED.where(Enrolment.client_id == _THEIRS)
_THEIR_CONTACTS = (Contact.client_id == _THEIRS, Contact.archived_at.is_(None))
_THEIR_DAYS = select(
    select(func.min(Job.started_on))
    .where(
        Job.client_id == _THEIRS,
        Job.archived_at.is_(None),
        Job.started_on <= _TODAY,
        (Job.ended_on.is_(None)) | (Job.ended_on >= _TODAY),
    )
    .scalar_subquery(),
    select(func.min(Action.due_on))
    .where(Action.client_id == _THEIRS, Action.done_on.is_(None), Action.archived_at.is_(None))
    .scalar_subquery(),
    select(func.max(Contact.happened_on)).where(*_THEIR_CONTACTS).scalar_subquery(),
    select(Contact.next_on).where(*_THEIR_CONTACTS).order_by(*_NEWEST_FIRST).limit(1).scalar_subquery(),
)


def standing_of(session: Session, today: dt.date, client_id: UUID) -> Standing:
    """Return where one client stands: the same as ``standings``, asked with two questions."""
    told = {"client": client_id, "today": today}
    (found,) = _going_on(plain_rows(session, _THEIR_ENROLMENTS, told), today).values() or (Standing(),)
    ((found.job_started_on, due_on, last_on, next_on),) = plain_rows(session, _THEIR_DAYS, told)
    if found.is_open:
        found.last_contact_on = last_on
        found.dues += [day for day in (due_on, next_on) if day is not None]
    return found


def standings(session: Session, today: dt.date, whose: Whose | None = None) -> dict[UUID, Standing]:
    """Return where each client stands; all clients, or those given. Nothing is due where support has ended."""
    return {key_of(client): standing for client, standing in kept_standings(session, today, whose).items()}


def kept_standings(session: Session, today: dt.date, whose: Whose | None = None) -> dict[KeptKey, Standing]:
    """Return the same as ``standings``, by the clients' keys as they are kept."""
    found = enrolled(session, today, whose)
    for client, started_on in _running_jobs(session, today, whose):
        found.setdefault(client, Standing()).job_started_on = started_on
    for client, due_on in _open_actions(session, whose):
        standing = found.setdefault(client, Standing())
        if standing.is_open:
            standing.dues.append(due_on)
    for client, last_on, next_on in _newest_contacts(session, whose):
        standing = found.setdefault(client, Standing())
        if standing.is_open:
            standing.last_contact_on = last_on
            standing.dues += [next_on] if next_on is not None else []
    return found


def enrolled(session: Session, today: dt.date, whose: Whose | None = None) -> dict[KeptKey, Standing]:
    """Return each client's open enrolment, the newest of several, without job and what is due."""
    return _going_on(_enrolments(session, whose), today)


def _going_on(rows: Iterable[Any], today: dt.date) -> dict[KeptKey, Standing]:
    found: dict[KeptKey, Standing] = {}
    for *told, exit_on in rows:
        enrolment = OpenEnrolment(*told)
        standing = found.get(enrolment.client_id)
        if standing is None:
            standing = found[enrolment.client_id] = Standing(was_enrolled=True)
        if exit_on is not None and exit_on <= today:
            continue
        standing.going_on += (enrolment.id,)
        before = standing.enrolment
        standing.enrolment = enrolment if before is None else max(before, enrolment, key=_by_id)
    return found


def _enrolments(session: Session, whose: Whose | None) -> Iterable[Any]:
    """Return the enrolments of some clients, ended ones too; those of everybody are asked for by several rooms."""
    query = _ENROLLED.where(*among(Enrolment.client_id.expression, whose))
    if whose is not None:
        return plain_rows(session, query)
    return once(session, "everybody's enrolments", partial(plain_rows, session, query))


def _by_id(enrolment: OpenEnrolment) -> KeptKey:
    return enrolment.id


def among(column: ColumnElement[UUID], whose: Whose | None) -> list[ColumnElement[bool]]:
    """Return the condition that a column names one of some clients; none for everybody."""
    return [] if whose is None else [column.in_(whose)]


def _running_jobs(session: Session, today: dt.date, whose: Whose | None) -> Iterable[tuple[KeptKey, dt.date]]:
    query = (
        select(as_kept(Job.client_id), func.min(Job.started_on))
        .where(
            Job.archived_at.is_(None),
            Job.started_on <= today,
            (Job.ended_on.is_(None)) | (Job.ended_on >= today),
            *among(Job.client_id.expression, whose),
        )
        .group_by(Job.client_id)
    )
    return plain_rows(session, query)


def _open_actions(session: Session, whose: Whose | None) -> Iterable[tuple[KeptKey, dt.date]]:
    query = (
        select(as_kept(Action.client_id), func.min(Action.due_on))
        .where(
            Action.done_on.is_(None),
            Action.due_on.is_not(None),
            Action.archived_at.is_(None),
            *among(Action.client_id.expression, whose),
        )
        .group_by(Action.client_id)
    )
    return plain_rows(session, query)


def _newest_contacts(
    session: Session, whose: Whose | None
) -> Iterable[tuple[KeptKey, dt.date | None, dt.date | None]]:
    """Return the day of each client's newest contact, and the latest day agreed on that day for the next.

    One step into the index for each client: grouping would read every contact there ever was.
    """
    theirs = (Contact.client_id == Client.id, Contact.archived_at.is_(None))
    last_on = select(func.max(Contact.happened_on)).where(*theirs).scalar_subquery()
    next_on = select(Contact.next_on).where(*theirs).order_by(*_NEWEST_FIRST).limit(1).scalar_subquery()
    query = select(as_kept(Client.id), last_on, next_on).where(*among(Client.id.expression, whose))
    if whose is not None:
        return plain_rows(session, query)
    return once(session, "everybody's newest contacts", partial(plain_rows, session, query))


def next_contacts(session: Session, whose: Whose | None) -> Iterator[tuple[KeptKey, dt.date]]:
    """Return the day agreed for the next contact, where the newest contact of a client names one."""
    newest = _newest_contacts(session, whose)
    return ((client, next_on) for client, _, next_on in newest if next_on is not None)


def stage_titles(session: Session) -> dict[str, str]:
    """Return the words of the stages, which each charity names for itself."""
    return once(session, "titles of stages", partial(titles_of, session, "stage"))["stage"]
