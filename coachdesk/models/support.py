"""Support: enrolments, the action plan in the client's words, contacts and readings."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coachdesk.models.base import LINE, NOTE, PARAGRAPH, Record, Words, coded, link, words
from coachdesk.terms import Kind


class Enrolment(Record):
    """One client on one programme, from the referral received to the destination."""

    __tablename__ = "enrolment"
    KIND = Kind.ENROLMENT
    __table_args__ = (
        CheckConstraint(
            "exit_on is null or started_on is null or exit_on >= started_on", name="exit_after_start"
        ),
        CheckConstraint(
            "accepted_on is null or received_on is null or accepted_on >= received_on", name="accepted_after"
        ),
        Index("ix_enrolment_programme_start", "programme_id", "started_on", "client_id"),
        Index("ix_enrolment_programme_exit", "programme_id", "exit_on", "client_id"),
    )

    client_id: Mapped[UUID] = link("client")
    programme_id: Mapped[UUID] = link("programme", index=False)
    received_on: Mapped[dt.date | None] = mapped_column(info={"group": "referral"})
    accepted_on: Mapped[dt.date | None] = mapped_column(info={"group": "referral"})
    source: Mapped[str] = coded(group="referral")
    referrer: Mapped[str] = words(LINE, group="referral")
    route: Mapped[str] = coded(group="status")
    started_on: Mapped[dt.date | None] = mapped_column(info={"group": "status"})
    profile_started_on: Mapped[dt.date | None] = mapped_column(info={"group": "status"})
    stage: Mapped[str] = coded(group="status")
    coach_id: Mapped[UUID | None] = link("coach", group="coach")
    hub_id: Mapped[UUID | None] = link("hub", group="coach")
    expected_end_on: Mapped[dt.date | None] = mapped_column(info={"group": "status"})
    exit_on: Mapped[dt.date | None] = mapped_column(info={"group": "status"})
    exit_reason: Mapped[str] = coded(group="status")
    destination: Mapped[str] = words(LINE, group="status")
    others_ruled_out: Mapped[str] = coded(group="status")


class Eligibility(Record):
    """One reason for which the client may take part; declared by the client, no evidence asked."""

    __tablename__ = "eligibility"
    KIND = Kind.ELIGIBILITY
    __table_args__ = (UniqueConstraint("enrolment_id", "reason"),)

    client_id: Mapped[UUID] = link("client")
    enrolment_id: Mapped[UUID] = link("enrolment")
    reason: Mapped[str] = coded()
    self_declared: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = words(PARAGRAPH)


class Pause(Record):
    """A spell in which support rests, with an honest reason."""

    __tablename__ = "pause"
    KIND = Kind.PAUSE
    __table_args__ = (CheckConstraint("to_on is null or to_on >= from_on", name="in_order"),)

    client_id: Mapped[UUID] = link("client")
    enrolment_id: Mapped[UUID] = link("enrolment")
    from_on: Mapped[dt.date]
    to_on: Mapped[dt.date | None]
    reason: Mapped[str] = words(PARAGRAPH)


class Plan(Record):
    """A version of the client's action plan, kept as it was agreed."""

    __tablename__ = "plan"
    KIND = Kind.PLAN
    __table_args__ = (CheckConstraint("version >= 1", name="version_counts"),)

    client_id: Mapped[UUID] = link("client")
    enrolment_id: Mapped[UUID | None] = link("enrolment")
    kind: Mapped[str] = coded()
    version: Mapped[int] = mapped_column(default=1)
    agreed_on: Mapped[dt.date | None]
    how_agreed: Mapped[str] = coded()
    copy_format: Mapped[str] = coded()
    copy_given_on: Mapped[dt.date | None]
    reviewed_on: Mapped[dt.date | None]
    next_review_on: Mapped[dt.date | None]


class Goal(Record):
    """What the client hopes for, in the client's own words, with the coach's summary beside it."""

    __tablename__ = "goal"
    KIND = Kind.GOAL

    client_id: Mapped[UUID] = link("client")
    plan_id: Mapped[UUID] = link("plan")
    own_words: Mapped[str] = words(PARAGRAPH)
    coach_summary: Mapped[str] = words(PARAGRAPH)
    area: Mapped[str] = coded()
    position: Mapped[int] = mapped_column(default=0)
    achieved_on: Mapped[dt.date | None]


class Action(Record):
    """One step: what, who does it, by when, and what happened."""

    __tablename__ = "action"
    KIND = Kind.ACTION
    __table_args__ = (
        CheckConstraint("what <> ''", name="says_what"),
        Index("ix_action_open", "done_on", "due_on", "client_id"),
    )

    client_id: Mapped[UUID] = link("client")
    goal_id: Mapped[UUID | None] = link("goal")
    contact_id: Mapped[UUID | None] = link("contact")
    what: Mapped[str] = words(PARAGRAPH)
    who: Mapped[str] = mapped_column(Words(20), default="coach")
    who_name: Mapped[str] = words(LINE)
    due_on: Mapped[dt.date | None]
    done_on: Mapped[dt.date | None]
    outcome: Mapped[str] = words(PARAGRAPH)


class Contact(Record):
    """A meeting, call or text with a client; append-only, a correction is journalled."""

    __tablename__ = "contact"
    KIND = Kind.CONTACT
    __table_args__ = (
        CheckConstraint("minutes is null or minutes between 0 and 1440", name="minutes_in_a_day"),
        # Wide enough that a client's newest contact is read from the index alone.
        Index("ix_contact_client_date", "client_id", "happened_on", "next_on", "archived_at"),
        Index("ix_contact_next", "next_on", "client_id"),
    )

    client_id: Mapped[UUID] = link("client", index=False)
    coach_id: Mapped[UUID | None] = link("coach")
    happened_on: Mapped[dt.date]
    minutes: Mapped[int | None]
    channel: Mapped[str] = coded()
    place: Mapped[str] = coded()
    place_note: Mapped[str] = words(LINE)
    with_whom: Mapped[str] = words(LINE)
    note: Mapped[str] = words(NOTE)
    note_kind: Mapped[str] = mapped_column(Words(20), default="fact")
    is_private: Mapped[bool] = mapped_column(default=False)
    did_not_attend: Mapped[bool] = mapped_column(default=False)
    goals: Mapped[list[Any]] = mapped_column(default=list)
    next_on: Mapped[dt.date | None]
    entered_at: Mapped[dt.datetime]


class Reading(Record):
    """Answers to a measure on a day (ONS4: four answers of 0 to 10, never added up)."""

    __tablename__ = "reading"
    KIND = Kind.READING
    __table_args__ = (Index("ix_reading_client_date", "client_id", "instrument", "taken_on"),)

    client_id: Mapped[UUID] = link("client", index=False)
    enrolment_id: Mapped[UUID | None] = link("enrolment")
    coach_id: Mapped[UUID | None] = link("coach", index=False)
    instrument: Mapped[str] = mapped_column(Words(40), default="ons4")
    instrument_version: Mapped[str] = words(40)
    taken_on: Mapped[dt.date]
    point: Mapped[str] = coded()
    setting: Mapped[str] = coded()
    items: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Question key to a whole number of 0 to 10, or to one of the four non-answers."""
