"""Enter takes somebody found by the letters that stand there, in whatever order the answers come."""

from collections.abc import Callable
from typing import Any, cast
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coachdesk.casework.search import FindAnybody, FoundRow
from coachdesk.ui.employers.for_whom import ForWhom
from coachdesk.ui.groups.picker import PeoplePicker
from coachdesk.ui.office import Office
from coachdesk.ui.theme import Theme
from coachdesk.ui.widgets import SearchField

ADA = FoundRow(id=uuid4(), name="Ada Holt", reference="", birth_words="", coach="", why="")
BEN = FoundRow(id=uuid4(), name="Ben Holm", reference="", birth_words="", coach="", why="")


class SlowDesk:
    """Keeps every question until the test answers it."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, Callable[[Any], None]]] = []

    def ask(self, _query: object, question: FindAnybody, then: Callable[[Any], None]) -> None:
        self.asked.append((question.text, then))

    def answer(self, text: str, *found: FoundRow) -> None:
        next(then for asked, then in self.asked if asked == text)(found)


class SlowOffice:
    """Has a slow desk and nothing else."""

    def __init__(self) -> None:
        self.desk = SlowDesk()


@pytest.fixture
def office(theme: Theme) -> SlowOffice:
    assert theme is not None
    return SlowOffice()


def ask_twice(qtbot: QtBot, office: SlowOffice, field: SearchField) -> None:
    """Type a letter, be slow enough for it to be asked about, and type on."""
    QTest.keyClicks(field, "h")
    qtbot.waitUntil(lambda: [text for text, _ in office.desk.asked] == ["h"])
    QTest.keyClicks(field, "olm")


def test_a_register_takes_nobody_found_by_fewer_letters(qtbot: QtBot, office: SlowOffice) -> None:
    picker = PeoplePicker(cast("Office", office))
    qtbot.addWidget(picker)
    taken: list[FoundRow] = []
    picker.picked.connect(taken.append)
    ask_twice(qtbot, office, picker.field)
    QTest.keyClick(picker.field, Qt.Key.Key_Return)
    office.desk.answer("h", ADA, BEN)
    assert taken == []
    office.desk.answer("holm", BEN)
    assert taken == [BEN]


def test_a_talk_was_for_nobody_found_by_fewer_letters(qtbot: QtBot, office: SlowOffice) -> None:
    people = ForWhom(cast("Office", office))
    qtbot.addWidget(people)
    ask_twice(qtbot, office, people.field)
    qtbot.waitUntil(lambda: len(office.desk.asked) == 2)
    office.desk.answer("h", ADA, BEN)
    QTest.keyClick(people.field, Qt.Key.Key_Return)
    assert people.talks() == ()
    office.desk.answer("holm", BEN)
    assert [one.client_id for one in people.talks()] == [BEN.id]
