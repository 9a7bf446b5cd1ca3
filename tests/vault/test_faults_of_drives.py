"""Faults of drives, and two programs at once: what happens is said, nothing committed is lost, nothing unread is overwritten.

The numbers are those of the list in docs/security.md.
"""

import os
import shutil
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select, text

from coachdesk.clock import FixedClock
from coachdesk.errors import CoachDeskError, Refusal, Trouble
from coachdesk.models import Client
from coachdesk.vault import pack
from coachdesk.vault.backup import back_up, back_up_by_rule, ground_of
from coachdesk.vault.backup_folder import backups_in
from coachdesk.vault.backup_rule import SETTING, BackupRule, keep_setting_in
from coachdesk.vault.backup_state import read_backup_state
from coachdesk.vault.copying import copied_data, looked_at
from coachdesk.vault.drill import drill
from coachdesk.vault.driver import connected
from coachdesk.vault.health import check
from coachdesk.vault.long_readers import log_size
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.places import LARGEST_ON_FAT, check_room, in_words, kind_of_drive
from coachdesk.vault.restoring import restore, restore_beside
from coachdesk.vault.trouble import Busy, Damaged, DiskFull, NewerVersion
from coachdesk.vault.work import reading
from tests.vault.faults import add, key_of, room_for
from tests.vault_fixtures import Template


@pytest.mark.parametrize("short", [400_000, 8192, -1000], ids=["copy", "end of copy", "file"])
def test_fault_26_a_drive_that_fills_up_during_a_backup_leaves_no_half_file(
    closed: Path, vault_template: Template, clock: FixedClock, tmp_path: Path, short: int
) -> None:
    vault = vault_template.opened(closed, clock)
    target = tmp_path / "b"
    target.write_bytes(b"the old one")
    size = vault.data_file.stat().st_size
    with pytest.raises(Trouble), room_for(size - short):
        back_up(vault, target)
    assert target.read_bytes() == b"the old one"
    assert not list(closed.glob(".copy*"))
    assert not list(tmp_path.glob(".b*"))
    add(vault, 100)
    assert check(vault).problems == ()
    vault.close()


def test_fault_26_room_is_asked_for_before_anything_is_written(
    vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1_000_000))
    with pytest.raises(DiskFull, match=r"1 MB are free in “.*”. Nothing was written"):
        back_up(vault, tmp_path / "b")
    assert not (tmp_path / "b").exists()


def test_fault_28_a_backup_on_a_read_only_stick_opens_and_restores(
    closed: Path, vault_template: Template, clock: FixedClock, tmp_path: Path
) -> None:
    vault = vault_template.opened(closed, clock)
    stick = tmp_path / "stick"
    stick.mkdir()
    back_up(vault, stick / "b")
    vault.close()
    (stick / "b").chmod(0o400)
    stick.chmod(0o500)
    made = restore_beside(stick / "b", closed)
    connection = connected(made / "data-1.db", key_of(vault_template), settings=("query_only=ON",))
    assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "delete"
    connection.close()
    assert sorted(path.name for path in made.iterdir()) == ["coachdesk.keys", "data-1.db"]
    assert [path.name for path in stick.iterdir()] == ["b"]
    stick.chmod(0o700)


