"""A form keeps its Alt keys while somebody types in it, whatever else on the page has the same ones."""

from collections.abc import Iterator

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from typing_extensions import override

PROPERTY = "own_keys"


class OwnKeys(QObject):
    """Decides between two forms that are open at once, in favour of the one with the keyboard.

    Qt asks the widgets with the keyboard, from the inside out, before it looks a shortcut up. That is when
    everything outside the form lets go of the key; it gets it back when the key has been dealt with.
    """

    def __init__(self, form: QWidget) -> None:
        super().__init__(form)
        self._form = form
        self._buttons: list[tuple[QAbstractButton, QKeySequence]] = []
        self._labels: list[tuple[QLabel, QWidget]] = []
        form.setProperty(PROPERTY, True)
        form.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.ShortcutOverride
            and event.modifiers() == Qt.KeyboardModifier.AltModifier
        ):
            self._claim(QKeySequence(event.keyCombination()))
        return super().eventFilter(watched, event)

    def _claim(self, key: QKeySequence) -> None:
        found = list(_holders(self._form.window(), key))
        others = [one for one in found if not self._form.isAncestorOf(one)]
        if len(others) == len(found):
            return
        for one in others:
            if isinstance(one, QLabel):
                buddy = one.buddy()
                if buddy is not None:
                    self._labels.append((one, buddy))
                    one.setBuddy(None)  # type: ignore[arg-type]  # Qt takes none, its stubs do not say so
            elif isinstance(one, QAbstractButton):
                self._buttons.append((one, one.shortcut()))
                one.setShortcut(QKeySequence())
        QTimer.singleShot(0, self._give_back)

    @Slot()
    def _give_back(self) -> None:
        for button, key in self._buttons:
            if shiboken6.isValid(button):
                button.setShortcut(key)
        for words, buddy in self._labels:
            if shiboken6.isValid(words) and shiboken6.isValid(buddy):
                words.setBuddy(buddy)
        self._buttons, self._labels = [], []


def _holders(window: QWidget, key: QKeySequence) -> Iterator[QWidget]:
    """Yield what can be seen on the window and answers to a key."""
    for one in window.findChildren(QAbstractButton):
        if one.isVisible() and one.shortcut() == key:
            yield one
    for words in window.findChildren(QLabel):
        if words.isVisible() and words.buddy() is not None and QKeySequence.mnemonic(words.text()) == key:
            yield words
