"""What a funder accepts as evidence of a start ships blank, and is written down by a manager."""

import pytest

from coachdesk.casework.job_evidence import AddEvidence, JobQuestion, add_evidence, list_job_evidence
from coachdesk.casework.programmes import ProgrammeRow, list_programmes
from coachdesk.casework.start_evidence import SetStartEvidence, set_start_evidence
from coachdesk.errors import Refusal
from coachdesk.models import Coach
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import (
    a_client,
    a_job,
    an_employer,
    an_enrolment,
    ask,
    days_ago,
    do,
    furnished,
    keep,
    programme_id,
)
from tests.vault_fixtures import TODAY

KEY = "connect-to-work"


@pytest.fixture
def charity(vault: OpenVault) -> OpenVault:
    furnished(vault)
    return vault


def programme(vault: OpenVault) -> ProgrammeRow:
    return next(one for one in ask(vault, list_programmes) if one.key == KEY)


def test_every_programme_ships_blank(charity: OpenVault) -> None:
    assert {(one.job_start, one.four_hours) for one in ask(charity, list_programmes)} == {((), ())}


def test_what_was_written_down_judges_the_evidence_of_a_job(charity: OpenVault) -> None:
    with reading(charity) as session:
        which = programme_id(session, KEY)
    client, employer = a_client(coach_id=charity.coach_id), an_employer()
    enrolment = an_enrolment(client, which)
    job = a_job(client, employer, started_on=days_ago(20), enrolment_id=enrolment.id)
    keep(charity, client, employer, enrolment, job)
    do(charity, add_evidence, AddEvidence(job_id=job.id, outcome="job_start", sort="payslip", seen_on=TODAY))

    def start() -> tuple[tuple[str, ...], str]:
        first = ask(charity, list_job_evidence, JobQuestion(job_id=job.id, today=TODAY)).outcomes[0]
        return first.accepted, first.stands

    assert start() == ((), "other")
    _, label = do(charity, set_start_evidence, SetStartEvidence(key=KEY, job_start=("payslip",)))
    assert label == f"Changed the evidence of a start for {programme(charity).title}"
    assert (programme(charity).job_start, programme(charity).four_hours) == (("payslip",), ())
    assert start() == (("Payslip",), "held")
    do(charity, set_start_evidence, SetStartEvidence(key=KEY))
    assert start() == ((), "other")


def test_what_cannot_be_is_refused(charity: OpenVault) -> None:
    with pytest.raises(Refusal, match="not there any more"):
        do(charity, set_start_evidence, SetStartEvidence(key="none"))
    for kind in ("unheard_of", "not_asked"):
        with pytest.raises(Refusal) as refused:
            do(charity, set_start_evidence, SetStartEvidence(key=KEY, four_hours=(kind,)))
        assert set(refused.value.fields) == {"four_hours"}
    with unit_of_work(charity, by_program=True) as work:
        work.session.get_one(Coach, charity.coach_id).role = Role.COACH
    with pytest.raises(Refusal, match="Only a manager"):
        do(charity, set_start_evidence, SetStartEvidence(key=KEY, job_start=("payslip",)))
