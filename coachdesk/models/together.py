"""Time spent otherwise than with one client: group sessions, and the coach's own week."""

import datetime as dt
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coachdesk.models.base import LINE, PARAGRAPH, TEAM, Record, Words, coded, link, words
from coachdesk.terms import Kind


class GroupSession(Record):
    """A group session: when, where, what about. Who came stands with each client."""

    __tablename__ = "group_session"
    KIND = Kind.GROUP_SESSION
    SCOPE: ClassVar[str] = TEAM
    __table_args__ = (
        CheckConstraint("title <> ''", name="named"),
        CheckConstraint("minutes is null or minutes between 0 and 1440", name="minutes_in_a_day"),
    )

    title: Mapped[str] = words(LINE)
    happened_on: Mapped[dt.date]
    minutes: Mapped[int | None]
    place: Mapped[str] = coded()
    hub_id: Mapped[UUID | None] = link("hub", index=False)
    coach_id: Mapped[UUID | None] = link("coach")
    note: Mapped[str] = words(PARAGRAPH)


class GroupPlace(Record):
    """A client's place in a group session: came or did not, and the contact it became."""

    __tablename__ = "group_place"
    KIND = Kind.GROUP_PLACE
    __table_args__ = (UniqueConstraint("group_session_id", "client_id"),)

    client_id: Mapped[UUID] = link("client")
    group_session_id: Mapped[UUID] = link("group_session", index=False)
    contact_id: Mapped[UUID | None] = link("contact", index=False)
    attended: Mapped[bool] = mapped_column(default=True)
    note: Mapped[str] = words(PARAGRAPH)


class WorkTime(Record):
    """Time of a coach's week that belongs to no contact: travel, paperwork, team, training, leave."""

    __tablename__ = "work_time"
    KIND = Kind.WORK_TIME
    SCOPE: ClassVar[str] = TEAM
    __table_args__ = (
        CheckConstraint("minutes between 1 and 1440", name="minutes_in_a_day"),
        Index("ix_work_time_coach_day", "coach_id", "worked_on"),
    )

    coach_id: Mapped[UUID] = link("coach", index=False)
    worked_on: Mapped[dt.date]
    sort: Mapped[str] = mapped_column(Words(20))
    """travel, admin, team, training, employers or leave."""
    minutes: Mapped[int]
    note: Mapped[str] = words(PARAGRAPH)
