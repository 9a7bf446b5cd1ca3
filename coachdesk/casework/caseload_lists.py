"""Lists of clients: one frozen question is behind each list, its count, its paper and the place where it is shown.

A coach's lists hold her own clients, and a colleague's while she looks after them; nothing is left off at the end.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.caseload_columns import (
    OWN,
    USUAL,
    ListColumn,
    ListRow,
    OwnAnswers,
    column_of,
    columns_that_ship,
    sorted_as,
)
from coachdesk.casework.caseload_facts import Facts
from coachdesk.casework.caseload_reading import MINE, SHIPPED, OnLists, Snapshot, shipped_list, snapshot
from coachdesk.casework.listed import keeps_keys
from coachdesk.casework.plain_rows import KeptKey, as_kept, plain_rows
from coachdesk.errors import Refusal
from coachdesk.models import CustomAnswer, CustomField
from coachdesk.vault.caseload_rights import covered_coaches
from coachdesk.vault.folding import fold
from coachdesk.vault.work import coach_of

ANYBODY = ""
_FOUND_BY = tuple(column_of(key, {}) for key in ("stage", "coach", "hub", "programme", "town"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ListQuestion:
    """Which clients, in which order, with what shown of each; the same for the list, its count and its paper."""

    today: dt.date
    list: str = "open"
    whose: str = ANYBODY
    """Nobody in particular, ``mine``, or a coach's id in hex."""
    words: str = ""
    only: tuple[tuple[str, str], ...] = ()
    """Columns and the words a line must have there; in questions of the charity's own also a condition."""
    columns: tuple[str, ...] = USUAL
    order: str = ""
    """The column to sort by; none: what is due first, then by name."""
    descending: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientList:
    """The lines of a list, its columns, and how many each of the lists that ship holds."""

    question: ListQuestion
    rows: tuple[ListRow, ...]
    columns: tuple[ListColumn, ...]
    counts: Mapping[str, int]
    offered: tuple[ListColumn, ...]
    """Every column there is, also of questions of the charity's own."""
    keeps_keys: bool
    """Whoever asks is a trustee, to whom every client is closed."""


def read_list(session: Session, question: ListQuestion) -> ClientList:
    """Return the list, in its order, and the counts of all lists for the same coach, from one reading.

    Words, and columns narrowed to one answer, narrow the list and not the counts. Raises Refusal for a list there is
    none of, and for a coach nobody knows.
    """
    shipped_list(question.list)
    whose = _whose(session, question)
    read = snapshot(session, question.today)
    everybody: Iterable[OnLists] = read.everybody
    if whose is not None:
        keys = read.known.keys_of(whose)
        everybody = [one for one in everybody if not keys.isdisjoint(one[0].is_with)]
    own = own_questions(session, (question.order, *(key for key, _ in question.only), *question.columns))
    there = [facts for facts, lists in everybody if question.list in lists]
    rows = _narrowed(_found(there, question, own, read), question, own)
    return ClientList(
        question=question,
        rows=tuple(_ordered(rows, question, own)),
        columns=tuple(column_of(key, own) for key in question.columns),
        counts=_counted(everybody),
        offered=(*columns_that_ship(), *offered_questions(session)),
        keeps_keys=keeps_keys(session),
    )


def _counted(everybody: Iterable[OnLists]) -> Mapping[str, int]:
    counts = dict.fromkeys((one.key for one in SHIPPED), 0)
    for lists, number in Counter(lists for _, lists in everybody).items():
        for name in lists:
            counts[name] += number
    return counts


def count_list(session: Session, question: ListQuestion) -> int:
    """Return how many lines the list of this very question has."""
    return len(read_list(session, question).rows)


def _whose(session: Session, question: ListQuestion) -> frozenset[UUID] | None:
    """Return the coach asked for, None for anybody; raises Refusal for one that cannot be.

    Whoever asks for her own also gets those she looks after for a colleague today: they are hers for a while.
    """
    if question.whose == ANYBODY:
        return None
    if question.whose == MINE:
        me = coach_of(session)
        return frozenset() if me is None else frozenset((me, *covered_coaches(session)))
    try:
        return frozenset((UUID(hex=question.whose),))
    except ValueError as error:
        raise Refusal("That coach is not known.") from error


