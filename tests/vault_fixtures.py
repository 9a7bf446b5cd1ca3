"""A fresh encrypted vault for every test that asks for one, copied from a template made once a run."""

import datetime as dt
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

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


@pytest.fixture(autouse=True)
def _costs_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the slots of the tests at the least cost: any computer has outgrown it, and raising it takes a second."""
    monkeypatch.setattr(Cost, "outgrown", lambda _cost, _seconds: None)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock.on(TODAY)


@pytest.fixture(scope="session")
def vault_template(tmp_path_factory: pytest.TempPathFactory) -> Template:
    folder = tmp_path_factory.mktemp("template") / "Template.coachdesk"
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
