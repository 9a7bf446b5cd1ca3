"""Outcome rules in Settings: read in a sentence, changed by field, tried on their examples."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coachdesk.casework.outcome_rules import RuleRow, list_rules
from coachdesk.casework.sustained.settings import Cohort, Earnings, Milestone, Weeks
from coachdesk.ui.outcomes.rule_parts import RATES, rate_words
from coachdesk.ui.outcomes.rules_card import OutcomeRulesCard
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.desk_window import DeskWindow
from tests.makers import ask, furnished


@pytest.fixture
def desk(vault: OpenVault, qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[DeskWindow]:
    furnished(vault)
    opened = DeskWindow(vault, qtbot, theme, tmp_path)
    opened.window.go("settings")
    opened.settings.tabs.setCurrentIndex(1)
    yield opened
    opened.close()


def card(desk: DeskWindow) -> OutcomeRulesCard:
    return desk.settings.outcome_rules


def rules(vault: OpenVault) -> dict[str, RuleRow]:
    return {rule.key: rule for rule in ask(vault, list_rules)}


def save(desk: DeskWindow, **typed: str) -> None:
    desk.fill(card(desk).form.form, **typed)
    desk.click(card(desk).form.save_button)


def test_a_rule_is_read_tried_and_changed_with_its_examples_tried_again(
    desk: DeskWindow, vault: OpenVault
) -> None:
    words = desk.words(card(desk))
    for said in (
        "In paid work 13 weeks after the first job began, with 0 days of gap at most.",
        "13 weeks of at least 7 paid hours within 16 weeks in a row.",
        "Gross pay of 16 hours × 26 weeks × National Living Wage. Or 6 months in self-employment.",
        "A first job within 9 months of the start of support.",
        "It lacks the sum that has to be earned, and judges nobody until somebody types it.",
        "A fact is missing",
        "Counts for IPS in primary care.",
        "Evidence: not known",
    ):
        assert said in words
    desk.press("Try the examples: In work at 13 weeks", card(desk))
    assert "Holds: One job throughout, seen to go on after the day – reached on 6 Apr 2026." in desk.words(
        card(desk)
    )
    assert desk.said[-1].words == "5 of 5 examples hold."
    desk.press("Change: In work at 13 weeks", card(desk))
    save(desk, gap_days="5", valid_from="1 April 2026", valid_to="31 March 2027")
    assert rules(vault)["in-work-13"].settings == Milestone(weeks=13, gap_days=5)
    words = desk.words(card(desk))
    assert "Does not hold: Another employer after week 9 with five days between: the gap is too long" in words
    assert "In force from Wed 1 Apr 2026. In force until Wed 31 Mar 2027." in words


def test_each_sort_of_rule_is_added_in_fields_of_its_own(desk: DeskWindow, vault: OpenVault) -> None:
    desk.press("In work so many weeks after the start", card(desk))
    save(desk, title="A trust: 8 weeks", weeks="8", gap_days="3")
    desk.press("So many weeks of enough hours", card(desk))
    save(desk, title="A trust: weeks", weeks_needed="4", window_weeks="6", hours="7.5")
    desk.press("So much earned", card(desk))
    save(desk, title="A trust: pay", pounds="1500")
    desk.press("A first job within so many months", card(desk))
    save(desk, title="A trust: months", months="3")
    found = rules(vault)
    assert found["a-trust-8-weeks"].settings == Milestone(weeks=8, gap_days=3)
    assert found["a-trust-weeks"].settings == Weeks(window=6, needed=4, minutes=450)
    assert found["a-trust-pay"].settings == Earnings(pence=150_000)
    assert found["a-trust-months"].settings == Cohort(months=3)
    assert "£1,500.00 of gross pay." in desk.words(card(desk))


def test_what_cannot_be_is_said_beside_the_field(desk: DeskWindow, vault: OpenVault) -> None:
    desk.press("Change: Work and Health Programme: job outcome", card(desk))
    save(desk, pounds="100")
    assert "Give either a sum in pounds, or hours, weeks and a rate." in desk.words(card(desk).form)
    assert rules(vault)["whp-earnings"].settings != Earnings(pence=10_000)
    assert set(RATES) == set(rate_words())
