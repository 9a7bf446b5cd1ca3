import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.orm import Session

from coachdesk.casework.outcome_rules import list_rules
from coachdesk.casework.plain_rows import key_of
from coachdesk.casework.sustained.decision import Verdict
from coachdesk.casework.sustained.engine import decide
from coachdesk.casework.sustained.reader import read_work, sustained_for
from coachdesk.casework.sustained.settings import Milestone
from coachdesk.models import Client, Job, JobEvidence, WorkWeek
from coachdesk.returns.indicators.sustained import (
    IN_WORK_LABEL,
    NOT_IN_WORK_LABEL,
    UNKNOWN_LABEL,
    sustained,
)
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.casework.sustained.slow_sustained import BOOK
from tests.casework.sustained.story import the_story
from tests.makers import (
    a_check_in,
    a_client,
    a_job,
    an_employer,
    an_enrolment,
    furnished,
    job_terms,
    keep,
    programme_id,
)
from tests.returns.return_world import World, day
from tests.vault_fixtures import TODAY

THIRTEEN = Milestone(weeks=13, gap_days=0)


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    asked: list[str] = []

    def hear(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    connection = session.connection()
    event.listen(connection, "before_cursor_execute", hear)
    try:
        yield asked
    finally:
        event.remove(connection, "before_cursor_execute", hear)


def histories(session: Session, as_at: dt.date = TODAY) -> Any:
    return {key_of(client): work for client, work in read_work(session, None, as_at).items()}


def test_all_clients_are_read_in_a_few_questions_whoever_they_are(vault: OpenVault) -> None:
    story = the_story(vault)
    with reading(vault) as session:
        rules = list_rules(session, None)
        with counted(session) as one:
            sustained_for(session, None, rules, TODAY)
    people = [a_client() for _ in range(5)]
    employer = an_employer(name="Mill")
    jobs = [a_job(person, employer) for person in people]
    keep(vault, employer, *people, *jobs)
    with reading(vault) as session, counted(session) as many:
        found = sustained_for(session, None, rules, TODAY)
        narrowed = sustained_for(session, [story.client], rules, TODAY)
    assert len(many) == 2 * len(one) == 12
    assert set(narrowed) == {story.client}
    assert narrowed[story.client] == found[story.client]
    assert {person.id for person in people} <= set(found)


def test_a_rule_of_a_programme_looks_at_nobody_who_is_not_on_it(vault: OpenVault) -> None:
    story = the_story(vault)
    with reading(vault) as session:
        found = sustained_for(session, None, list_rules(session, None), TODAY)[story.client]
    assert "connect-to-work-earnings" not in found
    assert found["ipspc-baseline"].verdict is Verdict.REACHED
    assert found["cohort-6"].verdict is Verdict.REACHED


def test_cohorts_look_at_people_out_of_work_at_their_start_only(vault: OpenVault) -> None:
    furnished(vault)
    client = a_client()
    with reading(vault) as session:
        programme = programme_id(session)
    keep(vault, client, an_enrolment(client, programme, route="in_work_at_risk"))
    with reading(vault) as session:
        found = sustained_for(session, None, list_rules(session, None), TODAY)[client.id]
    assert not [key for key in found if key.startswith("cohort")]
    assert found["connect-to-work-earnings"].verdict is Verdict.BLANK


def test_put_away_clients_and_support_still_to_begin_are_left_out(vault: OpenVault) -> None:
    furnished(vault)
    away, coming = a_client(archived_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)), a_client()
    employer = an_employer()
    with reading(vault) as session:
        programme = programme_id(session)
    later = an_enrolment(coming, programme, started_on=dt.date(2026, 12, 1))
    keep(vault, away, coming, employer, a_job(away, employer), later)
    with reading(vault) as session:
        assert histories(session) == {}


def test_every_sign_of_life_is_read_as_far_as_it_speaks(vault: OpenVault) -> None:
    furnished(vault)
    employer = an_employer()
    day_of: dict[str, tuple[Any, dt.date | None]] = {
        "a check-in": (lambda job: a_check_in(job, done_on=day("09-10"), still_there="yes"), day("09-10")),
        "gone": (lambda job: a_check_in(job, done_on=day("09-10"), still_there="no"), None),
        "evidence of days": (lambda job: _evidence(job, to_on=day("09-08")), day("09-08")),
        "evidence seen early": (lambda job: _evidence(job, to_on=day("12-30")), day("09-20")),
        "evidence without days": (_evidence, day("09-20")),
        "evidence of the start": (lambda job: _evidence(job, outcome="job_start"), None),
        "a payslip at the start": (
            lambda job: _evidence(job, outcome="job_start", to_on=day("09-02")),
            day("09-02"),
        ),
        "a confirmed week": (lambda job: _week(job, is_confirmed=True), day("09-07")),
        "a week that was told": (_week, None),
        "a confirmed week without work": (lambda job: _week(job, is_confirmed=True, paid_minutes=0), None),
        "seen on the job itself": (None, day("09-22")),
        "nothing": (lambda job: _evidence(job, seen_on=day("12-30")), None),
    }
    clients = {name: a_client() for name in day_of}
    jobs = {name: a_job(client, employer) for name, client in clients.items()}
    jobs["seen on the job itself"].evidence_seen_on = day("09-22")
    made = [make(jobs[name]) for name, (make, _) in day_of.items() if make is not None]
    keep(vault, employer, *clients.values(), *jobs.values(), *made)
    with reading(vault) as session:
        read = histories(session)
    seen = {name: read[client.id].jobs[0].history.sign_on for name, client in clients.items()}
    assert seen == {name: sign for name, (_, sign) in day_of.items()}


