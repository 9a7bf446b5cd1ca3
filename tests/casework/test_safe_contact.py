"""What must be known before a contact: needs, what may be used to reach somebody, risk and who to ring."""

import pytest

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.safe_contact import (
    email_rules,
    phone_rules,
    post_rules,
    read_before_contact,
    speaking_needs,
)
from coachdesk.errors import Refusal
from coachdesk.models import new_id
from coachdesk.vault.opened import OpenVault
from tests.makers import a_client, ask, keep
from tests.vault_fixtures import TODAY


def test_what_was_not_asked_is_said_where_one_would_dial_or_write() -> None:
    assert phone_rules({}) == ("Not asked yet whether we may call",)
    assert email_rules({"may_email": "not_asked"}) == ("Not asked yet whether we may email",)
    assert post_rules({}) == ("Not asked yet whether we may write by post",)


def test_what_was_agreed_is_said() -> None:
    values = {
        "may_call": "no",
        "may_leave_voicemail": "no",
        "may_text": "yes",
        "may_email": "yes",
        "may_post": "no",
    }
    assert phone_rules(values) == ("Do not call", "No voicemail", "Texts are fine")
    assert (email_rules(values), post_rules(values)) == (("Email is fine",), ("No post",))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({}, ""),
        ({"communication_needs": " Slowly, please. ", "interpreter": "no"}, "Slowly, please."),
        ({"interpreter": "yes", "language": "Polish"}, "An interpreter is needed: Polish."),
        (
            {"communication_needs": "Slowly.", "interpreter": "yes"},
            "Slowly.\nAn interpreter is needed.",
        ),
    ],
)
def test_the_flag_names_needs_and_interpreter(values: dict[str, str], words: str) -> None:
    assert speaking_needs(values) == words


def test_everything_is_told_before_a_contact(desk_vault: OpenVault) -> None:
    client = a_client(
        communication_needs="Slowly.",
        phone=" 07700 900123 ",
        email="maya@example.org",
        may_call="yes",
        may_post="no",
        safe_contact_note="After six",
        emergency_contact="Sister, Ada",
        risk_note="Two of us",
    )
    keep(desk_vault, client)
    told = ask(desk_vault, read_before_contact, ClientQuestion(client_id=client.id, today=TODAY))
    assert (told.client_id, told.needs, told.phone, told.email) == (
        client.id,
        "Slowly.",
        "07700 900123",
        "maya@example.org",
    )
    assert told.phone_rules == ("May be called",)
    assert told.email_rules == ("Not asked yet whether we may email",)
    assert told.post_rules == ("No post",)
    assert (told.note, told.emergency_contact, told.risk_note) == ("After six", "Sister, Ada", "Two of us")


def test_who_is_gone_has_nothing_to_be_known(desk_vault: OpenVault) -> None:
    with pytest.raises(Refusal, match="not there any more"):
        ask(desk_vault, read_before_contact, ClientQuestion(client_id=new_id(), today=TODAY))
