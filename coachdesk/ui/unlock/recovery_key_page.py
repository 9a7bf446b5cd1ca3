"""The second page of a first run: the recovery key is shown once, and counts once it was typed back whole."""

from PySide6 import QtCore, QtGui
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from coachdesk.errors import Refusal
from coachdesk.ui.tokens import Tone
from coachdesk.ui.unlock.fields import LabelledLine
from coachdesk.ui.unlock.pages import UnlockColumn
from coachdesk.ui.widgets.buttons import primary_button, secondary_button
from coachdesk.ui.widgets.labels import label, restyle
from coachdesk.ui.widgets.surfaces import row


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


class RecoveryKeyPage(UnlockColumn):
    """The recovery key, shown once, then hidden while it is typed back whole from its copy.

    Signals: ``confirmed()`` once the whole key was typed back, ``save_sheet(str)`` with the key for its sheet.
    """

    confirmed = Signal()
    save_sheet = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._key = ""
        self.key_words = KeyWords()
        self.told = label("", wrap=True)
        self.sheet_button = secondary_button(self.tr("&Save its sheet as PDF…"), "printer")
        self.sheet_words = label("", "meta", wrap=True)
        self.next_button = primary_button(self.tr("I have it on &paper: type it back"), "arrow-right")
        self.typed = LabelledLine(
            self.tr("The &key, from your copy"),
            self.tr("Eight groups of five. Capitals, dashes and blanks do not matter."),
        )
        self.done_button = primary_button(self.tr("&Open the vault"), "key-round")
        self.again_button = secondary_button(self.tr("S&how the key again"), "eye")
        self._build()

    def _build(self) -> None:
        self.sheet_button.clicked.connect(self._save_sheet)
        self.next_button.clicked.connect(self.ask_back)
        self.again_button.clicked.connect(self._again)
        self.done_button.clicked.connect(self.submit)
        self.typed.entered.connect(self.submit)
        self.body.addWidget(label(self.tr("Your recovery key"), "title", wrap=True))
        for piece in (self.told, self.key_words):
            self.body.addWidget(piece)
        self.body.addLayout(row(self.sheet_button, 1))
        self.body.addWidget(self.sheet_words)
        self.body.addWidget(self.typed)
        self.body.addLayout(row(self.next_button, self.done_button, self.again_button, 1))

    def show_key(self, key: str) -> None:
        """Show a key, to be written down or printed."""
        self._key = key
        self.sheet_words.hide()
        self._show_step(asking=False)

    def ask_back(self) -> None:
        """Hide the key and ask for it: what is typed shall come from the paper, not from the screen."""
        self._show_step(asking=True)

    def say_saved(self, words: str, tone: Tone) -> None:
        """Say where the sheet lies, or why it does not."""
        self.sheet_words.setText(words)
        restyle(self.sheet_words, tone=tone.value)
        self.sheet_words.show()

    def submit(self) -> None:
        """Open the vault if the key was typed as it stands on the sheet; otherwise name the group with the slip."""
        refused = self._slip(self.typed.text())
        if refused:
            self.typed.refuse(refused)
            self.typed.setFocus()
            return
        self._key = ""
        self.key_words.show_key("")
        self.typed.clear()
        self.confirmed.emit()

    def _slip(self, typed: str) -> str:
        from coachdesk.vault.recovery import secret_of  # noqa: PLC0415  brings OpenSSL, not needed for the first painting

        try:
            if secret_of(typed) == secret_of(self._key):
                return ""
        except Refusal as refused:
            return refused.message
        return self.tr("That is a recovery key, but not this one. Is it an older sheet?")

    def _show_step(self, *, asking: bool) -> None:
        self.told.setText(
            self.tr(
                "Type the whole key from the paper: then it is certain that it was kept, and that it can be read."
            )
            if asking
            else self.tr(
                "If every passphrase is forgotten, this key is the only way back in. Nobody else has it, and it is "
                "shown this once. Print its sheet or write it down, and give it to a trustee to keep away from this "
                "computer."
            )
        )
        self.typed.clear()
        self.key_words.show_key("" if asking else self._key)
        asked = (self.typed, self.done_button, self.again_button)
        for piece in (self.key_words, self.sheet_button, self.next_button, *asked):
            piece.setVisible((piece in asked) is asking)
        (self.typed if asking else self.sheet_button).setFocus()

    def _again(self) -> None:
        self._show_step(asking=False)

    def _save_sheet(self) -> None:
        self.save_sheet.emit(self._key)
