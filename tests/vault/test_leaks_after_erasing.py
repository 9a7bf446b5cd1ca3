"""Who was erased stands in no page of the data file: not in the search index, not in what was freed, not in the journal.

Seen on a vault in the clear, which only exists here: the same program, driver and settings, without the key.
"""

from pathlib import Path

import pytest

from benchmarks.encrypted_against_plain import CLOCK, IN_THE_CLEAR, one_folder_in_the_clear
from benchmarks.invented import PROGRAMME, cheap_keys, new_vault
from benchmarks.leaking_journey import MARKER
from benchmarks.leaks import leaks_in
from coachdesk.casework.clients import NewClient, register_client
from coachdesk.casework.contacts import RecordContact, record_contact
from coachdesk.casework.erasing import EraseClient, erase_client
from coachdesk.vault.drafts import keep_draft
from coachdesk.vault.driver import connected
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.trouble import Damaged
from coachdesk.vault.work import unit_of_work


def with_somebody(folder: Path, *, erased: bool) -> OpenVault:
    """Make a vault with a client whose words are all over it, and erase them or not."""
    vault, _ = new_vault(folder, CLOCK)
    today = CLOCK.today()
    with unit_of_work(vault) as work:
        wish = NewClient(programme_key=PROGRAMME, today=today, first_name=MARKER, last_name=MARKER)
        client = register_client(work.session, wish)
    for number in range(30):
        with unit_of_work(vault, reason=f"{MARKER} {number}") as work:
            note = f"{MARKER} {number} " * 40
            record_contact(work.session, RecordContact(client_id=client, happened_on=today, note=note))
    with vault.write_sessions() as session:
        keep_draft(session, f"contact {client.hex}", "contact", {"note": MARKER}, client)
    if erased:
        with unit_of_work(vault) as work:
            erase_client(work.session, EraseClient(client_id=client, reason="Asked for it"))
    return vault


@pytest.mark.slow
def test_fault_58_who_was_erased_stands_in_no_page(tmp_path: Path) -> None:
    with cheap_keys(), one_folder_in_the_clear():
        kept = with_somebody(tmp_path / "kept" / IN_THE_CLEAR, erased=False)
        kept.close()
        assert {leak.file for leak in leaks_in(tmp_path / "kept")} == {f"{IN_THE_CLEAR}/data-1.db"}
        gone = with_somebody(tmp_path / "gone" / IN_THE_CLEAR, erased=True)
        gone.close()
    assert leaks_in(tmp_path / "gone") == []


def test_only_the_one_folder_is_in_the_clear(tmp_path: Path) -> None:
    (tmp_path / IN_THE_CLEAR).mkdir()
    with one_folder_in_the_clear():
        for folder in (tmp_path, tmp_path / IN_THE_CLEAR):
            connection = connected(folder / "x.db", bytes(32), create=True)
            connection.execute("CREATE TABLE t (x)")
            connection.close()
    with pytest.raises(Damaged):
        connected(tmp_path / IN_THE_CLEAR / "x.db", bytes(32))
    connected(tmp_path / "x.db", bytes(32)).close()
