"""What a charity decides about its returns: wordings, lay-outs, figures typed by hand, what is written and passed on."""

import datetime as dt
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from coachdesk.models.base import CONFIGURATION, LINE, NOTE, PARAGRAPH, TEAM, Record, Words, link, words
from coachdesk.terms import Kind


class IndicatorWording(Record):
    """What an indicator means from a day on: the charity's own wording and rules, beside those that ship."""

    __tablename__ = "indicator_wording"
    KIND = Kind.INDICATOR_WORDING
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (
        CheckConstraint("indicator <> '' and title <> '' and definition <> ''", name="said"),
        CheckConstraint("valid_to is null or valid_to >= valid_from", name="in_order"),
        UniqueConstraint("indicator", "valid_from"),
    )

    indicator: Mapped[str] = words(60)
    title: Mapped[str] = words(LINE)
    intervention: Mapped[str] = words(LINE)
    definition: Mapped[str] = words(PARAGRAPH)
    unit: Mapped[str] = words(LINE)
    evidence: Mapped[str] = words(PARAGRAPH)
    formula: Mapped[str] = words(PARAGRAPH)
    source_note: Mapped[str] = words(PARAGRAPH)
    valid_from: Mapped[dt.date]
    valid_to: Mapped[dt.date | None]
    rules: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """Numbers of the rule by name (days of grace, a target in days); what is left out keeps what ships."""
    examples: Mapped[list[Any]] = mapped_column(default=list)
    """Worked examples: invented people, and what must come out."""


class ReturnLayout(Record):
    """What a programme's return holds: which indicators and breakdowns, how often, in which order."""

    __tablename__ = "return_layout"
    KIND = Kind.RETURN_LAYOUT
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (
        CheckConstraint("first_month between 1 and 12", name="month_known"),
        UniqueConstraint("programme_id"),
    )

    programme_id: Mapped[UUID] = link("programme", index=False)
    indicators: Mapped[list[Any]] = mapped_column(default=list)
    """Ids in the order of the pack; empty for every one that ships."""
    breakdowns: Mapped[list[Any]] = mapped_column(default=list)
    """Names of one-way breakdowns; empty for every one."""
    crossed: Mapped[list[Any]] = mapped_column(default=list)
    """Pairs of breakdown names for two-way tables."""
    every: Mapped[str] = mapped_column(Words(20), default="quarter")
    """month, quarter, half_year, year or grant_year."""
    first_month: Mapped[int] = mapped_column(default=4)
    grant_from: Mapped[dt.date | None]
    """The day the grant year begins, for grant years that begin on another day than a month's first."""
    protection: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The way of protecting that was chosen last: method, bands, pooled tables."""


class ManualFigure(Record):
    """A figure nobody can count in the vault, typed by hand: printed with a mark and its reason."""

    __tablename__ = "manual_figure"
    KIND = Kind.MANUAL_FIGURE
    SCOPE: ClassVar[str] = TEAM
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="in_order"),
        CheckConstraint("figure >= 0", name="not_negative"),
        CheckConstraint("title <> '' and reason <> ''", name="said"),
    )

    programme_id: Mapped[UUID] = link("programme")
    title: Mapped[str] = words(LINE)
    unit: Mapped[str] = words(LINE)
    counts_people: Mapped[bool] = mapped_column(default=True)
    """Whether small numbers point at people; sums of money and the like do not."""
    from_on: Mapped[dt.date]
    to_on: Mapped[dt.date]
    figure: Mapped[int]
    reason: Mapped[str] = words(PARAGRAPH)
    source_note: Mapped[str] = words(PARAGRAPH)


class ReleaseReview(Record):
    """How an issued release was chosen and checked before it left, and what it lets be opened again years later."""

    __tablename__ = "release_review"
    KIND = Kind.RELEASE_REVIEW
    SCOPE: ClassVar[str] = TEAM
    __table_args__ = (UniqueConstraint("release_id"),)

    release_id: Mapped[UUID] = link("release", index=False)
    sort: Mapped[str] = mapped_column(Words(20), default="return")
    """return, revised or question."""
    title: Mapped[str] = words(LINE)
    reason: Mapped[str] = words(PARAGRAPH)
    """Why an issued return is issued anew."""
    protection: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The way of protecting that was chosen, what it cost, and what the others would have cost."""
    intruder: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """The motivated intruder's questions with their answers."""
    checked_by: Mapped[str] = words(LINE)
    checked_on: Mapped[dt.date | None]
    figures: Mapped[list[Any]] = mapped_column(default=list)
    """Every figure as issued: definition, numbers, ids of the people counted and of those left out, with why."""


class NarrativePrompt(Record):
    """A question a funder asks in words, with how much may be written."""

    __tablename__ = "narrative_prompt"
    KIND = Kind.NARRATIVE_PROMPT
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (CheckConstraint("title <> ''", name="named"),)

    programme_id: Mapped[UUID] = link("programme")
    title: Mapped[str] = words(LINE)
    prompt: Mapped[str] = words(PARAGRAPH)
    most_words: Mapped[int | None]
    position: Mapped[int] = mapped_column(default=0)
    retired_on: Mapped[dt.date | None]


