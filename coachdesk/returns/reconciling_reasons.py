"""Why somebody is counted now who was not when a return was issued, or the other way about."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.joined import joining_of
from coachdesk.casework.record_words import RecordWords
from coachdesk.models import Erasure, JournalEntry, Release
from coachdesk.press.cells import date_words
from coachdesk.returns.explaining import now_known_as
from coachdesk.returns.wishes import FigureRow
from coachdesk.vault.chronicle import EVENT

CAME, WENT, MOVED = "came in", "went out", "moved"
_UNTOUCHED = "nothing of this record was changed since; what it is counted with was"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    """Somebody who makes a difference: came in, went out or moved to another part, and why."""

    client_id: UUID
    way: str
    reason: str


class Reasons:
    """Why somebody is counted now and was not, or the other way about."""

    def __init__(
        self, session: Session, release: Release, issued: Iterable[UUID], now: Iterable[UUID]
    ) -> None:
        self._session = session
        everybody = set(issued)
        self._now_as = now_known_as(session, everybody)
        everybody |= {*self._now_as.values(), *now}
        self._erased = set(session.scalars(select(Erasure.client_id)))
        self._touched = _touched(session, release.journal_position, everybody)
        self._joined = {old: new for old, new in self._now_as.items() if old != new}

    def changes(self, issued: FigureRow, now: FigureRow) -> Iterable[PersonChange]:
        """Yield who came in, went out, moved, or stood there twice and is one person now."""
        before, after = self._standing(issued), _parts_of(now)
        for client in sorted(after.keys() - before.keys()):
            then = _near(issued, client)
            yield PersonChange(
                client_id=client, way=CAME, reason=self.reason(client, f"then: {then}" if then else "")
            )
        for client in sorted(before.keys() - after.keys()):
            today = _near(now, client)
            yield PersonChange(
                client_id=client, way=WENT, reason=self.reason(client, f"now: {today}" if today else "")
            )
        for client in sorted(before.keys() & after.keys()):
            if before[client] != after[client]:
                words = f"from {_labels(before[client])} to {_labels(after[client])}"
                yield PersonChange(client_id=client, way=MOVED, reason=self.reason(client, words))
        yield from self.twice(people_of(issued))

    def under_now(self, people: Iterable[UUID]) -> frozenset[UUID]:
        """Return the records in which these people are found now."""
        return frozenset(self._now_as.get(client, client) for client in people)

    def _standing(self, issued: FigureRow) -> dict[UUID, frozenset[str]]:
        """Return in which parts each person stood, under the record in which the person is found now."""
        found: dict[UUID, frozenset[str]] = {}
        for client, labels in _parts_of(issued).items():
            now = self._now_as[client]
            found[now] = found.get(now, frozenset()) | labels
        return found

    def twice(self, counted: frozenset[UUID]) -> Iterable[PersonChange]:
        """Yield who stood among these twice, under two records that were joined since."""
        for client in sorted(counted & self._joined.keys()):
            if self._joined[client] in counted:
                reason = "two records of one person were joined: counted twice then, once now"
                yield PersonChange(client_id=self._joined[client], way=WENT, reason=reason)

    def reason(self, client: UUID, said: str) -> str:
        """Return what was done to a client's record since, after what is said already."""
        if client in self._erased:
            return "; ".join(part for part in (said, "erased since") if part)
        told = [
            words
            for old, new in self._joined.items()
            if new == client
            for words in self._touched.get(old, ())
        ]
        if (
            any(new == client for new in self._joined.values())
            or joining_of(self._session, client) is not None
        ):
            told.append("joined with another record")
        told += self._touched.get(client, ())
        return "; ".join(part for part in (said, *(dict.fromkeys(told) or (_UNTOUCHED,))) if part)


def people_of(figure: FigureRow) -> frozenset[UUID]:
    """Return all who stand in any part of a figure."""
    return frozenset(client for part in figure.parts for client in part.client_ids)


def _parts_of(figure: FigureRow) -> dict[UUID, frozenset[str]]:
    """Return in which parts of a figure each person stands."""
    found: dict[UUID, frozenset[str]] = {}
    for part in figure.parts:
        for client in part.client_ids:
            found[client] = found.get(client, frozenset()) | {part.label}
    return found


def _labels(labels: frozenset[str]) -> str:
    return " and ".join(f"“{label}”" for label in sorted(labels))


def _near(figure: FigureRow, client: UUID) -> str:
    return next((near.reason for near in figure.near if near.client_id == client), "")


def _touched(session: Session, position: int, clients: Iterable[UUID]) -> Mapping[UUID, tuple[str, ...]]:
    """Return what was entered, changed or taken out of these clients' records after a journal entry, in words."""
    wanted = {client.hex: client for client in clients}
    rows = session.execute(
        select(JournalEntry.scope, JournalEntry.entity, JournalEntry.operation, JournalEntry.at)
        .where(JournalEntry.position > position, JournalEntry.operation != EVENT)
        .order_by(JournalEntry.position)
    )
    found: dict[UUID, dict[str, None]] = {}
    for scope, entity, operation, at in rows:
        if scope in wanted:
            words = f"{RecordWords.title(entity).lower()} {_DONE[operation]} on {date_words(_day(at))}"
            found.setdefault(wanted[scope], {})[words] = None
    return {client: tuple(words) for client, words in found.items()}


_DONE = {"insert": "entered", "update": "changed", "delete": "taken out"}


def _day(at: dt.datetime) -> dt.date:
    return at.date()
