"""Names by ear, and other alphabets in Latin letters."""

import pytest

from coachdesk.casework.spelling import in_latin_letters, skeleton


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("mohammed", "muhamad"), ("hussain", "hoseyn"), ("yusuf", "yousef"), ("oleksandr", "alexander"), ("catherine", "katharine"),
        ("philip", "filip"), ("khadija", "kadidja"), ("wojciech", "vojciech"), ("de souza", "de sousa"), ("aisha", "eisa"),
    ],
)  # fmt: skip
def test_one_name_spelt_two_ways_has_one_skeleton(one: str, other: str) -> None:
    assert skeleton(one) == skeleton(other)


@pytest.mark.parametrize(("one", "other"), [("maria", "mario k"), ("smith", "jones"), ("ana", "nina")])
def test_two_names_have_two(one: str, other: str) -> None:
    assert skeleton(one) != skeleton(other)


def test_nothing_of_a_name_is_left_of_nothing() -> None:
    assert skeleton("") == ""
    assert skeleton("hh") == "h"


@pytest.mark.parametrize(
    ("written", "latin"),
    [
        ("Олександр", "oleksandr"), ("Щербак", "shcherbak"), ("Юлія", "iuliia"), ("Γιώργος", "giώrgos"),
        ("Siân", "Siân"), ("Ann", "Ann"),
    ],
)  # fmt: skip
def test_other_alphabets_in_latin_letters(written: str, latin: str) -> None:
    assert in_latin_letters(written).casefold() == latin.casefold()
