"""What a client's answers say over time: each question by itself, first beside latest, and never a total."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.codes import titles_of
from coachdesk.casework.readings import ANSWER, ONS4_QUESTIONS, ONS4_VERSION, SCALE, ons4_band
from coachdesk.casework.scales import ONS4, Bands, ScaleRow, all_wordings
from coachdesk.models import Enrolment, Reading
from coachdesk.terms import UNSTATED_WORDS
from coachdesk.vault.caseload_rights import check_may_see

PAIR_DAYS = 28
"""Days between two answers from which on a return counts them as a pair (CoachDesk default, facts 12.4 row 24)."""
_ONS4_TITLES = {
    "satisfied": "Satisfied with life",
    "worthwhile": "Things done are worthwhile",
    "happy": "Happy yesterday",
    "anxious": "Anxious yesterday",
}
_ONS4_ENDS = ("not at all", "completely")
_ONS_SOURCE = "Office for National Statistics, personal wellbeing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question as it is asked; ``name`` is what its answer is handed in under."""

    name: str
    title: str
    question: str
    low_words: str
    high_words: str
    higher_is_better: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenAnswer:
    """One answer: a number with the words of its band, or the words of a non-answer."""

    reading_id: UUID
    on: dt.date
    point: str
    value: int | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The latest answer beside the first of this time of support; ``way`` is better, worse or the same."""

    first: GivenAnswer
    latest: GivenAnswer
    way: str

    @property
    def days(self) -> int:
        """Return how many days lie between the two."""
        return (self.latest.on - self.first.on).days

    @property
    def counts(self) -> bool:
        """Return whether a return would count them as a pair."""
        return self.days >= PAIR_DAYS


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureRow:
    """One question with what was answered to these very words, the oldest first."""

    asked: Asked
    version: str
    is_current: bool
    answers: tuple[GivenAnswer, ...]
    change: Change | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasuresRow:
    """All questions of a client; ``matched`` have two answers to compare, ``unmatched`` have one and no second."""

    questions: tuple[MeasureRow, ...]
    asked_now: tuple[Asked, ...]
    matched: int
    unmatched: int
    point: str
    """The point at which the next answers would be given."""


def read_measures(session: Session, question: ClientQuestion) -> MeasuresRow:
    """Return a client's answers question by question; only answers to the same words are compared."""
    check_may_see(session, question.client_id)
    readings = _readings(session, question.client_id)
    since = _since(session, question.client_id)
    points = titles_of(session, "reading_point")["reading_point"]
    wordings = all_wordings(session)
    rows = [*_ons4(readings, points, since), *_scales(wordings, readings, points, since)]
    matched = sum(1 for row in rows if row.change is not None)
    answered = sum(1 for row in rows if any(one.value is not None for one in row.answers))
    return MeasuresRow(
        questions=tuple(rows),
        asked_now=tuple(row.asked for row in rows if row.is_current),
        matched=matched,
        unmatched=answered - matched,
        point=_next_point(readings, since, ended=_has_ended(session, question.client_id)),
    )


def _readings(session: Session, client_id: UUID) -> list[Reading]:
    query = select(Reading).where(Reading.client_id == client_id, Reading.archived_at.is_(None))
    return list(session.scalars(query.order_by(Reading.taken_on, Reading.id)))


def _newest(session: Session, client_id: UUID) -> Enrolment | None:
    query = select(Enrolment).where(Enrolment.client_id == client_id, Enrolment.archived_at.is_(None))
    query = query.where(Enrolment.started_on.is_not(None))
    return session.scalars(query.order_by(Enrolment.started_on.desc(), Enrolment.id.desc()).limit(1)).first()


def _since(session: Session, client_id: UUID) -> dt.date:
    """Return the first day of this time of support: an answer from an earlier one begins nothing."""
    newest = _newest(session, client_id)
    return newest.started_on if newest is not None and newest.started_on is not None else dt.date.min


def _has_ended(session: Session, client_id: UUID) -> bool:
    newest = _newest(session, client_id)
    return newest is not None and newest.exit_on is not None


def _next_point(readings: Sequence[Reading], since: dt.date, *, ended: bool) -> str:
    if ended:
        return "exit"
    return "review" if any(one.taken_on >= since for one in readings) else "baseline"


def _ons4(readings: Iterable[Reading], points: Mapping[str, str], since: dt.date) -> Iterable[MeasureRow]:
    mine = [one for one in readings if one.instrument == ONS4]
    for key, question in ONS4_QUESTIONS.items():
        low, high = _ONS4_ENDS
        asked = Asked(
            name=f"{ONS4}.{key}",
            title=_ONS4_TITLES[key],
            question=question,
            low_words=low,
            high_words=high,
            higher_is_better=key != "anxious",
            source=_ONS_SOURCE,
        )
        answers = tuple(
            _answer(one, one.items[key], points, ons4_band(key, one.items[key]))
            if isinstance(one.items[key], int)
            else _answer(one, one.items[key], points)
            for one in mine
            if key in one.items
        )
        yield _row(asked, ONS4_VERSION, answers, since, is_current=True)


def _scales(
    wordings: Sequence[ScaleRow], readings: Sequence[Reading], points: Mapping[str, str], since: dt.date
) -> Iterable[MeasureRow]:
    newest = {scale.key: scale.version for scale in wordings}
    for scale in wordings:
        current = newest[scale.key] == scale.version and scale.retired_on is None
        answers = tuple(
            _answer(one, one.items.get(ANSWER), points, _band(scale.bands, one.items.get(ANSWER)))
            for one in readings
            if (one.instrument, one.instrument_version) == (scale.key, scale.version)
        )
        if not current and not answers:
            continue
        asked = Asked(
            name=f"{SCALE}.{scale.key}",
            title=scale.title,
            question=scale.question,
            low_words=scale.low_words,
            high_words=scale.high_words,
            higher_is_better=scale.higher_is_better,
            source=scale.source_note,
        )
        yield _row(asked, scale.version, answers, since, is_current=current)


def _answer(reading: Reading, told: object, points: Mapping[str, str], band: str = "") -> GivenAnswer:
    point = "" if reading.point in UNSTATED_WORDS else points.get(reading.point, reading.point)
    is_number = isinstance(told, int)
    return GivenAnswer(
        reading_id=reading.id,
        on=reading.taken_on,
        point=point,
        value=int(str(told)) if is_number else None,
        words=band if is_number else UNSTATED_WORDS.get(str(told), str(told)),
    )


def _band(bands: Bands, told: object) -> str:
    if not isinstance(told, int):
        return ""
    return next((words for lowest, words in reversed(bands) if told >= lowest), "")


def _row(
    asked: Asked, version: str, answers: tuple[GivenAnswer, ...], since: dt.date, *, is_current: bool
) -> MeasureRow:
    numbers = [one for one in answers if one.value is not None and one.on >= since]
    return MeasureRow(
        asked=asked,
        version=version,
        is_current=is_current,
        answers=answers,
        change=_change(numbers[0], numbers[-1], asked) if len(numbers) > 1 else None,
    )


def _change(first: GivenAnswer, latest: GivenAnswer, asked: Asked) -> Change:
    moved = (latest.value or 0) - (first.value or 0)
    if not asked.higher_is_better:
        moved = -moved
    way = "better" if moved > 0 else "worse" if moved < 0 else "same"
    return Change(first=first, latest=latest, way=way)
