"""What a programme's return holds: its indicators in their order, its breakdowns, its two-way tables, and how often."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.programmes import programme_of
from coachdesk.errors import Refusal
from coachdesk.models import Programme, ReturnLayout
from coachdesk.returns.breakdowns import Breakdown, breakdowns
from coachdesk.returns.catalogue import catalogue_of, indicator_ids
from coachdesk.returns.counting import TWO_WAY
from coachdesk.returns.custom_breakdowns import custom_breakdowns
from coachdesk.returns.figures import Line
from coachdesk.returns.indicators.found import Scope
from coachdesk.returns.lines import Counts
from coachdesk.returns.periods import Period
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.work import clock_of, describe

EVERY = ("month", "quarter", "half_year", "year", "grant_year")
NO_PAIRS = "none"
"""Kept in place of the pairs where a return is to have no two-way tables."""
_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A return as it was laid out; what is empty is everything that ships."""

    indicators: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()
    crossed: tuple[tuple[str, str], ...] = TWO_WAY

    def kept(self, found: Counts) -> Counts:
        """Return the figures that were chosen, in the order that was chosen, with what is printed of them."""
        if not self.indicators:
            return found
        place = {indicator: at for at, indicator in enumerate(self.indicators)}
        lines = sorted(
            (line for line in found.lines if indicator_of(line) in place),
            key=lambda line: place[indicator_of(line)],
        )
        order = {line.found.id: at for at, line in enumerate(lines)}
        measures = [each for each in found.measures if _line_of(each.id) in order]
        return replace(
            found,
            lines=tuple(lines),
            measures=tuple(sorted(measures, key=lambda each: order[_line_of(each.id)])),
            headlines=tuple(each for each in found.headlines if each[1].id in order),
            splits=tuple(each for each in found.splits if each[1].id in order),
        )

    def headings(self, found: tuple[Breakdown, ...]) -> tuple[Breakdown, ...]:
        """Return the breakdowns that were chosen."""
        if not self.breakdowns:
            return found
        return tuple(each for each in found if each.name in self.breakdowns)


def indicator_of(line: Line) -> str:
    """Return the id of the definition a line is counted by."""
    return line.definition or line.found.id


def _line_of(measure: str) -> str:
    """Return the line a measure was made of: those in work after some weeks are divided as a measure of their own."""
    return measure.removesuffix("-in-work")


EVERYTHING = Layout()
"""The lay-out of a programme nobody has laid out."""


def layout_of(session: Session, programme_id: UUID) -> Layout:
    """Return how a programme's return was laid out, or everything that ships where nobody has."""
    kept = _kept(session, programme_id)
    return EVERYTHING if kept is None else read_layout(kept)


def _kept(session: Session, programme_id: UUID) -> ReturnLayout | None:
    return session.scalar(
        select(ReturnLayout).where(
            ReturnLayout.programme_id == programme_id, ReturnLayout.archived_at.is_(None)
        )
    )


def read_layout(kept: ReturnLayout) -> Layout:
    """Return a layout that was kept; one that says nothing of two-way tables has those that ship."""
    pairs = tuple((str(one), str(other)) for one, other in kept.crossed) if kept.crossed != [NO_PAIRS] else ()
    return Layout(
        indicators=tuple(kept.indicators),
        breakdowns=tuple(kept.breakdowns),
        crossed=pairs if kept.crossed else TWO_WAY,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class LayoutRow:
    """A programme's layout with everything it can choose from, by id or name with its title."""

    programme_key: str
    programme: str
    layout: Layout
    every: str
    first_month: int
    grant_from: dt.date | None
    indicators: Mapping[str, str]
    breakdowns: Mapping[str, str]


def layout_row(session: Session, programme_key: str) -> LayoutRow:
    """Return how a programme's return is laid out and what it could hold; raises Refusal for an unknown programme."""
    programme = programme_of(session, programme_key)
    kept = _kept(session, programme.id)
    told = programme.definition.get("period", {})
    catalogue = {each.id: each.title for each in catalogue_of(session)}
    return LayoutRow(
        programme_key=programme.key,
        programme=programme.title,
        layout=layout_of(session, programme.id),
        every=kept.every if kept else str(told.get("kind", "quarter")).replace("-", "_"),
        first_month=kept.first_month if kept else int(told.get("first_month", 4)),
        grant_from=kept.grant_from if kept else None,
        indicators=MappingProxyType(catalogue),
        breakdowns=MappingProxyType(_headings(session, programme)),
    )


def _headings(session: Session, programme: Programme) -> dict[str, str]:
    today = clock_of(session).today()
    scope = Scope(programme_id=programme.id, period=Period(today, today), as_at=today)
    found = (*breakdowns(session, scope), *custom_breakdowns(session, scope))
    return {each.name: each.dimension.title for each in found}


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveLayout:
    """Lay out a programme's return; empty lists for everything that ships.

    A table has at most three variables: what is counted, and the two breakdowns of a pair.
    """

    programme_key: str
    indicators: tuple[str, ...] = ()
    breakdowns: tuple[str, ...] = ()
    crossed: tuple[tuple[str, str], ...] = ()
    every: str = "quarter"
    first_month: int = 4
    grant_from: dt.date | None = None


def save_layout(session: Session, wish: SaveLayout) -> None:
    """Write how a programme's return is laid out; a return that was issued stays as it was issued.

    Raises Refusal unless a manager asks, and beside the field for what a return cannot hold.
    """
    check_is_manager(session)
    programme = programme_of(session, wish.programme_key)
    _check_known(session, programme, wish)
    _check_periods(wish)
    kept = session.scalar(select(ReturnLayout).where(ReturnLayout.programme_id == programme.id))
    if kept is None:
        kept = ReturnLayout(programme_id=programme.id)
        session.add(kept)
    kept.archived_at = None
    kept.indicators, kept.breakdowns = list(wish.indicators), list(wish.breakdowns)
    kept.crossed = [list(pair) for pair in wish.crossed] or [NO_PAIRS]
    kept.every, kept.first_month, kept.grant_from = wish.every, wish.first_month, wish.grant_from
    describe(session, f"Laid out the return of {programme.title}")


def _check_known(session: Session, programme: Programme, wish: SaveLayout) -> None:
    if set(wish.indicators) - set(indicator_ids(catalogue_of(session))):
        sentence = "One of these indicators is not counted any more. Choose from the list."
        raise Refusal(sentence, fields={"indicators": sentence})
    known = set(_headings(session, programme))
    if set(wish.breakdowns) - known:
        sentence = "One of these breakdowns is not there any more. Choose from the list."
        raise Refusal(sentence, fields={"breakdowns": sentence})
    shown = set(wish.breakdowns) or known
    for one, other in wish.crossed:
        if one == other or not {one, other} <= shown:
            sentence = "A two-way table needs two different breakdowns, both of them chosen above."
            raise Refusal(sentence, fields={"crossed": sentence})


def _check_periods(wish: SaveLayout) -> None:
    if wish.every not in EVERY:
        raise Refusal("Say how often the return is due.", fields={"every": "Choose one."})
    if not 1 <= wish.first_month <= _MONTHS:
        raise Refusal("Choose the month the year begins in.", fields={"first_month": "Choose one."})
    if wish.every == "grant_year" and wish.grant_from is None:
        sentence = "Type the first day of a grant year."
        raise Refusal(sentence, fields={"grant_from": sentence})
