"""How the values of a record are written into the journal and read out of it again."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Date, LargeBinary, inspect

from coachdesk.errors import Refusal
from coachdesk.models import Record
from coachdesk.models.base import Instant, Key
from coachdesk.terms import Kind

SHORT_BYTES = 64


def _other(value: Any) -> Any:
    """Return what JSON has no form for: dates as ISO text, ids and short bytes in hex, long bytes by digest."""
    if isinstance(value, dt.datetime):
        return value.astimezone(dt.UTC).isoformat()
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, bytes):
        return value.hex() if len(value) <= SHORT_BYTES else {"sha256": hashlib.sha256(value).hexdigest()}
    raise TypeError(f"the journal cannot hold a {type(value).__name__}")


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True, default=_other).encode


def encoded_text(text: str | None) -> str:
    """Return a text, or nothing, as one unmistakable JSON value."""
    return "null" if text is None else _encode(text)


@lru_cache(maxsize=4096)
def encoded_word(word: str) -> str:
    """Return a word of the journal's own (an actor, a scope, a kind) as JSON; the same few come again and again."""
    return _encode(word)


def encoded(values: dict[str, Any]) -> str:
    """Return values as the one canonical JSON text, without the NUL characters that no column keeps."""
    text = _encode(values)
    return text.replace("\\u0000", "") if "\\u0000" in text else text


@dataclass(frozen=True, slots=True)
class Shape:
    """What the journal knows of a class of records."""

    record: type[Record]
    groups: tuple[tuple[str, tuple[str, ...]], ...]
    group_of: dict[str, str]
    defaults: dict[str, Any]
    types: dict[str, Any]

    def decoded(self, text: str | None) -> dict[str, Any]:
        """Return values as they stood; raises Refusal for content the journal keeps only by digest."""
        found = json.loads(text) if text else {}
        return {name: self._one(name, value) for name, value in found.items() if name in self.types}

    def told(self, text: str | None) -> dict[str, Any]:
        """Return values as they stood, to be read; content the journal keeps only by digest is left out."""
        found = json.loads(text) if text else {}
        return {
            name: self._one(name, value)
            for name, value in found.items()
            if name in self.types and not _is_digest(self.types[name], value)
        }

    def names_in(self, text: str) -> tuple[str, ...]:
        """Return the fields that a journal text holds values of."""
        return tuple(json.loads(text))

    def is_blank(self, name: str, value: Any) -> bool:
        """Return whether a field still stands as it does in a new record."""
        return value is None or value == self.defaults[name]

    def _one(self, name: str, value: Any) -> Any:
        kind = self.types[name]
        if value is None:
            return None
        if isinstance(kind, Key):
            return UUID(hex=value)
        if isinstance(kind, Instant):
            return dt.datetime.fromisoformat(value)
        if isinstance(kind, Date):
            return dt.date.fromisoformat(value)
        if isinstance(kind, LargeBinary):
            if _is_digest(kind, value):
                raise Refusal("The content of a file is not kept twice, so this cannot be taken back.")
            return bytes.fromhex(value)
        return value


def _is_digest(kind: Any, value: Any) -> bool:
    return isinstance(kind, LargeBinary) and isinstance(value, dict)


@cache
def shape(record: type[Record]) -> Shape:
    """Return the shape of a class of records, worked out once."""
    groups = record.groups()
    columns = {one.key: one.columns[0] for one in inspect(record).column_attrs}
    defaults = {name: _default(column) for name, column in columns.items() if name != "id"}
    return Shape(
        record=record,
        groups=tuple(groups.items()),
        group_of={name: group for group, names in groups.items() for name in names},
        defaults=defaults,
        types={name: column.type for name, column in columns.items()},
    )


def _default(column: Any) -> Any:
    if column.default is None:
        return None
    return column.default.arg(None) if column.default.is_callable else column.default.arg


@cache
def record_of(kind: Kind) -> type[Record]:
    """Return the class of records of a kind."""
    return next(one.class_ for one in Record.registry.mappers if getattr(one.class_, "KIND", None) is kind)
