"""Who may unlock: added, changed and removed by a manager, and nobody comes in by the slot file alone."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select

from coachdesk.clock import FixedClock
from coachdesk.errors import CoachDeskError, Refusal
from coachdesk.models import Coach, JournalEntry
from coachdesk.terms import Role
from coachdesk.vault import key_change, people
from coachdesk.vault.backup import back_up
from coachdesk.vault.health import check
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.pack import SLOT_FILE
from coachdesk.vault.passphrase import NewPassphrase, change_passphrase
from coachdesk.vault.people import (
    AddPerson,
    ChangeRole,
    PersonRow,
    RemovePerson,
    ResetPassphrase,
    add_person,
    change_role,
    list_people,
    remove_person,
    reset_passphrase,
)
from coachdesk.vault.roles import role_of
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.slot_store import KEPT
from coachdesk.vault.slots import MOST_SLOTS
from coachdesk.vault.trouble import Damaged, DataMissing, DiskFull, KeysPutBack, NotInTeam, WrongPassphrase
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import a_coach, ask, keep
from tests.vault.killed import killed_at
from tests.vault_fixtures import PASSPHRASE, PERSON, Template

IQRA, IQRAS = "Iqra Malik", "seven lanterns cross the moor"


def rows(vault: OpenVault) -> dict[str, PersonRow]:
    return {row.name: row for row in ask(vault, list_people)}


def coach_of(vault: OpenVault, name: str) -> Coach:
    with reading(vault) as session:
        return session.scalars(select(Coach).where(Coach.name == name)).one()


def with_iqra(vault: OpenVault, role: str = Role.COACH) -> UUID:
    return add_person(vault, AddPerson(name=IQRA, passphrase=IQRAS, role=role))


def newest(vault: OpenVault) -> JournalEntry:
    with reading(vault) as session:
        entry = session.scalars(select(JournalEntry).order_by(JournalEntry.position.desc())).first()
    assert entry is not None
    return entry


def as_iqra(folder: Path, clock: FixedClock) -> OpenVault:
    return SealedVault(folder).open(IQRAS, person=IQRA, clock=clock)


def test_a_person_is_added_and_unlocks_with_a_passphrase_of_her_own(
    vault: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    coach_id = with_iqra(vault)
    assert rows(vault)[IQRA] == PersonRow(
        coach_id=coach_id, name=IQRA, role="coach", label="Iqra", is_self=False
    )
    assert rows(vault)[PERSON].is_self
    entry = newest(vault)
    assert (entry.label, entry.actor, entry.entity, entry.field_group) == (
        "Let Iqra Malik unlock the vault as a coach",
        PERSON,
        "access",
        "person added",
    )
    vault.close()
    hers = as_iqra(vault_folder, clock)
    assert (hers.person, hers.coach_id) == (IQRA, coach_id)
    assert check(hers).problems == ()
    hers.close()
    assert [label.name for label in SealedVault(vault_folder).people()] == ["Ruth", "Iqra"]
    assert [label.id for label in SealedVault(vault_folder).people()][1] == hers.slot.id


def test_somebody_of_the_team_is_tied_to_their_record_also_who_had_left(vault: OpenVault) -> None:
    keep(vault, a_coach(name=IQRA, ended_on=vault.clock.today()))
    known = coach_of(vault, IQRA)
    assert add_person(vault, AddPerson(name=f"  {IQRA.replace(' ', '  ')} ", passphrase=IQRAS)) == known.id
    assert coach_of(vault, IQRA).ended_on is None
    assert coach_of(vault, IQRA).slot == vault.slot_file.people()[1].id


def test_labels_say_no_more_than_they_need(vault: OpenVault) -> None:
    for name in ("Ruth Marsh", "Ruth Moss", "Ruth", "Wolfeschlegelsteinhausen Bergerdorff"):
        add_person(vault, AddPerson(name=name, passphrase=IQRAS))
    labels = [slot.label for slot in vault.slot_file.people()]
    assert labels == ["Ruth", "Ruth M.", "Ruth Mos.", "Ruth 2", "Wolfeschlegelsteinha"]


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (AddPerson(name=" ", passphrase=IQRAS), "name"),
        (AddPerson(name=PERSON, passphrase=IQRAS), "name"),
        (AddPerson(name=IQRA, passphrase=IQRAS, role="admin"), "role"),
        (AddPerson(name=IQRA, passphrase="iqramalik1"), "passphrase"),
        (AddPerson(name=IQRA, passphrase="FurnessIntoWork"), "passphrase"),
    ],
)
def test_who_cannot_be_added_is_refused_beside_the_field(
    vault: OpenVault, vault_folder: Path, wish: AddPerson, field: str
) -> None:
    before = (vault_folder / SLOT_FILE).read_bytes()
    with pytest.raises(Refusal) as refused:
        add_person(vault, wish)
    assert set(refused.value.fields) == {field}
    assert (vault_folder / SLOT_FILE).read_bytes() == before


def test_a_vault_has_room_for_so_many(vault: OpenVault, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_SLOTS == 32
    monkeypatch.setattr(people, "MOST_SLOTS", 2)
    with pytest.raises(Refusal, match="room for 1 people"):
        with_iqra(vault)


@pytest.mark.parametrize("role", [Role.COACH, Role.TRUSTEE, Role.AUDITOR])
def test_only_a_manager_changes_who_opens_the_vault(
    vault: OpenVault, vault_folder: Path, clock: FixedClock, role: Role
) -> None:
    ruth = coach_of(vault, PERSON).id
    with_iqra(vault, role)
    vault.close()
    hers = as_iqra(vault_folder, clock)
    for attempt in (
        lambda: add_person(hers, AddPerson(name="Al", passphrase=IQRAS)),
        lambda: change_role(hers, ChangeRole(coach_id=hers.coach_id or ruth, role=Role.MANAGER)),
        lambda: remove_person(hers, RemovePerson(coach_id=ruth)),
        lambda: reset_passphrase(hers, ResetPassphrase(coach_id=ruth, passphrase=IQRAS)),
    ):
        with pytest.raises(Refusal, match="Only a manager"):
            attempt()
    assert {name: row.role for name, row in rows(hers).items()} == {PERSON: "manager", IQRA: role}
    hers.close()


def test_a_role_holds_at_once_and_is_told(vault: OpenVault, vault_folder: Path, clock: FixedClock) -> None:
    coach_id = with_iqra(vault)
    change_role(vault, ChangeRole(coach_id=coach_id, role=Role.MANAGER))
    assert newest(vault).label == "Made Iqra Malik a manager"
    position = newest(vault).position
    change_role(vault, ChangeRole(coach_id=coach_id, role=Role.MANAGER))
    assert newest(vault).position == position
    change_role(vault, ChangeRole(coach_id=coach_of(vault, PERSON).id, role=Role.AUDITOR))
    with pytest.raises(Refusal, match="Only a manager"):
        change_role(vault, ChangeRole(coach_id=coach_id, role=Role.COACH))
    vault.close()
    hers = as_iqra(vault_folder, clock)
    assert ask(hers, lambda session, _: role_of(session)) is Role.MANAGER
    hers.close()


@pytest.mark.parametrize("role", ["owner", "", "Manager"])
def test_a_role_that_is_none_is_refused(vault: OpenVault, role: str) -> None:
    with pytest.raises(Refusal) as refused:
        change_role(vault, ChangeRole(coach_id=with_iqra(vault), role=role))
    assert set(refused.value.fields) == {"role"}


def test_the_last_manager_stays(vault: OpenVault) -> None:
    ruth = coach_of(vault, PERSON).id
    with_iqra(vault, Role.TRUSTEE)
    keep(vault, a_coach(name="Never Unlocked", role="manager"))
    with pytest.raises(Refusal, match="only manager"):
        change_role(vault, ChangeRole(coach_id=ruth, role=Role.COACH))
    with pytest.raises(Refusal, match="only manager"):
        remove_person(vault, RemovePerson(coach_id=ruth))
    assert rows(vault)[PERSON].role == "manager"


def test_nobody_is_removed_or_changed_who_does_not_unlock(vault: OpenVault) -> None:
    keep(vault, a_coach(name="Never Unlocked"))
    stranger = coach_of(vault, "Never Unlocked").id
    for attempt in (
        lambda: change_role(vault, ChangeRole(coach_id=stranger, role=Role.COACH)),
        lambda: remove_person(vault, RemovePerson(coach_id=vault.vault_id)),
        lambda: reset_passphrase(vault, ResetPassphrase(coach_id=stranger, passphrase=IQRAS)),
    ):
        with pytest.raises(Refusal, match="Nobody who may unlock"):
            attempt()


def test_whoever_is_removed_opens_nothing_of_what_comes_after(
    vault: OpenVault, vault_folder: Path, vault_template: Template, clock: FixedClock
) -> None:
    coach_id = with_iqra(vault)
    old_slots = (vault_folder / SLOT_FILE).read_bytes()
    old_key = vault.keys.data_key()
    remove_person(vault, RemovePerson(coach_id=coach_id))
    assert newest(vault).label == "Iqra Malik may not unlock the vault any more"
    assert coach_of(vault, IQRA).slot == ""
    assert coach_of(vault, IQRA).ended_on == vault.clock.today()
    assert list(rows(vault)) == [PERSON]
    assert vault.keys.data_key() != old_key
    assert check(vault).problems == ()
    vault.close()
    assert sorted(path.name for path in vault_folder.iterdir()) == [
        "coachdesk.keys",
        "coachdesk.mark",
        "data-2.db",
    ]
    sealed = SealedVault(vault_folder)
    with pytest.raises(Refusal, match="Nobody of this name"):
        as_iqra(vault_folder, clock)
    sealed.open(PASSPHRASE, clock=clock).close()
    sealed.open_with_recovery_key(vault_template.recovery_key, clock=clock).close()
    new_slots = (vault_folder / SLOT_FILE).read_bytes()
    (vault_folder / SLOT_FILE).write_bytes(old_slots)
    with pytest.raises(Damaged, match="another state"):
        as_iqra(vault_folder, clock)
    (vault_folder / "data-2.db").rename(vault_folder / "data-1.db")
    with pytest.raises(Damaged):
        as_iqra(vault_folder, clock)
    (vault_folder / "data-1.db").rename(vault_folder / "data-2.db")
    (vault_folder / SLOT_FILE).write_bytes(new_slots)
    sealed.open(PASSPHRASE, clock=clock).close()


def test_who_removes_herself_is_locked_out_at_once(
    vault: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    with_iqra(vault, Role.MANAGER)
    remove_person(vault, RemovePerson(coach_id=coach_of(vault, PERSON).id))
    assert vault.locked
    assert [label.name for label in SealedVault(vault_folder).people()] == ["Iqra"]
    as_iqra(vault_folder, clock).close()


def test_with_the_recovery_key_the_only_manager_can_be_replaced(
    vault: OpenVault, vault_folder: Path, vault_template: Template, clock: FixedClock
) -> None:
    vault.close()
    rescued = SealedVault(vault_folder).open_with_recovery_key(vault_template.recovery_key, clock=clock)
    with_iqra(rescued, Role.MANAGER)
    remove_person(rescued, RemovePerson(coach_id=coach_of(rescued, PERSON).id))
    assert not rescued.locked
    with pytest.raises(Refusal, match="Only a manager"):
        add_person(rescued, AddPerson(name="Al", passphrase=IQRAS))
    rescued.close()
    again = SealedVault(vault_folder).open_with_recovery_key(vault_template.recovery_key, clock=clock)
    assert again.person == IQRA
    again.close()


def test_a_forgotten_passphrase_is_replaced_by_a_manager(
    vault: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    coach_id = with_iqra(vault)
    with pytest.raises(Refusal):
        reset_passphrase(vault, ResetPassphrase(coach_id=coach_id, passphrase="iqra"))
    reset_passphrase(vault, ResetPassphrase(coach_id=coach_id, passphrase="nine kettles sing at dusk"))
    assert newest(vault).label == "Gave Iqra Malik a new passphrase"
    vault.close()
    with pytest.raises(Refusal, match="does not open"):
        as_iqra(vault_folder, clock)
    SealedVault(vault_folder).open("nine kettles sing at dusk", person="Iqra", clock=clock).close()


def test_changes_of_people_are_never_taken_back(vault: OpenVault) -> None:
    before = ask(vault, last_unit, PERSON)
    coach_id = with_iqra(vault)
    added = newest(vault).unit
    change_role(vault, ChangeRole(coach_id=coach_id, role=Role.MANAGER))
    assert ask(vault, last_unit, PERSON) == before
    for unit in (added, newest(vault).unit):
        with pytest.raises(Refusal, match="This stays"), unit_of_work(vault) as work:
            undo(work.session, unit)
    assert rows(vault)[IQRA].role == "manager"


def test_a_role_written_into_the_slot_file_has_no_effect(
    vault: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    with_iqra(vault)
    vault.close()
    start, text, mac, _ = (vault_folder / SLOT_FILE).read_bytes().split(b"\n")
    found = json.loads(text)
    for name, value in (("role", "manager"), ("kind", "recovery"), ("label", "manager")):
        changed = json.loads(json.dumps(found))
        changed["slots"][-1][name] = value
        body = json.dumps(changed, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()
        (vault_folder / SLOT_FILE).write_bytes(b"\n".join((start, body, mac, b"")))
        with pytest.raises(CoachDeskError):
            SealedVault(vault_folder).open(IQRAS, person=changed["slots"][-1]["id"], clock=clock)


@pytest.mark.parametrize("fails_at", ["slots", "commit"])
def test_an_adding_that_fails_adds_nothing(
    vault: OpenVault, vault_folder: Path, monkeypatch: pytest.MonkeyPatch, fails_at: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise DiskFull("full")

    before = (vault_folder / SLOT_FILE).read_bytes()
    with monkeypatch.context() as broken:
        if fails_at == "slots":
            broken.setattr(key_change, "put_slots", full)
        else:
            broken.setattr("coachdesk.vault.work.Chronicle.write", full)
        with pytest.raises(DiskFull):
            with_iqra(vault)
    assert (vault_folder / SLOT_FILE).read_bytes() == before
    assert list(rows(vault)) == [PERSON]
    with_iqra(vault)
    assert list(rows(vault)) == [IQRA, PERSON]


def killed_between(
    vault: OpenVault, template: Template, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Leave the folder as a program killed after the slot file and before the commit leaves it."""
    with monkeypatch.context() as broken:
        broken.setattr(key_change, "_take_back", lambda *_: None)
        broken.setattr("coachdesk.vault.work.Chronicle.write", lambda *_: (_ for _ in ()).throw(DiskFull("")))
        with pytest.raises(DiskFull):
            with_iqra(vault)
    vault.close()


