from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from coachdesk.ui.page_makers import ON_THE_RAIL
from coachdesk.ui.rail import Rail


def is_whole(rail: Rail, key: str) -> bool:
    button = rail.buttons[key]
    top = button.mapTo(rail.places.viewport(), button.rect().topLeft()).y()
    return top >= 0 and top + button.height() <= rail.places.viewport().height()


def test_in_a_low_window_the_rail_scrolls_to_what_is_chosen_and_lock_stays_in_sight(qtbot: QtBot) -> None:
    rail = Rail(ON_THE_RAIL)
    qtbot.addWidget(rail)
    rail.resize(rail.sizeHint())
    rail.show()
    assert all(is_whole(rail, key) for key in ON_THE_RAIL)
    qtbot.waitUntil(
        lambda: not rail.places.verticalScrollBar().isVisible()
    )  # it goes once all have their room
    rail.resize(rail.width(), 320)
    qtbot.waitUntil(rail.places.verticalScrollBar().isVisible)
    assert not is_whole(rail, "settings")
    rail.choose("settings")
    assert is_whole(rail, "settings")
    assert rail.buttons["settings"].isChecked()
    assert rail.lock_button.geometry().bottom() <= rail.height()
    rail.choose("drafts")
    assert rail.buttons["settings"].isChecked()
    with qtbot.waitSignal(rail.chosen) as told:
        qtbot.mouseClick(rail.buttons["team"], Qt.MouseButton.LeftButton)
    assert told.args == ["team"]
