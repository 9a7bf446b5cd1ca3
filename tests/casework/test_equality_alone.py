"""Equality questions for a client alone: every list as the charity has it, and nothing of what was said before."""

import pytest
from sqlalchemy import select

from coachdesk.casework.details import EQUALITY, read_details
from coachdesk.casework.equality_alone import (
    METHOD,
    PREFER_NOT,
    AloneSitting,
    AnswerAlone,
    answer_alone,
    read_alone_sitting,
)
from coachdesk.errors import Refusal
from coachdesk.models import Client, Code, Equality, new_id
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.makers import a_client, an_equality, ask, days_ago, do, found, keep
from tests.vault_fixtures import ORGANISATION, TODAY


@pytest.fixture
def client(desk_vault: OpenVault) -> Client:
    made = a_client(known_as="Mimi")
    keep(desk_vault, made)
    return made


def sitting(vault: OpenVault, client: Client) -> AloneSitting:
    return ask(vault, read_alone_sitting, client.id)


def test_each_question_is_a_sentence_with_answers_and_the_wish_not_to_say(
    desk_vault: OpenVault, client: Client
) -> None:
    told = sitting(desk_vault, client)
    assert (told.called, told.organisation, told.client_id) == ("Mimi", ORGANISATION, client.id)
    names = [one.name for one in told.questions]
    assert set(names) <= set(EQUALITY)
    assert names[:3] == ["ethnic_group", "long_condition", "activity_restriction"]
    for one in told.questions:
        assert one.question.endswith("?")
        assert len(one.choices) >= 3
        assert (one.choices[-1].key, one.choices[-1].words) == ("prefers_not_to_say", PREFER_NOT)
        assert not {"not_asked", "not_known", "not_applicable"} & {choice.key for choice in one.choices}


def test_answers_stand_under_their_headings_and_a_second_question_waits_for_the_first(
    desk_vault: OpenVault, client: Client
) -> None:
    questions = {one.name: one for one in sitting(desk_vault, client).questions}
    roma = next(one for one in questions["ethnic_group"].choices if one.key == "white_roma")
    assert roma.group == "White"
    assert questions["ethnic_group"].choices[-1].group == ""
    assert questions["activity_restriction"].only_after == {"long_condition": "yes"}
    assert questions["sex"].only_after == {}


def test_a_list_the_charity_has_not_written_is_left_out_until_it_has(
    desk_vault: OpenVault, client: Client
) -> None:
    assert "religion" not in [one.name for one in sitting(desk_vault, client).questions]
    common = {"list_name": "religion", "list_version": "2026-11"}
    keep(desk_vault, *(Code(**common, key=key, title=key.title(), position=9) for key in ("jedi", "none")))
    religion = next(one for one in sitting(desk_vault, client).questions if one.name == "religion")
    assert [choice.key for choice in religion.choices] == ["described", "jedi", "none", "prefers_not_to_say"]


def test_a_retired_answer_is_offered_no_more(desk_vault: OpenVault, client: Client) -> None:
    with unit_of_work(desk_vault, label="Retired") as work:
        code = work.session.scalars(select(Code).where(Code.list_name == "marital_status")).first()
        assert code is not None
        code.valid_to = days_ago(1)
        key = code.key
    marital = next(one for one in sitting(desk_vault, client).questions if one.name == "marital_status")
    assert key not in [choice.key for choice in marital.choices]


def test_answers_are_saved_as_given_with_the_day_and_the_way(desk_vault: OpenVault, client: Client) -> None:
    before = an_equality(client, sex="female", carer="no", collected_on=days_ago(300))
    keep(desk_vault, before)
    wish = AnswerAlone(client_id=client.id, answers={"carer": "yes", "sex": "prefers_not_to_say"})
    _, label = do(desk_vault, answer_alone, wish)
    told = ask(desk_vault, read_details, client.id).equality
    assert (told["carer"], told["sex"], told["ethnic_group"]) == (
        "yes",
        "prefers_not_to_say",
        before.ethnic_group,
    )
    kept = found(desk_vault, Equality, before.id)
    assert (kept.collected_on, kept.method) == (TODAY, METHOD)
    assert label == "MO answered equality questions alone"


def test_who_is_gone_and_what_is_not_asked_are_refused(desk_vault: OpenVault, client: Client) -> None:
    with pytest.raises(Refusal, match="not there any more"):
        ask(desk_vault, read_alone_sitting, new_id())
    with pytest.raises(Refusal, match="not equality questions"):
        do(desk_vault, answer_alone, AnswerAlone(client_id=client.id, answers={"shoe_size": "7"}))
