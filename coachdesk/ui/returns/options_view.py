"""Ways of protecting a return beside each other, each with its cost, to choose one of them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QRadioButton, QVBoxLayout, QWidget

from coachdesk.returns.options import OptionCost
from coachdesk.ui.clients.tab import clear
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import label


class OptionsView(QWidget):
    """A line for each way.

    Signals: ``chosen(ProtectionChoice)``.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QRadioButton] = {}
        self._options: tuple[OptionCost, ...] = ()
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self._clicked)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(Space.SMALL)

    def show_options(self, options: Sequence[OptionCost]) -> None:
        """Show the ways and what each costs, the present one chosen."""
        self.forget()
        self._options = tuple(options)
        self.body.addWidget(label(self.tr("Ways to protect people in this return"), "section"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.PAGE)
        grid.setVerticalSpacing(Space.SMALL)
        heads = (
            *(self.tr("Way"), self.tr("Tables"), self.tr("Numbers"), self.tr("Withheld"), self.tr("Share")),
            *(self.tr("Totals withheld"), self.tr("Furthest off"), self.tr("Could it be less?")),
        )
        for column, head in enumerate(heads):
            grid.addWidget(label(head, "label"), 0, column, self._side(column))
        for place, option in enumerate(self._options):
            self._line(grid, place, option)
        grid.setColumnStretch(len(heads), 1)
        self.body.addLayout(grid)

    def _side(self, column: int) -> Qt.AlignmentFlag:
        last = 7
        return Qt.AlignmentFlag.AlignRight if 0 < column < last else Qt.AlignmentFlag.AlignLeft

    def _line(self, grid: QGridLayout, place: int, option: OptionCost) -> None:
        button = QRadioButton(option.title)
        button.setChecked(place == 0 and not option.refused)
        button.setEnabled(not option.refused)
        self._group.addButton(button, place)
        self.buttons[option.key] = button
        grid.addWidget(button, place + 1, 0)
        if option.refused:
            button.setAccessibleDescription(option.refused)
            grid.addWidget(label(option.refused, tone=Tone.WARNING, wrap=True), place + 1, 1, 1, 7)
            return
        cells = (
            *(f"{option.tables}", f"{option.cells}", f"{option.hidden}", f"{option.hidden_share:.0%}"),
            *(f"{option.margins_hidden}", f"{option.largest_distortion}", self._proof(option.gap)),
        )
        spoken = self.tr("{hidden} of {cells} numbers withheld in {tables} tables. {proof}")
        button.setAccessibleDescription(
            spoken.format(
                hidden=option.hidden,
                cells=option.cells,
                tables=option.tables,
                proof=self._proof(option.gap),
            )
        )
        for column, words in enumerate(cells, 1):
            grid.addWidget(label(words), place + 1, column, self._side(column))

    def _proof(self, gap: float | None) -> str:
        if gap is None:
            return self.tr("Not looked for")
        if gap == 0:
            return self.tr("No, and that is proven")
        return self.tr("By {gap} at most").format(gap=f"{gap:.0%}")

    def forget(self) -> None:
        """Show no ways."""
        for button in self._group.buttons():
            self._group.removeButton(button)
        self.buttons, self._options = {}, ()
        clear(self.body)

    @Slot(int)
    def _clicked(self, place: int) -> None:
        self.chosen.emit(self._options[place].choice)
