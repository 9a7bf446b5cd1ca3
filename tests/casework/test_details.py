"""Details: every field, changed one by one, with equality answers and snapshots of circumstances."""

import datetime as dt
from typing import Any

import pytest

from coachdesk.casework.client_head import ClientHead, read_client
from coachdesk.casework.clients import ClientQuestion
from coachdesk.casework.details import (
    SaveCircumstances,
    SaveDetails,
    SaveEquality,
    read_details,
    save_circumstances,
    save_details,
    save_equality,
)
from coachdesk.errors import Refusal
from coachdesk.models import Circumstances, Client, new_id
from coachdesk.vault.opened import OpenVault
from tests.makers import (
    a_check_in,
    a_client,
    a_consent,
    a_contact,
    a_goal,
    a_job,
    a_plan,
    an_action,
    an_employer,
    an_enrolment,
    ask,
    circumstances,
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


def head_of(vault: OpenVault, client: Client) -> ClientHead:
    return ask(vault, read_client, ClientQuestion(client_id=client.id, today=TODAY))


def test_nothing_asked_yet_reads_as_not_asked(desk_vault: OpenVault, client: Client) -> None:
    told = ask(desk_vault, read_details, client.id)
    assert told.values["birth"] == "9/4/1990"
    assert set(told.equality.values()) == set(told.circumstances.values()) == {"not_asked"}
    assert (told.circumstances_on, told.enrolments) == (None, ())


def test_changed_fields_are_tidied_and_kept(desk_vault: OpenVault, client: Client) -> None:
    values = {"known_as": " Mo ", "nino": "qq 12 34 56 a", "postcode": "la141aa", "birth": "about 40"}
    saved, label = do(desk_vault, save_details, SaveDetails(client_id=client.id, values=values))
    told = ask(desk_vault, read_details, client.id).values
    assert (told["known_as"], told["nino"], told["postcode"], told["birth"]) == (
        "Mo",
        "QQ123456A",
        "LA14 1AA",
        "about 40",
    )
    assert saved.warnings == ()
    assert label == "Changed details of MO"


def test_a_postcode_that_looks_wrong_is_kept_with_a_word_about_it(
    desk_vault: OpenVault, client: Client
) -> None:
    wish = SaveDetails(client_id=client.id, values={"postcode": "nowhere", "no_fixed_abode": True})
    saved, _ = do(desk_vault, save_details, wish)
    assert saved.warnings == ("The postcode does not look like one; it was kept as typed.",)
    assert head_of(desk_vault, client).postcode == "No fixed abode"


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"birth": "31/2/1990"}, {"birth"}),
        ({"nino": "AB"}, {"nino"}),
        ({"first_name": " ", "last_name": "", "known_as": ""}, {"first_name"}),
        ({"reference": "C-9"}, set()),
    ],
)
def test_details_that_cannot_be_are_refused_and_nothing_is_written(
    desk_vault: OpenVault, client: Client, values: dict[str, Any], fields: set[str]
) -> None:
    before = ask(desk_vault, read_details, client.id)
    with pytest.raises(Refusal) as refused:
        do(desk_vault, save_details, SaveDetails(client_id=client.id, values=values))
    assert set(refused.value.fields) == fields
    assert ask(desk_vault, read_details, client.id) == before


def test_equality_answers_are_kept_with_the_day_and_may_be_taken_back(
    desk_vault: OpenVault, client: Client
) -> None:
    do(
        desk_vault,
        save_equality,
        SaveEquality(client_id=client.id, answers={"sex": "female", "carer": "yes"}),
    )
    _, label = do(desk_vault, save_equality, SaveEquality(client_id=client.id, answers={"carer": ""}))
    told = ask(desk_vault, read_details, client.id).equality
    assert (told["sex"], told["carer"]) == ("female", "not_asked")
    assert label == "Changed equality answers of MO"


def test_a_new_snapshot_carries_over_what_was_not_asked_again(desk_vault: OpenVault, client: Client) -> None:
    first = SaveCircumstances(
        client_id=client.id, as_on=days_ago(90), answers={"housing": "owner", "caring": "yes"}
    )
    do(desk_vault, save_circumstances, first)
    _, label = do(
        desk_vault,
        save_circumstances,
        SaveCircumstances(client_id=client.id, as_on=TODAY, answers={"caring": ""}),
    )
    told = ask(desk_vault, read_details, client.id)
    assert (told.circumstances["housing"], told.circumstances["caring"]) == ("owner", "not_asked")
    assert told.circumstances_on == TODAY
    assert label == "Recorded circumstances of MO"


def test_a_new_snapshot_keeps_what_only_another_form_asks(desk_vault: OpenVault, client: Client) -> None:
    before = circumstances(
        client,
        benefits=["Universal Credit"],
        work_restrictions="No lifting",
        months_since_work=7,
        unstated={"benefits": "not_known", "months_since_work": "not_asked"},
    )
    keep(desk_vault, before)
    wish = SaveCircumstances(client_id=client.id, as_on=TODAY, answers={"caring": "yes"})
    snapshot_id, _ = do(desk_vault, save_circumstances, wish)
    kept = found(desk_vault, Circumstances, snapshot_id)
    assert (kept.benefits, kept.work_restrictions) == (["Universal Credit"], "No lifting")
    assert kept.unstated == {"benefits": "not_known"}
    assert kept.months_since_work is None


