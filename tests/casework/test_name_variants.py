"""Names as they are said, heard, remembered and mistyped in the United Kingdom: each person is found, with the reason.

Everybody here is invented. All stand in one vault, so that each is found among the others; a hit is somebody among
the first five, found for the reason given.
"""

from collections import Counter
from typing import NamedTuple

import pytest

from coachdesk.casework import caseload_reading, search_slips
from coachdesk.casework.caseload_lists import ListQuestion, read_list
from coachdesk.casework.search import FindAnybody, FoundRow, find_anybody
from coachdesk.models import Client
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.casework.test_own_lists import Team
from tests.makers import a_client, a_contact, ask, keep
from tests.vault_fixtures import TODAY

SHORT, ALIKE, PHONE, BIRTH = (
    "short form of the name",
    "sounds or looks alike",
    "part of the phone number",
    "birth date",
)
FIRST_FEW = 5
# first, last, known as, previous names, phone, born
PEOPLE = (
    ("Robert", "Okonkwo", "", "", "07700 900 123", "1974-04-09"),
    ("Elizabeth", "Postlethwaite", "", "Ainscough", "07700 900 456", "1981-12-31"),
    ("Siân", "O’Brien", "", "", "(01229) 496 0771", "1990-02-28"),
    ("Michael", "O'Sullivan", "", "", "+44 7700 900 789", "1969-07-01"),
    ("Mohammed", "Hussain", "", "", "", "2001-05-05"),
    ("Yusuf", "Achebe", "", "", "", ""),
    ("Oleksandr", "Shevchenko", "", "", "", ""),
    ("Елена", "Иванова", "", "", "", ""),
    ("Γιώργος", "Παπαδόπουλος", "", "", "", ""),
    ("Łukasz", "Wójcik", "", "", "", ""),
    ("Zoë", "Brontë-Hodgson", "", "", "", ""),
    ("Margaret", "Smith-Jones", "", "", "", ""),
    ("Aoife", "Ní Bhriain", "", "", "", ""),
    ("Deborah", "MacDonald", "Debs", "", "", ""),
    ("William", "De La Cruz", "", "", "", ""),
    ("Katherine", "Featherstonehaugh", "", "Dalton, Bell", "", ""),
    ("Amy", "Fox", "", "", "", ""),
    ("Nguyễn", "Thị Hoa", "", "", "", ""),
    ("Jaspreet", "Kaur", "Jas", "", "", ""),
    ("Rhys", "Llewellyn", "", "", "", ""),
    ("Stephen", "Braithwaite", "", "", "", ""),
    ("Catriona", "McIntyre", "", "", "", ""),
)


class Variant(NamedTuple):
    """What is typed, whose last name is meant, and the reason to be shown."""

    sort: str
    typed: str
    last_name: str
    why: str


