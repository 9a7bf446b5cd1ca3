"""A contact by keyboard alone, on the timeline and on Today, and taken back."""

from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.contacts import RecordContact, record_contact
from coachdesk.desk.counter import DraftRow, Executors
from coachdesk.errors import Trouble
from coachdesk.models import CheckIn, Client, Contact
from coachdesk.ui.clients import contact_form as contact_form_module
from coachdesk.ui.clients.contacts_tab import ContactsTab
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.timeline_tab import TimelineTab
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, seen
from tests.makers import a_contact, a_goal, a_plan, ask, days_ago, keep

pytestmark = pytest.mark.journey

MOST_ACTIONS = 6
MOST_TO_CORRECT = 4


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


def contacts_tab(desk: DeskWindow) -> ContactsTab:
    (found,) = (one for one in desk.view.parts if isinstance(one, ContactsTab))
    return found


def drafts_of(desk: DeskWindow) -> tuple[DraftRow, ...]:
    found: list[tuple[DraftRow, ...]] = []
    desk.desk.read_drafts(found.append)
    desk.until(lambda: found)
    return found[-1]


def test_what_was_saved_wrongly_yesterday_is_corrected_within_its_budget(
    vault: OpenVault, caseload: Caseload, open_desk: Opener
) -> None:
    client = ask(vault, lambda s, _: s.get_one(Client, caseload.today))
    yesterday = a_contact(client, happened_on=days_ago(1), note="Moved to Hull", coach_id=vault.coach_id)
    keep(vault, yesterday)
    desk = open_desk(vault, Executors.threads())
    desk.until(desk.due)
    desk.control(Qt.Key.Key_K)
    desk.find("hussai", caseload.today)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.view.header.name.text() == "Tariq Hussain")
    desk.control(Qt.Key.Key_E)
    desk.until(lambda: contacts_tab(desk).form.form is not None)
    desk.type(", not Goole")
    desk.control(Qt.Key.Key_Return)
    desk.until(contacts_tab(desk).form.isHidden)
    assert desk.actions <= MOST_TO_CORRECT
    kept = ask(vault, lambda s, _: s.get_one(Contact, yesterday.id).note)
    assert "not Goole" in kept
    assert "Moved to Hull" in kept
    desk.until(contacts_tab(desk).table.hasFocus)
    contacts_tab(desk).table.choose(yesterday.id)
    desk.press("History of “Phone on Sun 4 Oct 2026”", desk.view)
    desk.until(lambda: "Corrected a contact with TH" in desk.words(desk.view))


def test_a_client_without_contacts_has_none_to_correct(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.coming)
    desk.control(Qt.Key.Key_E)
    assert contacts_tab(desk).form.form is None
    assert "There is no contact to correct yet." in [one.words for one in desk.said]


