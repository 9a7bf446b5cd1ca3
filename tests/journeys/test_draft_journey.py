"""What was being typed comes back after a lock and after a crash."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from coachdesk.casework.details import SaveDetails, save_details
from coachdesk.desk.counter import Executors
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.timeline_tab import TimelineTab
from coachdesk.ui.drafts.page import DraftCard, DraftsPage
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener, Unlocker
from tests.journeys.desk_window import DeskWindow, seen, settle
from tests.journeys.kept_drafts import drafts_of
from tests.makers import do

pytestmark = pytest.mark.journey

NOTE = "She would rather start with mornings"


def begin_a_contact(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.today)
    desk.window.contact_shortcut()
    desk.until(lambda: desk.view.contact_form.form is not None)
    desk.type(NOTE)


def assert_offered(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.today)
    desk.window.contact_shortcut()
    desk.until(lambda: desk.view.contact_form.recovered is not None)
    form, banner = desk.view.contact_form.form, desk.view.contact_form.recovered
    assert form is not None
    assert banner is not None
    assert form.raw()["note"] == NOTE
    assert "had typed on" in banner.message.text()
    assert "5 Oct 2026" in banner.message.text()


def test_lock_keeps_what_was_typed(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, unlock_again: Unlocker
) -> None:
    desk = open_desk(vault, Executors.threads())
    begin_a_contact(desk, caseload)
    desk.lock()
    assert desk.desk.is_locked
    assert vault.locked
    second = unlock_again()
    assert_offered(second, caseload)
    second.press("Start afresh")
    assert second.view.contact_form.form is not None
    assert second.view.contact_form.form.raw()["note"] == ""
    assert drafts_of(second) == ()


def test_crash_keeps_what_was_typed(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, unlock_again: Unlocker
) -> None:
    desk = open_desk(vault)
    begin_a_contact(desk, caseload)
    desk.until(lambda: [draft.body["note"] for draft in drafts_of(desk)] == [NOTE])
    vault.close()  # nobody told the window: nothing was handed in on the way out
    assert_offered(unlock_again(), caseload)


def test_draft_of_one_client_is_not_offered_for_another(desk: DeskWindow, caseload: Caseload) -> None:
    begin_a_contact(desk, caseload)
    desk.press("Put away")
    desk.open(caseload.coming)
    desk.window.contact_shortcut()
    assert desk.view.contact_form.recovered is None
    assert desk.view.contact_form.form is not None
    assert desk.view.contact_form.form.raw()["note"] == ""
    assert len(drafts_of(desk)) == 1


def test_saving_forgets_the_draft(desk: DeskWindow, caseload: Caseload) -> None:
    begin_a_contact(desk, caseload)
    desk.until(lambda: drafts_of(desk))
    desk.press("Save contact")
    assert drafts_of(desk) == ()


def test_nothing_is_said_when_nothing_waits(desk: DeskWindow) -> None:
    assert not desk.window.drafts.button.isVisible()
    assert [message.words for message in desk.said if "not been saved" in message.words] == []
    desk.window.go_drafts()
    assert "Nothing is waiting" in desk.words()


def test_unlocking_says_what_was_recovered_and_shows_it_beside_what_was_saved(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, unlock_again: Unlocker
) -> None:
    desk = open_desk(vault)
    do(vault, save_details, SaveDetails(client_id=caseload.today, values={"town": "Kendal"}))
    begin_a_contact(desk, caseload)
    desk.tab("details")
    desk.press("Change details", desk.view)
    (form,) = seen(desk.view.stack, SideForm)
    assert form.form is not None
    form.form.input("town").focus()
    desk.key(Qt.Key.Key_End)
    desk.type(" (new flat)")
    desk.until(lambda: len(drafts_of(desk)) == 2)
    vault.close()
    second = unlock_again()
    (said,) = [message for message in second.said if "not been saved" in message.words]
    assert said.words.startswith("2 forms")
    assert "5 Oct 2026" in said.advice
    assert second.today.isVisible()
    (banner,) = [one for one in second.window.banners.banners() if "not been saved" in one.message.text()]
    second.click(banner.action)
    page_of = second.window.pages["drafts"]
    assert isinstance(page_of, DraftsPage)
    cards = {one.called: one for one in seen(page_of, DraftCard)}
    assert set(cards) == {"Details, Tariq Hussain", "Contact with Tariq Hussain"}
    words = second.words(cards["Details, Tariq Hussain"])
    assert words.split("\n")[2:] == ["Town", "Saved before", "Kendal", "You had typed", "Kendal (new flat)"]
    assert NOTE in second.words(cards["Contact with Tariq Hussain"])
    second.click(cards["Contact with Tariq Hussain"].away_button)
    assert [one.called for one in seen(page_of, DraftCard)] == ["Details, Tariq Hussain"]
    second.click(seen(page_of, DraftCard)[0].go_on_button)
    (again,) = seen(second.view.stack, SideForm)
    assert again.form is not None
    assert again.form.raw()["town"] == "Kendal (new flat)"
    assert again.recovered is not None
    second.click(again.save_button)
    second.window.go("today")
    assert second.window.drafts.button.toolTip() == "1 form is not saved yet"
    second.click(second.window.drafts.button)
    second.click(seen(page_of, DraftCard)[0].go_on_button)
    assert second.view.contact_form.form is not None
    assert second.view.contact_form.form.raw()["note"] == NOTE


def test_what_was_saved_since_by_somebody_is_not_overwritten_by_a_draft(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    desk.open(caseload.today)
    desk.tab("details")
    desk.press("Change details", desk.view)
    (form,) = seen(desk.view.stack, SideForm)
    assert form.form is not None
    form.form.input("town").focus()
    desk.type(" (new flat)")
    desk.press("Put away", form)
    do(vault, save_details, SaveDetails(client_id=caseload.today, values={"phone": "07700 900 111"}))
    desk.view.refresh()
    desk.press("Change details", desk.view)
    assert form.form.raw()["town"].endswith("(new flat)")
    assert form.form.raw()["phone"] == "07700 900 111"
    assert drafts_of(desk)[0].client_id == caseload.today


@pytest.mark.parametrize(
    ("tab", "words", "key"),
    [
        ("plan", "Start a plan", "plan:start"),
        ("work", "Record a job", "job:start"),
        ("work", "Job at", "job:end"),
        ("details", "Change details", "details:about"),
        ("details", "Change: Equality questions", "details:equality"),
        ("details", "Change: Circumstances", "details:circumstances"),
        ("programmes", "Change the enrolment", "programmes:enrolment"),
        ("programmes", "End support", "programmes:end"),
    ],
)
def test_every_form_of_a_client_is_found_again_from_its_draft(
    desk: DeskWindow, caseload: Caseload, tab: str, words: str, key: str
) -> None:
    desk.open(caseload.late)
    desk.tab(tab)
    buttons = seen(desk.view.stack, QPushButton)
    said = [(one.text().replace("&", ""), one.accessibleName()) for one in buttons]
    place = next(i for i, (text, name) in enumerate(said) if text == words or name.startswith(words))
    desk.click(buttons[place])
    (form,) = seen(desk.view.stack, SideForm)
    assert form.form is not None
    form.form.draft.emit({**form.form.raw(), next(iter(form.form.names())): "something"})
    (draft,) = drafts_of(desk)
    assert draft.key.startswith(key)
    assert draft.client_id == caseload.late
    desk.press("Put away", form)
    desk.window.go("today")
    desk.window.go_on_writing(draft)
    settle()
    (again,) = seen(desk.view.stack, SideForm)
    assert again.form is not None


def test_a_quick_note_and_a_new_action_are_kept_for_their_client(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    desk.open(caseload.today)
    timeline = desk.view.parts[0]
    assert isinstance(timeline, TimelineTab)
    timeline.quick.setFocus()
    desk.type("Rang twice")
    desk.click(timeline.action_list.add_button)
    desk.type("Write to the college")
    desk.until(lambda: len(drafts_of(desk)) == 2)
    desk.open(caseload.coming)
    assert timeline.quick.text() == ""
    timeline.setFocus()
    assert timeline.action_list.what.text() == ""
    timeline.quick.setFocus()
    desk.type("Something else")
    desk.open(caseload.today)
    desk.window.setFocus()
    desk.view.refresh()
    settle()
    assert timeline.quick.text() == "Rang twice"
    assert timeline.action_list.adding.isVisible()
    assert timeline.action_list.what.text() == "Write to the college"
    assert len(drafts_of(desk)) == 3
    desk.click(timeline.add_button)
    desk.click(timeline.action_list.save_button)
    assert [draft.form for draft in drafts_of(desk)] == ["quick note"]
    timeline.quick.setFocus()
    desk.type("x")
    timeline.kept.flush()
    assert len(drafts_of(desk)) == 2
    desk.key(Qt.Key.Key_Backspace)
    timeline.kept.flush()
    assert len(drafts_of(desk)) == 1
    assert vault.person


def test_a_draft_is_forgotten_only_when_asked_twice(desk: DeskWindow, caseload: Caseload) -> None:
    begin_a_contact(desk, caseload)
    desk.until(lambda: drafts_of(desk))
    desk.press("Put away")
    desk.window.go_drafts()
    settle()
    desk.dialogs.script(False, True)
    desk.press("Forget it…: Contact with Tariq Hussain")
    assert len(drafts_of(desk)) == 1
    desk.press("Forget it…: Contact with Tariq Hussain")
    assert drafts_of(desk) == ()
    assert not desk.window.drafts.button.isVisible()


def test_other_drafts_lead_to_their_form_or_say_how(desk: DeskWindow, caseload: Caseload) -> None:
    del caseload
    desk.desk.keep_draft("new client", "new client", {"first_name": "Ola"})
    desk.desk.keep_draft("programme:x", "programme", {"threshold": "5"})
    desk.window.go_drafts()
    settle()
    desk.press("Go on writing: Programme")
    assert "Open the same form again" in desk.said[-1].words
    assert desk.settings.programmes.isVisible()
    desk.window.go_drafts()
    settle()
    desk.press("Go on writing: New client")
    new = desk.window.clients.new
    assert new.form is not None
    assert new.form.raw()["first_name"] == "Ola"
