"""Outcomes stand beside their own base: whoever leaves it leaves the numerator, in every figure of invented caseloads."""

import datetime as dt
import random
from typing import Any
from uuid import UUID

import pytest

from coachdesk.models import Adjustment, Client, Coach, EmployerContact, EmployerTalk, Enrolment, Sharing
from coachdesk.returns.catalogue import read_catalogue
from coachdesk.returns.indicators.found import PEOPLE, Found
from coachdesk.returns.lines import counts
from coachdesk.returns.report import FIGURE_PARTS
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.makers import furnished
from tests.returns.return_world import AS_AT, Q2, World

CLIENTS = 30
FIRST = dt.date(2025, 6, 1)
ROUTES = ("out_of_work", "out_of_work", "in_work_at_risk", "signed_off")


def day_after(chance: random.Random, day: dt.date, most: int) -> dt.date:
    return day + dt.timedelta(days=chance.randrange(most))


def somebody(world: World, chance: random.Random, number: int) -> None:
    """Add a client with whatever chance brings."""
    started = day_after(chance, FIRST, 500)
    left = day_after(chance, started, 400) if chance.random() < 0.4 else None
    enrolment = world.enrol(
        f"Somebody {number}",
        started.isoformat(),
        exit_on=left.isoformat() if left else None,
        route=chance.choice(ROUTES),
        received_on=day_after(chance, started - dt.timedelta(days=40), 41).isoformat(),
        accepted_on=started.isoformat(),
        profile_started_on=started.isoformat(),
    )
    for _ in range(chance.randrange(3)):
        begun = day_after(chance, started - dt.timedelta(days=60), 300)
        ended = day_after(chance, begun, 300) if chance.random() < 0.5 else None
        job = world.job(
            enrolment,
            begun.isoformat(),
            ended=ended.isoformat() if ended else None,
            pence=chance.choice((None, 1200, 1400)),
            soc=chance.choice(("", "9139", "5432")),
            is_competitive=chance.choice(("yes", "no", "not_asked")),
            contract=chance.choice(("permanent", "zero_hours")),
        )
        world.good_work(job, day_after(chance, begun, 60).isoformat(), pay_fair=chance.choice(("yes", "no")))
        seen = day_after(chance, begun, 200).isoformat()
        world.check_in(job, begun.isoformat(), seen, chance.choice(("yes", "no")))
    for _ in range(chance.randrange(3)):
        world.ons4(enrolment, day_after(chance, started, 300).isoformat(), satisfied=chance.randrange(11))
    beside(world, chance, enrolment, started)


def beside(world: World, chance: random.Random, enrolment: Enrolment, started: dt.date) -> None:
    """Add a meeting with an employer, an adjustment and a referral on."""
    meeting = EmployerContact(
        employer_id=world.employer.id, happened_on=day_after(chance, started, 200), face_to_face=True
    )
    world.add(meeting)
    asked = day_after(chance, started, 300)
    common: dict[str, Any] = {"client_id": enrolment.client_id}
    world.add(
        EmployerTalk(employer_contact_id=meeting.id, **common),
        Adjustment(
            decision=chance.choice(("agreed", "partly", "refused")),
            requested_on=asked,
            decided_on=day_after(chance, asked, 20),
            in_place_on=day_after(chance, asked, 60) if chance.random() < 0.7 else None,
            **common,
        ),
        Sharing(
            shared_on=day_after(chance, started, 300),
            sort="referral",
            recipient="A service",
            override_reason="Agreed",
            **common,
        ),
    )


def everything(world: World) -> dict[str, Found]:
    lines = counts(world.session, world.scope(), read_catalogue(), 5).lines
    return {line.found.id: line.found for line in lines}


def without(found: Found, gone: UUID) -> list[frozenset[UUID]]:
    return [group.clients - {gone} for group in found.groups]


@pytest.mark.parametrize("seed", range(6))
def test_whoever_leaves_the_base_leaves_the_numerator(vault: OpenVault, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311  invented people, not keys
    furnished(vault)
    with unit_of_work(vault, label="Made a caseload") as work:
        world = World(work.session)
        world.add(Coach(name="A coach"))
        for number in range(CLIENTS):
            somebody(world, chance, number)
        before = everything(world)
        for found in before.values():
            assert found.people <= found.base_people
            if found.unit == PEOPLE:
                assert found.base == len(found.base_people), found.id
                assert found.people.isdisjoint({near.client_id for near in found.near}), found.id
        for gone in chance.sample(sorted(world.names), 5):
            client = work.session.get_one(Client, gone)
            client.archived_at = dt.datetime(2026, 9, 1, tzinfo=dt.UTC)
            work.session.flush()
            after = everything(world)
            for key, found in after.items():
                assert gone not in found.base_people, key
                assert gone not in {near.client_id for near in found.near}, key
                if not key.startswith("different-"):  # another job is then the first of its sort
                    assert [group.clients for group in found.groups] == without(before[key], gone), key
            client.archived_at = None
            work.session.flush()


def test_the_bases_that_are_the_same_people_are_the_same(vault: OpenVault) -> None:
    chance = random.Random(7)  # noqa: S311  invented people, not keys
    furnished(vault)
    with unit_of_work(vault, label="Made a caseload") as work:
        world = World(work.session)
        for number in range(3 * CLIENTS):
            somebody(world, chance, number)
        found = everything(world)
    starters = found["starts"].people
    assert found["referral-to-start"].base_people == starters
    assert found["first-employer-contact"].base_people == starters
    assert found["retention-share"].base_people == found["active-caseload"].people
    assert found["service-use"].base_people == found["reach"].people
    jobs = found["all-job-starts"]
    for key in ("different-employers", "different-occupations", "competitive-jobs", "permanent-jobs"):
        assert (found[key].base, found[key].base_people) == (jobs.number, jobs.people), key
    assert starters
    assert jobs.number
    assert (Q2.from_on, Q2.to_on) == (dt.date(2026, 7, 1), AS_AT)


def test_every_figure_has_one_place_in_the_report() -> None:
    ids = [each.id for each in read_catalogue() if each.id not in {"outcome-rule", "good-work"}]
    for one in (*ids, "rule-some-funders", "good-work-pay"):
        places = [title for title, prefixes in FIGURE_PARTS if one.startswith(prefixes)]
        assert len(places) == 1, (one, places)
