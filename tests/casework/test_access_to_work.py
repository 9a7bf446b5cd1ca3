"""Access to Work: the days to apply between, stages with their days, chasing every four weeks, awards, the draft sheet."""

import datetime as dt
from typing import Any

import pytest

from coachdesk.casework.access_to_work import (
    ChaseAccess,
    EnterStage,
    PutAwayAccess,
    SaveAccess,
    Window,
    chase_access,
    enter_stage,
    list_access,
    put_away_access,
    save_access,
)
from coachdesk.casework.access_to_work_due import access_due
from coachdesk.casework.access_to_work_questions import sheet_form
from coachdesk.casework.access_to_work_sheet import SaveSheet, SheetOf, read_sheet, save_sheet
from coachdesk.casework.awards import (
    ClaimPaid,
    PutAwayAward,
    SaveAward,
    SaveClaim,
    claim_paid,
    put_away_award,
    save_award,
    save_claim,
)
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.health_rules import shipped_rules
from coachdesk.errors import Refusal
from coachdesk.models import AccessToWork, new_id
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.casework.at_work import AtWork
from tests.makers import ask, days_ago, do, found
from tests.vault_fixtures import TODAY


@pytest.fixture
def at_work(desk_vault: OpenVault) -> AtWork:
    return AtWork(
        desk_vault,
        address="1 Duke Street",
        postcode="LA14 1XX",
        phone="01229 000000",
        communication_needs="Large print, please",
    )


RULES = shipped_rules()


def dues(at_work: AtWork, last: dt.date = TODAY) -> list[tuple[dt.date, str]]:
    with reading(at_work.vault) as session:
        return [(one.due.on, one.due.what) for one in access_due(session, TODAY, last, None)]


def test_the_window_is_twelve_weeks_before_to_six_weeks_after_the_start() -> None:
    window = Window.around(dt.date(2026, 10, 5), RULES)
    assert (window.first, window.last) == (dt.date(2026, 7, 13), dt.date(2026, 11, 16))


def test_a_case_before_the_application_says_by_when(at_work: AtWork) -> None:
    assert at_work.cases().window == Window.around(days_ago(20), RULES)
    at_work.case()
    (row,) = at_work.cases().rows
    assert (row.stage_words, row.window, row.chase_on) == (
        "Thinking about it",
        Window.around(days_ago(20), RULES),
        None,
    )
    assert row.calls == ("Apply by 27 October 2026, if you can: help takes time to come.",)
    assert row.job_id == at_work.job.id
    assert dues(at_work, days_ago(-7)) == []
    assert dues(at_work, days_ago(-8)) == [(days_ago(-8), "Apply for Access to Work by 27 October")]


@pytest.mark.parametrize(
    ("started", "words"),
    [
        (-100, "The application can go in from"),
        (80, "The first six weeks ended on"),
    ],
)
def test_the_window_is_said_before_and_after_it_too(at_work: AtWork, started: int, words: str) -> None:
    other = at_work.another_job(at_work.employer, started_on=days_ago(started))
    at_work.case(job_id=other.id)
    (row,) = at_work.cases().rows
    assert row.calls[0].startswith(words)


def test_a_case_without_a_job_has_no_window_and_calls_for_nothing(at_work: AtWork) -> None:
    at_work.case(job_id=None)
    (row,) = at_work.cases().rows
    assert (row.window, row.calls, row.job_id) == (None, (), None)
    assert dues(at_work, days_ago(-90)) == []


