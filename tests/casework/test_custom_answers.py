"""Answers to questions of our own: of the right sort or one of four non-answers, told in words, kept and let go."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from coachdesk.casework.caseload_lists import ListQuestion, read_list
from coachdesk.casework.custom_answers import (
    AnsweredQuestion,
    SaveCustomAnswers,
    read_custom_answers,
    save_custom_answers,
)
from coachdesk.casework.custom_fields import (
    AddCustomField,
    ChangeCustomField,
    RetireCustomField,
    add_custom_field,
    change_custom_field,
    retire_custom_field,
)
from coachdesk.casework.erasing import EraseClient, erase_client
from coachdesk.casework.history import HistoryQuestion, StoodQuestion, read_as_it_stood, read_history
from coachdesk.casework.holding import (
    DecideRedaction,
    Passage,
    decide_redaction,
    held_texts,
    passages_taken_out,
    what_we_hold,
)
from coachdesk.casework.merging import MergeClients, merge_clients
from coachdesk.casework.rights_requests import ReceiveRequest, receive_request
from coachdesk.casework.separating import UnmergeClients, unmerge_clients
from coachdesk.errors import Refusal
from coachdesk.models import Client, Coach, CustomAnswer, JournalEntry
from coachdesk.models.base import PARAGRAPH, new_id
from coachdesk.terms import Kind, Ref, Role
from coachdesk.vault.caseload_rights import ReasonNeeded
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import undo
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import a_client, a_coach, an_enrolment, ask, do, keep, programme_id
from tests.vault_fixtures import TODAY

CHOICES = ("English", "Polish", "Urdu")


class Asked:
    """A vault with a client and one question of every sort, all asked of everybody."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = vault
        self.client = a_client(first_name="Maya", last_name="Okonkwo", coach_id=vault.coach_id)
        keep(vault, self.client)
        self.text = self.add("What helps you settle?", "text")
        self.choice = self.add("First language", "choice", choices=CHOICES)
        self.choices = self.add("Languages spoken", "choices", choices=CHOICES)
        self.date = self.add("Library card since", "date")
        self.number = self.add("Miles to the hub", "number")
        self.yes_no = self.add("Has a bike", "yes_no", is_breakdown=True)

    def add(self, title: str, sort: str, **more: Any) -> UUID:
        return do(self.vault, add_custom_field, AddCustomField(title=title, sort=sort, **more))[0]

    def save(self, answers: dict[UUID, Any], client: UUID | None = None) -> str:
        wish = SaveCustomAnswers(client_id=client or self.client.id, answers=answers)
        return do(self.vault, save_custom_answers, wish)[1]

    def read(self, client: UUID | None = None) -> dict[UUID, AnsweredQuestion]:
        return {one.field.id: one for one in ask(self.vault, read_custom_answers, client or self.client.id)}

    def records(self, client: UUID | None = None) -> list[CustomAnswer]:
        query = select(CustomAnswer).where(CustomAnswer.client_id == (client or self.client.id))
        with reading(self.vault) as session:
            return list(session.scalars(query.order_by(CustomAnswer.id)))

    def refused(self, field_id: UUID, told: Any, sentence: str) -> None:
        with pytest.raises(Refusal, match="do not fit") as refusal:
            self.save({field_id: told})
        (said,) = refusal.value.fields.values()
        assert sentence in said
        assert not self.records()

    @property
    def every_answer(self) -> dict[UUID, Any]:
        return {
            self.text: " A quiet corner ",
            self.choice: "polish",
            self.choices: ("urdu", "english"),
            self.date: dt.date(2019, 5, 3),
            self.number: Decimal("1250.50"),
            self.yes_no: "yes",
        }


@pytest.fixture
def asked(desk_vault: OpenVault) -> Asked:
    return Asked(desk_vault)


