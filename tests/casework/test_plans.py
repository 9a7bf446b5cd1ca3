"""The plan in the client's words: goals, actions, versions kept as agreed."""

from typing import Any

import pytest

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.plans import (
    AddAction,
    AddGoal,
    EditAction,
    EditGoal,
    FinishAction,
    PlanProgress,
    PlanRow,
    ReopenAction,
    StartPlan,
    add_action,
    add_goal,
    edit_action,
    edit_goal,
    finish_action,
    plan_progress,
    read_plan,
    reopen_action,
    start_plan,
)
from coachdesk.errors import Refusal
from coachdesk.models import Client, Plan, new_id
from coachdesk.vault.opened import OpenVault
from tests.makers import a_client, an_action, an_enrolment, ask, days_ago, do, found, keep, programme_id
from tests.vault_fixtures import TODAY


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client()
    keep(desk_vault, made)
    return made


def plan_of(vault: OpenVault, client: Client) -> PlanRow:
    return ask(vault, read_plan, ClientQuestion(client_id=client.id, today=TODAY))


def test_without_a_plan_there_are_only_loose_actions(desk_vault: OpenVault, client: Client) -> None:
    keep(desk_vault, an_action(client, due_on=days_ago(3)), an_action(client, what="No day yet"))
    row = plan_of(desk_vault, client)
    assert (row.id, row.version, row.kind, row.goals) == (None, 0, "not_asked", ())
    assert [one.what for one in row.loose_actions] == ["Write a CV", "No day yet"]
    assert [one.overdue_words for one in row.loose_actions] == ["3 days late", ""]


def test_a_goal_begins_a_plan_and_carries_its_actions(desk_vault: OpenVault, client: Client) -> None:
    first, label = do(
        desk_vault, add_goal, AddGoal(client_id=client.id, own_words=" Bake bread ", area="skills")
    )
    do(desk_vault, add_goal, AddGoal(client_id=client.id, own_words="Sleep better"))
    wish = AddAction(
        client_id=client.id, what=" Ring the college ", goal_id=first, due_on=TODAY, who="client"
    )
    action_id, added = do(desk_vault, add_action, wish)
    row = plan_of(desk_vault, client)
    assert (row.version, [goal.own_words for goal in row.goals]) == (1, ["Bake bread", "Sleep better"])
    assert [(one.id, one.what, one.who) for one in row.goals[0].actions] == [
        (action_id, "Ring the college", "client")
    ]
    assert row.loose_actions == ()
    assert (label, added) == ("Added a goal with MO", "Added an action with MO")


def test_a_goal_gets_other_words_or_the_day_it_was_reached(desk_vault: OpenVault, client: Client) -> None:
    goal_id, _ = do(desk_vault, add_goal, AddGoal(client_id=client.id, own_words="Bake"))
    wish = EditGoal(goal_id=goal_id, own_words="Bake bread", coach_summary="Trade", achieved_on=TODAY)
    _, label = do(desk_vault, edit_goal, wish)
    goal = plan_of(desk_vault, client).goals[0]
    assert (goal.own_words, goal.coach_summary, goal.achieved_on) == ("Bake bread", "Trade", TODAY)
    assert label == "Changed a goal with MO"


def test_finishing_an_action_sets_the_next_in_the_same_act(desk_vault: OpenVault, client: Client) -> None:
    goal_id, _ = do(desk_vault, add_goal, AddGoal(client_id=client.id, own_words="Bake"))
    wish = AddAction(client_id=client.id, what="Ring", goal_id=goal_id, who="other", who_name="Her sister")
    action_id, _ = do(desk_vault, add_action, wish)
    done = FinishAction(
        action_id=action_id, done_on=TODAY, outcome=" Rang ", next_what=" Visit ", next_on=TODAY
    )
    _, label = do(desk_vault, finish_action, done)
    rows = {one.what: one for one in plan_of(desk_vault, client).goals[0].actions}
    assert (rows["Ring"].done_on, rows["Ring"].outcome) == (TODAY, "Rang")
    assert (rows["Visit"].done_on, rows["Visit"].due_on, rows["Visit"].who_name) == (
        None,
        TODAY,
        "Her sister",
    )
    _, opened = do(desk_vault, reopen_action, ReopenAction(action_id=action_id))
    assert {one.done_on for one in plan_of(desk_vault, client).goals[0].actions} == {None}
    assert (label, opened) == ("Ticked an action with MO", "Opened an action again with MO")


def test_an_action_may_be_done_without_a_next(desk_vault: OpenVault, client: Client) -> None:
    action = an_action(client, due_on=days_ago(1))
    keep(desk_vault, action)
    do(desk_vault, finish_action, FinishAction(action_id=action.id, done_on=TODAY))
    (row,) = plan_of(desk_vault, client).loose_actions
    assert (row.done_on, row.overdue_words) == (TODAY, "")


