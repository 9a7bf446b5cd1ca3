"""The equality questions for a client who answers them alone: full sentences, every answer list as the charity has it."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.codes import CodeRow, all_codes
from coachdesk.casework.details import SaveEquality, save_equality
from coachdesk.errors import Refusal
from coachdesk.models import Client, Organisation
from coachdesk.resources import resource
from coachdesk.terms import UNSTATED_WORDS, Unstated
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import describe

METHOD = "Filled in alone"
PREFER_NOT = "I prefer not to say"
_FEWEST = 2
_GROUPS = {"ethnic_group": "ethnic_group_band"}


@dataclass(frozen=True, slots=True, kw_only=True)
class AloneChoice:
    """One answer to choose; ``group`` is the heading it stands under, if it has one."""

    key: str
    words: str
    group: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AloneQuestion:
    """One question on its own screen; asked ``only_after`` the answers named there."""

    name: str
    question: str
    help: str
    choices: tuple[AloneChoice, ...]
    only_after: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class AloneSitting:
    """What the page shows: whose it is, who asks, and the questions."""

    client_id: UUID
    called: str
    organisation: str
    questions: tuple[AloneQuestion, ...]


@cache
def _asked() -> tuple[Mapping[str, Any], ...]:
    told = tomllib.loads(resource("words", "equality_questions.toml").read_text(encoding="utf-8"))
    return tuple(told["question"])


def read_alone_sitting(session: Session, client_id: UUID) -> AloneSitting:
    """Return the questions for one client; raises Refusal when there is no such client.

    Nothing of what was answered before is part of it: whoever sits at the screen begins with a clean page. A
    question without at least two answers to choose from is left out until the charity has written its list.
    """
    check_may_see(session, client_id)
    client = session.get(Client, client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    organisation = session.scalars(select(Organisation.name)).first()
    return AloneSitting(
        client_id=client.id,
        called=client.known_as or client.first_name or client.called(),
        organisation=organisation or "",
        questions=tuple(_questions(all_codes(session, None))),
    )


def _questions(lists: Mapping[str, tuple[CodeRow, ...]]) -> Iterator[AloneQuestion]:
    for told in _asked():
        name = told["name"]
        groups = {row.key: row.title for row in lists.get(_GROUPS.get(name, ""), ())}
        choices = tuple(
            AloneChoice(key=row.key, words=row.title, group=groups.get(row.parent, ""))
            for row in lists.get(name, ())
            if not row.retired and row.key not in UNSTATED_WORDS
        )
        if len(choices) < _FEWEST:
            continue
        prefer_not = AloneChoice(key=str(Unstated.PREFERS_NOT_TO_SAY), words=PREFER_NOT)
        yield AloneQuestion(
            name=name,
            question=told["question"],
            help=told["help"],
            choices=(*choices, prefer_not),
            only_after=told.get("only_after", {}),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerAlone:
    """What the client chose, question by question; what was skipped is not in it and stays as it was."""

    client_id: UUID
    answers: Mapping[str, str]


def answer_alone(session: Session, wish: AnswerAlone) -> None:
    """Write down what the client chose, with the day and that they filled it in alone.

    Raises Refusal for a client who is gone and for a question that is not asked here.
    """
    save_equality(session, SaveEquality(client_id=wish.client_id, answers=wish.answers, method=METHOD))
    client = session.get_one(Client, wish.client_id)
    describe(session, f"{client.initials()} answered equality questions alone")
