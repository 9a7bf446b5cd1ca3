"""The timeline: everything that happened with one client, newest first."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Integer, bindparam, select
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


class TimelineItem(NamedTuple):
    """One thing that happened."""

    id: UUID
    kind: Kind
    on: dt.date
    title: str
    text: str = ""
    tag: str = ""
    tone: str = "info"
    icon: str = "circle-check"


_WHEN = attrgetter("on", "id")

# Put together once: for one client, putting a question into SQL costs more than answering it.
_MOST = bindparam("most", type_=Integer())
_CONTACTS = (
    select(
        as_kept(Contact.id),
        Contact.happened_on,
        Contact.channel,
        Contact.minutes,
        Contact.note,
        Contact.did_not_attend,
    )
    .where(Contact.client_id == bindparam("client"), Contact.archived_at.is_(None))
    .order_by(Contact.happened_on.desc(), Contact.id.desc())
    .limit(_MOST)
)
_ACTIONS = (
    select(Action.id, Action.done_on, Action.what, Action.outcome)
    .where(Action.client_id == bindparam("client"), Action.done_on.is_not(None), Action.archived_at.is_(None))
    .order_by(Action.done_on.desc())
    .limit(_MOST)
)
_PLANS = select(Plan.id, Plan.agreed_on, Plan.version).where(
    Plan.client_id == bindparam("client"), Plan.agreed_on.is_not(None), Plan.archived_at.is_(None)
)
_JOBS = (
    select(Job.id, Job.title, Employer.name, Job.started_on, Job.ended_on, Job.end_reason)
    .join(Employer, Employer.id == Job.employer_id)
    .where(Job.client_id == bindparam("client"), Job.archived_at.is_(None))
)
_READINGS = (
    select(Reading.id, Reading.instrument, Reading.taken_on, Reading.point)
    .where(Reading.client_id == bindparam("client"), Reading.archived_at.is_(None))
    .order_by(Reading.taken_on, Reading.instrument != "ons4", Reading.id)
)
_ENROLMENTS = (
    select(Enrolment.id, Programme.title, Enrolment.started_on, Enrolment.exit_on, Enrolment.exit_reason)
    .join(Programme, Programme.id == Enrolment.programme_id)
    .where(Enrolment.client_id == bindparam("client"), Enrolment.archived_at.is_(None))
)


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
    items.sort(key=_WHEN, reverse=True)
    return tuple(items[: question.limit])


def _contacts(
    session: Session, question: TimelineQuestion, titles: Mapping[str, str]
) -> Iterator[TimelineItem]:
    shown: dict[str, tuple[str, str]] = {}
    for kept, happened_on, channel, minutes, note, did_not_attend in plain_rows(
        session, _CONTACTS, _told(question)
    ):
        if channel not in shown:
            shown[channel] = _name_and_icon(channel, titles)
        name, icon = shown[channel]
        title = f"{name} · {minutes} min" if minutes else name
        tag, tone = ("Could not make it", "warning") if did_not_attend else ("", "info")
        # By place: there may be a thousand of them, and names cost a third more.
        yield TimelineItem(key_of(kept), Kind.CONTACT, happened_on, title, note, tag, tone, icon)


def _name_and_icon(channel: str, titles: Mapping[str, str]) -> tuple[str, str]:
    if channel in UNSTATED_WORDS:
        return "Note", "file-text"
    return titles.get(channel, channel), _ICONS.get(channel, "message-square")


def _told(question: TimelineQuestion) -> dict[str, Any]:
    return {"client": question.client_id, "most": question.limit}


def _actions(session: Session, question: TimelineQuestion) -> Iterator[TimelineItem]:
    for identity, done_on, what, outcome in plain_rows(session, _ACTIONS, _told(question)):
        yield TimelineItem(
            id=identity, kind=Kind.ACTION, on=done_on, title=f"Done: {what}", text=outcome, tone="ok"
        )


def _plans(session: Session, question: TimelineQuestion) -> Iterator[TimelineItem]:
    for identity, agreed_on, version in plain_rows(session, _PLANS, {"client": question.client_id}):
        yield TimelineItem(
            id=identity,
            kind=Kind.PLAN,
            on=agreed_on,
            title=f"Plan agreed, version {version}",
            tone="brand",
            icon="handshake",
        )


def _jobs(session: Session, question: TimelineQuestion, reasons: Mapping[str, str]) -> Iterator[TimelineItem]:
    rows = plain_rows(session, _JOBS, {"client": question.client_id})
    for identity, title, employer, started_on, ended_on, end_reason in rows:
        where = f"{title} at {employer}" if title else employer
        yield TimelineItem(
            id=identity,
            kind=Kind.JOB,
            on=started_on,
            title=f"Started work: {where}",
            tone="ok",
            icon="briefcase",
        )
        if ended_on is not None:
            yield TimelineItem(
                id=identity,
                kind=Kind.JOB,
                on=ended_on,
                title=f"Left work: {where}",
                text=reasons.get(end_reason, "") if end_reason not in UNSTATED_WORDS else "",
                tone="plum",
                icon="briefcase",
            )


def _readings(
    session: Session, question: TimelineQuestion, points: Mapping[str, str]
) -> Iterator[TimelineItem]:
    seen: set[tuple[dt.date, str]] = set()
    rows = plain_rows(session, _READINGS, {"client": question.client_id})
    for identity, instrument, taken_on, point in rows:
        is_wellbeing = instrument == "ons4"
        if not is_wellbeing and (taken_on, point) in seen:
            continue  # all that was answered at one sitting is one thing that happened
        seen.add((taken_on, point))
        yield TimelineItem(
            id=identity,
            kind=Kind.READING,
            on=taken_on,
            title="Wellbeing questions answered" if is_wellbeing else "Questions from 0 to 10 answered",
            tag=points.get(point, "") if point not in UNSTATED_WORDS else "",
            tone="plum",
            icon="trending-up",
        )


def _enrolments(
    session: Session, question: TimelineQuestion, reasons: Mapping[str, str]
) -> Iterator[TimelineItem]:
    rows = plain_rows(session, _ENROLMENTS, {"client": question.client_id})
    for identity, programme, started_on, exit_on, exit_reason in rows:
        if started_on is not None:
            yield TimelineItem(
                id=identity,
                kind=Kind.ENROLMENT,
                on=started_on,
                title=f"Started on {programme}",
                tone="brand",
                icon="flag",
            )
        if exit_on is not None:
            yield TimelineItem(
                id=identity,
                kind=Kind.ENROLMENT,
                on=exit_on,
                title=f"Support ended on {programme}",
                text=reasons.get(exit_reason, "") if exit_reason not in UNSTATED_WORDS else "",
                tone="plum",
                icon="log-out",
            )
