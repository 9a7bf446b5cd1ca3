"""The pages of a first run: a new vault, and its recovery key."""

from pathlib import Path
from typing import NamedTuple

from PySide6 import QtCore, QtGui
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.unlock.fields import LabelledLine
from coachdesk.ui.unlock.new_passphrase import NewPassphrase
from coachdesk.ui.unlock.pages import UnlockColumn
from coachdesk.ui.widgets.buttons import primary_button, quiet_button, secondary_button
from coachdesk.ui.widgets.labels import label, restyle
from coachdesk.ui.widgets.surfaces import row

LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})


class KeyWords(QLabel):
    """A recovery key in its groups, in two lines of letters of one width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(QtCore.Qt.TextFormat.PlainText)
        self.setFont(QtGui.QFontDatabase.systemFont(QtGui.QFontDatabase.SystemFont.FixedFont))
        self.setProperty("role", "section")
        self.setWordWrap(True)
        self.setTextInteractionFlags(
            QtCore.Qt.TextInteractionFlag.TextSelectableByMouse
            | QtCore.Qt.TextInteractionFlag.TextSelectableByKeyboard
        )

    def show_key(self, key: str) -> None:
        """Show a key; an empty one takes it off the screen."""
        groups = key.split("-")
        half = len(groups) // 2
        self.setText("   ".join(groups[:half]) + "\n" + "   ".join(groups[half:]) if key else "")
        self.setAccessibleName(
            self.tr("Recovery key: {groups}").format(groups=" ".join(groups)) if key else ""
        )


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


class RecoveryKeyPage(UnlockColumn):
    """The recovery key, shown once; a group is typed back before the vault opens.

    Signals: ``confirmed()`` once the group was typed back, ``save_sheet(str)`` with the key for its sheet.
    """

    confirmed = Signal()
    save_sheet = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self._group = 0
        self.key_words = KeyWords()
        self.sheet_button = secondary_button(self.tr("&Save its sheet as PDF…"), "printer")
        self.sheet_words = label("", "meta", wrap=True)
        self.sheet_words.hide()
        self.answer = LabelledLine("")
        self.done_button = primary_button(self.tr("I have &kept it; open the vault"), "key-round")
        self.sheet_button.clicked.connect(self._save_sheet)
        self.done_button.clicked.connect(self.submit)
        self.answer.entered.connect(self.submit)
        self.body.addWidget(label(self.tr("Your recovery key"), "title", wrap=True))
        self.body.addWidget(
            label(
                self.tr(
                    "If every passphrase is forgotten, this key is the only way back in. Nobody else has it, and it is "
                    "shown this once. Write it down or print its sheet, and give it to a trustee to keep away from this "
                    "computer."
                ),
                wrap=True,
            )
        )
        self.body.addWidget(self.key_words)
        self.body.addLayout(row(self.sheet_button, 1))
        self.body.addWidget(self.sheet_words)
        self.body.addWidget(self.answer)
        self.body.addLayout(row(self.done_button, 1))

    def show_key(self, key: str, group: int) -> None:
        """Show a key and ask for one of its groups (counted from 1)."""
        self._key, self._group = key, group
        self.key_words.show_key(key)
        self.sheet_words.hide()
        self.answer.clear()
        self.answer.rename(
            self.tr("From your copy, type &group {number} of {of}").format(
                number=group, of=len(key.split("-"))
            )
        )

    def say_saved(self, words: str, tone: Tone) -> None:
        """Say where the sheet lies, or why it does not."""
        self.sheet_words.setText(words)
        restyle(self.sheet_words, tone=tone.value)
        self.sheet_words.show()

    def _save_sheet(self) -> None:
        self.save_sheet.emit(self._key)

    def submit(self) -> None:
        """Open the vault if the group was typed as it stands on the sheet."""
        typed = "".join(self.answer.text().split()).upper().translate(LOOK_ALIKES)
        if typed == self._key.split("-")[self._group - 1]:
            self._key = ""
            self.key_words.show_key("")
            self.confirmed.emit()
        else:
            self.answer.refuse(
                self.tr("That is not group {number}. Compare it with the key above.").format(
                    number=self._group
                )
            )
