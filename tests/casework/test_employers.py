"""Employers as equals of clients: the list with its figures, the facts, sites and people, what they hold and promised."""

import datetime as dt
import time
from uuid import UUID

import pytest
from sqlalchemy import event

from coachdesk.casework.employer_figures import EmployerQuestion, read_figures
from coachdesk.casework.employer_places import (
    SaveEmployerPerson,
    SaveSite,
    put_employer_person_away,
    put_site_away,
    read_places,
    save_employer_person,
    save_site,
)
from coachdesk.casework.employer_schemes import (
    held_schemes,
)
from coachdesk.casework.employer_stays import Stays, all_stays, days_in_work
from coachdesk.casework.employers import (
    SaveEmployer,
    employer_names,
    kept_sentence,
    list_employers,
    put_employer_away,
    read_employer,
    save_employer,
    standing_employer,
    who_kept_people,
)
from coachdesk.errors import Refusal
from coachdesk.models import Employer, EmployerContact, EmployerScheme, Job
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.work import reading, unit_of_work
from tests.casework.employers_asked import act_as, added, coming_up, listed
from tests.makers import (
    a_client,
    a_coach,
    a_good_work_check,
    a_job,
    an_adjustment,
    an_employer,
    ask,
    days_ago,
    do,
    found,
    furnished,
    keep,
)
from tests.refusals import refused
from tests.vault_fixtures import PERSON, TODAY

LATER = TODAY + dt.timedelta(days=1)


def test_the_facts_of_an_employer_are_written_changed_and_read(desk_vault: OpenVault) -> None:
    furnished(desk_vault)
    employer, label = do(
        desk_vault, save_employer, SaveEmployer(name=" Bay Bakery ", sector="10", size_band="small", town="Kendal ")
    )  # fmt: skip
    assert label == "Added the employer Bay Bakery"
    line = listed(desk_vault)["Bay Bakery"]
    assert (line.id, line.town, line.size, line.stays) == (employer, "Kendal", "10 to 49", Stays())
    assert line.sector == "10 Manufacture of food products (food factories, bakeries)"
    wish = SaveEmployer(
        employer_id=employer, name="Bay Bakery", is_anchor=True, do_not_approach="Asked us not to ring"
    )
    assert do(desk_vault, save_employer, wish)[1] == "Changed the employer Bay Bakery"
    facts = ask(desk_vault, read_employer, employer)
    assert (facts.sector, facts.is_anchor, facts.do_not_approach) == (
        "not_asked",
        True,
        "Asked us not to ring",
    )
    assert listed(desk_vault)["Bay Bakery"].sector == ""


def test_what_an_employer_needs(desk_vault: OpenVault) -> None:
    added(desk_vault, "Bay Bakery", town="Kendal")
    assert refused(desk_vault, save_employer, SaveEmployer(name=" ")) == {"name"}
    again = SaveEmployer(name="BAY BAKERY", town="kendal")
    assert refused(desk_vault, save_employer, again, "already") == {"name"}
    added(desk_vault, "Bay Bakery", town="Barrow")
    assert len(ask(desk_vault, list_employers, TODAY)) == 2
    refused(desk_vault, save_employer, SaveEmployer(name="X", employer_id=desk_vault.coach_id), "not there")


def test_an_employer_with_somebodys_job_stays_in_the_list(desk_vault: OpenVault) -> None:
    client, employer, idle = a_client(), an_employer(), an_employer(name="Idle")
    keep(desk_vault, client, employer, idle, a_job(client, employer))
    do(desk_vault, save_site, SaveSite(employer_id=idle.id, town="Ulverston"))
    refused(desk_vault, put_employer_away, employer.id, "filed with this employer")
    assert do(desk_vault, put_employer_away, idle.id)[1] == "Put away the employer Idle"
    assert list(listed(desk_vault)) == ["Bay Bakery"]
    refused(desk_vault, put_employer_away, idle.id, "not there")
    with pytest.raises(Refusal, match="not there"):
        ask(desk_vault, read_employer, idle.id)


