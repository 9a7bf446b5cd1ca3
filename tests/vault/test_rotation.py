"""A new data key: all or nothing, whatever happens on the way, and everybody keeps their own passphrase."""

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from coachdesk.clock import FixedClock
from coachdesk.errors import Cancelled, Refusal, Trouble
from coachdesk.models import Client, Coach, JournalEntry
from coachdesk.vault import copying, rotation, slot_store
from coachdesk.vault.backup import ensure_backup
from coachdesk.vault.backup_folder import ROTATION, beside
from coachdesk.vault.health import check
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.pack import SLOT_FILE, verified
from coachdesk.vault.people import AddPerson, RemovePerson, add_person, remove_person
from coachdesk.vault.rotation import rotate
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.slot_store import KEPT
from coachdesk.vault.trouble import Busy, Damaged, DiskFull
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading, unit_of_work
from tests.vault.killed import killed_at
from tests.vault_fixtures import PASSPHRASE, PERSON, Template

IQRA, IQRAS = "Iqra Malik", "seven lanterns cross the moor"
CLEAN = ["coachdesk.keys", "coachdesk.mark", "data-2.db"]


@pytest.fixture
def shared(vault: OpenVault) -> OpenVault:
    """Return a vault with clients in it that a colleague can unlock too."""
    with unit_of_work(vault, label="Added clients") as work:
        work.session.add_all(Client(first_name="Ann", reference=f"A{number}") for number in range(40))
    add_person(vault, AddPerson(name=IQRA, passphrase=IQRAS))
    return vault


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def clients(vault: OpenVault) -> int:
    with reading(vault) as session:
        return session.scalar(select(func.count()).select_from(Client)) or 0


def last_label(vault: OpenVault) -> str:
    with reading(vault) as session:
        return (
            session.scalars(select(JournalEntry.label).order_by(JournalEntry.position.desc())).first() or ""
        )


def test_everybody_keeps_their_own_passphrase_and_the_old_key_opens_nothing(
    shared: OpenVault, vault_folder: Path, vault_template: Template, clock: FixedClock
) -> None:
    old = shared.keys.data_key()
    rotate(shared)
    (backup,) = beside(vault_folder).iterdir()
    assert verified(backup).parts[1].name == "data-1.db"
    assert (last_label(shared), clients(shared)) == ("Changed the key of the vault", 40)
    assert shared.keys.data_key() != old
    assert shared.slot_file.generation == shared.known_generation == 3
    with unit_of_work(shared, label="Went on working") as work:
        work.session.add(Client(first_name="Bo", reference="B"))
    assert check(shared).problems == ()
    shared.close()
    assert names(vault_folder) == CLEAN
    assert (vault_folder / "data-2.db").stat().st_mode & 0o777 == 0o600
    sealed = SealedVault(vault_folder)
    for open_it in (
        lambda: sealed.open(PASSPHRASE, person=PERSON, clock=clock),
        lambda: sealed.open(IQRAS, person=IQRA, clock=clock),
        lambda: sealed.open_with_recovery_key(vault_template.recovery_key, clock=clock),
    ):
        opened = open_it()
        assert clients(opened) == 41
        opened.close()
    with pytest.raises(Damaged):
        sealed.opened_with(sealed.slot_file(), shared.slot, Keyring(old), clock=clock)


def test_it_can_be_done_again_and_again(shared: OpenVault, vault_folder: Path, clock: FixedClock) -> None:
    for _ in range(3):
        rotate(shared)
    assert shared.data_file.name == "data-4.db"
    shared.close()
    again = SealedVault(vault_folder).open(IQRAS, person=IQRA, clock=clock)
    assert clients(again) == 40
    again.close()


def test_progress_only_grows_and_stops_before_the_one_step(shared: OpenVault) -> None:
    shares: list[float] = []
    words: list[str] = []

    def hear(share: float, said: str) -> None:
        shares.append(share)
        words.append(said)

    rotate(shared, None, Watch(hear=hear))
    assert shares == sorted(shares)
    assert 0 <= shares[0] < shares[-1] < 1
    assert list(dict.fromkeys(words)) == [
        "Making a backup first",
        "Writing the data under a new key",
        "Sealing the new key to everybody",
    ]


