"""One key of a client's page: a job has started."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from coachdesk.ui.clients.work_tab import WorkTab

if TYPE_CHECKING:
    from coachdesk.ui.clients.client_view import ClientView


class JobKeys(QObject):
    """Ctrl+J brings the jobs into view and asks about one that has started."""

    def __init__(self, view: "ClientView") -> None:
        super().__init__(view)
        self._view = view
        QShortcut(QKeySequence("Ctrl+J"), view).activated.connect(self.record)

    @Slot()
    def record(self) -> None:
        """Ask about a job that has started."""
        if self._view.client_id is None:
            return
        self._view.show_tab("work")
        for part in self._view.parts:
            if isinstance(part, WorkTab):
                part.record()
