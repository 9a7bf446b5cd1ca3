"""Staying in work: adjustments and what became of each, Access to Work, sickness absence and coming back."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coachdesk.models.base import LINE, PARAGRAPH, Record, Words, coded, link, words
from coachdesk.terms import Kind


class Adjustment(Record):
    """A reasonable adjustment: the need in the client's words, and how it stands now."""

    __tablename__ = "adjustment"
    KIND = Kind.ADJUSTMENT

    client_id: Mapped[UUID] = link("client")
    job_id: Mapped[UUID | None] = link("job")
    category: Mapped[str] = coded()
    need: Mapped[str] = words(PARAGRAPH)
    why: Mapped[str] = words(PARAGRAPH)
    """The reason, for the client and the coach; it goes on no paper unless the client says so."""
    may_say_why: Mapped[bool] = mapped_column(default=False)
    requested_on: Mapped[dt.date | None]
    asked_of: Mapped[str] = words(LINE)
    decision: Mapped[str] = coded()
    decided_on: Mapped[dt.date | None]
    agreed: Mapped[str] = words(PARAGRAPH)
    """What was agreed, where it is not the whole of what was asked for."""
    refusal_reason: Mapped[str] = words(PARAGRAPH)
    in_place_on: Mapped[dt.date | None]
    owner: Mapped[str] = words(LINE)
    review_on: Mapped[dt.date | None]
    is_working: Mapped[str] = coded()
    carried_from_id: Mapped[UUID | None] = link("adjustment", index=False)
    """The same need in the job before."""
    ended_on: Mapped[dt.date | None]
    """The client needs it no more, or the job it was for is over."""


class AdjustmentStep(Record):
    """What happened to an adjustment on a day: asked, agreed, refused, in place, looked at again."""

    __tablename__ = "adjustment_step"
    KIND = Kind.ADJUSTMENT_STEP

    client_id: Mapped[UUID] = link("client")
    adjustment_id: Mapped[UUID] = link("adjustment")
    happened_on: Mapped[dt.date]
    event: Mapped[str] = coded()
    with_whom: Mapped[str] = words(LINE)
    note: Mapped[str] = words(PARAGRAPH)
    coach_id: Mapped[UUID | None] = link("coach", index=False)


class AccessToWork(Record):
    """An Access to Work case: where it stands, whom we chased when, and the draft of the form."""

    __tablename__ = "access_to_work"
    KIND = Kind.ACCESS_TO_WORK
    __table_args__ = (
        CheckConstraint("employer_share_pence is null or employer_share_pence >= 0", name="share_sane"),
        CheckConstraint(
            "decided_on is null or submitted_on is null or decided_on >= submitted_on", name="in_order"
        ),
    )

    client_id: Mapped[UUID] = link("client")
    job_id: Mapped[UUID | None] = link("job")
    stage: Mapped[str] = coded(default="thinking")
    """A code of the list ``access_to_work_stage``."""
    reference: Mapped[str] = words(60)
    employer_asked_on: Mapped[dt.date | None]
    submitted_on: Mapped[dt.date | None]
    chased_on: Mapped[list[Any]] = mapped_column(default=list)
    """Days on which somebody asked how it stands, as ISO dates."""
    assessed_on: Mapped[dt.date | None]
    decided_on: Mapped[dt.date | None]
    employer_share_pence: Mapped[int | None]
    expires_on: Mapped[dt.date | None]
    closed_on: Mapped[dt.date | None]
    draft: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Answers of the draft sheet, by question key."""
    note: Mapped[str] = words(PARAGRAPH)


class AwardItem(Record):
    """One thing Access to Work pays for: what, how much, how often, and until when."""

    __tablename__ = "award_item"
    KIND = Kind.AWARD_ITEM
    __table_args__ = (
        CheckConstraint("what <> ''", name="says_what"),
        CheckConstraint("amount_pence is null or amount_pence >= 0", name="amount_sane"),
        CheckConstraint("until_on is null or from_on is null or until_on >= from_on", name="in_order"),
    )

    client_id: Mapped[UUID] = link("client")
    access_to_work_id: Mapped[UUID] = link("access_to_work")
    what: Mapped[str] = words(LINE)
    sort: Mapped[str] = coded()
    amount_pence: Mapped[int | None]
    per: Mapped[str] = mapped_column(Words(10), default="once")
    """once, week, month or year."""
    from_on: Mapped[dt.date | None]
    until_on: Mapped[dt.date | None]
    in_place_on: Mapped[dt.date | None]
    note: Mapped[str] = words(PARAGRAPH)


class AwardClaim(Record):
    """A claim for money of an award: for which days, sent when, paid when."""

    __tablename__ = "award_claim"
    KIND = Kind.AWARD_CLAIM
    __table_args__ = (
        CheckConstraint("amount_pence >= 0", name="amount_sane"),
        CheckConstraint("paid_on is null or sent_on is null or paid_on >= sent_on", name="in_order"),
    )

    client_id: Mapped[UUID] = link("client")
    access_to_work_id: Mapped[UUID] = link("access_to_work")
    item_id: Mapped[UUID | None] = link("award_item", index=False)
    from_on: Mapped[dt.date | None]
    to_on: Mapped[dt.date | None]
    amount_pence: Mapped[int]
    sent_on: Mapped[dt.date | None]
    paid_on: Mapped[dt.date | None]
    note: Mapped[str] = words(PARAGRAPH)


class Absence(Record):
    """A spell away from a job through illness, and what would help to come back."""

    __tablename__ = "absence"
    KIND = Kind.ABSENCE
    __table_args__ = (
        CheckConstraint("to_on is null or to_on >= from_on", name="in_order"),
        CheckConstraint("return_on is null or return_on >= from_on", name="back_after"),
    )

    client_id: Mapped[UUID] = link("client")
    job_id: Mapped[UUID] = link("job")
    from_on: Mapped[dt.date]
    to_on: Mapped[dt.date | None]
    """The last day away; blank while it goes on."""
    own_words: Mapped[str] = words(PARAGRAPH)
    fit_note_from: Mapped[dt.date | None]
    fit_note_until: Mapped[dt.date | None]
    may_be_fit: Mapped[str] = coded()
    """Whether the fit note says "may be fit for work" with changes."""
    fit_note_advice: Mapped[str] = words(PARAGRAPH)
    return_on: Mapped[dt.date | None]
    """The day the client means to be back."""
    would_help: Mapped[str] = words(PARAGRAPH)
    plan_agreed_on: Mapped[dt.date | None]
    plan_agreed_with: Mapped[str] = words(LINE)
    note: Mapped[str] = words(PARAGRAPH)


class ReturnStep(Record):
    """One step of a phased return: from when to when, how many hours, which duties, and how it went."""

    __tablename__ = "return_step"
    KIND = Kind.RETURN_STEP
    __table_args__ = (
        CheckConstraint("to_on is null or to_on >= from_on", name="in_order"),
        CheckConstraint("week_minutes is null or week_minutes between 0 and 10080", name="minutes_in_a_week"),
    )

    client_id: Mapped[UUID] = link("client")
    absence_id: Mapped[UUID] = link("absence")
    from_on: Mapped[dt.date]
    to_on: Mapped[dt.date | None]
    week_minutes: Mapped[int | None]
    days: Mapped[str] = words(LINE)
    duties: Mapped[str] = words(PARAGRAPH)
    place: Mapped[str] = words(LINE)
    looked_at_on: Mapped[dt.date | None]
    how_it_went: Mapped[str] = words(PARAGRAPH)
