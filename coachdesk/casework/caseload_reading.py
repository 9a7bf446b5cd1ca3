"""Who stands on which of the lists that ship: everybody read once and kept; who has changed is read again."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID
from weakref import WeakKeyDictionary

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from coachdesk.casework.caseload_changes import clients_changed, newest_change
from coachdesk.casework.caseload_facts import Facts, Known, known, missing, read_facts
from coachdesk.casework.fading import FadingQuestion, fading_clients
from coachdesk.casework.listed import hers, not_erased
from coachdesk.casework.plain_rows import KeptKey, key_of
from coachdesk.errors import Refusal
from coachdesk.models import Client
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import vault_of

Belongs = Callable[[Facts, Known], bool]
MINE = "mine"
PUT_AWAY = "put_away"
_AWAY = "away"


def _is_due(facts: Facts, told: Known) -> bool:
    due_on = facts.due_on
    return due_on is not None and due_on <= told.today


def _is_quiet(facts: Facts, told: Known) -> bool:
    return told.is_quiet(facts)


def _review_due(facts: Facts, told: Known) -> bool:
    on = told.review_on(facts)
    return on is not None and on <= told.today


def _is_in_work(facts: Facts, _told: Known) -> bool:
    return facts.job_on is not None


def _is_missing(facts: Facts, _told: Known) -> bool:
    return next(missing(facts), None) is not None


@dataclass(frozen=True, slots=True)
class ShippedList:
    """A list that ships: its words, and what it is in a sentence."""

    key: str
    title: str
    meaning: str


SHIPPED = (
    ShippedList("open", "Open", "Everybody whose support goes on or has not begun."),
    ShippedList("due", "Due today", "Something is due today, or was before."),
    ShippedList("quiet", "Gone quiet", "No contact for longer than was agreed."),
    ShippedList("in_work", "In work", "In a job, and support goes on."),
    ShippedList("review", "Review due", "The plan is to be looked at again."),
    ShippedList("missing", "Missing data", "Something was not asked, or not written down."),
    ShippedList(
        MINE,
        "Mine",
        "Open clients with you, also for one programme, and those you look after for a colleague.",
    ),
    ShippedList(_AWAY, "While away", "Open clients of a colleague you look after just now."),
    ShippedList("closed", "Closed", "Support has ended."),
    ShippedList("all", "All", "Everybody who was not put away."),
    ShippedList(PUT_AWAY, "Put away", "Records that were put away; they stand in no other list."),
)
_LISTS = {one.key: one for one in SHIPPED}
_NARROWER: tuple[tuple[str, Belongs], ...] = (
    ("due", _is_due),
    ("quiet", _is_quiet),
    ("in_work", _is_in_work),
    ("review", _review_due),
    ("missing", _is_missing),
)


def shipped_list(key: str) -> ShippedList:
    """Return a list that ships; raises Refusal for one there is none of."""
    if key not in _LISTS:
        raise Refusal("There is no list of that name any more.")
    return _LISTS[key]


OnLists = tuple[Facts, tuple[str, ...]]


class Snapshot(NamedTuple):
    """Everybody who acts may see in lists, each with the lists they stand on, as the vault was at one moment."""

    stamp: tuple[int, dt.date]
    known: Known
    everybody: tuple[OnLists, ...]
    texts: dict[KeptKey, str]
    """What each is found by, folded; put down when words are first looked for."""


_SNAPSHOTS: WeakKeyDictionary[OpenVault, Snapshot] = WeakKeyDictionary()
"""The newest reading of each open vault; it goes with the vault, and when anything in the vault has changed."""


def snapshot(session: Session, today: dt.date) -> Snapshot:
    """Return the reading of the vault as it is.

    Sorting and narrowing a list asks the file for nothing but whether anything has changed; after a change the lines
    of those whom it concerns are read again.
    """
    vault = vault_of(session)
    stamp = (newest_change(session), today)
    kept = _SNAPSHOTS.get(vault)
    if kept is not None and kept.stamp == stamp:
        return kept
    changed = _changed_since(session, kept, stamp)
    made = _anew(session, stamp) if kept is None or changed is None else _again(session, kept, stamp, changed)
    _SNAPSHOTS[vault] = made
    return made


def forget() -> None:
    """Let go of what was read of every vault: one was locked, or it is to be read anew."""
    _SNAPSHOTS.clear()


def _changed_since(
    session: Session, kept: Snapshot | None, stamp: tuple[int, dt.date]
) -> frozenset[UUID] | None:
    """Return whose lines are to be read again; None for everybody’s: nothing is kept, or it is of another day."""
    if kept is None or kept.stamp[1] != stamp[1] or kept.stamp[0] > stamp[0]:
        return None
    return clients_changed(session, kept.stamp[0])


def _anew(session: Session, stamp: tuple[int, dt.date]) -> Snapshot:
    told = known(session, stamp[1])
    return Snapshot(stamp, told, tuple(_read(session, told)), {})


def _again(
    session: Session, kept: Snapshot, stamp: tuple[int, dt.date], changed: frozenset[UUID]
) -> Snapshot:
    """Return a reading in which the lines of some clients are new, and all else as it was."""
    clients = sorted(changed)
    others = [one for one in kept.everybody if key_of(one[0].id) not in changed]
    still_fading = (one for one in kept.known.fading if key_of(one) not in changed)
    fading = fading_clients(session, FadingQuestion(today=stamp[1]), clients)
    told = replace(kept.known, fading=fading.union(still_fading))
    texts = {client: words for client, words in kept.texts.items() if key_of(client) not in changed}
    theirs = _read(session, told, Client.id.in_(clients))
    return Snapshot(stamp, told, (*others, *theirs), texts)


def _read(session: Session, told: Known, *conditions: ColumnElement[bool]) -> Iterator[OnLists]:
    read = read_facts(session, told.today, (not_erased(), *hers(session), *conditions))
    return ((one, _lists_of(one, told)) for one in read)


def _lists_of(facts: Facts, told: Known) -> tuple[str, ...]:
    """Return the lists somebody stands on."""
    if facts.archived_at is not None:
        return (PUT_AWAY,)
    if not facts.is_open:
        return ("closed", "all")
    theirs = ["open", "all"]
    if facts.died_on is None:
        theirs += [key for key, belongs in _NARROWER if belongs(facts, told)]
    if not told.mine.isdisjoint(facts.is_with):
        theirs.append(MINE)
    elif not told.away.isdisjoint(facts.is_with):
        theirs += [MINE, _AWAY]
    return tuple(theirs)
