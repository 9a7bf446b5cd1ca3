"""Fields of the unlock window: labelled lines and a passphrase that can be shown."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from coachdesk.overriding import override
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets.buttons import IconButton
from coachdesk.ui.widgets.labels import AUTO_TEXT, label
from coachdesk.ui.widgets.surfaces import row


class LabelledLine(QWidget):
    """A label, a line to type on, and room for the sentence that says what is wrong.

    Signals: ``edited()`` when the text changes, ``entered()`` on Enter.
    """

    edited = Signal()
    entered = Signal()

    def __init__(self, words: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setAccessibleName(words.replace("&", ""))
        self.line.textEdited.connect(self._edited)
        self.line.returnPressed.connect(self.entered)
        self._label = label(words, "label")
        self._label.setProperty("textFormat", AUTO_TEXT)
        self._label.setBuddy(self.line)
        self.hint = label(hint, "meta", wrap=True)
        self.hint.setVisible(bool(hint))
        self.refusal = label("", "meta", tone=Tone.DANGER, wrap=True)
        self.refusal.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.HAIR)
        box.addWidget(self._label)
        box.addLayout(self._line_row())
        box.addWidget(self.hint)
        box.addWidget(self.refusal)
        self.setFocusProxy(self.line)

    def _line_row(self) -> QVBoxLayout:
        box = QVBoxLayout()
        box.addWidget(self.line)
        return box

    def text(self) -> str:
        """Return what was typed, blanks at the ends included."""
        return self.line.text()

    def refuse(self, sentence: str) -> None:
        """Say beside the field what is wrong; an empty sentence takes it away."""
        self.refusal.setText(sentence)
        self.refusal.setVisible(bool(sentence))
        self.line.setAccessibleDescription(sentence)

    def _edited(self, _text: str) -> None:
        self.refuse("")
        self.edited.emit()


class PassphraseLine(LabelledLine):
    """A passphrase: hidden until its eye is pressed; Caps Lock is not trimmed, blanks count."""

    @override
    def _line_row(self) -> QVBoxLayout:
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.eye = IconButton(QCoreApplication.translate("Unlock", "Show the passphrase"), "eye")
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._show)
        box = QVBoxLayout()
        box.addLayout(row(self.line, self.eye))
        return box

    def _show(self, shown: bool) -> None:  # noqa: FBT001  the signature of Qt's signal
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self.eye.set_icon_name("eye-off" if shown else "eye")

    def clear(self) -> None:
        """Forget what was typed and hide the field again."""
        self.line.clear()
        self.eye.setChecked(False)
