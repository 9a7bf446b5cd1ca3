"""The settings make a card when its tab is first shown, each at its place, and read it again when it is next in sight."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from coachdesk.casework.codes import SetCode, set_code
from coachdesk.ui.settings.card_place import CardPlace
from coachdesk.ui.settings.page import SettingsPage
from coachdesk.ui.theme import Theme
from coachdesk.vault.opened import OpenVault
from tests.journeys.desk_window import DeskWindow, settle
from tests.makers import furnished


@pytest.fixture
def desk(vault: OpenVault, qtbot: QtBot, theme: Theme, tmp_path: Path) -> Iterator[DeskWindow]:
    opened = DeskWindow(vault, qtbot, theme, tmp_path)
    opened.window.go("settings")
    yield opened
    opened.close()


def test_only_the_cards_of_the_tab_in_sight_are_made(desk: DeskWindow) -> None:
    page = desk.settings
    assert set(page._made) == {"look_card", "privacy_card"}
    page.show_part("vault")
    page.show_part("lists")
    assert [name for name, card in page._made.items() if card.isVisible()] == ["lists", "notice_version"]
    assert isinstance(SettingsPage.lists, CardPlace)
    assert page.lists is page.lists


def test_cards_stand_in_their_order_whichever_was_made_first(desk: DeskWindow) -> None:
    page = desk.settings
    assert not page.new_key.isVisible()
    page.show_part("people")
    assert page.team.y() < page.passphrase.y() < page.recovery.y() < page.new_key.y()
    assert page.look_card.isHidden()


def test_a_card_out_of_sight_is_read_again_when_its_tab_is_chosen(desk: DeskWindow) -> None:
    page = desk.settings
    page.show_part("lists")
    card = page.lists
    card.which.setCurrentIndex(card.which.findData("place"))
    page.show_part("look")
    desk.desk.do(set_code, SetCode(list_name="place", key="", title="On the ferry"))
    assert "On the ferry" not in [item.title for item in card.answers.items()]
    page.show_part("lists")
    assert "On the ferry" in [item.title for item in card.answers.items()]


def test_a_choice_that_is_filled_on_show_is_as_wide_as_its_words(desk: DeskWindow, vault: OpenVault) -> None:
    page = desk.settings
    page.show_part("lists")
    box = page.lists.which
    desk.until(box.isVisible)
    furnished(vault)
    page.refresh()
    assert box.count() > 1
    widest = max(box.fontMetrics().horizontalAdvance(box.itemText(place)) for place in range(box.count()))
    settle()
    assert box.width() > widest
    named = {box.itemData(place): box.itemText(place) for place in range(box.count())}
    assert named["access_to_work_stage"] == "Access to Work stage"
    assert named["end_reason"] == "End reason"
