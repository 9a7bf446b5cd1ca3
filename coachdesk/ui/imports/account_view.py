"""The account of an import: what every row became, and why."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.exchange.importing import ImportResult, PreviewRow, SheetAccount
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.tables.rows import Column, RowTable
from coachdesk.ui.tables.view import TableView
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, ChipButton, Fact, FactGrid, label, row

_HEIGHT = 300
_OUTCOMES = ("all", "imported", "merged", "held", "refused")


def _sheet(shown: PreviewRow) -> str:
    return shown.sheet or shown.file


def _number(shown: PreviewRow) -> str:
    return str(shown.row)


def _sorted_number(shown: PreviewRow) -> int:
    return shown.row


def _outcome(shown: PreviewRow) -> str:
    return shown.outcome


def _becomes(shown: PreviewRow) -> str:
    return shown.becomes


def _why(shown: PreviewRow) -> str:
    return shown.why


def _identity(shown: PreviewRow) -> tuple[str, str, int]:
    return shown.file, shown.sheet, shown.row


class AccountView(QWidget):
    """Counts that add up, and every row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[PreviewRow, ...] = ()
        self._outcome = "all"
        self.sheets = QVBoxLayout()
        self.sheets.setSpacing(Space.SMALL)
        self.chips: dict[str, ChipButton] = {}
        columns: RowTable[PreviewRow] = RowTable(
            [
                Column(self.tr("Sheet"), _sheet),
                Column(self.tr("Row"), _number, _sorted_number),
                Column(self.tr("Outcome"), _outcome),
                Column(self.tr("What it becomes"), _becomes),
                Column(self.tr("Why"), _why, stretch=True),
            ],
            identify=_identity,
        )
        self.table = TableView(columns, self.tr("Rows"))
        self.table.setMinimumHeight(_HEIGHT)
        card = Card()
        card.add(self._chip_row())
        card.add(self.table)
        counts = Card()
        counts.add(self.sheets)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.GAP)
        for piece in (counts, card):
            box.addWidget(piece)
        box.addStretch(1)

    def _chip_row(self) -> QWidget:
        words = {
            "all": self.tr("All"),
            "imported": self.tr("Imported"),
            "merged": self.tr("Merged"),
            "held": self.tr("Held"),
            "refused": self.tr("Refused"),
        }
        holder = QWidget()
        line = row(spacing=Space.HAIR)
        for key in _OUTCOMES:
            chip = ChipButton(words[key], parent=holder)
            chip.setProperty("outcome", key)
            chip.setProperty("words", words[key])
            chip.clicked.connect(self._chip)
            self.chips[key] = chip
            line.addWidget(chip)
        line.addStretch(1)
        holder.setLayout(line)
        self.chips["all"].setChecked(True)
        return holder

    def show_result(self, result: ImportResult) -> None:
        """Show an import or a dry run."""
        clear(self.sheets)
        for account in result.accounts:
            self.sheets.addWidget(self._account(account))
        self._rows = result.preview
        for key, chip in self.chips.items():
            count = sum(1 for shown in self._rows if key in {"all", shown.outcome})
            chip.setText(f"{chip.property('words')} {count}")
        self._filter()

    def _account(self, account: SheetAccount) -> QWidget:
        holder = QWidget()
        box = QVBoxLayout(holder)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.HAIR)
        name = (
            account.file
            if not account.sheet or account.sheet == account.file
            else f"{account.file}, {account.sheet}"
        )
        box.addWidget(label(name, "strong"))
        refused = Tone.DANGER if account.refused else None
        box.addWidget(
            FactGrid(
                (
                    Fact(self.tr("Rows read"), str(account.rows)),
                    Fact(self.tr("Imported"), str(account.imported)),
                    Fact(self.tr("Merged"), str(account.merged)),
                    Fact(self.tr("Held"), str(account.held), Tone.WARNING if account.held else None),
                    Fact(self.tr("Refused"), str(account.refused), refused),
                )
            )
        )
        return holder

    @Slot()
    def _chip(self) -> None:
        self._outcome = str(self.sender().property("outcome"))
        self._filter()

    def _filter(self) -> None:
        self.table.show_rows([shown for shown in self._rows if self._outcome in {"all", shown.outcome}])
