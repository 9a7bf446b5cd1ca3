"""Bringing a caseload in: one action that takes every row, accounts for each, and can be taken back whole."""

import base64
import datetime as dt
import gc
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.exchange.client_rows import ClientRows
from coachdesk.exchange.contact_rows import ContactRows
from coachdesk.exchange.ground import MARK_BYTES, Ground, survey
from coachdesk.exchange.headings import KINDS
from coachdesk.exchange.job_rows import JobRows
from coachdesk.exchange.mapping import (
    Questions,
    SheetMapping,
    check_mapping,
    list_own_questions,
    sheet_name,
)
from coachdesk.exchange.outcomes import Fate, Outcome
from coachdesk.exchange.own_questions import check_asked
from coachdesk.exchange.row_reading import Problem, ReadRow, RowReader
from coachdesk.exchange.sheets import Sheet, SheetRow
from coachdesk.models import ImportRow, ImportRun
from coachdesk.models.base import LINE
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import clock_of, describe, reading, unit_of_work

ROWS_BETWEEN_LOOKS = 250
"""How many rows go by before the person is told how far it is and may stop it."""
READING_SHARE = 0.6
"""How much of the time goes into reading rows; the rest writes them with their journal."""
LEFT_OUT = "No column of this sheet is given a field, so none of its rows could go in. Give its columns their fields, or leave the sheet out."


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportWish:
    """Which sheets, read by which mappings, for which programme; a dry run writes nothing."""

    sheets: tuple[Sheet, ...]
    mappings: tuple[SheetMapping, ...]
    programme_key: str
    today: dt.date
    dry_run: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetAccount:
    """What became of the rows of one sheet: imported + merged + held + refused = rows, always."""

    file: str
    sheet: str
    rows: int
    imported: int
    merged: int
    held: int
    refused: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewRow:
    """What one row becomes, and why."""

    file: str
    sheet: str
    row: int
    outcome: str
    becomes: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """The account of an import; ``unit`` is the action to take back, None when nothing was written."""

    accounts: tuple[SheetAccount, ...]
    preview: tuple[PreviewRow, ...]
    unit: UUID | None


class _DryRunDone(Exception):
    """Leaves the unit of work without committing it."""


@dataclass(slots=True)
class _Progress:
    """How many rows are done, told to the watch now and then."""

    watch: Watch
    total: int
    done: int = 0

    def row_done(self) -> None:
        self.done += 1
        if self.done % ROWS_BETWEEN_LOOKS == 0:
            words = f"Row {self.done:,} of {self.total:,}"
            self.watch.progress(READING_SHARE * self.done / self.total, words)


def run_import(vault: OpenVault, wish: ImportWish, watch: Watch) -> ImportResult:
    """Bring sheets in as one undoable action and return the account of every row.

    Raises Refusal when a mapping or the programme is wrong, Cancelled when the person stopped it; then, as in
    a dry run, nothing was written.
    """
    with reading(vault) as session:
        pairs = _pairs(wish, list_own_questions(session, None))
    results: list[ImportResult] = []
    try:
        with _garbage_waiting(), unit_of_work(vault, label="Import") as work:
            results.append(_bring_in(work.session, wish, pairs, watch))
            _leave_when_dry(wish)
            watch.progress(1.0, "Writing the history")
    except _DryRunDone:
        return results[0]
    result = results[0]
    return ImportResult(accounts=result.accounts, preview=result.preview, unit=work.changes.unit)


