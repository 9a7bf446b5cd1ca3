"""A new wording set against the present one before it is adopted: both figures, and who comes in and goes out."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework.programmes import programme_of
from coachdesk.returns.catalogue import Catalogue, catalogue_of, definition_on, with_wording
from coachdesk.returns.comparing_counts import lines_of
from coachdesk.returns.definitions import SaveWording, TouchedReturn, checked_wording, touched_returns
from coachdesk.returns.explaining import people_behind
from coachdesk.returns.figures import Line, figure_rows
from coachdesk.returns.indicators.found import Found
from coachdesk.returns.periods import Period, check_as_at, checked_period
from coachdesk.returns.wishes import FigureRow, PeopleQuestion, PersonRow
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.room_to_count import room_to_count
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading


@dataclass(frozen=True, slots=True, kw_only=True)
class CompareWish:
    """A wording that is being written, and the return it is tried on."""

    wording: SaveWording
    programme_key: str
    from_on: dt.date
    to_on: dt.date
    as_at: dt.date


@dataclass(frozen=True, slots=True, kw_only=True)
class BothFigures:
    """One figure by the wording in force and by the new one, with the people who make the difference.

    The people are named as far as who asks may see them; they never leave the vault.
    """

    id: str
    title: str
    present: str
    proposed: str
    difference: int
    coming_in: tuple[PersonRow, ...]
    going_out: tuple[PersonRow, ...]
    looked_at: tuple[PersonRow, ...] = ()
    """Neither counted before nor now, but now among those the figure is about."""
    left_out: tuple[PersonRow, ...] = ()

    @property
    def is_same(self) -> bool:
        """Return whether nothing changes: neither the words of the figure nor the people behind it."""
        people = (self.coming_in, self.going_out, self.looked_at, self.left_out)
        return self.present == self.proposed and not any(people)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Both sets of figures of an indicator, and which issued returns the wording would have changed."""

    period: str
    figures: tuple[BothFigures, ...]
    touched: tuple[TouchedReturn, ...]


def compared(vault: OpenVault, wish: CompareWish, watch: Watch) -> Compared:
    """Return the figures of a period by the wording in force on its last day and by the new one; nothing is written.

    Raises Refusal for a wording, a programme, a period or an as-at date that cannot be.
    """
    period = checked_period(wish.from_on, wish.to_on)
    check_as_at(period, wish.as_at, vault.clock.today())
    with reading(vault) as session, room_to_count(session):
        wording = checked_wording(session, wish.wording)
        programme = programme_of(session, wish.programme_key)
        catalogue = catalogue_of(session)
        proposed = with_wording(catalogue, wording)
        watch.progress(0.0, "Counting by the wording in force")
        before = lines_of(session, programme, period, wish.as_at, catalogue)
        watch.progress(0.5, "Counting by the new wording")
        after = lines_of(session, programme, period, wish.as_at, proposed)
        watch.progress(0.9, "Setting the figures against each other")
        present = definition_on(catalogue, wording.id, period.to_on)
        return Compared(
            period=period.words,
            figures=_figures(
                session,
                _rows(before, catalogue, present.id, period),
                _rows(after, proposed, wording.id, period),
            ),
            touched=touched_returns(session, wish.wording),
        )


def _rows(
    lines: Sequence[Line], catalogue: Catalogue, indicator: str, period: Period
) -> dict[str, tuple[FigureRow, Found]]:
    mine = [line for line in lines if indicator == (line.definition or line.found.id)]
    rows = figure_rows(mine, {}, catalogue, period.to_on)
    return {row.id: (row, line.found) for row, line in zip(rows, mine, strict=True)}


def _figures(
    session: Session,
    before: dict[str, tuple[FigureRow, Found]],
    after: dict[str, tuple[FigureRow, Found]],
) -> tuple[BothFigures, ...]:
    return tuple(_both(session, before[each], after[each]) for each in after)


def _both(session: Session, before: tuple[FigureRow, Found], after: tuple[FigureRow, Found]) -> BothFigures:
    (row_before, found_before), (row_after, found_after) = before, after
    coming = found_after.people - found_before.people
    going = found_before.people - found_after.people
    base_before, base_after = found_before.base_people, found_after.base_people

    def named(clients: frozenset[UUID]) -> tuple[PersonRow, ...]:
        return people_behind(session, PeopleQuestion(client_ids=tuple(clients)))

    return BothFigures(
        id=row_after.id,
        title=row_after.title,
        present=_words(row_before),
        proposed=_words(row_after),
        difference=found_after.number - found_before.number,
        coming_in=named(coming),
        going_out=named(going),
        looked_at=named(base_after - base_before - coming),
        left_out=named(base_before - base_after - going),
    )


def _words(row: FigureRow) -> str:
    return " ".join(part for part in (row.value_words, row.base_words) if part)
