"""Requests and their clocks, retention, breaches and the record of processing."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from coachdesk.casework.rights_clock import (
    ClockRule,
    bank_holidays,
    clock_rules,
    due_dates,
    months_after,
    next_working_day,
    set_clock_rule,
)
from coachdesk.casework.rights_requests import (
    AcknowledgeRequest,
    AnswerRequest,
    ExtendRequest,
    ReceiveRequest,
    RequestsQuestion,
    StartClock,
    StopClock,
    acknowledge_request,
    answer_request,
    extend_request,
    list_requests,
    receive_request,
    start_clock,
    stop_clock,
)
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.casework.office import Office
from tests.makers import a_client, a_coach, days_ago
from tests.vault_fixtures import TODAY

ACCESS = ClockRule(kind="access", months=1, extension_months=2, target_days=28)
Command = Callable[[Session, Any], Any]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("received", "answer"),
    [
        ("2026-09-03", "2026-10-05"),  # the 3rd is a Saturday: the Monday after
        ("2026-01-31", "2026-03-02"),  # 28 February is a Saturday: the Monday after
        ("2026-11-25", "2026-12-29"),  # Christmas, then a weekend, then the bank holiday in lieu
        ("2026-10-31", "2026-11-30"),
    ],
)
def test_an_answer_is_due_the_same_day_next_month_or_the_next_working_day(received: str, answer: str) -> None:
    holidays = {day("2026-12-25"), day("2026-12-28")}
    assert due_dates(ACCESS, day(received), holidays=holidays).answer_by == day(answer)


def test_stops_are_added_and_an_extension_gives_two_months_more() -> None:
    stops = [(day("2026-09-10"), day("2026-09-15")), (day("2026-09-14"), day("2026-09-17"))]
    found = due_dates(ACCESS, day("2026-09-03"), stops=stops)
    assert found.answer_by == day("2026-10-12")  # 3 October and seven days, then the Monday after
    assert found.aim_for == day("2026-10-08")
    assert due_dates(ACCESS, day("2026-09-03"), extended=True).answer_by == day("2026-12-03")
    standing = due_dates(ACCESS, day("2026-09-03"), stops=[(day("2026-09-10"), None)])
    assert (standing.is_stopped, standing.answer_by) == (True, None)
    complaint = due_dates(ClockRule(kind="complaint", acknowledge_days=30), day("2026-09-03"))
    assert (complaint.acknowledge_by, complaint.answer_by, complaint.aim_for) == (
        day("2026-10-03"),
        None,
        None,
    )


@given(
    received=st.dates(dt.date(2020, 1, 1), dt.date(2040, 1, 1)),
    months=st.integers(1, 24),
    stood=st.integers(0, 60),
)
def test_a_due_date_is_a_working_day_and_never_before_the_months_are_over(
    received: dt.date, months: int, stood: int
) -> None:
    rule = ClockRule(kind="access", months=months)
    stop = (received, received + dt.timedelta(days=stood))
    found = due_dates(rule, received, stops=[stop]).answer_by
    assert found is not None
    first = months_after(received, months) + dt.timedelta(days=stood)
    assert dt.timedelta(0) <= found - first <= dt.timedelta(days=2)
    assert found.weekday() < 5
    assert months_after(received, months).day in (received.day, 28, 29, 30)
    assert next_working_day(found, ()) == found


@pytest.fixture
def office(vault: OpenVault) -> Office:
    return Office(vault)


def test_a_request_runs_from_the_door_to_its_answer(office: Office) -> None:
    request = office.receive(on=days_ago(5))
    assert office.row().next_words == "Answer by 30 October 2026"
    assert not office.row().is_late
    assert office.row(TODAY + dt.timedelta(days=60)).is_late
    office.do(acknowledge_request, AcknowledgeRequest(request_id=request, on=days_ago(4)))
    office.do(
        stop_clock, StopClock(request_id=request, from_on=days_ago(4), reason="Which papers are meant?")
    )
    assert office.row().next_words == "The clock stands: we wait for the client"
    office.do(start_clock, StartClock(request_id=request, on=days_ago(1)))
    assert office.row().next_words == "Answer by 2 November 2026"
    office.do(extend_request, ExtendRequest(request_id=request, on=TODAY, reason="Ten years of papers"))
    assert office.row().due.answer_by == day("2027-01-04")
    office.do(stop_clock, StopClock(request_id=request, from_on=TODAY, reason="Again"))
    office.do(answer_request, AnswerRequest(request_id=request, on=TODAY, outcome="given", note="By hand"))
    row = office.row()
    assert (row.next_words, row.is_late, row.kind_words) == (
        "Answered on 5 October 2026",
        False,
        "See what we hold",
    )
    assert [stop[:2] for stop in row.stops] == [(days_ago(4), days_ago(1)), (TODAY, TODAY)]
    office.refused(
        answer_request, AnswerRequest(request_id=request, on=TODAY, outcome="given"), "answered already"
    )


def test_every_date_says_how_it_came_about(office: Office) -> None:
    request = office.receive(on=days_ago(5))
    assert office.row().explained[:2] == (
        "Answer by 30 October 2026: one month from the day it came in, then the next working day.",
        "Our own aim is 28 days: 28 October 2026.",
    )
    assert office.row().explained[2].startswith("Source: UK GDPR")
    office.do(stop_clock, StopClock(request_id=request, from_on=days_ago(5), reason="Who is asking?"))
    standing = "The clock stands since 30 September 2026. No day counts until it runs on."
    assert office.row().explained[0] == standing
    assert office.row().next_on is None
    office.do(start_clock, StartClock(request_id=request, on=TODAY))
    office.do(extend_request, ExtendRequest(request_id=request, on=TODAY, reason="Ten years of papers"))
    answer, stood, *_ = office.row().explained
    assert answer.startswith(
        "Answer by 4 January 2027: one month from the day it came in, and two months more"
    )
    assert stood == "The clock stood 5 days, which are added."
    assert office.row().next_on == day("2027-01-04")
    office.receive("complaint", days_ago(1))
    with reading(office.vault) as session:
        rows = list_requests(session, RequestsQuestion(today=TODAY))
    assert [row.kind for row in rows] == ["complaint", "access"]  # by when the next thing is due
    assert rows[0].explained[:2] == (
        "Acknowledge by 3 November 2026: within 30 days of the day it came in.",
        "No time is set for the answer: give it without undue delay.",
    )
    office.do(
        set_clock_rule, ClockRule(kind="complaint", acknowledge_days=1, target_days=1, source="Ourselves")
    )
    with reading(office.vault) as session:
        rows = list_requests(session, RequestsQuestion(today=TODAY))
    assert rows[0].explained[0] == "Acknowledge by 5 October 2026: within one day of the day it came in."


def test_a_complaint_is_acknowledged_first_and_answered_without_delay(office: Office) -> None:
    request = office.receive("complaint", days_ago(40))
    assert (office.row().next_words, office.row().is_late) == ("Acknowledge by 25 September 2026", True)
    office.do(acknowledge_request, AcknowledgeRequest(request_id=request, on=TODAY))
    assert (office.row().next_words, office.row().is_late) == ("Answer without undue delay", False)
    office.refused(
        extend_request, ExtendRequest(request_id=request, on=TODAY, reason="x"), "cannot be extended"
    )


def test_dates_and_reasons_that_cannot_be_are_refused(office: Office) -> None:
    tomorrow, request = TODAY + dt.timedelta(days=1), office.receive(on=days_ago(60))
    early = days_ago(61)
    office.refused(
        receive_request,
        ReceiveRequest(client_id=office.client.id, kind="access", received_on=tomorrow),
        "to come",
    )
    office.refused(
        receive_request,
        ReceiveRequest(client_id=office.client.id, kind="sing", received_on=TODAY),
        "what is asked",
    )
    office.refused(
        receive_request,
        ReceiveRequest(client_id=UUID(int=1), kind="access", received_on=TODAY),
        "not there any more",
    )
    office.refused(
        acknowledge_request, AcknowledgeRequest(request_id=UUID(int=1), on=TODAY), "not there any more"
    )
    office.refused(
        acknowledge_request, AcknowledgeRequest(request_id=request, on=early), "before the request"
    )
    office.refused(stop_clock, StopClock(request_id=request, from_on=TODAY, reason=" "), "what we wait for")
    office.refused(start_clock, StartClock(request_id=request, on=TODAY), "clock is running")
    office.do(stop_clock, StopClock(request_id=request, from_on=days_ago(50), reason="Who are you?"))
    office.refused(stop_clock, StopClock(request_id=request, from_on=TODAY, reason="x"), "stands already")
    office.refused(start_clock, StartClock(request_id=request, on=days_ago(51)), "before the clock stopped")
    office.do(start_clock, StartClock(request_id=request, on=days_ago(49)))
    office.refused(
        extend_request, ExtendRequest(request_id=request, on=TODAY, reason=" "), "more time is needed"
    )
    office.refused(
        extend_request, ExtendRequest(request_id=request, on=TODAY, reason="x"), "had to be told by"
    )
    office.refused(answer_request, AnswerRequest(request_id=request, on=TODAY, outcome=""), "what came of it")


def test_open_requests_come_first_and_colleagues_clients_stay_out(office: Office) -> None:
    colleague = a_coach(name="Iqra Malik")
    other = a_client(coach_id=colleague.id)
    with unit_of_work(office.vault, by_program=True) as work:
        work.session.add_all([colleague, other])
    late, early = office.receive(on=TODAY), office.receive(on=days_ago(9))
    hers = office.do(
        receive_request, ReceiveRequest(client_id=other.id, kind="access", received_on=days_ago(20))
    )
    office.do(answer_request, AnswerRequest(request_id=early, on=TODAY, outcome="given"))
    with reading(office.vault) as session:
        everybody = RequestsQuestion(today=TODAY)
        assert [row.id for row in list_requests(session, everybody)] == [hers, late, early]
    office.act_as(Role.COACH)
    with reading(office.vault) as session:
        assert [row.id for row in list_requests(session, everybody)] == [late, early]
        still = RequestsQuestion(today=TODAY, with_answered=False)
        assert [row.id for row in list_requests(session, still)] == [late]


def test_a_clock_is_set_with_its_source_by_a_manager(office: Office) -> None:
    wish = ClockRule(kind="breach", acknowledge_days=3, source="Told by our data protection lead")
    office.do(set_clock_rule, wish)
    with reading(office.vault) as session:
        assert clock_rules(session, None)["breach"].acknowledge_days == 3
        assert clock_rules(session, None)["access"].months == 1
        assert day("2026-12-25") in bank_holidays(session)
    office.refused(set_clock_rule, ClockRule(kind="breach", acknowledge_days=3), "marked values")
    office.refused(set_clock_rule, ClockRule(kind="access", months=99, source="x"), "marked values")
    office.refused(set_clock_rule, ClockRule(kind="song", source="x"), "no such kind")
    office.act_as(Role.COACH)
    office.refused(set_clock_rule, wish, "Only a manager")
