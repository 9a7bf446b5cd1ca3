"""Referrals on, by hand: what came of each by the as-at date, by sort of service, and printed only with enough people."""

import datetime as dt
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest

from coachdesk.models import Client, OnwardReferral, Service, Sharing
from coachdesk.returns.catalogue import read_catalogue
from coachdesk.returns.counting import REFERRAL_SPLITS, REFERRED_PEOPLE, Counting
from coachdesk.returns.indicators.found import Found
from coachdesk.returns.indicators.onward import (
    ACCEPTED,
    ATTENDED,
    DECLINED,
    NO_REPLY,
    NOT_FOLLOWED,
    TYPE_NOT_STATED,
    WAITING,
    onward_referrals,
)
from coachdesk.returns.lines import counts
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.makers import furnished
from tests.returns.return_world import World, day

MONEY = "Money, debt and benefits advice"


@pytest.fixture
def world(vault: OpenVault) -> Iterator[World]:
    furnished(vault)
    with unit_of_work(vault, label="Made a caseload") as work:
        yield World(work.session)


def passed_on(world: World, client: UUID, on: str) -> Sharing:
    sharing = Sharing(
        client_id=client, shared_on=day(on), sort="referral", recipient="X", override_reason="Agreed on the phone"
    )  # fmt: skip
    world.add(sharing)
    return sharing


def refer(world: World, client: UUID, on: str, **values: Any) -> OnwardReferral:
    sharing = passed_on(world, client, on)
    days = {name: day(value) for name, value in values.items() if name.endswith("_on")}
    told = {"service_name": "X", "made_on": day(on), **values, **days}
    made = OnwardReferral(client_id=client, sharing_id=sharing.id, **told)
    world.add(made)
    return made


def asked(world: World, supported: set[UUID]) -> tuple[Found, Found]:
    return onward_referrals(world.session, world.scope(), frozenset(supported))


def test_each_referral_counts_by_what_was_known_at_the_as_at_date(world: World) -> None:
    cases: dict[str, dict[str, Any]] = {
        "Came": {"answer": "accepted", "answered_on": "07-10", "first_attended_on": "09-30"},
        "Came after": {"answer": "accepted", "answered_on": "07-10", "first_attended_on": "10-02"},
        "Declined": {"answer": "declined", "answered_on": "07-20"},
        "No reply": {"answer": "no_reply", "answered_on": "08-20"},
        "Answered after": {"answer": "accepted", "answered_on": "10-02"},
        "Waits": {},
    }
    who = {}
    for name, values in cases.items():
        who[name] = world.enrol(name, "05-01").client_id
        refer(world, who[name], "07-01", **values)
    who["Told only"] = world.enrol("Told only", "05-01").client_id
    passed_on(world, who["Told only"], "08-02")
    before = world.enrol("Before", "05-01").client_id
    refer(world, before, "06-30")
    elsewhere = world.enrol("Not supported", "05-01", exit_on="06-01").client_id
    refer(world, elsewhere, "08-01")
    found, _ = asked(world, {*who.values(), before})
    assert world.groups(found) == {
        ATTENDED: (1, {"Came"}),
        ACCEPTED: (1, {"Came after"}),
        DECLINED: (1, {"Declined"}),
        NO_REPLY: (1, {"No reply"}),
        WAITING: (2, {"Answered after", "Waits"}),
        NOT_FOLLOWED: (1, {"Told only"}),
    }
    assert {world.names[one.client_id]: one.reason for one in found.near} == {
        "Came after": "referred on 1 July 2026: accepted, not there yet, said on 10 July 2026",
        "Declined": "referred on 1 July 2026: declined, said on 20 July 2026",
        "No reply": "referred on 1 July 2026: no reply, said on 20 August 2026",
        "Answered after": "referred on 1 July 2026: no answer yet",
        "Waits": "referred on 1 July 2026: no answer yet",
        "Told only": "referred on 2 August 2026: written down, not followed up",
        "Before": "a referral was made on 30 June 2026, before the period",
        "Not supported": "referred on 1 August 2026, when support by this programme did not go on",
    }


def test_the_sort_of_the_directory_goes_before_the_one_named(world: World) -> None:
    client = world.enrol("Twice", "05-01").client_id
    service = Service(name="Debt Line", folded="debt line", sort="money_debt")
    world.add(service)
    came = {"answer": "accepted", "answered_on": "07-10", "first_attended_on": "08-01"}
    refer(world, client, "07-01", service_id=service.id, service_sort="housing", **came)
    refer(world, client, "07-02", service_sort="money_debt")
    refer(world, client, "07-03")
    _, found = asked(world, {client})
    told = {label: number for label, (number, _) in world.groups(found).items() if number}
    assert told == {MONEY: 2, TYPE_NOT_STATED: 1}
    assert found.note == (
        f"{MONEY}: 2 made, 1 accepted, 1 first attended. Sort not stated: 1 made, 0 accepted, 0 first attended."
    )


def test_what_was_archived_counts_nowhere(world: World) -> None:
    client = world.enrol("Archived", "05-01").client_id
    passed_on(world, client, "07-01").archived_at = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
    gone = world.enrol("Put away", "05-01").client_id
    refer(world, gone, "07-01")
    world.session.get_one(Client, gone).archived_at = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
    world.session.flush()
    assert [found.base for found in asked(world, {client, gone})] == [0, 0]


@pytest.mark.parametrize(("people", "printed"), [(30, 1), (340, 2)])
def test_sorts_are_printed_only_with_enough_people_and_add_up_to_the_same(
    world: World, people: int, printed: int
) -> None:
    for number in range(people):
        refer(world, world.enrol(f"Somebody {number}", "05-01").client_id, "07-01", service_sort="housing")
    found = counts(world.session, world.scope(), read_catalogue(), 5)
    splits = [(title, one) for title, one in found.splits if f"{one.id}-split" in REFERRAL_SPLITS]
    assert len(splits) == printed
    counted = Counting(period="2026-Q3", threshold=5, breakdowns=()).count((), splits)
    assert len(counted.relations) == printed - 1
    if printed > 1:
        (tie,) = counted.relations
        assert {table for _, table, _ in tie.terms} == set(REFERRAL_SPLITS)


def test_a_few_second_referrals_are_not_told_by_the_difference(world: World) -> None:
    people = [world.enrol(f"Somebody {number}", "05-01").client_id for number in range(12)]
    for client in (*people[:9], people[0]):
        refer(world, client, "07-01")
    found = counts(world.session, world.scope(), read_catalogue(), 5)
    wanted = (REFERRAL_SPLITS[0], REFERRED_PEOPLE)
    splits = [(title, one) for title, one in found.splits if f"{one.id}-split" in wanted]
    counted = Counting(period="2026-Q3", threshold=5, breakdowns=()).count((), splits)
    (tie,) = counted.relations
    assert (tie.op, tie.protect) == (">=", True)
    tables = {table.id: table for table in counted.tables}
    assert sum(weight * tables[table].counts[key] for weight, table, key in tie.terms) == 1
