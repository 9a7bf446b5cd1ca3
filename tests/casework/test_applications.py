"""A client's way to a job: a lead, one step after the other, interviews, an end with its reason, and the job."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework.applications import (
    ApplicationRow,
    LinkJob,
    MakeLead,
    MoveOn,
    SaveApplication,
    link_job,
    list_applications,
    make_lead,
    move_on,
    save_application,
)
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.codes import RetireCode, SetCode, retire_code, set_code
from coachdesk.casework.disclosure_decisions import DecideDisclosure, decide_disclosure
from coachdesk.casework.interviews import SaveInterview, clock_time, save_interview
from coachdesk.casework.today import TodayQuestion, read_today
from coachdesk.casework.vacancies import SaveVacancy, save_vacancy
from coachdesk.errors import Refusal
from coachdesk.models import Application, Client, Interview, Vacancy
from coachdesk.models.base import new_id
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.makers import (
    a_client,
    a_job,
    an_employer,
    an_enrolment,
    ask,
    days_ago,
    do,
    found,
    keep,
    programme_id,
)
from tests.vault_fixtures import TODAY


def in_days(days: int) -> dt.date:
    return TODAY + dt.timedelta(days=days)


@pytest.fixture
def maya(desk_vault: OpenVault) -> Client:
    client = a_client(coach_id=desk_vault.coach_id)
    keep(desk_vault, client)
    with reading(desk_vault) as session:
        programme = programme_id(session)
    keep(desk_vault, an_enrolment(client, programme))
    return client


def rows(vault: OpenVault, client: Client) -> tuple[ApplicationRow, ...]:
    return ask(vault, list_applications, ClientQuestion(client_id=client.id, today=TODAY))


def applied(vault: OpenVault, client: Client, title: str = "Baker", **values: Any) -> UUID:
    told = {"employer_name": "Bay Bakery", "found_on": days_ago(10), **values}
    return do(vault, save_application, SaveApplication(client_id=client.id, title=title, **told))[0]


def to(vault: OpenVault, application: UUID, stage: str, **values: Any) -> str:
    wish = MoveOn(application_id=application, stage=stage, **{"on": TODAY, **values})
    return do(vault, move_on, wish)[1]


def due_lines(vault: OpenVault) -> list[tuple[str, str]]:
    answer = ask(vault, read_today, TodayQuestion(today=TODAY, coach_id=vault.coach_id, days=7))
    return [(item.kind, item.what) for part in (answer.overdue, answer.today, answer.coming) for item in part]


def test_a_way_from_a_lead_to_the_job(desk_vault: OpenVault, maya: Client) -> None:
    application = applied(desk_vault, maya)
    row = rows(desk_vault, maya)[0]
    assert (row.called, row.stage_words, row.applied_on, row.is_open) == (
        "Baker at Bay Bakery",
        "Lead",
        None,
        True,
    )
    assert found(desk_vault, Application, application).enrolment_id is not None
    steps = []
    while row.next_stage is not None:
        assert to(desk_vault, application, row.next_stage.key) == "An application of MO moved on"
        row = rows(desk_vault, maya)[0]
        steps.append(row.stage_words)
    assert steps == ["Applied", "Interview", "Offer", "Accepted"]
    assert (row.applied_on, row.ended_on, row.wants_job) == (TODAY, TODAY, True)
    job = a_job(maya, an_employer())
    keep(desk_vault, an_employer(id=job.employer_id), job)
    do(desk_vault, link_job, LinkJob(application_id=application, job_id=job.id))
    row = rows(desk_vault, maya)[0]
    assert (row.wants_job, row.job_id) == (False, job.id)


def test_a_job_recorded_early_accepts_the_application(desk_vault: OpenVault, maya: Client) -> None:
    application = applied(desk_vault, maya)
    employer, other = an_employer(), a_client()
    keep(desk_vault, employer, other)
    job, somebody_elses = a_job(maya, employer), a_job(other, employer)
    keep(desk_vault, job, somebody_elses)
    for wrong in (somebody_elses.id, new_id()):
        with pytest.raises(Refusal, match="not there any more"):
            do(desk_vault, link_job, LinkJob(application_id=application, job_id=wrong))
    do(desk_vault, link_job, LinkJob(application_id=application, job_id=job.id))
    assert (rows(desk_vault, maya)[0].stage, rows(desk_vault, maya)[0].ended_on) == ("accepted", TODAY)


def test_an_end_has_a_reason_and_can_be_taken_back(desk_vault: OpenVault, maya: Client) -> None:
    application = applied(desk_vault, maya, next_on=in_days(2), next_step="Ring them")
    kept = do(desk_vault, save_interview, SaveInterview(application_id=application, happens_on=in_days(1)))[0]
    to(desk_vault, application, "withdrawn", end_reason=" Too far by bus ")
    row = rows(desk_vault, maya)[0]
    assert (row.end_reason, row.ended_on, row.next_on, row.next_step, row.next_stage) == (
        "Too far by bus", TODAY, None, "", None,
    )  # fmt: skip
    assert found(desk_vault, Interview, kept).cancelled_on == TODAY
    to(desk_vault, application, "offer")
    row = rows(desk_vault, maya)[0]
    assert (row.end_reason, row.ended_on, row.stage) == ("", None, "offer")


def test_the_order_what_waits_for_a_job_then_the_furthest_then_the_ended(
    desk_vault: OpenVault, maya: Client
) -> None:
    made = {title: applied(desk_vault, maya, title) for title in ("Lead", "Offer", "Done", "Gone", "Earlier")}
    to(desk_vault, made["Offer"], "offer")
    to(desk_vault, made["Done"], "accepted")
    to(desk_vault, made["Gone"], "not_taken")
    to(desk_vault, made["Earlier"], "not_taken", on=days_ago(3))
    assert [row.title for row in rows(desk_vault, maya)] == ["Done", "Offer", "Lead", "Gone", "Earlier"]


def test_stages_are_an_editable_list(desk_vault: OpenVault, maya: Client) -> None:
    application = applied(desk_vault, maya)
    do(desk_vault, set_code, SetCode(list_name="application_stage", key="second", title="Second interview"))
    to(desk_vault, application, "second")
    assert rows(desk_vault, maya)[0].stage_words == "Second interview"
    assert rows(desk_vault, maya)[0].next_stage is None
    do(desk_vault, retire_code, RetireCode(list_name="application_stage", key="second", on=days_ago(1)))
    assert rows(desk_vault, maya)[0].stage_words == "Second interview"
    step = rows(desk_vault, maya)[0].next_stage
    assert step is not None
    assert step.key == "lead"
    with pytest.raises(Refusal, match="one of the stages"):
        to(desk_vault, application, "second")


def test_a_vacancy_is_a_lead_in_one_act(desk_vault: OpenVault, maya: Client) -> None:
    told = SaveVacancy(
        employer_name="Bay Bakery", title="Baker", found_on=TODAY, closes_on=in_days(3), contract="permanent"
    )
    vacancy = do(desk_vault, save_vacancy, told)[0]
    made = do(desk_vault, make_lead, MakeLead(client_id=maya.id, vacancy_id=vacancy))
    assert made[1] == "Made a vacancy a lead of MO"
    (row,) = rows(desk_vault, maya)
    assert (row.title, row.employer, row.next_on, row.contract) == (
        "Baker",
        "Bay Bakery",
        in_days(3),
        "permanent",
    )
    with pytest.raises(Refusal, match="already"):
        do(desk_vault, make_lead, MakeLead(client_id=maya.id, vacancy_id=vacancy))
    to(desk_vault, row.id, "withdrawn")
    open_ended = do(desk_vault, save_vacancy, SaveVacancy(employer_name="B", title="C", found_on=TODAY))[0]
    for one in (vacancy, open_ended):
        do(desk_vault, make_lead, MakeLead(client_id=maya.id, vacancy_id=one))
    assert [one.next_step for one in rows(desk_vault, maya)] == ["Apply before it closes", "", ""]
    keep_away = found(desk_vault, Vacancy, vacancy)
    assert keep_away.title == "Baker"
    with pytest.raises(Refusal, match="vacancy is not there"):
        do(desk_vault, make_lead, MakeLead(client_id=maya.id, vacancy_id=new_id()))
    with pytest.raises(Refusal, match="client is not there"):
        do(desk_vault, make_lead, MakeLead(client_id=new_id(), vacancy_id=vacancy))


def test_an_application_is_changed(desk_vault: OpenVault, maya: Client) -> None:
    application = applied(desk_vault, maya, stage="applied")
    assert rows(desk_vault, maya)[0].applied_on == days_ago(10)
    assert applied(desk_vault, maya, stage="applied", applied_on=days_ago(2)) is not None
    wish = SaveApplication(
        client_id=maya.id, application_id=application, employer_name="Bay Bakery", title="Night baker",
        found_on=days_ago(12), next_on=TODAY, next_step="Send the form", disclosed="no", note="Asked for Pat",
    )  # fmt: skip
    assert do(desk_vault, save_application, wish)[1] == "Changed an application of MO"
    row = next(one for one in rows(desk_vault, maya) if one.id == application)
    assert (row.title, row.next_step, row.disclosed, row.applied_on) == (
        "Night baker", "Send the form", "no", days_ago(10),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"employer_name": ""}, "employer_name"),
        ({"applied_on": days_ago(11)}, "applied_on"),
        ({"stage": "accepted"}, "stage"),
    ],
)
def test_what_does_not_fit_is_refused(
    desk_vault: OpenVault, maya: Client, values: dict[str, Any], name: str
) -> None:
    with pytest.raises(Refusal) as refused:
        applied(desk_vault, maya, **values)
    assert set(refused.value.fields) == {name}
    assert rows(desk_vault, maya) == ()


def test_days_fit_each_other(desk_vault: OpenVault, maya: Client) -> None:
    application = applied(desk_vault, maya)
    for on in (days_ago(11), in_days(1)):
        with pytest.raises(Refusal, match="Choose a day"):
            to(desk_vault, application, "applied", on=on)
    to(desk_vault, application, "not_taken", on=days_ago(5))
    with pytest.raises(Refusal, match="ends after it began"):
        applied(desk_vault, maya, application_id=application, found_on=days_ago(2))
    with pytest.raises(Refusal, match="not there any more"):
        to(desk_vault, new_id(), "applied")


def test_an_interview_is_written_down_changed_and_cancelled(desk_vault: OpenVault, maya: Client) -> None:
    application = applied(desk_vault, maya)
    told = SaveInterview(
        application_id=application, happens_on=in_days(2), at_time="9.30", sort="visit", place="The mill",
        with_whom="Pat", support="The questions beforehand",
    )  # fmt: skip
    interview = do(desk_vault, save_interview, told)[0]
    (row,) = rows(desk_vault, maya)
    assert row.stage == "interview"
    assert (row.interviews[0].at_time, row.interviews[0].support) == ("09:30", "The questions beforehand")
    change = SaveInterview(
        application_id=application, interview_id=interview, happens_on=days_ago(1), how_it_went="Well"
    )
    assert do(desk_vault, save_interview, change)[1] == "Changed an interview of MO"
    off = SaveInterview(
        application_id=application, interview_id=interview, happens_on=in_days(2), cancelled=True
    )
    do(desk_vault, save_interview, off)
    do(desk_vault, save_interview, off)
    assert found(desk_vault, Interview, interview).cancelled_on == TODAY
    to(desk_vault, application, "offer")
    do(desk_vault, save_interview, SaveInterview(application_id=application, happens_on=in_days(3)))
    assert rows(desk_vault, maya)[0].stage == "offer"


def test_an_interview_that_cannot_be_is_refused(desk_vault: OpenVault, maya: Client) -> None:
    application = applied(desk_vault, maya)
    wrong: tuple[tuple[dict[str, Any], str], ...] = (
        ({"how_it_went": "Well"}, "still to come"),
        ({"at_time": "soon"}, "Type a time"),
        ({"interview_id": new_id()}, "interview is not there"),
        ({"application_id": new_id()}, "application is not there"),
    )
    for values, sentence in wrong:
        wish = SaveInterview(**{"application_id": application, "happens_on": in_days(1), **values})
        with pytest.raises(Refusal, match=sentence):
            do(desk_vault, save_interview, wish)
    for typed in ("25:00", "13 pm", "0 am"):
        with pytest.raises(Refusal, match="Type a time"):
            clock_time(typed)
    assert (clock_time("12 am"), clock_time("12pm"), clock_time("7")) == ("00:00", "12:00", "07:00")


def test_today_names_the_next_step(desk_vault: OpenVault, maya: Client) -> None:
    application = applied(desk_vault, maya, next_on=in_days(2), next_step="Send the form")
    assert due_lines(desk_vault) == [("application", "Send the form: Bay Bakery")]
    applied(desk_vault, maya, application_id=application, next_on=days_ago(57))
    assert due_lines(desk_vault) == []
    applied(desk_vault, maya, application_id=application, next_on=days_ago(3))
    assert due_lines(desk_vault) == [("application", "Next step: Bay Bakery")]
    to(desk_vault, application, "not_taken")
    assert due_lines(desk_vault) == []


def test_today_names_interviews_before_and_after(desk_vault: OpenVault, maya: Client) -> None:
    application = applied(desk_vault, maya)
    told = SaveInterview(application_id=application, happens_on=TODAY, at_time="9:30")
    interview = do(desk_vault, save_interview, told)[0]
    assert due_lines(desk_vault) == [("interview", "Interview at Bay Bakery, 09:30")]
    past = SaveInterview(application_id=application, interview_id=interview, happens_on=days_ago(2))
    do(desk_vault, save_interview, past)
    assert due_lines(desk_vault) == [("interview", "Ask how it went at Bay Bakery")]
    told_us = SaveInterview(
        application_id=application, interview_id=interview, happens_on=days_ago(2), how_it_went="Well"
    )
    do(desk_vault, save_interview, told_us)
    assert due_lines(desk_vault) == []
    off = SaveInterview(application_id=application, happens_on=in_days(1), cancelled=True)
    do(desk_vault, save_interview, off)
    assert due_lines(desk_vault) == []


def test_what_an_employer_is_told_stands_with_the_application(desk_vault: OpenVault, maya: Client) -> None:
    applied(desk_vault, maya)
    assert rows(desk_vault, maya)[0].disclosure is None
    told = DecideDisclosure(
        client_id=maya.id, employer_name="Bay Bakery", decision="nothing", decided_on=TODAY
    )
    do(desk_vault, decide_disclosure, told)
    decision = rows(desk_vault, maya)[0].disclosure
    assert decision is not None
    assert decision.line == "Tell them nothing."
