"""The whole person: the vocational profile, people around the client, notices given, scales and fields of our own."""

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coachdesk.models.base import CONFIGURATION, LINE, PARAGRAPH, Record, Words, coded, link, words
from coachdesk.terms import Kind


class VocationalProfile(Record):
    """What the client says about work, in their own words, built up over time (facts 12.2)."""

    __tablename__ = "vocational_profile"
    KIND = Kind.VOCATIONAL_PROFILE
    __table_args__ = (
        CheckConstraint(
            "completed_on is null or started_on is null or completed_on >= started_on", name="in_order"
        ),
        UniqueConstraint("client_id"),
    )

    client_id: Mapped[UUID] = link("client", index=False)
    started_on: Mapped[dt.date | None] = mapped_column(info={"group": "dates"})
    completed_on: Mapped[dt.date | None] = mapped_column(info={"group": "dates"})
    hopes: Mapped[str] = words(PARAGRAPH, group="hopes")
    strengths: Mapped[str] = words(PARAGRAPH, group="strengths")
    preferred_place: Mapped[str] = words(PARAGRAPH, group="preferred place")
    preferred_hours: Mapped[str] = words(PARAGRAPH, group="preferred hours")
    preferred_sector: Mapped[str] = words(PARAGRAPH, group="preferred sector")
    preferred_environment: Mapped[str] = words(PARAGRAPH, group="preferred environment")
    past_work: Mapped[str] = words(PARAGRAPH, group="past work")
    helped_before: Mapped[str] = words(PARAGRAPH, group="helped before")
    health_impact: Mapped[str] = words(PARAGRAPH, group="health impact")
    good_day: Mapped[str] = words(PARAGRAPH, group="good day")
    hard_day: Mapped[str] = words(PARAGRAPH, group="hard day")
    people_who_know_me: Mapped[str] = words(PARAGRAPH, group="people who know me")
    benefits_questions: Mapped[str] = words(PARAGRAPH, group="benefits questions")
    deal_breakers: Mapped[str] = words(PARAGRAPH, group="deal-breakers")


class PersonAround(Record):
    """Somebody around the client, family or professional; we talk to them only with the client's permission."""

    __tablename__ = "person_around"
    KIND = Kind.PERSON_AROUND
    __table_args__ = (CheckConstraint("name <> '' or organisation <> ''", name="somebody"),)

    client_id: Mapped[UUID] = link("client")
    name: Mapped[str] = words(LINE)
    relation: Mapped[str] = coded()
    organisation: Mapped[str] = words(LINE)
    phone: Mapped[str] = words(60)
    email: Mapped[str] = words(LINE)
    consent_id: Mapped[UUID | None] = link("consent")
    """The permission to talk to this very person; without one in force nobody does."""
    note: Mapped[str] = words(PARAGRAPH)


class NoticeGiven(Record):
    """The privacy notice was given to a client: which wording, when and how."""

    __tablename__ = "notice_given"
    KIND = Kind.NOTICE_GIVEN

    client_id: Mapped[UUID] = link("client")
    version: Mapped[str] = words(LINE)
    given_on: Mapped[dt.date]
    how: Mapped[str] = coded()
    note: Mapped[str] = words(PARAGRAPH)


class Scale(Record):
    """A question of the charity's own, answered from 0 to 10; never added up with another."""

    __tablename__ = "scale"
    KIND = Kind.SCALE
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (
        CheckConstraint("key <> '' and title <> '' and question <> ''", name="says_what"),
        UniqueConstraint("key", "version"),
    )

    key: Mapped[str] = words(40)
    version: Mapped[str] = words(40)
    title: Mapped[str] = words(LINE)
    question: Mapped[str] = words(PARAGRAPH)
    low_words: Mapped[str] = words(LINE)
    high_words: Mapped[str] = words(LINE)
    higher_is_better: Mapped[bool] = mapped_column(default=True)
    bands: Mapped[list[Any]] = mapped_column(default=list)
    """Pairs of the lowest answer of a band and its words, the lowest first; none: no bands are shown."""
    position: Mapped[int] = mapped_column(default=0)
    retired_on: Mapped[dt.date | None]
    source_note: Mapped[str] = words(PARAGRAPH)


class CustomField(Record):
    """A question of a programme or of the whole charity beside those that ship."""

    __tablename__ = "custom_field"
    KIND = Kind.CUSTOM_FIELD
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (
        CheckConstraint("key <> '' and title <> ''", name="named"),
        CheckConstraint(
            "sort in ('text', 'choice', 'choices', 'date', 'number', 'yes_no')", name="sort_known"
        ),
        UniqueConstraint("key"),
    )

    key: Mapped[str] = words(40)
    title: Mapped[str] = words(LINE)
    sort: Mapped[str] = mapped_column(Words(10))
    help: Mapped[str] = words(PARAGRAPH)
    programme_id: Mapped[UUID | None] = link("programme")
    choices: Mapped[list[Any]] = mapped_column(default=list)
    """Key and title of each answer of a choice, in the order shown; a retired one keeps its key for what was said."""
    is_breakdown: Mapped[bool] = mapped_column(default=False)
    position: Mapped[int] = mapped_column(default=0)
    retired_on: Mapped[dt.date | None]
    source_note: Mapped[str] = words(PARAGRAPH)


class CustomAnswer(Record):
    """A client's answer to a question of our own: a value, or one of the four non-answers."""

    __tablename__ = "custom_answer"
    KIND = Kind.CUSTOM_ANSWER
    __table_args__ = (UniqueConstraint("client_id", "field_id"),)

    client_id: Mapped[UUID] = link("client", index=False)
    field_id: Mapped[UUID] = link("custom_field")
    value: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Empty, or one entry named after the field's sort: text, choice, choices, date (ISO), number or yes_no."""
    unstated: Mapped[str] = coded()