def test_chasing_is_one_action_and_due_every_four_weeks(at_work: AtWork) -> None:
    case = at_work.case(stage="submitted", submitted_on=days_ago(28))
    assert dues(at_work) == [(TODAY, "Ask how Access to Work stands")]
    assert at_work.cases().rows[0].calls == ("It is time to ask how it stands.",)
    _, label = do(at_work.vault, chase_access, ChaseAccess(case_id=case, on=TODAY))
    assert label == "Asked how the Access to Work case of MO stands"
    at_work.do(chase_access, ChaseAccess(case_id=case, on=TODAY))
    at_work.do(chase_access, ChaseAccess(case_id=case, on=days_ago(3)))
    (row,) = at_work.cases().rows
    assert (row.chased, row.chase_on, row.calls) == ((days_ago(3), TODAY), TODAY + dt.timedelta(days=28), ())
    assert dues(at_work) == []
    assert set(at_work.refused(chase_access, ChaseAccess(case_id=case, on=days_ago(-1))).fields) == {"on"}


def test_today_is_silent_about_what_is_more_than_eight_weeks_late(at_work: AtWork) -> None:
    at_work.case(stage="submitted", submitted_on=days_ago(85))
    assert dues(at_work) == []
    at_work.case(stage="submitted", submitted_on=days_ago(84))
    assert [on for on, _ in dues(at_work)] == [days_ago(56)]


def test_an_award_that_ends_is_warned_of(at_work: AtWork) -> None:
    at_work.case(
        stage="awarded", submitted_on=days_ago(400), decided_on=days_ago(360), expires_on=days_ago(-56)
    )
    (row,) = at_work.cases().rows
    assert row.calls == ("The award ends on 30 November 2026: talk about applying again.",)
    assert dues(at_work) == [(TODAY, "Access to Work ends on 30 November: apply again?")]
    at_work.do(save_access, SaveAccess(client_id=at_work.client.id, case_id=row.id, expires_on=days_ago(1)))
    assert at_work.cases().rows[0].calls[-1].startswith("The award ended on 4 October 2026")


def test_a_refusal_can_be_asked_to_be_looked_at_again_or_left(at_work: AtWork) -> None:
    case = at_work.case(stage="refused", submitted_on=days_ago(60), decided_on=days_ago(5))
    assert at_work.cases().rows[0].was_refused
    _, label = do(at_work.vault, enter_stage, EnterStage(case_id=case, stage="reconsider"))
    assert label == "Access to Work of MO: Asked to look again"
    (row,) = at_work.cases().rows
    assert (row.was_refused, row.chased, row.chase_on) == (False, (TODAY,), TODAY + dt.timedelta(days=28))
    at_work.do(enter_stage, EnterStage(case_id=case, stage="ended"))
    other = at_work.case()
    rows = at_work.cases().rows
    assert [(one.id, one.is_open) for one in rows] == [(other, True), (case, False)]
    assert rows[1].closed_on == TODAY
    at_work.do(enter_stage, EnterStage(case_id=case, stage="withdrawn"))
    assert found(at_work.vault, AccessToWork, case).closed_on == TODAY
    at_work.do(enter_stage, EnterStage(case_id=case, stage="submitted"))
    assert found(at_work.vault, AccessToWork, case).closed_on is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"stage": "submitted"}, "submitted_on"),
        ({"stage": "awarded", "submitted_on": TODAY}, "decided_on"),
        ({"submitted_on": TODAY, "decided_on": days_ago(1)}, "decided_on"),
        ({"employer_asked_on": days_ago(-1)}, "employer_asked_on"),
        ({"employer_share_pence": -1}, "employer_share_pence"),
        ({"job_id": new_id()}, "job_id"),
    ],
)
def test_a_case_that_cannot_be_is_refused_and_nothing_is_written(
    at_work: AtWork, values: dict[str, Any], field: str
) -> None:
    wish = SaveAccess(client_id=at_work.client.id, **values)
    assert set(at_work.refused(save_access, wish).fields) == {field}
    assert at_work.cases().rows == ()


