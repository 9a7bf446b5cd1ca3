"""Time off sick and the way back: spells and fit notes, a gentle ladder, how each step went, what Today calls for."""

import datetime as dt
from typing import Any

import pytest

from coachdesk.casework.absences import (
    BackAtWork,
    PutAwayAbsence,
    SaveAbsence,
    back_at_work,
    list_absences,
    put_away_absence,
    save_absence,
)
from coachdesk.casework.absences_due import absences_due
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.return_to_work import (
    AgreeReturn,
    LookAtStep,
    ProposeSteps,
    RemoveReturnStep,
    Rung,
    SaveReturnStep,
    agree_return,
    ladder,
    look_at_step,
    propose_steps,
    remove_return_step,
    save_return_step,
)
from coachdesk.errors import Refusal
from coachdesk.models import new_id
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.casework.at_work import AtWork
from tests.makers import ask, days_ago, do
from tests.vault_fixtures import TODAY

WEEK = dt.timedelta(days=7)


@pytest.fixture
def at_work(desk_vault: OpenVault) -> AtWork:
    return AtWork(desk_vault)


SHARES = (40, 60, 80, 100)


def dues(at_work: AtWork, last: dt.date = TODAY) -> list[tuple[dt.date, str]]:
    with reading(at_work.vault) as session:
        return [(one.due.on, one.due.what) for one in absences_due(session, TODAY, last, None)]


def test_a_spell_counts_its_days_and_the_days_of_the_fit_note(at_work: AtWork) -> None:
    _, label = do(
        at_work.vault,
        save_absence,
        SaveAbsence(
            client_id=at_work.client.id,
            job_id=at_work.job.id,
            from_on=days_ago(10),
            own_words=" Could not sleep ",
            fit_note_until=days_ago(-7),
            may_be_fit="yes",
        ),
    )
    assert label == "Recorded time off sick of MO"
    (row,) = at_work.absences().rows
    assert (row.days_away, row.note_days_left, row.goes_on) == (11, 7, True)
    assert (row.own_words, row.may_be_fit, row.job_id) == ("Could not sleep", "yes", at_work.job.id)
    assert row.calls == ("The fit note ends on 12 October 2026. What comes next?",)
    assert dues(at_work) == [(TODAY, "The fit note ends on 12 October: what comes next?")]


@pytest.mark.parametrize(
    ("until", "calls"),
    [
        (-8, ()),
        (1, ("The fit note ended on 4 October 2026. What comes next?",)),
        (None, ("No fit note is written down. Is there one?",)),
    ],
)
def test_a_fit_note_that_ended_or_is_missing_is_asked_about(
    at_work: AtWork, until: int | None, calls: tuple[str, ...]
) -> None:
    at_work.sick(7, fit_note_until=None if until is None else days_ago(until))
    assert at_work.absences().rows[0].calls == calls


def test_today_asks_for_a_fit_note_after_a_week_and_not_after_the_spell(at_work: AtWork) -> None:
    spell = at_work.sick(7)
    assert dues(at_work) == [(TODAY, "Off sick and no fit note written down")]
    assert dues(at_work, days_ago(1)) == []
    at_work.do(back_at_work, BackAtWork(absence_id=spell, on=TODAY))
    assert dues(at_work) == []
    at_work.sick(64)
    assert dues(at_work) == []


def test_back_at_work_ends_the_spell_on_the_day_before(at_work: AtWork) -> None:
    spell = at_work.sick(10)
    _, label = do(at_work.vault, back_at_work, BackAtWork(absence_id=spell, on=days_ago(2)))
    (row,) = at_work.absences().rows
    assert label == "MO is back at work"
    assert (row.to_on, row.return_on, row.days_away, row.calls) == (days_ago(3), days_ago(2), 8, ())
    assert row.note_days_left is None
    for on in (days_ago(-1), days_ago(10)):
        assert set(at_work.refused(back_at_work, BackAtWork(absence_id=spell, on=on)).fields) == {"on"}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"from_on": days_ago(-1)}, "from_on"),
        ({"to_on": days_ago(11)}, "to_on"),
        ({"return_on": days_ago(11)}, "return_on"),
        ({"fit_note_until": days_ago(11)}, "fit_note_until"),
        ({"fit_note_from": TODAY, "fit_note_until": days_ago(1)}, "fit_note_until"),
        ({"job_id": new_id()}, "job_id"),
    ],
)
def test_a_spell_that_cannot_be_is_refused_and_nothing_is_written(
    at_work: AtWork, values: dict[str, Any], field: str
) -> None:
    told = {"job_id": at_work.job.id, "from_on": days_ago(10), **values}
    assert set(at_work.refused(save_absence, SaveAbsence(client_id=at_work.client.id, **told)).fields) == {
        field
    }
    assert at_work.absences().rows == ()


def test_a_spell_is_changed_and_put_away_with_its_steps(at_work: AtWork) -> None:
    spell = at_work.sick(10)
    wish = SaveAbsence(
        client_id=at_work.client.id, absence_id=spell, job_id=at_work.job.id, from_on=days_ago(9), note="Rang"
    )
    _, label = do(at_work.vault, save_absence, wish)
    assert label == "Changed time off sick of MO"
    assert at_work.absences().rows[0].days_away == 10
    (step, *_) = at_work.do(propose_steps, ProposeSteps(absence_id=spell, from_on=TODAY))
    at_work.do(put_away_absence, PutAwayAbsence(absence_id=spell))
    assert at_work.absences().rows == ()
    assert dues(at_work) == []
    for act, gone in (
        (put_away_absence, PutAwayAbsence(absence_id=spell)),
        (look_at_step, LookAtStep(step_id=step, on=TODAY, how_it_went="Well")),
    ):
        assert "not there any more" in at_work.refused(act, gone).message
    with pytest.raises(Refusal, match="not there any more"):
        ask(at_work.vault, list_absences, ClientQuestion(client_id=new_id(), today=TODAY))


