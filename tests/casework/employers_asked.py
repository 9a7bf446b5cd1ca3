"""Employers and their schemes as a coach asks for them."""

import datetime as dt
from typing import Any
from uuid import UUID

from coachdesk.casework.employer_schemes import employers_coming_up
from coachdesk.casework.employers import EmployerLine, SaveEmployer, list_employers, save_employer
from coachdesk.casework.schemes import SchemeRow, list_schemes
from coachdesk.models import Coach
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import ask, do
from tests.vault_fixtures import TODAY


def act_as(vault: OpenVault, role: Role) -> None:
    """Give whoever unlocked another role."""
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = role


def added(vault: OpenVault, name: str = "Bay Bakery", **values: Any) -> UUID:
    """Return the id of a new employer."""
    return do(vault, save_employer, SaveEmployer(name=name, **values))[0]


def listed(vault: OpenVault) -> dict[str, EmployerLine]:
    """Return the lines of the list of employers by their names."""
    return {one.name: one for one in ask(vault, list_employers, TODAY)}


def schemes(vault: OpenVault) -> dict[str, SchemeRow]:
    """Return the schemes by their keys."""
    return {one.key: one for one in ask(vault, list_schemes)}


def coming_up(vault: OpenVault, today: dt.date = TODAY) -> list[tuple[str, str, str]]:
    """Return what will be due with employers."""
    with reading(vault) as session:
        return list(employers_coming_up(session, today))
