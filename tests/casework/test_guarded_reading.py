"""Every question about one client keeps a colleague's client closed until a reason was given."""

import inspect
import pkgutil
from collections.abc import Callable
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from coachdesk import casework
from coachdesk.casework.absences import list_absences
from coachdesk.casework.access_to_work import list_access
from coachdesk.casework.adjustments import list_adjustments
from coachdesk.casework.adjustments_plan import PlanQuestion, read_plan_of_adjustments
from coachdesk.casework.agreed_plans import list_agreed_plans
from coachdesk.casework.applications import list_applications
from coachdesk.casework.benefits_questions import list_benefits_questions
from coachdesk.casework.check_in_story import read_check_ins
from coachdesk.casework.circumstances_story import read_snapshots
from coachdesk.casework.client_head import read_client
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.consents import list_consents
from coachdesk.casework.contacts import last_contact_ways, list_contacts
from coachdesk.casework.custom_answers import read_custom_answers
from coachdesk.casework.details import read_details
from coachdesk.casework.disclosure_decisions import list_disclosures
from coachdesk.casework.documents import list_documents
from coachdesk.casework.endings import list_endings
from coachdesk.casework.enrolments import list_enrolments
from coachdesk.casework.episodes import read_episodes
from coachdesk.casework.equality_alone import read_alone_sitting
from coachdesk.casework.history import HistoryQuestion, StoodQuestion, read_as_it_stood, read_history
from coachdesk.casework.holding import what_we_hold
from coachdesk.casework.job_wishes import read_wishes
from coachdesk.casework.letter_templates import all_templates
from coachdesk.casework.letters import LetterQuestion, list_feedback, list_letters, read_letter
from coachdesk.casework.measures import read_measures
from coachdesk.casework.notices import read_notices
from coachdesk.casework.onward_referrals import list_onward_referrals
from coachdesk.casework.pauses import list_pauses
from coachdesk.casework.people_around import list_people_around
from coachdesk.casework.plan_around import read_plan_around
from coachdesk.casework.plans import read_plan
from coachdesk.casework.profile import read_profile
from coachdesk.casework.readings import list_readings
from coachdesk.casework.rhythm import RhythmQuestion, read_rhythm
from coachdesk.casework.rights_requests import RequestsQuestion, list_requests
from coachdesk.casework.safe_contact import read_before_contact
from coachdesk.casework.seeing import OpeningsQuestion, read_openings
from coachdesk.casework.sharing_list import list_sharings
from coachdesk.casework.timeline import TimelineQuestion, read_timeline
from coachdesk.casework.work import list_jobs
from coachdesk.errors import Refusal
from coachdesk.models import Coach, new_id
from coachdesk.terms import Role
from coachdesk.vault.caseload_rights import ReasonNeeded
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import a_client, a_coach, furnished
from tests.vault_fixtures import TODAY

Asking = Callable[[Session, UUID], Any]


def plain(client_id: UUID) -> ClientQuestion:
    return ClientQuestion(client_id=client_id, today=TODAY)


def without_a_job(session: Session, client_id: UUID) -> None:
    """Ask for a plan of adjustments of a client who has no job: it says so to whoever may ask."""
    question = PlanQuestion(client_id=client_id, job_id=new_id(), today=TODAY)
    with pytest.raises(Refusal) as refusal:
        read_plan_of_adjustments(session, question)
    if isinstance(refusal.value, ReasonNeeded):
        raise refusal.value
    assert "job" in str(refusal.value)


