"""Who is at risk of losing a job: each reason by itself, the order, whose jobs, and what a manager may set."""

import dataclasses
import datetime as dt
from typing import Any

import pytest
from sqlalchemy import event

from coachdesk.casework.pay import all_rates
from coachdesk.casework.risk_thresholds import RiskThresholds, risk_thresholds, set_risk_thresholds
from coachdesk.casework.work_risk import WorkRisk, WorkRiskQuestion, WorkRiskRow, read_work_risk
from coachdesk.errors import Refusal
from coachdesk.models import Absence, Client, Coach, Employer, Job
from coachdesk.models.base import Record
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import (
    ENTERED,
    a_check_in,
    a_client,
    a_coach,
    a_job,
    an_adjustment,
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
def employer(desk_vault: OpenVault) -> Employer:
    made = an_employer()
    keep(desk_vault, made)
    return made


def at_work(vault: OpenVault, employer: Employer, **told: Any) -> tuple[Client, Job]:
    """Keep somebody who has been in a job for six days: nothing was due yet."""
    started_on = told.pop("started_on", days_ago(6))
    job_told = {name: told.pop(name) for name in ("ended_on", "employment_type") if name in told}
    client = a_client(**{"coach_id": vault.coach_id, **told})
    keep(vault, client)
    job = a_job(client, employer, started_on=started_on, **job_told)
    keep(vault, an_enrolment(client, ask(vault, lambda s, _: programme_id(s))), job)
    return client, job


def risk_of(vault: OpenVault, **asked: Any) -> WorkRisk:
    return ask(vault, read_work_risk, WorkRiskQuestion(today=TODAY, **asked))


def told(vault: OpenVault) -> list[tuple[str, dt.date, str]]:
    (row,) = risk_of(vault).rows
    return [tuple(reason) for reason in row.reasons]  # type: ignore[misc]  # a reason has these three


def absence(job: Job, **values: Any) -> Absence:
    return Absence(client_id=job.client_id, job_id=job.id, **values)


def test_a_job_in_which_all_is_well_is_counted_and_not_listed(
    desk_vault: OpenVault, employer: Employer
) -> None:
    client, job = at_work(desk_vault, employer)
    keep(
        desk_vault,
        a_check_in(job, done_on=days_ago(1), still_there="yes", risk_of_leaving=6, areas={"role": "mixed"}),
        an_adjustment(client, job_id=job.id, decision="agreed", decided_on=days_ago(28)),
        an_adjustment(client, job_id=job.id, decision="refused", ended_on=days_ago(1)),
        an_adjustment(client, job_id=job.id, decision="waiting"),
        absence(job, from_on=days_ago(5), to_on=days_ago(1)),
        job_terms(job, usual_minutes=960, hourly_pence=1300),
        job_terms(job, as_on=days_ago(2), usual_minutes=660),
        job_terms(job, as_on=days_ago(-2), usual_minutes=60, hourly_pence=1),
    )
    assert risk_of(desk_vault) == WorkRisk(rows=(), running=1)


@pytest.mark.parametrize(
    ("said", "rule", "words"),
    [
        ({"risk_of_leaving": 7}, "leaving", "7 of 10 likely to leave, said on 4 Oct"),
        ({"still_there": "not_known"}, "not_known", "Not known whether the job goes on, on 4 Oct"),
        ({"still_there": "no"}, "not_known", "Not in the job any more, as was said, on 4 Oct"),
        (
            {"areas": {"support": "hard", "workload": "hard", "role": "good"}},
            "area",
            "Hard, said on 4 Oct: The amount of work; Help from your manager and colleagues",
        ),
        ({"adjustments_working": "no"}, "adjustment", "Adjustments are not working, said on 4 Oct"),
    ],
)
def test_what_the_newest_check_in_says_is_a_reason(
    desk_vault: OpenVault, employer: Employer, said: dict[str, Any], rule: str, words: str
) -> None:
    _, job = at_work(desk_vault, employer)
    earlier = a_check_in(job, due_on=days_ago(5), risk_of_leaving=9, areas={"change": "hard"})
    keep(desk_vault, earlier, a_check_in(job, done_on=days_ago(1), **said))
    assert told(desk_vault) == [(rule, days_ago(1), words)]


def test_a_risk_that_has_risen_says_from_what(desk_vault: OpenVault, employer: Employer) -> None:
    _, job = at_work(desk_vault, employer)
    keep(
        desk_vault,
        a_check_in(job, due_on=days_ago(5), risk_of_leaving=2),
        a_check_in(job, due_on=days_ago(1), risk_of_leaving=5),
        a_check_in(job, due_on=TODAY, risk_of_leaving=9, archived_at=ENTERED),
    )
    assert told(desk_vault) == [
        ("rising", days_ago(1), "From 2 to 5 of 10 likely to leave since 30 Sep"),
    ]


def test_adjustments_refused_late_or_not_working_are_reasons(
    desk_vault: OpenVault, employer: Employer
) -> None:
    client, job = at_work(desk_vault, employer)
    _, elsewhere = at_work(desk_vault, employer, first_name="Otto")
    keep(
        desk_vault,
        an_adjustment(client, job_id=job.id, need="A stool", decision="refused", decided_on=days_ago(3)),
        an_adjustment(client, need="Quiet", decision="partly", requested_on=days_ago(29)),
        an_adjustment(client, job_id=job.id, need="A lift", in_place_on=days_ago(9), is_working="no"),
        an_adjustment(client, job_id=elsewhere.id, need="Not here", decision="refused"),
        an_adjustment(client, job_id=job.id, need="Gone", decision="refused", archived_at=ENTERED),
    )
    assert told(desk_vault) == [
        ("adjustment", days_ago(29), "Agreed 29 days ago and not in place: Quiet"),
        ("adjustment", days_ago(9), "Not working: A lift"),
        ("adjustment", days_ago(3), "Asked for and refused: A stool"),
    ]


def test_time_off_sick_and_a_fit_note_that_ends_are_reasons(
    desk_vault: OpenVault, employer: Employer
) -> None:
    _, job = at_work(desk_vault, employer)
    keep(
        desk_vault,
        absence(job, from_on=days_ago(4), fit_note_until=days_ago(-7)),
        absence(job, from_on=days_ago(-1)),
        absence(job, from_on=days_ago(3), archived_at=ENTERED),
    )
    assert told(desk_vault) == [
        ("sick", days_ago(4), "Off sick since 1 Oct"),
        ("fit_note", days_ago(4), "The fit note ends on 12 Oct"),
    ]
    keep(desk_vault, absence(job, from_on=days_ago(2), to_on=TODAY, fit_note_until=days_ago(-8)))
    assert [rule for rule, *_ in told(desk_vault)] == ["sick", "sick", "fit_note"]


def test_pay_below_the_minimum_and_fallen_hours_are_reasons(
    desk_vault: OpenVault, employer: Employer
) -> None:
    born = dt.date(1990, 1, 1)
    _, job = at_work(desk_vault, employer, born_from=born, born_to=born)
    keep(
        desk_vault,
        job_terms(job, usual_minutes=960, hourly_pence=1000),
        job_terms(job, as_on=days_ago(2), usual_minutes=600),
    )
    least = {one.name: one.pence for one in ask(desk_vault, lambda s, _: all_rates(s)) if one.holds_on(TODAY)}
    pounds = f"£{least['national_living_wage'] / 100:.2f}"
    assert told(desk_vault) == [
        ("pay", days_ago(6), f"£10.00 an hour is below the legal minimum of {pounds}"),
        ("hours", days_ago(2), "From 16 hours a week to 10 hours a week"),
    ]
    _, own = at_work(desk_vault, employer, born_from=born, born_to=born, employment_type="self_employed")
    keep(desk_vault, job_terms(own, hourly_pence=1))
    assert len(risk_of(desk_vault).rows) == 1
    _, learning = at_work(
        desk_vault, employer, born_from=born, born_to=born, employment_type="apprenticeship"
    )
    keep(desk_vault, job_terms(learning, usual_minutes=0, hourly_pence=least["minimum_wage_apprentice"]))
    assert len(risk_of(desk_vault).rows) == 1


def test_two_check_ins_that_were_missed_are_a_reason(desk_vault: OpenVault, employer: Employer) -> None:
    at_work(desk_vault, employer, started_on=days_ago(22))
    assert told(desk_vault) == [
        ("missed", days_ago(15), "2 check-ins were not held, the first due on 20 Sep")
    ]


def test_the_most_pressing_reason_first_then_whoever_waits_longest(
    desk_vault: OpenVault, employer: Employer
) -> None:
    jobs = [at_work(desk_vault, employer, first_name=name)[1] for name in ("Ann", "Bea", "Cem", "Dan")]
    records: list[Record] = [
        a_check_in(jobs[0], done_on=days_ago(1), areas={"role": "hard"}),
        a_check_in(jobs[1], done_on=days_ago(1), risk_of_leaving=7),
        a_check_in(jobs[2], done_on=days_ago(3), risk_of_leaving=10),
        absence(jobs[3], from_on=days_ago(5)),
        a_check_in(jobs[3], done_on=days_ago(2), risk_of_leaving=8),
    ]
    keep(desk_vault, *records)
    rows: tuple[WorkRiskRow, ...] = risk_of(desk_vault).rows
    assert [row.name.split(" ")[0] for row in rows] == ["Cem", "Dan", "Bea", "Ann"]
    assert [reason.rule for reason in rows[1].reasons] == ["leaving", "sick"]
    assert (rows[0].employer, rows[0].job_id, rows[0].client_id) == (
        "Bay Bakery",
        jobs[2].id,
        jobs[2].client_id,
    )


def test_who_left_died_or_was_put_away_or_has_no_running_job_is_not_listed(
    desk_vault: OpenVault, employer: Employer
) -> None:
    ended = at_work(desk_vault, employer, ended_on=days_ago(1))[1]
    coming = at_work(desk_vault, employer, started_on=days_ago(-3))[1]
    died = at_work(desk_vault, employer, died_on=days_ago(1))[1]
    away = at_work(desk_vault, employer, archived_at=ENTERED)[1]
    left = a_client(first_name="Gone")
    keep(desk_vault, left)
    after = a_job(left, employer)
    keep(
        desk_vault,
        after,
        an_enrolment(left, ask(desk_vault, lambda s, _: programme_id(s)), exit_on=days_ago(1)),
        *(a_check_in(job, risk_of_leaving=9) for job in (ended, coming, died, away, after)),
        *(job_terms(job, usual_minutes=9) for job in (ended, after)),
        *(absence(job, from_on=days_ago(1)) for job in (ended, after)),
    )
    assert risk_of(desk_vault) == WorkRisk(rows=(), running=0)


def test_an_enquirer_at_work_is_listed_too(desk_vault: OpenVault, employer: Employer) -> None:
    alone = a_client(first_name="Otto")
    keep(desk_vault, alone)
    job = a_job(alone, employer)
    keep(desk_vault, job, a_check_in(job, risk_of_leaving=9))
    (row,) = risk_of(desk_vault).rows
    assert (row.name, row.coach, [one.rule for one in row.reasons]) == ("Otto Okonkwo", "", ["leaving"])


def test_a_coach_sees_her_own_and_a_trustee_nobody(desk_vault: OpenVault, employer: Employer) -> None:
    other = a_coach(name="Iqra Malik")
    keep(desk_vault, other)
    for first_name, coach_id in (("Mine", desk_vault.coach_id), ("Theirs", other.id)):
        _, job = at_work(desk_vault, employer, first_name=first_name, coach_id=coach_id)
        keep(desk_vault, a_check_in(job, risk_of_leaving=9))
    assert {(row.name, row.coach) for row in risk_of(desk_vault).rows} >= {("Theirs Okonkwo", "Iqra Malik")}
    assert [row.name for row in risk_of(desk_vault, coach_id=other.id).rows] == ["Theirs Okonkwo"]
    for role, names in ((Role.COACH, ["Mine Okonkwo"]), (Role.TRUSTEE, [])):
        with unit_of_work(desk_vault, by_program=True) as work:
            work.session.get_one(Coach, desk_vault.coach_id).role = role
        assert [row.name for row in risk_of(desk_vault).rows] == names


def test_the_number_of_questions_does_not_grow_with_the_clients(
    desk_vault: OpenVault, employer: Employer
) -> None:
    def cost() -> int:
        seen: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
            seen.append(statement)

        with reading(desk_vault) as session:
            engine = session.get_bind()
            event.listen(engine, "before_cursor_execute", note)
            read_work_risk(session, WorkRiskQuestion(today=TODAY))
            event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    at_work(desk_vault, employer)
    before = cost()
    for name in ("Ann", "Bea", "Cem"):
        _, job = at_work(desk_vault, employer, first_name=name)
        keep(desk_vault, a_check_in(job, risk_of_leaving=9))
    assert cost() == before


def test_a_manager_sets_when_a_reason_counts_and_says_why(desk_vault: OpenVault, employer: Employer) -> None:
    _, job = at_work(desk_vault, employer)
    keep(desk_vault, a_check_in(job, risk_of_leaving=7))
    shipped: RiskThresholds = ask(desk_vault, risk_thresholds)
    assert (shipped.leaving_from, shipped.source) == (7, "CoachDesk default")
    assert len(risk_of(desk_vault).rows) == 1
    wish = dataclasses.replace(shipped, leaving_from=8, source=" Agreed in March ")
    do(desk_vault, set_risk_thresholds, wish)
    assert ask(desk_vault, risk_thresholds) == dataclasses.replace(wish, source="Agreed in March")
    assert risk_of(desk_vault).rows == ()


def test_thresholds_out_of_range_or_without_a_source_are_refused(desk_vault: OpenVault) -> None:
    shipped: RiskThresholds = ask(desk_vault, risk_thresholds)
    wrong = dataclasses.replace(shipped, leaving_from=11, fit_note_days=0, source=" ")
    with pytest.raises(Refusal) as refused:
        do(desk_vault, set_risk_thresholds, wrong)
    assert set(refused.value.fields) == {"leaving_from", "fit_note_days", "source"}
    with unit_of_work(desk_vault, by_program=True) as work:
        work.session.get_one(Coach, desk_vault.coach_id).role = Role.COACH
    with pytest.raises(Refusal):
        do(desk_vault, set_risk_thresholds, shipped)
