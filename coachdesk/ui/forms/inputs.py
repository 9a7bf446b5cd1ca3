"""The controls behind the fields: text, numbers, check boxes and scales.

An input is no widget itself: its control has to be a sibling of its label, or Qt does not tell a
screen reader that they belong together.
"""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPlainTextEdit, QWidget
from typing_extensions import override

from coachdesk.errors import Refusal
from coachdesk.ui.forms import fields
from coachdesk.ui.widgets.labels import label


class Input(QObject):
    """One control (or several) that holds one value.

    Signals: ``edited()`` after the person changed it. ``target`` gets the keyboard and the name;
    ``pieces`` are put side by side, each with its share of the width.
    """

    edited = Signal()
    nothing: Any = None

    def __init__(self, target: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.target = target
        self.pieces: Sequence[tuple[QWidget, int]] = ((target, 1),)

    def value(self) -> Any:
        """Return the value; raises Refusal with one sentence when it cannot be understood."""
        raise NotImplementedError

    def set_value(self, value: Any) -> None:
        """Show a value."""
        raise NotImplementedError

    def raw(self) -> Any:
        """Return what was typed or chosen, fit for a draft even where it is no value yet."""
        return self.value()

    def set_raw(self, raw: Any) -> None:
        """Show what a draft kept."""
        self.set_value(raw)

    def name(self, words: str) -> None:
        """Say to a screen reader what this is."""
        self.target.setAccessibleName(words)

    def describe(self, words: str) -> None:
        """Say more to a screen reader: the hint, or why the value was refused."""
        self.target.setAccessibleDescription(words)

    def focus(self) -> None:
        """Take the keyboard here, with the ring: Qt hides it after any reason but Tab and this one."""
        self.target.setFocus(Qt.FocusReason.ShortcutFocusReason)


class TextInput(Input):
    """One line."""

    nothing = ""

    def __init__(self, field: fields.Text, parent: QObject | None = None) -> None:
        self.line = QLineEdit()
        super().__init__(self.line, parent)
        self.line.setPlaceholderText(field.placeholder)
        if field.longest:
            self.line.setMaxLength(field.longest)
        if field.secret:
            self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.textEdited.connect(self.edited)

    @override
    def value(self) -> str:
        return self.line.text().strip()

    @override
    def set_value(self, value: str | None) -> None:
        self.line.setText(value or "")

    @override
    def raw(self) -> str:
        return self.line.text()


class LinesInput(Input):
    """Several lines."""

    nothing = ""

    def __init__(self, field: fields.Lines, parent: QObject | None = None) -> None:
        self.box = QPlainTextEdit()
        super().__init__(self.box, parent)
        self.box.setTabChangesFocus(True)
        self.box.setPlaceholderText(field.placeholder)
        self.box.setFixedHeight(self.box.fontMetrics().lineSpacing() * field.rows + 24)
        self._quiet = False
        self.box.textChanged.connect(self._changed)

    def _changed(self) -> None:
        if not self._quiet:
            self.edited.emit()

    @override
    def value(self) -> str:
        return self.box.toPlainText().strip()

    @override
    def set_value(self, value: str | None) -> None:
        self._quiet = True
        self.box.setPlainText(value or "")
        self._quiet = False

    @override
    def raw(self) -> str:
        return self.box.toPlainText()


_FIRST_SHARE = 100  # whatever room there is goes to the line before it goes to emptiness


class NumberInput(Input):
    """A number in a line, so that any keyboard and any pasted text will do."""

    def __init__(self, field: fields.Number, parent: QObject | None = None) -> None:
        self._field = field
        self.line = QLineEdit()
        super().__init__(self.line, parent)
        self.line.setMaximumWidth(self.line.fontMetrics().averageCharWidth() * 16 + 24)
        self.unit = field.unit
        self.pieces = ((self.line, _FIRST_SHARE),)
        if field.unit:
            self.pieces = ((self.line, 0), (label(field.unit, "secondary"), 1))
        self.line.textEdited.connect(self.edited)

    @override
    def value(self) -> int | Decimal | None:
        typed = self.line.text().replace(",", "").replace("£", "").strip()
        if not typed:
            return None
        try:
            number = Decimal(typed)
        except InvalidOperation as error:
            raise Refusal(self.tr("Write a number, like 12.")) from error
        if not number.is_finite() or number != round(number, self._field.places):
            raise Refusal(self._shape())
        self._check_range(number)
        return number if self._field.places else int(number)

    def _shape(self) -> str:
        if self._field.places:
            return self.tr("Write a number with at most {places} decimals.").format(places=self._field.places)
        return self.tr("Write a whole number.")

    def _check_range(self, number: Decimal) -> None:
        lowest, highest = self._field.lowest, self._field.highest
        if lowest is not None and number < Decimal(str(lowest)):
            raise Refusal(self.tr("Must be {lowest} or more.").format(lowest=f"{lowest:g}"))
        if highest is not None and number > Decimal(str(highest)):
            raise Refusal(self.tr("Must be {highest} or less.").format(highest=f"{highest:g}"))

    @override
    def set_value(self, value: float | Decimal | None) -> None:
        self.line.setText("" if value is None else f"{value}")

    @override
    def raw(self) -> str:
        return self.line.text()

    @override
    def set_raw(self, raw: Any) -> None:
        self.line.setText(str(raw))


class CheckInput(Input):
    """A check box with its words."""

    nothing = False

    def __init__(self, field: fields.Check, parent: QObject | None = None) -> None:
        self.box = QCheckBox(field.label)
        super().__init__(self.box, parent)
        self.box.clicked.connect(self._clicked)

    def _clicked(self) -> None:
        self.edited.emit()

    @override
    def value(self) -> bool:
        return self.box.isChecked()

    @override
    def set_value(self, value: bool | None) -> None:  # the value is the argument
        self.box.setChecked(bool(value))
