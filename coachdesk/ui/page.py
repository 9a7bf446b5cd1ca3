"""What every page has in common: it shows itself when asked, refreshes when told, and goes blank on lock."""

from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.errors import Refusal
from coachdesk.terms import Changes, Kind
from coachdesk.ui.office import Office


class Page(QWidget):
    """One place of the rail.

    Signals:
        open_client (UUID): show a client's page.
        open_employer (UUID): show an employer's page.
        record_contact (UUID, object): show a client's page with the contact form open; the second value
            is the due item that is being answered, or None.
        go (str): show another place of the rail by its key.
    """

    concerns: ClassVar[frozenset[Kind]] = frozenset(Kind)
    """The kinds of record whose changes this page shows: all of them, unless a page names its own."""

    open_client = Signal(object)
    open_employer = Signal(object)
    record_contact = Signal(object, object)
    go = Signal(str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self._is_stale = True
        office.desk.changed.connect(self._changed)

    def refresh(self) -> None:
        """Ask the desk again for what this page shows."""

    def wants(self, changes: Changes) -> bool:
        """Return whether a change concerns this page."""
        return any(ref.kind in self.concerns for ref in changes.refs)

    def refused(self, refusal: Refusal) -> None:
        """Say above the page why something was not done."""
        self.office.messages.show_refusal(refusal)

    def fill_with(self, area: QWidget) -> None:
        """Let one widget take the whole page."""
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(area)

    @Slot(object, object)
    def _changed(self, changes: Changes, _initiator: QObject | None) -> None:
        if not self.wants(changes):
            return
        if self.isVisible():
            self.refresh()
        else:
            self._is_stale = True

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self._is_stale = False
            self.refresh()

    def show_client(self, client_id: UUID) -> None:
        """Bring a client into view, on the pages that can."""
