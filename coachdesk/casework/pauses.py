"""Pauses: spells in which support rests, with an honest reason, begun and ended."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.enrolments import enrolment_of
from coachdesk.errors import Refusal
from coachdesk.models import Client, Enrolment, Pause
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, describe

_GONE = "This pause is not there any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseRow:
    """One pause; ``to_on`` is its last day, None while nobody knows."""

    id: UUID
    enrolment_id: UUID
    from_on: dt.date
    to_on: dt.date | None
    reason: str

    def covers(self, day: dt.date) -> bool:
        """Return whether support rests on a day."""
        return self.from_on <= day and (self.to_on is None or day <= self.to_on)


def list_pauses(session: Session, client_id: UUID) -> tuple[PauseRow, ...]:
    """Return a client's pauses, the newest first."""
    check_may_see(session, client_id)
    query = (
        select(Pause)
        .where(Pause.client_id == client_id, Pause.archived_at.is_(None))
        .order_by(Pause.from_on.desc(), Pause.id.desc())
    )
    return tuple(
        PauseRow(
            id=one.id, enrolment_id=one.enrolment_id, from_on=one.from_on, to_on=one.to_on, reason=one.reason
        )
        for one in session.scalars(query)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginPause:
    """Support rests from a day on; the last day may be known already."""

    enrolment_id: UUID
    from_on: dt.date
    reason: str
    to_on: dt.date | None = None


def begin_pause(session: Session, wish: BeginPause) -> UUID:
    """Begin a pause; raises Refusal without a reason, outside of support, or where it meets another pause."""
    enrolment, client = enrolment_of(session, wish.enrolment_id)
    if not wish.reason.strip():
        raise Refusal("A pause needs a reason.", fields={"reason": "Say why, as the client would say it."})
    if wish.to_on is not None and wish.to_on < wish.from_on:
        raise Refusal("The pause ends before it begins.", fields={"to_on": "This is before the first day."})
    _check_within(enrolment, wish.from_on)
    if any(_meet(wish, one) for one in _pauses(session, enrolment.id)):
        sentence = "There is a pause in these days already."
        raise Refusal(sentence, fields={"from_on": sentence})
    pause = Pause(
        client_id=client.id,
        enrolment_id=enrolment.id,
        from_on=wish.from_on,
        to_on=wish.to_on,
        reason=wish.reason.strip(),
    )
    session.add(pause)
    describe(session, f"Paused support of {client.initials()}")
    return pause.id


def _check_within(enrolment: Enrolment, from_on: dt.date) -> None:
    if enrolment.exit_on is not None and from_on > enrolment.exit_on:
        raise Refusal("Support has ended; there is nothing to pause.")
    if enrolment.started_on is not None and from_on < enrolment.started_on:
        sentence = "Support had not started by then."
        raise Refusal(sentence, fields={"from_on": sentence})


def _pauses(session: Session, enrolment_id: UUID) -> Iterable[Pause]:
    return session.scalars(
        select(Pause).where(Pause.enrolment_id == enrolment_id, Pause.archived_at.is_(None))
    )


def _meet(wish: BeginPause, one: Pause) -> bool:
    begins_after = one.to_on is not None and one.to_on < wish.from_on
    ends_before = wish.to_on is not None and wish.to_on < one.from_on
    return not begins_after and not ends_before


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPause:
    """Support goes on: the last day of the pause."""

    pause_id: UUID
    to_on: dt.date


def end_pause(session: Session, wish: EndPause) -> None:
    """End a pause; raises Refusal when it is gone or began later."""
    pause = session.get(Pause, wish.pause_id)
    client = session.get(Client, pause.client_id) if pause is not None else None
    if pause is None or client is None:
        raise Refusal(_GONE)
    if wish.to_on < pause.from_on:
        raise Refusal("The pause began later than that.", fields={"to_on": "This is before the first day."})
    pause.to_on = wish.to_on
    describe(session, f"Ended the pause of {client.initials()}")


def end_pauses_by(session: Session, enrolment_id: UUID, last_on: dt.date) -> None:
    """End what still rests when support ends; a pause that would have begun later is put away."""
    for one in _pauses(session, enrolment_id):
        if one.from_on > last_on:
            one.archived_at = clock_of(session).now()
        elif one.to_on is None or one.to_on > last_on:
            one.to_on = last_on
