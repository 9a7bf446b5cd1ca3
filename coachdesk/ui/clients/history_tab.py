"""History: what was done, how things stood on a day, and, for managers, who opened the record."""

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget
from typing_extensions import override

from coachdesk.terms import Ref
from coachdesk.ui.clients.history_actions import ActionsPane
from coachdesk.ui.clients.history_openings import OpeningsPane
from coachdesk.ui.clients.history_stood import StoodPane
from coachdesk.ui.clients.tab import Tab, lay_out
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets import ChipButton, Flow

ACTIONS, STOOD, OPENINGS = "actions", "stood", "openings"


class HistoryTab(Tab):
    """Three views of the same past, one at a time."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self._shown = ACTIONS
        self.past = ActionsPane(office)
        self.stood = StoodPane(office)
        self.openings = OpeningsPane(office)
        self._panes: dict[str, ActionsPane | StoodPane | OpeningsPane] = {
            ACTIONS: self.past,
            STOOD: self.stood,
            OPENINGS: self.openings,
        }
        words = {
            ACTIONS: self.tr("What was done"),
            STOOD: self.tr("As it stood on…"),
            OPENINGS: self.tr("Who opened it"),
        }
        holder = QWidget()
        chips = Flow(spacing=Space.HAIR)
        self.chips: dict[str, ChipButton] = {}
        for key in self._panes:
            chip = ChipButton(words[key], parent=holder)
            chip.setProperty("pane", key)
            chip.clicked.connect(self._chip)
            self.chips[key] = chip
            chips.addWidget(chip)
        holder.setLayout(chips)
        self.body.addWidget(holder)
        for pane in self._panes.values():
            self.body.addWidget(pane)
        self.body.addStretch(1)
        self.show_openings(shown=False)
        self._show_pane(ACTIONS)

    def show_openings(self, *, shown: bool) -> None:
        """Offer who opened the record, or not."""
        self.chips[OPENINGS].setVisible(shown)
        if not shown and self._shown == OPENINGS:
            self._show_pane(ACTIONS)

    def show_history(self, ref: Ref | None = None, called: str = "") -> None:
        """Show what was done, with one record only if one is given; the keyboard goes to the newest action."""
        self._show_pane(ACTIONS)
        self.past.show_record(ref, called)
        self.past.start()

    def show_stood(self) -> None:
        """Show how things stood, ready for a date."""
        self._show_pane(STOOD)
        self.refresh()
        self.stood.form.focus_first()

    @override
    def refresh(self) -> None:
        if self.client_id is not None:
            self._panes[self._shown].show_client(self.client_id)

    @Slot()
    def _chip(self) -> None:
        self._show_pane(str(self.sender().property("pane")))
        self.refresh()

    def _show_pane(self, key: str) -> None:
        self._shown = key
        self.chips[key].setChecked(True)
        for name, pane in self._panes.items():
            pane.setVisible(name == key)
        lay_out(self)
