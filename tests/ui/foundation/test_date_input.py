"""A date box keeps room for a whole date as the text grows."""

import datetime as dt

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.clock import FixedClock
from coachdesk.ui.forms import Date, Form
from coachdesk.ui.forms.date_input import DateInput
from coachdesk.ui.theme import Theme

TODAY = dt.date(2026, 9, 28)


def test_a_date_made_before_the_text_grew_is_still_shown_whole(
    qapp: QApplication, theme: Theme, qtbot: QtBot
) -> None:
    theme.apply(qapp, "light")
    form = Form((Date("day", "Day"),), FixedClock(dt.datetime(2026, 9, 28, 9, 0, tzinfo=dt.UTC)))
    qtbot.addWidget(form)
    form.resize(320, 200)
    form.show()
    date = form.input("day")
    assert isinstance(date, DateInput)
    date.set_value(TODAY)
    theme.apply(qapp, "light", 2.0)
    qtbot.waitUntil(lambda: date.line.width() >= date.line.minimumSizeHint().width())
    assert date.line.fontMetrics().horizontalAdvance(date.line.text()) < date.line.width()
    theme.apply(qapp, "light")
