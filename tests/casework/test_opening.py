"""Who was erased stays erased, whichever older backup comes back, on this laptop or on another."""

import shutil
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import func, select

from coachdesk.casework.enquiries import CloseEnquiry, RecordEnquiry, close_enquiry, record_enquiry
from coachdesk.casework.enquiry_rules import (
    EraseEnquiries,
    SetEnquiryRules,
    erase_enquiries,
    set_enquiry_rules,
)
from coachdesk.casework.erasing import EraseClient, erase_client, is_erased
from coachdesk.casework.opening import settled
from coachdesk.clock import FixedClock
from coachdesk.models import Client, Code, Enquiry, JournalEntry, Scheme
from coachdesk.vault import migrate
from coachdesk.vault.backup import back_up
from coachdesk.vault.erasure_list import FILE, beside_backups, carried_over, keep_listed, listed_in
from coachdesk.vault.journal import verify_chain
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.restoring import restore, restore_beside, switch
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import a_client, days_ago, do
from tests.vault_fixtures import TODAY, Template

PINNED = Path(__file__).parent.parent / "data" / "vaults"
PUBLISHED = "published passphrase of the pinned vaults"


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


def test_an_enquiry_erased_by_its_rule_does_not_come_back_either(
    vault: OpenVault, tmp_path: Path, vault_template: Template, clock: FixedClock
) -> None:
    asked = RecordEnquiry(name="Wilf Sandwith", reach="by post", received_on=days_ago(400))
    enquiry, _ = do(vault, record_enquiry, asked)
    other, _ = do(
        vault, record_enquiry, RecordEnquiry(name="Mina Corney", reach="by post", received_on=TODAY)
    )
    closing = CloseEnquiry(enquiry_id=enquiry, outcome="did_not_want", closed_on=days_ago(390))
    do(vault, close_enquiry, closing)
    do(vault, set_enquiry_rules, SetEnquiryRules(answer_days=3, keep_months=12, source_note="Trustees"))
    back_up(vault, tmp_path / "old.coachdesk-backup")
    do(vault, erase_enquiries, EraseEnquiries(ids=(enquiry,)))
    vault.close()
    restore(tmp_path / "old.coachdesk-backup", vault.folder)
    again = opened(vault_template, vault.folder, clock)
    with reading(again) as session:
        assert verify_chain(session) is None
        assert list(session.scalars(select(Enquiry.id))) == [other]
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


@pytest.mark.parametrize("revision", migrate.REVISIONS)
def test_a_vault_of_an_older_version_gets_what_ships_since_and_only_once(
    tmp_path: Path, clock: FixedClock, revision: str
) -> None:
    """Without it the lists of new forms would be empty for everybody who has been here longer."""
    folder = tmp_path / f"v{revision}.coachdesk"
    shutil.copytree(PINNED / folder.name, folder)
    vault = settled(SealedVault(folder).open(PUBLISHED, clock=clock))
    with reading(vault) as session:
        lists = set(session.scalars(select(Code.list_name)))
        assert {"work_area", "application_stage", "relation"} <= lists
        assert session.scalar(select(func.count()).select_from(Scheme))
        written = session.scalar(select(func.count()).select_from(JournalEntry))
        assert verify_chain(session) is None
    settled(vault)
    with reading(vault) as session:
        assert session.scalar(select(func.count()).select_from(JournalEntry)) == written
    vault.close()
