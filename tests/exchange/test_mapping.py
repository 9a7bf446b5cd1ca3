"""A mapping is proposed, changed and kept."""

from pathlib import Path
from uuid import UUID

import pytest

from coachdesk.errors import Refusal
from coachdesk.exchange.mapping import (
    FIELDS,
    SavedMapping,
    SaveMapping,
    SheetMapping,
    check_mapping,
    known_as,
    list_fields,
    list_saved_mappings,
    mapping_of,
    propose,
    save_mapping,
    sheet_name,
    taken_as,
)
from coachdesk.exchange.sheets import Sheet, SheetRow
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work


def sheet_of(*headings: str, kind: str = "clients", sheet: str = "") -> Sheet:
    rows = (SheetRow(number=2, cells=tuple("x" for _ in headings)),)
    return Sheet(file="c.csv", sheet=sheet, kind=kind, headings=headings, rows=rows)


def test_what_the_headings_say_is_proposed() -> None:
    found = propose(sheet_of("Ref", "Surname", "Shoe size"))
    assert found.columns == (
        ("Ref", "clients.reference"),
        ("Surname", "clients.last_name"),
        ("Shoe size", ""),
    )
    assert found.kind == "clients"


def test_a_sheet_nobody_knows_is_proposed_without_fields() -> None:
    found = propose(sheet_of("Fruit", kind=""))
    assert found.columns == (("Fruit", ""),)
    assert found.kind == ""


def test_a_kept_mapping_goes_before_the_synonyms(vault: OpenVault) -> None:
    wish = SaveMapping(
        name=" Our  sheet ",
        sheet_kind="clients",
        headings=("No", "Who"),
        columns={"Who": "clients.full_name"},
    )
    with unit_of_work(vault, label="Keep a mapping") as work:
        first = save_mapping(work.session, wish)
    with unit_of_work(vault, label="Keep it again") as work:
        assert save_mapping(work.session, wish) == first
    with reading(vault) as session:
        (kept,) = list_saved_mappings(session, None)
    assert kept.name == "Our sheet"
    assert propose(sheet_of("who", "no", kind=""), (kept,)).columns == (
        ("who", "clients.full_name"),
        ("no", ""),
    )
    assert propose(sheet_of("Ref", "Surname"), (kept,)).columns[0] == ("Ref", "clients.reference")


KEPT = SavedMapping(
    id=UUID(int=1),
    name="Ours",
    sheet_kind="contacts",
    headings=("Who", "When"),
    columns={"When": "contacts.happened_on"},
)


def test_a_sheet_is_of_the_kind_its_kept_mapping_is_for() -> None:
    sheet, mapping = known_as(sheet_of("Who", "When", kind=""), (KEPT,))
    assert (sheet.kind, mapping.kind) == ("contacts", "contacts")
    assert known_as(sheet_of("Fruit", kind=""))[0].kind == ""
    assert known_as(sheet_of("Ref", "Surname"))[0].kind == "clients"


def test_a_person_says_what_a_sheet_holds() -> None:
    unknown = sheet_of("Who", "When", "Mins", kind="")
    sheet, mapping = taken_as(unknown, "contacts")
    assert sheet.kind == "contacts"
    assert mapping.columns[2] == ("Mins", "contacts.minutes")
    with pytest.raises(Refusal, match="clients, contacts or jobs"):
        taken_as(unknown, "fruit")


def test_a_kept_mapping_of_another_kind_is_not_taken() -> None:
    unknown = sheet_of("Who", "When", kind="")
    assert taken_as(unknown, "contacts", (KEPT,))[1].columns[1] == ("When", "contacts.happened_on")
    assert taken_as(unknown, "jobs", (KEPT,))[1].kind in {"", "jobs"}


def test_a_sheet_can_be_left_out() -> None:
    sheet, mapping = taken_as(sheet_of("Ref", "Surname"), "")
    assert (sheet.kind, mapping.kind) == ("", "")
    assert mapping.columns == (("Ref", ""), ("Surname", ""))


def test_headings_that_differ_in_a_sign_stay_apart() -> None:
    found = mapping_of(sheet_of("Date", "Date?"), {"Date": "", "Date?": "clients.town"})
    assert found.columns == (("Date", ""), ("Date?", "clients.town"))


def test_a_mapping_without_a_name_is_refused(vault: OpenVault) -> None:
    with unit_of_work(vault, label="Keep a mapping") as work, pytest.raises(Refusal) as refused:
        save_mapping(work.session, SaveMapping(name=" ", sheet_kind="jobs", headings=(), columns={}))
    assert "name" in refused.value.fields


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        ((("A", "clients.wings"),), "There is no field “clients.wings”"),
        ((("A", "clients.town"), ("B", "clients.town")), "Two columns of “c.csv” are to fill “Town”"),
        ((("A", "clients.town"), ("B", "jobs.title")), "different kinds of sheet"),
        ((("A", "contacts.reference"),), "has no column for “Date”"),
        ((("A", "clients.town"),), "has no column for a name"),
    ],
)
def test_a_mapping_that_cannot_work_is_refused(columns: tuple[tuple[str, str], ...], sentence: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_mapping(SheetMapping(sheet="c.csv", columns=columns))
    assert sentence in refused.value.message


def test_a_mapping_can_be_made_from_a_file_of_pairs() -> None:
    sheet = sheet_of("Ref", "Nom", sheet="Page")
    found = mapping_of(sheet, {"nom": "clients.last_name"})
    assert found.columns == (("Ref", ""), ("Nom", "clients.last_name"))
    assert found.sheet == sheet_name(sheet) == "c.csv / Page"
    check_mapping(found)


def test_the_fields_offered_belong_to_their_kind() -> None:
    assert {field.kind for field in FIELDS} == {"clients", "contacts", "jobs"}
    assert list_fields("jobs")[1].title == "Employer"
    assert [field.key for field in list_fields("contacts") if field.needed] == [
        "contacts.reference",
        "contacts.happened_on",
    ]


def test_paths_are_not_part_of_the_name() -> None:
    assert Path(sheet_name(sheet_of("Ref"))).name == "c.csv"
