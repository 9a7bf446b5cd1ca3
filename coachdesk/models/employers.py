"""Employers as equals of clients: sites, people, schemes and pledges, the engagement log, guidance to leave behind."""

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

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


class Employer(Record):
    """An employer; shared by the whole team."""

    __tablename__ = "employer"
    KIND = Kind.EMPLOYER
    SCOPE: ClassVar[str] = TEAM
    __table_args__ = (CheckConstraint("name <> ''", name="name_given"), Index("ix_employer_folded", "folded"))

    name: Mapped[str] = words(LINE)
    folded: Mapped[str] = words(LINE)
    """The name folded in Python, for finding it again whatever the accents and capitals."""
    sector: Mapped[str] = coded()
    """A code of the list of sectors (SIC 2007 sections and divisions)."""
    size_band: Mapped[str] = coded()
    sort: Mapped[str] = coded()
    town: Mapped[str] = words(LINE)
    website: Mapped[str] = words(LINE)
    phone: Mapped[str] = words(60)
    is_anchor: Mapped[bool] = mapped_column(default=False)
    """An anchor organisation: large, rooted in the place, with a duty to it."""
    do_not_approach: Mapped[str] = words(PARAGRAPH)
    """Why nobody approaches this employer; empty: everybody may."""
    note: Mapped[str] = words(PARAGRAPH)
    joined_with_id: Mapped[UUID | None] = link("employer")
    """The employer this record was joined with, and under which its jobs and talks are filed now."""


class EmployerSite(Record):
    """A place where an employer's people work."""

    __tablename__ = "employer_site"
    KIND = Kind.EMPLOYER_SITE
    SCOPE: ClassVar[str] = TEAM
    __table_args__ = (CheckConstraint("name <> '' or address <> '' or town <> ''", name="somewhere"),)

    employer_id: Mapped[UUID] = link("employer")
    name: Mapped[str] = words(LINE)
    address: Mapped[str] = words(PARAGRAPH)
    town: Mapped[str] = words(LINE)
    postcode: Mapped[str] = words(20)
    phone: Mapped[str] = words(60)
    access_note: Mapped[str] = words(PARAGRAPH)
    """How to get there and in: buses, steps, lift, parking."""


class EmployerPerson(Record):
    """Somebody at an employer whom we talk to."""

    __tablename__ = "employer_person"
    KIND = Kind.EMPLOYER_PERSON
    SCOPE: ClassVar[str] = TEAM
    __table_args__ = (CheckConstraint("name <> ''", name="name_given"),)

    employer_id: Mapped[UUID] = link("employer")
    site_id: Mapped[UUID | None] = link("employer_site", index=False)
    name: Mapped[str] = words(LINE)
    job_title: Mapped[str] = words(LINE)
    phone: Mapped[str] = words(60)
    email: Mapped[str] = words(LINE)
    decides: Mapped[bool] = mapped_column(default=False)
    """Decides who is taken on."""
    left_on: Mapped[dt.date | None]
    note: Mapped[str] = words(PARAGRAPH)


class Scheme(Record):
    """A scheme, charter or pledge employers hold: its levels, how long one lasts, and where that comes from."""

    __tablename__ = "scheme"
    KIND = Kind.SCHEME
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (
        CheckConstraint("key <> '' and title <> ''", name="named"),
        CheckConstraint("valid_months is null or valid_months between 1 and 240", name="months_sane"),
        UniqueConstraint("key"),
    )

    key: Mapped[str] = words(40)
    title: Mapped[str] = words(LINE)
    levels: Mapped[list[Any]] = mapped_column(default=list)
    """Pairs of key and title, the lowest level first; none where no levels are known."""
    valid_months: Mapped[int | None]
    """Months until a level runs out; blank where that is not known or never happens."""
    warn_days: Mapped[int] = mapped_column(default=60)
    position: Mapped[int] = mapped_column(default=0)
    retired_on: Mapped[dt.date | None]
    source_note: Mapped[str] = words(PARAGRAPH)


