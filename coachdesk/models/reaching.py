"""From the first hello to somebody who comes back: enquiries, agreed rhythm, endings, cover, and lists of one's own."""

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coachdesk.models.base import CONFIGURATION, LINE, PARAGRAPH, TEAM, Record, coded, link, words
from coachdesk.terms import Kind


class Enquiry(Record):
    """Somebody asked: a name and a way to reach them. A client only when they agree.

    Until then it is a history of its own; the client made from it takes over its id, so that the whole story
    belongs to one owner.
    """

    __tablename__ = "enquiry"
    KIND = Kind.ENQUIRY
    __table_args__ = (
        CheckConstraint("name <> ''", name="name_given"),
        CheckConstraint("closed_on is null or closed_on >= received_on", name="in_order"),
    )

    name: Mapped[str] = words(LINE)
    reach: Mapped[str] = words(LINE)
    """How they may be reached, as they said it: a phone number, an email address, a person."""
    note: Mapped[str] = words(PARAGRAPH)
    received_on: Mapped[dt.date]
    source: Mapped[str] = coded()
    referrer: Mapped[str] = words(LINE)
    coach_id: Mapped[UUID | None] = link("coach")
    client_id: Mapped[UUID | None] = link("client")
    closed_on: Mapped[dt.date | None]
    outcome: Mapped[str] = coded()


class ContactRhythm(Record):
    """How often a client and the coach agreed to be in touch; the newest one that began holds."""

    __tablename__ = "contact_rhythm"
    KIND = Kind.CONTACT_RHYTHM
    __table_args__ = (CheckConstraint("every_days between 1 and 366", name="days_sane"),)

    client_id: Mapped[UUID] = link("client")
    every_days: Mapped[int]
    agreed_on: Mapped[dt.date]
    reason: Mapped[str] = words(PARAGRAPH)


class Ending(Record):
    """How support ended: what stands, and whether and when we may ask how things go."""

    __tablename__ = "ending"
    KIND = Kind.ENDING

    client_id: Mapped[UUID] = link("client")
    enrolment_id: Mapped[UUID] = link("enrolment")
    ended_on: Mapped[dt.date]
    what_stands: Mapped[str] = words(PARAGRAPH)
    may_ask_later: Mapped[str] = coded()
    ask_on: Mapped[dt.date | None]
    asked_on: Mapped[dt.date | None]
    answer: Mapped[str] = words(PARAGRAPH)


class Cover(Record):
    """A colleague looks after somebody's caseload for a while; what she opens then needs no reason."""

    __tablename__ = "cover"
    KIND = Kind.COVER
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="in_order"),
        CheckConstraint("away_id <> covered_by_id", name="somebody_else"),
    )

    away_id: Mapped[UUID] = link("coach")
    covered_by_id: Mapped[UUID] = link("coach")
    from_on: Mapped[dt.date]
    to_on: Mapped[dt.date]
    reason: Mapped[str] = words(PARAGRAPH)


class SavedList(Record):
    """A list of clients somebody wants again: its conditions, columns and order; without an owner it is everybody's."""

    __tablename__ = "saved_list"
    KIND = Kind.SAVED_LIST
    SCOPE: ClassVar[str] = TEAM
    __table_args__ = (CheckConstraint("title <> ''", name="named"),)

    title: Mapped[str] = words(LINE)
    coach_id: Mapped[UUID | None] = link("coach")
    definition: Mapped[dict[str, Any]] = mapped_column(default=dict)
