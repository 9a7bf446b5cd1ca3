"""Two coaches: one at the desk, one with clients of every sort between us."""

from dataclasses import dataclass
from uuid import UUID

from coachdesk.models import Coach
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.journeys.caseload import a_caseload
from tests.makers import (
    a_client,
    a_coach,
    a_contact,
    a_pause,
    an_action,
    an_enrolment,
    days_ago,
    keep,
    programme_id,
)
from tests.vault_fixtures import TODAY
from tests.worlds import made_once


@dataclass(frozen=True, slots=True)
class TeamWorld:
    """Who is who."""

    vault: OpenVault
    mine: UUID
    iqra: UUID
    far: UUID
    near: UUID
    resting: UUID
    loose: UUID

    def act_as(self, role: Role) -> None:
        """Give whoever sits at the desk another role."""
        with unit_of_work(self.vault, by_program=True) as work:
            work.session.get_one(Coach, self.vault.coach_id).role = role


def a_team_world(vault: OpenVault) -> TeamWorld:
    """Put a team into a vault: nobody of Ruth's is fading but one, two of Iqra's are."""
    return TeamWorld(vault, *made_once("team", _ids_of_a_team, vault))


def _ids_of_a_team(vault: OpenVault) -> tuple[UUID, UUID, UUID, UUID, UUID, UUID]:
    people = a_caseload(vault)
    with reading(vault) as session:
        programme = programme_id(session)
    iqra, trustee = a_coach(name="Iqra Malik"), a_coach(name="Tilda Trust", role=Role.TRUSTEE)
    keep(vault, iqra, trustee)
    far, near, resting, loose = (
        a_client(first_name=name, last_name="Nowak", coach_id=iqra.id)
        for name in ("Far", "Near", "Resting", "Loose")
    )
    keep(vault, far, near, resting, loose)
    enrolments = [an_enrolment(one, programme, coach_id=iqra.id) for one in (far, near, resting, loose)]
    keep(vault, *enrolments)
    keep(
        vault,
        a_contact(far, happened_on=days_ago(80)),
        a_contact(near, happened_on=days_ago(29)),
        a_contact(resting, happened_on=days_ago(90)),
        a_contact(loose, happened_on=days_ago(2)),
        a_pause(enrolments[2], from_on=days_ago(30), to_on=days_ago(-9), reason="In hospital"),
        an_action(near, what="Send the form", due_on=TODAY),
    )
    return people.late, iqra.id, far.id, near.id, resting.id, loose.id
