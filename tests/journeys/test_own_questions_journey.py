"""Questions of our own: a manager adds one by keyboard, a coach answers it, changes her mind, and history says so."""

from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from coachdesk.casework.custom_answers import SaveCustomAnswers, read_custom_answers, save_custom_answers
from coachdesk.casework.custom_fields import (
    AddCustomField,
    CustomFieldRow,
    RetireCustomField,
    add_custom_field,
    list_custom_fields,
    retire_custom_field,
)
from coachdesk.casework.history import HistoryQuestion, read_history
from coachdesk.models import Coach
from coachdesk.terms import Role
from coachdesk.ui.clients.details_tab import DetailsTab
from coachdesk.ui.clients.own_questions_card import OwnQuestionsCard
from coachdesk.ui.settings.fields_card import FieldsCard
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, settle
from tests.makers import ask, do, programme_id
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey

CHOICES = ("On foot", "By bus", "Lifts from family & friends")
ACTIONS_TO_ADD = 14
ACTIONS_TO_ANSWER = 6


def questions(desk: DeskWindow) -> FieldsCard:
    desk.window.go("settings")
    tabs = desk.settings.tabs
    tabs.setCurrentIndex([tabs.tabText(place) for place in range(tabs.count())].index("Questions"))
    settle()
    return desk.settings.fields


def card_of(desk: DeskWindow, client: UUID) -> OwnQuestionsCard:
    desk.open(client)
    desk.tab("details")
    return details(desk).own_questions


def details(desk: DeskWindow) -> DetailsTab:
    found = desk.view.findChild(DetailsTab)
    assert isinstance(found, DetailsTab)
    return found


def add(vault: OpenVault, title: str, sort: str, **more: Any) -> UUID:
    return do(vault, add_custom_field, AddCustomField(title=title, sort=sort, **more))[0]


def rows(vault: OpenVault) -> tuple[CustomFieldRow, ...]:
    return ask(vault, list_custom_fields)


def told(vault: OpenVault, client: UUID) -> dict[str, str]:
    return {one.field.title: one.words for one in ask(vault, read_custom_answers, client)}


def choose(card: FieldsCard, sort: str) -> None:
    """Choose the sort of answer, as a key in its box does."""
    form = card.form.form
    assert form is not None
    form.input("sort").set_raw(sort)
    form.changed.emit()


def tab_to(desk: DeskWindow, name: str, most: int = 12) -> None:
    """Press Tab until the control of this name has the keyboard."""
    for _ in range(most):
        focus = QApplication.focusWidget()
        if focus is not None and focus.accessibleName() == name:
            return
        desk.key(Qt.Key.Key_Tab)
    raise AssertionError(name)


def test_a_manager_adds_a_question_by_keyboard_alone(desk: DeskWindow, vault: OpenVault) -> None:
    card = questions(desk)
    assert "No questions of your own yet." in desk.words(card)
    desk.actions = 0
    card.add_button.setFocus()
    desk.key(Qt.Key.Key_Space)
    desk.type("How do you get about?")
    desk.key(Qt.Key.Key_Tab)
    desk.key(Qt.Key.Key_S)
    tab_to(desk, "Answers to choose from, one on each line")
    desk.type("On foot")
    desk.key(Qt.Key.Key_Return)
    desk.type("By bus")
    tab_to(desk, "Returns are broken down by it")
    desk.key(Qt.Key.Key_Space)
    desk.control(Qt.Key.Key_Return)
    assert desk.actions <= ACTIONS_TO_ADD, desk.actions
    (added,) = rows(vault)
    assert (added.title, str(added.sort), added.is_breakdown) == ("How do you get about?", "choices", True)
    assert [one.title for one in added.choices] == ["On foot", "By bus"]
    words = desk.words(card)
    assert "Asked of everybody · On foot, By bus" in words
    assert "Several choices" in words
    assert "Breakdown of returns" in words


def test_the_form_asks_only_what_goes_with_the_sort(desk: DeskWindow, vault: OpenVault) -> None:
    card = questions(desk)
    card.ask_to_add()
    form = card.form.form
    assert form is not None
    shown = {sort: set[str]() for sort in ("", "text", "choice", "choices", "date", "number", "yes_no")}
    for sort, names in shown.items():
        form.input("sort").set_raw(sort)
        form.changed.emit()
        names |= {name for name in ("choices", "is_breakdown") if not form.row(name).isHidden()}
    both, one = {"choices", "is_breakdown"}, {"is_breakdown"}
    assert shown == {
        "": set(), "text": set(), "choice": both, "choices": both, "date": set(), "number": set(), "yes_no": one,
    }  # fmt: skip
    choose(card, "choice")
    desk.fill(form, title="Shoe size", choices="Small")
    desk.click(card.form.save_button)
    assert form.refusals() == {"choices": "A choice needs 2 to 40 answers; here are 1."}
    assert rows(vault) == ()


