"""Narrowing a list by a question of the charity's own that has more than a few answers.

What a line must have is kept as one short text beside the column, as an answer is: it goes along with a list that is
kept under a name. A line without an answer, or one that says why there is none, is not in the narrowed list.
"""

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from coachdesk.errors import Refusal
from coachdesk.vault.folding import fold

TEXT, DATE, NUMBER, CHOICES = "text", "date", "number", "choices"
SORTS = frozenset({TEXT, DATE, NUMBER, CHOICES})
"""The kinds of questions that are narrowed so; choices and yes or no are narrowed to one answer."""
_NOTHING = "Type at least one of the two."


def holding(words: str) -> str:
    """Return the condition that an answer holds these words, whatever capitals or accents; raises Refusal for none."""
    wanted = " ".join(words.split())
    if not wanted:
        raise Refusal("Type the words to look for.", fields={"words": "Type the words to look for."})
    return json.dumps([wanted])


def days_between(least: dt.date | None, most: dt.date | None) -> str:
    """Return the condition that a day lies between two, both included; raises Refusal for none and for a wrong order."""
    if least is not None and most is not None and least > most:
        sentence = "The last day is before the first."
        raise Refusal(sentence, fields={"most": sentence})
    return _between(least and least.isoformat(), most and most.isoformat())


def numbers_between(least: float | Decimal | None, most: float | Decimal | None) -> str:
    """Return the condition that a number lies between two, both included; raises Refusal as ``days_between`` does."""
    if least is not None and most is not None and least > most:
        sentence = "The highest number is below the lowest."
        raise Refusal(sentence, fields={"most": sentence})
    return _between(_plain(least), _plain(most))


def _plain(number: float | Decimal | None) -> float | None:
    """Return a number as answers are kept: whole numbers whole."""
    if number is None:
        return None
    return int(number) if number == int(number) else float(number)


def _between(least: Any, most: Any) -> str:
    if least is None and most is None:
        raise Refusal(_NOTHING, fields={"least": _NOTHING})
    return json.dumps([least, most])


def any_of(keys: Iterable[str]) -> str:
    """Return the condition that one of some answers was chosen; raises Refusal for none."""
    wanted = sorted(set(keys))
    if not wanted:
        raise Refusal("Choose at least one.", fields={"keys": "Choose at least one."})
    return json.dumps(wanted)


def holds(sort: str, value: Mapping[str, Any], condition: str) -> bool:
    """Return whether an answer is as a condition asks."""
    said = value.get(sort)
    wanted = _parts(condition)
    if said is None or not wanted:
        return False
    if sort == TEXT:
        return fold(str(wanted[0])) in fold(str(said))
    if sort == CHOICES:
        return not {*map(str, wanted)}.isdisjoint(map(str, said))
    return _lies_between(said, *wanted[:1], *wanted[-1:])


def _lies_between(said: Any, least: Any, most: Any) -> bool:
    """Return whether a number, or a day as it is written, is between two; a day nobody can read is not."""
    try:
        return (least is None or said >= least) and (most is None or said <= most)
    except TypeError:
        return False


def condition_words(sort: str, condition: str, titles: Mapping[str, str]) -> str:
    """Return a condition in words: for the line above the list, and for its paper."""
    wanted = _parts(condition)
    if not wanted:
        return condition
    if sort == TEXT:
        return f"holds “{wanted[0]}”"
    if sort == CHOICES:
        return " or ".join(titles.get(str(one), str(one)) for one in wanted)
    least, most = (_day(str(end)) if sort == DATE and end else end for end in (wanted[0], wanted[-1]))
    if least is None:
        return f"up to {most}"
    return f"{least} or later" if sort == DATE and most is None else _from_to(least, most)


def _from_to(least: Any, most: Any) -> str:
    return f"{least} or more" if most is None else f"{least} to {most}"


def _day(said: str) -> str:
    day = dt.date.fromisoformat(said)
    return f"{day.day} {day:%b %Y}"


def _parts(condition: str) -> list[Any]:
    """Return what a condition is made of; nothing for one that is none, as an older program may have kept."""
    try:
        found = json.loads(condition)
    except ValueError:
        return []
    return found if isinstance(found, list) else []
