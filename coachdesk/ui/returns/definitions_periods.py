"""The periods a return is offered, and two lines for a period of one's own."""

import datetime as dt

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget
from typing_extensions import override

from coachdesk.casework.programmes import Period, ProgrammeRow, periods_around, year_so_far
from coachdesk.clock import Clock
from coachdesk.errors import Refusal
from coachdesk.returns.periods import checked_period
from coachdesk.ui.dates import parse_spoken_date
from coachdesk.ui.theme import look
from coachdesk.ui.tokens import Space
from coachdesk.ui.unlock.fields import LabelledLine

_WIDTH = 150


def periods_offered(programme: ProgrammeRow, clock: Clock) -> tuple[Period, ...]:
    """Return the periods of a programme: those that ended and the running one, and the year so far."""
    today = clock.today()
    so_far = year_so_far(programme, today)
    periods = periods_around(programme, today)
    return periods if so_far is None else (*periods, so_far)


class OwnDates(QWidget):
    """The first and the last day of a period that is typed in.

    Signals: ``edited()`` when either changes.
    """

    edited = Signal()

    def __init__(self, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self.first = LabelledLine(self.tr("First da&y"))
        self.last = LabelledLine(self.tr("Last d&ay"))
        box = QHBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(Space.GAP)
        for line in (self.first, self.last):
            box.addWidget(line)
            line.edited.connect(self.edited)
        self._fit()
        self.hide()

    def _fit(self) -> None:
        for line in (self.first, self.last):
            line.setFixedWidth(look().px(_WIDTH))

    @override
    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._fit()

    def period(self) -> Period:
        """Return the period that was typed; raises Refusal, said beside the line too, for one that cannot be."""
        found = [self._day(line) for line in (self.first, self.last)]
        try:
            checked_period(*found)
        except Refusal as refusal:
            self.last.refuse(refusal.message)
            raise
        return Period(from_on=found[0], to_on=found[1], title="")

    def _day(self, line: LabelledLine) -> dt.date:
        try:
            return parse_spoken_date(line.text(), self._clock.today(), lean="past")
        except Refusal as refusal:
            line.refuse(refusal.message)
            line.line.setFocus()
            raise
