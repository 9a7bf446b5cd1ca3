"""A plan kept as it was agreed: word for word, with the signature, whatever happens to the plan afterwards."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from coachdesk.casework.agreed_plans import (
    AgreedPlanRow,
    AgreePlan,
    NextReview,
    agree_plan,
    list_agreed_plans,
    propose_review,
)
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.plan_around import read_plan_around
from coachdesk.casework.plan_copies import GiveCopy, give_copy
from coachdesk.casework.plans import (
    AddAction,
    AddGoal,
    EditAction,
    EditGoal,
    FinishAction,
    StartPlan,
    add_action,
    add_goal,
    edit_action,
    edit_goal,
    finish_action,
    read_plan,
    start_plan,
)
from coachdesk.errors import Refusal
from coachdesk.models import AgreedPlan, BankHoliday, Client, Plan, Programme, new_id
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import (
    a_client,
    a_contact,
    an_action,
    an_enrolment,
    ask,
    days_ago,
    do,
    found,
    keep,
    programme_id,
)
from tests.vault_fixtures import PERSON, TODAY

STROKES = (((0.1, 0.5), (0.2, 0.4), (0.3, 0.6)), ((0.5, 0.5), (0.6123456, 0.55)))


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client()
    keep(desk_vault, made)
    do(desk_vault, start_plan, StartPlan(client_id=made.id, kind="into_work"))
    return made


def question(client: Client) -> ClientQuestion:
    return ClientQuestion(client_id=client.id, today=TODAY)


def agreed(vault: OpenVault, client: Client) -> tuple[AgreedPlanRow, ...]:
    return ask(vault, list_agreed_plans, question(client))


def agree(vault: OpenVault, client: Client, **values: Any) -> str:
    wish = AgreePlan(client_id=client.id, **{"agreed_on": TODAY, "how_agreed": "spoken", **values})
    return do(vault, agree_plan, wish)[1]


def test_a_plan_is_agreed_with_its_copy_and_review(desk_vault: OpenVault, client: Client) -> None:
    label = agree(desk_vault, client, copy_given_on=TODAY, copy_format="print", next_review_on=TODAY)
    row = ask(desk_vault, read_plan, question(client))
    told = (row.agreed_on, row.how_agreed, row.copy_given_on, row.copy_format, row.next_review_on)
    assert told == (TODAY, "spoken", TODAY, "print", TODAY)
    assert label == "Agreed the plan with MO"


def test_what_was_agreed_stays_word_for_word(desk_vault: OpenVault, client: Client) -> None:
    goal, _ = do(
        desk_vault,
        add_goal,
        AddGoal(client_id=client.id, own_words="Bake bread", area="skills", coach_summary="A trade"),
    )
    step, _ = do(
        desk_vault,
        add_action,
        AddAction(client_id=client.id, what="Ring", goal_id=goal, who="client", due_on=TODAY),
    )
    do(desk_vault, add_action, AddAction(client_id=client.id, what="Bring the timetable"))
    agree(desk_vault, client, how_agreed="signed_screen", signature=STROKES, agreed_on=days_ago(2))
    do(desk_vault, edit_goal, EditGoal(goal_id=goal, own_words="Run a bakery"))
    do(desk_vault, edit_action, EditAction(action_id=step, what="Visit", due_on=days_ago(-7)))
    (kept,) = agreed(desk_vault, client)
    assert (kept.version, kept.agreed_on, kept.how_agreed) == (1, days_ago(2), "signed_screen")
    (was,) = kept.plan.goals
    assert (was.own_words, was.coach_summary, was.area) == ("Bake bread", "A trade", "skills")
    assert [(one.what, one.who, one.due_on) for one in was.actions] == [("Ring", "client", TODAY)]
    assert [one.what for one in kept.plan.loose_actions] == ["Bring the timetable"]
    assert kept.around.name == "Maya Okonkwo"
    assert kept.signature == (STROKES[0], ((0.5, 0.5), (0.6123, 0.55)))
    assert kept.changes.agreed == (
        "Goal in other words: “Run a bakery”, before “Bake bread”",
        "The coach’s summary of “Run a bakery” is another",
        "The area of “Run a bakery” is another",
        "Step changed: Visit (the coach, by 12 October 2026); before: Ring (the client, by 5 October 2026)",
    )
    assert kept.changes.progress == ()


def test_what_came_of_it_needs_no_new_agreement(desk_vault: OpenVault, client: Client) -> None:
    goal, _ = do(desk_vault, add_goal, AddGoal(client_id=client.id, own_words="Bake bread"))
    step, _ = do(desk_vault, add_action, AddAction(client_id=client.id, what="Ring", goal_id=goal))
    agree(desk_vault, client, agreed_on=days_ago(9))
    done = FinishAction(action_id=step, done_on=days_ago(12))
    do(desk_vault, finish_action, done)
    do(desk_vault, edit_goal, EditGoal(goal_id=goal, own_words="Bake bread", achieved_on=TODAY))
    (kept,) = agreed(desk_vault, client)
    assert kept.changes.agreed == ()
    assert kept.changes.progress == ("Goal reached: “Bake bread”", "Done: Ring")
    agree(desk_vault, client)
    assert [row.version for row in agreed(desk_vault, client)] == [1, 1]


def test_agreeing_something_else_makes_the_next_version(desk_vault: OpenVault, client: Client) -> None:
    do(desk_vault, add_goal, AddGoal(client_id=client.id, own_words="Bake bread"))
    gone, _ = do(desk_vault, add_action, AddAction(client_id=client.id, what="Ring"))
    agree(desk_vault, client, agreed_on=days_ago(5))
    do(desk_vault, add_goal, AddGoal(client_id=client.id, own_words="Sleep better"))
    do(desk_vault, add_action, AddAction(client_id=client.id, what="Walk", who="other", who_name="Ada"))
    do(desk_vault, edit_action, EditAction(action_id=gone, what="", is_off=True))
    agree(desk_vault, client)
    newest, first = agreed(desk_vault, client)
    assert (newest.version, newest.changes.agreed, newest.until) == (2, (), None)
    assert (first.version, first.until) == (1, TODAY)
    assert first.changes.agreed == ("New goal: “Sleep better”", "New step: Walk", "Step taken out: Ring")
    plan = found(desk_vault, Plan, newest.plan_id)
    assert (plan.version, plan.agreed_on, plan.reviewed_on) == (2, TODAY, TODAY)
    assert [one.own_words for one in first.plan.goals] == ["Bake bread"]


def test_a_goal_that_went_on_into_a_new_plan_is_the_same_goal(desk_vault: OpenVault, client: Client) -> None:
    goal, _ = do(desk_vault, add_goal, AddGoal(client_id=client.id, own_words="Bake bread"))
    reached, _ = do(desk_vault, add_goal, AddGoal(client_id=client.id, own_words="Sleep better"))
    done, _ = do(desk_vault, add_action, AddAction(client_id=client.id, what="Ring", goal_id=goal))
    do(desk_vault, add_action, AddAction(client_id=client.id, what="Visit", goal_id=goal))
    agree(desk_vault, client, agreed_on=days_ago(5))
    do(desk_vault, finish_action, FinishAction(action_id=done, done_on=days_ago(1)))
    reach = EditGoal(goal_id=reached, own_words="Sleep better", achieved_on=days_ago(1))
    do(desk_vault, edit_goal, reach)
    do(desk_vault, start_plan, StartPlan(client_id=client.id, kind="thrive_at_work"))
    (kept,) = agreed(desk_vault, client)
    assert kept.changes.agreed == ()
    assert kept.changes.progress == ("Goal reached: “Sleep better”", "Done: Ring")
    agree(desk_vault, client)
    assert [(row.version, row.plan.kind) for row in agreed(desk_vault, client)] == [
        (2, "thrive_at_work"),
        (1, "into_work"),
    ]


def test_a_goal_that_was_dropped_is_said(desk_vault: OpenVault, client: Client) -> None:
    goal, _ = do(desk_vault, add_goal, AddGoal(client_id=client.id, own_words="Bake bread"))
    agree(desk_vault, client)
    do(desk_vault, edit_goal, EditGoal(goal_id=goal, own_words="Bake bread", achieved_on=TODAY))
    do(desk_vault, edit_goal, EditGoal(goal_id=goal, own_words="Bake bread"))
    with unit_of_work(desk_vault, label="Took it off") as work:
        (one,) = (row for row in work.session.query(Plan).all())
        one.agreed_on = None
    do(desk_vault, start_plan, StartPlan(client_id=client.id, kind="into_work"))
    fresh = ask(desk_vault, read_plan, question(client)).goals[0]
    do(desk_vault, edit_goal, EditGoal(goal_id=fresh.id, own_words="Become a baker"))
    (kept,) = agreed(desk_vault, client)
    assert kept.changes.agreed == ("New goal: “Become a baker”", "Goal no longer in the plan: “Bake bread”")


def test_what_is_private_or_long_past_is_not_kept(desk_vault: OpenVault, client: Client) -> None:
    private = a_contact(client, note="Panic attacks", is_private=True)
    keep(
        desk_vault,
        private,
        an_action(client, what="Ask about the debts", contact_id=private.id),
        an_action(client, what="An old step", done_on=days_ago(200)),
        an_action(client, what="Write a CV"),
    )
    agree(desk_vault, client)
    (kept,) = agreed(desk_vault, client)
    assert [one.what for one in kept.plan.loose_actions] == ["Write a CV"]
    assert kept.changes.agreed == ()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"agreed_on": days_ago(-1)}, "agreed_on"),
        ({"next_review_on": days_ago(1)}, "next_review_on"),
        ({"how_agreed": "signed_screen"}, "signature"),
        ({"how_agreed": "signed_screen", "signature": (((0.5, 0.5),),)}, "signature"),
        ({"how_agreed": "signed_screen", "signature": (((1.5, 0.5),) * 9,)}, "signature"),
        ({"how_agreed": "signed_screen", "signature": (((0.5, 0.5),) * 20_001,)}, "signature"),
    ],
)
def test_what_cannot_be_agreed_is_said_beside_its_field(
    desk_vault: OpenVault, client: Client, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        agree(desk_vault, client, **values)
    assert set(refused.value.fields) == {field}
    assert agreed(desk_vault, client) == ()


def test_strokes_are_kept_only_where_they_sign(desk_vault: OpenVault, client: Client) -> None:
    agree(desk_vault, client, how_agreed="spoken", signature=STROKES)
    assert agreed(desk_vault, client)[0].signature == ()


def test_without_a_plan_or_a_client_nothing_is_agreed(desk_vault: OpenVault) -> None:
    other = a_client(first_name="Otto")
    keep(desk_vault, other)
    with pytest.raises(Refusal, match="no plan to agree"):
        agree(desk_vault, other)
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, agree_plan, AgreePlan(client_id=new_id(), agreed_on=TODAY))


def test_around_the_plan_of_nobody_stands_nothing(desk_vault: OpenVault) -> None:
    with pytest.raises(Refusal, match="not there any more"):
        ask(desk_vault, lambda session, _: read_plan_around(session, new_id(), None))


def test_an_agreement_can_be_taken_back_whole(desk_vault: OpenVault, client: Client) -> None:
    agree(desk_vault, client)
    with reading(desk_vault) as session:
        unit = last_unit(session, PERSON)
    assert unit is not None
    assert unit.label == "Agreed the plan with MO"
    with unit_of_work(desk_vault, label="Taken back") as work:
        undo(work.session, unit.unit)
    assert agreed(desk_vault, client) == ()
    assert ask(desk_vault, read_plan, question(client)).agreed_on is None


def test_a_plan_agreed_before_it_was_kept_counts_as_another(desk_vault: OpenVault, client: Client) -> None:
    with unit_of_work(desk_vault, label="Agreed long ago") as work:
        work.session.query(Plan).one().agreed_on = days_ago(90)
    agree(desk_vault, client)
    assert [row.version for row in agreed(desk_vault, client)] == [2]
    with reading(desk_vault) as session:
        assert session.query(AgreedPlan).one().client_id == client.id


def proposed(vault: OpenVault, client: Client) -> NextReview:
    return ask(vault, propose_review, question(client))


def test_the_next_review_follows_the_rhythm_of_the_programme(desk_vault: OpenVault) -> None:
    client = a_client()
    enrolment = an_enrolment(client, ask(desk_vault, lambda s, _: programme_id(s)))
    keep(desk_vault, client, enrolment)
    assert proposed(desk_vault, client).on == TODAY + dt.timedelta(days=28)
    assert proposed(desk_vault, client).origin.startswith("IPES")
    do(desk_vault, start_plan, StartPlan(client_id=client.id, kind="into_work"))
    keep(desk_vault, BankHoliday(falls_on=TODAY + dt.timedelta(days=28), title="A feast"))
    assert proposed(desk_vault, client).on == TODAY + dt.timedelta(days=29)
    with unit_of_work(desk_vault, label="Changed") as work:
        programme = work.session.get_one(Programme, enrolment.programme_id)
        programme.definition = {**programme.definition, "due": {}}
    assert proposed(desk_vault, client) == NextReview(on=None, origin="")


def test_without_a_programme_no_review_is_proposed(desk_vault: OpenVault, client: Client) -> None:
    assert proposed(desk_vault, client) == NextReview(on=None, origin="")


def test_a_copy_is_written_to_a_plan_that_is_agreed(desk_vault: OpenVault, client: Client) -> None:
    wish = GiveCopy(client_id=client.id, copy_format="read_aloud", given_on=TODAY)
    with pytest.raises(Refusal, match="agree it first"):
        do(desk_vault, give_copy, wish)
    agree(desk_vault, client)
    label = do(desk_vault, give_copy, wish)[1]
    row = ask(desk_vault, read_plan, question(client))
    assert (row.copy_format, row.copy_given_on) == ("read_aloud", TODAY)
    assert label == "Wrote down the copy of the plan given to MO"
    with pytest.raises(Refusal) as refused:
        do(desk_vault, give_copy, replace(wish, given_on=days_ago(-1)))
    assert set(refused.value.fields) == {"given_on"}
