"""Labelled lines, as the unlock window and the cards about keys ask for them, and passphrases that can be shown."""

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from coachdesk.overriding import override
from coachdesk.ui.tokens import Space, Tone
from coachdesk.ui.widgets.buttons import IconButton
from coachdesk.ui.widgets.labels import AUTO_TEXT, label
from coachdesk.ui.widgets.surfaces import row

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent


class LabelledLine(QWidget):
    """A label, a line to type on, and room for the sentence that says what is wrong.

    Signals: ``edited()`` when the text changes, ``entered()`` on Enter.
    """

    edited = Signal()
    entered = Signal()

    def __init__(self, words: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = self._make_line()
        self.line.setAccessibleName(words.replace("&", ""))
        self.line.textEdited.connect(self._edited)
        self.line.returnPressed.connect(self.entered)
        self.label = label(words, "label", wrap=True)
        self.label.setProperty("textFormat", AUTO_TEXT)
        self.label.setBuddy(self.line)
        self.hint = label(hint, "meta", wrap=True)
        if not hint:  # shown before it has a place, it would be a window for a moment and take the keyboard
            self.hint.hide()
        self.refusal = label("", "meta", tone=Tone.DANGER, wrap=True)
        self.refusal.hide()
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.HAIR)
        box.addWidget(self.label)
        box.addLayout(self._line_row())
        box.addWidget(self.hint)
        box.addWidget(self.refusal)
        self.setFocusProxy(self.line)

    def _make_line(self) -> QLineEdit:
        return QLineEdit()

    def _line_row(self) -> QVBoxLayout:
        box = QVBoxLayout()
        box.addWidget(self.line)
        return box

    def rename(self, words: str) -> None:
        """Ask for something else."""
        self.label.setText(words)
        self.line.setAccessibleName(words.replace("&", ""))

    def clear(self) -> None:
        """Forget what was typed; the field does not keep it for its own undo."""
        self.line.setText("")
        self.refuse("")

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


def caps_lock_by(typed: str, *, shifted: bool) -> bool | None:
    """Return whether a letter just typed shows Caps Lock to be on, or None where it tells nothing.

    Qt cannot ask the keyboard on every system; the letter itself can.
    """
    if len(typed) != 1 or typed.lower() == typed.upper():
        return None
    return typed.isupper() is not shifted


class SecretLine(QLineEdit):
    """A line whose letters are hidden, which notices Caps Lock.

    Signals: ``caps_lock(bool)`` whenever a key tells whether it is on.
    """

    caps_lock = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caps: bool | None = None
        self.setEchoMode(QLineEdit.EchoMode.Password)

    @override
    def keyPressEvent(self, event: "QKeyEvent") -> None:
        super().keyPressEvent(event)
        shifted = bool(event.modifiers() & QtCore.Qt.KeyboardModifier.ShiftModifier)
        found = caps_lock_by(event.text(), shifted=shifted)
        if event.key() == QtCore.Qt.Key.Key_CapsLock and self._caps is not None:
            found = not self._caps
        if found is not None:
            self._caps = found
            self.caps_lock.emit(found)


class PassphraseLine(LabelledLine):
    """A passphrase: hidden until its eye is pressed; blanks count, and Caps Lock is told."""

    @override
    def _make_line(self) -> QLineEdit:
        line = SecretLine()
        line.caps_lock.connect(self._caps_lock)
        return line

    @override
    def _line_row(self) -> QVBoxLayout:
        self.eye = IconButton(QCoreApplication.translate("Unlock", "Show the passphrase"), "eye")
        self.eye.setCheckable(True)
        self.eye.toggled.connect(self._show)
        self.caps = label(
            QCoreApplication.translate("Unlock", "Caps Lock is on."), "meta", tone=Tone.WARNING, wrap=True
        )
        self.caps.hide()
        box = QVBoxLayout()
        box.setSpacing(Space.HAIR)
        box.addLayout(row(self.line, self.eye))
        box.addWidget(self.caps)
        return box

    def _caps_lock(self, on: bool) -> None:  # noqa: FBT001  the signature of Qt's signal
        if on and self.caps.isHidden():
            from coachdesk.ui.announce import announce  # noqa: PLC0415  not before the window is seen

            announce(self.line, self.caps.text())
        self.caps.setVisible(on)

    def _show(self, shown: bool) -> None:  # noqa: FBT001  the signature of Qt's signal
        mode = QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password
        self.line.setEchoMode(mode)
        self.eye.set_icon_name("eye-off" if shown else "eye")

    @override
    def clear(self) -> None:
        """Forget what was typed and hide the field again."""
        super().clear()
        self.caps.hide()
        self.eye.setChecked(False)
