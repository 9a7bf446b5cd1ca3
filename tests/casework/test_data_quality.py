"""Data quality names what would spoil a return, and exactly whose record it is."""

import datetime as dt
from uuid import UUID

import pytest

from coachdesk.casework.quality import QualityLine, ReturnScope, data_quality
from coachdesk.vault.opened import OpenVault
from tests.makers import (
    a_client,
    a_job,
    an_eligibility,
    an_employer,
    an_enrolment,
    an_equality,
    ask,
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
        an_eligibility(enrolment),
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
        "postcode": 1,
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
