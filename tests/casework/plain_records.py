"""The records of a caseload, each class read once and laid out by whose they are: simple, and quick for many clients."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.models import Client
from coachdesk.models.base import Record


@dataclass(frozen=True, slots=True)
class PlainRecords:
    """What a session reads, as it is when it is first asked for."""

    session: Session
    known: dict[type[Any], dict[UUID, list[Any]]] = field(default_factory=dict)

    def clients(self) -> list[Client]:
        """Return everybody who is not put away."""
        return list(
            self.session.scalars(select(Client).where(Client.archived_at.is_(None)).order_by(Client.id))
        )

    def of(self, record: type[Record], client_id: UUID) -> list[Any]:
        """Return what there is of a class for one client, without what is put away, in the order of its ids."""
        if record not in self.known:
            theirs = self.known[record] = defaultdict(list)
            for one in self.session.scalars(
                select(record).where(record.archived_at.is_(None)).order_by(record.id)
            ):
                theirs[one.client_id].append(one)  # type: ignore[attr-defined]  # every record asked for has it
        return self.known[record][client_id]
