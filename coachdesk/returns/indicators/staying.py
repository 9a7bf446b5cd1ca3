"""Staying in a job one had, and funders' own rules of weeks and earnings: asked of the engine of sustained work."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.outcome_rules import RuleRow, list_rules
from coachdesk.casework.service_quality.ground import QualitySettings
from coachdesk.casework.service_quality.staying import (
    MOVED,
    OUT,
    RETAINED,
    SAME,
    UNKNOWN,
    employers_of_jobs,
    stayed,
)
from coachdesk.casework.sustained.decision import Decision, Verdict
from coachdesk.casework.sustained.reader import read_work, sustained_for
from coachdesk.models import Enrolment
from coachdesk.returns.indicators.enrolled import known_window, of_programme
from coachdesk.returns.indicators.found import Found, Scope, people
from coachdesk.returns.indicators.near import AROUND, Reason, nearly, on, outside, reach_of
from coachdesk.returns.indicators.promptness import question_of

REACHED, BEFORE, NOT_REACHED, NOT_KNOWN = (
    "Reached in the period",
    "Reached before",
    "Not reached by then",
    "Not known",
)
RULE = "rule-"
_SORTS = frozenset({"weeks", "earnings"})
_WORDS = {
    OUT: "not in work when {weeks} weeks of support were up",
    UNKNOWN: "nobody has said whether there was a job when {weeks} weeks of support were up",
}


def retained(session: Session, scope: Scope, settings: QualitySettings) -> tuple[Found, ...]:
    """Return who kept a job they had when support began, after 13 and 26 weeks of it (facts 12.4 row 20).

    Separate from sustained work; what is not known is never counted as success.
    """
    longest = dt.timedelta(weeks=max(scope.rules.needed(f"retained-{weeks}", "weeks") for weeks in RETAINED))
    whose = select(Enrolment.client_id).where(
        *of_programme(scope),
        Enrolment.route.in_(settings.in_work_routes),
        Enrolment.started_on.between(scope.period.from_on - longest, scope.last_known),
    )
    works = read_work(session, whose, scope.as_at)
    employers = employers_of_jobs(session) if works else {}
    found = []
    for weeks in RETAINED:
        after = scope.rules.needed(f"retained-{weeks}", "weeks")
        once = stayed(works, question_of(scope), settings, employers, after)
        reasons = [(client, _WORDS[where].format(weeks=after)) for where in _WORDS for client in once[where]]
        found.append(
            Found(
                id=f"retained-{weeks}",
                groups=tuple(people(where, once[where]) for where in (SAME, MOVED, OUT, UNKNOWN)),
                near=nearly(reasons),
            )
        )
    return tuple(found)


def rules_of_programme(
    session: Session, scope: Scope, wanted: frozenset[str] = frozenset()
) -> tuple[RuleRow, ...]:
    """Return the programme's own rules of weeks and earnings in force at the as-at date, and those asked for by id."""
    return tuple(
        replace(rule, programme_id=scope.programme_id)
        for rule in list_rules(session, None)
        if rule.sort in _SORTS
        and rule.holds_on(scope.as_at)
        and (rule.programme_id == scope.programme_id or f"{RULE}{rule.key}" in wanted)
    )


def rules_reached(
    session: Session, scope: Scope, rules: tuple[RuleRow, ...], supported: frozenset[UUID]
) -> tuple[tuple[str, Found], ...]:
    """Return for each rule its title and who of the people supported in the period reached it (rows 18 and 19).

    Somebody who reached it in the period after leaving is among them. A rule that lacks a fact judges nobody and is
    not worked out. Where a rule also shows longer weeks (16 hours in primary care), they are a figure of their own.
    """
    asked = [each for rule in rules for each in _with_longer_weeks(rule)]
    judging = [rule for rule in asked if not rule.missing]
    whose = select(Enrolment.client_id).where(*of_programme(scope), Enrolment.started_on <= scope.last_known)
    answers = sustained_for(session, whose, judging, scope.as_at) if judging else {}
    return tuple(
        (
            rule.title,
            _blank(rule) if rule.missing else _rule(rule, _answers_to(rule, answers), scope, supported),
        )
        for rule in asked
    )


def _with_longer_weeks(rule: RuleRow) -> Iterator[RuleRow]:
    yield rule
    hours = rule.told.get("also_hours")
    if hours and not rule.missing:
        told = {**rule.told, "hours": hours, "also_hours": None}
        title = f"{rule.title}, in weeks of {hours:g} hours"
        yield replace(rule, key=f"{rule.key}-{hours:g}-hours", title=title, told=told)


def _answers_to(rule: RuleRow, answers: Mapping[UUID, Mapping[str, Decision]]) -> dict[UUID, Decision]:
    return {client: told[rule.key] for client, told in answers.items() if rule.key in told}


def _blank(rule: RuleRow) -> Found:
    return Found(
        id=f"{RULE}{rule.key}",
        groups=(),
        missing=f"the rule judges nobody, as it lacks {', '.join(rule.missing)}",
    )


def _rule(rule: RuleRow, answers: Mapping[UUID, Decision], scope: Scope, supported: frozenset[UUID]) -> Found:
    who: dict[str, set[UUID]] = {words: set() for words in (REACHED, BEFORE, NOT_REACHED, NOT_KNOWN)}
    reasons: list[Reason] = []
    for client, decision in answers.items():
        where = _where(decision, scope)
        if client not in supported and where != REACHED:
            continue
        who[where].add(client)
        if where != REACHED and (why := _why_not(decision, scope)):
            reasons.append((client, why))
    return Found(
        id=f"{RULE}{rule.key}",
        groups=tuple(people(words, clients) for words, clients in who.items()),
        near=nearly(reasons),
    )


def _where(decision: Decision, scope: Scope) -> str:
    if decision.verdict is Verdict.UNKNOWN:
        return NOT_KNOWN
    if decision.on is None or decision.on > scope.last_known:
        return NOT_REACHED
    return REACHED if known_window(scope).holds(decision.on) else BEFORE


def _why_not(decision: Decision, scope: Scope) -> str:
    """Return why somebody nearly counts; empty for whoever is far from the rule."""
    if decision.verdict is Verdict.UNKNOWN:
        return "what is recorded does not say whether the rule is met"
    if decision.on is not None:
        return outside("reached", decision.on, scope) if reach_of(scope).holds(decision.on) else ""
    soon = decision.projected is not None and decision.projected <= scope.as_at + AROUND
    return f"reached {on(decision.projected)} if nothing changes" if soon and decision.projected else ""
