"""Questions of our own: defined and changed by managers; what was answered keeps its meaning for ever."""

from typing import Any
from uuid import UUID

import pytest

from coachdesk.casework.custom_answers import SaveCustomAnswers, save_custom_answers
from coachdesk.casework.custom_fields import (
    AddCustomField,
    ChangeCustomField,
    CustomFieldRow,
    MoveCustomField,
    RetireCustomField,
    add_custom_field,
    change_custom_field,
    custom_fields,
    list_custom_fields,
    move_custom_field,
    retire_custom_field,
)
from coachdesk.errors import Refusal
from coachdesk.models import Coach, CustomField
from coachdesk.models.base import LINE, PARAGRAPH, new_id
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import a_client, ask, do, found, keep, programme_id
from tests.vault_fixtures import TODAY

TRAVEL = ("On foot", "By bus", "By car")


def add(vault: OpenVault, title: str, sort: str = "text", **more: Any) -> UUID:
    return do(vault, add_custom_field, AddCustomField(title=title, sort=sort, **more))[0]


def row(vault: OpenVault, field_id: UUID) -> CustomFieldRow:
    return next(one for one in ask(vault, list_custom_fields) if one.id == field_id)


def change(vault: OpenVault, field_id: UUID, **changed: Any) -> None:
    now = row(vault, field_id)
    told = {"title": now.title, "sort": str(now.sort), "help": now.help, "is_breakdown": now.is_breakdown}
    do(vault, change_custom_field, ChangeCustomField(field_id=field_id, **{**told, **changed}))


def refused(act: Any, sentence: str, *fields: str) -> None:
    with pytest.raises(Refusal, match=sentence) as refusal:
        act()
    assert set(fields) <= set(refusal.value.fields)


def test_a_question_is_added_behind_the_others_with_a_key_of_its_own(desk_vault: OpenVault) -> None:
    with reading(desk_vault) as session:
        programme = programme_id(session)
    first = add(desk_vault, "  How do you   get about? ", "choice", choices=("On foot", " ", "By bus"))
    second = add(
        desk_vault, "¿?: 日 Ł", "yes_no", help=" Ask it early. ", programme_id=programme, is_breakdown=True,
        source_note="Board of May",
    )  # fmt: skip
    one, other = ask(desk_vault, list_custom_fields)
    assert (one.id, one.key, one.title, one.position) == (
        first, "how_do_you_get_about", "How do you get about?", 1,
    )  # fmt: skip
    assert [(choice.key, choice.title) for choice in one.choices] == [
        ("on_foot", "On foot"),
        ("by_bus", "By bus"),
    ]
    assert (other.id, other.key, other.help, other.programme) == (
        second, "l", "Ask it early.", "Connect to Work",
    )  # fmt: skip
    assert other.titles == {"yes": "Yes", "no": "No"}
    assert [one.title for one in other.offered] == ["Yes", "No"]
    assert (other.position, other.is_breakdown, other.is_answered) == (2, True, False)
    assert found(desk_vault, CustomField, second).source_note == "Board of May"


def test_keys_are_never_twice_and_never_too_long(desk_vault: OpenVault) -> None:
    long = "a word " * 20
    for number in ("one", "two", "three"):
        add(desk_vault, f"{long}{number}")
    add(desk_vault, "日本")
    keys = [one.key for one in ask(desk_vault, list_custom_fields)]
    assert len(set(keys)) == 4
    assert max(map(len, keys)) <= 40
    assert keys[-1] == "question"