QUESTIONS: dict[Callable[..., Any], Asking] = {
    read_client: lambda session, one: read_client(session, plain(one)),
    list_consents: lambda session, one: list_consents(session, plain(one)),
    list_contacts: lambda session, one: list_contacts(session, plain(one)),
    last_contact_ways: last_contact_ways,
    read_custom_answers: read_custom_answers,
    read_details: read_details,
    list_documents: lambda session, one: list_documents(session, plain(one)),
    list_enrolments: list_enrolments,
    read_history: lambda session, one: read_history(session, HistoryQuestion(client_id=one)),
    read_as_it_stood: lambda session, one: read_as_it_stood(session, StoodQuestion(client_id=one, on=TODAY)),
    read_plan: lambda session, one: read_plan(session, plain(one)),
    list_agreed_plans: lambda session, one: list_agreed_plans(session, plain(one)),
    read_measures: lambda session, one: read_measures(session, plain(one)),
    list_readings: lambda session, one: list_readings(session, plain(one)),
    read_timeline: lambda session, one: read_timeline(session, TimelineQuestion(client_id=one)),
    read_letter: lambda session, one: read_letter(
        session,
        LetterQuestion(client_id=one, template_id=all_templates(session)[0].id, today=TODAY),
    ),
    list_letters: lambda session, one: list_letters(session, plain(one)),
    list_feedback: lambda session, one: list_feedback(session, plain(one)),
    list_sharings: lambda session, one: list_sharings(session, plain(one)),
    list_jobs: lambda session, one: list_jobs(session, plain(one)),
    what_we_hold: what_we_hold,
    list_requests: lambda session, one: list_requests(session, RequestsQuestion(today=TODAY, client_id=one)),
    read_openings: lambda session, one: read_openings(
        session, OpeningsQuestion(from_on=TODAY, to_on=TODAY, client_id=one)
    ),
    list_endings: list_endings,
    list_pauses: list_pauses,
    list_onward_referrals: lambda session, one: list_onward_referrals(session, plain(one)),
    list_people_around: lambda session, one: list_people_around(session, plain(one)),
    read_alone_sitting: read_alone_sitting,
    read_before_contact: lambda session, one: read_before_contact(session, plain(one)),
    read_episodes: lambda session, one: read_episodes(session, plain(one)),
    read_notices: read_notices,
    read_plan_around: lambda session, one: read_plan_around(session, one, None),
    read_profile: lambda session, one: read_profile(session, plain(one)),
    read_rhythm: lambda session, one: read_rhythm(session, RhythmQuestion(client_id=one, today=TODAY)),
    read_snapshots: lambda session, one: read_snapshots(session, plain(one)),
    list_applications: lambda session, one: list_applications(session, plain(one)),
    list_access: lambda session, one: list_access(session, plain(one)),
    read_check_ins: lambda session, one: read_check_ins(session, plain(one)),
    read_wishes: lambda session, one: read_wishes(session, plain(one)),
    list_benefits_questions: lambda session, one: list_benefits_questions(session, plain(one)),
    read_plan_of_adjustments: without_a_job,
    list_disclosures: lambda session, one: list_disclosures(session, plain(one)),
    list_absences: lambda session, one: list_absences(session, plain(one)),
    list_adjustments: lambda session, one: list_adjustments(session, plain(one)),
}


@pytest.fixture
def other(vault: OpenVault) -> UUID:
    furnished(vault)
    colleague = a_coach(name="Iqra Malik")
    client = a_client(coach_id=colleague.id)
    with unit_of_work(vault, by_program=True) as work:
        work.session.add_all([colleague, client])
        work.session.get_one(Coach, vault.coach_id).role = Role.COACH
    return client.id


@pytest.mark.parametrize("asking", QUESTIONS.values(), ids=[one.__name__ for one in QUESTIONS])
def test_a_colleagues_client_stays_closed(vault: OpenVault, other: UUID, asking: Asking) -> None:
    with reading(vault) as session:
        with pytest.raises(ReasonNeeded):
            asking(session, other)
        vault.opened_with_reason.add(other)
        asking(session, other)


def test_no_question_about_one_client_was_forgotten() -> None:
    found = set()
    for module in pkgutil.iter_modules(casework.__path__):
        for name, function in inspect.getmembers(
            import_module(f"coachdesk.casework.{module.name}"), inspect.isfunction
        ):
            if (
                function.__module__.endswith(module.name)
                and name.startswith(("read_", "list_"))
                and _names_one(function)
            ):
                found.add(function)
    assert {function.__name__ for function in found} - {one.__name__ for one in QUESTIONS} == set()


def _names_one(function: Callable[..., Any]) -> bool:
    """Return whether a question is about one client: by its id, or by a question that holds it."""
    parameters = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
    return any(
        parameter.name == "client_id"
        or "client_id" in getattr(parameter.annotation, "__dataclass_fields__", {})
        for parameter in parameters
    )
