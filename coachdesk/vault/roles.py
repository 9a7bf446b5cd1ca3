"""What a person's role in the data lets them do to the vault itself; the slot file has no say (storage.md 4.2)."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from coachdesk.errors import Refusal
from coachdesk.models import Coach
from coachdesk.terms import Role
from coachdesk.vault.opened import OpenVault
from coachdesk.vault.work import coach_of, reading


def role_of(session: Session) -> Role | None:
    """Return the role of whoever has unlocked, as the data has it now, or None for nobody in the team."""
    coach_id = coach_of(session)
    coach = session.get(Coach, coach_id) if coach_id is not None else None
    return Role(coach.role) if coach is not None and coach.ended_on is None else None


def insist_on_role(vault: OpenVault, roles: Collection[Role], sentence: str) -> None:
    """Return when whoever has unlocked has one of these roles; raises Refusal with the sentence, or Locked."""
    with reading(vault) as session:
        if role_of(session) not in roles:
            raise Refusal(sentence)
