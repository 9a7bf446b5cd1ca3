"""Looking for work: vacancies, what the client wants of a job, applications, what is told to whom, benefits questions."""

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coachdesk.models.base import LINE, PARAGRAPH, TEAM, Record, Words, coded, link, words
from coachdesk.terms import Kind


class Vacancy(Record):
    """A job that could be had: what is known of it, each trait yes, no or not known."""

    __tablename__ = "vacancy"
    KIND = Kind.VACANCY
    SCOPE: ClassVar[str] = TEAM
    __table_args__ = (
        CheckConstraint("title <> ''", name="named"),
        CheckConstraint(
            "least_minutes is null or most_minutes is null or most_minutes >= least_minutes",
            name="hours_in_order",
        ),
        CheckConstraint(
            "least_pence is null or most_pence is null or most_pence >= least_pence", name="pay_in_order"
        ),
        CheckConstraint("closes_on is null or closes_on >= found_on", name="in_order"),
    )

    employer_id: Mapped[UUID] = link("employer")
    site_id: Mapped[UUID | None] = link("employer_site", index=False)
    title: Mapped[str] = words(LINE)
    soc: Mapped[str] = words(10)
    source: Mapped[str] = coded()
    found_on: Mapped[dt.date]
    closes_on: Mapped[dt.date | None]
    closed_on: Mapped[dt.date | None]
    closed_reason: Mapped[str] = words(LINE)
    town: Mapped[str] = words(LINE)
    postcode: Mapped[str] = words(20)
    least_minutes: Mapped[int | None]
    """Minutes a week at least, and at most."""
    most_minutes: Mapped[int | None]
    least_pence: Mapped[int | None]
    """Pence an hour at least, and at most."""
    most_pence: Mapped[int | None]
    contract: Mapped[str] = coded()
    employment_type: Mapped[str] = coded()
    traits: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Key of a trait (list ``job_trait``) to yes or no; what is not there is not known."""
    how_to_apply: Mapped[str] = words(PARAGRAPH)
    note: Mapped[str] = words(PARAGRAPH)


class JobWish(Record):
    """One thing a client wants of a job, must have, or will not do; in their own words too."""

    __tablename__ = "job_wish"
    KIND = Kind.JOB_WISH
    __table_args__ = (
        CheckConstraint("strength in ('like', 'need', 'never')", name="strength_known"),
        CheckConstraint("least is null or most is null or most >= least", name="in_order"),
        UniqueConstraint("client_id", "trait"),
    )

    client_id: Mapped[UUID] = link("client", index=False)
    trait: Mapped[str] = words(60)
    """hours, pay, towns, sectors, or a key of the list ``job_trait``."""
    strength: Mapped[str] = mapped_column(Words(10))
    """like: would be good; need: without it no; never: a deal-breaker."""
    least: Mapped[int | None]
    """Minutes a week for hours, pence an hour for pay; blank for the rest."""
    most: Mapped[int | None]
    among: Mapped[list[Any]] = mapped_column(default=list)
    """Towns or codes of sectors; empty for the rest."""
    own_words: Mapped[str] = words(PARAGRAPH)


class Application(Record):
    """A client's way to one job: from a lead to an answer."""

    __tablename__ = "application"
    KIND = Kind.APPLICATION
    __table_args__ = (
        CheckConstraint("ended_on is null or ended_on >= found_on", name="in_order"),
        CheckConstraint("applied_on is null or applied_on >= found_on", name="applied_after"),
    )

    client_id: Mapped[UUID] = link("client")
    enrolment_id: Mapped[UUID | None] = link("enrolment", index=False)
    vacancy_id: Mapped[UUID | None] = link("vacancy")
    employer_id: Mapped[UUID] = link("employer")
    title: Mapped[str] = words(LINE)
    source: Mapped[str] = coded()
    found_on: Mapped[dt.date]
    stage: Mapped[str] = coded(default="lead")
    """lead, applied, interview, offer, accepted, not_taken or withdrawn (list ``application_stage``)."""
    applied_on: Mapped[dt.date | None]
    ended_on: Mapped[dt.date | None]
    end_reason: Mapped[str] = words(PARAGRAPH)
    disclosed: Mapped[str] = coded()
    next_on: Mapped[dt.date | None]
    next_step: Mapped[str] = words(LINE)
    job_id: Mapped[UUID | None] = link("job")
    note: Mapped[str] = words(PARAGRAPH)


class Interview(Record):
    """An interview, a visit or a working trial: when, where, with whom, and how it went."""

    __tablename__ = "interview"
    KIND = Kind.INTERVIEW

    client_id: Mapped[UUID] = link("client")
    application_id: Mapped[UUID] = link("application")
    sort: Mapped[str] = coded()
    happens_on: Mapped[dt.date]
    at_time: Mapped[str] = words(5)
    """The hour on the 24-hour clock, as in 09:30; empty where it is not known yet."""
    place: Mapped[str] = words(LINE)
    with_whom: Mapped[str] = words(LINE)
    support: Mapped[str] = words(PARAGRAPH)
    """What the client asked for, for the day itself."""
    how_it_went: Mapped[str] = words(PARAGRAPH)
    cancelled_on: Mapped[dt.date | None]


class DisclosureDecision(Record):
    """What a client wants an employer to be told, and in which words; theirs to change or withdraw."""

    __tablename__ = "disclosure_decision"
    KIND = Kind.DISCLOSURE_DECISION
    __table_args__ = (CheckConstraint("withdrawn_on is null or withdrawn_on >= decided_on", name="in_order"),)

    client_id: Mapped[UUID] = link("client")
    employer_id: Mapped[UUID] = link("employer")
    decision: Mapped[str] = coded()
    """tell, part or nothing (list ``disclosure``)."""
    what: Mapped[str] = words(PARAGRAPH)
    to_whom: Mapped[str] = words(LINE)
    by_whom: Mapped[str] = words(LINE)
    """Who says it: the client, the coach, both together."""
    own_words: Mapped[str] = words(PARAGRAPH)
    decided_on: Mapped[dt.date]
    review_on: Mapped[dt.date | None]
    reviewed_on: Mapped[dt.date | None]
    withdrawn_on: Mapped[dt.date | None]


class BenefitsQuestion(Record):
    """A question about benefits or being better off in work, and the answer of somebody who may give it."""

    __tablename__ = "benefits_question"
    KIND = Kind.BENEFITS_QUESTION
    __table_args__ = (
        CheckConstraint("question <> ''", name="asked"),
        CheckConstraint("answered_on is null or answered_on >= asked_on", name="in_order"),
    )

    client_id: Mapped[UUID] = link("client")
    application_id: Mapped[UUID | None] = link("application", index=False)
    asked_on: Mapped[dt.date]
    question: Mapped[str] = words(PARAGRAPH)
    asked_of: Mapped[str] = words(LINE)
    answer: Mapped[str] = words(PARAGRAPH)
    answered_on: Mapped[dt.date | None]
    better_off_pence: Mapped[int | None]
    """Pence a week better off in this job as an adviser reckoned it, less than nothing for worse off."""
    reckoned_by: Mapped[str] = words(LINE)
