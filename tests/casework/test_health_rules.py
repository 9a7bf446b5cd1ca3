"""The rules of health at work are the charity's to set, each with its source, and hold wherever they are asked."""

from typing import Any

import pytest

from coachdesk.casework.adjustments_due import adjustments_due
from coachdesk.casework.health_rules import health_rules, set_health_rule, shipped_rules
from coachdesk.casework.number_rules import SetNumber
from coachdesk.errors import Refusal
from coachdesk.models import Coach
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import a_client, an_adjustment, ask, days_ago, do, keep
from tests.vault_fixtures import TODAY

RULE = "adjustment_in_place_days"


def number(vault: OpenVault) -> int:
    return ask(vault, health_rules, None).number(RULE)


def late(vault: OpenVault) -> int:
    with reading(vault) as session:
        return len(list(adjustments_due(session, TODAY, TODAY, None)))


def test_what_ships_holds_until_somebody_sets_another_number(desk_vault: OpenVault) -> None:
    shipped = ask(desk_vault, health_rules, None)
    assert shipped == shipped_rules()
    assert all(rule.title and rule.source and rule.number for rule in shipped.by_key.values())
    do(desk_vault, set_health_rule, SetNumber(key=RULE, number=10, source=" Our policy "))
    own = ask(desk_vault, health_rules, None)
    assert (own.number(RULE), own.source(RULE)) == (10, "Our policy")
    others = {key: rule for key, rule in own.by_key.items() if key != RULE}
    assert others == {key: rule for key, rule in shipped.by_key.items() if key != RULE}


def test_today_calls_by_the_rule_in_force(desk_vault: OpenVault) -> None:
    client = a_client()
    agreed = {
        "decision": "agreed",
        "decided_on": days_ago(12),
        "requested_on": days_ago(14),
        "in_place_on": None,
    }
    keep(desk_vault, client, an_adjustment(client, **agreed))
    assert late(desk_vault) == 0
    do(desk_vault, set_health_rule, SetNumber(key=RULE, number=10, source="Our policy"))
    assert late(desk_vault) == 1


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"number": 0}, {"number"}),
        ({"number": None}, {"number"}),
        ({"number": 367}, {"number"}),
        ({"source": " "}, {"source"}),
        ({"key": "no_such_rule"}, set()),
    ],
)
def test_a_rule_that_cannot_be_is_refused(
    desk_vault: OpenVault, values: dict[str, Any], fields: set[str]
) -> None:
    told: dict[str, Any] = {"key": RULE, "number": 10, "source": "Our policy", **values}
    with pytest.raises(Refusal) as refusal:
        do(desk_vault, set_health_rule, SetNumber(**told))
    assert set(refusal.value.fields) == fields
    assert number(desk_vault) == 28


def test_only_a_manager_sets_a_rule(desk_vault: OpenVault) -> None:
    with unit_of_work(desk_vault, by_program=True) as work:
        work.session.get_one(Coach, desk_vault.coach_id).role = Role.COACH
    with pytest.raises(Refusal, match="Only a manager"):
        do(desk_vault, set_health_rule, SetNumber(key=RULE, number=10, source="Our policy"))
    assert number(desk_vault) == 28
