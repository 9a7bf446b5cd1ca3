"""A contact by keyboard alone, on the timeline and on Today, and taken back."""

import pytest
from PySide6.QtCore import Qt

from coachdesk.desk.counter import Executors
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener

pytestmark = pytest.mark.journey

MOST_ACTIONS = 6


def test_contact_with_next_step_by_keyboard_alone(
    vault: OpenVault, caseload: Caseload, open_desk: Opener
) -> None:
    desk = open_desk(vault, Executors.threads())
    desk.until(desk.due)
    desk.control(Qt.Key.Key_K)
    desk.find("hussai", caseload.today)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.view.header.name.text() == "Tariq Hussain")
    desk.control(Qt.Key.Key_R)
    desk.until(lambda: desk.view.contact_form.form is not None)
    desk.type("Talked through the warehouse advert.")
    desk.key(Qt.Key.Key_Tab)
    desk.type("Send the warehouse form")
    desk.key(Qt.Key.Key_Tab)
    desk.type("+1d")
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: desk.view.contact_form.form is None)
    assert desk.actions <= MOST_ACTIONS
    assert desk.view.header.contact_button.hasFocus()
    desk.until(lambda: "Talked through the warehouse advert." in desk.words(desk.view))
    desk.until(lambda: "Send the warehouse form" in desk.open_actions())
    desk.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    desk.until(
        lambda: any(
            "Send the warehouse form" in line.item.what or "1 more" in line.item.what
            for line in desk.due().values()
        )
    )
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    desk.key(Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    desk.until(lambda: "Send the warehouse form" not in desk.open_actions())
    desk.until(lambda: "Talked through the warehouse advert." not in desk.words(desk.view))
