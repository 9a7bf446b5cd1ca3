"""Backups nobody has to think of: in a quiet moment, when the vault is locked after work, and a practice restore."""

from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from coachdesk.casework.vault_facts import read_vault_facts
from coachdesk.errors import Refusal, Trouble
from coachdesk.terms import Changes
from coachdesk.ui.office import Office
from coachdesk.ui.tokens import Tone
from coachdesk.vault.backup import back_up_if_due, ground_of
from coachdesk.vault.backup_folder import BACKUPS
from coachdesk.vault.backup_state import read_reminder
from coachdesk.vault.drill import drill, drill_due
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading

QUIET_MINUTES = 10
"""A pause after which the work done so far is backed up: long enough that nobody is in the middle of a sentence."""
FIRST_LOOK_MINUTES = 2
"""After unlocking people want to see their day; what yesterday left undone waits so long."""


def begin(vault: OpenVault, _wish: None, _watch: Watch) -> bool:
    """Have the vault backed up when it is locked after work; return whether its backups are looked after.

    The practice world and a vault that is open for reading only are not.
    """
    with reading(vault) as session:
        practice = read_vault_facts(session, None).is_practice
    if practice or vault.read_only:
        return False
    vault.backed_up_when_closed = True
    return True


def opened_how(vault: OpenVault, _wish: None, _watch: Watch) -> bool:
    """Return whether the vault is open for reading only."""
    return vault.read_only


class Looked(NamedTuple):
    """What came of looking after the backups: whether anything was tried, and whether a backup was written."""

    tried: bool
    backed_up: bool


def look_after(vault: OpenVault, _wish: None, watch: Watch) -> Looked:
    """Back up and practise a restore where that is due; return what was done.

    What goes wrong here is told by the reminder: nobody asked for this work, so nobody is interrupted.
    """
    backed_up = practised = False
    try:
        backed_up = back_up_if_due(vault, watch) is not None
        practised = drill_due(ground_of(vault))
        if practised:
            drill(ground_of(vault), watch)
    except (Trouble, Refusal):
        return Looked(tried=True, backed_up=backed_up)
    return Looked(tried=backed_up or practised, backed_up=backed_up)


class DayBackup(QObject):
    """Looks after the backups of one open vault, behind the window.

    Signals: ``done()`` when a backup was tried.
    """

    done = Signal()

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.timeout.connect(self.look)
        office.desk.long(opened_how, None, then=self._say_reading)
        office.desk.long(begin, None, then=self._begun)

    def _say_reading(self, only_reading: bool) -> None:  # noqa: FBT001 - the answer of a job
        if only_reading:
            self._office.messages.say(
                self.tr("This vault is open for reading only: nothing can be saved."),
                self.tr("Its folder cannot be written to, or another program has it open."),
                tone=Tone.WARNING,
            )

    def _begun(self, is_looked_after: bool) -> None:  # noqa: FBT001 - the answer of a job
        if is_looked_after:
            self._office.desk.changed.connect(self._changed)
            self._office.desk.ask(read_reminder, None, self._remind)
            self._quiet.start(FIRST_LOOK_MINUTES * 60_000)

    def _remind(self, words: str) -> None:
        if words:
            advice = self.tr("Settings, Vault shows where backups go.")
            self._office.messages.say(words, advice, tone=Tone.WARNING, about=BACKUPS)

    @Slot(object, object)
    def _changed(self, _changes: Changes, _initiator: object) -> None:
        self._quiet.start(QUIET_MINUTES * 60_000)

    @Slot()
    def look(self) -> None:
        """Do what is due now."""
        self._office.desk.long(look_after, None, then=self._looked)

    def _looked(self, looked: Looked) -> None:
        if looked.backed_up:
            self._office.desk.ask(read_reminder, None, self._remind_anew)
        if looked.tried:
            self.done.emit()

    def _remind_anew(self, words: str) -> None:
        """Take back what was said before the backup was written, and say what is still not as it should be."""
        self._office.messages.settle(BACKUPS)
        self._remind(words)