VARIANTS = tuple(
    Variant(*one)
    for one in (
        ("nickname", "bob", "Okonkwo", SHORT), ("nickname", "bobby okonkwo", "Okonkwo", SHORT),
        ("nickname", "liz", "Postlethwaite", SHORT), ("nickname", "betty", "Postlethwaite", SHORT),
        ("nickname", "mick", "O'Sullivan", SHORT), ("nickname", "maggie", "Smith-Jones", SHORT),
        ("nickname", "peggy smith", "Smith-Jones", SHORT), ("nickname", "bill", "De La Cruz", SHORT),
        ("nickname", "kate", "Featherstonehaugh", SHORT), ("nickname", "steve", "Braithwaite", SHORT),
        ("nickname", "debs", "MacDonald", "known as"), ("nickname", "jas", "Kaur", "known as"),
        ("nickname", "debbie mac", "MacDonald", SHORT),
        ("previous name", "ainscough", "Postlethwaite", "previous name"),
        ("previous name", "bell", "Featherstonehaugh", "previous name"),
        ("previous name", "dalton katherine", "Featherstonehaugh", "previous name"),
        ("previous name", "anscough", "Postlethwaite", ALIKE), ("previous name", "liz ainscough", "Postlethwaite", SHORT),
        ("swapped", "okonkwo robert", "Okonkwo", "name"), ("swapped", "hussain mohammed", "Hussain", "name"),
        ("swapped", "hoa nguyen", "Thị Hoa", "name"), ("swapped", "kaur jas", "Kaur", "known as"),
        ("apostrophe", "obrien", "O’Brien", "name"), ("apostrophe", "o'brien", "O’Brien", "name"),
        ("apostrophe", "o brien", "O’Brien", ALIKE), ("apostrophe", "O’Sullivan", "O'Sullivan", "name"),
        ("apostrophe", "sian o brien", "O’Brien", ALIKE), ("apostrophe", "osullivan", "O'Sullivan", "name"),
        ("hyphen", "smith jones", "Smith-Jones", "name"), ("hyphen", "smithjones", "Smith-Jones", ALIKE),
        ("hyphen", "jones smith", "Smith-Jones", "name"), ("hyphen", "hodgson", "Brontë-Hodgson", "name"),
        ("hyphen", "bronte-hodgson", "Brontë-Hodgson", "name"), ("hyphen", "mac donald", "MacDonald", ALIKE),
        ("hyphen", "delacruz", "De La Cruz", ALIKE), ("hyphen", "mc intyre", "McIntyre", ALIKE),
        ("accents", "sian", "O’Brien", "name"), ("accents", "lukasz wojcik", "Wójcik", "name"),
        ("accents", "zoe", "Brontë-Hodgson", "name"), ("accents", "nguyen", "Thị Hoa", "name"),
        ("accents", "ni bhriain", "Ní Bhriain", "name"), ("accents", "Łukász", "Wójcik", "name"),
        ("transliteration", "elena ivanova", "Иванова", ALIKE), ("transliteration", "ivanova", "Иванова", ALIKE),
        ("transliteration", "Олександр", "Shevchenko", ALIKE), ("transliteration", "Шевченко", "Shevchenko", ALIKE),
        ("transliteration", "alexander shevchenko", "Shevchenko", ALIKE),
        ("transliteration", "papadopoulos", "Παπαδόπουλος", ALIKE), ("transliteration", "иванова", "Иванова", "name"),
        ("sound", "muhammad", "Hussain", ALIKE), ("sound", "mohamed hussein", "Hussain", ALIKE),
        ("sound", "yousef", "Achebe", ALIKE), ("sound", "youssuf", "Achebe", ALIKE),
        ("sound", "katrina", "McIntyre", ALIKE), ("sound", "luwellin", "Llewellyn", ALIKE),
        ("one letter", "pkonkwo", "Okonkwo", ALIKE), ("one letter", "okonkvo", "Okonkwo", ALIKE),
        ("one letter", "konkwo", "Okonkwo", ALIKE), ("one letter", "okonkow", "Okonkwo", ALIKE),
        ("one letter", "okonkwoo", "Okonkwo", ALIKE), ("one letter", "vostlethwaite", "Postlethwaite", ALIKE),
        ("one letter", "hraithwaite", "Braithwaite", ALIKE), ("one letter", "braithwait", "Braithwaite", "name"),
        ("one letter", "brathwaite", "Braithwaite", ALIKE), ("one letter", "zian", "O’Brien", ALIKE),
        ("one letter", "smy", "Fox", ALIKE), ("one letter", "fpx", "Fox", ALIKE), ("one letter", "amy fix", "Fox", ALIKE),
        ("one letter", "rhis", "Llewellyn", ALIKE), ("one letter", "lobert okonkwo", "Okonkwo", ALIKE),
        ("one letter", "featherstonehaug", "Featherstonehaugh", "name"),
        ("one letter", "geatherstonehaugh", "Featherstonehaugh", ALIKE),
        ("phone", "07700 900", "Okonkwo", "phone"), ("phone", "900123", "Okonkwo", PHONE),
        ("phone", "900 456", "Postlethwaite", PHONE), ("phone", "0123", "Okonkwo", PHONE),
        ("phone", "+44 7700 900123", "Okonkwo", PHONE), ("phone", "07700900789", "O'Sullivan", PHONE),
        ("phone", "01229 496", "O’Brien", "phone"), ("phone", "4960771", "O’Brien", PHONE),
        ("phone", "liz 900456", "Postlethwaite", PHONE), ("phone", "00447700900456", "Postlethwaite", PHONE),
        ("birth", "1974", "Okonkwo", BIRTH), ("birth", "9 April 1974", "Okonkwo", BIRTH),
        ("birth", "09/04/1974", "Okonkwo", BIRTH), ("birth", "1974-04-09", "Okonkwo", BIRTH),
        ("birth", "9/4/74", "Okonkwo", BIRTH), ("birth", "April 1974", "Okonkwo", BIRTH),
        ("birth", "4/1974", "Okonkwo", BIRTH), ("birth", "9 apr", "Okonkwo", BIRTH),
        ("birth", "9/4", "Okonkwo", BIRTH), ("birth", "31.12", "Postlethwaite", BIRTH),
        ("birth", "bob 1974", "Okonkwo", BIRTH), ("birth", "hussain 5 may", "Hussain", BIRTH),
        ("birth", "28 february 1990", "O’Brien", BIRTH),
    )
)  # fmt: skip


def a_town(vault: OpenVault) -> None:
    """Put everybody into a vault."""
    keep(
        vault,
        *(
            a_client(
                first_name=first, last_name=last, known_as=known_as, previous_names=previous, phone=phone,
                coach_id=vault.coach_id, postcode="", reference="Ü" * (number + 1),
                **({"born_from": day(born), "born_to": day(born)} if born else UNBORN),
            )
            for number, (first, last, known_as, previous, phone, born) in enumerate(PEOPLE)
        ),
    )  # fmt: skip


