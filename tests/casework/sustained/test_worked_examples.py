from collections.abc import Mapping
from typing import Any

import pytest

from coachdesk.casework.outcome_rules import checked_settings, shipped_rules
from coachdesk.casework.sustained.examples import try_examples
from coachdesk.casework.sustained.settings import missing_facts, read_settings
from coachdesk.resources import resource
from tests.casework.sustained.slow_sustained import RATES

RULES = shipped_rules(resource("outcomes"))
EXAMPLES = [
    pytest.param(rule, told, id=f"{rule['key']}: {told['title']}")
    for rule in RULES
    for told in rule["example"]
]


@pytest.mark.parametrize(("rule", "told"), EXAMPLES)
def test_a_worked_example_of_a_rule_holds(rule: Mapping[str, Any], told: Mapping[str, Any]) -> None:
    (tried,) = try_examples([told], read_settings(rule["sort"], rule["settings"]), RATES)
    assert tried.holds, f"expected {tried.expected}, found {tried.found}"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule["key"])
def test_every_rule_says_where_it_comes_from_and_its_settings_can_be_saved_as_they_ship(
    rule: Mapping[str, Any],
) -> None:
    assert rule["source"]
    assert rule["example"]
    told = checked_settings(rule["sort"], rule["settings"])
    assert read_settings(rule["sort"], told) == read_settings(rule["sort"], rule["settings"])


def test_only_connect_to_work_ships_without_its_facts() -> None:
    blank = {rule["key"] for rule in RULES if missing_facts(rule["sort"], rule["settings"])}
    assert blank == {"connect-to-work-earnings"}
