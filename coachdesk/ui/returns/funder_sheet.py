"""A funder's own sheets: brought in, told what goes into which named cell, and filled in from an issued return."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from coachdesk.returns.funder_sheets import (
    AddSheet,
    CellRow,
    ChoicesQuestion,
    MapCells,
    RetireSheet,
    SheetFile,
    SheetRow,
    add_sheet,
    list_choices,
    list_sheets,
    map_cells,
    read_sheet_file,
    retire_sheet,
)
from coachdesk.returns.funder_sheets_filled import FillSheet, SheetWritten, fill_sheet
from coachdesk.returns.register import list_releases
from coachdesk.returns.wishes import PreparedReturn, ReleaseRow
from coachdesk.ui.clients.in_sight import bring_into_sight
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.choices import CalmComboBox
from coachdesk.ui.forms.fields import Choice, Option, Text
from coachdesk.ui.rights.part import about, asked_about
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, Divider, EmptyState, Flow, Pill, column, label, row, secondary_button
from coachdesk.ui.wizard import WorkingPage


class FunderSheetCard(Card):
    """A line for each sheet of a programme; its cells are listed when they are asked for."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__()
        self._page, self._office = page, page.office
        self._programme: UUID | None = None
        self._title = ""
        self._prepared: PreparedReturn | None = None
        self._rows: dict[str, SheetRow] = {}
        self._choices: Mapping[str, str] = {}
        self._releases: tuple[ReleaseRow, ...] = ()
        self._open = ""
        self._cell = ("", "")
        self._replaced: UUID | None = None
        self._file: SheetFile | None = None
        self.add_button = secondary_button(self.tr("&Bring in a sheet…"), "upload")
        self.form = SideForm(self._office, "funder_sheet", self.tr("&Keep the sheet"))
        self.cell_form = SideForm(self._office, "funder_cell", self.tr("&Save the choice"))
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        said = self.tr(
            "A workbook (.xlsx) with named cells. Only what a return prints is written into it; everything else in it "
            "stays as the funder sent it. Sheets in use are filled in with every pack that is issued."
        )
        self.add(row(label(self.tr("The funder’s own sheets"), "section"), 1, self.add_button))
        self.add(label(said, "meta", wrap=True))
        self.add(self.form)
        self.add(self.cell_form)
        self.body.addSpacing(Space.SMALL)
        self.add(self.lines)
        self.add_button.clicked.connect(self._bring_in)

    def show_programme(self, programme_id: UUID, title: str, prepared: PreparedReturn | None) -> None:
        """Ask for the sheets of a programme; ``prepared`` is a return that is worked out just now."""
        self._programme, self._title, self._prepared = programme_id, title, prepared
        question = ChoicesQuestion(programme_id=programme_id, prepared=prepared)
        self._office.desk.ask(list_choices, question, self._know_choices)
        self._office.desk.ask(list_releases, None, self._know_releases)
        self._office.desk.ask(list_sheets, programme_id, self._show)

    def _know_choices(self, choices: Mapping[str, str]) -> None:
        self._choices = choices

    def _know_releases(self, rows: tuple[ReleaseRow, ...]) -> None:
        self._releases = tuple(one for one in rows if one.programme == self._title)

    def _show(self, rows: tuple[SheetRow, ...]) -> None:
        self._rows = {one.id.hex: one for one in rows}
        clear(self.lines)
        if not rows:
            words = self.tr("Bring in the workbook the funder sends, and say once what goes where.")
            self.lines.addWidget(EmptyState(self.tr("No sheets yet"), words, icon="table"))
        for place, one in enumerate(rows):
            if place:
                self.lines.addWidget(Divider())
            self.lines.addWidget(self._line(one))
        lay_out(self)

    def _line(self, one: SheetRow) -> QWidget:
        holder = QWidget()
        box = column(spacing=Space.SMALL)
        box.setContentsMargins(0, 0, 0, 0)
        writable = sum(not cell.obstacle for cell in one.cells)
        words = self.tr("{mapped} of {all} cells decided").format(mapped=one.mapped, all=writable)
        pill = Pill(words, Tone.WARNING if one.unmapped else Tone.OK)
        if one.retired_on is not None:
            pill = Pill(self.tr("Not used since {day}").format(day=day(one.retired_on)), Tone.NEUTRAL)
        head = row(label(one.title, "strong", wrap=True), pill)
        head.setStretch(0, 1)
        box.addLayout(head)
        box.addWidget(label(one.file_name, "meta", wrap=True))
        if one.unmapped:
            said = self.tr("Nothing is decided for {names}: they stay as the funder sent them.")
            box.addWidget(label(said.format(names=", ".join(one.unmapped)), "secondary", wrap=True))
        box.addLayout(self._buttons(one))
        box.addLayout(self._filling(one))
        if self._open == one.id.hex:
            box.addLayout(self._cells(one))
        holder.setLayout(box)
        return holder

    def _buttons(self, one: SheetRow) -> Flow:
        key = one.id.hex
        buttons = Flow(spacing=Space.SMALL)
        opened = self._open == key
        retired = one.retired_on is not None
        for words, icon, slot in (
            (self.tr("Hide the cells") if opened else self.tr("What goes where"), "list", self._toggle),
            (self.tr("A new version…"), "upload", self._new_version),
            (
                self.tr("Use it again") if retired else self.tr("Use it no more"),
                "undo-2" if retired else "x",
                self._retire,
            ),
        ):
            buttons.addWidget(about(secondary_button(words, icon), key, slot, f"{words} {one.title}"))
        return buttons

    def _filling(self, one: SheetRow) -> Flow:
        """Return the choice of an issued return with the button that fills it into the sheet."""
        flow = Flow(spacing=Space.SMALL)
        if not self._releases:
            flow.addWidget(label(self.tr("Once a return is issued, it can be filled in here."), "meta"))
            return flow
        box = CalmComboBox()
        box.setObjectName(f"release-{one.id.hex}")
        box.setAccessibleName(self.tr("Issued return for {title}").format(title=one.title))
        box.setSizeAdjustPolicy(box.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(24)
        for release in self._releases:
            words = self.tr("{period}, issued {day}")
            box.addItem(
                words.format(period=release.period, day=day(release.issued_at.date())), release.id.hex
            )
        flow.addWidget(box)
        words = self.tr("Fill it in…")
        flow.addWidget(
            about(secondary_button(words, "pen-line"), one.id.hex, self._fill, f"{words} {one.title}")
        )
        return flow

    def _cells(self, one: SheetRow) -> QGridLayout:
        """Return the named cells below each other: name and place, what goes in, and the button to choose it."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.GAP)
        grid.setVerticalSpacing(Space.SMALL)
        grid.setColumnStretch(0, 2)
        grid.setColumnStretch(1, 3)
        for at, cell in enumerate(one.cells):
            words = column(
                label(cell.name, "label", wrap=True), label(cell.place, "meta", wrap=True), spacing=0
            )
            grid.addLayout(words, at, 0)
            grid.addWidget(label(self._said(cell), "" if cell.is_mapped else "secondary", wrap=True), at, 1)
            if not cell.obstacle:
                choose = secondary_button(self.tr("Choose"), "pencil")
                spoken = self.tr("Choose what goes into {name}").format(name=cell.name)
                grid.addWidget(about(choose, f"{one.id.hex} {cell.name}", self._choose, spoken), at, 2)
        return grid

    def _said(self, cell: CellRow) -> str:
        if cell.obstacle:
            return self.tr("Cannot be written: it {why}").format(why=cell.obstacle)
        if cell.key and cell.key not in self._choices:
            return self.tr("{what} (not in the newest return)").format(what=cell.called)
        return cell.called or self.tr("As the funder sent it")

    @Slot()
    def _toggle(self) -> None:
        key = asked_about(self.sender())
        self._open = "" if self._open == key else key
        self._show(tuple(self._rows.values()))

    @Slot()
    def _bring_in(self) -> None:
        self._replaced = None
        self._ask_file()

    @Slot()
    def _new_version(self) -> None:
        self._replaced = self._rows[asked_about(self.sender())].id
        self._ask_file()

    def _ask_file(self) -> None:
        title = self.tr("The funder’s sheet")
        path = self._office.dialogs.open_file(title, (self.tr("Excel workbooks (*.xlsx)"),))
        if path is not None:
            self._page.start(read_sheet_file, path, self.tr("Reading the sheet…"), self._read)

    def _read(self, file: SheetFile) -> None:
        self._file = file
        old = self._rows.get(self._replaced.hex) if self._replaced else None
        title = old.title if old is not None else Path(file.name).stem
        heading = self.tr("Keep the sheet {name}").format(name=file.name)
        parts = (Text("title", self.tr("What it is &called"), needed=True, longest=80),)
        self.form.open_form(heading, parts, {"title": title}, self._wish, add_sheet, about=file.name)
        bring_into_sight(self.form)

    def _wish(self, values: dict[str, Any]) -> AddSheet:
        assert self._file is not None  # noqa: S101  the form opens for a file that was read
        assert self._programme is not None  # noqa: S101  under a programme that is shown
        return AddSheet(
            programme_id=self._programme,
            title=values["title"],
            file=self._file,
            id=self._replaced,
            prepared=self._prepared,
        )

    @Slot()
    def _retire(self) -> None:
        one = self._rows[asked_about(self.sender())]
        self._office.desk.do(retire_sheet, RetireSheet(id=one.id, again=one.retired_on is not None))

    @Slot()
    def _choose(self) -> None:
        sheet, _, name = asked_about(self.sender()).partition(" ")
        self._cell = (sheet, name)
        key = next(cell.key for cell in self._rows[sheet].cells if cell.name == name)
        options = [Option(one, words) for one, words in self._choices.items()]
        if key and key not in self._choices:
            options.append(Option(key, key.replace("|", ", ")))
        nothing = self.tr("As the funder sent it")
        parts = (Choice("key", self.tr("What goes into it"), options=options, nothing=nothing),)
        heading = self.tr("What goes into {name}").format(name=name)
        self.cell_form.open_form(
            heading, parts, {"key": key or None}, self._cell_wish, map_cells, about=f"{sheet}:{name}"
        )
        bring_into_sight(self.cell_form)

    def _cell_wish(self, values: dict[str, Any]) -> MapCells:
        sheet, name = self._cell
        return MapCells(sheet_id=UUID(hex=sheet), keys={name: values["key"] or ""})

    @Slot()
    def _fill(self) -> None:
        key = asked_about(self.sender())
        box = self.findChild(CalmComboBox, f"release-{key}")
        folder = self._office.dialogs.choose_folder(self.tr("Where shall the filled sheet lie?"))
        if box is None or folder is None:
            return
        wish = FillSheet(sheet_id=UUID(hex=key), release_id=UUID(hex=box.currentData()), folder=folder)
        self._page.start(fill_sheet, wish, self.tr("Filling in the sheet…"), self._filled, writes=True)

    def _filled(self, done: SheetWritten) -> None:
        words = self.tr("The sheet is filled in: {file}").format(file=done.path)
        tone = Tone.WARNING if done.notes else Tone.OK
        self._office.messages.say(" ".join((words, *done.notes)), tone=tone)
