"""The list of what was done: nothing is said before the answer, nothing is drawn twice, many changes come by and by."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from typing_extensions import override

from coachdesk.casework.history import HistoryChange, HistoryRow
from coachdesk.clock import FixedClock
from coachdesk.desk.counter import Desk, Executors
from coachdesk.desk.inline import InlineExecutor
from coachdesk.terms import Kind, Ref
from coachdesk.ui.clients.history_actions import FEW, ActionsPane
from coachdesk.ui.code_book import CodeBook
from coachdesk.ui.dialogs import ScriptedDialogs
from coachdesk.ui.messages import Messages
from coachdesk.ui.office import Office
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import a_caseload
from tests.vault_fixtures import TODAY


class Patient(Executor):
    """Runs nothing until it is told to."""

    def __init__(self) -> None:
        self.jobs: list[Callable[[], object]] = []

    @override
    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.jobs.append(lambda: fn(*args, **kwargs))
        return Future()

    def run_all(self) -> None:
        jobs, self.jobs = self.jobs, []
        for job in jobs:
            job()


@pytest.fixture
def reader() -> Patient:
    return Patient()


@pytest.fixture
def pane(vault: OpenVault, qtbot: QtBot, theme: Theme, tmp_path: Path, reader: Patient) -> ActionsPane:
    desk = Desk(vault, Executors(InlineExecutor(), reader, InlineExecutor(), InlineExecutor()), theme)
    settings = QSettings(str(tmp_path / "look.ini"), QSettings.Format.IniFormat)
    pane = ActionsPane(Office(desk, ScriptedDialogs(), Messages(), theme, settings, CodeBook(desk)))
    qtbot.addWidget(pane)
    pane.show()
    return pane


def said(pane: ActionsPane) -> list[str]:
    return [one.text() for one in pane.detail.findChildren(QLabel) if one.isVisible()]


def an_action(changes: int) -> HistoryRow:
    made = (
        HistoryChange(
            ref=Ref(Kind.CONTACT, UUID(int=number)),
            title=f"Contact {number}",
            what="added",
            fields=(("Note", "", f"said {number}"), ("Minutes", "20", "30"), ("Place", "hub", "")),
        )
        for number in range(changes)
    )
    return HistoryRow(
        unit=UUID(int=9), position=1, at=FixedClock.on(TODAY).now(), who="Amina", label="Brought in a caseload", reason="",
        changes=tuple(made), events=(), can_be_taken_back=bool(changes),
    )  # fmt: skip


def test_nobody_is_told_that_nothing_was_done_before_the_answer(
    pane: ActionsPane, reader: Patient, vault: OpenVault
) -> None:
    caseload = a_caseload(vault)
    pane.show_client(caseload.late)
    assert not pane.nothing.isVisible()
    assert not pane.detail.isVisible()
    reader.run_all()
    assert pane.list.items()
    assert pane.detail.isVisible()
    pane.show_client(caseload.today)
    assert not pane.list.items()  # nor what was done with somebody else
    assert not pane.detail.isVisible()
    assert not pane.nothing.isVisible()


def test_many_changes_of_one_action_come_by_and_by(pane: ActionsPane) -> None:
    row = an_action(FEW + 2)
    pane._show((row,))
    assert sum(words.startswith("Contact ") for words in said(pane)) == FEW
    assert "Note: said 0\nMinutes: 20 → 30\nPlace: hub → nothing" in said(pane)
    assert pane.rest_button.text() == "Show more changes (2 left)"
    pane.rest_button.setFocus()
    pane.rest_button.click()
    assert sum(words.startswith("Contact ") for words in said(pane)) == FEW + 2
    assert not pane.rest_button.isVisible()
    pane._show((an_action(0),))
    assert "Nothing was changed here, so there is nothing to take back." in said(pane)
    assert not pane.take_button.isVisible()


def test_the_same_answer_again_draws_nothing_again(pane: ActionsPane) -> None:
    pane._show((an_action(3),))
    before = pane.detail.findChildren(QLabel)
    pane._show((an_action(3),))
    assert pane.detail.findChildren(QLabel) == before
