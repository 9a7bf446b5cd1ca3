"""Facts about the vault itself that people worry about."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from coachdesk.models import Organisation
from coachdesk.vault.settings import read_setting


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultFacts:
    """Whose vault it is, whether everybody in it is invented, and when it was last backed up.

    ``last_backup_on`` is None when it never was on this laptop.
    """

    organisation: str
    is_practice: bool
    last_backup_on: dt.date | None


def read_vault_facts(session: Session, _question: None) -> VaultFacts:
    """Return the facts that stand in the title and in the line at the bottom."""
    kept = read_setting(session, "last_backup") or {}
    at = str(kept.get("at", ""))
    organisation = session.scalars(select(Organisation).order_by(Organisation.id).limit(1)).first()
    return VaultFacts(
        organisation=organisation.name if organisation else "",
        is_practice=bool(organisation and organisation.is_practice),
        last_backup_on=dt.datetime.fromisoformat(at).date() if at else None,
    )
