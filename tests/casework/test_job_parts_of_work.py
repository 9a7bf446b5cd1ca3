"""What stands below a job: its details corrected, hours and pay as dated history, evidence, weeks and rates."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from coachdesk.casework.births import NOT_KNOWN, Birth
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.employer_choice import chosen_employer, employer_label, find_employers
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
from coachdesk.casework.job_starts import CorrectJob, RecordJob, correct_job, record_job
from coachdesk.casework.job_terms import (
    ChangeTerms,
    SaveTerms,
    TakeOutTerms,
    change_terms,
    save_terms,
    take_out_terms,
)
from coachdesk.casework.pay import RateOn
from coachdesk.casework.pay_facts import PayTold, pay_facts
from coachdesk.casework.rates import SaveRate, TakeOutRate, list_rates, save_rate, take_out_rate
from coachdesk.casework.work import JobRow, list_jobs
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
    Employer,
    Job,
    JobEvidence,
    JobTerms,
    OutcomeRule,
    Programme,
    Rate,
    WorkWeek,
    new_id,
)
from coachdesk.terms import Role
from coachdesk.vault.caseload_rights import ReasonNeeded
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.makers import (
    ENTERED,
    a_client,
    a_coach,
    a_job,
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

MONDAY = TODAY  # the tests stand on a Monday
WEEK = dt.timedelta(days=7)


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client()
    keep(desk_vault, made)
    return made


@pytest.fixture
def job(desk_vault: OpenVault, client: Client) -> Job:
    employer = an_employer()
    made = a_job(client, employer, started_on=days_ago(19))  # a Wednesday
    terms = job_terms(made, usual_minutes=1200, hourly_pence=1300)
    keep(desk_vault, employer, made, terms)
    return made


def jobs(vault: OpenVault, client: Client, today: dt.date = TODAY) -> tuple[JobRow, ...]:
    return ask(vault, list_jobs, ClientQuestion(client_id=client.id, today=today))


def refused(vault: OpenVault, act: Any, wish: Any) -> set[str]:
    with pytest.raises(Refusal) as caught:
        do(vault, act, wish)
    return set(caught.value.fields)


def started(client: Client, **values: Any) -> RecordJob:
    told = {"client_id": client.id, "employer_name": "Bay Bakery", "started_on": days_ago(20), **values}
    return RecordJob(**told)


# --- which employer ---------------------------------------------------------------------------------------------


def test_two_employers_of_one_name_are_told_apart_by_their_town(
    desk_vault: OpenVault, client: Client
) -> None:
    barrow, kendal = an_employer(town="Barrow"), an_employer(town="Kendal")
    keep(desk_vault, barrow, kendal, an_employer(name="Bay Cars", town="Kendal"))
    assert ask(desk_vault, find_employers, "bay") == ("Bay Bakery, Barrow", "Bay Bakery, Kendal", "Bay Cars")
    assert refused(desk_vault, record_job, started(client)) == {"employer_name"}
    job_id, _ = do(desk_vault, record_job, started(client, employer_name="bay bakery, kendal"))
    assert found(desk_vault, Job, job_id).employer_id == kendal.id
    assert jobs(desk_vault, client)[0].employer_name == "Bay Bakery, Kendal"


def test_two_records_of_one_employer_that_nothing_tells_apart_count_as_the_older(
    desk_vault: OpenVault,
) -> None:
    first, second = an_employer(), an_employer()
    keep(desk_vault, first, second)
    meant = ask(desk_vault, chosen_employer, "Bay Bakery")
    assert meant is not None
    assert meant.id == min(first.id, second.id)
    assert ask(desk_vault, find_employers, "bay") == ("Bay Bakery",)


def test_an_employer_joined_with_another_leads_to_the_one_that_stays(
    desk_vault: OpenVault, client: Client
) -> None:
    stays = an_employer(name="Cumbrian Loaf")
    joined = an_employer(archived_at=ENTERED, joined_with_id=stays.id)
    earlier = an_employer(name="Old Bakery", archived_at=ENTERED, joined_with_id=joined.id)
    keep(desk_vault, stays, joined, earlier)
    assert ask(desk_vault, find_employers, "bay") == ("Cumbrian Loaf",)
    for name in ("Bay Bakery", "Old Bakery"):
        job_id, _ = do(desk_vault, record_job, started(client, employer_name=name))
        assert found(desk_vault, Job, job_id).employer_id == stays.id
    assert ask(desk_vault, employer_label, earlier.id) == "Cumbrian Loaf"


def test_an_employer_that_was_put_away_is_never_chosen(desk_vault: OpenVault, client: Client) -> None:
    away = an_employer(archived_at=ENTERED)
    circle = an_employer(name="Round Trip", archived_at=ENTERED)
    keep(desk_vault, away, circle)
    with unit_of_work(desk_vault, label="Joined in a circle") as work:
        work.session.get_one(Employer, circle.id).joined_with_id = circle.id
    assert ask(desk_vault, find_employers, "bay") == ()
    assert ask(desk_vault, find_employers, "round") == ()
    assert ask(desk_vault, employer_label, away.id) == ""
    job_id, _ = do(desk_vault, record_job, started(client, employer_town="Barrow", employer_size="micro"))
    made = found(desk_vault, Employer, found(desk_vault, Job, job_id).employer_id)
    assert made.id != away.id
    assert (made.name, made.town, made.size_band, made.sort) == (
        "Bay Bakery",
        "Barrow",
        "micro",
        "not_asked",
    )


def test_a_name_with_a_comma_that_nobody_has_is_a_new_employer(desk_vault: OpenVault) -> None:
    keep(desk_vault, an_employer(town="Barrow"))
    assert ask(desk_vault, chosen_employer, "Bay Bakery, Hull") is None
    assert ask(desk_vault, chosen_employer, "Bay Bakery, Barrow") is not None


# --- recorded and corrected -------------------------------------------------------------------------------------


def test_the_second_job_stands_beside_the_main_one_unless_it_is_the_main_one_now(
    desk_vault: OpenVault, client: Client
) -> None:
    first, _ = do(desk_vault, record_job, started(client))
    second, _ = do(desk_vault, record_job, started(client, employer_name="Fell Cafe"))
    assert [(one.id, one.is_main) for one in jobs(desk_vault, client)] == [(first, True), (second, False)]
    third, _ = do(desk_vault, record_job, started(client, employer_name="Port", is_main=True))
    assert [one.id for one in jobs(desk_vault, client) if one.is_main] == [third]
    ended = started(client, employer_name="Quay", started_on=days_ago(400))
    old, _ = do(desk_vault, record_job, ended)
    wish = CorrectJob(
        job_id=old,
        employer_name="Quay",
        started_on=days_ago(400),
        ended_on=days_ago(300),
        is_main=True,
        end_reason="health",
        end_note=" Too far ",
    )
    do(desk_vault, correct_job, wish)
    rows = jobs(desk_vault, client)
    assert {one.id for one in rows if one.is_main} == {third, old}  # they never went on together
    assert rows[-1].id == old
    assert (rows[-1].end_reason, rows[-1].end_note) == ("health", "Too far")


def test_a_job_is_corrected_with_its_first_hours_and_pay(
    desk_vault: OpenVault, client: Client, job: Job
) -> None:
    wish = CorrectJob(
        job_id=job.id,
        employer_name="Bay Bakery",
        started_on=days_ago(10),
        title="Baker",
        soc="5432",
        end_reason="health",
        end_note="Nothing has ended",
    )
    _, label = do(desk_vault, correct_job, wish)
    (row,) = jobs(desk_vault, client)
    assert (row.title, row.soc, row.started_on, row.terms[0].as_on) == (
        "Baker",
        "5432",
        days_ago(10),
        days_ago(10),
    )
    assert (row.employer_id, row.end_reason, row.end_note) == (job.employer_id, "not_asked", "")
    assert label == "Corrected a job of MO"
    do(desk_vault, correct_job, CorrectJob(job_id=job.id, employer_name="Fell Cafe", started_on=days_ago(10)))
    assert jobs(desk_vault, client)[0].employer == "Fell Cafe"


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"ended_on": days_ago(30)}, {"ended_on"}),
        ({"four_hours_on": TODAY + WEEK}, {"four_hours_on"}),
        ({"four_hours_on": days_ago(30), "soc": "baker"}, {"four_hours_on", "soc"}),
        ({"evidence_seen_on": TODAY + WEEK}, {"evidence_seen_on"}),
        ({"started_on": days_ago(2)}, {"started_on"}),
        ({"employer_name": " "}, {"employer_name"}),
    ],
)
def test_a_job_is_not_corrected_to_what_cannot_be(
    desk_vault: OpenVault, client: Client, job: Job, values: dict[str, Any], fields: set[str]
) -> None:
    keep(desk_vault, job_terms(job, as_on=days_ago(5)))
    told = {"job_id": job.id, "employer_name": "Bay Bakery", "started_on": job.started_on, **values}
    assert refused(desk_vault, correct_job, CorrectJob(**told)) == fields
    assert jobs(desk_vault, client)[0].started_on == job.started_on


def test_a_start_does_not_move_behind_weeks_that_are_written_down(
    desk_vault: OpenVault, client: Client, job: Job
) -> None:
    keep(
        desk_vault,
        WorkWeek(client_id=client.id, job_id=job.id, week_on=MONDAY - 2 * WEEK, paid_minutes=60),
    )
    wish = CorrectJob(job_id=job.id, employer_name="Bay Bakery", started_on=days_ago(7))
    assert refused(desk_vault, correct_job, wish) == {"started_on"}


# --- hours and pay ----------------------------------------------------------------------------------------------


def test_hours_and_pay_are_a_story_of_their_own(desk_vault: OpenVault, client: Client, job: Job) -> None:
    later = SaveTerms(
        job_id=job.id, as_on=TODAY + WEEK, usual_hours="24", hourly_pay="14", wants_more_hours="no"
    )
    terms_id, _ = do(desk_vault, save_terms, later)
    (row,) = jobs(desk_vault, client)
    assert [(one.as_on, one.is_in_force) for one in row.terms] == [
        (TODAY + WEEK, False),
        (job.started_on, True),
    ]
    assert row.hours_words == "20 hours a week"
    assert jobs(desk_vault, client, TODAY + WEEK)[0].hours_words == "24 hours a week"
    corrected = SaveTerms(job_id=job.id, terms_id=terms_id, as_on=TODAY + 2 * WEEK, usual_hours="25")
    assert do(desk_vault, save_terms, corrected)[1] == "Corrected hours or pay of MO"
    assert jobs(desk_vault, client)[0].terms[0].usual_hours == "25"
    assert do(desk_vault, take_out_terms, TakeOutTerms(terms_id=terms_id))[1].startswith("Took out")
    assert len(jobs(desk_vault, client)[0].terms) == 1
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, take_out_terms, TakeOutTerms(terms_id=terms_id))
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, save_terms, corrected)


def test_a_day_has_one_line_of_hours_and_pay(desk_vault: OpenVault, client: Client, job: Job) -> None:
    assert refused(desk_vault, save_terms, SaveTerms(job_id=job.id, as_on=job.started_on)) == {"as_on"}
    told = ChangeTerms(job_id=job.id, as_on=job.started_on, usual_hours="30", wants_more_hours="yes")
    do(desk_vault, change_terms, told)
    (line,) = jobs(desk_vault, client)[0].terms
    assert (line.usual_hours, line.wants_more_hours) == ("30", "yes")
    do(desk_vault, change_terms, ChangeTerms(job_id=job.id, as_on=days_ago(3), usual_hours="31"))
    assert len(jobs(desk_vault, client)[0].terms) == 2


def test_hours_and_pay_end_with_the_job(desk_vault: OpenVault, job: Job) -> None:
    with unit_of_work(desk_vault, label="Ended") as work:
        work.session.get_one(Job, job.id).ended_on = days_ago(3)
    assert refused(desk_vault, save_terms, SaveTerms(job_id=job.id, as_on=days_ago(2))) == {"as_on"}


# --- what follows from pay --------------------------------------------------------------------------------------

RATES = (
    RateOn("national_living_wage", dt.date(2025, 4, 1), dt.date(2026, 3, 31), 1221, "The law."),
    RateOn("national_living_wage", dt.date(2026, 4, 1), dt.date(2027, 3, 31), 1271),
    RateOn("real_living_wage", dt.date(2025, 10, 22), None, 1345, "The foundation."),
    RateOn("real_living_wage_london", dt.date(2025, 10, 22), None, 1480),
)
ADULT = Birth(dt.date(1990, 4, 9), dt.date(1990, 4, 9))
CHILD = Birth(dt.date(2009, 12, 1), dt.date(2009, 12, 1))


def facts(**values: Any) -> dict[str, tuple[str, str]]:
    told = {
        "on": TODAY,
        "hourly_pence": 1300,
        "usual_minutes": None,
        "guaranteed_minutes": None,
        "wants_more_hours": "not_asked",
        "birth": ADULT,
        "employment_type": "employee",
        "started_on": days_ago(20),
        **values,
    }
    return {fact.about: (fact.stands, fact.words) for fact in pay_facts(PayTold(**told), RATES)}


@pytest.mark.parametrize(
    ("values", "about", "stands", "words"),
    [
        (
            {},
            "minimum",
            "good",
            "£13.00 an hour meets the legal minimum of £12.71 for this age on 5 Oct 2026.",
        ),
        ({"hourly_pence": 1270}, "minimum", "below", "Acas"),
        ({"hourly_pence": 1270}, "minimum", "below", "apprentice rate"),
        ({"on": dt.date(2027, 4, 1)}, "minimum", "unknown", "no rate for that day"),
        ({"birth": NOT_KNOWN}, "minimum", "unknown", "no date of birth"),
        ({"employment_type": "self_employed"}, "minimum", "unknown", "does not apply"),
        ({}, "living_wage", "look", "£0.45 below the real Living Wage of £13.45 (from 22 Oct 2025)"),
        ({"hourly_pence": 1345}, "living_wage", "good", "reaches the real Living Wage of £13.45"),
        ({"in_london": True}, "living_wage", "look", "£1.80 below the real Living Wage in London of £14.80"),
        ({"on": dt.date(2026, 10, 22)}, "living_wage", "look", "a newer rate may have been announced"),
        ({"on": dt.date(2025, 10, 1)}, "living_wage", "unknown", "no rate for that day"),
        (
            {"usual_minutes": 1440, "guaranteed_minutes": 960},
            "guaranteed",
            "look",
            "16 of 24 usual hours are guaranteed: 8 hours a week are not.",
        ),
        (
            {"usual_minutes": 1440, "guaranteed_minutes": 0},
            "guaranteed",
            "look",
            "None of the 24 usual hours a week are guaranteed.",
        ),
        ({"usual_minutes": 60, "guaranteed_minutes": 60}, "guaranteed", "good", "All the usual hours"),
        ({"wants_more_hours": "yes"}, "more_hours", "look", "Wants more hours"),
        ({"wants_more_hours": "no"}, "more_hours", "good", "Has as many hours as wanted."),
    ],
)
def test_what_follows_from_pay_is_said_with_its_rate(
    values: dict[str, Any], about: str, stands: str, words: str
) -> None:
    assert facts(**values)[about][0] == stands
    assert words in facts(**values)[about][1]


def test_nothing_is_said_of_what_is_not_known() -> None:
    assert facts(hourly_pence=None) == {}
    assert set(facts(birth=CHILD, usual_minutes=600)) == {"minimum"}


def test_a_rate_is_named_with_its_source() -> None:
    told = PayTold(
        on=dt.date(2026, 1, 5),
        hourly_pence=1300,
        usual_minutes=None,
        guaranteed_minutes=None,
        wants_more_hours="not_asked",
        birth=ADULT,
        employment_type="employee",
        started_on=TODAY,
    )
    assert [fact.source for fact in pay_facts(told, RATES)] == [
        "The law; in force from 1 Apr 2025.",
        "The foundation; in force from 22 Oct 2025.",
    ]


def test_pay_that_was_lawful_is_looked_at_again_when_the_rate_has_risen(
    desk_vault: OpenVault, client: Client
) -> None:
    employer = an_employer(town="London")
    job = a_job(client, employer, started_on=dt.date(2026, 1, 12))
    keep(desk_vault, employer, job, job_terms(job, hourly_pence=1230))
    (row,) = jobs(desk_vault, client)
    assert "below the legal minimum of £12.71" in row.below_minimum
    assert [one.stands for one in row.terms[0].facts] == ["good", "look"]
    assert "in London" in row.facts[1].words
    (before,) = jobs(desk_vault, client, dt.date(2026, 3, 31))
    assert before.below_minimum == ""


# --- rates ------------------------------------------------------------------------------------------------------


def a_rate(**values: Any) -> SaveRate:
    told = {
        "name": "real_living_wage",
        "valid_from": dt.date(2026, 10, 20),
        "pay": "£14.00",
        "source_note": "Living Wage Foundation",
        **values,
    }
    return SaveRate(**told)


def test_a_new_rate_ends_the_one_before_it(desk_vault: OpenVault) -> None:
    _, label = do(desk_vault, save_rate, a_rate())
    rows = [one for one in ask(desk_vault, list_rates, TODAY) if one.name == "real_living_wage"]
    assert [(one.valid_from, one.valid_to, one.pay) for one in rows[:2]] == [
        (dt.date(2026, 10, 20), None, "£14.00"),
        (dt.date(2025, 10, 22), dt.date(2026, 10, 19), "£13.45"),
    ]
    assert [one.is_in_force for one in rows] == [False, True, False]
    assert (rows[0].title, label) == (
        "Real Living Wage, UK",
        "Changed a rate of pay: Real Living Wage, UK",
    )
    do(desk_vault, save_rate, a_rate(rate_id=rows[0].id, pay="14.05", valid_to=dt.date(2027, 10, 1)))
    assert found(desk_vault, Rate, rows[0].id).pence == 1405
    do(desk_vault, take_out_rate, TakeOutRate(rate_id=rows[0].id))
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, take_out_rate, TakeOutRate(rate_id=rows[0].id))
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, save_rate, a_rate(rate_id=rows[0].id))
    do(desk_vault, save_rate, a_rate(pay="14.10"))
    assert found(desk_vault, Rate, rows[0].id).pence == 1410


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"pay": ""}, {"pay"}),
        ({"source_note": " "}, {"source_note"}),
        ({"name": "own_rate"}, {"name"}),
        ({"valid_to": dt.date(2026, 1, 1)}, {"valid_to"}),
        ({"valid_from": dt.date(2025, 10, 22)}, {"valid_from"}),
    ],
)
def test_a_rate_that_cannot_be_is_refused(
    desk_vault: OpenVault, values: dict[str, Any], fields: set[str]
) -> None:
    assert refused(desk_vault, save_rate, a_rate(**values)) == fields


def test_a_rate_of_another_kind_stands_last(desk_vault: OpenVault) -> None:
    keep(desk_vault, Rate(name="own_rate", valid_from=TODAY, pence=1500))
    assert ask(desk_vault, list_rates, TODAY)[-1].title == "own_rate"


# --- evidence ---------------------------------------------------------------------------------------------------


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


# --- weeks ------------------------------------------------------------------------------------------------------


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
