"""Adjustments as a story: asked, refused, agreed after all, in place, looked at again, taken along to the next job."""

import datetime as dt
from typing import Any

import pytest

from coachdesk.casework.adjustment_steps import RecordStep, TakeAlong, record_step, take_along
from coachdesk.casework.adjustments import (
    AddAdjustment,
    ChangeAdjustment,
    PutAwayAdjustment,
    add_adjustment,
    change_adjustment,
    list_adjustments,
    needs_by_job,
    put_away_adjustment,
)
from coachdesk.casework.adjustments_due import adjustments_due
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.due_at_work import due_at_work
from coachdesk.casework.health_rules import shipped_rules
from coachdesk.errors import Refusal
from coachdesk.models import Adjustment, new_id
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.work import reading, unit_of_work
from tests.casework.at_work import AtWork
from tests.makers import a_client, a_job, an_adjustment, an_employer, ask, days_ago, do, found, keep
from tests.vault_fixtures import PERSON, TODAY

REFUSED_LATER_AGREED = ("asked", "refused", "asked", "agreed", "in_place")


@pytest.fixture
def at_work(desk_vault: OpenVault) -> AtWork:
    return AtWork(desk_vault)


def dues(at_work: AtWork, last: dt.date = TODAY) -> list[tuple[dt.date, str, str]]:
    with reading(at_work.vault) as session:
        return [
            (one.due.on, one.due.what, one.due.origin) for one in adjustments_due(session, TODAY, last, None)
        ]


def test_refused_and_later_agreed_reads_as_a_story_with_dates(at_work: AtWork) -> None:
    one = at_work.need(requested_on=days_ago(19), asked_of="Sam, shift lead")
    at_work.step(one, "refused", 15, "No room")
    refused = at_work.adjustment(one)
    assert (refused.decision, refused.refusal_reason, refused.decided_on) == (
        "refused",
        "No room",
        days_ago(15),
    )
    assert refused.tries == shipped_rules().tries
    assert any("Acas" in line for line in refused.tries)
    at_work.step(one, "asked", 12, with_whom="HR")
    assert at_work.adjustment(one).decision == "waiting"
    assert at_work.adjustment(one).tries == ()
    at_work.step(one, "agreed", 8, "The back office after two", owner="Sam")
    at_work.step(one, "in_place", 3)
    row = at_work.adjustment(one)
    assert [(step.event, step.happened_on) for step in row.steps] == list(
        zip(REFUSED_LATER_AGREED, map(days_ago, (19, 15, 12, 8, 3)), strict=True)
    )
    assert [step.event_words for step in row.steps][:2] == ["Asked for", "Refused"]
    assert {step.coach for step in row.steps} == {PERSON}
    assert (row.decision, row.agreed, row.refusal_reason) == ("agreed", "The back office after two", "")
    assert (row.owner, row.asked_of, row.requested_on, row.lag_days) == ("Sam", "HR", days_ago(19), 16)
    assert row.review_on == dt.date(2027, 4, 2)
    at_work.step(one, "reviewed", 0, "Much calmer", is_working="yes", review_on=dt.date(2026, 12, 1))
    looked = at_work.adjustment(one)
    assert (looked.is_working, looked.review_on) == ("yes", dt.date(2026, 12, 1))
    at_work.step(one, "reviewed", 0, "Still")
    assert at_work.adjustment(one).review_on == dt.date(2027, 4, 5)


def test_one_step_is_one_action_and_is_taken_back_whole(at_work: AtWork) -> None:
    one = at_work.need()
    wish = RecordStep(adjustment_id=one, event="refused", happened_on=TODAY, note="No")
    _, label = do(at_work.vault, record_step, wish)
    assert label == "An adjustment was refused for MO"
    with reading(at_work.vault) as session:
        unit = last_unit(session, PERSON)
    assert unit is not None
    with unit_of_work(at_work.vault) as work:
        undo(work.session, unit.unit)
    row = at_work.adjustment(one)
    assert (row.decision, row.refusal_reason, row.steps) == ("not_asked", "", ())


def test_an_earlier_step_goes_into_the_story_and_changes_nothing_after_it(at_work: AtWork) -> None:
    one = at_work.need()
    at_work.step(one, "partly", 5, "Two days of five")
    at_work.step(one, "refused", 9, "At first no")
    at_work.step(one, "asked", 12)
    at_work.step(one, "asked", 4)
    row = at_work.adjustment(one)
    assert (row.decision, row.agreed, row.refusal_reason) == ("partly", "Two days of five", "")
    assert (row.requested_on, row.decided_on) == (days_ago(12), days_ago(5))
    assert [step.event for step in row.steps] == ["asked", "refused", "partly", "asked"]