def test_what_cannot_be_a_question_is_refused(desk_vault: OpenVault) -> None:
    add(desk_vault, "Shoe size", "number")
    refused(lambda: add(desk_vault, " ? "), "needs words", "title")
    refused(lambda: add(desk_vault, "x" * (LINE + 1)), "at most 200", "title")
    refused(lambda: add(desk_vault, "shoe  SIZE"), "“Shoe size” already", "title")
    refused(lambda: add(desk_vault, "Sort", "colour"), "what sort", "sort")
    refused(lambda: add(desk_vault, "Help", help="x" * (PARAGRAPH + 1)), "explanation is too long", "help")
    refused(lambda: add(desk_vault, "Where", programme_id=new_id()), "programme is not there", "programme_id")
    refused(lambda: add(desk_vault, "Colour", choices=("Red", "Blue")), "go with a choice", "choices")
    for sort in ("text", "date", "number"):
        refused(lambda sort=sort: add(desk_vault, sort, sort, is_breakdown=True), "broken down by a choice")
    assert [one.title for one in ask(desk_vault, list_custom_fields)] == ["Shoe size"]


@pytest.mark.parametrize(
    ("choices", "sentence"),
    [
        ((), "needs 2 to 40 answers; here are 0"),
        (("Bus",), "here are 1"),
        (tuple(f"Way {number}" for number in range(41)), "here are 41"),
        (("Bus", "bus"), "“bus” is there twice"),
        (("Bus", "Not stated"), "stands in every list"),
        (("Total", "Bus"), "stands in every list"),
        (("Bus", "prefers not to SAY"), "stands in every list"),
    ],
)
@pytest.mark.parametrize("sort", ["choice", "choices"])
def test_answers_must_be_told_apart(
    desk_vault: OpenVault, sort: str, choices: tuple[str, ...], sentence: str
) -> None:
    refused(lambda: add(desk_vault, "Travel", sort, choices=choices), sentence, "choices")
    assert ask(desk_vault, list_custom_fields) == ()


def test_words_change_and_keys_stay(desk_vault: OpenVault) -> None:
    field = add(desk_vault, "Travel", "choice", choices=TRAVEL)
    change(desk_vault, field, title="How you travel", choices={"by_car": "By  car or van"}, more=("By bus!",))
    now = row(desk_vault, field)
    assert (now.key, now.title) == ("travel", "How you travel")
    assert now.titles == {
        "on_foot": "On foot", "by_bus": "By bus", "by_car": "By car or van", "by_bus_2": "By bus!",
    }  # fmt: skip
    refused(lambda: change(desk_vault, field, choices={"by_bus": " "}), "“By bus” needs words", "choices")
    refused(lambda: change(desk_vault, field, choices={"by_bus": "on foot"}), "is there twice", "choices")
    nothing = ChangeCustomField(field_id=new_id(), title="X", sort="text")
    refused(lambda: do(desk_vault, change_custom_field, nothing), "not there any more")


def test_an_answer_goes_while_nobody_has_answered_and_is_retired_from_then_on(desk_vault: OpenVault) -> None:
    client = a_client(coach_id=desk_vault.coach_id)
    keep(desk_vault, client)
    field = add(desk_vault, "Travel", "choice", choices=TRAVEL)
    several = add(desk_vault, "Tongues", "choices", choices=("English", "Polish", "Urdu"))
    change(desk_vault, several, offered=("english", "polish"))
    change(desk_vault, several, more=("Urdu",))
    assert [one.key for one in row(desk_vault, several).choices] == ["english", "polish", "urdu"]
    change(desk_vault, field, offered=("on_foot", "by_bus"))
    assert [one.key for one in row(desk_vault, field).choices] == ["on_foot", "by_bus"]
    answers = {field: "by_bus", several: ("polish",)}
    do(desk_vault, save_custom_answers, SaveCustomAnswers(client_id=client.id, answers=answers))
    refused(lambda: change(desk_vault, field, offered=("on_foot",)), "here are 1", "choices")
    change(desk_vault, field, offered=("on_foot",), more=("By train",))
    change(desk_vault, several, offered=("english", "urdu"))
    assert [(one.key, one.retired) for one in row(desk_vault, field).choices] == [
        ("on_foot", False), ("by_bus", True), ("by_train", False),
    ]  # fmt: skip
    assert [one.key for one in row(desk_vault, field).offered] == ["on_foot", "by_train"]
    assert [one.key for one in row(desk_vault, several).offered] == ["english", "urdu"]
    change(desk_vault, field, title="Travelling")
    assert [one.retired for one in row(desk_vault, field).choices] == [False, True, False]
    change(desk_vault, field, offered=("on_foot", "by_bus", "by_train"))
    assert not any(one.retired for one in row(desk_vault, field).choices)


