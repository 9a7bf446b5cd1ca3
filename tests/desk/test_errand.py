from concurrent.futures import ThreadPoolExecutor

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
    with qtbot.wait_signal(errands.brought, raising=False, timeout=100):
        pass
    assert receiver.got == []


def test_nobody_waiting_is_no_harm(qtbot: QtBot) -> None:
    errands = Errands()
    with qtbot.wait_signal(errands.brought):
        errands.send(InlineExecutor(), lambda: 3)


def test_a_deleted_owner_is_no_longer_there(qtbot: QtBot) -> None:
    receiver = Receiver()
    assert still_there(receiver.take)
    slot = receiver.take
    receiver.deleteLater()
    qtbot.wait_signal(receiver.destroyed).wait()
    assert not still_there(slot)
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