UNBORN = {"born_from": None, "born_to": None, "birth_precision": "", "birth_told_on": None}


def day(text: str) -> object:
    import datetime as dt  # noqa: PLC0415  one use

    return dt.date.fromisoformat(text)


def rows(vault: OpenVault, typed: str) -> tuple[FoundRow, ...]:
    found: tuple[FoundRow, ...] = ask(vault, find_anybody, FindAnybody(text=typed))
    return found


def test_everybody_is_found_by_every_variant_with_its_reason(desk_vault: OpenVault) -> None:
    a_town(desk_vault)
    names = {last: f"{known_as or first} {last}" for first, last, known_as, *_ in PEOPLE}
    missed = []
    for one in VARIANTS:
        found = {row.name: row.why for row in rows(desk_vault, one.typed)[:FIRST_FEW]}
        if one.why not in found.get(names[one.last_name], "nobody"):
            missed.append((one.sort, one.typed, found))
    sorts = Counter(one.sort for one in VARIANTS)
    assert min(sorts.values()) >= 4, "a sort with few examples shows little"
    assert missed == [], f"{len(VARIANTS) - len(missed)} of {len(VARIANTS)} found"


@pytest.mark.parametrize(
    "typed",
    [
        "xylophone",
        "zzz",
        "qqqq 1999",
        "1850",
        "2999",
        "99/99/1974",
        "0009",
        "31",
        "12 12",
        "bo fix 12/13",
        "ann bo fix 77/88",
    ],
)
def test_nobody_is_found_for_what_nobody_is_called(desk_vault: OpenVault, typed: str) -> None:
    a_town(desk_vault)
    assert rows(desk_vault, typed) == ()


def test_of_colleagues_clients_only_names_are_found_nearly(desk_vault: OpenVault) -> None:
    team = Team(desk_vault)
    team.act_as(Role.COACH)
    assert [row.name for row in rows(desk_vault, "othres")] == ["Robert Others"]
    for typed in ("900003", "hartly", "9 Apr 1990"):
        assert "Robert Others" not in [row.name for row in rows(desk_vault, typed)], typed
    assert "Ada Own" in [row.name for row in rows(desk_vault, "900001")]
    assert "Ada Own" in [row.name for row in rows(desk_vault, "9 apr 1990")]


def test_names_that_changed_are_found_as_they_are_now(desk_vault: OpenVault) -> None:
    assert rows(desk_vault, "okonkvo") == ()
    keep(desk_vault, a_client(first_name="Robert", last_name="Okonkwo"))
    assert [row.why for row in rows(desk_vault, "okonkvo")] == [ALIKE]


def test_a_contact_lets_names_stand_and_a_new_name_does_not(desk_vault: OpenVault) -> None:
    client = a_client(first_name="Robert", last_name="Okonkwo")
    keep(desk_vault, client)
    rows(desk_vault, "okonkvo")
    read = search_slips._NAMES[desk_vault].parts
    keep(desk_vault, a_contact(client))
    assert [row.why for row in rows(desk_vault, "okonkvo")] == [ALIKE]
    assert search_slips._NAMES[desk_vault].parts is read
    with unit_of_work(desk_vault) as work:
        work.session.get_one(Client, client.id).last_name = "Braithwaite"
    assert rows(desk_vault, "okonkvo") == ()
    assert [row.why for row in rows(desk_vault, "braithwiate")] == [ALIKE]
    with unit_of_work(desk_vault) as work:
        work.session.get_one(Client, client.id).archived_at = desk_vault.clock.now()
    assert rows(desk_vault, "braithwiate") == ()


def test_names_are_read_again_for_whoever_sees_more(desk_vault: OpenVault) -> None:
    team = Team(desk_vault)
    rows(desk_vault, "othres")
    assert "hartley" not in search_slips._NAMES[desk_vault].parts
    team.act_as(Role.MANAGER)
    rows(desk_vault, "othres")
    assert "hartley" in search_slips._NAMES[desk_vault].parts


def test_names_and_lists_are_let_go_of(desk_vault: OpenVault) -> None:
    keep(desk_vault, a_client(first_name="Robert", last_name="Okonkwo"))
    rows(desk_vault, "okonkvo")
    ask(desk_vault, read_list, ListQuestion(today=TODAY))
    assert desk_vault in search_slips._NAMES
    assert desk_vault in caseload_reading._SNAPSHOTS
    search_slips.forget()
    caseload_reading.forget()
    assert desk_vault not in search_slips._NAMES
    assert desk_vault not in caseload_reading._SNAPSHOTS
