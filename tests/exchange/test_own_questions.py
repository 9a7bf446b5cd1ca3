"""Questions of our own as columns of a sheet: read by their sort, remarked upon, filled once, taken back whole."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from coachdesk.casework.custom_answers import SaveCustomAnswers, save_custom_answers
from coachdesk.casework.custom_fields import (
    AddCustomField,
    ChangeCustomField,
    RetireCustomField,
    add_custom_field,
    change_custom_field,
    retire_custom_field,
)
from coachdesk.errors import Refusal
from coachdesk.exchange.held import DecideHeld, decide_held, list_held
from coachdesk.exchange.importing import ImportResult, ImportWish, run_import
from coachdesk.exchange.mapping import (
    FieldRow,
    SheetMapping,
    known_as,
    list_fields,
    list_own_questions,
    mapping_of,
    propose,
    taken_as,
)
from coachdesk.exchange.sheets import Sheet, read_sheets
from coachdesk.models import Client, CustomAnswer, CustomField
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.undo import undo
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading
from tests.makers import ask, do, programme_id
from tests.vault_fixtures import TODAY

Write = Callable[[str, str], Path]
LANGUAGES = ("English", "Polish", "Sign language, British")
NONE_OF = "This is none of the answers to “{}”: English, Polish, Sign language, British."
HEAD = "Ref,Surname,Mother tongue,Languages spoken,Helps to settle,Library card since,Miles to the hub,Has a bike\n"


class Sheets:
    """An office that asks a question of every sort, and sheets brought in with what is proposed."""

    def __init__(self, vault: OpenVault, write: Write) -> None:
        self.vault, self.write = vault, write
        self.language = self.add("Mother tongue", "choice", choices=LANGUAGES)
        self.spoken = self.add("Languages spoken", "choices", choices=LANGUAGES)
        self.settle = self.add("Helps to settle?", "text")
        self.card = self.add("Library card since", "date")
        self.miles = self.add("Miles to the hub", "number")
        self.bike = self.add("Has a bike", "yes_no")

    def add(self, title: str, sort: str, **more: Any) -> UUID:
        return do(self.vault, add_custom_field, AddCustomField(title=title, sort=sort, **more))[0]

    def wish(self, name: str, text: str, *, dry_run: bool = False) -> ImportWish:
        questions = ask(self.vault, list_own_questions)
        sheets = read_sheets((self.write(name, text),))
        return ImportWish(
            sheets=sheets,
            mappings=tuple(propose(sheet, (), questions) for sheet in sheets),
            programme_key="connect-to-work",
            today=TODAY,
            dry_run=dry_run,
        )

    def bring_in(self, name: str, rows: str, *, dry_run: bool = False) -> ImportResult:
        return run_import(self.vault, self.wish(name, HEAD + rows, dry_run=dry_run), Watch.silent())

    def answers(self, reference: str) -> dict[UUID, tuple[Any, str]]:
        query = select(CustomAnswer).join(Client, Client.id == CustomAnswer.client_id)
        with reading(self.vault) as session:
            found = session.scalars(query.where(Client.reference == reference))
            return {one.field_id: (one.value, one.unstated) for one in found}


@pytest.fixture
def sheets(office: OpenVault, write: Write) -> Sheets:
    return Sheets(office, write)


def test_a_column_in_the_words_of_a_question_is_proposed_for_it(sheets: Sheets) -> None:
    (mapping,) = sheets.wish("a.csv", HEAD + "C1,Hall,,,,,,\n").mappings
    assert dict(mapping.columns) == {
        "Ref": "clients.reference",
        "Surname": "clients.last_name",
        "Mother tongue": "clients.own_mother_tongue",
        "Languages spoken": "clients.own_languages_spoken",
        "Helps to settle": "clients.own_helps_to_settle",
        "Library card since": "clients.own_library_card_since",
        "Miles to the hub": "clients.own_miles_to_the_hub",
        "Has a bike": "clients.own_has_a_bike",
    }
    questions = ask(sheets.vault, list_own_questions)
    offered = list_fields("clients", questions)
    assert FieldRow(key="clients.own_has_a_bike", title="Has a bike", kind="clients", needed=False) in offered
    assert not [one for one in list_fields("jobs", questions) if ".own_" in one.key]
    sheet = Sheet(
        file="b.csv", sheet="", kind="clients", headings=("Surname", "HAS A BIKE!", "has a bike"), rows=()
    )
    keys = [key for _, key in known_as(sheet, (), questions)[1].columns]
    assert keys == ["clients.last_name", "clients.own_has_a_bike", ""]
    assert taken_as(sheet, "clients", (), questions)[1] == propose(sheet, (), questions)
    assert "own" not in str(taken_as(sheet, "jobs", (), questions)[1].columns)


def test_a_question_in_the_words_of_a_known_heading_leaves_that_heading_alone(sheets: Sheets) -> None:
    sheets.add("Postcode", "text")
    (mapping,) = sheets.wish("a.csv", "Ref,Surname,Postcode\nC1,Hall,LA14 1AA\n").mappings
    assert dict(mapping.columns)["Postcode"] == "clients.postcode"


def test_every_sort_is_read(sheets: Sheets) -> None:
    result = sheets.bring_in(
        "a.csv",
        'C1,Hall,polish,"English; polish",A quiet corner,3 May 2019,"1,250.5",Y\n'
        'C2,Vale,"Sign language, British","Sign language, British",,2019-05-03,7 ,no\n',
    )
    assert result.accounts[0].imported == 2
    assert result.accounts[0].problems == ()
    plain = "not_asked"
    assert sheets.answers("C1") == {
        sheets.language: ({"choice": "polish"}, plain),
        sheets.spoken: ({"choices": ["english", "polish"]}, plain),
        sheets.settle: ({"text": "A quiet corner"}, plain),
        sheets.card: ({"date": "2019-05-03"}, plain),
        sheets.miles: ({"number": 1250.5}, plain),
        sheets.bike: ({"yes_no": "yes"}, plain),
    }
    assert sheets.answers("C2") == {
        sheets.language: ({"choice": "sign_language_british"}, plain),
        sheets.spoken: ({"choices": ["sign_language_british"]}, plain),
        sheets.card: ({"date": "2019-05-03"}, plain),
        sheets.miles: ({"number": 7}, plain),
        sheets.bike: ({"yes_no": "no"}, plain),
    }


def test_non_answers_are_understood_by_the_same_words(sheets: Sheets) -> None:
    result = sheets.bring_in("a.csv", "C1,Hall,unknown,PNTS,n/a,not known,prefer not to say,not asked\n")
    assert result.accounts[0].problems == ()
    assert sheets.answers("C1") == {
        sheets.language: ({}, "not_known"),
        sheets.spoken: ({}, "prefers_not_to_say"),
        sheets.settle: ({}, "not_applicable"),
        sheets.card: ({}, "not_known"),
        sheets.miles: ({}, "prefers_not_to_say"),
    }


def test_what_is_no_answer_is_listed_with_row_column_and_value(sheets: Sheets) -> None:
    result = sheets.bring_in(
        "a.csv",
        'C1,Hall,Klingon,"polish, Elvish",fine,31/2/2020,many,perhaps\nC2,Vale,,Elvish,,,99999999999999,\n',
    )
    (account,) = result.accounts
    assert account.imported == 2, "a question of our own stops nobody from coming in"
    assert [(one.row, one.column, one.value, one.reason) for one in account.problems] == [
        (
            2, "Mother tongue", "Klingon",
            f"{NONE_OF.format('Mother tongue')} It came in as not known.",
        ),
        (
            2, "Languages spoken", "polish, Elvish",
            "“Elvish” is none of the answers to “Languages spoken”, so it was left out.",
        ),
        (
            2, "Library card since", "31/2/2020",
            "There is no day 31 in that month. Check the date and write it like 3 May 2026. It came in as not known.",
        ),
        (2, "Miles to the hub", "many", "This is not a number. Write it like 12 or 12.5. It came in as not known."),
        (2, "Has a bike", "perhaps", "This is neither yes nor no. It came in as not known."),
        (
            3, "Languages spoken", "Elvish",
            f"{NONE_OF.format('Languages spoken')} It came in as not known.",
        ),
        (
            3, "Miles to the hub", "99999999999999",
            "Write a number below 1,000,000,000,000 with at most 4 decimals. It came in as not known.",
        ),
    ]  # fmt: skip
    assert sheets.answers("C1")[sheets.spoken] == ({"choices": ["polish"]}, "not_asked")
    assert sheets.answers("C1")[sheets.bike] == ({}, "not_known")


def test_the_same_sheet_again_adds_nothing_and_one_undo_takes_all(sheets: Sheets) -> None:
    rows = "C1,Hall,polish,,Tea,,,yes\n"
    first = sheets.bring_in("a.csv", rows)
    again = sheets.bring_in("a.csv", rows)
    assert (again.accounts[0].merged, again.accounts[0].imported) == (1, 0)
    assert len(sheets.answers("C1")) == 3
    assert first.unit is not None
    assert again.unit is None, "nothing of it was new"
    do(sheets.vault, undo, first.unit)
    with reading(sheets.vault) as session:
        assert session.scalars(select(CustomAnswer)).all() == []
        assert session.scalars(select(Client)).all() == []


def test_a_dry_run_says_the_same_and_writes_nothing(sheets: Sheets) -> None:
    rows = "C1,Hall,Klingon,,Tea,,,yes\n"
    dry = sheets.bring_in("a.csv", rows, dry_run=True)
    with reading(sheets.vault) as session:
        assert session.scalars(select(CustomAnswer)).all() == []
    assert sheets.bring_in("a.csv", rows).accounts == dry.accounts


def test_of_a_known_client_only_blanks_are_filled(sheets: Sheets) -> None:
    sheets.bring_in("a.csv", "C1,Hall,polish,,,,,pnts\n")
    with reading(sheets.vault) as session:
        client = session.scalars(select(Client.id)).one()
    wish = SaveCustomAnswers(client_id=client, answers={sheets.miles: 3, sheets.settle: "Tea"})
    do(sheets.vault, save_custom_answers, wish)
    do(sheets.vault, save_custom_answers, SaveCustomAnswers(client_id=client, answers={sheets.settle: None}))
    second = sheets.bring_in("b.csv", "C1,Hall,english,english,Coffee,,8,yes\n")
    assert second.preview[0].why == "Filled in: “Languages spoken”, “Helps to settle?”."
    assert sheets.answers("C1") == {
        sheets.language: ({"choice": "polish"}, "not_asked"),
        sheets.spoken: ({"choices": ["english"]}, "not_asked"),
        sheets.settle: ({"text": "Coffee"}, "not_asked"),
        sheets.miles: ({"number": 3}, "not_asked"),
        sheets.bike: ({}, "prefers_not_to_say"),
    }


def test_a_question_of_another_programme_is_refused_with_a_sentence(sheets: Sheets) -> None:
    with reading(sheets.vault) as session:
        other, own = programme_id(session, "workwell"), programme_id(session)
    sheets.add("Theirs", "text", programme_id=other)
    sheets.add("Ours", "text", programme_id=own)
    sheets_wish = sheets.wish("a.csv", "Ref,Surname,Theirs\nC1,Hall,Tea\n")
    with pytest.raises(Refusal, match="“Theirs” is asked on WorkWell, not on the programme of this import"):
        run_import(sheets.vault, sheets_wish, Watch.silent())
    run_import(sheets.vault, sheets.wish("b.csv", "Ref,Surname,Ours\nC1,Hall,Tea\n"), Watch.silent())
    assert [value for value, _ in sheets.answers("C1").values()] == [{"text": "Tea"}]


def test_a_retired_question_is_offered_no_more(sheets: Sheets) -> None:
    do(sheets.vault, retire_custom_field, RetireCustomField(field_id=sheets.bike, on=TODAY))
    wish = sheets.wish("a.csv", HEAD + "C1,Hall,,,,,,yes\n")
    assert dict(wish.mappings[0].columns)["Has a bike"] == ""
    named = mapping_of(
        wish.sheets[0], {"Surname": "clients.last_name", "Has a bike": "clients.own_has_a_bike"}
    )
    with pytest.raises(Refusal, match=r"There is no field “clients\.own_has_a_bike”"):
        run_import(sheets.vault, replace(wish, mappings=(named,)), Watch.silent())
    twice = SheetMapping(
        sheet=named.sheet,
        columns=(("Surname", "clients.last_name"), *(("x", "clients.own_mother_tongue") for _ in range(2))),
    )
    with pytest.raises(Refusal, match="are to fill “Mother tongue”"):
        run_import(sheets.vault, replace(wish, mappings=(twice,)), Watch.silent())


def test_an_old_sheet_may_hold_an_answer_that_is_offered_no_more(sheets: Sheets) -> None:
    sheets.bring_in("a.csv", "C1,Hall,polish,,,,,\n")
    wish = ChangeCustomField(
        field_id=sheets.language,
        title="Mother tongue",
        sort="choice",
        offered=("english", "sign_language_british"),
    )
    do(sheets.vault, change_custom_field, wish)
    assert sheets.bring_in("b.csv", "C2,Vale,polish,,,,,\n").accounts[0].problems == ()
    assert sheets.answers("C2")[sheets.language] == ({"choice": "polish"}, "not_asked")


def test_answers_wait_with_a_held_row_and_go_in_with_it(sheets: Sheets) -> None:
    head = "Ref,First name,Surname,DOB,Has a bike,Helps to settle\n"
    questions = "C1,Emma,Hall,3/5/1985,no,\n"
    run_import(sheets.vault, sheets.wish("a.csv", head + questions), Watch.silent())
    run_import(sheets.vault, sheets.wish("b.csv", head + "C9,Emma,Hall,3/5/1985,yes,Tea\n"), Watch.silent())
    (waiting,) = ask(sheets.vault, list_held)
    with reading(sheets.vault) as session:
        assert len(session.scalars(select(CustomAnswer)).all()) == 1
    do(sheets.vault, retire_custom_field, RetireCustomField(field_id=sheets.settle, on=TODAY))
    do(sheets.vault, decide_held, DecideHeld(id=waiting.id, decision="merge"))
    assert sheets.answers("C1") == {
        sheets.bike: ({"yes_no": "no"}, "not_asked"),
        sheets.settle: ({"text": "Tea"}, "not_asked"),
    }


def test_a_held_row_goes_in_without_a_question_that_was_taken_back(sheets: Sheets) -> None:
    head = "Ref,First name,Surname,DOB,Has a bike\n"
    run_import(sheets.vault, sheets.wish("a.csv", head + "C1,Emma,Hall,3/5/1985,\n"), Watch.silent())
    run_import(sheets.vault, sheets.wish("b.csv", head + "C9,Emma,Hall,3/5/1985,yes\n"), Watch.silent())
    (waiting,) = ask(sheets.vault, list_held)

    def put_away(session: Any, field_id: UUID) -> None:
        session.get_one(CustomField, field_id).archived_at = dt.datetime(2026, 10, 5, tzinfo=dt.UTC)

    do(sheets.vault, put_away, sheets.bike)
    do(sheets.vault, decide_held, DecideHeld(id=waiting.id, decision="new"))
    with reading(sheets.vault) as session:
        assert len(session.scalars(select(Client)).all()) == 2
        assert session.scalars(select(CustomAnswer)).all() == []
