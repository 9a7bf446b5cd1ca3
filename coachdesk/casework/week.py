"""A coach's own week: time with clients and in groups, and the hours beside it: travel, paperwork, team, training."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import Contact, GroupPlace, GroupSession, WorkTime
from coachdesk.vault.work import clock_of, coach_of, describe

SORTS: Final = {
    "travel": "Travel",
    "admin": "Paperwork",
    "team": "Team",
    "training": "Training",
    "employers": "Employers",
    "leave": "Leave",
}
"""What time beside the clients is spent on, in the order it is asked."""
CLIENTS, GROUPS = "clients", "groups"
_DAYS = 7
_DAY_MINUTES = 24 * 60
_GONE = "This entry is not there any more."
_NO_COACH = "Whoever keeps a week is a coach of the team; this key belongs to none."


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeRow:
    """Time that belongs to no contact."""

    id: UUID
    worked_on: dt.date
    sort: str
    title: str
    minutes: int
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DayRow:
    """A day of the week: contacts, group sessions and the other entries, with their minutes."""

    on: dt.date
    contacts: int
    contact_minutes: int
    sessions: int
    session_minutes: int
    entries: tuple[TimeRow, ...]

    @property
    def minutes(self) -> int:
        """All minutes of the day."""
        return self.contact_minutes + self.session_minutes + sum(one.minutes for one in self.entries)


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekRow:
    """A week from Monday, and its minutes by what they went into."""

    monday: dt.date
    days: tuple[DayRow, ...]
    sums: dict[str, int]

    @property
    def minutes(self) -> int:
        """All minutes of the week."""
        return sum(self.sums.values())


def read_week(session: Session, day: dt.date) -> WeekRow:
    """Return the week of who asks that a day lies in; weeks start on Monday (decisions.md 5).

    A group session counts once, however many came: the contacts it left with each of them count no time.
    """
    monday = day - dt.timedelta(days=day.weekday())
    days = [monday + dt.timedelta(days=number) for number in range(_DAYS)]
    me = coach_of(session)
    held, led = _contacts(session, me, days), _sessions(session, me, days)
    entries: dict[dt.date, list[TimeRow]] = {}
    for row in _entries(session, me, days):
        entries.setdefault(row.worked_on, []).append(row)
    rows = tuple(
        DayRow(
            on=on,
            contacts=held.get(on, (0, 0))[0],
            contact_minutes=held.get(on, (0, 0))[1],
            sessions=led.get(on, (0, 0))[0],
            session_minutes=led.get(on, (0, 0))[1],
            entries=tuple(entries.get(on, ())),
        )
        for on in days
    )
    return WeekRow(monday=monday, days=rows, sums=_sums(rows))


def _sums(days: Iterable[DayRow]) -> dict[str, int]:
    sums = dict.fromkeys((CLIENTS, GROUPS, *SORTS), 0)
    for day in days:
        sums[CLIENTS] += day.contact_minutes
        sums[GROUPS] += day.session_minutes
        for one in day.entries:
            sums[one.sort] += one.minutes
    return sums


def _contacts(session: Session, me: UUID | None, days: list[dt.date]) -> dict[dt.date, tuple[int, int]]:
    in_groups = select(GroupPlace.contact_id).where(GroupPlace.contact_id.is_not(None))
    query = (
        select(Contact.happened_on, func.count(), func.coalesce(func.sum(Contact.minutes), 0))
        .where(
            Contact.coach_id == me,
            Contact.happened_on.between(days[0], days[-1]),
            Contact.archived_at.is_(None),
            Contact.id.not_in(in_groups),
        )
        .group_by(Contact.happened_on)
    )
    return {on: (count, int(minutes or 0)) for on, count, minutes in session.execute(query)}


def _sessions(session: Session, me: UUID | None, days: list[dt.date]) -> dict[dt.date, tuple[int, int]]:
    query = (
        select(GroupSession.happened_on, func.count(), func.coalesce(func.sum(GroupSession.minutes), 0))
        .where(
            GroupSession.coach_id == me,
            GroupSession.happened_on.between(days[0], days[-1]),
            GroupSession.archived_at.is_(None),
        )
        .group_by(GroupSession.happened_on)
    )
    return {on: (count, int(minutes or 0)) for on, count, minutes in session.execute(query)}


def _entries(session: Session, me: UUID | None, days: list[dt.date]) -> tuple[TimeRow, ...]:
    query = (
        select(WorkTime)
        .where(
            WorkTime.coach_id == me,
            WorkTime.worked_on.between(days[0], days[-1]),
            WorkTime.archived_at.is_(None),
        )
        .order_by(WorkTime.worked_on, WorkTime.id)
    )
    return tuple(
        TimeRow(
            id=one.id,
            worked_on=one.worked_on,
            sort=one.sort,
            title=SORTS[one.sort],
            minutes=one.minutes,
            note=one.note,
        )
        for one in session.scalars(query)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveWorkTime:
    """Time spent beside the clients; with an id, the entry that is changed."""

    worked_on: dt.date
    sort: str
    minutes: int | None
    note: str = ""
    id: UUID | None = None


def save_work_time(session: Session, wish: SaveWorkTime) -> UUID:
    """Keep time in the week of who acts; return its id.

    Raises Refusal for a sort that is none, for minutes that do not fit into the day beside what is there, and for an
    entry that is gone or a colleague's.
    """
    me = coach_of(session)
    if me is None:
        raise Refusal(_NO_COACH)
    entry = None if wish.id is None else _own(session, wish.id)
    minutes = _checked(session, wish, me)
    if entry is None:
        entry = WorkTime(coach_id=me, worked_on=wish.worked_on, sort=wish.sort, minutes=minutes)
        session.add(entry)
    entry.worked_on, entry.sort, entry.minutes = wish.worked_on, wish.sort, minutes
    entry.note = wish.note.strip()
    describe(session, f"{'Changed' if wish.id else 'Added'} time in the week: {SORTS[wish.sort]}")
    return entry.id


def remove_work_time(session: Session, entry_id: UUID) -> None:
    """Take time out of the week; raises Refusal for an entry that is gone or a colleague's."""
    entry = _own(session, entry_id)
    entry.archived_at = clock_of(session).now()
    describe(session, f"Took time out of the week: {SORTS[entry.sort]}")


def _checked(session: Session, wish: SaveWorkTime, me: UUID) -> int:
    """Return the minutes of a wish that can be; raises Refusal."""
    if wish.sort not in SORTS:
        raise Refusal("Say what the time went into.", fields={"sort": "Choose one."})
    if wish.minutes is None or not 1 <= wish.minutes <= _DAY_MINUTES:
        raise Refusal("Say how long it took.", fields={"minutes": "Type minutes, 1 to 1,440."})
    others = select(func.coalesce(func.sum(WorkTime.minutes), 0)).where(
        WorkTime.coach_id == me,
        WorkTime.worked_on == wish.worked_on,
        WorkTime.archived_at.is_(None),
        WorkTime.id.is_distinct_from(wish.id),
    )
    if wish.minutes + (session.scalar(others) or 0) > _DAY_MINUTES:
        raise Refusal(
            "A day has 24 hours.", fields={"minutes": "With what is there already this is more than a day."}
        )
    return wish.minutes


def _own(session: Session, entry_id: UUID) -> WorkTime:
    entry = session.get(WorkTime, entry_id)
    if entry is None or entry.archived_at is not None or entry.coach_id != coach_of(session):
        raise Refusal(_GONE)
    return entry
