"""Staying in work: milestones, funders' rules, and jobs that were there before us (facts 12.4 rows 17 to 20)."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.outcome_rules import RuleRow, list_rules
from coachdesk.casework.plain_rows import KeptKey, as_kept, key_of, plain_rows
from coachdesk.casework.service_quality.ground import (
    Indicator,
    QualityQuestion,
    QualitySettings,
    Told,
    counted,
    part,
    percent,
)
from coachdesk.casework.sustained.cover import held_on, standing
from coachdesk.casework.sustained.decision import Decision, Verdict
from coachdesk.casework.sustained.reader import (
    OUT_OF_WORK,
    ReadJob,
    ReadWork,
    Support,
    read_work,
    sustained_for,
)
from coachdesk.models import Job

MILESTONES: Final = (13, 26, 52)
RETAINED: Final = (13, 26)
_RULES = frozenset({"weeks", "earnings"})
_NOW, _BEFORE = "Reached in the period", "Reached before"
_WORDS: Final = {
    Verdict.NOT_YET: "Not yet",
    Verdict.CANNOT: "Not any more",
    Verdict.UNKNOWN: "Not known",
    Verdict.BLANK: "Not worked out",
}
SAME, MOVED, OUT, UNKNOWN = "Same employer", "Moved to another job", "Not in work", "Not known"
Works: TypeAlias = dict[KeptKey, ReadWork]


def read_works(session: Session, question: QualityQuestion) -> Works:
    """Return what is recorded of everybody's work by the day."""
    return read_work(session, None, question.as_at)


def sustained(works: Works, question: QualityQuestion, settings: QualitySettings, weeks: int) -> Indicator:
    """Return where people stood whose milestone falls in the period (row 17); unknown is never success."""
    told = Told("sustained", weeks)
    found: dict[str, set[UUID]] = {"in work": set(), "not in work": set(), "not known": set()}
    for kept, work in works.items():
        for support in work.supports:
            where = _stood(work, support, question, settings, weeks)
            if where is not None:
                found[where].add(key_of(kept))
    held, out = found["in work"], found["not in work"] - found["in work"]
    unknown = found["not known"] - held - out
    whole = len(held) + len(out) + len(unknown)
    if not whole:
        return told.nothing(f"Nobody’s day {weeks} weeks after a first job falls in this period.")
    return told.made(
        f"{percent(len(held), whole)}%",
        numerator=len(held),
        denominator=whole,
        basis=f"{len(held)} of {counted(whole, 'person', 'people')}",
        parts=(part("In work", held), part("Not in work", out), part("Not known", unknown)),
    )


def _stood(
    work: ReadWork, support: Support, question: QualityQuestion, settings: QualitySettings, weeks: int
) -> str | None:
    """Return where somebody out of work at the start stood on their day; None when it is not in the period."""
    history = work.history(support)
    first = history.first_job(question.as_at)
    if support.route != OUT_OF_WORK or first is None:
        return None
    on = first.started_on + dt.timedelta(weeks=weeks)
    if not question.from_on <= on <= question.known_to:
        return None
    spans = [job.span for job in history.counted(question.as_at) if job.started_on >= first.started_on]
    return standing(spans, first.started_on, on, settings.gap_days)


def rules_reached(session: Session, question: QualityQuestion) -> tuple[Indicator, ...]:
    """Return how many reached each funder's rule of weeks or earnings in the period (rows 18 and 19)."""
    rules = [one for one in list_rules(session, None) if one.sort in _RULES and one.holds_on(question.as_at)]
    asked = [one for one in rules if not one.missing]
    answers = sustained_for(session, None, asked, question.as_at) if asked else {}
    return tuple(
        _rule(rule, {who: told[rule.key] for who, told in answers.items() if rule.key in told}, question)
        for rule in rules
    )


