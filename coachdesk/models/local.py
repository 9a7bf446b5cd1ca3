"""What stays on this laptop and leaves no trace in the journal: the journal itself, drafts, settings, search."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coachdesk.models.base import LINE, NOTE, Base, Key, Words


class JournalEntry(Base):
    """One change of one field group of one record, or an event (a read, print or export) without values."""

    __tablename__ = "journal_entry"
    __table_args__ = (
        CheckConstraint("operation in ('insert', 'update', 'delete', 'event')", name="operation_known"),
        UniqueConstraint("origin", "sequence"),
        Index("ix_journal_entry_record", "entity", "row_id", "position"),
        Index("ix_journal_entry_unit", "unit"),
        Index("ix_journal_entry_scope", "scope", "position"),
    )

    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    origin: Mapped[UUID]
    sequence: Mapped[int]
    logical_clock: Mapped[int]
    at: Mapped[dt.datetime]
    actor: Mapped[str] = mapped_column(Words(LINE))
    unit: Mapped[UUID]
    label: Mapped[str] = mapped_column(Words(LINE))
    reason: Mapped[str] = mapped_column(Words(NOTE), default="")
    schema_revision: Mapped[str] = mapped_column(Words(40))
    scope: Mapped[str] = mapped_column(Words(40))
    entity: Mapped[str] = mapped_column(Words(40))
    row_id: Mapped[UUID | None]
    field_group: Mapped[str] = mapped_column(Words(60))
    operation: Mapped[str] = mapped_column(Words(10))
    before: Mapped[str | None]
    """The values before, as canonical JSON; taken out when the client is erased."""
    after: Mapped[str | None]
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))
    digest: Mapped[bytes] = mapped_column(LargeBinary(32))
    chain: Mapped[bytes] = mapped_column(LargeBinary(32))


class Draft(Base):
    """What somebody was typing, kept within a second of the key stroke."""

    __tablename__ = "draft"

    key: Mapped[str] = mapped_column(Words(LINE), primary_key=True)
    form: Mapped[str] = mapped_column(Words(LINE))
    client_id: Mapped[UUID | None] = mapped_column(Key(), index=True)
    coach_id: Mapped[UUID | None]
    body: Mapped[dict[str, Any]]
    saved_at: Mapped[dt.datetime]


class Setting(Base):
    """A setting of this laptop: theme, text size, last backup, the replica's own id."""

    __tablename__ = "setting"

    key: Mapped[str] = mapped_column(Words(LINE), primary_key=True)
    value: Mapped[dict[str, Any]]


class ClientSearch(Base):
    """The folded text by which a client is found; its integer key carries the full-text index."""

    __tablename__ = "client_search"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    client_id: Mapped[UUID] = mapped_column(Key(), unique=True)
    folded: Mapped[str] = mapped_column(Words(NOTE))
