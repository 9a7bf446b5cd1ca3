"""What is drawn anew has its room at once: no turn of Qt's loop in which a long page can be painted squeezed."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from coachdesk.models import Client
from coachdesk.ui.clients.tab import lay_out
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.desk_window import DeskWindow, seen
from tests.makers import a_contact, days_ago, found, keep

pytestmark = pytest.mark.journey

_CONTACTS = 30
_NOTE = "Worked through the application form together, two sections left, and spoke about the bus. "


def squeezed(within: QWidget) -> list[str]:
    words = [one for one in seen(within, QLabel) if one.wordWrap()]
    return [one.text() for one in words if one.height() < one.heightForWidth(one.width())]


@pytest.fixture
def long_history(vault: OpenVault, caseload: Caseload) -> Caseload:
    client = found(vault, Client, caseload.late)
    keep(vault, *(a_contact(client, happened_on=days_ago(day), note=_NOTE * 2) for day in range(_CONTACTS)))
    return caseload


def test_a_long_timeline_is_never_squeezed_after_the_colours_changed(
    long_history: Caseload, desk: DeskWindow, qapp: QApplication, theme: Theme
) -> None:
    desk.window.resize(1366, 768)
    desk.open(long_history.coming)
    theme.apply(qapp, "dark")
    desk.view.show_client(long_history.late)
    timeline = desk.view.parts[0]
    assert squeezed(desk.view) == []
    desk.until(lambda: len(seen(timeline, QLabel)) > 2 * _CONTACTS)
    assert squeezed(desk.view) == []
    assert timeline.height() > desk.window.height()


@pytest.mark.parametrize("tab", ["plan", "work", "details"])
def test_every_tab_has_its_room_at_once(long_history: Caseload, desk: DeskWindow, tab: str) -> None:
    desk.window.resize(1000, 640)
    desk.open(long_history.late)
    desk.view.show_tab(tab)
    assert seen(desk.view.stack, QLabel)
    assert squeezed(desk.view) == []


def test_what_was_put_aside_on_purpose_stays_hidden(desk: DeskWindow, long_history: Caseload) -> None:
    desk.open(long_history.late)
    assert desk.view.contact_form.isHidden()
    lay_out(desk.view)
    assert desk.view.contact_form.isHidden()
