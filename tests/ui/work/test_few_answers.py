"""A question with a few answers in words: one key each, taken back, skipped, and read out."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from coachdesk.clock import FixedClock
from coachdesk.ui.forms.answer import Answer, AnswerInput
from coachdesk.ui.forms.fields import Option
from coachdesk.ui.forms.form import Form
from coachdesk.ui.theme import Theme
from tests.vault_fixtures import TODAY

OPTIONS = (Option("yes", "Yes"), Option("no", "No"), Option("prefer", "Prefer not to say"))


@pytest.fixture
def form(qtbot: QtBot, theme: Theme) -> Form:
    del theme
    made = Form((Answer("sure", "Are you sure?", options=OPTIONS, keys="12P"),), FixedClock.on(TODAY))
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isVisible)
    return made


def answer(form: Form) -> AnswerInput:
    found = form.input("sure")
    assert isinstance(found, AnswerInput)
    return found


def press(form: Form, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    QTest.keyClick(focused if focused is not None else buttons(form)[0], key, held)


def buttons(form: Form) -> list[QPushButton]:
    return form.findChildren(QPushButton)


@pytest.mark.parametrize(
    ("key", "value"), [(Qt.Key.Key_1, "yes"), (Qt.Key.Key_2, "no"), (Qt.Key.Key_P, "prefer")]
)
def test_each_answer_is_one_key_and_goes_on(form: Form, key: Qt.Key, value: str) -> None:
    gone_on: list[bool] = []
    answer(form).moved_on.connect(lambda: gone_on.append(True))
    answer(form).focus()
    press(form, key)
    assert form.values() == {"sure": value}
    assert gone_on == [True]
    assert form.is_changed()


def test_an_answer_is_taken_back_by_key_and_by_button(form: Form) -> None:
    form.set_values({"sure": "no"})
    assert form.values() == {"sure": "no"}
    answer(form).focus()
    press(form, Qt.Key.Key_Backspace)
    assert form.values() == {"sure": None}
    assert not answer(form).clear_button.isEnabled()
    press(form, Qt.Key.Key_2)
    answer(form).clear_button.click()
    assert form.values() == {"sure": None}


def test_a_question_is_skipped_or_gone_back_from(form: Form) -> None:
    moved: list[str] = []
    answer(form).moved_on.connect(lambda: moved.append("on"))
    answer(form).moved_back.connect(lambda: moved.append("back"))
    answer(form).focus()
    press(form, Qt.Key.Key_S)
    press(form, Qt.Key.Key_Up)
    press(form, Qt.Key.Key_7)
    press(form, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert moved == ["on", "back"]
    assert form.values() == {"sure": None}


def test_each_answer_is_read_out_with_its_question(form: Form) -> None:
    named = [one.accessibleName() for one in buttons(form)]
    assert named == [
        "Are you sure? Yes",
        "Are you sure? No",
        "Are you sure? Prefer not to say",
        "Clear the answer to Are you sure?",
    ]
