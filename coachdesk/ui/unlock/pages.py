"""The pages of the unlock window: welcome, unlock, and what to do when a passphrase is forgotten."""

from PySide6 import QtWidgets
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.ui.tokens import Space
from coachdesk.ui.unlock.countdown import Countdown
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
                    "Your clients’ records live in a vault on this computer: encrypted, and never sent anywhere. "
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
        self.recover_button = quiet_button(self.tr("I have &forgotten my passphrase"), "key-round")
        self.another_button = quiet_button(self.tr("Open or create &another vault"), "folder-open")
        self.countdown = Countdown(self.passphrase, self.unlock_button)
        self.unlock_button.clicked.connect(self.submit)
        self.passphrase.entered.connect(self.submit)
        self.recover_button.clicked.connect(self.recover)
        self.another_button.clicked.connect(self.another)
        self.body.addWidget(self.title)
        self.body.addLayout(column(self.person_label, self.person, spacing=Space.HAIR))
        self.body.addWidget(self.passphrase)
        self.body.addWidget(self.unlock_button)
        self.setFocusProxy(self.passphrase)
        self.body.addLayout(column(row(self.recover_button, 1), row(self.another_button, 1), spacing=0))

    def show_vault(self, name: str) -> None:
        """Ask for the passphrase of a vault, whose people are not known yet."""
        self.title.setText(name)
        self.show_people(())
        self.countdown.stop()
        self.passphrase.clear()

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
        if self.countdown.is_running:
            return
        if not self.passphrase.text():
            self.refuse(self.tr("Type your passphrase."))
            return
        self.wished.emit(*self.typed())

    def typed(self) -> tuple[str, str]:
        """Return who is chosen and the passphrase as it stands in the field."""
        return self.person.currentText(), self.passphrase.text()


class RecoverPage(UnlockColumn):
    """What to do when a passphrase is forgotten: the recovery key typed in from its sheet, or a manager.

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
        self.countdown = Countdown(self.key, self.unlock_button)
        self.unlock_button.clicked.connect(self.submit)
        self.key.entered.connect(self.submit)
        self.back_button.clicked.connect(self.back)
        self.body.addWidget(label(self.tr("Forgotten passphrase"), "title", wrap=True))
        self._explain(
            self.tr("A manager of your team can help"),
            self.tr(
                "They unlock with their own passphrase, choose Settings, then People, and give you a new passphrase. "
                "Nothing is lost."
            ),
        )
        self._explain(
            self.tr("Or use the recovery key"),
            self.tr(
                "It stands on the sheet that was printed when the vault was made; usually a trustee keeps it. You then "
                "choose a new passphrase."
            ),
        )
        self.body.addWidget(self.key)
        self.setFocusProxy(self.key)
        self.body.addLayout(row(self.unlock_button, self.back_button, 1))

    def _explain(self, heading: str, words: str) -> None:
        self.body.addLayout(
            column(label(heading, "strong", wrap=True), label(words, "secondary", wrap=True), spacing=0)
        )

    def start(self) -> None:
        """Begin with an empty field."""
        self.countdown.stop()
        self.key.clear()

    def refuse(self, sentence: str) -> None:
        """Say why the key did not open the vault, and be ready for another try."""
        self.key.refuse(sentence)
        self.key.setFocus()

    def submit(self) -> None:
        """Wish to unlock with the key typed."""
        if self.countdown.is_running:
            return
        if self.key.text().strip():
            self.wished.emit(self.key.text())
        else:
            self.key.refuse(self.tr("Type the key from its sheet."))