def test_every_sort_is_kept_and_told_back(asked: Asked) -> None:
    assert asked.save(asked.every_answer) == "Changed answers to questions of our own of MO"
    told = {field: (one.told, one.words) for field, one in asked.read().items()}
    assert told == {
        asked.text: ("A quiet corner", "A quiet corner"),
        asked.choice: ("polish", "Polish"),
        asked.choices: (("english", "urdu"), "English, Urdu"),
        asked.date: (dt.date(2019, 5, 3), "3 May 2019"),
        asked.number: (Decimal("1250.5"), "1,250.5"),
        asked.yes_no: ("yes", "Yes"),
    }
    assert [(one.value, one.unstated) for one in asked.records()] == [
        ({"text": "A quiet corner"}, "not_asked"),
        ({"choice": "polish"}, "not_asked"),
        ({"choices": ["english", "urdu"]}, "not_asked"),
        ({"date": "2019-05-03"}, "not_asked"),
        ({"number": 1250.5}, "not_asked"),
        ({"yes_no": "yes"}, "not_asked"),
    ]
    asked.save({asked.number: 7, asked.choice: "not_known", asked.choices: "urdu"})
    assert [one.value for one in asked.records()][1:3] == [{}, {"choices": ["urdu"]}]
    assert asked.read()[asked.number].words == "7"
    assert asked.read()[asked.choice].words == "Not known"


@pytest.mark.parametrize("why", ["not_known", "prefers_not_to_say", "not_applicable"])
def test_every_question_takes_the_same_non_answers(asked: Asked, why: str) -> None:
    asked.save(dict.fromkeys(asked.every_answer, why))
    assert {(one.unstated, bool(one.told)) for one in asked.read().values()} == {(why, False)}
    assert {one.words for one in asked.read().values()} == {why.replace("_", " ").capitalize()}
    asked.save(dict.fromkeys(asked.every_answer, "not_asked"))
    assert {one.words for one in asked.read().values()} == {""}


def test_nothing_is_kept_of_what_was_not_asked(asked: Asked) -> None:
    asked.save({asked.text: "  ", asked.choice: None, asked.choices: (), asked.number: "not_asked"})
    assert asked.records() == []
    asked.save({asked.text: "A bus pass"})
    asked.save({asked.text: ""})
    assert [one.words for one in asked.read().values()] == [""] * 6


def test_an_answer_of_another_sort_is_refused_with_a_sentence(asked: Asked) -> None:
    asked.refused(asked.text, "x" * (PARAGRAPH + 1), "at most 4,000 fit")
    asked.refused(asked.choice, "welsh", "Choose one of: English, Polish, Urdu.")
    asked.refused(asked.choices, ("urdu", "welsh"), "Choose one of")
    asked.refused(asked.date, "yesterday", "not a date")
    asked.refused(asked.number, "many", "not a number")
    asked.refused(asked.number, True, "not a number")
    for number in (Decimal("NaN"), Decimal("0.00001"), Decimal(10) ** 12):
        asked.refused(asked.number, number, "below 1,000,000,000,000 with at most 4 decimals")
    asked.refused(asked.yes_no, "perhaps", "Choose one of: Yes, No.")
    with pytest.raises(Refusal, match="client is not there"):
        asked.save({asked.text: "x"}, new_id())
    with pytest.raises(Refusal, match="not there any more"):
        asked.save({new_id(): "x"})


def test_who_is_asked_what(asked: Asked) -> None:
    with reading(asked.vault) as session:
        programme, other = programme_id(session), programme_id(session, "workwell")
    theirs = asked.add("Of this programme", "text", programme_id=programme)
    not_theirs = asked.add("Of another programme", "text", programme_id=other)
    assert theirs not in asked.read()
    enrolment = an_enrolment(asked.client, programme)
    keep(asked.vault, enrolment)
    assert theirs in asked.read()
    assert not_theirs not in asked.read()
    asked.save({not_theirs: "Said all the same", asked.text: "Kept", asked.date: "not_known"})
    for field in (asked.text, asked.number):
        do(asked.vault, retire_custom_field, RetireCustomField(field_id=field, on=TODAY))
    shown = asked.read()
    assert {field: one.is_asked for field, one in shown.items() if not one.is_asked} == {
        not_theirs: False, asked.text: False,
    }  # fmt: skip
    assert asked.number not in shown, "retired and never answered"
    assert list(shown)[-2:] == [asked.text, not_theirs]


