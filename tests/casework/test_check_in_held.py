"""What was said at a check-in is one action: the check-in, new hours and pay, answers, a next step, an end."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.check_ins import CheckInAnswers
from coachdesk.casework.contacts import RecordContact, record_contact
from coachdesk.casework.work import RecordJob, record_job
from coachdesk.errors import Refusal
from coachdesk.models import Action, CheckIn, Client, Contact, Job, JobTerms, Reading
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.work import unit_of_work
from tests.makers import a_client, ask, days_ago, do, found, keep
from tests.vault_fixtures import TODAY


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client()
    keep(desk_vault, made)
    return made


@pytest.fixture
def job(desk_vault: OpenVault, client: Client) -> Job:
    wish = RecordJob(
        client_id=client.id,
        employer_name="Bay Bakery",
        started_on=days_ago(21),
        usual_hours="16.33",
        hourly_pay="12.71",
    )
    job_id, _ = do(desk_vault, record_job, wish)
    return found(desk_vault, Job, job_id)


def hold(vault: OpenVault, client: Client, job: Job, **told: Any) -> None:
    contact = {
        key: told.pop(key) for key in ("did_not_attend", "next_step", "next_on", "channel") if key in told
    }
    answers = CheckInAnswers(job_id=job.id, due_on=TODAY, **told)
    wish = RecordContact(client_id=client.id, happened_on=TODAY, check_in=answers, **contact)
    do(vault, record_contact, wish)


def all_of(vault: OpenVault, kind: type) -> list[Any]:
    return ask(vault, lambda s, _: list(s.scalars(select(kind).order_by(kind.id))))  # type: ignore[attr-defined]  # a record


def take_back(vault: OpenVault) -> None:
    def back(session: Session, _: None) -> None:
        step = last_unit(session, vault.person)
        assert step is not None
        undo(session, step.unit)

    do(vault, back, None)


def test_new_hours_become_terms_and_the_pay_goes_on(desk_vault: OpenVault, client: Client, job: Job) -> None:
    hold(desk_vault, client, job, hours_changed="yes", usual_hours="20")
    first, second = all_of(desk_vault, JobTerms)
    assert (first.usual_minutes, first.hourly_pence) == (980, 1271)
    assert (second.as_on, second.usual_minutes, second.hourly_pence) == (TODAY, 1200, 1271)
    hold(desk_vault, client, job, pay_changed="yes", hourly_pay="£13", terms_on=days_ago(7))
    third = all_of(desk_vault, JobTerms)[-1]
    assert (third.as_on, third.usual_minutes, third.hourly_pence) == (days_ago(7), 980, 1300)


def test_terms_of_a_job_without_any_begin_with_what_was_said(
    desk_vault: OpenVault, client: Client, job: Job
) -> None:
    hold(desk_vault, client, job, hourly_pay="13", terms_on=job.started_on)
    assert all_of(desk_vault, JobTerms)[-1].usual_minutes == 980
    with unit_of_work(desk_vault, label="Took the terms out") as work:
        for terms in work.session.scalars(select(JobTerms)):
            work.session.delete(terms)
    hold(desk_vault, client, job, usual_hours="8")
    (only,) = all_of(desk_vault, JobTerms)
    assert (only.usual_minutes, only.hourly_pence) == (480, None)


def test_everything_said_is_kept_in_one_action_and_taken_back_by_one_undo(
    desk_vault: OpenVault, client: Client, job: Job
) -> None:
    areas = {"workload": "hard", "support": "good", "change": "prefers_not_to_say"}
    hold(
        desk_vault,
        client,
        job,
        still_there="yes",
        usual_hours="12",
        areas=areas,
        risk_of_leaving=7,
        measures={"ons4.happy": 4, "ons4.anxious": "not_known"},
        channel="phone",
        next_step="Ring the foreman",
        next_on=days_ago(-3),
    )
    (held,) = all_of(desk_vault, CheckIn)
    assert (held.areas, held.risk_of_leaving) == (areas, 7)
    (reading,) = all_of(desk_vault, Reading)
    assert (reading.items, reading.setting, reading.taken_on) == (
        {"happy": 4, "anxious": "not_known"},
        "telephone",
        TODAY,
    )
    (action,) = all_of(desk_vault, Action)
    assert (action.what, action.due_on) == ("Ring the foreman", days_ago(-3))
    take_back(desk_vault)
    assert [len(all_of(desk_vault, kind)) for kind in (CheckIn, Reading, Action, Contact, JobTerms)] == [
        *(0, 0, 0, 0),
        1,
    ]


def test_a_check_in_nobody_came_to_was_not_held(desk_vault: OpenVault, client: Client, job: Job) -> None:
    hold(desk_vault, client, job, did_not_attend=True, still_there="yes")
    assert all_of(desk_vault, CheckIn) == []
    assert [one.did_not_attend for one in all_of(desk_vault, Contact)] == [True]


def test_a_job_that_is_over_ends_with_the_check_in(desk_vault: OpenVault, client: Client, job: Job) -> None:
    hold(desk_vault, client, job, still_there="no", ended_on=days_ago(2), end_reason="health")
    ended = found(desk_vault, Job, job.id)
    assert (ended.ended_on, ended.end_reason) == (days_ago(2), "health")


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"usual_hours": "a lot"}, "usual_hours"),
        ({"hourly_pay": "much"}, "hourly_pay"),
        ({"hourly_pay": "13", "terms_on": days_ago(40)}, "as_on"),
        ({"areas": {"weather": "good"}}, "weather"),
        ({"areas": {"role": "splendid"}}, "role"),
        ({"measures": {"ons4.happy": 11}}, "ons4.happy"),
        ({"still_there": "no", "ended_on": days_ago(-1)}, "ended_on"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_kept(
    desk_vault: OpenVault, client: Client, job: Job, told: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        hold(desk_vault, client, job, **told)
    assert set(refused.value.fields) == {field}
    assert all_of(desk_vault, Contact) == []
    assert len(all_of(desk_vault, JobTerms)) == 1
