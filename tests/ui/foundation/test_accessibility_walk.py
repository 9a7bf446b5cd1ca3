from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from coachdesk.clock import SystemClock
from coachdesk.ui.focus_ring import FocusRing
from coachdesk.ui.forms import (
    Check,
    Choice,
    Choices,
    Date,
    Form,
    Lines,
    Number,
    Option,
    Scale,
    Text,
    Together,
)
from coachdesk.ui.theme import Theme
from coachdesk.ui.widgets import Card, ScrollPage, primary_button
from tests.ui import accessibility_walk


class Glue(QLineEdit):
    """A field that keeps the keyboard."""

    @override
    def focusNextPrevChild(self, next: bool) -> bool:
        return True

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        event.accept()


def a_window(qtbot: QtBot, *pieces: QWidget) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    box = QVBoxLayout(window)
    for piece in pieces:
        box.addWidget(piece)
    return window


def shown(qtbot: QtBot, window: QWidget) -> QWidget:
    window.show()
    window.activateWindow()
    qtbot.wait_until(window.isActiveWindow)
    return window


def test_a_control_without_a_name_is_found(theme: Theme, qtbot: QtBot) -> None:
    line = QLineEdit()
    line.setPlaceholderText("Not a name")
    window = shown(qtbot, a_window(qtbot, line, QComboBox()))
    assert accessibility_walk.name_findings(window) == ["QLineEdit has no name", "QComboBox has no name"]


def test_faint_words_are_found(theme: Theme, qtbot: QtBot) -> None:
    faint, strong = QLabel("Faint"), QLabel("Strong")
    faint.setStyleSheet("color: #C0C0C0; background: #FFFFFF")
    window = shown(qtbot, a_window(qtbot, faint, strong))
    assert [one[:14] for one in accessibility_walk.contrast_findings(window)] == ["QLabel “Faint”"]


def test_a_target_too_small_to_hit_is_found(theme: Theme, qtbot: QtBot) -> None:
    small = QPushButton("x")
    small.setStyleSheet("min-height: 0; min-width: 0; padding: 0")
    small.setFixedSize(16, 16)
    window = shown(qtbot, a_window(qtbot, small))
    assert accessibility_walk.target_findings(window) != []


def test_two_owners_of_one_key_are_found(theme: Theme, qtbot: QtBot) -> None:
    line = QLineEdit()
    label = QLabel("&Name")
    label.setBuddy(line)
    window = a_window(qtbot, label, line, QPushButton("&Next"))
    QShortcut(QKeySequence("Ctrl+K"), window)
    shown(qtbot, window)
    assert accessibility_walk.shortcut_findings(window) == ["Alt+N belongs to &Next and &Name"] or (
        accessibility_walk.shortcut_findings(window) == ["Alt+N belongs to &Name and &Next"]
    )


def test_words_that_are_cut_are_found(theme: Theme, qtbot: QtBot) -> None:
    label, button = QLabel("A rather long sentence"), QPushButton("A rather long deed")
    label.setFixedWidth(40)
    button.setFixedWidth(40)
    window = shown(qtbot, a_window(qtbot, label, button))
    found = accessibility_walk.clipping_findings(window)
    assert len(found) == 2
    assert all("is cut" in one for one in found)


def test_a_window_too_large_for_a_small_screen_is_found(theme: Theme, qtbot: QtBot) -> None:
    window = a_window(qtbot, QLabel("x"))
    assert accessibility_walk.clipping_findings(window, room=(5, 5))


def test_something_outside_its_parent_is_found(theme: Theme, qtbot: QtBot) -> None:
    window = a_window(qtbot, QLabel("x"))
    outside = QLabel("Outside", window)
    outside.setGeometry(5000, 0, 90, 20)
    shown(qtbot, window)
    assert any("sticks out" in one for one in accessibility_walk.clipping_findings(window))


def test_a_trap_for_the_keyboard_is_found(theme: Theme, qtbot: QtBot) -> None:
    window = shown(qtbot, a_window(qtbot, QPushButton("Before"), Glue(), QPushButton("After")))
    found = accessibility_walk.focus_findings(window)
    assert "Glue keeps the keyboard: Tab does not leave it" in found
    assert "QPushButton “After” cannot be reached with Tab" in found


def test_focus_nobody_sees_is_found_and_the_ring_cures_it(theme: Theme, qtbot: QtBot) -> None:
    window = a_window(qtbot, QLabel("x"), QPushButton("One"), QPushButton("Two"))
    shown(qtbot, window)
    assert accessibility_walk.focus_findings(window) == [
        "QPushButton “One” does not show that it has the keyboard",
        "QPushButton “Two” does not show that it has the keyboard",
    ]
    FocusRing(window)
    assert accessibility_walk.focus_findings(window) == []


def a_form(qtbot: QtBot) -> QWidget:
    options = [Option(number, f"Way {number}") for number in range(12)]
    form = Form(
        [
            Together(Date("on", "&Date", needed=True), Number("minutes", "&Minutes", unit="minutes")),
            Text("who", "&With whom", hint="A name will do"),
            Choice("how", "&How", options=options),
            Choice("where", "Whe&re", options=options[:3]),
            Lines("note", "&Note"),
            Scale("score", "C&onfidence", low_words="not at all", high_words="fully"),
            Check("agreed", "&Agreed with the client"),
            Choices("barriers", "&Barriers", options=options[:3]),
        ],
        SystemClock(),
    )
    card = Card("Record a contact")
    card.add(form)
    page = ScrollPage()
    page.body.addWidget(card)
    window = a_window(qtbot, page, primary_button("&Save", "save"))
    window.resize(900, 700)
    FocusRing(window)
    return window


def test_our_own_forms_pass(theme: Theme, qtbot: QtBot) -> None:
    window = shown(qtbot, a_form(qtbot))
    assert accessibility_walk.walk(window) == []
    assert accessibility_walk.focus_findings(window) == []


def test_tab_goes_from_the_top_down(theme: Theme, qtbot: QtBot) -> None:
    window = shown(qtbot, a_form(qtbot))
    names = [one.accessibleName() or one.property("text") for one in accessibility_walk.tab_stops(window)]
    assert names[0] == "Date: choose from the calendar"
    assert names.index("Minutes") < names.index("With whom") < names.index("Note")
