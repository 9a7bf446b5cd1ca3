"""Data quality names what would spoil a return, and exactly whose record it is."""

import datetime as dt
from dataclasses import replace
from uuid import UUID

import pytest

from coachdesk.casework.notices import GiveNotice, SetNoticeVersion, give_notice, set_notice_version
from coachdesk.casework.quality import QualityLine, ReturnScope, data_quality
from coachdesk.vault.opened import OpenVault
from tests.makers import (
    a_client,
    a_job,
    a_plan,
    a_programme,
    an_eligibility,
    an_employer,
    an_enrolment,
    an_equality,
    ask,
    do,
    job_terms,
    keep,
    programme_id,
)

SCOPE = ReturnScope(
    programme_key="connect-to-work",
    from_on=dt.date(2026, 7, 1),
    to_on=dt.date(2026, 9, 30),
    as_at=dt.date(2026, 10, 5),
)


@pytest.fixture
def programme(desk_vault: OpenVault) -> UUID:
    return ask(desk_vault, lambda s, _: programme_id(s))


def lines_of(vault: OpenVault) -> dict[str, QualityLine]:
    return {line.id: line for line in ask(vault, data_quality, SCOPE)}


def test_nobody_enrolled_spoils_nothing(desk_vault: OpenVault) -> None:
    assert lines_of(desk_vault) == {}


def test_a_complete_record_spoils_nothing(desk_vault: OpenVault, programme: UUID) -> None:
    client, employer = a_client(postcode="LA14 1AA", hub_id=None), an_employer()
    enrolment = an_enrolment(client, programme, source="self", hub_id=None)
    job = a_job(client, employer, started_on=SCOPE.from_on, four_hours_on=SCOPE.from_on)
    equality = an_equality(
        client, sex="female", ethnic_group="white_irish", long_condition="yes", activity_restriction="a_lot"
    )
    keep(
        desk_vault, client, employer, enrolment, job, job_terms(job, hourly_pence=1300), equality,
        an_eligibility(enrolment), a_plan(client, enrolment_id=enrolment.id, agreed_on=SCOPE.from_on),
    )  # fmt: skip
    lines = lines_of(desk_vault)
    assert set(lines) == {"hub_id"}
    assert lines["hub_id"].sentence == "1 of 1 have no hub: the return will show 100.0% not stated"


def test_each_gap_names_whose_it_is(desk_vault: OpenVault, programme: UUID) -> None:
    bare = a_client(born_from=None, born_to=None, birth_precision="", town="")
    young = a_client(
        first_name="Young",
        born_from=dt.date(2015, 1, 1),
        born_to=dt.date(2015, 1, 1),
        local_authority="E06000063",
    )
    unsure = a_client(first_name="Unsure", born_from=dt.date(2001, 1, 1), born_to=dt.date(2001, 12, 31))
    employer = an_employer()
    job = a_job(bare, employer, started_on=SCOPE.from_on)
    keep(
        desk_vault,
        bare, young, unsure, employer, job, job_terms(job),
        an_enrolment(bare, programme, accepted_on=None, started_on=None, profile_started_on=None),
        an_enrolment(young, programme, profile_started_on=None),
        an_enrolment(unsure, programme),
        an_equality(young, long_condition="yes", activity_restriction="not_asked"),
        an_equality(unsure, long_condition="no"),
    )  # fmt: skip
    lines = lines_of(desk_vault)
    assert {name: len(line.client_ids) for name, line in lines.items()} == {
        "accepted_on": 1, "started_on": 1, "profile_started_on": 1, "four_hours_on": 1, "hourly_pence": 1,
        "sex": 3, "ethnic_group": 3, "source": 3, "hub_id": 3, "birth": 3, "eligibility": 3, "long_condition": 2,
        "postcode": 1, "plan": 2,
    }  # fmt: skip
    assert list(lines)[:5] == [
        "accepted_on",
        "started_on",
        "profile_started_on",
        "four_hours_on",
        "hourly_pence",
    ]
    assert lines["postcode"].client_ids == lines["accepted_on"].client_ids == (bare.id,)
    assert (lines["four_hours_on"].of, lines["sex"].of, lines["sex"].share) == (1, 3, 1.0)
    assert lines["started_on"].sentence.startswith("1 of 3 were accepted over 28 days ago")