class Narrative(Record):
    """What was written for a prompt in one period."""

    __tablename__ = "narrative"
    KIND = Kind.NARRATIVE
    SCOPE: ClassVar[str] = TEAM
    __table_args__ = (
        CheckConstraint("to_on >= from_on", name="in_order"),
        UniqueConstraint("prompt_id", "from_on", "to_on"),
    )

    prompt_id: Mapped[UUID] = link("narrative_prompt", index=False)
    from_on: Mapped[dt.date]
    to_on: Mapped[dt.date]
    text: Mapped[str] = words(NOTE)


class CaseStudy(Record):
    """A client's story told without giving the client away: with permission, a checklist and a reviewer."""

    __tablename__ = "case_study"
    KIND = Kind.CASE_STUDY
    __table_args__ = (
        CheckConstraint("title <> ''", name="named"),
        CheckConstraint("to_on is null or from_on is null or to_on >= from_on", name="in_order"),
    )

    client_id: Mapped[UUID] = link("client")
    programme_id: Mapped[UUID] = link("programme", index=False)
    from_on: Mapped[dt.date | None]
    to_on: Mapped[dt.date | None]
    title: Mapped[str] = words(LINE)
    text: Mapped[str] = words(NOTE)
    consent_id: Mapped[UUID | None] = link("consent", index=False)
    seen_by_client_on: Mapped[dt.date | None]
    intruder: Mapped[dict[str, Any]] = mapped_column(default=dict)
    written_by: Mapped[str] = words(LINE)
    reviewed_by: Mapped[str] = words(LINE)
    reviewed_on: Mapped[dt.date | None]
    withdrawn_on: Mapped[dt.date | None]


class FunderSheet(Record):
    """A funder's own workbook with named cells, and what is to be written into each."""

    __tablename__ = "funder_sheet"
    KIND = Kind.FUNDER_SHEET
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (CheckConstraint("title <> ''", name="named"),)

    programme_id: Mapped[UUID] = link("programme")
    title: Mapped[str] = words(LINE)
    file_name: Mapped[str] = words(LINE)
    sha256: Mapped[str] = words(64)
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True, info={"group": "content"})
    cells: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """What goes into each named cell: a figure, a cell of a table, a narrative, or a fact of the cover."""
    retired_on: Mapped[dt.date | None]


class SavedQuestion(Record):
    """A question of the charity's own about its clients: what, by what, when, which."""

    __tablename__ = "saved_question"
    KIND = Kind.SAVED_QUESTION
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (CheckConstraint("title <> ''", name="named"), UniqueConstraint("title"))

    title: Mapped[str] = words(LINE)
    programme_id: Mapped[UUID | None] = link("programme", index=False)
    question: Mapped[dict[str, Any]] = mapped_column(default=dict)


class SharingBasis(Record):
    """On what footing a programme may pass on clients by name: to whom, by which agreement, until when."""

    __tablename__ = "sharing_basis"
    KIND = Kind.SHARING_BASIS
    SCOPE: ClassVar[str] = CONFIGURATION
    __table_args__ = (
        CheckConstraint("recipient <> '' and basis <> ''", name="said"),
        CheckConstraint("ends_on is null or agreed_on is null or ends_on >= agreed_on", name="in_order"),
        UniqueConstraint("programme_id"),
    )

    programme_id: Mapped[UUID] = link("programme", index=False)
    recipient: Mapped[str] = words(LINE)
    basis: Mapped[str] = words(PARAGRAPH)
    agreement: Mapped[str] = words(LINE)
    agreed_on: Mapped[dt.date | None]
    ends_on: Mapped[dt.date | None]
    columns: Mapped[list[Any]] = mapped_column(default=list)
    """The lay-out: heading and field of each column, in the recipient's order."""


class NamedExport(Record):
    """A file with clients' names that left: a transfer to a lead provider or a pack for an auditor."""

    __tablename__ = "named_export"
    KIND = Kind.NAMED_EXPORT
    SCOPE: ClassVar[str] = TEAM
    __table_args__ = (
        CheckConstraint("sort in ('transfer', 'audit')", name="sort_known"),
        CheckConstraint("recipient <> '' and purpose <> ''", name="said"),
    )

    programme_id: Mapped[UUID] = link("programme", index=False)
    sort: Mapped[str] = mapped_column(Words(20))
    recipient: Mapped[str] = words(LINE)
    purpose: Mapped[str] = words(PARAGRAPH)
    made_at: Mapped[dt.datetime]
    made_by: Mapped[str] = words(LINE)
    from_on: Mapped[dt.date | None]
    to_on: Mapped[dt.date | None]
    client_count: Mapped[int]
    left_out: Mapped[dict[str, Any]] = mapped_column(default=dict)
    """How many were left out, by the reason."""
    file_name: Mapped[str] = words(LINE)
    sha256: Mapped[str] = words(64)
