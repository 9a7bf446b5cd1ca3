"""The calendar bar: every kind of days is drawn in a way of its own, and read as one picture."""

import datetime as dt

import pytest
from PySide6.QtGui import QAccessible, QImage, QPainter
from pytestqt.qtbot import QtBot

from coachdesk.casework.sustained.telling import Piece, Shade
from coachdesk.ui.outcomes.strip import Calendar, CalendarStrip, Swatch
from coachdesk.ui.theme import Theme

FIRST = dt.date(2025, 11, 3)


def pieces() -> tuple[Piece, ...]:
    begins = (FIRST + dt.timedelta(days=28 * place) for place in range(len(Shade)))
    return tuple(
        Piece(from_on=day, to_on=day + dt.timedelta(days=27), shade=shade, what="", amount="")
        for day, shade in zip(begins, Shade, strict=True)
    )


def drawn(widget: Swatch | CalendarStrip) -> bytes:
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    widget.render(painter, widget.rect().topLeft())
    painter.end()
    return bytes(image.constBits())


@pytest.mark.usefixtures("theme")
def test_every_kind_of_days_looks_different_in_the_legend(qtbot: QtBot) -> None:
    swatches = [Swatch(shade) for shade in Shade]
    for swatch in swatches:
        qtbot.addWidget(swatch)
    assert len({drawn(swatch) for swatch in swatches}) == len(Shade)


def test_a_strip_is_drawn_and_read_as_one_picture(qtbot: QtBot, theme: Theme) -> None:
    del theme
    strip = CalendarStrip(Calendar("In work", pieces(), "all in words"))
    empty = CalendarStrip(Calendar("In work", (), "nothing"))
    for widget in (strip, empty):
        qtbot.addWidget(widget)
        widget.resize(400, 46)
    assert drawn(strip) != drawn(empty)
    found = QAccessible.queryAccessibleInterface(strip)
    assert found.role() is QAccessible.Role.Graphic
    assert found.text(QAccessible.Text.Name) == "In work: all in words"
    assert strip.minimumSizeHint().width() < strip.sizeHint().width()