@pytest.mark.parametrize("moment", [1, 2, 4, 7, 10, 13, 16])
def test_stopped_at_any_moment_the_vault_is_as_it_was(
    shared: OpenVault, vault_folder: Path, moment: int
) -> None:
    before = names(vault_folder)
    slots = (vault_folder / SLOT_FILE).read_bytes()
    asked = 0

    def stopped() -> bool:
        nonlocal asked
        asked += 1
        return asked == moment

    try:
        rotate(shared, None, Watch(cancelled=stopped))
    except Cancelled:
        assert names(vault_folder) == before
        assert (vault_folder / SLOT_FILE).read_bytes() == slots
    else:
        assert asked < moment
    with unit_of_work(shared, label="Went on working") as work:
        work.session.add(Client(first_name="Bo", reference="B"))
    assert clients(shared) == 41
    assert check(shared).problems == ()


def test_only_a_manager_may(shared: OpenVault, vault_folder: Path, clock: FixedClock) -> None:
    shared.close()
    hers = SealedVault(vault_folder).open(IQRAS, person=IQRA, clock=clock)
    with pytest.raises(Refusal, match="Only a manager"):
        rotate(hers)
    hers.close()


def test_while_somebody_has_the_vault_nobody_else_can_change_its_key(
    shared: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    with pytest.raises(Busy, match="Ruth on"):
        SealedVault(vault_folder).open(IQRAS, person=IQRA, clock=clock)


def test_a_drive_without_room_for_the_data_twice_is_told_before_anything_is_written(
    shared: OpenVault, vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ensure_backup(shared, ROTATION)
    before = names(vault_folder)
    usage = type("Usage", (), {"free": 1000})
    monkeypatch.setattr("coachdesk.vault.places.shutil.disk_usage", lambda _folder: usage)
    with pytest.raises(DiskFull, match="not enough room"):
        rotate(shared)
    assert names(vault_folder) == before


@contextmanager
def files_end_at(size: int) -> Iterator[None]:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9])
def test_a_drive_that_fills_up_meanwhile_leaves_the_vault_as_it_was(
    shared: OpenVault, vault_folder: Path, share: float
) -> None:
    ensure_backup(shared, ROTATION)
    shared.checkpoint()
    before = names(vault_folder)
    slots = (vault_folder / SLOT_FILE).read_bytes()
    with files_end_at(int(shared.data_file.stat().st_size * share)), pytest.raises(Trouble):
        rotate(shared)
    assert names(vault_folder) == before
    assert (vault_folder / SLOT_FILE).read_bytes() == slots
    rotate(shared)
    assert clients(shared) == 40


