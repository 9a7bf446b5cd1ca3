"""What every part of the data rights page has in common."""

from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Button, EmptyState
from coachdesk.ui.wizard import WorkingPage

_ABOUT = "about"


class Part(QWidget):
    """One tab of the page; long work is sent away by the page, which shows how far it is."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__()
        self.page = page
        self.office = page.office
        self.manages = False
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(Space.GAP)

    def refresh(self) -> None:
        """Ask the desk again for what this part shows."""

    def know_role(self, *, manages: bool) -> None:
        """Take in whether a manager is at the desk; what only managers may change is offered to nobody else."""
        self.manages = manages


class ManagersPart(Part):
    """A part that only managers may read; others are told whom to ask."""

    def __init__(self, page: WorkingPage) -> None:
        super().__init__(page)
        self.closed = EmptyState(
            self.tr("Only managers see this"),
            self.tr("Ask a manager of your team."),
            icon="lock",
        )
        self.open_part = QWidget()
        self.inside = QVBoxLayout(self.open_part)
        self.inside.setContentsMargins(0, 0, 0, 0)
        self.inside.setSpacing(Space.GAP)
        self.open_part.hide()
        self.body.addWidget(self.closed)
        self.body.addWidget(self.open_part)

    @override
    def know_role(self, *, manages: bool) -> None:
        """Show the part to a manager, and to others whom to ask."""
        super().know_role(manages=manages)
        self.closed.setVisible(not manages)
        self.open_part.setVisible(manages)


def about(button: Button, key: str, slot: object, spoken: str = "") -> Button:
    """Return the button of one line among many: it knows its line, and its name says which it is."""
    button.setProperty(_ABOUT, key)
    if spoken:
        button.setAccessibleName(spoken)
    button.clicked.connect(slot)
    return button


def asked_about(sender: object) -> str:
    """Return which line the button that was pressed belongs to."""
    assert isinstance(sender, Button)  # noqa: S101 - only buttons made by ``about`` lead here
    return str(sender.property(_ABOUT))
