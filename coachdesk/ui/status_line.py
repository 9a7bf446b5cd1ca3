"""The line at the bottom: what people worry about, in words."""

import datetime as dt

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget
from typing_extensions import override

from coachdesk.casework.vault_facts import VaultFacts, read_vault_facts
from coachdesk.terms import Changes
from coachdesk.ui import icons
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day, plural
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import ElidedLabel, IconButton, Pill, label

_SHIELD = 16


class StatusLine(QFrame):
    """Encrypted here, when it was backed up last, and who is at the desk.

    Signals: ``facts_known(VaultFacts)`` when the vault's facts were read.
    """

    facts_known = Signal(object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("status", True)
        self._office = office
        self._is_practice = False
        self._shield = label("")
        self._draw_shield()
        self.backup = _shrinking("")
        self.practice = Pill(self.tr("Practice world: everybody here is invented"), Tone.PLUM)
        self.notice = Pill("", Tone.WARNING)
        self.state = Pill("", Tone.INFO)
        self.beside_button = IconButton(self.tr("Beside me: show one client only (F8)"), "user")
        self.cover_button = IconButton(self.tr("Privacy screen: hide names and notes (F9)"), "eye-off")
        self._arrange()
        office.desk.changed.connect(self._changed)
        self.refresh()

    def _arrange(self) -> None:
        box = QHBoxLayout(self)
        box.setContentsMargins(Space.CARD, Space.HAIR, Space.CARD, Space.HAIR)
        box.setSpacing(Space.SMALL)
        box.addWidget(self._shield)
        box.addWidget(_shrinking(self.tr("Encrypted on this computer")))
        box.addSpacing(Space.CARD)
        box.addWidget(self.backup)
        box.addStretch(1)
        for pill in (self.practice, self.notice, self.state):
            pill.hide()
            box.addWidget(pill)
        box.addWidget(label(self._office.desk.person, "meta"))
        box.addWidget(self.beside_button)
        box.addWidget(self.cover_button)

    def _draw_shield(self) -> None:
        now = look()
        self._shield.setPixmap(icons.pixmap("shield-check", now.colours.ok.ink, now.px(_SHIELD)))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._draw_shield()

    def show_state(self, *, covered: bool, beside: bool) -> None:
        """Say which of the two is on; beside a client the way out is not one click away."""
        words = self.tr("Privacy screen on (F9)") if covered else self.tr("Beside me (F8)")
        self.state.setText(words)
        self.state.setVisible(covered or beside)
        self._make_room()
        self.beside_button.setVisible(not beside and not covered)

    def warn(self, words: str) -> None:
        """Say what is about to happen; no words take it away."""
        self.notice.setText(words)
        self.notice.setVisible(bool(words))
        self._make_room()

    def _make_room(self) -> None:
        """Let the reminder of the practice world wait while something more pressing is said."""
        pressing = not self.notice.isHidden() or not self.state.isHidden()
        self.practice.setVisible(self._is_practice and not pressing)

    def refresh(self) -> None:
        """Ask when the vault was last backed up."""
        self._office.desk.ask(read_vault_facts, None, self._show)

    def _show(self, facts: VaultFacts) -> None:
        self._is_practice = facts.is_practice
        self._make_room()
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


def _shrinking(words: str) -> ElidedLabel:
    """Return words that give way where the window is small or the text large."""
    made = ElidedLabel(words, "meta")
    made.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return made
