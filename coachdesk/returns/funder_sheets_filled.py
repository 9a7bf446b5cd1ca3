"""Filling in a funder's sheet, and writing it so that it is known what left.

Only what a return prints can be written (``Printed``): there is no way from a true number to a cell.
"""

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from coachdesk.errors import Refusal
from coachdesk.models import FunderSheet, Programme, Release, ReleaseFile
from coachdesk.models.base import TEAM
from coachdesk.returns.funder_sheets import held_sheet
from coachdesk.returns.funder_sheets_file import CellAt, read_template
from coachdesk.returns.funder_sheets_printed import (
    NOT_IN_THIS_RETURN,
    PRACTICE_MARK,
    Printed,
    printed_of,
    printed_of_release,
)
from coachdesk.returns.tables import MARK
from coachdesk.returns.wishes import PreparedReturn
from coachdesk.terms import Kind, Ref
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.files import written_whole
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.trouble import system_troubles
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, record_event, unit_of_work

EVENT = "filled in a funder’s sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A sheet that was filled in, and what is to be known of it."""

    name: str
    content: bytes
    notes: tuple[str, ...]
    keys: Mapping[CellAt, str] = field(default_factory=dict[CellAt, str])
    """What was written into which cell, by its key."""


def filled(sheet: FunderSheet, printed: Printed) -> Filled:
    """Return a sheet with the printed values in its cells; a withheld number stays a mark there too.

    Raises Refusal and Trouble as ``written``.
    """
    from coachdesk.returns.funder_sheets_cells import has_formulas, written  # noqa: PLC0415  brings openpyxl along

    template = read_template(sheet.file_name, sheet.content)
    free = [cell for cell in template.cells if not cell.obstacle]
    keys = {cell: str(sheet.cells.get(cell.name, "")) for cell in free}
    values = {
        cell: printed.values.get(key, NOT_IN_THIS_RETURN)
        for cell, key in keys.items()
        if key and (key in printed.values or not key.startswith("words|"))
    }
    content = written(template, values)
    marks = any(value == MARK for value in values.values())
    notes = tuple(
        _notes(
            sheet.title,
            left=[cell.name for cell, key in keys.items() if not key],
            silent=[cell.name for cell, key in keys.items() if key and cell not in values],
            lacking=[cell.name for cell, value in values.items() if value == NOT_IN_THIS_RETURN],
            adds_up=marks and has_formulas(template),
        )
    )
    return Filled(
        name=_file_name(sheet, printed),
        content=content,
        notes=notes,
        keys={(cell.sheet, cell.row, cell.column): keys[cell] for cell in values},
    )


def _notes(
    title: str, *, left: Collection[str], silent: Collection[str], lacking: Collection[str], adds_up: bool
) -> list[str]:
    said = []
    if left:
        said.append(
            f"“{title}”: nothing was chosen for {', '.join(left)}, so they are as the funder sent them."
        )
    if silent:
        said.append(f"“{title}”: nothing is written yet for {', '.join(silent)}.")
    if lacking:
        said.append(
            f"“{title}”: this return does not hold {', '.join(lacking)}; they say {NOT_IN_THIS_RETURN}."
        )
    if adds_up:
        said.append(
            f"“{title}” works out totals by itself: one that meets {MARK} leaves that number out or shows an error. "
            "Tell the funder, or choose the printed total for it."
        )
    return said


def _file_name(sheet: FunderSheet, printed: Printed) -> str:
    """Return a name no file of the pack has; an invented return says so in it."""
    plain = "".join(letter if letter.isalnum() or letter in " -_" else " " for letter in sheet.title)
    name = " ".join(plain.split())[:80] or "sheet"
    return f"{PRACTICE_MARK if printed.is_practice else ''}{name} (funder’s sheet).xlsx"


def filled_for(session: Session, prepared: PreparedReturn) -> tuple[Filled, ...]:
    """Return every sheet in use of a programme, filled in from a prepared return, under names of their own.

    The answer to a question of the charity's own is no return, and goes into no sheet.
    """
    if prepared.question:
        return ()
    query = (
        select(FunderSheet)
        .join(Programme, Programme.id == FunderSheet.programme_id)
        .where(
            Programme.key == prepared.wish.programme_key,
            FunderSheet.retired_on.is_(None),
            FunderSheet.archived_at.is_(None),
        )
        .options(undefer(FunderSheet.content))
        .order_by(FunderSheet.title, FunderSheet.id)
    )
    found: dict[str, Filled] = {}
    for sheet in session.scalars(query):
        if sheet.cells:
            one = filled(sheet, printed_of(prepared))
            name = _free(one.name, found)
            found[name] = replace(one, name=name)
    return tuple(found.values())


def _free(name: str, taken: Collection[str]) -> str:
    stem = name.removesuffix(".xlsx")
    number = 1
    while name in taken:
        number += 1
        name = f"{stem} {number}.xlsx"
    return name


@dataclass(frozen=True, slots=True, kw_only=True)
class FillSheet:
    """Write an issued return into a funder's sheet, in a folder."""

    sheet_id: UUID
    release_id: UUID
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetWritten:
    """Where a filled sheet lies, and what is to be known of it."""

    path: Path
    notes: tuple[str, ...]


def fill_sheet(vault: OpenVault, wish: FillSheet, watch: Watch) -> SheetWritten:
    """Fill in a sheet from an issued return, write it and keep it with that return, so that it is known what left.

    Raises Refusal when sheet or return are gone, belong to different programmes, or a file of the name is there
    already with other content; Trouble when it cannot be written, or says anything else than the return's public form.
    Then nothing is kept.
    """
    from coachdesk.returns.finished.funder_sheet import require_sheet  # noqa: PLC0415  brings openpyxl along

    watch.progress(0.1, "Filling in the sheet")
    with reading(vault) as session:
        check_is_manager(session)
        sheet = held_sheet(session, wish.sheet_id)
        release = session.get(Release, wish.release_id)
        if release is None or release.programme_id != sheet.programme_id:
            raise Refusal("That return is not one of the programme this sheet is for. Choose another.")
        done = filled(sheet, printed_of_release(session, release.id))
        require_sheet(done.content, done.keys, json.dumps(release.printed).encode())
    digest = hashlib.sha256(done.content).hexdigest()
    watch.progress(0.7, "Writing the file")
    with unit_of_work(vault, label="Filled in a funder’s sheet") as work:
        known = dict(
            work.session.execute(
                select(ReleaseFile.name, ReleaseFile.sha256).where(ReleaseFile.release_id == wish.release_id)
            ).all()
        )
        name = next((name for name, kept in known.items() if kept == digest), _free(done.name, known))
        if name not in known:
            work.session.add(
                ReleaseFile(release_id=wish.release_id, name=name, sha256=digest, content=done.content)
            )
        record_event(work.session, EVENT, TEAM, Ref(Kind.RELEASE, wish.release_id))
        path = wish.folder / name
        _require_free(path, done.content)
        with system_troubles():
            wish.folder.mkdir(parents=True, exist_ok=True)
            written_whole(path, done.content)
    return SheetWritten(path=path, notes=done.notes)


def _require_free(path: Path, content: bytes) -> None:
    if path.exists() and (not path.is_file() or path.read_bytes() != content):
        raise Refusal(f"“{path.name}” is there already, with other content. Choose another folder.")
