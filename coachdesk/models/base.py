"""The base of all records: keys, portable column types, field groups and owners.

Rules of the schema (portable to PostgreSQL one day): UUIDv7 keys as 16 bytes, foreign keys deferred to the
end of the transaction and never with an ON DELETE action, text without NUL characters and within its length,
instants in UTC, nothing stored that can be derived.
"""

import datetime as dt
import json
from functools import lru_cache
from typing import Any, ClassVar
from uuid import UUID

import uuid_utils
from sqlalchemy import JSON, DateTime, ForeignKey, LargeBinary, MetaData, String, Uuid, inspect
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, MappedColumn, mapped_column
from sqlalchemy.types import TypeDecorator, TypeEngine
from typing_extensions import override

from coachdesk.errors import Refusal
from coachdesk.terms import Kind, Unstated

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

CODE_LENGTH = 60
LINE = 200
PARAGRAPH = 4_000
NOTE = 50_000
TEAM = "team"
CONFIGURATION = "configuration"


def new_id() -> UUID:
    """Return a fresh UUIDv7, so that keys sort by the time they were made."""
    return UUID(bytes=uuid_utils.uuid7().bytes)


class Key(TypeDecorator[UUID]):
    """A UUID: 16 bytes in SQLite, the native type in PostgreSQL."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = LargeBinary(16)
    cache_ok: bool | None = True

    @override
    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        if dialect.name == "postgresql":
            return dialect.type_descriptor(Uuid())
        return dialect.type_descriptor(LargeBinary(16))

    @override
    def process_bind_param(self, value: UUID | None, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return value.bytes

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> UUID | None:
        return value if value is None or isinstance(value, UUID) else UUID(bytes=value)

    @override
    def result_processor(self, dialect: Dialect, coltype: object) -> Any:
        if dialect.name == "postgresql":
            return super().result_processor(dialect, coltype)
        return _key_of  # thousands are read at a time: one call less for each


@lru_cache(maxsize=32_768)  # a list asks five tables about the same clients
def _key_of(value: bytes | None) -> UUID | None:
    return None if value is None else UUID(bytes=value)


class Instant(TypeDecorator[dt.datetime]):
    """An instant: given aware, stored in UTC, given back aware."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = DateTime()
    cache_ok: bool | None = True

    @override
    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        return None if value is None else value.astimezone(dt.UTC).replace(tzinfo=None)

    @override
    def process_result_value(self, value: dt.datetime | None, dialect: Dialect) -> dt.datetime | None:
        return None if value is None else value.replace(tzinfo=dt.UTC)


class Words(TypeDecorator[str]):
    """Text as typed: NUL characters go, a text that is too long is refused before it is written."""

    impl: TypeEngine[Any] | type[TypeEngine[Any]] = String
    cache_ok: bool | None = True

    def __init__(self, length: int) -> None:
        super().__init__(length)
        self.longest = length

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        cleaned = value.replace("\0", "")
        if len(cleaned) > self.longest:
            raise Refusal(
                f"A text of {len(cleaned):,} characters is too long: at most {self.longest:,} fit here. "
                "Shorten it and save again."
            )
        return cleaned


class Base(DeclarativeBase):
    """Every table; what is not a Record is local and leaves no trace in the journal."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        UUID: Key(),
        dt.datetime: Instant(),
        dict[str, Any]: JSON(none_as_null=True),
        list[Any]: JSON(none_as_null=True),
    }


class Record(Base):
    """A journalled record: its kind, its id, and the owner whose history it belongs to."""

    __abstract__ = True
    KIND: ClassVar[Kind]
    SCOPE: ClassVar[str] = "client"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    archived_at: Mapped[dt.datetime | None] = mapped_column(info={"group": "archive"})

    def __init__(self, **values: Any) -> None:
        values.setdefault("id", new_id())
        super().__init__(**values)

    @override
    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.id}>"

    def scope(self) -> str:
        """Return who this record belongs to: a client's id in hex, ``team`` or ``configuration``."""
        if self.SCOPE != "client":
            return self.SCOPE
        owner = getattr(self, "client_id", None) or self.id
        return str(owner.hex)

    @classmethod
    def groups(cls) -> dict[str, tuple[str, ...]]:
        """Return the field groups a person would judge together, each with its field names."""
        found: dict[str, list[str]] = {}
        for attribute in inspect(cls).column_attrs:
            if attribute.key == "id":
                continue
            group = attribute.columns[0].info.get("group", cls.KIND.value)
            found.setdefault(group, []).append(attribute.key)
        return {group: tuple(names) for group, names in found.items()}


def words(length: int, *, group: str | None = None) -> MappedColumn[Any]:
    """Return a column for text that is empty until somebody says something."""
    return mapped_column(Words(length), default="", info={"group": group} if group else None)


def coded(*, group: str | None = None, default: str = Unstated.NOT_ASKED) -> MappedColumn[Any]:
    """Return a column for a code of an editable list, or one of the four non-answers."""
    return mapped_column(Words(CODE_LENGTH), default=default, info={"group": group} if group else None)


def link(target: str, *, group: str | None = None, index: bool = True) -> MappedColumn[Any]:
    """Return a column that points at another record; the link is checked when the action ends."""
    key = ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")
    return mapped_column(key, index=index, info={"group": group} if group else None)


def canonical(value: Any) -> str:
    """Return the one JSON text of a value, for digests and journal entries."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
