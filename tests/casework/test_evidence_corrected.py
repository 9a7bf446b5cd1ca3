"""Evidence is corrected in its place: who saw it stays, and what cannot be is refused as when it was written down."""

import datetime as dt
from dataclasses import replace
from uuid import UUID

import pytest

from coachdesk.casework.job_evidence import (
    FOUR_HOURS,
    JOB_START,
    AddEvidence,
    CorrectEvidence,
    JobQuestion,
    OutcomeEvidence,
    TakeOutEvidence,
    add_evidence,
    correct_evidence,
    list_job_evidence,
    take_out_evidence,
)
from coachdesk.errors import Refusal
from coachdesk.models import Client, Document, Job, new_id
from coachdesk.vault.opened import OpenVault
from tests.makers import a_client, a_job, an_employer, ask, days_ago, do, furnished, keep
from tests.vault_fixtures import TODAY


@pytest.fixture
def world(vault: OpenVault) -> tuple[OpenVault, Client, Job]:
    furnished(vault)
    client, employer = (
        a_client(first_name="Maya", last_name="Okonkwo", coach_id=vault.coach_id),
        an_employer(),
    )
    job = a_job(client, employer, started_on=days_ago(40))
    keep(vault, client, employer, job)
    return vault, client, job


def a_payslip(vault: OpenVault, job: Job) -> UUID:
    made, _ = do(
        vault, add_evidence, AddEvidence(job_id=job.id, outcome=JOB_START, sort="payslip", seen_on=TODAY)
    )
    assert isinstance(made, UUID)
    return made


def outcomes(vault: OpenVault, job: Job) -> dict[str, OutcomeEvidence]:
    found = ask(vault, list_job_evidence, JobQuestion(job_id=job.id, today=TODAY))
    return {one.key: one for one in found.outcomes}


def test_evidence_is_corrected_in_its_place(world: tuple[OpenVault, Client, Job]) -> None:
    vault, client, job = world
    document = Document(
        client_id=client.id, title="Contract", file_name="a.pdf", media_type="application/pdf", size=9,
        sha256=new_id().hex, added_on=TODAY,
    )  # fmt: skip
    keep(vault, document)
    made = a_payslip(vault, job)
    wish = CorrectEvidence(
        evidence_id=made, outcome=FOUR_HOURS, sort="contract", seen_on=days_ago(3), from_on=days_ago(40),
        to_on=days_ago(10), document_id=document.id, note=" Signed ",
    )  # fmt: skip
    _, label = do(vault, correct_evidence, wish)
    assert label == "Corrected evidence of a job of MO"
    now = outcomes(vault, job)
    assert now[JOB_START].held == ()
    (held,) = now[FOUR_HOURS].held
    assert (held.id, held.outcome, held.sort, held.note) == (made, FOUR_HOURS, "contract", "Signed")
    assert (held.seen_on, held.from_on, held.to_on) == (days_ago(3), days_ago(40), days_ago(10))
    assert (held.document_id, held.document, held.seen_by) == (document.id, "Contract", "Ruth Ellison")


def test_what_cannot_be_is_refused_and_nothing_changes(world: tuple[OpenVault, Client, Job]) -> None:
    vault, _, job = world
    wish = CorrectEvidence(
        evidence_id=a_payslip(vault, job), outcome=JOB_START, sort="contract", seen_on=TODAY
    )
    wrong = {
        "sort": replace(wish, sort=""),
        "seen_on": replace(wish, seen_on=TODAY + dt.timedelta(days=1)),
        "to_on": replace(wish, from_on=TODAY, to_on=days_ago(1)),
        "document_id": replace(wish, document_id=new_id()),
    }
    for field, each in wrong.items():
        with pytest.raises(Refusal) as refused:
            do(vault, correct_evidence, each)
        assert set(refused.value.fields) == {field}
    assert outcomes(vault, job)[JOB_START].held[0].sort == "payslip"


def test_evidence_that_is_gone_is_not_corrected(world: tuple[OpenVault, Client, Job]) -> None:
    vault, _, job = world
    made = a_payslip(vault, job)
    do(vault, take_out_evidence, TakeOutEvidence(evidence_id=made))
    for which in (made, new_id()):
        wish = CorrectEvidence(evidence_id=which, outcome=JOB_START, sort="contract", seen_on=TODAY)
        with pytest.raises(Refusal, match="not there any more"):
            do(vault, correct_evidence, wish)
