"""Vaults for the command line: each command runs as an administrator would run it, in this process."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from coachdesk.casework.furnish import furnish_vault
from coachdesk.casework.practice import PracticeWish, make_practice
from coachdesk.cli import main
from coachdesk.clock import FixedClock
from coachdesk.commands.vaults import PRACTICE_PASSPHRASE, PRACTICE_PERSON
from coachdesk.vault.cost import Cost
from coachdesk.vault.sealed import SealedVault
from coachdesk.vault.watch import Watch
from tests.vault_fixtures import PASSPHRASE, TODAY, Template

Ran = tuple[int, str, str]
Run = Callable[..., Ran]


@pytest.fixture(scope="session")
def desk_template(vault_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Template:
    """Return a vault with lists and programmes, made once a run."""
    folder = vault_template.copied_to(tmp_path_factory.mktemp("commands") / "Desk.coachdesk")
    vault = vault_template.opened(folder, FixedClock.on(TODAY))
    furnish_vault(vault)
    vault.close()
    made = vault_template
    return Template(folder, made.file, made.slot, made.data_key, made.recovery_key)


@pytest.fixture
def place(desk_template: Template, tmp_path: Path) -> Path:
    """Return the folder of a furnished vault of this test's own."""
    return desk_template.copied_to(tmp_path / "Furness.coachdesk")


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """Return a file with the passphrase in its first line."""
    file = tmp_path / "passphrase.txt"
    file.write_text(f"{PASSPHRASE}\nanother line\n", encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def practice_world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a practice world made once a run, as of the day on which the tests stand."""
    place = tmp_path_factory.mktemp("practice") / "World.coachdesk"
    clock = FixedClock.on(TODAY)
    created = SealedVault.create(
        place,
        organisation="Practice world",
        person=PRACTICE_PERSON,
        passphrase=PRACTICE_PASSPHRASE,
        clock=clock,
        practice=True,
        cost=Cost.floor(),
    )
    furnish_vault(created.vault)
    make_practice(created.vault, PracticeWish(clients=80, seed=3, today=TODAY), Watch.silent())
    created.vault.close()
    return place


@pytest.fixture(autouse=True)
def _standing_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("coachdesk.commands.command.SystemClock", lambda: FixedClock.on(TODAY))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command line; return its exit status and both outputs."""

    def ran(*words: object) -> Ran:
        capsys.readouterr()
        status = main([str(word) for word in words])
        out, err = capsys.readouterr()
        return status, out, err

    return ran


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make vaults at the least cost that is accepted."""
    monkeypatch.setattr("coachdesk.vault.sealed.measured", Cost.floor)


def told(out: str) -> dict[str, Any]:
    """Return the one JSON object a command printed."""
    (line,) = out.splitlines()
    found = json.loads(line)
    assert isinstance(found, dict)
    return found
