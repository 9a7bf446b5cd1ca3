"""Copies of the plan: in which format and when one was given, and every printed one kept as it was issued."""

import datetime as dt
import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.casework.documents import KeepDocument, keep_document
from coachdesk.casework.plans import newest_plan
from coachdesk.errors import Refusal
from coachdesk.models import Client, Document
from coachdesk.terms import Kind, Ref
from coachdesk.vault.work import clock_of, describe


@dataclass(frozen=True, slots=True, kw_only=True)
class GiveCopy:
    """A copy of the plan was handed over, read aloud or sent: its format in the list, and the day."""

    client_id: UUID
    copy_format: str
    given_on: dt.date


def give_copy(session: Session, wish: GiveCopy) -> None:
    """Write down that a copy was given; raises Refusal before the plan is agreed and on a day to come."""
    client = session.get(Client, wish.client_id)
    plan = newest_plan(session, wish.client_id)
    if client is None or plan is None or plan.agreed_on is None:
        raise Refusal("A copy is given of a plan that is agreed: agree it first.")
    if wish.given_on > clock_of(session).today():
        raise Refusal("A copy counts once it was given.", fields={"given_on": "This day is still to come."})
    plan.copy_format, plan.copy_given_on = wish.copy_format, wish.given_on
    describe(session, f"Wrote down the copy of the plan given to {client.initials()}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedCopy:
    """The page as it was handed over, byte for byte."""

    file_name: str
    title: str
    content: bytes


def keep_copy(session: Session, wish: GiveCopy, printed: PrintedCopy) -> None:
    """Write a printed copy down and keep it with the plan; the same paper printed twice is kept once."""
    give_copy(session, wish)
    plan = newest_plan(session, wish.client_id)
    digest = hashlib.sha256(printed.content).hexdigest()
    query = select(Document.id).where(
        Document.client_id == wish.client_id, Document.sha256 == digest, Document.archived_at.is_(None)
    )
    if session.scalars(query).first() is not None:
        return
    keep_document(
        session,
        KeepDocument(
            client_id=wish.client_id,
            file_name=printed.file_name,
            content=printed.content,
            title=printed.title,
            sort="plan_copy",
            about=Ref(Kind.PLAN, plan.id) if plan is not None else None,
        ),
    )
