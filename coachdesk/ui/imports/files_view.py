"""The first step: choose or drop the files."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, EmptyState, label, primary_button


class FilesView(QWidget):
    """What can be brought in, and the way to choose it.

    Signals: ``wanted()`` when files are to be chosen.
    """

    wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choose_button = primary_button(self.tr("&Choose files…"), "upload")
        self.choose_button.clicked.connect(self.wanted)
        card = Card()
        card.add(
            EmptyState(
                self.tr("Choose the sheets you have, or drop them here"),
                self.tr(
                    "CSV files or an Excel workbook, as they are. Sheets that belong together (clients, contacts, jobs) go in "
                    "together. Nothing is written until you have seen what every row becomes."
                ),
                self.choose_button,
                icon="upload",
            )
        )
        card.add(
            label(
                self.tr(
                    "Dates, wordings and postcodes may be in any style. The same file again adds nothing."
                ),
                "meta",
                wrap=True,
            )
        )
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.GAP)
        box.addWidget(card)
        box.addStretch(1)
