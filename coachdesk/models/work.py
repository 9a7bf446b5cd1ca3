"""Work: employers, jobs with their dated terms, adjustments, good-work checks and in-work check-ins."""

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from coachdesk.models.base import LINE, PARAGRAPH, TEAM, Record, coded, link, words
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
    size_band: Mapped[str] = coded()
    sort: Mapped[str] = coded()
    town: Mapped[str] = words(LINE)
    is_anchor: Mapped[bool] = mapped_column(default=False)
    do_not_approach: Mapped[str] = words(PARAGRAPH)
    note: Mapped[str] = words(PARAGRAPH)


class Job(Record):
    """A spell of work with one employer."""

    __tablename__ = "job"
    KIND = Kind.JOB
    __table_args__ = (
        CheckConstraint("ended_on is null or ended_on >= started_on", name="in_order"),
        CheckConstraint("four_hours_on is null or four_hours_on >= started_on", name="paid_after_start"),
        Index("ix_job_start", "started_on", "client_id"),
    )

    client_id: Mapped[UUID] = link("client")
    enrolment_id: Mapped[UUID | None] = link("enrolment")
    employer_id: Mapped[UUID] = link("employer")
    title: Mapped[str] = words(LINE)
    occupation: Mapped[str] = words(LINE)
    started_on: Mapped[dt.date]
    ended_on: Mapped[dt.date | None]
    end_reason: Mapped[str] = coded()
    employment_type: Mapped[str] = coded()
    contract: Mapped[str] = coded()
    is_competitive: Mapped[str] = coded()
    is_main: Mapped[bool] = mapped_column(default=True)
    four_hours_on: Mapped[dt.date | None]
    """When four hours of paid work were completed (IPS Grow counting rule); blank: not known."""
    evidence: Mapped[str] = coded()
    evidence_seen_on: Mapped[dt.date | None]
    note: Mapped[str] = words(PARAGRAPH)


class JobTerms(Record):
    """Hours and pay of a job as on a date: minutes a week and pence an hour."""

    __tablename__ = "job_terms"
    KIND = Kind.JOB_TERMS
    __table_args__ = (
        CheckConstraint("guaranteed_minutes is null or guaranteed_minutes >= 0", name="guaranteed_sane"),
        CheckConstraint("usual_minutes is null or usual_minutes between 0 and 10080", name="usual_in_a_week"),
        CheckConstraint("hourly_pence is null or hourly_pence >= 0", name="pay_sane"),
    )

    client_id: Mapped[UUID] = link("client")
    job_id: Mapped[UUID] = link("job")
    as_on: Mapped[dt.date]
    guaranteed_minutes: Mapped[int | None]
    usual_minutes: Mapped[int | None]
    hourly_pence: Mapped[int | None]
    wants_more_hours: Mapped[str] = coded()
    unstated: Mapped[dict[str, Any]] = mapped_column(default=dict)


class Adjustment(Record):
    """A reasonable adjustment: the need in the client's words, and what became of it."""

    __tablename__ = "adjustment"
    KIND = Kind.ADJUSTMENT

    client_id: Mapped[UUID] = link("client")
    job_id: Mapped[UUID | None] = link("job")
    category: Mapped[str] = coded()
    need: Mapped[str] = words(PARAGRAPH)
    requested_on: Mapped[dt.date | None]
    asked_of: Mapped[str] = words(LINE)
    decision: Mapped[str] = coded()
    refusal_reason: Mapped[str] = words(PARAGRAPH)
    in_place_on: Mapped[dt.date | None]
    owner: Mapped[str] = words(LINE)
    review_on: Mapped[dt.date | None]
    is_working: Mapped[str] = coded()


class GoodWorkCheck(Record):
    """The client's own view of a job: one plain question an indicator, never a single grade."""

    __tablename__ = "good_work_check"
    KIND = Kind.GOOD_WORK

    client_id: Mapped[UUID] = link("client")
    job_id: Mapped[UUID] = link("job")
    done_on: Mapped[dt.date]
    coach_id: Mapped[UUID | None] = link("coach", index=False)
    answers: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Indicator key to yes, partly, no, dont_know or one of the four non-answers."""
    note: Mapped[str] = words(PARAGRAPH)


class CheckIn(Record):
    """An in-work contact that was due by the rhythm and has been held."""

    __tablename__ = "check_in"
    KIND = Kind.CHECK_IN
    __table_args__ = (
        CheckConstraint("risk_of_leaving is null or risk_of_leaving between 0 and 10", name="risk_on_scale"),
        Index("ix_check_in_job_due", "job_id", "due_on"),
    )

    client_id: Mapped[UUID] = link("client")
    job_id: Mapped[UUID] = link("job", index=False)
    contact_id: Mapped[UUID | None] = link("contact", index=False)
    due_on: Mapped[dt.date]
    done_on: Mapped[dt.date]
    channel: Mapped[str] = coded()
    still_there: Mapped[str] = coded()
    hours_changed: Mapped[str] = coded()
    pay_changed: Mapped[str] = coded()
    adjustments_working: Mapped[str] = coded()
    manager_talk: Mapped[str] = coded()
    risk_of_leaving: Mapped[int | None]
    note: Mapped[str] = words(PARAGRAPH)
