"""Long work tells how far it is while somebody wants to hear it, and nobody who is gone."""

import pytest
import shiboken6
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from coachdesk.desk.long_work import LongWork
from coachdesk.errors import Cancelled


class Hearer(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.heard: list[tuple[float, str]] = []

    @Slot(float, str)
    def hear(self, share: float, words: str) -> None:
        self.heard.append((share, words))


def test_progress_is_heard_until_the_work_is_stopped(qtbot: QtBot) -> None:
    parent, hearer = QObject(), Hearer()
    work = LongWork(hearer.hear, parent)
    work.watch.progress(0.25, "a quarter")
    work.cancel()
    with pytest.raises(Cancelled):
        work.watch.progress(0.5, "half")
    assert hearer.heard == [(0.25, "a quarter")]


def test_nobody_has_to_listen(qtbot: QtBot) -> None:
    parent = QObject()
    with qtbot.capture_exceptions() as caught:
        LongWork(None, parent).watch.progress(0.25, "a quarter")
    assert caught == []


def test_who_is_gone_hears_nothing(qtbot: QtBot) -> None:
    parent, hearer = QObject(), Hearer()
    work = LongWork(hearer.hear, parent)
    shiboken6.delete(hearer)
    work.watch.progress(0.25, "a quarter")
    assert hearer.heard == []
    watch = work.watch
    shiboken6.delete(parent)
    watch.progress(0.5, "half")
    assert hearer.heard == []