def _rule(rule: RuleRow, answers: Mapping[UUID, Decision], question: QualityQuestion) -> Indicator:
    told = Told("rule")
    named = {"key": f"rule-{rule.key}", "title": rule.title}
    if rule.missing:
        return told.nothing(f"This rule judges nobody: it lacks {', '.join(rule.missing)}.", **named)
    if not answers:
        return told.nothing("There is nobody this rule looks at.", **named)
    found: dict[str, set[UUID]] = {words: set() for words in (_NOW, _BEFORE, *_WORDS.values())}
    for client, decision in answers.items():
        found[_where(decision, question)].add(client)
    reached = len(found[_NOW])
    return told.made(
        f"{counted(reached, 'person', 'people')} reached it",
        numerator=reached,
        denominator=len(answers),
        basis=f"{reached} of {counted(len(answers), 'person', 'people')} the rule looks at",
        parts=tuple(part(words, who) for words, who in found.items() if who),
        **named,
    )


def _where(decision: Decision, question: QualityQuestion) -> str:
    if decision.verdict is not Verdict.REACHED:
        return _WORDS[decision.verdict]
    return _BEFORE if decision.on is not None and decision.on < question.from_on else _NOW


def retained(
    session: Session, works: Works, question: QualityQuestion, settings: QualitySettings
) -> tuple[Indicator, ...]:
    """Return who kept a job they had when support began, after each milestone (row 20); unknown is never success."""
    employers = employers_of_jobs(session)
    return tuple(_retained(works, question, settings, employers, weeks) for weeks in RETAINED)


def _retained(
    works: Works,
    question: QualityQuestion,
    settings: QualitySettings,
    employers: Mapping[KeptKey, KeptKey],
    weeks: int,
) -> Indicator:
    told = Told("retained", weeks)
    once = stayed(works, question, settings, employers, weeks)
    whole = sum(map(len, once.values()))
    if not whole:
        return told.nothing(
            f"Nobody who had a job at the start reaches {weeks} weeks of support in this period."
        )
    held = len(once[SAME]) + len(once[MOVED])
    return told.made(
        f"{percent(held, whole)}%",
        numerator=held,
        denominator=whole,
        basis=f"{held} of {counted(whole, 'person', 'people')}",
        parts=tuple(part(words, who) for words, who in once.items()),
    )


def stayed(
    works: Works,
    question: QualityQuestion,
    settings: QualitySettings,
    employers: Mapping[KeptKey, KeptKey],
    weeks: int,
) -> dict[str, set[UUID]]:
    """Return where people stand who had a job when support began and whose day falls in the period (row 20)."""
    found: dict[str, set[UUID]] = {words: set() for words in (SAME, MOVED, OUT, UNKNOWN)}
    for kept, work in works.items():
        for support in work.supports:
            on = support.started_on + dt.timedelta(weeks=weeks)
            programme = question.programme_id
            if (
                support.route in settings.in_work_routes
                and question.from_on <= on <= question.known_to
                and (programme is None or key_of(support.programme) == programme)
            ):
                where = _kept(work.jobs_of(support), employers, support.started_on, on)
                found[where].add(key_of(kept))
    return _each_once(found)


def _each_once(found: Mapping[str, set[UUID]]) -> dict[str, set[UUID]]:
    """Return the parts with each person in the first of theirs only."""
    seen: set[UUID] = set()
    once = {}
    for words, who in found.items():
        once[words] = who - seen
        seen |= who
    return once


def _kept(jobs: Iterable[ReadJob], employers: Mapping[KeptKey, KeptKey], began: dt.date, on: dt.date) -> str:
    """Return whether one of the jobs held when support began is held on a day, another, none, or nobody knows."""
    held = list(jobs)
    at_start = {employers[job.id] for job in held if held_on([job.history.span], began, sure=False)}
    if not at_start:
        return UNKNOWN
    sure = [employers[job.id] for job in held if held_on([job.history.span], on, sure=True)]
    if sure:
        return SAME if at_start.intersection(sure) else MOVED
    return UNKNOWN if held_on([job.history.span for job in held], on, sure=False) else OUT


def employers_of_jobs(session: Session) -> dict[KeptKey, KeptKey]:
    """Return the employer of every job, by the keys as they are kept."""
    query = select(as_kept(Job.id), as_kept(Job.employer_id)).where(Job.archived_at.is_(None))
    return dict(map(tuple, plain_rows(session, query)))
