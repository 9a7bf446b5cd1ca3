"""Iqra, and questions about who may unlock, for the tests of people."""

from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from coachdesk.clock import FixedClock
from coachdesk.models import Coach, JournalEntry
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.people import (
    AddPerson,
    PersonRow,
    add_person,
    list_people,
)
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.work import reading
from tests.makers import ask

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
