"""Records in words: what each field is called and how its value is said, for history and for the client."""

import datetime as dt
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import all_codes
from coachdesk.casework.custom_answers import answered_words
from coachdesk.casework.custom_fields import CustomFieldRow, custom_field_row
from coachdesk.models import Coach, CustomAnswer, CustomField, Employer, Hub, Programme, Service
from coachdesk.resources import resource
from coachdesk.terms import UNSTATED_WORDS, Kind, Unstated

NAMED = {
    "coach": Coach.name,
    "hub": Hub.name,
    "programme": Programme.title,
    "employer": Employer.name,
    "service": Service.name,
}
GONE = "(not there any more)"
ANSWER, NO_ANSWER = "value", "unstated"


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What the words file says of one kind of record."""

    title: str
    fields: Mapping[str, str]
    lists: Mapping[str, str] = field(default_factory=dict)
    links: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One field in words: its name in the records, its label and its value as said."""

    name: str
    label: str
    words: str


@cache
def words_file() -> Mapping[str, Any]:
    """Return the words file that ships."""
    return tomllib.loads(resource("words", "records.toml").read_text(encoding="utf-8"))


@cache
def field_words(kind: str) -> FieldWords | None:
    """Return what a kind of record and its fields are called; None for kinds that are told to nobody."""
    told = words_file().get(kind)
    return FieldWords(**told) if told is not None and "fields" in told else None


class RecordWords:
    """Says records in the words of the lists in force."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._codes = {
            name: {row.key: row.title for row in rows} for name, rows in all_codes(session, None).items()
        }
        self._names: dict[tuple[str, UUID], str] = {}
        self._asked: dict[UUID | None, CustomFieldRow | None] = {}

    @staticmethod
    def title(kind: str) -> str:
        """Return what one record of a kind is called."""
        told = field_words(kind)
        return told.title if told else Kind(kind).value.replace("_", " ").capitalize()

    def lines(self, kind: str, values: Mapping[str, Any]) -> tuple[Line, ...]:
        """Return the fields that say something, in their order; "not asked" says nothing."""
        told = field_words(kind)
        if told is None:
            return ()
        asked = self._asked_in(kind, values, None)
        return tuple(
            Line(name=name, label=_labelled(asked, name, label), words=said)
            for name, label in told.fields.items()
            if (said := self._said_of(asked, kind, name, values))
        )

    def changes(
        self, kind: str, before: Mapping[str, Any], after: Mapping[str, Any], record_id: UUID | None = None
    ) -> tuple[tuple[str, str, str], ...]:
        """Return label, words before and words after of every field that changed; nothing said is blank.

        ``record_id`` says whose values they are where the values alone do not tell which question was answered.
        """
        told = field_words(kind)
        asked = self._asked_in(kind, {**before, **after}, record_id)
        found = []
        for name, label in told.fields.items() if told else ():
            first, then = (self._said_of(asked, kind, name, values) for values in (before, after))
            if first != then:
                found.append((_labelled(asked, name, label), first, then))
        return tuple(found)

    def _asked_in(
        self, kind: str, values: Mapping[str, Any], record_id: UUID | None
    ) -> CustomFieldRow | None:
        """Return the question of our own that a record answers; None for all other records."""
        if kind != Kind.CUSTOM_ANSWER:
            return None
        field_id = values.get("field_id")
        if field_id is None:
            field_id = self._session.scalar(select(CustomAnswer.field_id).where(CustomAnswer.id == record_id))
        if field_id not in self._asked:
            found = self._session.get(CustomField, field_id) if field_id is not None else None
            self._asked[field_id] = custom_field_row(found, None) if found is not None else None
        return self._asked[field_id]

    def _said_of(self, asked: CustomFieldRow | None, kind: str, name: str, values: Mapping[str, Any]) -> str:
        """Return one value in words; the answer to a question of our own in that question's words."""
        if asked is not None and name == ANSWER:
            return answered_words(asked, values.get(name) or {}, Unstated.NOT_ASKED)
        return self.said(kind, name, values.get(name))

    def said(self, kind: str, name: str, value: Any) -> str:
        """Return one value in words; blank when nothing is said."""
        if value is None or value in ("", False, [], {}, Unstated.NOT_ASKED):
            return ""
        told = field_words(kind)
        if isinstance(value, UUID):
            return self._name(told.links[name], value) if told and name in told.links else ""
        if told and name in told.lists:
            return str(self._codes.get(told.lists[name], {}).get(value, UNSTATED_WORDS.get(value, value)))
        return self._plain(name, value)

    def _plain(self, name: str, value: Any) -> str:
        if value is True:
            return "Yes"
        if isinstance(value, dt.datetime):
            return f"{value:%d %B %Y, %H:%M}".lstrip("0")
        if isinstance(value, dt.date):
            return f"{value:%d %B %Y}".lstrip("0")
        if isinstance(value, Mapping):
            return "; ".join(_asked(self._question(key), self._answer(one)) for key, one in value.items())
        if isinstance(value, list | tuple):
            return ", ".join(self._answer(one) for one in value)
        fixed = words_file()["values"].get(name, {})
        return str(fixed.get(value, UNSTATED_WORDS.get(value, value)))

    def _question(self, key: str) -> str:
        """Return the words of a question whose answer lies with others in one field."""
        told = words_file()["items"].get(key)
        lists = (
            self._codes[name]
            for name in ("good_work_indicator", "good_work_dimension")
            if name in self._codes
        )
        return told or next((titles[key] for titles in lists if key in titles), key.replace("_", " "))

    def _answer(self, value: Any) -> str:
        """Return an answer that lies with others in one field."""
        if not isinstance(value, str):
            return str(value)
        plain = self._codes.get("yes_no", {}) | words_file()["items"]
        return str(plain.get(value, UNSTATED_WORDS.get(value, value.replace("_", " "))))

    def _name(self, kind: str, row_id: UUID) -> str:
        key = (kind, row_id)
        if key not in self._names:
            column = NAMED[kind]
            owner = column.class_
            found = self._session.scalar(select(column).where(owner.id == row_id))
            self._names[key] = found or GONE
        return self._names[key]


def _labelled(asked: CustomFieldRow | None, name: str, label: str) -> str:
    """Return what a field is called; an answer to a question of our own, and that there is none, by the question."""
    return asked.title if asked is not None and name in (ANSWER, NO_ANSWER) else label


def _asked(question: str, answer: str) -> str:
    return f"{question} {answer}" if question.endswith("?") else f"{question}: {answer}"
