"""What the tests of faults share: clients with notes, the key of a vault, a drive with little room."""

import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from coachdesk.models import Client, Contact
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import unit_of_work
from tests.vault_fixtures import Template

ROOT = Path(__file__).parent.parent.parent
PAGE = 4096


def add(vault: OpenVault, number: int, notes: int = 0) -> None:
    with unit_of_work(vault, label="Added a client") as work:
        client = Client(first_name=f"Ann {number}", reference=str(number))
        work.session.add(client)
        for _ in range(notes):
            work.session.add(
                Contact(
                    client_id=client.id,
                    happened_on=vault.clock.today(),
                    note="Met at the hub. " * 40,
                    entered_at=vault.clock.now(),
                )
            )


def key_of(template: Template) -> bytes:
    return template.keyring().sub("db")


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let the system refuse any file that grows beyond a size, as a full drive does."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
