"""The practice caseload through the four steps: looked at first, counted, decided, taken back."""

import pytest

from coachdesk.casework.clients import CaseloadFilter, list_clients
from coachdesk.desk.counter import Executors
from coachdesk.exchange.held import list_held
from coachdesk.exchange.importing import ImportResult
from coachdesk.resources import resource
from coachdesk.ui.imports.flow import Step
from coachdesk.vault.opened import OpenVault
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, seen
from tests.makers import ask, furnished
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey

FILES = [resource("practice", "caseload", f"{name}.csv") for name in ("clients", "contacts", "jobs")]


def clients_in(vault: OpenVault) -> int:
    everybody = [
        ask(vault, list_clients, CaseloadFilter(working=one, today=TODAY)) for one in ("open", "closed")
    ]
    return sum(len(rows) for rows in everybody)


def to_the_look(desk: DeskWindow) -> ImportResult:
    desk.window.go("import")
    desk.dialogs.script(list(FILES))
    desk.click(desk.imports.files.choose_button)
    desk.until(lambda: desk.imports.flow.step is Step.COLUMNS)
    desk.click(desk.imports.next_button)
    desk.until(lambda: desk.imports.flow.step is Step.LOOK)
    result = desk.imports.flow.looked
    assert result is not None
    return result


def adds_up(result: ImportResult) -> bool:
    return all(
        account.rows == account.imported + account.merged + account.held + account.refused
        for account in result.accounts
    )


@pytest.mark.slow
def test_caseload_is_looked_at_brought_in_decided_and_taken_back(vault: OpenVault, open_desk: Opener) -> None:
    furnished(vault)
    desk = open_desk(vault)
    looked = to_the_look(desk)
    assert [account.file for account in looked.accounts] == [file.name for file in FILES]
    assert adds_up(looked)
    assert clients_in(vault) == 0
    desk.click(desk.imports.next_button)
    desk.until(lambda: desk.imports.flow.step is Step.DONE)
    done = desk.imports.flow.done
    assert done is not None
    assert adds_up(done)
    brought = clients_in(vault)
    assert brought == done.accounts[0].imported > 0
    held = ask(vault, list_held)
    assert held
    desk.press(f"{held[0].summary}: Leave it out", desk.imports)
    desk.until(lambda: len(ask(vault, list_held)) == len(held) - 1)
    desk.window.undo.trigger()
    desk.until(lambda: len(ask(vault, list_held)) == len(held))
    desk.window.undo.trigger()
    desk.until(lambda: clients_in(vault) == 0)


@pytest.mark.slow
def test_stopping_writes_nothing(vault: OpenVault, open_desk: Opener) -> None:
    furnished(vault)
    desk = open_desk(vault, Executors.threads())
    to_the_look(desk)
    desk.imports.next_button.click()
    desk.imports.progress.cancelled.emit()
    desk.until(lambda: [message for message in desk.said if "Nothing was written" in message.words])
    assert desk.imports.flow.step is Step.LOOK
    assert desk.imports.next_button.isEnabled()
    assert clients_in(vault) == 0


def test_back_keeps_every_answer(vault: OpenVault, open_desk: Opener) -> None:
    furnished(vault)
    desk = open_desk(vault)
    desk.window.go("import")
    desk.imports.read_files((FILES[2],))
    mappings = desk.imports.flow.mappings
    desk.click(desk.imports.back_button)
    assert desk.imports.flow.step is Step.FILES
    desk.click(desk.imports.next_button)
    assert desk.imports.flow.mappings == mappings


def test_cancelled_choice_of_files_changes_nothing(vault: OpenVault, open_desk: Opener) -> None:
    furnished(vault)
    desk = open_desk(vault)
    desk.press("Bring in a caseload", desk.today)
    desk.dialogs.script([])
    desk.click(desk.imports.files.choose_button)
    assert desk.imports.flow.step is Step.FILES
    assert desk.dialogs.is_done()


def test_columns_are_saved_under_a_name(vault: OpenVault, open_desk: Opener) -> None:
    furnished(vault)
    desk = open_desk(vault)
    desk.window.go("import")
    desk.imports.read_files((FILES[2],))
    desk.dialogs.script("Jobs of the old sheet")
    desk.imports.columns.save_wanted.emit(0)
    assert desk.dialogs.is_done()
    desk.imports.refresh()
    desk.imports.read_files((FILES[2],))
    assert seen(desk.imports.columns, type(desk.imports.columns.programme))
