"""One key hides everybody, the same key brings back the place and the cursor; what hides by itself asks nobody."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleInterface, QGuiApplication, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCompleter,
    QDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QToolTip,
    QWidget,
)
from shiboken6 import isValid

from coachdesk.ui.dialogs import QtDialogs
from coachdesk.ui.privacy.choices import PrivacyChoices, keep_privacy
from coachdesk.ui.privacy.cover import COARSE, Patch, coarse
from coachdesk.ui.theme import Theme
from tests.journeys.caseload import Caseload
from tests.journeys.desk_window import DeskWindow, seen, settle
from tests.ui import accessibility_walk
from tests.ui.privacy.coming_keys import press

MAYA = "Okonkwo"


def shown_words(window: QWidget) -> str:
    """Return what can be read or heard of a window: texts, names, descriptions and tooltips in sight."""
    said = [window.windowTitle()]
    for one in [window, *seen(window, QWidget)]:
        said += [one.toolTip(), str(one.property("text") or ""), str(one.property("plainText") or "")]
        said += _heard(QAccessible.queryAccessibleInterface(one))
    return "\n".join(said)


def _heard(interface: QAccessibleInterface) -> list[str]:
    kinds = (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value)
    children = [interface.child(place) for place in range(interface.childCount())]
    return [one.text(kind) for one in (interface, *children) for kind in kinds if one.isValid()]


def all_words() -> str:
    return "\n".join(shown_words(one) for one in QApplication.topLevelWidgets() if one.isVisible())


def is_typing() -> bool:
    return isinstance(QApplication.focusWidget(), QLineEdit | QPlainTextEdit)


def today(desk: DeskWindow, _people: Caseload) -> None:
    desk.window.go("today")


def caseload(desk: DeskWindow, _people: Caseload) -> None:
    desk.window.go("clients")


def client(desk: DeskWindow, people: Caseload) -> None:
    desk.open(people.late)


def contact(desk: DeskWindow, people: Caseload) -> None:
    desk.open(people.late)
    desk.window.contact_shortcut()
    settle()
    desk.window.activateWindow()  # the screenless platform gives the keyboard to a window that was there for a moment
    desk.until(is_typing)


def finding(desk: DeskWindow, people: Caseload) -> None:
    desk.control(Qt.Key.Key_K)
    desk.until(is_typing)
    desk.find("okon", people.late)


@pytest.mark.parametrize("place", [today, caseload, client, contact, finding])
def test_one_key_hides_every_name_and_brings_the_place_back(
    desk: DeskWindow, people: Caseload, place: Callable[[DeskWindow, Caseload], None]
) -> None:
    place(desk, people)
    settle()
    labels = desk.words()
    assert MAYA in all_words()
    press(Qt.Key.Key_F9)
    assert desk.window.privacy.is_on
    assert MAYA not in all_words()
    assert "The privacy screen is on" in all_words()
    assert desk.window.status.state.text() == "Privacy screen on (F9)"
    assert desk.window.status.state.isVisible()
    desk.key(Qt.Key.Key_F9)
    assert desk.words() == labels
    assert MAYA in all_words()
    assert not desk.window.status.state.isVisible()


def test_cursor_and_text_are_where_they_were(desk: DeskWindow, people: Caseload) -> None:
    contact(desk, people)
    desk.type("She likes mornings")
    box = QApplication.focusWidget()
    assert isinstance(box, QPlainTextEdit)
    for _ in range(8):
        desk.key(Qt.Key.Key_Left)
    at = box.textCursor().position()
    desk.key(Qt.Key.Key_F9)
    assert QApplication.focusWidget() is desk.window.privacy.cover
    for key in (Qt.Key.Key_A, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Escape):
        desk.key(key)
    assert desk.window.privacy.is_on
    desk.key(Qt.Key.Key_F9)
    assert QApplication.focusWidget() is box
    assert box.textCursor().position() == at
    assert box.toPlainText() == "She likes mornings"


def test_keys_lead_nowhere_while_it_is_on(desk: DeskWindow) -> None:
    desk.key(Qt.Key.Key_F9)
    for key in (Qt.Key.Key_K, Qt.Key.Key_N, Qt.Key.Key_R):
        desk.control(key)
    desk.key(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    desk.key(Qt.Key.Key_F8)
    assert desk.window.privacy.is_on
    assert not desk.window.find_box.isVisible()
    desk.window.privacy.hide_page()  # a second time changes nothing
    desk.click(desk.window.privacy.cover.show_button)
    assert desk.window.stack.currentWidget() is desk.window.today
    desk.window.privacy.show_again()
    assert not desk.window.privacy.is_on


def test_messages_wait_behind_it(desk: DeskWindow) -> None:
    desk.window.office.messages.say_done("Recorded a contact with Maya Okonkwo")
    assert desk.window.banners.toast() is not None
    desk.click(desk.window.status.cover_button)
    assert desk.window.banners.toast() is None
    desk.window.office.messages.say_done("Recorded a contact with Tariq Hussain")
    assert "Hussain" not in all_words()
    desk.click(desk.window.status.cover_button)
    toast = desk.window.banners.toast()
    assert toast is not None
    assert "Hussain" in toast.words.text()


def test_menus_lists_and_tooltips_go(desk: DeskWindow) -> None:
    QToolTip.showText(QPoint(5, 5), "Maya Okonkwo", desk.window)
    menu = QMenu(desk.window)
    menu.addAction("Maya Okonkwo")
    menu.popup(QPoint(5, 5))
    assert QApplication.activePopupWidget() is menu
    press(Qt.Key.Key_F9)
    settle()
    assert desk.window.privacy.is_on
    assert QApplication.activePopupWidget() is None
    assert not QToolTip.isVisible()


def test_an_open_question_is_painted_over_and_keeps_its_answer(desk: DeskWindow) -> None:
    said: list[object] = []

    def hide_and_show(question: QDialog) -> None:
        box = question.findChild(QPlainTextEdit)
        assert box is not None
        box.setPlainText("Because she asked")
        settle()  # the question has the keys only once the system gave them
        press(Qt.Key.Key_F9)
        patch = question.findChild(Patch)
        assert patch is not None
        said.append(patch.geometry() == question.rect())
        QTest.keyClick(patch, Qt.Key.Key_Escape)
        QTest.keyClick(patch, Qt.Key.Key_Return)
        said.append(question.isVisible())
        press(Qt.Key.Key_F9)
        said.append(isValid(patch) and patch.isVisible())

    def meet() -> None:
        question = QApplication.activeModalWidget()
        assert isinstance(question, QDialog)
        try:
            hide_and_show(question)
        finally:
            question.done(QDialog.DialogCode.Accepted)

    QTimer.singleShot(0, desk.window, meet)
    answer = QtDialogs(desk.window).ask_text("Why is Maya Okonkwo’s page opened?", yes="Open")
    assert said == [True, True, False]
    assert answer == "Because she asked"
    assert not desk.window.privacy.is_on


def test_a_window_that_opens_behind_it_is_hidden_too(desk: DeskWindow) -> None:
    desk.window.privacy.hide_page()
    late = QDialog(desk.window)
    line = QLineEdit("Maya Okonkwo", late)
    line.setCompleter(QCompleter(["Maya Okonkwo"], line))
    late.show()
    settle()
    assert not late.isVisible()
    desk.window.privacy.show_again()
    assert late.isVisible()
    late.close()


def test_nothing_as_small_as_a_letter_is_left_in_the_picture(desk: DeskWindow, people: Caseload) -> None:
    client(desk, people)
    page = desk.window.grab()
    picture = coarse(page, COARSE)
    assert steepest(page) > 120
    assert steepest(QPixmap.fromImage(picture)) < 16


def steepest(picture: QPixmap) -> int:
    """Return the greatest difference of brightness between two neighbours."""
    image = picture.toImage()
    grey = [
        [image.pixelColor(x, y).lightness() for x in range(image.width())]
        for y in range(0, image.height(), 7)
    ]
    return max(abs(left - right) for row in grey for left, right in pairwise(row))


@pytest.mark.parametrize("wanted", [True, False])
def test_half_of_the_idle_time_hides_the_page_if_chosen(desk: DeskWindow, *, wanted: bool) -> None:
    keep_privacy(desk.window.office.settings, PrivacyChoices(at_half_idle=wanted))
    desk.window.cover_by_itself.half_idle()
    assert desk.window.privacy.is_on is wanted


@pytest.mark.parametrize("wanted", [True, False])
def test_another_screen_hides_the_page_if_chosen(desk: DeskWindow, *, wanted: bool) -> None:
    keep_privacy(desk.window.office.settings, PrivacyChoices(on_second_screen=wanted))
    own = QGuiApplication.primaryScreen()
    desk.window.cover_by_itself.moved_to(own)
    desk.window.cover_by_itself.moved_to(None)
    assert not desk.window.privacy.is_on
    app = QApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.screenAdded.emit(own)
    assert desk.window.privacy.is_on is wanted


@pytest.mark.parametrize("wanted", [True, False])
def test_a_minimised_window_comes_back_hidden_if_chosen(desk: DeskWindow, *, wanted: bool) -> None:
    keep_privacy(desk.window.office.settings, PrivacyChoices(after_minimised=wanted))
    desk.window.showMinimized()
    desk.window.showNormal()
    settle()
    assert desk.window.privacy.is_on is wanted


@pytest.mark.parametrize(("scheme", "scale"), [("light", 1.0), ("dark", 1.0), ("light", 2.0)])
def test_the_cover_can_be_read_named_and_reached(
    desk: DeskWindow, theme: Theme, qapp: QApplication, scheme: str, scale: float
) -> None:
    theme.apply(qapp, "dark" if scheme == "dark" else "light", scale)
    settle()
    desk.window.privacy.hide_page()
    settle()
    assert accessibility_walk.walk(desk.window) == []