def test_questions_that_are_not_asked_here_are_refused(desk_vault: OpenVault, client: Client) -> None:
    with pytest.raises(Refusal, match="not equality questions: shoe_size"):
        do(desk_vault, save_equality, SaveEquality(client_id=client.id, answers={"shoe_size": "7"}))
    with pytest.raises(Refusal, match="not part of the circumstances: shoe_size"):
        do(
            desk_vault,
            save_circumstances,
            SaveCircumstances(client_id=client.id, as_on=TODAY, answers={"shoe_size": "7"}),
        )


def test_a_client_who_is_gone_has_neither_details_nor_a_page(desk_vault: OpenVault) -> None:
    with pytest.raises(Refusal, match="not there any more"):
        ask(desk_vault, read_details, new_id())
    with pytest.raises(Refusal, match="not there any more"):
        ask(desk_vault, read_client, ClientQuestion(client_id=new_id(), today=TODAY))


def test_an_enquiry_shows_little_and_invents_nothing(desk_vault: OpenVault, client: Client) -> None:
    head = head_of(desk_vault, client)
    assert (head.name, head.full_name, head.stage, head.tone) == (
        "Maya Okonkwo",
        "Maya Okonkwo",
        "Enquiry",
        "info",
    )
    assert (head.goal_words, head.consent_words, head.last_contact_words, head.next_due_words) == ("",) * 4
    assert (head.safe_contact, head.coach, head.hub, head.is_closed) == ((), "", "", False)


def test_the_head_says_what_one_looks_for_first(desk_vault: OpenVault) -> None:
    client = a_client(
        may_call="no",
        may_text="yes",
        may_post="not_asked",
        safe_contact_note="After six",
        coach_id=desk_vault.coach_id,
    )
    plan, employer = a_plan(client), an_employer()
    keep(
        desk_vault,
        client,
        an_enrolment(client, ask(desk_vault, lambda s, _: programme_id(s))),
        plan,
        a_goal(plan, own_words="w" * 90, position=1),
        a_goal(plan, own_words="Reached", achieved_on=TODAY),
        employer,
        a_job(client, employer),
        an_action(client, due_on=days_ago(2)),
        a_contact(client, happened_on=days_ago(1), channel="video"),
        a_consent(client, expires_on=dt.date(2027, 6, 1)),
    )
    head = head_of(desk_vault, client)
    assert head.safe_contact == ("Do not call", "Texts are fine", "After six")
    assert (head.stage, head.tone, head.coach) == ("In work · week 3", "ok", PERSON)
    assert (head.next_due_words, head.last_contact_words) == ("6 days late", "yesterday, video call"), (
        "the check-in of week 2"
    )
    assert head.goal_words == "w" * 79 + "…"
    assert head.consent_words == "Given 1 Jun 2026, to Jun 2027"
    assert len(head.enrolments) == 1


def test_the_head_of_somebody_in_work_names_the_next_check_in(desk_vault: OpenVault, client: Client) -> None:
    employer = an_employer()
    job = a_job(client, employer, started_on=days_ago(14))
    keep(desk_vault, employer, job)
    assert head_of(desk_vault, client).next_due_on is None, "no programme, no rhythm"
    keep(desk_vault, an_enrolment(client, ask(desk_vault, lambda s, _: programme_id(s))))
    assert head_of(desk_vault, client).next_due_on == TODAY, "two weeks after the start"
    keep(desk_vault, a_check_in(job, due_on=TODAY, done_on=TODAY))
    assert head_of(desk_vault, client).next_due_on == days_ago(-7)
    keep(desk_vault, an_action(client, due_on=days_ago(-3)))
    assert head_of(desk_vault, client).next_due_on == days_ago(-3), "whatever comes first"


def test_when_support_has_ended_nothing_is_due(desk_vault: OpenVault, client: Client) -> None:
    ended = an_enrolment(client, ask(desk_vault, lambda s, _: programme_id(s)), exit_on=days_ago(3))
    keep(
        desk_vault,
        ended,
        an_action(client, due_on=days_ago(2)),
        a_contact(client, channel="not_asked", next_on=TODAY),
    )
    head = head_of(desk_vault, client)
    assert (head.stage, head.tone, head.is_closed, head.next_due_on) == (
        "Support has ended",
        "neutral",
        True,
        None,
    )
    assert head.last_contact_words == "7 days ago"


@pytest.mark.parametrize(
    ("permissions", "words"),
    [
        ([{"given_on": None}], ""),
        ([{"withdrawn_on": TODAY}], ""),
        ([{"given_on": dt.date(2026, 2, 1)}], "Given 1 Feb 2026"),
        ([{"given_on": dt.date(2024, 2, 1), "expires_on": dt.date(2025, 2, 1)}], "Ended 1 Feb 2025"),
        ([{"expires_on": TODAY}], "Given 1 Jun 2026, to Oct 2026"),
        (
            [
                {"given_on": dt.date(2024, 2, 1), "expires_on": dt.date(2025, 2, 1)},
                {"given_on": dt.date(2026, 2, 1)},
            ],
            "Given 1 Feb 2026",
        ),
    ],
)
def test_the_permission_in_force_is_named(
    desk_vault: OpenVault, client: Client, permissions: list[dict[str, Any]], words: str
) -> None:
    keep(desk_vault, *(a_consent(client, **values) for values in permissions))
    assert head_of(desk_vault, client).consent_words == words
