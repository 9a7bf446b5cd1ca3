"""What a text of a return had better not say: numbers that its tables withhold, and clients’ names."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.models import Client, Programme, Release
from coachdesk.returns.periods import Period
from coachdesk.vault.folding import fold

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
IN_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty",
        ],
        start=2,
    )
}
"""Not “one”, which is more often no number than one."""
_NUMBER = re.compile(rf"(?<![\w£.,/-])(\d{{1,3}}(?:,\d{{3}})+|\d+)(?!\w|[.,/-]\d|\s*%|\s+(?:{MONTHS})\b)")
_IN_WORDS = re.compile(rf"\b({'|'.join(IN_WORDS)})\b", re.IGNORECASE)
_DAY = re.compile(rf"\b\d{{1,2}}\s+(?:{MONTHS})\b|\b(?:{MONTHS})\s+\d{{1,4}}\b")
WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_LEAST_LETTERS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TextFinding:
    """One thing found in a text: the words as they stand there, and why they had better not."""

    words: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TextCheck:
    """What is looked for: withheld numbers with what they count, and names of clients."""

    withheld: Mapping[int, str]
    names: frozenset[str]

    def findings(self, text: str) -> tuple[TextFinding, ...]:
        """Return what was found, each once, numbers first."""
        return tuple(dict.fromkeys((*self._numbers(text), *self._names(text))))

    def _numbers(self, text: str) -> Iterator[TextFinding]:
        told = [(one[1], int(one[1].replace(",", ""))) for one in _NUMBER.finditer(text)]
        told += [(one[1], IN_WORDS[one[1].lower()]) for one in _IN_WORDS.finditer(text)]
        for words, number in told:
            if number in self.withheld:
                yield TextFinding(words=words, why=self.withheld[number])

    def _names(self, text: str) -> Iterator[TextFinding]:
        """Yield words with a capital that are a client's name; whole words only, and no day of a month."""
        for one in WORD.finditer(_DAY.sub(" ", text)):
            word = one.group()
            if word[0].isupper() and fold(word.removesuffix("’s").removesuffix("'s")) in self.names:
                yield TextFinding(words=word, why="A client of yours is called that.")


def check_of(
    session: Session, programme_id: UUID, period: Period, withheld: Mapping[int, str] | None
) -> TextCheck:
    """Return what to look for in the texts of a period.

    Numbers are those that the return worked out or issued for the period withholds; where there is none yet, every
    small number of the programme.
    """
    if withheld is None:
        withheld = _issued(session, programme_id, period)
    if withheld is None:
        threshold = session.scalar(select(Programme.threshold).where(Programme.id == programme_id)) or 0
        words = f"Numbers from 1 to {threshold - 1} are withheld in the tables of this programme."
        withheld = dict.fromkeys(range(1, threshold), words)
    return TextCheck(withheld=withheld, names=_all_names(session))


def _issued(session: Session, programme_id: UUID, period: Period) -> Mapping[int, str] | None:
    counted = session.scalar(
        select(Release.counted)
        .where(
            Release.programme_id == programme_id,
            Release.from_on == period.from_on,
            Release.to_on == period.to_on,
        )
        .order_by(Release.issued_at.desc(), Release.id.desc())
        .limit(1)
    )
    return None if counted is None else withheld_of(counted)


def withheld_of(counted: Mapping[str, Any]) -> dict[int, str]:
    """Return the true numbers that a return withholds, each with the table it stands in; they never leave the vault."""
    found: dict[int, str] = {}
    for table in counted.get("tables", ()):
        for _, count, printed in table["cells"]:
            if printed is None and count:
                found.setdefault(count, f"The return withholds a number of this size ({table['title']}).")
    return found


def _all_names(session: Session) -> frozenset[str]:
    query = select(Client.first_name, Client.last_name, Client.known_as, Client.previous_names)
    return frozenset(folded_names(name for names in session.execute(query) for name in names))


def folded_names(names: Iterable[str]) -> Iterator[str]:
    """Yield every word of names as it is compared."""
    for name in names:
        for one in WORD.finditer(name):
            if len(one.group()) >= _LEAST_LETTERS:
                yield fold(one.group())