def test_a_new_version_carries_over_what_is_still_open(desk_vault: OpenVault, client: Client) -> None:
    enrolment = an_enrolment(client, ask(desk_vault, lambda s, _: programme_id(s)))
    keep(desk_vault, enrolment)
    first, label = do(desk_vault, start_plan, StartPlan(client_id=client.id, kind="into_work"))
    reached, _ = do(desk_vault, add_goal, AddGoal(client_id=client.id, own_words="Reached"))
    open_one, _ = do(desk_vault, add_goal, AddGoal(client_id=client.id, own_words="Open"))
    do(desk_vault, edit_goal, EditGoal(goal_id=reached, own_words="Reached", achieved_on=TODAY))
    waiting, _ = do(desk_vault, add_action, AddAction(client_id=client.id, what="Waiting", goal_id=open_one))
    done, _ = do(desk_vault, add_action, AddAction(client_id=client.id, what="Done", goal_id=open_one))
    do(desk_vault, finish_action, FinishAction(action_id=done, done_on=TODAY))
    second, _ = do(desk_vault, start_plan, StartPlan(client_id=client.id, kind="job_change"))
    row = plan_of(desk_vault, client)
    assert (row.id, row.version, row.kind) == (second, 2, "job_change")
    assert [(goal.own_words, [one.id for one in goal.actions]) for goal in row.goals] == [("Open", [waiting])]
    assert [one.id for one in row.loose_actions] == [done]
    assert found(desk_vault, Plan, first).enrolment_id == enrolment.id
    assert label == "Started a plan with MO"


def test_words_are_needed(desk_vault: OpenVault, client: Client) -> None:
    goal_id, _ = do(desk_vault, add_goal, AddGoal(client_id=client.id, own_words="Bake"))
    tries: list[tuple[Any, Any, str]] = [
        (add_goal, AddGoal(client_id=client.id, own_words=" "), "own_words"),
        (edit_goal, EditGoal(goal_id=goal_id, own_words=" "), "own_words"),
        (add_action, AddAction(client_id=client.id, what=" "), "what"),
    ]
    for act, wish, field in tries:
        with pytest.raises(Refusal) as refused:
            do(desk_vault, act, wish)
        assert set(refused.value.fields) == {field}


@pytest.mark.parametrize(
    ("act", "wish"),
    [
        (start_plan, StartPlan(client_id=new_id(), kind="into_work")),
        (edit_goal, EditGoal(goal_id=new_id(), own_words="Bake")),
        (finish_action, FinishAction(action_id=new_id(), done_on=TODAY)),
        (reopen_action, ReopenAction(action_id=new_id())),
        (edit_action, EditAction(action_id=new_id(), what="Ring")),
        (edit_action, EditAction(action_id=new_id(), what="", is_off=True)),
    ],
)
def test_what_is_gone_from_a_plan_is_said_plainly(desk_vault: OpenVault, act: Any, wish: Any) -> None:
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, act, wish)


def test_a_step_gets_other_words_another_person_and_another_day(
    desk_vault: OpenVault, client: Client
) -> None:
    action_id, _ = do(desk_vault, add_action, AddAction(client_id=client.id, what="Ring"))
    wish = EditAction(
        action_id=action_id, what=" Visit ", who="other", who_name=" Her sister ", due_on=days_ago(-3)
    )
    _, label = do(desk_vault, edit_action, wish)
    (row,) = plan_of(desk_vault, client).loose_actions
    assert (row.what, row.who, row.who_name, row.due_on) == ("Visit", "other", "Her sister", days_ago(-3))
    assert label == "Changed an action with MO"
    do(desk_vault, edit_action, EditAction(action_id=action_id, what="Visit", who="client", who_name="x"))
    (row,) = plan_of(desk_vault, client).loose_actions
    assert (row.who, row.who_name, row.due_on) == ("client", "", None)
    with pytest.raises(Refusal) as refused:
        do(desk_vault, edit_action, EditAction(action_id=action_id, what=" "))
    assert set(refused.value.fields) == {"what"}


def test_a_step_is_taken_off_the_plan(desk_vault: OpenVault, client: Client) -> None:
    action_id, _ = do(desk_vault, add_action, AddAction(client_id=client.id, what="Ring"))
    _, label = do(desk_vault, edit_action, EditAction(action_id=action_id, what="", is_off=True))
    assert plan_of(desk_vault, client).loose_actions == ()
    assert label == "Took an action off the plan with MO"


def test_progress_is_counted_and_no_score(desk_vault: OpenVault, client: Client) -> None:
    goal, _ = do(desk_vault, add_goal, AddGoal(client_id=client.id, own_words="Bake"))
    do(desk_vault, add_goal, AddGoal(client_id=client.id, own_words="Sleep"))
    do(desk_vault, edit_goal, EditGoal(goal_id=goal, own_words="Bake", achieved_on=TODAY))
    keep(
        desk_vault,
        an_action(client, goal_id=goal, done_on=days_ago(1), due_on=days_ago(9)),
        an_action(client, goal_id=goal, due_on=days_ago(2)),
        an_action(client, due_on=TODAY),
    )
    told = plan_progress(plan_of(desk_vault, client))
    assert told == PlanProgress(goals=2, reached=1, steps=3, done=1, late=1)
