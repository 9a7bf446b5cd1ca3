"""Whoever answered a question of our own in the words typed is found, with the question said; nobody else's clients."""

from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework.custom_answers import SaveCustomAnswers, save_custom_answers
from coachdesk.casework.custom_fields import AddCustomField, add_custom_field
from coachdesk.casework.erasing import EraseClient, erase_client
from coachdesk.casework.plain_rows import key_of
from coachdesk.casework.putting_away import ArchiveClient, archive_client
from coachdesk.casework.search import FindAnybody, find_anybody
from coachdesk.casework.search_answers import by_answer
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.makers import a_client, a_coach, ask, do, keep

MARKET = "At the Café Ludlow, near the market"


class Answered:
    """Clients who said where they feel at home."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.colleague = a_coach()
        self.mine = a_client(coach_id=vault.coach_id)
        self.other = a_client(coach_id=vault.coach_id)
        self.theirs = a_client(coach_id=self.colleague.id)
        keep(vault, self.colleague, self.mine, self.other, self.theirs)
        self.place = self.add("Where do you feel at home?", "text")
        self.card = self.add("Library card", "number")
        self.travel = self.add("Travel", "choice", choices=("Market bus", "Train"))

    def add(self, title: str, sort: str, **more: Any) -> UUID:
        return do(self.vault, add_custom_field, AddCustomField(title=title, sort=sort, **more))[0]

    def say(self, client: UUID, **answers: Any) -> None:
        told = {getattr(self, name): value for name, value in answers.items()}
        do(self.vault, save_custom_answers, SaveCustomAnswers(client_id=client, answers=told))

    def found(self, *words: str, me: UUID | None = None, most: int = 20) -> list[tuple[set[UUID], str]]:
        with reading(self.vault) as session:
            return [
                ({key_of(one) for one in clients}, why)
                for clients, why in by_answer(session, words, most, me)
            ]


@pytest.fixture
def answered(desk_vault: OpenVault) -> Answered:
    return Answered(desk_vault)


def test_words_and_numbers_are_found_and_the_question_is_said(answered: Answered) -> None:
    answered.say(answered.mine.id, place=MARKET, card=77_123)
    answered.say(answered.other.id, place="By the harbour", travel="market_bus")
    home = "answer to “Where do you feel at home?”"
    assert answered.found("market") == [({answered.mine.id}, home)]
    assert answered.found("cafe", "lud") == [({answered.mine.id}, home)]
    assert answered.found("harbour") == [({answered.other.id}, home)]
    assert answered.found("7712") == [({answered.mine.id}, "answer to “Library card”")]
    assert answered.found("market", "harbour") == []
    assert answered.found("arket") == [], "a word begins as it was typed"
    assert answered.found("at") == []
    assert answered.found() == []


def test_one_question_after_the_other_and_no_more_than_fit(answered: Answered) -> None:
    for client in (answered.mine, answered.other):
        answered.say(client.id, place="Card games in 77 rooms", card=771)
    assert [(len(clients), why) for clients, why in answered.found("771")] == [
        (2, "answer to “Library card”")
    ]
    assert [len(clients) for clients, _ in answered.found("card", most=1)] == [1]


def test_nobody_elses_client_is_found_nor_one_who_is_gone(answered: Answered) -> None:
    everybody = (answered.mine, answered.other, answered.theirs)
    for client in everybody:
        answered.say(client.id, place=MARKET)
    me = answered.vault.coach_id
    assert answered.found("market", me=me)[0][0] == {answered.mine.id, answered.other.id}
    assert answered.found("market")[0][0] == {one.id for one in everybody}
    do(answered.vault, archive_client, ArchiveClient(client_id=answered.other.id))
    do(answered.vault, erase_client, EraseClient(client_id=answered.theirs.id, reason="Asked by the person"))
    assert answered.found("market")[0][0] == {answered.mine.id}


def test_find_anybody_says_which_question_it_was(answered: Answered) -> None:
    answered.say(answered.mine.id, place=MARKET, card=771_234)
    for typed, question in (("ludlow market", "Where do you feel at home?"), ("771234", "Library card")):
        (row,) = ask(answered.vault, find_anybody, FindAnybody(text=typed))
        assert (row.id, row.why) == (answered.mine.id, f"answer to “{question}”")
    assert ask(answered.vault, find_anybody, FindAnybody(text="quayside")) == ()


def test_a_name_goes_before_an_answer(answered: Answered) -> None:
    named = a_client(first_name="Market", last_name="Drayton", coach_id=answered.vault.coach_id)
    keep(answered.vault, named)
    answered.say(answered.mine.id, place=MARKET)
    found = ask(answered.vault, find_anybody, FindAnybody(text="market"))
    assert [row.id for row in found] == [named.id, answered.mine.id]


def test_where_nothing_is_asked_nobody_is_found(desk_vault: OpenVault) -> None:
    with reading(desk_vault) as session:
        assert list(by_answer(session, ["market"], 20, None)) == []
