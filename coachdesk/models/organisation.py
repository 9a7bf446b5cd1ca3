"""The charity itself: organisation, hubs, coaches, programmes and the editable lists."""

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coachdesk.models.base import CONFIGURATION, LINE, NOTE, PARAGRAPH, Record, Words, coded, link, words
from coachdesk.terms import Kind, Role


class Organisation(Record):
    """The charity whose vault this is; one row."""

    __tablename__ = "organisation"
    KIND = Kind.ORGANISATION
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (CheckConstraint("name <> ''", name="name_given"),)

    name: Mapped[str] = words(LINE)
    charity_number: Mapped[str] = words(LINE)
    is_practice: Mapped[bool] = mapped_column(default=False)


class Hub(Record):
    """A place where coaches meet clients."""

    __tablename__ = "hub"
    KIND = Kind.HUB
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (CheckConstraint("name <> ''", name="name_given"), UniqueConstraint("name"))

    name: Mapped[str] = words(LINE)
    address: Mapped[str] = words(PARAGRAPH)
    postcode: Mapped[str] = words(LINE)
    local_authority: Mapped[str] = coded()
    opening: Mapped[str] = words(PARAGRAPH)


class Coach(Record):
    """A key worker or manager; the key slot is named once the person may unlock the vault."""

    __tablename__ = "coach"
    KIND = Kind.COACH
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (
        CheckConstraint("name <> ''", name="name_given"),
        CheckConstraint("role in ('coach', 'manager', 'trustee', 'auditor')", name="role_known"),
        CheckConstraint("ended_on is null or started_on is null or ended_on >= started_on", name="in_order"),
        UniqueConstraint("name"),
    )

    name: Mapped[str] = words(LINE)
    role: Mapped[str] = mapped_column(Words(20), default=Role.COACH)
    slot: Mapped[str] = words(LINE)
    hub_id: Mapped[UUID | None] = link("hub")
    weekly_minutes: Mapped[int | None]
    started_on: Mapped[dt.date | None]
    ended_on: Mapped[dt.date | None]


class Programme(Record):
    """A grant or contract; its whole definition is the data file it was made from, kept with its version."""

    __tablename__ = "programme"
    KIND = Kind.PROGRAMME
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (
        CheckConstraint("key <> '' and title <> ''", name="named"),
        CheckConstraint("ends_on is null or starts_on is null or ends_on >= starts_on", name="in_order"),
        CheckConstraint("threshold is null or threshold between 3 and 20", name="threshold_in_range"),
        UniqueConstraint("key"),
    )

    key: Mapped[str] = words(60)
    title: Mapped[str] = words(LINE)
    funder: Mapped[str] = words(LINE)
    model: Mapped[str] = words(LINE)
    starts_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    threshold: Mapped[int | None]
    """Counts from 1 to threshold - 1 are not shown; blank refuses a return."""
    definition: Mapped[dict[str, Any]] = mapped_column(default=dict)
    definition_version: Mapped[str] = words(LINE)


class ProfileFigure(Record):
    """What a programme planned for a period: starts, job entries, sustained jobs."""

    __tablename__ = "profile_figure"
    KIND = Kind.PROFILE_FIGURE
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="in_order"),
        CheckConstraint("figure >= 0", name="not_negative"),
        UniqueConstraint("programme_id", "measure", "from_on", "to_on"),
    )

    programme_id: Mapped[UUID] = link("programme")
    measure: Mapped[str] = words(60)
    from_on: Mapped[dt.date]
    to_on: Mapped[dt.date]
    figure: Mapped[int]
    source_note: Mapped[str] = words(PARAGRAPH)


class Code(Record):
    """One answer of an editable list; retired by its date, never deleted, never given another meaning."""

    __tablename__ = "code"
    KIND = Kind.CODE
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (
        CheckConstraint("list_name <> '' and key <> '' and title <> ''", name="named"),
        CheckConstraint("valid_to is null or valid_from is null or valid_to >= valid_from", name="in_order"),
        UniqueConstraint("list_name", "key"),
    )

    list_name: Mapped[str] = words(60)
    key: Mapped[str] = words(60)
    title: Mapped[str] = words(LINE)
    parent: Mapped[str] = words(60)
    position: Mapped[int] = mapped_column(default=0)
    list_version: Mapped[str] = words(60)
    valid_from: Mapped[dt.date | None]
    valid_to: Mapped[dt.date | None]
    source_note: Mapped[str] = words(PARAGRAPH)


class Rate(Record):
    """A dated rate of pay: a statutory minimum or the real Living Wage, in pence an hour."""

    __tablename__ = "rate"
    KIND = Kind.RATE
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (
        CheckConstraint("pence > 0", name="positive"),
        CheckConstraint("valid_to is null or valid_to >= valid_from", name="in_order"),
        UniqueConstraint("name", "valid_from"),
        Index("ix_rate_name_from", "name", "valid_from"),
    )

    name: Mapped[str] = words(60)
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    pence: Mapped[int]
    source_note: Mapped[str] = words(PARAGRAPH)


class BankHoliday(Record):
    """A bank holiday of England; editable, because the laptop cannot ask anybody."""

    __tablename__ = "bank_holiday"
    KIND = Kind.BANK_HOLIDAY
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (UniqueConstraint("falls_on"),)

    falls_on: Mapped[dt.date]
    title: Mapped[str] = words(LINE)
    source_note: Mapped[str] = words(NOTE)
