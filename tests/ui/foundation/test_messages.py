import shiboken6
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.errors import Refusal, Trouble
from coachdesk.ui.messages import Messages, MessageStack
from coachdesk.ui.theme import Theme

FULL = Trouble("The disk is full.", advice="Choose another folder.")


class Deed(QObject):
    """Counts how often it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.times = 0

    def do(self) -> None:
        self.times += 1


def a_window(qtbot: QtBot, messages: Messages) -> tuple[QWidget, MessageStack]:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    stack = MessageStack(messages)
    box = QVBoxLayout(window)
    box.addWidget(stack)
    box.addStretch(1)
    window.show()
    return window, stack


def test_what_is_said_too_early_is_shown_later(theme: Theme, qtbot: QtBot) -> None:
    messages = Messages()
    messages.show_trouble(FULL)
    assert [one.words for one in messages.waiting()] == ["The disk is full."]
    _window, stack = a_window(qtbot, messages)
    assert [banner.message.text() for banner in stack.banners()] == ["The disk is full."]
    assert stack.banners()[0].advice.text() == "Choose another folder."
    assert messages.waiting() == ()


def test_trouble_stays_until_it_is_closed(theme: Theme, qtbot: QtBot) -> None:
    messages = Messages()
    _window, stack = a_window(qtbot, messages)
    messages.show_trouble(FULL)
    messages.show_trouble(FULL)
    messages.show_refusal(Refusal("Not now.", fields={"x": "Too late."}))
    assert [banner.message.text() for banner in stack.banners()] == ["The disk is full.", "Not now."]
    for banner in stack.banners():
        banner.close_button.click()
    assert stack.banners() == ()
    assert stack.isHidden()


def test_what_has_come_right_is_taken_back_also_where_nobody_read_it(theme: Theme, qtbot: QtBot) -> None:
    messages = Messages()
    _window, stack = a_window(qtbot, messages)
    away = Trouble("The stick is not there.")
    away.about = "backups"
    messages.show_trouble(away)
    messages.show_trouble(FULL)
    messages.detach()
    messages.say("Not backed up for a week.", about="backups")
    messages.say("A draft is here.")
    messages.settle("backups")
    assert [banner.message.text() for banner in stack.banners()] == ["The disk is full."]
    assert [one.words for one in messages.waiting()] == ["A draft is here."]
    messages.settle("")
    assert stack.banners() != ()
    assert messages.waiting() != ()


def test_a_deed_is_confirmed_with_undo(theme: Theme, qtbot: QtBot) -> None:
    messages, undo = Messages(), Deed()
    window, stack = a_window(qtbot, messages)
    with qtbot.wait_signal(messages.said):
        messages.say_done("Saved", "Undo", undo.do)
    toast = stack.toast()
    assert toast is not None
    assert toast.action is not None
    before = toast.y()
    window.resize(800, 500)
    assert toast.y() == before - 100
    toast.action.click()
    assert undo.times == 1
    assert stack.toast() is None


def test_a_confirmation_goes_by_itself_and_makes_way_for_the_next(theme: Theme, qtbot: QtBot) -> None:
    messages = Messages()
    _window, stack = a_window(qtbot, messages)
    messages.say_done("Saved")
    messages.say_done("Saved again")
    toast = stack.toast()
    assert toast is not None
    assert toast.words.text() == "Saved again"
    toast._timer.timeout.emit()
    assert stack.toast() is None


def test_a_confirmation_waits_while_the_keyboard_is_in_it(theme: Theme, qtbot: QtBot) -> None:
    messages = Messages()
    window, stack = a_window(qtbot, messages)
    window.activateWindow()
    qtbot.wait_until(window.isActiveWindow)
    messages.say_done("Saved", "Undo")
    toast = stack.toast()
    assert toast is not None
    assert toast.action is not None
    toast.action.setFocus()
    toast._timer.timeout.emit()
    assert stack.toast() is toast


def test_a_note_has_an_action(theme: Theme, qtbot: QtBot) -> None:
    messages, deed = Messages(), Deed()
    _window, stack = a_window(qtbot, messages)
    messages.say("The last backup is 9 days old.", action="Back up now", then=deed.do)
    stack.banners()[0].action.click()
    assert deed.times == 1


def test_between_two_windows_messages_wait(theme: Theme, qtbot: QtBot) -> None:
    messages = Messages()
    _window, stack = a_window(qtbot, messages)
    messages.say_done("Saved")
    messages.detach()
    assert stack.toast() is None
    messages.show_trouble(FULL)
    assert stack.banners() == ()
    _other, next_stack = a_window(qtbot, messages)
    assert len(next_stack.banners()) == 1
    next_stack.deleteLater()
    with qtbot.wait_signal(next_stack.destroyed):
        pass
    messages.show_trouble(FULL)
    assert len(messages.waiting()) == 1


def test_confirmation_whose_time_was_up_leaves_the_next_and_the_lock_alone(
    qtbot: QtBot, theme: Theme
) -> None:
    del theme
    window = QWidget()
    qtbot.addWidget(window)
    messages = Messages()
    stack = MessageStack(messages)
    QVBoxLayout(window).addWidget(stack)
    window.show()
    messages.say_done("Saved")
    first = stack.toast()
    assert first is not None
    first._timer.timeout.emit()
    QApplication.sendPostedEvents(first, QEvent.Type.DeferredDelete)
    assert not shiboken6.isValid(first)
    assert stack.toast() is None
    messages.detach()
    messages.say_done("Saved again")
