"""Two records of one person that can be joined and separated, for tests."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import inspect, select

from coachdesk.casework.joined import of_a_client
from coachdesk.casework.merging import MergeClients, merge_clients
from coachdesk.casework.separating import (
    PreviewUnmerge,
    Separation,
    UnmergeClients,
    preview_unmerge,
    unmerge_clients,
)
from coachdesk.errors import Refusal
from coachdesk.models import (
    Client,
    Record,
)
from coachdesk.terms import Ref
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.makers import (
    ask,
    do,
    found,
)

Snapshot = dict[Ref, dict[str, Any]]


@dataclass(frozen=True)
class Two:
    """Two records of one person in a vault."""

    vault: OpenVault
    keep: UUID
    other: UUID

    def merge(self, **choices: str) -> None:
        wish = MergeClients(
            keep_id=self.keep, other_id=self.other, reason="Registered twice", choices=choices
        )
        do(self.vault, merge_clients, wish)

    def preview(self) -> Separation:
        return ask(self.vault, preview_unmerge, PreviewUnmerge(merged_id=self.other))

    def separate(self, *theirs: Record) -> str:
        refs = frozenset(Ref(one.KIND, one.id) for one in theirs)
        return do(self.vault, unmerge_clients, UnmergeClients(merged_id=self.other, theirs=refs))[1]

    def refused(self, sentence: str) -> None:
        with pytest.raises(Refusal, match=sentence):
            self.separate()

    def snapshot(self) -> Snapshot:
        """Return every value of both people's records."""
        told: Snapshot = {}
        classes: tuple[type[Record], ...] = (Client, *of_a_client())
        with reading(self.vault) as session:
            for record in classes:
                owner = inspect(record).columns["id" if record is Client else "client_id"]
                for one in session.scalars(select(record).where(owner.in_([self.keep, self.other]))):
                    names = inspect(record).column_attrs.keys()
                    told[Ref(record.KIND, one.id)] = {name: getattr(one, name) for name in names}
        return told


def of(vault: OpenVault, client: UUID) -> Client:
    return found(vault, Client, client)


def all_of(vault: OpenVault, record: Any) -> list[Any]:
    with reading(vault) as session:
        return list(session.scalars(select(record)))
