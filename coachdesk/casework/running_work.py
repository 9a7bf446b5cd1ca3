"""Jobs that go on, with the last check-in answered in each: what the due rules and the fading list rest on."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from coachdesk.casework import due_rules
from coachdesk.casework.definition import Definition
from coachdesk.casework.plain_rows import KeptKey, as_kept, plain_rows
from coachdesk.casework.standing import Whose, among
from coachdesk.models import CheckIn, CheckInMove, Employer, Job

LATEST_CATCH_UP = dt.timedelta(days=56)
"""What is later than eight weeks is no call for today any more; it stands on the client's own page."""


@dataclass(frozen=True, slots=True)
class Work:
    """A job that has not ended, and the last check-in that was answered."""

    id: KeptKey
    client: KeptKey
    started_on: dt.date
    ended_on: dt.date | None
    employer: str
    answered_on: dt.date | None
    moves: due_rules.Moves

    def slots(self, rules: Definition) -> tuple[due_rules.Slot, ...]:
        """Return every check-in of the rhythm with what became of it."""
        weeks = rules.check_in_weeks
        return due_rules.check_in_slots(self.started_on, self.ended_on, weeks, self._done(), self.moves)

    def open_check_ins(self, rules: Definition) -> tuple[dt.date, ...]:
        """Return the days whose check-in has not been held."""
        weeks = rules.check_in_weeks
        return due_rules.open_check_ins(self.started_on, self.ended_on, weeks, self._done(), self.moves)

    def next_slot(self, rules: Definition, today: dt.date) -> due_rules.Slot | None:
        """Return the check-in to show: the latest overdue one that can be caught up with, else the next to come."""
        earliest = today - LATEST_CATCH_UP
        if self.moves:
            return due_rules.next_slot(self.slots(rules), today, earliest=earliest)
        on = due_rules.next_check_in(self.open_check_ins(rules), today, earliest=earliest)
        return None if on is None else due_rules.Slot(on, on, due_rules.Kept.OPEN)

    def _done(self) -> Iterable[dt.date]:
        return () if self.answered_on is None else (self.answered_on,)


def running_work(session: Session, today: dt.date, whose: Whose | None = None) -> list[Work]:
    """Return the jobs that have not ended, or will start, of some clients or of all."""
    answered_on = (
        select(func.max(CheckIn.due_on))
        .where(CheckIn.job_id == Job.id, CheckIn.archived_at.is_(None))
        .scalar_subquery()
    )
    query = (
        select(
            as_kept(Job.id), as_kept(Job.client_id), Job.started_on, Job.ended_on, Employer.name, answered_on
        )
        .join(Employer, Employer.id == Job.employer_id)
        .where(
            Job.archived_at.is_(None),
            (Job.ended_on.is_(None)) | (Job.ended_on >= today),
            *among(Job.client_id.expression, whose),
        )
        .order_by(Job.id)
    )
    moves = moves_by_job(session, whose)
    return [
        Work(job, client, started_on, ended_on, employer, answered, moves.get(job, due_rules.UNMOVED))
        for job, client, started_on, ended_on, employer, answered in plain_rows(session, query)
    ]


def moves_by_job(session: Session, whose: Whose | None = None) -> dict[KeptKey, due_rules.Moves]:
    """Return which check-ins were moved or left out, by job; one question for all clients."""
    query = select(as_kept(CheckInMove.job_id), CheckInMove.due_on, CheckInMove.moved_to).where(
        CheckInMove.archived_at.is_(None), *among(CheckInMove.client_id.expression, whose)
    )
    found: dict[KeptKey, dict[dt.date, dt.date | None]] = defaultdict(dict)
    for job, due_on, moved_to in plain_rows(session, query):
        found[job][due_on] = moved_to
    return dict(found)