def _found(
    there: list[Facts], question: ListQuestion, own: Mapping[str, OwnAnswers], read: Snapshot
) -> list[ListRow]:
    """Return the lines that hold every word somewhere."""
    wanted = fold(question.words).split()
    texts = _texts(there, own, read) if wanted else {}
    for word in wanted:
        there = [facts for facts in there if word in texts[facts.id]]
    return [ListRow(facts, read.known, own) for facts in there]


def _texts(there: Iterable[Facts], own: Mapping[str, OwnAnswers], read: Snapshot) -> Mapping[KeptKey, str]:
    """Return what lines can be found by, folded: names and numbers, and the words in the columns of few answers."""
    kept = read.texts
    for facts in there:
        if facts.id not in kept:
            row = ListRow(facts, read.known)
            words = " ".join(column.words(row) for column in _FOUND_BY)
            kept[facts.id] = f"{facts.folded or ''} {sorted_as(words)}"
    if not own:
        return kept
    columns = [column_of(key, own) for key in own]
    answers = ((facts, ListRow(facts, read.known, own)) for facts in there)
    return {
        facts.id: f"{kept[facts.id]} {fold(' '.join(column.words(row) for column in columns))}"
        for facts, row in answers
    }


def _narrowed(rows: list[ListRow], question: ListQuestion, own: Mapping[str, OwnAnswers]) -> list[ListRow]:
    """Return the lines that have the answers asked for."""
    for key, words in question.only:
        column = column_of(key, own)
        rows = [row for row in rows if column.fits(row, words)]
    return rows


def _ordered(rows: list[ListRow], question: ListQuestion, own: Mapping[str, OwnAnswers]) -> list[ListRow]:
    """Return the lines in order, by name where they are alike; those without anything to sort by come last."""
    if not question.order:
        return sorted(rows, key=_by_due)
    column = column_of(question.order, own)
    keyed = [(column.sorts_by(row), row) for row in rows]
    known_ones = [one for one in keyed if one[0] is not None]
    known_ones.sort(key=lambda one: sorted_as(one[1].name))
    known_ones.sort(key=lambda one: one[0], reverse=question.descending)
    unknown = sorted((row for key, row in keyed if key is None), key=lambda row: sorted_as(row.name))
    return [row for _, row in known_ones] + unknown


def _by_due(row: ListRow) -> tuple[dt.date, str, str]:
    return (row.facts.due_on or dt.date.max, sorted_as(row.name), row.facts.reference)


def offered_questions(session: Session) -> tuple[ListColumn, ...]:
    """Return a column for each question of the charity's own that is in use."""
    query = select(CustomField.key, CustomField.title, CustomField.sort, CustomField.choices).where(
        CustomField.archived_at.is_(None), CustomField.retired_on.is_(None)
    )
    rows = plain_rows(session, query.order_by(CustomField.position, CustomField.title))
    return tuple(
        column_of(OWN + key, {OWN + key: OwnAnswers(title, sort, _titles(choices), {})})
        for key, title, sort, choices in rows
    )


def own_questions(session: Session, columns: Iterable[str]) -> Mapping[str, OwnAnswers]:
    """Return the answers to those questions of the charity's own that are among some columns."""
    keys = [key.removeprefix(OWN) for key in columns if key.startswith(OWN)]
    if not keys:
        return {}
    query = select(CustomField.id, CustomField.key, CustomField.title, CustomField.sort, CustomField.choices)
    found = {}
    for field, key, title, sort, choices in session.execute(query.where(CustomField.key.in_(keys))):
        answers = plain_rows(
            session,
            select(as_kept(CustomAnswer.client_id), CustomAnswer.value, CustomAnswer.unstated).where(
                CustomAnswer.field_id == field, CustomAnswer.archived_at.is_(None)
            ),
        )
        said = {client: (value, unstated) for client, value, unstated in answers}
        found[OWN + key] = OwnAnswers(title, sort, _titles(choices), said)
    return found


def _titles(choices: Iterable[Any]) -> Mapping[str, str]:
    return {str(one[0]): str(one[1]) for one in map(list, choices)}
