"""How like two people are: which facts speak for one person and which against, in words, and what follows from it.

Each fact adds or takes points; the weights are fixed, were set on invented people and on FEBRL set 3, and are measured
on other sets (benchmarks/README.md). The points put pairs in order and decide between same, likely and no; people are
never ranked by them for anything else.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import NamedTuple

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler

from coachdesk.casework.nicknames import other_forms
from coachdesk.casework.spelling import in_latin_letters, skeleton
from coachdesk.vault.folding import fold

SAME_FROM = 9.0
LIKELY_FROM = 5.0
_WHOLE_NUMBER = 8
"""The number belongs to a person by its first eight characters; the last letter is no part of it (facts 7)."""
_BIRTH_VOUCHES = 3.0
_SAME_NUMBER = 8.0
_LEAST_PHONE = 7
_ALIKE = 0.9
_PARTLY_ALIKE = 0.82
_STREET_ALIKE = 85
_STREET_NEAR = 65
_LEAST_STREET = 5
_LEAST_SKELETON = 3
_SHORTEST_SLIP = 4


class Decision(StrEnum):
    """What follows from a likeness: surely one person, somebody to look at, or two people."""

    SAME = "same"
    LIKELY = "likely"
    NO = "no"


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How like two people are: points for the order of a list, the reasons in words, and the decision."""

    score: float
    reasons: tuple[str, ...]
    decision: Decision


class Name(NamedTuple):
    """A name folded, and what stays of it by ear."""

    folded: str
    heard: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Likened:
    """What is known of a person, folded once so that it can be held against many others."""

    firsts: tuple[Name, ...]
    lasts: tuple[Name, ...]
    born: str
    born_from: dt.date | None
    born_to: dt.date | None
    number: str
    phone: str
    email: str
    postcode: str
    street: str
    town: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody's record says, as it was typed; a birth date that is no date of the calendar is a text."""

    first_name: str = ""
    last_name: str = ""
    known_as: str = ""
    previous_names: str = ""
    born: str = ""
    born_from: dt.date | None = None
    born_to: dt.date | None = None
    nino: str = ""
    phone: str = ""
    email: str = ""
    postcode: str = ""
    address: str = ""
    town: str = ""


def likened(told: Told) -> Likened:
    """Return what is held against other people: folded, in Latin letters, numbers without blanks."""
    before = [_folded(name) for name in told.previous_names.replace(";", ",").split(",")]
    given = [_folded(told.first_name), _folded(told.known_as)]
    exact = told.born_from is not None and told.born_from == told.born_to
    return Likened(
        firsts=_distinct(given),
        lasts=_distinct([_folded(told.last_name), *(name.split()[-1] for name in before if name)]),
        born=f"{told.born_from:%Y%m%d}" if exact else told.born,
        born_from=told.born_from,
        born_to=told.born_to,
        number="".join(told.nino.split()).upper()[:_WHOLE_NUMBER],
        phone=_phone(told.phone),
        email=told.email.strip().casefold(),
        postcode="".join(told.postcode.split()).casefold(),
        street=_folded(told.address),
        town=_folded(told.town),
    )


def _folded(text: str) -> str:
    return fold(in_latin_letters(text))


def _distinct(names: Iterable[str]) -> tuple[Name, ...]:
    return tuple(Name(name, skeleton(name)) for name in dict.fromkeys(names) if name)


def _phone(text: str) -> str:
    """Return the digits of a number without the country or trunk prefix, or nothing of too short a one."""
    digits = "".join(letter for letter in text if letter.isdigit())
    digits = digits.removeprefix("00").removeprefix("44") if digits.startswith(("0044", "44")) else digits
    bare = digits.removeprefix("0")
    return bare if len(bare) >= _LEAST_PHONE else ""


Finding = tuple[float, str]
_NOTHING: Finding = (0.0, "")


def likeness(one: Likened, other: Likened) -> Likeness:
    """Return how like two people are.

    Nobody is surely the same by name and home alone, which father and son may share, nor with another first name,
    in which twins differ: then the birth date, or the National Insurance number, must speak for it. Two records with
    one National Insurance number are always worth a look: if they are two people, one has the other's number.
    """
    number, birth = _numbers(one.number, other.number), _births(one, other)
    names, first_differs = _names(one, other)
    who = (number, *names, birth)
    if first_differs and birth[0] < 0 and number[0] <= 0:
        return _summed(who, Decision.NO)  # two of one home perhaps; most who share a key end here
    where = (
        _phones(one.phone, other.phone),
        _emails(one.email, other.email),
        _postcodes(one.postcode, other.postcode),
        _streets(one.street, other.street),
        _towns(one.town, other.town),
    )
    score = sum(points for points, _ in (*who, *where))
    vouched = number[0] > 0 or (birth[0] >= _BIRTH_VOUCHES and not first_differs)
    if vouched and score >= SAME_FROM:
        decision = Decision.SAME
    else:
        shown = score >= LIKELY_FROM or number[0] >= _SAME_NUMBER
        decision = Decision.LIKELY if shown else Decision.NO
    return _summed((*who, *where), decision)


