"""How it began: the enquiries of a client, among the client's details."""

from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.casework.enquiries import EnquiryRow, enquiries_of
from coachdesk.terms import UNSTATED_WORDS
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import Card, column, label


class EnquiryCard(Card):
    """The first hello, as it was written down; without one there is no card."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self._client_id: UUID | None = None
        self.lines = QVBoxLayout()
        self.lines.setSpacing(Space.GAP)
        self.add(label(self.tr("How it began"), "section", wrap=True))
        self.add(self.lines)
        self.hide()

    def show_client(self, client_id: UUID) -> None:
        """Ask what a client's record says of enquiries."""
        if client_id != self._client_id:
            self.hide()  # what is said of somebody else is not to be read a moment longer
        self._client_id = client_id
        self._office.desk.ask(enquiries_of, client_id, self._show, refused=self._nothing)

    def _nothing(self, _refusal: object) -> None:
        """Show nothing of a record that stays closed; the page says why."""
        self.hide()

    def _show(self, found: tuple[EnquiryRow, ...]) -> None:
        clear(self.lines)
        for one in found:
            self.lines.addLayout(self._line(one))
        self.setVisible(bool(found))
        lay_out(self)

    def _line(self, one: EnquiryRow) -> QVBoxLayout:
        codes = self._office.codes
        source = "" if one.source in UNSTATED_WORDS else codes.title("referral_source", one.source)
        came = self.tr("Asked on {day}").format(day=day(one.received_on))
        parts = (came, source, one.referrer, codes.title("enquiry_outcome", one.outcome))
        told = column(label("  ·  ".join(part for part in parts if part), "meta", wrap=True), spacing=2)
        for words in (one.note, one.reach):
            if words:
                told.addWidget(label(words, wrap=True))
        return told
