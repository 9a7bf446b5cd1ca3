"""The list of what is to be looked at after an import, as a file to go through with whoever keeps the sheets."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from coachdesk.exchange.importing import SheetAccount
from coachdesk.models.base import TEAM
from coachdesk.press.csv_file import csv_bytes
from coachdesk.vault.files import written_whole
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import record_event, unit_of_work


@dataclass(frozen=True, slots=True, kw_only=True)
class ListedProblem:
    """One problem with everything that leads to its cell."""

    file: str
    sheet: str
    row: int
    column: str
    value: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveProblems:
    """The wish to write a list of problems into a file, under these headings."""

    target: Path
    headings: tuple[str, ...]
    problems: tuple[ListedProblem, ...]


def listed_problems(accounts: Iterable[SheetAccount]) -> tuple[ListedProblem, ...]:
    """Return the problems of every sheet in one list, in the order of the sheets and their rows."""
    return tuple(
        ListedProblem(
            file=account.file,
            sheet=account.sheet,
            row=problem.row,
            column=problem.column,
            value=problem.value,
            reason=problem.reason,
        )
        for account in accounts
        for problem in account.problems
    )


def save_problems(vault: OpenVault, wish: SaveProblems, watch: Watch) -> Path:
    """Write the list as a CSV file and return where it lies; what people typed is never taken for a formula.

    The file holds cells of the sheets in plain text, so the journal says that it was written. Raises Trouble when
    the drive does not take it; then the journal says nothing.
    """
    watch.progress(0.0, "Writing the list")
    rows = ((one.file, one.sheet, one.row, one.column, one.value, one.reason) for one in wish.problems)
    with unit_of_work(vault, label="Saved the list of an import’s problems") as work:
        written_whole(wish.target, csv_bytes(wish.headings, rows))
        record_event(work.session, "saved a list of import problems", TEAM)
    return wish.target
