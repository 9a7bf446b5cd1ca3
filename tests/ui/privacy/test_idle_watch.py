"""Idle time is counted from the last touch, and a clock that jumped means that the computer slept."""

import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.ui.privacy.idle import TICK_SECONDS, IdleWatch

START = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)


class Hands:
    """Both clocks in one hand, and what the watch said."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.wall = START
        self.minutes = 10
        self.said: list[str] = []

    def monotonic(self) -> float:
        return self.seconds

    def now(self) -> dt.datetime:
        return self.wall

    def today(self) -> dt.date:
        return self.wall.date()

    def usual(self) -> int:
        return self.minutes

    def pass_by(self, watch: IdleWatch, seconds: int) -> None:
        for _ in range(seconds // TICK_SECONDS):
            self.seconds += TICK_SECONDS
            self.wall += dt.timedelta(seconds=TICK_SECONDS)
            watch.tick()


@pytest.fixture
def hands() -> Hands:
    return Hands()


@pytest.fixture
def watch(hands: Hands, qapp: QApplication) -> Iterator[IdleWatch]:
    del qapp
    made = IdleWatch(hands.usual, monotonic=hands.monotonic, clock=hands)
    for signal, word in (
        (made.half, "half"),
        (made.touched, "touched"),
        (made.idle, "idle"),
        (made.slept, "slept"),
    ):
        signal.connect(_say(hands, word))
    made.warning.connect(_count_down(hands))
    yield made
    made.stop()


def _say(hands: Hands, word: str) -> Callable[[], None]:
    def slot() -> None:
        hands.said.append(word)

    return slot


def _count_down(hands: Hands) -> Callable[[int], None]:
    def slot(seconds: int) -> None:
        hands.said.append(str(seconds))

    return slot


@pytest.fixture
def box(qtbot: QtBot) -> QPlainTextEdit:
    """A window of one control, which takes every key; not shown yet."""
    made = QPlainTextEdit()
    qtbot.addWidget(made)
    return made


def shown(widget: QWidget) -> QWindow:
    """Show a window and return the system's window of it, where keys and the mouse come in."""
    widget.show()
    handle = widget.windowHandle()
    assert handle is not None
    return handle


def test_half_then_a_warning_each_tick_then_over_once(hands: Hands, watch: IdleWatch) -> None:
    hands.pass_by(watch, 295)
    assert hands.said == []
    hands.pass_by(watch, 5)
    assert hands.said == ["half"]
    hands.pass_by(watch, 235)
    assert hands.said == ["half"]
    hands.pass_by(watch, 60)
    assert hands.said[1:] == [str(left) for left in range(60, 0, -5)]
    hands.pass_by(watch, 60)
    assert hands.said[-1] == "idle"
    assert hands.said.count("idle") == 1


def test_a_key_starts_the_count_again(hands: Hands, watch: IdleWatch, box: QPlainTextEdit) -> None:
    hands.pass_by(watch, 545)
    window = shown(box)
    hands.pass_by(watch, 5)
    QTest.keyClick(window, Qt.Key.Key_A)
    assert hands.said[-1] == "touched"
    hands.said.clear()
    QTest.keyClick(window, Qt.Key.Key_A)
    assert hands.said == []
    hands.pass_by(watch, 295)
    assert hands.said == []
    hands.pass_by(watch, 305)
    assert hands.said[0] == "half"
    assert hands.said[-1] == "idle"


def test_a_mouse_that_did_not_move_is_nobody(hands: Hands, watch: IdleWatch, box: QPlainTextEdit) -> None:
    window = shown(box)
    watch.listen()

    def move(across: float) -> None:
        at = QPointF(across, 5)
        event = QMouseEvent(
            QEvent.Type.MouseMove, at, at, Qt.MouseButton.NoButton, Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
        )  # fmt: skip
        QApplication.sendEvent(window, event)

    move(5)
    hands.pass_by(watch, 590)
    move(5)
    assert "touched" not in hands.said
    move(6)
    assert hands.said[-1] == "touched"


def test_the_minutes_are_read_again_each_time(hands: Hands, watch: IdleWatch) -> None:
    hands.pass_by(watch, 130)
    hands.minutes = 2
    hands.pass_by(watch, 5)
    assert hands.said == ["idle"]


@pytest.mark.parametrize(
    ("jump", "slept"), [(0, False), (100, False), (119, False), (121, True), (8 * 3600, True), (-7200, False)]
)
def test_a_jump_of_the_clock_is_a_sleep(hands: Hands, watch: IdleWatch, jump: int, *, slept: bool) -> None:
    hands.wall += dt.timedelta(seconds=jump)
    hands.pass_by(watch, TICK_SECONDS)
    hands.pass_by(watch, TICK_SECONDS)
    assert hands.said == (["slept"] if slept else [])


def test_a_watch_that_was_stopped_hears_nothing(hands: Hands, watch: IdleWatch, box: QPlainTextEdit) -> None:
    window = shown(box)
    hands.pass_by(watch, 590)
    watch.stop()
    QTest.keyClick(window, Qt.Key.Key_A)
    assert "touched" not in hands.said


def test_a_window_that_gets_the_keyboard_is_heard_at_once(
    hands: Hands, watch: IdleWatch, box: QPlainTextEdit, qtbot: QtBot
) -> None:
    hands.pass_by(watch, 590)
    window = shown(box)
    qtbot.waitUntil(window.isActive)
    QTest.keyClick(window, Qt.Key.Key_A)
    assert hands.said[-1] == "touched"


def test_a_menu_is_heard_too(hands: Hands, watch: IdleWatch, qtbot: QtBot) -> None:
    button = QPushButton("More")
    qtbot.addWidget(button)
    menu = QMenu(button)
    menu.addAction("Print")
    button.show()
    menu.popup(button.pos())
    handle = menu.windowHandle()
    assert handle is not None
    hands.pass_by(watch, 590)
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton)
    menu.close()
    assert hands.said[-1] == "touched"


def test_pieces_of_a_window_are_not_asked(hands: Hands, watch: IdleWatch, box: QPlainTextEdit) -> None:
    """Else every event of every piece would be carried into Python, of pieces that are being taken apart, too."""
    shown(box)
    hands.pass_by(watch, 590)
    QApplication.sendEvent(box, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier))
    assert "touched" not in hands.said
