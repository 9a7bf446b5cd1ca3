"""Settings of this laptop, kept in the vault and not journalled."""

from typing import Any

from sqlalchemy.orm import Session

from coachdesk.models import Setting


def read_setting(session: Session, key: str) -> dict[str, Any] | None:
    """Return a setting as it was kept, or None when nobody has set it."""
    found = session.get(Setting, key)
    return dict(found.value) if found is not None else None


def keep_setting(session: Session, key: str, value: dict[str, Any]) -> None:
    """Keep a setting in place of its old value; the session is that of a unit of work."""
    session.merge(Setting(key=key, value=dict(value)))
