"""Enrolments: changed, ended, begun again; and permissions and wellbeing answers."""

from typing import Any

import pytest

from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.consents import (
    GiveConsent,
    WithdrawConsent,
    give_consent,
    list_consents,
    withdraw_consent,
)
from coachdesk.casework.enrolments import (
    CloseEnrolment,
    Enrol,
    EnrolmentRow,
    SaveEnrolment,
    close_enrolment,
    enrol,
    list_enrolments,
    save_enrolment,
)
from coachdesk.casework.readings import SaveReading, list_readings, save_reading
from coachdesk.errors import Refusal
from coachdesk.models import Client, Consent, Enrolment, new_id
from coachdesk.vault.opened import OpenVault
from tests.makers import (
    LONG_AGO,
    a_client,
    a_consent,
    an_eligibility,
    an_enrolment,
    ask,
    days_ago,
    do,
    found,
    keep,
    programme_id,
)
from tests.vault_fixtures import PERSON, TODAY


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client()
    keep(desk_vault, made)
    return made


@pytest.fixture
def enrolment(desk_vault: OpenVault, client: Client) -> Enrolment:
    made = an_enrolment(client, ask(desk_vault, lambda s, _: programme_id(s)), coach_id=desk_vault.coach_id)
    keep(
        desk_vault,
        made,
        an_eligibility(made, reason="mental_health"),
        an_eligibility(made, reason="own words"),
    )
    return made


def rows_of(vault: OpenVault, client: Client) -> tuple[EnrolmentRow, ...]:
    return ask(vault, list_enrolments, client.id)


def test_an_enrolment_is_shown_with_its_reasons_in_words(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    (row,) = rows_of(desk_vault, client)
    assert (row.id, row.programme, row.programme_key) == (enrolment.id, "Connect to Work", "connect-to-work")
    assert (row.eligibility, row.coach, row.hub) == (("Mental health", "own words"), PERSON, "")


def test_fields_of_an_enrolment_are_changed(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    wish = SaveEnrolment(enrolment_id=enrolment.id, values={"stage": "profiling", "route": "signed_off"})
    _, label = do(desk_vault, save_enrolment, wish)
    (row,) = rows_of(desk_vault, client)
    assert (row.stage, row.route) == ("profiling", "signed_off")
    assert label == "Changed the enrolment of MO"


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"accepted_on": LONG_AGO.replace(day=1, month=5)}, {"accepted_on"}),
        ({"profile_started_on": LONG_AGO.replace(month=5)}, {"profile_started_on"}),
        ({"exit_on": TODAY}, set()),
        ({"client_id": new_id()}, set()),
    ],
)
def test_dates_in_the_wrong_order_and_other_fields_are_refused(
    desk_vault: OpenVault, enrolment: Enrolment, values: dict[str, Any], fields: set[str]
) -> None:
    with pytest.raises(Refusal) as refused:
        do(desk_vault, save_enrolment, SaveEnrolment(enrolment_id=enrolment.id, values=values))
    assert set(refused.value.fields) == fields
    assert found(desk_vault, Enrolment, enrolment.id).exit_on is None


def test_support_ends_and_may_begin_again(
    desk_vault: OpenVault, client: Client, enrolment: Enrolment
) -> None:
    again = Enrol(client_id=client.id, programme_key="connect-to-work", received_on=TODAY)
    with pytest.raises(Refusal) as refused:
        do(desk_vault, enrol, again)
    assert set(refused.value.fields) == {"programme_key"}
    with pytest.raises(Refusal) as early:
        do(
            desk_vault,
            close_enrolment,
            CloseEnrolment(
                enrolment_id=enrolment.id, exit_on=LONG_AGO.replace(month=5), exit_reason="moved_away"
            ),
        )
    assert set(early.value.fields) == {"exit_on"}
    ending = CloseEnrolment(
        enrolment_id=enrolment.id, exit_on=days_ago(1), exit_reason="moved_away", destination="Leeds"
    )
    _, closed = do(desk_vault, close_enrolment, ending)
    second, label = do(desk_vault, enrol, again)
    assert [row.id for row in rows_of(desk_vault, client)] == [second, enrolment.id]
    assert found(desk_vault, Enrolment, enrolment.id).destination == "Leeds"
    assert (closed, label) == ("Ended support of MO", "Began again with MO on Connect to Work")


