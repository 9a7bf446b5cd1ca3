"""The plan in the meeting: a step ticked and the next one set, agreed in every way, read again as it was agreed."""

import math
from pathlib import Path
from uuid import UUID

import pikepdf
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton

from coachdesk.casework.agreed_plans import AgreedPlanRow, AgreePlan, agree_plan, list_agreed_plans
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.plans import AddAction, AddGoal, PlanRow, add_action, add_goal, read_plan
from coachdesk.desk.counter import Executors
from coachdesk.ui.clients.action_list import ActionLine, ActionList
from coachdesk.ui.clients.agreed_card import AgreedLine
from coachdesk.ui.clients.client_tabs import TABS
from coachdesk.ui.clients.plan_head import PlanHead
from coachdesk.ui.clients.plan_tab import PlanTab
from coachdesk.vault.opened import OpenVault
from tests.journeys.caseload import Caseload
from tests.journeys.conftest import Opener
from tests.journeys.desk_window import DeskWindow, page, seen, settle
from tests.makers import ask, days_ago, do
from tests.vault_fixtures import TODAY

pytestmark = pytest.mark.journey

MOST_TO_TICK = 4
MOST_TO_HAND_OVER = 8


def plan_tab(desk: DeskWindow) -> PlanTab:
    return page(desk.view.parts[TABS.index("plan")], PlanTab)


def plan_of(vault: OpenVault, client: UUID) -> PlanRow:
    return ask(vault, read_plan, ClientQuestion(client_id=client, today=TODAY))


def agreed(vault: OpenVault, client: UUID) -> tuple[AgreedPlanRow, ...]:
    return ask(vault, list_agreed_plans, ClientQuestion(client_id=client, today=TODAY))


def a_goal_of(vault: OpenVault, client: UUID) -> UUID:
    goal, _ = do(vault, add_goal, AddGoal(client_id=client, own_words="A job outside", area="job_search"))
    do(vault, add_action, AddAction(client_id=client, what="Visit the depot", who="client", goal_id=goal))
    return goal


def head(desk: DeskWindow) -> PlanHead:
    return seen(plan_tab(desk), PlanHead)[0]


def sign(desk: DeskWindow) -> None:
    pad = plan_tab(desk).agree_form.pad
    QTest.mousePress(pad, Qt.MouseButton.LeftButton, pos=QPoint(40, 60))
    for step in range(40):
        QTest.mouseMove(pad, QPoint(40 + step * 5, round(60 + 20 * math.sin(step / 3))))
    QTest.mouseRelease(pad, Qt.MouseButton.LeftButton, pos=QPoint(240, 60))
    settle()


def test_a_due_step_is_ticked_and_the_next_set_by_four_actions(
    vault: OpenVault, caseload: Caseload, open_desk: Opener
) -> None:
    desk = open_desk(vault, Executors.threads())
    desk.until(desk.due)
    desk.control(Qt.Key.Key_K)
    desk.find("hussai", caseload.today)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.view.header.name.text() == "Tariq Hussain")
    desk.control(Qt.Key.Key_D)
    desk.until(lambda: "What comes next?" in desk.words(plan_tab(desk)))
    desk.type("Send the college form")
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: "Send the college form" in desk.open_actions())
    assert desk.actions <= MOST_TO_TICK
    rows = {step.what: step for step in plan_of(vault, caseload.today).loose_actions}
    assert rows["Ring the college"].done_on == TODAY
    assert rows["Send the college form"].due_on == days_ago(-7)
    desk.until(lambda: desk.window.focusWidget() is not None)