def _summed(found: tuple[Finding, ...], decision: Decision) -> Likeness:
    score = round(sum(points for points, _ in found), 1)
    return Likeness(score=score, reasons=tuple(reason for _, reason in found if reason), decision=decision)


def _numbers(one: str, other: str) -> Finding:
    if not one or not other:
        return _NOTHING
    if one == other:
        return _SAME_NUMBER, "same National Insurance number"
    if DamerauLevenshtein.distance(one, other, score_cutoff=1) <= 1:
        return 5.0, "National Insurance numbers one character apart"
    return -3.0, ""


def _names(one: Likened, other: Likened) -> tuple[tuple[Finding, ...], bool]:
    """Return what the names say in the better of both orders, and whether the first names differ."""
    first, last = _first_names(one.firsts, other.firsts), _last_names(one.lasts, other.lasts)
    straight = first[0] + last[0]
    if straight < 0 or not (first[1] and last[1]):
        crossed = min(_crossed(one.firsts, other.lasts), _crossed(one.lasts, other.firsts))
        if crossed > max(0.0, straight):
            return ((crossed * 2, "first and last name swapped"),), False
    return (first, last), first[0] < 0


def _crossed(names: tuple[Name, ...], others: tuple[Name, ...]) -> float:
    """Return points for the first name of one being the last of the other."""
    best = max((_alike(name.folded, theirs.folded) for name in names for theirs in others), default=0.0)
    return 3.0 if best == 1 else 2.0 if best >= _ALIKE else -9.0


def _alike(name: str, other: str) -> float:
    """Return how alike two names are: 1 for the same letters, 0.9 and more for a slip."""
    if name == other:
        return 1.0
    nearly = JaroWinkler.similarity(name, other)
    lengths = len(name), len(other)
    near = min(lengths) >= _SHORTEST_SLIP and abs(lengths[0] - lengths[1]) <= 1
    slip = near and DamerauLevenshtein.distance(name, other, score_cutoff=1) <= 1
    return max(nearly, _ALIKE) if slip else min(nearly, 0.99)


def _first_names(ours: tuple[Name, ...], theirs: tuple[Name, ...]) -> Finding:
    if not ours or not theirs:
        return _NOTHING
    return max(_first(name, other) for name in ours for other in theirs)


def _first(mine: Name, theirs: Name) -> Finding:
    name, other = mine.folded, theirs.folded
    if name == other:
        return 3.0, "same first name"
    if other in other_forms(name):
        return 2.5, "one first name is a form of the other"
    alike = _alike(name, other)
    if alike >= _ALIKE:
        return 2.0, "first names nearly alike"
    if _sound(mine, theirs):
        return 2.0, "first name spelt another way"
    return _first_in_part(name, other, alike)


def _first_in_part(name: str, other: str, alike: float) -> Finding:
    if name.partition(" ")[0] == other.partition(" ")[0]:
        return 2.0, "same first name, with and without a middle name"
    if 1 in (len(name), len(other)) and name[0] == other[0]:
        return 0.5, "the initial fits"
    return (0.0, "") if alike >= _PARTLY_ALIKE else (-3.0, "")


def _last_names(ours: tuple[Name, ...], theirs: tuple[Name, ...]) -> Finding:
    if not ours or not theirs:
        return _NOTHING
    best = max(_last(name, other) for name in ours for other in theirs)
    if best[0] > 0 and _last(ours[0], theirs[0])[0] < 0:
        return best[0], "the last name of one is a previous name of the other"
    return best


def _last(mine: Name, theirs: Name) -> Finding:
    name, other = mine.folded, theirs.folded
    if name == other:
        return 4.0, "same last name"
    if name.replace(" ", "") == other.replace(" ", ""):
        return 4.0, "same last name, written in one or in two"
    alike = _alike(name, other)
    if alike >= _ALIKE:
        return 3.0, "last names nearly alike"
    if _sound(mine, theirs):
        return 2.5, "last name spelt another way"
    if set(name.split()) & set(other.split()):
        return 2.5, "one last name is part of the other"
    return (0.0, "") if alike >= _PARTLY_ALIKE else (-3.0, "")


