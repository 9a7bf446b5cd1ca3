"""Ways of small pieces that no journey takes: answers for somebody else, a second wish, nothing to scroll."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from coachdesk.casework.caseload_lists import ListQuestion
from coachdesk.casework.notices import NoticesTold
from coachdesk.errors import Refusal
from coachdesk.ui.clients.enrolment_notice import NoticeCard
from coachdesk.ui.clients.in_sight import bring_into_sight
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.lists.printing import ListPrinting
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload, a_caseload
from tests.journeys.desk_window import DeskWindow, seen
from tests.vault_fixtures import TODAY


@pytest.fixture
def caseload(vault: OpenVault) -> Caseload:
    return a_caseload(vault)


@pytest.fixture
def desk(
    caseload: Caseload, vault: OpenVault, qtbot: QtBot, theme: Theme, tmp_path: Path
) -> Iterator[DeskWindow]:
    opened = DeskWindow(vault, qtbot, theme, tmp_path)
    opened.open(caseload.today)
    opened.tab("details")
    yield opened
    opened.close()


def is_open(form: SideForm) -> bool:
    return form.form is not None


def test_a_piece_on_no_page_that_scrolls_stays_where_it_is(qtbot: QtBot) -> None:
    piece = QLabel("alone")
    qtbot.addWidget(piece)
    bring_into_sight(piece)
    assert not piece.isVisible()


def test_a_notice_card_shows_nobody_else_and_opens_its_form_once_it_knows(desk: DeskWindow) -> None:
    office = desk.view.parts[0].office
    card = NoticeCard(office)
    desk.qtbot.addWidget(card)
    card.give()
    assert not is_open(card.form)
    card.go_on()
    assert not is_open(card.form)
    card._saved(None)
    assert card.lines.count() == 0
    (shown,) = seen(desk.view, NoticeCard)
    told = shown._told
    assert isinstance(told, NoticesTold)
    card.show_client(told.client_id)
    assert is_open(card.form)
    lines = card.lines.count()
    card._show(replace(told, client_id=UUID(int=7)))
    assert card.lines.count() == lines
    card.form.close_form()
    card.go_on()
    assert is_open(card.form)


def test_a_list_is_printed_once_at_a_time_and_says_why_it_was_not(desk: DeskWindow, tmp_path: Path) -> None:
    printing = ListPrinting(desk.view.parts[0].office)
    desk.qtbot.addWidget(printing)
    printing._is_working = True
    printing.print_list(ListQuestion(today=TODAY, list="all"), "Everybody")
    assert not printing.found.text()
    printing._stop()
    printing._stopped()
    assert "Nothing was written" in printing.found.text()
    printing._refused(Refusal("Nobody is on this list."))
    assert printing.found.text() == "Nobody is on this list."
    desk.dialogs.script(None)
    printing.print_list(ListQuestion(today=TODAY, list="all"), "Everybody")
    assert printing.found.text() == "Nobody is on this list."
    assert list(tmp_path.glob("*.pdf")) == []
