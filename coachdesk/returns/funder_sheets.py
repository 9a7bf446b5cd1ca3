"""A funder's own sheet: brought in, and told which printed value goes into which of its named cells."""

import datetime as dt
import hashlib
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from coachdesk.errors import Refusal
from coachdesk.models import FunderSheet, NarrativePrompt, Programme, Release
from coachdesk.returns.catalogue import catalogue_of
from coachdesk.returns.funder_sheets_file import LARGEST, NamedCell, read_template
from coachdesk.returns.funder_sheets_printed import (
    FACTS,
    key_of,
    printed_of,
    printed_of_release,
    suggested,
)
from coachdesk.returns.wishes import PreparedReturn
from coachdesk.vault.caseload_rights import check_is_manager
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.trouble import system_troubles
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import clock_of, describe

GONE = "This sheet is not there any more."


@dataclass(frozen=True, slots=True, kw_only=True)
class CellRow:
    """A named cell of a sheet, and what goes into it: a key, and how that is called."""

    name: str
    place: str
    key: str
    called: str
    obstacle: str

    @property
    def is_mapped(self) -> bool:
        """Whether something is to be written into it."""
        return bool(self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A funder's sheet with its named cells."""

    id: UUID
    programme_id: UUID
    title: str
    file_name: str
    retired_on: dt.date | None
    cells: tuple[CellRow, ...]

    @property
    def unmapped(self) -> tuple[str, ...]:
        """The names into which nothing is to be written yet, though something could."""
        return tuple(cell.name for cell in self.cells if not cell.is_mapped and not cell.obstacle)

    @property
    def mapped(self) -> int:
        """How many named cells have something to go into them."""
        return sum(cell.is_mapped for cell in self.cells)


def list_sheets(session: Session, programme_id: UUID) -> tuple[SheetRow, ...]:
    """Return a programme's sheets by title, those no longer used last; raises Refusal for anybody but a manager."""
    check_is_manager(session)
    titles = choices(session, programme_id)
    query = (
        select(FunderSheet)
        .where(FunderSheet.programme_id == programme_id, FunderSheet.archived_at.is_(None))
        .options(undefer(FunderSheet.content))
        .order_by(FunderSheet.retired_on.is_not(None), FunderSheet.title, FunderSheet.id)
    )
    return tuple(_row(one, titles) for one in session.scalars(query))


def _row(sheet: FunderSheet, titles: Mapping[str, str]) -> SheetRow:
    cells = read_template(sheet.file_name, sheet.content).cells
    return SheetRow(
        id=sheet.id,
        programme_id=sheet.programme_id,
        title=sheet.title,
        file_name=sheet.file_name,
        retired_on=sheet.retired_on,
        cells=tuple(_cell(cell, str(sheet.cells.get(cell.name, "")), titles) for cell in cells),
    )


def _cell(cell: NamedCell, key: str, titles: Mapping[str, str]) -> CellRow:
    called = titles.get(key, key.replace("|", ", ")) if key else ""
    return CellRow(name=cell.name, place=cell.place, key=key, called=called, obstacle=cell.obstacle)


def choices(session: Session, programme_id: UUID, prepared: PreparedReturn | None = None) -> dict[str, str]:
    """Return what may go into a cell, by key, with what it is called.

    Facts, every figure of the catalogue, the prompts in words, and the cells of the tables of the return that is
    worked out, or else of the one that was issued last.
    """
    found = {key_of("fact", name): title for name, title in FACTS.items()}
    for definition in catalogue_of(session):
        found.setdefault(key_of("figure", definition.id), f"{definition.title}, as printed")
    found |= _printed_titles(session, programme_id, prepared)
    prompts = select(NarrativePrompt).where(
        NarrativePrompt.programme_id == programme_id,
        NarrativePrompt.retired_on.is_(None),
        NarrativePrompt.archived_at.is_(None),
    )
    for prompt in session.scalars(prompts.order_by(NarrativePrompt.position, NarrativePrompt.id)):
        found[key_of("words", prompt.id.hex)] = f"In words: {prompt.title}"
    return found


def _printed_titles(
    session: Session, programme_id: UUID, prepared: PreparedReturn | None
) -> Mapping[str, str]:
    key = session.scalar(select(Programme.key).where(Programme.id == programme_id))
    if prepared is not None and prepared.wish.programme_key == key:
        return printed_of(prepared).titles
    newest = session.scalar(
        select(Release.id)
        .where(Release.programme_id == programme_id)
        .order_by(Release.issued_at.desc(), Release.id.desc())
        .limit(1)
    )
    return printed_of_release(session, newest).titles if newest else {}


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicesQuestion:
    """What may go into the cells of a programme's sheets, with a return that is worked out just now if there is one."""

    programme_id: UUID
    prepared: PreparedReturn | None = None


def list_choices(session: Session, question: ChoicesQuestion) -> Mapping[str, str]:
    """Return what may go into a cell, by key, with what it is called."""
    return choices(session, question.programme_id, question.prepared)


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetFile:
    """A funder's workbook as it was read, and what to call it."""

    name: str
    content: bytes


def read_sheet_file(_vault: OpenVault, path: Path, watch: Watch) -> SheetFile:
    """Return a funder's workbook, read and looked at; raises Refusal as ``read_template``, and Trouble for the drive."""
    watch.progress(0.0, f"Reading {path.name}…")
    with system_troubles():
        told = path.stat()
        if not stat.S_ISREG(told.st_mode):
            raise Refusal("Choose a single workbook, no folder.")
        if told.st_size > LARGEST:
            raise Refusal(
                f"“{path.name}” is larger than {LARGEST // 1024 // 1024} MB. Choose a smaller sheet."
            )
        content = path.read_bytes()
    read_template(path.name, content)
    return SheetFile(name=path.name, content=content)


@dataclass(frozen=True, slots=True, kw_only=True)
class AddSheet:
    """Keep a funder's workbook for a programme; with an id it takes the place of an earlier version of the same."""

    programme_id: UUID
    title: str
    file: SheetFile
    id: UUID | None = None
    prepared: PreparedReturn | None = None


def add_sheet(session: Session, wish: AddSheet) -> UUID:
    """Keep a sheet; return its id. What its names resemble is put into its cells as a start, and may be changed.

    A new version keeps what was decided for the names it still has. Raises Refusal for anybody but a manager,
    without a title, and as ``read_template``.
    """
    check_is_manager(session)
    if not wish.title.strip():
        raise Refusal("The sheet needs a title.", fields={"title": "Say what it is called."})
    template = read_template(wish.file.name, wish.file.content)
    sheet = held_sheet(session, wish.id) if wish.id else FunderSheet(programme_id=wish.programme_id)
    free = {cell.name for cell in template.cells if not cell.obstacle}
    kept = {name: key for name, key in (sheet.cells or {}).items() if name in free}
    new = free - set(sheet.cells or {})
    sheet.cells = {**suggested(new, choices(session, wish.programme_id, wish.prepared)), **kept}
    sheet.title, sheet.file_name = wish.title.strip(), wish.file.name
    sheet.content = wish.file.content
    sheet.sha256 = hashlib.sha256(wish.file.content).hexdigest()
    session.add(sheet)
    describe(session, "Brought in a funder’s sheet")
    return sheet.id


def held_sheet(session: Session, sheet_id: UUID) -> FunderSheet:
    """Return a sheet's record; raises Refusal when it is gone."""
    sheet = session.get(FunderSheet, sheet_id)
    if sheet is None:
        raise Refusal(GONE)
    return sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class MapCells:
    """What goes into named cells, by name; an empty key takes a decision back."""

    sheet_id: UUID
    keys: Mapping[str, str]


def map_cells(session: Session, wish: MapCells) -> None:
    """Keep what goes into cells; raises Refusal for anybody but a manager, and for a cell that cannot be written."""
    check_is_manager(session)
    sheet = held_sheet(session, wish.sheet_id)
    cells = {cell.name: cell for cell in read_template(sheet.file_name, sheet.content).cells}
    for name in wish.keys:
        if name not in cells or cells[name].obstacle:
            why = cells[name].obstacle if name in cells else "is not in the sheet"
            raise Refusal(f"Nothing can be written into “{name}”: it {why}.")
    told = {**sheet.cells, **wish.keys}
    sheet.cells = {name: key for name, key in told.items() if key}
    describe(session, "Changed what goes into a funder’s sheet")


@dataclass(frozen=True, slots=True, kw_only=True)
class RetireSheet:
    """Use a sheet no more, or use it again."""

    id: UUID
    again: bool = False


def retire_sheet(session: Session, wish: RetireSheet) -> None:
    """Retire a sheet or bring it back; raises Refusal for anybody but a manager."""
    check_is_manager(session)
    sheet = held_sheet(session, wish.id)
    sheet.retired_on = None if wish.again else clock_of(session).today()
    describe(session, "Changed a funder’s sheet")
