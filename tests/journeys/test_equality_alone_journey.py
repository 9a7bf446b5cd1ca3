"""The window handed to a client: the equality questions by keyboard alone, and back to the coach behind a cover."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from coachdesk.casework.details import ClientDetails, read_details
from coachdesk.casework.equality_alone import METHOD
from coachdesk.desk.counter import DraftRow
from coachdesk.errors import Refusal
from coachdesk.models import new_id
from coachdesk.ui.equality.page import AlonePage
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.journeys.caseload import Caseload
from tests.journeys.desk_window import DeskWindow, settle
from tests.ui import accessibility_walk
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey


def handed_over(desk: DeskWindow, caseload: Caseload) -> AlonePage:
    desk.open(caseload.today)
    desk.tab("details")
    desk.press("The client answers alone", desk.view)
    assert desk.window.alone.is_on
    desk.actions = 0
    return desk.window.alone.page


def details(vault: OpenVault, caseload: Caseload) -> ClientDetails:
    with reading(vault) as session:
        return read_details(session, caseload.today)


def seen_words(desk: DeskWindow) -> str:
    return "\n".join(one.text() for one in desk.window.findChildren(QLabel) if one.isVisible())


def choose(desk: DeskWindow, page: AlonePage, key: str) -> None:
    """Walk to an answer with the arrow keys and choose it with the space bar."""
    for _ in page.marks:
        if page.marks[key].mark.hasFocus():
            break
        desk.key(Qt.Key.Key_Down)
    assert page.marks[key].mark.hasFocus()
    if not page.marks[key].mark.isChecked():
        desk.key(Qt.Key.Key_Space)


def skip(desk: DeskWindow, page: AlonePage) -> None:
    """Skip a question by its key, which presses the button for a moment first."""
    asked = page.title.text()
    desk.key(Qt.Key.Key_S, Qt.KeyboardModifier.AltModifier)
    desk.until(lambda: page.title.text() != asked)


def test_a_client_answers_alone_by_keyboard_and_the_coach_gets_a_covered_page(
    desk: DeskWindow, caseload: Caseload, vault: OpenVault
) -> None:
    page = handed_over(desk, caseload)
    window = desk.window
    assert not window.rail.isVisible()
    assert not window.status.isVisible()
    words = seen_words(desk)
    assert "Hello Tariq" in words
    assert "Okonkwo" not in words
    assert "Postlethwaite" not in words
    desk.control(Qt.Key.Key_K)
    desk.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    assert not window.find_box.isVisible()
    window.go("today")
    assert window.alone.is_on
    desk.key(Qt.Key.Key_Return)
    assert page.progress.text() == "Question 1 of 7"
    assert not page.next_button.isEnabled()
    desk.key(Qt.Key.Key_Return)
    assert page.progress.text() == "Question 1 of 7"
    choose(desk, page, "white_irish")
    desk.key(Qt.Key.Key_Return)
    choose(desk, page, "yes")
    desk.key(Qt.Key.Key_Return)
    assert page.progress.text() == "Question 3 of 8"
    choose(desk, page, "prefers_not_to_say")
    desk.key(Qt.Key.Key_Return)
    for _ in range(5):
        skip(desk, page)
    assert page.title.text() == "Thank you"
    assert "hand the computer back" in seen_words(desk)
    told = details(vault, caseload)
    assert (told.equality["ethnic_group"], told.equality["long_condition"]) == ("white_irish", "yes")
    assert told.equality["activity_restriction"] == "prefers_not_to_say"
    assert told.equality["sex"] == "not_asked"
    assert (told.equality_on, told.equality_method) == (TODAY, METHOD)
    desk.key(Qt.Key.Key_Return)
    assert page.progress.text() == "Question 8 of 8"
    desk.key(Qt.Key.Key_F8)
    assert (window.alone.is_on, window.privacy.is_on, window.beside.is_on) == (False, True, True)
    desk.key(Qt.Key.Key_F9)
    words = seen_words(desk)
    assert "Tariq Hussain" in words
    assert "Okonkwo" not in words
    assert "Filled in alone" in words
    desk.key(Qt.Key.Key_F8)
    assert window.rail.isVisible()
    assert window.status.isVisible()


def test_going_back_changes_an_answer_and_skipping_takes_it_away(
    desk: DeskWindow, caseload: Caseload, vault: OpenVault
) -> None:
    page = handed_over(desk, caseload)
    desk.click(page.next_button)
    QTest.mouseClick(page.marks["white_irish"], Qt.MouseButton.LeftButton)
    desk.click(page.next_button)
    QTest.mouseClick(page.marks["yes"], Qt.MouseButton.LeftButton)
    desk.click(page.next_button)
    QTest.mouseClick(page.marks["a_lot"].words, Qt.MouseButton.LeftButton)
    desk.click(page.back_button)
    assert page.marks["yes"].mark.isChecked()
    QTest.mouseClick(page.marks["no"], Qt.MouseButton.LeftButton)
    assert page.answers["long_condition"] == "no"
    desk.click(page.back_button)
    desk.click(page.skip_button)
    drafts: list[DraftRow] = []
    desk.desk.read_drafts(drafts.extend)
    assert [one.key for one in drafts] == [f"details:alone:{caseload.today.hex}"]
    desk.window.alone.take_back()
    told = details(vault, caseload)
    assert (told.equality["ethnic_group"], told.equality["long_condition"]) == ("not_asked", "no")
    assert told.equality["activity_restriction"] == "not_asked"
    drafts.clear()
    desk.desk.read_drafts(drafts.extend)
    assert drafts == []
    desk.window.alone.take_back()
    assert desk.window.privacy.is_on


def test_what_was_broken_off_by_a_lock_goes_on_and_nothing_chosen_saves_nothing(
    desk: DeskWindow, caseload: Caseload, vault: OpenVault
) -> None:
    page = handed_over(desk, caseload)
    body = {"carer": "yes", "sex": "nonsense", "_about": "Equality questions", "_before": {}, "_words": []}
    desk.window.alone.take_back()
    assert details(vault, caseload).equality_on is None
    desk.key(Qt.Key.Key_F9)
    desk.desk.keep_draft(page.draft_key(caseload.today), "details", body, caseload.today)
    desk.view.go_on(page.draft_key(caseload.today))
    settle()
    assert desk.window.alone.is_on
    assert page.answers == {"carer": "yes"}
    desk.key(Qt.Key.Key_F9)
    assert desk.window.privacy.is_on
    desk.key(Qt.Key.Key_F9)
    assert desk.window.alone.is_on
    desk.messages.say_done("Somebody else’s news")
    assert desk.window.banners.toast() is None
    desk.key(Qt.Key.Key_F8)
    assert details(vault, caseload).equality["carer"] == "yes"
    assert desk.window.beside.is_on
    desk.window.alone.hand_over(new_id())
    settle()
    assert not desk.window.alone.is_on


def test_answers_that_could_not_be_saved_are_told_to_the_coach_and_handed_in_again(
    desk: DeskWindow, caseload: Caseload, vault: OpenVault
) -> None:
    page = handed_over(desk, caseload)
    desk.click(page.next_button)
    QTest.mouseClick(page.marks["white_irish"], Qt.MouseButton.LeftButton)
    page.save()
    page._refused(Refusal("The drive was full for a moment."))
    assert [one.words for one in desk.messages.waiting()][-1] == "The drive was full for a moment."
    desk.window.alone.take_back()
    assert details(vault, caseload).equality["ethnic_group"] == "white_irish"


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_every_screen_can_be_read_named_and_reached(
    desk: DeskWindow, caseload: Caseload, theme: Theme, qapp: QApplication, scale: float
) -> None:
    page = handed_over(desk, caseload)
    theme.apply(qapp, "dark" if scale > 1 else "light", scale)
    settle()
    assert accessibility_walk.walk(desk.window) == []
    desk.click(page.next_button)
    assert accessibility_walk.walk(desk.window) == []
