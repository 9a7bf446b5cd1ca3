"""Evidence of a job by outcome, and its weeks of work: shown, typed, filled, and closed to colleagues."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from coachdesk.casework.good_work import read_good_work
from coachdesk.casework.job_evidence import (
    AddEvidence,
    JobEvidenceRow,
    JobQuestion,
    TakeOutEvidence,
    add_evidence,
    list_job_evidence,
    take_out_evidence,
)
from coachdesk.casework.work_weeks import (
    FillWeeks,
    SaveWeek,
    WeeksQuestion,
    WeeksRow,
    fill_weeks,
    list_work_weeks,
    pence_a_week,
    save_week,
)
from coachdesk.errors import Refusal
from coachdesk.models import (
    Client,
    Coach,
    Document,
    Job,
    JobEvidence,
    JobTerms,
    OutcomeRule,
    Programme,
    new_id,
)
from coachdesk.terms import Role
from coachdesk.vault.caseload_rights import ReasonNeeded
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.casework.started_job import MONDAY, WEEK, a_started_job, jobs
from tests.makers import (
    ENTERED,
    a_client,
    a_coach,
    an_enrolment,
    ask,
    days_ago,
    do,
    job_terms,
    keep,
    programme_id,
)
from tests.refusals import refused
from tests.vault_fixtures import TODAY


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client()
    keep(desk_vault, made)
    return made


@pytest.fixture
def job(desk_vault: OpenVault, client: Client) -> Job:
    return a_started_job(desk_vault, client)


def evidence(vault: OpenVault, job: Job) -> JobEvidenceRow:
    return ask(vault, list_job_evidence, JobQuestion(job_id=job.id, today=TODAY))


def test_evidence_stands_by_outcome_with_what_is_missing(
    desk_vault: OpenVault, client: Client, job: Job
) -> None:
    programme = ask(desk_vault, lambda s, _: programme_id(s))
    other = ask(desk_vault, lambda s, _: programme_id(s, "workwell"))
    shipped = ask(desk_vault, lambda s, _: set(s.scalars(select(OutcomeRule.key))))
    enrolment = an_enrolment(client, programme)

    def rule(key: str, **values: Any) -> OutcomeRule:
        return OutcomeRule(**{"key": key, "title": key.title(), "sort": "milestone", **values})

    keep(
        desk_vault,
        enrolment,
        rule("mine", programme_id=programme, evidence=["payslip", "contract"]),
        rule("anybody", position=1),
        rule("theirs", programme_id=other),
        rule("people", sort="cohort"),
        rule("past", valid_to=dt.date(2020, 1, 1)),
        rule("ahead", valid_from=dt.date(2030, 1, 1)),
    )
    with unit_of_work(desk_vault, label="Enrolled") as work:
        kept = work.session.get_one(Job, job.id)
        kept.enrolment_id, kept.evidence, kept.evidence_seen_on = enrolment.id, "contract", days_ago(18)
        told = work.session.get_one(Programme, programme)
        told.definition = {**told.definition, "evidence": {"job_start": ["contract"]}}
    before = {one.key: one for one in evidence(desk_vault, job).outcomes if one.key not in shipped}
    assert list(before) == ["job_start", "four_hours", "mine", "anybody"]
    assert (before["job_start"].stands, before["job_start"].accepted) == (
        "held",
        ("Contract or offer letter",),
    )
    assert (before["job_start"].held[0].id, before["job_start"].held[0].seen_on) == (None, days_ago(18))
    assert before["mine"].stands == "missing"
    wish = AddEvidence(
        job_id=job.id,
        outcome="mine",
        sort="client_statement",
        seen_on=TODAY,
        from_on=days_ago(19),
        to_on=TODAY,
        note=" Told on the phone ",
    )
    first, label = do(desk_vault, add_evidence, wish)
    assert label == "Wrote down evidence of a job of MO"
    told_now = {one.key: one for one in evidence(desk_vault, job).outcomes}["mine"]
    assert (told_now.stands, told_now.held[0].seen_by, told_now.held[0].note) == (
        "other",
        "Ruth Ellison",
        "Told on the phone",
    )
    do(desk_vault, add_evidence, AddEvidence(job_id=job.id, outcome="mine", sort="payslip", seen_on=TODAY))
    assert {one.key: one.stands for one in evidence(desk_vault, job).outcomes}["mine"] == "held"
    do(desk_vault, take_out_evidence, TakeOutEvidence(evidence_id=first))
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, take_out_evidence, TakeOutEvidence(evidence_id=first))
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, take_out_evidence, TakeOutEvidence(evidence_id=new_id()))


def test_evidence_points_to_a_document_of_the_same_client(
    desk_vault: OpenVault, client: Client, job: Job
) -> None:
    other = a_client(first_name="Otto")

    def document(whose: Client) -> Document:
        return Document(
            client_id=whose.id,
            title="Payslip of September",
            file_name="a.pdf",
            media_type="application/pdf",
            size=10,
            sha256=new_id().hex,
            added_on=TODAY,
        )

    mine, theirs = document(client), document(other)
    keep(desk_vault, other, mine, theirs)
    keep(
        desk_vault,
        JobEvidence(client_id=client.id, job_id=job.id, outcome="job_start", sort="payslip", seen_on=TODAY),
    )
    told: dict[str, Any] = {
        "job_id": job.id,
        "outcome": "job_start",
        "sort": "payslip",
        "seen_on": TODAY,
    }
    do(desk_vault, add_evidence, AddEvidence(**told, document_id=mine.id))
    page = evidence(desk_vault, job)
    assert page.documents == ((mine.id, "Payslip of September"),)
    assert {one.document for one in page.outcomes[0].held} == {"", "Payslip of September"}
    assert page.outcomes[0].stands == "other"  # nobody wrote down what the funder accepts
    for wrong in (theirs.id, new_id()):
        assert refused(desk_vault, add_evidence, AddEvidence(**told, document_id=wrong)) == {"document_id"}


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"sort": "not_asked"}, {"sort"}),
        ({"seen_on": TODAY + WEEK}, {"seen_on"}),
        ({"from_on": TODAY, "to_on": days_ago(1)}, {"to_on"}),
    ],
)
def test_evidence_that_cannot_be_is_refused(
    desk_vault: OpenVault, job: Job, values: dict[str, Any], fields: set[str]
) -> None:
    told = {"job_id": job.id, "outcome": "job_start", "sort": "payslip", "seen_on": TODAY, **values}
    assert refused(desk_vault, add_evidence, AddEvidence(**told)) == fields


def weeks(vault: OpenVault, job: Job, count: int = 13, today: dt.date = TODAY) -> WeeksRow:
    return ask(vault, list_work_weeks, WeeksQuestion(job_id=job.id, today=today, count=count))


def test_weeks_stand_from_the_newest_back_and_are_filled_as_estimates(
    desk_vault: OpenVault, job: Job
) -> None:
    page = weeks(desk_vault, job)
    assert [one.week_on for one in page.weeks] == [MONDAY - WEEK * back for back in range(4)][:4]
    assert (page.all_weeks, page.usual_hours, page.weeks[0].is_known) == (4, "20", False)
    assert len(weeks(desk_vault, job, count=2).weeks) == 2
    do(
        desk_vault,
        save_week,
        SaveWeek(job_id=job.id, week_on=MONDAY - WEEK, paid_hours="12", is_confirmed=True),
    )
    filled, label = do(
        desk_vault, fill_weeks, FillWeeks(job_id=job.id, from_on=days_ago(300), to_on=TODAY + 9 * WEEK)
    )
    assert (filled, label) == (3, "Filled 3 weeks of work of MO")
    told = [(one.paid_hours, one.gross_pay, one.is_confirmed) for one in weeks(desk_vault, job).weeks]
    assert told == [
        ("20", "£260.00", False),
        ("12", "", True),
        ("20", "£260.00", False),
        ("12", "£156.00", False),  # it began on a Wednesday: three days of five
    ]
    with pytest.raises(Refusal, match="no week to fill"):
        do(desk_vault, fill_weeks, FillWeeks(job_id=job.id, from_on=days_ago(30), to_on=TODAY))


def test_weeks_are_filled_with_the_hours_in_force_until_the_job_ended(
    desk_vault: OpenVault, client: Client, job: Job
) -> None:
    keep(desk_vault, job_terms(job, as_on=MONDAY - WEEK, usual_minutes=600))
    with unit_of_work(desk_vault, label="Ended") as work:
        work.session.get_one(Job, job.id).ended_on = MONDAY - WEEK + dt.timedelta(days=1)
    do(desk_vault, fill_weeks, FillWeeks(job_id=job.id, from_on=MONDAY - 2 * WEEK, to_on=TODAY))
    told = [(one.week_on, one.paid_hours, one.gross_pay) for one in weeks(desk_vault, job).weeks[:2]]
    assert told == [(MONDAY - WEEK, "4", ""), (MONDAY - 2 * WEEK, "20", "£260.00")]
    assert jobs(desk_vault, client)[0].hours_words == "10 hours a week"


@pytest.mark.parametrize(
    ("wish", "fields"),
    [
        ({"from_on": TODAY, "to_on": days_ago(1)}, {"to_on"}),
        ({"from_on": days_ago(1000), "to_on": TODAY}, {"from_on"}),
    ],
)
def test_a_range_that_cannot_be_is_refused(
    desk_vault: OpenVault, job: Job, wish: dict[str, Any], fields: set[str]
) -> None:
    assert refused(desk_vault, fill_weeks, FillWeeks(job_id=job.id, **wish)) == fields


def test_without_usual_hours_no_week_is_made_up(desk_vault: OpenVault, job: Job) -> None:
    with unit_of_work(desk_vault, label="Taken out") as work:
        for terms in work.session.scalars(select(JobTerms)):
            terms.archived_at = ENTERED
    with pytest.raises(Refusal, match="usual hours are not known"):
        do(desk_vault, fill_weeks, FillWeeks(job_id=job.id, from_on=days_ago(30), to_on=TODAY))
    assert weeks(desk_vault, job).usual_hours == ""


def test_a_week_is_typed_changed_and_emptied(desk_vault: OpenVault, job: Job) -> None:
    told: dict[str, Any] = {"job_id": job.id, "week_on": TODAY}
    do(desk_vault, save_week, SaveWeek(**told, paid_hours="16.5", gross_pay="£214.50", absent="sick"))
    first = weeks(desk_vault, job).weeks[0]
    assert (first.paid_hours, first.gross_pay, first.absent, first.is_known) == (
        "16.5",
        "£214.50",
        "sick",
        True,
    )
    do(desk_vault, save_week, SaveWeek(**told, absent="sick"))
    assert weeks(desk_vault, job).weeks[0].is_known
    do(desk_vault, save_week, SaveWeek(**told, absent=""))
    assert not weeks(desk_vault, job).weeks[0].is_known
    do(desk_vault, save_week, SaveWeek(**told, paid_hours="3"))
    assert weeks(desk_vault, job).weeks[0].paid_hours == "3"
    assert refused(desk_vault, save_week, SaveWeek(job_id=job.id, week_on=TODAY + WEEK)) == {"week_on"}
    assert refused(desk_vault, save_week, SaveWeek(**told, paid_hours="lots")) == {"paid_hours"}


@pytest.mark.parametrize(
    ("typed", "pence"),
    [("", None), (" £ ", None), ("312.5", 31250), ("£1,312", 131200), (".5", None), ("0", 0)],
)
def test_pay_of_a_week_becomes_pence(typed: str, pence: int | None) -> None:
    if typed == ".5":
        with pytest.raises(Refusal):
            pence_a_week(typed)
    else:
        assert pence_a_week(typed) == pence


@pytest.mark.parametrize("typed", ["lots", "3.125", "1.x", "10001", "-3"])
def test_pay_of_a_week_that_is_no_number_is_refused(typed: str) -> None:
    with pytest.raises(Refusal) as caught:
        pence_a_week(typed)
    assert set(caught.value.fields) == {"gross_pay"}


def test_what_stands_below_a_colleagues_job_stays_closed(
    desk_vault: OpenVault, client: Client, job: Job
) -> None:
    colleague = a_coach(name="Iqra Malik")
    with unit_of_work(desk_vault, by_program=True) as work:
        work.session.add(colleague)
        work.session.get_one(Client, client.id).coach_id = colleague.id
        work.session.get_one(Coach, desk_vault.coach_id).role = Role.COACH
    for read in (evidence, weeks, lambda vault, one: ask(vault, read_good_work, _asked(one))):
        with pytest.raises(ReasonNeeded):
            read(desk_vault, job)


def _asked(job: Job) -> JobQuestion:
    return JobQuestion(job_id=job.id, today=TODAY)
