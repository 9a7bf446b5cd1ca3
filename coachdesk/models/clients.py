"""The client: who somebody is, as much as they wished to say."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coachdesk.models.base import LINE, PARAGRAPH, Record, Words, coded, link, words
from coachdesk.terms import Kind


class Client(Record):
    """A client. The birth date is a range (exact: both ends alike) with the day it was told, if about."""

    __tablename__ = "client"
    KIND = Kind.CLIENT
    __table_args__ = (
        CheckConstraint("first_name <> '' or last_name <> '' or known_as <> ''", name="some_name"),
        CheckConstraint("(born_from is null) = (born_to is null)", name="birth_whole"),
        CheckConstraint("born_from is null or born_to >= born_from", name="birth_in_order"),
        CheckConstraint(
            "died_on is null or born_from is null or died_on >= born_from", name="death_in_order"
        ),
        CheckConstraint("birth_precision in ('', 'exact', 'month', 'year', 'about')", name="precision_known"),
        UniqueConstraint("reference"),
        Index("ix_client_names", "last_name", "first_name", "id"),
    )

    reference: Mapped[str] = words(60, group="identifiers")
    first_name: Mapped[str] = words(LINE, group="name")
    last_name: Mapped[str] = words(LINE, group="name")
    known_as: Mapped[str] = words(LINE, group="name")
    previous_names: Mapped[str] = words(LINE, group="name")
    pronouns: Mapped[str] = words(LINE, group="name")
    born_from: Mapped[dt.date | None] = mapped_column(info={"group": "birth"})
    born_to: Mapped[dt.date | None] = mapped_column(info={"group": "birth"})
    birth_precision: Mapped[str] = mapped_column(Words(10), default="", info={"group": "birth"})
    birth_told_on: Mapped[dt.date | None] = mapped_column(info={"group": "birth"})
    nino: Mapped[str] = words(9, group="identifiers")
    temporary_reference: Mapped[str] = words(20, group="identifiers")
    address: Mapped[str] = words(PARAGRAPH, group="address")
    town: Mapped[str] = words(LINE, group="address")
    postcode: Mapped[str] = words(12, group="address")
    no_fixed_abode: Mapped[bool] = mapped_column(default=False, info={"group": "address"})
    local_authority: Mapped[str] = coded(group="address")
    icb: Mapped[str] = coded(group="address")
    ward: Mapped[str] = mapped_column(Words(LINE), default="", server_default="", info={"group": "ward"})
    """The ward as it was told, or its code. A group of its own: what was journalled before there was one stands."""
    phone: Mapped[str] = words(60, group="phone and email")
    email: Mapped[str] = words(LINE, group="phone and email")
    may_call: Mapped[str] = coded(group="safe contact")
    may_leave_voicemail: Mapped[str] = coded(group="safe contact")
    may_text: Mapped[str] = coded(group="safe contact")
    may_email: Mapped[str] = coded(group="safe contact")
    may_post: Mapped[str] = coded(group="safe contact")
    safe_contact_note: Mapped[str] = words(PARAGRAPH, group="safe contact")
    language: Mapped[str] = words(LINE, group="communication")
    interpreter: Mapped[str] = coded(group="communication")
    communication_needs: Mapped[str] = words(PARAGRAPH, group="communication")
    emergency_contact: Mapped[str] = words(PARAGRAPH, group="emergency contact")
    risk_note: Mapped[str] = words(PARAGRAPH, group="risk")
    died_on: Mapped[dt.date | None] = mapped_column(info={"group": "status"})
    coach_id: Mapped[UUID | None] = link("coach", group="coach")
    hub_id: Mapped[UUID | None] = link("hub", group="coach")
    unstated: Mapped[dict[str, Any]] = mapped_column(default=dict, info={"group": "non-answers"})
    """Which of the four non-answers stands behind an empty field that has no code list."""

    def initials(self) -> str:
        """Return up to two initials, for a label that must not carry the name."""
        parts = [self.known_as or self.first_name, self.last_name]
        return "".join(part[0].upper() for part in parts if part) or "?"

    def called(self) -> str:
        """Return the name the client goes by: known-as (or first) and last name."""
        return " ".join(part for part in (self.known_as or self.first_name, self.last_name) if part)


class Equality(Record):
    """Equality monitoring: every question optional, each answer a code or one of four non-answers."""

    __tablename__ = "equality"
    KIND = Kind.EQUALITY
    __table_args__ = (UniqueConstraint("client_id"),)

    client_id: Mapped[UUID] = link("client", index=False)
    ethnic_group: Mapped[str] = coded()
    long_condition: Mapped[str] = coded()
    activity_restriction: Mapped[str] = coded()
    sex: Mapped[str] = coded()
    gender_identity: Mapped[str] = coded()
    religion: Mapped[str] = coded()
    sexual_orientation: Mapped[str] = coded()
    carer: Mapped[str] = coded()
    marital_status: Mapped[str] = coded()
    armed_forces: Mapped[str] = coded()
    collected_on: Mapped[dt.date | None]
    method: Mapped[str] = words(LINE)


class Circumstances(Record):
    """How things stood on a date; a new snapshot never overwrites the last."""

    __tablename__ = "circumstances"
    KIND = Kind.CIRCUMSTANCES

    client_id: Mapped[UUID] = link("client")
    as_on: Mapped[dt.date]
    economic_activity: Mapped[str] = coded()
    months_since_work: Mapped[int | None]
    benefits: Mapped[list[Any]] = mapped_column(default=list)
    qualification: Mapped[str] = coded()
    housing: Mapped[str] = coded()
    household: Mapped[str] = coded()
    caring: Mapped[str] = coded()
    transport: Mapped[str] = coded()
    digital_access: Mapped[str] = coded()
    work_restrictions: Mapped[str] = words(PARAGRAPH)
    unstated: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Consent(Record):
    """One permission: what for, which data, for whom, how given, and until when."""

    __tablename__ = "consent"
    KIND = Kind.CONSENT
    __table_args__ = (
        CheckConstraint(
            "withdrawn_on is null or given_on is null or withdrawn_on >= given_on", name="in_order"
        ),
        CheckConstraint(
            "expires_on is null or given_on is null or expires_on >= given_on", name="expiry_after"
        ),
    )

    client_id: Mapped[UUID] = link("client")
    purpose: Mapped[str] = coded()
    data_covered: Mapped[str] = words(PARAGRAPH)
    recipient: Mapped[str] = words(LINE)
    how_given: Mapped[str] = coded()
    wording_version: Mapped[str] = words(LINE)
    given_on: Mapped[dt.date | None]
    expires_on: Mapped[dt.date | None]
    withdrawn_on: Mapped[dt.date | None]
    witness: Mapped[str] = words(LINE)
