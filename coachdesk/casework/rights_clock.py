"""When a data request has to be answered: the statutory clock, its stops and its extension.

Sources: resources/rights/clocks.toml names one for each kind of request; the values are editable data.
"""

import calendar
import datetime as dt
import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import BankHoliday
from coachdesk.resources import resource
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.settings import keep_setting, read_setting
from coachdesk.vault.work import describe

CLOCKS = "rights_clocks"
MOST_MONTHS, MOST_DAYS = 24, 730
SATURDAY = 5
NUMBERS = {
    "months": MOST_MONTHS,
    "extension_months": MOST_MONTHS,
    "target_days": MOST_DAYS,
    "acknowledge_days": MOST_DAYS,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockRule:
    """How long an answer may take; None where nothing is set, and then no date is worked out."""

    kind: str
    months: int | None = None
    extension_months: int | None = None
    target_days: int | None = None
    acknowledge_days: int | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDates:
    """The dates of one request; None where the rule sets none or while the clock stands."""

    answer_by: dt.date | None
    aim_for: dt.date | None
    acknowledge_by: dt.date | None
    is_stopped: bool = False


Stop = tuple[dt.date, dt.date | None]


def due_dates(
    rule: ClockRule,
    received_on: dt.date,
    *,
    stops: Sequence[Stop] = (),
    extended: bool = False,
    holidays: Collection[dt.date] = (),
) -> DueDates:
    """Return when a request is to be acknowledged and answered.

    The month runs from the day of receipt to the same day of the next month (its last day where there is none);
    days in which the clock stood are added; a date on a weekend or bank holiday moves to the next working day.
    """
    acknowledge = _days_after(received_on, rule.acknowledge_days)
    if any(until is None for _, until in stops):
        return DueDates(answer_by=None, aim_for=None, acknowledge_by=acknowledge, is_stopped=True)
    stood = days_stood(stops)
    answer = None
    if rule.months is not None:
        months = rule.months + ((rule.extension_months or 0) if extended else 0)
        answer = next_working_day(months_after(received_on, months) + stood, holidays)
    aim = _days_after(received_on, rule.target_days)
    return DueDates(
        answer_by=answer,
        aim_for=aim + stood if aim else None,
        acknowledge_by=acknowledge,
    )


def _days_after(day: dt.date, days: int | None) -> dt.date | None:
    return None if days is None else day + dt.timedelta(days=days)


def days_stood(stops: Sequence[Stop]) -> dt.timedelta:
    """Return how long the clock stood in all; days that lie in two stops count once."""
    days: set[dt.date] = set()
    for since, until in stops:
        assert until is not None  # noqa: S101 - open stops are sorted out before
        days.update(since + dt.timedelta(days=number) for number in range((until - since).days))
    return dt.timedelta(days=len(days))


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day of a later month, or that month's last day."""
    place = day.month - 1 + months
    year, month = day.year + place // 12, place % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def next_working_day(day: dt.date, holidays: Collection[dt.date]) -> dt.date:
    """Return the day, or the next one that is no weekend and no bank holiday."""
    while day.weekday() >= SATURDAY or day in holidays:
        day += dt.timedelta(days=1)
    return day


def bank_holidays(session: Session) -> frozenset[dt.date]:
    """Return the bank holidays that stand in the editable list."""
    query = select(BankHoliday.falls_on).where(BankHoliday.archived_at.is_(None))
    return frozenset(session.scalars(query))


def clock_rules(session: Session, _question: None) -> dict[str, ClockRule]:
    """Return the rule of each kind of request: as set here, else as it ships."""
    shipped = tomllib.loads(resource("rights", "clocks.toml").read_text(encoding="utf-8"))
    changed: Mapping[str, Any] = read_setting(session, CLOCKS) or {}
    return {kind: ClockRule(kind=kind, **(changed.get(kind) or told)) for kind, told in shipped.items()}


def set_clock_rule(session: Session, rule: ClockRule) -> None:
    """Set the rule of a kind of request; raises Refusal for anybody but a manager, without a source, or out of range."""
    check_is_manager(session)
    if rule.kind not in clock_rules(session, None):
        raise Refusal("There is no such kind of request.")
    values = {name: getattr(rule, name) for name in NUMBERS if getattr(rule, name) is not None}
    wrong = {
        name: f"A whole number from 1 to {NUMBERS[name]}."
        for name, one in values.items()
        if not 1 <= one <= NUMBERS[name]
    }
    if not rule.source.strip():
        wrong["source"] = "Say where this comes from."
    if wrong:
        raise Refusal("Please look at the marked values.", fields=wrong)
    kept = read_setting(session, CLOCKS) or {}
    keep_setting(session, CLOCKS, {**kept, rule.kind: {**values, "source": rule.source.strip()}})
    describe(session, "Changed how long an answer may take")
