"""Work: jobs, their dated terms, good-work checks, check-ins and adjustments."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from coachdesk.casework.adjustments import AddAdjustment, add_adjustment
from coachdesk.casework.check_ins import CheckInAnswers
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.contacts import RecordContact, record_contact
from coachdesk.casework.employer_choice import find_employers
from coachdesk.casework.good_work import SaveGoodWork, profile_of, save_good_work
from coachdesk.casework.job_starts import EndJob, RecordJob, end_job, record_job
from coachdesk.casework.job_terms import SaveTerms, save_terms
from coachdesk.casework.work import JobRow, list_jobs
from coachdesk.errors import Refusal
from coachdesk.models import CheckIn, Client, Employer, Job, new_id
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.makers import (
    a_client,
    a_job,
    an_adjustment,
    an_employer,
    an_enrolment,
    ask,
    days_ago,
    do,
    found,
    job_terms,
    keep,
    programme_id,
)
from tests.vault_fixtures import TODAY


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client()
    keep(desk_vault, made)
    return made


def job_of(vault: OpenVault, client: Client, today: dt.date = TODAY) -> JobRow:
    return ask(vault, list_jobs, ClientQuestion(client_id=client.id, today=today))[0]


def started(client: Client, **values: Any) -> RecordJob:
    defaults: dict[str, Any] = {
        "client_id": client.id,
        "employer_name": "Bay Bakery",
        "started_on": days_ago(20),
    }
    return RecordJob(**{**defaults, **values})


def test_a_job_is_recorded_with_its_terms_enrolment_and_employer(
    desk_vault: OpenVault, client: Client
) -> None:
    enrolment = an_enrolment(client, ask(desk_vault, lambda s, _: programme_id(s)))
    keep(desk_vault, enrolment)
    wish = started(client, usual_hours="37.5", hourly_pay="13.45", title=" Baker ", contract="permanent")
    job_id, label = do(desk_vault, record_job, wish)
    row = job_of(desk_vault, client)
    assert (row.id, row.employer, row.title, row.contract) == (job_id, "Bay Bakery", "Baker", "permanent")
    assert (row.hours_words, row.pay_words, row.weeks_words) == (
        "37.5 hours a week",
        "£13.45 an hour",
        "Week 3",
    )
    assert row.below_minimum == ""
    assert found(desk_vault, Job, job_id).enrolment_id == enrolment.id
    assert label == "Recorded a job of MO"


def test_an_employer_known_by_another_spelling_is_not_made_twice(
    desk_vault: OpenVault, client: Client
) -> None:
    for name in ("Café Ølberg", "CAFE OLBERG", " café ølberg "):
        do(desk_vault, record_job, started(client, employer_name=name))
    with reading(desk_vault) as session:
        assert session.scalars(select(Employer.name)).all() == ["Café Ølberg"]
        assert find_employers(session, "cafe o") == ("Café Ølberg",)
        assert find_employers(session, "%") == ()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"employer_name": "  "}, "employer_name"),
        ({"four_hours_on": days_ago(21)}, "four_hours_on"),
        ({"usual_hours": "lots"}, "usual_hours"),
        ({"hourly_pay": "minimum"}, "hourly_pay"),
    ],
)
def test_a_job_that_cannot_be_is_refused_and_nothing_is_written(
    desk_vault: OpenVault, client: Client, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        do(desk_vault, record_job, started(client, **values))
    assert set(refused.value.fields) == {field}
    assert ask(desk_vault, list_jobs, ClientQuestion(client_id=client.id, today=TODAY)) == ()


@pytest.mark.parametrize(
    ("act", "wish"),
    [
        (record_job, RecordJob(client_id=new_id(), employer_name="Bay", started_on=TODAY)),
        (add_adjustment, AddAdjustment(client_id=new_id(), need="Quiet")),
        (end_job, EndJob(job_id=new_id(), ended_on=TODAY)),
        (save_terms, SaveTerms(job_id=new_id(), as_on=TODAY)),
        (save_good_work, SaveGoodWork(job_id=new_id(), done_on=TODAY, answers={})),
    ],
)
def test_what_is_gone_is_said_plainly(desk_vault: OpenVault, act: Any, wish: Any) -> None:
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, act, wish)


def test_jobs_of_a_client_who_is_gone_are_refused(desk_vault: OpenVault) -> None:
    with pytest.raises(Refusal, match="not there any more"):
        ask(desk_vault, list_jobs, ClientQuestion(client_id=new_id(), today=TODAY))


def test_weeks_are_counted_until_the_job_ends(desk_vault: OpenVault, client: Client) -> None:
    job_id, _ = do(desk_vault, record_job, started(client, started_on=TODAY + dt.timedelta(days=1)))
    assert job_of(desk_vault, client).weeks_words == "Starts tomorrow"
    assert job_of(desk_vault, client, TODAY + dt.timedelta(days=1)).weeks_words == "Week 1"
    _, label = do(
        desk_vault, end_job, EndJob(job_id=job_id, ended_on=TODAY + dt.timedelta(days=9), end_reason="health")
    )
    assert job_of(desk_vault, client, TODAY + dt.timedelta(days=9)).weeks_words == "Week 2"
    assert job_of(desk_vault, client, TODAY + dt.timedelta(days=90)).weeks_words == "Ended 14 Oct 2026"
    assert found(desk_vault, Job, job_id).end_reason == "health"
    assert label == "Ended a job of MO"


def test_a_job_does_not_end_or_change_before_it_starts(desk_vault: OpenVault, client: Client) -> None:
    job_id, _ = do(desk_vault, record_job, started(client))
    with pytest.raises(Refusal) as ended:
        do(desk_vault, end_job, EndJob(job_id=job_id, ended_on=days_ago(21)))
    with pytest.raises(Refusal) as changed:
        do(desk_vault, save_terms, SaveTerms(job_id=job_id, as_on=days_ago(21)))
    assert (set(ended.value.fields), set(changed.value.fields)) == ({"ended_on"}, {"as_on"})


def test_the_newest_terms_are_shown(desk_vault: OpenVault, client: Client) -> None:
    job_id, _ = do(desk_vault, record_job, started(client, usual_hours="16", hourly_pay="12.71"))
    wish = SaveTerms(
        job_id=job_id, as_on=days_ago(2), usual_hours="24", hourly_pay="14", guaranteed_hours="20"
    )
    _, label = do(desk_vault, save_terms, wish)
    row = job_of(desk_vault, client)
    assert (row.hours_words, row.pay_words) == ("24 hours a week", "£14.00 an hour")
    assert label == "Changed hours or pay of MO"


@pytest.mark.parametrize(
    ("pay", "kind", "said"),
    [
        (1270, "employee", True),
        (1271, "employee", False),
        (1270, "self_employed", False),
        (800, "apprenticeship", False),
        (799, "apprenticeship", True),
        (None, "employee", False),
    ],
)
def test_pay_below_the_legal_minimum_is_said_with_where_to_get_advice(
    desk_vault: OpenVault, client: Client, pay: int | None, kind: str, *, said: bool
) -> None:
    employer = an_employer()
    job = a_job(client, employer, employment_type=kind)
    keep(desk_vault, employer, job, job_terms(job, hourly_pence=pay))
    words = job_of(desk_vault, client).below_minimum
    assert bool(words) is said
    if said:
        assert "below the legal minimum of £" in words
        assert "15 Sep 2026" in words
        assert "Acas" in words


def test_without_terms_or_an_age_nothing_is_said_of_pay(desk_vault: OpenVault) -> None:
    nobody = a_client(born_from=None, born_to=None, birth_precision="")
    employer = an_employer()
    first, second = a_job(nobody, employer), a_job(nobody, employer)
    keep(desk_vault, nobody, employer, first, second, job_terms(second, hourly_pence=1))
    rows = ask(desk_vault, list_jobs, ClientQuestion(client_id=nobody.id, today=TODAY))
    assert {row.below_minimum for row in rows} == {""}
    assert {row.pay_words for row in rows} == {"", "£0.01 an hour"}


def test_how_good_a_job_is_stands_by_dimension_never_as_one_grade(
    desk_vault: OpenVault, client: Client
) -> None:
    job_id, _ = do(desk_vault, record_job, started(client))
    answers = {
        "pay_enough": "yes",
        "pay_fair": "partly",
        "union": "no",
        "safe": "dont_know",
        "made_up": "yes",
    }
    _, label = do(desk_vault, save_good_work, SaveGoodWork(job_id=job_id, done_on=TODAY, answers=answers))
    assert job_of(desk_vault, client).good_work == (("Pay and benefits", 0.75), ("Voice", 0.0))
    assert label == "Recorded how good a job is with MO"


def test_no_answer_gives_no_profile() -> None:
    assert profile_of({}, {"safe": "health"}, {"health": "Health"}) == ()


def test_adjustments_stand_with_their_job(desk_vault: OpenVault, client: Client) -> None:
    job_id, _ = do(desk_vault, record_job, started(client))
    wish = AddAdjustment(client_id=client.id, need=" A quiet corner ", job_id=job_id, category="premises")
    _, label = do(desk_vault, add_adjustment, wish)
    keep(desk_vault, an_adjustment(client, need="Belongs to no job yet"))
    assert job_of(desk_vault, client).adjustments == ("A quiet corner",)
    assert label == "Recorded an adjustment for MO"
    with pytest.raises(Refusal) as refused:
        do(desk_vault, add_adjustment, AddAdjustment(client_id=client.id, need=" "))
    assert set(refused.value.fields) == {"need"}


def held(client: Client, answers: CheckInAnswers) -> RecordContact:
    return RecordContact(client_id=client.id, happened_on=days_ago(6), channel="phone", check_in=answers)


def test_a_check_in_is_kept_with_the_contact_it_was_held_in(desk_vault: OpenVault, client: Client) -> None:
    job_id, _ = do(desk_vault, record_job, started(client))
    told = CheckInAnswers(
        job_id=job_id, due_on=days_ago(6), still_there="yes", risk_of_leaving=10, note="Going well"
    )
    contact_id, _ = do(desk_vault, record_contact, held(client, told))
    row = job_of(desk_vault, client).check_ins[0]
    kept = found(desk_vault, CheckIn, row.id)
    assert (row.still_there, row.risk_of_leaving, row.note) == ("yes", 10, "Going well")
    assert (kept.contact_id, kept.channel, kept.done_on) == (contact_id, "phone", days_ago(6))


def test_a_check_in_off_the_scale_or_at_somebody_elses_job_is_refused(
    desk_vault: OpenVault, client: Client
) -> None:
    job_id, _ = do(desk_vault, record_job, started(client))
    with pytest.raises(Refusal) as refused:
        do(
            desk_vault,
            record_contact,
            held(client, CheckInAnswers(job_id=job_id, due_on=TODAY, risk_of_leaving=11)),
        )
    assert set(refused.value.fields) == {"risk_of_leaving"}
    other = a_client(first_name="Otto")
    keep(desk_vault, other)
    with pytest.raises(Refusal, match="This job is not there"):
        do(desk_vault, record_contact, held(other, CheckInAnswers(job_id=job_id, due_on=TODAY)))
