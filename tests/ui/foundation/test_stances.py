"""A stance on each of many subjects: one key each, in as many columns as there is room for."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from coachdesk.clock import FixedClock
from coachdesk.ui.forms.fields import Option
from coachdesk.ui.forms.form import Form
from coachdesk.ui.forms.stances import Stances, StancesInput
from coachdesk.ui.theme import Theme
from tests.vault_fixtures import TODAY

ANSWERS = (Option(None, "No matter"), Option("like", "Like"), Option("never", "Will not"))


@pytest.fixture
def form(qtbot: QtBot, theme: Theme) -> Form:
    del theme
    subjects = tuple(Option(key, key.capitalize()) for key in ("mornings", "nights", "quiet"))
    asked = Stances("traits", "What matters", subjects=subjects, answers=ANSWERS)
    made = Form((asked,), FixedClock.on(TODAY))
    qtbot.addWidget(made)
    made.resize(420, 400)
    made.show()
    made.activateWindow()
    qtbot.waitExposed(made).__enter__().__exit__(None, None, None)
    made.focus_first()
    return made


def press(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    box = QApplication.focusWidget()
    assert box is not None
    QTest.keyClick(box, key, held)


def focused() -> str:
    held = QApplication.focusWidget()
    return held.accessibleName() if held is not None else ""


def stances(form: Form) -> StancesInput:
    found = form.input("traits")
    assert isinstance(found, StancesInput)
    return found


def test_a_digit_answers_and_goes_on(form: Form) -> None:
    edits: list[None] = []
    form.changed.connect(lambda: edits.append(None))
    assert focused() == "Mornings: No matter"
    press(Qt.Key.Key_2)
    assert focused() == "Nights: No matter"
    press(Qt.Key.Key_1)
    press(Qt.Key.Key_3)
    assert form.values() == {"traits": {"mornings": "like", "quiet": "never"}}
    assert focused() == "Quiet: Will not"
    assert len(edits) == 3
    press(Qt.Key.Key_1)
    assert form.raw() == {"traits": ["mornings=like"]}


def test_arrows_go_up_and_down_and_stay_at_the_ends(form: Form) -> None:
    press(Qt.Key.Key_Up)
    assert focused().startswith("Mornings")
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
        press(key)
    assert focused().startswith("Quiet")
    press(Qt.Key.Key_Up)
    assert focused().startswith("Nights")
    press(Qt.Key.Key_Right)
    assert focused() == "Nights: Like"


def test_other_keys_mean_nothing_here(form: Form) -> None:
    for key in (Qt.Key.Key_9, Qt.Key.Key_0, Qt.Key.Key_Q):
        press(key)
    press(Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert form.values() == {"traits": {}}


def test_a_draft_comes_back_and_what_no_list_knows_does_not(form: Form) -> None:
    form.set_raw({"traits": ["nights=never", "gone=like", "quiet=perhaps"]})
    assert form.values() == {"traits": {"nights": "never"}}
    form.set_values({"traits": None})
    assert form.values() == {"traits": {}}


def test_more_room_is_used_for_another_column(form: Form) -> None:
    rows = stances(form).holder.rows
    assert len({one.x() for one in rows}) == 1
    form.resize(1400, 400)
    QApplication.processEvents()
    assert len({one.x() for one in rows}) > 1


def test_nothing_to_ask_takes_no_keyboard(qtbot: QtBot, theme: Theme) -> None:
    del theme
    empty = StancesInput(Stances("traits", "What matters", answers=ANSWERS))
    qtbot.addWidget(empty.holder)
    empty.focus()
    assert empty.value() == {}
