"""Who a row is about: National Insurance number, postcode, birth and name in the form they are compared in.

What each of them may look like is casework's rule; here is only what sheets add to it: signs between the letters,
“about” a year, and dates with a weekday, a time or the month first.
"""

import datetime as dt
import re
from dataclasses import dataclass

from coachdesk.casework.births import parse_birth
from coachdesk.casework.identifiers import national_insurance_number, postcode
from coachdesk.errors import Refusal
from coachdesk.exchange.typed_dates import read_date
from coachdesk.vault.folding import fold

STEM = 8
"""The number is unique without its last letter (HMRC, facts 8), so people are compared on eight characters."""
POSTCODE_ROOM = 12
ABOUT_YEAR = re.compile(r"(?:about|around|approx\.?|circa|c\.?|~)\s*(\d{4})", re.IGNORECASE)


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
    return national_insurance_number(re.sub(r"[\s.-]", "", text))


def nino_stem(nino: str) -> str:
    """Return the eight characters by which two numbers are compared, empty for an empty number."""
    return nino[:STEM]


def normal_postcode(text: str) -> tuple[str, str]:
    """Return a postcode as CA14 2PH, and a sentence when it does not look like one (it is kept all the same)."""
    packed, fits = postcode(re.sub(r"[^A-Za-z0-9]", "", text))
    if packed and fits:
        return packed, ""
    kept = " ".join(text.split())[:POSTCODE_ROOM].upper()
    return kept, "This does not look like a postcode; it was kept as typed."


def read_birth(text: str, today: dt.date) -> Birth:
    """Return a birth from a date, a month with its year, a year, an age, or “about” a year.

    Raises Refusal for an impossible date, for a day that has not come yet and for one out of living memory.
    """
    cleaned = text.strip()
    about = ABOUT_YEAR.fullmatch(cleaned)
    if about:
        year = int(about[1])
        first = _told(f"{year - 1}", today)
        return Birth(born_from=first.born_from, born_to=dt.date(year + 1, 12, 31), precision="about")
    return _told(cleaned, today)


def _told(text: str, today: dt.date) -> Birth:
    try:
        birth = parse_birth(text, today)
    except Refusal as refusal:
        birth = parse_birth(_day_of(text, today, refusal), today)
    assert birth.born_from is not None  # noqa: S101 -- an empty cell was not asked
    assert birth.born_to is not None  # noqa: S101 -- both or neither
    return Birth(born_from=birth.born_from, born_to=birth.born_to, precision=birth.precision)


def _day_of(text: str, today: dt.date, refusal: Refusal) -> str:
    """Return the day of a date as spreadsheets write it, with a time or the month first; else raise the refusal."""
    try:
        return read_date(text, today, birth=True).isoformat()
    except Refusal:
        raise refusal from None


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
