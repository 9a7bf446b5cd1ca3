"""What two plans say to an employer: never why unless it is ticked, and nothing without permission or a reason."""

import pytest

from coachdesk.casework.adjustments_plan import PlanQuestion, check_plan, keep_ticks, read_plan_of_adjustments
from coachdesk.casework.erasing import EraseClient, erase_client
from coachdesk.casework.return_plan import ReturnQuestion, check_return_plan, read_return_plan
from coachdesk.casework.return_to_work import ProposeSteps, propose_steps
from coachdesk.errors import Refusal
from coachdesk.models import Adjustment, Job, VocationalProfile, new_id
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.casework.at_work import AtWork
from tests.makers import a_consent, days_ago, found, keep
from tests.vault_fixtures import TODAY

NEEDS = "What they need at work"


@pytest.fixture
def at_work(desk_vault: OpenVault) -> AtWork:
    return AtWork(desk_vault, communication_needs="Large print")


def plan_question(at_work: AtWork, **values: object) -> PlanQuestion:
    told = {"client_id": at_work.client.id, "job_id": at_work.job.id, "today": TODAY, **values}
    return PlanQuestion(**told)  # type: ignore[arg-type]  # the values of a test are what the fields want


def test_the_plan_offers_what_is_needed_here_and_leaves_out_what_was_refused(at_work: AtWork) -> None:
    agreed = at_work.need("Quiet", category="premises", why="Noise", owner="Sam")
    at_work.step(agreed, "in_place", 3, review_on=days_ago(-20))
    refused, partly, waiting = (
        at_work.need("Later"),
        at_work.need("Breaks"),
        at_work.need("Lamp", requested_on=TODAY),
    )
    at_work.step(refused, "refused", 2, "No")
    at_work.step(partly, "partly", 1, "Two of three")
    anywhere = at_work.need("A lift", job_id=None)
    ended = at_work.need("A fan")
    at_work.step(ended, "ended", 0)
    other = at_work.another_job(at_work.employer)
    at_work.need("Elsewhere", job_id=other.id)
    with reading(at_work.vault) as session:
        plan = read_plan_of_adjustments(session, plan_question(at_work))
        every = read_plan_of_adjustments(
            session, plan_question(at_work, chosen=(refused, anywhere), for_employer=False)
        )
    assert plan.chosen == (agreed, partly, waiting)
    assert [one.id for one in plan.offered] == [agreed, refused, partly, waiting, anywhere]
    assert [line.stands for line in plan.lines] == [
        "Agreed on 2 October 2026",
        "Partly agreed on 4 October 2026: Two of three",
        "Asked for; no answer yet",
    ]
    assert (plan.lines[0].kind, plan.lines[0].owner, plan.lines[0].why, plan.say_why) == (
        "Workplace or premises", "Sam", "", (),
    )  # fmt: skip
    assert (plan.review_on, plan.needs) == (days_ago(-20), "Large print")
    assert plan.go.missing.startswith("The client has given no permission")
    assert [line.stands for line in every.lines] == [
        "Not agreed on 3 October 2026; to be talked about again",
        "Still to be talked about",
    ]
    assert (every.go.missing, every.go.permitted_on) == ("", None)


def test_why_is_told_where_the_client_ticked_it_and_then_counts_as_health(at_work: AtWork) -> None:
    told = at_work.need("Quiet", why="Noise", may_say_why=True)
    kept = at_work.need("Lamp", why="Eyes")
    keep(
        at_work.vault,
        a_consent(at_work.client, purpose="share_employer", recipient="bay bakery", data_covered=NEEDS),
        VocationalProfile(client_id=at_work.client.id, hard_day="I go quiet"),
    )
    with reading(at_work.vault) as session:
        plan = read_plan_of_adjustments(session, plan_question(at_work))
        ticked = read_plan_of_adjustments(session, plan_question(at_work, say_why=()))
        hard = read_plan_of_adjustments(session, plan_question(at_work, say_why=(), hard_day=" Ask me "))
    assert [line.why for line in plan.lines] == ["Noise", ""]
    assert plan.go.missing == "The permission does not cover this: Health."
    assert (ticked.say_why, ticked.go.permitted_on is not None) == ((), True)
    assert (ticked.hard_day, ticked.hard_day_known) == ("", "I go quiet")
    assert (hard.hard_day, hard.go.missing) == ("Ask me", "The permission does not cover this: Health.")
    with unit_of_work(at_work.vault, label="Ticked") as work:
        keep_ticks(work.session, plan)
        keep_ticks(
            work.session, read_plan_of_adjustments(work.session, plan_question(at_work, say_why=(kept,)))
        )
    assert not found(at_work.vault, Adjustment, told).may_say_why
    assert found(at_work.vault, Adjustment, kept).may_say_why


