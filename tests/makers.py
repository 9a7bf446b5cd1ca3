"""Records with valid defaults, each changed by keyword; and a vault with everything that ships in it."""

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.furnish import furnish_vault
from coachdesk.models import (
    Action,
    Adjustment,
    CheckIn,
    Circumstances,
    Client,
    Coach,
    Consent,
    Contact,
    Eligibility,
    Employer,
    Enrolment,
    Equality,
    Goal,
    GoodWorkCheck,
    Hub,
    Job,
    JobTerms,
    Organisation,
    Pause,
    Plan,
    Programme,
    Reading,
)
from coachdesk.models.base import Record, new_id
from coachdesk.vault.folding import fold
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.vault_fixtures import TODAY
from tests.worlds import made_once

Answer = TypeVar("Answer")
Kept = TypeVar("Kept", bound=Record)
LONG_AGO = dt.date(2026, 6, 1)
ENTERED = dt.datetime(2026, 10, 5, 12, tzinfo=dt.UTC)


def days_ago(days: int) -> dt.date:
    """Return the day so many days before the day on which the tests stand."""
    return TODAY - dt.timedelta(days=days)


def furnished(vault: OpenVault) -> OpenVault:
    """Return the vault with the lists, rates and programmes that ship."""
    made_once("furnished", furnish_vault, vault)
    return vault


def programme_id(session: Session, key: str = "connect-to-work") -> UUID:
    """Return the id of a programme that ships."""
    return session.scalars(select(Programme.id).where(Programme.key == key)).one()


def an_organisation(**values: Any) -> Organisation:
    return Organisation(**{"name": "Furness Into Work", **values})


def a_hub(**values: Any) -> Hub:
    return Hub(**{"name": "Kendal Hub", **values})


def a_coach(**values: Any) -> Coach:
    return Coach(**{"name": "Iqra Malik", **values})


def a_programme(**values: Any) -> Programme:
    return Programme(**{"key": "own-grant", "title": "Own grant", "threshold": 5, **values})


def a_client(**values: Any) -> Client:
    born = dt.date(1990, 4, 9)
    defaults = {
        "reference": f"T-{new_id().hex[-8:]}",
        "first_name": "Maya",
        "last_name": "Okonkwo",
        "born_from": born,
        "born_to": born,
        "birth_precision": "exact",
        "town": "Barrow-in-Furness",
    }
    return Client(**{**defaults, **values})


def an_enrolment(client: Client, programme: UUID, **values: Any) -> Enrolment:
    defaults = {
        "client_id": client.id,
        "programme_id": programme,
        "received_on": LONG_AGO,
        "accepted_on": LONG_AGO,
        "started_on": LONG_AGO,
        "profile_started_on": LONG_AGO,
        "route": "out_of_work",
    }
    return Enrolment(**{**defaults, **values})


def an_eligibility(enrolment: Enrolment, **values: Any) -> Eligibility:
    defaults = {"client_id": enrolment.client_id, "enrolment_id": enrolment.id, "reason": "mental_health"}
    return Eligibility(**{**defaults, **values})


def a_pause(enrolment: Enrolment, **values: Any) -> Pause:
    defaults = {"client_id": enrolment.client_id, "enrolment_id": enrolment.id, "from_on": LONG_AGO}
    return Pause(**{**defaults, **values})


def an_equality(client: Client, **values: Any) -> Equality:
    return Equality(**{"client_id": client.id, **values})


def circumstances(client: Client, **values: Any) -> Circumstances:
    return Circumstances(**{"client_id": client.id, "as_on": LONG_AGO, **values})


def a_consent(client: Client, **values: Any) -> Consent:
    return Consent(**{"client_id": client.id, "purpose": "record", "given_on": LONG_AGO, **values})


def a_contact(client: Client, **values: Any) -> Contact:
    defaults = {"client_id": client.id, "happened_on": days_ago(7), "channel": "phone", "entered_at": ENTERED}
    return Contact(**{**defaults, **values})


def a_plan(client: Client, **values: Any) -> Plan:
    return Plan(**{"client_id": client.id, "kind": "into_work", **values})


def a_goal(plan: Plan, **values: Any) -> Goal:
    defaults = {"client_id": plan.client_id, "plan_id": plan.id, "own_words": "A job with animals"}
    return Goal(**{**defaults, **values})


def an_action(client: Client, **values: Any) -> Action:
    return Action(**{"client_id": client.id, "what": "Write a CV", **values})


def a_reading(client: Client, **values: Any) -> Reading:
    return Reading(**{"client_id": client.id, "taken_on": days_ago(7), "items": {"happy": 6}, **values})


def an_employer(**values: Any) -> Employer:
    name = values.get("name", "Bay Bakery")
    return Employer(**{"name": name, "folded": fold(name), **values})


def a_job(client: Client, employer: Employer, **values: Any) -> Job:
    defaults = {"client_id": client.id, "employer_id": employer.id, "started_on": days_ago(20)}
    return Job(**{**defaults, **values})


def job_terms(job: Job, **values: Any) -> JobTerms:
    return JobTerms(**{"client_id": job.client_id, "job_id": job.id, "as_on": job.started_on, **values})


def an_adjustment(client: Client, **values: Any) -> Adjustment:
    return Adjustment(**{"client_id": client.id, "need": "A quiet corner", **values})


def a_good_work_check(job: Job, **values: Any) -> GoodWorkCheck:
    return GoodWorkCheck(**{"client_id": job.client_id, "job_id": job.id, "done_on": TODAY, **values})


def a_check_in(job: Job, **values: Any) -> CheckIn:
    due_on = values.get("due_on", job.started_on + dt.timedelta(days=7))
    defaults = {"client_id": job.client_id, "job_id": job.id, "due_on": due_on, "done_on": due_on}
    return CheckIn(**{**defaults, **values})


def keep(vault: OpenVault, *records: Record) -> None:
    """Write records in one action."""
    with unit_of_work(vault, label="Kept for a test") as work:
        work.session.add_all(records)


def do(vault: OpenVault, act: Callable[[Session, Any], Answer], wish: Any) -> tuple[Answer, str]:
    """Do one action and return its answer and the label it has in the history."""
    with unit_of_work(vault) as work:
        answer = act(work.session, wish)
    return answer, work.changes.label


def ask(vault: OpenVault, read: Callable[[Session, Any], Answer], question: Any = None) -> Answer:
    """Ask one question and return the answer."""
    with reading(vault) as session:
        return read(session, question)


def found(vault: OpenVault, record: type[Kept], record_id: UUID) -> Kept:
    """Return a record as it stands in the vault now."""
    with reading(vault) as session:
        return session.get_one(record, record_id)
