"""A question with few answers, all in sight, each one key away; for what is asked while somebody is talking."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QWidget
from typing_extensions import override

from coachdesk.ui.forms.fields import Choice
from coachdesk.ui.forms.inputs import Input
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.flow import Flow

_ON = {Qt.Key.Key_S, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}
_TAKE_BACK = {Qt.Key.Key_Backspace, Qt.Key.Key_Delete}
_PLAIN = {
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.KeypadModifier,
    Qt.KeyboardModifier.ShiftModifier,
}
_NONE = -1


@dataclass(frozen=True, slots=True)
class OneKey(Choice):
    """One answer out of a few; ``keys`` is the letter or digit of each answer. Nothing chosen is None."""

    keys: Mapping[Any, str] = field(default_factory=dict)


class OneKeyInput(Input):
    """A button for each answer. Its key answers and goes on, S goes on without, Backspace takes back.

    Signals: ``moved_on()`` for the next question to take the keyboard; ``moved_back()`` for the one before.
    """

    moved_on = Signal()
    moved_back = Signal()

    def __init__(self, asked: OneKey, parent: QObject | None = None) -> None:
        self.holder = QWidget()
        super().__init__(self.holder, parent)
        self._values = [option.value for option in asked.options]
        self._keys = {
            key.upper(): place for place, value in enumerate(self._values) if (key := asked.keys.get(value))
        }
        self._chosen = _NONE
        self._group = QButtonGroup(self)
        answers = Flow(spacing=Space.HAIR)
        for place, option in enumerate(asked.options):
            button = Button(option.words, kind="segment")
            button.setCheckable(True)
            button.setToolTip(asked.keys.get(option.value, ""))
            button.clicked.connect(self._clicked)
            button.installEventFilter(self)
            self._group.addButton(button, place)
            answers.addWidget(button)
        self.holder.setLayout(answers)
        self.set_value(None)

    @override
    def name(self, words: str) -> None:
        super().name(words)
        for button in self._group.buttons():
            button.setAccessibleName(f"{words} {button.text()}")

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.modifiers() in _PLAIN
            and self._pressed(Qt.Key(event.key()), event.text().upper())
        ):
            return True
        return super().eventFilter(watched, event)

    def _pressed(self, key: Qt.Key, letter: str) -> bool:
        """Answer, take back or go on by one key; return whether the key meant any of that."""
        if letter in self._keys:
            self._choose(self._keys[letter])
            self.moved_on.emit()
        elif key in _ON:
            self.moved_on.emit()
        elif key is Qt.Key.Key_Up:
            self.moved_back.emit()
        elif key in _TAKE_BACK:
            self._choose(_NONE)
            self.focus()
        else:
            return False
        return True

    def _clicked(self) -> None:
        clicked = self._group.checkedId()
        self._choose(_NONE if clicked == self._chosen else clicked)

    def _choose(self, place: int) -> None:
        self._show(place)
        self.edited.emit()

    def _show(self, place: int) -> None:
        self._chosen = place
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(self._group.id(button) == place)
        self._group.setExclusive(True)

    @override
    def value(self) -> Any:
        return None if self._chosen == _NONE else self._values[self._chosen]

    @override
    def set_value(self, value: Any) -> None:
        self._show(self._values.index(value) if value in self._values else _NONE)

    @override
    def raw(self) -> str:
        return "" if self._chosen == _NONE else str(self._values[self._chosen])

    @override
    def set_raw(self, raw: Any) -> None:
        places = [place for place, value in enumerate(self._values) if str(value) == str(raw)]
        self._show(places[0] if places else _NONE)

    @override
    def focus(self) -> None:
        chosen = self._group.checkedButton() or next(iter(self._group.buttons()), self.holder)
        chosen.setFocus(Qt.FocusReason.ShortcutFocusReason)
