"""Numbers, postcodes, births and names in the form they are compared in."""

import datetime as dt

import pytest

from coachdesk.errors import Refusal
from coachdesk.exchange.identity import (
    fold_name,
    fold_reference,
    nino_stem,
    normal_nino,
    normal_postcode,
    read_birth,
    split_name,
)

TODAY = dt.date(2026, 10, 5)


def test_a_number_is_packed_and_compared_on_eight_characters() -> None:
    assert normal_nino("qq 11 22 33 a") == "QQ112233A"
    assert nino_stem("QQ112233A") == nino_stem("QQ112233B") == "QQ112233"
    assert normal_nino("ab-123456.c") == "AB123456C"
    for impossible in ("12 34", "BG123456A"):
        with pytest.raises(Refusal, match="two letters, six digits"):
            normal_nino(impossible)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ca141rs", "CA14 1RS"),
        ("LA12  9HB", "LA12 9HB"),
        ("gir0aa", "GIR 0AA"),
        ("ne1 4lp", "NE1 4LP"),
        ("ca14-1rs.", "CA14 1RS"),
    ],
)
def test_postcodes_in_their_normal_form(typed: str, kept: str) -> None:
    assert normal_postcode(typed) == (kept, "")


def test_what_is_no_postcode_is_kept_with_a_remark() -> None:
    kept, remark = normal_postcode("no fixed abode at all")
    assert len(kept) <= 12
    assert "kept as typed" in remark
    assert normal_postcode("(?)")[0] == "(?)"


@pytest.mark.parametrize(
    ("typed", "first", "last", "precision"),
    [
        ("09/04/1974", "1974-04-09", "1974-04-09", "exact"),
        ("1/3/60", "1960-03-01", "1960-03-01", "exact"),
        ("May 1985", "1985-05-01", "1985-05-31", "month"),
        ("12/1985", "1985-12-01", "1985-12-31", "month"),
        ("1985", "1985-01-01", "1985-12-31", "year"),
        ("about 1985", "1984-01-01", "1986-12-31", "about"),
        ("about 40", "1985-10-06", "1986-10-05", "about"),
        ("Tue 9 April 1974", "1974-04-09", "1974-04-09", "exact"),
        ("1974-04-09 00:00:00", "1974-04-09", "1974-04-09", "exact"),
        ("April 9, 1974", "1974-04-09", "1974-04-09", "exact"),
    ],
)
def test_births_are_ranges(typed: str, first: str, last: str, precision: str) -> None:
    birth = read_birth(typed, TODAY)
    assert (birth.born_from.isoformat(), birth.born_to.isoformat(), birth.precision) == (
        first,
        last,
        precision,
    )


@pytest.mark.parametrize(
    "typed", ["1/1/2030", "2031", "Spring 1985", "13/1985", "0000", "about 130", "1/1/1899", "about 2031"]
)
def test_births_that_cannot_be_are_refused(typed: str) -> None:
    with pytest.raises(Refusal):
        read_birth(typed, TODAY)


def test_two_births_may_be_the_same_day() -> None:
    year, day = read_birth("1985", TODAY), read_birth("3 May 1985", TODAY)
    assert year.may_be(day)
    assert not day.may_be(read_birth("4 May 1985", TODAY))


def test_names_and_references_are_folded() -> None:
    assert fold_name("Siobhán", "O'Neill") == fold_name("SIOBHAN", "ONeill")
    assert fold_reference(" cd 0015X ") == "cd0015x"
    assert split_name("Emma Hall") == ("Emma", "Hall")
    assert split_name("Hall, Emma") == ("Emma", "Hall")
    assert split_name("Emma") == ("Emma", "")
