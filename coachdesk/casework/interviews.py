"""Interviews, visits and working trials: when, where, with whom, what was asked for on the day, and how it went."""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.due_call import DueAtWork
from coachdesk.casework.due_rules import Due
from coachdesk.casework.plain_rows import as_kept, plain_rows
from coachdesk.casework.running_work import LATEST_CATCH_UP
from coachdesk.casework.standing import Whose, among
from coachdesk.errors import Refusal
from coachdesk.models import Application, Client, Employer, Interview
from coachdesk.terms import Unstated
from coachdesk.vault.work import clock_of, describe

_INTERVIEW_STAGE, _EARLIER_STAGES = "interview", frozenset({"lead", "applied"})
_GONE = "This interview is not there any more."
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h]?([0-5]\d))?\s*(am|pm)?")
_HALF_DAY, _DAY = 12, 24
_ORIGIN = "The day agreed for it"


@dataclass(frozen=True, slots=True, kw_only=True)
class InterviewRow:
    """An interview, visit or trial of one application."""

    id: UUID
    application_id: UUID
    sort: str
    happens_on: dt.date
    at_time: str
    place: str
    with_whom: str
    support: str
    how_it_went: str
    cancelled_on: dt.date | None


def interviews_of(session: Session, applications: Iterable[UUID]) -> dict[UUID, list[InterviewRow]]:
    """Return the interviews of some applications, the first first; asks no rights."""
    query = select(Interview).where(
        Interview.application_id.in_(list(applications)), Interview.archived_at.is_(None)
    )
    found: dict[UUID, list[InterviewRow]] = {}
    for one in session.scalars(query.order_by(Interview.happens_on, Interview.at_time, Interview.id)):
        row = InterviewRow(
            id=one.id,
            application_id=one.application_id,
            sort=one.sort,
            happens_on=one.happens_on,
            at_time=one.at_time,
            place=one.place,
            with_whom=one.with_whom,
            support=one.support,
            how_it_went=one.how_it_went,
            cancelled_on=one.cancelled_on,
        )
        found.setdefault(one.application_id, []).append(row)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveInterview:
    """An interview, visit or trial, new or changed; the time as somebody types it. ``cancelled``: it is off."""

    application_id: UUID
    happens_on: dt.date
    interview_id: UUID | None = None
    sort: str = Unstated.NOT_ASKED
    at_time: str = ""
    place: str = ""
    with_whom: str = ""
    support: str = ""
    how_it_went: str = ""
    cancelled: bool = False


def save_interview(session: Session, wish: SaveInterview) -> UUID:
    """Write an interview; a new one takes a lead or an application to the stage of interviews. Return its id.

    Raises Refusal for a time that cannot be understood, for how something went that is still to come, and when the
    application or the interview is gone.
    """
    application = session.get(Application, wish.application_id)
    if application is None or application.archived_at is not None:
        raise Refusal("This application is not there any more.")
    today = clock_of(session).today()
    if wish.how_it_went.strip() and wish.happens_on > today:
        sentence = "This day is still to come."
        raise Refusal(sentence, fields={"how_it_went": sentence})
    one = _new(application) if wish.interview_id is None else _held(session, wish.interview_id)
    one.sort, one.happens_on, one.at_time = wish.sort, wish.happens_on, clock_time(wish.at_time)
    one.place, one.with_whom = wish.place.strip(), wish.with_whom.strip()
    one.support, one.how_it_went = wish.support.strip(), wish.how_it_went.strip()
    one.cancelled_on = (one.cancelled_on or today) if wish.cancelled else None
    session.add(one)
    initials = session.get_one(Client, application.client_id).initials()
    describe(session, f"{'Added' if wish.interview_id is None else 'Changed'} an interview of {initials}")
    return one.id


def _new(application: Application) -> Interview:
    if application.stage in _EARLIER_STAGES:
        application.stage = _INTERVIEW_STAGE
    return Interview(client_id=application.client_id, application_id=application.id)


def _held(session: Session, interview_id: UUID) -> Interview:
    one = session.get(Interview, interview_id)
    if one is None or one.archived_at is not None:
        raise Refusal(_GONE)
    return one


def cancel_those_to_come(session: Session, application_id: UUID, on: dt.date) -> None:
    """Cancel the interviews of an application that would come after a day: nobody is to be sent there."""
    query = select(Interview).where(
        Interview.application_id == application_id,
        Interview.happens_on > on,
        Interview.cancelled_on.is_(None),
        Interview.archived_at.is_(None),
    )
    for one in session.scalars(query):
        one.cancelled_on = on


def clock_time(typed: str) -> str:
    """Return a time as typed on the 24-hour clock; raises Refusal beside the field for anything else.

    >>> clock_time("9.30"), clock_time("2 pm"), clock_time("0915"), clock_time("14:00"), clock_time("")
    ('09:30', '14:00', '09:15', '14:00', '')
    """
    said = typed.strip().casefold()
    if not said:
        return ""
    found = _CLOCK.fullmatch(said)
    hour = _hour(int(found[1]), found[3]) if found is not None else None
    if found is None or hour is None:
        sentence = "Type a time, as in 9:30 or 2 pm."
        raise Refusal(sentence, fields={"at_time": sentence})
    return f"{hour:02d}:{found[2] or '00'}"


def _hour(hour: int, half: str | None) -> int | None:
    if half is None:
        return hour if hour < _DAY else None
    if not 1 <= hour <= _HALF_DAY:
        return None
    return hour % _HALF_DAY + (_HALF_DAY if half == "pm" else 0)


def interviews_due(
    session: Session, today: dt.date, last: dt.date, whose: Whose | None
) -> Iterator[DueAtWork]:
    """Yield interviews up to the last day, and those that were and nobody wrote down how they went."""
    query = (
        select(
            as_kept(Interview.id),
            as_kept(Interview.client_id),
            Interview.happens_on,
            Interview.at_time,
            Employer.name,
        )
        .join(Application, Application.id == Interview.application_id)
        .join(Employer, Employer.id == Application.employer_id)
        .where(
            Interview.happens_on.between(today - LATEST_CATCH_UP, last),
            Interview.cancelled_on.is_(None),
            Interview.how_it_went == "",
            Interview.archived_at.is_(None),
            Application.ended_on.is_(None),
            Application.archived_at.is_(None),
            *among(Interview.client_id.expression, whose),
        )
    )
    for record, client, on, at_time, employer in plain_rows(session, query):
        at = f", {at_time}" if at_time else ""
        words = f"Interview at {employer}{at}" if on >= today else f"Ask how it went at {employer}"
        yield DueAtWork("interview", record, client, Due(on, words, _ORIGIN))
