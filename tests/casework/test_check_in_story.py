"""The story of a client's check-ins: what comes next in each job, what was said, and how it went over time."""

import datetime as dt

import pytest

from coachdesk.casework.check_in_moves import MoveCheckIn, move_check_in
from coachdesk.casework.check_in_story import CheckInStory, JobCheckIns, read_check_ins
from coachdesk.casework.clients import ClientQuestion
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, Employer
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.makers import (
    ENTERED,
    a_check_in,
    a_client,
    a_coach,
    a_job,
    a_reading,
    an_employer,
    an_enrolment,
    ask,
    days_ago,
    do,
    job_terms,
    keep,
    programme_id,
)
from tests.vault_fixtures import TODAY


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client()
    keep(desk_vault, made)
    keep(desk_vault, an_enrolment(made, ask(desk_vault, lambda s, _: programme_id(s))))
    return made


@pytest.fixture
def employer(desk_vault: OpenVault) -> Employer:
    made = an_employer()
    keep(desk_vault, made)
    return made


def story_of(vault: OpenVault, client: Client, today: dt.date = TODAY) -> CheckInStory:
    return ask(vault, read_check_ins, ClientQuestion(client_id=client.id, today=today))


def only_job(vault: OpenVault, client: Client) -> JobCheckIns:
    (job,) = story_of(vault, client).jobs
    return job


def test_the_next_of_a_running_job_can_be_recorded_as_from_today(
    desk_vault: OpenVault, client: Client, employer: Employer
) -> None:
    job = a_job(client, employer, started_on=days_ago(13), title="Baker")
    keep(desk_vault, job)
    told = only_job(desk_vault, client)
    assert (told.called, told.is_running, told.held, told.trends) == ("Baker at Bay Bakery", True, (), ())
    assert told.next is not None
    assert (told.next.due.ref.kind, told.next.due.ref.record_id, told.next.due.ref.due_on) == (
        "check_in",
        job.id,
        days_ago(6),
    )
    assert (told.next.due.client_id, told.next.words, told.next.due.words) == (
        client.id,
        "Week 1, Tue 29 Sep",
        "6 days late",
    )
    assert (told.next.moved_words, told.next.proposed_on) == ("", None)


def test_moved_and_left_out_say_why(desk_vault: OpenVault, client: Client, employer: Employer) -> None:
    job = a_job(client, employer, started_on=days_ago(5))
    keep(desk_vault, job)
    week = dt.timedelta(days=7)
    for due_on, moved_to, note in (
        (job.started_on + week, None, "On leave"),
        (job.started_on + 2 * week, dt.date(2026, 10, 17), ""),
    ):
        wish = MoveCheckIn(
            job_id=job.id, due_on=due_on, moved_to=moved_to, reason="client_holiday", note=note
        )
        do(desk_vault, move_check_in, wish)
    told = only_job(desk_vault, client)
    assert [one.words for one in told.left_out] == [
        "Week 1, Wed 7 Oct, left out: The client is on holiday. On leave"
    ]
    assert told.next is not None
    assert told.next.words == "Week 2, Sat 17 Oct"
    assert told.next.moved_words == "Moved from Wed 14 Oct: The client is on holiday"
    assert (told.next.rhythm_on, told.next.proposed_on, told.next.why) == (
        dt.date(2026, 10, 14),
        dt.date(2026, 10, 19),
        "Saturday",
    )


def test_what_was_said_is_told_newest_first_and_what_was_not_asked_is_not(
    desk_vault: OpenVault, client: Client, employer: Employer
) -> None:
    job = a_job(client, employer, started_on=days_ago(28))
    keep(
        desk_vault,
        job,
        a_check_in(job, still_there="yes", risk_of_leaving=2),
        a_check_in(
            job,
            due_on=days_ago(14),
            channel="phone",
            still_there="not_known",
            manager_talk="no",
            risk_of_leaving=6,
            areas={"support": "hard", "workload": "prefers_not_to_say"},
            note="The rota changed",
        ),
        a_check_in(job, due_on=days_ago(7), archived_at=ENTERED),
    )
    told = only_job(desk_vault, client)
    assert [(one.done_on, one.how) for one in told.held] == [(days_ago(14), "Phone"), (days_ago(21), "")]
    assert told.held[0].lines == (
        "Still there: not known",
        "Talked with their manager: no",
        "How likely to leave: 6 of 10",
        "The amount of work: prefers not to say",
        "Help from your manager and colleagues: hard",
        "The rota changed",
    )
    assert told.held[1].lines == ("Still there: yes", "How likely to leave: 2 of 10")
    (risk,) = told.trends
    assert [(on, value) for on, value, _ in risk.points] == [(days_ago(21), 2), (days_ago(14), 6)]
    assert story_of(desk_vault, client).areas == (
        "The amount of work",
        "Help from your manager and colleagues",
    )
    assert [(one.on, one.answers) for one in told.areas] == [(days_ago(14), ("Prefers not to say", "Hard"))]


def test_hours_and_wellbeing_since_the_work_began_become_trends(
    desk_vault: OpenVault, client: Client, employer: Employer
) -> None:
    job = a_job(client, employer, started_on=days_ago(28))
    keep(
        desk_vault,
        job,
        job_terms(job, usual_minutes=960),
        job_terms(job, as_on=days_ago(7), usual_minutes=750),
        job_terms(job, as_on=days_ago(9), hourly_pence=1300),
        a_reading(client, instrument="ons4", taken_on=days_ago(60), items={"happy": 1}),
        a_reading(
            client, instrument="ons4", taken_on=days_ago(7), items={"happy": 6, "anxious": "not_known"}
        ),
    )
    story = story_of(desk_vault, client)
    (hours,) = story.jobs[0].trends
    assert (hours.title, hours.points) == (
        "Hours a week",
        ((days_ago(28), 16.0, "16"), (days_ago(7), 12.5, "12.5")),
    )
    assert [(one.title, one.points) for one in story.wellbeing] == [
        ("Happy yesterday", ((days_ago(7), 6.0, "6 of 10"),))
    ]


def test_a_job_that_is_over_stays_for_what_was_said_in_it(
    desk_vault: OpenVault, client: Client, employer: Employer
) -> None:
    over, silent, going = (
        a_job(client, employer, started_on=days_ago(day), ended_on=end, title=title)
        for day, end, title in ((90, days_ago(50), "Old"), (80, days_ago(60), "Silent"), (95, None, "New"))
    )
    keep(desk_vault, over, silent, going, a_check_in(over))
    assert [(one.called, one.is_running) for one in story_of(desk_vault, client).jobs] == [
        ("New at Bay Bakery", True),
        ("Old at Bay Bakery", False),
    ]


def test_without_support_or_work_nothing_comes_next(desk_vault: OpenVault, employer: Employer) -> None:
    alone = a_client(first_name="Otto")
    keep(desk_vault, alone)
    assert story_of(desk_vault, alone).jobs == ()
    keep(desk_vault, a_job(alone, employer))
    assert only_job(desk_vault, alone).next is None


def test_only_who_may_see_the_client_reads_the_story(desk_vault: OpenVault) -> None:
    other = a_coach()
    theirs = a_client(coach_id=other.id)
    keep(desk_vault, other, theirs)
    with unit_of_work(desk_vault, by_program=True) as work:
        work.session.get_one(Coach, desk_vault.coach_id).role = Role.COACH
    with pytest.raises(Refusal):
        story_of(desk_vault, theirs)
