"""Meeting employers: how soon for each client, and how often in a coach's week (facts 12.4 rows 8 and 9)."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from statistics import median
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from coachdesk.casework.coach_time import share_on, shares_by_coach
from coachdesk.casework.service_quality.ground import (
    Indicator,
    QualityQuestion,
    QualitySettings,
    Told,
    counted,
    part,
    percent,
)
from coachdesk.casework.working_days import holidays
from coachdesk.models import Client, Coach, EmployerContact, EmployerTalk, Enrolment, WorkTime

_SATURDAY, _WEEK_DAYS = 5, 5
_DAY = dt.timedelta(days=1)
_BY_COACH = ("coach", "both")


def first_contact(session: Session, question: QualityQuestion, settings: QualitySettings) -> Indicator:
    """Return the days from the start of support to the first face-to-face meeting with an employer (row 8)."""
    told = Told("first_contact")
    started = first_meetings(session, question)
    if not started:
        return told.nothing("Nobody’s support began in this period.")
    days = {client: (met - began).days for client, (began, met) in started.items() if met is not None}
    waiting = {
        client: (question.as_at - began).days for client, (began, met) in started.items() if met is None
    }
    parts = [part("Met an employer", days), part("Not yet", waiting)]
    target, words, notes = settings.first_contact_days, "", []
    if waiting:
        longest, middle = max(waiting.values()), median(waiting.values())
        notes.append(f"Not yet: {middle:g} days so far in the middle, {longest} at the most.")
    if target is not None:
        within = frozenset(client for client, passed in days.items() if passed <= target)
        words = f"Within {counted(target, 'day')}: {percent(len(within), len(started))}% of all who started"
        parts.append(part("Within the target", within))
    values = {"parts": tuple(parts), "target": words, "notes": tuple(notes)}
    if not days:
        return told.nothing("Nobody who started in this period has met an employer yet.", **values)
    return told.made(
        f"{median(days.values()):g} days in the middle",
        numerator=len(days),
        denominator=len(started),
        basis=f"{len(days)} of {counted(len(started), 'person', 'people')} who started have met an employer",
        **values,
    )


def first_meetings(session: Session, question: QualityQuestion) -> dict[UUID, tuple[dt.date, dt.date | None]]:
    """Return everybody whose support began in the period: the first day, and that of the first meeting since."""
    met_on = (
        select(func.min(EmployerContact.happened_on))
        .join(EmployerTalk, EmployerTalk.employer_contact_id == EmployerContact.id)
        .where(
            EmployerTalk.client_id == Enrolment.client_id,
            EmployerTalk.archived_at.is_(None),
            EmployerContact.archived_at.is_(None),
            EmployerContact.face_to_face.is_(True),
            EmployerContact.happened_on.between(Enrolment.started_on, question.as_at),
        )
        .scalar_subquery()
    )
    query = (
        select(Enrolment.client_id, Enrolment.started_on, met_on)
        .join(Client, Client.id == Enrolment.client_id)
        .where(
            Enrolment.started_on.between(question.from_on, question.known_to),
            Enrolment.archived_at.is_(None),
            Client.archived_at.is_(None),
            *([Enrolment.programme_id == question.programme_id] if question.programme_id is not None else []),
        )
        .order_by(Enrolment.started_on.desc())
    )
    return {client: (began, met) for client, began, met in session.execute(query) if began is not None}


def employer_contacts(
    session: Session, question: QualityQuestion, settings: QualitySettings, *, manages: bool
) -> Indicator:
    """Return coaches' face-to-face meetings with employers for each week they worked (row 9)."""
    told = Told("employer_contacts")
    days = _days_worked(session, question, settings)
    whole = sum(days.values())
    if not whole:
        return told.nothing("Nobody’s working time is set for this period: a manager sets it below.")
    meetings, behind = _meetings(session, question)
    made = sum(count for coach, count in meetings.items() if coach in days)
    beside = sum(meetings.values()) - made
    names: dict[UUID, str] = dict(session.execute(select(Coach.id, Coach.name)).all())
    lines = sorted((names[coach], _words(meetings[coach], worked)) for coach, worked in days.items())
    target = settings.contacts_a_week
    note = f"{counted(beside, 'meeting')} of coaches without working time is not counted."
    return told.made(
        f"{made * _WEEK_DAYS / whole:.1f} a week",
        numerator=made,
        denominator=whole / _WEEK_DAYS,
        basis=_words(made, whole),
        parts=(part("Clients they were for", behind),),
        target=f"{target} a week" if target is not None else "",
        notes=(note,) if beside else (),
        coaches=tuple(lines) if manages else (),
        coach_count=len(days),
    )


def _words(meetings: int, worked: float) -> str:
    return f"{counted(meetings, 'meeting')} in {worked / _WEEK_DAYS:.1f} weeks worked"


def _meetings(session: Session, question: QualityQuestion) -> tuple[Counter[UUID | None], set[UUID]]:
    """Return how many meetings each coach had, and the clients they were for."""
    query = (
        select(EmployerContact.id, EmployerContact.coach_id, EmployerTalk.client_id)
        .outerjoin(
            EmployerTalk,
            and_(EmployerTalk.employer_contact_id == EmployerContact.id, EmployerTalk.archived_at.is_(None)),
        )
        .where(
            EmployerContact.happened_on.between(question.from_on, question.known_to),
            EmployerContact.face_to_face.is_(True),
            EmployerContact.made_by.in_(_BY_COACH),
            EmployerContact.archived_at.is_(None),
        )
    )
    rows = session.execute(query).all()
    coaches = {contact: coach for contact, coach, _ in rows}
    behind: set[UUID | None] = {client for _, _, client in rows}
    return Counter(coaches.values()), {client for client in behind if client is not None}


def _days_worked(
    session: Session, question: QualityQuestion, settings: QualitySettings
) -> Mapping[UUID, float]:
    """Return the working days of each coach with working time: no weekends, no bank holidays, leave taken off."""
    known = holidays(session)
    count = (question.known_to - question.from_on).days + 1
    days = [question.from_on + number * _DAY for number in range(count)]
    working = [day for day in days if day.weekday() < _SATURDAY and day not in known]
    leave = _leave(session, question)
    found = {}
    for coach, shares in shares_by_coach(session).items():
        worked = sum(
            1 - min(1.0, leave.get((coach, day), 0) / settings.working_day_minutes)
            for day in working
            if share_on(shares, day)
        )
        if worked:
            found[coach] = worked
    return found


def _leave(session: Session, question: QualityQuestion) -> dict[tuple[UUID, dt.date], int]:
    query = (
        select(WorkTime.coach_id, WorkTime.worked_on, func.sum(WorkTime.minutes))
        .where(
            WorkTime.sort == "leave",
            WorkTime.worked_on.between(question.from_on, question.known_to),
            WorkTime.archived_at.is_(None),
        )
        .group_by(WorkTime.coach_id, WorkTime.worked_on)
    )
    return {(coach, on): int(minutes) for coach, on, minutes in session.execute(query)}
