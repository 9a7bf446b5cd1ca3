"""Where a text about one client speaks of somebody else: names of other clients, and ways to reach somebody."""

import re
from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.models import Client

REACHED = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:\+44|\b0)[\d ]{8,13}\d")
SHORTEST_NAME = 3
Spans = dict[tuple[UUID, str], list[tuple[int, int]]]
"""Passages by record and field: from which character to which."""


def names_of_others(session: Session, client: Client) -> re.Pattern[str] | None:
    """Return a pattern of the full names of all other clients, or None when there is nobody else."""
    rows = session.execute(
        select(Client.first_name, Client.known_as, Client.last_name).where(Client.id != client.id)
    )
    own = {client.first_name.casefold(), client.known_as.casefold()}
    names = {
        f"{first} {last}"
        for told_first, known_as, last in rows
        for first in (told_first, known_as)
        if len(first) >= SHORTEST_NAME
        and len(last) >= SHORTEST_NAME
        and not (first.casefold() in own and last.casefold() == client.last_name.casefold())
    }
    if not names:
        return None
    listed = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    return re.compile(rf"\b(?:{listed})\b", re.IGNORECASE)


def found_in(text: str, client: Client, names: re.Pattern[str] | None) -> Iterator[tuple[int, int, str]]:
    """Yield where a text names another client or tells how to reach somebody else, and in words which."""
    for match in names.finditer(text) if names else ():
        yield match.start(), match.end(), "This is the name of another client."
    own = {_plain(client.phone), _plain(client.email)}
    for match in REACHED.finditer(text):
        if _plain(match.group()) not in own:
            yield match.start(), match.end(), "This is a way to reach somebody else."


def _plain(text: str) -> str:
    return text.replace(" ", "").casefold()
