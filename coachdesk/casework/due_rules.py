"""When something is due: the rules of facts 12.5, worked out from a programme's definition. Pure; no session."""

import calendar
import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from coachdesk.casework.definition import Definition

_WEEK = 7
_MONTHS = 12
_SHORTEST_MONTH = 28
_OUT_OF_WORK = "out_of_work"


@dataclass(frozen=True, slots=True)
class Due:
    """A day, what is due on it, and where the rule comes from."""

    on: dt.date
    what: str
    origin: str


class Kept(StrEnum):
    """What became of a day of the rhythm; one of these is true of every one of them."""

    OPEN = "open"
    ANSWERED = "answered"
    LEFT_OUT = "left_out"
    AFTER_END = "after_end"


class Slot(NamedTuple):
    """A check-in of the rhythm: the day on which it is due now, and the day the rhythm gave it."""

    on: dt.date
    rhythm_on: dt.date
    kept: Kept

    @property
    def is_moved(self) -> bool:
        """Return whether it is due on another day than the rhythm says."""
        return self.on != self.rhythm_on


Moves = Mapping[dt.date, dt.date | None]
"""A day of the rhythm to the day it was moved to; None: it is left out."""
UNMOVED: Moves = MappingProxyType({})


def check_in_dates(started_on: dt.date, weeks: Iterable[int]) -> tuple[dt.date, ...]:
    """Return the days on which check-ins are due: so many weeks after the start of the job."""
    return tuple(started_on + dt.timedelta(days=_WEEK * week) for week in sorted(weeks))


def check_in_slots(
    started_on: dt.date,
    ended_on: dt.date | None,
    weeks: Iterable[int],
    done: Iterable[dt.date],
    moves: Moves = UNMOVED,
) -> tuple[Slot, ...]:
    """Return every check-in of the rhythm with what became of it, in the order of the days they are due now.

    ``done`` holds the due days that were answered. A check-in that was held late also answers those that
    were due before it: nobody is asked twice for the same weeks. One that was moved is due on its new day and
    no other; one that was left out is due on none, and stands under the day of the rhythm.
    """
    answered = max(done, default=None)
    slots = []
    for day in check_in_dates(started_on, weeks):
        on = moves.get(day, day)
        if on is None:
            slots.append(Slot(day, day, Kept.LEFT_OUT))
        elif answered is not None and on <= answered:
            slots.append(Slot(on, day, Kept.ANSWERED))
        elif ended_on is not None and on > ended_on:
            slots.append(Slot(on, day, Kept.AFTER_END))
        else:
            slots.append(Slot(on, day, Kept.OPEN))
    return tuple(sorted(slots))


def open_check_ins(
    started_on: dt.date,
    ended_on: dt.date | None,
    weeks: Iterable[int],
    done: Iterable[dt.date],
    moves: Moves = UNMOVED,
) -> tuple[dt.date, ...]:
    """Return the days whose check-in has not been held: the open ones of ``check_in_slots``, quicker for thousands."""
    answered = max(done, default=None)
    opened = (moves.get(day, day) for day in check_in_dates(started_on, weeks))
    return tuple(
        sorted(
            day
            for day in opened
            if day is not None
            and (answered is None or day > answered)
            and (ended_on is None or day <= ended_on)
        )
    )


def next_check_in(
    open_days: tuple[dt.date, ...], today: dt.date, *, earliest: dt.date = dt.date.min
) -> dt.date | None:
    """Return the one check-in to show: the latest overdue one, else the next to come.

    One that was due before ``earliest`` is past catching up.
    """
    open_days = tuple(day for day in open_days if day >= earliest)
    overdue = [day for day in open_days if day <= today]
    return max(overdue) if overdue else min(open_days, default=None)


def next_slot(slots: Iterable[Slot], today: dt.date, *, earliest: dt.date = dt.date.min) -> Slot | None:
    """Return the one check-in to show out of ``check_in_slots``: as ``next_check_in``, where some were moved.

    When the latest one that was due is moved ahead or left out, those before it wait with it: they stay open, and
    nobody is called for weeks that somebody has just spoken about.
    """
    known = tuple(slots)
    aside = max((slot.rhythm_on for slot in known if _stands_aside(slot, today)), default=dt.date.min)
    opened = [slot for slot in known if slot.kept is Kept.OPEN and slot.on >= earliest]
    overdue = [slot for slot in opened if slot.on <= today and (slot.is_moved or slot.rhythm_on > aside)]
    return overdue[-1] if overdue else next((slot for slot in opened if slot.on > today), None)


