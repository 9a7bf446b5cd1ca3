"""Backups of an open vault: written where somebody says, or where the rule says, and thinned out."""

from pathlib import Path

from coachdesk.vault.backup_folder import (
    ASKED,
    DAY,
    Ground,
    Written,
    automatic_backup,
    ensure_on,
    is_due,
    write_backup,
)
from coachdesk.vault.backup_rule import LAST_BACKUP
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.pack import Header, looked_into
from coachdesk.vault.restoring import restore
from coachdesk.vault.watch import Watch

__all__ = [
    "LAST_BACKUP",
    "back_up",
    "back_up_by_rule",
    "back_up_if_due",
    "ensure_backup",
    "ground_of",
    "looked_into",
    "restore",
]


def ground_of(vault: OpenVault) -> Ground:
    """Return an open vault as backups need it."""
    return Ground(vault.folder, vault.slot_file, vault.keys, vault.clock)


def back_up(vault: OpenVault, target: Path, watch: Watch | None = None, *, why: str = ASKED) -> Header:
    """Write a whole backup of an open vault, check it by reading it back, and note when.

    Raises Refusal for a place inside the vault or a drive that cannot take it, Cancelled, Locked, or the Trouble
    found; the old file of that name is then untouched and no half file is left.
    """
    return write_backup(ground_of(vault), target, why, watch).header


def back_up_by_rule(
    vault: OpenVault, why: str, watch: Watch | None = None, *, folder: Path | None = None
) -> Written:
    """Write the next backup where the rule says, or into ``folder``; raises as ``automatic_backup``."""
    return automatic_backup(ground_of(vault), why, watch, folder=folder)


def back_up_if_due(vault: OpenVault, watch: Watch | None = None) -> Written | None:
    """Write the next backup if work was done since the last and that is long enough ago; None when it is not due.

    Raises as ``automatic_backup``.
    """
    ground = ground_of(vault)
    return automatic_backup(ground, DAY, watch) if is_due(ground) else None


def ensure_backup(vault: OpenVault, why: str, watch: Watch | None = None) -> Written:
    """Return a checked backup that holds every change of an open vault; raises as ``ensure_on``."""
    return ensure_on(ground_of(vault), why, watch)
