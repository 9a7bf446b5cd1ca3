"""A manager words the draft sheet for Access to Work in the settings."""

import pytest

from coachdesk.casework.access_to_work_questions import worded_sheet
from coachdesk.vault.opened import OpenVault
from tests.journeys.desk_window import DeskWindow
from tests.makers import ask

pytestmark = pytest.mark.journey

TRAVEL = "How you get to work, and what would make it possible"


def test_a_question_is_reworded_left_out_added_and_restored(desk: DeskWindow, vault: OpenVault) -> None:
    desk.window.go("settings")
    settings = desk.settings
    titles = [settings.tabs.tabText(place) for place in range(settings.tabs.count())]
    settings.tabs.setCurrentIndex(titles.index("Rates and rules"))
    card = settings.sheet_wording
    desk.click(card.open_button)
    desk.until(lambda: TRAVEL in desk.words(card))
    desk.press(f"Reword: {TRAVEL}", card)
    desk.fill(card.form.form, words="")
    desk.click(card.form.save_button)
    assert card.form.form is not None
    assert set(card.form.form.refusals()) == {"words"}
    desk.fill(card.form.form, words="The way to work & back")
    desk.click(card.form.save_button)
    desk.until(lambda: "Reworded here" in desk.words(card))
    desk.press("Leave out: The way to work & back", card)
    desk.until(lambda: "Left out" in desk.words(card))
    desk.press("Restore: The way to work & back", card)
    desk.until(lambda: TRAVEL in desk.words(card))
    desk.press("Add a question to “Employment”", card)
    desk.fill(card.form.form, words="Who drives?")
    desk.click(card.form.save_button)
    desk.until(lambda: "Our own" in desk.words(card))
    desk.press("Reword what stands above", card)
    desk.fill(card.form.form, tells="Ring us first")
    desk.click(card.form.save_button)
    desk.until(lambda: "Ring us first" in desk.words(card))
    assert ask(vault, worded_sheet).tells == ("Ring us first",)
    desk.click(card.open_button)
    assert card.inside.isHidden()
