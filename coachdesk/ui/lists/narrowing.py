"""Narrowing a list by a question of the charity's own: the words it holds, from and to, or any of several answers."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework import own_narrowing
from coachdesk.casework.caseload_columns import ListColumn
from coachdesk.clock import Clock
from coachdesk.ui.clients.tab import clear, lay_out
from coachdesk.ui.forms.fields import Choices, Date, Number, Option, Part, Text, Together
from coachdesk.ui.forms.form import Form
from coachdesk.ui.widgets import Card, label, primary_button, quiet_button, row

_PLACES = 6
_CONDITIONS: Mapping[str, Callable[..., str]] = {
    own_narrowing.TEXT: own_narrowing.holding,
    own_narrowing.CHOICES: own_narrowing.any_of,
    own_narrowing.DATE: own_narrowing.days_between,
    own_narrowing.NUMBER: own_narrowing.numbers_between,
}


class ListNarrowing(Card):
    """One question, what its answers must be, and Show; put away without a trace.

    Signals: ``narrowed(str, str)`` with the column's key and the condition.
    """

    narrowed = Signal(str, str)

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._clock = clock
        self._column: ListColumn | None = None
        self.form: Form | None = None
        self.heading = label("", "section", wrap=True)
        self._place = QVBoxLayout()
        self.show_button = primary_button(self.tr("&Show only these"), "filter")
        self.away_button = quiet_button(self.tr("Put away"), "x")
        self.add(self.heading)
        self.add(self._place)
        self.add(row(self.show_button, self.away_button, 1))
        self.show_button.clicked.connect(self.narrow)
        self.away_button.clicked.connect(self.hide)
        self.hide()

    def start(self, column: ListColumn) -> None:
        """Ask what the answers to a question must be."""
        self._column = column
        self.heading.setText(self.tr("Only those where “{question}” is…").format(question=column.title))
        clear(self._place)
        self.form = Form((self._asked(column),), self._clock)
        self._place.addWidget(self.form)
        self.show()
        lay_out(self)
        self.form.focus_first()

    def _asked(self, column: ListColumn) -> Part:
        if column.narrows_by == own_narrowing.TEXT:
            return Text("words", self.tr("Holds the &words"), longest=200)
        if column.narrows_by == own_narrowing.CHOICES:
            titles = column.asked.choices if column.asked is not None else {}
            options = tuple(Option(key, title) for key, title in titles.items())
            return Choices("keys", self.tr("&Any of these"), options=options)
        least, most = self.tr("&From"), self.tr("&To")
        if column.narrows_by == own_narrowing.DATE:
            return Together(Date("least", least), Date("most", most))
        return Together(Number("least", least, places=_PLACES), Number("most", most, places=_PLACES))

    @Slot()
    def narrow(self) -> None:
        """Hand in what the answers must be, or say what is wrong with it."""
        if self.form is None or self._column is None:
            return
        condition = self.form.read(_CONDITIONS[self._column.narrows_by])
        if condition is not None:
            self.hide()
            self.narrowed.emit(self._column.key, condition)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.narrow()
        elif event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)
