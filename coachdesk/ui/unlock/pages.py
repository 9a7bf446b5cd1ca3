"""The pages of the unlock window: welcome, unlock, create, and the recovery key."""

from pathlib import Path
from typing import NamedTuple

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.unlock.fields import LabelledLine, PassphraseLine
from coachdesk.ui.widgets.buttons import Button, primary_button, quiet_button, secondary_button
from coachdesk.ui.widgets.labels import AUTO_TEXT, label
from coachdesk.ui.widgets.surfaces import column, row


class UnlockColumn(QWidget):
    """One column of pieces, top to bottom."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(Space.CARD)

    def busy(self, *, is_busy: bool) -> None:
        """Take no further input while something is under way."""
        self.setEnabled(not is_busy)


class WelcomePage(UnlockColumn):
    """What there is to do before any vault is known.

    Signals: ``create_wanted()``, ``open_other()``, ``practise()``.
    """

    create_wanted = Signal()
    open_other = Signal()
    practise = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.create_button = primary_button(self.tr("&Create a vault"), "shield-check")
        self.open_button = secondary_button(self.tr("&Open a vault…"), "folder-open")
        self.practice_button = quiet_button(self.tr("Try the &practice world"), "graduation-cap")
        self.create_button.clicked.connect(self.create_wanted)
        self.open_button.clicked.connect(self.open_other)
        self.practice_button.clicked.connect(self.practise)
        self.body.addWidget(label(self.tr("Welcome to CoachDesk"), "title", wrap=True))
        self.body.addWidget(
            label(
                self.tr(
                    "Your clients' records live in a vault on this computer: encrypted, and never sent anywhere. "
                    "Create one for your organisation, or open one you already have."
                ),
                "secondary",
                wrap=True,
            )
        )
        for button in (self.create_button, self.open_button, self.practice_button):
            self.body.addWidget(button)
        self.body.addWidget(
            label(
                self.tr("The practice world is full of invented people. Nothing you do there is real."),
                "meta",
                wrap=True,
            )
        )


class NewVault(NamedTuple):
    """What is needed to create a vault."""

    organisation: str
    person: str
    passphrase: str
    folder: Path


class CreatePage(UnlockColumn):
    """Organisation, name, place and passphrase of a new vault.

    Signals: ``wished(NewVault)``, ``back()``, ``choose_place()``, ``suggest()``, ``typed(str)`` on each
    letter of the passphrase, so that its strength can be judged elsewhere.
    """

    wished = Signal(object)
    back = Signal()
    choose_place = Signal()
    suggest = Signal()
    typed = Signal(str)

    def __init__(self, place: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.place = place
        self.organisation = LabelledLine(self.tr("&Organisation"))
        self.person = LabelledLine(
            self.tr("Your &name"), self.tr("Shown when you unlock and in the history.")
        )
        self.passphrase = PassphraseLine(
            self.tr("&Passphrase"), self.tr("Four or more unrelated words are strong and easy to remember.")
        )
        self.again = PassphraseLine(self.tr("Passphrase &again"))
        self.strength = label("", "meta", wrap=True)
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
        self.passphrase.line.textEdited.connect(self.typed)
        self.organisation.edited.connect(self._say_place)
        self.again.entered.connect(self.submit)
        self.body.setSpacing(Space.SMALL)
        self.body.addWidget(label(self.tr("Create a vault"), "title", wrap=True))
        for field in (self.organisation, self.person, self.passphrase):
            self.body.addWidget(field)
        self.body.addWidget(self.strength)
        self.body.addWidget(self.again)
        self.body.addLayout(row(self.place_words, self.place_button))
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

    def say_strength(self, words: str, *, good: bool) -> None:
        """Say how strong the passphrase is."""
        self.strength.setText(words)
        self.strength.setProperty("tone", (Tone.OK if good else Tone.WARNING).value)
        self.strength.style().polish(self.strength)

    def submit(self) -> None:
        """Check what can be checked here and wish for the vault."""
        wrong = (
            (
                self.organisation,
                not self.organisation.text().strip(),
                self.tr("Give your organisation's name."),
            ),
            (self.person, not self.person.text().strip(), self.tr("Give the name you go by at work.")),
            (self.passphrase, not self.passphrase.text(), self.tr("Choose a passphrase.")),
            (
                self.again,
                self.again.text() != self.passphrase.text(),
                self.tr("The two passphrases differ. Type the same one twice."),
            ),
        )
        refused = [field for field, is_wrong, _ in wrong if is_wrong]
        for field, is_wrong, sentence in wrong:
            field.refuse(sentence if is_wrong else "")
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

    Signals: ``confirmed()`` once the group was typed back, ``save_sheet()``.
    """

    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self._group = 0
        self.key_words = QLabel()
        self.key_words.setTextFormat(QtCore.Qt.TextFormat.PlainText)
        self.key_words.setFont(QtGui.QFontDatabase.systemFont(QtGui.QFontDatabase.SystemFont.FixedFont))
        self.key_words.setProperty("role", "section")
        self.key_words.setWordWrap(True)
        self.key_words.setTextInteractionFlags(
            QtCore.Qt.TextInteractionFlag.TextSelectableByMouse
            | QtCore.Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.answer = LabelledLine("")
        self.done_button = primary_button(self.tr("I have &kept it; open the vault"), "key-round")
        self.done_button.clicked.connect(self.submit)
        self.answer.entered.connect(self.submit)
        self.body.addWidget(label(self.tr("Your recovery key"), "title", wrap=True))
        self.body.addWidget(
            label(
                self.tr(
                    "If every passphrase is forgotten, this key is the only way back in. Nobody else has it, and it is "
                    "shown this once. Write it down or print it, and give it to a trustee to keep away from this computer."
                ),
                wrap=True,
            )
        )
        self.body.addWidget(self.key_words)
        self.body.addWidget(self.answer)
        self.body.addLayout(row(self.done_button, 1))

    def show_key(self, key: str, group: int) -> None:
        """Show a key and ask for one of its groups (counted from 1)."""
        self._key, self._group = key, group
        groups = key.split("-")
        half = len(groups) // 2
        self.key_words.setText("   ".join(groups[:half]) + "\n" + "   ".join(groups[half:]))
        self.key_words.setAccessibleName(self.tr("Recovery key"))
        words = self.tr("From your copy, type &group {number} of {of}").format(
            number=group, of=len(key.split("-"))
        )
        self.answer.line.setAccessibleName(words.replace("&", ""))
        self.answer.findChild(QLabel).setText(words)  # type: ignore[union-attr]  # the line is built with its label

    def submit(self) -> None:
        """Open the vault if the group was typed as it stands on the sheet."""
        typed = "".join(self.answer.text().split()).upper()
        if typed == self._key.split("-")[self._group - 1]:
            self._key = ""
            self.key_words.clear()
            self.confirmed.emit()
        else:
            self.answer.refuse(
                self.tr("That is not group {number}. Compare it with the key above.").format(
                    number=self._group
                )
            )


class UnlockPage(UnlockColumn):
    """Passphrase of one vault.

    Signals: ``wished(str person, str passphrase)``, ``recover()``, ``another()``.
    """

    wished = Signal(str, str)
    recover = Signal()
    another = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label("", "title", wrap=True)
        self.person = QtWidgets.QComboBox()
        self.person.setAccessibleName(self.tr("Who is unlocking"))
        self.person_label = label(self.tr("&Who is unlocking"), "label")
        self.person_label.setProperty("textFormat", AUTO_TEXT)
        self.person_label.setBuddy(self.person)
        self.passphrase = PassphraseLine(self.tr("&Passphrase"))
        self.unlock_button: Button = primary_button(self.tr("&Unlock"), "lock")
        self.recover_button = quiet_button(self.tr("I have forgotten it: use the &recovery key"), "key-round")
        self.another_button = quiet_button(self.tr("Open or create &another vault"), "folder-open")
        self.unlock_button.clicked.connect(self.submit)
        self.passphrase.entered.connect(self.submit)
        self.recover_button.clicked.connect(self.recover)
        self.another_button.clicked.connect(self.another)
        self.body.addWidget(self.title)
        self.body.addLayout(column(self.person_label, self.person, spacing=Space.HAIR))
        self.body.addWidget(self.passphrase)
        self.body.addWidget(self.unlock_button)
        self.body.addLayout(column(row(self.recover_button, 1), row(self.another_button, 1), spacing=0))

    def show_vault(self, name: str) -> None:
        """Ask for the passphrase of a vault, whose people are not known yet."""
        self.title.setText(name)
        self.show_people(())
        self.passphrase.clear()
        self.passphrase.refuse("")

    def show_people(self, people: tuple[str, ...]) -> None:
        """Ask who is unlocking where there are several."""
        self.person.clear()
        self.person.addItems(list(people))
        self.person.setVisible(len(people) > 1)
        self.person_label.setVisible(len(people) > 1)

    def refuse(self, sentence: str) -> None:
        """Say why the vault did not open, and be ready for another try."""
        self.passphrase.refuse(sentence)
        self.passphrase.line.selectAll()
        self.passphrase.setFocus()

    def submit(self) -> None:
        """Wish to unlock with what was typed."""
        if not self.passphrase.text():
            self.refuse(self.tr("Type your passphrase."))
            return
        self.wished.emit(self.person.currentText(), self.passphrase.text())


class RecoverPage(UnlockColumn):
    """The recovery key typed in from its sheet.

    Signals: ``wished(str)``, ``back()``.
    """

    wished = Signal(str)
    back = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key = LabelledLine(
            self.tr("&Recovery key"),
            self.tr("Eight groups of five. Capitals, dashes and blanks do not matter."),
        )
        self.unlock_button = primary_button(self.tr("&Unlock"), "key-round")
        self.back_button = secondary_button(self.tr("&Back"))
        self.unlock_button.clicked.connect(self.submit)
        self.key.entered.connect(self.submit)
        self.back_button.clicked.connect(self.back)
        self.body.addWidget(label(self.tr("Unlock with the recovery key"), "title", wrap=True))
        self.body.addWidget(self.key)
        self.body.addLayout(row(self.unlock_button, self.back_button, 1))

    def submit(self) -> None:
        """Wish to unlock with the key typed."""
        if self.key.text().strip():
            self.wished.emit(self.key.text())
        else:
            self.key.refuse(self.tr("Type the key from its sheet."))
