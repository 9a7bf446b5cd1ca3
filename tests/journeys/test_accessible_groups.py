"""The pages of group sessions at twice the text: nothing is cut."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from coachdesk.casework.groups import RegisteredPerson, SaveGroupSession, save_group_session
from coachdesk.ui.groups.page import GroupsPage
from coachdesk.ui.groups.register_list import OnRegister
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page, settle
from tests.makers import do
from tests.ui import accessibility_walk
from tests.vault_fixtures import TODAY

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


PLACES: dict[str, Place] = {
    "sessions": sessions,
    "register": register,
}


@pytest.fixture
def full(vault: OpenVault, caseload: Caseload) -> Caseload:
    people = (RegisteredPerson(client_id=caseload.today), RegisteredPerson(client_id=caseload.late))
    do(vault, save_group_session, SaveGroupSession(title="Job club", happened_on=TODAY, people=people))
    return caseload


@pytest.mark.parametrize("place", PLACES)
def test_nothing_of_it_is_cut_at_twice_the_text(
    vault: OpenVault, full: Caseload, open_desk: Opener, qapp: QApplication, theme: Theme, place: str
) -> None:
    theme.apply(qapp, "light", 2.0)
    desk = open_desk(vault)
    PLACES[place](desk, full)
    settle()
    assert accessibility_walk.clipping_findings(desk.window) == []
