"""After the recovery key: the way back in ends with a passphrase that somebody knows."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6 import QtWidgets
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from coachdesk.casework.vault_facts import read_vault_facts
from coachdesk.errors import Refusal
from coachdesk.ui.tokens import Space
from coachdesk.ui.unlock.judging import Judging
from coachdesk.ui.unlock.new_passphrase import NewPassphrase as NewPassphraseLines
from coachdesk.ui.unlock.pages import UnlockColumn
from coachdesk.ui.widgets.buttons import primary_button, secondary_button
from coachdesk.ui.widgets.labels import AUTO_TEXT, label
from coachdesk.ui.widgets.surfaces import column, row
from coachdesk.vault.passphrase import NewPassphrase, change_passphrase
from coachdesk.vault.people import PersonRow, ResetPassphrase, list_people, reset_passphrase
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.work import reading

if TYPE_CHECKING:
    from coachdesk.ui.unlock.window import UnlockWindow
    from coachdesk.vault.opened import OpenVault


class _People(NamedTuple):
    rows: tuple[PersonRow, ...]
    organisation: str


class NewPassphrasePage(UnlockColumn):
    """Whose passphrase is forgotten, and the new one.

    Signals: ``wished(str passphrase)``; ``skipped()`` when the vault is to be opened without a new one.
    """

    wished = Signal(str)
    skipped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person = QtWidgets.QComboBox()
        self.person.setAccessibleName(self.tr("Whose passphrase was forgotten"))
        self.person_label = label(self.tr("&Whose passphrase was forgotten"), "label", wrap=True)
        self.person_label.setProperty("textFormat", AUTO_TEXT)
        self.person_label.setBuddy(self.person)
        self.secret = NewPassphraseLines(self.tr("New &passphrase"), self.tr("New passphrase &again"))
        self.save_button = primary_button(self.tr("Set it and &unlock"), "lock")
        self.skip_button = secondary_button(self.tr("&Not now"))
        self.save_button.clicked.connect(self.submit)
        self.secret.entered.connect(self.submit)
        self.skip_button.clicked.connect(self.skipped)
        self.body.setSpacing(Space.SMALL)
        self.body.addWidget(label(self.tr("Choose a new passphrase"), "title", wrap=True))
        self.body.addWidget(
            label(
                self.tr(
                    "The recovery key opened the vault. Choose a new passphrase now, and the key is needed no more. "
                    "Afterwards make a new recovery key in Settings, People: this one has been out of its envelope."
                ),
                wrap=True,
            )
        )
        self.body.addLayout(column(self.person_label, self.person, spacing=Space.HAIR))
        self.body.addWidget(self.secret)
        self.body.addLayout(row(self.save_button, self.skip_button, 1))

    def show_people(self, names: tuple[str, ...], chosen: int) -> None:
        """Ask whose passphrase it is, where there are several."""
        self.person.clear()
        self.person.addItems(list(names))
        self.person.setCurrentIndex(chosen)
        self.person.setVisible(len(names) > 1)
        self.person_label.setVisible(len(names) > 1)
        self.secret.clear()

    def submit(self) -> None:
        """Wish for the new passphrase, once both lines are alike."""
        missing = self.secret.missing()
        if missing is not None:
            missing.setFocus()
            return
        self.wished.emit(self.secret.text())


class Regaining(QObject):
    """Gives somebody a new passphrase in a vault that its recovery key opened, then opens it with that.

    Opened anew, the vault knows who it is that works in it; with the recovery key it would be some manager.
    """

    def __init__(self, window: "UnlockWindow") -> None:
        super().__init__(window)
        self._window = window
        self._vault: OpenVault | None = None
        self._people = _People((), "")
        self.page = NewPassphrasePage()
        self.judging = Judging(window, self.page.secret, self._names)
        self.page.wished.connect(self._set)
        self.page.skipped.connect(self._skip)

    def begin(self, vault: "OpenVault") -> None:
        """Ask whose passphrase was forgotten, in a vault just opened with its recovery key."""
        self._vault = vault

        def job() -> _People:
            with reading(vault) as session:
                return _People(list_people(session, None), read_vault_facts(session, None).organisation)

        self._window.send(job, self._found)

    def close(self) -> None:
        """Close the vault, if nobody came to open it."""
        vault, self._vault = self._vault, None
        if vault is not None:
            vault.close()

    def _found(self, people: _People) -> None:
        self._people = people
        self._window.done()
        own = next((place for place, one in enumerate(people.rows) if one.is_self), 0)
        self.page.show_people(tuple(one.name for one in people.rows), own)
        self._window.show_page(self.page)
        self.page.secret.setFocus()

    def _chosen(self) -> PersonRow:
        return self._people.rows[self.page.person.currentIndex()]

    def _names(self) -> tuple[str, ...]:
        return self._chosen().name, self._people.organisation

    def _set(self, passphrase: str) -> None:
        vault, person, clock = self._vault, self._chosen(), self._window.clock
        if vault is None:
            return

        def job() -> "OpenVault":
            if person.is_self:
                change_passphrase(vault, NewPassphrase(passphrase=passphrase))
            else:
                reset_passphrase(vault, ResetPassphrase(coach_id=person.coach_id, passphrase=passphrase))
            vault.close()
            return SealedVault(vault.folder).open(passphrase, person=person.label, clock=clock)

        self._window.busy(self.tr("Setting the new passphrase…"))
        self._window.send(job, self._is_set, self._refused)

    def _is_set(self, vault: "OpenVault") -> None:
        self._vault = None
        self.page.secret.clear()
        self._window.open_vault(vault)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, Refusal):
            self._window.done()
            self.page.secret.refuse(error.fields.get("passphrase", error.message))
        else:
            self._window.failed_elsewhere(error)

    def _skip(self) -> None:
        vault, self._vault = self._vault, None
        if vault is not None:
            self.page.secret.clear()
            self._window.open_vault(vault)
