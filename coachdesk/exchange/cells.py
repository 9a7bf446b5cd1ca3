"""What people type into cells: wordings of nothing, hours, money, minutes, phones and several values in one."""

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from coachdesk.errors import Refusal
from coachdesk.terms import Unstated

WORDINGS_OF_NOTHING: dict[str, Unstated] = {
    **dict.fromkeys(("",), Unstated.NOT_ASKED),
    **dict.fromkeys(("not asked", "not yet asked", "to ask", "ask"), Unstated.NOT_ASKED),
    **dict.fromkeys(
        (
            *("-", "--", "---", "–", "—", ".", "?", "??", "x", "n/k", "nk", "n.k.", "not known", "unknown"),
            *(
                "dk",
                "d/k",
                "don't know",
                "dont know",
                "unsure",
                "not sure",
                "tbc",
                "tba",
                "t.b.c.",
                "missing",
            ),
            *("blank", "null", "#n/a", "#ref!", "#value!", "#name?", "not recorded", "not stated", "unk"),
        ),
        Unstated.NOT_KNOWN,
    ),
    **dict.fromkeys(
        (
            *(
                "prefer not to say",
                "prefers not to say",
                "pnts",
                "p.n.t.s.",
                "refused",
                "declined",
                "withheld",
            ),
            *("did not want to say", "didn't want to say", "rather not say", "would rather not say"),
            *("prefer not to answer", "declined to say", "not disclosed", "prefer not to disclose"),
        ),
        Unstated.PREFERS_NOT_TO_SAY,
    ),
    **dict.fromkeys(
        ("n/a", "na", "n.a.", "not applicable", "not relevant", "does not apply", "none", "nil"),
        Unstated.NOT_APPLICABLE,
    ),
}
SURE_WORDINGS = frozenset(words for words in WORDINGS_OF_NOTHING if not words.isalpha() or words == "")
"""Wordings that nobody is called: Na, Nil and X are names."""

YES = frozenset(("yes", "y", "true", "1", "✓", "✔", "tick", "ticked", "given", "signed"))
NO = frozenset(("no", "n", "false", "0", "✗", "✘", "not given", "not signed"))

MINUTES_IN_A_DAY = 1440
MINUTES_IN_A_WEEK = 10_080
HALVES = {"½": ".5", "¼": ".25", "¾": ".75"}


@lru_cache(maxsize=4096)
def non_answer(text: str) -> Unstated | None:
    """Return which of the four non-answers a cell means, or None when it says something."""
    return WORDINGS_OF_NOTHING.get(" ".join(text.split()).casefold())


def is_nobody(text: str) -> bool:
    """Return whether a cell for a name holds no name."""
    return " ".join(text.split()).casefold() in SURE_WORDINGS


def yes_or_no(text: str) -> bool | None:
    """Return what a tick, a yes or a no means; None when the cell says something else."""
    folded = text.strip().casefold()
    if folded in YES:
        return True
    return False if folded in NO else None


def several(text: str) -> tuple[str, ...]:
    """Return the values of a cell that holds several, divided by ; , | or a line break."""
    parts = (part.strip(" .•·*\t") for part in re.split(r"[;,|\n\r]+", text))
    return tuple(dict.fromkeys(part for part in parts if part))


def one_line(text: str) -> str:
    """Return a text with each run of white space as one space."""
    return " ".join(text.replace("\0", "").split())


MONEY = re.compile(
    r"(?:gbp|£)?\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{1,2})\d*)?\s*(?:gbp|£)?"
    r"\s*(?:(?:/|per|an|a|p)\s*\.?\s*(?:hours?|hr|h)\.?)?",
    re.IGNORECASE,
)


def read_pence(text: str) -> int:
    """Return an hourly pay such as £12.21 in pence; raises Refusal when it is no sum of money an hour."""
    found = MONEY.fullmatch(text.strip())
    if not found:
        raise Refusal("This is not pay for an hour. Write it like £12.21.")
    pence = int(found[1].replace(",", "")) * 100 + int((found[2] or "").ljust(2, "0"))
    if pence > 100_000:  # noqa: PLR2004 -- a thousand pounds an hour is a salary in the wrong column
        raise Refusal(
            "This is too much for one hour: a yearly or weekly wage, perhaps. Write pay for one hour."
        )
    return pence


HOURS = re.compile(
    r"(\d{1,3}(?:[.,]\d+)?)\s*(?:h|hrs?|hours?)?\s*(?:(?:/|per|a|p)?\s*(?:w|wk|week)\.?)?", re.IGNORECASE
)
CLOCK = re.compile(r"(\d{1,3})\s*(?::|h|hrs?|hours?)\s*(\d{1,2})\s*(?:m|mins?|minutes?)?", re.IGNORECASE)
MINUTES = re.compile(r"(\d{1,4})(?:\.0+)?\s*(?:m|mins?|minutes?)?", re.IGNORECASE)
HOURS_SAID = re.compile(r"(\d{1,2}(?:[.,]\d+)?)\s*(?:h|hrs?|hours?)", re.IGNORECASE)


def read_weekly_minutes(text: str) -> int:
    """Return hours a week such as 37.5 or 37h30 in minutes; raises Refusal when they are none."""
    cleaned = _halves(text)
    if found := CLOCK.fullmatch(cleaned):
        minutes = int(found[1]) * 60 + int(found[2])
    elif found := HOURS.fullmatch(cleaned):
        minutes = _whole_minutes(found[1])
    else:
        raise Refusal("These are not hours a week. Write a number such as 16 or 37.5.")
    if minutes > MINUTES_IN_A_WEEK:
        raise Refusal("A week has only 168 hours. Write hours a week, such as 16 or 37.5.")
    return minutes


def read_minutes(text: str) -> int:
    """Return the length of a contact in minutes; raises Refusal when it is none."""
    cleaned = _halves(text)
    if found := MINUTES.fullmatch(cleaned):
        minutes = int(found[1])
    elif found := CLOCK.fullmatch(cleaned):
        minutes = int(found[1]) * 60 + int(found[2])
    elif found := HOURS_SAID.fullmatch(cleaned):
        minutes = _whole_minutes(found[1])
    else:
        raise Refusal("This is not a length in minutes. Write a number such as 45.")
    if minutes > MINUTES_IN_A_DAY:
        raise Refusal("A day has only 1,440 minutes. Write the length in minutes, such as 45.")
    return minutes


def _halves(text: str) -> str:
    cleaned = text.strip()
    for sign, decimals in HALVES.items():
        cleaned = cleaned.replace(sign, decimals)
    return cleaned


def _whole_minutes(hours: str) -> int:
    try:
        return int((Decimal(hours.replace(",", ".")) * 60).to_integral_value())
    except InvalidOperation as error:  # pragma: no cover -- the pattern lets only numbers through
        raise AssertionError(hours) from error


def read_phone(text: str) -> str:
    """Return a phone number as typed, with the leading nought a spreadsheet took from it."""
    cleaned = one_line(text)
    digits = re.sub(r"\D", "", cleaned)
    if digits == cleaned and len(digits) == 10 and digits[0] in "127":  # noqa: PLR2004 -- a UK number without its 0
        return "0" + digits
    return cleaned


def phone_digits(text: str) -> str:
    """Return the digits of a phone number with +44 read as 0, for comparing two of them."""
    digits = re.sub(r"\D", "", text.replace("+44", "0", 1).replace("(0)", ""))
    return digits.replace("00", "0", 1) if digits.startswith("00") else digits
