"""Answers to questions of our own: a value of the question's sort, or one of the four non-answers."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.custom_fields import (
    CustomFieldRow,
    Sort,
    chosen_keys,
    custom_field_row,
    custom_fields,
)
from coachdesk.errors import Refusal
from coachdesk.models import Client, CustomAnswer, CustomField, Enrolment, Programme
from coachdesk.models.base import PARAGRAPH
from coachdesk.terms import UNSTATED_WORDS, Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import describe

MOST = 1_000_000_000_000
PLACES = 4
Value = Mapping[str, Any]
"""An answer as it is kept: empty, or one entry named after the question's sort."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredQuestion:
    """A question with a client's answer: ``told`` as a form holds it, ``words`` as it is said ("" when not asked)."""

    field: CustomFieldRow
    told: Any
    unstated: str
    words: str
    answer_id: UUID | None = None
    is_asked: bool = True
    """Whether the client is asked it now; else it was retired, or belongs to a programme they are not on."""


def read_custom_answers(session: Session, client_id: UUID) -> tuple[AnsweredQuestion, ...]:
    """Return the questions a client is asked, in their order, then what was answered once and is asked no more.

    Raises Refusal where the client may not be seen.
    """
    check_may_see(session, client_id)
    enrolled = set(
        session.scalars(
            select(Enrolment.programme_id).where(
                Enrolment.client_id == client_id, Enrolment.archived_at.is_(None)
            )
        )
    )
    answers = {one.field_id: one for one in session.scalars(_of(client_id))}
    asked = [
        one for one in custom_fields(session) if one.programme_id is None or one.programme_id in enrolled
    ]
    known = {one.id for one in asked}
    past = [
        one
        for one in _rows(session, [field_id for field_id in answers if field_id not in known])
        if answered_words(one, answers[one.id].value, answers[one.id].unstated)
    ]
    return (
        *(_question(one, answers.get(one.id), is_asked=True) for one in asked),
        *(_question(one, answers.get(one.id), is_asked=False) for one in past),
    )


def _of(client_id: UUID) -> Any:
    return select(CustomAnswer).where(CustomAnswer.client_id == client_id, CustomAnswer.archived_at.is_(None))


def _rows(session: Session, field_ids: Collection[UUID]) -> list[CustomFieldRow]:
    query = (
        select(CustomField, Programme.title)
        .outerjoin(Programme, Programme.id == CustomField.programme_id)
        .where(CustomField.id.in_(field_ids))
        .order_by(CustomField.position, CustomField.key)
    )
    return [custom_field_row(one, title) for one, title in session.execute(query)]


def _question(field: CustomFieldRow, answer: CustomAnswer | None, *, is_asked: bool) -> AnsweredQuestion:
    value: Value = answer.value if answer else {}
    unstated = answer.unstated if answer else str(Unstated.NOT_ASKED)
    return AnsweredQuestion(
        field=field,
        told=told_of(field.sort, value),
        unstated=unstated,
        words=answered_words(field, value, unstated),
        answer_id=answer.id if answer else None,
        is_asked=is_asked,
    )


def told_of(sort: str, value: Value) -> Any:
    """Return a kept answer as a form holds it: text, key, keys, date or number; None (or no keys) for none."""
    found = value.get(sort)
    if sort == Sort.CHOICES:
        return tuple(found or ())
    if found is None:
        return None
    if sort == Sort.DATE:
        return dt.date.fromisoformat(found)
    return Decimal(str(found)) if sort == Sort.NUMBER else found


def answered_words(field: CustomFieldRow, value: Value, unstated: str) -> str:
    """Return an answer in words, a non-answer in its own; blank for what was not asked."""
    told = told_of(field.sort, value)
    if told in (None, ()):
        return "" if unstated == Unstated.NOT_ASKED else UNSTATED_WORDS.get(unstated, unstated)
    if field.sort is Sort.DATE:
        return f"{told:%d %B %Y}".lstrip("0")
    if field.sort is Sort.NUMBER:
        return f"{told:,f}"
    titles = field.titles
    return ", ".join(titles.get(key, key) for key in chosen_keys(value)) or str(told)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveCustomAnswers:
    """Answers by question: a value as a form holds it, one of the four non-answers, or nothing for "not asked"."""

    client_id: UUID
    answers: Mapping[UUID, Any]


