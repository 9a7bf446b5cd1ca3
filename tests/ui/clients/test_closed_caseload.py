"""The Clients page of a trustee: it says that clients are closed, and offers nothing that would be refused."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from typing_extensions import override

from coachdesk.desk.counter import Executors
from coachdesk.desk.inline import InlineExecutor
from coachdesk.models import Coach
from coachdesk.terms import Role
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.journeys.caseload import a_caseload
from tests.journeys.desk_window import DeskWindow, settle


class Reader(InlineExecutor):
    """Answers at once, or later when it is told to wait."""

    def __init__(self) -> None:
        self.waits = False
        self.jobs: list[Callable[[], object]] = []

    @override
    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        if not self.waits:
            return super().submit(fn, *args, **kwargs)
        self.jobs.append(lambda: fn(*args, **kwargs))
        return Future()

    def answer(self) -> None:
        self.waits = False
        jobs, self.jobs = self.jobs, []
        for job in jobs:
            job()


@pytest.fixture
def reader() -> Reader:
    return Reader()


@pytest.fixture
def desk(
    vault: OpenVault, qtbot: QtBot, theme: Theme, tmp_path: Path, reader: Executor
) -> Iterator[DeskWindow]:
    a_caseload(vault)
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = Role.TRUSTEE
    inline = InlineExecutor()
    opened = DeskWindow(vault, qtbot, theme, tmp_path, Executors(inline, reader, inline, inline))
    yield opened
    opened.close()


def test_a_trustee_is_told_that_clients_are_closed_and_offered_nothing(desk: DeskWindow) -> None:
    desk.window.go("clients")
    settle()
    page = desk.window.clients
    words = desk.words(page)
    assert "Clients’ records stay closed to you." in words
    assert "You keep the keys" in words
    assert "Add one" not in words
    assert "Choose somebody" not in words
    pane = page.pane
    offered = (pane.new_button, pane.import_button, pane.lists_button, pane.board_button)
    assert not any(button.isVisible() for button in (*offered, page.duplicates_button))
    desk.window.new_client_shortcut()
    assert page.right.currentWidget() is page.nobody
    assert "you keep the keys" in desk.words(desk.window.banners)


def test_a_form_that_was_opened_before_the_answer_is_put_away(desk: DeskWindow, reader: Reader) -> None:
    reader.waits = True
    desk.window.new_client_shortcut()
    page = desk.window.clients
    assert page.right.currentWidget() is page.new
    reader.answer()
    assert page.right.currentWidget() is page.nobody


def test_a_list_and_whether_clients_are_closed_come_with_one_answer(
    desk: DeskWindow, reader: Reader, vault: OpenVault
) -> None:
    desk.window.go("clients")
    settle()
    pane = desk.window.clients.pane
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = Role.MANAGER
    reader.waits = True
    pane.refresh()
    assert len(reader.jobs) == 1
    assert not pane.new_button.isVisible()
    reader.answer()
    assert pane.new_button.isVisible()
    assert "Choose somebody" in desk.words(desk.window.clients)
