"""People around a client, and whether we may talk to each of them: in words, by permission, and taken back."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.consents import ConsentState, RenewConsent, is_in_force, renew_consent, state_on
from coachdesk.casework.people_around import (
    NO_PERMISSION,
    PermitTalking,
    PersonRow,
    RemovePerson,
    SavePerson,
    StopTalking,
    list_people_around,
    permit_talking,
    remove_person,
    save_person,
    stop_talking,
)
from coachdesk.errors import Refusal
from coachdesk.models import Client, Consent, PersonAround, new_id
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import last_unit, undo
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import a_client, a_consent, ask, days_ago, do, found, keep
from tests.vault_fixtures import PERSON, TODAY


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client(coach_id=desk_vault.coach_id)
    keep(desk_vault, made)
    return made


def people(vault: OpenVault, client: Client) -> tuple[PersonRow, ...]:
    return ask(vault, list_people_around, ClientQuestion(client_id=client.id, today=TODAY))


def save(vault: OpenVault, client: Client, **values: Any) -> UUID:
    given = {"name": "Dr Patel", "organisation": "Abbey Practice", "relation": "gp", **values}
    return do(vault, save_person, SavePerson(client_id=client.id, **given))[0]


def test_somebody_added_without_permission_is_not_talked_to(desk_vault: OpenVault, client: Client) -> None:
    save(desk_vault, client, phone=" 01229 000 000 ", email="gp@example.org", note="Mondays")
    (row,) = people(desk_vault, client)
    assert (row.called, row.relation_words, row.organisation) == ("Dr Patel", "GP", "Abbey Practice")
    assert (row.phone, row.email, row.note) == ("01229 000 000", "gp@example.org", "Mondays")
    assert (row.may_talk, row.talk, row.consent_id) == (False, f"{NO_PERMISSION}.", None)


def test_the_permission_is_given_while_they_are_added(desk_vault: OpenVault, client: Client) -> None:
    save(
        desk_vault,
        client,
        permission_on=TODAY,
        how_given="spoken",
        expires_on=TODAY + dt.timedelta(days=9),
        data_covered="How it is going",
    )
    (row,) = people(desk_vault, client)
    assert row.may_talk
    assert row.talk == "We may talk to them: said so on 5 October 2026, spoken, until 14 October 2026."
    assert row.consent_id is not None
    consent = found(desk_vault, Consent, row.consent_id)
    assert (consent.purpose, consent.recipient) == ("share_health", "Dr Patel, Abbey Practice")
    assert consent.data_covered == row.covers == "How it is going"


@pytest.mark.parametrize(
    ("relation", "purpose"),
    [
        ("family", "share_family"),
        ("friend", "share_family"),
        ("social_prescriber", "share_health"),
        ("probation", "share_professional"),
        ("not_asked", "share_professional"),
    ],
)
def test_the_purpose_follows_who_they_are(
    desk_vault: OpenVault, client: Client, relation: str, purpose: str
) -> None:
    save(desk_vault, client, relation=relation, permission_on=TODAY)
    (row,) = people(desk_vault, client)
    assert row.talk == "We may talk to them: said so on 5 October 2026."
    assert found(desk_vault, Consent, row.consent_id or new_id()).purpose == purpose


def test_a_permission_given_for_somebody_else_says_so(desk_vault: OpenVault, client: Client) -> None:
    person = save(desk_vault, client, permission_on=TODAY)
    save(desk_vault, client, person_id=person, name="Dr Shaw", relation="not_asked")
    (row,) = people(desk_vault, client)
    assert row.talk.endswith("said so on 5 October 2026, about Dr Patel, Abbey Practice.")
    assert row.relation_words == ""


def test_changing_somebody_keeps_their_permission(desk_vault: OpenVault, client: Client) -> None:
    person = save(desk_vault, client, permission_on=TODAY)
    _, label = do(
        desk_vault,
        save_person,
        SavePerson(
            client_id=client.id,
            person_id=person,
            name="Dr Patel",
            organisation="Abbey Practice",
            relation="gp",
            note="Mondays",
        ),
    )
    assert people(desk_vault, client)[0].may_talk
    assert label == "Changed somebody around MO"


def test_only_a_workplace_is_enough_and_nobody_at_all_is_not(desk_vault: OpenVault, client: Client) -> None:
    save(desk_vault, client, name="")
    assert people(desk_vault, client)[0].called == "Abbey Practice"
    with pytest.raises(Refusal) as refused:
        save(desk_vault, client, name=" ", organisation="")
    assert set(refused.value.fields) == {"name"}


def test_given_later_and_taken_back(desk_vault: OpenVault, client: Client) -> None:
    person = save(desk_vault, client)
    wish = PermitTalking(person_id=person, given_on=days_ago(1), how_given="signed")
    _, label = do(desk_vault, permit_talking, wish)
    assert label == "May talk to somebody around MO"
    assert people(desk_vault, client)[0].may_talk
    _, label = do(desk_vault, stop_talking, StopTalking(person_id=person))
    assert label == "No longer talking to somebody around MO"
    (row,) = people(desk_vault, client)
    assert (row.may_talk, row.talk) == (False, f"{NO_PERMISSION}: it was withdrawn on 5 October 2026.")
    with pytest.raises(Refusal, match="no permission in force"):
        do(desk_vault, stop_talking, StopTalking(person_id=person))


def test_a_permission_of_a_day_to_come_is_refused(desk_vault: OpenVault, client: Client) -> None:
    with pytest.raises(Refusal) as refused:
        save(desk_vault, client, permission_on=days_ago(-1))
    assert set(refused.value.fields) == {"given_on"}
    assert people(desk_vault, client) == ()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"given_on": None}, "."),
        ({"archived_at": dt.datetime(2026, 10, 1, tzinfo=dt.UTC)}, "."),
        ({"expires_on": days_ago(3)}, ": it ended on 2 October 2026."),
        ({"given_on": days_ago(-2)}, ": it begins on 7 October 2026."),
    ],
)
def test_a_permission_that_is_not_in_force_says_why(
    desk_vault: OpenVault, client: Client, values: dict[str, Any], words: str
) -> None:
    consent = a_consent(client, **values)
    keep(desk_vault, consent, PersonAround(client_id=client.id, name="Ada", consent_id=consent.id))
    (row,) = people(desk_vault, client)
    assert (row.may_talk, row.talk) == (False, NO_PERMISSION + words)


@pytest.mark.parametrize("given", [9, 0, -1])
@pytest.mark.parametrize("expires", [None, 1, 0, -1])
@pytest.mark.parametrize("withdrawn", [None, 1, 0, -1])
def test_what_is_said_is_what_the_permission_itself_says(
    desk_vault: OpenVault, client: Client, given: int, expires: int | None, withdrawn: int | None
) -> None:
    consent = a_consent(
        client,
        given_on=days_ago(given),
        expires_on=None if expires is None else max(days_ago(expires), days_ago(given)),
        withdrawn_on=None if withdrawn is None else max(days_ago(withdrawn), days_ago(given)),
    )
    keep(desk_vault, consent)
    keep(desk_vault, PersonAround(client_id=client.id, name="Dr Patel", consent_id=consent.id))
    (row,) = people(desk_vault, client)
    assert row.may_talk == is_in_force(consent, TODAY) == row.talk.startswith("We may talk to them: said so")
    assert row.talk.startswith(NO_PERMISSION) != row.may_talk
    because = {
        ConsentState.IN_FORCE: "We may",
        ConsentState.WITHDRAWN: "withdrawn",
        ConsentState.EXPIRED: "ended",
        ConsentState.NOT_YET: "begins",
    }
    assert because[state_on(consent, TODAY)] in row.talk


def test_withdrawn_from_tomorrow_holds_today(desk_vault: OpenVault, client: Client) -> None:
    consent = a_consent(client, withdrawn_on=days_ago(-1), expires_on=TODAY)
    keep(desk_vault, consent, PersonAround(client_id=client.id, name="Ada", consent_id=consent.id))
    assert people(desk_vault, client)[0].may_talk


def test_removing_somebody_withdraws_the_permission_and_undo_brings_both_back(
    desk_vault: OpenVault, client: Client
) -> None:
    person = save(desk_vault, client, permission_on=TODAY)
    consent_id = people(desk_vault, client)[0].consent_id or new_id()
    _, label = do(desk_vault, remove_person, RemovePerson(person_id=person))
    assert label == "Took somebody from the people around MO"
    assert people(desk_vault, client) == ()
    assert found(desk_vault, Consent, consent_id).withdrawn_on == TODAY
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, remove_person, RemovePerson(person_id=person))
    with reading(desk_vault) as session:
        newest = last_unit(session, PERSON)
    assert newest is not None
    with unit_of_work(desk_vault) as work:
        undo(work.session, newest.unit)
    assert people(desk_vault, client)[0].may_talk


def test_a_permission_given_again_holds_on(desk_vault: OpenVault, client: Client) -> None:
    person = save(desk_vault, client)
    old = a_consent(
        client,
        purpose="share_health",
        recipient="Dr Patel, Abbey Practice",
        given_on=days_ago(300),
        expires_on=days_ago(10),
    )
    keep(desk_vault, old)
    with unit_of_work(desk_vault, label="Linked") as work:
        work.session.get_one(PersonAround, person).consent_id = old.id
    assert not people(desk_vault, client)[0].may_talk
    do(desk_vault, renew_consent, RenewConsent(consent_id=old.id, given_on=TODAY))
    assert people(desk_vault, client)[0].may_talk


def test_removing_somebody_without_permission(desk_vault: OpenVault, client: Client) -> None:
    do(desk_vault, remove_person, RemovePerson(person_id=save(desk_vault, client)))
    assert people(desk_vault, client) == ()


def test_who_is_gone_is_refused(desk_vault: OpenVault, client: Client) -> None:
    with pytest.raises(Refusal, match="This person is not there any more"):
        save(desk_vault, client, person_id=new_id())
    with pytest.raises(Refusal, match="This client is not there any more"):
        do(desk_vault, save_person, SavePerson(client_id=new_id(), name="Ada"))
