"""What is written, kept and handed on about a client: letters, documents, what left, and the plan as it was agreed."""

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coachdesk.models.base import CONFIGURATION, LINE, NOTE, PARAGRAPH, Record, Words, coded, link, words
from coachdesk.terms import Kind

LARGEST_DOCUMENT = 25 * 1024 * 1024
"""Bytes of one document at most."""


class Sharing(Record):
    """Something about a client left the office: what, to whom, by which permission, or why without one."""

    __tablename__ = "sharing"
    KIND = Kind.SHARING
    __table_args__ = (
        CheckConstraint("consent_id is not null or override_reason <> ''", name="permission_or_reason"),
    )

    client_id: Mapped[UUID] = link("client")
    shared_on: Mapped[dt.date]
    sort: Mapped[str] = mapped_column(Words(20))
    """letter, referral, export, employer_talk or talk."""
    purpose: Mapped[str] = coded()
    recipient: Mapped[str] = words(LINE)
    what: Mapped[str] = words(PARAGRAPH)
    coach_id: Mapped[UUID | None] = link("coach", index=False)
    consent_id: Mapped[UUID | None] = link("consent", index=False)
    override_reason: Mapped[str] = words(PARAGRAPH)


class LetterTemplate(Record):
    """The wording of a letter or form, with fields in braces; editable by the charity."""

    __tablename__ = "letter_template"
    KIND = Kind.LETTER_TEMPLATE
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (
        CheckConstraint("key <> '' and title <> ''", name="named"),
        UniqueConstraint("key"),
    )

    key: Mapped[str] = words(40)
    title: Mapped[str] = words(LINE)
    addressed_to: Mapped[str] = mapped_column(Words(20), default="client")
    """client, referrer, employer or other: whose permission rules apply."""
    purpose: Mapped[str] = words(60)
    """The purpose of the permission it needs; empty where it goes to the client."""
    subject: Mapped[str] = words(LINE)
    body: Mapped[str] = words(NOTE)
    position: Mapped[int] = mapped_column(default=0)
    retired_on: Mapped[dt.date | None]
    source_note: Mapped[str] = words(PARAGRAPH)


class Letter(Record):
    """A letter as it was made, word for word."""

    __tablename__ = "letter"
    KIND = Kind.LETTER

    client_id: Mapped[UUID] = link("client")
    template_id: Mapped[UUID | None] = link("letter_template", index=False)
    enrolment_id: Mapped[UUID | None] = link("enrolment", index=False)
    sharing_id: Mapped[UUID | None] = link("sharing", index=False)
    written_on: Mapped[dt.date]
    coach_id: Mapped[UUID | None] = link("coach", index=False)
    recipient: Mapped[str] = words(LINE)
    recipient_address: Mapped[str] = words(PARAGRAPH)
    subject: Mapped[str] = words(LINE)
    body: Mapped[str] = words(NOTE)
    sent_on: Mapped[dt.date | None]


class Document(Record):
    """A file kept with a client: a scan, a CV, a signed form. Its bytes lie in a record of their own."""

    __tablename__ = "document"
    KIND = Kind.DOCUMENT
    __table_args__ = (
        CheckConstraint("title <> ''", name="named"),
        CheckConstraint(f"size between 0 and {LARGEST_DOCUMENT}", name="size_in_range"),
    )

    client_id: Mapped[UUID] = link("client")
    title: Mapped[str] = words(LINE)
    sort: Mapped[str] = coded()
    file_name: Mapped[str] = words(LINE)
    media_type: Mapped[str] = words(LINE)
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(Words(64))
    added_on: Mapped[dt.date]
    coach_id: Mapped[UUID | None] = link("coach", index=False)
    contact_id: Mapped[UUID | None] = link("contact", index=False)
    plan_id: Mapped[UUID | None] = link("plan", index=False)
    consent_id: Mapped[UUID | None] = link("consent", index=False)
    letter_id: Mapped[UUID | None] = link("letter", index=False)
    note: Mapped[str] = words(PARAGRAPH)


class DocumentContent(Record):
    """The bytes of one document, apart so that no list ever reads them."""

    __tablename__ = "document_content"
    KIND = Kind.DOCUMENT_CONTENT
    __table_args__ = (UniqueConstraint("document_id"),)

    client_id: Mapped[UUID] = link("client")
    document_id: Mapped[UUID] = link("document", index=False)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, info={"group": "content"})


class AgreedPlan(Record):
    """A plan as it read on the day it was agreed: its goals and steps word for word, and the signature on screen."""

    __tablename__ = "agreed_plan"
    KIND = Kind.AGREED_PLAN

    client_id: Mapped[UUID] = link("client")
    plan_id: Mapped[UUID] = link("plan")
    version: Mapped[int]
    agreed_on: Mapped[dt.date]
    how_agreed: Mapped[str] = coded()
    content: Mapped[dict[str, Any]] = mapped_column(default=dict)
    signature: Mapped[list[Any]] = mapped_column(default=list)
    """Strokes of the signature: lists of points from 0 to 1 across and down; none when it was not signed on screen."""
