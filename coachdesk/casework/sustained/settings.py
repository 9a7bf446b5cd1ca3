"""The settings of each sort of rule, read from its record; a fact that is blank is named, never invented."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from coachdesk.casework.sustained.histories import HOUR


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """In paid work so many weeks after the first job began, with few enough days of gap."""

    weeks: int
    gap_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Weeks:
    """So many weeks of enough paid hours within so many consecutive weeks."""

    window: int
    needed: int
    minutes: int
    also_minutes: int | None = None
    """Weeks of this many are shown too (16 hours a week in the IPSPC template); they decide nothing."""
    at_legal_rate: bool = False
    within_support: bool = False
    estimates: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Earnings:
    """Gross pay together reaches a sum; or so many months in self-employment."""

    pence: int | None = None
    """The sum itself; None: it is ``minutes`` a week for ``weeks`` at the rate in force."""
    minutes: int | None = None
    weeks: int | None = None
    rate: str = ""
    self_employed_months: int | None = None
    within_support: bool = False
    estimates: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohort:
    """A first job so many months after support began."""

    months: int


Settings = Milestone | Weeks | Earnings | Cohort
NEEDS = {
    "milestone": {
        "weeks": "how many weeks after the first job began",
        "gap_days": "how many days of gap are allowed",
    },
    "weeks": {
        "window_weeks": "how many consecutive weeks are looked at",
        "weeks_needed": "how many of these weeks are needed",
        "hours": "how many paid hours make a week count",
    },
    "earnings": {"pounds": "the sum that has to be earned"},
    "cohort": {"months": "how many months after the start"},
}
_BY_RATE = {
    "hours": "how many hours a week the sum stands for",
    "weeks": "how many weeks the sum stands for",
    "rate": "which rate the sum is reckoned with",
}


def missing_facts(sort: str, told: Mapping[str, Any]) -> tuple[str, ...]:
    """Return in words which facts a rule lacks; a rule that lacks one judges nobody."""
    needs = NEEDS[sort]
    if sort == "earnings" and told.get("pounds") is None and any(_has(told, name) for name in _BY_RATE):
        needs = _BY_RATE
    return tuple(words for name, words in needs.items() if not _has(told, name))


def _has(told: Mapping[str, Any], name: str) -> bool:
    return told.get(name) not in {None, ""}


def read_settings(sort: str, told: Mapping[str, Any]) -> Settings | None:
    """Return a rule's settings; None where a fact is missing."""
    if missing_facts(sort, told):
        return None
    return {"milestone": _milestone, "weeks": _weeks, "earnings": _earnings, "cohort": _cohort}[sort](told)


def _milestone(told: Mapping[str, Any]) -> Settings:
    return Milestone(weeks=int(told["weeks"]), gap_days=int(told["gap_days"]))


def _weeks(told: Mapping[str, Any]) -> Settings:
    return Weeks(
        window=int(told["window_weeks"]),
        needed=int(told["weeks_needed"]),
        minutes=_minutes(told, "hours") or 0,
        also_minutes=_minutes(told, "also_hours"),
        at_legal_rate=bool(told.get("at_legal_rate")),
        within_support=bool(told.get("within_support")),
        estimates=bool(told.get("estimates")),
    )


def _earnings(told: Mapping[str, Any]) -> Settings:
    pounds = told.get("pounds")
    months = told.get("self_employed_months")
    return Earnings(
        pence=None if pounds is None else round(float(pounds) * 100),
        minutes=_minutes(told, "hours"),
        weeks=None if told.get("weeks") is None else int(told["weeks"]),
        rate=str(told.get("rate") or ""),
        self_employed_months=None if months is None else int(months),
        within_support=bool(told.get("within_support")),
        estimates=bool(told.get("estimates")),
    )


def _cohort(told: Mapping[str, Any]) -> Settings:
    return Cohort(months=int(told["months"]))


def _minutes(told: Mapping[str, Any], name: str) -> int | None:
    hours = told.get(name)
    return None if hours is None else round(float(hours) * HOUR)
