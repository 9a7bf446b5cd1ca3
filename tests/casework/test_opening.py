"""Who was erased stays erased, whichever older backup comes back, on this laptop or on another."""

from pathlib import Path
from uuid import UUID

import pytest

from coachdesk.casework.erasing import EraseClient, erase_client, is_erased
from coachdesk.casework.opening import settled
from coachdesk.clock import FixedClock
from coachdesk.models import Client
from coachdesk.vault.backup import back_up
from coachdesk.vault.erasure_list import FILE, beside_backups, carried_over, keep_listed, listed_in
from coachdesk.vault.journal import verify_chain
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.restoring import restore, restore_beside, switch
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import a_client
from tests.vault_fixtures import Template


def name_of(vault: OpenVault, client_id: UUID) -> str:
    with reading(vault) as session:
        assert verify_chain(session) is None
        return session.get_one(Client, client_id).called()


@pytest.fixture
def erased(vault: OpenVault, tmp_path: Path) -> tuple[UUID, Path]:
    """Return a client who was erased, and a backup from before; the vault is locked."""
    client = a_client()
    with unit_of_work(vault, label="Registered") as work:
        work.session.add(client)
    old = tmp_path / "stick" / "old.coachdesk-backup"
    old.parent.mkdir()
    back_up(vault, old)
    with unit_of_work(vault) as work:
        erase_client(work.session, EraseClient(client_id=client.id, reason="Asked for"))
    assert listed_in(vault.folder) == {client.id}
    return client.id, old


def opened(template: Template, folder: Path, clock: FixedClock) -> OpenVault:
    return settled(template.opened(folder, clock))


def test_an_older_backup_put_in_the_vaults_place_is_settled_when_it_is_opened(
    vault: OpenVault, erased: tuple[UUID, Path], vault_template: Template, clock: FixedClock
) -> None:
    client_id, old = erased
    vault.close()
    restore(old, vault.folder)
    again = opened(vault_template, vault.folder, clock)
    assert name_of(again, client_id) == "(erased)"
    with reading(again) as session:
        assert is_erased(session, client_id)
    assert settled(again) is again
    again.close()


def test_so_is_one_restored_beside_and_switched(
    vault: OpenVault, erased: tuple[UUID, Path], vault_template: Template, clock: FixedClock
) -> None:
    client_id, old = erased
    beside = restore_beside(old, vault.folder)
    vault.close()
    switch(vault.folder, beside, clock=clock)
    again = opened(vault_template, vault.folder, clock)
    assert name_of(again, client_id) == "(erased)"
    again.close()


def test_so_is_one_on_another_laptop_when_a_later_backup_lay_beside_it(
    vault: OpenVault, erased: tuple[UUID, Path], vault_template: Template, clock: FixedClock, tmp_path: Path
) -> None:
    client_id, old = erased
    back_up(vault, old.with_name("later.coachdesk-backup"))
    vault.close()
    elsewhere = tmp_path / "new laptop" / "Furness.coachdesk"
    restore(old, elsewhere)
    again = opened(vault_template, elsewhere, clock)
    assert name_of(again, client_id) == "(erased)"
    again.close()


def test_a_list_that_was_lost_is_written_anew(vault: OpenVault, erased: tuple[UUID, Path]) -> None:
    (vault.folder / FILE).unlink()
    settled(vault)
    assert listed_in(vault.folder) == {erased[0]}


def test_a_vault_open_for_reading_stays_as_it_is(
    vault: OpenVault, erased: tuple[UUID, Path], vault_template: Template, clock: FixedClock
) -> None:
    client_id, old = erased
    vault.close()
    restore(old, vault.folder)
    shown = vault_template.opened(vault.folder, clock)
    shown.read_only = True
    assert settled(shown) is shown
    assert name_of(shown, client_id) == "Maya Okonkwo"
    shown.close()


@pytest.mark.parametrize(
    "content",
    [b"", b"\xff", b"[]", b'{"erased": 3}', b'{"erased": ["x"]}', b'{"erased": [1]}', b"[" * 100_000],
)
def test_a_list_that_is_not_ours_lists_nobody(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE).write_bytes(content)
    assert listed_in(tmp_path) == frozenset()


def test_lists_are_joined_and_name_nobody_we_know(tmp_path: Path) -> None:
    vault, backups, into = tmp_path / "v", tmp_path / "b", tmp_path / "i"
    for folder in (vault, backups, into):
        folder.mkdir()
    keep_listed(vault, [UUID(int=1)])
    keep_listed(backups, [UUID(int=2)], beside_backups("Furness"))
    carried_over(into, vault=vault, backups=backups)
    assert listed_in(into) == {UUID(int=1), UUID(int=2)}
    carried_over(into, vault=tmp_path / "nowhere")
    keep_listed(into, [])
    assert listed_in(into) == {UUID(int=1), UUID(int=2)}
