"""A caseload with requests of every state, somebody whose time is over, a breach, and openings with a reason."""

from dataclasses import dataclass
from uuid import UUID

from coachdesk.casework.breaches import SaveBreach, save_breach
from coachdesk.casework.retention import SetRetention, set_retention
from coachdesk.casework.rights_requests import (
    AnswerRequest,
    ReceiveRequest,
    StopClock,
    answer_request,
    receive_request,
    stop_clock,
)
from coachdesk.casework.seeing import OpenClient, open_client
from coachdesk.models import Client, Coach
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.journeys.caseload import a_caseload
from tests.makers import a_client, a_contact, an_enrolment, days_ago, do, found, keep, programme_id
from tests.vault_fixtures import TODAY
from tests.worlds import made_once

NOTE = "Came with Tariq Hussain. Ring his sister on 07700 900 456 😀 or ask Priya next door."


@dataclass(frozen=True, slots=True)
class RightsWorld:
    """The ids of what is in it."""

    asker: UUID
    access: UUID
    complaint: UUID
    standing: UUID
    answered: UUID
    over: UUID
    programme: UUID


def a_rights_world(vault: OpenVault) -> RightsWorld:
    """Put it into a vault and return what is what."""
    return made_once("rights", _a_rights_world, vault)


def _a_rights_world(vault: OpenVault) -> RightsWorld:
    people = a_caseload(vault)
    with reading(vault) as session:
        programme = programme_id(session, "community-grant")
    over = somebody_over(vault, programme, "Agnieszka")
    late = found(vault, Client, people.late)
    note = a_contact(late, note=NOTE)
    other = a_contact(late, note="Her landlord is in debt.", note_kind="others")
    keep(vault, note, other)
    access = request(vault, people.late, "access", 3)
    complaint = request(vault, people.today, "complaint", 40)
    standing = request(vault, people.coming, "erasure", 9)
    do(vault, stop_clock, StopClock(request_id=standing, from_on=days_ago(2), reason="Who is asking?"))
    answered = request(vault, people.coming, "objection", 20)
    do(vault, answer_request, AnswerRequest(request_id=answered, on=TODAY, outcome="given"))
    rule = SetRetention(programme_id=programme, months=24, source_note="Trustees’ policy")
    do(vault, set_retention, rule)
    do(
        vault,
        save_breach,
        SaveBreach(found_on=TODAY, what_happened="A stick was left on a bus", people_affected=3),
    )
    do(vault, open_client, OpenClient(client_id=over, reason="Covering for a colleague"))
    return RightsWorld(people.late, access, complaint, standing, answered, over, programme)


def somebody_over(vault: OpenVault, programme: UUID, first_name: str) -> UUID:
    """Put in somebody who left a programme long ago; return the id."""
    over = a_client(
        first_name=first_name,
        last_name="Nowak",
        reference=f"F-{first_name[:3].upper()}7",
        coach_id=vault.coach_id,
    )
    keep(vault, over)
    left = an_enrolment(
        over, programme, started_on=days_ago(2000), exit_on=days_ago(800), received_on=None, accepted_on=None,
        profile_started_on=None,
    )  # fmt: skip
    keep(vault, left)
    return over.id


def request(vault: OpenVault, client_id: UUID, kind: str, days: int) -> UUID:
    """Write a request down that came in some days ago; return its id."""
    wish = ReceiveRequest(
        client_id=client_id,
        kind=kind,
        received_on=days_ago(days),
        how_received="At the door",
        what_asked="I want to see what you keep about me",
    )
    return do(vault, receive_request, wish)[0]


def act_as(vault: OpenVault, role: Role) -> None:
    """Give who is at the desk another role."""
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = role
