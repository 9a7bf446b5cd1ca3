"""What was being typed comes back after a lock and after a crash."""

from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.desk.counter import DraftRow, Executors
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow
from tests.vault_fixtures import Template

pytestmark = pytest.mark.journey

NOTE = "She would rather start with mornings"


def begin_a_contact(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.today)
    desk.window.contact_shortcut()
    desk.until(lambda: desk.view.contact_form.form is not None)
    desk.type(NOTE)


def drafts_of(desk: DeskWindow) -> tuple[DraftRow, ...]:
    found: list[tuple[DraftRow, ...]] = []
    desk.desk.read_drafts(found.append)
    desk.until(lambda: found)
    return found[-1]


def assert_offered(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.today)
    desk.window.contact_shortcut()
    desk.until(lambda: desk.view.contact_form.recovered is not None)
    form, banner = desk.view.contact_form.form, desk.view.contact_form.recovered
    assert form is not None
    assert banner is not None
    assert form.raw()["note"] == NOTE
    assert "had typed on" in banner.message.text()
    assert "5 Oct 2026" in banner.message.text()


def test_lock_keeps_what_was_typed(
    vault: OpenVault,
    caseload: Caseload,
    open_desk: Opener,
    vault_template: Template,
    vault_folder: Path,
    clock: FixedClock,
) -> None:
    desk = open_desk(vault, Executors.threads())
    begin_a_contact(desk, caseload)
    desk.lock()
    assert desk.desk.is_locked
    assert vault.locked
    again = vault_template.opened(vault_folder, clock)
    second = open_desk(again)
    assert_offered(second, caseload)
    second.press("Start afresh")
    assert second.view.contact_form.form is not None
    assert second.view.contact_form.form.raw()["note"] == ""
    assert drafts_of(second) == ()


def test_crash_keeps_what_was_typed(
    vault: OpenVault,
    caseload: Caseload,
    open_desk: Opener,
    vault_template: Template,
    vault_folder: Path,
    clock: FixedClock,
) -> None:
    desk = open_desk(vault)
    begin_a_contact(desk, caseload)
    desk.until(lambda: [draft.body["note"] for draft in drafts_of(desk)] == [NOTE])
    vault.close()  # nobody told the window: nothing was handed in on the way out
    assert_offered(open_desk(vault_template.opened(vault_folder, clock)), caseload)


def test_draft_of_one_client_is_not_offered_for_another(desk: DeskWindow, caseload: Caseload) -> None:
    begin_a_contact(desk, caseload)
    desk.press("Put away")
    desk.open(caseload.coming)
    desk.window.contact_shortcut()
    assert desk.view.contact_form.recovered is None
    assert desk.view.contact_form.form is not None
    assert desk.view.contact_form.form.raw()["note"] == ""
    assert len(drafts_of(desk)) == 1


def test_saving_forgets_the_draft(desk: DeskWindow, caseload: Caseload) -> None:
    begin_a_contact(desk, caseload)
    desk.until(lambda: drafts_of(desk))
    desk.press("Save contact")
    assert drafts_of(desk) == ()
