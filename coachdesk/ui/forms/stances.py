"""A stance on each of many subjects, the same few answers for all, every one of them in sight and one key away."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QWidget
from typing_extensions import override

from coachdesk.ui.forms.fields import Field, Option
from coachdesk.ui.forms.inputs import Input
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets.buttons import Button
from coachdesk.ui.widgets.flow import Flow
from coachdesk.ui.widgets.labels import label
from coachdesk.ui.widgets.surfaces import row

_ROW_CHARACTERS = 44
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1}
_MEANT = "="


@dataclass(frozen=True, slots=True)
class Stances(Field):
    """Many subjects, each with one of the same answers; the first answer is where nobody said anything.

    Its value maps the subjects somebody took a stance on to their answers.
    """

    subjects: Sequence[Option] = ()
    answers: Sequence[Option] = ()


class _Rows(QWidget):
    """The subjects below each other, in as many columns as the room and the text allow."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[QWidget] = []
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.WIDE)
        self._grid.setVerticalSpacing(Space.HAIR)

    def arrange(self) -> None:
        """Put the rows where they belong now."""
        wanted = max(self.width() // (_ROW_CHARACTERS * self.fontMetrics().averageCharWidth()), 1)
        if wanted == self._columns:
            return
        self._columns = wanted
        high = -(-len(self.rows) // wanted)
        for place, one in enumerate(self.rows):
            self._grid.addWidget(one, place % high, place // high)

    @override
    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.arrange()


class StancesInput(Input):
    """A row of buttons for each subject: 1, 2, 3 answer and go on; Up and Down go from subject to subject."""

    nothing: Any = {}  # noqa: RUF012  the value of nothing, which nobody writes into

    def __init__(self, field: Stances, parent: QObject | None = None) -> None:
        self.holder = _Rows()
        super().__init__(self.holder, parent)
        self._field = field
        self._groups: list[QButtonGroup] = [self._row(subject) for subject in field.subjects]
        self.holder.arrange()
        self.set_value({})

    def _row(self, subject: Option) -> QButtonGroup:
        group = QButtonGroup(self)
        answers = Flow(spacing=2)
        for place, answer in enumerate(self._field.answers):
            button = Button(
                answer.words, kind="segment" if place else "quiet"
            )  # only what was said stands out
            button.setCheckable(True)
            button.setToolTip(str(place + 1))
            button.clicked.connect(self._clicked)
            button.installEventFilter(self)
            group.addButton(button, place)
            answers.addWidget(button)
        line = QWidget()
        box = row(label(subject.words, wrap=True))
        box.addLayout(answers)
        box.setContentsMargins(0, 0, 0, 0)
        box.setStretch(0, 1)
        line.setLayout(box)
        self.holder.rows.append(line)
        return group

    @override
    def name(self, words: str) -> None:
        super().name(words)
        for subject, group in zip(self._field.subjects, self._groups, strict=True):
            for button in group.buttons():
                spoken = self.tr("{subject}: {answer}")
                button.setAccessibleName(spoken.format(subject=subject.words, answer=button.text()))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if held == Qt.KeyboardModifier.NoModifier and self._pressed(watched, event):
                return True
        return super().eventFilter(watched, event)

    def _pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        """Answer, or go to the next subject or the one before; return whether the key meant that."""
        place = next(at for at, group in enumerate(self._groups) if watched in group.buttons())
        typed = event.text()
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if typed.isdigit() and 1 <= int(typed) <= len(self._field.answers):
            self._groups[place].button(int(typed) - 1).click()
            step = 1
        elif not step:
            return False
        self._go(place + step)
        return True

    def _go(self, place: int) -> None:
        """Take the keyboard to a subject; beyond the first and the last it stays."""
        group = self._groups[min(max(place, 0), len(self._groups) - 1)]
        group.button(group.checkedId()).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _clicked(self) -> None:
        self.edited.emit()

    @override
    def value(self) -> dict[str, Any]:
        chosen = zip(self._field.subjects, (group.checkedId() for group in self._groups), strict=True)
        return {str(subject.value): self._field.answers[place].value for subject, place in chosen if place}

    @override
    def set_value(self, value: Any) -> None:
        values = [answer.value for answer in self._field.answers]
        for subject, group in zip(self._field.subjects, self._groups, strict=True):
            said = (value or {}).get(subject.value)
            group.button(values.index(said) if said in values else 0).setChecked(True)

    @override
    def raw(self) -> list[str]:
        return [f"{subject}{_MEANT}{answer}" for subject, answer in self.value().items()]

    @override
    def set_raw(self, raw: Any) -> None:
        self.set_value(dict(str(one).split(_MEANT, 1) for one in raw))

    @override
    def focus(self) -> None:
        if self._groups:
            self._go(0)
