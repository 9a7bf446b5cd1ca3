"""Headings are recognised as people write them, and never two columns for one field."""

import pytest

from coachdesk.exchange.fields import all_fields
from coachdesk.exchange.headings import (
    KINDS,
    best_kind,
    field_of,
    fields_of,
    fold,
    heading_table,
    known_headings,
    looks_like_data,
)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Ref", "reference"),
        ("SURNAME", "last_name"),
        ("d.o.b.", "birth"),
        ("Key worker", "coach"),
        ("Keyworkers", "coach"),
        ("Ethnicty", "ethnic_group"),
        ("Disability or health condition?", "long_condition"),
        ("Shoe size", ""),
        ("Sox", ""),
    ],
)
def test_headings_of_clients(heading: str, field: str) -> None:
    assert field_of("clients", heading) == field


def test_an_exact_heading_goes_before_one_that_is_alike() -> None:
    assert fields_of("clients", ("Surnames", "Surname")) == ("", "last_name")
    assert fields_of("clients", ("Surname", "Family name")) == ("last_name", "")


def test_the_kind_of_a_sheet_is_told_by_what_it_must_have() -> None:
    assert best_kind(("Ref", "Surname", "DOB")) == "clients"
    assert best_kind(("Ref", "Date", "Notes")) == "contacts"
    assert best_kind(("Ref", "Employer", "Start date", "End date")) == "jobs"
    assert best_kind(("Fruit", "Price")) == ""


def test_a_row_of_values_is_not_a_row_of_headings() -> None:
    assert known_headings(("Ref", "Surname", "x")) == 2
    for cell in (
        "CD0001",
        "09/04/1974",
        "3 May 2026",
        "£12.21",
        "LA12 9HB",
        "a@example.org",
        "07700 900573",
        "37.5 hrs",
    ):
        assert looks_like_data(("Emma", cell)), cell
    assert not looks_like_data(("Ref", "First name", "Address line 1", "Notes"))


def test_no_heading_means_two_fields_of_one_kind() -> None:
    for kind in KINDS:
        seen: dict[str, str] = {}
        for field, headings in heading_table()[kind].items():
            for heading in headings:
                assert seen.setdefault(fold(heading), field) == field, heading


def test_every_field_says_how_it_is_read() -> None:
    for field in all_fields().values():
        assert field.key == f"{field.kind}.{field.name}"
        assert field.lists or field.reads != "code", field.key
