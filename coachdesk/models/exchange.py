"""What came in from files and what went out in returns."""

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from coachdesk.models.base import CONFIGURATION, LINE, NOTE, TEAM, Record, Words, link, words
from coachdesk.terms import Kind


class ImportRun(Record):
    """One import: which files, when, and what became of their rows."""

    __tablename__ = "import_run"
    KIND = Kind.IMPORT
    SCOPE: ClassVar[str] = TEAM

    happened_at: Mapped[dt.datetime]
    files: Mapped[list[Any]] = mapped_column(default=list)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)


class ImportRow(Record):
    """A row that came in: its fingerprint (so that it never comes in twice) and what it became."""

    __tablename__ = "import_row"
    KIND = Kind.IMPORT_ROW
    SCOPE: ClassVar[str] = TEAM
    __table_args__ = (
        CheckConstraint("outcome in ('imported', 'merged', 'held')", name="outcome_known"),
        UniqueConstraint("fingerprint"),
    )

    run_id: Mapped[UUID] = link("import_run")
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32))
    sheet: Mapped[str] = words(LINE)
    row: Mapped[int]
    outcome: Mapped[str] = mapped_column(Words(10))
    reference: Mapped[str] = words(60)
    """The reference the sheet gave the client, so that other sheets find the same person."""
    client_id: Mapped[UUID | None] = link("client")
    record_id: Mapped[UUID | None]
    held_values: Mapped[dict[str, Any]] = mapped_column(default=dict)
    held_why: Mapped[str] = words(NOTE)
    decided_at: Mapped[dt.datetime | None]

    @override
    def scope(self) -> str:
        """Return the client it became, or the team."""
        return self.client_id.hex if self.client_id else TEAM


class ImportMapping(Record):
    """Which heading means which field, kept for the next sheet that looks alike."""

    __tablename__ = "import_mapping"
    KIND = Kind.IMPORT_MAPPING
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (UniqueConstraint("name"),)

    name: Mapped[str] = words(LINE)
    sheet_kind: Mapped[str] = words(60)
    headings: Mapped[list[Any]] = mapped_column(default=list)
    columns: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Release(Record):
    """A return that was issued: never edited, part of every backup, weighed against later ones."""

    __tablename__ = "release"
    KIND = Kind.RELEASE
    SCOPE: ClassVar[str] = TEAM
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="in_order"),
        CheckConstraint("threshold between 3 and 20", name="threshold_in_range"),
    )

    programme_id: Mapped[UUID] = link("programme")
    from_on: Mapped[dt.date]
    to_on: Mapped[dt.date]
    as_at: Mapped[dt.date]
    issued_at: Mapped[dt.datetime]
    issued_by: Mapped[str] = words(LINE)
    audience: Mapped[str] = words(LINE)
    threshold: Mapped[int]
    rule_version: Mapped[str] = words(LINE)
    engine_version: Mapped[str] = words(LINE)
    journal_position: Mapped[int]
    """The last journal entry the figures were computed from: the state of the inputs."""
    counted: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """True counts and the definitions in force; aggregates, but not anonymous: never leaves the vault."""
    printed: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The release.json that was written."""
    finding: Mapped[dict[str, Any]] = mapped_column(default=dict)
    supersedes_id: Mapped[UUID | None] = link("release", index=False)


class ReleaseFile(Record):
    """One file of an issued pack, byte for byte, so that it can be issued again identically."""

    __tablename__ = "release_file"
    KIND = Kind.RELEASE_FILE
    SCOPE: ClassVar[str] = TEAM
    __table_args__ = (UniqueConstraint("release_id", "name"),)

    release_id: Mapped[UUID] = link("release", index=False)
    name: Mapped[str] = words(LINE)
    sha256: Mapped[str] = words(64)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, info={"group": "content"})
