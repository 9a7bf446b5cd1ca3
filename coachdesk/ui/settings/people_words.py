"""How the settings word the roles, and whether somebody may unlock."""

from PySide6.QtCore import QCoreApplication

from coachdesk.casework.team import CoachRow
from coachdesk.terms import Role
from coachdesk.ui.tokens import Tone

translate = QCoreApplication.translate


def role_name(role: str) -> str:
    """Return a role as a word."""
    return {
        Role.COACH: translate("People", "Coach"),
        Role.MANAGER: translate("People", "Manager"),
        Role.TRUSTEE: translate("People", "Trustee"),
        Role.AUDITOR: translate("People", "Auditor"),
    }[Role(role)]


def role_sentence(role: str) -> str:
    """Return what somebody in a role may do (vault/caseload_rights.py)."""
    return {
        Role.COACH: translate(
            "People",
            "Works with her or his own clients. Opens a colleague’s client only with a reason, which is written down.",
        ),
        Role.MANAGER: translate(
            "People",
            "Sees every client, changes programmes and lists, and decides who unlocks the vault.",
        ),
        Role.TRUSTEE: translate(
            "People", "Keeps the recovery key and may make a new one. Clients’ records stay closed."
        ),
        Role.AUDITOR: translate("People", "Reads everything and changes nothing."),
    }[Role(role)]


def state_of(row: CoachRow) -> tuple[str, Tone]:
    """Return whether somebody may unlock, in words and with the tone that repeats them."""
    if not row.active:
        return translate("People", "Has left"), Tone.NEUTRAL
    if row.may_unlock:
        return translate("People", "May unlock"), Tone.OK
    return translate("People", "Cannot unlock"), Tone.NEUTRAL
