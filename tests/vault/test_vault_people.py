"""Who may unlock: added, changed and removed by a manager, and nobody comes in by the slot file alone."""

from pathlib import Path

import pytest

from coachdesk.clock import FixedClock
from coachdesk.errors import Refusal
from coachdesk.terms import Role
from coachdesk.vault import people
from coachdesk.vault.health import check
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.pack import SLOT_FILE
from coachdesk.vault.people import (
    AddPerson,
    ChangeRole,
    PersonRow,
    RemovePerson,
    ResetPassphrase,
    add_person,
    change_role,
    remove_person,
    reset_passphrase,
)
from coachdesk.vault.roles import role_of
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.slots import MOST_SLOTS
from coachdesk.vault.trouble import Damaged
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.work import unit_of_work
from tests.makers import a_coach, ask, keep
from tests.vault.team import IQRA, IQRAS, as_iqra, coach_of, newest, rows, with_iqra
from tests.vault_fixtures import PASSPHRASE, PERSON, Template


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