@contextmanager
def _garbage_waiting() -> Iterator[None]:
    """Let the collector rest: nothing of an import is garbage before its end, and looking costs a tenth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _leave_when_dry(wish: ImportWish) -> None:
    if wish.dry_run:
        raise _DryRunDone


def _pairs(wish: ImportWish, questions: Questions) -> list[tuple[Sheet, SheetMapping]]:
    """Return each sheet with its mapping, clients first so that the other sheets find them."""
    by_name = {mapping.sheet: mapping for mapping in wish.mappings}
    pairs = []
    for sheet in wish.sheets:
        mapping = by_name.get(sheet_name(sheet), SheetMapping(sheet=sheet_name(sheet), columns=()))
        check_mapping(mapping, questions)
        pairs.append((sheet, mapping))
    if not any(mapping.kind for _, mapping in pairs):
        raise Refusal(
            "No column of these sheets is known. Say what the columns hold, or give them headings such as Ref, "
            "First name, Surname, Date of birth."
        )
    return sorted(pairs, key=lambda pair: KINDS.index(pair[1].kind) if pair[1].kind else len(KINDS))


def _bring_in(
    session: Session, wish: ImportWish, pairs: list[tuple[Sheet, SheetMapping]], watch: Watch
) -> ImportResult:
    watch.progress(0.0, "Looking at what is there")
    ground = survey(session, wish.programme_key, wish.today)
    for _, mapping in pairs:
        check_asked(ground, mapping)
    run = ImportRun(happened_at=clock_of(session).now())
    progress = _Progress(watch, sum(len(sheet.rows) for sheet in wish.sheets))
    books = {}
    for sheet, mapping in pairs:
        book = _Book(sheet, mapping, run.id)
        books[sheet_name(sheet)] = book
        book.take_all(ground, wish, progress)
    accounts = tuple(books[sheet_name(sheet)].account() for sheet in wish.sheets)
    if any(book.has_new for book in books.values()):
        run.files = [book.entry() for book in books.values()]
        run.counts = {fate: sum(getattr(account, fate) for account in accounts) for fate in Fate}
        session.add(run)
    watch.progress(READING_SHARE, "Writing the records")
    ground.settle()
    describe(session, _label(pairs, books))
    return ImportResult(
        accounts=accounts,
        preview=tuple(row for sheet in wish.sheets for row in books[sheet_name(sheet)].preview),
        unit=None,
    )


def _label(pairs: list[tuple[Sheet, SheetMapping]], books: dict[str, "_Book"]) -> str:
    """Return the action in words: “Imported 143 clients, 2,471 contacts and 56 jobs”."""
    counts: Counter[str] = Counter()
    for sheet, mapping in pairs:
        counts[mapping.kind] += books[sheet_name(sheet)].counts[Fate.IMPORTED]
    parts = [f"{counts[kind]:,} {kind if counts[kind] != 1 else kind[:-1]}" for kind in KINDS if counts[kind]]
    if not parts:
        return "Looked through a sheet and added nothing new"
    listed = ", ".join(parts[:-1]) + (" and " if len(parts) > 1 else "") + parts[-1]
    return f"Imported {listed}"[:LINE]


@dataclass(slots=True)
class _Book:
    """The account of one sheet while its rows go in."""

    sheet: Sheet
    mapping: SheetMapping
    run_id: UUID
    counts: Counter[str] = field(default_factory=Counter)
    problems: list[Problem] = field(default_factory=list)
    preview: list[PreviewRow] = field(default_factory=list)
    has_new: bool = False
    marks: bytearray = field(default_factory=bytearray)

    def take_all(self, ground: Ground, wish: ImportWish, progress: _Progress) -> None:
        """Take every row of the sheet, each to exactly one end."""
        if not self.mapping.kind:
            self._leave_out(progress)
            return
        is_client = self.mapping.kind == "clients"
        reader = RowReader(self.mapping.columns, ground.wordings, wish.today, ground.fields)
        taker = taker_of(self.mapping.kind, ground, reader.headings)
        for raw in self.sheet.rows:
            row = reader.read(raw.number, raw.cells)
            mark = taker.mark(row)
            outcome = taker.take(row, mark)
            self._enter(row, outcome)
            if outcome.fate is not Fate.REFUSED and not outcome.is_known:
                ground.remember(mark, waiting=outcome.fate is Fate.HELD)
                self._keep(ground, row, outcome, mark, wish, has_row=is_client or outcome.fate is Fate.HELD)
            progress.row_done()

    def _keep(
        self, ground: Ground, row: ReadRow, outcome: Outcome, mark: bytes, wish: ImportWish, *, has_row: bool
    ) -> None:
        """Keep by what the row is known again: a row of its own for clients and what waits, else its mark alone.

        Contacts come by the ten thousand; a record for each would double the time and the journal.
        """
        self.has_new = True
        if has_row:
            ground.session.add(self._trace(row, outcome, mark, wish))
        else:
            self.marks += mark[:MARK_BYTES]

    def entry(self) -> dict[str, object]:
        """Return what the import keeps of this sheet: its name, its rows and the marks of those it has no row for."""
        marks = base64.b64encode(self.marks).decode()
        return {"name": sheet_name(self.sheet), "rows": len(self.sheet.rows), "marks": marks}

    def _leave_out(self, progress: _Progress) -> None:
        reason = self.sheet.note if self.sheet.note and not self.sheet.headings else LEFT_OUT
        for raw in self.sheet.rows:
            self._count(raw, Fate.REFUSED, "", reason)
            progress.row_done()
        first = self.sheet.rows[0]
        self.problems.append(Problem(row=first.number, column="", value=self.sheet.sheet, reason=reason))

    def _enter(self, row: ReadRow, outcome: Outcome) -> None:
        self._count(row, outcome.fate, outcome.becomes, outcome.why)
        if outcome.fate is Fate.REFUSED:
            self.problems.extend(row.refusals)
            return
        if outcome.fate is Fate.HELD and not outcome.is_known:
            column = next(
                (heading for heading, key in self.mapping.columns if key.endswith(".reference")), ""
            )
            self.problems.append(
                Problem(row=row.number, column=column, value=outcome.reference, reason=outcome.why)
            )
        if not outcome.is_known:
            self.problems.extend(row.remarks)

    def _count(self, row: ReadRow | SheetRow, fate: Fate, becomes: str, why: str) -> None:
        self.counts[fate] += 1
        self.preview.append(
            PreviewRow(
                file=self.sheet.file,
                sheet=self.sheet.sheet,
                row=row.number,
                outcome=fate,
                becomes=becomes,
                why=why,
            )
        )

    def _trace(self, row: ReadRow, outcome: Outcome, mark: bytes, wish: ImportWish) -> ImportRow:
        held = outcome.fate is Fate.HELD
        return ImportRow(
            run_id=self.run_id,
            fingerprint=mark,
            sheet=sheet_name(self.sheet)[:LINE],
            row=row.number,
            outcome=outcome.fate,
            reference=outcome.reference,
            client_id=outcome.client_id,
            record_id=outcome.record_id,
            held_values=held_values(row, outcome, wish, self.mapping.kind) if held else {},
            held_why=outcome.why if held else "",
        )

    def account(self) -> SheetAccount:
        """Return the account of the sheet."""
        return SheetAccount(
            file=self.sheet.file,
            sheet=self.sheet.sheet,
            rows=len(self.sheet.rows),
            imported=self.counts[Fate.IMPORTED],
            merged=self.counts[Fate.MERGED],
            held=self.counts[Fate.HELD],
            refused=self.counts[Fate.REFUSED],
            problems=tuple(self.problems),
        )


Taker = ClientRows | ContactRows | JobRows


def taker_of(kind: str, ground: Ground, headings: dict[str, str]) -> Taker:
    """Return what takes the rows of a kind of sheet."""
    if kind == "clients":
        return ClientRows(ground, headings)
    if kind == "contacts":
        return ContactRows(ground, headings, clock_of(ground.session).now())
    return JobRows(ground, headings)


def held_values(row: ReadRow, outcome: Outcome, wish: ImportWish, kind: str) -> dict[str, object]:
    """Return what a held row needs to go in later: its cells as typed, its programme, and whom it is likely about."""
    return {
        "kind": kind,
        "cells": dict(row.cells),
        "programme": wish.programme_key,
        "likely": outcome.likely_id.hex if outcome.likely_id else "",
    }