def test_what_is_in_place_has_been_agreed(at_work: AtWork) -> None:
    one = at_work.need(requested_on=days_ago(9))
    at_work.step(one, "refused", 8, "No")
    at_work.step(one, "in_place", 2, review_on=days_ago(-30))
    row = at_work.adjustment(one)
    assert (row.decision, row.decided_on, row.refusal_reason) == ("agreed", days_ago(2), "")
    assert (row.lag_days, row.review_on) == (7, days_ago(-30))
    other = at_work.need("Later", requested_on=days_ago(1))
    at_work.step(other, "agreed", 1)
    at_work.step(other, "in_place", 0)
    assert at_work.adjustment(other).decided_on == days_ago(1)
    unasked = at_work.need("Unasked")
    assert at_work.adjustment(unasked).lag_days is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"event": "moved"}, "event"),
        ({"event": "refused"}, "note"),
        ({"event": "asked", "happened_on": days_ago(-1)}, "happened_on"),
    ],
)
def test_a_step_that_cannot_be_is_refused_and_nothing_is_written(
    at_work: AtWork, values: dict[str, Any], field: str
) -> None:
    one = at_work.need()
    wish = RecordStep(adjustment_id=one, **{"happened_on": TODAY, **values})
    assert set(at_work.refused(record_step, wish).fields) == {field}
    assert at_work.adjustment(one).steps == ()


def test_what_is_no_longer_needed_takes_no_more_steps_and_is_told_to_nobody(at_work: AtWork) -> None:
    one = at_work.need()
    at_work.step(one, "ended", 1, "Got used to it")
    row = at_work.adjustment(one)
    assert (row.is_live, row.ended_on) == (False, days_ago(1))
    assert ask(at_work.vault, needs_by_job, at_work.client.id) == {}
    wish = RecordStep(adjustment_id=one, event="asked", happened_on=TODAY)
    assert "no longer needed" in at_work.refused(record_step, wish).message
    kept = at_work.need("A later need")
    at_work.need("For no job yet", job_id=None)
    assert ask(at_work.vault, needs_by_job, at_work.client.id) == {at_work.job.id: ["A later need"]}
    rows = at_work.adjustments().rows
    assert (rows[0].id, rows[-1].id) == (kept, one)


def test_words_are_changed_and_a_mistake_is_put_away(at_work: AtWork) -> None:
    one = at_work.need(why="Noise hurts")
    wish = ChangeAdjustment(
        adjustment_id=one, need=" Quiet ", why=" Loud ", may_say_why=True, category="premises", owner="Sam",
        review_on=days_ago(-9),
    )  # fmt: skip
    _, label = do(at_work.vault, change_adjustment, wish)
    row = at_work.adjustment(one)
    assert label == "Changed an adjustment for MO"
    assert (row.need, row.why, row.may_say_why, row.category) == ("Quiet", "Loud", True, "premises")
    assert (row.owner, row.review_on, row.job) == ("Sam", days_ago(-9), None)
    assert set(at_work.refused(change_adjustment, ChangeAdjustment(adjustment_id=one, need=" ")).fields) == {
        "need"
    }
    foreign = a_client()
    job = a_job(foreign, at_work.employer)
    keep(at_work.vault, foreign)
    keep(at_work.vault, job)
    wish = ChangeAdjustment(adjustment_id=one, need="Quiet", job_id=job.id)
    assert set(at_work.refused(change_adjustment, wish).fields) == {"job_id"}
    at_work.do(put_away_adjustment, PutAwayAdjustment(adjustment_id=one))
    assert at_work.adjustments().rows == ()
    assert (
        "not there any more"
        in at_work.refused(put_away_adjustment, PutAwayAdjustment(adjustment_id=one)).message
    )


def test_a_need_of_a_day_to_come_is_refused(at_work: AtWork) -> None:
    wish = AddAdjustment(client_id=at_work.client.id, need="Quiet", requested_on=days_ago(-1))
    assert set(at_work.refused(add_adjustment, wish).fields) == {"requested_on"}
    with pytest.raises(Refusal, match="not there any more"):
        ask(at_work.vault, list_adjustments, ClientQuestion(client_id=new_id(), today=TODAY))


