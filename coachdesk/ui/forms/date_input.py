"""A date as people type it, with the calendar one button away."""

import datetime as dt
from typing import Any

from PySide6.QtCore import QDate, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QColor, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QFrame, QLineEdit, QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.clock import Clock
from coachdesk.errors import Refusal
from coachdesk.ui import spoken
from coachdesk.ui.dates import parse_spoken_date
from coachdesk.ui.forms import fields
from coachdesk.ui.forms.inputs import Input
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space
from coachdesk.ui.widgets.buttons import IconButton
from coachdesk.ui.widgets.labels import label

_LONGEST = "Wed 28 Sep 2026"  # what a line shows in full after the date was understood


class CalendarPopup(QFrame):
    """A month to choose a day from.

    Signals: ``picked(object)`` with the date.
    """

    picked = Signal(object)

    def __init__(self, start: dt.date, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("card", True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.calendar = QCalendarWidget()
        self.calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.calendar.setSelectedDate(QDate(start.year, start.month, start.day))
        self.calendar.setMinimumSize(look().px(330), look().px(270))
        weekend = QTextCharFormat()
        weekend.setForeground(QColor(look().colours.secondary))
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.calendar.setWeekdayTextFormat(day, weekend)
        self.calendar.setAccessibleName(self.tr("Calendar"))
        self.calendar.clicked.connect(self._picked)
        self.calendar.activated.connect(self._picked)
        box = QVBoxLayout(self)
        box.addWidget(self.calendar)
        self.setFocusProxy(self.calendar)

    def _picked(self, date: QDate) -> None:
        self.picked.emit(dt.date(date.year(), date.month(), date.day()))
        self.close()


class DateLine(QLineEdit):
    """A line with room for a date written out in full, at whatever size the text is."""

    @override
    def minimumSizeHint(self) -> QSize:
        # Asked by the layout again after every change of the font; a width set once would stay small as the text grew.
        hint = super().minimumSizeHint()
        wanted = self.fontMetrics().horizontalAdvance(_LONGEST) + look().px(Space.CARD * 2)
        return QSize(max(hint.width(), wanted), hint.height())


class DateInput(Input):
    """A line that understands "5 dec", "tomorrow", "+2w", and says beside it what it understood."""

    def __init__(self, field: fields.Date, clock: Clock, parent: QObject | None = None) -> None:
        self.line = DateLine()
        super().__init__(self.line, parent)
        self._field = field
        self._clock = clock
        self._popup: CalendarPopup | None = None
        self.line.setPlaceholderText(self.tr("5 Dec, fri, +2w"))
        self.button = IconButton(self.tr("Choose from the calendar"), "calendar")
        self.echo = label("", "meta", wrap=True)
        self.pieces = ((self.line, 3), (self.button, 0), (self.echo, 2))
        self.line.textEdited.connect(self._typed)
        self.line.editingFinished.connect(self._finished)
        self.button.clicked.connect(self.open_calendar)

    @override
    def name(self, words: str) -> None:
        super().name(words)
        self.button.setAccessibleName(self.tr("{field}: choose from the calendar").format(field=words))

    @override
    def value(self) -> dt.date | None:
        typed = self.line.text().strip()
        return parse_spoken_date(typed, self._clock.today(), lean=self._field.lean) if typed else None

    @override
    def set_value(self, value: dt.date | None) -> None:
        self.line.setText("" if value is None else spoken.day(value))
        self.echo.clear()

    @override
    def raw(self) -> str:
        return self.line.text()

    @override
    def set_raw(self, raw: Any) -> None:
        self.line.setText(str(raw))
        self._show_understood()

    def _understood(self) -> dt.date | None:
        try:
            return self.value()
        except Refusal:
            return None

    def _show_understood(self) -> None:
        words = spoken.day(self._understood())
        self.echo.setText("" if words == self.line.text() else words)

    def _typed(self) -> None:
        self._show_understood()
        self.edited.emit()

    def _finished(self) -> None:
        """Write the date out in full; what is not understood stays as it was typed."""
        date = self._understood()
        if date is not None:
            self.set_value(date)

    def open_calendar(self) -> CalendarPopup:
        """Open the calendar below the line; return it."""
        popup = CalendarPopup(self._understood() or self._clock.today(), self.line)
        popup.picked.connect(self._picked)
        popup.move(self.line.mapToGlobal(QPoint(0, self.line.height() + 4)))
        popup.show()
        popup.calendar.setFocus()
        return popup

    def _picked(self, date: dt.date) -> None:
        self.set_value(date)
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.edited.emit()
