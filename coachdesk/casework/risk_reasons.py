"""Why somebody may be about to lose a job: plain rules over what is known, each saying its reason in words. Pure."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from coachdesk.casework.births import Birth
from coachdesk.casework.pay import RateOn, hours_words, money, statutory_minimum
from coachdesk.casework.risk_thresholds import RiskThresholds

RULES = (
    *("leaving", "not_known", "sick", "fit_note", "pay", "adjustment", "area"),
    *("rising", "hours", "missed"),
)
"""The reasons, the most pressing first; the order of the list goes by the first that holds."""
_RANK = {rule: place for place, rule in enumerate(RULES)}
_AGREED = frozenset({"agreed", "partly"})
_ALL = 100


class Reason(NamedTuple):
    """Why help may be needed, and since when."""

    rule: str
    since: dt.date
    words: str


class CheckInTold(NamedTuple):
    """What was said at a check-in about staying."""

    done_on: dt.date
    still_there: str
    risk_of_leaving: int | None
    adjustments_working: str
    areas: Mapping[str, Any]


class AdjustmentTold(NamedTuple):
    """How an adjustment stands that is still needed."""

    need: str
    decision: str
    requested_on: dt.date | None
    decided_on: dt.date | None
    in_place_on: dt.date | None
    is_working: str


class AbsenceTold(NamedTuple):
    """A spell away through illness that goes on."""

    from_on: dt.date
    fit_note_until: dt.date | None


class TermsTold(NamedTuple):
    """Hours and pay from a day on."""

    as_on: dt.date
    usual_minutes: int | None
    hourly_pence: int | None


@dataclass(slots=True, kw_only=True)
class JobTold:
    """What is known of one running job; check-ins newest first, terms oldest first, missed days in their order."""

    started_on: dt.date
    employment_type: str
    birth: Birth
    check_ins: list[CheckInTold] = field(default_factory=list)
    adjustments: list[AdjustmentTold] = field(default_factory=list)
    absences: list[AbsenceTold] = field(default_factory=list)
    terms: list[TermsTold] = field(default_factory=list)
    missed: Sequence[dt.date] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What every job is looked at with."""

    today: dt.date
    limits: RiskThresholds
    rates: Sequence[RateOn]
    areas: Mapping[str, str]
    """The titles of the six areas of work."""


def reasons(job: JobTold, known: Known) -> tuple[Reason, ...]:
    """Return why help may be needed in a job, the most pressing first, each kind longest standing first."""
    found = (*_said(job, known), *_adjusted(job, known), *_away(job, known), *_terms(job, known))
    if len(job.missed) >= known.limits.missed_check_ins:
        words = f"{len(job.missed)} check-ins were not held, the first due on {_day(job.missed[0])}"
        found = (*found, Reason("missed", job.missed[0], words))
    return tuple(sorted(found, key=_place))


def _place(reason: Reason) -> tuple[int, dt.date, str]:
    return _RANK[reason.rule], reason.since, reason.words


def place_of(found: Sequence[Reason]) -> tuple[int, dt.date]:
    """Return where a job stands in the list: by its most pressing reason, then by how long that has stood."""
    return _RANK[found[0].rule], found[0].since


def _said(job: JobTold, known: Known) -> Iterator[Reason]:
    """Yield what the newest check-in says."""
    if not job.check_ins:
        return
    newest = job.check_ins[0]
    on, risk = newest.done_on, newest.risk_of_leaving
    if risk is not None and risk >= known.limits.leaving_from:
        yield Reason("leaving", on, f"{risk} of 10 likely to leave, said on {_day(on)}")
    yield from _rising(newest, job.check_ins[1:], known.limits.rising_by)
    if newest.still_there in {"not_known", "no"}:
        told = {
            "not_known": "Not known whether the job goes on",
            "no": "Not in the job any more, as was said",
        }
        yield Reason("not_known", on, f"{told[newest.still_there]}, on {_day(on)}")
    if newest.adjustments_working == "no":
        yield Reason("adjustment", on, f"Adjustments are not working, said on {_day(on)}")
    hard = [title for key, title in known.areas.items() if newest.areas.get(key) == "hard"]
    if hard:
        yield Reason("area", on, f"Hard, said on {_day(on)}: {'; '.join(hard)}")


def _rising(newest: CheckInTold, earlier: Iterable[CheckInTold], by: int) -> Iterator[Reason]:
    risk = newest.risk_of_leaving
    told = ((one.done_on, one.risk_of_leaving) for one in earlier if one.risk_of_leaving is not None)
    since, before = next(told, (newest.done_on, risk))
    if risk is not None and before is not None and risk - before >= by:
        words = f"From {before} to {risk} of 10 likely to leave since {_day(since)}"
        yield Reason("rising", newest.done_on, words)


def _adjusted(job: JobTold, known: Known) -> Iterator[Reason]:
    for one in job.adjustments:
        asked_on = one.requested_on or job.started_on
        since = one.decided_on or asked_on
        if one.is_working == "no":
            yield Reason("adjustment", one.in_place_on or since, f"Not working: {one.need}")
        elif one.decision == "refused":
            yield Reason("adjustment", since, f"Asked for and refused: {one.need}")
        elif one.decision in _AGREED and one.in_place_on is None:
            days = (known.today - since).days
            if days > known.limits.not_in_place_days:
                words = f"Agreed {days} days ago and not in place: {one.need}"
                yield Reason("adjustment", since, words)


def _away(job: JobTold, known: Known) -> Iterator[Reason]:
    for one in job.absences:
        yield Reason("sick", one.from_on, f"Off sick since {_day(one.from_on)}")
        ends = one.fit_note_until
        if ends is not None and 0 <= (ends - known.today).days <= known.limits.fit_note_days:
            yield Reason("fit_note", one.from_on, f"The fit note ends on {_day(ends)}")


def _terms(job: JobTold, known: Known) -> Iterator[Reason]:
    in_force = [one for one in job.terms if one.as_on <= known.today]
    pay = next((one for one in reversed(in_force) if one.hourly_pence is not None), None)
    if pay is not None and pay.hourly_pence is not None and job.employment_type != "self_employed":
        since = job.started_on if job.employment_type == "apprenticeship" else None
        least = statutory_minimum(known.rates, job.birth, known.today, apprentice_since=since)
        if least is not None and pay.hourly_pence < least:
            words = f"{money(pay.hourly_pence)} an hour is below the legal minimum of {money(least)}"
            yield Reason("pay", pay.as_on, words)
    told = [(one.as_on, one.usual_minutes) for one in in_force if one.usual_minutes is not None]
    if told and _fallen(told[0][1], told[-1][1]) >= known.limits.hours_fallen_percent:
        words = f"From {hours_words(told[0][1])} to {hours_words(told[-1][1])}"
        yield Reason("hours", told[-1][0], words)


def _fallen(first: int, now: int) -> float:
    """Return by how many of a hundred the hours have fallen."""
    return (first - now) * _ALL / first if first else 0


def _day(on: dt.date) -> str:
    return f"{on.day} {on:%b}"


def missed_of(opened: Iterable[dt.date], earliest: dt.date, latest: dt.date) -> tuple[dt.date, ...]:
    """Return the open check-ins that were not held in time and are not past catching up."""
    return tuple(day for day in opened if earliest <= day < latest)
