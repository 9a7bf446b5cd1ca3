import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from coachdesk.desk.errand import Errands, still_there
from coachdesk.desk.inline import InlineExecutor


class Receiver(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.got: list[object] = []
        self.errors: list[Exception] = []

    @Slot(object)
    def take(self, value: object) -> None:
        self.got.append(value)

    @Slot(object)
    def fail(self, error: Exception) -> None:
        self.errors.append(error)


def test_an_inline_executor_answers_at_once(qtbot: QtBot) -> None:
    receiver, errands = Receiver(), Errands()
    errands.send(InlineExecutor(), lambda: 3, then=receiver.take)
    assert receiver.got == [3]


def test_an_inline_executor_keeps_what_a_job_raised() -> None:
    future = InlineExecutor().submit(lambda: 1 // 0)
    assert isinstance(future.exception(), ZeroDivisionError)


def test_an_error_goes_to_who_waits_for_it(qtbot: QtBot) -> None:
    receiver, errands = Receiver(), Errands()
    errands.send(InlineExecutor(), lambda: 1 // 0, then=receiver.take, failed=receiver.fail)
    assert [type(error) for error in receiver.errors] == [ZeroDivisionError]
    assert receiver.got == []


def test_what_was_forgotten_is_not_delivered(qtbot: QtBot) -> None:
    receiver, errands = Receiver(), Errands()
    with ThreadPoolExecutor(1) as pool:
        errands.send(pool, lambda: 3, then=receiver.take)
        errands.forget()
        errands.send(pool, lambda: 4, then=receiver.take)
    qtbot.waitUntil(lambda: bool(receiver.got))
    assert receiver.got == [4]


def test_nobody_waiting_is_no_harm(qtbot: QtBot) -> None:
    ran: list[int] = []
    Errands().send(InlineExecutor(), partial(ran.append, 3))
    assert ran == [3]


def test_a_deleted_owner_is_no_longer_there(qtbot: QtBot) -> None:
    receiver = Receiver()
    slot, told = receiver.take, partial(receiver.take, 3)
    assert still_there(slot)
    assert still_there(told)
    receiver.deleteLater()
    qtbot.wait_signal(receiver.destroyed).wait()
    assert not still_there(slot)
    assert not still_there(told)
    assert still_there(print)


def test_an_error_that_nobody_waits_for_is_our_own_fault_and_not_lost(qtbot: QtBot) -> None:
    errands = Errands()
    with qtbot.capture_exceptions() as caught:
        errands.send(InlineExecutor(), lambda: 1 // 0)
    assert [kind for kind, *_ in caught] == [ZeroDivisionError]


def test_an_answer_for_a_window_that_is_gone_is_dropped(qtbot: QtBot) -> None:
    receiver, errands = Receiver(), Errands()

    def close() -> int:
        shiboken6.delete(errands)
        return 3

    errands.send(InlineExecutor(), close, then=receiver.take)
    assert receiver.got == []


@pytest.fixture
def _threads_meet_often() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)


@pytest.mark.usefixtures("_threads_meet_often")
def test_windows_that_go_while_answers_are_on_their_way_do_no_harm(qtbot: QtBot) -> None:
    """What is sent from an object that is just going ends the program: so a job holds nothing of the window."""
    last = Receiver()
    with ThreadPoolExecutor(2) as pool:
        for _ in range(2000):
            parent = QObject()
            errands, receiver = Errands(parent), Receiver()
            for _ in range(4):
                errands.send(pool, lambda: 3, then=receiver.take, failed=receiver.fail)
            shiboken6.delete(parent)
        home = Errands()
        home.send(pool, lambda: 3, then=last.take)
    qtbot.waitUntil(lambda: bool(last.got))
    assert last.got == [3]
