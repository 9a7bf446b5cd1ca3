"""Which heading means which field: the synonym table, compared without capitals, accents and punctuation."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz import fuzz, process

from coachdesk.resources import resource

KINDS = ("clients", "contacts", "jobs")
CLOSE_ENOUGH = 88
"""How alike (of 100) a heading must be to a known one; below it, one short word is taken for another."""
LONG_ENOUGH = 5
"""Shorter headings differ in one letter by chance, so they must match exactly."""
TELLING = {
    "clients": ("last_name", "full_name", "birth"),
    "contacts": ("happened_on",),
    "jobs": ("employer",),
}
"""What a sheet of each kind must have: without it the sheet is something else."""


@lru_cache(maxsize=4096)
def fold(text: str) -> str:
    """Return a heading or wording reduced to its letters and digits, without accents and capitals."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ß", "ss").replace("ł", "l"))
    return "".join(letter for letter in plain if letter.isalnum())


@lru_cache(maxsize=1)
def heading_table() -> dict[str, dict[str, tuple[str, ...]]]:
    """Return, for each kind of sheet, the fields and the headings by which each is known."""
    with resource("import", "headings.toml").open("rb") as file:
        table = tomllib.load(file)
    return {kind: {field: tuple(names) for field, names in table[kind].items()} for kind in KINDS}


@lru_cache(maxsize=1)
def _folded() -> dict[str, dict[str, str]]:
    """Return, for each kind of sheet, the folded heading and the field it means."""
    return {
        kind: {fold(name): field for field, names in fields.items() for name in names}
        for kind, fields in heading_table().items()
    }


def field_of(kind: str, heading: str) -> str:
    """Return the field a heading means in a kind of sheet, or an empty text."""
    table = _folded()[kind]
    folded = fold(heading)
    if folded in table or len(folded) < LONG_ENOUGH:
        return table.get(folded, "")
    close = process.extractOne(folded, table.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
    return table[close[0]] if close and len(close[0]) >= LONG_ENOUGH else ""


def is_known_heading(kind: str, heading: str) -> bool:
    """Return whether the table has a heading in just these words for a kind of sheet."""
    return fold(heading) in _folded().get(kind, {})


def fields_of(kind: str, headings: Sequence[str]) -> tuple[str, ...]:
    """Return the field of each heading, no field twice: an exact heading goes before one that is alike."""
    exact = [_folded()[kind].get(fold(heading), "") for heading in headings]
    taken: set[str] = set()
    found: list[str] = []
    for heading, sure in zip(headings, exact, strict=True):
        field = sure or field_of(kind, heading)
        if field in taken or (not sure and field in exact):
            field = ""
        taken.add(field)
        found.append(field)
    return tuple(found)


def known_headings(cells: Iterable[str]) -> int:
    """Return how many cells of a row are headings of the kind of sheet that fits best."""
    folded = {fold(cell) for cell in cells if cell.strip()}
    return max(len(folded & table.keys()) for table in _folded().values())


def best_kind(headings: Sequence[str]) -> str:
    """Return clients, contacts or jobs: whichever knows most headings and has what tells it; else empty."""
    scores = {}
    for kind in KINDS:
        fields = set(fields_of(kind, headings)) - {""}
        if fields & set(TELLING[kind]):
            scores[kind] = len(fields)
    return max(scores, key=lambda kind: scores[kind]) if scores else ""


DATA = re.compile(
    r"""\s*(?:
      [£$€]?\d[\d\s,./:-]*(?:%|hrs?|hours?|mins?)?      # a number, a date, a time, money, a phone number
    | \d{1,2}(?:st|nd|rd|th)?[\s./-]+[A-Za-z]{3,9}[\s./,-]+\d{2,4}   # a date with its month in letters
    | \S+@\S+\.\S+                                       # an email address
    | [A-Za-z]{1,2}\d[A-Za-z\d]?\s*\d[A-Za-z]{2}         # a postcode
    | [A-Za-z]{1,4}[-/]?\d{2,8}                          # a reference such as CD0015
    )\s*$""",
    re.VERBOSE,
)


def looks_like_data(cells: Iterable[str]) -> bool:
    """Return whether a row holds values rather than the names of columns."""
    return any(DATA.match(cell) for cell in cells)
