"""What people may ask of us about their data, how long it is kept, and what was erased."""

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column
from typing_extensions import override

from coachdesk.models.base import (
    CONFIGURATION,
    LINE,
    NOTE,
    PARAGRAPH,
    TEAM,
    Record,
    Words,
    coded,
    link,
    words,
)
from coachdesk.terms import Kind


class RightsRequest(Record):
    """A client's request (access, rectification, erasure, objection, restriction) or complaint, and its clock."""

    __tablename__ = "rights_request"
    KIND = Kind.RIGHTS_REQUEST
    __table_args__ = (
        CheckConstraint(
            "kind in ('access', 'rectification', 'erasure', 'objection', 'restriction', 'complaint')",
            name="kind_known",
        ),
        CheckConstraint(
            "acknowledged_on is null or acknowledged_on >= received_on", name="acknowledged_after"
        ),
        CheckConstraint("extended_on is null or extended_on >= received_on", name="extended_after"),
        CheckConstraint("answered_on is null or answered_on >= received_on", name="answered_after"),
        CheckConstraint("extended_on is null or extension_reason <> ''", name="extension_has_reason"),
    )

    client_id: Mapped[UUID] = link("client")
    kind: Mapped[str] = mapped_column(Words(20))
    received_on: Mapped[dt.date]
    how_received: Mapped[str] = words(LINE)
    what_asked: Mapped[str] = words(NOTE)
    acknowledged_on: Mapped[dt.date | None]
    extended_on: Mapped[dt.date | None] = mapped_column(info={"group": "extension"})
    extension_reason: Mapped[str] = words(PARAGRAPH, group="extension")
    answered_on: Mapped[dt.date | None] = mapped_column(info={"group": "answer"})
    outcome: Mapped[str] = coded(group="answer")
    answer_note: Mapped[str] = words(NOTE, group="answer")


class ClockStop(Record):
    """A spell in which a request's clock stands: we wait for proof of identity or for what is meant."""

    __tablename__ = "clock_stop"
    KIND = Kind.CLOCK_STOP
    __table_args__ = (CheckConstraint("to_on is null or to_on >= from_on", name="in_order"),)

    client_id: Mapped[UUID] = link("client")
    request_id: Mapped[UUID] = link("rights_request")
    from_on: Mapped[dt.date]
    to_on: Mapped[dt.date | None]
    reason: Mapped[str] = words(PARAGRAPH)


class Redaction(Record):
    """One decision about a passage in a client's pack: left in, or taken out, and why."""

    __tablename__ = "redaction"
    KIND = Kind.REDACTION
    __table_args__ = (
        CheckConstraint("decision in ('keep', 'redact')", name="decision_known"),
        CheckConstraint("to_character > from_character and from_character >= 0", name="in_order"),
        UniqueConstraint("request_id", "row_id", "field_name", "from_character", "to_character"),
    )

    client_id: Mapped[UUID] = link("client")
    request_id: Mapped[UUID] = link("rights_request", index=False)
    entity: Mapped[str] = words(40)
    row_id: Mapped[UUID]
    field_name: Mapped[str] = words(60)
    from_character: Mapped[int]
    to_character: Mapped[int]
    decision: Mapped[str] = mapped_column(Words(10))
    reason: Mapped[str] = words(PARAGRAPH)


class Breach(Record):
    """Something went wrong with people's data: what, who was touched, who was told, what we do now."""

    __tablename__ = "breach"
    KIND = Kind.BREACH
    SCOPE: ClassVar[str] = TEAM
    __table_args__ = (
        CheckConstraint("what_happened <> ''", name="says_what"),
        CheckConstraint("people_affected is null or people_affected >= 0", name="not_negative"),
    )

    happened_on: Mapped[dt.date | None]
    found_on: Mapped[dt.date]
    what_happened: Mapped[str] = words(NOTE)
    data_touched: Mapped[str] = words(PARAGRAPH)
    people_affected: Mapped[int | None]
    risk: Mapped[str] = coded()
    decision_note: Mapped[str] = words(NOTE)
    authority_told_on: Mapped[dt.date | None]
    people_told_on: Mapped[dt.date | None]
    closed_on: Mapped[dt.date | None]


class RetentionRule(Record):
    """How long clients' records of a programme are kept, counted from what, and who says so."""

    __tablename__ = "retention_rule"
    KIND = Kind.RETENTION_RULE
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (
        CheckConstraint("months is null or months between 1 and 1200", name="months_in_range"),
        CheckConstraint(
            "counted_from in ('exit', 'last_contact', 'programme_end')", name="counted_from_known"
        ),
        UniqueConstraint("programme_id"),
    )

    programme_id: Mapped[UUID] = link("programme", index=False)
    months: Mapped[int | None]
    """Blank where no rule was found or decided: nothing is ever listed for erasure then."""
    counted_from: Mapped[str] = mapped_column(Words(20), default="exit")
    source_note: Mapped[str] = words(PARAGRAPH)


class Erasure(Record):
    """That somebody's identity was taken out: when, by whom and why. The anonymous stub keeps the client's id."""

    __tablename__ = "erasure"
    KIND = Kind.ERASURE
    __table_args__ = (CheckConstraint("reason <> ''", name="has_reason"), UniqueConstraint("client_id"))

    client_id: Mapped[UUID] = link("client", index=False)
    erased_at: Mapped[dt.datetime]
    erased_by: Mapped[str] = words(LINE)
    reason: Mapped[str] = words(PARAGRAPH)
    counts: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """How many records of each kind lost their words, for the certificate."""

    @override
    def scope(self) -> str:
        """Return the team: the proof of an erasure must outlive the erased client's own history."""
        return TEAM


class ProcessingActivity(Record):
    """One line of the record of processing: what for, whose and which data, for whom, how long, how safe."""

    __tablename__ = "processing_activity"
    KIND = Kind.PROCESSING_ACTIVITY
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (CheckConstraint("title <> ''", name="named"), UniqueConstraint("title"))

    title: Mapped[str] = words(LINE)
    position: Mapped[int] = mapped_column(default=0)
    purpose: Mapped[str] = words(PARAGRAPH)
    people: Mapped[str] = words(PARAGRAPH)
    data_kinds: Mapped[str] = words(PARAGRAPH)
    lawful_basis: Mapped[str] = words(PARAGRAPH)
    special_condition: Mapped[str] = words(PARAGRAPH)
    recipients: Mapped[str] = words(PARAGRAPH)
    retention: Mapped[str] = words(PARAGRAPH)
    safeguards: Mapped[str] = words(PARAGRAPH)
