"""Today: each rule calls on its day, for the right caseload, one line a client."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework.clients import CaseloadFilter, count_clients, list_clients
from coachdesk.casework.standing import OpenEnrolment, Standing, standings
from coachdesk.casework.today import DueItem, TodayQuestion, TodayRow, read_today
from coachdesk.models import Client, new_id
from coachdesk.vault.opened import OpenVault
from tests.makers import (
    ENTERED,
    a_check_in,
    a_client,
    a_coach,
    a_consent,
    a_contact,
    a_job,
    a_pause,
    a_plan,
    an_action,
    an_employer,
    an_enrolment,
    ask,
    days_ago,
    keep,
    programme_id,
)
from tests.vault_fixtures import TODAY


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client()
    keep(desk_vault, made)
    return made


@pytest.fixture
def programme(desk_vault: OpenVault) -> UUID:
    return ask(desk_vault, lambda s, _: programme_id(s))


def today_of(vault: OpenVault, **values: Any) -> TodayRow:
    return ask(vault, read_today, TodayQuestion(**{"today": TODAY, **values}))


def every_line(row: TodayRow) -> tuple[DueItem, ...]:
    return (*row.overdue, *row.today, *row.coming)


def test_an_empty_caseload_has_an_empty_day(desk_vault: OpenVault) -> None:
    row = today_of(desk_vault)
    assert (every_line(row), row.stages, row.total, row.coming_up) == ((), (), 0, ())


def test_actions_stand_under_late_today_and_coming(desk_vault: OpenVault, client: Client) -> None:
    days = (days_ago(3), TODAY, days_ago(-7), days_ago(-8))
    keep(
        desk_vault,
        *(an_action(client, due_on=day) for day in days),
        an_action(client),
        an_action(client, due_on=TODAY, done_on=TODAY),
        an_action(client, due_on=TODAY, archived_at=ENTERED),
    )
    row = today_of(desk_vault)
    assert [[item.words for item in part] for part in (row.overdue, row.today, row.coming)] == [
        ["3 days late"],
        ["Today"],
        ["Mon 12 Oct"],
    ]
    item = row.today[0]
    assert (item.client_name, item.initials, item.what, item.origin) == (
        "Maya Okonkwo",
        "MO",
        "Write a CV",
        "The day agreed with the client",
    )


def test_several_lines_of_a_client_become_one_with_the_most_pressing_first(
    desk_vault: OpenVault, client: Client
) -> None:
    keep(desk_vault, an_action(client, due_on=TODAY), a_contact(client, next_on=TODAY))
    (item,) = today_of(desk_vault).today
    assert (item.kind, item.what) == ("action", "Write a CV; and 1 more")


def test_what_was_agreed_waits_while_all_of_the_support_rests(
    desk_vault: OpenVault, client: Client, programme: UUID
) -> None:
    enrolment = an_enrolment(client, programme, started_on=days_ago(90))
    keep(desk_vault, enrolment, a_contact(client, happened_on=days_ago(30), next_on=TODAY))
    keep(desk_vault, an_action(client, due_on=days_ago(3)), an_action(client, due_on=days_ago(-6)))
    assert {"action"} <= {item.kind for item in every_line(today_of(desk_vault))}
    keep(desk_vault, a_pause(enrolment, from_on=days_ago(5), to_on=days_ago(-4), reason="Hospital"))
    (line,) = every_line(today_of(desk_vault))
    assert (line.kind, line.on) == ("action", days_ago(-6)), "the day after the pause"
    assert line.what.endswith("and 1 more"), "the pause ends"
    keep(desk_vault, an_enrolment(client, programme, started_on=days_ago(20)))
    assert "action" in {item.kind for item in every_line(today_of(desk_vault))}, "support goes on elsewhere"


def test_a_pause_without_an_end_lets_everything_agreed_wait(
    desk_vault: OpenVault, client: Client, programme: UUID
) -> None:
    enrolment = an_enrolment(client, programme, started_on=days_ago(90))
    keep(desk_vault, enrolment, a_pause(enrolment, from_on=days_ago(5), reason="Hospital"))
    keep(desk_vault, an_action(client, due_on=TODAY))
    assert every_line(today_of(desk_vault)) == ()


def test_only_the_newest_contact_says_when_the_next_is(desk_vault: OpenVault, client: Client) -> None:
    keep(desk_vault, a_contact(client, happened_on=days_ago(9), next_on=days_ago(1)))
    assert [item.kind for item in today_of(desk_vault).overdue] == ["next_contact"]
    keep(desk_vault, a_contact(client, happened_on=days_ago(2)))
    assert today_of(desk_vault).overdue == ()


def test_a_caseload_is_its_coachs_own(desk_vault: OpenVault) -> None:
    coach = a_coach()
    mine, theirs = a_client(coach_id=desk_vault.coach_id), a_client(first_name="Otto", coach_id=coach.id)
    keep(
        desk_vault,
        coach,
        mine,
        theirs,
        *(an_action(one, due_on=TODAY) for one in (mine, theirs)),
        *(a_consent(one, expires_on=days_ago(-14)) for one in (mine, theirs)),
        a_consent(mine, expires_on=days_ago(-15)),
        a_consent(mine, expires_on=TODAY, withdrawn_on=TODAY),
    )
    own = today_of(desk_vault, coach_id=desk_vault.coach_id)
    assert ([item.client_id for item in own.today], own.total) == ([mine.id], 1)
    assert own.coming_up == (("1 permission ends", "Within 14 days", "file-text"),)
    everybody = today_of(desk_vault)
    assert (len(everybody.today), everybody.total) == (2, 2)
    assert everybody.coming_up[0][0] == "2 permissions end"


def test_nobody_is_called_for_whose_support_ended_or_who_died(desk_vault: OpenVault, programme: UUID) -> None:
    ended, died = a_client(), a_client(died_on=days_ago(1))
    keep(
        desk_vault, ended, died, an_enrolment(ended, programme, exit_on=TODAY), an_enrolment(died, programme)
    )
    keep(desk_vault, *(an_action(one, due_on=TODAY) for one in (ended, died)))
    row = today_of(desk_vault)
    assert (every_line(row), row.total) == ((), 0)


def test_a_new_start_calls_for_profile_and_plan(
    desk_vault: OpenVault, client: Client, programme: UUID
) -> None:
    keep(desk_vault, an_enrolment(client, programme, started_on=days_ago(7), profile_started_on=None))
    (now,) = today_of(desk_vault).today
    (later,) = today_of(desk_vault).coming
    assert (now.kind, now.what, later.kind, later.on) == (
        "profile",
        "Begin the vocational profile",
        "plan",
        days_ago(-7),
    )
    assert now.origin.startswith("Lancashire")


def test_an_agreed_plan_calls_for_its_review(desk_vault: OpenVault, client: Client, programme: UUID) -> None:
    keep(
        desk_vault,
        an_enrolment(client, programme),
        a_plan(client, agreed_on=days_ago(90)),
        a_plan(client, version=2, agreed_on=days_ago(28)),
    )
    (item,) = today_of(desk_vault).today
    assert (item.kind, item.what) == ("review", "Review the plan together")


def test_support_that_is_ending_is_announced(desk_vault: OpenVault, client: Client, programme: UUID) -> None:
    start = dt.date(2025, 10, 10)
    keep(desk_vault, an_enrolment(client, programme, started_on=start), a_plan(client, agreed_on=days_ago(1)))
    (item,) = today_of(desk_vault).coming
    assert (item.kind, item.on) == ("support_end", dt.date(2026, 10, 10))


def test_a_job_calls_for_its_check_ins_and_milestones(
    desk_vault: OpenVault, client: Client, programme: UUID
) -> None:
    employer = an_employer()
    job = a_job(client, employer, started_on=days_ago(14))
    keep(desk_vault, an_enrolment(client, programme), a_plan(client, agreed_on=days_ago(1)), employer, job)
    (item,) = today_of(desk_vault).today
    assert (item.kind, item.what, item.stage) == (
        "check_in",
        "Check-in, week 2 at Bay Bakery",
        "In work · week 3",
    )
    keep(desk_vault, a_check_in(job, due_on=TODAY))
    (following,) = today_of(desk_vault).coming
    assert following.what == "Check-in, week 3 at Bay Bakery"
    long_since = a_job(client, employer, started_on=days_ago(182))
    keep(desk_vault, long_since, a_check_in(long_since, due_on=TODAY))
    assert [one.what for one in today_of(desk_vault).today] == ["26 weeks in work: see the evidence"]


def test_a_job_without_a_programme_calls_for_nothing(desk_vault: OpenVault, client: Client) -> None:
    employer = an_employer()
    keep(desk_vault, employer, a_job(client, employer, started_on=days_ago(14)))
    assert every_line(today_of(desk_vault)) == ()


def test_somebody_about_to_start_is_wished_well_in_time(desk_vault: OpenVault, client: Client) -> None:
    other, employer = a_client(first_name="Otto", archived_at=ENTERED), an_employer()
    keep(
        desk_vault,
        other,
        employer,
        *(a_job(one, employer, started_on=days_ago(-1)) for one in (client, other)),
    )
    assert today_of(desk_vault).coming_up == (("Maya starts at Bay Bakery", "Tomorrow", "briefcase"),)


def test_stages_are_counted_in_their_order(desk_vault: OpenVault, programme: UUID) -> None:
    people = [a_client() for _ in range(6)]
    employer = an_employer()
    keep(
        desk_vault,
        *people,
        employer,
        an_enrolment(people[0], programme, started_on=None, profile_started_on=None),
        an_enrolment(people[1], programme, stage="job_finding"),
        an_enrolment(people[2], programme, stage="own stage"),
        an_enrolment(people[3], programme),
        an_enrolment(people[4], programme),
        a_job(people[4], employer),
    )
    assert [title for title, _ in today_of(desk_vault).stages] == [
        "Enquiry", "Waiting to start", "Looking for work", "Supported", "In work", "own stage"
    ]  # fmt: skip
    assert sum(count for _, count in today_of(desk_vault).stages) == today_of(desk_vault).total == 6


def test_where_somebody_stands_follows_from_enrolment_and_job() -> None:
    going_on = OpenEnrolment(
        id=new_id(),
        client_id=new_id(),
        programme_id=new_id(),
        route="out_of_work",
        stage="not_asked",
        accepted_on=None,
        started_on=None,
        profile_started_on=None,
    )
    tomorrow = TODAY + dt.timedelta(days=1)
    assert Standing(was_enrolled=True).stage(TODAY, {}) == "Support has ended"
    assert Standing(enrolment=going_on, job_started_on=tomorrow).stage(TODAY, {}) == "Waiting to start"
    assert Standing(job_started_on=TODAY).stage(TODAY, {}) == "In work · week 1"
    assert Standing(dues=[tomorrow, TODAY]).due_on() == TODAY
    assert Standing().due_on() is None


def test_standings_of_some_leave_the_others_out(
    desk_vault: OpenVault, client: Client, programme: UUID
) -> None:
    other = a_client(first_name="Otto")
    keep(desk_vault, other, *(an_enrolment(one, programme) for one in (client, other)))
    keep(desk_vault, *(a_contact(one, next_on=TODAY) for one in (client, other)))
    some = ask(desk_vault, lambda s, _: standings(s, TODAY, [client.id]))
    everybody = ask(desk_vault, lambda s, _: standings(s, TODAY))
    assert (set(some), set(everybody)) == ({client.id}, {client.id, other.id})
    assert (some[client.id].due_on(), some[client.id].last_contact_on) == (TODAY, days_ago(7))


def working(vault: OpenVault, name: str, **values: Any) -> list[str]:
    rows = ask(vault, list_clients, CaseloadFilter(**{"today": TODAY, "working": name, **values}))
    return [row.name for row in rows]


def test_each_working_list_holds_who_belongs_there(desk_vault: OpenVault, programme: UUID) -> None:
    quiet, due, busy, ended = (
        a_client(first_name=name, last_name="") for name in ("Quiet", "Due", "Busy", "Ended")
    )
    employer = an_employer()
    keep(
        desk_vault,
        quiet, due, busy, ended, employer,
        an_enrolment(quiet, programme),
        an_enrolment(ended, programme, exit_on=days_ago(1)),
        a_contact(quiet, happened_on=days_ago(29)),
        a_contact(due, happened_on=days_ago(28), next_on=TODAY),
        a_contact(busy, happened_on=TODAY, next_on=days_ago(-1)),
        a_contact(ended, next_on=TODAY),
        a_job(busy, employer),
    )  # fmt: skip
    lists = {name: working(desk_vault, name) for name in ("open", "due", "in_work", "quiet", "closed", "all")}
    assert lists == {
        "open": ["Due", "Busy", "Quiet"],
        "due": ["Due"],
        "in_work": ["Busy"],
        "quiet": ["Quiet"],
        "closed": ["Ended"],
        "all": ["Due", "Busy", "Ended", "Quiet"],
    }
    counts = ask(desk_vault, count_clients, CaseloadFilter(today=TODAY))
    assert counts == {**{name: len(names) for name, names in lists.items()}, "put_away": 0}


def test_the_caseload_is_narrowed_by_coach_and_by_words(desk_vault: OpenVault) -> None:
    keep(
        desk_vault,
        a_client(first_name="Zoë", town="Ulverston", phone="07700 900 123", coach_id=desk_vault.coach_id),
        a_client(first_name="Ørjan", last_name="Ødegård"),
    )
    assert working(desk_vault, "open") == ["Ørjan Ødegård", "Zoë Okonkwo"]
    assert working(desk_vault, "open", coach_id=desk_vault.coach_id) == ["Zoë Okonkwo"]
    for text in ("zoe", "ULVERSTON", "07700900", "okonkwo zoe"):
        assert working(desk_vault, "open", text=text) == ["Zoë Okonkwo"]
    assert working(desk_vault, "open", text="zoe nobody") == []