def test_what_was_typed_of_a_question_comes_back(desk: DeskWindow, vault: OpenVault) -> None:
    card = questions(desk)
    card.ask_to_add()
    desk.fill(card.form.form, title="Travel", sort="choice", choices="Bus")
    assert card.form.form is not None
    card.form.form.changed.emit()
    card.form.form.draft.emit(card.form.form.raw())
    card.form.close_form()
    card.ask_to_add()
    settle()
    assert card.form.recovered is not None
    assert card.form.form.raw()["choices"] == "Bus"
    assert not card.form.form.row("choices").isHidden(), "what was typed is in sight"
    assert rows(vault) == ()


def test_a_question_is_changed_and_its_answers_retired(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    field = add(vault, "Travel", "choice", choices=CHOICES)
    do(vault, save_custom_answers, SaveCustomAnswers(client_id=caseload.today, answers={field: "by_bus"}))
    card = questions(desk)
    desk.press("Change: Travel", card)
    form = card.form.form
    assert form is not None
    assert "sort" not in form.names(), "somebody has answered"
    desk.fill(form, title="Getting about", choices="By train")
    form.input("words of on_foot").set_value("On foot or by bike")
    form.input("offered").set_value(("on_foot", "lifts_from_family_friends"))
    desk.click(card.form.save_button)
    (now,) = rows(vault)
    assert now.title == "Getting about"
    assert [(one.title, one.retired) for one in now.choices] == [
        ("On foot or by bike", False), ("By bus", True), ("Lifts from family & friends", False), ("By train", False),
    ]  # fmt: skip
    assert "On foot or by bike, Lifts from family & friends, By train" in desk.words(card)


def test_an_unanswered_question_may_become_another_sort(desk: DeskWindow, vault: OpenVault) -> None:
    add(vault, "Travel", "choice", choices=CHOICES)
    add(vault, "Shoe size", "number", help="In British sizes")
    card = questions(desk)
    assert "In British sizes" in desk.words(card)
    desk.press("Change: Travel", card)
    choose(card, "text")
    desk.click(card.form.save_button)
    desk.press("Change: Shoe size", card)
    choose(card, "choice")
    desk.fill(card.form.form, choices="Small\nLarge")
    desk.click(card.form.save_button)
    assert [(one.title, str(one.sort), len(one.choices)) for one in rows(vault)] == [
        ("Travel", "text", 0), ("Shoe size", "choice", 2),
    ]  # fmt: skip


def test_an_answered_number_is_changed_in_its_words_alone(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    field = add(vault, "Shoe size", "number")
    do(vault, save_custom_answers, SaveCustomAnswers(client_id=caseload.today, answers={field: 7}))
    card = questions(desk)
    desk.press("Change: Shoe size", card)
    assert card.form.form is not None
    assert card.form.form.names() == ("title", "programme_id", "help")
    desk.fill(card.form.form, title="Size of shoes")
    desk.click(card.form.save_button)
    assert [one.title for one in rows(vault)] == ["Size of shoes"]


def test_questions_are_moved_and_retired_by_keyboard(desk: DeskWindow, vault: OpenVault) -> None:
    first, second, _ = (add(vault, title, "text") for title in ("First", "Second", "Third"))
    card = questions(desk)
    assert not card.buttons[first, "up"].isEnabled()
    card.buttons[second, "up"].setFocus()
    desk.key(Qt.Key.Key_Space)
    assert [one.title for one in rows(vault)] == ["Second", "First", "Third"]
    focus = QApplication.focusWidget()
    assert focus is not None
    assert focus.accessibleName() == "Move down: Second", "the keyboard stays with the question"
    desk.key(Qt.Key.Key_Space)
    desk.key(Qt.Key.Key_Space)
    assert [one.title for one in rows(vault)] == ["First", "Third", "Second"]
    desk.press("Retire: Second", card)
    assert "Retired" in desk.words(card)
    assert rows(vault)[-1].retired_on == TODAY
    desk.press("Ask again: Second", card)
    assert rows(vault)[-1].retired_on is None


def test_who_is_no_manager_reads_the_questions_only(
    vault: OpenVault, caseload: Caseload, open_desk: Opener
) -> None:
    del caseload
    add(vault, "First", "text")
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = Role.COACH
    desk = open_desk(vault)
    card = questions(desk)
    assert "Only a manager adds and changes questions." in desk.words(card)
    assert not card.add_button.isVisible()
    assert card.buttons == {}
    assert "First" in desk.words(card)


def test_a_refused_button_says_why(desk: DeskWindow, vault: OpenVault) -> None:
    field = add(vault, "First", "text")
    card = questions(desk)
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = Role.COACH
    desk.click(card.buttons[field, "retire"])
    assert desk.window.banners.banners()
    assert rows(vault)[0].retired_on is None


def test_answers_are_given_by_keyboard_and_taken_back(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    add(vault, "R&D interest", "yes_no")
    add(vault, "What helps you settle?", "text")
    card = card_of(desk, caseload.today)
    assert "Not asked" in desk.words(card)
    desk.actions = 0
    card.change_button.setFocus()
    desk.key(Qt.Key.Key_Space)
    desk.key(Qt.Key.Key_Y)
    desk.key(Qt.Key.Key_Tab)
    desk.type("A quiet corner")
    desk.control(Qt.Key.Key_Return)
    assert desk.actions <= ACTIONS_TO_ANSWER, desk.actions
    assert told(vault, caseload.today) == {"R&D interest": "Yes", "What helps you settle?": "A quiet corner"}
    assert "A quiet corner" in desk.words(card)
    assert not card.form.isVisible()
    newest = ask(vault, read_history, HistoryQuestion(client_id=caseload.today))[0]
    assert ("R&D interest", "", "Yes") in [field for change in newest.changes for field in change.fields]
    desk.key(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier)
    assert told(vault, caseload.today) == {"R&D interest": "", "What helps you settle?": ""}


def test_every_sort_has_its_control_and_a_reason_for_none(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    for sort in ("text", "date", "number", "yes_no"):
        add(vault, f"In {sort}", sort)
    for sort in ("choice", "choices"):
        add(vault, f"In {sort}", sort, choices=CHOICES)
    card = card_of(desk, caseload.today)
    desk.click(card.change_button)
    form = card.form.form
    assert form is not None
    assert form.input("in_choices:why").target.accessibleName() == "If there is no answer, why: In choices"
    desk.fill(form, in_text="Tea", in_date="3 May 2019", in_number="0", in_choice="by_bus")
    form.input("in_choices").set_value(("on_foot",))
    form.input("in_yes_no").set_value("not_applicable")
    desk.click(card.form.save_button)
    assert told(vault, caseload.today) == {
        "In text": "Tea", "In date": "3 May 2019", "In number": "0", "In yes_no": "Not applicable",
        "In choice": "By bus", "In choices": "On foot",
    }  # fmt: skip
    desk.click(card.change_button)
    assert card.form.form is not None
    again = card.form.form.values()
    assert (again["in_number"], again["in_choices"], again["in_yes_no"]) == (
        0,
        ("on_foot",),
        "not_applicable",
    )
    desk.fill(card.form.form, in_text="")
    for name in ("in_text:why", "in_number:why"):
        card.form.form.input(name).set_value("prefers_not_to_say")
    desk.click(card.form.save_button)
    assert card.form.form.refusals()["in_number"] == "Give the answer, or why there is none, not both."
    card.form.form.input("in_number:why").set_value(None)
    desk.click(card.form.save_button)
    assert told(vault, caseload.today)["In text"] == "Prefers not to say"
    desk.click(card.change_button)
    assert card.form.form is not None
    assert card.form.form.values()["in_text:why"] == "prefers_not_to_say"


def test_an_answer_given_once_is_told_and_no_more_asked(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    kept = add(vault, "Old question", "text")
    do(
        vault,
        save_custom_answers,
        SaveCustomAnswers(client_id=caseload.today, answers={kept: "An old answer"}),
    )
    do(vault, retire_custom_field, RetireCustomField(field_id=kept, on=TODAY))
    card = card_of(desk, caseload.today)
    assert "An old answer" in desk.words(card)
    assert not card.change_button.isEnabled()
    card.edit()
    assert card.form.form is None


def test_where_nothing_is_asked_there_is_no_card(desk: DeskWindow, caseload: Caseload) -> None:
    card = card_of(desk, caseload.today)
    assert not card.isVisible()
    card.go_on()
    assert card.form.form is None


def test_what_was_typed_is_found_again_and_opened_from_the_drafts(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    with unit_of_work(vault) as work:
        programme = programme_id(work.session)
    add(vault, "What helps you settle?", "text", programme_id=programme, help="In their words.")
    card = card_of(desk, caseload.today)
    desk.click(card.change_button)
    form = card.form.form
    assert form is not None
    assert form.row("what_helps_you_settle").field.hint == "In their words. Asked on Connect to Work."
    desk.fill(form, what_helps_you_settle="Half a sen")
    form.draft.emit(form.raw())
    desk.open(caseload.late)
    assert not card.form.isVisible(), "nobody else's form stays open"
    desk.open(caseload.today)
    desk.tab("timeline")
    desk.view.go_on(f"details:own:{caseload.today.hex}")
    desk.until(lambda: card.form.recovered is not None)
    assert card.form.form is not None
    assert card.form.form.raw()["what_helps_you_settle"] == "Half a sen"
    assert told(vault, caseload.today) == {"What helps you settle?": ""}


def test_answers_changed_elsewhere_show_at_once(
    desk: DeskWindow, vault: OpenVault, caseload: Caseload
) -> None:
    field = add(vault, "Miles", "number")
    card = card_of(desk, caseload.today)
    wish = SaveCustomAnswers(client_id=caseload.today, answers={field: 12})
    desk.desk.do(save_custom_answers, wish)
    desk.until(lambda: "12" in desk.words(card))
    assert told(vault, caseload.today) == {"Miles": "12"}
