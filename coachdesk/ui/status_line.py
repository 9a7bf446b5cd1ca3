"""The line at the bottom: what people worry about, in words."""

import datetime as dt

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from coachdesk.casework.vault_facts import VaultFacts, read_vault_facts
from coachdesk.terms import Changes
from coachdesk.ui import icons
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day, plural
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import IconButton, Pill, label


class StatusLine(QFrame):
    """Encrypted here, when it was backed up last, and who is at the desk.

    Signals: ``facts_known(VaultFacts)`` when the vault's facts were read.
    """

    facts_known = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("status", True)
        self._office = office
        shield = label("")
        shield.setPixmap(icons.pixmap("shield-check", "#1E6434", 16))
        self.backup = label("", "meta")
        box = QHBoxLayout(self)
        box.setContentsMargins(Space.CARD, Space.HAIR, Space.CARD, Space.HAIR)
        box.setSpacing(Space.SMALL)
        box.addWidget(shield)
        box.addWidget(label(self.tr("Encrypted on this computer"), "meta"))
        box.addSpacing(Space.CARD)
        box.addWidget(self.backup)
        box.addStretch(1)
        self.practice = Pill(self.tr("Practice world: everybody here is invented"), Tone.PLUM)
        self.practice.hide()
        box.addWidget(self.practice)
        self.notice = Pill("", Tone.WARNING)
        self.notice.hide()
        box.addWidget(self.notice)
        self.state = Pill("", Tone.INFO)
        self.state.hide()
        box.addWidget(self.state)
        box.addWidget(label(office.desk.person, "meta"))
        self.beside_button = IconButton(self.tr("Beside me: show one client only (F8)"), "user")
        self.cover_button = IconButton(self.tr("Privacy screen: hide names and notes (F9)"), "eye-off")
        box.addWidget(self.beside_button)
        box.addWidget(self.cover_button)
        office.desk.changed.connect(self._changed)
        self.refresh()

    def show_state(self, *, covered: bool, beside: bool) -> None:
        """Say which of the two is on; beside a client the way out is not one click away."""
        words = self.tr("Privacy screen on (F9)") if covered else self.tr("Beside me (F8)")
        self.state.setText(words)
        self.state.setVisible(covered or beside)
        self.beside_button.setVisible(not beside and not covered)

    def refresh(self) -> None:
        """Ask when the vault was last backed up."""
        self._office.desk.ask(read_vault_facts, None, self._show)

    def _show(self, facts: VaultFacts) -> None:
        self.practice.setVisible(facts.is_practice)
        self.facts_known.emit(facts)
        self.backup.setText(self._backup_words(facts.last_backup_on))

    def _backup_words(self, on: dt.date | None) -> str:
        if on is None:
            return self.tr("Not backed up yet")
        days = (self._office.desk.clock.today() - on).days
        if days <= 0:
            return self.tr("Last backup: today")
        return self.tr("Last backup: {day}, {ago}").format(
            day=day(on), ago=plural(days, self.tr("day ago"), self.tr("days ago"))
        )

    def _changed(self, _changes: Changes, _initiator: object) -> None:
        self.refresh()
