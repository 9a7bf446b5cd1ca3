"""An import that people ask for: a checked backup first, so that the state before it can always be had again."""

from coachdesk.exchange.importing import ImportResult, ImportWish, run_import
from coachdesk.vault.backup import ensure_backup
from coachdesk.vault.backup_folder import IMPORT
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.watch import Watch


def import_after_backup(vault: OpenVault, wish: ImportWish, watch: Watch) -> ImportResult:
    """Back up, then import; a dry run writes nothing and needs no backup.

    Raises as ``ensure_backup`` when no place takes the backup, and then nothing is imported; else as ``run_import``.
    """
    if not wish.dry_run:
        ensure_backup(vault, IMPORT, watch)
    return run_import(vault, wish, watch)
