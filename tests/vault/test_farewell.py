"""The backup after a day's work: locking does not wait for it, unlocking stops it, a switch lets it finish."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.errors import Trouble
from coachdesk.models import Client
from coachdesk.vault import farewell
from coachdesk.vault.backup import ground_of
from coachdesk.vault.backup_folder import Ground, Written, automatic_backup, beside
from coachdesk.vault.farewell import FAREWELLS
from coachdesk.vault.holder import Holder
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.pack import looked_into
from coachdesk.vault.restoring import restore_beside, switch
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import unit_of_work
from tests.vault_fixtures import Template


@pytest.fixture
def worked(vault: OpenVault) -> OpenVault:
    with unit_of_work(vault) as work:
        work.session.add(Client(first_name="Ann", reference="1"))
    vault.backed_up_when_closed = True
    return vault


def held_up(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let the backup wait at its start until told to go on or to stop."""
    go = threading.Event()

    def waits(ground: Ground, why: str, watch: Watch) -> Written:
        while not go.wait(0.01):
            watch.check()
        return automatic_backup(ground, why, watch)

    monkeypatch.setattr(farewell, "automatic_backup", waits)
    return go.set


def test_locking_after_work_begins_a_backup(
    worked: OpenVault, vault_folder: Path, vault_template: Template, clock: FixedClock
) -> None:
    position = ground_of(worked).position()
    worked.close()
    assert worked.locked
    FAREWELLS.wait(vault_folder)
    (backup,) = beside(vault_folder).iterdir()
    assert looked_into(backup).position == position
    assert not (vault_folder / "coachdesk.lock").exists()
    assert not list(vault_folder.glob("*-wal"))
    again = vault_template.opened(vault_folder, clock)
    again.backed_up_when_closed = True
    again.close()
    FAREWELLS.wait(vault_folder)
    assert len(list(beside(vault_folder).iterdir())) == 1


def test_locking_does_not_wait_and_unlocking_stops_it(
    worked: OpenVault,
    vault_folder: Path,
    vault_template: Template,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held_up(monkeypatch)
    worked.close()
    assert worked.locked
    again = vault_template.opened(vault_folder, clock)
    assert not beside(vault_folder).exists()
    again.close()


def test_a_switch_waits_until_it_is_whole(
    worked: OpenVault,
    vault_folder: Path,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    backup = automatic_backup(ground_of(worked), "day").path
    made = restore_beside(backup, vault_folder)
    with unit_of_work(worked) as work:
        work.session.add(Client(first_name="Ben", reference="2"))
    position = ground_of(worked).position()
    go = held_up(monkeypatch)
    worked.close()
    threading.Timer(0.05, go).start()
    assert switch(vault_folder, made, clock=clock) is not None
    assert {looked_into(path).position for path in beside(vault_folder).iterdir()} == {position}


def test_what_goes_wrong_lets_go_of_the_vault(
    worked: OpenVault,
    vault_folder: Path,
    vault_template: Template,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(*_: object) -> Written:
        raise Trouble("full")

    monkeypatch.setattr(farewell, "automatic_backup", full)
    worked.close()
    FAREWELLS.wait(vault_folder)
    vault_template.opened(vault_folder, clock).close()


def test_a_vault_without_new_work_or_without_a_window_is_just_closed(
    worked: OpenVault, vault_folder: Path
) -> None:
    automatic_backup(ground_of(worked), "day")
    worked.close()
    FAREWELLS.stop(vault_folder)
    assert len(list(beside(vault_folder).iterdir())) == 1


def test_a_vault_whose_state_cannot_be_read_is_just_closed(
    worked: OpenVault, vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(*_: object, **__: object) -> bool:
        raise Trouble("damaged")

    monkeypatch.setattr(farewell, "is_due", damaged)
    worked.close()
    assert worked.locked
    assert not (vault_folder / "coachdesk.lock").exists()


def test_one_without_a_lock_on_the_folder_ends_too(
    worked: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    ground = ground_of(worked)
    assert FAREWELLS.begin(ground, None)
    FAREWELLS.wait(vault_folder)
    worked.backed_up_when_closed = False
    worked.close()
    Holder(vault_folder, person="X", clock=clock).release()