def test_a_trustee_reads_nothing_of_employers(desk_vault: OpenVault) -> None:
    employer = added(desk_vault)
    act_as(desk_vault, Role.TRUSTEE)
    assert ask(desk_vault, list_employers, TODAY) == ()
    assert ask(desk_vault, held_schemes, employer) == ()
    places = ask(desk_vault, read_places, employer)
    assert (places.sites, places.people, coming_up(desk_vault)) == ((), (), [])
    for read, question in (
        (read_employer, employer),
        (read_figures, EmployerQuestion(employer_id=employer, today=TODAY)),
    ):
        with pytest.raises(Refusal, match="trustee"):
            ask(desk_vault, read, question)


def test_sites_and_people_are_added_changed_and_put_away(desk_vault: OpenVault) -> None:
    employer = added(desk_vault)
    assert refused(desk_vault, save_site, SaveSite(employer_id=employer)) == {"name"}
    site = do(desk_vault, save_site, SaveSite(employer_id=employer, town="Kendal", postcode="la94aa"))[0]
    yard = do(desk_vault, save_site, SaveSite(employer_id=employer, address="2 Yard\nKendal"))[0]
    wish = SaveSite(employer_id=employer, site_id=site, name="Mill", town="Kendal", postcode="LA9 4AA")
    assert do(desk_vault, save_site, wish)[1] == "Changed a site of Bay Bakery"
    assert refused(desk_vault, save_employer_person, SaveEmployerPerson(employer_id=employer, name="")) == {
        "name"
    }
    who = SaveEmployerPerson(employer_id=employer, name="Ada Moss", site_id=site, decides=True)
    ada = do(desk_vault, save_employer_person, who)[0]
    gone = SaveEmployerPerson(employer_id=employer, name="Bob", left_on=days_ago(3))
    bob, label = do(desk_vault, save_employer_person, gone)
    do(
        desk_vault,
        save_employer_person,
        SaveEmployerPerson(employer_id=employer, name="Cem", person_id=bob, left_on=days_ago(3)),
    )
    assert label == "Added somebody at Bay Bakery"
    places = ask(desk_vault, read_places, employer)
    assert [(one.called, one.postcode) for one in places.sites] == [("Mill", "LA9 4AA"), ("2 Yard", "")]
    assert [(one.name, one.site, one.decides) for one in places.people] == [
        ("Ada Moss", "Mill", True), ("Cem", "", False),
    ]  # fmt: skip
    assert listed(desk_vault)["Bay Bakery"].places == "Mill Kendal"
    do(desk_vault, put_site_away, site)
    do(desk_vault, put_employer_person_away, bob)
    places = ask(desk_vault, read_places, employer)
    assert [(one.id, one.site, one.site_id) for one in places.people] == [(ada, "", None)]
    assert [one.id for one in places.sites] == [yard]
    refused(desk_vault, put_site_away, site, "site is not there")
    refused(desk_vault, put_employer_person_away, bob, "person is not there")


def test_days_that_overlap_count_once_and_days_to_come_do_not() -> None:
    first, last = dt.date(2026, 1, 1), dt.date(2026, 1, 10)
    assert days_in_work([(first, last)], TODAY) == 10
    assert days_in_work([(first, last), (dt.date(2026, 1, 8), dt.date(2026, 1, 12))], TODAY) == 12
    assert days_in_work([(first, last), (dt.date(2026, 1, 2), dt.date(2026, 1, 3))], TODAY) == 10
    assert days_in_work([(TODAY, TODAY + dt.timedelta(days=9))], TODAY) == 1
    assert days_in_work([(LATER, None)], TODAY) == 0


