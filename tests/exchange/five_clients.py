"""Five invented clients of one programme, for what leaves by name: each paper differs in how far they agreed to it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from coachdesk.exchange.sealed_file import Seal
from coachdesk.models import Client
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import reading
from tests.makers import a_client, a_consent, an_enrolment, furnished, keep, programme_id

NAMES = ("Ann", "Bob", "Cat", "Dan", "Eve")
GIVEN_ON = dt.date(2026, 5, 1)
WORDS = "seven herons over grange sands"
SEAL = Seal(passphrase=WORDS, again=WORDS)


def five_clients(
    vault: OpenVault,
    enrolled: Mapping[str, Mapping[str, Any]],
    purpose: str,
    permissions: Mapping[str, Mapping[str, Any]],
    **person: Any,
) -> None:
    """Enrol the five as told; who is named among the permissions gave one for the purpose, in May unless told otherwise."""
    furnished(vault)
    with reading(vault) as session:
        programme = programme_id(session)
    clients = {
        name: a_client(first_name=name, last_name="Invented", reference=f"R{place:04}", **person)
        for place, name in enumerate(NAMES)
    }
    keep(vault, *clients.values())
    keep(
        vault,
        *(an_enrolment(clients[name], programme, **told) for name, told in enrolled.items()),
        *(
            a_consent(clients[name], **{"purpose": purpose, "given_on": GIVEN_ON, **told})
            for name, told in permissions.items()
        ),
    )


def called(vault: OpenVault, name: str) -> Client:
    """Return one of the five by her first name."""
    with reading(vault) as session:
        return session.scalars(select(Client).where(Client.first_name == name)).one()
