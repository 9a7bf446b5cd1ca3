"""The good-work check: what is asked, what was answered, when it is due, and that pay alerts reach no return."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

import coachdesk
from coachdesk.casework.due_call import DueAtWork
from coachdesk.casework.good_work import SaveGoodWork, read_good_work, save_good_work
from coachdesk.casework.good_work_due import good_work_due, next_check
from coachdesk.casework.job_evidence import JobQuestion
from coachdesk.errors import Refusal
from coachdesk.models import Client, Code, Job, Programme
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.makers import (
    a_client,
    a_good_work_check,
    a_job,
    an_employer,
    an_enrolment,
    ask,
    days_ago,
    do,
    keep,
    programme_id,
)
from tests.vault_fixtures import TODAY

LAST = TODAY + dt.timedelta(days=7)


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client()
    keep(desk_vault, made)
    return made


@pytest.fixture
def job(desk_vault: OpenVault, client: Client) -> Job:
    enrolment = an_enrolment(client, ask(desk_vault, lambda s, _: programme_id(s)))
    employer = an_employer()
    made = a_job(client, employer, started_on=days_ago(25), enrolment_id=enrolment.id)
    keep(desk_vault, enrolment, employer, made)
    return made


def due(vault: OpenVault, whose: Any = None) -> list[DueAtWork]:
    def found(session: Session, _: None) -> list[DueAtWork]:
        return list(good_work_due(session, TODAY, LAST, whose))

    return ask(vault, found)


def test_the_short_check_asks_one_question_a_dimension_and_progression(
    desk_vault: OpenVault, job: Job
) -> None:
    page = ask(desk_vault, read_good_work, JobQuestion(job_id=job.id, today=TODAY))
    short = [one for one in page.questions if one.is_short]
    assert len(short) == 8
    assert len({one.dimension for one in short if one.key != "progression"}) == 7
    assert page.questions[:8] == tuple(short)
    assert len(page.questions) == 19
    assert page.checks == ()


def test_a_question_that_was_retired_is_asked_no_more(desk_vault: OpenVault, job: Job) -> None:
    with unit_of_work(desk_vault, label="Retired") as work:
        for code in work.session.query(Code).filter(Code.key == "union"):
            code.valid_to = TODAY
    page = ask(desk_vault, read_good_work, JobQuestion(job_id=job.id, today=TODAY))
    assert "union" not in {one.key for one in page.questions}


def test_checks_stand_side_by_side_and_never_as_one_grade(
    desk_vault: OpenVault, client: Client, job: Job
) -> None:
    first = {"mind": "no", "safe": "yes", "progression": "partly", "union": "prefers_not_to_say"}
    keep(desk_vault, a_good_work_check(job, done_on=days_ago(20), answers=first))
    now = SaveGoodWork(job_id=job.id, done_on=TODAY, answers={"mind": "yes"}, note=" Later starts ")
    do(desk_vault, save_good_work, now)
    page = ask(desk_vault, read_good_work, JobQuestion(job_id=job.id, today=TODAY))
    latest, before = page.checks
    assert (latest.done_on, latest.done_by, latest.note) == (TODAY, "Ruth Ellison", "Later starts")
    assert (before.done_by, before.progression, latest.progression) == ("", 0.5, None)
    assert len(latest.shares) == 7
    assert dict(latest.shares)["Health, safety and wellbeing"] == 1.0
    assert dict(before.shares)["Health, safety and wellbeing"] == 0.5
    assert dict(before.shares)["Voice"] is None


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"answers": {}}, set()),
        ({"answers": {"mind": "perhaps"}}, set()),
        ({"done_on": days_ago(26)}, {"done_on"}),
        ({"done_on": TODAY + dt.timedelta(days=1)}, {"done_on"}),
    ],
)
def test_a_check_that_cannot_be_is_refused(
    desk_vault: OpenVault, job: Job, values: dict[str, Any], fields: set[str]
) -> None:
    told = {"job_id": job.id, "done_on": TODAY, "answers": {"mind": "yes"}, **values}
    with pytest.raises(Refusal) as refused:
        do(desk_vault, save_good_work, SaveGoodWork(**told))
    assert set(refused.value.fields) == fields


def test_the_first_check_is_due_four_weeks_after_the_start(desk_vault: OpenVault, job: Job) -> None:
    (call,) = due(desk_vault)
    assert (call.kind, call.due.on) == ("good_work", job.started_on + dt.timedelta(days=28))
    assert call.due.what == "Good-work check: how good is the job at Bay Bakery?"
    assert call.due.origin == "CoachDesk default"
    assert due(desk_vault, [a_client().id]) == []
    keep(desk_vault, a_good_work_check(job, done_on=days_ago(1)))
    assert due(desk_vault) == []


def test_nothing_is_due_after_the_job_or_without_a_programme(
    desk_vault: OpenVault, client: Client, job: Job
) -> None:
    employer = an_employer(name="Fell Cafe")
    keep(desk_vault, employer, a_job(client, employer, started_on=days_ago(28)))
    assert len(due(desk_vault)) == 1
    with unit_of_work(desk_vault, label="Ended") as work:
        work.session.get_one(Job, job.id).ended_on = days_ago(1)
    assert due(desk_vault) == []


@pytest.mark.parametrize("told", [{}, {"due": "soon"}, {"due": {"milestone_days": [91]}}])
def test_a_programme_that_asks_for_no_check_gets_none(
    desk_vault: OpenVault, job: Job, told: dict[str, Any]
) -> None:
    del job
    with unit_of_work(desk_vault, label="Changed") as work:
        for programme in work.session.query(Programme):
            programme.definition = told
    assert due(desk_vault) == []


@pytest.mark.parametrize(
    ("started", "answered", "expected"),
    [
        (20, None, 8),  # the first is still to come
        (40, None, -12),
        (95, None, -4),  # the milestone: the first is not asked for beside it
        (95, 10, 87),  # answered a few days before its day
        (95, 60, -4),
        (86, None, 5),
        (28 + 57, None, 6),  # more than eight weeks late: the next one
        (182 + 57, None, None),
    ],
)
def test_one_check_is_asked_for_at_a_time(started: int, answered: int | None, expected: int | None) -> None:
    on = next_check(days_ago(started), (28, 91, 182), None if answered is None else days_ago(answered), TODAY)
    assert (None if on is None else (on - TODAY).days) == expected


def test_an_alert_about_pay_is_known_to_no_return_file_or_paper() -> None:
    rooms = (Path(coachdesk.__file__).parent / name for name in ("returns", "exchange", "papers"))
    told = [path for room in rooms for path in sorted(room.rglob("*.py"))]
    assert len(told) > 20
    for path in told:
        text = path.read_text(encoding="utf-8")
        assert "pay_facts" not in text, path.name
        assert "below_minimum" not in text, path.name