def test_who_kept_people_is_told_in_one_list(desk_vault: OpenVault) -> None:
    people = [a_client(reference=f"C-{number}") for number in range(5)]
    away = a_client(reference="C-away", archived_at=dt.datetime(2026, 10, 1, tzinfo=dt.UTC))
    long, short, new = an_employer(name="Long"), an_employer(name="Short"), an_employer(name="New")
    keep(
        desk_vault, *people, away, long, short, new,
        a_job(people[0], long, started_on=days_ago(200), ended_on=days_ago(10)),
        a_job(people[1], long, started_on=days_ago(30)),
        a_job(people[2], long, started_on=days_ago(30), ended_on=days_ago(17)),
        a_job(people[2], long, started_on=days_ago(20), ended_on=days_ago(10)),
        a_job(people[3], short, started_on=days_ago(30), ended_on=days_ago(10)),
        a_job(people[3], long, started_on=days_ago(9), archived_at=dt.datetime(2026, 10, 1, tzinfo=dt.UTC)),
        a_job(away, short, started_on=days_ago(300)),
        a_job(people[4], new, started_on=LATER),
    )  # fmt: skip
    lines = listed(desk_vault)
    assert lines["Long"].stays == Stays(people=3, there_now=1, kept=2, middle=4, longest=27)
    assert lines["Short"].stays == Stays(people=1, there_now=0, kept=0, middle=3, longest=3)
    assert lines["New"].stays == Stays(starting=1)
    assert [one.name for one in who_kept_people(lines.values())] == ["Long"]
    assert kept_sentence(lines["Long"].stays) == "2 of 3 are still there or stayed 26 weeks"
    assert kept_sentence(lines["New"].stays) == "Nobody of ours has worked here yet"
    with reading(desk_vault) as session:
        assert len(all_stays(session, TODAY, long.id)) == 1


def test_what_became_of_it_is_counted_and_names_nobody(desk_vault: OpenVault) -> None:
    furnished(desk_vault)
    employer = an_employer()
    people = [a_client(reference=f"C-{number}") for number in range(3)]
    jobs = [a_job(one, employer, started_on=days_ago(100)) for one in people]
    jobs[0].ended_on, jobs[0].end_reason = days_ago(3), "health"
    keep(
        desk_vault, employer, *people, *jobs,
        an_adjustment(people[0], job_id=jobs[0].id, category="hours", decision="agreed", in_place_on=days_ago(9)),
        an_adjustment(people[1], job_id=jobs[1].id, category="hours", decision="partly"),
        an_adjustment(people[1], job_id=jobs[1].id, category="tasks", decision="refused"),
        a_good_work_check(jobs[0], answers={"job_security": "no", "pay_fair": "yes"}),
        a_good_work_check(jobs[1], done_on=days_ago(30), answers={"job_security": "no"}),
        a_good_work_check(jobs[1], answers={"job_security": "yes", "guaranteed_hours": "partly", "pay_fair": "no"}),
    )  # fmt: skip
    question = EmployerQuestion(employer_id=employer.id, today=TODAY)
    figures = ask(desk_vault, read_figures, question)
    assert [(one.words, one.count) for one in figures.ends] == [("Health", 1)]
    assert [(one.words, one.count, one.more) for one in figures.adjustments] == [
        ("Hours, schedule, phased return", 2, "1 put in place")
    ]
    assert (figures.raters, figures.ratings) == (2, ())
    assert "Fewer than 3 people rated" in figures.withheld
    keep(desk_vault, a_good_work_check(jobs[2], answers={"job_security": "yes", "pay_fair": "dont_know"}))
    figures = ask(desk_vault, read_figures, question)
    rated = [(one.dimension, one.yes, one.partly, one.no) for one in figures.ratings]
    assert rated == [("Terms of employment", 2, 1, 1)]  # of pay only two said something
    assert figures.withheld == ""


def test_of_one_or_two_people_nothing_is_told_that_would_name_them(desk_vault: OpenVault) -> None:
    furnished(desk_vault)
    client, employer = a_client(), an_employer()
    job = a_job(client, employer, started_on=days_ago(30), ended_on=days_ago(3), end_reason="health")
    keep(
        desk_vault,
        client,
        employer,
        job,
        an_adjustment(client, job_id=job.id, decision="agreed"),
        EmployerScheme(employer_id=employer.id, promise="Fixed hours", is_kept="partly"),
    )
    figures = ask(desk_vault, read_figures, EmployerQuestion(employer_id=employer.id, today=TODAY))
    assert (figures.stays.people, figures.ends, figures.adjustments, figures.ratings) == (1, (), (), ())
    assert "told from 3 people on" in figures.withheld
    assert [(one.words, one.count) for one in figures.promises] == [("Partly", 1)]


