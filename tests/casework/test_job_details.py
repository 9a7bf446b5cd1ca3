"""A job whole: which employer is meant, its details corrected, its hours and pay as dated history."""

from typing import Any

import pytest

from coachdesk.casework.employer_choice import chosen_employer, employer_label, find_employers
from coachdesk.casework.job_starts import CorrectJob, RecordJob, correct_job, record_job
from coachdesk.casework.job_terms import (
    ChangeTerms,
    SaveTerms,
    TakeOutTerms,
    change_terms,
    save_terms,
    take_out_terms,
)
from coachdesk.errors import Refusal
from coachdesk.models import (
    Client,
    Employer,
    Job,
    WorkWeek,
)
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.casework.started_job import MONDAY, WEEK, a_started_job, jobs
from tests.makers import (
    ENTERED,
    a_client,
    an_employer,
    ask,
    days_ago,
    do,
    found,
    job_terms,
    keep,
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


def started(client: Client, **values: Any) -> RecordJob:
    told = {"client_id": client.id, "employer_name": "Bay Bakery", "started_on": days_ago(20), **values}
    return RecordJob(**told)


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
