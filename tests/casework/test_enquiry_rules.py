"""How soon an enquiry is answered and how long a closed one is kept; what is erased leaves nothing behind."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import select

from coachdesk.casework.enquiries import (
    CloseEnquiry,
    EnquiriesQuestion,
    RecordEnquiry,
    close_enquiry,
    enquiries_waiting,
    list_enquiries,
    record_enquiry,
)
from coachdesk.casework.enquiry_rules import (
    STILL_KEPT,
    EnquiryRules,
    EraseEnquiries,
    SetEnquiryRules,
    erase_enquiries,
    list_enquiries_over,
    read_enquiry_rules,
    set_enquiry_rules,
)
from coachdesk.errors import Refusal
from coachdesk.models import Coach, Enquiry, JournalEntry
from coachdesk.terms import Role
from coachdesk.vault.health import check
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import ask, days_ago, do
from tests.vault_fixtures import TODAY

RULES: dict[str, Any] = {"answer_days": 5, "keep_months": 6, "source_note": "Policy of the trustees"}


def closed(vault: OpenVault, name: str, closed_on: dt.date) -> Any:
    asked = RecordEnquiry(
        name=name, reach="07700 900111", note=f"The long letter of {name}", received_on=closed_on
    )
    enquiry, _ = do(vault, record_enquiry, asked)
    do(vault, close_enquiry, CloseEnquiry(enquiry_id=enquiry, outcome="did_not_want", closed_on=closed_on))
    return enquiry


def no_manager(vault: OpenVault) -> None:
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = Role.COACH


def test_what_ships_says_three_days_and_keeps_for_ever(desk_vault: OpenVault) -> None:
    closed(desk_vault, "Ada Long", days_ago(3000))
    assert ask(desk_vault, read_enquiry_rules, None) == EnquiryRules(
        answer_days=3, keep_months=None, source_note="CoachDesk default"
    )
    assert ask(desk_vault, list_enquiries_over, TODAY) == ()


def test_a_longer_patience_holds_on_the_page_and_on_today(desk_vault: OpenVault) -> None:
    do(desk_vault, record_enquiry, RecordEnquiry(name="Bea", reach="by post", received_on=days_ago(5)))
    assert ask(desk_vault, list_enquiries, EnquiriesQuestion(today=TODAY)).rows[0].waits_long
    do(desk_vault, set_enquiry_rules, SetEnquiryRules(**RULES))
    found = ask(desk_vault, list_enquiries, EnquiriesQuestion(today=TODAY))
    assert (found.answer_days, found.rows[0].waits_long) == (5, False)
    with reading(desk_vault) as session:
        assert list(enquiries_waiting(session, TODAY)) == []
        assert list(enquiries_waiting(session, TODAY + dt.timedelta(days=1))) != []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"answer_days": None}, "answer_days"),
        ({"answer_days": 0}, "answer_days"),
        ({"keep_months": 121}, "keep_months"),
        ({"source_note": " "}, "source_note"),
    ],
)
def test_rules_that_cannot_be_are_refused(desk_vault: OpenVault, values: dict[str, Any], field: str) -> None:
    with pytest.raises(Refusal) as refusal:
        do(desk_vault, set_enquiry_rules, SetEnquiryRules(**{**RULES, **values}))
    assert set(refusal.value.fields) == {field}
    assert ask(desk_vault, read_enquiry_rules, None) == EnquiryRules()


def test_those_whose_time_is_over_go_with_their_history_and_the_chain_holds(desk_vault: OpenVault) -> None:
    do(desk_vault, set_enquiry_rules, SetEnquiryRules(**RULES))
    old, newer = closed(desk_vault, "Ada Long", days_ago(200)), closed(desk_vault, "Cem Short", days_ago(20))
    assert [(one.id, one.name) for one in ask(desk_vault, list_enquiries_over, TODAY)] == [(old, "Ada Long")]
    with pytest.raises(Refusal, match=STILL_KEPT):
        do(desk_vault, erase_enquiries, EraseEnquiries(ids=(old, newer)))
    assert do(desk_vault, erase_enquiries, EraseEnquiries(ids=(old,)))[0] == 1
    assert ask(desk_vault, list_enquiries_over, TODAY) == ()
    with reading(desk_vault) as session:
        assert list(session.scalars(select(Enquiry.id))) == [newer]
        told = [str((one.before, one.after, one.label)) for one in session.scalars(select(JournalEntry))]
    assert [words for words in told if "Ada" in words] == []
    assert any("Cem" in words for words in told)
    assert check(desk_vault).problems == ()


def test_only_a_manager_sets_rules_and_erases(desk_vault: OpenVault) -> None:
    do(desk_vault, set_enquiry_rules, SetEnquiryRules(**RULES))
    old = closed(desk_vault, "Ada Long", days_ago(200))
    no_manager(desk_vault)
    with pytest.raises(Refusal, match="Only a manager"):
        do(desk_vault, set_enquiry_rules, SetEnquiryRules(**{**RULES, "answer_days": 9}))
    with pytest.raises(Refusal, match="Only a manager"):
        ask(desk_vault, list_enquiries_over, TODAY)
    with pytest.raises(Refusal, match="Only a manager"):
        do(desk_vault, erase_enquiries, EraseEnquiries(ids=(old,)))
    assert ask(desk_vault, read_enquiry_rules, None).answer_days == 5