def _stands_aside(slot: Slot, today: dt.date) -> bool:
    ahead = slot.kept is Kept.OPEN and slot.is_moved and slot.on > today
    return slot.rhythm_on <= today and (ahead or slot.kept is Kept.LEFT_OUT)


def support_ends_on(started_on: dt.date, route: str, definition: Definition) -> dt.date | None:
    """Return the last day of support of a route, or None where the programme sets no limit."""
    out = route == _OUT_OF_WORK
    months = definition.out_of_work_months if out else definition.in_work_months
    return None if months is None else months_after(started_on, months)


def support_end_due(started_on: dt.date, route: str, definition: Definition, today: dt.date) -> Due | None:
    """Return the warning that support is ending, from the first day of warning on."""
    end = support_ends_on(started_on, route, definition)
    if end is None or not definition.warn_days_before:
        return None
    warn_from = end - dt.timedelta(days=max(definition.warn_days_before))
    if today < warn_from:
        return None
    return Due(end, "Support ends: agree what comes next", definition.origins.get("support", ""))


def profile_due(started_on: dt.date, definition: Definition) -> Due | None:
    """Return when the vocational profile should have begun."""
    if definition.profile_begun_days is None:
        return None
    on = started_on + dt.timedelta(days=definition.profile_begun_days)
    return Due(on, "Begin the vocational profile", definition.origins.get("profile_begun", ""))


def plan_due(started_on: dt.date, definition: Definition) -> Due | None:
    """Return when the plan should be agreed and a copy given."""
    if definition.plan_agreed_days is None:
        return None
    on = started_on + dt.timedelta(days=definition.plan_agreed_days)
    return Due(on, "Agree the plan and give a copy", definition.origins.get("plan_agreed", ""))


def review_due(
    agreed_on: dt.date, reviewed_on: dt.date | None, next_on: dt.date | None, definition: Definition
) -> Due | None:
    """Return when the plan is to be reviewed: the day agreed on, else so many days after the last review."""
    origin = definition.origins.get("plan_review", "")
    if next_on is not None:
        return Due(next_on, "Review the plan together", "The day agreed in the plan")
    if definition.plan_review_days is None:
        return None
    last = max(day for day in (agreed_on, reviewed_on) if day is not None)
    return Due(last + dt.timedelta(days=definition.plan_review_days), "Review the plan together", origin)


def milestone_due(
    started_on: dt.date, ended_on: dt.date | None, definition: Definition, today: dt.date, days_ahead: int
) -> Due | None:
    """Return the sustainment milestone that falls in the coming days, or today."""
    for days in definition.milestone_days:
        on = started_on + dt.timedelta(days=days)
        still = ended_on is None or on <= ended_on
        if still and today <= on <= today + dt.timedelta(days=days_ahead):
            words = f"{days // _WEEK} weeks in work: see the evidence"
            return Due(on, words, definition.origins.get("milestone", ""))
    return None


def pause_end_due(to_on: dt.date, reason: str) -> Due:
    """Return that a pause ends: the day after its last, on which support goes on."""
    words = f"The pause ends ({reason}): be in touch" if reason else "The pause ends: be in touch"
    return Due(to_on + dt.timedelta(days=1), words, "The last day of the pause")


def asking_due(ask_on: dt.date, what_stands: str) -> Due:
    """Return that a client who left said we may ask how things go, with what stood then."""
    words = f"Ask how things go. What stood: {what_stands}" if what_stands else "Ask how things go"
    return Due(ask_on, words, "The client said yes when support ended")


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day of a later month, or that month's last day."""
    whole = day.year * _MONTHS + day.month - 1 + months
    year, month = whole // _MONTHS, whole % _MONTHS + 1
    if day.day <= _SHORTEST_MONTH:
        return dt.date(year, month, day.day)
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
