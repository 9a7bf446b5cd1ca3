"""A job has started, by key; and a good-work check that Today calls for opens where it is answered."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from coachdesk.casework.good_work_due import GOOD_WORK
from coachdesk.casework.today import DueItem
from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.clients.work_tab import WorkTab

if TYPE_CHECKING:
    from coachdesk.ui.clients.client_view import ClientView


class JobKeys(QObject):
    """Ctrl+J brings the jobs into view and asks about one that has started; ``answers`` is for lines of Today."""

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
        self._work.record()

    @property
    def _work(self) -> WorkTab:
        found = self._view.parts[TABS.index("work")]
        assert isinstance(found, WorkTab)  # noqa: S101  the list of tabs says so
        return found

    def answers(self, due: DueItem | None) -> bool:
        """Open the good-work check where a line of Today calls for one; return whether it does."""
        if due is None or due.ref.kind != GOOD_WORK:
            return False
        self._view.show_tab("work")
        self._work.check_good_work(due.ref.record_id)
        return True
