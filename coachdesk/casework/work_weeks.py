"""Weeks of work: paid hours and pay of each, estimated or confirmed (facts 12.2, work-week log)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.job_terms import in_force, terms_by_job
from coachdesk.casework.jobs import job_of
from coachdesk.casework.pay import minutes_of, money
from coachdesk.casework.work import hours_typed
from coachdesk.errors import Refusal
from coachdesk.models import Job, WorkWeek
from coachdesk.terms import Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, describe

_DAYS, _WORKING_DAYS, _HOUR = 7, 5, 60
_LONGEST = 104  # weeks filled at once: two years
NOT_AWAY = str(Unstated.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeksQuestion:
    """The last weeks of a job, as things stand today."""

    job_id: UUID
    today: dt.date
    count: int = 13


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRow:
    """A week from its Monday; hours and pay as they are typed, empty for not known; ``is_known`` once it is written down."""

    week_on: dt.date
    paid_hours: str
    gross_pay: str
    absent: str
    is_confirmed: bool
    is_known: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeksRow:
    """The weeks, the newest first, how many the job has had in all, and what its usual week is."""

    weeks: tuple[WeekRow, ...]
    all_weeks: int
    usual_hours: str


def list_work_weeks(session: Session, question: WeeksQuestion) -> WeeksRow:
    """Return the last weeks of a job, written down or not; raises Refusal when the job is gone."""
    job, client = job_of(session, question.job_id)
    check_may_see(session, client.id)
    mondays = list(_mondays(job.started_on, _last_day(job, question.today)))
    known = _weeks(session, job)
    shown = tuple(_row(monday, known.get(monday)) for monday in reversed(mondays[-question.count or None :]))
    now = in_force(terms_by_job(session, client.id).get(job.id, []), question.today)
    return WeeksRow(
        weeks=shown, all_weeks=len(mondays), usual_hours=hours_typed(now.usual_minutes if now else None)
    )


def monday_of(day: dt.date) -> dt.date:
    """Return the Monday of the week a day lies in."""
    return day - dt.timedelta(days=day.weekday())


def _mondays(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    monday = monday_of(first)
    while monday <= last:
        yield monday
        monday += dt.timedelta(days=_DAYS)


def _last_day(job: Job, today: dt.date) -> dt.date:
    return today if job.ended_on is None else min(job.ended_on, today)


def _weeks(session: Session, job: Job) -> dict[dt.date, WorkWeek]:
    query = select(WorkWeek).where(WorkWeek.job_id == job.id, WorkWeek.archived_at.is_(None))
    return {week.week_on: week for week in session.scalars(query)}


def _row(monday: dt.date, week: WorkWeek | None) -> WeekRow:
    return WeekRow(
        week_on=monday,
        paid_hours=hours_typed(week.paid_minutes) if week else "",
        gross_pay=money(week.gross_pence) if week and week.gross_pence is not None else "",
        absent=week.absent if week else NOT_AWAY,
        is_confirmed=week.is_confirmed if week else False,
        is_known=week is not None,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveWeek:
    """One week of a job as somebody types it; with nothing in it, the week is not known any more."""

    job_id: UUID
    week_on: dt.date
    paid_hours: str = ""
    gross_pay: str = ""
    absent: str = NOT_AWAY
    is_confirmed: bool = False


def save_week(session: Session, wish: SaveWeek) -> None:
    """Write a week down; raises Refusal for one the job does not have, that is to come, or for what is no number."""
    job, client = job_of(session, wish.job_id)
    monday = monday_of(wish.week_on)
    if monday not in set(_mondays(job.started_on, _last_day(job, clock_of(session).today()))):
        raise Refusal(
            "The job has no such week yet.", fields={"week_on": "Choose a week between the start and today."}
        )
    minutes = minutes_of(wish.paid_hours, "paid_hours")
    pence = pence_a_week(wish.gross_pay)
    week = _week(session, job, monday)
    week.paid_minutes, week.gross_pence = minutes, pence
    week.absent, week.is_confirmed = wish.absent or NOT_AWAY, wish.is_confirmed
    says_nothing = minutes is None and pence is None and week.absent in set(Unstated)
    week.archived_at = clock_of(session).now() if says_nothing else None
    describe(session, f"Wrote down a week of work of {client.initials()}")


_MOST_A_WEEK = 1_000_000  # pence: ten thousand pounds


def pence_a_week(typed: str) -> int | None:
    """Return pay of a week, as typed, in pence; None for nothing; raises Refusal beside ``gross_pay``."""
    whole = typed.replace(",", "").replace("£", "").strip()
    if not whole:
        return None
    pounds, _, pence = whole.partition(".")
    advice = {"gross_pay": "Type pounds for the week, as in 312.50."}
    shaped = pounds.isdigit() and (not pence or (pence.isdigit() and len(pence) <= 2))  # noqa: PLR2004  pence have two digits
    if not shaped or int(pounds) * 100 > _MOST_A_WEEK:
        raise Refusal("That pay is not understood.", fields=advice)
    return int(pounds) * 100 + int(pence.ljust(2, "0") or 0)


def _week(session: Session, job: Job, monday: dt.date) -> WorkWeek:
    """Return the record of a week: the one there is, taken out or not, or a new one."""
    query = select(WorkWeek).where(WorkWeek.job_id == job.id, WorkWeek.week_on == monday)
    week = session.scalars(query).first()
    if week is None:
        week = WorkWeek(client_id=job.client_id, job_id=job.id, week_on=monday)
        session.add(week)
    return week


@dataclass(frozen=True, slots=True, kw_only=True)
class FillWeeks:
    """The same every week: usual hours and pay as estimates, from a day to a day."""

    job_id: UUID
    from_on: dt.date
    to_on: dt.date


def fill_weeks(session: Session, wish: FillWeeks) -> int:
    """Write estimates into the weeks of a range that are not written down yet; return how many.

    The hours are those in force on each Monday, for the first and the last week of a job by its working days. Raises
    Refusal where no usual hours are known, for a range upside down, longer than two years or without such a week.
    """
    job, client = job_of(session, wish.job_id)
    if wish.to_on < wish.from_on:
        raise Refusal("The range ends before it begins.", fields={"to_on": "This is before the first week."})
    if (wish.to_on - wish.from_on).days > _LONGEST * _DAYS:
        raise Refusal("Two years at once are the most.", fields={"from_on": "Choose a later week."})
    lines = terms_by_job(session, client.id).get(job.id, [])
    first, last = (
        max(wish.from_on, job.started_on),
        min(wish.to_on, _last_day(job, clock_of(session).today())),
    )
    known, filled = _weeks(session, job), 0
    for monday in _mondays(first, last):
        terms = in_force(lines, max(monday, job.started_on))
        minutes = _share(job, monday, terms.usual_minutes if terms else None)
        if terms is None or not minutes or monday in known:
            continue
        week = _week(session, job, monday)
        week.paid_minutes, week.archived_at = minutes, None
        week.gross_pence = None if terms.hourly_pence is None else minutes * terms.hourly_pence // _HOUR
        week.absent, week.is_confirmed = NOT_AWAY, False
        filled += 1
    if not filled:
        raise Refusal("There is no week to fill: each is written down, or the usual hours are not known.")
    describe(session, f"Filled {filled} weeks of work of {client.initials()}")
    return filled


def _share(job: Job, monday: dt.date, usual: int | None) -> int:
    """Return the usual minutes of a week, in its share of working days where the job begins or ends in it."""
    days = [monday + dt.timedelta(days=day) for day in range(_WORKING_DAYS)]
    inside = [day for day in days if day >= job.started_on and (job.ended_on is None or day <= job.ended_on)]
    return (usual or 0) * len(inside) // _WORKING_DAYS