def test_a_retired_answer_may_stay_and_is_given_to_nobody_else(asked: Asked) -> None:
    asked.save({asked.choice: "polish", asked.choices: ("polish", "urdu")})
    for field, title in ((asked.choice, "First language"), (asked.choices, "Languages spoken")):
        sort = "choice" if field == asked.choice else "choices"
        wish = ChangeCustomField(field_id=field, title=title, sort=sort, offered=("english", "urdu"))
        do(asked.vault, change_custom_field, wish)
    asked.save({asked.choice: "polish", asked.choices: ("polish", "english")})
    assert asked.read()[asked.choice].words == "Polish"
    assert asked.read()[asked.choices].words == "English, Polish"
    asked.save({asked.choice: "english"})
    with pytest.raises(Refusal):
        asked.save({asked.choice: "polish"})


def test_a_colleagues_client_is_neither_read_nor_answered_for(asked: Asked) -> None:
    colleague = a_coach()
    theirs = a_client(coach_id=colleague.id)
    keep(asked.vault, colleague, theirs)
    with unit_of_work(asked.vault, by_program=True) as work:
        work.session.get_one(Coach, asked.vault.coach_id).role = Role.COACH
    with pytest.raises(ReasonNeeded):
        asked.read(theirs.id)
    with pytest.raises(ReasonNeeded):
        asked.save({asked.text: "x"}, theirs.id)
    asked.save({asked.text: "My own client"})


def test_history_and_earlier_days_say_the_question_and_the_words(asked: Asked) -> None:
    asked.save({asked.choice: "polish", asked.number: 3})
    asked.save({asked.choice: "urdu", asked.number: "prefers_not_to_say"})
    newest, first, *_ = ask(asked.vault, read_history, HistoryQuestion(client_id=asked.client.id))
    assert sorted(field for change in newest.changes for field in change.fields) == [
        ("First language", "Polish", "Urdu"),
        ("Miles to the hub", "", "Prefers not to say"),
        ("Miles to the hub", "3", ""),
    ]
    assert ("First language", "", "Polish") in [field for change in first.changes for field in change.fields]
    stood = ask(asked.vault, read_as_it_stood, StoodQuestion(client_id=asked.client.id, on=TODAY))
    lines = [(line.label, line.words) for one in stood for line in one.lines]
    assert ("First language", "Urdu") in lines
    assert ("Miles to the hub", "Prefers not to say") in lines


def test_history_of_an_answer_taken_back_still_says_what_it_can(asked: Asked) -> None:
    with unit_of_work(asked.vault) as work:
        wish = SaveCustomAnswers(client_id=asked.client.id, answers={asked.choice: "polish"})
        save_custom_answers(work.session, wish)
    first = work.changes.unit
    with unit_of_work(asked.vault) as work:
        wish = SaveCustomAnswers(client_id=asked.client.id, answers={asked.choice: "urdu"})
        save_custom_answers(work.session, wish)
    second = work.changes.unit
    assert first is not None
    assert second is not None
    do(asked.vault, undo, second)
    assert asked.read()[asked.choice].words == "Polish"
    do(asked.vault, undo, first)
    assert asked.records() == []
    said = ask(asked.vault, read_history, HistoryQuestion(client_id=asked.client.id))
    fields = [field for one in said for change in one.changes for field in change.fields]
    assert ("First language", "", "Polish") in fields
    assert ("First language", "Polish", "") in fields


def test_what_we_hold_tells_the_question_and_words_of_others_can_be_taken_out(asked: Asked) -> None:
    asked.save({asked.text: "My sister Jo helps", asked.choices: ("urdu", "polish"), asked.date: "not_known"})
    sections = ask(asked.vault, what_we_hold, asked.client.id)
    lines = [line[1:] for one in sections for record in one.records for line in record.lines]
    assert ("What helps you settle?", "My sister Jo helps") in lines
    assert ("Languages spoken", "Polish, Urdu") in lines
    assert ("Library card since", "Not known") in lines
    wish = ReceiveRequest(client_id=asked.client.id, kind="access", received_on=TODAY, what_asked="All")
    request = do(asked.vault, receive_request, wish)[0]
    texts = [one for one in ask(asked.vault, held_texts, request) if one.kind is Kind.CUSTOM_ANSWER]
    assert [one.text for one in texts] == ["My sister Jo helps"]
    passage = Passage(
        kind=Kind.CUSTOM_ANSWER, row_id=texts[0].row_id, field_name="value", from_character=3, to_character=12
    )
    decision = DecideRedaction(
        request_id=request, passage=passage, decision="redact", reason="Her sister did not agree"
    )
    do(asked.vault, decide_redaction, decision)
    with reading(asked.vault) as session:
        cut = what_we_hold(session, asked.client.id, passages_taken_out(session, request))
    said = [words for one in cut for record in one.records for _, _, words in record.lines]
    assert not [words for words in said if "sister" in words]
    assert [words for words in said if words.startswith("My ") and words.endswith(" helps")]