def test_a_stick_that_fails_where_it_is_says_what_the_drive_said(
    vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_setting_in(vault.data_file, vault.keys.sub("db"), SETTING, BackupRule(folder=tmp_path).plain())

    def failing(*_: object) -> None:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(pack, "replaced", failing)
    with pytest.raises(Trouble, match="The drive did not answer properly"):
        back_up_by_rule(vault, "day")


@pytest.mark.parametrize("step", ["write", "flush", "rename"])
def test_fault_29_a_stick_pulled_out_leaves_no_backup_that_counts_and_the_reminder(
    vault: OpenVault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    rule = BackupRule(folder=stick)
    keep_setting_in(vault.data_file, vault.keys.sub("db"), SETTING, rule.plain())

    def pulled(*_: object) -> None:
        shutil.rmtree(stick, ignore_errors=True)
        raise OSError(5, "Input/output error")

    if step == "write":
        monkeypatch.setattr(pack, "blocks", pulled)
    elif step == "flush":
        real = os.fsync

        def fsync(handle: int) -> None:
            if "stick" in str(Path(f"/proc/self/fd/{handle}").readlink()):
                pulled()
            real(handle)

        monkeypatch.setattr(os, "fsync", fsync)
    else:
        monkeypatch.setattr(pack, "replaced", pulled)
    with pytest.raises(Trouble, match="is not there, so no backup was made") as told:
        back_up_by_rule(vault, "day")
    assert "Plug the stick or drive in" in told.value.advice
    stick.mkdir(exist_ok=True)
    with reading(vault) as session:
        state = read_backup_state(session, None)
    assert (state.count, state.last_at) == (0, None)
    assert "not been backed up" in state.reminder


def test_fault_30_a_stick_that_ends_at_four_gigabytes_is_refused_before_writing(tmp_path: Path) -> None:
    stick = f"/dev/sdb1 {tmp_path.resolve()} vfat rw 0 0\n"
    assert kind_of_drive(tmp_path, mounts=stick) == "vfat"
    with pytest.raises(Refusal, match="FAT32, where a file ends at 4 GB"):
        check_room(tmp_path, LARGEST_ON_FAT + 1, one_file=True, mounts=stick)
    check_room(tmp_path, 1, one_file=True, mounts=stick)
    with pytest.raises(DiskFull):
        check_room(tmp_path, 1 << 60, one_file=True, mounts=stick.replace("vfat", "exfat"))
    assert (in_words(1), in_words(999_000_001), in_words(4_294_967_296)) == ("1 MB", "1.0 GB", "4.3 GB")
    assert kind_of_drive(tmp_path) != ""


@pytest.mark.parametrize(
    "name", ["Ä'b #%?&;.coachdesk", "file:x.coachdesk", "名前 [1]*.coachdesk", "x" * 200]
)
def test_fault_32_any_name_of_a_folder_is_backed_up_practised_and_restored(
    vault_template: Template, tmp_path: Path, clock: FixedClock, name: str
) -> None:
    folder = vault_template.copied_to(tmp_path / name)
    vault = vault_template.opened(folder, clock)
    written = back_up_by_rule(vault, "day")
    assert drill(ground_of(vault)).well
    made = restore_beside(written.path, folder)
    assert made.parent == tmp_path
    vault.close()
    assert restore(written.path, folder) is not None
    vault_template.opened(folder, clock).close()


def test_fault_33_a_clock_set_back_a_year_keeps_the_order_of_backups(
    vault: OpenVault, clock: FixedClock
) -> None:
    add(vault, 1)
    first = back_up_by_rule(vault, "day")
    add(vault, 2)
    vault.clock = FixedClock(clock.now().replace(year=2025))
    second = back_up_by_rule(vault, "day")
    found = backups_in(second.path.parent, ground_of(vault))
    assert [one.path for one in found] == [second.path, first.path]


OPENED: list[str] = []
LISTENING = threading.Event()


def _hear(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and LISTENING.is_set() and isinstance(arguments[0], str | bytes | os.PathLike):
        OPENED.append(os.fsdecode(arguments[0]))


def test_fault_37_no_code_of_ours_opens_the_live_files_itself(vault: OpenVault, tmp_path: Path) -> None:
    sys.addaudithook(_hear)
    OPENED.clear()
    LISTENING.set()
    try:
        add(vault, 1)
        back_up_by_rule(vault, "day")
        back_up(vault, tmp_path / "b")
        drill(ground_of(vault))
        check(vault)
        restore_beside(tmp_path / "b", vault.folder)
    finally:
        LISTENING.clear()
    live = [path for path in OPENED if Path(path).parent == vault.folder]
    assert any(Path(path).name == "coachdesk.mark" for path in live)
    assert [path for path in live if Path(path).name.startswith("data-")] == []


def test_fault_38_a_backup_while_somebody_saves_ends_and_no_save_is_lost(
    vault: OpenVault, tmp_path: Path
) -> None:
    for number in range(30):
        add(vault, number, notes=3)
    saved: list[int] = []
    stop = threading.Event()

    def save() -> None:
        number = 1000
        while not stop.wait(0.02):
            add(vault, number)
            saved.append(number)
            number += 1

    somebody = threading.Thread(target=save)
    somebody.start()
    try:
        headers = [back_up(vault, tmp_path / f"b{number}") for number in range(3)]
    finally:
        stop.set()
        somebody.join()
    assert saved
    assert headers[0].position < headers[-1].position
    with reading(vault) as session:
        assert session.scalar(select(func.count()).select_from(Client)) == 30 + len(saved)
    assert check(vault).problems == ()


def test_fault_39_a_forgotten_reader_does_not_stop_the_log_for_ever(vault: OpenVault) -> None:
    log = vault.data_file.with_name("data-1.db-wal")
    with reading(vault) as session:
        session.scalars(select(Client.id)).all()
        add(vault, 1, notes=20)
        vault.checkpoint()
        assert log.stat().st_size > 0
    vault.checkpoint()
    assert log.stat().st_size == 0


def test_fault_39_who_reads_for_too_long_is_sent_away_with_a_sentence(vault: OpenVault) -> None:
    log = vault.data_file.with_name("data-1.db-wal")
    query = select(Client.id)
    with pytest.raises(Busy, match="took so long"), reading(vault) as long_one:
        long_one.scalars(query).all()
        add(vault, 1, notes=20)
        vault.mind_the_log()
        assert long_one.scalars(query).all() == []  # a log of this size disturbs nobody
        vault.mind_the_log(largest=1)
        assert long_one.scalars(query).all() == []  # nor does one that has just begun to read
        vault.mind_the_log(largest=1, longest=0)
        long_one.scalars(query).all()
    vault.checkpoint()
    assert log.stat().st_size == 0
    with reading(vault) as again:
        assert len(again.scalars(query).all()) == 1


def test_fault_39_a_reading_under_way_is_interrupted(vault: OpenVault) -> None:
    add(vault, 1, notes=20)
    endless = text(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT count(*) FROM n"
    )
    begun = threading.Event()

    def read() -> None:
        with reading(vault) as session:
            session.scalars(select(Client.id)).all()
            begun.set()
            session.execute(endless).all()

    with ThreadPoolExecutor(1) as pool:
        under_way = pool.submit(read)
        assert begun.wait(30)
        while not under_way.done():  # until the statement has begun there is nothing to interrupt
            vault.mind_the_log(largest=1, longest=0)
        with pytest.raises(Busy, match="took so long"):
            under_way.result()


def test_a_log_that_is_not_there_has_no_size(tmp_path: Path) -> None:
    assert log_size(tmp_path / "data-1.db") == 0


def test_a_crafted_header_gives_a_sentence_and_no_file(tmp_path_factory: pytest.TempPathFactory) -> None:
    place = tmp_path_factory.mktemp("fuzz")

    @settings(max_examples=150)
    @given(
        st.one_of(
            st.binary(max_size=300),
            st.binary(max_size=300).map(lambda tail: pack.FORMAT + tail),
            st.text(max_size=200).map(lambda text: pack.UNSEALED_FORMAT + text.encode() + b"\n"),
        )
    )
    def fuzzed(content: bytes) -> None:
        (place / "b").write_bytes(content)
        with pytest.raises(CoachDeskError):
            restore(place / "b", place / "R")
        assert [path.name for path in place.iterdir()] == ["b"]

    fuzzed()


def test_fault_65_a_backup_changed_anywhere_is_refused(
    vault: OpenVault, tmp_path: Path, clock: FixedClock
) -> None:
    back_up(vault, tmp_path / "b")
    sound = (tmp_path / "b").read_bytes()
    start = len(pack.looked_into(tmp_path / "b").rendered())
    luck = Random(9)  # noqa: S311 - which bits are tried
    places = [*range(0, start, 7), *(luck.randrange(start, len(sound)) for _ in range(40))]
    for place in places:
        broken = bytearray(sound)
        broken[place] ^= 1 << luck.randrange(8)
        (tmp_path / "b").write_bytes(broken)
        try:
            restore(tmp_path / "b", tmp_path / "R")
        except CoachDeskError:
            assert not (tmp_path / "R").exists()
            continue
        header = pack.looked_into(tmp_path / "b")
        with pytest.raises((Damaged, NewerVersion)):
            header.told(vault.keys)
        shutil.rmtree(tmp_path / "R")
    assert check(vault).problems == ()
    assert clock.now() == vault.clock.now()


def test_fault_65_another_vaults_key_file_inside_does_not_open(
    vault: OpenVault, vault_template: Template, tmp_path: Path
) -> None:
    strange = replace(vault_template.file, vault=vault.vault_id.__class__(int=3))
    with pytest.raises(Damaged):
        back_up_with(vault, strange, tmp_path / "b")
    assert not (tmp_path / "b").exists()


def back_up_with(vault: OpenVault, file: Any, target: Path) -> None:
    """Write a backup whose header names the vault but whose key file is another's."""
    real = pack.Header

    def named(_vault: object, *parts: Any) -> pack.Header:
        return real(vault.vault_id, *parts)

    pack.Header = named  # type: ignore[misc,assignment]  # put back below
    try:
        pack.packed(vault.folder, file, vault.keys, target, at=vault.clock.now())
    finally:
        pack.Header = real  # type: ignore[misc]  # as it was


def test_a_copy_to_another_key_opens_with_that_key_alone(vault: OpenVault, tmp_path: Path) -> None:
    key = bytes(range(32))
    found = copied_data(vault.data_file, tmp_path / "c.db", vault.keys.sub("db"), target_key=key)
    assert looked_at(tmp_path / "c.db", key, whole=True) == found
    with pytest.raises(Damaged):
        looked_at(tmp_path / "c.db", vault.keys.sub("db"))
