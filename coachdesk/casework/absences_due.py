"""What is due about time off sick: a fit note that ends or is missing, and the steps of the way back."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coachdesk.casework.due_call import DueAtWork
from coachdesk.casework.due_rules import Due
from coachdesk.casework.health_rules import HealthRules, health_rules
from coachdesk.casework.pay import hours_words
from coachdesk.casework.plain_rows import as_kept, plain_rows
from coachdesk.casework.running_work import LATEST_CATCH_UP
from coachdesk.casework.standing import Whose, among
from coachdesk.models import Absence, Job, ReturnStep

KIND = "absence"
_STEPS_SOURCE = "The day in the return plan"


def absences_due(session: Session, today: dt.date, last: dt.date, whose: Whose | None) -> Iterator[DueAtWork]:
    """Yield the spells and steps that call for their client by the last day, and are not too late for today."""
    earliest = today - LATEST_CATCH_UP
    spells = (
        select(as_kept(Absence.id), as_kept(Absence.client_id), Absence.from_on, Absence.fit_note_until)
        .join(Job, Job.id == Absence.job_id)
        .where(
            Absence.to_on.is_(None),
            Absence.archived_at.is_(None),
            or_(Job.ended_on.is_(None), Job.ended_on >= today),
            *among(Absence.client_id.expression, whose),
        )
        .order_by(Absence.id)
    )
    rules = health_rules(session)
    for record, client, from_on, until in plain_rows(session, spells):
        due = _spell_due(rules, from_on, until)
        if earliest <= due.on <= last:
            yield DueAtWork(KIND, record, client, due)
    steps = (
        select(
            as_kept(ReturnStep.id),
            as_kept(ReturnStep.client_id),
            ReturnStep.from_on,
            ReturnStep.to_on,
            ReturnStep.week_minutes,
        )
        .where(
            ReturnStep.looked_at_on.is_(None),
            ReturnStep.archived_at.is_(None),
            ReturnStep.from_on.between(earliest, last),
            *among(ReturnStep.client_id.expression, whose),
        )
        .order_by(ReturnStep.id)
    )
    for record, client, from_on, to_on, minutes in plain_rows(session, steps):
        for due in _step_dues(from_on, to_on, minutes, today):
            yield DueAtWork(KIND, record, client, due)


def _spell_due(rules: HealthRules, from_on: dt.date, until: dt.date | None) -> Due:
    if until is not None:
        warn_on = until - dt.timedelta(days=rules.number("fit_note_warn_days"))
        words = f"The fit note ends on {until.day} {until:%B}: what comes next?"
        return Due(warn_on, words, rules.source("fit_note_warn_days"))
    on = from_on + dt.timedelta(days=rules.number("spell_without_note_days"))
    return Due(on, "Off sick and no fit note written down", rules.source("spell_without_note_days"))


def _step_dues(from_on: dt.date, to_on: dt.date | None, minutes: int | None, today: dt.date) -> Iterator[Due]:
    """Yield that a step begins, or (once it is over) that it is looked at; nothing while it goes on."""
    if to_on is not None and to_on < today:
        yield Due(to_on, "A step of the return is over: how did it go?", _STEPS_SOURCE)
    elif from_on >= today:
        hours = hours_words(minutes)
        words = "The next step of the return begins"
        yield Due(from_on, f"{words}: {hours}" if hours else words, _STEPS_SOURCE)
