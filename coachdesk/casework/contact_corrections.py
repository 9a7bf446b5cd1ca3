"""A contact that was saved with a slip in it: read as it was written, and put right; the first words stay in the history."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.contacts import OpenGoal, check_contact, goal_words, goals_kept, open_goals
from coachdesk.errors import Refusal
from coachdesk.models import Client, Contact
from coachdesk.vault.caseload_rights import check_may_see
from coachdesk.vault.work import clock_of, describe

_GONE = "This contact is not there any more."
_CHECKED = ("happened_on", "next_on", "minutes", "note_kind")
_CORRECTED = frozenset(
    {
        *_CHECKED, "channel", "place", "note", "did_not_attend", "is_private", "goals", "with_whom",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAsWritten:
    """A contact with its keys, for the form that corrects it; ``offered`` are goals it can be about."""

    id: UUID
    client_id: UUID
    happened_on: dt.date
    channel: str
    place: str
    minutes: int | None
    note: str
    note_kind: str
    did_not_attend: bool
    is_private: bool
    goals: tuple[UUID, ...]
    next_on: dt.date | None
    with_whom: str
    offered: tuple[OpenGoal, ...]


def read_contact(session: Session, contact_id: UUID) -> ContactAsWritten:
    """Return a contact as it was written; raises Refusal when it is gone."""
    contact, client = _contact(session, contact_id)
    check_may_see(session, client.id)
    chosen = goal_words(session, [contact])
    offered = {one.id: one for one in open_goals(session, client.id)}
    offered |= {one: OpenGoal(id=one, words=words) for one, words in chosen.items() if one not in offered}
    return ContactAsWritten(
        id=contact.id,
        client_id=client.id,
        happened_on=contact.happened_on,
        channel=contact.channel,
        place=contact.place,
        minutes=contact.minutes,
        note=contact.note,
        note_kind=contact.note_kind,
        did_not_attend=contact.did_not_attend,
        is_private=contact.is_private,
        goals=tuple(chosen),
        next_on=contact.next_on,
        with_whom=contact.with_whom,
        offered=tuple(offered.values()),
    )


def newest_contact(session: Session, client_id: UUID) -> ContactAsWritten | None:
    """Return the contact with a client that was written last, as somebody looks for who has just seen a slip."""
    check_may_see(session, client_id)
    query = select(Contact.id).where(Contact.client_id == client_id, Contact.archived_at.is_(None))
    found = session.scalar(query.order_by(Contact.entered_at.desc(), Contact.id.desc()).limit(1))
    return None if found is None else read_contact(session, found)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectContact:
    """What a contact should have said; the first version stays in the history. Fields not named stay as they are."""

    contact_id: UUID
    values: Mapping[str, Any]


def correct_contact(session: Session, wish: CorrectContact) -> None:
    """Correct a contact; raises Refusal when it is gone, and for whatever ``record_contact`` would refuse."""
    contact, client = _contact(session, wish.contact_id)
    unknown = set(wish.values) - _CORRECTED
    if unknown:
        raise Refusal(f"This is not corrected here: {', '.join(sorted(unknown))}.")
    values = dict(wish.values)
    stands = {name: values.get(name, getattr(contact, name)) for name in _CHECKED}
    check_contact(**stands, today=clock_of(session).today())
    if "goals" in values:
        values["goals"] = goals_kept(session, client.id, values["goals"])
    if "note" in values:
        values["note"] = values["note"].strip()
    for name, value in values.items():
        if getattr(contact, name) != value:
            setattr(contact, name, value)
    describe(session, f"Corrected a contact with {client.initials()}")


def _contact(session: Session, contact_id: UUID) -> tuple[Contact, Client]:
    contact = session.get(Contact, contact_id)
    client = session.get(Client, contact.client_id) if contact is not None else None
    if contact is None or client is None or contact.archived_at is not None:
        raise Refusal(_GONE)
    return contact, client
