"""Choosing a passphrase: typed twice, its strength in words, and one of words suggested for whoever wants it."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.unlock.fields import PassphraseLine
from coachdesk.ui.widgets.buttons import quiet_button
from coachdesk.ui.widgets.labels import label, restyle
from coachdesk.ui.widgets.surfaces import row


class NewPassphrase(QWidget):
    """Two lines for one passphrase; whoever owns it judges the strength and calls ``say_strength``.

    Signals: ``typed(str)`` at each letter of the passphrase; ``entered()`` on Enter in the second line.
    """

    typed = Signal(str)
    entered = Signal()

    def __init__(self, words: str = "", again: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.passphrase = PassphraseLine(
            words or self.tr("&Passphrase"),
            self.tr("Four or more unrelated words are strong and easy to remember."),
        )
        self.suggest_button = quiet_button(self.tr("&Suggest one"), "refresh-cw")
        self.strength = label("", "meta", wrap=True)
        self.keep = label(
            self.tr(
                "This one was drawn by chance. Write it down until you know it, and type it again below."
            ),
            "meta",
            wrap=True,
        )
        self.again = PassphraseLine(again or self.tr("Passphrase &again"))
        self.strength.hide()
        self.keep.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.SMALL)
        box.addWidget(self.passphrase)
        box.addWidget(self.strength)
        box.addLayout(row(self.suggest_button, 1))
        box.addWidget(self.keep)
        box.addWidget(self.again)
        self.passphrase.line.textEdited.connect(self._typed)
        self.suggest_button.clicked.connect(self._suggest)
        self.again.entered.connect(self.entered)
        self.setFocusProxy(self.passphrase)

    def _typed(self, words: str) -> None:
        self.keep.hide()
        self.typed.emit(words)

    @Slot()
    def _suggest(self) -> None:
        from coachdesk.vault.passphrase_words import suggested_passphrase  # noqa: PLC0415  not before it is wanted

        words = suggested_passphrase()
        self.clear()
        self.passphrase.line.setText(words)
        self.passphrase.eye.setChecked(True)
        self.keep.show()
        self.typed.emit(words)
        self.again.setFocus()

    def say_strength(self, words: str, *, enough: bool) -> None:
        """Say how strong the passphrase is."""
        self.strength.setText(words)
        self.strength.setVisible(bool(words))
        restyle(self.strength, tone=(Tone.OK if enough else Tone.WARNING).value)

    def refuse(self, sentence: str) -> None:
        """Say beside the passphrase why it will not do, and take the keyboard there."""
        self.passphrase.refuse(sentence)
        self.passphrase.setFocus()

    def missing(self) -> PassphraseLine | None:
        """Return the line that is to be put right first, with the reason beside it; None when both are alike."""
        first, second = self.passphrase.text(), self.again.text()
        self.passphrase.refuse("" if first else self.tr("Choose a passphrase."))
        alike = _as_judged(first) == _as_judged(second)
        self.again.refuse("" if alike else self.tr("The two passphrases differ. Type the same one twice."))
        if not first:
            return self.passphrase
        return None if alike else self.again

    def text(self) -> str:
        """Return the passphrase as typed."""
        return self.passphrase.text()

    def clear(self) -> None:
        """Forget both and hide them again."""
        self.passphrase.clear()
        self.again.clear()
        self.keep.hide()
        self.say_strength("", enough=False)


def _as_judged(typed: str) -> str:
    """Return a passphrase as it opens the vault: composed and decomposed accents are one."""
    import unicodedata  # noqa: PLC0415  not before something is typed

    return unicodedata.normalize("NFKC", typed)
