"""A new client, their plan, their job and their details, up to the end of support."""

import pytest
from PySide6.QtCore import Qt

from coachdesk.ui.clients.action_list import ActionLine
from coachdesk.ui.clients.side_form import SideForm
from coachdesk.ui.clients.timeline_tab import TimelineTab
from tests.journeys.caseload import Caseload
from tests.journeys.desk_window import DeskWindow, page, seen, settle

pytestmark = pytest.mark.journey


def side_form(desk: DeskWindow) -> SideForm:
    forms = seen(desk.view.stack, SideForm)
    assert len(forms) == 1
    return forms[0]


def line_of(desk: DeskWindow, what: str) -> ActionLine:
    settle()
    return next(one for one in seen(desk.view, ActionLine) if one.action.what == what)


def save(desk: DeskWindow) -> None:
    desk.click(side_form(desk).save_button)
    assert seen(desk.view.stack, SideForm) == []


def test_new_client_with_a_name_alone(desk: DeskWindow) -> None:
    desk.control(Qt.Key.Key_N)
    new = desk.window.clients.new
    assert new.form is not None
    desk.type("Ola")
    desk.fill(new.form, programme_key="connect-to-work")
    assert not new.same.isVisible()
    desk.control(Qt.Key.Key_Return)
    assert desk.view.header.name.text() == "Ola"
    assert desk.window.clients.client_id == desk.view.client_id
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    assert "Ola" not in [item.title for item in desk.window.clients.pane.list.items()]


def test_likely_duplicate_is_shown_while_typing(desk: DeskWindow, caseload: Caseload) -> None:
    desk.control(Qt.Key.Key_N)
    new = desk.window.clients.new
    desk.type("Tariq")
    desk.key(Qt.Key.Key_Tab)
    desk.type("Husain")
    desk.until(new.same.isVisible)
    assert [item.id for item in new.found.items()] == [caseload.today]
    new.found.choose_first()
    new.found.setFocus()
    desk.key(Qt.Key.Key_Return)
    assert desk.window.clients.client_id == caseload.today


def test_nobody_found_becomes_a_new_client(desk: DeskWindow) -> None:
    desk.control(Qt.Key.Key_K)
    desk.type("Zofia Nowak")
    desk.until(lambda: "Nobody matches" in desk.window.find_box.words.text())
    desk.key(Qt.Key.Key_Return)
    new = desk.window.clients.new
    assert new.form is not None
    assert new.form.raw()["first_name"] == "Zofia"
    assert new.form.raw()["last_name"] == "Nowak"


def test_new_client_without_a_name_is_asked_for_one(desk: DeskWindow) -> None:
    desk.control(Qt.Key.Key_N)
    new = desk.window.clients.new
    desk.fill(new.form, programme_key="connect-to-work")
    desk.click(new.save_button)
    assert new.isVisible()
    assert new.form is not None
    assert new.form.refusals()
    desk.key(Qt.Key.Key_Escape)
    assert not new.isVisible()


def test_plan_from_nothing_to_agreed(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.today)
    desk.tab("plan")
    desk.press("Start a plan", desk.view)
    desk.fill(side_form(desk).form, kind="into_work")
    save(desk)
    desk.press("Add a goal", desk.view)
    desk.fill(side_form(desk).form, own_words="I want mornings in a kitchen")
    save(desk)
    assert "“I want mornings in a kitchen”" in desk.words(desk.view)
    desk.press("Agree the plan", desk.view)
    desk.fill(side_form(desk).form, next_review_on="+4w")
    save(desk)
    assert "5 Oct 2026" in desk.words(desk.view)
    assert "2 Nov 2026" in desk.words(desk.view)


def test_goal_without_words_is_asked_for_them(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.today)
    desk.tab("plan")
    desk.press("Start a plan", desk.view)
    desk.fill(side_form(desk).form, kind="into_work")
    save(desk)
    desk.press("Add a goal", desk.view)
    desk.click(side_form(desk).save_button)
    form = side_form(desk).form
    assert form is not None
    assert set(form.refusals()) == {"own_words"}


def test_action_is_added_ticked_and_unticked(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.today)
    desk.press("Add an action", desk.view)
    desk.type("Print the bus times")
    desk.key(Qt.Key.Key_Return)
    assert "Print the bus times" in desk.open_actions()
    line = line_of(desk, "Print the bus times")
    line.box.click()
    desk.until(lambda: "Print the bus times" not in desk.open_actions())
    line = line_of(desk, "Print the bus times")
    line.box.click()
    desk.until(lambda: "Print the bus times" in desk.open_actions())


def test_quick_note_stands_on_the_timeline(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.today)
    quick = page(desk.view.parts[0], TimelineTab).quick
    quick.setFocus()
    desk.type("Rang back, all fine")
    desk.key(Qt.Key.Key_Return)
    assert "Rang back, all fine" in desk.words(desk.view)
    assert quick.text() == ""


def test_job_is_recorded_and_ended(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.today)
    desk.tab("work")
    desk.press("Record a job", desk.view)
    desk.fill(
        side_form(desk).form,
        employer_name="Bay Bakery",
        title="Baker",
        started_on="1/10/2026",
        usual_hours="16",
        hourly_pay="12.71",
    )
    save(desk)
    assert "Baker at Bay Bakery" in desk.words(desk.view)
    assert "12.71" in desk.words(desk.view)
    desk.press("Baker at Bay Bakery has ended", desk.view)
    desk.fill(side_form(desk).form, ended_on="4/10/2026")
    save(desk)
    assert "Ended 4 Oct 2026" in desk.words(desk.view)


def test_bad_insurance_number_is_refused_beside_its_field(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.today)
    desk.tab("details")
    desk.press("Change details", desk.view)
    desk.fill(side_form(desk).form, nino="12345", town="Ulverston")
    desk.click(side_form(desk).save_button)
    form = side_form(desk).form
    assert form is not None
    assert set(form.refusals()) == {"nino"}
    desk.fill(form, nino="")
    save(desk)
    desk.press("Change details", desk.view)
    again = side_form(desk).form
    assert again is not None
    assert again.raw()["town"] == "Ulverston"


def test_equality_is_answered_and_may_be_left(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.today)
    desk.tab("details")
    desk.press("Change: Equality questions", desk.view)
    desk.fill(side_form(desk).form, sex="female")
    save(desk)
    words = desk.words(desk.view)
    assert "Female" in words
    assert "Sexual orientation" not in words


def test_circumstances_say_from_which_day_they_are(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.today)
    desk.tab("details")
    desk.press("Change: Circumstances", desk.view)
    save(desk)
    assert "As on Mon 5 Oct 2026" in desk.words(desk.view)


def test_support_cannot_end_before_it_started(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.today)
    desk.tab("programmes")
    desk.press("End support", desk.view)
    desk.fill(side_form(desk).form, exit_on="1/5/2026")
    desk.click(side_form(desk).save_button)
    form = side_form(desk).form
    assert form is not None
    assert "exit_on" in form.refusals()
    desk.fill(form, exit_on="2/10/2026")
    save(desk)
    assert "Ended" in desk.words(desk.view)
