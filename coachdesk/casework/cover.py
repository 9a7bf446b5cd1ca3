"""Cover: who looks after whose caseload, from when to when; set by a manager, ending by its day."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from coachdesk.errors import Refusal
from coachdesk.models import Coach, Cover
from coachdesk.terms import Role
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.work import clock_of, coach_of, describe

LOOKS_AFTER = frozenset({Role.COACH, Role.MANAGER})
"""Whose role lets them look after clients."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverRow:
    """One cover in words."""

    id: UUID
    away_id: UUID
    away: str
    covered_by_id: UUID
    covered_by: str
    from_on: dt.date
    to_on: dt.date
    reason: str

    def holds_on(self, day: dt.date) -> bool:
        """Return whether it holds on a day."""
        return self.from_on <= day <= self.to_on


def list_covers(session: Session, today: dt.date) -> tuple[CoverRow, ...]:
    """Return the covers that hold or will, the next to begin first; what is over stays in the record only."""
    away, by = aliased(Coach), aliased(Coach)
    query = (
        select(Cover, away.name, by.name)
        .join(away, away.id == Cover.away_id)
        .join(by, by.id == Cover.covered_by_id)
        .where(Cover.archived_at.is_(None), Cover.to_on >= today)
        .order_by(Cover.from_on, Cover.to_on, Cover.id)
    )
    return tuple(
        CoverRow(
            id=one.id,
            away_id=one.away_id,
            away=away_name,
            covered_by_id=one.covered_by_id,
            covered_by=by_name,
            from_on=one.from_on,
            to_on=one.to_on,
            reason=one.reason,
        )
        for one, away_name, by_name in session.execute(query)
    )


def my_covers(session: Session, today: dt.date) -> tuple[CoverRow, ...]:
    """Return the covers of today that concern who asks: whom she covers for, and who covers for her."""
    me = coach_of(session)
    return tuple(
        one
        for one in list_covers(session, today)
        if one.holds_on(today) and me in {one.away_id, one.covered_by_id}
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SetCover:
    """Somebody looks after a colleague's caseload, both days included."""

    away_id: UUID
    covered_by_id: UUID
    from_on: dt.date
    to_on: dt.date
    reason: str = ""


def set_cover(session: Session, wish: SetCover) -> UUID:
    """Set a cover; return its id.

    Raises Refusal for anybody but a manager, for days in the wrong order, for one person twice, for somebody who
    looks after nobody, and where the same two have a cover in these days already.
    """
    check_is_manager(session)
    if wish.away_id == wish.covered_by_id:
        sentence = "Somebody else has to cover."
        raise Refusal(sentence, fields={"covered_by_id": sentence})
    if wish.to_on < wish.from_on:
        raise Refusal("The cover ends before it begins.", fields={"to_on": "This is before the first day."})
    if session.get(Coach, wish.away_id) is None:
        raise Refusal("This person is not in the team any more.", fields={"away_id": "Choose somebody else."})
    looks_after(session, wish.covered_by_id, "covered_by_id")
    meeting = select(Cover.id).where(
        Cover.away_id == wish.away_id,
        Cover.covered_by_id == wish.covered_by_id,
        Cover.from_on <= wish.to_on,
        Cover.to_on >= wish.from_on,
        Cover.archived_at.is_(None),
    )
    if session.scalars(meeting.limit(1)).first() is not None:
        sentence = "These two have a cover in these days already."
        raise Refusal(sentence, fields={"from_on": sentence})
    cover = Cover(
        away_id=wish.away_id,
        covered_by_id=wish.covered_by_id,
        from_on=wish.from_on,
        to_on=wish.to_on,
        reason=wish.reason.strip(),
    )
    session.add(cover)
    describe(session, "Set who covers for a colleague")
    return cover.id


def looks_after(session: Session, coach_id: UUID, field: str) -> Coach:
    """Return a coach who may be given clients; raises Refusal for one who left, and for trustees and auditors."""
    coach = session.get(Coach, coach_id)
    if coach is None or coach.ended_on is not None or coach.role not in LOOKS_AFTER:
        sentence = "Choose a coach or manager who is in the team."
        raise Refusal(sentence, fields={field: sentence})
    return coach


@dataclass(frozen=True, slots=True, kw_only=True)
class EndCover:
    """The colleague is back: today is no day of cover any more."""

    cover_id: UUID


def end_cover(session: Session, wish: EndCover) -> None:
    """End a cover with yesterday, or put away one that has not lasted a day; raises Refusal when it is gone."""
    check_is_manager(session)
    cover = session.get(Cover, wish.cover_id)
    if cover is None or cover.archived_at is not None:
        raise Refusal("This cover is not there any more.")
    yesterday = clock_of(session).today() - dt.timedelta(days=1)
    if cover.from_on > yesterday:
        cover.archived_at = clock_of(session).now()
    else:
        cover.to_on = min(cover.to_on, yesterday)
    describe(session, "Ended a cover")
