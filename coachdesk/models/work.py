"""Work: jobs with their dated terms, evidence and weeks, good-work checks, check-ins, outcome rules, a coach's hours."""

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coachdesk.models.base import CONFIGURATION, LINE, PARAGRAPH, Record, Words, coded, link, words
from coachdesk.terms import Kind


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
    soc: Mapped[str] = words(10)
    """A code of the Standard Occupational Classification, where somebody looked it up."""
    site: Mapped[str] = words(LINE)
    started_on: Mapped[dt.date]
    ended_on: Mapped[dt.date | None]
    end_reason: Mapped[str] = coded()
    end_note: Mapped[str] = words(PARAGRAPH)
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


class JobEvidence(Record):
    """Evidence of one outcome of a job: what was seen, when, by whom, and which days it covers."""

    __tablename__ = "job_evidence"
    KIND = Kind.JOB_EVIDENCE
    __table_args__ = (
        CheckConstraint("to_on is null or from_on is null or to_on >= from_on", name="in_order"),
    )

    client_id: Mapped[UUID] = link("client")
    job_id: Mapped[UUID] = link("job")
    outcome: Mapped[str] = words(60)
    """What it is evidence of: job_start, or the key of an outcome rule."""
    sort: Mapped[str] = coded()
    from_on: Mapped[dt.date | None]
    to_on: Mapped[dt.date | None]
    seen_on: Mapped[dt.date]
    coach_id: Mapped[UUID | None] = link("coach", index=False)
    document_id: Mapped[UUID | None] = link("document", index=False)
    note: Mapped[str] = words(PARAGRAPH)


class WorkWeek(Record):
    """One week of a job, from Monday: paid minutes and pay, estimated or confirmed."""

    __tablename__ = "work_week"
    KIND = Kind.WORK_WEEK
    __table_args__ = (
        CheckConstraint("paid_minutes is null or paid_minutes between 0 and 10080", name="minutes_in_a_week"),
        CheckConstraint("gross_pence is null or gross_pence >= 0", name="pay_sane"),
        UniqueConstraint("job_id", "week_on"),
    )

    client_id: Mapped[UUID] = link("client")
    job_id: Mapped[UUID] = link("job", index=False)
    week_on: Mapped[dt.date]
    paid_minutes: Mapped[int | None]
    gross_pence: Mapped[int | None]
    absent: Mapped[str] = coded(default="not_applicable")
    """Why there was less work: sick, holiday, unpaid, no_shifts or other (list ``week_absence``)."""
    is_confirmed: Mapped[bool] = mapped_column(default=False)
    """Seen on a payslip or a rota, rather than told or estimated."""


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
    areas: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Key of an area of work (list ``work_area``) to good, mixed, hard or one of the non-answers."""
    adjustments_working: Mapped[str] = coded()
    manager_talk: Mapped[str] = coded()
    risk_of_leaving: Mapped[int | None]
    note: Mapped[str] = words(PARAGRAPH)


class CheckInMove(Record):
    """A check-in was moved to another day, or left out, and why."""

    __tablename__ = "check_in_move"
    KIND = Kind.CHECK_IN_MOVE
    __table_args__ = (UniqueConstraint("job_id", "due_on"),)

    client_id: Mapped[UUID] = link("client")
    job_id: Mapped[UUID] = link("job", index=False)
    due_on: Mapped[dt.date]
    """The day of the rhythm."""
    moved_to: Mapped[dt.date | None]
    """The day it is held instead; blank: it is left out."""
    reason: Mapped[str] = coded()
    note: Mapped[str] = words(PARAGRAPH)


class OutcomeRule(Record):
    """A rule by which a funder counts sustained work: its kind, its settings, worked examples, dates and source."""

    __tablename__ = "outcome_rule"
    KIND = Kind.OUTCOME_RULE
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (
        CheckConstraint("key <> '' and title <> ''", name="named"),
        CheckConstraint("sort in ('milestone', 'weeks', 'earnings', 'cohort')", name="sort_known"),
        CheckConstraint("valid_to is null or valid_from is null or valid_to >= valid_from", name="in_order"),
        UniqueConstraint("key"),
    )

    key: Mapped[str] = words(60)
    title: Mapped[str] = words(LINE)
    sort: Mapped[str] = mapped_column(Words(20))
    programme_id: Mapped[UUID | None] = link("programme")
    """The programme it counts for; blank: it may be looked at for any."""
    settings: Mapped[dict[str, Any]] = mapped_column(default=dict)
    examples: Mapped[list[Any]] = mapped_column(default=list)
    evidence: Mapped[list[Any]] = mapped_column(default=list)
    """Keys of the evidence the funder accepts (list ``evidence``); none: not known."""
    valid_from: Mapped[dt.date | None]
    valid_to: Mapped[dt.date | None]
    position: Mapped[int] = mapped_column(default=0)
    source_note: Mapped[str] = words(PARAGRAPH)


class CoachTime(Record):
    """How much of a full-time post a coach works from a day on, in hundredths."""

    __tablename__ = "coach_time"
    KIND = Kind.COACH_TIME
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (
        CheckConstraint("hundredths between 0 and 100", name="share_of_full_time"),
        UniqueConstraint("coach_id", "from_on"),
    )

    coach_id: Mapped[UUID] = link("coach", index=False)
    from_on: Mapped[dt.date]
    hundredths: Mapped[int]
