"""Today: what is due, in its order, each line one key away from its answer."""

from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt

from coachdesk.ui.today.due_list import DueList
from tests.journeys.caseload import Caseload
from tests.journeys.desk_window import DeskWindow, seen

pytestmark = pytest.mark.journey

MOST_ACTIONS = 4


def test_overdue_today_and_coming_stand_in_their_sections(desk: DeskWindow) -> None:
    lines = desk.due()
    assert list(lines) == ["Maya Okonkwo", "Tariq Hussain", "Jean Postlethwaite"]
    sections = desk.words(desk.today)
    assert sections.index("Overdue") < sections.index("Next 7 days")
    assert [len(seen(one, type(lines["Maya Okonkwo"]))) for one in seen(desk.today, DueList)] == [1, 1, 1]
    late, now, coming = lines.values()
    assert late.item.kind == "check_in"
    assert late.item.on < desk.desk.clock.today() == now.item.on < coming.item.on
    assert now.item.what.startswith("Ring the college")
    assert coming.item.what.startswith("Visit the bakery")


def test_check_in_is_answered_in_four_actions(desk: DeskWindow, caseload: Caseload) -> None:
    late = desk.due()["Maya Okonkwo"]
    desk.click(late.record_button)
    form = desk.view.contact_form.form
    assert form is not None
    assert desk.view.client_id == caseload.late
    assert form.input("still_there").value() == "yes"
    assert "hours_changed" in form.names()
    assert late.item.what in desk.view.contact_form.heading.text()
    desk.control(Qt.Key.Key_Return)
    assert desk.actions <= MOST_ACTIONS
    desk.key(Qt.Key.Key_1, Qt.KeyboardModifier.AltModifier)
    left = desk.due().get("Maya Okonkwo")
    assert left is None or left.item.on > late.item.on
    desk.open(caseload.late)
    desk.tab("work")
    assert "1 check-in" in desk.words(desk.view)


def test_action_is_closed_by_the_contact_that_answers_it(desk: DeskWindow, caseload: Caseload) -> None:
    desk.click(desk.due()["Tariq Hussain"].record_button)
    desk.type("Rang them, they have a place")
    desk.control(Qt.Key.Key_Return)
    desk.open(caseload.today)
    assert "Ring the college" not in desk.open_actions()
    desk.window.go("today")
    left = desk.due().get("Tariq Hussain")
    assert left is None or left.item.kind != "action"


def test_line_opens_the_client(desk: DeskWindow, caseload: Caseload) -> None:
    desk.click(desk.due()["Jean Postlethwaite"].open_button)
    assert desk.window.clients.client_id == caseload.coming
    assert desk.view.contact_form.form is None


def test_buttons_of_the_head_lead_somewhere(desk: DeskWindow) -> None:
    desk.click(desk.today.find_button)
    assert desk.window.find_box.isVisible()
    desk.window.find_box.close()
    desk.click(desk.today.new_button)
    assert desk.window.clients.new.isVisible()


def test_record_contact_finds_somebody_first(desk: DeskWindow, caseload: Caseload) -> None:
    desk.click(desk.today.contact_button)
    desk.find("postle", caseload.coming)
    desk.key(Qt.Key.Key_Return)
    assert desk.view.client_id == caseload.coming
    assert desk.view.contact_form.form is not None
    desk.key(Qt.Key.Key_Escape)
    desk.control(Qt.Key.Key_K)
    desk.find("huss", caseload.today)
    desk.key(Qt.Key.Key_Return)
    assert desk.view.client_id == caseload.today
    assert desk.view.contact_form.form is None


def test_everybody_adds_the_clients_of_others(desk: DeskWindow) -> None:
    mine = len(desk.due())
    desk.click(desk.today.whose_button)
    assert len(desk.due()) >= mine
    assert desk.today.whose_button.isChecked()


def test_who_is_fading_is_asked_once_the_lines_are_there(
    desk: DeskWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    order: list[str] = []
    ask = desk.desk.ask

    def told(question: Any, *more: Any) -> None:
        order.append(question.__name__)
        ask(question, *more)

    monkeypatch.setattr(desk.desk, "ask", told)
    desk.today.arrived.connect(partial(order.append, "the lines are there"))
    desk.today.refresh()
    assert order.index("read_today") < order.index("the lines are there") < order.index("read_fading")
    assert order.count("read_fading") == 1
