from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count

import pytest
from PySide6.QtCore import QObject, Qt, Signal, Slot
from pytestqt.qtbot import QtBot

from coachdesk.desk import courier as way
from coachdesk.desk.errand import Errands


class Page(QObject):
    """Notes what is brought to it, and when the window had its turn after that."""

    _busy = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[object] = []
        self._busy.connect(self._turn, Qt.ConnectionType.QueuedConnection)

    @Slot(object)
    def take(self, value: object) -> None:
        self.seen.append(value)
        self._busy.emit()

    @Slot()
    def _turn(self) -> None:
        self.seen.append("turn")


def _three_answers(page: Page) -> Errands:
    """Send three questions whose answers all wait at the door before the window looks."""
    errands = Errands()
    with ThreadPoolExecutor(1) as pool:
        for number in range(3):
            errands.send(pool, partial(int, number), then=page.take)
    assert page.seen == []
    return errands


def test_the_window_has_its_turn_between_answers_that_take_long(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(way, "perf_counter", partial(next, count()))  # every look at the clock is a second on
    page = Page()
    errands = _three_answers(page)
    qtbot.waitUntil(lambda: len(page.seen) == 6)
    assert page.seen == [0, "turn", 1, "turn", 2, "turn"]
    assert errands.parent() is None


def test_answers_that_take_no_time_come_together(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(way, "perf_counter", float)  # the clock stands still
    page = Page()
    errands = _three_answers(page)
    qtbot.waitUntil(lambda: len(page.seen) == 6)
    assert page.seen == [0, 1, 2, "turn", "turn", "turn"]
    assert errands.parent() is None
