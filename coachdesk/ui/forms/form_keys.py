"""The two keys of every form: Ctrl+Enter hands it in, Escape puts it away."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})


def hands_in(event: QKeyEvent) -> bool:
    """Return whether a key is Ctrl+Enter, on either side of the keyboard."""
    return event.key() in _ENTER and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)


def answer_key(event: QKeyEvent, hand_in: Callable[[], None], put_away: Callable[[], None]) -> bool:
    """Hand a form in or put it away if that is what a key asks for; return whether it was."""
    if hands_in(event):
        hand_in()
        return True
    if event.key() == Qt.Key.Key_Escape:
        put_away()
        return True
    return False
