"""Finding somebody: by whatever is remembered, never by what is not there, and never with an error."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from coachdesk.casework.nicknames import other_forms
from coachdesk.casework.search import FindAnybody, FoundRow, find_anybody
from coachdesk.models import Client
from coachdesk.vault.folding import fold
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


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(
    fields=some.fixed_dictionaries(
        {
            "first_name": some.sampled_from(["Maya", "Siân|Mae", "7th", ""]),
            "last_name": some.sampled_from(["Okonkwo", "O’Neil", "Mae Ash"]),
            "known_as": some.sampled_from(["", "Mae", "Okon"]),
            "previous_names": some.sampled_from(["", "Mayhew", "Okonkwo | Ash"]),
            "postcode": some.sampled_from(["", "LA14 1MA", "MA1 4OK"]),
            "phone": some.sampled_from(["", "07700 900 123", "+44 (7) 7"]),
            "email": some.sampled_from(["", "ma@okon.org", "7@ash.example"]),
            "temporary_reference": some.sampled_from(["", "MA7"]),
        }
    ),
    typed=some.sampled_from(["ma", "okon", "7", "07", "44 7", "ash ma", "la141", "oneil", "ok 7"]),
)
def test_the_reasons_are_the_fields_a_word_begins_in(
    desk_vault: OpenVault, fields: dict[str, str], typed: str
) -> None:
    client = a_client(**fields)
    keep(desk_vault, client)
    row = next((row for row in rows_of(desk_vault, typed, limit=500) if row.id == client.id), None)
    if row is not None and row.why not in {"short form of the name", "sounds or looks alike"}:
        assert row.why == reasons(client, typed)


def reasons(client: Client, typed: str) -> str:
    """Return the names of the fields in which a word that was typed begins, each field folded for itself."""
    words = fold(typed).split()
    words = ["".join(words)] if all(map(str.isdigit, words)) else words
    texts = {
        "name": f"{client.first_name} {client.last_name}",
        "known as": client.known_as,
        "previous name": client.previous_names,
        "reference": f"{client.reference} {client.temporary_reference}",
        "postcode": f"{client.postcode} {client.postcode.replace(' ', '')}",
        "phone": "".join(filter(str.isdigit, client.phone)),
        "email": client.email.replace("@", " "),
    }
    folded = {name: f" {fold(text.replace('|', ' '))}" for name, text in texts.items()}
    found = [name for name, text in folded.items() if any(f" {word}" in text for word in words)]
    return ", ".join(found) or "details"
