"""Permissions: in force on a day by one rule, renewed, taken back, and asked for where something leaves."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.codes import SetCode, set_code
from coachdesk.casework.consents import (
    ConsentRow,
    ConsentState,
    GiveConsent,
    RenewConsent,
    WithdrawConsent,
    give_consent,
    is_in_force,
    list_consents,
    renew_consent,
    state_on,
    withdraw_consent,
)
from coachdesk.casework.erasing import EraseClient, erase_client
from coachdesk.casework.permission_check import (
    Missing,
    Permission,
    RecordSharing,
    check_permission,
    data_keys,
    data_words,
    record_sharing,
)
from coachdesk.casework.sharing_list import SharingRow, list_sharings
from coachdesk.errors import Refusal
from coachdesk.models import Client, Consent, Programme, Sharing
from coachdesk.models.base import new_id
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import (
    a_client,
    a_consent,
    an_enrolment,
    ask,
    days_ago,
    do,
    found,
    keep,
    programme_id,
)
from tests.vault_fixtures import PERSON, TODAY

TOMORROW = TODAY + dt.timedelta(days=1)
GOALS = "That they take part; Goals and plan"


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client()
    keep(desk_vault, made)
    return made


def permission(client: Client, **values: Any) -> Consent:
    return a_consent(client, **{"purpose": "share_employer", "given_on": days_ago(9), **values})


def rows(vault: OpenVault, client: Client, today: dt.date = TODAY) -> tuple[ConsentRow, ...]:
    return ask(vault, list_consents, ClientQuestion(client_id=client.id, today=today))


def checked(
    vault: OpenVault,
    client: Client,
    recipient: str = "Bay Bakery",
    purpose: str = "share_employer",
    **more: Any,
) -> Permission | Missing:
    with reading(vault) as session:
        return check_permission(session, client.id, purpose, recipient, TODAY, **more)


def sharing(client: Client, **values: Any) -> RecordSharing:
    return RecordSharing(
        **{
            "client_id": client.id,
            "sort": "talk",
            "purpose": "share_employer",
            "recipient": "Bay Bakery",
            "what": "Talked about the interview",
            "shared_on": TODAY,
            **values,
        }
    )


@pytest.mark.parametrize(
    ("values", "state"),
    [
        ({"given_on": TODAY}, ConsentState.IN_FORCE),
        ({"given_on": TOMORROW}, ConsentState.NOT_YET),
        ({"given_on": None}, ConsentState.UNDATED),
        ({"expires_on": TODAY}, ConsentState.IN_FORCE),
        ({"expires_on": days_ago(1)}, ConsentState.EXPIRED),
        ({"withdrawn_on": TODAY}, ConsentState.WITHDRAWN),
        ({"withdrawn_on": TOMORROW}, ConsentState.IN_FORCE),
        ({"given_on": None, "withdrawn_on": TODAY}, ConsentState.WITHDRAWN),
    ],
)
def test_a_permission_holds_between_its_days(values: dict[str, Any], state: ConsentState) -> None:
    consent = permission(a_client(), **values)
    assert state_on(consent, TODAY) is state
    assert is_in_force(consent, TODAY) is (state is ConsentState.IN_FORCE)


def test_one_that_was_put_away_does_not_hold() -> None:
    consent = permission(a_client(), archived_at=dt.datetime(2026, 10, 1, tzinfo=dt.UTC))
    assert not is_in_force(consent, TODAY)


def test_a_permission_keeps_all_that_was_said(desk_vault: OpenVault, client: Client) -> None:
    wish = GiveConsent(
        client_id=client.id,
        purpose="share_employer",
        given_on=TODAY,
        how_given="signed",
        recipient=" Bay Bakery ",
        data_covered=GOALS,
        expires_on=TOMORROW,
        wording_version="Form 3",
        witness="Iqra Malik",
    )
    do(desk_vault, give_consent, wish)
    (row,) = rows(desk_vault, client)
    assert (row.recipient, row.data_covered, row.purpose_key) == ("Bay Bakery", GOALS, "share_employer")
    assert (row.wording_version, row.witness, row.expires_on) == ("Form 3", "Iqra Malik", TOMORROW)
    assert row.state is ConsentState.IN_FORCE


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"purpose": ""}, "purpose"),
        ({"purpose": "not_asked"}, "purpose"),
        ({"given_on": TOMORROW}, "given_on"),
        ({"expires_on": days_ago(1)}, "expires_on"),
    ],
)
def test_what_is_no_permission_is_refused(
    desk_vault: OpenVault, client: Client, values: dict[str, Any], field: str
) -> None:
    wish = GiveConsent(**{"client_id": client.id, "purpose": "record", "given_on": TODAY, **values})
    with pytest.raises(Refusal) as refused:
        do(desk_vault, give_consent, wish)
    assert set(refused.value.fields) == {field}
    assert rows(desk_vault, client) == ()


def test_renewing_leaves_the_first_as_it_was_and_taking_back_ends_both(
    desk_vault: OpenVault, client: Client
) -> None:
    first = permission(client, recipient="Bay", data_covered=GOALS)
    other = permission(client, recipient="Bay", data_covered="Health")
    keep(desk_vault, first, other)
    wish = RenewConsent(consent_id=first.id, given_on=TODAY, how_given="spoken", witness="Iqra Malik")
    again, label = do(desk_vault, renew_consent, wish)
    states = {row.id: row.state for row in rows(desk_vault, client)}
    assert label == "Renewed a permission of MO"
    assert states == {
        again: ConsentState.IN_FORCE,
        first.id: ConsentState.RENEWED,
        other.id: ConsentState.IN_FORCE,
    }
    assert found(desk_vault, Consent, first.id).given_on == days_ago(9)
    newest = found(desk_vault, Consent, again)
    assert (newest.recipient, newest.data_covered, newest.witness) == ("Bay", GOALS, "Iqra Malik")
    do(desk_vault, withdraw_consent, WithdrawConsent(consent_id=again, withdrawn_on=TODAY))
    states = {row.id: row.state for row in rows(desk_vault, client)}
    assert states == {
        again: ConsentState.WITHDRAWN,
        first.id: ConsentState.WITHDRAWN,
        other.id: ConsentState.IN_FORCE,
    }


def test_a_withdrawal_is_not_for_tomorrow_and_a_lost_one_is_not_renewed(
    desk_vault: OpenVault, client: Client
) -> None:
    held = permission(client)
    keep(desk_vault, held)
    with pytest.raises(Refusal) as refused:
        do(desk_vault, withdraw_consent, WithdrawConsent(consent_id=held.id, withdrawn_on=TOMORROW))
    assert set(refused.value.fields) == {"withdrawn_on"}
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, renew_consent, RenewConsent(consent_id=new_id(), given_on=TODAY))


def test_asking_again_is_due_by_the_rule_of_the_programme(desk_vault: OpenVault, client: Client) -> None:
    keep(desk_vault, permission(client, given_on=days_ago(100)), permission(client, recipient="Bay"))
    assert {row.recheck_on for row in rows(desk_vault, client)} == {None}
    with reading(desk_vault) as session:
        long, short = programme_id(session, "workwell"), programme_id(session)
    keep(desk_vault, an_enrolment(client, long), an_enrolment(client, short))
    with unit_of_work(desk_vault, label="A shorter rule") as work:
        programme = work.session.get_one(Programme, short)
        due = {**programme.definition["due"], "consent_days": 90, "consent_source": "Our own agreement"}
        programme.definition = {**programme.definition, "due": due}
    old = rows(desk_vault, client)[1]
    assert (old.recheck_on, old.recheck_origin) == (days_ago(10), "Our own agreement")
    assert rows(desk_vault, client, days_ago(50))[0].recheck_on is None  # given later: nothing to ask again


@pytest.mark.parametrize(
    ("values", "recipient", "sentence"),
    [
        ({}, "anybody", ""),
        ({"recipient": "Bay Bakery"}, "bay  bakery", ""),
        ({"recipient": "Bay"}, "Bay Bakery", "is for Bay, not for Bay Bakery"),
        ({"recipient": "Bay"}, "", "not for anybody else"),
        ({"withdrawn_on": days_ago(2)}, "Bay", "withdrew the permission .* on 3 Oct 2026"),
        ({"expires_on": days_ago(2)}, "Bay", "ended on 3 Oct 2026. Ask again"),
        ({"given_on": None}, "Bay", "not known on which day"),
        ({"purpose": "share_health"}, "Bay", "given no permission for “Talking with an employer”"),
    ],
)
def test_the_check_finds_the_permission_or_says_what_is_missing(
    desk_vault: OpenVault, client: Client, values: dict[str, Any], recipient: str, sentence: str
) -> None:
    keep(desk_vault, permission(client, **values))
    result = checked(desk_vault, client, recipient)
    if sentence:
        assert isinstance(result, Missing)
        with pytest.raises(Refusal, match=sentence):
            raise Refusal(result.sentence)
    else:
        assert isinstance(result, Permission)


def test_what_is_told_must_be_covered_and_the_widest_permission_counts(
    desk_vault: OpenVault, client: Client
) -> None:
    keep(desk_vault, permission(client, given_on=TODAY))
    narrow = checked(desk_vault, client, data=("taking_part",))
    assert isinstance(narrow, Permission)
    assert narrow.data == {"taking_part"}
    lacking = checked(desk_vault, client, data=("taking_part", "health", "goals"))
    assert lacking == Missing(
        sentence="The permission does not cover this: Health; Goals and plan.", data=("health", "goals")
    )
    keep(desk_vault, permission(client, data_covered=f"{GOALS}\nhealth; something of nobody’s list"))
    wide = checked(desk_vault, client, data=("goals", "health"))
    assert isinstance(wide, Permission)
    assert wide == checked(desk_vault, client)
    assert wide.data == {"taking_part", "goals", "health"}


def test_one_permission_may_be_asked_for_by_itself(desk_vault: OpenVault, client: Client) -> None:
    mine, ended = permission(client, recipient="Her mother"), permission(client, expires_on=days_ago(1))
    keep(desk_vault, mine, ended)
    assert isinstance(checked(desk_vault, client, "Mrs Okonkwo", consent_id=mine.id), Permission)
    assert isinstance(checked(desk_vault, client, "Her mother", consent_id=ended.id), Missing)


def test_words_of_a_permission_follow_the_list(desk_vault: OpenVault) -> None:
    do(desk_vault, set_code, SetCode(list_name="shared_data", key="goals", title="Hopes and plan"))
    with reading(desk_vault) as session:
        assert data_keys(session, "hopes and plan;Not asked") == {"taking_part", "goals"}
        assert data_words(session, ("taking_part", "goals")) == "That they take part; Hopes and plan"


def test_what_leaves_is_written_down_with_its_permission(desk_vault: OpenVault, client: Client) -> None:
    held = permission(client, data_covered=GOALS)
    keep(desk_vault, held)
    sharing_id, label = do(
        desk_vault, record_sharing, sharing(client, data=("goals",), override_reason="not needed")
    )
    (row,) = listed(desk_vault, client)
    assert label == "Passed something on about MO"
    assert (row.id, row.sort, row.purpose) == (sharing_id, "Talk", "Talking with an employer")
    assert (row.recipient, row.what, row.coach) == ("Bay Bakery", "Talked about the interview", PERSON)
    assert (row.permitted_on, row.override_reason, row.letter_id) == (days_ago(9), "", None)


def listed(vault: OpenVault, client: Client) -> tuple[SharingRow, ...]:
    return ask(vault, list_sharings, ClientQuestion(client_id=client.id, today=TODAY))


def test_without_a_permission_it_needs_a_reason_which_is_kept(desk_vault: OpenVault, client: Client) -> None:
    with pytest.raises(Refusal, match="given no permission") as refused:
        do(desk_vault, record_sharing, sharing(client, override_reason="  "))
    assert "say why it must go" in refused.value.fields["override_reason"]
    assert listed(desk_vault, client) == ()
    sharing_id, _ = do(desk_vault, record_sharing, sharing(client, override_reason=" She was in danger "))
    kept = found(desk_vault, Sharing, sharing_id)
    assert (kept.consent_id, kept.override_reason) == (None, "She was in danger")


def test_the_permission_counts_on_the_day_it_left(desk_vault: OpenVault, client: Client) -> None:
    keep(desk_vault, permission(client, withdrawn_on=days_ago(2)))
    do(desk_vault, record_sharing, sharing(client, shared_on=days_ago(3)))
    with pytest.raises(Refusal, match="withdrew"):
        do(desk_vault, record_sharing, sharing(client, shared_on=days_ago(2)))


def test_half_a_line_is_refused_field_by_field(desk_vault: OpenVault, client: Client) -> None:
    wish = sharing(client, sort="smoke", recipient=" ", what="", shared_on=TOMORROW)
    with pytest.raises(Refusal) as refused:
        do(desk_vault, record_sharing, wish)
    assert set(refused.value.fields) == {"sort", "recipient", "what", "shared_on"}


def test_nothing_leaves_about_somebody_who_is_gone_or_erased(desk_vault: OpenVault, client: Client) -> None:
    for gone in (new_id(), _erased(desk_vault)):
        with pytest.raises(Refusal, match="not there any more"):
            do(desk_vault, record_sharing, sharing(client, client_id=gone, override_reason="Danger"))


def _erased(vault: OpenVault) -> UUID:
    client = a_client()
    keep(vault, client)
    do(vault, erase_client, EraseClient(client_id=client.id, reason="Asked for it"))
    return client.id
