"""Ctrl+Enter hands a form in and Escape puts it away; every other key stays with what is typed."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from coachdesk.ui.forms.form_keys import answer_key, hands_in

CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


def key(code: Qt.Key, modifiers: Qt.KeyboardModifier = NONE) -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, code, modifiers)


@pytest.mark.parametrize(
    ("event", "done"),
    [
        (key(Qt.Key.Key_Return, CONTROL), ["handed in"]),
        (key(Qt.Key.Key_Enter, CONTROL | KEYPAD), ["handed in"]),
        (key(Qt.Key.Key_Escape), ["put away"]),
        (key(Qt.Key.Key_Return), []),
        (key(Qt.Key.Key_Enter, KEYPAD), []),
        (key(Qt.Key.Key_S, CONTROL), []),
    ],
)
def test_a_form_answers_its_two_keys_and_no_other(event: QKeyEvent, done: list[str]) -> None:
    heard: list[str] = []

    def hand_in() -> None:
        heard.append("handed in")

    def put_away() -> None:
        heard.append("put away")

    assert answer_key(event, hand_in, put_away) is bool(done)
    assert heard == done
    assert hands_in(event) is (done == ["handed in"])