def save_custom_answers(session: Session, wish: SaveCustomAnswers) -> None:
    """Write the answers given.

    Raises Refusal for a client or a question that is not there any more, and with a sentence for every answer that
    is not of its question's sort; the sentences stand under the questions' keys.
    """
    check_may_see(session, wish.client_id)
    client = session.get(Client, wish.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    fields = {one.id: one for one in _rows(session, list(wish.answers))}
    if set(wish.answers) - set(fields):
        raise Refusal("One of these questions is not there any more. Look at the form again.")
    known = {one.field_id: one for one in session.scalars(_of(client.id))}
    refused: dict[str, str] = {}
    for field_id, told in wish.answers.items():
        field, known_one = fields[field_id], known.get(field_id)
        try:
            value, unstated = accepted(field, told, had=known_one.value if known_one else {})
        except Refusal as refusal:
            refused[field.key] = refusal.message
            continue
        put_answer(session, client.id, field_id, (value, unstated), known_one)
    if refused:
        raise Refusal("Some of these answers do not fit their questions.", fields=refused)
    describe(session, f"Changed answers to questions of our own of {client.initials()}")


Accepted = tuple[dict[str, Any], str]
"""A value as it is kept, and the non-answer beside it."""


def put_answer(
    session: Session, client_id: UUID, field_id: UUID, answer: Accepted, known: CustomAnswer | None
) -> None:
    """Keep an answer: in the record that is there, else in a new one; nothing is kept of what was never asked."""
    value, unstated = answer
    if known is None:
        if value or unstated != Unstated.NOT_ASKED:
            session.add(CustomAnswer(client_id=client_id, field_id=field_id, value=value, unstated=unstated))
    elif (known.value, known.unstated) != (value, unstated):
        known.value, known.unstated = value, unstated


def accepted(field: CustomFieldRow, told: Any, *, had: Value | None = None) -> Accepted:
    """Return an answer as it is kept; raises Refusal with a sentence where it is not of the question's sort.

    ``had`` is the answer that stands: a retired answer may stay, but nobody is given it anew.
    """
    if told in (None, "", (), []) or (isinstance(told, str) and not told.strip()):
        return {}, str(Unstated.NOT_ASKED)
    if isinstance(told, str) and told in UNSTATED_WORDS:
        return {}, str(told)
    return {field.sort.value: _CHECKS[field.sort](field, told, had or {})}, str(Unstated.NOT_ASKED)


def _text(_field: CustomFieldRow, told: Any, _had: Value) -> str:
    text = str(told).replace("\0", "").strip()
    if len(text) > PARAGRAPH:
        raise Refusal(f"This is {len(text):,} characters long; at most {PARAGRAPH:,} fit here.")
    return text


def _choice(field: CustomFieldRow, told: Any, had: Value) -> str:
    allowed = {one.key for one in field.offered} | set(chosen_keys(had))
    if told not in allowed:
        raise Refusal(f"Choose one of: {', '.join(one.title for one in field.offered)}.")
    return str(told)


def _choices(field: CustomFieldRow, told: Any, had: Value) -> list[str]:
    keys = {_choice(field, key, had) for key in ((told,) if isinstance(told, str) else told)}
    return [one.key for one in field.choices if one.key in keys]


def _date(_field: CustomFieldRow, told: Any, _had: Value) -> str:
    if not isinstance(told, dt.date):
        raise Refusal("This is not a date. Write it like 3 May 2026 or 03/05/2026.")
    return told.isoformat()


def _number(_field: CustomFieldRow, told: Any, _had: Value) -> int | float:
    if isinstance(told, bool) or not isinstance(told, int | Decimal):
        raise Refusal("This is not a number. Write it like 12 or 12.5.")
    number = Decimal(told)
    if not number.is_finite() or abs(number) >= MOST or number != round(number, PLACES):
        raise Refusal(f"Write a number below {MOST:,} with at most {PLACES} decimals.")
    return int(number) if number == int(number) else float(number)


_CHECKS = {
    Sort.TEXT: _text,
    Sort.CHOICE: _choice,
    Sort.CHOICES: _choices,
    Sort.DATE: _date,
    Sort.NUMBER: _number,
    Sort.YES_NO: _choice,
}
