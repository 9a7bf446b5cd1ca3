"""A referral on goes by a permission, is followed up by rules, and says what came of it."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.due_at_work import due_at_work
from coachdesk.casework.history import HistoryQuestion, read_history
from coachdesk.casework.number_rules import SetNumber
from coachdesk.casework.onward_referrals import (
    EndReferral,
    OnwardRow,
    RecordAnswer,
    RecordAttendance,
    ReferOn,
    end_referral,
    list_onward_referrals,
    record_answer,
    record_attendance,
    refer_on,
)
from coachdesk.casework.referral_rules import ATTEND, set_referral_rule
from coachdesk.casework.services import SaveService, save_service
from coachdesk.casework.sharing_list import list_sharings
from coachdesk.errors import Refusal
from coachdesk.models import Client, OnwardReferral, Service, Sharing, new_id
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import a_client, a_consent, ask, days_ago, do, keep
from tests.vault_fixtures import TODAY

MADE, HEARD_ON = days_ago(20), days_ago(10)
TOMORROW = TODAY + dt.timedelta(days=1)


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    """Return a client who agreed that services are told of them."""
    made = a_client()
    keep(desk_vault, made, a_consent(made, purpose="share_service", given_on=days_ago(60), recipient=""))
    return made


def referred(vault: OpenVault, client: Client, **values: Any) -> UUID:
    told = {"client_id": client.id, "service_name": "Debt Line", "made_on": MADE, **values}
    return do(vault, refer_on, ReferOn(**told))[0]


def rows(vault: OpenVault, client: Client) -> tuple[OnwardRow, ...]:
    return ask(vault, list_onward_referrals, ClientQuestion(client_id=client.id, today=TODAY))


def take_back(vault: OpenVault) -> None:
    with unit_of_work(vault) as work:
        step = last_unit(work.session, vault.person)
        assert step is not None
        undo(work.session, step.unit)


def dues(vault: OpenVault) -> list[tuple[dt.date, str, str]]:
    with reading(vault) as session:
        calls = due_at_work(session, TODAY, TODAY, None)
        return [(one.due.on, one.due.what, one.due.origin) for one in calls if one.kind == "onward_referral"]


def answered(vault: OpenVault, referral: UUID, answer: str, on: dt.date = HEARD_ON, **more: Any) -> None:
    do(vault, record_answer, RecordAnswer(referral_id=referral, answer=answer, answered_on=on, **more))


def test_a_service_named_freely_is_kept_as_typed_and_passed_on_with_permission(
    desk_vault: OpenVault, client: Client
) -> None:
    wish = ReferOn(
        client_id=client.id, service_name=" Debt  Line ", service_sort="money_debt", made_on=MADE,
        reason=" I want the letters to stop ",
    )  # fmt: skip
    _, label = do(desk_vault, refer_on, wish)
    assert label == f"Referred {client.initials()} on to a service"
    (one,) = rows(desk_vault, client)
    assert (one.service, one.sort, one.reason) == (
        "Debt Line", "Money, debt and benefits advice", "I want the letters to stop",
    )  # fmt: skip
    assert (one.answer_words, one.permitted_on, one.override_reason, one.contact) == (
        "Waiting for an answer", days_ago(60), "", "",
    )  # fmt: skip
    (passed,) = ask(desk_vault, list_sharings, ClientQuestion(client_id=client.id, today=TODAY))
    assert (passed.sort, passed.recipient, passed.what) == (
        "Referral on", "Debt Line", "Referred on. It tells: That they take part.",
    )  # fmt: skip


def test_one_of_the_directory_is_found_by_its_name_and_tells_how_to_reach_it(
    desk_vault: OpenVault, client: Client
) -> None:
    told = SaveService(name="Debt Line", sort="money_debt", phone="01229 000001", email="ask@debt.example")
    service, _ = do(desk_vault, save_service, told)
    referred(desk_vault, client, service_name="debt LINE", service_sort="housing")
    (one,) = rows(desk_vault, client)
    assert (one.service_id, one.service, one.sort) == (
        service, "Debt Line", "Money, debt and benefits advice",
    )  # fmt: skip
    assert one.contact == "01229 000001, ask@debt.example"


def test_it_is_taken_back_whole(desk_vault: OpenVault, client: Client) -> None:
    referred(desk_vault, client)
    take_back(desk_vault)
    with reading(desk_vault) as session:
        for kind in (OnwardReferral, Sharing):
            assert session.scalar(select(func.count()).select_from(kind)) == 0


def test_without_a_permission_it_needs_a_reason_that_is_kept(desk_vault: OpenVault) -> None:
    nobody = a_client(reference="N-1")
    keep(desk_vault, nobody)
    with pytest.raises(Refusal) as refused:
        referred(desk_vault, nobody)
    assert set(refused.value.fields) == {"override_reason"}
    assert rows(desk_vault, nobody) == ()
    referred(desk_vault, nobody, override_reason="In danger today")
    assert (rows(desk_vault, nobody)[0].permitted_on, rows(desk_vault, nobody)[0].override_reason) == (
        None, "In danger today",
    )  # fmt: skip


def test_what_the_permission_does_not_cover_is_not_told(desk_vault: OpenVault, client: Client) -> None:
    with pytest.raises(Refusal, match="Health"):
        referred(desk_vault, client, data=("taking_part", "health"))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"service_name": "  "}, "service_name"),
        ({"made_on": TOMORROW}, "made_on"),
        ({"follow_up_on": MADE - dt.timedelta(days=1)}, "follow_up_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(
    desk_vault: OpenVault, client: Client, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        referred(desk_vault, client, **values)
    assert set(refused.value.fields) == {field}


def test_today_asks_for_an_answer_then_for_the_first_time_there(
    desk_vault: OpenVault, client: Client
) -> None:
    referral = referred(desk_vault, client)
    (waiting,) = dues(desk_vault)
    assert waiting[:2] == (MADE + dt.timedelta(days=14), "No answer to the referral yet: Debt Line")
    assert "CoachDesk default" in waiting[2]
    answered(desk_vault, referral, "accepted")
    assert dues(desk_vault) == []
    do(desk_vault, set_referral_rule, SetNumber(key=ATTEND, number=10, source="Our policy"))
    assert dues(desk_vault) == [(TODAY, "Accepted, not there yet: Debt Line", "Our policy")]
    do(desk_vault, record_attendance, RecordAttendance(referral_id=referral, attended_on=days_ago(1)))
    assert dues(desk_vault) == []
    (one,) = rows(desk_vault, client)
    assert (one.answered_on, one.first_attended_on, one.due) == (days_ago(10), days_ago(1), None)


def test_a_day_agreed_goes_before_the_rules(desk_vault: OpenVault, client: Client) -> None:
    do(desk_vault, save_service, SaveService(name="Debt Line"))
    referral = referred(desk_vault, client, follow_up_on=TOMORROW)
    assert dues(desk_vault) == []
    answered(desk_vault, referral, "waiting", follow_up_on=TODAY)
    assert dues(desk_vault) == [
        (TODAY, "No answer to the referral yet: Debt Line", "The day agreed for following it up")
    ]
    answered(desk_vault, referral, "declined", follow_up_on=TODAY)
    assert dues(desk_vault)[0][1] == "Ask how it goes: Debt Line"
    ended = EndReferral(referral_id=referral, ended_on=TODAY, outcome="not_taken", outcome_note=" Full ")
    do(desk_vault, end_referral, ended)
    assert dues(desk_vault) == []
    (one,) = rows(desk_vault, client)
    assert (one.outcome_words, one.outcome_note, one.follow_up_on, one.due) == (
        "Was not taken on", "Full", None, None,
    )  # fmt: skip


def test_who_comes_was_taken_on_whatever_was_said(desk_vault: OpenVault, client: Client) -> None:
    referral = referred(desk_vault, client)
    answered(desk_vault, referral, "no_reply")
    assert dues(desk_vault) == []
    do(desk_vault, record_attendance, RecordAttendance(referral_id=referral, attended_on=days_ago(2)))
    (one,) = rows(desk_vault, client)
    assert (one.answer_words, one.answered_on) == ("Accepted", days_ago(2))
    with pytest.raises(Refusal, match="have been there"):
        answered(desk_vault, referral, "declined")


@pytest.mark.parametrize(
    ("act", "wish", "field"),
    [
        (record_answer, {"answer": "perhaps", "answered_on": TODAY}, "answer"),
        (record_answer, {"answer": "accepted", "answered_on": TOMORROW}, "answered_on"),
        (record_answer, {"answer": "accepted", "answered_on": days_ago(21)}, "answered_on"),
        (record_answer, {"answer": "waiting", "answered_on": TODAY, "follow_up_on": days_ago(21)}, "follow_up_on"),
        (record_attendance, {"attended_on": days_ago(21)}, "attended_on"),
        (record_attendance, {"attended_on": TOMORROW}, "attended_on"),
        (end_referral, {"ended_on": days_ago(21)}, "ended_on"),
    ],
)  # fmt: skip
def test_days_stand_in_their_order(
    desk_vault: OpenVault, client: Client, act: Any, wish: dict[str, Any], field: str
) -> None:
    kinds = {record_answer: RecordAnswer, record_attendance: RecordAttendance, end_referral: EndReferral}
    referral = referred(desk_vault, client)
    with pytest.raises(Refusal) as refused:
        do(desk_vault, act, kinds[act](referral_id=referral, **wish))
    assert set(refused.value.fields) == {field}


def test_an_end_and_a_first_time_fit_each_other(desk_vault: OpenVault, client: Client) -> None:
    referral = referred(desk_vault, client)
    do(desk_vault, record_attendance, RecordAttendance(referral_id=referral, attended_on=days_ago(5)))
    with pytest.raises(Refusal, match="first came later"):
        do(desk_vault, end_referral, EndReferral(referral_id=referral, ended_on=days_ago(6)))
    do(desk_vault, end_referral, EndReferral(referral_id=referral, ended_on=days_ago(4)))
    with pytest.raises(Refusal, match="ended before"):
        do(desk_vault, record_attendance, RecordAttendance(referral_id=referral, attended_on=TODAY))


def test_one_that_is_gone_is_said_to_be(desk_vault: OpenVault) -> None:
    with pytest.raises(Refusal, match="any more"):
        answered(desk_vault, new_id(), "accepted")


def test_history_tells_it_in_words(desk_vault: OpenVault, client: Client) -> None:
    do(desk_vault, save_service, SaveService(name="Debt Line"))
    answered(desk_vault, referred(desk_vault, client), "accepted")
    told = repr(ask(desk_vault, read_history, HistoryQuestion(client_id=client.id)))
    assert "Debt Line" in told
    assert "Waiting for an answer" in told


def onward(client: Client, sharing: Sharing, **values: Any) -> OnwardReferral:
    told = {"client_id": client.id, "sharing_id": sharing.id, "service_name": "X", "made_on": MADE}
    return OnwardReferral(**{**told, **values})


@pytest.mark.parametrize(
    "values",
    [
        {"service_name": ""},
        {"answer": "perhaps", "answered_on": TODAY},
        {"answer": "accepted"},
        {"answered_on": TODAY},
        {"answer": "accepted", "answered_on": days_ago(21)},
        {"first_attended_on": TODAY},
        {"answer": "accepted", "answered_on": TODAY, "first_attended_on": days_ago(21)},
        {"ended_on": days_ago(21)},
        {"answer": "accepted", "answered_on": MADE, "first_attended_on": TODAY, "ended_on": days_ago(1)},
        {"follow_up_on": days_ago(21)},
        {"sharing_id": None},
    ],
)
def test_the_database_refuses_what_cannot_be(desk_vault: OpenVault, values: dict[str, Any]) -> None:
    client = a_client(reference="D-1")
    sharing = Sharing(
        client_id=client.id, shared_on=MADE, sort="referral", purpose="share_service", recipient="X", what="It",
        override_reason="Because",
    )  # fmt: skip
    keep(desk_vault, client, sharing)
    keep(desk_vault, onward(client, sharing))
    with pytest.raises(Refusal):
        keep(desk_vault, onward(client, sharing, **values))


def test_a_service_needs_a_name_in_the_database_too(desk_vault: OpenVault) -> None:
    with pytest.raises(Refusal):
        keep(desk_vault, Service(name=""))
