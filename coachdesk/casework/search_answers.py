"""Whoever answered a question of our own in these words: asked only when hardly anybody matches as typed.

Answers stand in no index: a word of an answer would push names out of the few lines there is room for, and every
letter would cost more. One pass over the answers in text and numbers is quick enough for the rare time.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, String, and_, cast, or_, select
from sqlalchemy.orm import Session

from coachdesk.casework.custom_fields import Sort
from coachdesk.casework.listed import not_erased
from coachdesk.casework.plain_rows import KeptKey, as_kept
from coachdesk.models import Client, CustomAnswer, CustomField
from coachdesk.vault.caseload_rights import in_reach
from coachdesk.vault.folding import fold

SHORTEST = 3
"""Shorter words stand in too many answers to tell anybody apart."""
MOST_LOOKED_AT = 2_000
"""Words that stand in more answers than this tell nobody apart either."""
NOT_PLAIN = "\\u"
"""How a letter that is not plain ASCII is written in a kept answer; those are looked at whole."""


def by_answer(
    session: Session, words: Sequence[str], most: int, me: UUID | None
) -> Iterator[tuple[Sequence[KeptKey], str]]:
    """Yield who gave an answer in which every word begins a part, and the question it was given to.

    ``words`` are folded; with ``me`` given, only those are asked after whom that coach may open.
    """
    if max(map(len, words), default=0) < SHORTEST:
        return
    asked = {
        field_id: (sort, title)
        for field_id, sort, title in session.execute(
            select(CustomField.id, CustomField.sort, CustomField.title)
            .where(CustomField.sort.in_([Sort.TEXT, Sort.NUMBER]))
            .order_by(CustomField.position, CustomField.key)
        )
    }
    found: dict[UUID, list[KeptKey]] = {field_id: [] for field_id in asked}
    if not asked:
        return
    with session.connection().execute(_candidates(session, words, me)) as candidates:
        for client, field_id, value in candidates:
            sort = asked[field_id][0] if field_id in asked else ""
            text = f" {fold(str(value.get(sort, '')))}"
            if all(f" {word}" in text for word in words):
                found[field_id].append(client)
                if len(found[field_id]) >= most:
                    break
    for field_id, clients in found.items():
        if clients:
            yield clients, f"answer to “{asked[field_id][1]}”"


def _candidates(session: Session, words: Sequence[str], me: UUID | None) -> Select[*tuple[Any, ...]]:
    """Return the question for answers with these words somewhere in them, of clients who may be found.

    The answers come first and then their clients: the other way round, each client's answers are looked up one by one.
    """
    kept = cast(CustomAnswer.value, String)
    worded = and_(*(kept.contains(word, autoescape=True) for word in words))
    said = (
        select(CustomAnswer.client_id, CustomAnswer.field_id, CustomAnswer.value)
        .where(CustomAnswer.archived_at.is_(None), or_(worded, kept.contains(NOT_PLAIN, autoescape=True)))
        .cte("said")
        .prefix_with("MATERIALIZED")
    )
    return (
        select(as_kept(said.c.client_id), said.c.field_id, said.c.value)
        .join(Client, Client.id == said.c.client_id)
        .where(Client.archived_at.is_(None), not_erased(), *([] if me is None else [in_reach(session)]))
        .limit(MOST_LOOKED_AT)
    )