def test_an_erasure_takes_what_was_said_and_keeps_the_headings_of_a_return(asked: Asked) -> None:
    asked.save({**asked.every_answer, asked.text: "Zanzibar-Quetzal"})
    do(asked.vault, erase_client, EraseClient(client_id=asked.client.id, reason="Asked by the person"))
    (kept,) = asked.records()
    assert (kept.field_id, kept.value) == (asked.yes_no, {"yes_no": "yes"})
    with reading(asked.vault) as session:
        entries = session.scalars(select(JournalEntry).where(JournalEntry.scope == asked.client.id.hex))
        assert not [one for one in entries if "Zanzibar" in f"{one.before} {one.after} {one.label}"]


def test_joining_two_clients_loses_no_answer_silently(asked: Asked) -> None:
    other = a_client(first_name="Mia", last_name="Okonkwo", coach_id=asked.vault.coach_id)
    keep(asked.vault, other)
    asked.save({asked.text: "A quiet corner", asked.choice: "polish"})
    asked.save({asked.text: "A walk first", asked.number: 4}, other.id)
    wish = MergeClients(keep_id=asked.client.id, other_id=other.id, reason="Registered twice")
    do(asked.vault, merge_clients, wish)
    mine = {one.field_id: one.value for one in asked.records()}
    theirs = {one.field_id: one.value for one in asked.records(other.id)}
    assert mine[asked.text] == {"text": "A quiet corner"}
    assert mine[asked.choice] == {"choice": "polish"}
    everything = [*mine.values(), *theirs.values()]
    assert {"text": "A walk first"} in everything
    assert {"number": 4} in everything
    with reading(asked.vault) as session:
        session.get_one(Client, other.id)
    do(asked.vault, unmerge_clients, UnmergeClients(merged_id=other.id, theirs=frozenset()))
    assert {one.field_id: one.value for one in asked.records(other.id)}[asked.text] == {
        "text": "A walk first"
    }
    assert len(asked.records()) + len(asked.records(other.id)) == 4


def test_answers_are_columns_of_every_list_sorted_and_narrowed(asked: Asked) -> None:
    others = [a_client(coach_id=asked.vault.coach_id) for _ in range(3)]
    keep(asked.vault, *others)
    asked.save(asked.every_answer)
    asked.save({asked.choice: "english", asked.date: dt.date(2018, 1, 1), asked.number: 20}, others[0].id)
    asked.save({asked.choice: "prefers_not_to_say", asked.choices: ("polish",)}, others[1].id)
    do(asked.vault, retire_custom_field, RetireCustomField(field_id=asked.text, on=TODAY))
    keys = [
        f"own:{key}"
        for key in (
            "first_language",
            "languages_spoken",
            "library_card_since",
            "miles_to_the_hub",
            "has_a_bike",
        )
    ]
    question = ListQuestion(today=TODAY, columns=tuple(keys), order="own:miles_to_the_hub")
    shown = ask(asked.vault, read_list, question)
    offered = [one.title for one in shown.offered if one.key.startswith("own:")]
    assert offered == [
        "First language", "Languages spoken", "Library card since", "Miles to the hub", "Has a bike",
    ]  # fmt: skip
    assert [row.id for row in shown.rows][:2] == [others[0].id, asked.client.id]
    said = {row.id: [row.words(key) for key in keys] for row in shown.rows}
    assert said[asked.client.id][:3] == ["Polish", "English, Urdu", "3 May 2019"]
    assert said[asked.client.id][4] == "Yes"
    assert said[others[1].id] == ["Prefers not to say", "Polish", "", "", ""]
    narrowed = ask(asked.vault, read_list, replace(question, only=(("own:first_language", "English"),)))
    assert [row.id for row in narrowed.rows] == [others[0].id]


def test_an_answer_is_a_record_of_the_client(asked: Asked) -> None:
    asked.save({asked.text: "x"})
    (one,) = asked.records()
    assert one.scope() == asked.client.id.hex
    assert Ref(one.KIND, one.id).kind is Kind.CUSTOM_ANSWER
