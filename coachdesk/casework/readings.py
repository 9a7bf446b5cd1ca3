"""What clients answer about themselves from 0 to 10: ONS4 exactly as asked, and questions of our own; never added up.

ONS4 is free to use with the Office for National Statistics cited (facts 7).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.scales import ONS4, list_scales
from coachdesk.errors import Refusal
from coachdesk.models import Client, Enrolment, Reading
from coachdesk.terms import UNSTATED_WORDS, Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, coach_of, describe

ONS4_VERSION = "ONS4"
ONS4_QUESTIONS: dict[str, str] = {
    "satisfied": "Overall, how satisfied are you with your life nowadays?",
    "worthwhile": "Overall, to what extent do you feel that the things you do in your life are worthwhile?",
    "happy": "Overall, how happy did you feel yesterday?",
    "anxious": (
        "On a scale where nought is 'not at all anxious' and 10 is 'completely anxious', overall, how anxious "
        "did you feel yesterday?"
    ),
}
_BANDS = ((4, "low"), (6, "medium"), (8, "high"), (10, "very high"))
_ANXIOUS_BANDS = ((1, "very low"), (3, "low"), (5, "medium"), (10, "high"))
_SCALE = range(11)
SCALE = "scale"
"""Begins the name of a question of our own."""
ANSWER = "answer"
"""The one item of a reading of a question of our own."""


def ons4_band(question: str, answer: int) -> str:
    """Return the band of an answer of 0 to 10 as ONS names them; anxiety has bands of its own."""
    bands = _ANXIOUS_BANDS if question == "anxious" else _BANDS
    return next(name for highest, name in bands if answer <= highest)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveReading:
    """Answers on a day: 0 to 10, or one of the four non-answers."""

    client_id: UUID
    taken_on: dt.date
    items: Mapping[str, int | str]
    point: str = Unstated.NOT_ASKED
    setting: str = Unstated.NOT_ASKED
    enrolment_id: UUID | None = None


def save_reading(session: Session, wish: SaveReading) -> UUID:
    """Record a reading; raises Refusal off the scale, for another question, or on a day to come."""
    client = session.get(Client, wish.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    _check_day(session, wish.taken_on)
    for question, answer in wish.items.items():
        if question not in ONS4_QUESTIONS:
            raise Refusal("That is not one of the four questions.")
        _check_answer(question, answer)
    reading = Reading(
        client_id=client.id,
        enrolment_id=wish.enrolment_id,
        coach_id=coach_of(session),
        instrument=ONS4,
        instrument_version=ONS4_VERSION,
        taken_on=wish.taken_on,
        point=wish.point,
        setting=wish.setting,
        items=dict(wish.items),
    )
    session.add(reading)
    describe(session, f"Recorded wellbeing answers of {client.initials()}")
    return reading.id


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveMeasures:
    """All that was answered at one sitting, by question: ``ons4.happy``, ``scale.confidence``."""

    client_id: UUID
    taken_on: dt.date
    answers: Mapping[str, int | str]
    point: str = Unstated.NOT_ASKED
    setting: str = Unstated.NOT_ASKED


def save_measures(session: Session, wish: SaveMeasures) -> tuple[UUID, ...]:
    """Record one reading for each measure that was answered; what was skipped is in none.

    Raises Refusal when nothing was answered, off the scale, for a question that is asked no longer, or on a day to come.
    """
    client = session.get(Client, wish.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    _check_day(session, wish.taken_on)
    if not wish.answers:
        raise Refusal("Nothing was answered yet. Skip what is not to be answered, or put the form away.")
    versions = {row.key: row.version for row in list_scales(session, None) if row.retired_on is None}
    found: dict[tuple[str, str], dict[str, int | str]] = {}
    for question, answer in wish.answers.items():
        instrument, item = _asked(question, versions)
        _check_answer(question, answer)
        version = ONS4_VERSION if instrument == ONS4 else versions[instrument]
        found.setdefault((instrument, version), {})[item] = answer
    enrolment = _enrolment_on(session, client.id, wish.taken_on)
    readings = [
        Reading(
            client_id=client.id,
            enrolment_id=enrolment,
            coach_id=coach_of(session),
            instrument=instrument,
            instrument_version=version,
            taken_on=wish.taken_on,
            point=wish.point,
            setting=wish.setting,
            items=items,
        )
        for (instrument, version), items in found.items()
    ]
    session.add_all(readings)
    describe(session, f"Recorded what {client.initials()} answered")
    return tuple(reading.id for reading in readings)


def _asked(question: str, versions: Mapping[str, str]) -> tuple[str, str]:
    kind, _, name = question.partition(".")
    if kind == ONS4 and name in ONS4_QUESTIONS:
        return ONS4, name
    if kind == SCALE and name in versions:
        return name, ANSWER
    raise Refusal("One of these questions is not asked any more. Put the form away and open it again.")


def _check_answer(question: str, answer: int | str) -> None:
    if answer not in UNSTATED_WORDS and (isinstance(answer, bool) or answer not in _SCALE):
        raise Refusal("Each answer is a whole number from 0 to 10.", fields={question: "Choose 0 to 10."})


def _check_day(session: Session, taken_on: dt.date) -> None:
    if taken_on > clock_of(session).today():
        raise Refusal(
            "Answers are recorded once they were given.", fields={"taken_on": "This day is still to come."}
        )


def _enrolment_on(session: Session, client_id: UUID, day: dt.date) -> UUID | None:
    """Return the enrolment that was running on a day, the newest if there were several."""
    query = select(Enrolment.id).where(
        Enrolment.client_id == client_id,
        Enrolment.started_on <= day,
        or_(Enrolment.exit_on.is_(None), Enrolment.exit_on >= day),
        Enrolment.archived_at.is_(None),
    )
    return session.scalars(query.order_by(Enrolment.started_on.desc(), Enrolment.id.desc()).limit(1)).first()


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRow:
    """A reading: answers by question, as they were given."""

    id: UUID
    taken_on: dt.date
    point: str
    items: Mapping[str, int | str]


def list_readings(session: Session, question: ClientQuestion) -> tuple[ReadingRow, ...]:
    """Return a client's readings, the newest first."""
    check_may_see(session, question.client_id)
    query = (
        select(Reading.id, Reading.taken_on, Reading.point, Reading.items)
        .where(Reading.client_id == question.client_id, Reading.archived_at.is_(None))
        .order_by(Reading.taken_on.desc(), Reading.id.desc())
    )
    return tuple(
        ReadingRow(id=reading_id, taken_on=taken_on, point=point, items=items)
        for reading_id, taken_on, point, items in session.execute(query)
    )
