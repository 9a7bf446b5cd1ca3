"""Three invented clients of the person at the desk: one late, one due today, one to come."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.makers import a_client, a_job, an_action, an_employer, an_enrolment, furnished, keep, programme_id
from tests.vault_fixtures import TODAY
from tests.worlds import made_once


@dataclass(frozen=True, slots=True)
class Caseload:
    """The ids of the clients, each known by what is due."""

    late: UUID
    today: UUID
    coming: UUID
    job: UUID


def a_caseload(vault: OpenVault) -> Caseload:
    """Put a small caseload into a vault and return who is who."""
    return made_once("caseload", _a_caseload, vault)


def _a_caseload(vault: OpenVault) -> Caseload:
    furnished(vault)
    with reading(vault) as session:
        programme = programme_id(session)
    late = a_client(first_name="Maya", last_name="Okonkwo", coach_id=vault.coach_id)
    now = a_client(first_name="Tariq", last_name="Hussain", coach_id=vault.coach_id)
    coming = a_client(first_name="Jean", last_name="Postlethwaite", coach_id=vault.coach_id)
    keep(vault, late, now, coming)
    keep(vault, *(an_enrolment(client, programme) for client in (late, now, coming)))
    employer = an_employer()
    keep(vault, employer)
    job = a_job(late, employer)
    keep(
        vault,
        job,
        an_action(now, what="Ring the college", due_on=TODAY),
        an_action(coming, what="Visit the bakery", due_on=TODAY + dt.timedelta(days=3)),
    )
    return Caseload(late.id, now.id, coming.id, job.id)
