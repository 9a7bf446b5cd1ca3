"""What wordings mean: titles of the vault's own code lists, and the synonyms people type for them."""

import tomllib
from collections.abc import Iterable
from functools import lru_cache

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.exchange.headings import fold
from coachdesk.models import Code
from coachdesk.resources import resource

CLOSE_ENOUGH = 90
LONG_ENOUGH = 6


@lru_cache(maxsize=1)
def synonym_table() -> dict[str, dict[str, list[str]]]:
    """Return, for each code list, its answers (by key or title) and the wordings people type for them."""
    with resource("import", "wordings.toml").open("rb") as file:
        table = tomllib.load(file)
    return {name: keys for name, keys in table.items() if isinstance(keys, dict)}


class Wordings:
    """The code lists of a vault, ready to look wordings up."""

    def __init__(self, codes: Iterable[tuple[str, str, str]]) -> None:
        """Take list name, key and title of every code that is in use."""
        self._known: dict[str, dict[str, str]] = {}
        self._found: dict[tuple[str, str], str] = {}
        for list_name, key, title in codes:
            self._known.setdefault(list_name, {})[fold(title)] = key
            self._known[list_name].setdefault(fold(key), key)
        for list_name, table in synonym_table().items():
            known = self._known.get(list_name, {})
            for target, words in table.items():
                key = known.get(fold(target)) or next((known[fold(w)] for w in words if fold(w) in known), "")
                for word in words if key else ():
                    known.setdefault(fold(word), key)

    @classmethod
    def of_vault(cls, session: Session) -> "Wordings":
        """Return the wordings of a vault's lists; retired codes are understood too, for old sheets."""
        query = select(Code.list_name, Code.key, Code.title).order_by(Code.list_name, Code.position, Code.key)
        return cls((name, key, title) for name, key, title in session.execute(query))

    def find(self, list_name: str, text: str) -> str:
        """Return the key a wording means in a list, or an empty text; a long wording may have a slip in it."""
        folded = fold(text)
        found = self._found.get((list_name, folded))
        if found is None:
            found = self._found[(list_name, folded)] = self._look_up(self._known.get(list_name, {}), folded)
        return found

    @staticmethod
    def _look_up(known: dict[str, str], folded: str) -> str:
        if folded in known or len(folded) < LONG_ENOUGH:
            return known.get(folded, "")
        close = process.extractOne(folded, known.keys(), scorer=fuzz.ratio, score_cutoff=CLOSE_ENOUGH)
        return known[close[0]] if close else ""
