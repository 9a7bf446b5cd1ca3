"""Who opened this record, for managers: when, who, and why where a reason was asked for."""

import datetime as dt
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.seeing import OpeningRow, OpeningsQuestion, read_openings
from coachdesk.errors import Refusal
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import moment
from coachdesk.ui.tables.list_view import ListItem, TwoLineList
from coachdesk.ui.widgets import Card, EmptyState, label

_EVER = dt.date(2000, 1, 1)
_LIST_HEIGHT = 300


class OpeningsPane(QWidget):
    """Everybody who opened the record, the newest opening first."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self.list = TwoLineList(self.tr("Who opened this record, newest first"), people=False)
        self.list.setMinimumHeight(_LIST_HEIGHT)
        self.nobody = EmptyState(
            self.tr("Nobody has opened this record yet"),
            self.tr("Each opening is written down once a day and person."),
            icon="eye",
        )
        card = Card()
        said = self.tr("Written down once a day and person; colleagues of the client’s coach gave a reason.")
        card.add(label(said, "meta", wrap=True))
        card.add(self.list)
        card.add(self.nobody)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(card)

    def show_client(self, client_id: UUID) -> None:
        """Ask who opened a client's record."""
        today = self._office.desk.clock.today()
        wanted = OpeningsQuestion(from_on=_EVER, to_on=today, client_id=client_id)
        self._office.desk.ask(read_openings, wanted, self._show, refused=self._refused)

    def _show(self, rows: tuple[OpeningRow, ...]) -> None:
        own = self.tr("No reason was needed")
        self.list.show_items(
            [
                ListItem(place, f"{one.who}, {moment(one.at)}", one.reason or own)
                for place, one in enumerate(rows)
            ]
        )
        self.list.setVisible(bool(rows))
        self.nobody.setVisible(not rows)

    def _refused(self, refusal: Refusal) -> None:
        self._office.messages.show_refusal(refusal)