def test_the_plan_is_changed_agreed_and_handed_over_by_eight_actions(
    vault: OpenVault, caseload: Caseload, open_desk: Opener, tmp_path: Path
) -> None:
    a_goal_of(vault, caseload.today)
    desk = open_desk(vault, Executors.threads())
    target = tmp_path / "action-plan.pdf"
    desk.dialogs.script(target)
    desk.until(desk.due)
    desk.control(Qt.Key.Key_K)
    desk.find("hussai", caseload.today)
    desk.key(Qt.Key.Key_Return)
    desk.until(lambda: desk.view.header.name.text() == "Tariq Hussain")
    desk.control(Qt.Key.Key_G)
    desk.until(lambda: seen(plan_tab(desk), PlanHead))
    desk.key(Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    desk.until(lambda: plan_tab(desk).form.form is not None)
    desk.type("Sort out the rent so I can sleep")
    desk.control(Qt.Key.Key_Return)
    desk.until(lambda: plan_tab(desk).form.form is None and len(plan_of(vault, caseload.today).goals) == 2)
    desk.until(lambda: "Sort out the rent" in desk.words(plan_tab(desk)))
    desk.key(Qt.Key.Key_E, Qt.KeyboardModifier.AltModifier)
    desk.until(lambda: plan_tab(desk).agree_form.form is not None)
    desk.key(Qt.Key.Key_P, Qt.KeyboardModifier.AltModifier)
    desk.until(lambda: str(target) in plan_tab(desk).printing.found.text())
    assert desk.actions + len(desk.dialogs.asked) <= MOST_TO_HAND_OVER
    (kept,) = agreed(vault, caseload.today)
    assert (kept.how_agreed, kept.agreed_on) == ("signed_paper", TODAY)
    assert len(kept.plan.goals) == 2
    desk.until(lambda: "Printed" in desk.words(head(desk)))
    row = plan_of(vault, caseload.today)
    assert (row.copy_format, row.copy_given_on) == ("print", TODAY)
    assert row.next_review_on == days_ago(-28)


@pytest.fixture
def on_plan(vault: OpenVault, caseload: Caseload, desk: DeskWindow) -> DeskWindow:
    a_goal_of(vault, caseload.today)
    desk.open(caseload.today)
    desk.tab("plan")
    return desk


def test_signed_on_screen_the_signature_is_kept_and_printed(
    vault: OpenVault, caseload: Caseload, on_plan: DeskWindow, tmp_path: Path
) -> None:
    desk = on_plan
    desk.press("Agree the plan", desk.view)
    form = plan_tab(desk).agree_form
    assert not form.signed_button.isEnabled()
    sign(desk)
    desk.click(form.clear_button)
    assert not form.signed_button.isEnabled()
    sign(desk)
    desk.click(form.signed_button)
    (kept,) = agreed(vault, caseload.today)
    assert kept.how_agreed == "signed_screen"
    assert len(kept.signature[0]) > 30
    assert "Signed on screen" in desk.words(head(desk))
    desk.dialogs.script(tmp_path / "signed.pdf")
    desk.control(Qt.Key.Key_P)
    with pikepdf.open(tmp_path / "signed.pdf") as paper:
        assert paper.Root.MarkInfo.Marked


def test_too_little_of_a_signature_is_said_and_voice_still_counts(
    vault: OpenVault, caseload: Caseload, on_plan: DeskWindow
) -> None:
    desk = on_plan
    desk.press("Agree the plan", desk.view)
    form = plan_tab(desk).agree_form
    QTest.mouseClick(form.pad, Qt.MouseButton.LeftButton, pos=QPoint(30, 30))
    settle()
    desk.click(form.signed_button)
    assert form.form is not None
    assert "Sign in the field" in form.form.refusals()[""]
    form.form.focus_first()
    desk.control(Qt.Key.Key_Return)
    (kept,) = agreed(vault, caseload.today)
    assert (kept.how_agreed, kept.signature) == ("spoken", ())


def test_signed_on_paper_already_prints_nothing(
    vault: OpenVault, caseload: Caseload, on_plan: DeskWindow
) -> None:
    on_plan.press("Agree the plan", on_plan.view)
    on_plan.click(plan_tab(on_plan).agree_form.paper_button)
    assert agreed(vault, caseload.today)[0].how_agreed == "signed_paper"
    assert on_plan.dialogs.asked == []


def test_agreed_by_voice_with_the_mouse(vault: OpenVault, caseload: Caseload, on_plan: DeskWindow) -> None:
    on_plan.press("Agree the plan", on_plan.view)
    on_plan.click(plan_tab(on_plan).agree_form.save_button)
    assert agreed(vault, caseload.today)[0].how_agreed == "spoken"


def test_what_was_agreed_is_read_and_printed_again(
    vault: OpenVault, caseload: Caseload, on_plan: DeskWindow, tmp_path: Path
) -> None:
    desk = on_plan
    do(vault, agree_plan, AgreePlan(client_id=caseload.today, agreed_on=days_ago(9), next_review_on=TODAY))
    goal = plan_of(vault, caseload.today).goals[0]
    desk.view.refresh()
    desk.press(f"Change the goal “{goal.own_words}”", desk.view)
    form = plan_tab(desk).form
    desk.fill(form.form, own_words="A job in a park", coach_summary="Parks", achieved_on="today")
    desk.click(form.save_button)
    assert "Goal in other words: “A job in a park”, before “A job outside”" in desk.words(head(desk))
    (line,) = seen(plan_tab(desk), AgreedLine)
    desk.click(line.read_button)
    told = desk.words(line)
    for words in (
        "“A job outside”",
        "Visit the depot (the client, no day set)",
        "Next review",
        "What changed since",
    ):
        assert words in told
    assert "Goal reached: “A job in a park”" in told
    desk.click(line.read_button)
    assert "“A job outside”" not in desk.words(line)
    target = tmp_path / "again.pdf"
    desk.dialogs.script(target)
    desk.click(line.print_button)
    menu = plan_tab(desk).printing.menu_shown
    assert menu is not None
    QTest.keyClick(menu, Qt.Key.Key_L)
    settle()
    assert target.exists()
    assert plan_of(vault, caseload.today).copy_given_on is None
    do(vault, agree_plan, AgreePlan(client_id=caseload.today, agreed_on=TODAY))
    desk.view.refresh()
    newest, first = seen(plan_tab(desk), AgreedLine)
    desk.click(first.read_button)
    assert "What changed until" in desk.words(first)
    desk.click(newest.read_button)
    assert "Reached" in desk.words(newest)
    assert "Parks" in desk.words(newest)
    assert "Nothing." in desk.words(newest)
    history = next(one for one in seen(newest, QPushButton) if one.accessibleName().startswith("History"))
    desk.click(history)
    assert desk.view.tabs.currentIndex() == TABS.index("history")


def test_a_step_is_changed_and_taken_off(vault: OpenVault, caseload: Caseload, on_plan: DeskWindow) -> None:
    desk = on_plan
    desk.press("Change “Visit the depot”", desk.view)
    form = plan_tab(desk).form
    desk.fill(form.form, who="other", who_name="Ada", due_on="tomorrow")
    desk.click(form.save_button)
    step = plan_of(vault, caseload.today).goals[0].actions[0]
    assert (step.who, step.who_name, step.due_on) == ("other", "Ada", days_ago(-1))
    desk.press("Change “Visit the depot”", desk.view)
    desk.fill(form.form, is_off=True)  # type: ignore[arg-type]  # a check box keeps a truth value
    desk.click(form.save_button)
    assert plan_of(vault, caseload.today).goals[0].actions == ()


def test_a_step_of_somebody_else_and_the_next_by_the_same(
    vault: OpenVault, caseload: Caseload, on_plan: DeskWindow
) -> None:
    desk = on_plan
    goal_list = seen(plan_tab(desk), ActionList)[0]
    desk.click(goal_list.add_button)
    goal_list.what.setText("Lend the boots")
    goal_list.who.show_who("other", "")
    goal_list.who.name.setText("Ada")
    desk.click(goal_list.save_button)
    line = next(one for one in seen(plan_tab(desk), ActionLine) if one.action.what == "Lend the boots")
    assert (line.action.who, line.action.who_name) == ("other", "Ada")
    line.box.click()
    settle()
    goal_list = seen(plan_tab(desk), ActionList)[0]
    assert "Done: Lend the boots. What comes next?" in desk.words(goal_list)
    goal_list.what.setText("Give them back")
    desk.click(goal_list.save_button)
    steps = {one.what: one for one in plan_of(vault, caseload.today).goals[0].actions}
    assert (steps["Give them back"].who_name, steps["Lend the boots"].done_on) == ("Ada", TODAY)
    done = next(one for one in seen(plan_tab(desk), ActionLine) if one.action.what == "Lend the boots")
    done.box.click()
    settle()
    assert "Lend the boots" in desk.open_actions()


def test_beside_the_timeline_a_tick_asks_what_comes_next(desk: DeskWindow, caseload: Caseload) -> None:
    desk.open(caseload.today)
    line = next(one for one in seen(desk.view, ActionLine))
    line.box.click()
    settle()
    assert "Done: Ring the college. What comes next?" in desk.words(desk.view)
    assert isinstance(desk.window.focusWidget(), QLineEdit)


def test_without_anything_due_the_key_ticks_nothing(
    vault: OpenVault, caseload: Caseload, desk: DeskWindow
) -> None:
    desk.control(Qt.Key.Key_D)
    desk.open(caseload.late)
    desk.control(Qt.Key.Key_D)
    assert desk.view.tabs.currentIndex() == TABS.index("plan")
    assert plan_of(vault, caseload.late).loose_actions == ()


def test_a_copy_read_aloud_is_written_down(vault: OpenVault, caseload: Caseload, on_plan: DeskWindow) -> None:
    desk = on_plan
    do(vault, agree_plan, AgreePlan(client_id=caseload.today, agreed_on=days_ago(2)))
    desk.view.refresh()
    desk.press("Copy given…", desk.view)
    form = plan_tab(desk).form
    desk.fill(form.form, copy_format="read_aloud")
    desk.click(form.save_button)
    assert plan_of(vault, caseload.today).copy_format == "read_aloud"
    assert "Read aloud" in desk.words(head(desk))


def test_a_new_plan_begins_and_the_old_stays_to_be_read(
    vault: OpenVault, caseload: Caseload, on_plan: DeskWindow
) -> None:
    desk = on_plan
    do(vault, agree_plan, AgreePlan(client_id=caseload.today, agreed_on=days_ago(2)))
    desk.view.refresh()
    desk.press("Begin a new plan…", desk.view)
    desk.fill(plan_tab(desk).form.form, kind="thrive_at_work")
    desk.click(plan_tab(desk).form.save_button)
    assert plan_of(vault, caseload.today).kind == "thrive_at_work"
    assert len(seen(plan_tab(desk), AgreedLine)) == 1
    assert not head(desk).changed.isVisible()


def test_another_client_finds_the_forms_put_away(caseload: Caseload, on_plan: DeskWindow) -> None:
    desk = on_plan
    desk.press("Agree the plan", desk.view)
    desk.press("Add a goal", desk.view)
    desk.open(caseload.coming)
    assert plan_tab(desk).form.isHidden()
    assert plan_tab(desk).agree_form.isHidden()
    plan_tab(desk).go_on("agree", caseload.coming.hex)
    assert plan_tab(desk).agree_form.isVisible()
    plan_tab(desk).go_on("change_goal", f"{caseload.coming.hex}:{caseload.today.hex}")
    assert plan_tab(desk).form.isHidden()
