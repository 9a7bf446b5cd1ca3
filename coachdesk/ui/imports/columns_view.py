"""The second step: which heading is which field, sheet by sheet, and the programme."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QGridLayout, QVBoxLayout, QWidget

from coachdesk.casework.programmes import ProgrammeRow
from coachdesk.exchange.mapping import SheetMapping, list_fields, mapping_of
from coachdesk.exchange.sheets import Sheet
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.forms.choices import CalmComboBox
from coachdesk.ui.spoken import plural
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, ElidedLabel, label, quiet_button, row

_SIDE_BY_SIDE = 3
_EXAMPLES = 3


class ColumnsView(QWidget):
    """A card a sheet with a choice for each heading.

    Signals: ``mapped(int, SheetMapping)`` the sheet's place and its new columns; ``programme_chosen(str)``;
    ``save_wanted(int)`` to keep a sheet's columns for the next one like it.
    """

    mapped = Signal(int, object)
    programme_chosen = Signal(str)
    save_wanted = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheets: tuple[Sheet, ...] = ()
        self.boxes: list[dict[str, QComboBox]] = []
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
        self.boxes = []
        clear(self.cards)
        for place, (sheet, mapping) in enumerate(zip(sheets, mappings, strict=True)):
            self.cards.addWidget(self._card(place, sheet, mapping))

    def _card(self, place: int, sheet: Sheet, mapping: SheetMapping) -> QWidget:
        card = Card()
        title = sheet.file if not sheet.sheet or sheet.sheet == sheet.file else f"{sheet.file}, {sheet.sheet}"
        save = quiet_button(self.tr("Keep these columns…"), "save")
        save.setProperty("place", place)
        save.clicked.connect(self._save)
        count = plural(len(sheet.rows), self.tr("row"), self.tr("rows"))
        card.add(row(label(title, "section"), label(count, "meta"), 1, save))
        if sheet.note:
            card.add(label(sheet.note, "meta", wrap=True))
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.CARD)
        grid.setVerticalSpacing(Space.SMALL)
        chosen, boxes = dict(mapping.columns), {}
        for at, heading in enumerate(sheet.headings):
            boxes[heading] = self._box(place, sheet, heading, chosen.get(heading, ""))
            grid.addWidget(
                self._cell(sheet, at, heading, boxes[heading]), at // _SIDE_BY_SIDE, at % _SIDE_BY_SIDE
            )
        for column in range(_SIDE_BY_SIDE):
            grid.setColumnStretch(column, 1)
        self.boxes.append(boxes)
        card.add(grid)
        return card

    def _box(self, place: int, sheet: Sheet, heading: str, key: str) -> QComboBox:
        box = CalmComboBox()
        box.setAccessibleName(self.tr("{heading} is").format(heading=heading))
        box.addItem(self.tr("Leave out"), "")
        for field in list_fields(sheet.kind):
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
        name = label(heading, "label")
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
    def _save(self) -> None:
        self.save_wanted.emit(int(self.sender().property("place")))

    @Slot()
    def _programme(self) -> None:
        self.programme_chosen.emit(self.programme_key())
