"""The timeline: everything that happened with one client, newest first."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import titles_of
from coachdesk.casework.plain_rows import as_kept, key_of, plain_rows
from coachdesk.models import Action, Contact, Employer, Enrolment, Job, Plan, Programme, Reading
from coachdesk.terms import UNSTATED_WORDS, Kind
from coachdesk.vault.caseload_rights import check_may_see

_ICONS = {
    "phone": "phone",
    "video": "video",
    "text": "message-square",
    "email": "mail",
    "letter": "mail",
    "employer_visit": "briefcase",
    "group": "users",
    "face_to_face": "users",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineQuestion:
    """One client's newest items."""

    client_id: UUID
    limit: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineItem:
    """One thing that happened."""

    id: UUID
    kind: Kind
    on: dt.date
    title: str
    text: str = ""
    tag: str = ""
    tone: str = "info"
    icon: str = "circle-check"


def read_timeline(session: Session, question: TimelineQuestion) -> tuple[TimelineItem, ...]:
    """Return the newest items: contacts, finished actions, plans agreed, jobs, readings, starts and ends."""
    check_may_see(session, question.client_id)
    titles = titles_of(session, "channel", "end_reason", "reading_point", "exit_reason")
    items = [
        *_contacts(session, question, titles["channel"]),
        *_actions(session, question),
        *_plans(session, question),
        *_jobs(session, question, titles["end_reason"]),
        *_readings(session, question, titles["reading_point"]),
        *_enrolments(session, question, titles["exit_reason"]),
    ]
    items.sort(key=lambda item: (item.on, item.id), reverse=True)
    return tuple(items[: question.limit])


def _contacts(
    session: Session, question: TimelineQuestion, titles: Mapping[str, str]
) -> Iterator[TimelineItem]:
    query = (
        select(
            as_kept(Contact.id),
            Contact.happened_on,
            Contact.channel,
            Contact.minutes,
            Contact.note,
            Contact.did_not_attend,
        )
        .where(Contact.client_id == question.client_id, Contact.archived_at.is_(None))
        .order_by(Contact.happened_on.desc(), Contact.id.desc())
        .limit(question.limit)
    )
    for kept, happened_on, channel, minutes, note, did_not_attend in plain_rows(session, query):
        plain = channel in UNSTATED_WORDS
        name = "Note" if plain else titles.get(channel, channel)
        yield TimelineItem(
            id=key_of(kept),
            kind=Kind.CONTACT,
            on=happened_on,
            title=f"{name} · {minutes} min" if minutes else name,
            text=note,
            tag="Could not make it" if did_not_attend else "",
            tone="warning" if did_not_attend else "info",
            icon="file-text" if plain else _ICONS.get(channel, "message-square"),
        )


def _actions(session: Session, question: TimelineQuestion) -> Iterator[TimelineItem]:
    query = (
        select(Action)
        .where(
            Action.client_id == question.client_id, Action.done_on.is_not(None), Action.archived_at.is_(None)
        )
        .order_by(Action.done_on.desc())
        .limit(question.limit)
    )
    finished = ((one, one.done_on) for one in session.scalars(query) if one.done_on is not None)
    for action, done_on in finished:
        yield TimelineItem(
            id=action.id,
            kind=Kind.ACTION,
            on=done_on,
            title=f"Done: {action.what}",
            text=action.outcome,
            tone="ok",
        )


def _plans(session: Session, question: TimelineQuestion) -> Iterator[TimelineItem]:
    query = select(Plan).where(
        Plan.client_id == question.client_id, Plan.agreed_on.is_not(None), Plan.archived_at.is_(None)
    )
    agreed = ((one, one.agreed_on) for one in session.scalars(query) if one.agreed_on is not None)
    for plan, agreed_on in agreed:
        yield TimelineItem(
            id=plan.id,
            kind=Kind.PLAN,
            on=agreed_on,
            title=f"Plan agreed, version {plan.version}",
            tone="brand",
            icon="handshake",
        )


def _jobs(session: Session, question: TimelineQuestion, reasons: Mapping[str, str]) -> Iterator[TimelineItem]:
    query = (
        select(Job, Employer.name)
        .join(Employer, Employer.id == Job.employer_id)
        .where(Job.client_id == question.client_id, Job.archived_at.is_(None))
    )
    for job, employer in session.execute(query):
        where = f"{job.title} at {employer}" if job.title else employer
        yield TimelineItem(
            id=job.id,
            kind=Kind.JOB,
            on=job.started_on,
            title=f"Started work: {where}",
            tone="ok",
            icon="briefcase",
        )
        if job.ended_on is not None:
            yield TimelineItem(
                id=job.id,
                kind=Kind.JOB,
                on=job.ended_on,
                title=f"Left work: {where}",
                text=reasons.get(job.end_reason, "") if job.end_reason not in UNSTATED_WORDS else "",
                tone="plum",
                icon="briefcase",
            )


def _readings(
    session: Session, question: TimelineQuestion, points: Mapping[str, str]
) -> Iterator[TimelineItem]:
    query = select(Reading).where(Reading.client_id == question.client_id, Reading.archived_at.is_(None))
    seen: set[tuple[dt.date, str]] = set()
    for reading in session.scalars(
        query.order_by(Reading.taken_on, Reading.instrument != "ons4", Reading.id)
    ):
        if reading.instrument != "ons4" and (reading.taken_on, reading.point) in seen:
            continue  # all that was answered at one sitting is one thing that happened
        seen.add((reading.taken_on, reading.point))
        is_wellbeing = reading.instrument == "ons4"
        yield TimelineItem(
            id=reading.id,
            kind=Kind.READING,
            on=reading.taken_on,
            title="Wellbeing questions answered" if is_wellbeing else "Questions from 0 to 10 answered",
            tag=points.get(reading.point, "") if reading.point not in UNSTATED_WORDS else "",
            tone="plum",
            icon="trending-up",
        )


def _enrolments(
    session: Session, question: TimelineQuestion, reasons: Mapping[str, str]
) -> Iterator[TimelineItem]:
    query = (
        select(Enrolment, Programme.title)
        .join(Programme, Programme.id == Enrolment.programme_id)
        .where(Enrolment.client_id == question.client_id, Enrolment.archived_at.is_(None))
    )
    for enrolment, programme in session.execute(query):
        if enrolment.started_on is not None:
            yield TimelineItem(
                id=enrolment.id,
                kind=Kind.ENROLMENT,
                on=enrolment.started_on,
                title=f"Started on {programme}",
                tone="brand",
                icon="flag",
            )
        if enrolment.exit_on is not None:
            yield TimelineItem(
                id=enrolment.id,
                kind=Kind.ENROLMENT,
                on=enrolment.exit_on,
                title=f"Support ended on {programme}",
                text=reasons.get(enrolment.exit_reason, "")
                if enrolment.exit_reason not in UNSTATED_WORDS
                else "",
                tone="plum",
                icon="log-out",
            )
