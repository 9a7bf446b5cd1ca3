"""What follows from hours and pay on a day, worked out from dated rates and never typed (facts 5). For the coach, never exported."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from coachdesk.casework.births import Birth, ages_on
from coachdesk.casework.due_rules import months_after
from coachdesk.casework.pay import RateOn, hours_words, minimum_for, money, rate_in_force

MINIMUM, LIVING_WAGE, GUARANTEED, MORE_HOURS = "minimum", "living_wage", "guaranteed", "more_hours"
GOOD, LOOK, UNKNOWN, BELOW = "good", "look", "unknown", "below"
"""How a fact stands: all right, worth a look, cannot be judged, below what the law asks for."""
_ADULT, _YEAR = 18, 12
_NO_RATE = "no rate for that day is written down (Settings, Rates of pay)"


@dataclass(frozen=True, slots=True, kw_only=True)
class PayTold:
    """What is known of pay and hours in force on a day, of whom."""

    on: dt.date
    hourly_pence: int | None
    usual_minutes: int | None
    guaranteed_minutes: int | None
    wants_more_hours: str
    birth: Birth
    employment_type: str
    started_on: dt.date
    in_london: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PayFact:
    """One fact in words, how it stands, and where the rate comes from."""

    about: str
    stands: str
    words: str
    source: str = ""


def pay_facts(told: PayTold, rates: Sequence[RateOn]) -> tuple[PayFact, ...]:
    """Return what can be said: legal minimum, real Living Wage, hours that are not guaranteed, hours that are wanted."""
    found = (_minimum(told, rates), _living_wage(told, rates), _guaranteed(told), _more_hours(told))
    return tuple(fact for fact in found if fact is not None)


def _minimum(told: PayTold, rates: Sequence[RateOn]) -> PayFact | None:
    if told.hourly_pence is None:
        return None
    if told.employment_type == "self_employed":
        return _unknown(MINIMUM, "The minimum wage does not apply to self-employment.")
    since = told.started_on if told.employment_type == "apprenticeship" else None
    name = minimum_for(told.birth, told.on, apprentice_since=since)
    if name is None:
        return _unknown(MINIMUM, "The legal minimum goes by age, and no date of birth is written down.")
    least = rate_in_force(rates, name, told.on)
    if least is None:
        words = f"Legal minimum on {_day(told.on)}: {_NO_RATE}, so nothing is said about it."
        return _unknown(MINIMUM, words)
    pay = f"{money(told.hourly_pence)} an hour"
    if told.hourly_pence >= least.pence:
        words = f"{pay} meets the legal minimum of {money(least.pence)} for this age on {_day(told.on)}."
        return PayFact(about=MINIMUM, stands=GOOD, words=words, source=_source(least))
    words = (
        f"{pay} is below the legal minimum of {money(least.pence)} for this age on {_day(told.on)}. "
        "Check the payslip together: there can be a lawful reason, such as an apprentice rate. "
        "The Acas helpline advises for free. This is never part of a return."
    )
    return PayFact(about=MINIMUM, stands=BELOW, words=words, source=_source(least))


def _living_wage(told: PayTold, rates: Sequence[RateOn]) -> PayFact | None:
    if told.hourly_pence is None:
        return None
    ages = ages_on(told.birth, told.on)
    if ages is not None and ages[1] < _ADULT:
        return None  # the real Living Wage is for people of 18 and over
    name = "real_living_wage_london" if told.in_london else "real_living_wage"
    rate = rate_in_force(rates, name, told.on)
    place = " in London" if told.in_london else ""
    if rate is None:
        words = f"Real Living Wage{place} on {_day(told.on)}: {_NO_RATE}, so nothing is said about it."
        return _unknown(LIVING_WAGE, words)
    called = f"the real Living Wage{place} of {money(rate.pence)} (from {_day(rate.valid_from)})"
    if rate.valid_to is None and told.on >= months_after(rate.valid_from, _YEAR):
        called += "; a newer rate may have been announced"
    gap = rate.pence - told.hourly_pence
    if gap <= 0:
        words = f"{money(told.hourly_pence)} an hour reaches {called}."
        return PayFact(about=LIVING_WAGE, stands=GOOD, words=words, source=_source(rate))
    words = f"{money(told.hourly_pence)} an hour is {money(gap)} below {called}."
    return PayFact(about=LIVING_WAGE, stands=LOOK, words=words, source=_source(rate))


def _guaranteed(told: PayTold) -> PayFact | None:
    usual, sure = told.usual_minutes, told.guaranteed_minutes
    if usual is None or sure is None:
        return None
    if sure >= usual:
        return PayFact(about=GUARANTEED, stands=GOOD, words="All the usual hours are guaranteed.")
    if sure == 0:
        words = f"None of the {_hours(usual)} usual hours a week are guaranteed."
    else:
        words = f"{_hours(sure)} of {_hours(usual)} usual hours are guaranteed: {hours_words(usual - sure)} are not."
    return PayFact(about=GUARANTEED, stands=LOOK, words=words)


def _more_hours(told: PayTold) -> PayFact | None:
    said = {
        "yes": (LOOK, "Wants more hours than the job gives."),
        "no": (GOOD, "Has as many hours as wanted."),
    }
    if told.wants_more_hours not in said:
        return None
    stands, words = said[told.wants_more_hours]
    return PayFact(about=MORE_HOURS, stands=stands, words=words)


def _unknown(about: str, words: str) -> PayFact:
    return PayFact(about=about, stands=UNKNOWN, words=words)


def _source(rate: RateOn) -> str:
    return f"{rate.source.rstrip('.')}; in force from {_day(rate.valid_from)}." if rate.source else ""


def _hours(minutes: int) -> str:
    return hours_words(minutes).partition(" ")[0]


def _day(on: dt.date) -> str:
    return f"{on.day} {on:%b %Y}"