def test_a_case_is_changed_put_away_and_gone(at_work: AtWork) -> None:
    case = at_work.case(reference=" AtW 1 ")
    wish = SaveAccess(
        client_id=at_work.client.id,
        case_id=case,
        reference="AtW 2",
        employer_share_pence=12000,
        note=" Rang ",
    )
    _, label = do(at_work.vault, save_access, wish)
    (row,) = at_work.cases().rows
    assert label == "Changed the Access to Work case of MO"
    assert (row.reference, row.employer_share_pence, row.note, row.job) == ("AtW 2", 12000, "Rang", None)
    at_work.do(put_away_access, PutAwayAccess(case_id=case))
    assert at_work.cases().rows == ()
    assert "not there any more" in at_work.refused(put_away_access, PutAwayAccess(case_id=case)).message
    with pytest.raises(Refusal, match="not there any more"):
        ask(at_work.vault, list_access, ClientQuestion(client_id=new_id(), today=TODAY))


def test_what_was_awarded_and_claimed_stands_with_the_case(at_work: AtWork) -> None:
    case = at_work.case(stage="awarded", submitted_on=days_ago(50), decided_on=days_ago(10))
    item = at_work.do(
        save_award,
        SaveAward(
            case_id=case, what=" Taxi ", sort="travel", amount_pence=8450, per="week", from_on=days_ago(9)
        ),
    )
    bare = at_work.do(save_award, SaveAward(case_id=case, what="Chair"))
    claim = at_work.do(
        save_claim, SaveClaim(case_id=case, item_id=item, amount_pence=16900, sent_on=days_ago(2))
    )
    at_work.do(save_claim, SaveClaim(case_id=case, amount_pence=100))
    (row,) = at_work.cases().rows
    assert [(one.what, one.sort_words, one.amount_words) for one in row.items] == [
        ("Taxi", "Travel to work", "£84.50 a week"),
        ("Chair", "", ""),
    ]
    assert [(one.item, one.amount_pence, one.paid_on) for one in row.claims] == [
        ("Taxi", 16900, None),
        ("", 100, None),
    ]
    at_work.do(claim_paid, ClaimPaid(claim_id=claim, on=TODAY))
    at_work.do(save_award, SaveAward(case_id=case, item_id=bare, what="A better chair", in_place_on=TODAY))
    at_work.do(save_claim, SaveClaim(case_id=case, claim_id=claim, amount_pence=17000, paid_on=TODAY))
    (row,) = at_work.cases().rows
    assert (row.items[1].what, row.items[1].in_place_on) == ("A better chair", TODAY)
    assert (row.claims[0].amount_pence, row.claims[0].paid_on) == (17000, TODAY)
    at_work.do(put_away_award, PutAwayAward(item_id=bare))
    at_work.do(put_away_award, PutAwayAward(claim_id=claim))
    (row,) = at_work.cases().rows
    assert (len(row.items), len(row.claims)) == (1, 1)
    for act, wish in (
        (put_away_award, PutAwayAward(claim_id=claim)),
        (put_away_award, PutAwayAward()),
        (save_award, SaveAward(case_id=case, item_id=bare, what="Chair")),
        (save_award, SaveAward(case_id=new_id(), what="Chair")),
        (save_claim, SaveClaim(case_id=case, claim_id=claim, amount_pence=1)),
        (claim_paid, ClaimPaid(claim_id=claim, on=TODAY)),
    ):
        assert "not there any more" in at_work.refused(act, wish).message


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({"what": " "}, "what"),
        ({"what": "Chair", "amount_pence": -1}, "amount_pence"),
        ({"what": "Chair", "from_on": TODAY, "until_on": days_ago(1)}, "until_on"),
    ],
)
def test_an_item_that_cannot_be_is_refused(at_work: AtWork, wish: dict[str, Any], field: str) -> None:
    case = at_work.case()
    assert set(at_work.refused(save_award, SaveAward(case_id=case, **wish)).fields) == {field}


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        ({}, "amount_pence"),
        ({"amount_pence": -5}, "amount_pence"),
        ({"amount_pence": 5, "from_on": TODAY, "to_on": days_ago(1)}, "to_on"),
        ({"amount_pence": 5, "sent_on": TODAY, "paid_on": days_ago(1)}, "paid_on"),
    ],
)
def test_a_claim_that_cannot_be_is_refused(at_work: AtWork, wish: dict[str, Any], field: str) -> None:
    case = at_work.case()
    assert set(at_work.refused(save_claim, SaveClaim(case_id=case, **wish)).fields) == {field}


