from collections.abc import Iterator

import pytest

from coachdesk.models import Client, Programme
from coachdesk.returns.indicators.enrolled import active_caseload, reach, referrals_accepted, starts
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.returns.return_world import World, day


@pytest.fixture
def world(vault: OpenVault) -> Iterator[World]:
    with unit_of_work(vault, label="Made a caseload") as work:
        yield World(work.session)


def test_a_referral_counts_by_its_accepted_date_and_a_blank_one_stands_aside(world: World) -> None:
    world.enrol("June", accepted_on="06-30", received_on="06-20")
    world.enrol("First day", accepted_on="07-01")
    world.enrol("Last day", accepted_on="09-30")
    world.enrol("October", accepted_on="10-01")
    world.enrol("Blank", received_on="08-01")
    world.enrol("Blank in June", received_on="06-01")
    found = referrals_accepted(world.session, world.scope())
    assert world.who(found.people) == {"First day", "Last day"}
    assert world.who(found.aside) == {"Blank"}
    assert found.note.startswith("1 with a referral in the period have no accepted date")


def test_a_person_with_two_enrolments_is_counted_once(world: World) -> None:
    twice = world.client("Twice")
    world.enrol("Twice", "07-05", client=twice, accepted_on="07-05", exit_on="07-20")
    world.enrol("Twice", "08-05", client=twice, accepted_on="08-05")
    for indicator in (referrals_accepted, starts, reach):
        found = indicator(world.session, world.scope())
        assert (found.number, world.who(found.people)) == (1, {"Twice"})
    assert referrals_accepted(world.session, world.scope()).note == ""


def test_starts_leave_out_other_dates_programmes_and_archived_records(world: World) -> None:
    world.enrol("Counted", "09-30")
    world.enrol("Too late", "10-01")
    world.enrol("Not started", None)
    other = Programme(key="other", title="Other", threshold=5)
    world.add(other)
    elsewhere = world.enrol("Elsewhere", "08-01")
    elsewhere.programme_id = other.id
    gone = world.enrol("Archived", "08-01")
    world.session.get_one(Client, gone.client_id).archived_at = world.session.info["vault"].clock.now()
    assert world.who(starts(world.session, world.scope()).people) == {"Counted"}


def test_an_as_at_date_inside_the_period_counts_only_what_had_happened(world: World) -> None:
    world.enrol("July", "07-05")
    world.enrol("September", "09-05")
    assert world.who(starts(world.session, world.scope(as_at=day("08-31"))).people) == {"July"}


def test_the_active_caseload_needs_a_profile_no_exit_and_no_pause(world: World) -> None:
    world.enrol("Active", profile_started_on="07-12")
    world.enrol("No profile")
    world.enrol("Left on the day", profile_started_on="07-12", exit_on="09-30")
    world.enrol("Left after", profile_started_on="07-12", exit_on="10-01")
    paused = world.enrol("Paused", profile_started_on="07-12")
    world.pause(paused, "09-01")
    back = world.enrol("Back", profile_started_on="07-12")
    world.pause(back, "08-01", "09-29")
    found = active_caseload(world.session, world.scope())
    assert world.who(found.people) == {"Active", "Left after", "Back"}
    assert world.who(found.aside) == {"Paused"}
    assert found.note == "1 whose support is paused are not counted."


def test_reach_is_everybody_supported_on_any_day_of_the_period(world: World) -> None:
    world.enrol("Whole", "2025-01-10")
    world.enrol("Left on the first day", "2025-01-10", exit_on="07-01")
    world.enrol("Left before", "2025-01-10", exit_on="06-30")
    world.enrol("Came on the last day", "09-30")
    world.enrol("Not yet", "10-01")
    assert world.who(reach(world.session, world.scope()).people) == {
        "Whole",
        "Left on the first day",
        "Came on the last day",
    }
