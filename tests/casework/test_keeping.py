"""How long records are kept, what is written down of breaches, and the record of processing."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.breaches import NO_DEADLINE, SaveBreach, list_breaches, save_breach
from coachdesk.casework.erasing import EraseClient, erase_client
from coachdesk.casework.processing import SaveActivity, list_activities, save_activity, seed_activities
from coachdesk.casework.retention import (
    REMINDER,
    SetRetention,
    list_retention_rules,
    look_at_retention_list,
    read_retention_list,
    retention_reminder,
    set_retention,
)
from coachdesk.casework.rights_clock import (
    ClockRule,
    months_after,
    set_clock_rule,
)
from coachdesk.casework.rights_requests import (
    AnswerRequest,
    answer_request,
)
from coachdesk.errors import Refusal
from coachdesk.models import Enrolment, Programme
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.casework.office import Office
from tests.makers import a_contact, an_enrolment, days_ago, programme_id
from tests.vault_fixtures import TODAY

ACCESS = ClockRule(kind="access", months=1, extension_months=2, target_days=28)
Command = Callable[[Session, Any], Any]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.fixture
def office(vault: OpenVault) -> Office:
    return Office(vault)


def enrolled(office: Office, exit_on: dt.date | None, key: str = "community-grant") -> UUID:
    with unit_of_work(office.vault, label="Enrolled") as work:
        enrolment = an_enrolment(
            office.client, programme_id(work.session, key), started_on=days_ago(2000), exit_on=exit_on,
            received_on=None, accepted_on=None, profile_started_on=None,
        )  # fmt: skip
        work.session.add(enrolment)
        return enrolment.programme_id


def listed(office: Office) -> list[str]:
    with reading(office.vault) as session:
        return [row.name for row in read_retention_list(session, TODAY).clients]


def test_somebody_is_listed_when_every_rule_has_run_out(office: Office) -> None:
    programme = enrolled(office, days_ago(800))
    assert listed(office) == []  # no rule, nobody is listed
    with reading(office.vault) as session:
        assert "Community grant" in " ".join(read_retention_list(session, TODAY).without_rule)
    rule = SetRetention(programme_id=programme, months=24, source_note="Trustees’ policy")
    office.do(set_retention, rule)
    assert listed(office) == ["Maya Okonkwo"]
    with reading(office.vault) as session:
        row = read_retention_list(session, TODAY).clients[0]
    assert row.since == months_after(days_ago(800), 24)
    assert "24 months. The day the client left: 27 July 2024" in row.why[0]
    request = office.receive()
    assert listed(office) == []  # not while a request is open
    office.do(answer_request, AnswerRequest(request_id=request, on=TODAY, outcome="given"))
    second = enrolled(office, days_ago(10), "workwell")
    assert listed(office) == []
    office.do(set_retention, SetRetention(programme_id=second, months=1, source_note="Grant agreement"))
    assert listed(office) == []
    with unit_of_work(office.vault, by_program=True) as work:
        for enrolment in work.session.scalars(select(Enrolment)):
            enrolment.exit_on = days_ago(900)
    assert listed(office) == ["Maya Okonkwo"]
    office.do(erase_client, EraseClient(client_id=office.client.id, reason="Time is over"))
    assert listed(office) == []


def test_a_manager_is_reminded_of_the_list_once_a_month(office: Office) -> None:
    def reminded(today: dt.date = TODAY) -> str:
        with reading(office.vault) as session:
            return retention_reminder(session, today)

    assert reminded() == ""  # nobody has left anything
    enrolled(office, days_ago(800))
    assert reminded() == REMINDER
    office.do(look_at_retention_list, TODAY)
    assert reminded() == ""
    assert reminded(dt.date(2026, 10, 31)) == ""
    assert reminded(dt.date(2026, 11, 1)) == REMINDER
    office.act_as(Role.COACH)
    assert reminded(dt.date(2026, 11, 1)) == ""
    office.refused(look_at_retention_list, TODAY, "Only a manager")


def test_it_can_be_counted_from_the_last_contact_or_the_programmes_end(office: Office) -> None:
    programme = enrolled(office, days_ago(800))
    office.do(
        set_retention,
        SetRetention(programme_id=programme, months=24, counted_from="last_contact", source_note="Policy"),
    )
    assert listed(office) == ["Maya Okonkwo"]
    with unit_of_work(office.vault, label="Rang") as work:
        work.session.add(a_contact(office.client, happened_on=days_ago(3)))
    assert listed(office) == []
    office.do(
        set_retention,
        SetRetention(programme_id=programme, months=12, counted_from="programme_end", source_note="Policy"),
    )
    assert listed(office) == []
    with unit_of_work(office.vault, by_program=True) as work:
        work.session.get_one(Programme, programme).ends_on = days_ago(400)
    assert listed(office) == ["Maya Okonkwo"]


def test_a_retention_rule_needs_sense_a_source_and_a_manager(office: Office) -> None:
    with reading(office.vault) as session:
        programme = list_retention_rules(session, None)[0].programme_id
    office.refused(set_retention, SetRetention(programme_id=UUID(int=1), months=1), "not there any more")
    wrong = SetRetention(programme_id=programme, months=0, counted_from="moon")
    with pytest.raises(Refusal) as caught:
        office.do(set_retention, wrong)
    assert set(caught.value.fields) == {"months", "counted_from", "source_note"}
    office.do(set_retention, SetRetention(programme_id=programme, months=None))
    office.act_as(Role.COACH)
    office.refused(set_retention, SetRetention(programme_id=programme, months=None), "Only a manager")
    with reading(office.vault) as session, pytest.raises(Refusal, match="Only a manager"):
        read_retention_list(session, TODAY)


def test_a_breach_is_written_down_and_closed(office: Office) -> None:
    found = office.do(save_breach, SaveBreach(found_on=TODAY, what_happened="A stick was left on a bus"))
    with reading(office.vault) as session:
        assert list_breaches(session, None)[0].next_words == NO_DEADLINE
    office.do(set_clock_rule, ClockRule(kind="breach", acknowledge_days=3, source="Our lead"))
    with reading(office.vault) as session:
        assert (
            list_breaches(session, None)[0].next_words
            == "Decide whether to tell the regulator by 8 October 2026"
        )
    told = SaveBreach(
        id=found, found_on=TODAY, what_happened="A stick", authority_told_on=TODAY, people_affected=3
    )
    office.do(save_breach, told)
    with reading(office.vault) as session:
        assert list_breaches(session, None)[0].next_words.startswith("The regulator has been told")
    office.do(save_breach, SaveBreach(found_on=days_ago(1), what_happened="Wrong envelope"))
    office.do(save_breach, SaveBreach(id=found, found_on=TODAY, what_happened="A stick", closed_on=TODAY))
    with reading(office.vault) as session:
        assert [row.next_words for row in list_breaches(session, None)][1] == "Closed on 5 October 2026"
    office.refused(
        save_breach, SaveBreach(id=UUID(int=1), found_on=TODAY, what_happened="x"), "not there any more"
    )
    tomorrow = TODAY + dt.timedelta(days=1)
    bad = SaveBreach(
        found_on=days_ago(1), what_happened=" ", happened_on=TODAY, people_affected=-1, closed_on=days_ago(2),
        people_told_on=tomorrow,
    )  # fmt: skip
    with pytest.raises(Refusal) as caught:
        office.do(save_breach, bad)
    assert set(caught.value.fields) == {
        "what_happened", "happened_on", "people_affected", "closed_on", "people_told_on",
    }  # fmt: skip


def test_the_record_of_processing_ships_with_blanks_to_decide(office: Office) -> None:
    with reading(office.vault) as session:
        rows = list_activities(session, None)
    assert rows[0].title == "Supporting clients towards and in work"
    assert "lawful_basis" in rows[0].blanks()
    changed = SaveActivity(id=rows[0].id, title=rows[0].title, values={"lawful_basis": "Article 6(1)(a)"})
    office.do(save_activity, changed)
    new = office.do(save_activity, SaveActivity(title="Newsletter", values={"purpose": "News"}))
    with unit_of_work(office.vault, by_program=True) as work:
        seed_activities(work.session)
    with reading(office.vault) as session:
        after = list_activities(session, None)
    assert after[0].lawful_basis == "Article 6(1)(a)"
    assert after[0].purpose == rows[0].purpose
    assert (after[-1].id, len(after)) == (new, len(rows) + 1)
    office.refused(save_activity, SaveActivity(title=" ", values={}), "needs a title")
    office.refused(save_activity, SaveActivity(title="Newsletter", values={}), "of this title")
    office.refused(save_activity, SaveActivity(id=UUID(int=1), title="x", values={}), "not there any more")
    office.act_as(Role.AUDITOR)
    office.refused(save_activity, changed, "Only a manager")