def test_only_those_of_the_period_count(desk_vault: OpenVault, programme: UUID) -> None:
    before, after = a_client(), a_client()
    keep(
        desk_vault, before, after,
        an_enrolment(before, programme, exit_on=dt.date(2026, 6, 30)),
        an_enrolment(after, programme, received_on=dt.date(2026, 10, 1), accepted_on=None, started_on=None),
    )  # fmt: skip
    assert lines_of(desk_vault) == {}


def test_a_referral_of_the_last_four_weeks_may_still_wait(desk_vault: OpenVault, programme: UUID) -> None:
    client, lately = a_client(), dt.date(2026, 9, 25)
    keep(
        desk_vault,
        client,
        an_enrolment(client, programme, received_on=lately, accepted_on=lately, started_on=None),
    )
    assert "started_on" not in lines_of(desk_vault)


def test_who_should_have_an_agreed_plan_and_has_none_comes_last(
    desk_vault: OpenVault, programme: UUID
) -> None:
    names = ("None", "Draft", "Later", "Other", "Fresh", "Waits", "Left", "Agreed", "Loose")
    people = {name: a_client(first_name=name, last_name=f"{number}") for number, name in enumerate(names)}
    fresh, left = SCOPE.as_at - dt.timedelta(days=14), SCOPE.as_at
    dates: dict[str, dict[str, dt.date | None]] = {
        "Fresh": {"started_on": fresh},
        "Waits": {"started_on": None},
        "Left": {"exit_on": left},
    }
    enrolments = {name: an_enrolment(one, programme, **dates.get(name, {})) for name, one in people.items()}
    earlier = an_enrolment(people["Other"], programme, exit_on=dt.date(2026, 6, 30))
    tomorrow = SCOPE.as_at + dt.timedelta(days=1)
    keep(
        desk_vault, *people.values(), *enrolments.values(), earlier,
        a_plan(people["Draft"], enrolment_id=enrolments["Draft"].id),
        a_plan(people["Later"], enrolment_id=enrolments["Later"].id, agreed_on=tomorrow),
        a_plan(people["Other"], enrolment_id=earlier.id, agreed_on=SCOPE.from_on),
        a_plan(people["Agreed"], enrolment_id=enrolments["Agreed"].id, agreed_on=SCOPE.as_at),
        a_plan(people["Loose"], agreed_on=SCOPE.from_on),
    )  # fmt: skip
    lines = lines_of(desk_vault)
    assert list(lines)[-1] == "plan"
    assert lines["plan"].client_ids == tuple(people[name].id for name in ("None", "Draft", "Later", "Other"))
    assert lines["plan"].sentence == (
        "4 of 9 started over 14 days ago and have no agreed action plan: the programme asks for one, and no "
        "figure rests on it"
    )


def test_a_day_more_than_the_programme_allows_is_too_long_for_a_plan(
    desk_vault: OpenVault, programme: UUID
) -> None:
    client = a_client()
    keep(
        desk_vault,
        client,
        an_enrolment(client, programme, started_on=SCOPE.as_at - dt.timedelta(days=15)),
    )
    assert lines_of(desk_vault)["plan"].client_ids == (client.id,)


def test_a_programme_that_asks_for_no_plan_misses_none(desk_vault: OpenVault) -> None:
    client, plain = a_client(), a_programme(key="plain", definition={})
    keep(desk_vault, client, plain, an_enrolment(client, plain.id))
    lines = ask(desk_vault, data_quality, replace(SCOPE, programme_key="plain"))
    assert lines
    assert "plan" not in {line.id for line in lines}


def test_who_lacks_the_notice_in_force_comes_last_of_all(desk_vault: OpenVault, programme: UUID) -> None:
    given, older, left = a_client(), a_client(), a_client()
    keep(desk_vault, given, older, left)
    keep(desk_vault, an_enrolment(given, programme), an_enrolment(older, programme))
    keep(desk_vault, an_enrolment(left, programme, exit_on=SCOPE.to_on))
    assert "notice" not in lines_of(desk_vault)
    do(desk_vault, set_notice_version, SetNoticeVersion(version="May 2026"))
    for client, version in ((given, "May 2026"), (older, "May 2024")):
        do(desk_vault, give_notice, GiveNotice(client_id=client.id, version=version, given_on=SCOPE.from_on))
    lines = lines_of(desk_vault)
    assert list(lines)[-1] == "notice"
    assert (lines["notice"].client_ids, lines["notice"].of) == ((older.id,), 3)
    assert "privacy notice in force (May 2026)" in lines["notice"].sentence
