"""Figures of the team's time, and how medians, means and ratios read in the vault and in a pack."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import pytest

from coachdesk.casework.service_quality.caseload import Active, read_active
from coachdesk.casework.service_quality.ground import quality_settings
from coachdesk.models import Coach, CoachTime, Contact, EmployerContact, Programme
from coachdesk.returns.catalogue import read_catalogue
from coachdesk.returns.counting import Counting
from coachdesk.returns.figures import Line, figure_rows
from coachdesk.returns.indicators.enrolled import active_caseload
from coachdesk.returns.indicators.found import Amount, Found, people
from coachdesk.returns.indicators.service import KEEPING, LOOKING, retention_share, service_figures
from coachdesk.returns.shown import Printed
from coachdesk.returns.tables import CountTable, Protected
from coachdesk.returns.wishes import FigureRow
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.makers import ENTERED
from tests.returns.return_world import World, day

ON = dt.date(2026, 9, 30)


@pytest.fixture
def world(vault: OpenVault) -> Iterator[World]:
    with unit_of_work(vault, label="Made a caseload") as work:
        yield World(work.session)


def coaches(world: World, number: int) -> list[Coach]:
    made = [Coach(name=f"Coach {each}") for each in range(number)]
    world.add(*made)
    world.add(*(CoachTime(coach_id=each.id, from_on=day("01-01"), hundredths=50) for each in made))
    return made


def caseload(world: World, team: list[Coach], number: int, name: str = "Active") -> None:
    for each in range(number):
        enrolment = world.enrol(
            f"{name} {each}",
            "05-01",
            profile_started_on="05-02",
            route="signed_off" if each % 5 == 0 else "out_of_work",
            coach_id=team[each % len(team)].id,
        )
        world.add(
            Contact(
                client_id=enrolment.client_id,
                coach_id=team[each % len(team)].id,
                happened_on=day("08-03"),
                minutes=60,
                channel="face_to_face",
                place="public" if each % 2 else "office",
                entered_at=ENTERED,
            )
        )
        world.add(
            EmployerContact(
                employer_id=world.employer.id,
                coach_id=team[each % len(team)].id,
                happened_on=day("08-03"),
                face_to_face=True,
            )
        )


def active(world: World) -> Active:
    return read_active(world.session, world.scope().as_at, world.programme.id)


def service(world: World) -> dict[str, Found]:
    settings = quality_settings(world.session)
    return {one.id: one for one in service_figures(world.session, world.scope(), settings, active(world))}


def test_the_teams_figures_come_from_the_same_place_as_the_windows(world: World) -> None:
    # 20 active clients in three half posts: 13.3, so 14 for a full one; all time was with clients, half of it in public
    caseload(world, coaches(world, 3), 20)
    found = service(world)
    amounts = {key: one.amount for key, one in found.items()}
    assert {key: amount.words for key, amount in amounts.items() if amount is not None} == {
        "caseload-per-post": "14 clients for each full-time coach",
        "employment-time": "100%",
        "employer-contacts": "0.5 a week",
        "community-time": "50%",
    }
    assert all(amount is not None and amount.may_leave for amount in amounts.values())
    assert found["caseload-per-post"].note == "Band 5 of the published scale: 20 or fewer."
    assert found["caseload-per-post"].people == active_caseload(world.session, world.scope()).people
    assert found["employment-time"].unit == "working time"
    settings = replace(quality_settings(world.session), contacts_a_week=3)
    (meetings,) = (
        one
        for one in service_figures(world.session, world.scope(), settings, active(world))
        if one.id == "employer-contacts"
    )
    assert meetings.note == "Target: 3 a week."


def test_two_coaches_or_few_clients_would_be_pointed_at(world: World) -> None:
    caseload(world, coaches(world, 2), 20)
    assert not any(one.amount is None or one.amount.may_leave for one in service(world).values())


def test_time_of_few_clients_stays_in_the_vault(world: World) -> None:
    caseload(world, coaches(world, 3), 18)
    leaves = {key: one.amount is not None and one.amount.may_leave for key, one in service(world).items()}
    assert leaves == {
        "caseload-per-post": True,
        "employment-time": True,
        "employer-contacts": True,
        "community-time": False,
    }


def test_few_people_active_elsewhere_keep_the_teams_caseload_in_the_vault(world: World) -> None:
    team = coaches(world, 3)
    caseload(world, team, 20)
    here = world.programme
    world.programme = Programme(key="other", title="Other", funder="F", threshold=5, definition={})
    world.add(world.programme)
    caseload(world, team, 3, "Elsewhere")
    world.programme = here
    amount = service(world)["caseload-per-post"].amount
    assert amount is not None
    assert not amount.may_leave


def test_without_working_time_the_figures_say_why_they_are_blank(world: World) -> None:
    found = service(world)
    assert {one.missing for one in found.values()} == {
        "the coaches’ working time on the day is not complete",
        "no minutes are written down in the period",
        "the coaches’ working time in the period is not complete",
        "no minutes of face-to-face contacts are written down in the period",
    }
    row = rows(Line(found=found["employment-time"], kind="amount"))
    assert row.printed_words == "Not worked out: no minutes are written down in the period"
    assert row.value_words == row.printed_words
    assert (row.client_ids, row.parts) == ((), ())


def test_retention_divides_the_active_caseload(world: World) -> None:
    caseload(world, coaches(world, 1), 10)
    resting = world.enrol("Resting", "05-01", profile_started_on="05-02")
    world.pause(resting, "09-01")
    found = retention_share(active(world), quality_settings(world.session))
    assert {group.label: group.number for group in found.groups} == {KEEPING: 2, LOOKING: 8}
    assert found.base_people == active_caseload(world.session, world.scope()).people
    assert [near.reason for near in found.near] == ["support is paused"]


def ids(number: int) -> list[UUID]:
    return [UUID(int=each) for each in range(1, number + 1)]


def rows(line: Line, printed: Printed | None = None) -> FigureRow:
    return figure_rows([line], printed or {}, read_catalogue(), ON)[0]


def split(found: Found, *hidden: str) -> Printed:
    (table,) = Counting(period="p", threshold=5, breakdowns=()).count([], [("Title", found)]).tables
    return {
        table.id: Protected(
            table=table,
            values={key: None if key[0] in hidden else count for key, count in table.counts.items()},
        )
    }


def median_of(number: int) -> Found:
    known = people("Referral date known", ids(number))
    return Found(
        id="referral-to-start",
        groups=(known, people("No referral date", [UUID(int=99 + each) for each in range(6)])),
        amount=Amount(
            words="median 9 days",
            printed="median 1 week",
            people=known.clients,
            needs=("Referral date known",),
        ),
    )


def test_a_median_leaves_rounded_with_ten_people_behind_it() -> None:
    ten = median_of(10)
    row = rows(Line(found=ten, kind="amount"), split(ten))
    assert row.value_words == "median 9 days; Referral date known: 10; No referral date: 6"
    assert row.printed_words == "median 1 week; Referral date known: 10; No referral date: 6"
    assert row.base_words == "of 16"
    nine = median_of(9)
    assert rows(Line(found=nine, kind="amount"), split(nine)).printed_words.startswith("[c]; Referral")
    marked = rows(Line(found=ten, kind="amount"), split(ten, "Referral date known", "No referral date"))
    assert marked.printed_words == "[c]; Referral date known: [c]; No referral date: [c]"
    beside = rows(Line(found=ten, kind="amount"), split(ten, "No referral date"))
    assert beside.printed_words == "median 1 week; Referral date known: 10; No referral date: [c]"
    assert rows(Line(found=ten, kind="amount")).printed_words == "[c]; [c]"


def test_a_figure_without_an_amount_has_its_numbers_alone() -> None:
    none = Found(id="adjustment-lag", groups=(people("In", ()), people("Out", ids(12))))
    row = rows(Line(found=none, kind="amount"), split(none))
    assert (row.value_words, row.printed_words) == ("In: 0; Out: 12", "In: 0; Out: 12")


@pytest.mark.parametrize(
    ("shown", "may_leave", "words"),
    [(20, True, "14 clients"), (None, True, "[c]"), (20, False, "[c]")],
)
def test_a_ratio_of_people_leaves_only_beside_their_printed_number(
    shown: int | None,
    may_leave: bool,  # noqa: FBT001  what is tried
    words: str,
) -> None:
    active = CountTable(
        id="active-caseload",
        title="Active",
        measure="active-caseload",
        period="p",
        universe="active-caseload",
        dims=(),
        counts={(): 20},
    )
    found = Found(
        id="caseload-per-post",
        unit="working time",
        groups=(people("Active clients", ids(20)),),
        amount=Amount(
            words="14 clients",
            printed="14 clients",
            people=frozenset(ids(20)),
            basis="20 active clients, 1.5 full-time posts",
            beside="active-caseload",
            may_leave=may_leave,
        ),
    )
    row = rows(Line(found=found, kind="amount"), {active.id: Protected(table=active, values={(): shown})})
    assert (row.value_words, row.printed_words) == ("14 clients", words)
    assert row.base_words == "20 active clients, 1.5 full-time posts"
