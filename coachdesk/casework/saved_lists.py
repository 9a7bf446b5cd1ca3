"""Lists somebody wants again: what a list asks for, under a name; one's own, or everybody's."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from coachdesk.casework.caseload_columns import USUAL
from coachdesk.casework.caseload_lists import ANYBODY, ListQuestion
from coachdesk.errors import Refusal
from coachdesk.models import SavedList
from coachdesk.vault.work import clock_of, coach_of, describe

_LONGEST_TITLE = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedListRow:
    """A list under its name, and the question it asks today."""

    id: UUID
    title: str
    is_everybodys: bool
    question: ListQuestion


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveList:
    """Keep a question under a name; one's own, or everybody's. With an id, the list of that id is changed."""

    title: str
    question: ListQuestion
    for_everybody: bool = False
    list_id: UUID | None = None


def list_saved(session: Session, today: dt.date) -> tuple[SavedListRow, ...]:
    """Return the lists of who asks and those of everybody, by title."""
    query = select(SavedList).where(
        SavedList.archived_at.is_(None),
        or_(SavedList.coach_id.is_(None), SavedList.coach_id == coach_of(session)),
    )
    return tuple(_row(one, today) for one in session.scalars(query.order_by(SavedList.title, SavedList.id)))


def _row(found: SavedList, today: dt.date) -> SavedListRow:
    return SavedListRow(
        id=found.id,
        title=found.title,
        is_everybodys=found.coach_id is None,
        question=_asked_again(found.definition, today),
    )


def _asked_again(kept: Mapping[str, Any], today: dt.date) -> ListQuestion:
    """Return the question of a list as it is asked today."""
    only = tuple((str(column), str(words)) for column, words in kept.get("only", ()))
    return ListQuestion(
        today=today,
        list=str(kept.get("list", "open")),
        whose=str(kept.get("whose", ANYBODY)),
        words=str(kept.get("words", "")),
        only=only,
        columns=tuple(map(str, kept.get("columns", USUAL))),
        order=str(kept.get("order", "")),
        descending=bool(kept.get("descending", False)),
    )


def _kept(question: ListQuestion) -> dict[str, Any]:
    return {
        "list": question.list,
        "whose": question.whose,
        "words": question.words,
        "only": [list(one) for one in question.only],
        "columns": list(question.columns),
        "order": question.order,
        "descending": question.descending,
    }


def save_list(session: Session, wish: SaveList) -> UUID:
    """Keep a list under its name; raises Refusal without a name, or with one of hers or everybody's that is taken."""
    title = " ".join(wish.title.split())
    if not title or len(title) > _LONGEST_TITLE:
        sentence = f"Give the list a name of at most {_LONGEST_TITLE} characters."
        raise Refusal(sentence, fields={"title": sentence})
    today = clock_of(session).today()
    taken = any(
        one.title.casefold() == title.casefold() and one.id != wish.list_id
        for one in list_saved(session, today)
    )
    if taken:
        sentence = "There is a list of that name already."
        raise Refusal(sentence, fields={"title": sentence})
    found = SavedList() if wish.list_id is None else _existing(session, wish.list_id)
    found.title = title
    found.coach_id = None if wish.for_everybody else coach_of(session)
    found.definition = _kept(wish.question)
    session.add(found)
    describe(session, f"Saved the list “{title}”")
    return found.id


def remove_list(session: Session, list_id: UUID) -> None:
    """Take a list away; the clients on it stay as they are. Raises Refusal when it is gone already."""
    found = _existing(session, list_id)
    found.archived_at = clock_of(session).now()
    describe(session, f"Removed the list “{found.title}”")


def _existing(session: Session, list_id: UUID) -> SavedList:
    found = session.get(SavedList, list_id)
    hers = found is not None and found.coach_id in {None, coach_of(session)}
    if found is None or not hers or found.archived_at is not None:
        raise Refusal("This list is not there any more.")
    return found
