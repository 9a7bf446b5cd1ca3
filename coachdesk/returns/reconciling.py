"""Changed since issued: an issued return counted again today with its own definitions, and who makes the difference."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import Release
from coachdesk.returns.figures import figure_rows
from coachdesk.returns.indicators.found import Scope
from coachdesk.returns.issue_inputs import frozen_definitions, frozen_rules
from coachdesk.returns.issue_review import read_cells, read_figures, read_inputs, read_tables
from coachdesk.returns.lines import counts
from coachdesk.returns.periods import Period
from coachdesk.returns.reconciling_cells import (
    CellChange,
    CellsNow,
    CellsThen,
    cell_changes,
    cells_now,
    cells_then,
    everybody,
)
from coachdesk.returns.reconciling_reasons import PersonChange, Reasons, people_of
from coachdesk.returns.reopened import GONE, review_kept
from coachdesk.returns.wishes import FigureRow
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.room_to_count import room_to_count
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading

NOT_KEPT = (
    "This return was issued before figures were kept with their people, so it cannot be set beside today’s. "
    "Its files can still be written again."
)
_SAME_PEOPLE = "The same people stand behind it: how often they count, or what it is set against, changed."


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange:
    """One figure as issued and now; ``difference`` is of its first number, None where one of them is missing."""

    id: str
    title: str
    issued_words: str
    now_words: str
    difference: int | None
    people: tuple[PersonChange, ...]
    note: str = ""

    @property
    def is_same(self) -> bool:
        """Return whether neither the number nor the people changed."""
        return self.issued_words == self.now_words and not self.people


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """An issued return beside what it would be today, figure by figure."""

    release_id: UUID
    figures: tuple[FigureChange, ...]
    cells: tuple[CellChange, ...] = ()
    """The cells of tables that are not the same any more."""

    @property
    def changed(self) -> tuple[FigureChange, ...]:
        """Return the figures that are not the same any more."""
        return tuple(each for each in self.figures if not each.is_same)


def reconciled(vault: OpenVault, release_id: UUID, watch: Watch) -> Reconciliation:
    """Return an issued return beside the same return counted today with the rules and definitions of its issue.

    Raises Refusal when the register does not hold it, or holds it without its figures.
    """
    watch.progress(0.0, "Reading the issued return")
    with reading(vault) as session, room_to_count(session):
        release = session.get(Release, release_id)
        review = review_kept(session, release_id)
        if release is None or release.archived_at is not None:
            raise Refusal(GONE)
        if review is None or not review.figures:
            raise Refusal(NOT_KEPT)
        issued = read_figures(review.figures)
        then = cells_then(release, read_tables(review.figures), read_cells(review.figures))
        watch.progress(0.2, "Counting the same return again")
        rows, cells = _counted_now(session, release, read_inputs(review.figures), then)
        now = {each.id: each for each in rows}
        watch.progress(0.7, "Looking for who makes the difference")
        why = Reasons(
            session,
            release,
            everybody(then.people).union(*(people_of(figure) for figure in issued)),
            everybody(cells.people if cells else None).union(*(people_of(figure) for figure in rows)),
        )
        found = tuple(_change(figure, now.get(figure.id), why) for figure in issued)
        changed = cell_changes(then, cells, why)
    return Reconciliation(release_id=release_id, figures=found, cells=changed)


def _counted_now(
    session: Session, release: Release, inputs: Mapping[str, object], then: CellsThen
) -> tuple[tuple[FigureRow, ...], CellsNow | None]:
    catalogue = frozen_definitions(inputs)
    scope = Scope(
        programme_id=release.programme_id,
        period=Period(release.from_on, release.to_on),
        as_at=release.as_at,
        rules=frozen_rules(inputs),
    )
    found = counts(session, scope, catalogue, release.threshold)
    rows = figure_rows(found.lines, {}, catalogue, release.to_on)
    return rows, cells_now(session, scope, found, then)


def _change(issued: FigureRow, now: FigureRow | None, why: "Reasons") -> FigureChange:
    if now is None:
        return FigureChange(
            id=issued.id, title=issued.title, issued_words=_words(issued), now_words="", difference=None, people=(),
            note="This version of the program does not count it.",
        )  # fmt: skip
    people = tuple(why.changes(issued, now))
    then, today = _number(issued), _number(now)
    difference = None if then is None or today is None else today - then
    same_people = not people and _words(issued) != _words(now)
    return FigureChange(
        id=issued.id,
        title=issued.title,
        issued_words=_words(issued),
        now_words=_words(now),
        difference=difference,
        people=people,
        note=_SAME_PEOPLE if same_people else "",
    )


def _words(figure: FigureRow) -> str:
    return f"{figure.value_words} {figure.base_words}".strip()


def _number(figure: FigureRow) -> int | None:
    """Return the first number of a figure; None for one that no people make up."""
    return figure.parts[0].number if figure.parts else None
