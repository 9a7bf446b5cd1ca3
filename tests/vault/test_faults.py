"""Faults of files, drives and programs: what happens is said, nothing committed is lost, nothing unread is overwritten.

The numbers are those of the list in docs/security.md.
"""

import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select

from coachdesk.clock import FixedClock
from coachdesk.errors import Trouble
from coachdesk.models import Client, Contact
from coachdesk.vault import migrate, pack
from coachdesk.vault.backup import back_up, back_up_by_rule, ground_of
from coachdesk.vault.backup_folder import backups_in, beside
from coachdesk.vault.chronicle import SCHEMA
from coachdesk.vault.copying import looked_at
from coachdesk.vault.driver import connected, driver
from coachdesk.vault.health import check
from coachdesk.vault.restoring import restore_beside
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.trouble import Damaged
from coachdesk.vault.work import reading
from tests.vault.faults import PAGE, ROOT, add, key_of
from tests.vault_fixtures import PASSPHRASE, Template


def test_fault_1_no_flipped_bit_is_ever_shown_as_data(closed: Path, vault_template: Template) -> None:
    data, key = closed / "data-1.db", key_of(vault_template)
    sound = data.read_bytes()
    truth = looked_at(data, key)
    luck = Random(11)  # noqa: S311 - which bits are tried
    for _ in range(60):
        place, bit = luck.randrange(len(sound)), 1 << luck.randrange(8)
        broken = bytearray(sound)
        broken[place] ^= bit
        data.write_bytes(broken)
        with suppress(Damaged):
            assert looked_at(data, key) == truth
        with pytest.raises(Damaged):
            looked_at(data, key, whole=True)
        assert data.read_bytes() == bytes(broken)


@pytest.mark.parametrize("extra", [100, PAGE])
def test_fault_9_bytes_appended_are_reported_and_a_copy_repairs(
    closed: Path, vault_template: Template, clock: FixedClock, extra: int
) -> None:
    data, key = closed / "data-1.db", key_of(vault_template)
    with data.open("ab") as stream:
        stream.write(bytes(extra))
    vault = vault_template.opened(closed, clock)
    assert any("damaged" in problem for problem in check(vault).problems)
    with reading(vault) as session:
        assert session.scalar(select(func.count()).select_from(Client)) == 20
    back_up(vault, closed.parent / "repaired")
    vault.close()
    made = restore_beside(closed.parent / "repaired", closed)
    assert looked_at(made / "data-1.db", key, whole=True).count("client") == 20


def test_fault_10_a_folder_or_a_link_in_its_place_is_told_and_the_target_untouched(
    closed: Path, clock: FixedClock
) -> None:
    data = closed / "data-1.db"
    data.unlink()
    letter = closed.parent / "letter.txt"
    letter.write_text("dear all\n" * 1000)
    data.symlink_to(letter)
    with pytest.raises(Damaged):
        SealedVault(closed).open(PASSPHRASE, clock=clock)
    assert letter.read_text() == "dear all\n" * 1000
    data.unlink()
    data.mkdir()
    with pytest.raises(Trouble):
        SealedVault(closed).open(PASSPHRASE, clock=clock)
    assert list(data.iterdir()) == []


@pytest.mark.parametrize("how", ["swapped", "random"])
def test_fault_11_damaged_pages_stop_what_needs_them_and_nothing_else(
    closed: Path, vault_template: Template, clock: FixedClock, how: str
) -> None:
    data, key = closed / "data-1.db", key_of(vault_template)
    root = page_of(data, key, "contact")
    content = bytearray(data.read_bytes())
    second = page_of(data, key, "job")
    first, other = (slice((page - 1) * PAGE, page * PAGE) for page in (root, second))
    if how == "swapped":
        content[first], content[other] = content[other], content[first]
    else:
        content[first] = Random(3).randbytes(PAGE)  # noqa: S311 - no secret
    data.write_bytes(content)
    vault = vault_template.opened(closed, clock)
    with pytest.raises(Damaged), reading(vault) as session:
        session.scalars(select(Contact.note)).all()
    with reading(vault) as session:
        assert session.scalar(select(func.count()).select_from(Client)) == 20
    assert any("damaged" in problem for problem in check(vault).problems)
    with pytest.raises(Damaged):
        back_up(vault, closed.parent / "b")
    vault.close()


def page_of(data: Path, key: bytes, table: str) -> int:
    connection = connected(data, key)
    row = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    connection.close()
    return int(row[0])


