"""The check-in a job calls for, in words: its week, the day it was moved from, and the working day that is proposed."""

import datetime as dt

from coachdesk.casework import due_rules
from coachdesk.casework.definition import Definition
from coachdesk.casework.running_work import Work
from coachdesk.casework.working_days import Holidays, proposal

_WEEK = 7


def check_in_due(job: Work, rules: Definition, today: dt.date, known: Holidays) -> due_rules.Due | None:
    """Return the one check-in of a job to show: the latest overdue one, else the next to come."""
    slot = job.next_slot(rules, today)
    return None if slot is None else due_of(job, slot, rules, today, known)


def due_of(
    job: Work, slot: due_rules.Slot, rules: Definition, today: dt.date, known: Holidays
) -> due_rules.Due:
    """Return what is due about one check-in of a job."""
    words = f"Check-in, week {week_of(job.started_on, slot)} at {job.employer}"
    if slot.is_moved:
        words = f"{words}, moved from {short(slot.rhythm_on)}"
    free = proposal(slot.on, known) if slot.on >= today else None
    if free is not None:
        words = f"{words} ({free.why}: {short(free.on)} is the next working day)"
    return due_rules.Due(slot.on, words, rules.origins.get("check_ins", ""))


def week_of(started_on: dt.date, slot: due_rules.Slot) -> int:
    """Return the week of the rhythm a check-in belongs to, wherever it was moved to."""
    return (slot.rhythm_on - started_on).days // _WEEK


def short(day: dt.date) -> str:
    """Return a day as lists write it: Mon 12 Oct."""
    return f"{day:%a} {day.day} {day:%b}"