def test_today_names_who_is_to_be_rung_again(desk_vault: OpenVault) -> None:
    mine, hers, nobodys, long_ago = (an_employer(name=name) for name in ("Mine", "Hers", "Nobody’s", "Old"))
    iqra = a_coach()

    def contact(employer: Employer, coach: UUID | None, due: dt.date) -> EmployerContact:
        return EmployerContact(
            employer_id=employer.id, coach_id=coach, happened_on=days_ago(90), follow_up_on=due
        )

    keep(
        desk_vault, iqra, mine, hers, nobodys, long_ago,
        contact(mine, desk_vault.coach_id, TODAY), contact(hers, iqra.id, TODAY),
        contact(nobodys, None, days_ago(3)), contact(long_ago, None, days_ago(57)), contact(long_ago, None, LATER),
    )  # fmt: skip
    act_as(desk_vault, Role.COACH)
    assert coming_up(desk_vault) == [("2 employers to get back to", "Nobody’s, and 1 more", "phone")]
    act_as(desk_vault, Role.MANAGER)
    assert coming_up(desk_vault)[0][0] == "3 employers to get back to"
    assert listed(desk_vault)["Mine"].is_due(TODAY)
    assert not listed(desk_vault)["Mine"].is_due(days_ago(1))


def test_every_step_can_be_taken_back(desk_vault: OpenVault) -> None:
    employer = added(desk_vault)
    do(desk_vault, save_employer, SaveEmployer(employer_id=employer, name="Bay Bread", is_anchor=True))
    with reading(desk_vault) as session:
        step = last_unit(session, PERSON)
    assert step is not None
    with unit_of_work(desk_vault) as work:
        undo(work.session, step.unit)
    assert found(desk_vault, Employer, employer).name == "Bay Bakery"


def test_a_circle_of_joined_employers_ends(desk_vault: OpenVault) -> None:
    at = dt.datetime(2026, 10, 1, tzinfo=dt.UTC)
    first, second = an_employer(name="A", archived_at=at), an_employer(name="B", archived_at=at)
    first.joined_with_id, second.joined_with_id = second.id, first.id
    keep(desk_vault, first, second)
    with reading(desk_vault) as session, pytest.raises(Refusal, match="not there"):
        standing_employer(session, first.id)


def test_the_list_asks_as_little_of_two_thousand_employers_as_of_two(desk_vault: OpenVault) -> None:
    furnished(desk_vault)
    asked: list[str] = []

    def count() -> int:
        asked.clear()
        with reading(desk_vault) as session:
            engine = session.get_bind()
            event.listen(engine, "before_cursor_execute", _note)
            list_employers(session, TODAY)
            event.remove(engine, "before_cursor_execute", _note)
        return len(asked)

    def _note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    keep(desk_vault, an_employer(name="A"), an_employer(name="B"))
    few = count()
    client = a_client()
    many = [an_employer(name=f"Employer {number}") for number in range(2_000)]
    with unit_of_work(desk_vault, by_program=True) as work:
        work.session.add_all([client, *many])
        work.session.add_all(
            Job(client_id=client.id, employer_id=many[number % 2_000].id, started_on=days_ago(number % 300))
            for number in range(4_000)
        )
    start = time.perf_counter()
    assert count() == few
    assert time.perf_counter() - start < 5  # about a fifth of a second; a question for each would take many
    assert len(listed(desk_vault)) == 2_002


def test_the_names_of_all_employers_are_read_for_finding_one(desk_vault: OpenVault) -> None:
    added(desk_vault, "Ågård Bakery", town="Kendal")
    added(desk_vault, "Mill")
    assert [(one.name, one.town) for one in ask(desk_vault, employer_names)] == [
        ("Ågård Bakery", "Kendal"), ("Mill", ""),
    ]  # fmt: skip
    act_as(desk_vault, Role.TRUSTEE)
    assert ask(desk_vault, employer_names) == ()
