"""The plan from its page to a file: two actions for every layout, and one question where it goes."""

import threading
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from coachdesk.casework.history import HistoryQuestion, read_history
from coachdesk.desk.counter import Executors
from coachdesk.ui.clients.plan_printing import PlanPrinting
from coachdesk.ui.clients.plan_tab import PlanTab
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page, settle

pytestmark = pytest.mark.journey

MOST_ACTIONS = 2
KEYS = {
    "action-plan.pdf": Qt.Key.Key_S,
    "action-plan-large-print.pdf": Qt.Key.Key_L,
    "action-plan-easy-read.pdf": Qt.Key.Key_E,
}


def printing(desk: DeskWindow) -> PlanPrinting:
    return page(desk.view.parts[1], PlanTab).printing


def on_the_plan(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.today)
    desk.tab("plan")
    desk.actions = 0


def choose(desk: DeskWindow, key: Qt.Key) -> None:
    """Choose from the open menu by its key, as one action."""
    menu = printing(desk).menu_shown
    assert menu is not None
    desk.actions += 1
    QTest.keyClick(menu, key)
    settle()


@pytest.mark.parametrize("name", KEYS)
def test_each_layout_in_two_actions(desk: DeskWindow, caseload: Caseload, tmp_path: Path, name: str) -> None:
    on_the_plan(desk, caseload)
    desk.dialogs.script(tmp_path / name)
    desk.press("Print…", desk.view)
    choose(desk, KEYS[name])
    desk.until((tmp_path / name).exists)
    assert desk.actions == MOST_ACTIONS
    assert desk.dialogs.asked == ["Where shall the plan lie?"]
    assert str(tmp_path / name) in printing(desk).found.text()
    with pikepdf.open(tmp_path / name) as paper:
        assert paper.Root.MarkInfo.Marked


def test_the_standard_print_by_keyboard_is_two_actions_with_the_file_question(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, tmp_path: Path
) -> None:
    desk = open_desk(vault, Executors.threads())
    on_the_plan(desk, caseload)
    target = tmp_path / "action-plan.pdf"
    desk.dialogs.script(target)
    desk.control(Qt.Key.Key_P)
    desk.until(lambda: str(target) in printing(desk).found.text())
    assert desk.actions + len(desk.dialogs.asked) == MOST_ACTIONS
    assert not printing(desk).progress.isVisible()
    with reading(vault) as session:
        rows = read_history(session, HistoryQuestion(client_id=caseload.today, limit=50))
    assert "Printed the plan of TH" in [row.label for row in rows]


def test_thinking_better_of_it_writes_nothing(desk: DeskWindow, caseload: Caseload, tmp_path: Path) -> None:
    on_the_plan(desk, caseload)
    desk.dialogs.script(None)
    desk.control(Qt.Key.Key_P)
    assert list(tmp_path.glob("*.pdf")) == []
    assert not printing(desk).isVisible()


def test_a_drive_that_takes_no_file_is_said_on_the_page(
    desk: DeskWindow, caseload: Caseload, tmp_path: Path
) -> None:
    on_the_plan(desk, caseload)
    (tmp_path / "file").touch()
    desk.dialogs.script(tmp_path / "file" / "action-plan.pdf")
    desk.control(Qt.Key.Key_P)
    assert printing(desk).found.isVisible()
    assert "ready" not in printing(desk).found.text()


def test_another_client_hears_nothing_of_the_last_print(
    desk: DeskWindow, caseload: Caseload, tmp_path: Path
) -> None:
    on_the_plan(desk, caseload)
    desk.dialogs.script(tmp_path / "action-plan.pdf")
    desk.control(Qt.Key.Key_P)
    assert printing(desk).found.isVisible()
    desk.open(caseload.coming)
    assert not printing(desk).isVisible()


def test_stopping_writes_nothing(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, tmp_path: Path
) -> None:
    executors = Executors.threads()
    desk = open_desk(vault, executors)
    on_the_plan(desk, caseload)
    desk.dialogs.script(tmp_path / "action-plan.pdf")
    busy = threading.Event()
    executors.write.submit(busy.wait)
    desk.control(Qt.Key.Key_P)
    assert printing(desk).progress.isVisible()
    desk.control(Qt.Key.Key_P)
    assert len(desk.dialogs.asked) == 1
    desk.click(printing(desk).progress.cancel)
    busy.set()
    desk.until(lambda: printing(desk).found.text() == "Stopped. Nothing was written.")
    assert not printing(desk).progress.isVisible()
    assert list(tmp_path.glob("*.pdf")) == []


def test_behind_the_privacy_screen_nothing_is_printed(desk: DeskWindow, caseload: Caseload) -> None:
    on_the_plan(desk, caseload)
    desk.key(Qt.Key.Key_F9)
    assert desk.window.privacy.is_on
    desk.control(Qt.Key.Key_P)
    assert desk.dialogs.asked == []
