"""A manager sets when Today calls for what was agreed at work and is not in place."""

import pytest

from coachdesk.casework.health_rules import health_rules
from coachdesk.vault.opened import OpenVault
from tests.journeys.desk_window import DeskWindow
from tests.makers import ask

pytestmark = pytest.mark.journey

RULE = "What was agreed should be in place within, days"


def test_a_rule_is_read_changed_and_refused_without_a_source(desk: DeskWindow, vault: OpenVault) -> None:
    desk.window.go("settings")
    settings = desk.settings
    titles = [settings.tabs.tabText(place) for place in range(settings.tabs.count())]
    settings.tabs.setCurrentIndex(titles.index("Rates and rules"))
    card = settings.health_rules
    desk.until(lambda: f"{RULE}: 28" in desk.words(card))
    assert "Source: CoachDesk default: in place within 28 days of the agreement" in desk.words(card)
    desk.press(f"Change: {RULE}", card)
    assert card.form.form is not None
    desk.fill(card.form.form, number="10", source="")
    desk.click(card.form.save_button)
    assert set(card.form.form.refusals()) == {"source"}
    desk.fill(card.form.form, source="Our own policy")
    desk.click(card.form.save_button)
    desk.until(lambda: f"{RULE}: 10" in desk.words(card))
    assert "Source: Our own policy" in desk.words(card)
    assert ask(vault, health_rules, None).number("adjustment_in_place_days") == 10
    card.change("no_such_rule")
    assert card.form.form is None