def test_chosen_needs_go_along_to_the_next_job_in_one_action(at_work: AtWork) -> None:
    stays, goes = at_work.need("A fan"), at_work.need("A quiet corner", why="Noise", may_say_why=True)
    with unit_of_work(at_work.vault, label="Ended") as work:
        work.session.merge(at_work.job).ended_on = days_ago(6)
    assert at_work.adjustments().left_behind == ()
    shop = an_employer(name="Corner Shop")
    keep(at_work.vault, shop)
    new_job = at_work.another_job(shop, title="", started_on=days_ago(1))
    assert [one.id for one in at_work.adjustments().left_behind] == [stays, goes]
    assert [one[:2] for one in dues(at_work)] == [(days_ago(1), "A new job: which adjustments go along?")] * 2
    wish = TakeAlong(client_id=at_work.client.id, job_id=new_job.id, adjustment_ids=(goes,), on=TODAY)
    (made,), label = do(at_work.vault, take_along, wish)
    assert label == "Took adjustments along to the next job of MO"
    new, old = at_work.adjustment(made), at_work.adjustment(goes)
    assert (new.need, new.why, new.may_say_why, new.job_id) == ("A quiet corner", "Noise", False, new_job.id)
    assert (new.decision, new.review_on, [step.event for step in new.steps]) == (
        "not_asked",
        TODAY,
        ["moved"],
    )
    assert (old.ended_on, old.steps[-1].note) == (TODAY, "To Corner Shop")
    assert found(at_work.vault, Adjustment, made).carried_from_id == goes
    assert [one.id for one in at_work.adjustments().left_behind] == [stays]
    assert at_work.adjustments().job is not None
    assert new.job is not None
    assert new.job.words == "Corner Shop"
    assert old.job is not None
    assert old.job.words == "Baker at Bay Bakery"
    again = at_work.refused(take_along, wish)
    assert "not needed there any more" in again.message


def test_what_cannot_go_along_is_refused(at_work: AtWork) -> None:
    one = at_work.need(job_id=None)
    nothing = TakeAlong(client_id=at_work.client.id, job_id=at_work.job.id, adjustment_ids=(), on=TODAY)
    assert set(at_work.refused(take_along, nothing).fields) == {"adjustment_ids"}
    other = a_client()
    keep(at_work.vault, other)
    strangers = TakeAlong(client_id=other.id, job_id=at_work.job.id, adjustment_ids=(one,), on=TODAY)
    assert "not there any more" in at_work.refused(take_along, strangers).message
    theirs = an_adjustment(other)
    keep(at_work.vault, theirs)
    mixed = TakeAlong(
        client_id=at_work.client.id, job_id=at_work.job.id, adjustment_ids=(one, theirs.id), on=TODAY
    )
    at_work.refused(take_along, mixed)
    assert at_work.adjustment(one).is_live
    assert [row.id for row in at_work.adjustments().left_behind] == [one]


def test_today_calls_for_an_answer_for_what_was_agreed_and_for_a_look_again(at_work: AtWork) -> None:
    asked = at_work.need("Answer", requested_on=days_ago(20))
    at_work.step(asked, "asked", 14)
    late = at_work.need("Place")
    at_work.step(late, "agreed", 28)
    looked = at_work.need("Look")
    at_work.step(looked, "in_place", 10, review_on=TODAY)
    ended = at_work.need("Ended", requested_on=days_ago(20))
    at_work.step(ended, "ended", 0)
    called = dues(at_work)
    assert [one[:2] for one in called] == [
        (TODAY, "Ask what came of it: Answer"),
        (TODAY, "Agreed, not in place yet: Place"),
        (TODAY, "Look at the adjustment again: Look"),
    ]
    assert "CoachDesk default" in called[0][2]
    assert "six months" in called[2][2]
    assert at_work.adjustment(asked).calls == ("Asked 14 days ago, and no answer yet.",)
    assert at_work.adjustment(late).calls == ("Agreed 28 days ago, and not in place yet.",)
    assert at_work.adjustment(looked).calls == ("It is time to look at it again.",)
    assert dues(at_work, days_ago(1)) == []
    with reading(at_work.vault) as session:
        assert len(list(due_at_work(session, TODAY, TODAY, [at_work.client.id]))) == 3
        assert list(due_at_work(session, TODAY, TODAY, [new_id()])) == []


def test_today_does_not_call_for_what_is_more_than_eight_weeks_late(at_work: AtWork) -> None:
    at_work.need("Long ago", requested_on=days_ago(71))
    just = at_work.need("Just", requested_on=days_ago(70))
    assert [one[1] for one in dues(at_work)] == ["Ask what came of it: Just"]
    at_work.step(just, "asked", 2)
    assert dues(at_work) == []
    assert at_work.adjustment(just).calls == ()
