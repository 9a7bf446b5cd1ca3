"""ONS4 personal wellbeing: four questions exactly as asked, never added up.

Free to use with the Office for National Statistics cited (facts 7).
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.errors import Refusal
from coachdesk.models import Client, Reading
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
    if wish.taken_on > clock_of(session).today():
        raise Refusal(
            "Answers are recorded once they were given.", fields={"taken_on": "This day is still to come."}
        )
    for question, answer in wish.items.items():
        if question not in ONS4_QUESTIONS:
            raise Refusal("That is not one of the four questions.")
        if answer not in UNSTATED_WORDS and answer not in _SCALE:
            raise Refusal("Each answer is a whole number from 0 to 10.", fields={question: "Choose 0 to 10."})
    reading = Reading(
        client_id=client.id,
        enrolment_id=wish.enrolment_id,
        coach_id=coach_of(session),
        instrument="ons4",
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
