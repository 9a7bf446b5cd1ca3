"""A question answered from 0 to 10 by one key, or not answered in one of three ways, or skipped."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.terms import Unstated
from coachdesk.ui.forms.fields import Field
from coachdesk.ui.forms.inputs import Input
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets.buttons import Button, quiet_button
from coachdesk.ui.widgets.flow import Flow
from coachdesk.ui.widgets.labels import label

_TEN = 10
_UNSTATED_FROM = 100  # ids of the buttons that give no number
_NOT_ANSWERED = (Unstated.PREFERS_NOT_TO_SAY, Unstated.NOT_KNOWN, Unstated.NOT_APPLICABLE)
_DIGITS = {Qt.Key(Qt.Key.Key_0 + number): number for number in range(_TEN)}
_LETTERS = {
    Qt.Key.Key_T: _TEN,
    Qt.Key.Key_X: _TEN,
    Qt.Key.Key_P: _UNSTATED_FROM,
    Qt.Key.Key_K: _UNSTATED_FROM + 1,
    Qt.Key.Key_A: _UNSTATED_FROM + 2,
}
_ON = {Qt.Key.Key_S, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}
_TAKE_BACK = {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}


@dataclass(frozen=True, slots=True)
class Rating(Field):
    """A question with an answer from 0 to 10; its value is an int, a non-answer's key, or None where it is skipped."""

    low_words: str = ""
    high_words: str = ""


class RatingInput(Input):
    """All answers in sight, each one key: 0 to 9, T for ten, P, K and A for no answer, S to go on.

    Signals: ``moved_on()`` when a key answered or skipped the question, for the next one to take the keyboard;
    ``moved_back()`` when the one before is wanted again.
    """

    moved_on = Signal()
    moved_back = Signal()

    def __init__(self, field: Rating, parent: QObject | None = None) -> None:
        self.holder = QWidget()
        super().__init__(self.holder, parent)
        self._group = QButtonGroup(self)
        answers = Flow(spacing=Space.HAIR)
        for number in range(_TEN + 1):
            answers.addWidget(self._button(str(number), number))
        not_answered = (self.tr("Prefer not to say"), self.tr("Don’t know"), self.tr("Does not apply"))
        for place, words in enumerate(not_answered):
            answers.addWidget(self._button(words, _UNSTATED_FROM + place))
        self.clear_button = quiet_button(self.tr("Clear"))
        self.clear_button.clicked.connect(self._cleared)
        answers.addWidget(self.clear_button)
        whole = QVBoxLayout(self.holder)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addLayout(answers)
        if field.low_words or field.high_words:
            ends = self.tr("0 means {low}, 10 means {high}")
            whole.addWidget(label(ends.format(low=field.low_words, high=field.high_words), "meta", wrap=True))
        self._group.buttons()[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_value(None)

    def _button(self, words: str, number: int) -> QAbstractButton:
        button = Button(words, kind="segment")
        button.setCheckable(True)
        button.clicked.connect(self._clicked)
        button.installEventFilter(self)
        self._group.addButton(button, number)
        return button

    @override
    def name(self, words: str) -> None:
        super().name(words)
        for button in self._group.buttons():
            shown = button.text()
            spoken = (
                self.tr("{question} {answer} of 10") if shown.isdigit() else self.tr("{question} {answer}")
            )
            button.setAccessibleName(spoken.format(question=words, answer=shown))
        self.clear_button.setAccessibleName(self.tr("Clear the answer to {question}").format(question=words))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            plain = event.modifiers() in {
                Qt.KeyboardModifier.NoModifier,
                Qt.KeyboardModifier.KeypadModifier,
                Qt.KeyboardModifier.ShiftModifier,
            }
            if plain and self._pressed(Qt.Key(event.key())):
                return True
        return super().eventFilter(watched, event)

    def _pressed(self, key: Qt.Key) -> bool:
        """Answer, take back or go on by one key; return whether the key meant any of that."""
        chosen = _DIGITS.get(key, _LETTERS.get(key))
        if chosen is not None:
            self._group.button(chosen).click()
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
    def value(self) -> int | str | None:
        button = self._group.checkedButton()
        if button is None:
            return None
        number = self._group.id(button)
        return number if number <= _TEN else str(_NOT_ANSWERED[number - _UNSTATED_FROM])

    @override
    def set_value(self, value: Any) -> None:
        number = _NOT_ANSWERED.index(value) + _UNSTATED_FROM if value in _NOT_ANSWERED else value
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(number is not None and self._group.id(button) == number)
        self._group.setExclusive(True)
        self.clear_button.setEnabled(value is not None)

    @override
    def focus(self) -> None:
        chosen = self._group.checkedButton() or self._group.buttons()[0]
        chosen.setFocus(Qt.FocusReason.ShortcutFocusReason)
