"""A signature on screen: strokes as points from 0 to 1, drawn, cleared, and never outside the field."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coachdesk.ui.clients.signature import SignaturePad
from coachdesk.ui.theme import Theme, look


@pytest.fixture
def pad(qtbot: QtBot, theme: Theme) -> SignaturePad:
    del theme
    made = SignaturePad()
    made.resize(made.sizeHint())
    qtbot.addWidget(made)
    made.show()
    return made


def draw(pad: SignaturePad, *points: tuple[float, float]) -> None:
    places = [QPoint(round(x * pad.width()), round(y * pad.height())) for x, y in points]
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=places[0])
    for place in places[1:]:
        QTest.mouseMove(pad, place)
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=places[-1])


def test_strokes_are_points_from_nought_to_one(pad: SignaturePad, qtbot: QtBot) -> None:
    with qtbot.waitSignal(pad.changed):
        draw(pad, (0.25, 0.5), (0.5, 0.25), (1.4, -0.3))
    draw(pad, (0.8, 0.8))
    first, second = pad.strokes()
    assert first[0] == pytest.approx((0.25, 0.5), abs=0.01)
    assert first[-1] == (1.0, 0.0)
    assert len(second) == 1
    assert pad.accessibleName() == "Field for the client’s signature, signed"


def test_it_is_drawn_in_the_ink_of_the_page_and_cleared(pad: SignaturePad, qtbot: QtBot) -> None:
    def inked() -> int:
        image = pad.grab().toImage()
        ink = QColor(look().colours.text).rgb()
        across, down = range(image.width()), range(image.height())
        return sum(1 for x in across for y in down if image.pixel(x, y) == ink)

    assert inked() == 0
    draw(pad, (0.1, 0.3), (0.9, 0.3))
    draw(pad, (0.5, 0.6))
    assert inked() > 100
    with qtbot.waitSignal(pad.changed):
        pad.clear()
    assert pad.strokes() == ()
    assert inked() == 0
    assert pad.accessibleName() == "Field for the client’s signature, empty"


def test_only_the_first_button_signs(pad: SignaturePad) -> None:
    QTest.mousePress(pad, Qt.MouseButton.RightButton, pos=QPoint(20, 20))
    QTest.mouseMove(pad, QPoint(40, 40))
    QTest.mouseRelease(pad, Qt.MouseButton.RightButton, pos=QPoint(40, 40))
    assert pad.strokes() == ()
