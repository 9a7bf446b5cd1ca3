"""The account of an import: what every row became, and why."""

from PySide6.QtCore import QCoreApplication, QEvent, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.exchange.importing import ImportResult, PreviewRow, SheetAccount
from coachdesk.exchange.problem_list import ListedProblem, listed_problems
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.tables.rows import Column, RowTable
from coachdesk.ui.tables.view import TableView
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Card, ChipButton, Fact, FactGrid, Flow, label, row, secondary_button

_HEIGHT = 300
_PROBLEMS_HEIGHT = 220
_SHEET_WIDTH = 14
_OUTCOME_WIDTH = 20
"""In characters: the first rows measured are often of one sheet and one end."""
_OUTCOMES = ("all", "imported", "merged", "held", "refused")


def outcome_words(outcome: str) -> str:
    """Return what a row’s end is called on the screen."""
    translate = QCoreApplication.translate
    words = {
        "all": translate("AccountView", "All"),
        "imported": translate("AccountView", "Brought in"),
        "merged": translate("AccountView", "Already known"),
        "held": translate("AccountView", "Waiting for a decision"),
        "refused": translate("AccountView", "Left out"),
    }
    return words[outcome]


def _file(problem: ListedProblem) -> str:
    return problem.file


def _in_sheet(problem: ListedProblem) -> str:
    return problem.sheet


def _in_row(problem: ListedProblem) -> str:
    return f"{problem.row:,}"


def _row_order(problem: ListedProblem) -> tuple[str, str, int]:
    return problem.file, problem.sheet, problem.row


def _in_column(problem: ListedProblem) -> str:
    return problem.column


def _value(problem: ListedProblem) -> str:
    return problem.value


def _reason(problem: ListedProblem) -> str:
    return problem.reason


def _itself(problem: ListedProblem) -> ListedProblem:
    return problem


def _sheet(shown: PreviewRow) -> str:
    return shown.sheet or shown.file


def _number(shown: PreviewRow) -> str:
    return f"{shown.row:,}"


def _sorted_number(shown: PreviewRow) -> int:
    return shown.row


def _outcome(shown: PreviewRow) -> str:
    return outcome_words(shown.outcome)


def _becomes(shown: PreviewRow) -> str:
    return shown.becomes


def _why(shown: PreviewRow) -> str:
    return shown.why


def _identity(shown: PreviewRow) -> tuple[str, str, int]:
    return shown.file, shown.sheet, shown.row


class AccountView(QWidget):
    """Counts that add up, what is to be looked at, and every row.

    Signals: ``save_wanted(tuple)`` with the problems when their list is to become a file.
    """

    save_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._rows: tuple[PreviewRow, ...] = ()
        super().__init__(parent)
        self._problems: tuple[ListedProblem, ...] = ()
        self._outcome = "all"
        self.sheets = QVBoxLayout()
        self.sheets.setSpacing(Space.SMALL)
        self.chips: dict[str, ChipButton] = {}
        columns: RowTable[PreviewRow] = RowTable(
            [
                Column(self.tr("Sheet"), _sheet, width=_SHEET_WIDTH),
                Column(self.tr("Row"), _number, _sorted_number),
                Column(self.tr("Outcome"), _outcome, width=_OUTCOME_WIDTH),
                Column(self.tr("What it becomes"), _becomes),
                Column(self.tr("Why"), _why, stretch=True),
            ],
            identify=_identity,
        )
        self.table = TableView(columns, self.tr("Rows"))
        self.problems = TableView(self._problem_table(), self.tr("What to look at"))
        self.save_button = secondary_button(self.tr("&Save this list as a CSV file…"), "save")
        self.save_button.clicked.connect(self._save)
        self.to_look_at = Card(self.tr("To look at"), count=0)
        self.to_look_at.add(self.problems)
        self.to_look_at.add(row(self.save_button, 1))
        card = Card(self.tr("Every row"))
        card.add(self._chip_row())
        card.add(self.table)
        counts = Card()
        counts.add(self.sheets)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.GAP)
        for piece in (counts, self.to_look_at, card):
            box.addWidget(piece)
        box.addStretch(1)

    def headings(self) -> tuple[str, ...]:
        """Return the headings of the list of problems, for the file it is saved in."""
        return tuple(column.title for column in self.problems.table.columns)

    def _problem_table(self) -> RowTable[ListedProblem]:
        columns = [
            Column(self.tr("File"), _file),
            Column(self.tr("Sheet"), _in_sheet),
            Column(self.tr("Row"), _in_row, _row_order),
            Column(self.tr("Column"), _in_column),
            Column(self.tr("Value"), _value),
            Column(self.tr("What to know"), _reason, stretch=True),
        ]
        return RowTable(columns, identify=_itself)

    def _chip_row(self) -> QWidget:
        holder = QWidget()
        line = Flow(spacing=Space.HAIR)
        for key in _OUTCOMES:
            chip = ChipButton(outcome_words(key), parent=holder)
            chip.setProperty("outcome", key)
            chip.clicked.connect(self._chip)
            self.chips[key] = chip
            line.addWidget(chip)
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
            chip.setText(f"{outcome_words(key)} {count:,}")
        self._filter()
        self._show_problems(listed_problems(result.accounts))
        self._fit()

    def _show_problems(self, problems: tuple[ListedProblem, ...]) -> None:
        self._problems = problems
        self.problems.show_rows(problems)
        self.to_look_at.setVisible(bool(problems))
        assert self.to_look_at.title is not None  # noqa: S101 - it was given one
        self.to_look_at.title.set_count(len(problems))

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
        waiting = Tone.WARNING if account.held else None
        refused = Tone.DANGER if account.refused else None
        box.addWidget(
            FactGrid(
                (
                    Fact(self.tr("Rows read"), f"{account.rows:,}"),
                    Fact(outcome_words("imported"), f"{account.imported:,}"),
                    Fact(outcome_words("merged"), f"{account.merged:,}"),
                    Fact(outcome_words("held"), f"{account.held:,}", waiting),
                    Fact(outcome_words("refused"), f"{account.refused:,}", refused),
                )
            )
        )
        return holder

    @Slot()
    def _save(self) -> None:
        self.save_wanted.emit(self._problems)

    @Slot()
    def _chip(self) -> None:
        self._outcome = str(self.sender().property("outcome"))
        self._filter()

    def _filter(self) -> None:
        self.table.show_rows([shown for shown in self._rows if self._outcome in {"all", shown.outcome}])

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and self._rows:
            self._fit()  # larger letters need wider columns

    def _fit(self) -> None:
        self.table.setMinimumHeight(look().px(_HEIGHT))
        self.problems.setMinimumHeight(look().px(_PROBLEMS_HEIGHT))
        for table in (self.table, self.problems):
            table.fit_columns()
