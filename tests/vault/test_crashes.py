"""Crashes, lost logs and leaks: what was acknowledged is there, what is lost is told, nothing lies open."""

import shutil
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from benchmarks.invented import Tell, run_apart
from coachdesk.clock import FixedClock
from coachdesk.errors import Refusal
from coachdesk.models import Client, Contact
from coachdesk.vault.backup import back_up
from coachdesk.vault.cost import Cost
from coachdesk.vault.drafts import keep_draft
from coachdesk.vault.health import check
from coachdesk.vault.mark import Mark, keep_mark, read_mark
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.trouble import Damaged, DiskFull
from coachdesk.vault.work import reading, unit_of_work
from tests.vault_fixtures import PASSPHRASE, TODAY, Template

forks = pytest.mark.skipif(sys.platform == "win32", reason="Windows does not fork")


def crashed_after(folder: Path, template: Template, *, saves: int, start: int = 0) -> int:
    """Return the last acknowledged save of a program that was killed in the middle of its work."""

    def busy(tell: Tell) -> None:
        vault = template.opened(folder, FixedClock.on(TODAY))
        for number in range(start, 100_000):
            with unit_of_work(vault, label="Added a client") as work:
                work.session.add(Client(first_name="Ann", reference=str(number)))
            tell(saved=number)

    ended = run_apart(busy, sayings=saves)
    assert ended.killed_at is not None
    return int(ended.said[-1]["saved"])


@forks
@pytest.mark.slow
def test_after_many_kills_every_acknowledged_save_is_there(
    vault_template: Template, vault_folder: Path, clock: FixedClock
) -> None:
    last = -1
    for kill in range(12):
        last = crashed_after(vault_folder, vault_template, saves=1 + kill % 4, start=last + 1)
        vault = vault_template.opened(vault_folder, clock)
        with reading(vault) as session:
            count = session.scalar(select(func.count()).select_from(Client)) or 0
        assert count in (last + 1, last + 2)
        last = count - 1
        assert check(vault).problems == ()
        vault.close()


@forks
@pytest.mark.parametrize("fault", ["flipped", "deleted", "cut"])
def test_a_damaged_or_missing_log_is_told(
    vault_template: Template, vault_folder: Path, clock: FixedClock, fault: str
) -> None:
    crashed_after(vault_folder, vault_template, saves=3)
    log = vault_folder / "data-1.db-wal"
    content = bytearray(log.read_bytes())
    if fault == "deleted":
        log.unlink()
        (vault_folder / "data-1.db-shm").unlink(missing_ok=True)
    elif fault == "cut":
        log.write_bytes(content[: len(content) // 2])
    else:
        content[len(content) // 3] ^= 1
        log.write_bytes(content)
    with pytest.raises(Damaged, match=r"The last \d+ changes up to 05 October 2026 12:00"):
        vault_template.opened(vault_folder, clock)
    again = SealedVault(vault_folder)
    vault = again.open(PASSPHRASE, clock=clock, accept_loss=True)
    assert check(vault).problems == ()
    vault.close()
    again.open(PASSPHRASE, clock=clock).close()


@forks
def test_a_crashed_program_leaves_a_vault_that_opens(
    vault_template: Template, vault_folder: Path, clock: FixedClock
) -> None:
    crashed_after(vault_folder, vault_template, saves=2)
    assert (vault_folder / "coachdesk.lock").exists()
    vault = vault_template.opened(vault_folder, clock)
    assert check(vault).problems == ()
    vault.close()


def test_marker_text_is_in_no_file(vault: OpenVault, vault_folder: Path, tmp_path: Path) -> None:
    marker = "Qzxmarkerqzx"
    with unit_of_work(vault, label=f"Met {marker}", reason=marker) as work:
        client = Client(first_name=marker, reference=marker[:8])
        work.session.add(client)
        work.session.add(
            Contact(
                client_id=client.id,
                happened_on=vault.clock.today(),
                note=marker,
                entered_at=vault.clock.now(),
            )
        )
    with vault.write_sessions() as session:
        keep_draft(session, "k", "contact", {"note": marker})
    back_up(vault, tmp_path / "backup")
    for open_files in (True, False):
        names = {path.name for path in vault_folder.iterdir()}
        assert ("data-1.db-wal" in names) is open_files
        for path in (*vault_folder.iterdir(), tmp_path / "backup"):
            content = path.read_bytes()
            assert marker.encode() not in content, path.name
            assert marker.lower().encode() not in content, path.name
        vault.close()


def test_an_error_carries_no_marker(vault: OpenVault) -> None:
    with unit_of_work(vault) as work:
        work.session.add(Client(first_name="A", reference="QzxMarker"))
    with pytest.raises(Refusal) as caught, unit_of_work(vault) as work:
        work.session.add(Client(first_name="B", reference="QzxMarker"))
    assert "QzxMarker" not in repr(caught.value.__dict__)
    behind: BaseException | None = caught.value
    while behind is not None:
        assert "QzxMarker" not in repr(behind.__dict__) + str(behind)
        behind = behind.__cause__ or behind.__context__


def test_a_full_drive_keeps_what_was_saved_before(vault: OpenVault) -> None:
    with unit_of_work(vault) as work:
        work.session.add(Client(first_name="A", reference="1"))
    connection = vault._writer.raw_connection()
    pages = connection.cursor().execute("PRAGMA page_count").fetchone()[0]
    connection.cursor().execute(f"PRAGMA max_page_count={pages}")
    connection.close()
    said = rf"The drive of “{vault.folder}” is full \([\d.]+ [MG]B free\)"
    with pytest.raises(DiskFull, match=said), unit_of_work(vault) as work:
        client = Client(first_name="B", reference="2")
        work.session.add(client)
        for _ in range(60):
            work.session.add(
                Contact(
                    client_id=client.id,
                    happened_on=vault.clock.today(),
                    note="x" * 9000,
                    entered_at=vault.clock.now(),
                )
            )
    connection = vault._writer.raw_connection()
    connection.cursor().execute("PRAGMA max_page_count=1000000")
    connection.close()
    with unit_of_work(vault) as work:
        work.session.add(Client(first_name="C", reference="3"))
    with reading(vault) as session:
        assert session.scalars(select(Client.first_name).order_by(Client.id)).all() == ["A", "C"]
    assert check(vault).problems == ()


def test_locking_is_unconditional(vault: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise DiskFull("full")

    monkeypatch.setattr(vault, "checkpoint", full)
    vault.close()
    assert vault.locked


def test_a_torn_mark_counts_as_none(vault_folder: Path, clock: FixedClock) -> None:
    key = bytes(32)
    keep_mark(vault_folder, key, Mark(7, clock.now()))
    assert read_mark(vault_folder, key) == Mark(7, clock.now())
    assert read_mark(vault_folder, bytes(31) + b"x") is None
    file = vault_folder / "coachdesk.mark"
    file.write_bytes(file.read_bytes()[:40])
    assert read_mark(vault_folder, key) is None
    file.unlink()
    assert read_mark(vault_folder, key) is None


def test_a_killed_creation_leaves_no_half_vault(
    tmp_path: Path, vault_template: Template, clock: FixedClock
) -> None:
    shutil.copytree(vault_template.folder, tmp_path / ".V.coachdesk.part")
    made = SealedVault.create(
        tmp_path / "V.coachdesk",
        organisation="O",
        person="P",
        passphrase="five herons cross the estuary",
        clock=clock,
        cost=Cost.floor(),
    )
    made.vault.close()
    assert [path.name for path in tmp_path.iterdir()] == ["V.coachdesk"]