def _sound(mine: Name, theirs: Name) -> bool:
    return mine.heard == theirs.heard and len(mine.heard) >= _LEAST_SKELETON


def _births(one: Likened, other: Likened) -> Finding:
    if one.born and other.born:
        return _days(one.born, other.born)
    if one.born_from is None or other.born_from is None or one.born_to is None or other.born_to is None:
        return _NOTHING
    if one.born_from <= other.born_to and other.born_from <= one.born_to:
        return 1.0, "birth dates fit, one of them only in part"
    return -3.0, ""


def _days(one: str, other: str) -> Finding:
    if one == other:
        return 5.0, "same birth date"
    if one[:4] == other[:4] and one[4:6] == other[6:] and one[6:] == other[4:6]:
        return 4.0, "day and month of birth swapped"
    if DamerauLevenshtein.distance(one, other, score_cutoff=1) <= 1:
        return 1.5, "birth dates one digit apart"
    return (-3.0, "") if one[4:] == other[4:] or one[:6] == other[:6] else (-4.0, "")


def _phones(one: str, other: str) -> Finding:
    if not one or not other:
        return _NOTHING
    if one == other:
        return 4.0, "same phone"
    near = len(one) == len(other) and DamerauLevenshtein.distance(one, other, score_cutoff=1) <= 1
    return (2.0, "phone numbers one digit apart") if near else (-0.5, "")


def _emails(one: str, other: str) -> Finding:
    if not one or not other:
        return _NOTHING
    return (4.0, "same email") if one == other else (-0.5, "")


def _postcodes(one: str, other: str) -> Finding:
    if not one or not other:
        return _NOTHING
    if one == other:
        return 2.0, "same postcode"
    near = DamerauLevenshtein.distance(one, other, score_cutoff=1) <= 1
    return (1.0, "postcodes one character apart") if near else (-0.5, "")


def _streets(one: str, other: str) -> Finding:
    if min(len(one), len(other)) < _LEAST_STREET:
        return _NOTHING
    if one == other:
        return 3.0, "same address"
    alike = fuzz.token_sort_ratio(one, other, score_cutoff=_STREET_NEAR)
    if alike >= _STREET_ALIKE:
        return (3.0, "addresses nearly alike") if _one_house(one, other) else (1.0, "same street")
    return (1.0, "addresses alike in part") if alike and _one_house(one, other) else (-0.5, "")


def _one_house(one: str, other: str) -> bool:
    """Return whether the numbers of two addresses fit, one perhaps without its flat."""
    mine, theirs = ({part for part in street.split() if part[0].isdigit()} for street in (one, other))
    return mine <= theirs or theirs <= mine


def _towns(one: str, other: str) -> Finding:
    if not one or not other:
        return _NOTHING
    return (1.0, "same town") if one == other or _alike(one, other) >= _ALIKE else (-0.5, "")


def block_keys(person: Likened) -> frozenset[str]:
    """Return the keys under which a person is held against others; only who shares a key is compared.

    Each is of one or two facts, so that any other may be wrong.
    """
    return frozenset((*_number_keys(person), *_birth_keys(person), *_name_keys(person)))


def _number_keys(person: Likened) -> Iterator[str]:
    if person.number:
        yield f"n{person.number}"
        yield f"h{person.number[:4]}{person.born[:4]}"
        yield f"t{person.number[4:]}{person.born[4:]}"
    if person.phone:
        yield f"p{person.phone}"
    if person.email:
        yield f"e{person.email}"
    if person.postcode and person.street:
        yield f"a{person.postcode}{person.street[:6]}"


def _birth_keys(person: Likened) -> Iterator[str]:
    born = person.born
    if not born:
        return
    yield f"b{born[:4]}{''.join(sorted((born[4:6], born[6:])))}"
    for initial in {name.folded[0] for name in (*person.firsts, *person.lasts)}:
        yield f"y{initial}{born[:6]}"
        yield f"d{initial}{born[4:]}"
        yield f"m{initial}{born[:4]}{born[6:]}"


def _name_keys(person: Likened) -> Iterator[str]:
    """Yield keys of names by ear: two of them in any order, or one with the home."""
    heard = {part for name in (*person.firsts, *person.lasts) for part in name.heard.split()}
    for part in heard:
        if person.postcode:
            yield f"c{part}{person.postcode}"
        if person.street:
            yield f"s{part}{person.street[:6]}"
    for first, second in combinations(sorted(heard), 2):
        yield f"w{first} {second}"
