"""Other people's help: the directory of services, and the clients who were referred on to one (facts 9 and 12.2)."""

import datetime as dt
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from coachdesk.models.base import LINE, PARAGRAPH, TEAM, Record, Words, coded, link, words
from coachdesk.terms import Kind


class Service(Record):
    """A service of somebody else's to which clients can be referred on; shared by the whole team."""

    __tablename__ = "service"
    KIND = Kind.SERVICE
    SCOPE: ClassVar[str] = TEAM
    __table_args__ = (CheckConstraint("name <> ''", name="name_given"), Index("ix_service_folded", "folded"))

    name: Mapped[str] = words(LINE)
    folded: Mapped[str] = words(LINE)
    """The name folded in Python, for finding it again whatever the accents and capitals."""
    sort: Mapped[str] = coded()
    """A code of the list ``service_type``."""
    purpose: Mapped[str] = words(PARAGRAPH)
    who_for: Mapped[str] = words(PARAGRAPH)
    how_to_refer: Mapped[str] = words(PARAGRAPH)
    waiting_time: Mapped[str] = words(LINE)
    phone: Mapped[str] = words(60)
    email: Mapped[str] = words(LINE)
    website: Mapped[str] = words(LINE)
    address: Mapped[str] = words(PARAGRAPH)
    area: Mapped[str] = words(LINE)
    """Where its clients live: places, or first halves of postcodes."""
    is_free: Mapped[str] = coded()
    cost: Mapped[str] = words(LINE)
    confirmed_on: Mapped[dt.date | None]
    """The day on which somebody last made sure that all of this is right."""
    confirmed_by: Mapped[str] = words(LINE)
    note: Mapped[str] = words(PARAGRAPH)


class OnwardReferral(Record):
    """A client was referred on to a service: why, what it answered, when they first came, and what came of it."""

    __tablename__ = "onward_referral"
    KIND = Kind.ONWARD_REFERRAL
    __table_args__ = (
        CheckConstraint("service_id is not null or service_name <> ''", name="to_somewhere"),
        CheckConstraint("answer in ('waiting', 'accepted', 'declined', 'no_reply')", name="answer_known"),
        CheckConstraint("(answer = 'waiting') = (answered_on is null)", name="answer_dated"),
        CheckConstraint("answered_on is null or answered_on >= made_on", name="answered_after"),
        CheckConstraint(
            "first_attended_on is null or (answer = 'accepted' and first_attended_on >= made_on)",
            name="attended_after",
        ),
        CheckConstraint("ended_on is null or ended_on >= made_on", name="in_order"),
        CheckConstraint(
            "ended_on is null or first_attended_on is null or ended_on >= first_attended_on",
            name="ended_after",
        ),
        CheckConstraint("follow_up_on is null or follow_up_on >= made_on", name="followed_up_after"),
    )

    client_id: Mapped[UUID] = link("client")
    service_id: Mapped[UUID | None] = link("service")
    """The service of the directory; blank where it was named freely."""
    service_name: Mapped[str] = words(LINE)
    """Its name as typed, where it is not in the directory."""
    service_sort: Mapped[str] = coded()
    """Its sort (list ``service_type``), where it is not in the directory."""
    made_on: Mapped[dt.date]
    reason: Mapped[str] = words(PARAGRAPH)
    """What the client hopes for, in their own words."""
    coach_id: Mapped[UUID | None] = link("coach", index=False)
    sharing_id: Mapped[UUID] = link("sharing", index=False)
    """What was told to the service, with the permission or the reason without one."""
    answer: Mapped[str] = mapped_column(Words(10), default="waiting")
    """waiting, accepted, declined or no_reply (list ``referral_answer``)."""
    answered_on: Mapped[dt.date | None]
    """The day of the answer, or the day from which nobody waits for one any more."""
    first_attended_on: Mapped[dt.date | None]
    outcome: Mapped[str] = coded()
    """A code of the list ``referral_outcome``."""
    outcome_note: Mapped[str] = words(PARAGRAPH)
    ended_on: Mapped[dt.date | None]
    follow_up_on: Mapped[dt.date | None]
