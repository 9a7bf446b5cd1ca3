"""What a coach's calendar may hold: the days of her own clients that are known ahead, and nothing said about them.

Read for a file that leaves the vault: each day carries a client's initials and reference, and no name, note, place or
employer is read for it at all.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coachdesk.casework.due_rules import Kept, review_due
from coachdesk.casework.listed import listed
from coachdesk.casework.plain_rows import key_of
from coachdesk.casework.programmes import definitions
from coachdesk.casework.running_work import running_work
from coachdesk.casework.standing import Standing, enrolled
from coachdesk.errors import Refusal
from coachdesk.models import (
    Adjustment,
    Application,
    Client,
    Contact,
    GroupSession,
    Interview,
    Job,
    Plan,
)
from coachdesk.vault.settings import keep_setting, read_setting
from coachdesk.vault.work import coach_of, describe

DAYS_AHEAD: Final = 90
"""A quarter ahead (CoachDesk default): long enough to plan by, and what lies further is moved anyway."""
_NAMING = "calendar_naming"
_NO_COACH = "A calendar belongs to a coach of the team; this key belongs to none."


class Naming(StrEnum):
    """How a client is called in a calendar: chosen once for a vault."""

    INITIALS = "initials"
    REFERENCE = "reference"


class Sort(StrEnum):
    """What a day is for, as far as a calendar says it; what a review is of stays in the vault."""

    CHECK_IN = "check_in"
    CONTACT = "contact"
    REVIEW = "review"
    INTERVIEW = "interview"
    GROUP = "group"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """One day that is known ahead; ``key`` stays the same when the day is moved."""

    key: str
    sort: Sort
    on: dt.date
    at_time: str = ""
    client_id: UUID | None = None
    initials: str = ""
    reference: str = ""

    def called(self, naming: Naming) -> str:
        """Return what the client is called in the file; empty for a group."""
        return self.initials if naming is Naming.INITIALS else self.reference


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarQuestion:
    """From which day on, and how many days ahead."""

    today: dt.date
    days: int = DAYS_AHEAD

    @property
    def last(self) -> dt.date:
        """The last day asked for."""
        return self.today + dt.timedelta(days=self.days)


def read_appointments(session: Session, question: CalendarQuestion) -> tuple[Appointment, ...]:
    """Return the days of the own caseload of who asks, the first first; not of clients she only covers for.

    A day that is past stands in no calendar file: it is on Today. Raises Refusal for a key that belongs to no coach.
    """
    me = coach_of(session)
    if me is None:
        raise Refusal(_NO_COACH)
    load = _caseload(session, question, me)
    found = [*_check_ins(load), *_contacts(load), *_plan_reviews(load), *_adjustment_reviews(load)]
    found += [*_interviews(load), *_groups(load, me)]
    return tuple(sorted(found, key=lambda one: (one.on, one.at_time, one.sort, one.key)))


@dataclass(frozen=True, slots=True)
class _Caseload:
    """The own clients whose support goes on or has not begun, and where each of them stands."""

    session: Session
    question: CalendarQuestion
    ids: tuple[UUID, ...]
    called: dict[UUID, tuple[str, str]]
    stands: dict[UUID, Standing]

    def shows(self, on: dt.date) -> bool:
        """Return whether a day is among those asked for."""
        return self.question.today <= on <= self.question.last

    def of(self, client_id: UUID, key: str, sort: Sort, on: dt.date, at_time: str = "") -> Appointment:
        """Return a day of a client."""
        initials, reference = self.called[client_id]
        return Appointment(
            key=f"{sort}:{key}",
            sort=sort,
            on=on,
            at_time=at_time,
            client_id=client_id,
            initials=initials,
            reference=reference,
        )


def _caseload(session: Session, question: CalendarQuestion, me: UUID) -> _Caseload:
    theirs = (Client.died_on.is_(None), *listed(session, me))
    found = enrolled(session, question.today, select(Client.id).where(*theirs))
    stands = {key_of(client): standing for client, standing in found.items()}
    called = {
        one.id: (one.initials(), one.reference)
        for one in session.scalars(select(Client).where(*theirs))
        if stands.setdefault(one.id, Standing()).is_open
    }
    return _Caseload(session, question, tuple(called), called, stands)


def _check_ins(load: _Caseload) -> Iterator[Appointment]:
    """Yield every open check-in, one that was moved on its new day and under the day of the rhythm."""
    known = definitions(load.session)
    for job in running_work(load.session, load.question.today, load.ids):
        client = key_of(job.client)
        enrolment = load.stands[client].enrolment
        if enrolment is not None:
            for slot in job.slots(known[key_of(enrolment.programme_id)]):
                if slot.kept is Kept.OPEN and load.shows(slot.on):
                    key = f"{key_of(job.id).hex}:{slot.rhythm_on.isoformat()}"
                    yield load.of(client, key, Sort.CHECK_IN, slot.on)


def _contacts(load: _Caseload) -> Iterator[Appointment]:
    """Yield the day agreed at the newest contact of each client, under that contact."""
    query = (
        select(Contact.client_id, Contact.id, Contact.next_on)
        .where(Contact.client_id.in_(load.ids), Contact.archived_at.is_(None))
        .order_by(Contact.client_id, Contact.happened_on, Contact.next_on.nulls_first(), Contact.id)
    )
    newest = {client: (contact, next_on) for client, contact, next_on in load.session.execute(query)}
    for client, (contact, next_on) in newest.items():
        if next_on is not None and load.shows(next_on):
            yield load.of(client, contact.hex, Sort.CONTACT, next_on)


def _plan_reviews(load: _Caseload) -> Iterator[Appointment]:
    known = definitions(load.session)
    query = (
        select(Plan)
        .where(Plan.client_id.in_(load.ids), Plan.archived_at.is_(None))
        .order_by(Plan.client_id, Plan.version, Plan.id)
    )
    newest = {plan.client_id: plan for plan in load.session.scalars(query)}
    for client, plan in newest.items():
        enrolment = load.stands[client].enrolment
        if enrolment is None or enrolment.started_on is None or plan.agreed_on is None:
            continue
        rules = known[key_of(enrolment.programme_id)]
        due = review_due(plan.agreed_on, plan.reviewed_on, plan.next_review_on, rules)
        if due is not None and load.shows(due.on):
            yield load.of(client, plan.id.hex, Sort.REVIEW, due.on)


def _adjustment_reviews(load: _Caseload) -> Iterator[Appointment]:
    query = (
        select(Adjustment.client_id, Adjustment.id, Adjustment.review_on)
        .outerjoin(Job, Job.id == Adjustment.job_id)
        .where(
            Adjustment.client_id.in_(load.ids),
            Adjustment.review_on.between(load.question.today, load.question.last),
            Adjustment.ended_on.is_(None),
            Adjustment.archived_at.is_(None),
            or_(Job.ended_on.is_(None), Job.ended_on >= load.question.today),
        )
    )
    for client, adjustment, review_on in load.session.execute(query):
        assert review_on is not None  # noqa: S101  the question asks for a day between two
        yield load.of(client, adjustment.hex, Sort.REVIEW, review_on)


def _interviews(load: _Caseload) -> Iterator[Appointment]:
    query = (
        select(Interview.client_id, Interview.id, Interview.happens_on, Interview.at_time)
        .join(Application, Application.id == Interview.application_id)
        .where(
            Interview.client_id.in_(load.ids),
            Interview.happens_on.between(load.question.today, load.question.last),
            Interview.cancelled_on.is_(None),
            Interview.archived_at.is_(None),
            Application.archived_at.is_(None),
        )
    )
    for client, interview, on, at_time in load.session.execute(query):
        yield load.of(client, interview.hex, Sort.INTERVIEW, on, at_time)


def _groups(load: _Caseload, me: UUID) -> Iterator[Appointment]:
    """Yield the group sessions this coach leads: that there is one, not what it is about."""
    query = select(GroupSession.id, GroupSession.happened_on).where(
        GroupSession.coach_id == me,
        GroupSession.happened_on.between(load.question.today, load.question.last),
        GroupSession.archived_at.is_(None),
    )
    for group, on in load.session.execute(query):
        yield Appointment(key=f"{Sort.GROUP}:{group.hex}", sort=Sort.GROUP, on=on)


def read_naming(session: Session, _question: None) -> Naming | None:
    """Return how clients are called in a calendar, or None while nobody has chosen."""
    kept = read_setting(session, _NAMING)
    return Naming(kept["by"]) if kept is not None else None


def choose_naming(session: Session, wish: Naming) -> Naming:
    """Keep how clients are called in a calendar, for everybody of this vault, and return it."""
    keep_setting(session, _NAMING, {"by": wish.value})
    describe(session, "Chose how clients are called in a calendar")
    return wish
