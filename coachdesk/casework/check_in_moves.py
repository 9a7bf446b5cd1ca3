"""A check-in is moved to another day or left out, and why is kept; it can be put back on its own day."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.definition import Definition
from coachdesk.casework.due_rules import Kept
from coachdesk.casework.jobs import GONE, job_of
from coachdesk.casework.plain_rows import key_of
from coachdesk.casework.programmes import definitions
from coachdesk.casework.running_work import Work, running_work
from coachdesk.casework.standing import enrolled
from coachdesk.errors import Refusal
from coachdesk.models import CheckInMove
from coachdesk.terms import UNSTATED_WORDS, Unstated
from coachdesk.vault.work import clock_of, describe

_NOT_OPEN = "This check-in has been held, or is not due any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCheckIn:
    """Hold a check-in on another day; without a day it is left out. ``due_on`` is its day by the rhythm."""

    job_id: UUID
    due_on: dt.date
    moved_to: dt.date | None
    reason: str = Unstated.NOT_ASKED
    note: str = ""


def move_check_in(session: Session, wish: MoveCheckIn) -> UUID:
    """Move a check-in or leave it out; return the id of the record that keeps why.

    Raises Refusal without a reason, for a day that is over or lies outside the job, or when it was held already.
    """
    job, client = job_of(session, wish.job_id)
    today = clock_of(session).today()
    work, rules = _work_of(session, client.id, job.id, today)
    _check_open(work, rules, wish.due_on)
    _check(wish, work, today)
    move = _kept(session, job.id, wish.due_on)
    if move is None:
        move = CheckInMove(client_id=client.id, job_id=job.id, due_on=wish.due_on)
        session.add(move)
    move.moved_to, move.reason, move.note = wish.moved_to, wish.reason, wish.note.strip()
    move.archived_at = None
    done = "Left out" if wish.moved_to is None else "Moved"
    describe(session, f"{done} a check-in of {client.initials()}")
    return move.id


@dataclass(frozen=True, slots=True, kw_only=True)
class PutCheckInBack:
    """Let a check-in be due on its own day again."""

    job_id: UUID
    due_on: dt.date


def put_check_in_back(session: Session, wish: PutCheckInBack) -> None:
    """Forget that a check-in was moved or left out; raises Refusal where it was not."""
    job, client = job_of(session, wish.job_id)
    move = _kept(session, job.id, wish.due_on)
    if move is None or move.archived_at is not None:
        raise Refusal("This check-in stands on its own day already.")
    move.archived_at = clock_of(session).now()
    describe(session, f"Put a check-in of {client.initials()} back on its day")


def _kept(session: Session, job_id: UUID, due_on: dt.date) -> CheckInMove | None:
    """Return what was kept about a day of the rhythm, also where it was taken back since: a day has one record."""
    query = select(CheckInMove).where(CheckInMove.job_id == job_id, CheckInMove.due_on == due_on)
    return session.scalars(query).first()


def _work_of(session: Session, client_id: UUID, job_id: UUID, today: dt.date) -> tuple[Work, Definition]:
    standing = enrolled(session, today, [client_id])
    work = next((one for one in running_work(session, today, [client_id]) if key_of(one.id) == job_id), None)
    enrolment = next((one.enrolment for one in standing.values()), None)
    if work is None or enrolment is None:
        raise Refusal(GONE if work is None else "Support has ended, so no check-in is due.")
    return work, definitions(session)[key_of(enrolment.programme_id)]


def _check_open(work: Work, rules: Definition, due_on: dt.date) -> None:
    can_move = {slot.rhythm_on for slot in work.slots(rules) if slot.kept in {Kept.OPEN, Kept.LEFT_OUT}}
    if due_on not in can_move:
        raise Refusal(_NOT_OPEN)


def _check(wish: MoveCheckIn, work: Work, today: dt.date) -> None:
    wrong = {}
    if wish.reason in UNSTATED_WORDS:
        wrong["reason"] = "Say why; it is kept with the check-in."
    if wish.moved_to is not None:
        if wish.moved_to < max(today, work.started_on):
            wrong["moved_to"] = "Choose a day from today on, while the job goes on."
        elif work.ended_on is not None and wish.moved_to > work.ended_on:
            wrong["moved_to"] = "The job has ended by then."
        elif wish.moved_to == wish.due_on:
            wrong["moved_to"] = "This is the day it stands on. Choose another, or put it back."
    if wrong:
        raise Refusal("Please look at the fields marked below.", fields=wrong)
