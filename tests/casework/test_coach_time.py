"""A coach’s share of full time: set, corrected, taken out, by a manager only."""

import datetime as dt
from typing import Any

import pytest

from coachdesk.casework.coach_time import (
    SetCoachTime,
    list_coach_times,
    set_coach_time,
    share_on,
    take_out_coach_time,
)
from coachdesk.errors import Refusal
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from tests.casework.quality_world import FROM, TO, act_as, works
from tests.makers import (
    ask,
    do,
)
from tests.vault_fixtures import PERSON


def test_working_time_is_set_corrected_and_taken_out(desk_vault: OpenVault) -> None:
    me = desk_vault.coach_id
    works(desk_vault, 80)
    works(desk_vault, 60)
    (one,) = ask(desk_vault, list_coach_times)
    assert (one.coach, one.from_on, one.hundredths) == (PERSON, FROM, 60)
    later, _ = do(desk_vault, set_coach_time, SetCoachTime(coach_id=me, from_on=TO, hundredths=100))
    with pytest.raises(Refusal, match="an entry from that day"):
        do(desk_vault, set_coach_time, SetCoachTime(id=later, coach_id=me, from_on=FROM, hundredths=1))
    do(desk_vault, set_coach_time, SetCoachTime(id=later, coach_id=me, from_on=TO, hundredths=90))
    assert [row.hundredths for row in ask(desk_vault, list_coach_times)] == [90, 60]
    do(desk_vault, take_out_coach_time, later)
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, take_out_coach_time, later)
    works(desk_vault, 70, from_on=TO)
    assert [row.hundredths for row in ask(desk_vault, list_coach_times)] == [70, 60]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"coach_id": None}, "coach_id"),
        ({"hundredths": None}, "hundredths"),
        ({"hundredths": 101}, "hundredths"),
    ],
)
def test_working_time_that_cannot_be_is_refused(
    desk_vault: OpenVault, values: dict[str, Any], field: str
) -> None:
    wish = SetCoachTime(**{"coach_id": desk_vault.coach_id, "from_on": FROM, "hundredths": 100, **values})
    with pytest.raises(Refusal) as refused:
        do(desk_vault, set_coach_time, wish)
    assert set(refused.value.fields) == {field}


def test_only_a_manager_sets_working_time(desk_vault: OpenVault) -> None:
    act_as(desk_vault, Role.COACH)
    with pytest.raises(Refusal, match="manager"):
        works(desk_vault)


def test_no_share_holds_before_its_day() -> None:
    assert share_on(((FROM, 100),), FROM - dt.timedelta(days=1)) is None
