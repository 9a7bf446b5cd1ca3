"""A furnished vault for imports, and the shortest way to bring sheets in."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path

import pyrage
import pytest

from coachdesk.casework.furnish import furnish_vault
from coachdesk.clock import FixedClock
from coachdesk.exchange.importing import ImportResult, ImportWish, run_import
from coachdesk.exchange.mapping import propose
from coachdesk.exchange.sheets import read_sheets
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch
from tests.vault_fixtures import TODAY, Template

BringIn = Callable[..., ImportResult]


@pytest.fixture(scope="session")
def furnished_template(vault_template: Template, tmp_path_factory: pytest.TempPathFactory) -> Template:
    folder = vault_template.copied_to(tmp_path_factory.mktemp("furnished") / "Furnished.coachdesk")
    vault = vault_template.opened(folder, FixedClock.on(TODAY))
    furnish_vault(vault)
    vault.close()
    template = vault_template
    return Template(folder, template.file, template.slot, template.data_key, template.recovery_key)


@pytest.fixture
def _stretching_is_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a passphrase stand for a key of its own: the format stretches each for about a second, every time.

    The files are sealed as before and open by their own passphrase only; the stretching itself is proved beside the
    sealing, and from the command line.
    """
    keys = defaultdict[str, pyrage.x25519.Identity](pyrage.x25519.Identity.generate)

    def encrypt(content: bytes, passphrase: str) -> bytes:
        return bytes(pyrage.encrypt(content, [keys[passphrase].to_public()]))

    def decrypt(content: bytes, passphrase: str) -> bytes:
        return bytes(pyrage.decrypt(content, [keys[passphrase]]))

    monkeypatch.setattr(pyrage.passphrase, "encrypt", encrypt)
    monkeypatch.setattr(pyrage.passphrase, "decrypt", decrypt)


@pytest.fixture
def office(furnished_template: Template, tmp_path: Path) -> Iterator[OpenVault]:
    """A vault with lists and programmes, and nobody in it."""
    folder = furnished_template.copied_to(tmp_path / "Office.coachdesk")
    opened = furnished_template.opened(folder, FixedClock.on(TODAY))
    yield opened
    opened.close()


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a file and return where it lies."""

    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def bring_in(office: OpenVault) -> BringIn:
    """Read files and bring them in with the mapping that is proposed."""

    def brought(*paths: Path, dry_run: bool = False, today: dt.date = TODAY) -> ImportResult:
        sheets = read_sheets(paths)
        wish = ImportWish(
            sheets=sheets,
            mappings=tuple(propose(sheet) for sheet in sheets),
            programme_key="connect-to-work",
            today=today,
            dry_run=dry_run,
        )
        return run_import(office, wish, Watch.silent())

    return brought
