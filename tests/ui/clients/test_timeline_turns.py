"""A long timeline is drawn in turns of the window: what is in sight at once, the rest by and by, of nobody else."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from coachdesk.models import Contact
from coachdesk.ui.clients.history_button import HistoryButton
from coachdesk.ui.clients.timeline_tab import TimelineTab
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload, a_caseload
from tests.journeys.desk_window import DeskWindow
from tests.makers import keep
from tests.vault_fixtures import TODAY

MANY, IN_ONE_TURN = 30, 12
LEAST_HEIGHT = 200


@pytest.fixture
def caseload(vault: OpenVault) -> Caseload:
    made = a_caseload(vault)
    days = [TODAY - dt.timedelta(days=back) for back in range(1, MANY + 1)]
    keep(
        vault,
        *(
            Contact(
                client_id=made.today,
                happened_on=day,
                channel="phone",
                minutes=15,
                note=f"Rang about {day.isoformat()}",
                entered_at=dt.datetime(day.year, day.month, day.day, 16, tzinfo=dt.UTC),
            )
            for day in days
        ),
    )
    return made


@pytest.fixture
def desk(
    caseload: Caseload, vault: OpenVault, qtbot: QtBot, theme: Theme, tmp_path: Path
) -> Iterator[DeskWindow]:
    opened = DeskWindow(vault, qtbot, theme, tmp_path)
    opened.open(caseload.late)
    yield opened
    opened.close()


def timeline(desk: DeskWindow) -> TimelineTab:
    (found,) = desk.view.findChildren(TimelineTab)
    return found


def portions(tab: TimelineTab) -> list[QWidget]:
    """Return what was drawn in one turn each, from the top down."""
    items = [tab.items.itemAt(place) for place in range(tab.items.count())]
    return [widget for item in items if item is not None and (widget := item.widget()) is not None]


def drawn(tab: TimelineTab) -> list[str]:
    """Return what is written on the timeline, from the top down, by the buttons that ask for its history."""
    return [button.accessibleName() for one in portions(tab) for button in one.findChildren(HistoryButton)]


def test_what_is_in_sight_comes_at_once_and_the_rest_by_and_by(desk: DeskWindow, caseload: Caseload) -> None:
    tab = timeline(desk)
    tab.show_client(caseload.today)
    first = drawn(tab)
    assert len(first) == IN_ONE_TURN
    desk.until(lambda: len(drawn(tab)) >= MANY)
    whole = drawn(tab)
    assert whole[:IN_ONE_TURN] == first
    assert len(whole) == len(set(whole))
    assert all(one.isVisible() and one.height() >= LEAST_HEIGHT for one in portions(tab)), "none squeezed"


def test_whoever_is_opened_next_gets_nothing_of_the_client_before(
    desk: DeskWindow, caseload: Caseload, qapp: QApplication
) -> None:
    tab = timeline(desk)
    tab.show_client(caseload.late)
    of_her = drawn(tab)
    tab.show_client(caseload.today)
    assert tab._waiting
    tab.show_client(caseload.late)
    for _ in range(MANY):
        qapp.processEvents()
    assert drawn(tab) == of_her


def test_nothing_more_is_drawn_once_the_vault_is_locked(desk: DeskWindow, caseload: Caseload) -> None:
    tab = timeline(desk)
    tab.show_client(caseload.today)
    desk.desk.lock()
    tab._go_on_drawing()
    assert len(drawn(tab)) == IN_ONE_TURN
    assert tab._waiting == ()
