"""What every tab of a client's page has in common."""

from uuid import UUID

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from coachdesk.casework.clients import ClientQuestion
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space


class Tab(QWidget):
    """One part of a client's record."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.client_id: UUID | None = None
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(Space.GAP)

    def show_client(self, client_id: UUID) -> None:
        """Ask for this part of a client's record."""
        self.client_id = client_id
        self.refresh()

    def refresh(self) -> None:
        """Ask again."""

    def question(self) -> ClientQuestion | None:
        """Return who is asked about, or None while nobody is shown."""
        if self.client_id is None:
            return None
        return ClientQuestion(client_id=self.client_id, today=self.office.desk.clock.today())


def clear(layout: QLayout) -> None:
    """Take everything out of a layout, for what is drawn anew."""
    while layout.count():
        piece = layout.takeAt(0)
        if piece is None:
            continue
        widget, inner = piece.widget(), piece.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)
