"""No wrong door: an enquiry is written down, waits in sight, and becomes a client with the same id, or closes."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework.clients import NewClient
from coachdesk.casework.enquiries import (
    BecomeClient,
    ChangeEnquiry,
    CloseEnquiry,
    Enquiries,
    EnquiriesQuestion,
    JoinEnquiry,
    RecordEnquiry,
    Ways,
    become_client,
    change_enquiry,
    close_enquiry,
    enquiries_of,
    enquiries_waiting,
    join_enquiry,
    list_enquiries,
    record_enquiry,
    reopen_enquiry,
    split_name,
    ways_to_reach,
)
from coachdesk.casework.history import HistoryQuestion, read_history
from coachdesk.casework.merging import MergeClients, merge_clients
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, Enquiry, Enrolment
from coachdesk.terms import Role
from coachdesk.vault.agreement import disagreements
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import a_client, a_coach, ask, days_ago, do, found, keep
from tests.vault_fixtures import PERSON, TODAY


def asked(vault: OpenVault, name: str = "Zofia Nowak", **values: Any) -> UUID:
    told = {"reach": "07700 900321", "received_on": TODAY, "coach_id": vault.coach_id, **values}
    return do(vault, record_enquiry, RecordEnquiry(name=name, **told))[0]


def listed(vault: OpenVault, *, closed: bool = False) -> Enquiries:
    return ask(vault, list_enquiries, EnquiriesQuestion(today=TODAY, closed=closed))


def names(vault: OpenVault, *, closed: bool = False) -> list[str]:
    return [row.name for row in listed(vault, closed=closed).rows]


def a_new(**values: Any) -> NewClient:
    told = {
        "first_name": "Zofia",
        "last_name": "Nowak",
        "programme_key": "connect-to-work",
        "today": TODAY,
        **values,
    }
    return NewClient(**told)


def refused(vault: OpenVault, command: Any, wish: Any, sentence: str = r"\w") -> dict[str, str]:
    with pytest.raises(Refusal, match=sentence) as caught:
        do(vault, command, wish)
    return dict(caught.value.fields)


def act_as(vault: OpenVault, role: Role) -> None:
    with unit_of_work(vault, by_program=True) as work:
        work.session.get_one(Coach, vault.coach_id).role = role


def take_back_last(vault: OpenVault) -> None:
    with reading(vault) as session:
        step = last_unit(session, PERSON)
    assert step is not None
    with unit_of_work(vault) as work:
        undo(work.session, step.unit)


def test_two_fields_and_a_note_are_enough(desk_vault: OpenVault) -> None:
    enquiry, label = do(
        desk_vault,
        record_enquiry,
        RecordEnquiry(
            name=" Zofia Nowak ", reach="07700 900321", note="Asked at the library", received_on=TODAY
        ),
    )
    (row,) = listed(desk_vault).rows
    assert (row.id, row.name, row.reach, row.note, row.waits_days, row.coach) == (
        enquiry, "Zofia Nowak", "07700 900321", "Asked at the library", 0, "",
    )  # fmt: skip
    assert label == "Recorded an enquiry of ZN"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": " "}, "name"),
        ({"reach": ""}, "reach"),
        ({"received_on": TODAY + dt.timedelta(days=1)}, "received_on"),
    ],
)
def test_what_an_enquiry_needs(desk_vault: OpenVault, values: dict[str, Any], field: str) -> None:
    told = {"name": "Zofia", "reach": "by post", "received_on": TODAY, **values}
    assert set(refused(desk_vault, record_enquiry, RecordEnquiry(**told))) == {field}
    assert names(desk_vault) == []


def test_who_waits_longest_comes_first(desk_vault: OpenVault) -> None:
    asked(desk_vault, "Ada", received_on=days_ago(1))
    asked(desk_vault, "Bea", received_on=days_ago(9))
    asked(desk_vault, "Cem", received_on=days_ago(3))
    rows = listed(desk_vault).rows
    assert [(row.name, row.waits_days, row.waits_long) for row in rows] == [
        ("Bea", 9, True), ("Cem", 3, False), ("Ada", 1, False),
    ]  # fmt: skip
    assert [row.coach for row in rows] == [PERSON] * 3


def test_today_says_that_somebody_waits_for_an_answer(desk_vault: OpenVault) -> None:
    def told() -> list[tuple[str, str, str]]:
        with reading(desk_vault) as session:
            return list(enquiries_waiting(session, TODAY))

    asked(desk_vault, "Cem", received_on=days_ago(3))
    assert told() == []
    first = asked(desk_vault, "Bea", received_on=days_ago(9))
    assert told() == [("1 enquiry waits for an answer", "The longest for 9 days", "message-square")]
    asked(desk_vault, "Ada", received_on=days_ago(5))
    assert told() == [("2 enquiries wait for an answer", "The longest for 9 days", "message-square")]
    do(desk_vault, close_enquiry, CloseEnquiry(enquiry_id=first, outcome="signposted", closed_on=TODAY))
    assert told() == [("1 enquiry waits for an answer", "The longest for 5 days", "message-square")]


def test_a_change_and_what_cannot_be_changed(desk_vault: OpenVault) -> None:
    enquiry = asked(desk_vault)
    values = {
        "name": "Zofia Nowak-Lis ",
        "source": "gp_practice",
        "referrer": "Dr Shah",
        "received_on": days_ago(2),
    }
    _, label = do(desk_vault, change_enquiry, ChangeEnquiry(enquiry_id=enquiry, values=values))
    (row,) = listed(desk_vault).rows
    assert (row.name, row.source, row.referrer, row.waits_days) == (
        "Zofia Nowak-Lis",
        "gp_practice",
        "Dr Shah",
        2,
    )
    assert label == "Changed the enquiry of ZN"
    wish = ChangeEnquiry(enquiry_id=enquiry, values={"client_id": enquiry})
    refused(desk_vault, change_enquiry, wish, "cannot be changed here: client_id")
    do(
        desk_vault,
        close_enquiry,
        CloseEnquiry(enquiry_id=enquiry, outcome="signposted", closed_on=days_ago(1)),
    )
    late = ChangeEnquiry(enquiry_id=enquiry, values={"received_on": TODAY})
    assert set(refused(desk_vault, change_enquiry, late, "before it came")) == {"received_on"}


def test_closing_says_what_came_of_it(desk_vault: OpenVault) -> None:
    enquiry = asked(desk_vault, received_on=days_ago(2), note="Asked for benefits advice")
    told: dict[str, Any] = {"enquiry_id": enquiry, "closed_on": TODAY}
    for nothing in ("", "not_asked"):
        assert set(refused(desk_vault, close_enquiry, CloseEnquiry(outcome=nothing, **told), "came of it")) == {"outcome"}  # fmt: skip
    for day in (days_ago(3), TODAY + dt.timedelta(days=1)):
        wish = CloseEnquiry(enquiry_id=enquiry, outcome="signposted", closed_on=day)
        assert set(refused(desk_vault, close_enquiry, wish)) == {"closed_on"}
    do(
        desk_vault,
        close_enquiry,
        CloseEnquiry(outcome="signposted", note="Gave her the number of the advice shop ", **told),
    )
    assert names(desk_vault) == []
    (row,) = listed(desk_vault, closed=True).rows
    assert (row.outcome, row.closed_on, row.note) == (
        "signposted",
        TODAY,
        "Gave her the number of the advice shop",
    )
    assert not row.waits_long
    refused(desk_vault, close_enquiry, CloseEnquiry(outcome="signposted", **told), "Open it again first")
    do(desk_vault, reopen_enquiry, enquiry)
    assert names(desk_vault) == ["Zofia Nowak"]
    refused(desk_vault, reopen_enquiry, enquiry, "is open")


def test_it_becomes_a_client_with_its_own_id(desk_vault: OpenVault) -> None:
    enquiry = asked(desk_vault, note="Wants mornings", received_on=days_ago(4))
    wish = BecomeClient(
        enquiry_id=enquiry,
        client=a_new(phone="07700 900321", email="z@example.org", referrer="Dr Shah", source="gp_practice",
                     safe_contact_note="Evenings", received_on=days_ago(4), coach_id=desk_vault.coach_id),
    )  # fmt: skip
    client_id, label = do(desk_vault, become_client, wish)
    assert client_id == enquiry
    assert label == "The enquiry of ZN became a client"
    client = found(desk_vault, Client, client_id)
    assert (client.called(), client.phone, client.email, client.safe_contact_note) == (
        "Zofia Nowak", "07700 900321", "z@example.org", "Evenings",
    )  # fmt: skip
    with reading(desk_vault) as session:
        (enrolment,) = session.query(Enrolment).where(Enrolment.client_id == client_id)
    assert (enrolment.source, enrolment.referrer, enrolment.received_on) == (
        "gp_practice",
        "Dr Shah",
        days_ago(4),
    )
    kept = found(desk_vault, Enquiry, enquiry)
    assert (kept.client_id, kept.outcome, kept.closed_on, kept.note) == (
        enquiry,
        "became_client",
        TODAY,
        "Wants mornings",
    )
    assert listed(desk_vault, closed=True).closed == 1
    refused(desk_vault, become_client, wish, "closed")
    refused(desk_vault, reopen_enquiry, enquiry, "part of a client’s record")
    history = ask(desk_vault, read_history, HistoryQuestion(client_id=client_id))
    assert "Recorded an enquiry of ZN" in str(history)
    with reading(desk_vault) as session:
        assert list(disagreements(session)) == []


def test_becoming_a_client_can_be_taken_back_and_done_again(desk_vault: OpenVault) -> None:
    enquiry = asked(desk_vault)
    do(desk_vault, become_client, BecomeClient(enquiry_id=enquiry, client=a_new()))
    take_back_last(desk_vault)
    assert names(desk_vault) == ["Zofia Nowak"]
    again, _ = do(desk_vault, become_client, BecomeClient(enquiry_id=enquiry, client=a_new()))
    assert again == enquiry
    assert names(desk_vault) == []


def test_who_is_a_client_already_gets_the_enquiry(desk_vault: OpenVault) -> None:
    client = a_client(first_name="Zofia", last_name="Nowak", coach_id=desk_vault.coach_id)
    keep(desk_vault, client)
    enquiry = asked(desk_vault, received_on=days_ago(2))
    joined, label = do(desk_vault, join_enquiry, JoinEnquiry(enquiry_id=enquiry, client_id=client.id))
    assert joined == client.id
    assert label == "Filed an enquiry with the record of ZN"
    kept = found(desk_vault, Enquiry, enquiry)
    assert (kept.client_id, kept.outcome, kept.closed_on) == (client.id, "was_client", TODAY)
    (row,) = ask(desk_vault, enquiries_of, client.id)
    assert (row.id, row.coach, row.client_id) == (enquiry, PERSON, client.id)
    take_back_last(desk_vault)
    assert names(desk_vault) == ["Zofia Nowak"]
    refused(
        desk_vault, join_enquiry, JoinEnquiry(enquiry_id=enquiry, client_id=enquiry), "not there any more"
    )
    with reading(desk_vault) as session:
        assert list(disagreements(session)) == []


def test_an_enquiry_goes_along_when_two_records_are_joined(desk_vault: OpenVault) -> None:
    client = a_client(coach_id=desk_vault.coach_id)
    keep(desk_vault, client)
    enquiry = asked(desk_vault)
    do(
        desk_vault,
        become_client,
        BecomeClient(enquiry_id=enquiry, client=a_new(coach_id=desk_vault.coach_id)),
    )
    do(
        desk_vault,
        merge_clients,
        MergeClients(keep_id=client.id, other_id=enquiry, reason="Registered twice"),
    )
    assert found(desk_vault, Enquiry, enquiry).client_id == client.id


def test_a_coach_sees_her_own_and_those_with_nobody(desk_vault: OpenVault) -> None:
    colleague = a_coach()
    theirs = a_client(coach_id=colleague.id)
    keep(desk_vault, colleague)
    keep(desk_vault, theirs)
    asked(desk_vault, "Ada")
    asked(desk_vault, "Bea", coach_id=None)
    hers = asked(desk_vault, "Cem", coach_id=colleague.id)
    known = asked(desk_vault, "Dan")
    do(desk_vault, join_enquiry, JoinEnquiry(enquiry_id=known, client_id=theirs.id))
    assert names(desk_vault) == ["Ada", "Bea", "Cem"]
    assert names(desk_vault, closed=True) == ["Dan"]
    act_as(desk_vault, Role.COACH)
    assert names(desk_vault) == ["Ada", "Bea"]
    assert names(desk_vault, closed=True) == []
    assert (listed(desk_vault).waiting, listed(desk_vault).closed) == (2, 0)
    refused(
        desk_vault, change_enquiry, ChangeEnquiry(enquiry_id=hers, values={"note": "x"}), "with a colleague"
    )
    refused(
        desk_vault, change_enquiry, ChangeEnquiry(enquiry_id=known, values={"note": "x"}), "with a colleague"
    )
    free = asked(desk_vault, "Eve")
    refused(desk_vault, join_enquiry, JoinEnquiry(enquiry_id=free, client_id=theirs.id), "with a colleague")
    with pytest.raises(Refusal, match="with a colleague"):
        ask(desk_vault, enquiries_of, theirs.id)
    act_as(desk_vault, Role.AUDITOR)
    assert names(desk_vault) == ["Ada", "Bea", "Cem", "Eve"]
    refused(desk_vault, change_enquiry, ChangeEnquiry(enquiry_id=free, values={"note": "x"}), "auditor")
    act_as(desk_vault, Role.TRUSTEE)
    assert names(desk_vault) == []


def test_an_enquiry_that_is_not_there(desk_vault: OpenVault) -> None:
    refused(desk_vault, reopen_enquiry, a_client().id, "not there any more")
    assert names(desk_vault) == []


@pytest.mark.parametrize(
    ("name", "split"),
    [
        ("Maya van Dijk", ("Maya", "van Dijk")),
        ("Okonkwo, Maya", ("Maya", "Okonkwo")),
        ("Mrs Patel", ("", "Patel")),
        ("Dr. Ana Ruiz", ("Ana", "Ruiz")),
        ("Ola", ("Ola", "")),
        ("Ola,", ("Ola", "")),
        ("  ", ("", "")),
    ],
)
def test_a_name_is_split_as_it_is_said(name: str, split: tuple[str, str]) -> None:
    assert split_name(name) == split


@pytest.mark.parametrize(
    ("reach", "ways"),
    [
        ("07700 900123", Ways(phone="07700 900123")),
        ("+44 (0)7700 900123", Ways(phone="+44 (0)7700 900123")),
        ("maya@example.org", Ways(email="maya@example.org")),
        ("maya@example.org / 07700-900123", Ways(phone="07700-900123", email="maya@example.org")),
        ("07700 900123, evenings", Ways(phone="07700 900123", words="07700 900123, evenings")),
        ("07700 900123 or 01229 800100", Ways(phone="07700 900123 or 01229 800100"[:12], words="07700 900123 or 01229 800100")),
        ("a@b.org or c@d.org", Ways(email="a@b.org", words="a@b.org or c@d.org")),
        ("through her sister, flat 12 3 4 5 6", Ways(words="through her sister, flat 12 3 4 5 6")),
        ("", Ways()),
    ],
)  # fmt: skip
def test_ways_to_reach_go_where_they_belong(reach: str, ways: Ways) -> None:
    assert ways_to_reach(reach) == ways
