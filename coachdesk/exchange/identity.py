"""Who a row is about: National Insurance number, postcode, birth and name in the form they are compared in."""

import datetime as dt
import re
from dataclasses import dataclass

from coachdesk.errors import Refusal
from coachdesk.exchange.typed_dates import MONTHS, read_date
from coachdesk.vault.folding import fold

NINO = re.compile(r"[A-Z]{2}\d{6}[A-D]?")
STEM = 8
"""The number is unique without its last letter (HMRC, facts 8), so people are compared on eight characters."""
POSTCODE = re.compile(
    r"(GIR|[A-PR-UWYZ](?:[0-9]{1,2}|[A-HK-Y][0-9](?:[0-9ABEHMNPRV-Y])?|[0-9][A-HJKPS-UW]))([0-9][ABD-HJLNP-UW-Z]{2})"
)
POSTCODE_ROOM = 12
MONTH_AND_YEAR = re.compile(r"(?:([a-z]{3,9})\.?|(\d{1,2}))\s*[-/.\s,]\s*(\d{4})", re.IGNORECASE)
ABOUT = re.compile(r"(?:about|around|approx\.?|circa|c\.?|~)\s*(\d{4})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Birth:
    """A birth date as a range: both ends alike when it is exact."""

    born_from: dt.date
    born_to: dt.date
    precision: str

    def may_be(self, other: "Birth") -> bool:
        """Return whether both can be the same day."""
        return self.born_from <= other.born_to and other.born_from <= self.born_to


def normal_nino(text: str) -> str:
    """Return a National Insurance number in capitals without spaces; raises Refusal when it is none.

    QQ numbers pass: HMRC gives them to nobody, so they are what practice data carries (facts 8).
    """
    packed = re.sub(r"[\s.-]", "", text).upper()
    if not NINO.fullmatch(packed):
        raise Refusal("This is not a National Insurance number: two letters, six digits and a letter A to D.")
    return packed


def nino_stem(nino: str) -> str:
    """Return the eight characters by which two numbers are compared, empty for an empty number."""
    return nino[:STEM]


def normal_postcode(text: str) -> tuple[str, str]:
    """Return a postcode as CA14 2PH, and a sentence when it does not look like one (it is kept all the same)."""
    packed = re.sub(r"[^A-Za-z0-9]", "", text).upper()
    found = POSTCODE.fullmatch(packed)
    if found:
        return f"{found[1]} {found[2]}", ""
    return " ".join(text.split())[
        :POSTCODE_ROOM
    ].upper(), "This does not look like a postcode; it was kept as typed."


def read_birth(text: str, today: dt.date) -> Birth:
    """Return a birth from a date, a month with its year, a year, or “about” a year.

    Raises Refusal for an impossible date and for a day that has not come yet.
    """
    cleaned = text.strip()
    about, month, year = ABOUT.fullmatch(cleaned), MONTH_AND_YEAR.fullmatch(cleaned), cleaned
    if about:
        birth = _years(int(about[1]) - 1, int(about[1]) + 1, "about")
    elif month and (month[2] or month[1].casefold() in MONTHS):
        birth = _month(int(month[3]), int(month[2] or MONTHS[month[1].casefold()]))
    elif year.isdigit() and len(year) == 4:  # noqa: PLR2004 -- a year
        birth = _years(int(year), int(year), "year")
    else:
        day = read_date(cleaned, today, birth=True)
        birth = Birth(born_from=day, born_to=day, precision="exact")
    if birth.born_from > today:
        raise Refusal("This birth date lies in the future. Check the year.")
    return birth


def _years(first: int, last: int, precision: str) -> Birth:
    for year in (first, last):
        read_date(f"{year:04}-01-01", dt.date.min)
    return Birth(born_from=dt.date(first, 1, 1), born_to=dt.date(last, 12, 31), precision=precision)


def _month(year: int, month: int) -> Birth:
    first = read_date(f"{year}-{month:02}-01", dt.date.min)
    following = dt.date(year + month // 12, month % 12 + 1, 1)
    return Birth(born_from=first, born_to=following - dt.timedelta(days=1), precision="month")


def fold_reference(text: str) -> str:
    """Return a reference as it is compared: without spaces and capitals."""
    return "".join(text.split()).casefold()


def fold_name(*parts: str) -> str:
    """Return a name as it is compared: without accents, capitals, apostrophes and hyphens."""
    return fold(" ".join(parts))


def split_name(full: str) -> tuple[str, str]:
    """Return first and last name of a full name, typed “Emma Braithwaite” or “Braithwaite, Emma”."""
    if "," in full:
        last, _, first = full.partition(",")
        return first.strip(), last.strip()
    first, _, last = full.strip().partition(" ")
    return first, last.strip()
