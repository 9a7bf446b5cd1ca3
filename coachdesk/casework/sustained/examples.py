"""Worked examples of a rule: a little history in its data file, a day, and what the answer has to be."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from coachdesk.casework.births import NOT_KNOWN, Birth
from coachdesk.casework.pay import RateOn
from coachdesk.casework.sustained.decision import Decision, Verdict
from coachdesk.casework.sustained.engine import decide
from coachdesk.casework.sustained.histories import HOUR, WEEK, JobHistory, Logged, Terms, WorkHistory
from coachdesk.casework.sustained.rate_book import RateBook
from coachdesk.casework.sustained.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One example: whether the rule gives the answer that is expected of it, and which it gave."""

    title: str
    holds: bool
    expected: str
    found: str


def try_examples(
    examples: Sequence[Mapping[str, Any]], rule: Settings | None, rates: Sequence[RateOn]
) -> tuple[Tried, ...]:
    """Return what became of each example of a rule."""
    book = RateBook(rates)
    return tuple(_tried(told, rule, book) for told in examples)


def _tried(told: Mapping[str, Any], rule: Settings | None, book: RateBook) -> Tried:
    decision = decide(history_of(told), rule, book, _day(told["as_at"]) or dt.date.min)
    expected = Decision(
        verdict=Verdict(told["expect"]), on=_day(told.get("on")), projected=_day(told.get("projected"))
    )
    holds = (decision.verdict, decision.on) == (expected.verdict, expected.on)
    if "projected" in told:
        holds = holds and decision.projected == expected.projected
    return Tried(
        title=told["title"], holds=holds, expected=answer_words(expected), found=answer_words(decision)
    )


_WORDS = {
    Verdict.REACHED: "reached",
    Verdict.NOT_YET: "not reached yet",
    Verdict.UNKNOWN: "not known",
    Verdict.CANNOT: "not reached, and cannot be any more",
    Verdict.BLANK: "not worked out: a fact is missing",
}


def answer_words(decision: Decision) -> str:
    """Return an answer in a few words: "reached on 3 Mar 2026"."""
    words = _WORDS[decision.verdict]
    if decision.on is not None:
        return f"{words} on {decision.on.day} {decision.on:%b %Y}"
    if decision.projected is not None:
        return f"{words}, {decision.projected.day} {decision.projected:%b %Y} if nothing changes"
    return words


def history_of(told: Mapping[str, Any]) -> WorkHistory:
    """Return the history an example tells; dates may be dates or ISO texts."""
    born = _day(told.get("born"))
    return WorkHistory(
        jobs=tuple(_job(job) for job in told.get("jobs", ())),
        supported_from=_day(told.get("supported_from")),
        supported_to=_day(told.get("supported_to")),
        birth=NOT_KNOWN if born is None else Birth(born, born),
    )


def _job(told: Mapping[str, Any]) -> JobHistory:
    started = _day(told["started"])
    assert started is not None  # noqa: S101  every job of an example has its first day
    terms = [Terms(started, _minutes(told.get("hours")), told.get("pence"))]
    terms += [
        Terms(_day(one["from"]) or started, _minutes(one.get("hours")), one.get("pence"))
        for one in told.get("terms", ())
    ]
    return JobHistory(
        called=told.get("called", ""),
        started_on=started,
        ended_on=_day(told.get("ended")),
        sign_on=_day(told.get("still_there")),
        four_hours_on=_day(told.get("four_hours")),
        is_self_employed=told.get("self_employed", False),
        terms=tuple(terms),
        weeks=dict(_weeks(told.get("weeks", ()))),
    )


def _weeks(told: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, Logged]]:
    for run in told:
        monday = _day(run["from"])
        assert monday is not None  # noqa: S101  every run of weeks has its first Monday
        for place in range(run.get("count", 1)):
            yield (
                monday.toordinal() + WEEK * place,
                Logged(_minutes(run.get("hours")), run.get("gross"), "hours" not in run, is_confirmed=True),
            )


def _minutes(hours: float | None) -> int | None:
    return None if hours is None else round(hours * HOUR)


def _day(told: object) -> dt.date | None:
    if isinstance(told, str):
        return dt.date.fromisoformat(told)
    return told if isinstance(told, dt.date) else None
