"""Rows of contacts: meetings, calls and texts of clients the import knows."""

import datetime as dt
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from coachdesk.exchange.ground import Ground
from coachdesk.exchange.identity import fold_name, fold_reference
from coachdesk.exchange.outcomes import Fate, Outcome, fingerprint
from coachdesk.exchange.people import Person
from coachdesk.exchange.referring import came_before, find_client, without_a_new_record
from coachdesk.exchange.row_reading import ReadRow
from coachdesk.models.base import LINE, new_id
from coachdesk.terms import Unstated

HUB_WORD = "hub"
HUB_PLACE = "hub"
MARKED = ("happened_on", "channel", "minutes", "place", "place_as_typed", "note", "with_whom")
"""What makes two rows the same contact; the next date may be typed in later."""


class ContactRows:
    """Takes rows of a sheet of contacts, one after the other."""

    def __init__(self, ground: Ground, headings: dict[str, str], entered_at: dt.datetime) -> None:
        self._ground = ground
        self._headings = headings
        self._entered_at = entered_at
        ways: dict[str, tuple[str, Callable[[ReadRow], Any]]] = {
            "channel": ("channel", lambda row: row.code("channel")),
            "place": ("place", self._place),
            "place_note": ("place", lambda row: row.text("place_as_typed")[:LINE]),
            "with_whom": ("with_whom", lambda row: row.text("with_whom")),
            "did_not_attend": ("did_not_attend", lambda row: row.get("did_not_attend") is True),
            "coach_id": ("coach", lambda row: ground.coach(row.text("coach"))),
        }
        self._further = [(name, read) for name, (column, read) in ways.items() if column in headings]

    def mark(self, row: ReadRow) -> bytes:
        """Return the fingerprint of a contact: whom, when, how and what was said."""
        reference = fold_reference(row.text("reference"))
        return fingerprint("contacts", reference, *(row.get(name) for name in MARKED))

    def take(self, row: ReadRow, mark: bytes) -> Outcome:
        """Return what became of a row, having put it into the session."""
        again = came_before(self._ground, row, mark)
        if again:
            return again
        known = find_client(self._ground, row, self._headings.get("reference", ""))
        self._check(row, known)
        settled = without_a_new_record(row, known)
        if settled or known is None:
            assert settled is not None  # noqa: S101 -- a row without a client was refused or waits
            return settled
        return self.add(row, known)

    def add(self, row: ReadRow, known: Person) -> Outcome:
        """Return the outcome of a row that became a contact."""
        contact = {
            "id": new_id(),
            "client_id": known.id,
            "happened_on": row.get("happened_on"),
            "minutes": row.get("minutes"),
            "note": row.text("note"),
            "next_on": row.get("next_on"),
            "entered_at": self._entered_at,
        }
        for name, read in self._further:
            contact[name] = read(row)
        self._ground.contacts.append(contact)
        return Outcome(
            fate=Fate.IMPORTED,
            becomes=f"Contact with {known.shown} on {_in_words(contact['happened_on'])}",
            reference=row.text("reference"),
            client_id=known.id,
            record_id=contact["id"],
        )

    def _place(self, row: ReadRow) -> str:
        """Return the kind of place: “Barrow Hub” is a hub."""
        folded = fold_name(row.text("place_as_typed"))
        if not folded:
            return row.code("place")
        return HUB_PLACE if folded in self._ground.hubs or HUB_WORD in folded.split() else Unstated.NOT_KNOWN

    def _check(self, row: ReadRow, known: Person | None) -> None:
        happened, following = row.get("happened_on"), row.get("next_on")
        heading = self._headings.get("happened_on", "")
        if happened is None:
            if not any(problem.column == heading for problem in row.refusals):
                row.refuse(heading, "", "This contact has no date. Give the day it took place.")
            return
        if known and known.birth and happened < known.birth.born_from:
            row.refuse(
                heading,
                row.typed("happened_on"),
                "This contact lies before the client’s birth date. Put the year right.",
            )
        if following and following < happened:
            sentence = "The next date lies before the contact itself. Put the two dates right."
            row.refuse(self._headings.get("next_on", ""), row.typed("next_on"), sentence)


@lru_cache(maxsize=4096)
def _in_words(day: dt.date) -> str:
    return f"{day:%d %B %Y}"