def test_a_plan_is_checked_before_it_is_made(at_work: AtWork) -> None:
    one = at_work.need()
    assert set(at_work.refused(check_plan, plan_question(at_work)).fields) == {"override_reason"}
    assert set(at_work.refused(check_plan, plan_question(at_work, chosen=())).fields) == {"chosen"}
    for free in (
        plan_question(at_work, for_employer=False),
        plan_question(at_work, override_reason="A court asked"),
    ):
        assert at_work.do(check_plan, free) == free
    keep(at_work.vault, a_consent(at_work.client, purpose="share_employer", data_covered=NEEDS))
    asked = plan_question(at_work, chosen=(one,))
    assert at_work.do(check_plan, asked) == asked
    gone = PlanQuestion(client_id=at_work.client.id, job_id=new_id(), today=TODAY)
    assert "not there any more" in at_work.refused(check_plan, gone).message


def test_the_return_plan_never_says_what_the_illness_is(at_work: AtWork) -> None:
    spell = at_work.sick(
        10, own_words="Could not sleep", would_help="A lift", fit_note_advice="Shorter days", note="Rang"
    )
    empty = ReturnQuestion(absence_id=spell, today=TODAY)
    assert "no steps yet" in at_work.refused(check_return_plan, empty).message
    at_work.do(propose_steps, ProposeSteps(absence_id=spell, from_on=TODAY))
    keep(at_work.vault, a_consent(at_work.client, purpose="share_employer", data_covered=NEEDS))
    with reading(at_work.vault) as session:
        plan = read_return_plan(session, empty)
        bare = read_return_plan(
            session, ReturnQuestion(absence_id=spell, today=TODAY, say_helps=False, for_employer=False)
        )
    assert (plan.helps, plan.fit_note, plan.needs) == ("A lift", "", "Large print")
    assert plan.go.permitted_on is not None
    assert (bare.helps, bare.go.permitted_on) == ("", None)
    assert at_work.do(check_return_plan, empty) == empty
    fit_note = ReturnQuestion(absence_id=spell, today=TODAY, say_fit_note=True)
    assert "does not cover this: Health" in at_work.refused(check_return_plan, fit_note).message
    free = ReturnQuestion(absence_id=spell, today=TODAY, say_fit_note=True, for_employer=False)
    assert at_work.do(check_return_plan, free) == free


def test_there_is_no_plan_without_a_job_or_after_an_erasure(at_work: AtWork) -> None:
    spell = at_work.sick(10)
    at_work.need()
    with unit_of_work(at_work.vault, label="Put away") as work:
        work.session.get_one(Job, at_work.job.id).archived_at = at_work.vault.clock.now()
    question = ReturnQuestion(absence_id=spell, today=TODAY)
    with reading(at_work.vault) as session, pytest.raises(Refusal, match="job is not there any more"):
        read_return_plan(session, question)
    other = AtWork(at_work.vault, first_name="Ana")
    gone = other.sick(3)
    other.do(erase_client, EraseClient(client_id=other.client.id, reason="Asked for"))
    with reading(at_work.vault) as session:
        with pytest.raises(Refusal):
            read_return_plan(session, ReturnQuestion(absence_id=gone, today=TODAY))
        with pytest.raises(Refusal, match="erased"):
            read_plan_of_adjustments(session, plan_question(other))