def test_an_adding_that_was_cut_short_is_cleared_away(
    vault: OpenVault,
    vault_template: Template,
    vault_folder: Path,
    clock: FixedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    killed_between(vault, vault_template, vault_folder, monkeypatch)
    assert [label.name for label in SealedVault(vault_folder).people()] == ["Ruth", "Iqra"]
    with pytest.raises(NotInTeam):
        as_iqra(vault_folder, clock)
    again = SealedVault(vault_folder).open(PASSPHRASE, person=PERSON, clock=clock)
    assert again.slot_file.generation == again.known_generation == 3
    again.close()
    assert [label.name for label in SealedVault(vault_folder).people()] == ["Ruth"]


def test_an_older_slot_file_put_back_is_noticed_and_can_be_accepted(
    vault: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    old = (vault_folder / SLOT_FILE).read_bytes()
    with_iqra(vault)
    assert (vault_folder / KEPT).read_bytes() == old
    vault.close()
    (vault_folder / SLOT_FILE).write_bytes(old)
    sealed = SealedVault(vault_folder)
    with pytest.raises(KeysPutBack, match="older copy"):
        sealed.open(PASSPHRASE, clock=clock)
    accepted = sealed.open(PASSPHRASE, clock=clock, accept_loss=True)
    assert list(rows(accepted)) == [PERSON]
    accepted.close()
    sealed.open(PASSPHRASE, clock=clock).close()


def test_a_backup_holds_slots_and_data_of_one_generation(
    vault: OpenVault, vault_folder: Path, tmp_path: Path, clock: FixedClock
) -> None:
    from coachdesk.vault.backup import restore  # noqa: PLC0415 - this test alone restores

    with_iqra(vault)
    back_up(vault, tmp_path / "kept.coachdesk-backup")
    restore(tmp_path / "kept.coachdesk-backup", tmp_path / "Again.coachdesk")
    as_iqra(tmp_path / "Again.coachdesk", clock).close()


def test_a_vault_from_before_there_were_generations_opens_and_gets_them(
    vault: OpenVault, vault_folder: Path, vault_template: Template, clock: FixedClock
) -> None:
    with vault._writer.begin() as connection:
        connection.exec_driver_sql("DELETE FROM setting WHERE key = 'key_file'")
    vault.close()
    again = vault_template.opened(vault_folder, clock)
    assert again.known_generation == 1
    with_iqra(again)
    again.close()
    later = as_iqra(vault_folder, clock)
    assert later.known_generation == 2
    later.close()


def test_a_missing_data_file_is_still_just_missing(
    vault: OpenVault, vault_folder: Path, clock: FixedClock
) -> None:
    vault.close()
    (vault_folder / "data-1.db").unlink()
    with pytest.raises(DataMissing):
        SealedVault(vault_folder).opened_with(vault.slot_file, vault.slot, Keyring(bytes(32)), clock=clock)


def test_nobody_makes_herself_a_manager(vault: OpenVault, vault_folder: Path, clock: FixedClock) -> None:
    with_iqra(vault)
    vault.close()
    hers = as_iqra(vault_folder, clock)
    with pytest.raises(Refusal), unit_of_work(hers) as work:
        work.session.get_one(Coach, hers.coach_id).role = Role.MANAGER
    assert rows(hers)[IQRA].role == "coach"
    hers.close()


def adding(vault: OpenVault) -> None:
    with_iqra(vault)


def changing(vault: OpenVault) -> None:
    change_passphrase(vault, NewPassphrase(passphrase=IQRAS, old=PASSPHRASE))


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="needs fork")
@pytest.mark.parametrize("act", [adding, changing])
def test_killed_at_any_moment_people_are_as_before_or_as_wished(
    vault_template: Template, tmp_path: Path, clock: FixedClock, act: Callable[[OpenVault], None]
) -> None:
    finished, event, outcomes = False, 0, set()
    while not finished:
        event += 1
        folder = vault_template.copied_to(tmp_path / f"{event}.coachdesk")
        finished = killed_at(event, act, vault_template, folder)
        opened = opened_by_one_of(folder, clock, PASSPHRASE, IQRAS if act is changing else PASSPHRASE)
        labels = [slot.label for slot in opened.slot_file.people()]
        assert len(rows(opened)) == len(labels)
        outcomes.add((opened.slot.sealed != vault_template.slot.sealed, len(labels)))
        assert opened.known_generation == opened.slot_file.generation
        assert check(opened).problems == ()
        opened.close()
        assert not [path.name for path in folder.iterdir() if path.name.endswith(".part")]
    assert outcomes == ({(False, 1), (False, 2)} if act is adding else {(False, 1), (True, 1)})
    assert event > 5


def opened_by_one_of(folder: Path, clock: FixedClock, *passphrases: str) -> OpenVault:
    """Return the vault opened by the first of some passphrases that is right; one of them is."""
    for passphrase in passphrases[:-1]:
        try:
            return SealedVault(folder).open(passphrase, person=PERSON, clock=clock)
        except WrongPassphrase:
            continue
    return SealedVault(folder).open(passphrases[-1], person=PERSON, clock=clock)


def test_an_unlocking_that_breaks_off_lets_go_of_the_vault(
    vault_folder: Path, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr("coachdesk.vault.passphrase.raise_cost", stopped)
        with pytest.raises(KeyboardInterrupt):
            SealedVault(vault_folder).open(PASSPHRASE, clock=clock)
    SealedVault(vault_folder).open(PASSPHRASE, clock=clock).close()
