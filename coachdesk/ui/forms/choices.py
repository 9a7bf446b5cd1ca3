"""Controls for choosing: one answer, several answers, a point on a scale."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QCompleter,
    QGridLayout,
    QLineEdit,
    QListView,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from coachdesk.errors import Refusal
from coachdesk.ui.forms import fields
from coachdesk.ui.forms.inputs import Input
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets.buttons import Button, quiet_button
from coachdesk.ui.widgets.flow import Flow
from coachdesk.ui.widgets.labels import label

_SEARCHED_FROM = 9  # a list longer than this is quicker to search than to read


class CalmComboBox(QComboBox):
    """A combo box that a passing mouse wheel does not change."""

    @override
    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()


class ChoiceInput(Input):
    """One answer out of a list."""

    def __init__(self, field: fields.Choice, parent: QObject | None = None) -> None:
        self.box = CalmComboBox()
        super().__init__(self.box, parent)
        self._nothing = field.nothing
        self._options: tuple[fields.Option, ...] = ()
        self._line: QLineEdit | None = None
        self.box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.box.setMinimumContentsLength(10)
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.set_options(field.options)
        self.box.activated.connect(self._chosen)

    def set_options(self, options: Sequence[fields.Option]) -> None:
        """Offer other answers; the chosen one stays if it is still offered."""
        kept = self.raw() if self._options else ""
        self._options = tuple(options)
        self.box.clear()
        self.box.addItem(self._nothing)
        self.box.addItems([option.words for option in self._options])
        if len(self._options) >= _SEARCHED_FROM and not self.box.isEditable():
            self._make_searchable()
        self.set_raw(kept)

    def _make_searchable(self) -> None:
        self.box.setLineEdit(line := QLineEdit())
        self._line = line
        self.box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        completer = QCompleter(self.box.model(), self.box)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = QListView()
        popup.setProperty("popup", True)
        completer.setPopup(popup)
        self.box.setCompleter(completer)
        line.setPlaceholderText(self.tr("Type to search"))
        line.textEdited.connect(self.edited)

    @override
    def name(self, words: str) -> None:
        super().name(words)
        if self._line is not None:
            self._line.setAccessibleName(words)

    def _chosen(self) -> None:
        self.edited.emit()

    @override
    def value(self) -> Any:
        words = self.box.currentText().strip()
        if not words or words == self._nothing:
            return None
        for option in self._options:
            if option.words.casefold() == words.casefold():
                return option.value
        raise Refusal(self.tr("Choose one from the list."))

    @override
    def set_value(self, value: Any) -> None:
        places = [place for place, option in enumerate(self._options, 1) if option.value == value]
        self._show(places[0] if places and value is not None else 0)

    @override
    def raw(self) -> str:
        words = self.box.currentText().strip()
        return next((str(option.value) for option in self._options if option.words == words), "")

    @override
    def set_raw(self, raw: Any) -> None:
        places = [place for place, option in enumerate(self._options, 1) if str(option.value) == raw]
        self._show(places[0] if places else 0)

    def _show(self, place: int) -> None:
        self.box.setCurrentIndex(place)
        if self.box.isEditable():
            self.box.setEditText(self.box.itemText(place))
        if self._line is not None:
            self._line.setCursorPosition(0)  # long words are read from their beginning


class ChoicesInput(Input):
    """Several answers, each a check box with its words."""

    nothing = ()

    def __init__(self, field: fields.Choices, parent: QObject | None = None) -> None:
        self._columns = max(field.columns, 1)
        self.group = QWidget()
        super().__init__(self.group, parent)
        self._grid = QGridLayout(self.group)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.GAP)
        self._grid.setVerticalSpacing(2)
        self._boxes: list[tuple[fields.Option, QCheckBox]] = []
        self.set_options(field.options)

    def set_options(self, options: Sequence[fields.Option]) -> None:
        """Offer other answers; those ticked stay ticked if they are still offered."""
        kept = self.raw()
        for _option, box in self._boxes:
            box.deleteLater()
        self._boxes = [(option, QCheckBox(option.words)) for option in options]
        for place, (_option, box) in enumerate(self._boxes):
            box.clicked.connect(self._clicked)
            self._grid.addWidget(box, place // self._columns, place % self._columns)
        self.set_raw(kept)

    def _clicked(self) -> None:
        self.edited.emit()

    @override
    def value(self) -> tuple[Any, ...]:
        return tuple(option.value for option, box in self._boxes if box.isChecked())

    @override
    def set_value(self, value: Any) -> None:
        for option, box in self._boxes:
            box.setChecked(option.value in (value or ()))

    @override
    def raw(self) -> list[str]:
        return [str(option.value) for option, box in self._boxes if box.isChecked()]

    @override
    def set_raw(self, raw: Any) -> None:
        for option, box in self._boxes:
            box.setChecked(str(option.value) in raw)

    @override
    def focus(self) -> None:
        if self._boxes:
            self._boxes[0][1].setFocus(Qt.FocusReason.ShortcutFocusReason)


class ScaleInput(Input):
    """All points of a scale in sight; "Clear" takes an answer back."""

    def __init__(self, field: fields.Scale, parent: QObject | None = None) -> None:
        self.holder = QWidget()
        super().__init__(self.holder, parent)
        self._field = field
        self._group = QButtonGroup(self)
        points = Flow(spacing=Space.HAIR)
        for number in range(field.lowest, field.highest + 1):
            button = Button(str(number), kind="segment")
            button.setCheckable(True)
            button.clicked.connect(self._clicked)
            self._group.addButton(button, number)
            points.addWidget(button)
        self.clear_button = quiet_button(self.tr("Clear"))
        self.clear_button.clicked.connect(self._cleared)
        points.addWidget(self.clear_button)
        whole = QVBoxLayout(self.holder)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(2)
        whole.addLayout(points)
        if field.low_words or field.high_words:
            ends = self.tr("{lowest} means {low}, {highest} means {high}").format(
                lowest=field.lowest, low=field.low_words, highest=field.highest, high=field.high_words
            )
            whole.addWidget(label(ends, "meta", wrap=True))
        self._group.buttons()[0].setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.set_value(None)

    @override
    def name(self, words: str) -> None:
        super().name(words)
        for button in self._group.buttons():
            spoken = self.tr("{question} {number} of {highest}")
            button.setAccessibleName(
                spoken.format(question=words, number=button.text(), highest=self._field.highest)
            )
        self.clear_button.setAccessibleName(self.tr("Clear the answer to {question}").format(question=words))

    def _clicked(self) -> None:
        self.clear_button.setEnabled(True)
        self.edited.emit()

    def _cleared(self) -> None:
        self.set_value(None)
        self.focus()
        self.edited.emit()

    @override
    def value(self) -> int | None:
        button = self._group.checkedButton()
        return None if button is None else self._group.id(button)

    @override
    def set_value(self, value: int | None) -> None:
        self._group.setExclusive(False)
        for button in self._group.buttons():
            button.setChecked(value is not None and self._group.id(button) == value)
        self._group.setExclusive(True)
        self.clear_button.setEnabled(value is not None)

    @override
    def focus(self) -> None:
        chosen = self._group.checkedButton() or self._group.buttons()[0]
        chosen.setFocus(Qt.FocusReason.ShortcutFocusReason)