def test_a_copy_that_is_not_whole_is_not_taken(
    shared: OpenVault, vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = names(vault_folder)
    real = copying.looked_at

    def short(path: Path, key: bytes) -> Any:
        found = real(path, key)
        return type(found)(found.position - 1, found.changed_at, found.counts)

    monkeypatch.setattr(rotation, "looked_at", short)
    with pytest.raises(Damaged, match="failed its check"):
        rotate(shared)
    assert names(vault_folder) == before
    assert clients(shared) == 40


def test_a_drive_that_fails_after_the_one_step_leaves_the_new_state(
    shared: OpenVault, vault_folder: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_folder: Path) -> None:
        raise Trouble("The drive did not answer properly.")

    with monkeypatch.context() as broken:
        broken.setattr(slot_store, "drop_kept", gone)
        with pytest.raises(Trouble):
            rotate(shared)
    assert shared.data_file.name == "data-2.db"
    with unit_of_work(shared, label="Went on working") as work:
        work.session.add(Client(first_name="Bo", reference="B"))
    shared.close()
    assert (vault_folder / "data-1.db").exists()
    again = SealedVault(vault_folder).open(PASSPHRASE, person=PERSON, clock=clock)
    assert clients(again) == 41
    again.close()
    assert names(vault_folder) == CLEAN


def test_a_slot_file_lost_meanwhile_is_no_new_state(
    shared: OpenVault, vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lost(folder: Path, *_: object, **__: object) -> None:
        (folder / SLOT_FILE).unlink()
        raise Trouble("The drive did not answer properly.")

    monkeypatch.setattr(rotation, "put_slots", lost)
    with pytest.raises(Trouble):
        rotate(shared)
    assert clients(shared) == 40
    assert not (vault_folder / "data-2.db").exists()


def test_what_the_drive_does_not_let_go_is_removed_at_the_next_unlocking(
    shared: OpenVault, vault_folder: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = copying.forget

    def held(path: Path) -> None:
        if path.name == "data-1.db":
            raise PermissionError(13, "a virus scanner has it")
        real(path)

    with monkeypatch.context() as broken:
        broken.setattr(rotation, "forget", held)
        broken.setattr(rotation, "keep_mark", lambda *_: (_ for _ in ()).throw(Trouble("held")))
        rotate(shared)
    shared.close()
    assert (vault_folder / "data-1.db").exists()
    SealedVault(vault_folder).open(IQRAS, person=IQRA, clock=clock).close()
    assert names(vault_folder) == CLEAN


def test_who_wants_to_save_meanwhile_waits_and_writes_into_the_new_data(
    shared: OpenVault, vault_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from concurrent.futures import Future, ThreadPoolExecutor  # noqa: PLC0415 - this test alone saves beside

    def save() -> int:
        with unit_of_work(shared, label="Saved meanwhile") as work:
            work.session.add(Client(first_name="Bo", reference="B"))
        return clients(shared)

    waiting: list[Future[int]] = []
    with ThreadPoolExecutor(1) as beside:

        def hear(_share: float, _words: str) -> None:
            if not waiting:
                waiting.append(beside.submit(save))

        rotate(shared, None, Watch(hear=hear))
        assert waiting[0].result() == 41
    assert clients(shared) == 41
    assert check(shared).problems == ()
    shared.close()
    assert names(vault_folder) == CLEAN


def removal(vault: OpenVault) -> None:
    with reading(vault) as session:
        iqra = session.scalars(select(Coach.id).where(Coach.name == IQRA)).one()
    remove_person(vault, RemovePerson(coach_id=iqra))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
def test_killed_at_any_moment_it_opens_with_everything_under_exactly_one_key(
    shared: OpenVault,
    vault_folder: Path,
    vault_template: Template,
    tmp_path: Path,
    clock: FixedClock,
) -> None:
    import shutil  # noqa: PLC0415 - this test alone copies folders

    shared.close()
    finished, event, outcomes = False, 0, set()
    while not finished:
        event += 1
        folder = tmp_path / f"{event}.coachdesk"
        shutil.copytree(vault_folder, folder)
        finished = killed_at(event, removal, vault_template, folder)
        sealed = SealedVault(folder)
        people = [label.name for label in sealed.people()]
        is_new = sealed.slot_file().generation == 3
        opened = sealed.open(PASSPHRASE, person=PERSON, clock=clock)
        assert clients(opened) == 40
        assert (last_label(opened).startswith("Let Iqra")) is not is_new
        assert people == (["Ruth"] if is_new else ["Ruth", "Iqra"])
        with reading(opened) as session:
            hers = session.scalars(select(Coach.slot).where(Coach.name == IQRA)).one()
        assert bool(hers) is (len(people) == 2)
        assert check(opened).problems == ()
        opened.close()
        kept = [] if is_new else [KEPT]
        assert names(folder) == sorted(["coachdesk.keys", "coachdesk.mark", *kept, f"data-{1 + is_new}.db"])
        outcomes.add(is_new)
        shutil.rmtree(folder)
    assert outcomes == {False, True}
    assert event > 15
