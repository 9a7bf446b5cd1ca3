"""How soon: from the referral to the start, and from the start to the first meeting with an employer."""

import datetime as dt
from collections.abc import Iterable, Mapping
from statistics import median
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.service_quality.employer_meetings import first_meetings
from coachdesk.casework.service_quality.ground import QualityQuestion, QualitySettings
from coachdesk.models import Enrolment
from coachdesk.returns.indicators.enrolled import of_programme
from coachdesk.returns.indicators.found import Amount, Found, Group, Scope, people
from coachdesk.returns.indicators.near import nearly, on

_WEEK = 7
_REFERRAL, _MEETING = "referral-to-start", "first-employer-contact"


def question_of(scope: Scope) -> QualityQuestion:
    """Return the question that the indicators of service quality are asked for this programme and period."""
    return QualityQuestion(
        from_on=scope.period.from_on,
        to_on=scope.period.to_on,
        as_at=scope.as_at,
        programme_id=scope.programme_id,
    )


def days_in_the_middle(days: Mapping[UUID, int] | Iterable[int], who: frozenset[UUID], *needs: str) -> Amount:
    """Return a median of days: exact in the vault, in whole weeks in a pack (disclosure.md 5.1).

    >>> days_in_the_middle([3, 18, 25], frozenset()).printed
    'median 3 weeks'
    """
    middle = median(days.values() if isinstance(days, Mapping) else days)
    weeks = int(middle / _WEEK + 0.5)
    return Amount(
        words=f"median {middle:g} {'day' if middle == 1 else 'days'}",
        printed=f"median {weeks} {'week' if weeks == 1 else 'weeks'}",
        people=who,
        needs=needs,
    )


def referral_to_start(session: Session, scope: Scope) -> Found:
    """Return the calendar days from referral to start of those who started in the period (facts 12.4 row 3).

    With a local target, the share within it; the target is the charity's own and blank as it ships. Whoever has
    no referral date, or one after the start, is counted apart.
    """
    rows = session.execute(
        select(Enrolment.client_id, Enrolment.started_on, Enrolment.received_on)
        .where(*of_programme(scope), Enrolment.started_on.between(scope.period.from_on, scope.last_known))
        .order_by(Enrolment.started_on.desc(), Enrolment.id.desc())
    ).all()
    first = {client: (started, received) for client, started, received in rows}
    days = {
        client: (started - received).days
        for client, (started, received) in first.items()
        if started is not None and received is not None and received <= started
    }
    target = scope.rules.number(_REFERRAL, "target_days")
    blank = first.keys() - days.keys()
    return Found(
        id=_REFERRAL,
        groups=(*_split_by(target, days, "Referral date known"), people("No referral date", blank)),
        amount=_middle(days, target, "Referral date known"),
        near=nearly(
            [
                *((client, _no_days(first[client][1])) for client in blank),
                *_over(days, target, "from referral to start"),
            ]
        ),
    )


def _no_days(received: dt.date | None) -> str:
    if received is None:
        return "there is no referral date"
    return f"referred {on(received)}, after the start"


def _split_by(target: int | None, days: Mapping[UUID, int], known: str) -> tuple[Group, ...]:
    """Return those within the target and the others; without a target, all of them."""
    if target is None:
        return (people(known, days),)
    within = {client for client, passed in days.items() if passed <= target}
    return (people(_within(target), within), people(_LATER, days.keys() - within))


def _within(target: int) -> str:
    return f"Within {target} {'day' if target == 1 else 'days'}"


_LATER = "Later"


def _middle(days: Mapping[UUID, int], target: int | None, known: str) -> Amount | None:
    needs = (known,) if target is None else (_within(target), _LATER)
    return days_in_the_middle(days, frozenset(days), *needs) if days else None


def _over(days: Mapping[UUID, int], target: int | None, what: str) -> list[tuple[UUID, str]]:
    if target is None:
        return []
    return [
        (client, f"{passed} days {what}, more than {target}")
        for client, passed in days.items()
        if passed > target
    ]


def first_employer_contact(session: Session, scope: Scope, settings: QualitySettings) -> Found:
    """Return the days from the start to the first face-to-face meeting with an employer (facts 12.4 row 8).

    Of those who started in the period. Who has met none yet is counted apart, with the days so far inside the
    vault. The target is the one set for the quality of the service unless an own wording sets another.
    """
    started = first_meetings(session, question_of(scope))
    days = {client: (met - began).days for client, (began, met) in started.items() if met is not None}
    waiting = {client: (scope.as_at - began).days for client, (began, met) in started.items() if met is None}
    target = scope.rules.number(_MEETING, "target_days")
    if target is None:
        target = settings.first_contact_days
    note = ""
    if waiting:
        longest = max(waiting.values())
        note = (
            f"{len(waiting)} have met no employer yet: {median(waiting.values()):g} days so far in the middle, "
            f"{longest} at the most."
        )
    return Found(
        id=_MEETING,
        groups=(*_split_by(target, days, "Met an employer"), people("Not met an employer yet", waiting)),
        amount=_middle(days, target, "Met an employer"),
        note=note,
        near=nearly(
            [
                *(
                    (client, f"has met no employer yet, {so_far} days so far")
                    for client, so_far in waiting.items()
                ),
                *_over(days, target, "until the first meeting with an employer"),
            ]
        ),
    )