def test_fault_12_an_old_page_put_back_is_reported(
    closed: Path, vault_template: Template, clock: FixedClock
) -> None:
    """The last change touched several pages; each of them is put back alone, and the deep check reports it."""
    data = closed / "data-1.db"
    before = data.read_bytes()
    vault = vault_template.opened(closed, clock)
    add(vault, 100, notes=2)
    vault.close()
    after = data.read_bytes()
    changed = [
        page
        for page in range(1, len(before) // PAGE)
        if before[page * PAGE : (page + 1) * PAGE] != after[page * PAGE : (page + 1) * PAGE]
    ]
    silent = []
    for page in changed:
        mixed = bytearray(after)
        mixed[page * PAGE : (page + 1) * PAGE] = before[page * PAGE : (page + 1) * PAGE]
        data.write_bytes(mixed)
        try:
            vault = vault_template.opened(closed, clock)
        except Damaged:
            continue
        if not check(vault).problems:
            silent.append(page)
        vault.close()
    assert len(changed) > 5
    data.write_bytes(after)
    for page in silent:  # the search index is made of the records, and its own lists may be of an earlier day
        assert all(name.startswith("client_fts") for name in tables_of(data, key_of(vault_template), page))


def tables_of(data: Path, key: bytes, page: int) -> list[str]:
    """Return which tables cannot be read to their end without a page; the file is left as it was."""
    sound = data.read_bytes()
    connection = connected(data, key)
    names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    connection.close()
    broken = bytearray(sound)
    broken[page * PAGE + 100] ^= 1
    data.write_bytes(broken)
    found = [name for name in names if not is_readable(data, key, name)]
    data.write_bytes(sound)
    return found


def is_readable(data: Path, key: bytes, table: str) -> bool:
    connection = connected(data, key)
    try:
        connection.execute(f'SELECT * FROM "{table}"').fetchall()  # noqa: S608 - a name of the schema
    except driver.DatabaseError:
        return False
    finally:
        connection.close()
    return True


def test_fault_15_damage_in_the_middle_of_a_list_stops_it_with_a_sentence(
    closed: Path, vault_template: Template, clock: FixedClock
) -> None:
    data = closed / "data-1.db"
    content = bytearray(data.read_bytes())
    vault = vault_template.opened(closed, clock)
    for page in range(len(content) // PAGE // 2, len(content) // PAGE):
        content[page * PAGE + 50] ^= 1
    data.write_bytes(content)
    with pytest.raises(Damaged, match="damaged"), reading(vault) as session:
        session.scalars(select(Contact.note)).all()
    assert not vault.locked
    vault.close()


KILLED = """
import datetime as dt, sys
from pathlib import Path
from coachdesk.clock import FixedClock
from coachdesk.vault.backup import back_up_by_rule, back_up
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.restoring import restore_beside
from coachdesk.vault.sealed import SealedVault
sealed = SealedVault(Path(sys.argv[1]))
file = sealed.slot_file()
vault = sealed.opened_with(file, file.slots[0], Keyring(bytes.fromhex(sys.argv[2])),
                           clock=FixedClock.on(dt.date(2026, 10, 5)))
print("ready", flush=True)
while True:
    written = back_up_by_rule(vault, "day")
    restore_beside(written.path, sealed.folder)
"""


def test_fault_21_killed_during_a_backup_or_restore_the_vault_is_untouched_and_halves_go(
    closed: Path, vault_template: Template, clock: FixedClock
) -> None:
    truth = looked_at(closed / "data-1.db", key_of(vault_template))
    luck = Random(5)  # noqa: S311 - when it is killed
    for _ in range(4):
        command = [sys.executable, "-c", KILLED, str(closed), vault_template.data_key.hex()]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as program:
            assert program.stdout is not None
            assert program.stdout.readline() == "ready\n"
            with suppress(subprocess.TimeoutExpired):
                program.wait(luck.uniform(0.0, 0.4))  # a moment nobody chose
            program.send_signal(signal.SIGKILL)
        vault = vault_template.opened(closed, clock)
        assert looked_at(vault.data_file, key_of(vault_template)).counts == truth.counts
        assert not list(closed.glob(".copy*"))
        assert not list(closed.parent.glob(".Furness*"))
        for found in backups_in(beside(closed), ground_of(vault)):
            assert pack.verified(found.path) == found.header
        back_up_by_rule(vault, "day")
        assert not list(beside(closed).glob(".*"))
        vault.close()


MIGRATED = """
import datetime as dt, sys
from pathlib import Path
from coachdesk.clock import FixedClock
from coachdesk.vault import migrate
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.sealed import SealedVault
migrate.SCRIPTS = Path(sys.argv[3])
migrate.REVISIONS = (*migrate.REVISIONS, "9999")
sealed = SealedVault(Path(sys.argv[1]))
file = sealed.slot_file()
sealed.opened_with(file, file.slots[0], Keyring(bytes.fromhex(sys.argv[2])),
                   clock=FixedClock.on(dt.date(2026, 10, 5))).close()
"""


def test_fault_22_killed_during_an_upgrade_the_old_state_is_whole_and_the_backup_serves_again(
    closed: Path, vault_template: Template, tmp_path: Path
) -> None:
    scripts = tmp_path / "migrations"
    shutil.copytree(migrate.SCRIPTS, scripts)
    step = scripts / "versions" / "9999_next.py"
    head = f"from alembic import op\nrevision = '9999'\ndown_revision = {SCHEMA!r}\ndef upgrade():\n"
    body = "    import os\n    op.execute('DELETE FROM client_search')\n    os.kill(os.getpid(), 9)\n"
    step.write_text(head + body)
    command = [sys.executable, "-c", MIGRATED, str(closed), vault_template.data_key.hex(), str(scripts)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL
    data, key = closed / "data-1.db", key_of(vault_template)
    assert migrate.stored_revision(data, key) == SCHEMA
    assert looked_at(data, key, whole=True).count("client_search") == 20
    (kept,) = beside(closed).iterdir()
    step.write_text(head + "    op.execute('ALTER TABLE hub ADD COLUMN motto VARCHAR')\n")
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 0
    assert migrate.stored_revision(data, key) == "9999"
    assert kept in list(beside(closed).iterdir())
