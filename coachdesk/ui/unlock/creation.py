"""A first run: the vault is made, its recovery key shown, its sheet saved, and the key typed back."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from coachdesk.errors import CoachDeskError, Refusal
from coachdesk.papers.recovery_sheet import RecoverySheet, write_recovery_sheet
from coachdesk.ui.tokens import Tone
from coachdesk.ui.unlock.creation_pages import CreatePage, NewVault
from coachdesk.ui.unlock.judging import Judging
from coachdesk.ui.unlock.recovery_key_page import RecoveryKeyPage

if TYPE_CHECKING:
    from coachdesk.ui.unlock.window import UnlockWindow
    from coachdesk.vault.opened import OpenVault
    from coachdesk.vault.sealed import Created


class Creation(QObject):
    """The two pages of a first run and the way from one to the other; the window opens what came of it."""

    def __init__(self, window: "UnlockWindow") -> None:
        super().__init__(window)
        self._window = window
        self._vault: OpenVault | None = None
        self._organisation = ""
        self.page = CreatePage(window.known.usual_place())
        self.recovery = RecoveryKeyPage()
        self.judging = Judging(window, self.page.secret, self._names)
        self.page.wished.connect(self._create)
        self.page.back.connect(window.start)
        self.page.choose_place.connect(self._choose_place)
        self.recovery.confirmed.connect(self._key_kept)
        self.recovery.save_sheet.connect(self._save_sheet)

    def begin(self) -> None:
        """Ask for what a new vault needs."""
        self._set_place(self._window.known.usual_place())
        self._window.show_page(self.page)
        self.page.organisation.setFocus()

    def close(self) -> None:
        """Close the vault, if nobody came to open it; its key opens it the next time too."""
        vault, self._vault = self._vault, None
        if vault is not None:
            vault.close()

    def _names(self) -> tuple[str, ...]:
        return self.page.organisation.text(), self.page.person.text()

    def _choose_place(self) -> None:
        folder = self._window.dialogs.choose_folder(self.tr("Where should the vault lie?"))
        if folder is not None:
            self._set_place(folder)

    def _set_place(self, folder: Path) -> None:
        """Take a place, and try it out behind the window: a drive may take its time to answer."""
        self.page.set_place(folder)

        def job() -> str:
            from coachdesk.vault.probe import place_judged  # noqa: PLC0415  SQLCipher arrives behind the window

            return place_judged(folder)

        self._window.send(job, partial(self._judged, folder))

    def _judged(self, folder: Path, warning: str) -> None:
        if self.page.place == folder:  # another may have been chosen meanwhile
            self.page.set_place(folder, warning)

    def _create(self, wish: NewVault) -> None:
        clock = self._window.clock
        self._organisation = wish.organisation

        def job() -> "Created":
            from coachdesk.casework.furnish import furnish_vault  # noqa: PLC0415  SQLAlchemy arrives behind the window
            from coachdesk.vault.sealed import SealedVault  # noqa: PLC0415  as above

            created = SealedVault.create(
                wish.folder,
                organisation=wish.organisation,
                person=wish.person,
                passphrase=wish.passphrase,
                clock=clock,
            )
            furnish_vault(created.vault)
            return created

        self._window.busy(self.tr("Making the vault and measuring this computer…"))
        self._window.send(job, self._created, self._create_failed)

    def _created(self, created: "Created") -> None:
        self._window.done()
        self._vault = created.vault
        self.page.secret.clear()
        self._window.show_page(self.recovery)
        self.recovery.show_key(created.recovery_key)

    def _create_failed(self, error: Exception) -> None:
        if isinstance(error, Refusal) and "passphrase" in error.fields:
            self._window.done()
            self.page.secret.refuse(error.message)
        else:
            self._window.failed_elsewhere(error)

    def _save_sheet(self, key: str) -> None:
        vault = self._vault
        if vault is None:
            return
        name = vault.folder.stem
        path = self._window.dialogs.save_as(
            self.tr("Recovery key of {vault}.pdf").format(vault=name), (self.tr("PDF (*.pdf)"),)
        )
        if path is None:
            return
        sheet = RecoverySheet(
            organisation=self._organisation, vault_name=name, made_on=vault.clock.today(), key=key
        )

        def job() -> Path:
            write_recovery_sheet(path, sheet)
            return path

        self._window.send(job, self._saved, self._not_saved)

    def _saved(self, path: Path) -> None:
        self.recovery.say_saved(
            self.tr("The sheet is in {file}. Print it, give it to a trustee, then delete the file.").format(
                file=path
            ),
            Tone.OK,
        )

    def _not_saved(self, error: Exception) -> None:
        if not isinstance(error, CoachDeskError):
            raise error
        self.recovery.say_saved(str(error), Tone.DANGER)

    def _key_kept(self) -> None:
        vault, self._vault = self._vault, None
        if vault is not None:
            self._window.open_vault(vault)
