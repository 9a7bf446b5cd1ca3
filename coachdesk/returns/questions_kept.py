"""Questions somebody wants again, under a name; what is removed can be taken back."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.programmes import programme_of
from coachdesk.errors import Refusal
from coachdesk.models import Programme, SavedQuestion
from coachdesk.returns.questions import QuestionWish, Which, check_question
from coachdesk.vault.work import describe

LONGEST_TITLE = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedQuestionRow:
    """A question under its name, ready to be asked again; its programme in words."""

    id: UUID
    title: str
    programme: str
    wish: QuestionWish


@dataclass(frozen=True, slots=True, kw_only=True)
class SaveQuestion:
    """Keep a question under a name; with an id, the question of that id is changed."""

    title: str
    wish: QuestionWish
    id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RenameQuestion:
    """Give a saved question another name."""

    id: UUID
    title: str


def list_questions(session: Session, _question: None) -> tuple[SavedQuestionRow, ...]:
    """Return the saved questions by title; one whose programme is gone is not shown."""
    rows = session.execute(
        select(SavedQuestion, Programme)
        .join(Programme, Programme.id == SavedQuestion.programme_id)
        .where(SavedQuestion.archived_at.is_(None), Programme.archived_at.is_(None))
        .order_by(SavedQuestion.title, SavedQuestion.id)
    ).all()
    return tuple(
        SavedQuestionRow(
            id=saved.id,
            title=saved.title,
            programme=programme.title,
            wish=_asked_again(programme.key, saved.question),
        )
        for saved, programme in rows
    )


def save_question(session: Session, wish: SaveQuestion) -> UUID:
    """Keep a question and return its id.

    Raises Refusal without a name, with one that is taken, and for a question that cannot be asked.
    """
    check_question(wish.wish)
    title = _free_title(session, wish.title, wish.id)
    found = SavedQuestion() if wish.id is None else _existing(session, wish.id)
    found.title = title
    found.programme_id = programme_of(session, wish.wish.programme_key).id
    found.question = _kept(wish.wish)
    session.add(found)
    describe(session, f"Saved the question “{title}”")
    return found.id


def rename_question(session: Session, wish: RenameQuestion) -> None:
    """Give a question another name; raises Refusal as ``save_question`` does."""
    found = _existing(session, wish.id)
    found.title = _free_title(session, wish.title, wish.id)
    describe(session, f"Renamed a question to “{found.title}”")


def remove_question(session: Session, question_id: UUID) -> None:
    """Take a saved question away; raises Refusal when it is gone already."""
    found = _existing(session, question_id)
    describe(session, f"Removed the question “{found.title}”")
    session.delete(found)


def _free_title(session: Session, typed: str, own: UUID | None) -> str:
    title = " ".join(typed.split())
    if not title or len(title) > LONGEST_TITLE:
        sentence = f"Give the question a name of at most {LONGEST_TITLE} characters."
        raise Refusal(sentence, fields={"title": sentence})
    for known_id, known in session.execute(select(SavedQuestion.id, SavedQuestion.title)):
        if known.casefold() == title.casefold() and known_id != own:
            sentence = "There is a question of that name already."
            raise Refusal(sentence, fields={"title": sentence})
    return title


def _existing(session: Session, question_id: UUID) -> SavedQuestion:
    found = session.get(SavedQuestion, question_id)
    if found is None:
        raise Refusal("This question is not there any more.")
    return found


def _kept(wish: QuestionWish) -> dict[str, Any]:
    return {
        "measure": wish.measure,
        "by": list(wish.by),
        "which": [[one.heading, one.label] for one in wish.which],
        "from_on": wish.from_on.isoformat(),
        "to_on": wish.to_on.isoformat(),
        "as_at": wish.as_at.isoformat() if wish.as_at else None,
    }


def _asked_again(programme_key: str, kept: Mapping[str, Any]) -> QuestionWish:
    as_at = kept.get("as_at")
    return QuestionWish(
        programme_key=programme_key,
        measure=str(kept["measure"]),
        by=tuple(map(str, kept.get("by", ()))),
        which=tuple(Which(heading=str(one), label=str(label)) for one, label in kept.get("which", ())),
        from_on=dt.date.fromisoformat(kept["from_on"]),
        to_on=dt.date.fromisoformat(kept["to_on"]),
        as_at=dt.date.fromisoformat(as_at) if as_at else None,
    )
