"""A contact by keyboard alone, on the timeline and on Today, and taken back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from coachdesk.desk.counter import Executors
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.timeline_tab import TimelineTab
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, seen

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


def test_two_forms_open_at_once_keep_their_own_keys(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.coming)
    desk.window.record_contact(caseload.coming, None)
    desk.tab("plan")
    desk.press("Start a plan", desk.view)
    (plan,) = seen(desk.view, SideForm)
    contact = desk.view.contact_form
    assert contact.isVisible()
    assert plan.form is not None
    assert contact.form is not None
    plan.form.focus_first()
    desk.key(Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    desk.until(plan.isHidden)
    assert contact.isVisible()
    contact.form.focus_first()
    desk.key(Qt.Key.Key_Y, Qt.KeyboardModifier.AltModifier)
    desk.until(contact.isHidden)


def test_a_quick_note_leaves_what_is_due_as_it_was(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.coming)
    desk.window.record_contact(caseload.coming, None)
    desk.fill(desk.view.contact_form.form, note="Rang about the bakery", next_on="tomorrow")
    desk.click(desk.view.contact_form.save_button)
    due = desk.view.header.facts.findChildren(QLabel)
    before = [one.text() for one in due if one.isVisible()][1]
    timeline = desk.view.parts[0]
    assert isinstance(timeline, TimelineTab)
    desk.tab("timeline")
    timeline.quick.setText("Left the phone on the counter")
    desk.click(timeline.add_button)
    desk.until(lambda: "Left the phone on the counter" in desk.words(timeline))
    after = [one.text() for one in desk.view.header.facts.findChildren(QLabel) if one.isVisible()][1]
    assert "Nothing" not in before
    assert after == before
