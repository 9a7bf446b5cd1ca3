"""The people of a vault: who may unlock it, in which role, added, changed and removed by a manager.

A person is a coach's record tied to a key slot. The role in the data decides rights, never the slot file
(storage.md 10, fault 45). Whoever is removed takes nothing along: the data gets a new key (fault 46).
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import Coach, Organisation
from coachdesk.terms import Role
from coachdesk.vault.key_change import change_keys, tell
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.passphrase import NO_SLOT, resecured, usual_cost
from coachdesk.vault.roles import insist_on_role
from coachdesk.vault.rotation import renew_key
from coachdesk.vault.slots import MOST_SLOTS, RECOVERY, Slot, new_slot, short_label
from coachdesk.vault.strength import insist
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import clock_of, coach_of, reading, unit_of_work, vault_of

MANAGERS_ONLY = "Only a manager may change who opens the vault."
LAST_MANAGER = "This is the only manager who can unlock the vault. Make somebody else a manager first."
ROLES = {
    Role.COACH: "a coach",
    Role.MANAGER: "a manager",
    Role.TRUSTEE: "a trustee",
    Role.AUDITOR: "an auditor",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """Somebody who may unlock the vault."""

    coach_id: UUID
    name: str
    role: str
    label: str
    is_self: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPerson:
    """Somebody who shall be able to unlock the vault; of the team already, or new in it."""

    name: str
    passphrase: str
    role: str = Role.COACH


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRole:
    """Another role for somebody who may unlock the vault."""

    coach_id: UUID
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemovePerson:
    """Somebody who shall not unlock the vault any more."""

    coach_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ResetPassphrase:
    """A new passphrase for somebody who has forgotten theirs."""

    coach_id: UUID
    passphrase: str


def list_people(session: Session, _question: None) -> tuple[PersonRow, ...]:
    """Return who may unlock the vault, by name."""
    labels = {slot.id: slot.label for slot in vault_of(session).slot_file.people()}
    own = coach_of(session)
    return tuple(
        PersonRow(
            coach_id=coach.id,
            name=coach.name,
            role=coach.role,
            label=labels[coach.slot],
            is_self=coach.id == own,
        )
        for coach in session.scalars(select(Coach).where(Coach.slot.in_(labels)).order_by(Coach.name))
    )


def add_person(vault: OpenVault, wish: AddPerson, watch: Watch | None = None) -> UUID:
    """Give somebody a slot of their own in the vault; return their coach's record.

    Somebody of that name in the team is tied to it, also who had left; otherwise a record is made. Raises
    Refusal unless a manager asks, for a name that is missing or unlocks already, an unknown role or a
    passphrase that is easy to guess; Locked; or Trouble, and nothing was changed.
    """
    told = watch or Watch.silent()
    insist_on_role(vault, (Role.MANAGER,), MANAGERS_ONLY)
    name, role = " ".join(wish.name.split()), _role(wish.role)
    _check_name(vault, name)
    insist(wish.passphrase, (name, *_organisations(vault)))
    told.progress(0.2, "Sealing a key for them")
    labels = [slot.label for slot in vault.slot_file.slots]
    slot = new_slot(
        vault.slot_file, vault.keys, wish.passphrase, usual_cost(vault), label=short_label(name, labels)
    )
    added: list[UUID] = []

    def change(session: Session) -> tuple[Slot, ...]:
        coach = session.scalars(select(Coach).where(Coach.name == name)).first()
        if coach is None:
            coach = Coach(name=name, started_on=clock_of(session).today())
            session.add(coach)
        coach.role, coach.slot, coach.ended_on, coach.archived_at = role, slot.id, None, None
        session.flush()
        tell(session, "person added", f"Let {name} unlock the vault as {ROLES[role]}", coach)
        added.append(coach.id)
        return vault.slot_file.with_slot(slot).slots

    change_keys(vault, change, keep_old=True)
    return added[0]


def _role(role: str) -> Role:
    try:
        return Role(role)
    except ValueError:
        sentence = "Choose coach, manager, trustee or auditor."
    raise Refusal(sentence, fields={"role": sentence})


def _check_name(vault: OpenVault, name: str) -> None:
    if not name:
        raise Refusal("A person needs a name.", fields={"name": "Type the person’s name."})
    if len(vault.slot_file.slots) >= MOST_SLOTS:
        raise Refusal(f"A vault has room for {MOST_SLOTS - 1} people. Remove somebody who has left.")
    with reading(vault) as session:
        if any(row.name == name for row in list_people(session, None)):
            sentence = "Somebody of this name can unlock the vault already."
            raise Refusal(sentence, fields={"name": sentence})


def _organisations(vault: OpenVault) -> tuple[str, ...]:
    with reading(vault) as session:
        return tuple(session.scalars(select(Organisation.name)))


def change_role(vault: OpenVault, wish: ChangeRole, _watch: Watch | None = None) -> None:
    """Give somebody another role; it holds at once.

    Raises Refusal unless a manager asks, for an unknown role, or when no manager would be left; Locked or
    Trouble, and nothing was changed.
    """
    insist_on_role(vault, (Role.MANAGER,), MANAGERS_ONLY)
    role = _role(wish.role)
    with unit_of_work(vault) as work:
        coach = _person(work.session, wish.coach_id)
        if role != Role.MANAGER:
            _leave_a_manager(work.session, coach)
        if coach.role != role:
            coach.role = role
            tell(work.session, "role changed", f"Made {coach.name} {ROLES[role]}", coach)


def _person(session: Session, coach_id: UUID) -> Coach:
    """Return the record of somebody who may unlock; raises Refusal when there is none."""
    coach = session.get(Coach, coach_id)
    if coach is None or coach.slot not in {slot.id for slot in vault_of(session).slot_file.people()}:
        raise Refusal(NO_SLOT)
    return coach


def _leave_a_manager(session: Session, coach: Coach) -> None:
    """Return when another manager can unlock the vault besides this one; raises Refusal."""
    managers = {row.coach_id for row in list_people(session, None) if row.role == Role.MANAGER}
    if managers <= {coach.id}:
        raise Refusal(LAST_MANAGER)


def remove_person(vault: OpenVault, wish: RemovePerson, watch: Watch | None = None) -> None:
    """Take somebody's slot away and give the data a new key, as one step; who removed herself is locked out.

    Their record stays, with today as its last day. Raises Refusal unless a manager asks and another manager
    remains; Cancelled; or as ``rotate``: then nothing was changed.
    """
    insist_on_role(vault, (Role.MANAGER,), MANAGERS_ONLY)
    with reading(vault) as session:
        coach = _person(session, wish.coach_id)
        _leave_a_manager(session, coach)
        slot_id = coach.slot
    slots = tuple(slot for slot in vault.slot_file.slots if slot.id != slot_id)

    def apply(session: Session) -> None:
        leaver = session.get_one(Coach, wish.coach_id)
        leaver.slot = ""
        today = clock_of(session).today()
        leaver.ended_on = max(today, leaver.started_on or today)
        tell(session, "person removed", f"{leaver.name} may not unlock the vault any more", leaver)

    renew_key(vault, slots, apply, watch or Watch.silent())
    if wish.coach_id == vault.coach_id and vault.slot.kind != RECOVERY:
        vault.close()


def reset_passphrase(vault: OpenVault, wish: ResetPassphrase, watch: Watch | None = None) -> None:
    """Give somebody who has forgotten theirs a new passphrase, which they should change at once.

    Raises Refusal unless a manager asks, for somebody without a slot or a passphrase that is easy to guess;
    Locked or Trouble, and the old one stays.
    """
    told = watch or Watch.silent()
    insist_on_role(vault, (Role.MANAGER,), MANAGERS_ONLY)
    with reading(vault) as session:
        coach = _person(session, wish.coach_id)
    insist(wish.passphrase, (coach.name, *_organisations(vault)))
    told.progress(0.2, "Sealing the new passphrase")
    old = next(slot for slot in vault.slot_file.slots if slot.id == coach.slot)
    fresh = resecured(vault, old, wish.passphrase)

    def change(session: Session) -> tuple[Slot, ...]:
        tell(session, "passphrase reset", f"Gave {coach.name} a new passphrase", coach)
        return vault.slot_file.with_slot(fresh).slots

    change_keys(vault, change, keep_old=True)
