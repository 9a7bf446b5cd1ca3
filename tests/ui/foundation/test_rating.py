"""A question from 0 to 10: one key answers it and goes on; no answer and a skipped question are kept apart."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from coachdesk.clock import FixedClock
from coachdesk.ui.forms.form import Form
from coachdesk.ui.forms.rating import Rating, RatingInput
from coachdesk.ui.theme import Theme


@pytest.fixture
def form(qtbot: QtBot, theme: Theme, clock: FixedClock) -> Form:
    del theme
    made = Form(
        (
            Rating("sure", "How sure are you?", low_words="not at all", high_words="completely"),
            Rating("rest", "Rest?"),
        ),
        clock,
    )
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    return made


def rating(form: Form, name: str = "sure") -> RatingInput:
    found = form.input(name)
    assert isinstance(found, RatingInput)
    return found


def press(form: Form, key: Qt.Key, *held: Qt.KeyboardModifier) -> None:
    rating(form).focus()
    box = QApplication.focusWidget()
    assert box is not None
    QTest.keyClick(box, key, held[0] if held else Qt.KeyboardModifier.NoModifier)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (Qt.Key.Key_0, 0),
        (Qt.Key.Key_7, 7),
        (Qt.Key.Key_9, 9),
        (Qt.Key.Key_T, 10),
        (Qt.Key.Key_X, 10),
        (Qt.Key.Key_P, "prefers_not_to_say"),
        (Qt.Key.Key_K, "not_known"),
        (Qt.Key.Key_A, "not_applicable"),
        (Qt.Key.Key_S, None),
        (Qt.Key.Key_Down, None),
        (Qt.Key.Key_Return, None),
    ],
)
def test_one_key_answers_and_goes_on(form: Form, qtbot: QtBot, key: Qt.Key, value: object) -> None:
    with qtbot.waitSignal(rating(form).moved_on):
        press(form, key)
    assert form.values() == {"sure": value, "rest": None}


def test_going_back_and_taking_back(form: Form, qtbot: QtBot) -> None:
    press(form, Qt.Key.Key_4)
    with qtbot.waitSignal(rating(form).moved_back):
        press(form, Qt.Key.Key_Up)
    with qtbot.waitSignal(form.changed):
        press(form, Qt.Key.Key_Backspace)
    assert form.values()["sure"] is None
    assert not rating(form).clear_button.isEnabled()


def test_other_keys_keep_their_meaning(form: Form, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(rating(form).moved_on):
        press(form, Qt.Key.Key_Q)
        press(form, Qt.Key.Key_5, Qt.KeyboardModifier.ControlModifier)
    assert form.values()["sure"] is None


def test_a_click_answers_and_stays(form: Form, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(rating(form).moved_on), qtbot.waitSignal(form.changed):
        button(form, "6").click()
    assert form.values()["sure"] == 6
    rating(form).clear_button.click()
    assert form.values()["sure"] is None


def button(form: Form, words: str) -> QAbstractButton:
    buttons = rating(form).holder.findChildren(QAbstractButton)
    return next(one for one in buttons if one.text() == words)


@pytest.mark.parametrize("value", [0, 10, "not_known", None])
def test_values_go_in_and_out_and_into_a_draft(form: Form, value: object) -> None:
    form.set_values({"sure": value})
    assert form.values()["sure"] == value
    kept = form.raw()
    form.set_values({})
    form.set_raw(kept)
    assert form.values()["sure"] == value
    assert not form.refusals()


def test_every_answer_is_named_with_its_question(form: Form) -> None:
    assert button(form, "0").accessibleName() == "How sure are you? 0 of 10"
    assert button(form, "Don’t know").accessibleName() == "How sure are you? Don’t know"
    assert rating(form).clear_button.accessibleName() == "Clear the answer to How sure are you?"
