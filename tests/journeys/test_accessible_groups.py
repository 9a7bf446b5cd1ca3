"""Group sessions, a look at a document and a correction can be used by everybody: names, keyboard, contrast, large text."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtWidgets import QApplication

from coachdesk.casework.documents import KeepDocument, keep_document
from coachdesk.casework.groups import RegisteredPerson, SaveGroupSession, save_group_session
from coachdesk.models import Client
from coachdesk.ui.clients.contacts_tab import ContactsTab
from coachdesk.ui.clients.documents_card import DocumentsCard
from coachdesk.ui.groups.page import GroupsPage
from coachdesk.ui.groups.register_list import OnRegister
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page, settle
from tests.makers import a_contact, ask, do, keep
from tests.ui import accessibility_walk
from tests.vault_fixtures import TODAY
from tests.worlds import made_once

pytestmark = pytest.mark.journey

Place = Callable[[DeskWindow, Caseload], None]


def sessions(desk: DeskWindow, _caseload: Caseload) -> None:
    desk.window.go("groups")
    table = page(desk.window.pages["groups"], GroupsPage).table
    table.choose(table.table.rows()[0].id)


def register(desk: DeskWindow, _caseload: Caseload) -> None:
    desk.window.go("groups")
    found = page(desk.window.pages["groups"], GroupsPage)
    found.register_session()
    found.form.list.add_person(OnRegister("Zebedee Quill"))
    found.form.picker.field.setText("hus")
    desk.until(found.form.picker.list.items)


def documents(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.today)
    desk.tab("papers")


def a_look(desk: DeskWindow, caseload: Caseload) -> None:
    documents(desk, caseload)
    (card,) = desk.view.findChildren(DocumentsCard)
    desk.press("Look at “notes”", card)


def correction(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.today)
    desk.view.correct_newest()
    (tab,) = (one for one in desk.view.parts if isinstance(one, ContactsTab))
    tab.table.choose(tab.table.table.rows()[0].id)


PLACES: dict[str, Place] = {
    "sessions": sessions,
    "register": register,
    "a look": a_look,
    "correction": correction,
}


@pytest.fixture
def full(vault: OpenVault, caseload: Caseload) -> Caseload:
    made_once("accessible groups", partial(_fill, caseload), vault)
    return caseload


def _fill(caseload: Caseload, vault: OpenVault) -> None:
    people = (RegisteredPerson(client_id=caseload.today), RegisteredPerson(client_id=caseload.late))
    do(vault, save_group_session, SaveGroupSession(title="Job club", happened_on=TODAY, people=people))
    wish = KeepDocument(client_id=caseload.today, file_name="notes.txt", content=b"Bus 12 at ten past seven")
    do(vault, keep_document, wish)
    client = ask(vault, lambda s, _: s.get_one(Client, caseload.today))
    keep(vault, a_contact(client, note="Her sister rang", note_kind="others", did_not_attend=True))


@pytest.mark.parametrize("place", PLACES)
def test_place_can_be_used_by_everybody(
    vault: OpenVault, full: Caseload, open_desk: Opener, qapp: QApplication, theme: Theme, place: str
) -> None:
    desk = open_desk(vault)
    PLACES[place](desk, full)
    settle()
    assert accessibility_walk.walk(desk.window) == []
    desk.awake()
    assert accessibility_walk.focus_findings(desk.window) == []
    theme.apply(qapp, "dark")
    settle()
    assert accessibility_walk.contrast_findings(desk.window) == []


@pytest.mark.parametrize("place", ["sessions", "register"])
def test_nothing_of_it_is_cut_at_twice_the_text(
    vault: OpenVault, full: Caseload, open_desk: Opener, qapp: QApplication, theme: Theme, place: str
) -> None:
    theme.apply(qapp, "light", 2.0)
    desk = open_desk(vault)
    PLACES[place](desk, full)
    settle()
    assert accessibility_walk.clipping_findings(desk.window) == []
