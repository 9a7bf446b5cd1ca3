"""The people shown are those asked for last, in whatever order the answers come."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from coachdesk.returns.wishes import PeopleQuestion, PersonRow
from coachdesk.ui.office import Office
from coachdesk.ui.returns.people import PeopleBehind

ADA, BEN = uuid4(), uuid4()


class SlowDesk:
    """Keeps every question until the test answers it."""

    def __init__(self) -> None:
        self.asked: list[tuple[PeopleQuestion, Callable[[Any], None]]] = []

    def ask(self, _query: object, question: PeopleQuestion, then: Callable[[Any], None]) -> None:
        self.asked.append((question, then))

    def answer(self, place: int) -> None:
        question, then = self.asked[place]
        then(tuple(PersonRow(id=one, name="Somebody", reference="") for one in question.client_ids))


class SlowOffice:
    """Has a slow desk and nothing else."""

    def __init__(self) -> None:
        self.desk = SlowDesk()


@pytest.fixture
def office() -> SlowOffice:
    return SlowOffice()


@pytest.fixture
def people(qtbot: QtBot, office: SlowOffice) -> PeopleBehind:
    made = PeopleBehind(cast("Office", office), "People")
    qtbot.addWidget(made)
    return made


def test_an_answer_that_comes_late_shows_nobody(people: PeopleBehind, office: SlowOffice) -> None:
    people.ask([ADA])
    people.ask([BEN])
    office.desk.answer(1)
    office.desk.answer(0)
    assert people.shown() == (BEN,)


def test_an_early_answer_waits_for_nobody_else(people: PeopleBehind, office: SlowOffice) -> None:
    people.ask([ADA])
    people.ask([BEN])
    office.desk.answer(0)
    assert people.shown() == ()
    office.desk.answer(1)
    assert people.shown() == (BEN,)


def test_people_of_the_last_number_go_at_once(people: PeopleBehind, office: SlowOffice, qtbot: QtBot) -> None:
    people.ask([ADA])
    with qtbot.waitSignal(people.arrived):
        office.desk.answer(0)
    people.ask([BEN])
    assert people.shown() == ()


def test_a_forgotten_question_is_not_answered(people: PeopleBehind, office: SlowOffice) -> None:
    people.ask([ADA])
    people.forget()
    office.desk.answer(0)
    shown: tuple[UUID, ...] = people.shown()
    assert shown == ()


def test_a_line_that_only_counts_opens_nobody(people: PeopleBehind, office: SlowOffice, qtbot: QtBot) -> None:
    people.ask([ADA])
    _question, then = office.desk.asked[0]
    then(
        (
            PersonRow(id=ADA, name="Ada", reference=""),
            PersonRow(id=None, name="2 with colleagues", reference=""),
        )
    )
    assert [item.title for item in people.items()] == ["Ada", "2 with colleagues"]
    opened: list[object] = []
    people.opened.connect(opened.append)
    for name in ("2 with colleagues", ADA):
        people.choose(name)
        QTest.keyClick(people, Qt.Key.Key_Return)
    assert opened == [ADA]
