"""A locked vault: made whole, opened with the right secret, and every fault told in a sentence."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.errors import CoachDeskError, Refusal, Trouble
from coachdesk.models import Client, Organisation
from coachdesk.vault import sealed
from coachdesk.vault.cost import Cost
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.recovery import new_recovery_key
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.trouble import (
    Busy,
    Damaged,
    DataMissing,
    MustWait,
    NewerVersion,
    NotAVault,
    NotInTeam,
    SlotFileMissing,
    WrongPassphrase,
)
from coachdesk.vault.work import reading, unit_of_work
from tests.vault_fixtures import LABEL, PASSPHRASE, PERSON, Template


def opened(folder: Path, clock: FixedClock) -> OpenVault:
    return SealedVault(folder).open(PASSPHRASE, clock=clock)


def files_of(folder: Path) -> dict[str, bytes]:
    return {
        path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.name != "coachdesk.tries"
    }


def test_who_may_unlock_is_seen_without_a_key(vault_folder: Path) -> None:
    assert [label.name for label in SealedVault(vault_folder).people()] == [LABEL]


def test_opening_by_name_id_or_alone(vault_folder: Path, clock: FixedClock) -> None:
    sealed_vault = SealedVault(vault_folder)
    (label,) = sealed_vault.people()
    for person in (None, label.name, label.id, PERSON):
        vault = sealed_vault.open(PASSPHRASE, person=person, clock=clock)
        assert vault.person == PERSON
        assert vault.coach_id is not None
        vault.close()
    with pytest.raises(Refusal, match="Nobody of this name"):
        sealed_vault.open(PASSPHRASE, person="Nobody", clock=clock)


def test_the_recovery_key_opens_for_the_manager(
    vault_folder: Path, vault_template: Template, clock: FixedClock
) -> None:
    vault = SealedVault(vault_folder).open_with_recovery_key(vault_template.recovery_key.lower(), clock=clock)
    assert vault.person == PERSON
    vault.close()
    with pytest.raises(WrongPassphrase):
        SealedVault(vault_folder).open_with_recovery_key(new_recovery_key(), clock=clock)
    with pytest.raises(Refusal, match="group 1"):
        SealedVault(vault_folder).open_with_recovery_key("U" * 40, clock=clock)


@pytest.mark.parametrize("name", ["Ä'b #%?&;.coachdesk", "file:x.coachdesk", "名前.coachdesk", "x" * 200])
def test_any_name_of_a_folder_works(tmp_path: Path, clock: FixedClock, name: str) -> None:
    made = SealedVault.create(
        tmp_path / name,
        organisation="Org",
        person="Al",
        passphrase=PASSPHRASE,
        clock=clock,
        cost=Cost.floor(),
        practice=True,
    )
    with reading(made.vault) as session:
        assert session.query(Organisation).one().is_practice
    made.vault.close()
    assert (tmp_path / name).stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / name).iterdir()} == {0o600}
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_an_empty_folder_may_become_a_vault_and_a_full_one_not(tmp_path: Path, clock: FixedClock) -> None:
    folder = tmp_path / "V"
    folder.mkdir()
    SealedVault.create(
        folder, organisation="O", person="P", passphrase=PASSPHRASE, clock=clock, cost=Cost.floor()
    ).vault.close()
    before = files_of(folder)
    with pytest.raises(Refusal, match="already something"):
        SealedVault.create(folder, organisation="O", person="P", passphrase=PASSPHRASE, clock=clock)
    assert files_of(folder) == before


def test_names_and_a_passphrase_are_needed(tmp_path: Path, clock: FixedClock) -> None:
    with pytest.raises(Refusal) as caught:
        SealedVault.create(tmp_path / "V", organisation=" ", person="", passphrase=PASSPHRASE, clock=clock)
    assert set(caught.value.fields) == {"organisation", "person"}
    with pytest.raises(Refusal) as caught:
        SealedVault.create(tmp_path / "V", organisation="O", person="P", passphrase="short", clock=clock)
    assert "passphrase" in caught.value.fields
    assert list(tmp_path.iterdir()) == []


def test_a_creation_that_fails_leaves_nothing(
    tmp_path: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sealed, "replaced", full)
    with pytest.raises(Trouble, match="full"):
        SealedVault.create(
            tmp_path / "V",
            organisation="O",
            person="P",
            passphrase=PASSPHRASE,
            clock=clock,
            cost=Cost.floor(),
        )
    assert list(tmp_path.iterdir()) == []


def test_what_is_not_a_vault(tmp_path: Path) -> None:
    with pytest.raises(NotAVault):
        SealedVault(tmp_path / "nowhere").people()
    with pytest.raises(NotAVault):
        SealedVault(tmp_path).people()
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(NotAVault):
        SealedVault(file).people()


def test_a_missing_slot_file(vault_folder: Path) -> None:
    (vault_folder / "coachdesk.keys").unlink()
    with pytest.raises(SlotFileMissing, match="backup"):
        SealedVault(vault_folder).people()


def test_a_missing_data_file_is_not_made_anew(vault_folder: Path, clock: FixedClock) -> None:
    (vault_folder / "data-1.db").unlink()
    with pytest.raises(DataMissing):
        opened(vault_folder, clock)
    assert not (vault_folder / "data-1.db").exists()


def opened_if_it_can_be(folder: Path, clock: FixedClock) -> OpenVault | None:
    """Return a vault whose last page lacks its end, or None: what stands there decides whether an opening reads it."""
    try:
        return opened(folder, clock)
    except Damaged:
        return None


@pytest.mark.parametrize("length", [0, 100, 4096, -4096, -100, "half"])
def test_a_cut_data_file_is_never_a_new_vault(
    vault_folder: Path, clock: FixedClock, length: int | str
) -> None:
    data = vault_folder / "data-1.db"
    whole = data.read_bytes()
    cut = whole[: len(whole) // 2 if length == "half" else int(length)]
    data.write_bytes(cut)
    if length == -100 and (vault := opened_if_it_can_be(vault_folder, clock)) is not None:
        from coachdesk.vault.health import check  # noqa: PLC0415 - this case alone opens

        assert check(vault).problems
        vault.close()
        return
    with pytest.raises(Damaged):
        opened(vault_folder, clock)
    assert data.read_bytes() == cut


@pytest.mark.parametrize("content", [b"just a text " * 100, b"SQLite format 3\0" + bytes(4080), bytes(8192)])
def test_a_replaced_data_file_is_damaged(vault_folder: Path, clock: FixedClock, content: bytes) -> None:
    (vault_folder / "data-1.db").write_bytes(content)
    with pytest.raises(Damaged):
        opened(vault_folder, clock)
    assert (vault_folder / "data-1.db").read_bytes() == content
    assert not (vault_folder / "coachdesk.lock").exists()


def test_a_newer_slot_file_or_schema_is_refused(
    vault_template: Template, vault_folder: Path, clock: FixedClock
) -> None:
    vault = vault_template.opened(vault_folder, clock)
    with vault._writer.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    vault.close()
    before = files_of(vault_folder)
    with pytest.raises(NewerVersion):
        opened(vault_folder, clock)
    assert files_of(vault_folder) == before
    keys = vault_folder / "coachdesk.keys"
    keys.write_bytes(keys.read_bytes().replace(b"KEYS 1", b"KEYS 2"))
    with pytest.raises(NewerVersion):
        SealedVault(vault_folder).people()


def test_a_file_without_a_revision_is_damaged(
    vault_template: Template, vault_folder: Path, clock: FixedClock
) -> None:
    vault = vault_template.opened(vault_folder, clock)
    with vault._writer.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    vault.close()
    with pytest.raises(Damaged):
        opened(vault_folder, clock)


def test_wrong_passphrases_wait_longer_and_longer(vault_folder: Path, clock: FixedClock) -> None:
    for _ in range(5):
        with pytest.raises(WrongPassphrase) as caught:
            SealedVault(vault_folder).open("wrong passphrase", clock=clock)
        assert (
            caught.value.message == "That does not open the vault. Check capitals and blanks, then try again."
        )
    with pytest.raises(MustWait) as waiting:
        opened(vault_folder, clock)
    assert waiting.value.seconds in (1, 2)
    tries = vault_folder / "coachdesk.tries"
    tries.write_text(tries.read_text().replace('"wrong": 5', '"wrong": 4'))
    opened(vault_folder, clock).close()
    assert not tries.exists()


def test_a_second_program_is_told_who_has_it(vault: OpenVault, vault_folder: Path, clock: FixedClock) -> None:
    with pytest.raises(Busy, match="Ruth on "):
        opened(vault_folder, clock)
    (vault_folder / "coachdesk.lock").write_bytes(b"nonsense")
    with pytest.raises(Busy, match="Another program"):
        opened(vault_folder, clock)


def test_the_lock_of_a_dead_program_is_taken_over(vault_folder: Path, clock: FixedClock) -> None:
    (vault_folder / "coachdesk.lock").write_text('{"person": "Gone", "computer": "x", "since": "x"}')
    opened(vault_folder, clock).close()
    assert not (vault_folder / "coachdesk.lock").exists()


def test_leftovers_of_a_backup_are_removed(vault_folder: Path, clock: FixedClock) -> None:
    (vault_folder / ".copy-00ff.part").write_bytes(b"x")
    opened(vault_folder, clock).close()
    assert not (vault_folder / ".copy-00ff.part").exists()


def test_a_read_only_folder_is_told(
    vault_folder: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    import os  # noqa: PLC0415 - only to replace its open for this test

    real = os.open

    def refusing(path: object, flags: int, *rest: int) -> int:
        if flags & (os.O_WRONLY | os.O_RDWR):
            raise OSError(30, "Read-only file system")
        return real(path, flags, *rest)  # type: ignore[arg-type]  # any path will do

    monkeypatch.setattr(os, "open", refusing)
    with pytest.raises(Trouble, match="cannot be written"):
        opened(vault_folder, clock)
    with pytest.raises(WrongPassphrase):
        SealedVault(vault_folder).open("wrong passphrase", clock=clock)


def test_any_flipped_bit_of_the_slot_file_is_told(vault_folder: Path, clock: FixedClock) -> None:
    keys = vault_folder / "coachdesk.keys"
    content = keys.read_bytes()
    for place in range(0, len(content), 97):
        keys.write_bytes(content[:place] + bytes([content[place] ^ 4]) + content[place + 1 :])
        (vault_folder / "coachdesk.tries").unlink(missing_ok=True)
        with pytest.raises(CoachDeskError):
            opened(vault_folder, clock)


def test_a_vault_without_recovery_slot_says_so(
    vault_template: Template, vault_folder: Path, clock: FixedClock
) -> None:
    from coachdesk.vault.keyring import Keyring  # noqa: PLC0415 - this test alone writes a slot file
    from coachdesk.vault.slots import SlotFile  # noqa: PLC0415 - as above

    file = vault_template.file
    bare = SlotFile(file.vault, file.generation, file.db, file.people())
    (vault_folder / "coachdesk.keys").write_bytes(bare.rendered(Keyring(vault_template.data_key)))
    with pytest.raises(Refusal, match="no recovery key"):
        SealedVault(vault_folder).open_with_recovery_key(vault_template.recovery_key, clock=clock)


def test_two_people_must_say_who_they_are_and_be_in_the_team(
    vault_template: Template, vault_folder: Path, clock: FixedClock
) -> None:
    from coachdesk.vault.keyring import Keyring  # noqa: PLC0415 - this test alone adds a slot
    from coachdesk.vault.slots import new_slot  # noqa: PLC0415 - as above

    keys, file = Keyring(vault_template.data_key), vault_template.file
    file = file.with_slot(new_slot(file, keys, "a second passphrase", Cost.floor(), label="Bo"))
    (vault_folder / "coachdesk.keys").write_bytes(file.rendered(keys))
    with pytest.raises(Refusal, match="Choose your name"):
        opened(vault_folder, clock)
    with pytest.raises(NotInTeam, match="no longer among the people"):
        SealedVault(vault_folder).open("a second passphrase", person="Bo", clock=clock)
    assert not (vault_folder / "coachdesk.lock").exists()
    SealedVault(vault_folder).open(PASSPHRASE, person=PERSON, clock=clock).close()


def test_locked_and_unlocked_again_everything_is_there(
    vault: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    with unit_of_work(vault) as work:
        work.session.add(Client(first_name="Ann", reference="A1"))
    vault.close()
    assert sorted(path.name for path in vault_folder.iterdir()) == [
        "coachdesk.keys",
        "coachdesk.mark",
        "data-1.db",
    ]
    again = opened(vault_folder, clock)
    with reading(again) as session:
        assert session.query(Client).one().first_name == "Ann"
    again.close()


def test_yesterdays_data_put_back_is_noticed(
    vault: OpenVault, vault_template: Template, vault_folder: Path, clock: FixedClock
) -> None:
    with unit_of_work(vault) as work:
        work.session.add(Client(first_name="Ann", reference="A1"))
    vault.close()
    shutil.copy(vault_template.folder / "data-1.db", vault_folder / "data-1.db")
    with pytest.raises(Damaged, match="The last 2 changes up to 05 October 2026 12:00"):
        opened(vault_folder, clock)


def test_the_unlock_window_does_not_wait_for_the_database_library() -> None:
    code = (
        "import os, sys; os.environ['OPENSSL_CONF'] = '/nonsense'; os.environ['SQLITE_TMPDIR'] = '/nonsense'\n"
        "import coachdesk.vault.sealed\n"
        "assert 'sqlalchemy' not in sys.modules and 'alembic' not in sys.modules\n"
        "assert 'OPENSSL_CONF' not in os.environ and 'SQLITE_TMPDIR' not in os.environ"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