def test_a_contact_is_about_goals_marked_and_read_back_in_the_table(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    client = ask(vault, lambda s, _: s.get_one(Client, caseload.coming))
    plan = a_plan(client)
    goal, other = (
        a_goal(plan, own_words="Work with bread " * 9),
        a_goal(plan, own_words="More hours", position=1),
    )
    keep(vault, plan, goal, other)
    desk.open(caseload.coming)
    desk.control(Qt.Key.Key_R)
    form = desk.view.contact_form.form
    assert form is not None
    assert form.row("goals").isVisible()
    form.input("goals").set_raw([goal.id.hex])
    desk.fill(
        form, note="His mother rang", note_kind="others", happened_on="yesterday", next_step="Ring the bakery"
    )
    form.input("did_not_attend").set_raw(raw=True)
    form.input("is_private").set_raw(raw=True)
    desk.control(Qt.Key.Key_Return)
    desk.tab("contacts")
    tab = contacts_tab(desk)
    tab.search.setFocus()
    desk.key(Qt.Key.Key_Down)
    desk.until(tab.table.hasFocus)
    words = desk.words(tab)
    for said in (
        "His mother rang",
        "Could not make it",
        "About somebody else",
        "Not in prints",
        "Work with bread",
    ):
        assert said in words
    assert tab.table.table.rows()[0].happened_on == days_ago(1)
    desk.press("Correct it", tab)
    assert tab.form.form is not None
    assert tab.form.form.input("goals").value() == (goal.id.hex,)
    desk.fill(tab.form.form, note_kind="opinion", channel="video")
    tab.form.form.input("goals").set_raw([other.id.hex])
    desk.press("Save", tab.form)
    (row,) = tab.table.table.rows()
    assert (row.note_kind, row.channel, row.goals) == ("opinion", "Video call", ("More hours",))
    assert "My opinion" in desk.words(tab)


def test_a_correction_that_was_put_away_is_found_again(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    client = ask(vault, lambda s, _: s.get_one(Client, caseload.today))
    keep(vault, a_contact(client, note="Moved to Hull"))
    desk.open(caseload.today)
    desk.control(Qt.Key.Key_E)
    tab = contacts_tab(desk)
    desk.fill(tab.form.form, minutes="15")
    assert tab.form.form is not None
    tab.form.form.draft.emit(tab.form.form.raw())
    desk.press("Put away", tab.form)
    (draft,) = drafts_of(desk)
    assert draft.body["_about"].startswith("Correct the contact of")
    desk.window.go("today")
    desk.window.go_on_writing(draft)
    desk.until(lambda: tab.form.form is not None)
    assert tab.form.form.raw()["minutes"] == "15"
    desk.open(caseload.coming)
    assert tab.form.isHidden()


def test_a_check_in_that_was_put_away_comes_back_as_one(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    desk.click(desk.due()["Maya Okonkwo"].record_button)
    first = desk.view.contact_form
    assert first.form is not None
    desk.fill(first.form, hours_changed="yes", note="Two more hours on Fridays")
    first.form.draft.emit(first.form.raw())
    desk.press("Put away", first)
    (draft,) = drafts_of(desk)
    desk.window.contact_shortcut()
    assert first.form is not None
    assert "hours_changed" not in first.form.names()
    assert first.recovered is None  # a contact is no check-in, and does not take its words
    desk.press("Put away", first)
    desk.window.go("today")
    desk.window.go_on_writing(draft)
    desk.until(lambda: first.recovered is not None)
    assert first.form is not None
    assert first.form.raw()["hours_changed"] == "yes"
    assert first.form.raw()["still_there"] == "yes"
    assert "Two more hours" in str(first.form.raw()["note"])
    assert first.heading.text() == draft.body["_about"]
    desk.control(Qt.Key.Key_Return)
    assert drafts_of(desk) == ()
    held = ask(vault, lambda s, _: [one.hours_changed for one in s.scalars(select(CheckIn))])
    assert held == ["yes"]


def test_what_answers_an_action_still_answers_it_when_it_is_gone_on_with(
    desk: DeskWindow, caseload: Caseload
) -> None:
    desk.click(desk.due()["Tariq Hussain"].record_button)
    form = desk.view.contact_form
    assert form.form is not None
    desk.fill(form.form, note="Rang them")
    form.form.draft.emit(form.form.raw())
    desk.press("Put away", form)
    (draft,) = drafts_of(desk)
    desk.window.go_on_writing(draft)
    assert form.heading.text().endswith(": Ring the college")
    desk.press("Start afresh")
    assert form.heading.text().endswith(": Ring the college")
    assert form.form is not None
    assert form.form.raw()["note"] == ""
    desk.fill(form.form, note="Rang them again")
    desk.control(Qt.Key.Key_Return)
    desk.open(caseload.today)
    assert "Ring the college" not in desk.open_actions()


def test_a_save_that_fails_loses_no_word(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(session: Session, wish: RecordContact) -> UUID:
        record_contact(session, wish)
        raise Trouble("The disk is full.", advice="Make room.")

    monkeypatch.setattr(contact_form_module, "record_contact", full)
    desk.open(caseload.today)
    desk.control(Qt.Key.Key_R)
    desk.type("A long talk")
    desk.control(Qt.Key.Key_Return)
    form = desk.view.contact_form.form
    assert form is not None
    assert form.raw()["note"] == "A long talk"
    (draft,) = drafts_of(desk)
    assert draft.body["note"] == "A long talk"
    assert draft.client_id == caseload.today
    assert ask(vault, lambda s, _: list(s.scalars(select(Contact.id)))) == []
    monkeypatch.undo()
    desk.control(Qt.Key.Key_Return)
    assert drafts_of(desk) == ()
    assert ask(vault, lambda s, _: list(s.scalars(select(Contact.note)))) == ["A long talk"]
