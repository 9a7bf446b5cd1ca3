"""A vault with one client, for the tests of data rights: wishes are carried out one by one."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from coachdesk.casework.rights_clock import (
    ClockRule,
)
from coachdesk.casework.rights_requests import (
    ReceiveRequest,
    RequestRow,
    RequestsQuestion,
    list_requests,
    receive_request,
)
from coachdesk.errors import Refusal
from coachdesk.models import Coach
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading, unit_of_work
from tests.makers import a_client, furnished
from tests.vault_fixtures import TODAY

ACCESS = ClockRule(kind="access", months=1, extension_months=2, target_days=28)
Command = Callable[[Session, Any], Any]


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


class Office:
    """A vault with one client, and wishes carried out one by one."""

    def __init__(self, vault: OpenVault) -> None:
        self.vault = furnished(vault)
        self.client = a_client()
        with unit_of_work(vault, label="Registered") as work:
            work.session.add(self.client)

    def do(self, command: Command, wish: Any) -> Any:
        with unit_of_work(self.vault) as work:
            return command(work.session, wish)

    def refused(self, command: Command, wish: Any, sentence: str) -> None:
        with pytest.raises(Refusal, match=sentence):
            self.do(command, wish)

    def receive(self, kind: str = "access", on: dt.date = TODAY) -> UUID:
        wish = ReceiveRequest(client_id=self.client.id, kind=kind, received_on=on, what_asked="All of it")
        found = self.do(receive_request, wish)
        assert isinstance(found, UUID)
        return found

    def row(self, today: dt.date = TODAY) -> RequestRow:
        with reading(self.vault) as session:
            return list_requests(session, RequestsQuestion(today=today, client_id=self.client.id))[0]

    def act_as(self, role: Role) -> None:
        with unit_of_work(self.vault, by_program=True) as work:
            work.session.get_one(Coach, self.vault.coach_id).role = role
