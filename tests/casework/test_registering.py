"""Registering: references that are never used twice, and people who may be here already."""

from typing import Any

import pytest

from coachdesk.casework.clients import NewClient, register_client
from coachdesk.casework.duplicates import LikelyDuplicates, likely_duplicates
from coachdesk.casework.timeline import TimelineQuestion, read_timeline
from coachdesk.casework.today import TodayQuestion, read_today
from coachdesk.errors import Refusal
from coachdesk.models import Client
from coachdesk.vault.opened import OpenVault
from tests.makers import a_client, a_plan, a_programme, an_enrolment, ask, days_ago, do, found, keep
from tests.vault_fixtures import TODAY


def reasons(vault: OpenVault, **typed: Any) -> dict[str, str]:
    rows = ask(vault, likely_duplicates, LikelyDuplicates(today=TODAY, **typed))
    return {row.reference: row.why for row in rows}


def test_a_reference_that_is_taken_is_passed_over(desk_vault: OpenVault) -> None:
    keep(desk_vault, a_client(reference="C-0002"), a_client(reference="C-0003"))
    wish = NewClient(first_name="Ada", programme_key="connect-to-work", today=TODAY)
    first, label = do(desk_vault, register_client, wish)
    second, _ = do(desk_vault, register_client, wish)
    assert [found(desk_vault, Client, one).reference for one in (first, second)] == ["C-0004", "C-0005"]
    assert label == "Registered A"


def test_support_does_not_start_before_the_referral_came(desk_vault: OpenVault) -> None:
    for field in ("started_on", "accepted_on"):
        days: dict[str, Any] = {field: days_ago(1)}
        with pytest.raises(Refusal) as refused:
            wish = NewClient(
                first_name="Ada", programme_key="connect-to-work", today=TODAY, received_on=TODAY, **days
            )
            do(desk_vault, register_client, wish)
        assert set(refused.value.fields) == {field}


@pytest.fixture
def known(desk_vault: OpenVault) -> OpenVault:
    keep(
        desk_vault,
        a_client(reference="R-1", first_name="Robert", last_name="Okonkwo", phone="07700 900123", postcode="LA14 1AA"),
        a_client(reference="R-2", first_name="Zara", last_name="Whitfield", known_as="Zed"),
    )  # fmt: skip
    return desk_vault


def test_a_name_alone_must_be_nearly_the_same(known: OpenVault) -> None:
    assert reasons(known, first_name="Robert", last_name="Okonkwoo") == {"R-1": "same or similar name"}
    assert reasons(known, first_name="Bob", last_name="Okonkwo") == {"R-1": "same or similar name"}
    assert reasons(known, first_name="Okonkwo", last_name="Robert") == {"R-1": "same or similar name"}
    assert reasons(known, first_name="Zed", last_name="Whitfield") == {"R-2": "same or similar name"}
    assert reasons(known, first_name="Magnus", last_name="Thistle") == {}


def test_what_is_shared_besides_is_said(known: OpenVault) -> None:
    told = {"first_name": "Robert", "last_name": "Okonkwo"}
    assert reasons(known, **told, birth="9/4/1990", phone="07700900123", postcode="la141aa") == {
        "R-1": "same or similar name, birth date, phone, postcode"
    }
    assert reasons(known, **told, birth="45/", phone="1", postcode="LA1 1AA") == {
        "R-1": "same or similar name"
    }


def test_less_than_three_letters_show_nobody(known: OpenVault) -> None:
    assert reasons(known, first_name="R", last_name="O") == {}


def test_where_the_agreement_sets_no_days_nothing_is_due(desk_vault: OpenVault) -> None:
    programme = a_programme()
    planned, bare = a_client(first_name="Ada"), a_client()
    keep(
        desk_vault,
        programme,
        planned,
        bare,
        an_enrolment(bare, programme.id, profile_started_on=None),
        an_enrolment(planned, programme.id),
        a_plan(planned, agreed_on=days_ago(90)),
    )
    row = ask(desk_vault, read_today, TodayQuestion(today=TODAY))
    assert (row.overdue, row.today, row.coming, row.total) == ((), (), (), 2)


def test_an_enrolment_that_goes_on_has_no_end_on_the_timeline(desk_vault: OpenVault) -> None:
    programme, client = a_programme(), a_client()
    keep(desk_vault, programme, client, an_enrolment(client, programme.id))
    items = ask(desk_vault, read_timeline, TimelineQuestion(client_id=client.id))
    assert [item.title for item in items] == ["Started on Own grant"]
