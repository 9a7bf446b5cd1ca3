"""What must be known before one speaks with, dials, writes to or visits a client (facts 12.2)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from coachdesk.casework.clients import ClientQuestion
from coachdesk.errors import Refusal
from coachdesk.models import Client
from coachdesk.vault.caseload_rights import check_may_see

_PHONE = (
    ("may_call", "May be called", "Do not call", "Not asked yet whether we may call"),
    ("may_leave_voicemail", "Voicemail is fine", "No voicemail", ""),
    ("may_text", "Texts are fine", "No texts", ""),
)
_EMAIL = (("may_email", "Email is fine", "No email", "Not asked yet whether we may email"),)
_POST = (("may_post", "Post is fine", "No post", "Not asked yet whether we may write by post"),)
Rules = tuple[tuple[str, str, str, str], ...]


def phone_rules(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return in words whether a client may be called, sent texts and left voicemails."""
    return _said(_PHONE, values.get)


def email_rules(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return in words whether a client may be emailed."""
    return _said(_EMAIL, values.get)


def post_rules(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Return in words whether a client may be written to by post."""
    return _said(_POST, values.get)


def _said(rules: Rules, value_of: Callable[[str], Any]) -> tuple[str, ...]:
    words = ({"yes": yes, "no": no}.get(value_of(name), unsaid) for name, yes, no, unsaid in rules)
    return tuple(one for one in words if one)


def speaking_needs(values: Mapping[str, Any]) -> str:
    """Return what must be known before one speaks with or writes to a client, an interpreter included.

    The words of the flag on every screen and print (facts 12.2); nothing where nothing is needed.
    """
    told = [str(values.get("communication_needs") or "").strip()]
    if values.get("interpreter") == "yes":
        language = str(values.get("language") or "").strip()
        told.append(f"An interpreter is needed: {language}." if language else "An interpreter is needed.")
    return "\n".join(words for words in told if words)


@dataclass(frozen=True, slots=True, kw_only=True)
class BeforeContact:
    """What stands beside a contact that is about to be made; empty where nothing is known."""

    client_id: UUID
    needs: str
    phone: str
    phone_rules: tuple[str, ...]
    email: str
    email_rules: tuple[str, ...]
    post_rules: tuple[str, ...]
    note: str
    emergency_contact: str
    risk_note: str


_FIELDS = (
    "communication_needs", "interpreter", "language", "may_call", "may_leave_voicemail", "may_text", "may_email",
    "may_post",
)  # fmt: skip


def read_before_contact(session: Session, question: ClientQuestion) -> BeforeContact:
    """Return what must be known before a contact; raises Refusal when the client is gone."""
    check_may_see(session, question.client_id)
    client = session.get(Client, question.client_id)
    if client is None:
        raise Refusal("This client is not there any more.")
    values = {name: getattr(client, name) for name in _FIELDS}
    return BeforeContact(
        client_id=client.id,
        needs=speaking_needs(values),
        phone=client.phone.strip(),
        phone_rules=phone_rules(values),
        email=client.email.strip(),
        email_rules=email_rules(values),
        post_rules=post_rules(values),
        note=client.safe_contact_note.strip(),
        emergency_contact=client.emergency_contact.strip(),
        risk_note=client.risk_note.strip(),
    )
