"""All indicators of a period at once, for whoever may read figures of the team."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from coachdesk.casework.service_quality.caseload import caseload, read_active, retention
from coachdesk.casework.service_quality.employer_meetings import employer_contacts, first_contact
from coachdesk.casework.service_quality.ground import Indicator, QualityQuestion, quality_settings
from coachdesk.casework.service_quality.jobs_begun import job_indicators, jobs_begun
from coachdesk.casework.service_quality.staying import (
    MILESTONES,
    read_works,
    retained,
    rules_reached,
    sustained,
)
from coachdesk.casework.service_quality.time_use import community, employment_time, held_contacts
from coachdesk.errors import Refusal
from coachdesk.terms import Role
from coachdesk.vault.caseload_rights import TRUSTEE_KEEPS_KEYS, acting_role


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceQuality:
    """The indicators of a period, in the order of the facts."""

    question: QualityQuestion
    indicators: tuple[Indicator, ...]


def read_service_quality(session: Session, question: QualityQuestion) -> ServiceQuality:
    """Return every indicator of a period (facts 12.4 rows 5 to 10 and 15 to 20).

    The figures are the team's; a line for each coach is there where a manager reads, of the caseload, the time and the
    meetings with employers, and no line compares clients. Raises Refusal for a trustee.
    """
    role = acting_role(session)
    if role is Role.TRUSTEE:
        raise Refusal(TRUSTEE_KEEPS_KEYS)
    manages = role is Role.MANAGER
    settings = quality_settings(session)
    held = held_contacts(session, question)
    active, works = read_active(session, question.as_at), read_works(session, question)
    return ServiceQuality(
        question=question,
        indicators=(
            caseload(session, question, active, manages=manages),
            employment_time(session, question, settings, held, manages=manages),
            retention(active, settings),
            first_contact(session, question, settings),
            employer_contacts(session, question, settings, manages=manages),
            community(session, question, settings, held),
            *job_indicators(jobs_begun(session, question)),
            *(sustained(works, question, settings, weeks) for weeks in MILESTONES),
            *rules_reached(session, question),
            *retained(session, works, question, settings),
        ),
    )