def test_the_sheet_has_the_four_official_sections_and_what_must_be_known() -> None:
    form = sheet_form()
    assert [part.title for part in form.parts] == [
        "About you", "Employment", "Support from Access to Work", "Additional information",
    ]  # fmt: skip
    told = " ".join(form.tells)
    for said in ("90 minutes", "0800 121 7479", "No diagnosis", "representative"):
        assert said in told
    assert "F11" in form.source
    keys = [one.key for part in form.parts for one in part.questions]
    assert len(keys) == len(set(keys))


def test_the_sheet_starts_from_the_record_and_keeps_what_is_written(at_work: AtWork) -> None:
    case = at_work.case()
    agreed = at_work.need("A quiet corner", why="Noise hurts")
    at_work.step(agreed, "agreed", 1, "The back office")
    at_work.need("A lamp")
    sheet = ask(at_work.vault, read_sheet, SheetOf(case_id=case, today=TODAY))
    assert sheet.answers["name"] == "Maya Okonkwo"
    assert sheet.answers["born"] == "9 April 1990"
    assert sheet.answers["address"] == "1 Duke Street\nBarrow-in-Furness\nLA14 1XX"
    assert (sheet.answers["job"], sheet.answers["employer"]) == ("Baker", "Bay Bakery")
    assert (sheet.answers["start"], sheet.answers["hours"]) == ("15 September 2026", "30 hours a week")
    assert (sheet.answers["helps"], sheet.answers["tried"]) == ("A quiet corner\nA lamp", "The back office")
    assert "sort" not in sheet.answers
    assert "Noise hurts" not in str(sheet.answers)
    assert (sheet.needs, "phone" in sheet.known) == ("Large print, please", True)
    written = {**sheet.answers, "phone": "", "hard": " Noise ", "unheard_of": "x"}
    _, label = do(at_work.vault, save_sheet, SaveSheet(case_id=case, answers=written))
    assert label == "Filled in the draft for Access to Work of MO"
    assert found(at_work.vault, AccessToWork, case).draft == {"phone": "", "hard": "Noise"}
    again = ask(at_work.vault, read_sheet, SheetOf(case_id=case, today=TODAY))
    assert (again.answers["phone"], again.answers["hard"], "phone" in again.known) == ("", "Noise", False)
    assert at_work.cases().rows[0].has_draft
    with unit_of_work(at_work.vault, label="Moved") as work:
        work.session.merge(at_work.client).address = "2 Duke Street"
    moved = ask(at_work.vault, read_sheet, SheetOf(case_id=case, today=TODAY))
    assert moved.answers["address"].startswith("2 Duke Street")
    about_you = sheet_form().parts[0]
    assert "Full name\nMaya Okonkwo\n\nDate of birth\n9 April 1990" in again.section(about_you)
    assert "Phone" not in again.section(about_you)


def test_the_sheet_of_a_case_for_no_job_takes_the_job_that_runs(at_work: AtWork) -> None:
    case = at_work.case(job_id=None)
    assert ask(at_work.vault, read_sheet, SheetOf(case_id=case, today=TODAY)).answers["job"] == "Baker"
    with unit_of_work(at_work.vault, label="Ended") as work:
        work.session.merge(at_work.job).ended_on = days_ago(1)
        work.session.merge(at_work.client).birth_precision = "year"
    bare = ask(at_work.vault, read_sheet, SheetOf(case_id=case, today=TODAY)).answers
    assert {"job", "born"} & set(bare) == set()
