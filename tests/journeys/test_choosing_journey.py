"""A return is planned, its ways of protecting are compared, one is chosen, and the next return begins with it."""

import pytest
from PySide6.QtWidgets import QLabel

from coachdesk.returns.options import last_choice
from coachdesk.returns.wishes import PreparedReturn
from coachdesk.vault.opened import OpenVault
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, seen
from tests.journeys.test_return_journey import choose
from tests.makers import ask
from tests.returns.test_prepare import people

pytestmark = [pytest.mark.journey, pytest.mark.slow]


@pytest.fixture
def desk(vault: OpenVault, open_desk: Opener) -> DeskWindow:
    people(vault, 60)
    found = open_desk(vault)
    choose(found, "grant")
    return found


def tables(prepared: PreparedReturn) -> set[str]:
    return {table["id"] for table in prepared.release["tables"]}


def words(desk: DeskWindow) -> str:
    return " ".join(one.text() for one in seen(desk.returns.choosing, QLabel))


def test_a_table_is_unticked_and_another_widened_before_work_starts(
    desk: DeskWindow, vault: OpenVault
) -> None:
    choosing = desk.returns.choosing
    desk.click(choosing.plan_button)
    assert "60 people" in words(desk)
    assert "would be withheld" in words(desk)
    planner = choosing.planner
    planner.boxes["reach-by-hub"].click()
    planner.wide["reach-by-age"].click()
    assert planner.wide["reach-by-age"].accessibleName().startswith("Wider bands: ")
    planner.boxes["reach-by-age"].click()
    assert not planner.wide["reach-by-age"].isEnabled(), "what is left out has no bands"
    planner.boxes["reach-by-age"].click()
    prepared = worked_out_again(desk)
    assert {"reach-by-hub", "reach-by-age"}.isdisjoint(tables(prepared))
    assert "reach-by-age-wide" in tables(prepared)
    kept = ask(vault, last_choice, "grant")
    assert (kept.left_out, kept.wide) == (("reach-by-hub",), ("reach-by-age",))
    desk.press("Choose another way to protect", desk.returns)
    assert desk.returns.prepared is None
    assert choosing.isVisible()
    desk.click(choosing.plan_button)
    assert not planner.boxes["reach-by-hub"].isChecked(), "the next plan begins with the last choice"


def worked_out_again(desk: DeskWindow) -> PreparedReturn:
    """Work it out as it stands, and open what protects it."""
    desk.click(desk.returns.work_button)
    desk.until(lambda: desk.returns.prepared is not None)
    desk.returns.tabs.setCurrentIndex(3)
    assert desk.returns.prepared is not None
    return desk.returns.prepared


def test_ways_stand_beside_each_other_and_one_is_chosen(desk: DeskWindow) -> None:
    choosing = desk.returns.choosing
    desk.click(choosing.compare_button)
    desk.until(lambda: bool(choosing.options.buttons))
    buttons = choosing.options.buttons
    assert {"chosen", "wide", "totals"} <= set(buttons)
    assert buttons["chosen"].isChecked()
    assert "numbers withheld in" in buttons["totals"].accessibleDescription()
    assert "that is proven" in words(desk)
    buttons["totals"].click()
    prepared = worked_out_again(desk)
    assert not [table for table in prepared.release["tables"] if table["dims"]]


def test_a_higher_threshold_and_the_public_are_chosen_and_what_cannot_be_is_said(desk: DeskWindow) -> None:
    choosing = desk.returns.choosing
    choosing.threshold.setCurrentIndex(choosing.threshold.findData(8))
    choosing.threshold.activated.emit(choosing.threshold.currentIndex())
    choosing.seconds.setCurrentIndex(choosing.seconds.findData(0))
    choosing.seconds.activated.emit(choosing.seconds.currentIndex())
    prepared = worked_out_again(desk)
    assert (prepared.threshold, prepared.protection["gap"]) == (8, None)
    assert "Not looked for" in " ".join(one.text() for one in seen(desk.returns.safety, QLabel))
    desk.press("Choose another way to protect", desk.returns)
    choosing.audience.setCurrentIndex(1)
    desk.click(choosing.plan_button)
    assert "never lowered" in desk.returns.refusal.message.text()
    desk.returns.as_at.line.setText("whenever")
    desk.click(choosing.compare_button)
    assert desk.returns.refusal.isVisible()
