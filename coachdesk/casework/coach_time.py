"""A coach's share of a full-time post, from a day on: what a caseload is measured against. Only managers set it."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import Coach, CoachTime
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.work import clock_of, describe

FULL = 100
_GONE = "This entry is not there any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachTimeRow:
    """How much of a full-time post a coach works from a day on, in hundredths."""

    id: UUID
    coach_id: UUID
    coach: str
    from_on: dt.date
    hundredths: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCoachTime:
    """Set a coach's share of full time, in per cent; with an id, the entry that is corrected."""

    coach_id: UUID | None
    from_on: dt.date
    hundredths: int | None
    id: UUID | None = None


def list_coach_times(session: Session, _question: None) -> tuple[CoachTimeRow, ...]:
    """Return every entry, by coach and the newest first."""
    query = (
        select(CoachTime, Coach.name)
        .join(Coach, Coach.id == CoachTime.coach_id)
        .where(CoachTime.archived_at.is_(None), Coach.archived_at.is_(None))
        .order_by(Coach.name, CoachTime.from_on.desc())
    )
    return tuple(
        CoachTimeRow(
            id=one.id, coach_id=one.coach_id, coach=name, from_on=one.from_on, hundredths=one.hundredths
        )
        for one, name in session.execute(query)
    )


def set_coach_time(session: Session, wish: SetCoachTime) -> UUID:
    """Keep a coach's share of full time and return the entry's id; one of the same day is corrected.

    Raises Refusal unless a manager asks, without a coach, for a share that cannot be, and when the entry is gone.
    """
    check_is_manager(session)
    if wish.coach_id is None or session.get(Coach, wish.coach_id) is None:
        raise Refusal("Say whose time it is.", fields={"coach_id": "Choose a coach."})
    if wish.hundredths is None or not 0 <= wish.hundredths <= FULL:
        raise Refusal("Say how much of full time.", fields={"hundredths": "Type a percentage, 0 to 100."})
    entry = _entry(session, wish)
    entry.coach_id, entry.from_on, entry.hundredths = wish.coach_id, wish.from_on, wish.hundredths
    entry.archived_at = None
    session.add(entry)
    describe(session, "Set a coach’s working time")
    return entry.id


def _entry(session: Session, wish: SetCoachTime) -> CoachTime:
    """Return the entry to write: of that day, also one that was taken out, else the one that is corrected."""
    of_day = session.scalar(
        select(CoachTime).where(CoachTime.coach_id == wish.coach_id, CoachTime.from_on == wish.from_on)
    )
    if wish.id is None:
        return of_day or CoachTime()
    entry = _held(session, wish.id)
    if of_day is not None and of_day.id != entry.id:
        raise Refusal(
            "There is an entry from that day.", fields={"from_on": "Correct or choose another day."}
        )
    return entry


def take_out_coach_time(session: Session, entry_id: UUID) -> None:
    """Take an entry out; raises Refusal unless a manager asks, and when it is gone."""
    check_is_manager(session)
    _held(session, entry_id).archived_at = clock_of(session).now()
    describe(session, "Took a coach’s working time out")


def _held(session: Session, entry_id: UUID) -> CoachTime:
    entry = session.get(CoachTime, entry_id)
    if entry is None or entry.archived_at is not None:
        raise Refusal(_GONE)
    return entry


def shares_by_coach(session: Session) -> dict[UUID, tuple[tuple[dt.date, int], ...]]:
    """Return each coach's shares of full time with the day each holds from, the earliest first."""
    query = (
        select(CoachTime.coach_id, CoachTime.from_on, CoachTime.hundredths)
        .join(Coach, Coach.id == CoachTime.coach_id)
        .where(CoachTime.archived_at.is_(None), Coach.archived_at.is_(None))
        .order_by(CoachTime.from_on)
    )
    found: dict[UUID, tuple[tuple[dt.date, int], ...]] = {}
    for coach, from_on, hundredths in session.execute(query):
        found[coach] = (*found.get(coach, ()), (from_on, hundredths))
    return found


def share_on(shares: tuple[tuple[dt.date, int], ...], day: dt.date) -> int | None:
    """Return the share in force on a day, in hundredths; None before the first entry.

    >>> share_on(((dt.date(2026, 4, 1), 100), (dt.date(2026, 9, 1), 60)), dt.date(2026, 8, 31))
    100
    """
    found = None
    for from_on, hundredths in shares:
        if from_on <= day:
            found = hundredths
    return found
