"""The first page of a first run: what a new vault needs."""

from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.unlock.fields import LabelledLine
from coachdesk.ui.unlock.new_passphrase import NewPassphrase
from coachdesk.ui.unlock.pages import UnlockColumn
from coachdesk.ui.widgets.buttons import primary_button, quiet_button, secondary_button
from coachdesk.ui.widgets.labels import label
from coachdesk.ui.widgets.surfaces import row


class NewVault(NamedTuple):
    """What is needed to create a vault."""

    organisation: str
    person: str
    passphrase: str
    folder: Path


class CreatePage(UnlockColumn):
    """Organisation, name, place and passphrase of a new vault.

    Signals: ``wished(NewVault)``, ``back()``, ``choose_place()``, ``typed(str)`` on each letter of the
    passphrase, so that its strength can be judged elsewhere.
    """

    wished = Signal(object)
    back = Signal()
    choose_place = Signal()
    typed = Signal(str)

    def __init__(self, place: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self.organisation = LabelledLine(self.tr("&Organisation"))
        self.person = LabelledLine(
            self.tr("Your &name"), self.tr("Shown when you unlock and in the history.")
        )
        self.secret = NewPassphrase()
        self.passphrase, self.again = self.secret.passphrase, self.secret.again
        self.place_words = label("", "meta", wrap=True)
        self.place_button = quiet_button(self.tr("Choose another p&lace…"), "folder-open")
        self.place_warning = label("", "meta", tone=Tone.WARNING, wrap=True)
        self.place_warning.hide()
        self.create_button = primary_button(self.tr("&Create the vault"), "shield-check")
        self.back_button = secondary_button(self.tr("&Back"))
        self._build()

    def _build(self) -> None:
        self.place_button.clicked.connect(self.choose_place)
        self.create_button.clicked.connect(self.submit)
        self.back_button.clicked.connect(self.back)
        self.secret.typed.connect(self.typed)
        self.organisation.edited.connect(self._say_place)
        self.secret.entered.connect(self.submit)
        self.body.setSpacing(Space.SMALL)
        self.body.addWidget(label(self.tr("Create a vault"), "title", wrap=True))
        for field in (self.organisation, self.person, self.secret, self.place_words):
            self.body.addWidget(field)
        self.body.addLayout(row(self.place_button, 1))
        self.body.addWidget(self.place_warning)
        self.body.addLayout(row(self.create_button, self.back_button, 1))
        self._say_place()

    def folder(self) -> Path:
        """Return the folder the vault will be."""
        kept = "".join(letter for letter in self.organisation.text().strip() if letter not in '\\/:*?"<>|')
        return self.place / f"{kept.strip(' .') or 'Our vault'}.coachdesk"

    def set_place(self, place: Path, warning: str = "") -> None:
        """Put the vault somewhere else; a warning says why that may be unwise."""
        self.place = place
        self.place_warning.setText(warning)
        self.place_warning.setVisible(bool(warning))
        self._say_place()

    def submit(self) -> None:
        """Check what can be checked here and wish for the vault."""
        named = (
            (self.organisation, self.tr("Give your organisation’s name.")),
            (self.person, self.tr("Give the name you go by at work.")),
        )
        refused: list[LabelledLine] = []
        for field, sentence in named:
            empty = not field.text().strip()
            field.refuse(sentence if empty else "")
            refused += [field] * empty
        missing = self.secret.missing()
        refused += [missing] if missing else []
        if refused:
            refused[0].setFocus()
            return
        self.wished.emit(
            NewVault(
                self.organisation.text().strip(),
                self.person.text().strip(),
                self.passphrase.text(),
                self.folder(),
            )
        )

    def _say_place(self) -> None:
        self.place_words.setText(self.tr("It will lie in {folder}").format(folder=self.folder()))
