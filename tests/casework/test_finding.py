"""Finding somebody: by whatever is remembered, never by what is not there, and never with an error."""

import pytest

from coachdesk.casework.nicknames import other_forms
from coachdesk.casework.search import FindAnybody, FoundRow, find_anybody
from coachdesk.vault.opened import OpenVault
from tests.makers import ENTERED, a_client, ask, keep
from tests.vault_fixtures import PERSON


@pytest.fixture
def known(desk_vault: OpenVault) -> OpenVault:
    keep(
        desk_vault,
        a_client(
            reference="C-0001", first_name="Siân", last_name="O’Brien-Łukasz", known_as="Debs", previous_names="Hartley",
            postcode="LA14 1AA", phone="07700 900 123", email="sian@example.org", temporary_reference="TR77",
            coach_id=desk_vault.coach_id,
        ),
        a_client(reference="C-0002", first_name="Robert", last_name="Okonkwo"),
        a_client(reference="C-0003", first_name="Robertina", last_name="Ash", archived_at=ENTERED),
    )  # fmt: skip
    return desk_vault


def rows_of(vault: OpenVault, text: str, limit: int = 20) -> tuple[FoundRow, ...]:
    return ask(vault, find_anybody, FindAnybody(text=text, limit=limit))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("sian", "name"), ("SIÂN", "name"), ("obrien", "name"), ("o'brien", "name"), ("lukasz sian", "name"),
        ("debs", "known as"), ("hartl", "previous name"), ("C-0001", "reference"), ("TR77", "reference"),
        ("la141aa", "postcode"), ("LA14 1AA", "postcode"), ("07700 900 123", "phone"), ("07700-900123", "phone"),
        ("+07700 900 123", "phone"), ("sian@example.org", "email"), ("deborah", "short form of the name"),
        ("lukasc", "sounds or looks alike"),
    ],
)  # fmt: skip
def test_the_right_person_is_found_with_the_reason(known: OpenVault, text: str, why: str) -> None:
    row = next(row for row in rows_of(known, text) if row.reference == "C-0001")
    assert (row.name, row.coach) == ("Debs O’Brien-Łukasz", PERSON)
    assert why in row.why


@pytest.mark.parametrize("text", ["bob okonkwo", "okonkwo bob", "okonkvo", "robret", "okonkwo rob"])
def test_one_letter_wrong_or_a_short_form_still_finds(known: OpenVault, text: str) -> None:
    assert [row.name for row in rows_of(known, text)] == ["Robert Okonkwo"]


@pytest.mark.parametrize(
    "text", ["", " ", '"', "*", "()", "-", "\0", "'", "xyzzy", "robertina", "robert ash", "ab"]
)
def test_nobody_is_found_where_nobody_is_meant(known: OpenVault, text: str) -> None:
    assert rows_of(known, text) == () or {row.reference for row in rows_of(known, text)} == {"C-0002"}


@pytest.mark.parametrize(
    "text",
    [
        "AND",
        "a OR",
        "NEAR(",
        "x:y",
        "^a",
        "a*",
        '"a',
        "שלום",
        "\u202eabc",
        "\ud800",
        "½",
        "x" * 10_000,
        "{a}",
    ],
)
def test_whatever_is_typed_is_answered(known: OpenVault, text: str) -> None:
    assert isinstance(rows_of(known, text), tuple)


def test_no_more_are_shown_than_asked_for(known: OpenVault) -> None:
    keep(known, *(a_client(first_name="Robert", last_name=f"Name{number}") for number in range(5)))
    assert len(rows_of(known, "robert", limit=3)) == 3


def test_short_forms_work_both_ways() -> None:
    assert "robert" in other_forms("bob")
    assert "bob" in other_forms("robert")
    assert other_forms("okonkwo") == frozenset()
