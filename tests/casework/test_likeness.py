"""How like two people are: every fact with its reason in words, and what follows from all of them."""

import datetime as dt
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from coachdesk.casework.likeness import Decision, Likeness, Told, block_keys, likened, likeness

BORN = dt.date(1974, 4, 9)
ANN: dict[str, Any] = {"first_name": "Deborah", "last_name": "Hartley", "born_from": BORN, "born_to": BORN}


def between(first: dict[str, Any], second: dict[str, Any]) -> Likeness:
    one, other = likened(Told(**first)), likened(Told(**second))
    found = likeness(one, other)
    assert found.score == likeness(other, one).score, "likeness goes both ways"
    return found


def born(day: dt.date, until: dt.date | None = None) -> dict[str, Any]:
    return {"born_from": day, "born_to": until or day}


@pytest.mark.parametrize(
    ("mine", "theirs", "reason"),
    [
        ({"first_name": "Deborah"}, {"first_name": "deborah"}, "same first name"),
        ({"first_name": "Deborah"}, {"first_name": "Debs"}, "one first name is a form of the other"),
        ({"first_name": "Deborah"}, {"first_name": "Debroah"}, "first names nearly alike"),
        ({"first_name": "Mohammed"}, {"first_name": "Muhamad"}, "first name spelt another way"),
        ({"first_name": "Олександр"}, {"first_name": "Alexander"}, "first name spelt another way"),
        ({"first_name": "Deborah"}, {"first_name": "D"}, "the initial fits"),
        ({"first_name": "Ann"}, {"first_name": "Ann Louise"}, "same first name, with and without a middle name"),
        ({"first_name": "X", "known_as": "Dee"}, {"first_name": "Dee"}, "same first name"),
        ({"last_name": "Hartley"}, {"last_name": "HARTLEY"}, "same last name"),
        ({"last_name": "O’Brien"}, {"last_name": "OBrien"}, "same last name"),
        ({"last_name": "Mac Donald"}, {"last_name": "MacDonald"}, "same last name, written in one or in two"),
        ({"last_name": "Hartley"}, {"last_name": "Gartley"}, "last names nearly alike"),
        ({"last_name": "Hussain"}, {"last_name": "Hoseyn"}, "last name spelt another way"),
        ({"last_name": "Ash-Birch"}, {"last_name": "Birch"}, "one last name is part of the other"),
        (
            {"last_name": "Ash", "previous_names": "Deborah Hartley, D Wood"}, {"last_name": "Hartley"},
            "the last name of one is a previous name of the other",
        ),
        (
            {"first_name": "Hartley", "last_name": "Deborah"}, {"first_name": "Deborah", "last_name": "Hartley"},
            "first and last name swapped",
        ),
        (
            {"first_name": "Hartley", "last_name": "Debora"}, {"first_name": "Deborah", "last_name": "Hartley"},
            "first and last name swapped",
        ),
        (born(BORN), born(BORN), "same birth date"),
        (born(BORN), born(dt.date(1974, 9, 4)), "day and month of birth swapped"),
        (born(BORN), born(dt.date(1975, 4, 9)), "birth dates one digit apart"),
        (born(dt.date(1974, 1, 1), dt.date(1974, 12, 31)), born(BORN), "birth dates fit, one of them only in part"),
        ({"nino": "QQ 12 34 56 A"}, {"nino": "qq123456b"}, "same National Insurance number"),
        ({"nino": "QQ123456A"}, {"nino": "QQ124356A"}, "National Insurance numbers one character apart"),
        ({"phone": "+44 7700 900123"}, {"phone": "07700-900123"}, "same phone"),
        ({"phone": "0044 7700 900123"}, {"phone": "07700 900123"}, "same phone"),
        ({"phone": "07700 900123"}, {"phone": "07700 900128"}, "phone numbers one digit apart"),
        ({"email": "Dee@Example.org"}, {"email": " dee@example.org"}, "same email"),
        ({"postcode": "la141aa"}, {"postcode": "LA14 1AA"}, "same postcode"),
        ({"postcode": "LA14 1AA"}, {"postcode": "LA14 1AB"}, "postcodes one character apart"),
        ({"address": "1 High Street"}, {"address": "1, High Street"}, "same address"),
        ({"address": "1 High Street"}, {"address": "1 High Streer"}, "addresses nearly alike"),
        ({"address": "1 High Street"}, {"address": "11 High Street"}, "same street"),
        ({"address": "12 Marine Terrace"}, {"address": "Flat 2, 12 Marine Terrace"}, "addresses alike in part"),
        ({"town": "Kendal"}, {"town": "Kendall"}, "same town"),
    ],
)  # fmt: skip
def test_each_fact_says_why(mine: dict[str, Any], theirs: dict[str, Any], reason: str) -> None:
    found = between(mine, theirs)
    assert found.reasons == (reason,)
    assert found.score > 0


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({"first_name": "Deborah"}, {"first_name": "Ian"}), ({"last_name": "Hartley"}, {"last_name": "Okonkwo"}),
        (born(BORN), born(dt.date(1962, 4, 9))), (born(BORN), born(dt.date(1974, 4, 28))),
        ({"address": "1 Marine Terrace"}, {"address": "12 Marsh Terrace, Kendal"}),
        (born(BORN), born(dt.date(1991, 12, 30))), (born(BORN, dt.date(1974, 12, 31)), born(dt.date(1991, 12, 30))),
        ({"nino": "QQ123456A"}, {"nino": "QQ987654A"}), ({"phone": "07700 900123"}, {"phone": "01229 555000"}),
        ({"email": "a@example.org"}, {"email": "b@example.org"}), ({"postcode": "LA14 1AA"}, {"postcode": "CA1 2BB"}),
        ({"address": "1 High Street"}, {"address": "The Old Forge, Mill Bank"}), ({"town": "Kendal"}, {"town": "Ulverston"}),
        ({"first_name": "Ann", "last_name": "Ash"}, {"first_name": "Ben", "last_name": "Okonkwo"}),
    ],
)  # fmt: skip
def test_what_speaks_against_takes_points(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    found = between(mine, theirs)
    assert (found.reasons, found.decision) == ((), Decision.NO)
    assert found.score < 0


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [
        ({}, {}), (ANN, {}), ({}, {"nino": "QQ123456A"}), ({"phone": "123"}, {"phone": "123"}),
        ({"address": "1"}, {"address": "1"}), ({"first_name": "Maria"}, {"first_name": "Marius"}),
        ({"last_name": "Barnesworth"}, {"last_name": "Barnsley"}),
    ],
)  # fmt: skip
def test_what_is_not_known_speaks_neither_way(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    assert between(mine, theirs).score == 0


HOME = {"address": "1 High Street", "postcode": "LA14 1AA", "phone": "07700 900123", "town": "Barrow"}


@pytest.mark.parametrize(
    ("mine", "theirs", "decision"),
    [
        (ANN, ANN, Decision.SAME),
        (ANN, ANN | {"first_name": "Debs"}, Decision.SAME),
        (ANN | HOME, ANN | HOME | {"first_name": "Susan"}, Decision.LIKELY),  # twins
        (ANN | HOME, ANN | HOME | {"first_name": "Susan"} | born(dt.date(1976, 1, 30)), Decision.NO),  # sisters
        (ANN | HOME, ANN | HOME | born(dt.date(1944, 10, 2)), Decision.LIKELY),  # mother and daughter of one name
        (
            {"first_name": "John", "last_name": "Ash", **HOME}, {"first_name": "John", "last_name": "Ash", **HOME},
            Decision.LIKELY,
        ),  # perhaps father and son: no birth date is known
        ({"first_name": "John", "last_name": "Ash"}, {"first_name": "John", "last_name": "Ash"}, Decision.LIKELY),
        ({"first_name": "John", "last_name": "Ash"}, {"first_name": "Ian", "last_name": "Ash"}, Decision.NO),
        (
            ANN | {"nino": "QQ123456A"},
            {"first_name": "Dee", "last_name": "Ash", "nino": "QQ123456C", **born(BORN)},
            Decision.LIKELY,
        ),
        (
            ANN | {"nino": "QQ123456A"},
            {"first_name": "Dee", "last_name": "Hartley", "nino": "QQ123456C", **born(BORN)},
            Decision.SAME,
        ),
        (ANN, {"first_name": "Ian", "last_name": "Okonkwo", **born(BORN)}, Decision.NO),
        (ANN | {"town": "Kendal"}, ANN | {"town": "Kendal"} | born(dt.date(1975, 4, 9)), Decision.LIKELY),  # namesakes?
        (
            ANN | {"nino": "QQ123456A"},
            {"first_name": "Ian", "last_name": "Okonkwo", "nino": "QQ123456A", **born(dt.date(1991, 12, 30))},
            Decision.LIKELY,
        ),  # one of the two has the other's number
    ],
)  # fmt: skip
def test_what_follows(mine: dict[str, Any], theirs: dict[str, Any], decision: Decision) -> None:
    assert between(mine, theirs).decision is decision


FULL: dict[str, Any] = {**ANN, **HOME, "nino": "QQ123456A", "email": "dee@example.org", "known_as": "Dee"}


@pytest.mark.parametrize(
    "changed",
    [
        {"first_name": "Hartley", "last_name": "Deborah"},
        {"nino": "", "born_from": dt.date(1974, 9, 4), "born_to": dt.date(1974, 9, 4)},
        {"last_name": "Okonkwo", "phone": "", "email": ""},
        {"first_name": "Mohammed", "last_name": "Ash", "known_as": "", "born_from": None, "born_to": None},
        {"nino": "QQ999999A", "phone": "", "email": "", "postcode": "CA1 2BB", "address": ""},
    ],
)
def test_whatever_few_facts_are_wrong_the_two_are_held_against_each_other(changed: dict[str, Any]) -> None:
    one, other = likened(Told(**FULL)), likened(Told(**{**FULL, **changed}))
    assert block_keys(one) & block_keys(other)


def test_nobody_is_held_against_others_for_nothing() -> None:
    assert block_keys(likened(Told())) == frozenset()
    people = [likened(Told(first_name=name)) for name in ("Ann", "Ben", "Cai")]
    assert not any(block_keys(one) & block_keys(other) for one, other in combinations(people, 2))


ANYTHING = some.fixed_dictionaries(
    {
        name: some.text(max_size=12)
        for name in (
            "first_name",
            "last_name",
            "known_as",
            "previous_names",
            "nino",
            "phone",
            "address",
            "born",
        )
    }
)


@given(mine=ANYTHING, theirs=ANYTHING)
def test_any_text_can_be_held_against_any_other(mine: dict[str, Any], theirs: dict[str, Any]) -> None:
    between(mine, theirs)
    block_keys(likened(Told(**mine)))
