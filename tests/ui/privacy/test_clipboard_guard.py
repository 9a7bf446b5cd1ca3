"""What was copied here leaves the clipboard; what somebody else put there stays."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QClipboard
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from coachdesk.ui.privacy.clipboard import ClipboardGuard

BOARD = QClipboard.Mode.Clipboard


class Guard(ClipboardGuard):
    """The screenless platform never says that it holds the clipboard, so the test says it."""

    ours = True

    @override
    def is_ours(self, mode: QClipboard.Mode) -> bool:
        return self.ours and mode is BOARD


@pytest.fixture
def board(qapp: QApplication) -> Iterator[QClipboard]:
    found = qapp.clipboard()
    found.clear()
    yield found
    found.clear()


@pytest.fixture
def guard(board: QClipboard) -> Iterator[Guard]:
    made = Guard(board, lambda: 45)
    yield made
    made.timer.stop()
    made.deleteLater()


def test_our_text_goes_when_the_time_is_up(board: QClipboard, guard: Guard) -> None:
    board.setText("Maya Okonkwo")
    assert guard.timer.isActive()
    assert guard.timer.interval() == 45_000
    assert "Okonkwo" not in repr(vars(guard))
    guard.timer.timeout.emit()
    assert board.text() == ""
    assert not guard.timer.isActive()


def test_what_another_program_copied_since_stays(board: QClipboard, guard: Guard) -> None:
    board.setText("Maya Okonkwo")
    guard.ours = False
    board.setText("a recipe")
    guard.timer.timeout.emit()
    assert board.text() == "a recipe"


def test_what_was_never_ours_stays(board: QClipboard, guard: Guard) -> None:
    guard.ours = False
    board.setText("a recipe")
    assert not guard.timer.isActive()
    guard.clear()
    assert board.text() == "a recipe"


def test_a_clipboard_keeper_that_took_our_text_over_is_emptied_too(board: QClipboard, guard: Guard) -> None:
    board.setText("Maya Okonkwo")
    guard.ours = False
    guard.clear()
    assert board.text() == ""


def test_each_copy_begins_the_time_anew_and_an_empty_one_begins_none(board: QClipboard, guard: Guard) -> None:
    board.clear()
    assert not guard.timer.isActive()
    board.setText("one")
    board.setText("two")
    guard.clear()
    assert board.text() == ""


def test_the_system_is_asked_whose_it_is(board: QClipboard) -> None:
    guard = ClipboardGuard(board, lambda: 45)
    assert guard.is_ours(BOARD) == board.ownsClipboard()
    assert guard.is_ours(QClipboard.Mode.Selection) == board.ownsSelection()
    guard.take_note(QClipboard.Mode.FindBuffer)
    assert not guard.timer.isActive()
    guard.deleteLater()
