"""The vault itself: back it up, check it; and what CoachDesk is."""

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QWidget

from coachdesk import __version__
from coachdesk.casework.vault_facts import VaultFacts, read_vault_facts
from coachdesk.errors import Refusal
from coachdesk.ui.office import Office
from coachdesk.ui.spoken import day
from coachdesk.ui.tokens import Tone
from coachdesk.ui.widgets import Card, ProgressStrip, label, primary_button, row, secondary_button
from coachdesk.vault.backup import back_up
from coachdesk.vault.health import Report, check
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch

_ENDING = ".coachdesk-backup"


def _back_up(vault: OpenVault, target: Path, watch: Watch) -> Path:
    watch.progress(0.1, "Writing and checking the backup")
    back_up(vault, target)
    return target


def _check(vault: OpenVault, _wish: None, watch: Watch) -> Report:
    watch.progress(0.1, "Reading every page and every journal entry")
    return check(vault)


class VaultCard(Card):
    """Backup and check, with how far they are and what came of them.

    Signals: ``backed_up()`` when a backup was written.
    """

    backed_up = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._office = office
        self.last = label("", "secondary", wrap=True)
        self.backup_button = primary_button(self.tr("&Back up now…"), "save")
        self.check_button = secondary_button(self.tr("&Check the vault"), "shield-check")
        self.progress = ProgressStrip(can_cancel=False)
        self.found = label("", wrap=True)
        self.found.hide()
        self.add(label(self.tr("Backup and check"), "section"))
        self.add(self.last)
        self.add(
            label(
                self.tr(
                    "A backup is one encrypted file. Keep it away from this computer: on a stick, or another drive."
                ),
                "meta",
                wrap=True,
            )
        )
        self.add(row(self.backup_button, self.check_button, 1))
        self.add(self.progress)
        self.add(self.found)
        self.backup_button.clicked.connect(self._back_up)
        self.check_button.clicked.connect(self._check)

    def refresh(self) -> None:
        """Ask when the vault was last backed up."""
        self._office.desk.ask(read_vault_facts, None, self._show)

    def _show(self, facts: VaultFacts) -> None:
        if facts.last_backup_on is None:
            self.last.setText(self.tr("This vault has not been backed up yet."))
        else:
            self.last.setText(self.tr("Last backup: {day}").format(day=day(facts.last_backup_on)))

    @Slot()
    def _back_up(self) -> None:
        desk = self._office.desk
        name = f"{desk.vault_name} {desk.clock.today():%Y-%m-%d}{_ENDING}"
        target = self._office.dialogs.save_as(
            name, (self.tr("CoachDesk backup (*{ending})").format(ending=_ENDING),)
        )
        if target is None:
            return
        self._busy(self.tr("Writing the backup…"))
        desk.long(_back_up, target, then=self._written, refused=self._refused, progress=self._hear)

    def _written(self, target: Path) -> None:
        self._done()
        self._say(self.tr("Backed up and checked: {file}").format(file=target), Tone.OK)
        self.refresh()
        self.backed_up.emit()

    @Slot()
    def _check(self) -> None:
        self._busy(self.tr("Checking the vault…"))
        self._office.desk.long(_check, None, then=self._checked, refused=self._refused, progress=self._hear)

    def _checked(self, report: Report) -> None:
        self._done()
        if report.problems:
            self._say("\n".join(report.problems), Tone.DANGER)
        else:
            self._say(self.tr("All is well: every page, link and journal entry was checked."), Tone.OK)

    def _refused(self, refusal: Refusal) -> None:
        self._done()
        self._say(refusal.message, Tone.DANGER)

    def _hear(self, share: float, words: str) -> None:
        self.progress.step(round(share * 100), 100, words)

    def _busy(self, words: str) -> None:
        self.found.hide()
        self.backup_button.setEnabled(False)
        self.check_button.setEnabled(False)
        self.progress.start(words)

    def _done(self) -> None:
        self.progress.finish()
        self.backup_button.setEnabled(True)
        self.check_button.setEnabled(True)

    def _say(self, words: str, tone: Tone) -> None:
        self.found.setText(words)
        self.found.setProperty("tone", tone.value)
        self.found.style().polish(self.found)
        self.found.show()


class AboutCard(Card):
    """What CoachDesk is, and what it stands on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.add(label(self.tr("About"), "section"))
        self.add(label(self.tr("CoachDesk {version}, Apache License 2.0").format(version=__version__)))
        self.add(
            label(
                self.tr(
                    "CoachDesk never uses the network: nothing leaves this computer unless you save a file and carry it away. "
                    "It stands on Qt for Python (LGPL), SQLCipher, SQLAlchemy, reportlab, HiGHS, the fonts Inter and Atkinson "
                    "Hyperlegible (OFL) and Lucide icons (ISC); their licences lie beside the program."
                ),
                "secondary",
                wrap=True,
            )
        )