def _evidence(job: Job, **values: Any) -> JobEvidence:
    given = {"client_id": job.client_id, "job_id": job.id, "outcome": "in-work-13", "sort": "payslip"}
    return JobEvidence(**{**given, "seen_on": day("09-20"), **values})


def _week(job: Job, **values: Any) -> WorkWeek:
    given = {"client_id": job.client_id, "job_id": job.id, "week_on": day("09-07"), "paid_minutes": 60}
    return WorkWeek(**{**given, **values})


def test_terms_weeks_and_sorts_of_work_reach_the_engine(vault: OpenVault) -> None:
    furnished(vault)
    client, employer = a_client(), an_employer()
    job = a_job(client, employer, employment_type="self_employed", started_on=day("08-03"))
    other = a_job(client, employer, employment_type="apprenticeship", started_on=day("08-04"))
    away = _week(job, paid_minutes=None, absent="sick", gross_pence=4_000)
    again = _week(job, week_on=day("09-14"))
    keep(
        vault, client, employer, job, other, away, again, job_terms(job, usual_minutes=600, hourly_pence=1300)
    )
    with reading(vault) as session:
        first, second = histories(session)[client.id].history(None).jobs
    assert (first.is_self_employed, first.is_apprentice, second.is_apprentice) == (True, False, True)
    assert first.terms[0].usual_minutes == 600
    week, _ = first.weeks.values()
    assert (week.paid_minutes, week.gross_pence, week.is_away) == (None, 4_000, True)


def test_the_engine_and_the_return_say_the_same_of_the_same_histories(vault: OpenVault) -> None:
    with unit_of_work(vault, label="Made a caseload") as work:
        world = World(work.session)
        everybody(world)
        scope = world.scope()
        found = sustained(work.session, scope, 13)
        by_return = {label: people for label, (_, people) in world.groups(found).items()}
        read = read_work(work.session, None, scope.as_at)
        by_engine: dict[str, set[str]] = {label: set() for label in by_return}
        labels = {
            Verdict.REACHED: IN_WORK_LABEL,
            Verdict.CANNOT: NOT_IN_WORK_LABEL,
            Verdict.UNKNOWN: UNKNOWN_LABEL,
        }
        for client, one in read.items():
            history = one.history(one.support_for(world.programme.id))
            first = history.first_job(scope.as_at)
            if first is not None and scope.period.holds(first.started_on + dt.timedelta(weeks=13)):
                verdict = decide(history, THIRTEEN, BOOK, scope.as_at).verdict
                by_engine[labels[verdict]].add(world.names[key_of(client)])
    assert by_engine == by_return
    assert by_return == {
        IN_WORK_LABEL: {"Ended later", "Seen", "By evidence", "By a week", "Next day", "Overlap"},
        NOT_IN_WORK_LABEL: {"Ended before", "Gap", "Gap, then nobody asked"},
        UNKNOWN_LABEL: {"Nobody asked", "By an old week", "An open job before"},
    }


def everybody(world: World) -> None:
    def starter(name: str, *jobs: dict[str, Any]) -> list[Job]:
        enrolment = world.enrol(name, "04-01")
        return [world.job(enrolment, **job) for job in jobs]

    starter("Ended later", {"started": "04-15", "ended": "07-16"})
    starter("Ended before", {"started": "04-15", "ended": "07-14"})
    starter("Seen", {"started": "04-15", "evidence_seen_on": "07-15"})
    starter("Nobody asked", {"started": "04-15"})
    (job,) = starter("By evidence", {"started": "04-15"})
    world.add(_evidence(job, seen_on=day("08-01"), to_on=day("07-31")))
    (job,) = starter("By a week", {"started": "04-15"})
    world.add(_week(job, week_on=day("07-20"), is_confirmed=True))
    (job,) = starter("By an old week", {"started": "04-15"})
    world.add(_week(job, week_on=day("07-13"), is_confirmed=True))
    starter("Gap", {"started": "04-15", "ended": "05-10"}, {"started": "05-14", "ended": "08-01"})
    starter("Gap, then nobody asked", {"started": "04-15", "ended": "05-10"}, {"started": "05-14"})
    starter("Next day", {"started": "04-15", "ended": "05-10"}, {"started": "05-11", "ended": "08-01"})
    starter("Overlap", {"started": "04-15", "ended": "08-01"}, {"started": "05-01", "ended": "05-20"})
    starter("An open job before", {"started": "04-15"}, {"started": "06-14", "ended": "08-01"})


def test_a_job_of_another_enrolment_counts_for_that_one_alone(vault: OpenVault) -> None:
    with unit_of_work(vault, label="Made a caseload") as work:
        world = World(work.session)
        first = world.enrol("Twice", "01-05", exit_on="03-01")
        again = world.enrol("Twice", "05-01", client=work.session.get_one(Client, first.client_id))
        world.job(again, "06-01", enrolment_id=first.id)
        world.job(again, "07-01", enrolment_id=again.id)
        read = histories(work.session)[again.client_id]
        jobs = read.history(read.support_for(None)).jobs
    assert [job.started_on for job in jobs] == [day("07-01")]
