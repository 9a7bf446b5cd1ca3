"""Questions of our own: what a manager adds beside those that ship, for one programme or for everybody.

A question keeps its key and, once somebody has answered, its sort; an answer to choose keeps its key for ever. So
what was said years ago still means what it meant. What is no longer asked is retired and never deleted.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NoReturn
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import CustomAnswer, CustomField, Programme
from coachdesk.models.base import LINE, PARAGRAPH
from coachdesk.terms import UNSTATED_WORDS
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.folding import fold
from coachdesk.vault.work import describe

KEY_LENGTH = 40
RETIRED = "retired"
FEWEST_CHOICES, MOST_CHOICES = 2, 40
RESERVED = frozenset({"total", "not stated", *(words.casefold() for words in UNSTATED_WORDS.values())})
"""Words that stand for something else in every list and table."""
GONE = "This question is not there any more."


class Sort(StrEnum):
    """What an answer can be."""

    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    DATE = "date"
    NUMBER = "number"
    YES_NO = "yes_no"


CHOSEN = frozenset({Sort.CHOICE, Sort.CHOICES})
"""Sorts answered out of a list."""
DIVIDING = frozenset({Sort.CHOICE, Sort.CHOICES, Sort.YES_NO})
"""Sorts a return can be broken down by: those with a list of answers."""
YES_NO: Mapping[str, str] = {"yes": "Yes", "no": "No"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomChoice:
    """One answer that can be chosen; a retired one is shown where it was given and offered no more."""

    key: str
    title: str
    retired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomFieldRow:
    """A question as it is asked; ``programme`` is blank for one that is asked of everybody."""

    id: UUID
    key: str
    title: str
    sort: Sort
    help: str
    programme_id: UUID | None
    programme: str
    choices: tuple[CustomChoice, ...]
    is_breakdown: bool
    position: int
    retired_on: dt.date | None
    is_answered: bool = False

    @property
    def titles(self) -> dict[str, str]:
        """Key and words of every answer that can be or once could be chosen."""
        return dict(YES_NO) if self.sort is Sort.YES_NO else {one.key: one.title for one in self.choices}

    @property
    def offered(self) -> tuple[CustomChoice, ...]:
        """The answers that are offered now."""
        if self.sort is Sort.YES_NO:
            return tuple(CustomChoice(key=key, title=title) for key, title in YES_NO.items())
        return tuple(one for one in self.choices if not one.retired)


def list_custom_fields(session: Session, _question: None) -> tuple[CustomFieldRow, ...]:
    """Return every question in its order, those retired last."""
    answered = set(session.scalars(select(CustomAnswer.field_id).distinct()))
    rows = (custom_field_row(one, title, one.id in answered) for one, title in _read(session))
    return tuple(sorted(rows, key=lambda one: (one.retired_on is not None, one.position, one.key)))


def custom_fields(session: Session, programme_id: UUID | None = None) -> tuple[CustomFieldRow, ...]:
    """Return the questions that are asked now, in their order; with a programme, those asked on it."""
    found = [custom_field_row(one, title) for one, title in _read(session) if one.retired_on is None]
    return tuple(one for one in found if programme_id is None or one.programme_id in (None, programme_id))


def _read(session: Session) -> Sequence[Any]:
    query = (
        select(CustomField, Programme.title)
        .outerjoin(Programme, Programme.id == CustomField.programme_id)
        .where(CustomField.archived_at.is_(None))
        .order_by(CustomField.position, CustomField.key)
    )
    return session.execute(query).all()


def custom_field_row(one: CustomField, programme: str | None, is_answered: bool = False) -> CustomFieldRow:  # noqa: FBT001, FBT002  a plain fact about the record
    """Return the row of a question's record."""
    return CustomFieldRow(
        id=one.id,
        key=one.key,
        title=one.title,
        sort=Sort(one.sort),
        help=one.help,
        programme_id=one.programme_id,
        programme=programme or "",
        choices=_kept_choices(one),
        is_breakdown=one.is_breakdown,
        position=one.position,
        retired_on=one.retired_on,
        is_answered=is_answered,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class AddCustomField:
    """A new question: its words, its sort, whom it is asked of; ``choices`` are the words of the answers."""

    title: str
    sort: str
    help: str = ""
    programme_id: UUID | None = None
    choices: tuple[str, ...] = ()
    is_breakdown: bool = False
    source_note: str = ""


def add_custom_field(session: Session, wish: AddCustomField) -> UUID:
    """Add a question behind the others and return its id.

    Raises Refusal for anybody but a manager, without words, for a sort there is not, for answers that cannot be
    told apart, and for a breakdown by what has no list of answers.
    """
    check_is_manager(session)
    sort = _sort(wish.sort)
    title = _title(session, wish.title, None)
    _check_breakdown(sort, is_breakdown=wish.is_breakdown)
    choices = _with_new((), wish.choices)
    _check_choices(sort, choices)
    keys = set(session.scalars(select(CustomField.key)))
    positions = session.scalars(select(CustomField.position))
    field = CustomField(
        key=_free(_key_of(title, "question"), keys),
        title=title,
        sort=sort.value,
        help=_paragraph(wish.help),
        programme_id=_programme(session, wish.programme_id),
        choices=_as_kept(choices),
        is_breakdown=wish.is_breakdown,
        position=max(positions, default=0) + 1,
        source_note=wish.source_note.strip(),
    )
    session.add(field)
    describe(session, f"Added the question “{title}”"[:LINE])
    return field.id


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeCustomField:
    """A question as it is to be from now on.

    ``choices`` gives answers that are there other words, by key; ``offered`` names those still offered (None: as it
    stands); ``more`` are the words of new ones.
    """

    field_id: UUID
    title: str
    sort: str
    help: str = ""
    programme_id: UUID | None = None
    is_breakdown: bool = False
    choices: Mapping[str, str] | None = None
    offered: tuple[str, ...] | None = None
    more: tuple[str, ...] = ()


def change_custom_field(session: Session, wish: ChangeCustomField) -> None:
    """Change a question; an answer no longer offered is retired, and goes only while nobody has answered at all.

    Raises Refusal as ``add_custom_field`` does, and for another sort once somebody has answered.
    """
    check_is_manager(session)
    field = _field(session, wish.field_id)
    sort = _sort(wish.sort)
    if sort != field.sort and _is_answered(session, field.id):
        raise Refusal(
            "This question has answers already, so its sort stays. Retire it and add a new question.",
            fields={"sort": "Somebody has answered; the sort stays."},
        )
    _check_breakdown(sort, is_breakdown=wish.is_breakdown)
    title = _title(session, wish.title, field.id)
    choices = _changed_choices(session, field, wish) if sort in CHOSEN else _with_new((), wish.more)
    _check_choices(sort, choices)
    field.title, field.sort, field.help = title, sort.value, _paragraph(wish.help)
    field.programme_id = _programme(session, wish.programme_id)
    field.choices, field.is_breakdown = _as_kept(choices), wish.is_breakdown
    describe(session, f"Changed the question “{title}”"[:LINE])


@dataclass(frozen=True, slots=True, kw_only=True)
class RetireCustomField:
    """Ask a question no longer from a day on; with no day it is asked again."""

    field_id: UUID
    on: dt.date | None


def retire_custom_field(session: Session, wish: RetireCustomField) -> None:
    """Retire a question, or take it up again; the answers given stay. Raises Refusal for anybody but a manager."""
    check_is_manager(session)
    field = _field(session, wish.field_id)
    field.retired_on = wish.on
    what = "Retired" if wish.on else "Took up again"
    describe(session, f"{what} the question “{field.title}”"[:LINE])


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveCustomField:
    """Put a question before or behind its neighbour."""

    field_id: UUID
    up: bool


def move_custom_field(session: Session, wish: MoveCustomField) -> None:
    """Change places with the neighbour among the questions asked; at the end nothing moves.

    Raises Refusal for anybody but a manager.
    """
    check_is_manager(session)
    field = _field(session, wish.field_id)
    asked = list(
        session.scalars(
            select(CustomField)
            .where(CustomField.retired_on.is_(None), CustomField.archived_at.is_(None))
            .order_by(CustomField.position, CustomField.key)
        )
    )
    if field not in asked:
        raise Refusal("A retired question has no place among those asked. Take it up again first.")
    place = asked.index(field)
    other = place - 1 if wish.up else place + 1
    if 0 <= other < len(asked):
        asked[place], asked[other] = asked[other], asked[place]
        for number, one in enumerate(asked, 1):
            one.position = number
    describe(session, f"Moved the question “{field.title}”"[:LINE])


def _field(session: Session, field_id: UUID) -> CustomField:
    field = session.get(CustomField, field_id)
    if field is None:
        raise Refusal(GONE)
    return field


def _sort(told: str) -> Sort:
    if told not in set(Sort):
        raise Refusal("Choose what sort of answer it is.", fields={"sort": "Choose one."})
    return Sort(told)


def _title(session: Session, typed: str, own: UUID | None) -> str:
    title = " ".join(typed.split())
    if not any(map(str.isalnum, title)):
        raise Refusal("A question needs words.", fields={"title": "Type the question."})
    if len(title) > LINE:
        sentence = f"The question is too long: at most {LINE} characters fit on a line."
        raise Refusal(sentence, fields={"title": sentence})
    others = session.execute(select(CustomField.id, CustomField.title, CustomField.retired_on))
    for field_id, other, _ in others:
        if field_id != own and fold(other) == fold(title):
            sentence = f"There is a question “{other}” already. Change that one, or choose other words."
            raise Refusal(sentence, fields={"title": sentence})
    return title


def _paragraph(typed: str) -> str:
    if len(typed.strip()) > PARAGRAPH:
        sentence = f"The explanation is too long: at most {PARAGRAPH:,} characters fit."
        raise Refusal(sentence, fields={"help": sentence})
    return typed.strip()


def _programme(session: Session, programme_id: UUID | None) -> UUID | None:
    if programme_id is not None and session.get(Programme, programme_id) is None:
        raise Refusal("This programme is not there any more.", fields={"programme_id": "Choose another one."})
    return programme_id


def _check_breakdown(sort: Sort, *, is_breakdown: bool) -> None:
    if is_breakdown and sort not in DIVIDING:
        sentence = (
            "A return can be broken down by a choice, several choices or a yes or no, not by this sort."
        )
        raise Refusal(sentence, fields={"is_breakdown": sentence})


def _kept_choices(field: CustomField) -> tuple[CustomChoice, ...]:
    """Return the answers of a question's record: key, title, and a third word where it is retired."""
    return tuple(
        CustomChoice(key=str(key), title=str(title), retired=bool(more))
        for key, title, *more in field.choices
    )


def _as_kept(choices: Iterable[CustomChoice]) -> list[Any]:
    return [[one.key, one.title, *([RETIRED] if one.retired else [])] for one in choices]


def _check_choices(sort: Sort, choices: Sequence[CustomChoice]) -> None:
    """Raise Refusal where the answers could not be told apart from each other or from what stands in every list."""
    if sort not in CHOSEN:
        if choices:
            _refuse_choices("Answers to choose from go with a choice or several choices. Take them out here.")
        return
    seen: set[str] = set()
    for one in choices:
        if fold(one.title) in RESERVED:
            _refuse_choices(f"“{one.title}” stands in every list and table already. Leave it out.")
        if fold(one.title) in seen:
            _refuse_choices(f"“{one.title}” is there twice. Give every answer words of its own.")
        seen.add(fold(one.title))
    count = sum(1 for one in choices if not one.retired)
    if not FEWEST_CHOICES <= count <= MOST_CHOICES:
        _refuse_choices(f"A choice needs {FEWEST_CHOICES} to {MOST_CHOICES} answers; here are {count}.")


def _refuse_choices(sentence: str) -> NoReturn:
    raise Refusal(sentence, fields={"choices": sentence})


def _with_new(known: Iterable[CustomChoice], more: Iterable[str]) -> list[CustomChoice]:
    found = list(known)
    for typed in more:
        title = " ".join(typed.split())[:LINE]
        if title:
            keys = {one.key for one in found} | set(UNSTATED_WORDS)
            found.append(CustomChoice(key=_free(_key_of(title, "answer"), keys), title=title))
    return found


def _changed_choices(session: Session, field: CustomField, wish: ChangeCustomField) -> list[CustomChoice]:
    words = wish.choices or {}
    answered = _is_answered(session, field.id)
    found: list[CustomChoice] = []
    for one in _kept_choices(field):
        title = " ".join(words.get(one.key, one.title).split())[:LINE]
        if not title:
            _refuse_choices(f"The answer “{one.title}” needs words.")
        is_offered = not one.retired if wish.offered is None else one.key in wish.offered
        if is_offered or answered:
            found.append(CustomChoice(key=one.key, title=title, retired=not is_offered))
    return _with_new(found, wish.more)


def chosen_keys(value: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the keys an answer holds: of its one choice, of its several, or of its yes or no."""
    several = value.get(Sort.CHOICES.value)
    one = value.get(Sort.CHOICE.value) or value.get(Sort.YES_NO.value)
    return tuple(several) if several else ((one,) if one else ())


def _is_answered(session: Session, field_id: UUID) -> bool:
    query = select(CustomAnswer.id).where(CustomAnswer.field_id == field_id).limit(1)
    return session.scalar(query) is not None


def _key_of(title: str, otherwise: str) -> str:
    plain = "".join(letter if letter.isascii() and letter.isalnum() else "_" for letter in fold(title))
    return "_".join(part for part in plain.split("_") if part)[:KEY_LENGTH].strip("_") or otherwise


def _free(wanted: str, taken: set[str]) -> str:
    """Return a key nobody has: the one wanted, or with a number behind it."""
    number, found = 2, wanted
    while found in taken:
        found = f"{wanted[: KEY_LENGTH - 4]}_{number}"
        number += 1
    return found
