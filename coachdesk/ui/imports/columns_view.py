"""The second step: what each sheet holds, which heading is which field, and the programme."""

from PySide6.QtCore import QEvent, Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QLayout, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.programmes import ProgrammeRow
from coachdesk.exchange.mapping import FieldRow, SheetMapping, list_fields, mapping_of
from coachdesk.exchange.sheets import Sheet
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.forms.choices import CalmComboBox
from coachdesk.ui.spoken import plural
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, ElidedLabel, column, label, quiet_button, row

_SIDE_BY_SIDE = 3
_EXAMPLES = 3


class ColumnsView(QWidget):
    """A card a sheet with what it holds and a choice for each heading.

    Signals: ``mapped(int, SheetMapping)`` the sheet's place and its new columns; ``kind_chosen(int, str)`` its
    place and what it holds, nothing for a sheet that is left out; ``programme_chosen(str)``;
    ``save_wanted(int)`` to keep a sheet's columns for the next one like it.
    """

    mapped = Signal(int, object)
    kind_chosen = Signal(int, str)
    programme_chosen = Signal(str)
    save_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._cells: list[list[QWidget]] = []
        super().__init__(parent)
        self._sheets: tuple[Sheet, ...] = ()
        self.questions: tuple[FieldRow, ...] = ()
        self.boxes: list[dict[str, QComboBox]] = []
        self.kinds: list[QComboBox] = []
        self.shown: list[QWidget] = []
        self.saves: list[QWidget] = []
        self.hints: list[QWidget] = []
        self.programme = CalmComboBox()
        self.programme.setAccessibleName(self.tr("Programme"))
        name = label(self.tr("&Programme these clients are on"), "label")
        name.setBuddy(self.programme)
        self.cards = QVBoxLayout()
        self.cards.setSpacing(Space.GAP)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.GAP)
        box.addLayout(row(name, self.programme, 1, spacing=Space.GAP))
        box.addLayout(self.cards)
        box.addStretch(1)
        self.programme.activated.connect(self._programme)

    def show_programmes(self, rows: tuple[ProgrammeRow, ...]) -> None:
        """Offer these programmes; the one chosen stays chosen."""
        current = self.programme.currentData()
        self.programme.clear()
        for programme in rows:
            self.programme.addItem(programme.title, programme.key)
        self.programme.setCurrentIndex(max(self.programme.findData(current or "connect-to-work"), 0))

    def programme_key(self) -> str:
        """Return the key of the programme chosen."""
        return str(self.programme.currentData() or "")

    def show_sheets(self, sheets: tuple[Sheet, ...], mappings: tuple[SheetMapping, ...]) -> None:
        """Show the sheets with the columns proposed for them."""
        self._sheets = sheets
        self.boxes = [{} for _ in sheets]
        self._cells = [[] for _ in sheets]
        self.kinds = []
        self.shown = []
        self.saves = []
        self.hints = []
        clear(self.cards)
        for place, (sheet, mapping) in enumerate(zip(sheets, mappings, strict=True)):
            card = Card()
            kind = self._kind(place, sheet)
            columns = QWidget()
            hint = label(
                self.tr(
                    "It would be left out. If there is anything in it to bring in, choose what it holds."
                ),
                "secondary",
                wrap=True,
            )
            card.add(self._head(place, sheet, kind))
            card.add(hint)
            if sheet.note:
                card.add(label(sheet.note, "meta", wrap=True))
            card.add(columns)
            self.kinds.append(kind)
            self.shown.append(columns)
            self.hints.append(hint)
            self.cards.addWidget(card)
            self._fill(place, mapping)

    def show_sheet(self, place: int, sheet: Sheet, mapping: SheetMapping) -> None:
        """Show one sheet taken for another kind; the choice of its kind keeps the keyboard."""
        self._sheets = tuple(sheet if at == place else one for at, one in enumerate(self._sheets))
        self._fill(place, mapping)

    def _head(self, place: int, sheet: Sheet, kind: QComboBox) -> QLayout:
        title = sheet.file if not sheet.sheet or sheet.sheet == sheet.file else f"{sheet.file}, {sheet.sheet}"
        count = plural(len(sheet.rows), self.tr("row"), self.tr("rows"))
        name = label(self.tr("This sheet holds"), "label")
        name.setBuddy(kind)
        save = quiet_button(self.tr("Keep these columns…"), "save")
        save.setProperty("place", place)
        save.setAccessibleName(self.tr("Keep the columns of {sheet}").format(sheet=title))
        save.clicked.connect(self._save)
        self.saves.append(save)
        for piece in (name, kind) if not sheet.headings else ():
            piece.hide()  # there is nothing in it that could be named
        kind.setAccessibleName(self.tr("{sheet} holds").format(sheet=title))
        # two lines, so that large letters find room
        return column(
            row(label(title, "section"), label(count, "meta"), 1, save), row(name, kind, 1, spacing=Space.GAP)
        )

    def _kind(self, place: int, sheet: Sheet) -> QComboBox:
        box = CalmComboBox()
        for words, key in (
            (self.tr("Nothing to bring in: leave it out"), ""),
            (self.tr("Clients"), "clients"),
            (self.tr("Contacts"), "contacts"),
            (self.tr("Jobs"), "jobs"),
        ):
            box.addItem(words, key)
        box.setCurrentIndex(max(box.findData(sheet.kind), 0))
        box.setProperty("place", place)
        box.activated.connect(self._kind_chosen)
        return box

    def _fill(self, place: int, mapping: SheetMapping) -> None:
        """Put a choice for each heading below the head of a sheet's card."""
        sheet, holder = self._sheets[place], self.shown[place]
        clear(self._grid(holder))
        chosen, boxes, cells = dict(mapping.columns), {}, []
        for at, heading in enumerate(sheet.headings if sheet.kind else ()):
            boxes[heading] = self._box(place, sheet, heading, chosen.get(heading, ""))
            cells.append(self._cell(sheet, at, heading, boxes[heading]))
        self.boxes[place], self._cells[place] = boxes, cells
        self._lay(place)
        for piece in (holder, self.saves[place]):
            piece.setVisible(bool(boxes))
        self.hints[place].setVisible(bool(sheet.headings) and not boxes)

    @staticmethod
    def _grid(holder: QWidget) -> QGridLayout:
        grid = holder.layout()
        if not isinstance(grid, QGridLayout):
            grid = QGridLayout(holder)
            grid.setContentsMargins(0, 0, 0, 0)
            grid.setHorizontalSpacing(Space.CARD)
            grid.setVerticalSpacing(Space.SMALL)
        return grid

    def _lay(self, place: int) -> None:
        """Lay the choices side by side, fewer of them where the letters are large."""
        grid = self._grid(self.shown[place])
        sides = max(_SIDE_BY_SIDE * 100 // look().px(100), 1)
        for at, cell in enumerate(self._cells[place]):
            grid.addWidget(cell, at // sides, at % sides)
        for side in range(_SIDE_BY_SIDE):
            grid.setColumnStretch(side, int(side < sides))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            for place in range(len(self._cells)):
                self._lay(place)

    def _box(self, place: int, sheet: Sheet, heading: str, key: str) -> QComboBox:
        box = CalmComboBox()
        box.setAccessibleName(self.tr("{heading} is").format(heading=heading))
        box.addItem(self.tr("Leave out"), "")
        for field in list_fields(sheet.kind, self.questions):
            box.addItem(field.title, field.key)
        box.setCurrentIndex(max(box.findData(key), 0))
        box.setProperty("place", place)
        box.activated.connect(self._changed)
        return box

    def _cell(self, sheet: Sheet, at: int, heading: str, box: QComboBox) -> QWidget:
        seen = [
            sheet_row.cells[at]
            for sheet_row in sheet.rows
            if at < len(sheet_row.cells) and sheet_row.cells[at]
        ]
        cell = QWidget()
        inside = QVBoxLayout(cell)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(2)
        name = label(heading or self.tr("(no heading)"), "label", wrap=True)
        name.setBuddy(box)
        inside.addWidget(name)
        inside.addWidget(box)
        inside.addWidget(ElidedLabel(", ".join(list(dict.fromkeys(seen))[:_EXAMPLES]), "meta"))
        return cell

    @Slot()
    def _changed(self) -> None:
        place = int(self.sender().property("place"))
        columns = {heading: str(box.currentData()) for heading, box in self.boxes[place].items()}
        self.mapped.emit(place, mapping_of(self._sheets[place], columns))

    @Slot()
    def _kind_chosen(self) -> None:
        box = self.sender()
        assert isinstance(box, QComboBox)  # noqa: S101 - only the choices of kind are connected here
        self.kind_chosen.emit(int(box.property("place")), str(box.currentData()))

    @Slot()
    def _save(self) -> None:
        self.save_wanted.emit(int(self.sender().property("place")))

    @Slot()
    def _programme(self) -> None:
        self.programme_chosen.emit(self.programme_key())