def test_the_sort_stays_once_somebody_has_answered(desk_vault: OpenVault) -> None:
    client = a_client(coach_id=desk_vault.coach_id)
    keep(desk_vault, client)
    field = add(desk_vault, "Travel", "choice", choices=TRAVEL)
    change(desk_vault, field, sort="text")
    assert (row(desk_vault, field).sort, row(desk_vault, field).choices) == ("text", ())
    do(desk_vault, save_custom_answers, SaveCustomAnswers(client_id=client.id, answers={field: "Bus"}))
    assert row(desk_vault, field).is_answered
    refused(lambda: change(desk_vault, field, sort="yes_no"), "its sort stays", "sort")
    refused(lambda: change(desk_vault, field, is_breakdown=True), "broken down by a choice", "is_breakdown")


def test_retired_questions_come_last_and_are_asked_no_more(desk_vault: OpenVault) -> None:
    with reading(desk_vault) as session:
        programme = programme_id(session)
        other = programme_id(session, "workwell")
    first = add(desk_vault, "First")
    second = add(desk_vault, "Second", programme_id=programme)
    third = add(desk_vault, "Third", programme_id=other)
    do(desk_vault, retire_custom_field, RetireCustomField(field_id=first, on=TODAY))
    assert [one.id for one in ask(desk_vault, list_custom_fields)] == [second, third, first]
    assert [one.id for one in ask(desk_vault, custom_fields)] == [second, third]
    assert [one.id for one in ask(desk_vault, custom_fields, programme)] == [second]
    do(desk_vault, retire_custom_field, RetireCustomField(field_id=first, on=None))
    assert [one.id for one in ask(desk_vault, custom_fields, programme)] == [first, second]


def test_questions_change_places(desk_vault: OpenVault) -> None:
    first, second, third = (add(desk_vault, title) for title in ("First", "Second", "Third"))

    def order() -> list[UUID]:
        return [one.id for one in ask(desk_vault, custom_fields)]

    do(desk_vault, move_custom_field, MoveCustomField(field_id=third, up=True))
    assert order() == [first, third, second]
    do(desk_vault, move_custom_field, MoveCustomField(field_id=first, up=True))
    do(desk_vault, move_custom_field, MoveCustomField(field_id=second, up=False))
    assert order() == [first, third, second]
    do(desk_vault, move_custom_field, MoveCustomField(field_id=first, up=False))
    assert order() == [third, first, second]
    do(desk_vault, retire_custom_field, RetireCustomField(field_id=first, on=TODAY))
    refused(
        lambda: do(desk_vault, move_custom_field, MoveCustomField(field_id=first, up=True)),
        "Take it up again",
    )
    refused(
        lambda: do(desk_vault, move_custom_field, MoveCustomField(field_id=new_id(), up=True)), "not there"
    )


def test_only_a_manager_defines_questions(desk_vault: OpenVault) -> None:
    field = add(desk_vault, "Shoe size", "number")
    with unit_of_work(desk_vault, by_program=True) as work:
        work.session.get_one(Coach, desk_vault.coach_id).role = Role.COACH
    wishes: list[tuple[Any, Any]] = [
        (add_custom_field, AddCustomField(title="More", sort="text")),
        (change_custom_field, ChangeCustomField(field_id=field, title="More", sort="number")),
        (retire_custom_field, RetireCustomField(field_id=field, on=TODAY)),
        (move_custom_field, MoveCustomField(field_id=field, up=True)),
    ]
    for command, wish in wishes:
        refused(lambda command=command, wish=wish: do(desk_vault, command, wish), "Only a manager")
    assert [one.title for one in ask(desk_vault, list_custom_fields)] == ["Shoe size"]
