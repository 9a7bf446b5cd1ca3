"""Whoever answered a question of our own in these words: asked only when hardly anybody matches as typed.

Answers stand in no index: a word of an answer would push names out of the few lines there is room for, and every
letter would cost more. One pass over the answers in text and numbers is quick enough for the rare time.
"""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import String, cast, or_, select
from sqlalchemy.orm import Session

from coachdesk.casework.custom_fields import Sort
from coachdesk.casework.listed import not_erased
from coachdesk.casework.plain_rows import KeptKey, as_kept, plain_rows
from coachdesk.models import Client, CustomAnswer, CustomField
from coachdesk.vault.caseload_rights import own_caseload
from coachdesk.vault.folding import fold

SHORTEST = 3
"""Shorter words stand in too many answers to tell anybody apart."""
NOT_PLAIN = "\\u"
"""How a letter that is not plain ASCII is written in a kept answer; those are looked at whole."""


def by_answer(
    session: Session, words: Sequence[str], most: int, me: UUID | None
) -> Iterator[tuple[Sequence[KeptKey], str]]:
    """Yield who gave an answer in which every word begins a part, and the question it was given to.

    ``words`` are folded; with ``me`` given, only that coach's own clients are asked after.
    """
    if max(map(len, words), default=0) < SHORTEST:
        return
    kept = cast(CustomAnswer.value, String)
    longest = max(words, key=len)
    query = (
        select(as_kept(Client.id), CustomField.title, CustomField.sort, CustomAnswer.value)
        .join(CustomAnswer, CustomAnswer.client_id == Client.id)
        .join(CustomField, CustomField.id == CustomAnswer.field_id)
        .where(
            CustomField.sort.in_([Sort.TEXT, Sort.NUMBER]),
            CustomAnswer.archived_at.is_(None),
            or_(kept.icontains(longest, autoescape=True), kept.contains(NOT_PLAIN, autoescape=True)),
            Client.archived_at.is_(None),
            not_erased(),
            *([] if me is None else [own_caseload(me)]),
        )
        .order_by(CustomField.position, CustomField.key, Client.id.desc())
    )
    found: dict[str, list[KeptKey]] = {}
    for client, title, sort, value in plain_rows(session, query):
        text = f" {fold(str(value.get(sort, '')))}"
        if all(f" {word}" in text for word in words):
            found.setdefault(title, []).append(client)
    for title, clients in found.items():
        yield clients[:most], f"answer to “{title}”"
