"""Bands as they were verified, targets that a manager sets, and what holds for every figure."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coachdesk.casework.service_quality.caseload import whole_people
from coachdesk.casework.service_quality.ground import (
    SetTargets,
    Told,
    percent,
    quality_settings,
    quarter_of,
    set_targets,
)
from coachdesk.errors import Refusal
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from tests.casework.quality_world import act_as
from tests.makers import (
    ask,
    do,
)


def test_only_a_manager_sets_targets_and_only_what_can_be(desk_vault: OpenVault) -> None:
    wrong = SetTargets(first_contact_days=0, contacts_a_week=51, employment_time=("naps",))
    with pytest.raises(Refusal) as refused:
        do(desk_vault, set_targets, wrong)
    assert set(refused.value.fields) == {"first_contact_days", "contacts_a_week", "employment_time"}
    do(desk_vault, set_targets, SetTargets(employment_time=("clients",), hub_is_community=False))
    assert not ask(desk_vault, quality_settings).hub_is_community
    act_as(desk_vault, Role.COACH)
    with pytest.raises(Refusal, match="manager"):
        do(desk_vault, set_targets, SetTargets(employment_time=("clients",)))


@pytest.mark.parametrize(
    ("key", "number", "band"),
    [
        *(
            ("caseload", *told)
            for told in ((20, 5), (21, 4), (25, 4), (26, 3), (30, 3), (31, 2), (40, 2), (41, 1))
        ),
        *(
            ("employment_time", *told)
            for told in ((96, 5), (95, 4), (90, 4), (89, 3), (75, 3), (74, 2), (60, 2), (59, 1))
        ),
    ],
)
def test_bands_are_those_of_the_verified_text(key: str, number: int, band: int) -> None:
    found = Told(key).band(number)
    assert found is not None
    assert found.number == band


@pytest.mark.parametrize("key", ["retention", "first_contact", "employer_contacts", "community", "employers"])
def test_what_was_not_verified_has_no_band(key: str) -> None:
    assert Told(key).band(50) is None


@given(st.integers(0, 2000), st.integers(1, 3000))
def test_a_caseload_is_never_rounded_down(people: int, hundredths: int) -> None:
    assert (
        whole_people(people, hundredths) * hundredths
        >= people * 100
        > (whole_people(people, hundredths) - 1) * hundredths
        or people == 0
    )


@given(st.integers(0, 10**6), st.integers(1, 10**6))
def test_a_share_of_a_whole_is_between_nothing_and_all(numerator: int, more: int) -> None:
    assert 0 <= percent(numerator, numerator + more) <= 100


@given(st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_lies_in_one_quarter_that_follows_the_last(day: dt.date) -> None:
    first, last = quarter_of(day)
    assert first <= day <= last
    assert quarter_of(last + dt.timedelta(days=1))[0] == last + dt.timedelta(days=1)
