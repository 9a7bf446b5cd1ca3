"""Figures nobody can count in the vault: typed by hand with a reason, marked as such, and protected like any other."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.programmes import programme_of
from coachdesk.errors import Refusal
from coachdesk.models import ManualFigure
from coachdesk.returns.indicators.found import Found, Group
from coachdesk.returns.periods import Period, checked_period
from coachdesk.returns.shown import Printed, number_words, value
from coachdesk.returns.wishes import FigureRow
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.work import clock_of, describe

MARK = "[note: typed by hand]"
TYPED = "Typed by hand, not counted from the records. Reason: {reason}"
_GONE = "This figure is not in the list any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualRow:
    """A figure typed by hand for one period of one programme."""

    id: UUID
    title: str
    unit: str
    counts_people: bool
    from_on: dt.date
    to_on: dt.date
    figure: int
    reason: str
    source_note: str

    @property
    def figure_id(self) -> str:
        """Return the id by which a return knows it."""
        return f"manual-{self.id.hex}"

    @property
    def marked(self) -> str:
        """Return its title with the mark every reader sees."""
        return f"{self.title} {MARK}"


def list_manual_figures(session: Session, programme_key: str) -> tuple[ManualRow, ...]:
    """Return every figure typed by hand for a programme, the newest period first; raises Refusal for an unknown one."""
    programme = programme_of(session, programme_key)
    query = (
        select(ManualFigure)
        .where(ManualFigure.programme_id == programme.id, ManualFigure.archived_at.is_(None))
        .order_by(ManualFigure.from_on.desc(), ManualFigure.to_on.desc(), ManualFigure.title, ManualFigure.id)
    )
    return tuple(_row(one) for one in session.scalars(query))


def manual_figures(session: Session, programme_id: UUID, period: Period) -> tuple[ManualRow, ...]:
    """Return the figures typed by hand for exactly this period."""
    query = (
        select(ManualFigure)
        .where(
            ManualFigure.programme_id == programme_id,
            ManualFigure.from_on == period.from_on,
            ManualFigure.to_on == period.to_on,
            ManualFigure.archived_at.is_(None),
        )
        .order_by(ManualFigure.title, ManualFigure.id)
    )
    return tuple(_row(one) for one in session.scalars(query))


def _row(one: ManualFigure) -> ManualRow:
    return ManualRow(
        id=one.id,
        title=one.title,
        unit=one.unit,
        counts_people=one.counts_people,
        from_on=one.from_on,
        to_on=one.to_on,
        figure=one.figure,
        reason=one.reason,
        source_note=one.source_note,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveManualFigure:
    """Type a figure by hand, new or (with its id) changed."""

    programme_key: str
    title: str
    unit: str
    from_on: dt.date
    to_on: dt.date
    figure: int
    reason: str
    source_note: str = ""
    counts_people: bool = True
    figure_id: UUID | None = None


def save_manual_figure(session: Session, wish: SaveManualFigure) -> None:
    """Write a figure typed by hand; a return that was issued stays as it was issued.

    Raises Refusal unless a manager asks, and beside the field for what is missing or cannot be.
    """
    check_is_manager(session)
    programme = programme_of(session, wish.programme_key)
    _check(wish)
    kept = session.get(ManualFigure, wish.figure_id) if wish.figure_id else ManualFigure()
    if kept is None:
        raise Refusal(_GONE)
    kept.programme_id = programme.id
    kept.title, kept.unit, kept.reason = wish.title.strip(), wish.unit.strip(), wish.reason.strip()
    kept.source_note, kept.counts_people = wish.source_note.strip(), wish.counts_people
    kept.from_on, kept.to_on, kept.figure = wish.from_on, wish.to_on, wish.figure
    kept.archived_at = None
    session.add(kept)
    describe(session, f"Typed a figure by hand for {programme.title}")


def _check(wish: SaveManualFigure) -> None:
    checked_period(wish.from_on, wish.to_on)
    missing = {name: "Please fill this in." for name in ("title", "unit") if not getattr(wish, name).strip()}
    if not wish.reason.strip():
        missing["reason"] = "Say why it cannot be counted from the records: readers are told."
    if wish.figure < 0:
        missing["figure"] = "Type 0 or more."
    if missing:
        raise Refusal("A figure typed by hand says what it is and why.", fields=missing)


def drop_manual_figure(session: Session, figure_id: UUID) -> None:
    """Take a figure typed by hand out of the returns to come; raises Refusal unless a manager asks, or when it is gone."""
    check_is_manager(session)
    kept = session.get(ManualFigure, figure_id)
    if kept is None or kept.archived_at is not None:
        raise Refusal(_GONE)
    kept.archived_at = clock_of(session).now()
    describe(session, f"Took out the figure “{kept.title[:60]}”")


def manual_headlines(rows: Sequence[ManualRow]) -> tuple[tuple[str, Found], ...]:
    """Return those that count people, each to be protected as a headline table of its own.

    Who these people are the vault does not know, so that no other table can be tied to them.
    """
    return tuple(
        (row.marked, Found(id=row.figure_id, groups=(Group(row.title, frozenset(), row.figure),)))
        for row in rows
        if row.counts_people
    )


def manual_figure_rows(rows: Sequence[ManualRow], printed: Printed) -> tuple[FigureRow, ...]:
    """Return the figures as the manager sees them, and what the pack prints of each."""
    return tuple(
        FigureRow(
            id=row.figure_id,
            title=row.marked,
            definition=TYPED.format(reason=row.reason),
            formula="As typed.",
            value_words=f"{row.figure:,}",
            base_words="",
            client_ids=(),
            printed_words=_printed(row, printed),
            unit=row.unit,
            evidence="None in the vault.",
            source=row.source_note,
        )
        for row in rows
    )


def _printed(row: ManualRow, printed: Printed) -> str:
    """Return a number of people only as far as it was protected; sums of money and the like, and nobody, as they are."""
    if row.counts_people and row.figure:
        return number_words(value(printed, row.figure_id))
    return f"{row.figure:,}"
