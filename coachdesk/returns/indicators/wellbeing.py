"""ONS4 personal wellbeing: how each of four answers has moved, never added up (facts 7)."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from coachdesk.models import Client, Enrolment, Reading
from coachdesk.returns.indicators.enrolled import of_programme
from coachdesk.returns.indicators.found import Found, Scope, people, present
from coachdesk.returns.indicators.near import Reason, nearly

INSTRUMENT = "ons4"
QUESTIONS = {
    "satisfied": "Satisfied with life",
    "worthwhile": "Things done are worthwhile",
    "happy": "Happy yesterday",
    "anxious": "Anxious yesterday",
}
FALLING_IS_BETTER = "anxious"
HIGH_STARTS = (5, 7, 9)
"""Low 0-4, medium 5-6, high 7-8, very high 9-10 (facts 7)."""
ANXIETY_STARTS = (2, 4, 6)
"""Very low 0-1, low 2-3, medium 4-5, high 6-10 (facts 7)."""
LABELS = ("Better", "The same", "Worse")
TOP = 10


@dataclass(frozen=True, slots=True)
class Pair:
    """A client's first and latest answer to one question."""

    client_id: UUID
    first: int
    latest: int


@dataclass(frozen=True, slots=True)
class Answered:
    """The pairs of one question, and who answered in the period and has none, with the reason."""

    pairs: list[Pair] = field(default_factory=list)
    unpaired: list[Reason] = field(default_factory=list)


Pairs = Mapping[str, Answered]


def band(question: str, answer: int) -> int:
    """Return the number of the band an answer lies in, from 0."""
    starts = ANXIETY_STARTS if question == FALLING_IS_BETTER else HIGH_STARTS
    return sum(answer >= start for start in starts)


def improvement(question: str, first: int, latest: int) -> int:
    """Return how far an answer has moved for the better: for anxiety, falling is improvement."""
    return first - latest if question == FALLING_IS_BETTER else latest - first


def ons4_change(session: Session, scope: Scope, known: Pairs | None = None) -> dict[str, Found]:
    """Return for each question who is better, the same or worse (facts 12.4 row 24).

    A pair is the first answer since the enrolment began and the latest answer given in the period, at
    least 28 days apart (or as many as an own wording says).
    """
    pairs = ons4_pairs(session, scope) if known is None else known
    return {
        question: _split(f"ons4-{question}", answered, [_move(question, pair) for pair in answered.pairs])
        for question, answered in pairs.items()
    }


def ons4_bands(session: Session, scope: Scope, known: Pairs | None = None) -> dict[str, Found]:
    """Return for each question who moved to a better band, stayed in the same, or moved to a worse one."""
    pairs = ons4_pairs(session, scope) if known is None else known
    return {
        question: _split(
            f"ons4-{question}-band", answered, [_band_move(question, pair) for pair in answered.pairs]
        )
        for question, answered in pairs.items()
    }


def _move(question: str, pair: Pair) -> int:
    return improvement(question, pair.first, pair.latest)


def _band_move(question: str, pair: Pair) -> int:
    return improvement(question, band(question, pair.first), band(question, pair.latest))


def _split(indicator: str, answered: Answered, moves: list[int]) -> Found:
    better, same, worse = LABELS
    each = list(zip(answered.pairs, moves, strict=True))
    return Found(
        id=indicator,
        groups=(
            people(better, (pair.client_id for pair, move in each if move > 0)),
            people(same, (pair.client_id for pair, move in each if move == 0)),
            people(worse, (pair.client_id for pair, move in each if move < 0)),
        ),
        near=nearly(answered.unpaired),
    )


def ons4_pairs(session: Session, scope: Scope) -> Pairs:
    """Return the pairs of each question; both views of the change rest on this one query.

    Only clients with a reading in the period can have a pair, so nobody else's readings are fetched.
    """
    within = aliased(Reading)
    answered_now = select(within.client_id).where(
        within.instrument == INSTRUMENT,
        within.taken_on.between(scope.period.from_on, scope.last_known),
        within.archived_at.is_(None),
    )
    rows = session.execute(
        select(Reading.client_id, Enrolment.started_on, Reading.taken_on, Reading.items)
        .join(Enrolment, Enrolment.client_id == Reading.client_id)
        .join(Client, Client.id == Enrolment.client_id)
        .where(
            *of_programme(scope),
            Reading.instrument == INSTRUMENT,
            Reading.client_id.in_(answered_now),
            Enrolment.started_on <= Reading.taken_on,
            Reading.taken_on <= scope.last_known,
            *present(Reading),
        )
        .order_by(Reading.client_id, Reading.taken_on, Reading.id)
    ).all()
    found = {question: Answered() for question in QUESTIONS}
    apart = {question: scope.rules.needed(f"ons4-{question}", "pair_days") for question in QUESTIONS}
    for client, group in groupby(rows, key=lambda row: row[0]):
        readings = [(taken, items) for _, _, taken, items in group]
        for question, answered in found.items():
            pair = _pair(client, question, readings, scope, apart[question])
            if isinstance(pair, Pair):
                answered.pairs.append(pair)
            else:
                answered.unpaired.append((client, pair))
    return found


def _pair(
    client: UUID, question: str, readings: list[tuple[dt.date, Mapping[str, Any]]], scope: Scope, apart: int
) -> Pair | str:
    """Return the first and the latest answer, or why they are no pair."""
    answered = [(taken, items[question]) for taken, items in readings if _is_answer(items.get(question))]
    if not answered or not scope.period.holds(answered[-1][0]):
        return "did not answer this question in the period"
    (first_on, first), (latest_on, latest) = answered[0], answered[-1]
    days = (latest_on - first_on).days
    if len(answered) == 1:
        return "only one answer so far"
    if days < apart:
        return f"the answers are {days} days apart, and {apart} are needed"
    return Pair(client, first, latest)


def _is_answer(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= TOP
