"""Changed since issued: an issued return counted again today with its own definitions, and who makes the difference."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.joined import joining_of
from coachdesk.casework.record_words import RecordWords
from coachdesk.errors import Refusal
from coachdesk.models import Erasure, JournalEntry, Release
from coachdesk.press.cells import date_words
from coachdesk.returns.explaining import now_known_as
from coachdesk.returns.figures import figure_rows
from coachdesk.returns.indicators.found import Scope
from coachdesk.returns.issue_inputs import frozen_definitions, frozen_rules
from coachdesk.returns.issue_review import read_figures, read_inputs
from coachdesk.returns.lines import counts
from coachdesk.returns.periods import Period
from coachdesk.returns.reopened import GONE, review_kept
from coachdesk.returns.wishes import FigureRow
from coachdesk.vault.chronicle import EVENT
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading

NOT_KEPT = (
    "This return was issued before figures were kept with their people, so it cannot be set beside today’s. "
    "Its files can still be written again."
)
CAME, WENT, MOVED = "came in", "went out", "moved"
_SAME_PEOPLE = "The same people stand behind it: how often they count, or what it is set against, changed."
_UNTOUCHED = "nothing of this record was changed since; what it is counted with was"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonChange:
    """Somebody who makes a difference: came in, went out or moved to another part, and why."""

    client_id: UUID
    way: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange:
    """One figure as issued and now; ``difference`` is of its first number, None where one of them is missing."""

    id: str
    title: str
    issued_words: str
    now_words: str
    difference: int | None
    people: tuple[PersonChange, ...]
    note: str = ""

    @property
    def is_same(self) -> bool:
        """Return whether neither the number nor the people changed."""
        return self.issued_words == self.now_words and not self.people


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """An issued return beside what it would be today, figure by figure."""

    release_id: UUID
    figures: tuple[FigureChange, ...]

    @property
    def changed(self) -> tuple[FigureChange, ...]:
        """Return the figures that are not the same any more."""
        return tuple(each for each in self.figures if not each.is_same)


def reconciled(vault: OpenVault, release_id: UUID, watch: Watch) -> Reconciliation:
    """Return an issued return beside the same return counted today with the rules and definitions of its issue.

    Raises Refusal when the register does not hold it, or holds it without its figures.
    """
    watch.progress(0.0, "Reading the issued return")
    with reading(vault) as session:
        release = session.get(Release, release_id)
        review = review_kept(session, release_id)
        if release is None or release.archived_at is not None:
            raise Refusal(GONE)
        if review is None or not review.figures:
            raise Refusal(NOT_KEPT)
        issued = read_figures(review.figures)
        watch.progress(0.2, "Counting the same return again")
        now = {each.id: each for each in _counted_now(session, release, read_inputs(review.figures))}
        watch.progress(0.7, "Looking for who makes the difference")
        why = _Reasons(session, release, issued, now)
        found = tuple(_change(figure, now.get(figure.id), why) for figure in issued)
    return Reconciliation(release_id=release_id, figures=found)


def _counted_now(session: Session, release: Release, inputs: Mapping[str, object]) -> tuple[FigureRow, ...]:
    catalogue = frozen_definitions(inputs)
    scope = Scope(
        programme_id=release.programme_id,
        period=Period(release.from_on, release.to_on),
        as_at=release.as_at,
        rules=frozen_rules(inputs),
    )
    lines = counts(session, scope, catalogue, release.threshold).lines
    return figure_rows(lines, {}, catalogue, release.to_on)


def _change(issued: FigureRow, now: FigureRow | None, why: "_Reasons") -> FigureChange:
    if now is None:
        return FigureChange(
            id=issued.id, title=issued.title, issued_words=_words(issued), now_words="", difference=None, people=(),
            note="This version of the program does not count it.",
        )  # fmt: skip
    people = tuple(why.changes(issued, now))
    then, today = _number(issued), _number(now)
    difference = None if then is None or today is None else today - then
    same_people = not people and _words(issued) != _words(now)
    return FigureChange(
        id=issued.id,
        title=issued.title,
        issued_words=_words(issued),
        now_words=_words(now),
        difference=difference,
        people=people,
        note=_SAME_PEOPLE if same_people else "",
    )


def _words(figure: FigureRow) -> str:
    return f"{figure.value_words} {figure.base_words}".strip()


def _number(figure: FigureRow) -> int | None:
    """Return the first number of a figure; None for one that no people make up."""
    return figure.parts[0].number if figure.parts else None


class _Reasons:
    """Why somebody is counted now and was not, or the other way about."""

    def __init__(
        self, session: Session, release: Release, issued: Iterable[FigureRow], now: Mapping[str, FigureRow]
    ) -> None:
        self._session = session
        everybody = {client for figure in issued for client in _everybody(figure)}
        self._now_as = now_known_as(session, everybody)
        everybody |= {*self._now_as.values(), *(one for figure in now.values() for one in _everybody(figure))}
        self._erased = set(session.scalars(select(Erasure.client_id)))
        self._touched = _touched(session, release.journal_position, everybody)
        self._joined = {old: new for old, new in self._now_as.items() if old != new}

    def changes(self, issued: FigureRow, now: FigureRow) -> Iterable[PersonChange]:
        """Yield who came in, went out, moved, or stood there twice and is one person now."""
        before, after = self._standing(issued), _parts_of(now)
        for client in sorted(after.keys() - before.keys()):
            then = _near(issued, client)
            yield PersonChange(
                client_id=client, way=CAME, reason=self._reason(client, f"then: {then}" if then else "")
            )
        for client in sorted(before.keys() - after.keys()):
            today = _near(now, client)
            yield PersonChange(
                client_id=client, way=WENT, reason=self._reason(client, f"now: {today}" if today else "")
            )
        for client in sorted(before.keys() & after.keys()):
            if before[client] != after[client]:
                words = f"from {_labels(before[client])} to {_labels(after[client])}"
                yield PersonChange(client_id=client, way=MOVED, reason=self._reason(client, words))
        yield from self._twice(issued)

    def _standing(self, issued: FigureRow) -> dict[UUID, frozenset[str]]:
        """Return in which parts each person stood, under the record in which the person is found now."""
        found: dict[UUID, frozenset[str]] = {}
        for client, labels in _parts_of(issued).items():
            now = self._now_as[client]
            found[now] = found.get(now, frozenset()) | labels
        return found

    def _twice(self, issued: FigureRow) -> Iterable[PersonChange]:
        counted = _parts_of(issued)
        for client in sorted(counted.keys() & self._joined.keys()):
            if self._joined[client] in counted:
                reason = "two records of one person were joined: counted twice then, once now"
                yield PersonChange(client_id=self._joined[client], way=WENT, reason=reason)

    def _reason(self, client: UUID, said: str) -> str:
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


def _everybody(figure: FigureRow) -> frozenset[UUID]:
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
