"""Days to the start and to the first meeting with an employer, adjustments in place, referrals on: each by hand."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from coachdesk.casework.service_quality.ground import quality_settings
from coachdesk.models import Adjustment, EmployerContact, EmployerTalk, Enrolment, Sharing
from coachdesk.returns.indicators.adjusting import adjustment_lag
from coachdesk.returns.indicators.found import Found
from coachdesk.returns.indicators.promptness import first_employer_contact, referral_to_start
from coachdesk.returns.indicators.service_use import NOT_REFERRED, REFERRED, service_use
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.returns.return_world import World, day


@pytest.fixture
def world(vault: OpenVault) -> Iterator[World]:
    with unit_of_work(vault, label="Made a caseload") as work:
        yield World(work.session)


def reasons(world: World, found: Found) -> dict[str, str]:
    return {world.names[near.client_id]: near.reason for near in found.near}


def test_days_from_referral_to_start_have_a_middle_and_a_share_within_the_target(world: World) -> None:
    # 3, 10 and 30 days: 10 in the middle, which is 1.4 weeks and printed as 1; 2 of 3 within 14 days
    world.enrol("Soon", "07-10", received_on="07-07")
    world.enrol("Middle", "07-10", received_on="06-30")
    world.enrol("Late", "07-31", received_on="07-01")
    world.enrol("No referral date", "07-10")
    world.enrol("After the start", "07-10", received_on="07-11")
    world.enrol("Other quarter", "06-30", received_on="06-01")
    found = referral_to_start(world.session, world.scope())
    blank = (2, {"No referral date", "After the start"})
    assert found.amount is not None
    assert (found.amount.words, found.amount.printed) == ("median 10 days", "median 1 week")
    assert found.amount.needs == ("Referral date known",)
    assert world.groups(found) == {
        "Referral date known": (3, {"Soon", "Middle", "Late"}),
        "No referral date": blank,
    }
    assert reasons(world, found) == {
        "No referral date": "there is no referral date",
        "After the start": "referred on 11 July 2026, after the start",
    }
    target = referral_to_start(world.session, world.scope(own={"referral-to-start": {"target_days": 14}}))
    assert world.groups(target) == {
        "Within 14 days": (2, {"Soon", "Middle"}),
        "Later": (1, {"Late"}),
        "No referral date": blank,
    }
    assert reasons(world, target)["Late"] == "30 days from referral to start, more than 14"
    assert target.amount is not None
    assert target.amount.needs == ("Within 14 days", "Later")


def test_somebody_who_started_twice_is_one_person_with_the_first_start(world: World) -> None:
    first = world.enrol("Twice", "07-10", received_on="07-09")
    again = world.enrol("x", "09-10", received_on="07-10")
    again.client_id = first.client_id
    world.session.flush()
    found = referral_to_start(world.session, world.scope())
    assert found.base == 1
    assert found.amount is not None
    assert (found.amount.words, found.amount.printed) == ("median 1 day", "median 0 weeks")


def test_nobody_who_started_gives_no_middle(world: World) -> None:
    found = referral_to_start(world.session, world.scope())
    assert (found.base, found.amount) == (0, None)


def met(world: World, enrolment: Enrolment, on: str, **values: Any) -> None:
    contact = EmployerContact(
        **{"employer_id": world.employer.id, "happened_on": day(on), "face_to_face": True, **values}
    )
    world.add(contact)
    world.add(EmployerTalk(client_id=enrolment.client_id, employer_contact_id=contact.id))


def test_who_has_met_no_employer_is_counted_apart_with_the_days_so_far(world: World) -> None:
    met(world, world.enrol("Nine days", "07-01"), "07-10")
    met(world, world.enrol("Forty days", "07-01", route="signed_off"), "08-10")
    met(world, world.enrol("By phone", "07-01"), "07-10", face_to_face=False)
    met(world, world.enrol("Before the start", "08-01"), "07-10")
    world.enrol("Never", "09-20")
    settings = quality_settings(world.session)
    found = first_employer_contact(world.session, world.scope(), settings)
    assert found.amount is not None
    assert found.amount.words == "median 24.5 days"
    assert world.groups(found) == {
        "Met an employer": (2, {"Nine days", "Forty days"}),
        "Not met an employer yet": (3, {"By phone", "Before the start", "Never"}),
    }
    assert found.note == "3 have met no employer yet: 60 days so far in the middle, 91 at the most."
    assert reasons(world, found)["Never"] == "has met no employer yet, 10 days so far"
    told = replace(settings, first_contact_days=9)
    within = first_employer_contact(world.session, world.scope(), told)
    assert within.groups[0].label == "Within 9 days"
    assert world.who(within.people) == {"Nine days"}
    own = world.scope(own={"first-employer-contact": {"target_days": 1}})
    assert first_employer_contact(world.session, own, told).groups[0].label == "Within 1 day"


def test_everybody_has_met_an_employer(world: World) -> None:
    met(world, world.enrol("At once", "07-01"), "07-01")
    found = first_employer_contact(world.session, world.scope(), quality_settings(world.session))
    assert (found.note, found.near) == ("", ())


def adjusted(world: World, name: str, decision: str = "agreed", **values: Any) -> None:
    enrolment = world.enrol(name, values.pop("started", "05-01"), exit_on=values.pop("exit_on", None))
    dates = {key: day(value) for key, value in values.items() if key.endswith("_on")}
    world.add(
        Adjustment(
            **{
                "client_id": enrolment.client_id,
                "decision": decision,
                "decided_on": day("08-01"),
                "requested_on": day("07-20"),
                **values,
                **dates,
            }
        )
    )


def test_adjustments_agreed_in_the_period_by_the_days_they_took(world: World) -> None:
    adjusted(world, "28 days", in_place_on="08-17")
    adjusted(world, "29 days", "partly", in_place_on="08-18")
    adjusted(world, "Not yet", "agreed")
    adjusted(world, "Came after the as-at date", in_place_on="10-01")
    adjusted(world, "Days are not up", requested_on="09-10", decided_on="09-20")
    adjusted(world, "Never asked", requested_on="01-01")
    adjusted(world, "Refused", "refused", refusal_reason="too dear")
    adjusted(world, "No reason", "refused")
    adjusted(world, "Waiting", "waiting")
    adjusted(world, "Decided before", decided_on="06-30")
    adjusted(world, "Left before", exit_on="06-30")
    world.session.query(Adjustment).filter_by(requested_on=day("01-01")).one().requested_on = None
    world.session.flush()
    found = adjustment_lag(world.session, world.scope())
    assert world.groups(found) == {
        "In place within 28 days": (1, {"28 days"}),
        "In place later": (1, {"29 days"}),
        "Not in place yet": (2, {"Not yet", "Came after the as-at date"}),
    }
    assert world.who(found.aside) == {"Days are not up"}
    assert found.note == (
        "2 refused, each with its reason under those who were left out. "
        "1 are waiting for fewer than 28 days and are not counted."
    )
    assert reasons(world, found) == {
        "29 days": "in place 29 days after it was asked for",
        "Not yet": "asked for on 20 July 2026, agreed and not in place yet",
        "Came after the as-at date": "asked for on 20 July 2026, agreed and not in place yet",
        "Days are not up": "asked for on 10 September 2026, agreed and not in place yet",
        "Never asked": "agreed, but nobody has recorded when it was asked for",
        "Refused": "refused on 1 August 2026: too dear",
        "No reason": "refused on 1 August 2026: no reason was written down",
    }
    assert found.amount is not None
    assert found.amount.words == "median 28.5 days"
    longer = adjustment_lag(world.session, world.scope(own={"adjustment-lag": {"within_days": 30}}))
    assert world.who(longer.people) == {"28 days", "29 days"}


def test_no_adjustment_at_all(world: World) -> None:
    found = adjustment_lag(world.session, world.scope())
    assert (found.base, found.amount, found.note) == (0, None, "")


def test_who_was_referred_on_is_counted_among_the_people_supported(world: World) -> None:
    supported = set()
    for name, on, sort in (
        ("Referred", "08-01", "referral"),
        ("A letter", "08-01", "letter"),
        ("After the period", "10-05", "referral"),
    ):
        enrolment = world.enrol(name, "05-01")
        supported.add(enrolment.client_id)
        world.add(
            Sharing(
                client_id=enrolment.client_id,
                shared_on=day(on),
                sort=sort,
                recipient="A service",
                override_reason="Agreed on the phone",
            )
        )
    found = service_use(world.session, world.scope(), frozenset(supported))
    assert world.groups(found) == {
        REFERRED: (1, {"Referred"}),
        NOT_REFERRED: (2, {"A letter", "After the period"}),
    }
    assert reasons(world, found) == {
        "After the period": "a referral was made on 5 October 2026, after the period"
    }
