"""Answers to questions of our own that a row brings in: new ones are kept, what is there is never overwritten."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select

from coachdesk.casework.custom_answers import Accepted, put_answer
from coachdesk.errors import Refusal
from coachdesk.exchange.ground import Ground
from coachdesk.exchange.mapping import SheetMapping
from coachdesk.exchange.row_reading import ReadRow
from coachdesk.models import CustomAnswer
from coachdesk.terms import Unstated


def check_asked(ground: Ground, mapping: SheetMapping) -> None:
    """Raise Refusal where a column answers a question of another programme than the one of the import."""
    for heading, key in mapping.columns:
        asked = ground.fields[key].asked if key else None
        if asked is not None and asked.programme_id not in (None, ground.programme_id):
            raise Refusal(
                f"“{asked.title}” is asked on {asked.programme}, not on the programme of this import. Leave the column "
                f"“{heading}” out, or ask the question of everybody."
            )


def add_answers(ground: Ground, row: ReadRow, client_id: UUID) -> None:
    """Keep a new client's answers."""
    for field_id, _, answer in _answers(ground, row):
        put_answer(ground.session, client_id, field_id, answer, None)


def fill_answers(ground: Ground, row: ReadRow, client_id: UUID) -> list[str]:
    """Keep answers a known client has not given yet and return the questions they answer."""
    told = list(_answers(ground, row))
    if not told:
        return []
    query = select(CustomAnswer).where(
        CustomAnswer.client_id == client_id, CustomAnswer.field_id.in_([field_id for field_id, _, _ in told])
    )
    known = {one.field_id: one for one in ground.session.scalars(query)}
    filled = []
    for field_id, title, answer in told:
        stands = known.get(field_id)
        if stands is None or not (stands.value or stands.unstated != Unstated.NOT_ASKED):
            put_answer(ground.session, client_id, field_id, answer, stands)
            filled.append(f"“{title}”")
    return filled


def _answers(ground: Ground, row: ReadRow) -> Iterator[tuple[UUID, str, Accepted]]:
    """Yield question, its title and the answer for every column of the row that says something."""
    for key in row.cells:
        field = ground.fields.get(key)
        if field is None or field.asked is None:
            continue
        answer: Accepted = (
            dict(row.get(field.name) or {}),
            row.unstated.get(field.name, str(Unstated.NOT_ASKED)),
        )
        if answer != ({}, str(Unstated.NOT_ASKED)):
            yield field.asked.id, field.title, answer
