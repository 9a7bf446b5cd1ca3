"""Two keys of a client's page: to the plan, and to tick what is due first."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QKeySequence, QShortcut

from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.clients.plan_tab import PlanTab

if TYPE_CHECKING:
    from coachdesk.ui.clients.client_view import ClientView


class PlanKeys(QObject):
    """Ctrl+G brings the plan into view, Ctrl+D ticks the action that is due first and asks what comes next."""

    def __init__(self, view: "ClientView") -> None:
        super().__init__(view)
        self._view = view
        QShortcut(QKeySequence("Ctrl+G"), view).activated.connect(self.show_plan)
        QShortcut(QKeySequence("Ctrl+D"), view).activated.connect(self.tick_first)

    @Slot()
    def show_plan(self) -> None:
        """Bring the plan into view."""
        self._view.show_tab("plan")

    @Slot()
    def tick_first(self) -> None:
        """Tick the action that is due first, and ask what comes next."""
        if self._view.client_id is None:
            return
        self._view.show_tab("plan")
        plan = self._view.parts[TABS.index("plan")]
        assert isinstance(plan, PlanTab)  # noqa: S101  the list of tabs says so
        plan.tick_first()
