"""A fresh encrypted vault for every test that asks for one, copied from a template made once a run."""

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from benchmarks.compiled_once import statements_shared
from coachdesk.clock import FixedClock
from coachdesk.models import Coach, Hub
from coachdesk.vault.cost import Cost
from coachdesk.vault.keyring import Keyring
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.slots import Slot, SlotFile
from coachdesk.vault.work import unit_of_work

TODAY = dt.date(2026, 10, 5)
PASSPHRASE = "correct horse battery staple"
PERSON = "Ruth Ellison"
HUB = "Barrow Hub"
ORGANISATION = "Furness Into Work"
LABEL = "Ruth"
OUTGROWN = Cost.outgrown
"""The real judgement of whether a slot's cost has fallen behind this computer."""


@dataclass(frozen=True, slots=True)
class Template:
    """A vault made once: its folder, its keys and its recovery key."""

    folder: Path
    file: SlotFile
    slot: Slot
    data_key: bytes
    recovery_key: str

    def copied_to(self, folder: Path) -> Path:
        """Return a folder that holds a copy of the template."""
        shutil.copytree(self.folder, folder)
        return folder

    def keyring(self) -> Keyring:
        """Return a keyring of its own for somebody who opens a copy."""
        return Keyring(self.data_key)

    def opened(self, folder: Path, clock: FixedClock) -> OpenVault:
        """Return a copy opened without deriving a key from the passphrase."""
        return SealedVault(folder).opened_with(self.file, self.slot, self.keyring(), clock=clock)


@pytest.fixture(autouse=True, scope="session")
def _statements_are_compiled_once() -> Iterator[None]:
    """Let every vault of the run use what another has compiled: a third of the run was the same statements again."""
    with statements_shared():
        yield


@pytest.fixture(autouse=True, scope="session")
def _keys_are_derived_once() -> Iterator[None]:
    """Derive the key of one passphrase and salt once a run, a fifth of a second each: every copy of a vault has the same."""
    real, known = Cost.derive, dict[tuple[str, bytes], bytes]()

    def derive(cost: Cost, secret: str, salt: bytes) -> bytes:
        if cost != Cost.floor():
            return real(cost, secret, salt)
        if (secret, salt) not in known:
            known[secret, salt] = real(cost, secret, salt)
        return known[secret, salt]

    with pytest.MonkeyPatch.context() as remembering:
        remembering.setattr(Cost, "derive", derive)
        yield


@pytest.fixture(autouse=True)
def _costs_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the slots of the tests at the least cost: any computer has outgrown it, and raising it takes a second."""
    monkeypatch.setattr(Cost, "outgrown", lambda _cost, _seconds: None)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock.on(TODAY)


@pytest.fixture(scope="session")
def vault_template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    return made_template(tmp_path_factory.mktemp("template") / "Template.coachdesk")


def made_template(folder: Path) -> Template:
    """Return a vault with one manager and a hub, made and locked in a folder."""
    made = SealedVault.create(
        folder,
        organisation=ORGANISATION,
        person=PERSON,
        passphrase=PASSPHRASE,
        clock=FixedClock.on(TODAY),
        cost=Cost.floor(),
    )
    vault = made.vault
    with unit_of_work(vault, label="Set up the hub") as work:
        hub = Hub(name=HUB)
        work.session.add(hub)
        coach = work.session.get_one(Coach, vault.coach_id)
        coach.hub_id = hub.id
    found = Template(folder, vault.slot_file, vault.slot, vault.keys.data_key(), made.recovery_key)
    vault.close()
    return found


@pytest.fixture
def vault_folder(vault_template: Template, tmp_path: Path) -> Path:
    return vault_template.copied_to(tmp_path / "Furness.coachdesk")


@pytest.fixture
def vault(vault_template: Template, vault_folder: Path, clock: FixedClock) -> Iterator[OpenVault]:
    opened = vault_template.opened(vault_folder, clock)
    yield opened
    opened.close()
