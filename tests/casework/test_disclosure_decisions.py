"""What an employer is told: the client's words, one decision in force for each employer, and nothing without one."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.disclosure_decisions import (
    DecideDisclosure,
    DisclosureRow,
    ReviewDisclosure,
    decide_disclosure,
    disclosure_in_force,
    list_disclosures,
    review_disclosure,
    withdraw_disclosure,
)
from coachdesk.casework.today import TodayQuestion, read_today
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, DisclosureDecision
from coachdesk.models.base import new_id
from coachdesk.terms import Role
from coachdesk.vault.caseload_rights import ReasonNeeded
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import a_client, a_coach, an_enrolment, ask, days_ago, do, found, keep, programme_id
from tests.vault_fixtures import TODAY

SOON = TODAY + dt.timedelta(days=5)


@pytest.fixture
def maya(desk_vault: OpenVault) -> Client:
    client = a_client(coach_id=desk_vault.coach_id)
    keep(desk_vault, client)
    with reading(desk_vault) as session:
        programme = programme_id(session)
    keep(desk_vault, an_enrolment(client, programme))
    return client


def decided(vault: OpenVault, client: Client, **values: Any) -> UUID:
    told = {
        "employer_name": "Bay Bakery", "decision": "part", "what": "That I need a break each hour",
        "decided_on": days_ago(9), **values,
    }  # fmt: skip
    return do(vault, decide_disclosure, DecideDisclosure(client_id=client.id, **told))[0]


def rows(vault: OpenVault, client: Client) -> tuple[DisclosureRow, ...]:
    return ask(vault, list_disclosures, ClientQuestion(client_id=client.id, today=TODAY))


def in_force(vault: OpenVault, client: Client, employer_id: UUID) -> DisclosureRow | None:
    with reading(vault) as session:
        return disclosure_in_force(session, client.id, employer_id, TODAY)


def due(vault: OpenVault) -> list[tuple[str, str]]:
    answer = ask(vault, read_today, TodayQuestion(today=TODAY, coach_id=vault.coach_id, days=7))
    return [(item.kind, item.what) for part in (answer.overdue, answer.today, answer.coming) for item in part]


def test_a_decision_reads_as_one_sentence(desk_vault: OpenVault, maya: Client) -> None:
    decided(desk_vault, maya, to_whom="Pat", by_whom="my coach", own_words="Only that, please")
    (row,) = rows(desk_vault, maya)
    assert row.line == "Tell them a part: That I need a break each hour, to Pat, said by my coach."
    assert row.in_force
    assert in_force(desk_vault, maya, row.employer_id) == row
    assert in_force(desk_vault, maya, new_id()) is None


def test_a_new_decision_replaces_the_earlier_one_which_stays_readable(
    desk_vault: OpenVault, maya: Client
) -> None:
    decided(desk_vault, maya, review_on=SOON)
    decided(desk_vault, maya, employer_name="The Mill", decision="nothing", what="")
    decided(desk_vault, maya, decision="tell", what="All of it.", decided_on=TODAY)
    found_rows = rows(desk_vault, maya)
    assert [(row.employer, row.decision, row.in_force) for row in found_rows] == [
        ("Bay Bakery", "tell", True), ("The Mill", "nothing", True), ("Bay Bakery", "part", False),
    ]  # fmt: skip
    assert found_rows[0].line == "Tell them: All of it."
    assert found_rows[2].reviewed_on == TODAY
    assert due(desk_vault) == []


def test_a_withdrawn_decision_leaves_nothing_to_tell(desk_vault: OpenVault, maya: Client) -> None:
    decided(desk_vault, maya)
    newer = decided(desk_vault, maya, what="More", decided_on=days_ago(2), review_on=SOON)
    do(desk_vault, withdraw_disclosure, newer)
    found_rows = rows(desk_vault, maya)
    assert [row.in_force for row in found_rows] == [False, False]
    assert in_force(desk_vault, maya, found_rows[0].employer_id) is None
    assert due(desk_vault) == []
    with pytest.raises(Refusal, match="withdrawn already"):
        do(desk_vault, withdraw_disclosure, newer)
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, withdraw_disclosure, new_id())


def test_looking_again(desk_vault: OpenVault, maya: Client) -> None:
    decision = decided(desk_vault, maya, review_on=days_ago(1))
    assert due(desk_vault) == [("disclosure", "Look again at what Bay Bakery is told")]
    with pytest.raises(Refusal, match="a day to come"):
        do(desk_vault, review_disclosure, ReviewDisclosure(decision_id=decision, review_on=TODAY))
    do(desk_vault, review_disclosure, ReviewDisclosure(decision_id=decision, review_on=SOON))
    assert found(desk_vault, DisclosureDecision, decision).review_on == SOON
    assert due(desk_vault) == [("disclosure", "Look again at what Bay Bakery is told")]
    do(desk_vault, review_disclosure, ReviewDisclosure(decision_id=decision))
    assert found(desk_vault, DisclosureDecision, decision).reviewed_on == TODAY
    assert due(desk_vault) == []


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"decision": ""}, "decision"),
        ({"decision": "not_asked"}, "decision"),
        ({"what": " "}, "what"),
        ({"decided_on": SOON}, "decided_on"),
        ({"review_on": days_ago(10)}, "review_on"),
        ({"employer_name": " "}, "employer_name"),
    ],
)
def test_what_is_missing_is_refused(
    desk_vault: OpenVault, maya: Client, values: dict[str, Any], name: str
) -> None:
    with pytest.raises(Refusal) as refused:
        decided(desk_vault, maya, **values)
    assert set(refused.value.fields) == {name}
    assert rows(desk_vault, maya) == ()


def test_nobody_and_a_colleagues_client(desk_vault: OpenVault) -> None:
    with pytest.raises(Refusal, match="client is not there"):
        decided(desk_vault, a_client())
    other = a_coach()
    theirs = a_client(coach_id=other.id)
    keep(desk_vault, other)
    keep(desk_vault, theirs)
    with unit_of_work(desk_vault, by_program=True) as work:
        work.session.get_one(Coach, desk_vault.coach_id).role = Role.COACH
    with pytest.raises(ReasonNeeded):
        in_force(desk_vault, theirs, new_id())
