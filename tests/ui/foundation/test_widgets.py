from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coachdesk.ui.charts import Bar, BarChart, Bars
from coachdesk.ui.garbage import Garbage
from coachdesk.ui.theme import Theme
from coachdesk.ui.widgets import (
    ElidedLabel,
    Fact,
    FactGrid,
    IconButton,
    Pill,
    ProgressStrip,
    RailButton,
    SearchField,
    SectionTitle,
    StepBar,
    initials,
    label,
    primary_button,
    tone_of,
)
from coachdesk.ui.widgets.labels import AUTO_TEXT, PLAIN_TEXT

CHART = BarChart("Your caseload", (Bar("Exploring", 9), Bar("In work", 3, "fewer than 5")), "clients")


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Amara Okafor", "AO"), ("lucía maría fernández", "LF"), ("Wei", "W"), ("", "?"), ("- !", "?")],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_a_face_has_the_same_tone_everywhere() -> None:
    assert {tone_of(number) for number in range(40)} == {tone_of(str(number)) for number in range(40)}
    assert len({tone_of(number) for number in range(40)}) == 5


def test_a_chart_is_read_out_whole(theme: Theme, qtbot: QtBot) -> None:
    bars = Bars(CHART)
    qtbot.addWidget(bars)
    interface = QAccessible.queryAccessibleInterface(bars)
    assert interface.text(QAccessible.Text.Name) == (
        "Your caseload: Exploring 9 clients; In work fewer than 5 clients"
    )
    assert interface.role() == QAccessible.Role.Graphic
    assert not bars.grab().isNull()


def test_slow_work_can_be_stopped(theme: Theme, qtbot: QtBot) -> None:
    strip = ProgressStrip()
    qtbot.addWidget(strip)
    strip.start("Making the return…")
    strip.step(3, 10)
    assert strip.bar.value() == 3
    with qtbot.wait_signal(strip.cancelled):
        strip.cancel.click()
    assert not strip.cancel.isEnabled()
    strip.finish()
    assert strip.isHidden()


def test_escape_empties_the_search_and_return_goes_into_the_list(theme: Theme, qtbot: QtBot) -> None:
    field = SearchField("Search 50 people")
    qtbot.addWidget(field)
    QTest.keyClicks(field, " ama ")
    with qtbot.wait_signal(field.into_list):
        QTest.keyClick(field, Qt.Key.Key_Return)
    with qtbot.wait_signal(field.wanted) as wanted:
        QTest.keyClick(field, Qt.Key.Key_Escape)
    assert wanted.args == [""]
    assert field.text() == ""


def test_facts_give_way_to_a_narrow_page(theme: Theme, qtbot: QtBot) -> None:
    grid = FactGrid([Fact("Name", "x"), Fact("Goal", "y"), Fact("Due", "z")])
    qtbot.addWidget(grid)
    grid.resize(900, 60)
    grid.show()
    assert grid.columns() == 3
    grid.resize(150, 300)
    assert grid.columns() == 1


def test_names_for_those_who_listen(theme: Theme, qtbot: QtBot) -> None:
    button, rail, steps, title = (
        IconButton("More", "ellipsis"),
        RailButton("Today", "sun"),
        StepBar(4, 6),
        SectionTitle("Overdue", 2),
    )
    for one in (button, rail, steps, title):
        qtbot.addWidget(one)
    assert button.accessibleName() == "More"
    assert QAccessible.queryAccessibleInterface(rail).role() == QAccessible.Role.RadioButton
    assert steps.accessibleName() == "4 of 6 steps done"


@pytest.fixture
def garbage() -> Iterator[Garbage]:
    made = Garbage()
    yield made
    made.collect_all()


def test_garbage_is_collected_here_when_there_is_enough(garbage: Garbage, qtbot: QtBot) -> None:
    garbage.collect_all()
    assert garbage.collect_young() == 0
    for _ in range(3000):
        ring: list[object] = []
        ring.append(ring)
    assert garbage.collect_young() > 0


def test_labels_show_what_they_are_given_and_never_read_it_as_markup(theme: Theme, qtbot: QtBot) -> None:
    assert Qt.TextFormat(PLAIN_TEXT) is Qt.TextFormat.PlainText
    assert Qt.TextFormat(AUTO_TEXT) is Qt.TextFormat.AutoText
    plain, pill, elided = label("<b>Ruth</b>"), Pill("<b>1</b>"), ElidedLabel("<b>Ruth</b>")
    for one in (plain, pill, elided):
        qtbot.addWidget(one)
        assert one.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize(
    ("key", "pressed"),
    [(Qt.Key.Key_Return, 1), (Qt.Key.Key_Enter, 1), (Qt.Key.Key_Space, 1), (Qt.Key.Key_A, 0)],
)
def test_enter_presses_the_button_that_has_the_focus(
    theme: Theme, qtbot: QtBot, key: Qt.Key, pressed: int
) -> None:
    button = primary_button("Create a vault")
    qtbot.addWidget(button)
    heard: list[Qt.Key] = []

    def press() -> None:
        heard.append(key)

    button.clicked.connect(press)
    QTest.keyClick(button, key)
    assert len(heard) == pressed
    QTest.keyClick(button, key, Qt.KeyboardModifier.ControlModifier)  # that belongs to the form
    assert len(heard) == pressed + (key == Qt.Key.Key_Space)