class EmployerScheme(Record):
    """A scheme or pledge of one employer: its level, from when to when, the evidence, and what was promised."""

    __tablename__ = "employer_scheme"
    KIND = Kind.EMPLOYER_SCHEME
    SCOPE: ClassVar[str] = TEAM
    __table_args__ = (
        CheckConstraint("expires_on is null or from_on is null or expires_on >= from_on", name="in_order"),
        CheckConstraint("scheme_id is not null or promise <> ''", name="says_what"),
    )

    employer_id: Mapped[UUID] = link("employer")
    scheme_id: Mapped[UUID | None] = link("scheme")
    """The scheme; blank for a promise that belongs to none."""
    level: Mapped[str] = words(40)
    from_on: Mapped[dt.date | None]
    expires_on: Mapped[dt.date | None]
    evidence: Mapped[str] = words(PARAGRAPH)
    evidence_seen_on: Mapped[dt.date | None]
    promise: Mapped[str] = words(PARAGRAPH)
    """What the employer said it would do, in its own words."""
    is_kept: Mapped[str] = coded()
    """Whether the promise is kept: yes, partly, no, or a non-answer."""
    note: Mapped[str] = words(PARAGRAPH)


class EmployerContact(Record):
    """A contact with an employer; for which clients it was stands with each client."""

    __tablename__ = "employer_contact"
    KIND = Kind.EMPLOYER_CONTACT
    SCOPE: ClassVar[str] = TEAM
    __table_args__ = (
        CheckConstraint("minutes is null or minutes between 0 and 1440", name="minutes_in_a_day"),
        CheckConstraint("followed_up_on is null or followed_up_on >= happened_on", name="followed_up_after"),
        Index("ix_employer_contact_day", "happened_on", "employer_id"),
    )

    employer_id: Mapped[UUID] = link("employer")
    site_id: Mapped[UUID | None] = link("employer_site", index=False)
    person_id: Mapped[UUID | None] = link("employer_person", index=False)
    coach_id: Mapped[UUID | None] = link("coach")
    happened_on: Mapped[dt.date]
    made_by: Mapped[str] = mapped_column(Words(10), default="coach")
    """coach, client or both: who spoke with the employer."""
    face_to_face: Mapped[bool] = mapped_column(default=False)
    minutes: Mapped[int | None]
    purpose: Mapped[str] = coded()
    with_decider: Mapped[str] = coded()
    outcome: Mapped[str] = words(PARAGRAPH)
    follow_up_on: Mapped[dt.date | None]
    follow_up: Mapped[str] = words(LINE)
    followed_up_on: Mapped[dt.date | None]


class EmployerTalk(Record):
    """A contact with an employer was made for this client, by name or without it."""

    __tablename__ = "employer_talk"
    KIND = Kind.EMPLOYER_TALK
    __table_args__ = (UniqueConstraint("client_id", "employer_contact_id"),)

    client_id: Mapped[UUID] = link("client", index=False)
    employer_contact_id: Mapped[UUID] = link("employer_contact")
    named: Mapped[bool] = mapped_column(default=False)
    """Whether the client was spoken of by name; that needs a permission."""
    sharing_id: Mapped[UUID | None] = link("sharing", index=False)
    note: Mapped[str] = words(PARAGRAPH)


class GuidanceSheet(Record):
    """A page of guidance for a small employer, to print and leave behind; editable by the charity."""

    __tablename__ = "guidance_sheet"
    KIND = Kind.GUIDANCE_SHEET
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (CheckConstraint("key <> '' and title <> ''", name="named"), UniqueConstraint("key"))

    key: Mapped[str] = words(40)
    title: Mapped[str] = words(LINE)
    body: Mapped[str] = words(NOTE)
    position: Mapped[int] = mapped_column(default=0)
    retired_on: Mapped[dt.date | None]
    source_note: Mapped[str] = words(PARAGRAPH)
