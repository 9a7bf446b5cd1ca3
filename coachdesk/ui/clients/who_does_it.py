"""Who does a step: the client, the coach, or somebody else by name."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from coachdesk.ui.forms.choices import CalmComboBox
from coachdesk.ui.tokens import Space

_WHO = ("coach", "client", "other")
_OTHER = _WHO.index("other")


class WhoDoesIt(QWidget):
    """A choice of three, and a line for the name of somebody else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choice = CalmComboBox()
        self.choice.addItems(
            [self.tr("The coach does it"), self.tr("The client does it"), self.tr("Somebody else does it")]
        )
        self.choice.setAccessibleName(self.tr("Who does it"))
        self.name = QLineEdit()
        self.name.setPlaceholderText(self.tr("Who, for example her sister"))
        self.name.setAccessibleName(self.tr("Name of whoever does it"))
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.SMALL)
        box.addWidget(self.choice)
        box.addWidget(self.name)
        self.choice.currentIndexChanged.connect(self._chosen)
        self._chosen(0)

    def who(self) -> str:
        """Return coach, client or other."""
        return _WHO[self.choice.currentIndex()]

    def who_name(self) -> str:
        """Return the name of somebody else; blank for the two who are known."""
        return self.name.text().strip() if self.who() == "other" else ""

    def show_who(self, who: str, name: str) -> None:
        """Show who does it."""
        self.choice.setCurrentIndex(_WHO.index(who) if who in _WHO else _OTHER)
        self.name.setText(name)

    @Slot(int)
    def _chosen(self, index: int) -> None:
        self.name.setVisible(index == _OTHER)
