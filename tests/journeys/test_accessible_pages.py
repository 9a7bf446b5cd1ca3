"""Every page, tab and form is walked: names, targets, keys, contrast, and nothing cut at twice the text."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication

from coachdesk.resources import resource
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, settle
from tests.ui import accessibility_walk

pytestmark = [pytest.mark.journey, pytest.mark.slow]

Place = Callable[[DeskWindow, Caseload], None]


def today(desk: DeskWindow, _caseload: Caseload) -> None:
    desk.window.go("today")


def contact_form(desk: DeskWindow, caseload: Caseload) -> None:
    desk.click(desk.due()["Maya Okonkwo"].record_button)
    assert desk.view.client_id == caseload.late


def new_client(desk: DeskWindow, _caseload: Caseload) -> None:
    desk.window.new_client("")


def client_tab(name: str) -> Place:
    def show(desk: DeskWindow, caseload: Caseload) -> None:
        desk.open(caseload.late)
        desk.tab(name)

    return show


def details_form(desk: DeskWindow, caseload: Caseload) -> None:
    client_tab("details")(desk, caseload)
    desk.press("Change details", desk.view)


def job_form(desk: DeskWindow, caseload: Caseload) -> None:
    client_tab("work")(desk, caseload)
    desk.press("Record a job", desk.view)


def returns(desk: DeskWindow, _caseload: Caseload) -> None:
    desk.window.go("returns")


def settings_tab(index: int) -> Place:
    def show(desk: DeskWindow, _caseload: Caseload) -> None:
        desk.window.go("settings")
        desk.settings.tabs.setCurrentIndex(index)

    return show


def import_files(desk: DeskWindow, _caseload: Caseload) -> None:
    desk.window.go("import")


def import_columns(desk: DeskWindow, _caseload: Caseload) -> None:
    desk.window.go("import")
    desk.imports.read_files((resource("practice", "caseload", "jobs.csv"),))


def import_look(desk: DeskWindow, caseload: Caseload) -> None:
    import_columns(desk, caseload)
    desk.click(desk.imports.next_button)


PLACES: dict[str, Place] = {
    "today": today,
    "contact form": contact_form,
    "new client": new_client,
    **{f"client {name}": client_tab(name) for name in ("timeline", "plan", "contacts", "work", "details")},
    "details form": details_form,
    "job form": job_form,
    "returns": returns,
    **{f"settings {index}": settings_tab(index) for index in range(5)},
    "import files": import_files,
    "import columns": import_columns,
    "import look": import_look,
}


@pytest.mark.parametrize("place", PLACES)
def test_page_can_be_used_by_everybody(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, place: str
) -> None:
    desk = open_desk(vault)
    PLACES[place](desk, caseload)
    settle()
    assert accessibility_walk.walk(desk.window) == []


@pytest.mark.parametrize("place", PLACES)
def test_nothing_is_cut_at_twice_the_text(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, qapp: QApplication, theme: Theme, place: str
) -> None:
    theme.apply(qapp, "light", 2.0)
    desk = open_desk(vault)
    PLACES[place](desk, caseload)
    settle()
    assert accessibility_walk.clipping_findings(desk.window) == []
