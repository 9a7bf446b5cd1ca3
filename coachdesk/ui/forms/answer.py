"""A question with a few answers in words, each one key, or skipped."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.ui.forms.fields import Field, Option
from coachdesk.ui.forms.inputs import Input
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets.buttons import Button, quiet_button
from coachdesk.ui.widgets.flow import Flow

_ON = {Qt.Key.Key_S, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}
_TAKE_BACK = {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}
_PLAIN = {
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.KeypadModifier,
    Qt.KeyboardModifier.ShiftModifier,
}


@dataclass(frozen=True, slots=True)
class Answer(Field):
    """A question whose answers are all in sight; ``keys`` names the key of each, a digit or a letter.

    Its value is the option's, or None where the question is skipped.
    """

    options: Sequence[Option] = ()
    keys: str = ""


class AnswerInput(Input):
    """The answers side by side: their key, S to go on, Up to go back, Backspace to take the answer back.

    Signals: ``moved_on()`` when a key answered or skipped the question; ``moved_back()`` when the one before is wanted.
    """

    moved_on = Signal()
    moved_back = Signal()

    def __init__(self, field: Answer, parent: QObject | None = None) -> None:
        self.holder = QWidget()
        super().__init__(self.holder, parent)
        self._options = tuple(field.options)
        self._keys = {Qt.Key(ord(key)): place for place, key in enumerate(field.keys)}
        self._group = QButtonGroup(self)
        answers = Flow(spacing=Space.HAIR)
        for place, option in enumerate(self._options):
            button = Button(option.words, kind="segment")
            button.setCheckable(True)
            button.clicked.connect(self._clicked)
            button.installEventFilter(self)
            button.setToolTip(field.keys[place : place + 1])
            self._group.addButton(button, place)
            answers.addWidget(button)
        self.clear_button = quiet_button(self.tr("Clear"))
        self.clear_button.clicked.connect(self._cleared)
        answers.addWidget(self.clear_button)
        whole = QVBoxLayout(self.holder)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(answers)
        self.set_value(None)

    @override
    def name(self, words: str) -> None:
        super().name(words)
        for button in self._group.buttons():
            button.setAccessibleName(
                self.tr("{question} {answer}").format(question=words, answer=button.text())
            )
        self.clear_button.setAccessibleName(self.tr("Clear the answer to {question}").format(question=words))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            plain = event.modifiers() in _PLAIN
            if plain and self._pressed(Qt.Key(event.key())):
                return True
        return super().eventFilter(watched, event)

    def _pressed(self, key: Qt.Key) -> bool:
        """Answer, take back or go on by one key; return whether the key meant any of that."""
        if key in self._keys:
            self._group.button(self._keys[key]).click()
            self.moved_on.emit()
        elif key in _ON:
            self.moved_on.emit()
        elif key is Qt.Key.Key_Up:
            self.moved_back.emit()
        elif key in _TAKE_BACK:
            self._cleared()
        else:
            return False
        return True

    def _clicked(self) -> None:
        self.clear_button.setEnabled(True)
        self.edited.emit()

    def _cleared(self) -> None:
        self.set_value(None)
        self.focus()
        self.edited.emit()

    @override
    def value(self) -> Any:
        place = self._group.checkedId()
        return None if place < 0 else self._options[place].value

    @override
    def set_value(self, value: Any) -> None:
        self._group.setExclusive(False)
        for place, option in enumerate(self._options):
            self._group.button(place).setChecked(value is not None and option.value == value)
        self._group.setExclusive(True)
        self.clear_button.setEnabled(value is not None)

    @override
    def focus(self) -> None:
        chosen = self._group.checkedButton() or self._group.buttons()[0]
        chosen.setFocus(Qt.FocusReason.ShortcutFocusReason)
