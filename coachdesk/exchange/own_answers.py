"""What a cell says to a question of our own: a value of its sort, in the words of its answers."""

import datetime as dt
import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from coachdesk.casework.custom_answers import accepted
from coachdesk.casework.custom_fields import CHOSEN, CustomFieldRow, Sort
from coachdesk.errors import Refusal
from coachdesk.exchange.cells import non_answer, several, yes_or_no
from coachdesk.exchange.typed_dates import read_date
from coachdesk.exchange.wordings import Wordings

_SIGNS = re.compile(r"[,£$€%\s]")


def own_answer(asked: CustomFieldRow, text: str, today: dt.date) -> tuple[Mapping[str, Any], tuple[str, ...]]:
    """Return the answer as it is kept, and a sentence for each part of the cell that is no answer.

    Raises Refusal with a sentence when nothing of the cell is an answer to the question.
    """
    left_out: tuple[str, ...] = ()
    told: Any = text
    if asked.sort is Sort.CHOICES:
        told, left_out = _several(asked, text)
    elif asked.sort is Sort.CHOICE:
        told = _wordings(asked).find(asked.key, text) or _none_of(asked)
    elif asked.sort is Sort.YES_NO:
        told = _yes_or_no(text)
    elif asked.sort is Sort.DATE:
        told = read_date(text, today)
    elif asked.sort is Sort.NUMBER:
        told = _number(text)
    return accepted(asked, told, had=_every_answer(asked))[0], left_out


def _every_answer(asked: CustomFieldRow) -> Mapping[str, Any]:
    """Return every answer there ever was: an old sheet may hold one that is offered no more."""
    return {Sort.CHOICES.value: [one.key for one in asked.choices]} if asked.sort in CHOSEN else {}


@lru_cache(maxsize=64)
def _wordings(asked: CustomFieldRow) -> Wordings:
    return Wordings((asked.key, one.key, one.title) for one in asked.choices)


def _none_of(asked: CustomFieldRow) -> str:
    offered = ", ".join(one.title for one in asked.offered)
    raise Refusal(f"This is none of the answers to “{asked.title}”: {offered}.")


def _several(asked: CustomFieldRow, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the answers of a cell; one with a comma of its own is looked up before the cell is divided."""
    known = _wordings(asked)
    parts = (text,) if known.find(asked.key, text) else several(text)
    said = [part for part in parts if non_answer(part) is None]
    found = {part: known.find(asked.key, part) for part in said}
    keys = tuple(key for key in found.values() if key)
    if not keys:
        _none_of(asked)
    left_out = tuple(
        f"“{part}” is none of the answers to “{asked.title}”, so it was left out."
        for part, key in found.items()
        if not key
    )
    return keys, left_out


def _yes_or_no(text: str) -> str:
    said = yes_or_no(text)
    if said is None:
        raise Refusal("This is neither yes nor no.")
    return "yes" if said else "no"


def _number(text: str) -> Decimal:
    try:
        return Decimal(_SIGNS.sub("", text))
    except InvalidOperation:
        raise Refusal("This is not a number. Write it like 12 or 12.5.") from None