def test_the_ladder_rises_gently_to_the_usual_hours_in_four_weeks() -> None:
    rungs = ladder(TODAY, 2250, SHARES)
    assert [rung.week_minutes for rung in rungs] == [900, 1350, 1800, 2250]
    assert [rung.week_minutes for rung in ladder(TODAY, 965, SHARES)] == [390, 570, 780, 965]
    assert rungs[0] == Rung(TODAY, dt.date(2026, 10, 11), 900)
    assert rungs[3].from_on == TODAY + 3 * WEEK
    assert {rung.week_minutes for rung in ladder(TODAY, None, SHARES)} == {None}


def test_proposed_steps_are_a_start_to_be_changed(at_work: AtWork) -> None:
    spell = at_work.sick(10)
    _, label = do(at_work.vault, propose_steps, ProposeSteps(absence_id=spell, from_on=TODAY))
    assert label == "Proposed a phased return for MO"
    (row,) = at_work.absences().rows
    assert (row.return_on, [step.hours_words for step in row.steps]) == (
        TODAY,
        ["12 hours a week", "18 hours a week", "24 hours a week", "30 hours a week"],
    )
    again = at_work.refused(propose_steps, ProposeSteps(absence_id=spell, from_on=TODAY))
    assert "steps already" in again.message
    first, second, *_ = row.steps
    at_work.do(
        save_return_step,
        SaveReturnStep(
            absence_id=spell,
            step_id=second.id,
            from_on=second.from_on,
            hours="16.5",
            days=" Mon ",
            place="Home",
        ),
    )
    at_work.do(remove_return_step, RemoveReturnStep(step_id=first.id))
    at_work.do(save_return_step, SaveReturnStep(absence_id=spell, from_on=TODAY, duties="Light ones"))
    steps = at_work.absences().rows[0].steps
    assert [(one.week_minutes, one.days, one.duties) for one in steps[:2]] == [
        (None, "", "Light ones"),
        (990, "Mon", ""),
    ]
    assert (steps[1].to_on, steps[1].place) == (None, "Home")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"from_on": days_ago(10)}, "from_on"),
        ({"to_on": days_ago(1)}, "to_on"),
        ({"hours": "lots"}, "hours"),
    ],
)
def test_a_step_back_that_cannot_be_is_refused(at_work: AtWork, values: dict[str, Any], field: str) -> None:
    spell = at_work.sick(10)
    wish = SaveReturnStep(absence_id=spell, **{"from_on": TODAY, **values})
    assert set(at_work.refused(save_return_step, wish).fields) == {field}
    early = ProposeSteps(absence_id=spell, from_on=days_ago(10))
    assert set(at_work.refused(propose_steps, early).fields) == {"from_on"}
    assert at_work.absences().rows[0].steps == ()


def test_a_step_is_looked_at_when_it_is_over_and_the_plan_is_agreed(at_work: AtWork) -> None:
    spell = at_work.sick(15, fit_note_until=days_ago(-30))
    assert "no steps" in at_work.refused(agree_return, AgreeReturn(absence_id=spell, on=TODAY)).message
    first, second, *_ = at_work.do(propose_steps, ProposeSteps(absence_id=spell, from_on=days_ago(7)))
    assert dues(at_work, TODAY + WEEK) == [
        (days_ago(1), "A step of the return is over: how did it go?"),
        (TODAY, "The next step of the return begins: 18 hours a week"),
        (TODAY + WEEK, "The next step of the return begins: 24 hours a week"),
    ]
    assert at_work.absences().rows[0].calls == ("Step 1 is over. How did it go?",)
    at_work.do(look_at_step, LookAtStep(step_id=first, on=TODAY, how_it_went=" Tired "))
    at_work.do(agree_return, AgreeReturn(absence_id=spell, on=TODAY, with_whom=" Sam "))
    (row,) = at_work.absences().rows
    assert (row.calls, row.steps[0].how_it_went, row.steps[0].looked_at_on) == ((), "Tired", TODAY)
    assert (row.plan_agreed_on, row.plan_agreed_with) == (TODAY, "Sam")
    assert dues(at_work) == [(TODAY, "The next step of the return begins: 18 hours a week")]
    for wish in (
        LookAtStep(step_id=second, on=TODAY, how_it_went=" "),
        LookAtStep(step_id=second, on=days_ago(-1), how_it_went="Well"),
    ):
        at_work.refused(look_at_step, wish)
    assert at_work.absences().rows[0].steps[1].looked_at_on is None


def test_a_step_that_goes_on_calls_for_nothing_and_one_without_hours_says_none(at_work: AtWork) -> None:
    spell = at_work.sick(20, fit_note_until=days_ago(-30))
    at_work.do(save_return_step, SaveReturnStep(absence_id=spell, from_on=days_ago(2)))
    assert dues(at_work) == []
    at_work.do(save_return_step, SaveReturnStep(absence_id=spell, from_on=TODAY))
    assert dues(at_work) == [(TODAY, "The next step of the return begins")]
