"""Today for a trustee: no clients, but the keys she keeps and what is hers to do with them."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from coachdesk.ui.office import Office
from coachdesk.ui.spoken import ago, day
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets import Button, Card, Divider, RoundIcon, column, label, row, secondary_button
from coachdesk.vault.backup_state import BackupState, read_backup_state
from coachdesk.vault.recovery_slot import RecoveryFacts, recovery_facts


class TrusteeCard(Card):
    """The recovery key, the backups and her own passphrase, each with the way to it.

    Signals: ``wanted(str)`` with the place that is wished for.
    """

    wanted = Signal(str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self.key_state = label("", "secondary", wrap=True)
        self.backup_state = label("", "secondary", wrap=True)
        self.key_button = secondary_button(self.tr("Prove or renew the &key"), "key-round")
        self.backup_button = secondary_button(self.tr("See to the &backups"), "save")
        self.passphrase_button = secondary_button(self.tr("Change your &passphrase"), "pencil")
        self.add(label(self.tr("You keep the keys"), "section"))
        said = self.tr(
            "You are here as a trustee. Clients’ records stay closed to you; these three things are yours to see to."
        )
        self.add(label(said, wrap=True))
        passphrase = label(
            self.tr("Yours alone. Change it as soon as somebody may have seen it."), "secondary", wrap=True
        )
        for icon, title, words, button in (
            ("key-round", self.tr("The recovery key"), self.key_state, self.key_button),
            ("save", self.tr("The backups"), self.backup_state, self.backup_button),
            ("user", self.tr("Your passphrase"), passphrase, self.passphrase_button),
        ):
            self.add(Divider())
            self.add(self._line(icon, title, words, button))
        self.key_button.clicked.connect(self._to_key)
        self.passphrase_button.clicked.connect(self._to_passphrase)
        self.backup_button.clicked.connect(self._to_backups)

    @staticmethod
    def _line(icon: str, title: str, words: QWidget, button: Button) -> QWidget:
        line = row(
            RoundIcon(icon, Tone.INFO, 32),
            column(label(title, "strong"), words, spacing=0),
            button,
            spacing=Space.GAP,
        )
        line.setStretch(1, 1)
        piece = QWidget()
        piece.setLayout(line)
        return piece

    def ask(self) -> None:
        """Read how the recovery key and the backups stand."""
        self._office.desk.ask(recovery_facts, None, self._show_key)
        self._office.desk.ask(read_backup_state, None, self._show_backups)

    def _show_key(self, facts: RecoveryFacts) -> None:
        today = self._office.desk.clock.today()
        if facts.proved_on is None:
            words = self.tr("Nobody has proved yet that its sheet is still there: fetch it and type the key.")
        else:
            words = self.tr("Its sheet was last proved {ago}. Prove it once a year.").format(
                ago=ago(facts.proved_on, today)
            )
        made = self.tr("Made on {day}.").format(day=day(facts.since)) if facts.since else ""
        self.key_state.setText(f"{made} {words}".strip())

    def _show_backups(self, state: BackupState) -> None:
        today = self._office.desk.clock.today()
        if state.last_at is None:
            words = self.tr("This vault has not been backed up yet.")
        else:
            words = self.tr("Last backup: {ago}.").format(ago=ago(state.last_at.astimezone().date(), today))
        self.backup_state.setText(state.reminder or words)

    @Slot()
    def _to_key(self) -> None:
        self.wanted.emit("settings:recovery")

    @Slot()
    def _to_passphrase(self) -> None:
        self.wanted.emit("settings:passphrase")

    @Slot()
    def _to_backups(self) -> None:
        self.wanted.emit("settings:vault")