@pytest.mark.parametrize(
    ("act", "wish"),
    [
        (save_enrolment, SaveEnrolment(enrolment_id=new_id(), values={})),
        (close_enrolment, CloseEnrolment(enrolment_id=new_id(), exit_on=TODAY, exit_reason="died")),
        (enrol, Enrol(client_id=new_id(), programme_key="connect-to-work")),
        (give_consent, GiveConsent(client_id=new_id(), purpose="record", given_on=TODAY)),
        (withdraw_consent, WithdrawConsent(consent_id=new_id(), withdrawn_on=TODAY)),
        (save_reading, SaveReading(client_id=new_id(), taken_on=TODAY, items={})),
    ],
)
def test_what_is_gone_from_a_case_is_said_plainly(desk_vault: OpenVault, act: Any, wish: Any) -> None:
    with pytest.raises(Refusal, match="not there any more"):
        do(desk_vault, act, wish)


def test_a_permission_is_given_shown_in_words_and_taken_back(desk_vault: OpenVault, client: Client) -> None:
    wish = GiveConsent(
        client_id=client.id,
        purpose="share_employer",
        given_on=days_ago(9),
        how_given="spoken",
        recipient="Bay",
    )
    consent_id, given = do(desk_vault, give_consent, wish)
    keep(desk_vault, a_consent(client, purpose="own words", given_on=None))
    _, withdrawn = do(
        desk_vault, withdraw_consent, WithdrawConsent(consent_id=consent_id, withdrawn_on=TODAY)
    )
    first, second = ask(desk_vault, list_consents, ClientQuestion(client_id=client.id, today=TODAY))
    assert (first.purpose, first.how_given, first.recipient) == ("Talking with an employer", "Spoken", "Bay")
    assert (first.withdrawn_on, second.purpose, second.given_on) == (TODAY, "own words", None)
    assert (given, withdrawn) == ("Recorded a permission of MO", "Recorded a withdrawn permission of MO")


def test_permissions_keep_their_order_in_time(desk_vault: OpenVault, client: Client) -> None:
    with pytest.raises(Refusal) as given:
        do(
            desk_vault,
            give_consent,
            GiveConsent(client_id=client.id, purpose="record", given_on=TODAY, expires_on=days_ago(1)),
        )
    consent, undated = a_consent(client, given_on=TODAY), a_consent(client, given_on=None)
    keep(desk_vault, consent, undated)
    with pytest.raises(Refusal) as withdrawn:
        do(desk_vault, withdraw_consent, WithdrawConsent(consent_id=consent.id, withdrawn_on=days_ago(1)))
    assert (set(given.value.fields), set(withdrawn.value.fields)) == ({"expires_on"}, {"withdrawn_on"})
    do(desk_vault, withdraw_consent, WithdrawConsent(consent_id=undated.id, withdrawn_on=days_ago(1)))
    assert found(desk_vault, Consent, undated.id).withdrawn_on == days_ago(1)


def test_answers_are_kept_as_given_and_never_added_up(desk_vault: OpenVault, client: Client) -> None:
    items: dict[str, int | str] = {"satisfied": 0, "happy": 10, "anxious": "prefers_not_to_say"}
    reading_id, label = do(
        desk_vault, save_reading, SaveReading(client_id=client.id, taken_on=days_ago(3), items=items)
    )
    later, _ = do(desk_vault, save_reading, SaveReading(client_id=client.id, taken_on=TODAY, items={}))
    rows = ask(desk_vault, list_readings, ClientQuestion(client_id=client.id, today=TODAY))
    assert [row.id for row in rows] == [later, reading_id]
    assert dict(rows[1].items) == items
    assert label == "Recorded wellbeing answers of MO"


@pytest.mark.parametrize(
    ("day", "items", "fields"),
    [
        (days_ago(-1), {}, {"taken_on"}),
        (TODAY, {"happy": 11}, {"happy"}),
        (TODAY, {"happy": -1}, {"happy"}),
        (TODAY, {"happy": "quite"}, {"happy"}),
        (TODAY, {"sleepy": 3}, set()),
    ],
)
def test_answers_off_the_scale_or_to_come_are_refused(
    desk_vault: OpenVault, client: Client, day: Any, items: dict[str, int | str], fields: set[str]
) -> None:
    with pytest.raises(Refusal) as refused:
        do(desk_vault, save_reading, SaveReading(client_id=client.id, taken_on=day, items=items))
    assert set(refused.value.fields) == fields
