"""An import that people ask for has a checked backup behind it; without one nothing is imported."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import func, select

from coachdesk.errors import Trouble
from coachdesk.exchange import safe_import
from coachdesk.exchange.importing import ImportWish
from coachdesk.exchange.mapping import propose
from coachdesk.exchange.safe_import import import_after_backup
from coachdesk.exchange.sheets import read_sheets
from coachdesk.models import Client
from coachdesk.vault.backup_folder import beside
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.pack import looked_into
from coachdesk.vault.watch import Watch
from coachdesk.vault.work import reading
from tests.makers import furnished


def wish_for(file: Path, vault: OpenVault, *, dry_run: bool) -> ImportWish:
    sheets = read_sheets((file,))
    return ImportWish(
        sheets=sheets,
        mappings=tuple(propose(sheet, ()) for sheet in sheets),
        programme_key="connect-to-work",
        today=vault.clock.today(),
        dry_run=dry_run,
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "clients.csv"
    path.write_text("First name,Last name,Reference\nAnn,Bell,A1\n", encoding="utf-8")
    return path


def clients(vault: OpenVault) -> int:
    with reading(vault) as session:
        return session.scalar(select(func.count()).select_from(Client)) or 0


def test_the_state_before_is_kept(vault: OpenVault, vault_folder: Path, file: Path) -> None:
    furnished(vault)
    import_after_backup(vault, wish_for(file, vault, dry_run=True), Watch.silent())
    assert not beside(vault_folder).exists()
    import_after_backup(vault, wish_for(file, vault, dry_run=False), Watch.silent())
    (backup,) = beside(vault_folder).iterdir()
    told = looked_into(backup).told(vault.keys)
    assert told is not None
    assert (told.why, told.contents.count("client"), clients(vault)) == ("import", 0, 1)


def test_without_a_backup_nothing_is_imported(
    vault: OpenVault, vault_folder: Path, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    furnished(vault)

    def full(*_: object) -> None:
        raise Trouble("full")

    monkeypatch.setattr(safe_import, "ensure_backup", full)
    with pytest.raises(Trouble, match="full"):
        import_after_backup(vault, wish_for(file, vault, dry_run=False), Watch.silent())
    assert clients(vault) == 0
    shutil.rmtree(beside(vault_folder), ignore_errors=True)
